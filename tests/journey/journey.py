#!/usr/bin/env python3
"""A whole review by two readers, from an empty folder to included studies: five exports, a filter confirmed, titles read twice in workbooks,
conflicts, a database that comes late, full texts, charting by both, a study with two reports. What must come out is counted here, from the
invented works and what the readers think of them, never from the program's own output.

  journey.py --winnow BIN [--records 360] [--keep FOLDER]
"""
import argparse, csv, json, math, pathlib, random, subprocess, sys, tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from people import Sheet, pages

REVIEW = """version: 1
review:
  title: Walking groups after a stroke
  question: What keeps people in walking groups after a stroke?
  definitions: {walking group: three people or more who walk together}
reviewers: {KÅ: first reader, NO: second reader}
sheets: {format: xlsx}
sources:
  - wave: first
    searched: 2026-01-15
    databases:
%s
eligibility:
  all of: {participants: "adults, after a stroke", group: walks with others}
  none of: {indoors: a treadmill only}
selection:
  defaults: {by: KÅ, read: abstract}
  steps:
    - {remove: duplicates, using: duplicates, mode: automatic}
    - {remove: not in English, id: language, using: language, keep: [English], decisions: decisions/language*}
    - {screen: titles, by: {KÅ: all, NO: all}, decisions: decisions/titles*, resolutions: decisions/joint-titles*}
    - {screen: full texts, read: full text, by: {KÅ: all, NO: all}, decisions: decisions/full*, resolutions: decisions/joint-full*}
    - {chart: form, by: [KÅ, NO], decisions: decisions/charted*, resolutions: decisions/agreed*}
charting:
  form:
    items:
      First author: from author
      Year: from year
      Design: {one of: [trial, interviews, survey]}
      Outcomes: {any of: [mood, steps, company]}
      Participants: number
      Mean age: {decimal: years}
studies: decisions/studies*
exports:
  - {write: out/charting.csv, using: charting, of: studies}
  - {write: out/included.ris, using: ris}
  - {write: out/agreement.json, using: agreement}
  - {write: out/prisma.csv, using: prisma, format: csv}
"""
DATABASES = [("MEDLINE", "medline.nbib"), ("PsycINFO", "psycinfo.ris"), ("Embase", "embase.ris"), ("Scopus", "scopus.csv"), ("CINAHL", "cinahl.ris")]
LATE = ("AMED", "amed.ris")
PEOPLE = "Berg Dahl Lie Moe Øye Ås Vik Haug Lund Næss Sand Strand Aas Bakke Eide Foss Holm Jahr Krog Lien".split()
NOUNS = "stroke pavement harbour river winter ferry company coffee hill garden".split()


class Work:
    """One invented paper, and the truth about it."""

    def __init__(self, number, rng):
        self.number = number
        nouns = rng.sample(NOUNS, 3)
        self.title = "Walking in study %s: %s, %s and %s in group number %d" % (chr(65 + number % 26) + str(number), *nouns, number)
        self.authors = ["%s, %s" % (name, given) for name, given in zip(rng.sample(PEOPLE, 2), rng.sample(["Åse", "Nils", "Kari", "Per"], 2))]
        self.year, self.doi, self.pmid = str(rng.randint(1999, 2025)), "10.5555/journey.%d" % number, str(31000000 + number)
        self.isEnglish = rng.random() > 0.06
        self.abstract = "We followed %d people; %s mattered; \"%s\", they said." % (rng.randint(9, 400), nouns[0], nouns[1])
        self.isRelevant, self.isIncluded = rng.random() < 0.25, False
        self.reason = rng.choice(["participants", "group", "indoors"])
        if self.isRelevant:
            self.isRetrieved = rng.random() > 0.05
            self.isIncluded = self.isRetrieved and rng.random() < 0.3
        # What each reader writes: NO is wrong now and then; they talk about it and decide for the truth.
        self.votes = {"KÅ": "include" if self.isRelevant else "exclude"}
        self.votes["NO"] = self.votes["KÅ"] if rng.random() > 0.04 else {"include": "exclude", "exclude": "include"}[self.votes["KÅ"]]
        self.design = rng.choice(["trial", "interviews", "survey"])
        self.outcomes = rng.sample(["mood", "steps", "company"], rng.randint(1, 3))
        self.size, self.age = str(rng.randint(8, 300)), "%.1f" % rng.uniform(50, 80)
        self.designOfNO = self.design if rng.random() > 0.15 else {"trial": "survey", "survey": "interviews", "interviews": "trial"}[self.design]


def ris(works, name):
    out = []
    for w in works:
        out.append("TY  - JOUR\nAN  - %s%d\nTI  - %s\n%sPY  - %s\nAB  - %s\nDO  - %s\nT2  - Journal of Walks\nVL  - %d\nSP  - %d\nLA  - %s\nER  - \n" % (
            name[:2].upper(), 10000 + w.number, w.title, "".join("AU  - %s\n" % a for a in w.authors), w.year, w.abstract, w.doi, w.number % 40, w.number * 3,
            "English" if w.isEnglish else "German"))
    return "\n".join(out)


def nbib(works):
    out = []
    for w in works:
        out.append("PMID- %s\nTI  - %s\n%sDP  - %s\nAB  - %s\nAID - %s [doi]\nJT  - Journal of Walks\nVI  - %d\nPG  - %d\nLA  - %s\nPT  - Journal Article\n" % (
            w.pmid, w.title, "".join("FAU - %s\n" % a for a in w.authors), w.year, w.abstract, w.doi, w.number % 40, w.number * 3, "eng" if w.isEnglish else "ger"))
    return "\n".join(out)


def scopus(works, path):
    with open(path, "w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(["Authors", "Title", "Year", "Source title", "Volume", "Page start", "DOI", "Abstract", "Language of Original Document", "EID"])
        for w in works:
            table.writerow(["; ".join(w.authors), w.title, w.year, "Journal of Walks", w.number % 40, w.number * 3, w.doi, w.abstract,
                            "English" if w.isEnglish else "German", "2-s2.0-%d" % (85000000000 + w.number)])


class Journey:
    def __init__(self, winnow, folder, works, exports, late):
        self.winnow, self.folder, self.works, self.exports, self.late = winnow, folder, works, exports, late
        self.wrong = []

    def check(self, what, got, want):
        if got != want:
            self.wrong.append("%s: %r instead of %r" % (what, got, want))

    def run(self, status, what):
        done = subprocess.run([self.winnow, "run", "review.yaml"], cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.out, self.err = done.stdout.decode(), done.stderr.decode()
        self.check(what + ": exit", done.returncode, status)
        if done.returncode not in (0, 3):
            print(self.out + self.err)
        return done.returncode

    def sheet(self, step, name):
        return Sheet(self.folder / "out/sheets" / step / (name + ".xlsx"))

    def work(self, row):
        return self.byDoi[row["doi"].replace("https://doi.org/", "")]

    def begin(self):
        self.byDoi = {w.doi: w for w in self.works + self.late}
        (self.folder / "decisions").mkdir()
        self.configure(DATABASES)
        for (name, file), works in zip(DATABASES, self.exports):
            if file.endswith(".csv"):
                scopus(works, self.folder / file)
            else:
                (self.folder / file).write_text(nbib(works) if file.endswith(".nbib") else ris(works, name), encoding="utf-8")

    def configure(self, databases):
        counts = [len(e) for e in self.exports] + [len(self.late)]
        lines = "\n".join("      %s: {files: %s, reported: %d}" % (name, file, count) for (name, file), count in zip(databases, counts))
        (self.folder / "review.yaml").write_text(REVIEW % lines, encoding="utf-8")

    def confirmLanguage(self):
        sheet = self.sheet("language", "KÅ")
        german = [w for w in self.works if not w.isEnglish]
        self.check("proposals on the sheet", len(sheet.rows), len(german))
        for row in sheet.rows:
            self.check("a proposal", row["proposal"], "exclude")
            row["decision"] = "exclude"
        sheet.xlsx(self.folder / "decisions/language-KÅ.xlsx")

    def readTitles(self):
        for reader in ("KÅ", "NO"):
            sheet = self.sheet("titles", reader)
            about = pages(self.folder / "out/sheets/titles" / (reader + ".xlsx"))["About"]
            words = {cell for row in about for cell in row}
            for word in ("What keeps people in walking groups after a stroke?", "walking group", "participants", "a treadmill only"):
                self.check("on the page About: " + word, word in words, True)
            for row in sheet.rows:
                vote = self.work(row).votes[reader]
                row["decision"] = vote if reader == "KÅ" else vote.capitalize()
            if reader == "KÅ":
                sheet.xlsx(self.folder / "decisions/titles-KÅ.xlsx")
            else:  # an Excel with semicolons, columns sorted as NO likes them
                sheet.csv(self.folder / "decisions/titles-NO.csv", headings=sorted(sheet.headings))

    def differing(self, works):
        return [w for w in works if w.isEnglish and w.votes["KÅ"] != w.votes["NO"]]

    def resolve(self):
        listed = subprocess.run([self.winnow, "conflicts", "--json"], cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.decode()
        want = len(self.differing(self.works))
        sheet = self.sheet("titles", "conflicts")
        self.check("conflicts on the sheet", len(sheet.rows), want)
        self.check("conflicts listed", listed.count("include") >= want, True)
        for row in sheet.rows:
            work = self.work(row)
            self.check("votes on the sheet of conflicts", (row["KÅ decision"], row["NO decision"]), (work.votes["KÅ"], work.votes["NO"]))
            row["decision"] = "include" if work.isRelevant else "exclude"
        sheet.xlsx(self.folder / "decisions/joint-titles.xlsx")

    def readFull(self, only=None):
        for reader in ("KÅ", "NO"):
            sheet = self.sheet("full-texts", reader)
            for row in sheet.rows:
                work = self.work(row)
                row["decision"] = "include" if work.isIncluded else "not retrieved" if not work.isRetrieved else "exclude"
                row["reason"] = work.reason if row["decision"] == "exclude" else ""
                row["note"] = "00%d" % work.number
            sheet.xlsx(self.folder / ("decisions/full-%s.xlsx" % reader))

    def addLate(self):
        """A database that comes late: its records wait, what was decided stays."""
        before = self.included()
        self.configure(DATABASES + [LATE])
        (self.folder / LATE[1]).write_text(ris(self.late, LATE[0]), encoding="utf-8")
        self.run(3, "a database comes late")
        self.check("included, when a database came late", self.included(), before)
        self.check("said to be provisional", "provisional" in self.out + self.err, True)

    def included(self):
        path = self.folder / "out/included.ris"
        if not path.exists():
            return None
        return sorted(line[6:].strip() for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("DO  - "))

    def chart(self):
        for reader in ("KÅ", "NO"):
            path = self.folder / "out/sheets/form" / (reader + ".xlsx")
            sheet = Sheet(path)
            for row in sheet.rows:
                work = self.work(row)
                self.check("form version", row["form version"], "1")
                self.check("prefilled year", row["2. Year"], work.year)
                row["3. Design"] = work.design if reader == "KÅ" else work.designOfNO
                row["4. Outcomes"] = "; ".join(work.outcomes)
                row["5. Participants"] = work.size
                row["6. Mean age"] = work.age.replace(".", ",") if reader == "NO" else work.age
            if reader == "KÅ":
                sheet.xlsx(self.folder / "decisions/charted-KÅ.xlsx")
            else:
                sheet.csv(self.folder / "decisions/charted-NO.csv")

    def agree(self, studies):
        rows = list(csv.DictReader(open(self.folder / "out/sheets/form/consensus.csv", encoding="utf-8-sig", newline="")))
        differing = [w for w in studies if w.design != w.designOfNO]
        self.check("items to agree on", len(rows), len(differing))
        byKey = {row["record"]: self.work(row) for row in self.sheet("form", "KÅ").rows} if (self.folder / "out/sheets/form/KÅ.xlsx").exists() else {}
        for row in rows:
            row["value"] = byKey[row["record"]].design
        with open(self.folder / "decisions/agreed.csv", "w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, rows[0])
            table.writeheader()
            table.writerows(rows)

    def checkAgreement(self, works, studies):
        agreement = json.loads((self.folder / "out/agreement.json").read_text(encoding="utf-8"))
        english = [w for w in works if w.isEnglish]
        count = lambda a, b: sum(w.votes["KÅ"] == a and w.votes["NO"] == b for w in english)
        table = [[count(a, b) for b in ("include", "exclude")] for a in ("include", "exclude")]
        n = len(english)
        po = (table[0][0] + table[1][1]) / n
        pe = (sum(table[0]) * (table[0][0] + table[1][0]) + sum(table[1]) * (table[0][1] + table[1][1])) / n / n
        titles = agreement["steps"][0]
        self.check("table of votes", titles["counts"], table)
        self.check("kappa", math.isclose(titles["agreement"]["kappa"], (po - pe) / (1 - pe), abs_tol=1e-9), True)
        items = {i["label"]: i for i in agreement["charting"][0]["items"]}
        self.check("designs charted alike", items["Design"]["equal"], sum(w.design == w.designOfNO for w in studies))
        self.check("designs charted by both", items["Design"]["n"], len(studies))
        self.check("ages charted alike", items["Mean age"]["icc_a1"], 1)

    def go(self):
        self.begin()
        self.run(3, "first run")
        self.confirmLanguage()
        self.run(3, "language confirmed")
        self.readTitles()
        self.run(3, "titles read")
        self.resolve()
        self.run(3, "conflicts resolved")
        self.readFull()
        self.run(3, "full texts read")
        want = sorted(w.doi for w in self.works if w.isEnglish and w.isIncluded)
        self.check("included", self.included(), want)
        self.addLate()
        self.readTitles()
        self.run(3, "late titles read")
        self.readFull()
        works = self.works + self.late
        included = [w for w in works if w.isEnglish and w.isIncluded]
        self.run(3, "late full texts read")
        self.check("included with the late ones", self.included(), sorted(w.doi for w in included))
        first, second = included[0], included[1]
        (self.folder / "decisions/studies.csv").write_text("record,study\ndoi:%s,one\ndoi:%s,one\n" % (first.doi, second.doi))
        self.run(3, "two reports of one study")
        charted = [self.work(row) for row in self.sheet("form", "KÅ").rows]
        self.check("studies to chart", len(charted), len(included) - 1)
        self.chart()
        self.run(3, "charted")
        self.agree(charted)
        self.run(0, "agreed")
        table = list(csv.DictReader(open(self.folder / "out/charting.csv", encoding="utf-8-sig", newline="")))
        self.check("rows of the charting table", len(table), len(included) - 1)
        self.check("designs in the charting table", sorted(r["3. Design"] for r in table), sorted(w.design for w in charted))
        self.checkAgreement(works, charted)
        again = {p: p.read_bytes() for p in sorted((self.folder / "out").rglob("*")) if p.is_file()}
        (self.folder / "review.ledger").unlink()
        self.run(0, "the same decisions, a fresh ledger")
        self.check("outputs of a fresh ledger", [str(p) for p in again if not p.exists() or p.read_bytes() != again[p]], [])
        return self.wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--winnow", required=True)
    parser.add_argument("--records", type=int, default=360)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=pathlib.Path)
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    works = [Work(n, rng) for n in range(1, arguments.records // 2 + 1)]
    late = [Work(n, rng) for n in range(arguments.records // 2 + 1, arguments.records // 2 + 16)]
    for w in late:  # KÅ and NO agree on what comes late
        w.isEnglish, w.votes["NO"] = True, w.votes["KÅ"]
    exports = [[] for _ in DATABASES]
    for w in works:
        for i in rng.sample(range(len(DATABASES)), 2):
            exports[i].append(w)
    with tempfile.TemporaryDirectory(prefix="winnow-journey-") as temporary:
        folder = arguments.keep or pathlib.Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        wrong = Journey(str(pathlib.Path(arguments.winnow).resolve()), folder, works, exports, late).go()
    for line in wrong:
        print(line)
    print("%d records of %d works, %s" % (sum(map(len, exports)) + len(late), len(works) + len(late), "%d faults" % len(wrong) if wrong else "no fault"))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
