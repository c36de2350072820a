"""Answers the page as `winnow screen` does, and can be made to fail as no test can ask of the program: an answer that is lost after the
decision was written, a server that is away for a while, votes of another reader from nothing."""
import copy
import http.server
import json
import re
import socket
import threading
import urllib.parse

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
EMPTY = {"decision": None, "reason": "", "note": "", "labels": [], "categories": [], "answers": {}}


def state_of(own):
    if not own or not (own["decision"] or own["categories"] or own["answers"]):
        return "open"
    return own["decision"] or "include"


class StandIn:
    """The data of a made pack behind the calls of the page. `log` holds every write that came, also repeated ones."""

    def __init__(self, page, data, conflicts=()):
        self.page, self.data, self.conflicts = page.read_bytes(), copy.deepcopy(data), list(conflicts)
        self.start_token, self.cookie, self.header_token = "s" * 43, "c" * 43, "h" * 43
        self.log, self.done, self.lose_answers, self.faults = [], {}, 0, {}
        self.lock, self.connections = threading.Lock(), set()
        self.port = 0
        self.open()

    def open(self):
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", self.port), handler_for(self))
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None  # the browser went while it was answered
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        for connection in list(self.connections):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass  # the browser closed it before

    @property
    def link(self):
        return f"http://127.0.0.1:{self.port}/#token={self.start_token}"

    def record(self, step, key):
        return next((one for one in self.data["records"][step] if one["id"] == key), None)

    def progress(self, step):
        states = [state_of(one["own"]) for one in self.data["records"].get(step, [])]
        return {"total": len(states), "notRetrieved": states.count("not retrieved"), **{name: states.count(name) for name in ("open", "include", "exclude", "undecided")}}

    def session(self):
        session = copy.deepcopy(self.data["session"])
        for step in session["steps"]:
            if step["id"] in self.data["records"]:
                step["progress"] = self.progress(step["id"])
        return {**session, "token": self.header_token}

    def queue(self, step, query):
        def fits(one):
            state, wanted = state_of(one["own"]), query.get("state", "all")
            return (wanted in ("all", state) or (wanted == "decided" and state != "open")) and query.get("q", "").lower() in one["title"].lower() and \
                (query.get("missing") != "abstract" or not one["abstract"])
        fitting = [(i, one) for i, one in enumerate(self.data["records"][step]) if fits(one)]
        page = [(i, one) for i, one in fitting if i >= int(query.get("cursor", 0))]
        shown = [{"id": one["id"], "title": one["title"], "year": one["year"], "state": state_of(one["own"]), "labels": (one["own"] or EMPTY)["labels"]} for _, one in page[:50]]
        return {"records": shown, "next": str(page[50][0]) if len(page) > 50 else None, "matching": len(fitting)}

    def write(self, method, path, body, key):
        """Status and answer of a write; the same key is answered again and writes nothing."""
        with self.lock:
            self.log.append((method, path, body, key))
            if key not in self.done:
                answer = self.write_once(method, path, body)
                if answer[0] != 200:
                    return answer
                self.done[key] = answer
            return self.done[key]

    def write_once(self, method, path, body):
        if match := re.fullmatch(r"/api/steps/([^/]+)/conflicts/([^/]+)", path):
            conflict = next(one for one in self.conflicts if one["record"]["id"] == match[2])
            conflict.update(resolution={name: body[name] for name in ("final", "by", "reason", "note")}, rev=conflict["rev"] + 1)
            return 200, {}
        step, key = re.fullmatch(r"/api/steps/([^/]+)/records/([^/]+)/decision", path).groups()
        record = self.record(step, key)
        if body["rev"] != record["rev"]:
            return 409, {"error": "the record was decided in another window", "record": record}
        if method == "PUT" and self.faults:
            return 422, {"error": "answers do not fit the form", "fields": self.faults}
        record["own"] = None if method == "DELETE" else {name: body[name] for name in EMPTY}
        record["rev"] += 1
        return 200, {"rev": record["rev"], "progress": self.progress(step)}


def handler_for(stand_in):
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_):
            pass

        def setup(self):
            super().setup()
            stand_in.connections.add(self.connection)
            self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

        def finish(self):
            stand_in.connections.discard(self.connection)
            super().finish()

        def answer(self, status, value, content="application/json", **headers):
            data = value if isinstance(value, bytes) else json.dumps(value).encode()
            self.send_response(status)
            for name, text in {"Content-Type": content, "Content-Length": str(len(data)), "Cache-Control": "no-store", **headers}.items():
                self.send_header(name.replace("_", "-"), text)
            self.end_headers()
            self.wfile.write(data)

        def is_known(self):
            return f"winnow={stand_in.cookie}" in self.headers.get("Cookie", "")

        def do_GET(self):
            path, _, query = self.path.partition("?")
            query = dict(urllib.parse.parse_qsl(query))
            path = urllib.parse.unquote(path)
            if path == "/":
                return self.answer(200, stand_in.page, "text/html; charset=utf-8")
            if not self.is_known():
                return self.answer(401, {"error": "open the start link"})
            if path == "/api/session":
                return self.answer(200, stand_in.session())
            if path == "/api/pairs":
                return self.answer(200, {"pairs": stand_in.data["pairs"], "next": None})
            if match := re.fullmatch(r"/api/steps/([^/]+)/(queue|conflicts|records/[^/]+|records/[^/]+/pdf)", path):
                step, what = match.groups()
                if what == "queue":
                    return self.answer(200, stand_in.queue(step, query))
                if what == "conflicts":
                    return self.answer(200, {"conflicts": stand_in.conflicts})
                if what.endswith("/pdf"):
                    return self.answer(200, PDF, "application/pdf", Content_Security_Policy="frame-ancestors 'self'")
                if record := stand_in.record(step, what.partition("/")[2]):
                    return self.answer(200, record)
            return self.answer(404, {"error": "there is no such page"})

        def do_POST(self):
            self.take("POST")

        def do_PUT(self):
            self.take("PUT")

        def do_DELETE(self):
            self.take("DELETE")

        def take(self, method):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            path = urllib.parse.unquote(self.path)
            if self.headers.get("Content-Type") != "application/json" or self.headers.get("Origin") != f"http://127.0.0.1:{stand_in.port}":
                return self.answer(415, {"error": "not as the page asks"})
            if path == "/api/session":
                if body.get("token") != stand_in.start_token:
                    return self.answer(401, {"error": "no such token"})
                return self.answer(200, {"token": stand_in.header_token}, Set_Cookie=f"winnow={stand_in.cookie}; HttpOnly; SameSite=Strict; Path=/")
            if not self.is_known() or self.headers.get("X-Winnow-Token") != stand_in.header_token:
                return self.answer(401, {"error": "open the start link"})
            if not re.fullmatch(r"[A-Za-z0-9-]{8,64}", self.headers.get("Idempotency-Key", "")):
                return self.answer(400, {"error": "no key"})
            status, value = stand_in.write(method, path, body, self.headers["Idempotency-Key"])
            if stand_in.lose_answers > 0:
                stand_in.lose_answers -= 1
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)
                return None
            return self.answer(status, value)

    return Handler
