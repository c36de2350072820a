#!/usr/bin/env bash
# Which lines the tests run: builds the preset `coverage`, passes its tests, prints covered and all lines of each folder.
#   tests/coverage.sh [PATTERN]    tests that ctest -R selects (all that start no browser and build no package)
# Needs gcovr. What runs in a worker process behind the sandbox writes nothing and does not count; a line that ran is not
# a line that was checked: tests/mutation/mutate.py asks that.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v gcovr > /dev/null || { echo "gcovr is missing: apt-get install gcovr" >&2; exit 77; }

cmake --preset coverage > /dev/null
cmake --build --preset coverage
find build/coverage -name '*.gcda' -delete
ctest --test-dir build/coverage -j2 -R "${1:-.}" -E '^(package|screen|journey|conform\.hostile)' > build/coverage/tests.log || tail -20 build/coverage/tests.log >&2
gcovr --root . --object-directory build/coverage --exclude-unreachable-branches --filter '(host|sdk|plugins)/' --exclude '.*/test/.*' \
  --gcov-ignore-parse-errors --csv build/coverage/lines.csv > /dev/null
python3 - build/coverage/lines.csv <<'PY'
import collections, csv, sys
covered, lines = collections.Counter(), collections.Counter()
for row in csv.DictReader(open(sys.argv[1], encoding="utf-8")):
    parts = row["filename"].split("/")
    for folder in ("/".join(parts[:2]), "all"):
        lines[folder] += int(row["line_total"])
        covered[folder] += int(row["line_covered"])
for folder in sorted(lines, key=lambda name: (name == "all", name)):
    print("%-24s %6d of %6d lines  %5.1f %%" % (folder, covered[folder], lines[folder], 100 * covered[folder] / max(lines[folder], 1)))
PY
