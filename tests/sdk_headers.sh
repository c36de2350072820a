#!/usr/bin/env bash
# Each SDK header compiles alone: the C ones as C11 and C++17, the C++ ones as C++17 and C++20, with every compiler here.
set -euo pipefail
include=$1
flags=(-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror -fsyntax-only -I"$include")
checked=0
compile() {  # compile COMPILER STANDARD LANGUAGE HEADER
  printf '#include <winnow/%s>\n' "$4" | "$1" -std="$2" "${flags[@]}" -x "$3" - || { echo "$4 does not compile with $1 -std=$2"; exit 1; }
  checked=$((checked + 1))
}
cd "$include/winnow"
for header in *.h ext/*.h; do
  for c in gcc clang; do command -v $c > /dev/null && compile $c c11 c "$header"; done
  for c in g++ clang++; do command -v $c > /dev/null && compile $c c++17 c++ "$header"; done
done
for header in *.hpp; do
  for c in g++ clang++; do
    command -v $c > /dev/null || continue
    compile $c c++17 c++ "$header"
    compile $c c++20 c++ "$header"
  done
done
echo "$checked compilations"
