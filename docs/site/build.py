#!/usr/bin/python3
"""A site out of the docs, for a browser without a network:

  docs/site/build.py --winnow BIN -o FOLDER

README and every page of docs/, a page of each stage that this program has (`winnow plugins --pages`) and its list of formats (`winnow formats`),
with a menu by who reads. A page of docs/ that the menu does not know, and a link that leads nowhere, end the build with 1. Needs Debian's
python3-markdown."""
import argparse, html, os, pathlib, re, shutil, subprocess, sys, tempfile

try:
    import markdown
except ImportError:
    print("skipped: Debian's python3-markdown is not installed")
    sys.exit(77)

SOURCE = pathlib.Path(__file__).resolve().parent.parent.parent
MENU = {
    "Begin": ["README.md", "docs/install.md", "docs/tutorial.md"],
    "Do a review": ["docs/writing-a-review.md", "docs/screening.md", "docs/formats.md", "docs/search-strategies.md", "docs/search-translation.md", "docs/recall.md", "docs/merged-records.md",
                    "docs/paper.md", "docs/security.md"],
    "Extend": ["docs/writing-a-plugin.md", "docs/writing-a-filter.md", "docs/writing-a-plugin-in-rust.md", "docs/publishing-a-plugin.md", "docs/dialect-tables.md", "docs/documents.md", "docs/abi.md", "docs/worker-protocol.md", "docs/stage.md", "docs/scale.md", "docs/screening-interface.md"],
    "What this program has": ["stages.md", "formats-read.md"],
    "The project": ["docs/architecture.md", "docs/decisions.md", "docs/requirements.md", "docs/testing.md", "docs/portability.md", "docs/plugin-regressions.md", "CONTRIBUTING.md", "CHANGELOG.md"],
}
LINK = re.compile(r'(href|src)="([^"#]*)(#[^"]*)?"')


def slug(text, separator):
    """The name of a heading, as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", separator)


def generated(winnow, folder):
    """Pages that only the program can write; gives their names."""
    run = lambda *words: subprocess.run([winnow, *words], check=True, capture_output=True, text=True).stdout
    run("plugins", "--pages", str(folder / "stages"))
    pages = sorted((folder / "stages").glob("*.md"))
    lines = ["# Stages", "", "What can be named in a review; `winnow plugins STAGE` shows the same.", ""]
    for page in pages:
        text = page.read_text(encoding="utf-8").splitlines()
        lines.append("- [%s](stages/%s): %s" % (text[0].lstrip("# "), page.name, text[2]))
    (folder / "stages.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "formats-read.md").write_text("# Formats that are read\n\nAs `winnow formats` prints it; [how files are told apart](docs/formats.md).\n\n```\n%s```\n" % run("formats"), encoding="utf-8")
    return ["stages.md", "formats-read.md"] + ["stages/" + page.name for page in pages]


class Site:
    def __init__(self, made, out):
        self.made, self.out, self.faults = made, out, []
        self.waiting, self.titles, self.anchors, self.links = [], {}, {}, []

    def file(self, page):
        return self.made / page if (self.made / page).is_file() else SOURCE / page

    def title(self, page):
        if page not in self.titles:
            text = self.file(page).read_text(encoding="utf-8")
            self.titles[page] = "Winnow" if page == "README.md" else re.search(r"^# (.+)$", text, re.M).group(1).replace("`", "")
        return self.titles[page]

    @staticmethod
    def address(page):
        return "index.html" if page == "README.md" else page[:-3] + ".html"

    def menu(self, here):
        lines = []
        for title, pages in MENU.items():
            lines.append("<h2>%s</h2>\n<ul>" % title)
            for page in pages:
                current = ' aria-current="page"' if page == here else ""
                lines.append('<li><a href="%s"%s>%s</a></li>' % (self.relative(here, self.address(page)), current, html.escape(self.title(page))))
            lines.append("</ul>")
        return "\n".join(lines)

    def relative(self, here, target):
        return os.path.relpath(target, os.path.dirname(self.address(here)) or ".")

    def link(self, here, match):
        kind, path, anchor = match.group(1), match.group(2), match.group(3) or ""
        if "://" in path or path.startswith("mailto:") or not path:
            if not path and anchor:
                self.links.append((here, here, anchor[1:]))
            return match.group(0)
        target = os.path.normpath(os.path.join(os.path.dirname(here), path))
        file = self.file(target)
        if target.startswith("..") or not file.exists():
            self.faults.append("%s: the link to '%s' leads nowhere" % (here, path))
            return match.group(0)
        if target.endswith(".md"):
            if target not in self.waiting:
                self.waiting.append(target)
            if anchor:
                self.links.append((here, target, anchor[1:]))
            return '%s="%s%s"' % (kind, self.relative(here, self.address(target)), anchor)
        if file.is_dir():
            return 'title="the folder %s of the source"' % html.escape(target)
        copy = self.out / target
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)
        return '%s="%s"' % (kind, self.relative(here, target))

    def write(self, page):
        text = self.file(page).read_text(encoding="utf-8")
        body = markdown.markdown(text, extensions=["tables", "fenced_code", "sane_lists", "toc"], extension_configs={"toc": {"slugify": slug}})
        self.anchors[page] = set(re.findall(r'id="([^"]+)"', body))
        body = LINK.sub(lambda match: self.link(page, match), body)
        file = self.out / self.address(page)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(
            '<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
            '<title>%s</title><link rel="stylesheet" href="%s"></head>\n<body><a class="skip" href="#text">To the text</a>\n'
            '<div class="page"><nav aria-label="Pages">\n%s\n</nav>\n<main id="text">\n%s\n</main></div></body></html>\n' %
            (html.escape(self.title(page) + ("" if page == "README.md" else " - Winnow")), self.relative(page, "style.css"), self.menu(page), body), encoding="utf-8")

    def build(self, pages):
        self.waiting = list(pages)
        written = 0
        while written < len(self.waiting):
            self.write(self.waiting[written])
            written += 1
        for here, target, anchor in self.links:
            if anchor not in self.anchors.get(target, ()):
                self.faults.append("%s: %s has no heading '#%s'" % (here, target, anchor))
        shutil.copyfile(SOURCE / "docs/site/style.css", self.out / "style.css")
        return written


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--winnow", required=True)
    parser.add_argument("-o", dest="out", required=True, type=pathlib.Path)
    arguments = parser.parse_args()
    in_menu = [page for pages in MENU.values() for page in pages]
    with tempfile.TemporaryDirectory() as folder:
        made = generated(arguments.winnow, pathlib.Path(folder))
        site = Site(pathlib.Path(folder), arguments.out)
        for page in sorted(SOURCE.glob("docs/*.md")):
            if "docs/" + page.name not in in_menu:
                site.faults.append("docs/%s is in no menu; name it in docs/site/build.py" % page.name)
        arguments.out.mkdir(parents=True, exist_ok=True)
        count = site.build(in_menu + [page for page in made if page not in in_menu])
    for fault in site.faults:
        print(fault, file=sys.stderr)
    print("%d pages in %s" % (count, arguments.out))
    return 1 if site.faults else 0


if __name__ == "__main__":
    sys.exit(main())
