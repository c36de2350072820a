#!/usr/bin/env python3
"""docs/requirements.md names every requirement once, docs/plugin-regressions.md every fault, and only tests that exist; so does docs/security.md.
Argument: the repository's root."""
import pathlib, re, sys

root = pathlib.Path(sys.argv[1])
PAGES = {"docs/requirements.md": ("R", 72), "docs/plugin-regressions.md": ("F", 32)}


def rows_of(page, letter):
    return re.findall(r"^\| (%s\d+) \|(.*)\|$" % letter, (root / page).read_text(), re.M)


rows, problems = [], []
for page, (letter, count) in PAGES.items():
    found = rows_of(page, letter)
    problems += ["%s%d stands %d times" % (letter, n, c) for n in range(1, count + 1) if (c := sum(1 for r, _ in found if r == "%s%d" % (letter, n))) != 1]
    rows += found
sources = "\n".join(p.read_text(errors="replace") for folder in ("tests", "plugins", "sdk") for p in (root / folder).rglob("*Test.cpp"))
tests = {"%s.%s" % t for t in re.findall(r"TEST(?:_[FP])?\((\w+), *(\w+)\)", sources)}
tests |= {"%s.%s" % (alias, name) for alias in re.findall(r"using (\w+) = ReviewFolder", sources) for name in
          re.findall(r"TEST_F\(%s, *(\w+)\)" % alias, sources)}
registered = set(re.findall(r"add_test\(NAME ([\w.-]+) ", "\n".join(p.read_text() for p in root.glob("*/**/CMakeLists.txt") if "build" not in p.parts)))
for requirement, row in rows:
    test = row.split("|")[-1]
    if not test.strip():
        problems.append("%s names neither a test nor why it comes later" % requirement)
    problems += ["%s: there is no %s" % (requirement, p) for p in re.findall(r"tests/cases/[\w/-]+", test) if not (root / p / "command").exists()]
    problems += ["%s: there is no test %s" % (requirement, t) for t in re.findall(r"(?<![\w./])((?:conform|package|crash)\.[\w-]+)", test) if t not in registered]
    problems += ["%s: there is no test %s" % (requirement, t) for t in re.findall(r"\b([A-Z]\w+\.[A-Za-z]\w+)\b", test) if t not in tests]
security = (root / "docs/security.md").read_text()
cases = {"case." + p.parent.relative_to(root / "tests/cases").as_posix().replace("/", ".") for p in (root / "tests/cases").rglob("command")}
problems += ["docs/security.md: there is no test %s" % t for t in re.findall(r"`((?:case|conform|package|crash|laws|tree|screen)\.[\w.-]+)`", security)
             if t not in registered | cases]
print("\n".join(problems) or "every requirement has its place")
sys.exit(bool(problems))
