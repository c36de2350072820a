#!/usr/bin/env python3
"""What hostile and odd inputs may cost: processor time grows with the size of the input and not faster, memory stays bounded.

  costs.py --winnow BIN [--only NAME]

Each input is made in two sizes. The processor time (not the clock: others use the machine too) of the larger may be at most three times that of
the smaller one, apart from half a second, and each has a limit of memory; the message that people need must be there.
"""
import argparse, os, pathlib, re, resource, subprocess, sys, tempfile

REVIEW = """version: 1
review: {title: A case}
sources:
  - {wave: first, searched: 2020-08-31, databases: {MEDLINE: {files: in.ris}}}
selection:
  steps:
    - {remove: duplicates, using: duplicates, mode: automatic}
%s
"""
RIS = "TY  - JOUR\nTI  - A work\nER  - \n"


def endnote_nesting(n):
    return "<xml><records><record><titles><title>T</title></titles>%s%s</record><record><titles><title>U</title></titles></record></records></xml>" % (
        "".join("<a%d>" % i for i in range(n)), "".join("</a%d>" % (n - 1 - i) for i in range(n)))


def pubmed_nesting(n):
    return "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID>%s%s</MedlineCitation></PubmedArticle></PubmedArticleSet>" % ("<a>" * n, "</a>" * n)


def mods_nesting(n):
    return '<modsCollection xmlns="http://www.loc.gov/mods/v3"><mods><titleInfo><title>T</title></titleInfo>%s%s</mods></modsCollection>' % ("<a>" * n, "</a>" * n)


def attributes(n):
    return "<xml><records><record><titles><title>T</title></titles><x %s/></record></records></xml>" % " ".join('a%d=""' % i for i in range(n))


def hidden_attributes(n):
    return "<xml><records><record><titles><title>T</title></titles><x %s/></record></records></xml>" % " ".join("a%d='>'" % i for i in range(n))


def element_names(n):
    return "<xml><records>%s</records></xml>" % "".join("<record><titles><title>T</title></titles><a%d>x</a%d></record>" % (i, i) for i in range(n))


def columns(n):
    return "Title,Year,%s\nA work,2019,%s\n" % (",".join("Column %d" % i for i in range(n)), ",".join("x" for _ in range(n)))


def same_columns(n):
    return "Title,Year,%s\nA work,2019\n" % ",".join("Column" for _ in range(n))


def open_quote(n):
    return "Title,Year\n\"A work that never ends,2019\n" + "Another,2020,x\n" * n


def macros(n):
    return "@string{a0 = \"peer support \"}\n" + "".join("@string{a%d = a%d # a%d}\n" % (i + 1, i, i) for i in range(n)) + "@article{k, title = a%d, year = 2019}\n" % n


def yaml_keys(n):
    return REVIEW % "" + "".join("key_%d: x\n" % i for i in range(n))


def yaml_list(n):
    return REVIEW % "" + "fail_on: [%s]\n" % ", ".join("code.c%d" % i for i in range(n))


def yaml_option_list(n):
    return REVIEW % ("    - {remove: topic, id: topic, using: topic, mode: automatic, topics: {a: [%s]}}" % ", ".join("word %d" % i for i in range(n)))


def yaml_option_map(n):
    return REVIEW % ("    - {remove: topic, id: topic, using: topic, mode: automatic, topics: {%s}}" % ", ".join("t%d: [a%d, b%d, c%d]" % (i, i, i, i) for i in range(n)))


def yaml_nesting(n):
    return "version: " + "[" * n + "]" * n + "\n"


# name, maker, ending, sizes, command, megabytes, what must be said, exit codes
LINT, CHECK = ["lint", "IN"], ["check", "--config-only", "IN"]
CASES = [
    ("EndNote XML nested", endnote_nesting, ".xml", (20000, 40000), LINT, 400, r"nested too deeply"),
    ("PubMed XML nested", pubmed_nesting, ".xml", (200000, 400000), LINT, 400, r"nested too deeply"),
    ("MODS nested", mods_nesting, ".xml", (200000, 400000), LINT, 400, r"nested too deeply"),
    ("attributes", attributes, ".xml", (200000, 400000), LINT, 400, r"too many attributes|longer than"),
    ("attributes that hold >", hidden_attributes, ".xml", (200000, 400000), LINT, 400, r"too many attributes"),
    ("names of elements", element_names, ".xml", (100000, 200000), LINT, 600, None),
    ("columns", columns, ".csv", (100000, 200000), LINT, 450, None),
    ("columns of one name", same_columns, ".csv", (50000, 100000), LINT, 400, r"stands twice"),
    ("an open quote", open_quote, ".csv", (500000, 1000000), LINT, 400, r"more such problems|more rows have"),
    ("macros that double", macros, ".bib", (40, 400), LINT, 400, r"stand for more than"),
    ("keys", yaml_keys, ".yaml", (40000, 80000), CHECK, 400, r"more problems"),
    ("a list on one line", yaml_list, ".yaml", (40000, 80000), CHECK, 400, None),
    ("an option's list", yaml_option_list, ".yaml", (40000, 80000), CHECK, 400, None),
    ("an option's map", yaml_option_map, ".yaml", (8000, 16000), CHECK, 400, None),
    ("lists in lists", yaml_nesting, ".yaml", (10000, 100000), CHECK, 400, r"nested deeper"),
]


def run(a, folder, make, ending, size, command):
    """Seconds of the processor, megabytes, exit code and what was said."""
    (folder / "in.ris").write_text(RIS)
    file = folder / ("in%d%s" % (size, ending))
    file.write_text(make(size))
    words = [a.winnow] + [str(file) if w == "IN" else w for w in command]
    with open(folder / "said", "wb") as said:
        child = subprocess.Popen(words, cwd=folder, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, child.returncode, (folder / "said").read_text(errors="replace")


def faults_of(a, case, folder):
    name, make, ending, sizes, command, megabytes, message = case
    small, large = (run(a, folder, make, ending, size, command) for size in sizes)
    growth = sizes[1] / sizes[0]
    print("%-24s %8.2f s %8.2f s %6.0f MB   exit %d" % (name, small[0], large[0], large[1], large[2]))
    if large[0] > 1.5 * growth * small[0] + 0.5:
        yield "time grows faster than the input: %.2f s for %d, %.2f s for %d" % (small[0], sizes[0], large[0], sizes[1])
    if large[1] > megabytes:
        yield "takes %.0f MB; %d is the most" % (large[1], megabytes)
    if large[2] not in (0, 1, 2):
        yield "ended with %d: %s" % (large[2], large[3][-300:])
    if message and not re.search(message, large[3]):
        yield "does not say '%s': %s" % (message, large[3][:600])
    if len(large[3]) > 400000:
        yield "says %d bytes" % len(large[3])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--winnow", required=True)
    parser.add_argument("--only")
    a = parser.parse_args()
    a.winnow = os.path.abspath(a.winnow)
    wrong = 0
    for case in CASES:
        if a.only and a.only not in case[0]:
            continue
        with tempfile.TemporaryDirectory(prefix="winnow-cost-") as temporary:
            for fault in faults_of(a, case, pathlib.Path(temporary)):
                print("  %s: %s" % (case[0], fault))
                wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
