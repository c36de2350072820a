#!/usr/bin/env python3
"""The conversations in sdk/protocol/frames.txt, played to both sides: to the Python worker as the host's frames, and to the host by
a program that answers what stands there. The host numbers its tags as it likes, so its batches are compared by names.

  vectors.py --winnow BIN [--accept]       --accept writes frames.txt from what both say to each other now
"""
import argparse, os, pathlib, shutil, struct, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
FRAMES = ROOT / "sdk/protocol/frames.txt"
PLUGIN = ROOT / "sdk/protocol/vectors.plugin.py"
REVIEW = """version: 1
review: {title: Vectors}
reviewers: {KA: who reads}
sources:
  - {wave: first, searched: 2024-01-15, databases: {Vectors: {files: in.ris}}}
selection:
  steps:
    - {remove: short, id: short, using: vectors, least: 5, mode: automatic}
exports:
  - {write: out.txt, using: csl-json}
"""
RIS = "TY  - JOUR\nTI  - Peers\nPY  - 2020\nER  - \nTY  - JOUR\nTI  - Care\nER  - \nTY  - JOUR\nAU  - Berg, A\nER  - \n"
RUNS = {
    "importer": "convert in.vectors --from importers.vectors --to csl-json",
    "filter": "run review.yaml",
    "exporter": "convert in.ris --from ris --to vectors",
}
# Stands before the plugin, or in its place; written into one file, because a worker may read its own folder alone.
SPY = '''#!/usr/bin/env python3
import sys, winnow_worker
def tell(side, kind, payload):  # what a worker prints is shown in lines of bounded length
    text = payload.hex()
    print(side, kind, text[:600], file=sys.stderr, flush=True)
    for at in range(600, len(text), 600):
        print("+", text[at:at + 600], file=sys.stderr, flush=True)
class Spy(winnow_worker._Pipe):
    def send(self, kind, payload=b"", flush=False):
        tell("<", kind, payload)
        super().send(kind, payload, flush)
    def receive(self):
        kind, payload = super().receive()
        tell(">", kind, payload)
        return kind, payload
winnow_worker._Pipe = Spy
'''
REPLAY = '''#!/usr/bin/env python3
import os, struct, sys
sys.dont_write_bytecode = True
FRAMES = %r
import vectorlib
own, theirs = vectorlib.Batches(), vectorlib.Batches()
pipe_in, pipe_out = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
for side, kind, payload in FRAMES:
    if side == "<":
        pipe_out.write(struct.pack("<IB2sB", len(payload), kind, b"WN", 1) + payload)
        continue
    pipe_out.flush()
    header = pipe_in.read(8)
    if len(header) < 8:
        os._exit(0)
    size, got, mark, version = struct.unpack("<IB2sB", header)
    body = pipe_in.read(size)
    if (got, mark, version) != (kind, b"WN", 1) or theirs.named(got, body) != own.named(kind, payload):
        print("the host sent %%d %%s instead of %%d %%s" %% (got, body.hex(), kind, payload.hex()), file=sys.stderr, flush=True)
        os._exit(3)
pipe_out.flush()
os._exit(0 if not pipe_in.read(1) else 4)
'''
LIBRARY = '''import struct
BATCHES = {6: 0, 7: 0, 8: 0, 13: 4, 17: 0, 18: 0}
class Batches:
    """Replaces the host's numbers of tags, which differ from run to run, by names, or by numbers of our own."""
    def __init__(self):
        self.names = {}
    def parts(self, kind, payload):
        at = BATCHES.get(kind)
        if at is None or len(payload) <= at:
            return [payload]
        out, count = [payload[:at]], struct.unpack_from("<I", payload, at)[0]
        at += 4
        for _ in range(count):
            number, size = struct.unpack_from("<II", payload, at)
            self.names[number] = payload[at + 8:at + 8 + size]
            at += 8 + size
        out.append(struct.unpack_from("<I", payload, at)[0])
        records, at = out[-1], at + 4
        for _ in range(records):
            head = struct.unpack_from("<QQIIII", payload, at)
            at += 32
            fields = []
            for _ in range(head[5]):
                tag, origin, group, flags, rule, line, size = struct.unpack_from("<IIHHIII", payload, at)
                at += 24
                fields.append((self.names[tag], origin, group, flags, self.names.get(rule), line, payload[at:at + size]))
                at += size
            out.append((head, fields))
        assert at == len(payload), "bytes behind a batch"
        return out
    def named(self, kind, payload):
        return self.parts(kind, payload)
class Renumbered:
    """The same batches with numbers from 1 in the order of the names' coming."""
    def __init__(self):
        self.batches, self.numbers = Batches(), {}
    def payload(self, kind, payload):
        parts = self.batches.parts(kind, payload)
        if len(parts) == 1:
            return payload
        fresh, body = [], b""
        def number(name):
            if name is None:
                return 0
            if name not in self.numbers:
                self.numbers[name] = len(self.numbers) + 1
                fresh.append(name)
            return self.numbers[name]
        for head, fields in parts[2:]:
            body += struct.pack("<QQIIII", *head)
            for tag, origin, group, flags, rule, line, value in fields:
                body += struct.pack("<IIHHIII", number(tag), origin, group, flags, number(rule), line, len(value)) + value
        names = b"".join(struct.pack("<II", self.numbers[n], len(n)) + n for n in fresh)
        return parts[0] + struct.pack("<I", len(fresh)) + names + struct.pack("<I", parts[1]) + body
'''
exec(LIBRARY)
NAMES = {1: "Hello", 2: "Create", 3: "Destroy", 4: "Probe", 5: "Read", 6: "Process", 11: "Write", 12: "Chunk", 13: "Records", 65: "Declare", 67: "Created", 68: "Probed",
         69: "Done", 71: "Verdicts", 74: "Next", 75: "Emit", 76: "NextRecords", 77: "Output", 79: "Diagnose", 82: "Bytes"}


def folder_with(temporary, name, program, library=False):
    home = pathlib.Path(temporary) / name
    plugins = home / "plugins"
    plugins.mkdir(parents=True)
    shutil.copy(ROOT / "sdk/python/winnow_worker.py", plugins)
    if library:
        (plugins / "vectorlib.py").write_text(LIBRARY)
    (plugins / "vectors.plugin.py").write_text(program)
    (plugins / "vectors.plugin.py").chmod(0o755)
    (home / "in.ris").write_text(RIS)
    (home / "in.vectors").write_text("VECTORS\nPeers\nCare\n")
    (home / "review.yaml").write_text(REVIEW)
    return home


def run(winnow, home, words):
    env = dict(os.environ, HOME=str(home), NO_COLOR="1", LC_ALL="C.UTF-8")
    env.pop("WINNOW_PLUGIN_PATH", None)
    done = subprocess.run([winnow, "--plugin-dir", str(home / "plugins"), *words.split()], cwd=home, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=120)
    made = (home / "out.txt").read_text() if (home / "out.txt").exists() else ""
    for left in list(home.glob("review.l*")) + list(home.glob("out.txt")):
        left.unlink()
    hidden = [line for line in done.stdout.splitlines() if not line.startswith("plugin ")]  # their hashes differ
    return done.returncode, "\n".join(hidden) + made, done.stderr


def parsed():
    conversations, name = {}, None
    for line in FRAMES.read_text().splitlines():
        words = line.split()
        if not words or words[0] == "#":
            continue
        if words[0] == "conversation":
            name = words[1]
            conversations[name] = []
            continue
        frame = bytes.fromhex("".join(words[2:]))
        size, kind, mark, version = struct.unpack_from("<IB2sB", frame)
        assert size == len(frame) - 8 and mark == b"WN" and version == 1 and NAMES[kind] == words[1], line
        conversations[name].append((words[0], kind, frame[8:]))
    return conversations


def accept(winnow, temporary):
    text = ("# Conversations of the worker protocol, version 1 (docs/worker-protocol.md): '>' from the host, '<' from the worker, each frame with its header.\n"
            "# The worker is vectors.plugin.py. Written by tests/conform/vectors.py --accept.\n")
    home = folder_with(temporary, "accept", SPY + PLUGIN.read_text().split("\n", 1)[1])
    for name, words in RUNS.items():
        run(winnow, home, words)  # what the plugin declares is kept now
        _, _, errors = run(winnow, home, words)
        renumbered = Renumbered()
        text += "\nconversation %s\n" % name
        for line in errors.replace("\n[vectors.plugin.py] + ", "").splitlines():
            words_of = line.split()
            if len(words_of) >= 3 and words_of[0] == "[vectors.plugin.py]" and words_of[1] in "<>":
                side, kind = words_of[1], int(words_of[2])
                payload = bytes.fromhex(words_of[3] if len(words_of) > 3 else "")
                payload = renumbered.payload(kind, payload) if side == ">" else payload
                frame = struct.pack("<IB2sB", len(payload), kind, b"WN", 1) + payload
                text += "%s %-11s %s %s\n" % (side, NAMES[kind], frame[:8].hex(), payload.hex())
    FRAMES.write_text(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--winnow", required=True)
    parser.add_argument("--accept", action="store_true")
    a = parser.parse_args()
    winnow, wrong = str(pathlib.Path(a.winnow).resolve()), 0
    with tempfile.TemporaryDirectory(prefix="winnow-vectors-") as temporary:
        if a.accept:
            accept(winnow, temporary)
        conversations = parsed()
        missing = set(RUNS) - set(conversations)
        wrong += len(missing)
        real = folder_with(temporary, "real", PLUGIN.read_text())
        for name, frames in conversations.items():
            # The worker: what it says to the host's frames.
            sent = b"".join(struct.pack("<IB2sB", len(p), k, b"WN", 1) + p for s, k, p in frames if s == ">")
            wanted = b"".join(struct.pack("<IB2sB", len(p), k, b"WN", 1) + p for s, k, p in frames if s == "<")
            said = subprocess.run([sys.executable, "-B", str(real / "plugins/vectors.plugin.py")], input=sent, stdout=subprocess.PIPE, timeout=60).stdout
            same = said == wanted
            # The host: what it makes of the worker's frames, when the worker is a recording.
            replay = folder_with(temporary, "replay-" + name, REPLAY % (frames,), library=True)
            expected, got = run(winnow, real, RUNS[name]), run(winnow, replay, RUNS[name])
            good = same and got == expected and got[0] in (0, 3)
            wrong += not good
            print("%s  %-9s %d frames" % ("ok  " if good else "FAIL", name, len(frames)))
            if not same:
                print("  the worker answered\n  %s\n  instead of\n  %s" % (said.hex(), wanted.hex()))
            if got != expected:
                print("  the host gave %s\n  instead of %s" % (got, expected))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
