#!/usr/bin/env python3
"""Mutation testing: changes one operator, constant or statement, builds, and asks whether a test notices.

  mutate.py                          the places of places.txt (faults that a reviewer once made by hand)
  mutate.py --new 100 --seed 1       and 100 new ones, spread over the folders of guards.txt; the same seed, the same ones
  mutate.py --new 100 --only gen     the new ones alone; --only takes an id, a path or a part of one, and may be repeated
  mutate.py --list                   what would be done, as blocks that places.txt and equivalent.txt take; builds nothing

Everything happens in a copy of the tree under --scratch, which is kept and built again only where it differs; the tree
itself is never touched, and an interrupted run leaves nothing to clean up. A mutation is *killed* when a test of guards.txt
fails that passes without it, when the tests hang, or *survived* when all pass. Those that do not compile are left out of
the score, and so are those of equivalent.txt, each with its reason. Exit 1 if the score is below --at-least.
"""
import argparse, os, pathlib, re, shutil, subprocess, sys, time

import mutations

HERE = pathlib.Path(__file__).resolve().parent
# The flags of the preset `release`, and a build folder as deep as its: ccache has the objects of an unmutated file then.
# Without warnings, which would refuse half of the mutations; ccache ignores the option, for it makes no other object.
CMAKE = ["-G", "Ninja", "-DCMAKE_BUILD_TYPE=RelWithDebInfo", "-DCMAKE_CXX_FLAGS_RELWITHDEBINFO=-O2 -g1 -DNDEBUG", "-DCMAKE_CXX_FLAGS=-w",
         "-DCMAKE_C_FLAGS=-w"]


class Copy:
    """The tree's copy: made equal to the tree, mutated at one place, restored."""

    def __init__(self, tree, scratch):
        self.tree, self.root = tree, scratch / "tree"
        self.build = self.root / "build" / "mutation"
        os.environ.setdefault("CCACHE_BASEDIR", str(self.root))
        os.environ.setdefault("CCACHE_IGNOREOPTIONS", "-w")

    def refresh(self):
        """Makes the copy's files those that git knows or would know; equal files keep their times."""
        if (self.tree / ".git").exists():
            listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=self.tree, check=True,
                                    stdout=subprocess.PIPE).stdout.decode().split("\0")
        else:
            listed = [p.relative_to(self.tree).as_posix() for p in self.tree.rglob("*")]
        wanted = {name for name in listed if name and (self.tree / name).is_file()}
        for name in sorted(wanted):
            source, target = self.tree / name, self.root / name
            if target.is_file() and target.read_bytes() == source.read_bytes():
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
        for path in sorted(self.root.rglob("*")):
            name = path.relative_to(self.root)
            if name.parts[0] != "build" and path.is_file() and name.as_posix() not in wanted:
                path.unlink()

    def configure(self, options):
        if not (self.build / "build.ninja").exists():
            linker = ["-DCMAKE_%s_LINKER_FLAGS=-fuse-ld=mold" % kind for kind in ("EXE", "SHARED", "MODULE")] if shutil.which("mold") else []
            cache = ["-DCMAKE_%s_COMPILER_LAUNCHER=ccache" % language for language in ("C", "CXX")] if shutil.which("ccache") else []
            subprocess.run(["cmake", "-S", self.root, "-B", self.build] + CMAKE + linker + cache + options, check=True, stdout=subprocess.DEVNULL)

    def ninja(self, targets, jobs, seconds):
        """Empty, or what went wrong."""
        try:
            done = subprocess.run(["ninja", "-C", self.build, "-j%d" % jobs] + targets, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                  timeout=seconds)
        except subprocess.TimeoutExpired:
            return "the build took more than %d s" % seconds
        return "" if done.returncode == 0 else done.stdout.decode("utf-8", "replace")

    def targets(self):
        """The names of all targets that are built."""
        done = subprocess.run(["ninja", "-C", self.build, "-t", "targets", "all"], check=True, stdout=subprocess.PIPE, text=True)
        return {line.partition(":")[0] for line in done.stdout.splitlines()}

    def firstFailure(self, pattern, besides, seconds):
        """The first test that fails among those that the pattern names and no pattern of `besides` does, by its name and in
        words; empty if all pass. GoogleTests are named themselves."""
        command = ["ctest", "--test-dir", self.build, "-R", pattern, "--stop-on-failure", "--timeout", str(seconds), "--output-on-failure", "-j1"]
        if besides:
            command += ["-E", "|".join(besides)]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=dict(os.environ, GTEST_FAIL_FAST="1"))
        text = done.stdout.decode("utf-8", "replace")
        failed = re.search(r"Test +#\d+: (\S+) \.*\*\*\* *([\w ]+)", text)
        if done.returncode == 0 or not failed:
            return "", ""
        unit = re.search(r"\[  FAILED  \] (\w+(?:/\w+)?\.\w+)", text)
        how = " (hangs)" if failed.group(2).startswith("Timeout") else ""
        return failed.group(1), failed.group(1) + (": " + unit.group(1) if unit else "") + how


class Guards:
    """guards.txt: for each folder the stages that guard it, each with the targets it needs and patterns of tests."""

    def __init__(self, path):
        self.rows = {}
        for line in path.read_text().splitlines():
            if line.strip() and not line.startswith("#"):
                folder, *stages = (part.strip() for part in line.split(" | "))
                self.rows[folder] = [[part.split() for part in stage.split(": ")] for stage in stages]

    def folders(self):
        """The folders that new mutations are spread over: those that lie in no other."""
        return [folder for folder in self.rows if not any(folder.startswith(other + "/") for other in self.rows)]

    def of(self, file):
        """(targets, patterns) of each stage for a file, by the longest folder that holds it."""
        fitting = [folder for folder in self.rows if file.startswith(folder + "/")]
        if not fitting:
            raise ValueError("guards.txt has no row for %s" % file)
        parts = file.split("/") + [""]
        named = lambda words: [w.replace("{kind}", parts[1]).replace("{name}", parts[2]) for w in words]
        return [(named(targets), named(patterns)) for targets, patterns in self.rows[max(fitting, key=len)]]


class Run:
    def __init__(self, copy, guards, arguments):
        self.copy, self.guards, self.arguments = copy, guards, arguments
        self.sound, self.unsound = set(), set()  # tests that passed, and failed, without a mutation
        self.known = copy.targets()

    def build(self, targets):
        """Empty, or what went wrong."""
        known = [t for t in targets if t in self.known]
        return self.copy.ninja(known, self.arguments.jobs, self.arguments.seconds) if known else ""

    def judged(self, file):
        """What the stages say about the copy as it is: (result, the test that fails, in words, the targets it took)."""
        end = time.monotonic() + self.arguments.seconds
        besides = ["^%s$" % re.escape(name) for name in sorted(self.unsound)]
        for targets, patterns in self.guards.of(file):
            trouble = self.build(targets)
            if trouble:
                return ("unfinished" if trouble.startswith("the build took") else "does not compile"), "", "", targets
            for pattern in patterns:
                if time.monotonic() > end:
                    return "unfinished", "", "the time was over before " + pattern, targets
                name, said = self.copy.firstFailure(pattern, besides, self.arguments.test_seconds)
                if name:
                    return "killed", name, said, targets
                besides.append(pattern)
        return "survived", "", "", []

    def passesWithout(self, name, targets):
        """True if the test passes on the sound copy; asked once for each test."""
        if name not in self.sound | self.unsound:
            trouble = self.build(targets)
            if trouble:
                raise SystemExit("the tree itself does not build:\n" + trouble[-3000:])
            failed, _ = self.copy.firstFailure("^%s$" % re.escape(name), [], self.arguments.test_seconds)
            (self.unsound if failed else self.sound).add(name)
        return name in self.sound

    def outcome(self, mutation):
        """('killed', the test), ('survived', ''), ('does not compile', '') or ('unfinished', why)."""
        path = self.copy.root / mutation.file
        sound = path.read_text()
        mutated = mutation.applied(sound)
        while True:
            path.write_text(mutated)
            try:
                result, name, said, targets = self.judged(mutation.file)
            finally:
                path.write_text(sound)
            if result != "killed" or self.passesWithout(name, targets):
                return result, said
            print("  %s fails without a mutation, too: left out" % name, flush=True)


def shown(mutation, tree):
    text = (tree / mutation.file).read_text()
    block = ["# line %d" % mutation.line(text), "id: " + mutation.id, "file: " + mutation.file]
    block += ["%s: %s" % (key, getattr(mutation, key).replace("\\", "\\\\").replace("\n", "\\n")) for key in ("find", "make")]
    block += ["nth: %d" % mutation.nth] * (mutation.nth > 0)
    block += ["%s: %s" % (key, getattr(mutation, key)) for key in ("what", "equivalent") if getattr(mutation, key)]
    return "\n".join(block) + "\n"


def requirePlaces(tree, listed):
    """A place that is gone is an error of its list; all of them are reported at once."""
    faults = []
    for mutation in listed:
        try:
            mutation.applied((tree / mutation.file).read_text())
        except (ValueError, OSError) as error:
            faults.append(str(error))
    if faults:
        raise ValueError("\n".join(faults))


def chosen(arguments, guards):
    """The mutations that are asked for, without the equivalent ones, and how many of those there are."""
    tree = arguments.tree
    equivalent = mutations.readList(HERE / "equivalent.txt") if not arguments.places else []
    places = mutations.readList(arguments.places or HERE / "places.txt")
    made = mutations.generate(tree, arguments.folder or guards.folders(), {(m.file, m.find, m.make) for m in equivalent}, arguments.seed,
                              arguments.new)
    requirePlaces(tree, places + equivalent)
    wanted = lambda m: not arguments.only or any(part == m.id or part in m.file or (part == "gen" and m in made) or
                                                 (part == "places" and m in places) for part in arguments.only)
    found = [m for m in places + made if wanted(m)]
    return [m for m in found if not m.equivalent], len(found) - sum(not m.equivalent for m in found)


def parsed():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tree", type=pathlib.Path, default=HERE.parent.parent, help="the tree whose copy is mutated")
    parser.add_argument("--scratch", type=pathlib.Path, default=pathlib.Path("build/mutation"), help="folder of the copy, kept")
    parser.add_argument("--places", type=pathlib.Path, help="a list instead of places.txt")
    parser.add_argument("--guards", type=pathlib.Path, default=HERE / "guards.txt", help="a table instead of guards.txt")
    parser.add_argument("--new", type=int, default=0, help="how many new mutations (0)")
    parser.add_argument("--seed", type=int, default=1, help="which new mutations (1)")
    parser.add_argument("--folder", action="append", help="new mutations of this folder only; may be repeated")
    parser.add_argument("--only", action="append", help="an id, a part of a path, `places` or `gen`; may be repeated")
    parser.add_argument("--skip", type=int, default=0, help="leave out the first N, to go on where a run was ended")
    parser.add_argument("--list", action="store_true", help="print the mutations and end")
    parser.add_argument("--jobs", type=int, default=1, help="compilers at a time (1)")
    parser.add_argument("--seconds", type=int, default=600, help="limit of a build, and of the tests of one mutation (600)")
    parser.add_argument("--test-seconds", type=int, default=120, help="limit of one test; one that hangs has noticed (120)")
    parser.add_argument("--at-least", type=float, default=0, help="exit 1 if the score in percent is lower (0)")
    parser.add_argument("--cmake", action="append", default=[], help="an option for cmake; may be repeated")
    arguments = parser.parse_args()
    arguments.tree, arguments.scratch = arguments.tree.resolve(), arguments.scratch.resolve()
    return arguments


def main():
    arguments = parsed()
    guards = Guards(arguments.guards)
    wanted, equivalent = chosen(arguments, guards)
    if arguments.list:
        print("\n".join(shown(m, arguments.tree) for m in wanted))
        return 0
    copy = Copy(arguments.tree, arguments.scratch)
    copy.refresh()
    copy.configure(arguments.cmake)
    run = Run(copy, guards, arguments)
    count = {"killed": 0, "survived": 0, "does not compile": 0, "unfinished": 0}
    for mutation in wanted[arguments.skip:]:
        began = time.monotonic()
        result, said = run.outcome(mutation)
        count[result] += 1
        line = mutation.line((copy.root / mutation.file).read_text())
        print("%-8s %s:%d %s%s  [%d s]" % (mutation.id, mutation.file, line, result, " by " + said if result == "killed" else ": " + said if said else "",
                                           time.monotonic() - began), flush=True)
        if result == "survived":
            print("  - %s\n  + %s" % (mutation.find.strip(), mutation.make.strip() or "(nothing)"), flush=True)
    scored = count["killed"] + count["survived"]
    score = 100 * count["killed"] / scored if scored else 100
    print("killed %d of %d: %.1f %%; %d do not compile, %d unfinished, %d equivalent" %
          (count["killed"], scored, score, count["does not compile"], count["unfinished"], equivalent))
    return 1 if score < arguments.at_least or count["unfinished"] else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except ValueError as error:
        sys.exit(str(error))
