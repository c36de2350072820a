#!/usr/bin/env bash
# The page in the tree is what its sources make, to the byte, and its sources pass the type checker.
#   built.sh SOURCE_DIR
set -uo pipefail
page=$1/host/screen/page
for tool in esbuild tsc; do
  command -v "$tool" > /dev/null || { echo "skipped: no $tool (cmake/install-packages installs it)"; exit 77; }
done
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
tsc -p "$page" || exit 1
"$page/build.sh" "$made/screen.html" || exit 1
cmp "$made/screen.html" "$page/built/screen.html" || { echo 'run: host/screen/page/build.sh host/screen/page/built/screen.html'; exit 1; }
size=$(gzip -9c "$made/screen.html" | wc -c)
echo "the page: $size bytes compressed, 60000 allowed"
[ "$size" -le 60000 ]
