#!/usr/bin/env bash
# Which lines the unit tests run: builds their programs with gcov's counters (preset `coverage`), runs them, and prints covered
# and all lines of each folder.
#   tests/coverage.sh [PROGRAM...]    e.g. winnow-unit winnow-formats-test; all of them unless named
# A line that ran is not a line that was checked: that is what tests/mutation/mutate.py asks. Golden-file tests, which play most of
# host/cli and host/engine, are not counted. Needs gcovr.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v gcovr > /dev/null || { echo "gcovr is missing: apt-get install gcovr" >&2; exit 77; }

build=build/coverage
cmake --preset coverage > /dev/null
programs=("$@")
[ ${#programs[@]} -gt 0 ] || mapfile -t programs < <(ninja -C $build -t targets all | sed -n 's/^\([a-z0-9-]*-\(test\|unit\)\): phony$/\1/p' | sort)
ninja -C $build "${programs[@]}" importers-ris  # a plugin that unit tests look into
find $build -name '*.gcda' -delete
for program in "${programs[@]}"; do
  $build/bin/"$program" --gtest_brief=1
done
gcovr --root . --object-directory $build --filter '(host|sdk|plugins)/' --exclude '.*/test/.*' --csv $build/lines.csv $build > /dev/null
python3 - $build/lines.csv <<'PY'
import collections, csv, sys
covered, lines = collections.Counter(), collections.Counter()
for row in csv.DictReader(open(sys.argv[1], encoding="utf-8")):
    for folder in ("/".join(row["filename"].split("/")[:2]), "all"):
        lines[folder] += int(row["line_total"])
        covered[folder] += int(row["line_covered"])
for folder in sorted(lines, key=lambda name: (name == "all", name)):
    print("%-24s %6d of %6d lines  %5.1f %%" % (folder, covered[folder], lines[folder], 100 * covered[folder] / max(lines[folder], 1)))
PY
