#!/usr/bin/env bash
# Every C, C++ and TypeScript file is as clang-format writes it; `tests/format.sh . --mend` writes it so.
set -uo pipefail
cd "$1" || exit 2
command -v clang-format > /dev/null || { echo 'clang-format is missing: cmake/install-packages installs it'; exit 1; }
mode=(--dry-run -Werror)
[ "${2:-}" = --mend ] && mode=(-i)
find host sdk plugins tests \( -name '*.cpp' -o -name '*.hpp' -o -name '*.h' -o -name '*.c' -o -name '*.ts' \) -print0 |
  xargs -0 -P2 -n40 clang-format "${mode[@]}" || { echo 'run: tests/format.sh . --mend'; exit 1; }
