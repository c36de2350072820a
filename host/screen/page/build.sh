#!/usr/bin/env bash
# Makes the one file of the screening page: script and style inside, their hashes in its policy, nothing loaded from elsewhere.
#   build.sh OUT.html
set -euo pipefail
out=$(realpath "$1")
cd "$(dirname "$0")"
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
esbuild main.ts --bundle --minify --target=es2020 --charset=ascii --legal-comments=none --log-level=warning --outfile="$made/script.js"
esbuild style.css --minify --charset=ascii --log-level=warning --outfile="$made/style.css"
python3 - "$made" "$out" <<'PYTHON'
import base64, hashlib, pathlib, sys
made, out = map(pathlib.Path, sys.argv[1:])
script, style = ((made / name).read_text().rstrip("\n") for name in ("script.js", "style.css"))
source = lambda text: "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"
policy = (f"default-src 'none'; script-src {source(script)}; style-src {source(style)}; connect-src 'self'; img-src 'self' data:; "
          "frame-src 'self'; base-uri 'none'; form-action 'none'")
page = pathlib.Path("screen.html").read_text()
for name, text in (("@POLICY@", policy), ("@STYLE@", style), ("@SCRIPT@", script)):
    before, after = page.split(name)
    page = before + text + after
out.write_text(page)
PYTHON
