"""Makes reviews for tests of what a paper prints: any number of studies, any labels. Everything is invented."""
import csv, json, pathlib

FORMATS = {
    "prisma": ["svg", "pdf", "png", "docx", "csv", "markdown"], "funnel": ["svg", "csv", "markdown", "html", "docx", "xlsx"],
    "charting": ["csv", "markdown", "html", "docx", "xlsx"], "agreement": ["json", "markdown", "csv", "html", "docx", "xlsx"],
    "exclusions": ["csv", "markdown", "html", "docx", "xlsx"], "evidence-map": ["html", "svg", "csv", "markdown", "docx", "xlsx"],
    "bars": ["svg", "csv", "markdown", "html", "docx", "xlsx"], "overlap": ["svg", "csv", "markdown"],
    "checklist": ["markdown", "csv", "html", "docx", "xlsx"], "statement": ["markdown", "html", "docx"],
    "report": ["html", "docx", "qmd"], "search-appendix": ["markdown", "csv"]}
SUFFIX = {"markdown": "md"}
OF = {"exclusions": "excluded", "report": "everything", "overlap": "unique records"}


def exports(only=None):
    for exporter, formats in FORMATS.items():
        for name in formats:
            if only is not None and (exporter, name) not in only:
                continue
            one = {"write": "out/%s.%s" % (exporter, SUFFIX.get(name, name)), "using": exporter, "format": name}
            if exporter in OF:
                one["of"] = OF[exporter]
            yield one


def quoted(text):
    """A YAML text: JSON's escapes are YAML's, but for signs beyond the basic plane, of which JSON makes two."""
    return "".join(json.dumps(c)[1:-1] if c < "\U00010000" else c for c in text).join('""')


def write(folder, labels, studies, only=None):
    """A review of two databases, a title screening by two readers, full texts and a charting form; `labels` are everywhere that
    people write words. `studies` are included, as many again are excluded."""
    folder = pathlib.Path(folder)
    (folder / "decisions").mkdir(parents=True, exist_ok=True)
    label = lambda i: labels[i % len(labels)]
    titles = ["%s %d" % (label(i), i) for i in range(2 * studies)]
    ris = ""
    for i, title in enumerate(titles):
        ris += "TY  - JOUR\nTI  - %s\nAU  - %s, A.\nPY  - %d\nDO  - 10.5555/made.%d\nLA  - eng\nAN  - %d\nER  - \n\n" % (
            " ".join(title.split()), " ".join(label(i + 1).replace(",", " ").split()) or "Nobody", 1990 + i % 31, i, i)
    (folder / "made.ris").write_text(ris, encoding="utf-8", errors="replace")
    (folder / "strategy.ovid").write_text("".join("%d. %s.ti,ab.\n" % (i + 1, " ".join(l.split())) for i, l in enumerate(labels[:8])), encoding="utf-8", errors="replace")
    criteria = {"c%d" % i: l for i, l in enumerate(labels)}
    values = sorted({" ".join(l.split()) for l in labels if ";" not in l and ":" not in l and l.strip()})[:9]
    yaml = "version: 1\nreview:\n  title: %s\n  question: %s\n  reporting: PRISMA-ScR\n  funding: %s\n  definitions: {word: %s}\n" % (
        quoted(label(0)), quoted(label(1)), quoted(label(2)), quoted(label(3)))
    yaml += "reviewers: {A: %s, B: second}\nsearch: {strategy: strategy.ovid}\n" % quoted(label(4))
    yaml += "sources:\n  - wave: first\n    searched: 2020-08-31\n    databases:\n      %s: {platform: %s, files: made.ris}\n" % (quoted(label(5).strip() or "x"), quoted(label(6).strip() or "x"))
    yaml += "eligibility:\n  none of: {%s}\n" % ", ".join("%s: %s" % (k, quoted(v)) for k, v in criteria.items())
    yaml += "selection:\n  steps:\n    - {remove: duplicates, using: duplicates, mode: automatic, by: A}\n"
    yaml += "    - {screen: %s, id: title, by: {A: all, B: all}, decisions: decisions/title*.csv}\n" % quoted(label(7).strip() or "x")
    yaml += "    - {screen: full text, id: full, read: full text, by: {A: all}, decisions: decisions/full*.csv}\n"
    yaml += "    - {chart: form, by: A, decisions: decisions/chart*.csv}\n"
    yaml += "charting:\n  form:\n    items:\n      %s: {one of: [%s]}\n      %s: {any of: [%s]}\n      Country: text\n      Participants: number\n" % (
        quoted("Design " + " ".join(label(8).split())), ", ".join(quoted(v) for v in values), quoted("Outcome " + " ".join(label(9).split())), ", ".join(quoted(v) for v in values))
    yaml += "exports:\n  - {write: out/included.ris, using: ris}\n" + "".join("  - {%s}\n" % ", ".join("%s: %s" % i for i in e.items()) for e in exports(only))
    (folder / "review.yaml").write_text(yaml, encoding="utf-8")

    def rows(name, header, lines):
        with open(folder / "decisions" / name, "w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(header)
            writer.writerows(lines)

    record = lambda i: "doi:10.5555/made.%d" % i
    isOut = lambda i: i >= studies
    verdict = lambda i, out: [record(i), "exclude" if out else "include", "c%d" % (i % len(labels)) if out else ""]
    header = ["record", "decision", "reason", "reviewer"]
    rows("title-A.csv", header, [verdict(i, isOut(i) and i % 2 == 0) + ["A"] for i in range(2 * studies)])
    rows("title-B.csv", header, [verdict(i, isOut(i) and i % 2 == 0) + ["B"] for i in range(2 * studies)])
    rows("full-A.csv", header, [verdict(i, isOut(i)) + ["A"] for i in range(2 * studies) if not (isOut(i) and i % 2 == 0)])
    rows("chart-A.csv", ["record", "reviewer", "item", "value"], [
        [record(i), "A", item, value] for i in range(studies) for item, value in (
            ("1", values[i % len(values)]), ("2", "; ".join({values[i % len(values)], values[(i // 3) % len(values)]})), ("3", label(i)), ("4", str(i)))])
