#!/usr/bin/env python3
"""Kills `winnow run` with SIGKILL at random moments, lets it go on, and compares the ledger with an undisturbed one.

  kill_and_resume.py --winnow BIN [--records 20000] [--kills 200] [--seed 1]

Compared: every table but `run` (the only one that knows the clock) and `digest` (checksums over the numbers of rows), row by row in the order of their content, and every
output byte for byte. Only kills that hit a working run count.
"""
import argparse, hashlib, os, pathlib, random, shutil, signal, sqlite3, subprocess, sys, tempfile, time

REVIEW = """version: 1
review: {title: Killed at random}
reviewers: {KBAA: first}
sources:
  - wave: first
    searched: 2020-08-31
    databases:
      MEDLINE: {files: medline.ris}
      Scopus: {files: scopus.csv}
selection:
  steps:
    - {remove: duplicates, using: duplicates, mode: automatic}
    - {remove: not in English, id: language, using: language, keep: [English], mode: automatic, by: KBAA}
    - {remove: types, id: types, using: publication-type, mode: automatic, by: KBAA}
    - {screen: abstract, by: KBAA, decisions: "decisions*.csv"}
exports:
  - {write: out/all.ris, using: ris, of: unique records}
  - {write: out/flow.svg, using: prisma}
"""
GROUP = 3  # kills before a run may end
WORDS = "peer support worker recovery service mental health public sector co-production innovation citizen network practice".split()


def make_review(folder, records, rng):
    folder.mkdir()
    (folder / "review.yaml").write_text(REVIEW)
    with open(folder / "medline.ris", "w", encoding="utf-8") as ris, open(folder / "scopus.csv", "w", encoding="utf-8") as csv, \
            open(folder / "decisions.csv", "w", encoding="utf-8") as decisions:
        csv.write('"Authors","Title","Year","Source title","Volume","Issue","Page start","Page end","DOI","Abstract","Language of Original Document","Document Type","EID"\n')
        decisions.write("record,wave,reviewer,decision,reason,note\n")
        for i in range(records // 2):
            title = "%s %s %s in %s %d" % (rng.choice(WORDS).title(), rng.choice(WORDS), rng.choice(WORDS), rng.choice(WORDS), i)
            abstract = " ".join(rng.choice(WORDS) for _ in range(60)) + "."
            language = rng.choice(["eng", "eng", "ger", ""])
            ris.write("TY  - JOUR\nTI  - %s\nAU  - Smith%d, Anna\nPY  - %d\nJO  - Journal %d\nVL  - %d\nSP  - %d\nDO  - 10.5555/kill.%d\nAB  - %s\n%sER  - \n\n"
                      % (title, i % 97, 2000 + i % 20, i % 11, i % 40, i, i, abstract, "LA  - %s\n" % language if language else ""))
            if i % 10 == 0:
                decisions.write("doi:10.5555/kill.%d,,KBAA,%s,,\n" % (i, "include" if i % 3 else "maybe"))
            if i % 2 == 0:
                title = "Another %s study %d" % (rng.choice(WORDS), i)
            doi = "10.5555/kill.%d" % i if i % 2 else "10.5555/other.%d" % i
            csv.write('"Smith%d A.","%s","%d","Journal %d","%d","1","%d","%d","%s","%s","English","%s","2-s2.0-%d"\n'
                      % (i % 97, title, 2000 + i % 20, i % 11, i % 40, i, i + 5, doi, abstract, rng.choice(["Article", "Editorial", "Conference Paper"]), i))


def content(ledger):
    """Every row of every table but `run`, without the numbers that follow the order of work. Opening a ledger may first
    have to take back what a killed run left half done, so it is opened for writing."""
    database = sqlite3.connect("file:%s?mode=rw" % ledger, uri=True)
    dump = {}
    for (table,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('run', 'digest') ORDER BY name"):
        columns = [row[1] for row in database.execute("PRAGMA table_info(%s)" % table) if not (table == "event" and row[1] in ("id", "run")) and
                   not (table == "output" and row[1] == "id")]
        rows = sorted(map(repr, database.execute("SELECT %s FROM %s" % (",".join(columns), table))))
        if table == "output":
            rows = sorted(set(rows))  # an output may have been written again after the kill
        dump[table] = (len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest())
    return dump


def outputs(folder):
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted((folder / "out").rglob("*")) if p.is_file()}


def run(winnow, folder):
    return subprocess.Popen([winnow, "run", str(folder / "review.yaml")], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=folder)


def start_and_kill(winnow, folder, seconds):
    """True if the run was still working when it was killed."""
    process = run(winnow, folder)
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
    process.communicate()
    return process.returncode == -signal.SIGKILL


def begin_anew(folder):
    """Now and then, so that kills meet every phase of a run."""
    for name in ("review.ledger", "review.ledger-wal", "review.ledger-shm", "review.lock"):
        (folder / name).unlink(missing_ok=True)
    shutil.rmtree(folder / "out", ignore_errors=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--winnow", required=True)
    parser.add_argument("--records", type=int, default=20000)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    a = parser.parse_args()
    winnow = os.path.abspath(a.winnow)
    rng = random.Random(a.seed)
    with tempfile.TemporaryDirectory(prefix="winnow-kill-") as temporary:
        base = pathlib.Path(temporary)
        make_review(base / "calm", a.records, random.Random(7))
        shutil.copytree(base / "calm", base / "killed")
        began = time.monotonic()
        calm = run(winnow, base / "calm")
        error = calm.communicate()[1]
        length = time.monotonic() - began
        if calm.returncode not in (0, 3):
            print("the undisturbed run failed with %d: %s" % (calm.returncode, error.decode()[-500:]))
            return 1
        wanted, wanted_files = content(base / "calm" / "review.ledger"), outputs(base / "calm")
        folder = base / "killed"
        hit = missed = since = 0
        while hit < a.kills:
            killed = start_and_kill(winnow, folder, rng.uniform(0.01, length * 0.8))
            hit, since, missed = hit + killed, since + killed, missed + (not killed)
            if missed > 3 * a.kills:
                print("too few kills hit a working run for this to prove anything")
                return 1
            if killed and since < GROUP and hit < a.kills:
                continue
            last = run(winnow, folder)
            error = last.communicate()[1]
            if last.returncode != calm.returncode:
                print("after kill %d the run ended with %d: %s" % (hit, last.returncode, error.decode()[-500:]))
                return 1
            got, got_files = content(folder / "review.ledger"), outputs(folder)
            for table in wanted:
                if got.get(table) != wanted[table]:
                    print("after kill %d table %s differs: %s instead of %s" % (hit, table, got.get(table), wanted[table]))
                    return 1
            if got_files != wanted_files:
                print("after kill %d the outputs differ" % hit)
                return 1
            begin_anew(folder)
            since = 0
        print("%d records, %d kills of a working run (undisturbed %.2f s): ledger and outputs equal" % (a.records, hit, length))
    return 0


if __name__ == "__main__":
    sys.exit(main())
