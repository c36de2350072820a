#!/usr/bin/env python3
"""docs/requirements.md names every requirement once, and only tests that exist. Argument: the repository's root."""
import pathlib, re, sys

root = pathlib.Path(sys.argv[1])
text = (root / "docs/requirements.md").read_text()
rows = re.findall(r"^\| (R\d+) \|(.*)\|$", text, re.M)
problems = ["R%d stands %d times" % (n, c) for n in range(1, 73) if (c := sum(1 for r, _ in rows if r == "R%d" % n)) != 1]
sources = "\n".join(p.read_text(errors="replace") for folder in ("tests", "plugins", "sdk") for p in (root / folder).rglob("*Test.cpp"))
tests = {"%s.%s" % t for t in re.findall(r"TEST(?:_[FP])?\((\w+), *(\w+)\)", sources)}
tests |= {"%s.%s" % (alias, name) for alias in re.findall(r"using (\w+) = ReviewFolder", sources) for name in
          re.findall(r"TEST_F\(%s, *(\w+)\)" % alias, sources)}
for requirement, row in rows:
    test = row.split("|")[-1]
    if not test.strip():
        problems.append("%s names neither a test nor why it comes later" % requirement)
    problems += ["%s: there is no %s" % (requirement, p) for p in re.findall(r"tests/cases/[\w/-]+", test) if not (root / p / "command").exists()]
    problems += ["%s: there is no test %s" % (requirement, t) for t in re.findall(r"\b([A-Z]\w+\.[A-Za-z]\w+)\b", test) if t not in tests]
print("\n".join(problems) or "every requirement has its place")
sys.exit(bool(problems))
