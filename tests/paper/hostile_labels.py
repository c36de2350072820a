#!/usr/bin/env python3
"""Hostile labels in everything that people write, through every exporter of a paper: each file is well-formed, and nothing in it is active.

usage: hostile_labels.py --winnow BIN [--more ../shared/data/stats/prisma/cases.json]
"""
import argparse, html.parser, json, pathlib, re, subprocess, sys, tempfile, zipfile
import xml.etree.ElementTree as ET

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import made_review

LABELS = ["plain", "Wrong, really; wrong", "say \"no\" to 'this'", "<script>alert(1)</script>", "</text></svg></style></script>", "&amp; & < >",
          "=HYPERLINK(\"http://example.org\")", "+1", "-2+3", "@SUM(A1)", "a\\b\\n", "line one\nline two", "|pipe| *star* [link](javascript:alert(1)) `code`",
          "לא באנגלית", "不是英文", "नहीं", "\u202egnp.exe", "e\u0301", "\U0001F600", "%s%n%x", "$(id) `id` ${HOME}", "]]>", "<!--", "x" * 200,
          "{{7*7}}", "<img src=x onerror=alert(1)>", "\"><svg onload=alert(1)>", "_x0041_ and _x000D_", "---", "#heading", "1. list", "{.class}", "@cite"]
VOID = {"meta", "br", "input", "img", "link", "hr", "wbr"}
faults = []


class Page(html.parser.HTMLParser):
    """Tags in balance, and what could act."""

    def __init__(self, name):
        super().__init__(convert_charrefs=True)
        self.name, self.open, self.scripts = name, [], 0

    def handle_starttag(self, tag, attributes):
        if tag == "script":
            self.scripts += 1
        if tag in ("iframe", "object", "embed", "img", "link", "form", "base", "foreignobject"):
            faults.append("%s: <%s>" % (self.name, tag))
        for key, value in attributes:
            if key.startswith("on") or (key in ("href", "src", "action") and re.match(r"\s*(javascript|data|vbscript):", value or "", re.I)):
                faults.append("%s: %s=%s" % (self.name, key, value))
        if tag not in VOID and not self.get_starttag_text().endswith("/>"):
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)  # which leaves nothing open

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            faults.append("%s: </%s> closes nothing" % (self.name, tag))


def check_html(name, text):
    page = Page(name)
    page.feed(text)
    page.close()
    if page.open:
        faults.append("%s: open at the end: %s" % (name, page.open))
    if page.scripts > 2:
        faults.append("%s: %d scripts" % (name, page.scripts))
    if "Content-Security-Policy" not in text or "default-src 'none'" not in text:
        faults.append(name + ": no policy")


def check_xml(name, data):
    try:
        root = ET.fromstring(data)
    except ET.ParseError as error:
        faults.append("%s: not well-formed: %s" % (name, error))
        return
    for element in root.iter():
        tag = element.tag.split("}")[-1].lower()
        if tag in ("script", "foreignobject") or (name.startswith("sheet") and tag == "f"):
            faults.append("%s: <%s>" % (name, tag))
        for key, value in element.attrib.items():
            key = key.split("}")[-1].lower()
            if name.endswith(".svg") and (key.startswith("on") or (key == "href" and re.match(r"\s*(javascript|data):", value, re.I))):
                faults.append("%s: %s=%s" % (name, key, value))
            if key == "target" and re.match(r"\s*(javascript|data|file):", value, re.I):
                faults.append("%s: target %s" % (name, value))


def check_csv(name, text):
    for line, row in enumerate(__import__("csv").reader(text.lstrip("\ufeff").splitlines(keepends=True)), 1):
        for cell in row:
            if cell[:1] in "=+-@\t" and cell and not re.fullmatch(r"[+-]?\d+([.,]\d+)?", cell) and name != "prisma.csv":
                faults.append("%s:%d: a formula: %r" % (name, line, cell[:40]))


def check(path):
    data = path.read_bytes()
    if path.suffix in (".docx", ".xlsx"):
        with zipfile.ZipFile(path) as package:
            for part in package.namelist():
                if not part.endswith(".png"):
                    check_xml(part.split("/")[-1] if path.suffix == ".xlsx" else path.name + "!" + part, package.read(part))
    elif path.suffix == ".svg":
        check_xml(path.name, data)
    elif path.suffix == ".html":
        check_html(path.name, data.decode("utf-8"))
    elif path.suffix == ".csv":
        check_csv(path.name, data.decode("utf-8"))
    elif path.suffix in (".md", ".qmd"):
        text = data.decode("utf-8")
        # Code blocks hold text as it is; elsewhere a tag would be HTML.
        plain = re.sub(r"^(`{3,})\n.*?^\1$", "", text, flags=re.S | re.M)
        if re.search(r"(?<!\\)<(script|img|svg|iframe)", plain, re.I) or re.search(r"(?<!\\)\]\(\s*javascript:", plain, re.I):
            faults.append(path.name + ": active Markdown")
    elif path.suffix == ".json":
        json.loads(data)
    elif not data.startswith({".pdf": b"%PDF-", ".png": b"\x89PNG"}[path.suffix]):
        faults.append(path.name + ": is no such file")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--winnow", required=True)
    parser.add_argument("--more", type=pathlib.Path, help="ledgers whose labels are taken, too, if the file is there")
    arguments = parser.parse_args()
    labels = list(LABELS)
    if arguments.more and arguments.more.exists():
        for case in json.loads(arguments.more.read_text(encoding="utf-8")):
            if "hostile" in case["id"]:
                labels += [label for label in case["flow"]["db"]["excluded"] if label not in labels]
        print("with the labels of %s" % arguments.more.name)
    labels = [label for label in labels if label.strip()]
    with tempfile.TemporaryDirectory() as folder:
        made_review.write(folder, labels, studies=2 * len(labels))
        run = subprocess.run([arguments.winnow, "run", "review.yaml"], cwd=folder, capture_output=True, text=True, timeout=300)
        if run.returncode != 0:
            print(run.stdout[-3000:], run.stderr[-3000:])
            return 1
        wanted = [pathlib.Path(folder) / e["write"] for e in made_review.exports()]
        for path in wanted:
            if not path.exists():
                faults.append("%s was not written" % path.name)
            else:
                check(path)
        diagram = (pathlib.Path(folder) / "out/prisma.svg").read_text(encoding="utf-8")
        words = "".join(ET.fromstring(diagram).itertext())
        if "alert(1)" not in words:
            faults.append("prisma.svg: a label is lost")
    print("\n".join(faults[:40]) or "%d labels in %d files: well-formed, nothing active" % (len(labels), len(wanted)))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
