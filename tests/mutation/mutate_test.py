#!/usr/bin/env python3
"""Tests of mutate.py on an invented tree: nothing is compiled, what builds and tests is played."""
import argparse, contextlib, io, pathlib, sys, tempfile, unittest

import mutate, mutations

SOURCE = """// a < b in a comment
#include <vector>
const char* text = "1 < 2 && true";
bool within(int a, int b) {
  if (a < b && b > 1'000) return true;
  notice(a);
  return a == 7;
}
bool twice(int a) {
  return a == 7;
}
"""


class Generator(unittest.TestCase):
    def made(self):
        return [(m.find.strip(), m.make.strip(), m.nth) for m in mutations.candidates("a.cpp", SOURCE)]

    def test_changes_operators_constants_and_statements(self):
        for wanted in [("if (a < b && b > 1'000) return true;", "if (a <= b && b > 1'000) return true;", 0),
                       ("if (a < b && b > 1'000) return true;", "if (a < b || b > 1'000) return true;", 0),
                       ("if (a < b && b > 1'000) return true;", "if (a < b && b > 1'000) return false;", 0),
                       ("notice(a);", "", 0), ("return a == 7;", "return a != 7;", 1), ("return a == 7;", "return a == 8;", 2)]:
            self.assertIn(wanted, self.made())

    def test_leaves_comments_texts_and_includes_alone(self):
        for find, _, _ in self.made():
            self.assertNotRegex(find, "comment|text|include")

    def test_each_changes_one_place(self):
        for mutation in mutations.candidates("a.cpp", SOURCE):
            changed = [(a, b) for a, b in zip(SOURCE.split("\n"), mutation.applied(SOURCE).split("\n")) if a != b]
            self.assertEqual(len(changed), 1)
            self.assertEqual(mutation.applied(SOURCE).split("\n")[mutation.line(SOURCE) - 1], mutation.make)


class Tree(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.root = pathlib.Path(self.folder.name)
        (self.root / "tree/host").mkdir(parents=True)
        (self.root / "tree/host/a.cpp").write_text(SOURCE)
        (self.root / "guards.txt").write_text("host | program: ^unit$ | program: ^case\n")
        self.copy = mutate.Copy(self.root / "tree", self.root / "scratch")

    def listed(self, places, *options):
        (self.root / "places.txt").write_text(places)
        command = ["mutate.py", "--tree", str(self.root / "tree"), "--places", str(self.root / "places.txt"), "--guards",
                   str(self.root / "guards.txt"), "--list", *options]
        printed, before = io.StringIO(), sys.argv
        sys.argv = command
        try:
            with contextlib.redirect_stdout(printed):
                self.assertEqual(mutate.main(), 0)
        finally:
            sys.argv = before
        return printed.getvalue()

    def test_a_list_is_read_back_as_it_was_printed(self):
        (self.root / "tree/host/b.cpp").write_text('print("one\\n");\n')
        place = 'id: p2\nfile: host/b.cpp\nfind: "one\\\\n"\nmake: "two\\\\n"\n'
        self.assertEqual(self.listed(place), "# line 1\n" + place + "\n")
        place = "id: p1\nfile: host/a.cpp\nfind: return a == 7;\\n}\\nbool twice\nmake: return a == 8;\\n}\\nbool twice\nwhat: the last digit\n"
        self.assertEqual(self.listed(place), "# line 7\n" + place + "\n")

    def test_one_seed_makes_the_same_mutations(self):
        first = self.listed("", "--new", "5", "--seed", "3")
        self.assertEqual(first, self.listed("", "--new", "5", "--seed", "3"))
        self.assertEqual(first.count("id: g"), 5)
        self.assertNotEqual(first, self.listed("", "--new", "5", "--seed", "4"))

    def test_equivalent_ones_are_not_made(self):
        everything = list(mutations.candidates("host/a.cpp", SOURCE))
        skipped = {(m.file, m.find, m.make) for m in everything if m.find != "  notice(a);"}
        left = mutations.generate(self.root / "tree", ["host"], skipped, 1, 100)
        self.assertEqual([(m.find, m.make) for m in left], [("  notice(a);", "")])

    def test_places_that_are_gone_or_twice_there_are_all_reported(self):
        with self.assertRaises(ValueError) as caught:
            self.listed("id: p1\nfile: host/a.cpp\nfind: return a == 9;\nmake: x\n\nid: p2\nfile: host/a.cpp\nfind: return a == 7;\nmake: x\n\n"
                        "id: p3\nfile: host/none.cpp\nfind: x\nmake: y\n")
        for said in ("p1: host/a.cpp has no place 1", "p2: 'return a == 7;' stands more than once", "none.cpp"):
            self.assertIn(said, str(caught.exception))

    def test_the_copy_is_made_equal_to_the_tree_and_keeps_what_is_built(self):
        self.copy.refresh()
        target = self.copy.root / "host/a.cpp"
        target.write_text("mutated by a run that was ended")
        (self.copy.root / "host/gone.cpp").write_text("no longer in the tree")
        self.copy.build.mkdir(parents=True)
        (self.copy.build / "object").write_text("built")
        self.copy.refresh()
        self.assertEqual(target.read_text(), SOURCE)
        self.assertFalse((self.copy.root / "host/gone.cpp").exists())
        self.assertTrue((self.copy.build / "object").exists())
        time = target.stat().st_mtime_ns
        self.copy.refresh()
        self.assertEqual(target.stat().st_mtime_ns, time)

    def outcome(self, failing, broken=False):
        """What a run says about one mutation. `failing`: the test that fails, by whether the file is mutated."""
        self.copy.refresh()
        mutated = lambda: (self.copy.root / "host/a.cpp").read_text() != SOURCE
        self.copy.targets = lambda: {"program"}
        self.copy.ninja = lambda targets, jobs, seconds: "error" if broken and mutated() else ""

        def firstFailure(pattern, besides, seconds):
            name = failing(mutated())
            return ("", "") if not name or "^%s$" % name in besides or "case" in pattern else (name, name)
        self.copy.firstFailure = firstFailure
        run = mutate.Run(self.copy, mutate.Guards(self.root / "guards.txt"), argparse.Namespace(jobs=1, seconds=60, test_seconds=60))
        with contextlib.redirect_stdout(io.StringIO()):
            result = run.outcome(next(mutations.candidates("host/a.cpp", SOURCE)))
        self.assertEqual((self.copy.root / "host/a.cpp").read_text(), SOURCE)  # restored
        self.assertEqual((self.root / "tree/host/a.cpp").read_text(), SOURCE)  # never touched
        return result

    def test_killed_is_what_fails_with_the_mutation_alone(self):
        self.assertEqual(self.outcome(lambda mutated: "unit" if mutated else ""), ("killed", "unit"))
        self.assertEqual(self.outcome(lambda mutated: ""), ("survived", ""))
        self.assertEqual(self.outcome(lambda mutated: "unit"), ("survived", ""))
        self.assertEqual(self.outcome(lambda mutated: "unit", broken=True), ("does not compile", ""))


class Lists(unittest.TestCase):
    def test_every_place_of_the_lists_is_in_the_tree(self):
        for name in ("places.txt", "equivalent.txt"):
            mutate.requirePlaces(mutate.HERE.parent.parent, mutations.readList(mutate.HERE / name))

    def test_every_folder_with_a_guard_is_in_the_tree(self):
        for folder in mutate.Guards(mutate.HERE / "guards.txt").folders():
            self.assertTrue((mutate.HERE.parent.parent / folder).is_dir(), folder)


if __name__ == "__main__":
    unittest.main()
