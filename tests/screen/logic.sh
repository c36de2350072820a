#!/usr/bin/env bash
# Runs logic_test.ts by node, which the TypeScript compiler brings along.
#   logic.sh
set -uo pipefail
for tool in esbuild node; do
  command -v "$tool" > /dev/null || { echo "skipped: no $tool (cmake/install-packages installs it)"; exit 77; }
done
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
esbuild "$(dirname "$0")/logic_test.ts" --bundle --platform=node --target=es2020 --log-level=warning --outfile="$made/logic.js" || exit 1
node "$made/logic.js"
