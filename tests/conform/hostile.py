#!/usr/bin/env python3
"""Hostile plugins in worker processes: the run survives each, names it with the record and the reason, loses nothing.

  hostile.py --winnow BIN --plugins FOLDER [--only NAME]
"""
import argparse, pathlib, re, shutil, sqlite3, subprocess, sys, tempfile

REASONS = {
    "segfault": r"killed by signal 11", "abort": r"killed by signal 6", "exit": r"exited with 7", "endless-loop": r"did not answer within 2 s",
    "fork-bomb": r"did not answer within 2 s", "memory-hog": r"killed by signal", "reads-outside": r"exited with 8", "network": r"exited with 9",
    "garbage-frames": r"no frame of the protocol", "wrong-ids": r"a record that it was not given", "huge-frame": r"announced a frame of 4294967295 bytes",
    "slow-drip": r"did not answer within 2 s", "flood": r"floods",
}
RECORDS = 600
TRIGGER = 401  # in the second batch
REVIEW = """version: 1
review: {title: A case}
reviewers: {KBAA: first author}
sources:
  - wave: first
    searched: 2020-08-31
    databases:
      MEDLINE: {files: in.ris}
selection:
  steps:
    - {remove: hostile, id: hostile, using: %s, mode: automatic, by: KBAA}
exports:
  - {write: out/funnel.csv, using: funnel}
  - {write: out/included.csv, using: csv}
isolate: {seconds: 2, megabytes: 512, on failure: %s}
"""


def record(number):
    title = "TRIGGER" if number == TRIGGER else "A work about peer support"
    return "TY  - JOUR\nTI  - %s, number %d\nPY  - 2019\nLA  - eng\nER  - \n\n" % (title, number)


def run(a, folder, using, on_failure, plugin):
    (folder / "review.yaml").write_text(REVIEW % (using, on_failure))
    words = [a.winnow] + (["--plugin-dir", str(plugin)] if plugin else []) + ["run", "review.yaml"]
    return subprocess.run(words, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=120,
                          env={"PATH": "/usr/bin:/bin", "HOME": str(folder), "WINNOW_TEST_SECRET": str(folder / "secret")})


def faults_of(a, name, folder):
    plugin = a.plugins / ("hostile-" + name)
    place = r"in\.ris:%d:1: error \[worker\.failed\]: record %d: plugin 'filters\.hostile' failed on this record: .*%s" % ((TRIGGER - 1) * 6 + 1, TRIGGER, REASONS[name])
    done = run(a, folder, "hostile", "stop", plugin)
    if done.returncode != 1 or not re.search(place, done.stderr):
        yield "stop: exit %d, %s" % (done.returncode, done.stderr[-600:])
    done = run(a, folder, "hostile", "undecided", plugin)
    if done.returncode != 0 or not re.search(place, done.stderr) or "the record stays undecided" not in done.stderr:
        yield "undecided: exit %d, %s" % (done.returncode, done.stderr[-600:])
    if "1 undecided, kept" not in done.stdout or "the attack succeeded" in (done.stdout + done.stderr):
        yield "undecided: %s" % done.stdout[-600:]
    elif len((folder / "out/included.csv").read_text().splitlines()) != RECORDS + 1:
        yield "records were lost"
    ledger = sqlite3.connect(folder / "review.ledger")
    if ledger.execute("pragma integrity_check").fetchone() != ("ok",):
        yield "the ledger is damaged"
    ledger.close()
    done = run(a, folder, "language", "stop", None)
    if done.returncode != 0:
        yield "the ledger is of no use afterwards: %s" % done.stderr[-600:]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--winnow", required=True)
    parser.add_argument("--plugins", required=True, type=pathlib.Path)
    parser.add_argument("--only")
    parser.add_argument("--without", nargs="*", default=[], help="attacks that a sanitizer answers by itself")
    a = parser.parse_args()
    a.winnow, a.plugins = str(pathlib.Path(a.winnow).resolve()), a.plugins.resolve()
    wrong = 0
    names = [a.only] if a.only else [n for n in REASONS if n not in a.without]
    for name in names:
        with tempfile.TemporaryDirectory(prefix="winnow-hostile-") as temporary:
            folder = pathlib.Path(temporary)
            (folder / "in.ris").write_text("".join(record(n) for n in range(1, RECORDS + 1)))
            (folder / "secret").write_text("nobody's business\n")
            faults = list(faults_of(a, name, folder))
        print("%-16s %s" % (name, "survived, named" if not faults else "; ".join(faults)))
        wrong += bool(faults)
    left = subprocess.run(["ps", "-eo", "ppid,args"], stdout=subprocess.PIPE, text=True).stdout if shutil.which("ps") else ""
    orphans = [line for line in left.splitlines() if line.split()[:1] == ["1"] and "--worker" in line and str(a.plugins) in line]
    if orphans:
        print("workers were left behind: %s" % orphans)
        wrong += 1
    print("%d hostile workers, %d wrong" % (len(names), wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
