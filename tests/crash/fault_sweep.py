#!/usr/bin/env python3
"""Lets the n-th allocation, write, fsync, rename, open or close of a run fail, for many n, then runs again undisturbed.

  fault_sweep.py --winnow BIN --shim LIB [--most 25] [--allocations 60] [--all] [--part K/N] [--only KIND:N]

The disturbed run ends with 0 or 3 and everything in place, or with 1 or 2 and a word why; never by a signal. No output is ever half
there, no decision is lost. The next run gives the ledger and the outputs of a review that was never disturbed. --all takes every n
of every kind (hours: a run allocates some hundred thousand times); --part 1/8 is every eighth of those, from the first on.
"""
import argparse, os, pathlib, random, shutil, subprocess, sys, tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True
from kill_and_resume import make_review, outputs
from ledger import meaning

KINDS = ["malloc", "write", "fsync", "rename", "open", "close"]
# What the review uses: a program that looks at all plugins allocates mostly for those that it does not use.
PLUGINS = "importers-ris importers-csv filters-duplicates filters-language filters-publication-type filters-decisions exporters-ris exporters-prisma exporters-screening-sheet".split()


def installation(winnow, folder):
    """The program with few plugins beside it."""
    (folder / "bin").mkdir(parents=True)
    plugins = folder / "lib/winnow/plugins"
    plugins.mkdir(parents=True)
    shutil.copy(winnow, folder / "bin/winnow")
    source = pathlib.Path(winnow).resolve().parent.parent / "lib/winnow/plugins"
    for file in source.glob("*.so"):
        if file.stem in PLUGINS or file.stem in ("filters-sample",):
            shutil.copy(file, plugins)
    return str(folder / "bin/winnow")


class Review:
    """winnow run from nothing, with a screening step and decisions."""
    name = "run"

    def make(self, folder):
        make_review(folder, 16, random.Random(7))

    words = ["run", "review.yaml"]

    def state(self, folder):
        # A run that was disturbed in the first source has read the second one before, so records have other numbers.
        return meaning(folder / "review.ledger"), outputs(folder), (folder / "decisions.csv").read_bytes()

    def half(self, folder, wanted):
        if (folder / "decisions.csv").read_bytes() != wanted[2]:
            yield "the decisions were changed"
        if not (folder / "out").exists():
            return
        for name, digest in outputs(folder).items():
            if not name.endswith(".part") and wanted[1].get(name) != digest:
                yield "%s is half there" % name
            if name.endswith(".part"):
                yield "%s was left" % name


class Convert:
    """winnow convert over an older file: it holds the old or the new text, whole."""
    name = "convert"
    words = ["convert", "medline.ris", "--to", "ris", "-o", "out/new.ris"]

    def make(self, folder):
        make_review(folder, 16, random.Random(7))
        (folder / "out").mkdir()
        (folder / "out/new.ris").write_text("old\n")

    def state(self, folder):
        return (folder / "out/new.ris").read_bytes()

    def half(self, folder, wanted):
        if (folder / "out/new.ris").read_bytes() not in (b"old\n", wanted):
            yield "the output is half there"


class Merge:
    """winnow merge: a row more in the file of decisions, or none; never one less."""
    name = "merge"
    words = ["merge", "doi:10.5555/kill.0", "doi:10.5555/kill.2", "--by", "KBAA", "--file", "pairs.csv"]

    def make(self, folder):
        make_review(folder, 16, random.Random(7))
        (folder / "pairs.csv").write_bytes(b"record,other,reviewer,decision,note\r\na,b,KBAA,same,kept\r\n")

    def state(self, folder):
        return (folder / "pairs.csv").read_bytes()

    def half(self, folder, wanted):
        now = (folder / "pairs.csv").read_bytes()
        if not wanted.startswith(now) or b"kept" not in now:
            yield "decisions were lost"


def difference(found, wanted):
    """What of the state differs, in a few words."""
    if not isinstance(wanted, tuple):
        return repr(found[-200:])
    names = []
    for one, other in zip(found, wanted):
        names += sorted(k for k in set(one) | set(other) if one.get(k) != other.get(k)) if isinstance(other, dict) else ["decisions"] * (one != other)
    return ", ".join(names)


def run(a, words, folder, fault=None, count=None):
    env = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "LC_ALL": "C.UTF-8"}
    if fault or count:
        env["LD_PRELOAD"] = a.shim
    if fault:
        env["WINNOW_FAULT"] = fault
    if count:
        env["WINNOW_FAULT_COUNT"] = str(count)
    done = subprocess.run([a.program] + words, cwd=folder, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=300)
    return done.returncode, done.stderr.decode("utf-8", "replace")


def faults_of(a, scenario, fault, folder, calm_code, wanted):
    code, told = run(a, scenario.words, folder, fault)
    if code not in (0, 1, 2, 3):
        yield "ended with %d: %s" % (code, told[-300:])
    if code in (1, 2) and "error" not in told:
        yield "ended with %d without a word: %s" % (code, told[-300:])
    if code == calm_code and scenario.state(folder) != wanted:
        yield "ended as if nothing had happened, and something is missing: %s" % told[-300:]
    yield from scenario.half(folder, wanted)
    if scenario.name == "merge" and code == calm_code:
        return  # said once already
    code, told = run(a, scenario.words, folder)
    if code != calm_code:
        yield "then ended with %d: %s" % (code, told[-300:])
    elif scenario.state(folder) != wanted:
        yield "then gave another result: %s" % difference(scenario.state(folder), wanted)


def numbers(total, most):
    """1 and the last, and evenly spread ones between."""
    if total <= most:
        return list(range(1, total + 1))
    return sorted({1 + (total - 1) * i // (most - 1) for i in range(most)})


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--winnow", required=True)
    parser.add_argument("--shim", required=True)
    parser.add_argument("--most", type=int, default=25, help="calls of a kind")
    parser.add_argument("--allocations", type=int, default=60)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--part", default="1/1", help="K/N: every N-th failing call, beginning with the K-th")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS)
    parser.add_argument("--only", help="KIND:N of the first scenario")
    parser.add_argument("--scenario", choices=["run", "convert", "merge"])
    a = parser.parse_args()
    a.shim = os.path.abspath(a.shim)
    wrong = points = 0
    with tempfile.TemporaryDirectory(prefix="winnow-fault-") as temporary:
        base = pathlib.Path(temporary)
        a.program = installation(os.path.abspath(a.winnow), base / "prefix")
        for scenario in (Review(), Convert(), Merge()):
            if a.scenario and scenario.name != a.scenario:
                continue
            calm, folder = base / (scenario.name + "-calm"), base / scenario.name
            scenario.make(calm)
            calm_code, told = run(a, scenario.words, calm, count=base / "counts")
            if calm_code not in (0, 3):
                print("%s: the undisturbed run failed with %d: %s" % (scenario.name, calm_code, told))
                return 1
            wanted = scenario.state(calm)
            totals = dict(line.split() for line in (base / "counts").read_text().splitlines())
            faults = []
            for kind in a.kinds:
                total = int(totals[kind])
                most = total if a.all else a.allocations if kind == "malloc" else a.most
                for n in numbers(total, most):
                    faults.append("%s:%d" % (kind, n))
                    if kind in ("write", "fsync") and n % 3 == 1:
                        faults.append("%s:%d+" % (kind, n))
            first, step = map(int, a.part.split("/"))
            faults = [a.only] if a.only else faults[first - 1::step]
            for fault in faults:
                shutil.rmtree(folder, ignore_errors=True)
                scenario.make(folder)
                found = list(faults_of(a, scenario, fault, folder, calm_code, wanted))
                points += 1
                wrong += bool(found)
                for one in found:
                    print("%s %s: %s" % (scenario.name, fault, one), flush=True)
            print("%s: %s calls; %d made to fail" % (scenario.name, ", ".join("%s %s" % (totals[k], k) for k in KINDS), len(faults)))
    print("%d failed calls, %d wrong" % (points, wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
