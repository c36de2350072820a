#!/usr/bin/env python3
"""Pipes and slow inputs: a run that waits says for what, and ends within a second of SIGTERM or SIGINT.

  waiting.py --winnow BIN
"""
import argparse, os, pathlib, signal, subprocess, sys, tempfile, time

COMMANDS = [
    (["convert", "pipe.ris", "--to", "ris", "-o", "out.ris"], "waiting for 'pipe.ris' to be written"),
    (["lint", "pipe.ris"], "waiting for 'pipe.ris' to be written"),
    (["formats", "pipe.ris"], "waiting for 'pipe.ris' to be written"),
    (["convert", "-", "--to", "ris"], "waiting for 'standard input' to be written"),
    (["convert", "a.ris", "--to", "ris", "-o", "pipe.ris"], "waiting for 'pipe.ris' to be read"),
    (["check", "pipe.ris"], "waiting for 'pipe.ris' to be written"),
    (["flow", "pipe.ris", "--check"], "waiting for 'pipe.ris' to be written"),
]


def faults_of(winnow, folder, words, notice, number):
    held_read, held_write = os.pipe()
    child = subprocess.Popen([winnow] + words, cwd=folder, stdin=held_read, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    time.sleep(4)
    began = time.monotonic()
    child.send_signal(number)
    try:
        told = child.communicate(timeout=20)[1].decode()
    except subprocess.TimeoutExpired:
        child.kill()
        child.communicate()
        yield "%s: does not end" % " ".join(words)
        return
    finally:
        os.close(held_read)
        os.close(held_write)
    if child.returncode != 1 or "cancelled" not in told:
        yield "%s: ended with %d: %s" % (" ".join(words), child.returncode, told)
    if notice not in told:
        yield "%s: does not say '%s': %s" % (" ".join(words), notice, told)
    if time.monotonic() - began > 10:
        yield "%s: took %.1f s to end" % (" ".join(words), time.monotonic() - began)


def slow_faults(winnow, folder):
    """A slow writer is waited for, and all of it is read."""
    child = subprocess.Popen([winnow, "convert", "pipe.ris", "--to", "csv", "--set", "columns=title"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with open(folder / "pipe.ris", "wb", buffering=0) as pipe:
        for i in range(3):
            time.sleep(0.3)
            pipe.write(b"TY  - JOUR\nTI  - Work %d\nER  - \n" % i)
    said = child.communicate(timeout=60)[0].decode("utf-8-sig")
    if said.split("\r\n") != ["title", "Work 0", "Work 1", "Work 2", ""]:
        yield "of a slow pipe it read: %r" % said


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--winnow", required=True)
    a = parser.parse_args()
    winnow, faults = os.path.abspath(a.winnow), []
    with tempfile.TemporaryDirectory(prefix="winnow-waiting-") as temporary:
        folder = pathlib.Path(temporary)
        os.mkfifo(folder / "pipe.ris")
        (folder / "a.ris").write_text("TY  - JOUR\nTI  - A work\nER  - \n")
        for i, (words, notice) in enumerate(COMMANDS):
            faults += faults_of(winnow, folder, words, notice, signal.SIGTERM if i % 2 == 0 else signal.SIGINT)
        faults += slow_faults(winnow, folder)
    for fault in faults:
        print(fault)
    print("%d commands wait, %d faults" % (len(COMMANDS), len(faults)))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
