#!/usr/bin/env python3
"""An index of packages: made, searched, installed from and updated, from a file and from servers on this machine, and every
way in which an index, an archive or a server could lie.

  plugin_index.py --winnow BIN
"""
import argparse, contextlib, hashlib, http.server, json, os, pathlib, shutil, socket, ssl, subprocess, sys, tempfile, threading

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PLUGIN = '''#!/usr/bin/env python3
from winnow_worker import *


class Words(Filter):
    id, version, help = "filters.words", "%(version)s", "Keeps everything."

    def judge(self, record):
        return keep()


serve("example.org", "words", "%(version)s", "CC0-1.0", [Words], description="Looks for words.", keywords=["word"])
'''


class Place:
    """A home, a folder of packages and what is published from it."""

    def __init__(self, winnow, folder):
        self.winnow, self.folder, self.public = winnow, folder, folder / "public"
        self.plugins = folder / ".local/lib/winnow/plugins"
        self.wrong = 0

    def run(self, *words, **more):
        env = dict(os.environ, HOME=str(self.folder), NO_COLOR="1", LC_ALL="C.UTF-8", **more)
        for gone in ("WINNOW_PLUGIN_PATH", "WINNOW_PLUGIN_INDEX", "XDG_CONFIG_HOME"):
            env.pop(gone, None)
        done = subprocess.run([self.winnow, "plugins", *map(str, words)], cwd=self.folder, env=env, text=True, timeout=120, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        return done.returncode, done.stdout

    def expect(self, what, words, code, *texts, **more):
        got, output = self.run(*words, **more)
        missing = [text for text in texts if text not in output]
        good = got == code and not missing
        print("%s  %s" % ("ok  " if good else "FAIL", what))
        if not good:
            self.wrong += 1
            print("  exit %d, expected %d; missing %s in:\n%s" % (got, code, missing, output))

    def write(self, version, more="", name="words"):
        package = self.folder / "packages" / name
        shutil.rmtree(package, ignore_errors=True)
        package.mkdir(parents=True)
        shutil.copy(ROOT / "sdk/python/winnow_worker.py", package)
        (package / "words.plugin.py").write_text(PLUGIN % {"version": version})
        (package / "words.plugin.py").chmod(0o755)
        (package / "winnow-plugin.yaml").write_text("winnow: plugin/1\nmain: words.plugin.py\nid: words\nversion: %s\n%s" % (version, more))

    def installed(self):
        manifest = self.plugins / "words/winnow-plugin.yaml"
        return [line.split()[1] for line in manifest.read_text().splitlines() if line.startswith("version")][0] if manifest.exists() else None

    def leftovers(self):
        return [p.name for p in self.plugins.parent.glob("incoming-*")]


@contextlib.contextmanager
def served(folder, context=None, redirect=None):
    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *a):
            super().__init__(*a, directory=str(folder))

        def do_GET(self):
            if redirect is None:
                return super().do_GET()
            self.send_response(302)
            self.send_header("Location", redirect)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


def publish(place):
    place.write("1.0.0", 'host: ">=0.1 <2"\n')
    place.expect("a package is tested, packed and listed", ["index", "packages", "-o", "public/index.json"], 0, "words 1.0.0", " 0 failed", "1 entries")
    first = (place.public / "words-1.0.0.zip").read_bytes()
    place.expect("the same files make the same archive", ["index", "packages", "-o", "public/index.json", "--no-tests"], 0, "1 entries")
    if (place.public / "words-1.0.0.zip").read_bytes() != first:
        print("FAIL the archive differs")
        place.wrong += 1
    (place.folder / "packages/words/more.py").write_text("1\n")
    place.expect("a published version does not change", ["index", "packages", "-o", "public/index.json", "--no-tests"], 1, "is in the index with other files")
    if (place.public / "words-1.0.0.zip").read_bytes() != first:
        print("FAIL the refused package replaced the archive")
        place.wrong += 1
    place.write("1.1.0")
    (place.folder / "packages/words/winnow-plugin.yaml").write_text("winnow: plugin/1\nmain: words.plugin.py\nid: words\nversion: 1.2.0\n")
    place.expect("manifest and plugin agree on the version", ["index", "packages", "-o", "public/index.json", "--no-tests"], 1, "manifest says 1.2.0", "declares 1.1.0")
    (place.folder / "packages/words/winnow-plugin.yaml").write_text("winnow: plugin/1\nmain: words.plugin.py\n")
    place.expect("an index needs id and version", ["index", "packages", "-o", "public/index.json", "--no-tests"], 1, "needs 'id' and 'version'")


def find_and_install(place):
    place.expect("search by words", ["search", "WORD", "keeps", "--index", "public/index.json"], 0, "words 1.0.0", "filters.words")
    place.expect("search without a hit", ["search", "ranker", "--index", "public/index.json"], 1, "nothing was found")
    place.expect("no index named", ["search", "x"], 2, "WINNOW_PLUGIN_INDEX")
    place.expect("a name that is not there", ["install", "wrods", "--index", "public/index.json"], 2, "did you mean 'words'")
    place.expect("install from a file", ["install", "words", "--index", "public/index.json"], 0, "installed example.org/words 1.0.0", "3 files")
    place.expect("what was installed runs", ["--ask"], 0, "filters.words")
    place.expect("nothing newer", ["update"], 0, "words 1.0.0 is the newest")
    place.write("2.0.0", 'host: ">=9"\n')
    got, _ = place.run("index", "packages", "-o", "public/index.json", "--no-tests")
    if got == 0:
        print("FAIL a package for another winnow was listed")
        place.wrong += 1
    place.write("1.10.0")
    place.expect("an update is listed beside the older version", ["index", "packages", "-o", "public/index.json", "--no-tests"], 0, "2 entries")
    place.expect("updated by number, not by letter", ["update", "words"], 0, "words 1.0.0 -> 1.10.0", "installed")
    place.expect("an older version on request", ["install", "words", "--version", "1.0.0", "--index", "public/index.json"], 0, "replaces 1.10.0, which is newer")
    if place.installed() != "1.0.0":
        print("FAIL installed is %s" % place.installed())
        place.wrong += 1


def by_network(place):
    shutil.rmtree(place.plugins)
    with served(place.public) as port:
        place.expect("install by http on this machine", ["install", "words", "--index", "http://127.0.0.1:%d/index.json" % port], 0, "installed example.org/words 1.10.0")
        place.expect("update asks there again", ["update"], 0, "is the newest")
        place.expect("what is not there", ["install", "words", "--index", "http://127.0.0.1:%d/none.json" % port], 1, "answers 404")
        with served(place.public, redirect="http://127.0.0.1:%d/index.json" % port) as other:
            place.expect("a redirection on this machine", ["search", "words", "--index", "http://127.0.0.1:%d/index.json" % other], 0, "words 1.10.0")
    place.expect("nobody there", ["update"], 1, "cannot be reached")
    for target, text in (("file:///etc/passwd", "no https address"), ("ftp://example.org/x", "no https address"), ("http://example.org/x", "use https"), ("//example.org/x", "no https address"), ("/loop", "sends on more than 5 times")):
        with served(place.public, redirect=target) as port:
            place.expect("redirected to %s" % target, ["search", "words", "--index", "http://127.0.0.1:%d/index.json" % port], 2 if "use https" in text else 1, text)
    for address, text in (("http://example.org/index.json", "use https"), ("file:///x.json", "only files and https"), ("https://", "names no host"), ("https://a@b/x", "'/'"), ("https://x:99999x/", "no port"), ("http://127.0.0.1:1/a b", "cannot hold")):
        place.expect("address %s" % address, ["search", "words", "--index", address], 2, text)


@contextlib.contextmanager
def answering(data, stays=False):
    """A server that reads a little, sends these bytes and closes the connection, or leaves it open."""
    server = socket.create_server(("127.0.0.1", 0))
    held = []

    def serve():
        with contextlib.suppress(OSError):  # until it is closed
            while True:
                connection, _ = server.accept()
                held.append(connection)
                connection.recv(4096)
                connection.sendall(data)
                if not stays:
                    connection.close()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield server.getsockname()[1]
    finally:
        server.close()
        for connection in held:
            connection.close()


def odd_answers(place):
    """What no server should send, and what anybody on the way could."""
    for what, data, text in (("nothing at all", b"", "does not answer"), ("half a head", b"HTTP/1.1 200 OK\r\nContent-", "does not answer"),
                             ("half a body", b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{}", "does not answer"),
                             ("a chunk whose head does not end", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;" + b"x" * 200000, "more than 64 kB"),
                             ("no HTTP", b"220 mail.example.org\r\n", "does not answer")):
        with answering(data) as port:
            place.expect("an answer of " + what, ["search", "x", "--index", "http://127.0.0.1:%d/index.json" % port], 1, text)
    ended = bytes.fromhex("15030300020100" "16030300010000")  # an alert that ends the session before it began, and one record more
    with answering(ended, stays=True) as port:
        place.expect("a session of TLS that ends before it began", ["search", "x", "--index", "https://127.0.0.1:%d/index.json" % port], 1, "is not trusted")


def by_tls(place):
    if shutil.which("openssl") is None:
        print("skipped: no openssl to make a certificate with")
        return
    made = subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "cert.pem", "-days", "2", "-subj", "/CN=localhost",
                           "-addext", "subjectAltName=DNS:localhost"], cwd=place.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert made.returncode == 0, made.stdout
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(place.folder / "cert.pem", place.folder / "key.pem")
    trusted = {"SSL_CERT_FILE": str(place.folder / "cert.pem")}
    with served(place.public, context) as port:
        index = "https://localhost:%d/index.json" % port
        place.expect("https with an authority that is trusted", ["install", "words", "--index", index], 0, "installed example.org/words 1.10.0", **trusted)
        place.expect("https with an unknown authority", ["search", "words", "--index", index], 1, "is not trusted")
        place.expect("https with another host's certificate", ["search", "words", "--index", "https://127.0.0.1:%d/index.json" % port], 1, "is not trusted", **trusted)
        with served(place.public, context, redirect="http://127.0.0.1:%d/index.json" % port) as other:
            place.expect("redirected away from https", ["search", "words", "--index", "https://localhost:%d/index.json" % other], 1, "away from https", **trusted)


def hostile(place):
    """Each index is the good one with one lie in it; nothing may be installed, run or left behind."""
    good = json.loads((place.public / "index.json").read_text())
    entry = next(e for e in good["packages"] if e["version"] == "1.10.0")
    shutil.rmtree(place.plugins)
    evil = place.folder / "evil"
    evil.mkdir()
    archive = (place.public / entry["file"]).read_bytes()
    (evil / entry["file"]).write_bytes(archive)

    def attempt(what, text, change=None, body=None, code=1):
        packages = [dict(entry, **change)] if change is not None else []
        (evil / "index.json").write_text(json.dumps({"format": "winnow-index/1", "packages": packages}) if body is None else body)
        place.expect(what, ["install", "words", "--index", "evil/index.json"], code, text)
        if place.installed() is not None or place.leftovers() or (place.folder / "ran").exists():
            print("FAIL something was installed or left: %s %s" % (place.installed(), place.leftovers()))
            place.wrong += 1

    def packed(files, what, text):
        """An archive with these members, as the program would write them; its hash is right."""
        import zlib, struct
        out, directory = b"", b""
        for name, body in files:
            common = struct.pack("<HHHHHIIIHH", 20, 0x0800, 0, 0, 33, zlib.crc32(body), len(body), len(body), len(name), 0)
            directory += b"PK\1\2" + struct.pack("<H", 3 << 8 | 20) + common + struct.pack("<HHHII", 0, 0, 0, 0o100644 << 16, len(out)) + name
            out += b"PK\3\4" + common + name + body
        out += directory + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, len(files), len(files), len(directory), len(out), 0)
        (evil / "evil.zip").write_bytes(out)
        attempt(what, text, {"file": "evil.zip", "size": len(out), "sha256": hashlib.sha256(out).hexdigest()})

    attempt("a wrong hash", "is not what the index says", {"sha256": "0" * 64})
    attempt("more bytes than it says", "is larger than", {"size": 10})
    attempt("a path out of the folder", "neither a file below", {"file": "../public/" + entry["file"]})
    attempt("an absolute path", "neither a file below", {"file": "/etc/passwd"})
    attempt("file://", "neither a file below", {"file": "file:///etc/passwd"})
    attempt("http to another machine", "neither a file below", {"file": "http://example.org/x.zip"})
    attempt("an archive that is not there", "there is no file", {"file": "none.zip"})
    attempt("an id that leads out of the folder", "'id' that is none", {"id": "../words"}, code=1)
    attempt("an id that is hidden", "'id' that is none", {"id": ".words"})
    attempt("a huge size", "'size' that no package has", {"size": 1 << 40})
    attempt("a size below nothing", "no number 'size'", {"size": -1})
    attempt("a hash of another kind", "'sha256' that is none", {"sha256": "abc"})
    attempt("a member of another kind", "which is no text", {"description": ["x"]})
    attempt("another version than the archive's", "not words 9.0.0", {"version": "9.0.0"})
    attempt("for another machine", "is built for", {"platform": "linux-z80"})
    attempt("for another winnow", "needs winnow", {"host": ">=9"})
    attempt("no JSON", "no JSON object", body="[[[[")
    attempt("JSON without end", "no JSON object", body='{"a":' * 100000)
    attempt("another format", "is not winnow-index/1", body='{"format": "winnow-index/2", "packages": []}')
    attempt("an index of 20 MB", "is larger than", body=" " * (20 << 20))
    twice = json.dumps({"format": "winnow-index/1", "packages": [entry, entry]})
    attempt("one version twice", "twice", body=twice)
    manifest = b"winnow: plugin/1\nmain: words.plugin.py\nid: words\nversion: 1.10.0\n"
    program = b"#!/usr/bin/env python3\nopen('%s', 'w')\n" % str(place.folder / "ran").encode()
    packed([(b"../../../ran", b"x"), (b"winnow-plugin.yaml", manifest)], "a member that leads out", "leads out of the archive")
    packed([(b"/tmp/plug-ran", b"x")], "an absolute member", "leads out of the archive")
    packed([(b"winnow-plugin.yaml", manifest)], "no main file", "is not there")
    packed([(b"winnow-plugin.yaml", manifest.replace(b"main: words", b"main: ../words"))], "a main file elsewhere", "names no main file")
    packed([(b"words.plugin.py", program)], "no manifest", "winnow-plugin.yaml")
    packed([(b"winnow-plugin.yaml", manifest), (b"words.plugin.py", program)], "a program that writes when it is tried", "is no plugin")
    bytes_of_zip = archive[:-1] + b"x"
    (evil / "cut.zip").write_bytes(bytes_of_zip)
    attempt("a damaged archive", "was changed", {"file": "cut.zip", "sha256": hashlib.sha256(bytes_of_zip).hexdigest()})
    (evil / "index.json").write_text(json.dumps({"format": "winnow-index/1", "packages": [entry]}))
    place.expect("the good one is installed: the lies were what was refused", ["install", "words", "--index", "evil/index.json"], 0, "installed example.org/words 1.10.0")
    (evil / "index.json").write_text(json.dumps({"format": "winnow-index/1", "packages": [dict(entry, sha256="1" * 64)]}))
    place.expect("an index that changes a published version", ["update"], 1, "does not change")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--winnow", required=True)
    a = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="winnow-index-") as temporary:
        place = Place(str(pathlib.Path(a.winnow).resolve()), pathlib.Path(temporary))
        publish(place)
        find_and_install(place)
        by_network(place)
        odd_answers(place)
        by_tls(place)
        hostile(place)
    print("%d wrong" % place.wrong)
    return 1 if place.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
