#!/usr/bin/env python3
"""Kills `winnow run` with SIGKILL at random moments, lets it go on, and compares the ledger with an undisturbed one.

  kill_and_resume.py --winnow BIN [--records 20000] [--kills 200] [--seed 1]

Two folders live through the same edits (a database exported again with late records, decisions added, changed and taken back, a source renamed, a
step added or taken away); in one of them runs are killed. After some kills a run may end: its ledger (ledger.py, content) and every output equal
those of the calm folder. In every third round the review is edited between the kills too; then the halves of other states may lie in the
ledger, so outputs are compared, and `winnow verify` finds nothing. Only kills that hit a working run count.
"""
import argparse, hashlib, os, pathlib, random, shutil, signal, subprocess, sys, tempfile, time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True
from ledger import content

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


# ---- edits: each changes the inputs of a folder, the same for the same seed


def export_again(folder, rng):
    """Late records, in front of those that were there, and other counts of citations."""
    number = rng.randrange(10**6)
    late = "".join("TY  - JOUR\nTI  - Late %d %d of %s\nAU  - Late, Ann\nPY  - 2021\nDO  - 10.5555/late.%d.%d\nAB  - %s.\nLA  - %s\nER  - \n\n"
                   % (number, i, rng.choice(WORDS), number, i, " ".join(rng.choice(WORDS) for _ in range(40)), rng.choice(["eng", "ger"])) for i in range(40))
    file = folder / "medline.ris"
    file.write_text(late + file.read_text(encoding="utf-8"), encoding="utf-8")
    return "medline.ris: 40 late records"


def decide(folder, rng):
    file = folder / "decisions.csv"
    rows = file.read_text(encoding="utf-8").splitlines(True)
    asked = [rng.randrange(1000) for _ in range(30)]
    file.write_text("".join(rows) + "".join("doi:10.5555/other.%d,,KBAA,%s,,\n" % (2 * i, rng.choice(["include", "exclude", "maybe"])) for i in asked), encoding="utf-8")
    return "decisions.csv: 30 decisions more"


def change_decisions(folder, rng):
    file = folder / "decisions.csv"
    rows = file.read_text(encoding="utf-8").splitlines(True)
    for place in rng.sample(range(1, len(rows)), 20):
        rows[place] = rows[place].replace(",maybe,", ",include,") if ",maybe," in rows[place] else rows[place].replace(",include,", ",taken back,")
    file.write_text("".join(rows), encoding="utf-8")
    return "decisions.csv: 20 decisions changed or taken back"


def lose_decisions(folder, rng):
    file = folder / "decisions.csv"
    rows = file.read_text(encoding="utf-8").splitlines(True)
    gone = set(rng.sample(range(1, len(rows)), 5))
    file.write_text("".join(r for i, r in enumerate(rows) if i not in gone), encoding="utf-8")
    return "decisions.csv: 5 rows vanish"


def rename_source(folder, rng):
    file, name = folder / "review.yaml", "MEDLINE %d" % rng.randrange(100)
    lines = file.read_text().splitlines(True)
    file.write_text("".join("      %s: {files: medline.ris}\n" % name if "medline.ris" in line else line for line in lines))
    return "the source is called " + name


def change_step(folder, rng):
    file = folder / "review.yaml"
    text, step = file.read_text(), "    - {remove: types, id: types, using: publication-type, mode: automatic, by: KBAA}\n"
    marker = "    - {screen: abstract"
    file.write_text(text.replace(step, "") if step in text else text.replace(marker, step + marker))
    return "the step about types comes or goes"


EDITS = [export_again, decide, change_decisions, lose_decisions, rename_source, change_step]


# ---- kills


class Differs(Exception):
    pass


def compare(winnow, calm, killed, code, wanted, mixed):
    """Lets a run end and compares; raises Differs."""
    last = run(winnow, killed)
    error = last.communicate()[1].decode("utf-8", "replace")
    if last.returncode != code:
        raise Differs("the run ended with %d: %s" % (last.returncode, error[-500:]))
    if outputs(killed) != outputs(calm):
        raise Differs("the outputs differ")
    if mixed:
        verified = subprocess.run([winnow, "verify", "--review", "review.yaml"], cwd=killed, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if verified.returncode not in (0, 3):
            raise Differs("winnow verify ended with %d: %s" % (verified.returncode, verified.stdout.decode("utf-8", "replace")[-500:]))
        return
    got = content(killed / "review.ledger")
    for table in wanted:
        if got.get(table) != wanted[table]:
            raise Differs("table %s differs: %s instead of %s" % (table, got.get(table), wanted[table]))


class Round:
    """One state of the review, run to its end in the calm folder and killed in the other."""

    def __init__(self, winnow, base, rng):
        self.winnow, self.calm, self.killed, self.rng = winnow, base / "calm", base / "killed", rng
        self.story, self.hit, self.missed, self.edits = [], 0, 0, 0

    def edit(self, edits=EDITS):
        seed = self.rng.random()
        for folder in (self.calm, self.killed):
            rng = random.Random(seed)
            words = rng.choice(edits)(folder, rng)
        self.story.append(words)
        self.edits += 1

    def run_calm(self):
        began = time.monotonic()
        process = run(self.winnow, self.calm)
        error = process.communicate()[1].decode("utf-8", "replace")
        if process.returncode not in (0, 3):
            raise Differs("the undisturbed run failed with %d: %s" % (process.returncode, error[-500:]))
        self.code, self.length = process.returncode, time.monotonic() - began

    def kill(self):
        killed = False
        while not killed:
            killed = start_and_kill(self.winnow, self.killed, self.rng.uniform(0.01, self.length * 0.9))
            self.missed += not killed
            if not killed and self.rng.random() < 0.5:
                return  # it was done already
        self.hit += 1

    def play(self, number, kills):
        mixed = number % 3 == 2
        if number % 4 == 0:
            begin_anew(self.calm), begin_anew(self.killed)
            self.story = ["from nothing"]
        elif not mixed:
            self.edit()
        self.run_calm()
        for _ in range(kills):
            if mixed:  # a word that vanishes before a calm run saw it is remembered by a killed one alone, rightly
                self.edit([e for e in EDITS if e is not lose_decisions])
            self.kill()
        if mixed:
            self.run_calm()
        compare(self.winnow, self.calm, self.killed, self.code, content(self.calm / "review.ledger"), mixed)
        if mixed:
            begin_anew(self.calm), begin_anew(self.killed)  # their ledgers hold other states
            self.story = ["from nothing"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--winnow", required=True)
    parser.add_argument("--records", type=int, default=20000)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    a = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="winnow-kill-") as temporary:
        base = pathlib.Path(temporary)
        make_review(base / "calm", a.records, random.Random(7))
        shutil.copytree(base / "calm", base / "killed")
        rounds, number = Round(os.path.abspath(a.winnow), base, random.Random(a.seed)), 0
        while rounds.hit < a.kills:
            try:
                rounds.play(number, min(GROUP, a.kills - rounds.hit))
            except Differs as words:
                print("round %d, after kill %d: %s\n  since the ledger was new: %s" % (number, rounds.hit, words, "; ".join(rounds.story)))
                return 1
            number += 1
            if rounds.missed > 3 * a.kills:
                print("too few kills hit a working run for this to prove anything")
                return 1
        print("%d records, seed %d: %d kills of a working run in %d rounds with %d edits (undisturbed %.2f s): ledger and outputs equal"
              % (a.records, a.seed, rounds.hit, number, rounds.edits, rounds.length))
    return 0


if __name__ == "__main__":
    sys.exit(main())
