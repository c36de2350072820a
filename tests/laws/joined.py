#!/usr/bin/env python3
"""Law 1 on files that people made: exports joined by hand, cut, and damaged on the way.

  joined.py --winnow BIN [--cases 300] [--seconds 0] [--seed 1] [--keep FOLDER] [--jobs 2] [--only NUMBER]

Each case is a file of two to four exports of invented works, one behind the other, in one or two formats, joined as
people and programs do it (with and without a line end, a byte order mark or 0x1A between them, blank lines lost, lines
that end in LF, CR LF, CR or all three), and in half of the cases damaged at one place. `winnow convert` must then give,
for each work whose title still stands in the file, exactly one record with it, or an error or warning at a place in the
export that holds the work. No record holds two works, and none is added without a word. A case that breaks this is kept
as a file and printed with the works that are lost.
"""
import argparse, collections, concurrent.futures, json, pathlib, random, re, subprocess, sys, tempfile, time

WORDS = ("lantern ferry harbour kite sail buoy bell storm meadow orchard peer ward nurse choir violin glacier tundra "
         "valley coast market bridge tunnel willow heron").split()
FAMILIES = "Berg Lund Moe Dahl Vik Aas Hauge Strand Nes Lie".split()
MARK = "\ufeff"


class Work:
    def __init__(self, draw):
        self.number = draw.randrange(10**6, 10**7)  # makes the title one of its kind
        self.title = " ".join(draw.choice(WORDS) for _ in range(draw.randint(3, 8))).capitalize() + " %d" % self.number
        self.authors = [(draw.choice(FAMILIES), draw.choice("ABCDE")) for _ in range(draw.randint(1, 3))]
        self.year, self.journal = str(draw.randint(1990, 2024)), "Journal of " + draw.choice(WORDS)


# ---- the formats, each a list of lines of a record; what stands around all records, and whether blanks part them
def ris(w):
    return ["TY  - JOUR"] + ["AU  - %s, %s." % a for a in w.authors] + ["TI  - " + w.title, "PY  - " + w.year, "T2  - " + w.journal, "ER  - "]


def medline(w):
    return (["PMID- %d" % (w.number + 10**7), "OWN - NLM", "DP  - " + w.year, "TI  - " + w.title + "."] +
            ["FAU - %s, %s" % a for a in w.authors] + ["TA  - " + w.journal, "SO  - %s. %s." % (w.journal, w.year)])


def refer(w):
    return ["%0 Journal Article"] + ["%%A %s, %s." % a for a in w.authors] + ["%T " + w.title, "%D " + w.year, "%J " + w.journal]


def webOfScience(w):
    return (["PT J"] + [("   " if i else "AU ") + "%s, %s" % a for i, a in enumerate(w.authors)] +
            ["TI " + w.title, "SO " + w.journal, "PY " + w.year, "ER"])


def refworks(w):
    return ["RT Journal Article", "SR Electronic"] + ["A1 %s,%s" % a for a in w.authors] + ["T1 " + w.title, "JF " + w.journal, "YR " + w.year]


def bibtex(w):
    return ["@article{k%d," % w.number, "  title = {%s}," % w.title, "  author = {%s}," % " and ".join("%s, %s." % a for a in w.authors),
            "  year = {%s}," % w.year, "  journal = {%s}" % w.journal, "}"]


def ovid(w):
    return (["<%d. >" % (w.number % 900 + 1), "VN  - Ovid Technologies", "DB  - Ovid MEDLINE(R)", "TI  - " + w.title + "."] +
            ["AU  - %s, %s" % a for a in w.authors] + ["SO  - %s. %s" % (w.journal, w.year)])


def table(w):
    return ['"%s","%s",%s,%s' % (w.title, "; ".join("%s, %s." % a for a in w.authors), w.year, w.journal)]


def csl(w):
    return [json.dumps({"id": "x%d" % w.number, "type": "article-journal", "title": w.title, "container-title": w.journal,
                        "author": [{"family": f, "given": g} for f, g in w.authors], "issued": {"date-parts": [[int(w.year)]]}})]


def endnote(w):
    authors = "".join("<author>%s, %s</author>" % a for a in w.authors)
    return ['<record><ref-type name="Journal Article">17</ref-type><contributors><authors>%s</authors></contributors>' % authors,
            "<titles><title>%s</title><secondary-title>%s</secondary-title></titles><dates><year>%s</year></dates></record>" % (w.title, w.journal, w.year)]


def pubmed(w):
    authors = "".join("<Author><LastName>%s</LastName><ForeName>%s</ForeName></Author>" % a for a in w.authors)
    return ['<PubmedArticle><MedlineCitation><PMID Version="1">%d</PMID>' % (w.number + 10**7),
            "<Article><Journal><Title>%s</Title><JournalIssue><PubDate><Year>%s</Year></PubDate></JournalIssue></Journal>" % (w.journal, w.year),
            "<ArticleTitle>%s.</ArticleTitle><AuthorList>%s</AuthorList></Article></MedlineCitation></PubmedArticle>" % (w.title, authors)]


Format = collections.namedtuple("Format", "record before between after parted", defaults=([], "", [], True))
FORMATS = {
    "ris": Format(ris), "medline": Format(medline), "refer": Format(refer), "wos": Format(webOfScience), "refworks": Format(refworks),
    "bibtex": Format(bibtex), "ovid": Format(ovid),
    "csv": Format(table, ["Title,Authors,Year,Journal"], "", [], False),
    "csl": Format(csl, ["["], ",", ["]"], False),
    "endnote": Format(endnote, ['<?xml version="1.0" encoding="UTF-8"?>', "<xml><records>"], "", ["</records></xml>"], False),
    "pubmed": Format(pubmed, ['<?xml version="1.0"?>', "<PubmedArticleSet>"], "", ["</PubmedArticleSet>"], False),
}


def export(draw, kind, works):
    """The lines of one export."""
    f = FORMATS[kind]
    lines = list(f.before)
    for i, w in enumerate(works):
        own = f.record(w)
        if f.between and i + 1 < len(works):
            own[-1] += f.between
        lines += own + ([""] if f.parted and i + 1 < len(works) else [])
    if kind == "wos" and draw.random() < 0.5:
        lines = ["FN Clarivate Analytics Web of Science", "VR 1.0"] + lines + ["EF"]
    return lines + f.after


# ---- what happens to files
def lineEnds(draw):
    end = draw.choice(["\n", "\n", "\r\n", "\r\n", "\r", "mixed"])
    return lambda: draw.choice(["\n", "\r\n", "\r"]) if end == "mixed" else end


def damage(draw, text):
    """One accident, and what it is called."""
    kind = draw.choice(["none", "none", "none", "none", "cut", "dash", "line", "indent", "byte", "blanks"])
    lines = re.split(r"(\r\n|\r|\n)", text)  # ends at odd places
    at = draw.randrange(0, len(lines), 2)
    if kind == "cut":
        return kind, text[:draw.randrange(len(text) // 2, len(text))]
    if kind == "dash":
        return kind, text.replace(" - ", " \u2013 ", draw.randint(1, 3))
    if kind == "line":
        del lines[at:at + 2]
    if kind == "indent":
        lines[at] = " " + lines[at]
    if kind == "byte":
        place = draw.randrange(len(text))
        return kind, text[:place] + chr(draw.randrange(1, 255)) + text[place + 1:]
    if kind == "blanks":  # lines without text are lost
        lines = [part for i, part in enumerate(lines) if not (i % 2 == 0 and part == "") and not (i % 2 == 1 and lines[i - 1] == "")]
    return kind, "".join(lines)


class Case:
    def __init__(self, seed, number):
        draw = random.Random("%d.%d" % (seed, number))
        pair = [draw.choice(list(FORMATS)) for _ in range(1 if draw.random() < 0.4 else 2)]
        end, parts, self.works = lineEnds(draw), [], []
        for i in range(draw.randint(2, 4)):
            works = [Work(draw) for _ in range(draw.randint(1, 4))]
            lines = export(draw, pair[i % len(pair)], works)
            text = "".join(line + end() for line in lines)
            parts.append(text.rstrip("\r\n") if draw.random() < 0.25 else text)
            self.works += works
        glue = draw.choice(["", MARK, "\x1a", "\x0c", end() * 2, end(), end() + "\u200b", end() + "\x1a" + MARK])
        self.damage, self.text = damage(draw, draw.choice(["", MARK]) + glue.join(parts))
        self.name = "%d.%d" % (seed, number)
        self.words = "%s joined by %r, %s" % (" + ".join(pair), glue, "whole" if self.damage == "none" else self.damage)
        self.data = self.text.encode()

    def lineOf(self, work):
        """The lines from the end of the work before to that of this one, where a message about it may point."""
        def count(text):
            return len(re.findall(r"\r\n|\r|\n", text)) + 1
        here = self.text.find(work.title)
        before = max([0] + [self.text.find(w.title) for w in self.works if 0 <= self.text.find(w.title) < here])
        return count(self.text[:before]), count(self.text[:here]) + 12


def convert(winnow, case, folder):
    path, notes, out = folder / (case.name + ".txt"), folder / (case.name + ".notes"), folder / (case.name + ".json")
    path.write_bytes(case.data)
    done = subprocess.run([winnow, "convert", str(path), "--to", "csl-json", "-o", str(out), "--diagnostics", str(notes)],
                          capture_output=True, timeout=60)
    if done.returncode < 0 or done.returncode > 2:
        return None, ["it ended with %d" % done.returncode]
    told = [json.loads(line) for line in notes.read_text(encoding="utf-8").splitlines() if line] if notes.exists() else []
    records = json.loads(out.read_text(encoding="utf-8")) if out.exists() and out.stat().st_size else []
    for file in (notes, out):
        file.unlink(missing_ok=True)
    return records, [n for n in told if n.get("severity") in ("warning", "error")]


def faults(case, records, told):
    if records is None:
        return told
    found = []
    titles = [str(r.get("title", "")) for r in records]
    standing = [w for w in case.works if w.title in case.text]
    refused = not records and any(n["severity"] == "error" for n in told)
    for work in standing:
        held = [t for t in titles if work.title in t]
        if len(held) > 1:
            found.append("'%s' came %d times" % (work.title, len(held)))
        if held or refused:
            continue
        first, last = case.lineOf(work)
        if not any(first <= int(n.get("line") or 0) <= last or reaches(n, first, case) for n in told):
            found.append("'%s' (lines %d to %d) is lost without a word about its place" % (work.title, first, last))
    for title in titles:
        inside = [w.title for w in standing if w.title in title]
        if len(inside) > 1:
            found.append("one record holds %s" % inside)
    if len(records) > len(case.works) and not told:
        found.append("%d records of %d works, and nothing is said" % (len(records), len(case.works)))
    return found


def reaches(note, line, case):
    """A stretch that is reported with the number of its lines: '9 lines are in no record'."""
    size = re.match(r"(\d+) lines are in no record", note.get("message", ""))
    return size is not None and int(note["line"]) <= line < int(note["line"]) + int(size.group(1))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--winnow", required=True)
    parser.add_argument("--cases", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=0, help="stop after so many seconds; 0: all cases")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="one case of the seed")
    parser.add_argument("--keep", help="where files that break the law are kept")
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    keep = pathlib.Path(args.keep or tempfile.mkdtemp(prefix="joined-"))
    keep.mkdir(parents=True, exist_ok=True)
    began, done, broken = time.monotonic(), 0, 0

    def judge(number):
        if args.seconds and time.monotonic() - began > args.seconds:
            return None
        case = Case(args.seed, number)
        try:
            found = faults(case, *convert(args.winnow, case, keep))
        except subprocess.TimeoutExpired:
            found = ["it did not end"]
        if not found and args.only is None:
            (keep / (case.name + ".txt")).unlink()
        return case, found

    numbers = [args.only] if args.only is not None else range(args.cases)
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        for result in pool.map(judge, numbers):
            if result is None:
                continue
            case, found = result
            done += 1
            if found:
                broken += 1
                print("%s: %s\n  %s" % (case.name, case.words, "\n  ".join(found[:4])))
    print("JOINED %d files, seed %d: %d break the law%s" % (done, args.seed, broken, " (%s)" % keep if broken else ""))
    if done == 0:
        print("no case was tried", file=sys.stderr)
        return 1
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
