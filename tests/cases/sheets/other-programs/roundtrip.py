# Decisions go to another program and come back: whose, what, why, with which note. Each line is compared with what the two readers wrote.
import csv, io, os, pathlib, re, shutil, subprocess

WORDS = {"KA": [("include", "", "ask Nils; labels: ward, city"), ("exclude", "indoors", ""), ("maybe", "", "later"), ("include", "", ""), ("exclude", "participants", "no stroke"), ("", "", "")],
         "NO": [("include", "", ""), ("exclude", "participants", ""), ("exclude", "indoors", ""), ("", "", ""), ("exclude", "participants", ""), ("include", "", "")]}


def run():
    done = subprocess.run(["winnow", "run", "review.yaml"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return [re.sub(r"\br:[0-9a-f]+", "KEY", line) for line in done.stderr.decode().splitlines() if "waiting for" not in line]


def sheet(reader):
    return list(csv.reader(open("out/sheets/titles/%s.csv" % reader, encoding="utf-8-sig", newline="")))


def said():
    return {r: [tuple(row[:3]) for row in sheet(r)[1:]] for r in WORDS if os.path.exists("out/sheets/titles/%s.csv" % r)}


def configure(decisions):
    text = pathlib.Path("review.yaml").read_text()
    pathlib.Path("review.yaml").write_text(re.sub(r"decisions:\n(        - .*\n)+", "decisions:\n" + "".join("        - %s\n" % d for d in decisions), text))


def fresh():
    for path in ("out", "decisions"):
        shutil.rmtree(path, ignore_errors=True)
    pathlib.Path("review.ledger").unlink(missing_ok=True)
    os.makedirs("decisions")


fresh()
run()
rows = {r: sheet(r) for r in WORDS}
for r in WORDS:
    for row, words in zip(rows[r][1:], WORDS[r]):
        row[:3] = words
    csv.writer(open("decisions/titles-%s.csv" % r, "w", encoding="utf-8", newline="")).writerows(rows[r])
run()
want = said()
assert want == WORDS, want
shutil.rmtree("sent", ignore_errors=True)
shutil.copytree("out", "sent")
xml = pathlib.Path("sent/all.xml").read_text(encoding="utf-8")
head, *records = re.split(r"(?=<record>)", xml)
tail = records[-1][records[-1].index("</record>") + 9:]
records[-1] = records[-1][:records[-1].index("</record>") + 9]
covidence = [["Title", "Authors", "Abstract", "Published Year", "Published Month", "Journal", "Volume", "Issue", "Pages", "Accession Number", "DOI", "Ref", "Covidence #", "Study", "Notes", "Tags"]]
at = {name: i for i, name in enumerate(rows["KA"][0])}
for i, row in enumerate(rows["KA"][1:]):
    note = {1: "Exclusion reason: Wrong setting; ", 4: "Exclusion reason: participants; (2026-01-20 10:15:03)(Select): no stroke; "}.get(i, "")
    covidence.append([row[at["title"]].lstrip("'"), row[at["authors"]], "", row[at["year"]], "", "", "", "", "", "", row[at["doi"]], "", "#%d" % (i + 1), "", note, ""])


def covidence_list(picked):
    out = io.StringIO()
    csv.writer(out).writerows([covidence[0]] + [covidence[i + 1] for i in picked])
    return out.getvalue()


def asreview_answer(reader):
    lines = list(csv.reader(open("sent/asreview-%s.csv" % reader, encoding="utf-8", newline="")))
    label = lines[0].index("included")
    lines[0] += ["asreview_label", "asreview_time", "asreview_note"]
    for line in lines[1:]:
        line += [line[label], "2026-01-20 10:15:03" if line[label] else "", ""]
    out = io.StringIO()
    csv.writer(out).writerows(lines)
    return out.getvalue()


WAYS = [("Rayyan, RIS", ["decisions/rayyan.ris"], {"rayyan.ris": pathlib.Path("sent/rayyan.ris").read_text(encoding="utf-8")}),
        ("Rayyan, CSV", ["decisions/rayyan.csv"], {"rayyan.csv": pathlib.Path("sent/rayyan.csv").read_text(encoding="utf-8")}),
        ("Rayyan, where KA is called Emily", ["decisions/rayyan.csv"], {"rayyan.csv": pathlib.Path("sent/rayyan.csv").read_text(encoding="utf-8").replace('""KA""', '""Emily""')}),
        ("ASReview, a project each", ["{files: decisions/ka.csv, reviewer: KA}", "{files: decisions/no.csv, reviewer: NO}"],
         {"ka.csv": asreview_answer("KA"), "no.csv": asreview_answer("NO")}),
        ("Covidence, two lists", ["{files: decisions/irrelevant.csv, reviewer: KA}", "{files: decisions/included.csv, reviewer: KA}"],
         {"irrelevant.csv": covidence_list([1, 4]), "included.csv": covidence_list([0, 3])}),
        ("EndNote, groups as XML", ["{files: decisions/in.xml, reviewer: KA, decision: include}", "{files: decisions/out.xml, reviewer: KA, decision: exclude, reason: indoors}"],
         {"in.xml": head + records[0] + records[3] + tail, "out.xml": head + records[1] + tail})]
for name, decisions, files in WAYS:
    fresh()
    configure(decisions)
    for file, text in files.items():
        pathlib.Path("decisions", file).write_bytes(text.encode("utf-8"))
    err = run()
    got = said()
    print("\n" + name)
    for reader in WORDS:
        for i, (a, b) in enumerate(zip(WORDS[reader], got.get(reader, [("", "", "")] * 6))):
            if a != b:
                print("  %s %d: %s came back as %s" % (reader, i + 1, " | ".join(a) or "nothing", " | ".join(b) if any(b) else "nothing"))
    print("\n".join("  " + line for line in err) if err else "  no message")
