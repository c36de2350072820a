#!/usr/bin/env python3
"""Every way in that another page, program or user of the machine has: Host x token x Origin x method x content type, and what else a request
can be. Only the right combination gets in, and everything else is refused with the status that says why."""
import argparse
import http.client
import itertools
import json
import os
import pathlib
import socket
import time
import uuid

from screening import CHARTING, PDF, Reader, Server, rows, run, temporary, write_review

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--winnow", required=True)
winnow = str(pathlib.Path(parser.parse_args().winnow).absolute())
STEP = "title-and-abstract"


def send(port, method, path, headers, body=b""):
    """A request with exactly these headers; returns status, headers and body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    for name, value in headers:
        connection.putheader(name, value)
    connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body)
    answer = connection.getresponse()
    data = answer.read()
    connection.close()
    return answer.status, answer.headers, data


def matrix(server, folder):
    anna, bo = Reader(server, "ANNA"), Reader(server, "BO")
    port, record = server.port, anna.records(STEP)[0]
    hosts = {"127.0.0.1": f"127.0.0.1:{port}", "localhost": f"localhost:{port}", "other port": f"127.0.0.1:{port + 1}",
             "no port": "127.0.0.1", "evil name": f"evil.example:{port}", "like ours": f"127.0.0.1.evil.example:{port}", "missing": None}
    tokens = {"right": (anna.cookie, anna.header), "none": (None, None), "wrong": (anna.cookie.split("=")[0] + "=" + "0" * 64, "0" * 64),
              "other reader's header": (anna.cookie, bo.header), "cookie alone": (anna.cookie, None), "header alone": (None, anna.header),
              "cookie of another port": (f"winnow-{port + 1}=" + anna.cookie.split("=")[1], anna.header)}
    origins = {"same": "host", "other": "http://evil.example", "other scheme": "https", "null": "null", "missing": None}
    types = {"json": "application/json", "text": "text/plain", "form": "application/x-www-form-urlencoded", "missing": None}
    methods = {"GET": f"/api/steps/{STEP}/records/{record}", "PUT": f"/api/steps/{STEP}/records/{record}/decision",
               "DELETE": f"/api/steps/{STEP}/records/{record}/decision", "POST": "/api/steps"}
    tried = let_in = 0
    for (host, token, origin, kind, method) in itertools.product(hosts, tokens, origins, types, methods):
        headers = []
        if hosts[host]:
            headers.append(("Host", hosts[host]))
        cookie, header = tokens[token]
        if cookie:
            headers.append(("Cookie", cookie))
        if header:
            headers.append(("X-Winnow-Token", header))
        if origins[origin]:
            value = {"host": f"http://{hosts[host]}", "https": f"https://{hosts[host]}"}.get(origins[origin], origins[origin])
            headers.append(("Origin", value))
        if types[kind]:
            headers.append(("Content-Type", types[kind]))
        headers.append(("Idempotency-Key", str(uuid.uuid4())))
        writes = method != "GET"
        is_session = token in ("right", "other reader's header", "cookie alone")
        if host not in ("127.0.0.1", "localhost"):
            expected = 403
        elif not is_session or writes and token != "right":
            expected = 401
        elif writes and origin != "same":
            expected = 403
        elif writes and kind != "json":
            expected = 415
        else:
            expected = {"GET": 200, "POST": 404}.get(method)  # the others below
        body = b"" if method == "GET" else b'{"decision": "nonsense", "rev": 0}'
        if method == "DELETE":
            body = b'{"rev": 99}'
        status, answered, data = send(port, method, methods[method], headers, body)
        if expected is None:  # let in: the body is looked at, and is wrong
            expected, let_in = {"PUT": 400, "DELETE": 422}[method], let_in + 1
        assert status == expected, (host, token, origin, kind, method, status, expected, data)
        assert not [name for name in answered if name.lower().startswith("access-control")], answered
        assert answered["X-Content-Type-Options"] == "nosniff" and answered["Referrer-Policy"] == "no-referrer"
        assert answered["Cache-Control"] == "no-store" and "default-src 'none'" in answered["Content-Security-Policy"]
        tried += 1
    assert let_in == 4, let_in
    assert rows(folder, f"{STEP}-ANNA.csv") == [], "something was written"
    print(f"ok matrix: {tried} combinations, {let_in} let in, each with the right status")


def other_requests(server):
    port, host = server.port, ("Host", f"127.0.0.1:{server.port}")
    own = [host, ("Origin", server.address), ("Content-Type", "application/json")]

    status, headers, page = send(port, "GET", "/", [host])
    assert status == 200 and b"<title>" in page
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy and "default-src 'none'" in policy and "frame-ancestors 'none'" in policy, policy
    assert send(port, "GET", "/", [("Host", "evil.example")])[0] == 403

    # a start link works once, and nothing else starts a session
    for body, expected in ((b'{"token": "0"}', 401), (b'{"token": ""}', 401), (b"{}", 401), (b"[]", 400), (b"{", 400), (b'{"token": 7}', 400),
                           (b'{"token": "\xff"}', 400), (b"[" * 100000, 400), (b'{"token": "a\\u0000b"}', 400)):
        status, _, data = send(port, "POST", "/api/session", own, body)
        assert status == expected, (body[:40], status, data)
    used = json.dumps({"token": server.token("ANNA")}).encode()
    assert send(port, "POST", "/api/session", own, used)[0] == 401, "a start link works twice"

    # another site's page in the same browser, as browsers tell of it
    for site, expected in (("cross-site", 403), ("same-site", 403), ("same-origin", 401), ("none", 401)):
        assert send(port, "GET", "/api/session", [host, ("Sec-Fetch-Site", site)])[0] == expected, site
    # headers twice
    assert send(port, "GET", "/api/session", [host, ("Host", "evil.example")])[0] in (400, 403)
    # no way to the files of the machine
    for path in ("/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/review.yaml", "/decisions/", "//", "/api", "/api/", "/api/steps", "*", "http://127.0.0.1/"):
        status, _, data = send(port, "GET", path, [host])
        assert status in (400, 401, 404) and b"root:" not in data, (path, status)
    for method in ("HEAD", "OPTIONS", "TRACE", "PATCH", "BREW"):
        status, answered, _ = send(port, method, "/", [host])
        assert status in (405, 404, 400), (method, status)
        assert "Access-Control-Allow-Origin" not in answered
    print("ok other requests")


def limits(server):
    port, host = server.port, f"127.0.0.1:{server.port}"
    own = [("Host", host), ("Origin", server.address), ("Content-Type", "application/json")]
    assert send(port, "POST", "/api/session", own, b" " * (1 << 20))[0] == 400
    try:
        status = send(port, "POST", "/api/session", own, b" " * ((1 << 20) + 1))[0]
    except (BrokenPipeError, ConnectionResetError):
        status = 413  # the server answered and closed before everything was sent
    assert status == 413, status
    # a header without end
    raw = socket.create_connection(("127.0.0.1", port), timeout=30)
    raw.sendall(b"GET / HTTP/1.1\r\nHost: " + host.encode() + b"\r\nX: " + b"a" * 40000)
    assert b" 400 " in raw.recv(1000)
    raw.close()
    for garbage in (b"\x00" * 100, b"GET\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"GET / HTTP/9.9\r\n\r\n"):
        raw = socket.create_connection(("127.0.0.1", port), timeout=30)
        raw.sendall(garbage + b"\r\n\r\n")
        assert raw.recv(1000).startswith(b"HTTP/1.1 400 "), garbage
        raw.close()
    # a header that comes a byte a second is given ten seconds
    slow = socket.create_connection(("127.0.0.1", port), timeout=60)
    began = time.monotonic()
    slow.sendall(b"G")
    slow.settimeout(30)
    assert slow.recv(100) == b"", "a connection without a header stays open"
    assert 5 < time.monotonic() - began < 25
    # 64 connections, no more; they do not keep the others from being served
    time.sleep(0.3)
    held = [socket.create_connection(("127.0.0.1", port), timeout=30) for _ in range(70)]
    for one in held:
        one.settimeout(0.5)
    turned_away = 0
    for one in held:
        try:
            turned_away += b"503" in one.recv(100)
        except socket.timeout:
            pass
    assert 4 <= turned_away <= 10, turned_away
    for one in held:
        one.close()
    time.sleep(0.5)
    assert send(port, "GET", "/", [("Host", host)])[0] == 200
    print("ok limits")


def full_texts():
    """PDFs: of the review's own folder, by the record's id, to who reads it in full; whatever else lies there or is asked for is refused."""
    with temporary() as name, temporary() as outside:
        folder = write_review(name, 8, yaml=CHARTING.replace("READERS", "[ANNA]").replace("sources:", "full_texts: pdf\nsources:"))
        secret = pathlib.Path(outside, "secret.pdf")
        secret.write_bytes(PDF + b"secret")
        pdf = folder / "pdf"
        pdf.mkdir()
        (pdf / "10.5555_WALK.0.pdf").write_bytes(PDF)
        (pdf / "10.5555_walk.1.pdf").symlink_to(secret)
        (pdf / "10.5555_walk.2.pdf").mkdir()
        (pdf / "10.5555_walk.3.pdf").write_text("<html><script>alert(1)</script>")
        os.mkfifo(pdf / "10.5555_walk.4.pdf")
        (pdf / "10.5555_walk.5.html").write_text("<html>")
        with open(pdf / "10.5555_walk.6.pdf", "wb") as file:
            file.truncate((256 << 20) + 1)
        (pdf / "strange.pdf").write_bytes(PDF)
        with Server(winnow, folder) as server:
            anna = Reader(server, "ANNA")
            ids = anna.records("main-form")
            base = "/api/steps/main-form/records/"
            flags = [anna.get(base + one)["pdf"] for one in ids]
            assert flags == [True] * 5 + [False, True, False], flags  # what it is, is looked at when it is opened
            own = [("Host", f"127.0.0.1:{server.port}"), ("Cookie", anna.cookie)]
            path = base + ids[0] + "/pdf"
            status, headers, data = send(server.port, "GET", path, own)
            assert (status, headers["Content-Type"], data) == (200, "application/pdf", PDF), (status, data[:100])
            assert headers["X-Content-Type-Options"] == "nosniff" and headers["Content-Security-Policy"] == "frame-ancestors 'self'"
            assert headers["Cross-Origin-Resource-Policy"] == "same-origin" and headers["Cache-Control"] == "no-store"
            for one in ids[1:]:
                status, _, data = send(server.port, "GET", base + one + "/pdf", own)
                assert status == 404 and b"secret" not in data, (one, status, data[:100])
            for host, cookie, site, expected in itertools.product((f"127.0.0.1:{server.port}", "evil.example"), (anna.cookie, ""),
                                                                  ("same-origin", "none", "cross-site", "same-site", ""), (None,)):
                sent = [("Host", host)] + ([("Cookie", cookie)] if cookie else []) + ([("Sec-Fetch-Site", site)] if site else [])
                expected = 403 if host == "evil.example" or site in ("cross-site", "same-site") else 200 if cookie else 401
                assert send(server.port, "GET", path, sent)[0] == expected, (host, cookie, site)
            for method in ("PUT", "DELETE"):
                assert anna.call(method, path, {})[0] == 405
            for asked in ("..%2f..%2fpdf%2fstrange", "strange", "strange.pdf", "%00", "..", ids[0] + "%2f..%2f" + ids[0]):
                assert send(server.port, "GET", base + asked + "/pdf", own)[0] == 404, asked
            _, errors = server.stop()
            assert "'strange.pdf'" in errors or "strange.pdf" in errors, errors
        (folder / "pdf").rename(pathlib.Path(outside, "pdf"))
        (folder / "pdf").symlink_to(pathlib.Path(outside, "pdf"))
        with Server(winnow, folder) as server:
            anna = Reader(server, "ANNA")
            assert not anna.get(base + ids[0])["pdf"] and anna.call("GET", path)[0] == 404
            assert "through a link" in server.stop()[1]
        text = (folder / "review.yaml").read_text()
        for wrong in ("../elsewhere", "/etc", "pdf/../../x"):
            (folder / "review.yaml").write_text(text.replace("full_texts: pdf", "full_texts: " + wrong))
            code, said = run(winnow, folder, "check")
            assert code != 0 and "inside of the review's folder" in said, (wrong, code, said)
    print("ok full texts")


full_texts()
with temporary() as name:
    folder = write_review(name)
    with Server(winnow, folder) as server:
        matrix(server, folder)
        other_requests(server)
        limits(server)
        code, errors = server.stop()
        assert code == 0, errors
    log = "".join(path.read_text(errors="replace") for path in folder.rglob("*") if path.is_file() and path.suffix in (".screening", ".csv", ".lock"))
    assert server.token("ANNA") not in log and server.token("BO") not in log, "a token was written down"
