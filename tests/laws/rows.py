#!/usr/bin/env python3
"""The rows of the tables of laws 2 and 3, each by the words of the event, on a small review of its own.

  rows.py --winnow BIN [--only WORDS]

Every run of a row is held to all laws (laws.py): an independent recount, a fresh start that gives the same bytes, every
decision followed. What stands here is the event and what people must find afterwards.
"""
import argparse, csv, io, os, pathlib, shutil, sys, tempfile

import people
from laws import Play, Program, Violation
from people import Row
from review import RECORDS, Review, Step, Wave
from world import Export, Source, chance, facts, work

SEED = 4
ROWS = []


def row(words):
    def register(play):
        ROWS.append((words, play))
        return play
    return register


def works(**properties):
    """Numbers of works that are so."""
    for number in range(1, 500):
        w = work(SEED, number)
        if all(getattr(w, k) == v for k, v in properties.items()) and w.doi:
            yield number


ENGLISH = [n for n, _ in zip(works(language="English", kind="article", topic="none"), range(30))]
GERMAN = [n for n, _ in zip(works(language="German", kind="article"), range(10))]
KBAA, ON = "KBAA", "ON"


def source(name, form, numbers, base=None, group="databases", file=None, **export):
    extension = "csv" if "csv" in form or form == "scopus" else "nbib" if form == "nbib" else "ris"
    path = "exports/%s.%s" % (file or name.replace(" ", "-").lower(), extension)
    return Source(name, base or name, group, form, [Export(path, list(numbers), **export)])


def screen(name="screen", readers=((KBAA, "all"),), **more):
    return Step(name, "screen", list(readers), **more)


DUPLICATES = ("duplicates", "duplicates", [(KBAA, "all")])


class Scene(Play):
    """A review to which things happen, with the questions that people would ask."""

    def __init__(self, program, folder, sources, steps, waves=()):
        waves = [Wave("first", "2020-08-31", sources)] + list(waves)
        exports = [RECORDS, {"write": "out/included.ris", "using": "ris"}, {"write": "out/prisma.csv", "using": "prisma", "format": "csv"}]
        super().__init__(program, Review(SEED, [KBAA, ON], waves, [Step(*DUPLICATES, mode="automatic")] + steps, False, exports), folder)
        self.run()

    def decide(self, step, who, numbers, decision, file=None, time="", **more):
        """Rows by the keys of the newest run, in a file of the reader."""
        for number in numbers:
            key = self.keyOf(number)
            self.state.desk.file(step, "votes", file or who).rows.append(Row(("key", key), number, who, decision, time=time, **more))
        return self.state.desk.files["decisions/%s.%s.csv" % (step, file or who)]

    def pair(self, a, b, decision):
        self.state.desk.file("duplicates", "pairs", KBAA).rows.append(Row(("keys", a, b), 0, KBAA, decision, describes=False))

    # ---- what the newest run said

    def run(self, adds=False):
        super().run(adds)
        self.last = self.newest

    def told(self, number):
        """The explanation of a work."""
        return next(t for t in self.last.works if number in [self.numberOf(m) for m in t["members"]])

    def numberOf(self, member):
        wave_source = {e.name: e for _, s in self.state.review.sources() for e in s.files}
        return wave_source[member["file"]].works[member["record"] - 1]

    def keyOf(self, number):
        return self.told(number)["members"][0]["key"]

    def fate(self, number):
        return self.told(number)["fate"]

    def step(self, number, name):
        return next((s for s in self.told(number)["steps"] if s["step"] == name), None)

    @property
    def includedNow(self):
        return self.last.report["included"]

    def codes(self):
        return [p["code"] for p in self.last.problems]

    def output(self, path):
        return self.last.outputs[path].decode("utf-8-sig")

    def assigned(self):
        return {r["record"]: r["reads"] for r in csv.DictReader(io.StringIO((self.last.assignments or b"").decode("utf-8-sig")))}


def expect(condition, words):
    if not condition:
        raise Violation("row", words)


# ---- law 2: an edit and a fresh start agree


@row("the heading of a CSV is corrected: Tongue becomes Language")
def headingMended(program, folder):
    s = Scene(program, folder, [source("List", "csv", ENGLISH[:3] + GERMAN[:5], headings={"Language": "Tongue"})],
              [Step("language", "language", [(KBAA, "all")], mode="automatic", keep=["English"])])
    expect(s.includedNow == 8, "nothing is removed while no column tells the language, but %d included" % s.includedNow)
    stated = sum(1 for t in s.last.works)
    s.state.review.waves[0].sources[0].files[0].headings = {}
    s.run()
    expect(s.last.report["steps"][1]["excluded"] > 0, "the corrected heading reaches the review")
    expect(stated == len(s.last.works), "the records are the same")


@row("columns: are added to a source")
def columnsAdded(program, folder):
    s = Scene(program, folder, [source("List", "csv", ENGLISH[:3] + GERMAN[:5], headings={"Language": "Tongue"})],
              [Step("language", "language", [(KBAA, "all")], mode="automatic", keep=["English"])])
    s.state.review.waves[0].sources[0].options = {"from": "csv", "columns": {"Tongue": "language"}}
    s.run()
    expect(s.last.report["steps"][1]["excluded"] > 0, "the columns: of the source reach the review")


@row("a wave is renamed from first to august")
def waveRenamed(program, folder):
    s = Scene(program, folder, [source("Plain", "ris", ENGLISH[:4])], [screen()])
    s.state.review.waves[0].name = "august"
    s.run()
    expect(",august," in s.output("out/records.csv") and ",first," not in s.output("out/records.csv"), "the output says august")


@row("a duplicate with another language is added")
def otherLanguage(program, folder):
    work_ = GERMAN[0]
    s = Scene(program, folder, [source("Scopus", "scopus", [work_] + ENGLISH[:2], base=baseThat(work_, False))],
              [Step("language", "language", [(KBAA, "all")], undecided="wait", keep=["English"])])
    expect("undecided" in s.output("out/sheets/language/KBAA.csv"), "the sheet asks about the undecided record")
    s.state.review.waves[0].sources.append(source("Speaking", "scopus", [work_], base=baseThat(work_, True)))
    s.run()
    sheet = list(csv.DictReader(io.StringIO(s.output("out/sheets/language/KBAA.csv"))))
    expect([r["proposal"] for r in sheet if r["title"] == work(SEED, work_).title] == ["exclude"], "the sheet shows what the machine says now")
    expect(s.step(work_, "language")["machine"]["verdict"] == "exclude", "and explain the same")


def baseThat(number, statesLanguage):
    """A database that states the language of the work, or does not."""
    bases = ("base %d" % i for i in range(99))
    return next(b for b in bases if bool(facts(SEED, Source("", b, "", "", []), work(SEED, number))[0]) == statesLanguage)


@row("decide maybe, run, include, run")
def maybeThenInclude(program, folder):
    s = Scene(program, folder, [source("Plain", "ris", ENGLISH[:2])], [screen()])
    file = s.decide("screen", KBAA, ENGLISH[:1], "maybe")
    s.run()
    file.rows[0].decision = "include"
    s.run()
    step = s.step(ENGLISH[0], "screen")
    expect(step["fate"] == "kept" and step["machine"]["verdict"] == "keep", "explain says what the machine says now: %s" % step)


# ---- law 3: what a person decided stays


def finished(program, folder, count=6):
    """A review in which everything is decided: all but one work included."""
    s = Scene(program, folder, [source("Plain", "ris", ENGLISH[:count]), source("Scopus", "scopus", ENGLISH[:count - 2])], [screen(), screen("full-text", isFullText=True)])
    for step in ("screen", "full-text"):
        s.decide(step, KBAA, ENGLISH[1:count], "include")
    s.decide("screen", KBAA, ENGLISH[:1], "exclude")
    s.run()
    expect(s.includedNow == count - 1 and s.last.code == 0, "the review is finished")
    return s


@row("one database is added to a finished review")
def databaseAdded(program, folder):
    s = finished(program, folder)
    s.state.review.waves[0].sources.append(source("Medbase", "nbib", [ENGLISH[2], ENGLISH[20]]))
    s.run("one database is added")
    expect(s.includedNow == 5 and s.last.code == 3, "5 stay included while the late one waits, not %d" % s.includedNow)
    expect(s.last.report["provisional"] == [{"step": "screen", "label": "screen", "records": 1}], "one record waits alone")
    expect(s.output("out/included.ris").count("TY  - ") == 5, "the output holds what is decided")


@row("one hand-found record is added to a finished review")
def handFound(program, folder):
    s = finished(program, folder)
    s.state.review.waves[0].sources.append(source("hand search", "ris", [ENGLISH[21]], group="other methods"))
    s.run("one hand-found record is added")
    expect(s.includedNow == 5 and s.last.report["provisional"], "5 stay included")


@row("winnow merge of two included records")
def merged(program, folder):
    s = finished(program, folder)
    s.pair(s.keyOf(ENGLISH[1]), s.keyOf(ENGLISH[2]), "same")
    s.run()
    expect(s.includedNow == 4 and s.last.code == 0, "two became one, nothing waits: %d included" % s.includedNow)


@row("a merge is taken back")
def mergeTakenBack(program, folder):
    s = finished(program, folder)
    a, b = s.keyOf(ENGLISH[1]), s.keyOf(ENGLISH[2])
    s.pair(a, b, "same")
    s.run()
    s.pair(a, b, "distinct")
    s.run()
    expect(s.includedNow == 5 and s.last.code == 0, "both are there again with their decisions: %d included" % s.includedNow)


@row("Scopus is exported again: dates and counts differ, rows and columns in another order")
def exportedAgain(program, folder):
    s = Scene(program, folder, [source("Scopus", "scopus", ENGLISH[:5])], [screen()])
    s.decide("screen", KBAA, ENGLISH[:5], "include")
    s.run()
    export = s.state.review.waves[0].sources[0].files[0]
    export.edition, export.shuffle = 3, 2
    export.works.reverse()
    s.run()
    expect(s.includedNow == 5 and "decisions.unknown-record" not in s.codes(), "every decision is about the same record as before")


@row("a database without numbers is exported again: rows are carried over")
def carriedOver(program, folder):
    s = Scene(program, folder, [source("List", "csv", ENGLISH[:5])], [screen()])
    s.decide("screen", KBAA, ENGLISH[:5], "include")
    s.run()
    s.state.review.waves[0].sources[0].files[0].shuffle = 2
    s.run()
    expect(s.includedNow == 5, "rows are attached by title, year and author: %d included" % s.includedNow)


@row("IEEE Xplore is renamed to IEEE")
def sourceRenamed(program, folder):
    s = finished(program, folder)
    keys = sorted(s.state.seen.works)
    for one in s.state.review.waves[0].sources:
        one.name += " A"
    s.run()
    expect(s.includedNow == 5 and keys == sorted(s.state.seen.works), "decisions and keys stay")


def sampled(program, folder):
    s = Scene(program, folder, [source("Plain", "ris", ENGLISH[:8]), source("Scopus", "scopus", ENGLISH[6:14])],
              [screen(readers=((KBAA, "all"), (ON, "20%")))])
    drawn = s.assigned()
    expect(sorted(drawn.values()).count("yes") == 3 and len(drawn) == 14, "3 of 14 are drawn: %s" % drawn)
    s.decide("screen", KBAA, ENGLISH[:14], "include")
    reads = [n for n in ENGLISH[:14] if drawn.get(s.keyOf(n)) == "yes"]
    s.decide("screen", ON, reads, "include")
    s.run()
    expect(s.includedNow == 14 and s.last.code == 0, "the sample is read")
    return s, drawn


@row("two databases change places: the sample stays")
def placesChanged(program, folder):
    s, drawn = sampled(program, folder)
    s.state.review.waves[0].sources.reverse()
    s.run()
    expect(s.includedNow == 14 and s.assigned() == drawn, "no draw of its own")


@row("two databases change places before the draw: the same records are drawn")
def placesBeforeDraw(program, folder):
    first = Scene(program, folder / "a", [source("Plain", "ris", ENGLISH[:8]), source("Scopus", "scopus", ENGLISH[4:14])], [screen(readers=((KBAA, "all"), (ON, "20%")))])
    second = Scene(program, folder / "b", [source("Scopus", "scopus", ENGLISH[4:14]), source("Plain", "ris", ENGLISH[:8])], [screen(readers=((KBAA, "all"), (ON, "20%")))])
    drawn = [sorted(n for n in ENGLISH[:14] if s.assigned().get(s.keyOf(n)) == "yes") for s in (first, second)]
    expect(drawn[0] == drawn[1], "the order in the YAML says nothing: %s" % drawn)


@row("a database is put above the others: the sample stays, late arrivals get a draw of their own")
def databaseAbove(program, folder):
    s, drawn = sampled(program, folder)
    s.state.review.waves[0].sources.insert(0, source("Medbase", "nbib", ENGLISH[3:5] + ENGLISH[20:24]))
    s.run("a database is put above the others")
    now = s.assigned()
    expect(all(now[k] == drawn[k] for k in drawn), "what was drawn stays")
    expect(len(now) == 18 and s.includedNow >= 14, "4 late ones were drawn from apart: %d rows, %d included" % (len(now), s.includedNow))


@row("two drawn records are merged: the assignment stays")
def drawnMerged(program, folder):
    s, drawn = sampled(program, folder)
    reads = next(n for n in ENGLISH[:14] if drawn[s.keyOf(n)] == "yes")
    other = next(n for n in ENGLISH[:14] if drawn[s.keyOf(n)] == "no")
    s.pair(s.keyOf(other), s.keyOf(reads), "same")
    s.run()
    expect(s.includedNow == 13 and len(s.assigned()) == 14, "ON reads the merged record and has read it: %d included" % s.includedNow)


@row("the sheet of round 2 is saved under the name of round 1")
def savedOver(program, folder):
    s = finished(program, folder)
    s.state.review.waves[0].sources.append(source("Medbase", "nbib", ENGLISH[20:22]))
    s.run()
    file = s.state.desk.files["decisions/screen.KBAA.csv"]
    file.rows = []
    s.decide("screen", KBAA, ENGLISH[20:22], "include")
    s.run()
    expect(s.includedNow == 5, "the first round goes on counting: %d included" % s.includedNow)
    expect("decisions.gone" in s.codes(), "and every run says that no file holds it any more")
    expect(any("no file says so any more" in said["note"] for said in s.step(ENGLISH[1], "screen")["people"]), "explain shows it")
    s.state.commands.append(["withdraw", "decisions/screen.KBAA.csv"])
    s.run()
    expect(s.includedNow == 0 and "decisions.gone" not in s.codes(), "until somebody says so in so many words")


@row("a reader decides on two computers, with the time")
def twoComputersTimed(program, folder):
    s = Scene(program, folder, [source("Plain", "ris", ENGLISH[:2])], [screen()])
    s.decide("screen", KBAA, ENGLISH[:1], "include", file="z-office", time="2021-01-01 10:00")
    s.decide("screen", KBAA, ENGLISH[:1], "exclude", file="a-laptop", time="2021-01-02 10:00")
    s.run()
    expect(s.fate(ENGLISH[0]) == "excluded", "the later moment counts, not the later name")


@row("a reader decides on two computers, without time")
def twoComputers(program, folder):
    s = Scene(program, folder, [source("Plain", "ris", ENGLISH[:2])], [screen()])
    s.decide("screen", KBAA, ENGLISH[:1], "include", file="office")
    s.decide("screen", KBAA, ENGLISH[:1], "exclude", file="laptop")
    s.run()
    expect(s.fate(ENGLISH[0]) == "waiting" and "decisions.contradiction" in s.codes(), "nothing tells which is later, so the record waits")


@row("a reader excludes for two reasons in two files, without time")
def twoReasons(program, folder):
    s = Scene(program, folder, [source("Plain", "ris", ENGLISH[:2])], [screen()])
    s.state.review.hasCriteria = True
    s.decide("screen", KBAA, ENGLISH[:1], "exclude", file="office", reason="population")
    s.decide("screen", KBAA, ENGLISH[:1], "exclude", file="laptop", reason="setting")
    s.run()
    expect(s.fate(ENGLISH[0]) == "waiting" and "decisions.contradiction" in s.codes(), "the name of a file decides no reason")


@row("rows move to another file")
def moved(program, folder):
    s = finished(program, folder)
    files = s.state.desk.files
    files["decisions/screen.all.csv"] = files.pop("decisions/screen.KBAA.csv")
    s.run()
    expect(s.includedNow == 5 and "decisions.gone" not in s.codes(), "a decision is about a work, not about a file")


@row("a decision is taken back by a row")
def takenBack(program, folder):
    s = finished(program, folder)
    s.decide("full-text", KBAA, ENGLISH[1:2], "taken back")
    s.run()
    expect(s.fate(ENGLISH[1]) == "waiting" and s.includedNow == 4, "it waits again")
    file = s.state.desk.files["decisions/full-text.KBAA.csv"]
    file.rows = [r for r in file.rows if r.work != ENGLISH[1]]
    s.run()
    expect(s.fate(ENGLISH[1]) == "waiting" and "decisions.gone" not in s.codes(), "and stays taken back when both rows go")


@row("a source is taken away and comes back")
def sourceBack(program, folder):
    s = finished(program, folder)
    gone = s.state.review.waves[0].sources.pop(0)
    s.run()
    s.state.review.waves[0].sources.insert(0, gone)
    s.run()
    expect(s.includedNow == 5 and s.last.code == 0, "its decisions count again")


@row("a step is moved")
def stepMoved(program, folder):
    s = finished(program, folder)
    steps = s.state.review.steps
    steps.insert(1, Step("not-ours", "people", [(KBAA, "all")]))
    s.decide("not-ours", KBAA, ENGLISH[:6], "include")
    s.run()
    steps[1], steps[2] = steps[2], steps[1]
    s.run()
    expect(s.includedNow == 5 and s.last.code == 0, "decisions belong to their step, wherever it stands")


@row("a step that is added takes a decided record out")
def takenOutBefore(program, folder):
    s = Scene(program, folder, [source("Scopus", "scopus", GERMAN[:1] + ENGLISH[:2], base=baseThat(GERMAN[0], True))], [screen()])
    s.decide("screen", KBAA, GERMAN[:1] + ENGLISH[:2], "include")
    s.run()
    s.state.review.steps.insert(0, Step("language", "language", [(KBAA, "all")], mode="automatic", keep=["English"]))
    s.run()
    expect(s.includedNow == 2 and "decisions.not-at-step" in s.codes(), "the decision about it is named")
    away = [e for step in s.last.report["steps"] for e in step.get("elsewhere", [])]
    expect([(e["step"], e["waits"]) for e in away] == [("language", False)], "and told where its record went: %s" % away)
    s.state.review.steps.pop(0)
    s.run()
    expect(s.includedNow == 3, "it counts again when the step goes")


@row("a file is saved in another encoding: its records keep their keys")
def savedInAnotherEncoding(program, folder):
    accented = [n for n in range(1, 400) if any("é" in part for a in work(SEED, n).authors for part in a)][:2]
    s = Scene(program, folder, [source("hand search", "ris", accented)], [screen()])
    keys = sorted(s.state.seen.works)
    s.state.review.waves[0].sources[0].files[0].encoding = "windows-1252"
    s.run()
    expect(keys == sorted(s.state.seen.works), "the key is of what is said: %s" % keys)


@row("the folder is moved, clock and locale are others")
def around(program, folder):
    s = finished(program, folder)
    s.state.commands.append(["move"])
    s.state.env = {"TZ": "America/Lima", "LC_ALL": "tr_TR.UTF-8"}
    s.run()
    expect(s.includedNow == 5 and all(o["unchanged"] for o in s.last.report["outputs"]), "nothing is written anew")


@row("numbers of two lists clash: decisions stay with their works")
def numbersClash(program, folder):
    a = source("List A", "csv numbered", ENGLISH[:5], base="same base")
    b = source("List B", "csv numbered", [], base="other base")
    taken = {numberIn("same base", n) for n in ENGLISH[:5]}
    b.files[0].works = [next(n for n in range(1, 5000) if numberIn("other base", n) in taken and n not in ENGLISH)]
    s = Scene(program, folder, [a, b], [screen()])
    clashing = b.files[0].works[0]
    s.decide("screen", KBAA, [clashing], "exclude")
    s.decide("screen", KBAA, ENGLISH[:5], "include")
    s.run()
    expect(s.fate(clashing) == "excluded" and s.includedNow == 5, "each decision is about its work")
    s.state.review.waves[0].sources.reverse()
    s.run()
    expect(s.fate(clashing) == "excluded" and s.includedNow == 5, "also when the lists change places")


def numberIn(base, number):
    return str(1 + int(97 * chance(SEED, base, number, "own number")))


@row("double charting: both readers' answers stay")
def doubleCharting(program, folder):
    s = finished(program, folder)
    s.state.review.steps.append(Step("charting", "chart", [(KBAA, "all"), (ON, "all")]))
    s.state.review.exports.append({"write": "out/charting.csv", "using": "charting"})
    s.run()
    for who, country in ((KBAA, "Norway"), (ON, "Denmark")):
        for number in ENGLISH[1:6]:
            s.state.desk.file("charting", "chart", who).rows.append(Row(("key", s.keyOf(number)), number, who, "", answers={"1. Country": country, "2. Participants": "3"}))
    s.run()
    expect(s.last.code == 3, "readers who differ have to decide together")
    text = str(s.told(ENGLISH[1])["charting_by"])
    expect("Norway" in text and "Denmark" in text, "explain shows what both said: %s" % text)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--winnow", required=True)
    parser.add_argument("--only", default="", help="rows whose words hold this")
    a = parser.parse_args()
    base = pathlib.Path(tempfile.mkdtemp(prefix="winnow-rows-"))
    failed = 0
    for words, play in ROWS:
        if a.only not in words:
            continue
        try:
            play(Program(os.path.abspath(a.winnow), base), base / "row")
            print("ok      %s" % words, flush=True)
        except Violation as violation:
            failed += 1
            kept = base / ("failed-%d" % failed)
            shutil.copytree(base / "row", kept)
            print("FAILED  %s\n        %s\n        %s" % (words, violation, kept), flush=True)
        shutil.rmtree(base / "row", ignore_errors=True)
    if not failed:
        shutil.rmtree(base)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
