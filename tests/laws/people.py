"""Simulated reviewers: decision files as rows with the truth beside them, and readers who fill in the sheets of a run.

A reader's answer follows from the step and the work, so that filling in a sheet twice says the same; what differs is
how records are named, in which file the answer stands, and how much of a sheet is filled in.
"""
import csv, dataclasses, io, itertools

from review import CATEGORIES, CRITERIA
from world import chance, choose, work

ids = itertools.count(1)


@dataclasses.dataclass
class Row:
    """One row of a decision file. `name`: ("key", key), ("doi", work), ("title", work), ("wave", name) or ("keys", a, b).

    `work` is the truth: what the person had before the eyes. `describes`: the row bears title, year and authors as well.
    """
    name: tuple
    work: int
    reviewer: str  # of a joint decision "KBAA; ON"
    decision: str
    reason: str = ""
    time: str = ""
    describes: bool = True
    answers: dict = dataclasses.field(default_factory=dict)  # of a charting row, by column
    uid: int = dataclasses.field(default_factory=lambda: next(ids))


@dataclasses.dataclass
class File:
    step: str
    kind: str  # votes, joint, pairs, chart
    rows: list = dataclasses.field(default_factory=list)


class Desk:
    """Everything that people wrote: decision files by name."""

    def __init__(self):
        self.files = {}
        self.clock = 0

    def now(self):
        self.clock += 1
        return "2021-03-%02d %02d:%02d" % (1 + self.clock // 1440 % 28, self.clock // 60 % 24, self.clock % 60)

    def file(self, step, kind, part):
        pattern = {"joint": "decisions/joint.%s.%s.csv"}.get(kind, "decisions/%s.%s.csv")
        return self.files.setdefault(pattern % (step, part), File(step, kind))

    def rows(self, step, kinds):
        """(file name, place, row) of a step in the order in which they are read."""
        for name in sorted(self.files, key=lambda n: n.encode()):
            file = self.files[name]
            if file.step == step and file.kind in kinds:
                for place, row in enumerate(file.rows):
                    yield name, place, row


def cellsOf(seed, file, row, kindOfStep):
    w = work(seed, row.work) if row.work else None
    kind, *rest = row.name
    record = {"key": lambda: rest[0], "doi": lambda: "doi:" + w.doi, "title": lambda: "title:" + w.title, "wave": lambda: "*",
              "keys": lambda: rest[0]}[kind]()
    if file.kind == "chart":
        return {"record": record, "reviewer": row.reviewer, "title": w.title if row.describes else "", **row.answers}
    cells = {"record": record, "reviewer": row.reviewer, "decision": row.decision, "reason": row.reason, "time": row.time}
    if row.describes and w:
        cells.update({"title": w.title, "year": w.year, "authors": "; ".join("%s, %s" % a for a in w.authors)})
    if kind == "wave":
        cells["wave"] = rest[0]
    if kind == "keys":
        cells["other"] = rest[1]
    if file.kind == "joint":
        cells["by"] = cells.pop("reviewer")
    if kindOfStep == "map" and row.decision not in ("confirm", "taken back"):
        cells["category"] = cells.pop("decision")
    return cells


def render(seed, file, kindOfStep):
    """The bytes of a decision file; the row at place n stands in line n + 2."""
    rows = [cellsOf(seed, file, row, kindOfStep) for row in file.rows]
    usual = ["record", "by" if file.kind == "joint" else "reviewer"] + ([] if file.kind == "chart" else ["decision", "reason"])
    columns = usual + sorted({c for r in rows for c in r if any(r.get(c) for r in rows)} - set(usual))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


# ---- what readers think of a work


def vote(seed, step, reviewer, number, hasCriteria):
    """(decision, reason) of a reader in a step that is screened."""
    say = chance(seed, step.id, number)  # what the work is like; readers see nearly the same
    if chance(seed, step.id, reviewer, number, "own mind") < 0.15:
        say = chance(seed, step.id, reviewer, number)
    if say < 0.55:
        return "include", ""
    if say < 0.68:
        return "maybe", ""
    if step.isFullText and say < 0.76:
        return "not retrieved", ""
    if not hasCriteria:
        return "exclude", ""
    words = choose(list(CRITERIA) + list(CRITERIA.values()) + ["Population"], seed, step.id, reviewer, number, "reason")
    if chance(seed, step.id, reviewer, number, "no reason") < 0.04:
        words = choose(["", "nonsense"], seed, step.id, reviewer, number, "which")
    return "exclude", words


def opinion(seed, step, reviewer, number, hasCriteria):
    """(decision, reason) of a person in any step."""
    if step.kind == "screen":
        return vote(seed, step, reviewer, number, hasCriteria)
    say = chance(seed, step.id, number, "opinion")
    if step.kind == "map":
        if say < 0.08:
            return "confirm", ""
        return ("no such design" if say > 0.97 else choose(list(CATEGORIES), seed, step.id, number)), ""
    if step.kind == "people":
        return ("include" if say < 0.6 else "exclude" if say < 0.9 else "maybe"), ""
    if say < 0.4:
        return "confirm", ""
    if say < 0.55:
        return "include", ""
    if say < 0.65:
        return "maybe", ""
    reasons = {"types": ["editorial", "conference paper", ""], "topic": ["other", "finance", "topic.other", ""], "language": ["", "other", "nonsense"]}
    return "exclude", choose(reasons[step.kind], seed, step.id, number, "reason")


def nameFor(rng, seed, key, number):
    w = work(seed, number)
    if w.doi and rng.random() < 0.12:
        return ("doi", number)
    return ("title", number) if rng.random() < 0.08 else ("key", key)


def fillIn(rng, seed, review, desk, step, reviewer, sheet, share):
    """A reader answers a share of the rows of a sheet: (key, work, has a proposal) each. Returns how many."""
    part = reviewer if rng.random() < 0.75 else reviewer + rng.choice(["-office", "-laptop"])
    kind = "chart" if step.kind == "chart" else "votes"
    timed = rng.random() < 0.25
    done = 0
    for key, number, wave in sheet:
        if rng.random() > share:
            continue
        file = desk.file(step.id, kind, part)
        row = Row(nameFor(rng, seed, key, number), number, reviewer, "", describes=rng.random() < 0.85)
        if kind == "chart":
            row.answers = {"1. Country": choose(["Norway", "Denmark"], seed, number, reviewer if chance(seed, number, "hard to say") < 0.1 else ""), "2. Participants": str(3 + number)}
        else:
            row.decision, row.reason = opinion(seed, step, reviewer, number, review.hasCriteria)
            row.time = desk.now() if timed else ""
        file.rows.append(row)
        done += 1
    return done


def confirmWave(desk, step, wave):
    reviewer = step.readers[0][0]
    desk.file(step.id, "votes" if step.kind != "duplicates" else "pairs", reviewer).rows.append(Row(("wave", wave), 0, reviewer, "confirm", describes=False))


def resolve(rng, seed, desk, step, key, number, hasCriteria):
    """The readers of a step decide together about a record on which they differ."""
    say = chance(seed, step.id, number, "joint")
    decision = "include" if say < 0.5 else "maybe" if say < 0.6 else "exclude"
    if step.isFullText and say > 0.9:
        decision = "not retrieved"
    reason = choose(list(CRITERIA), seed, step.id, number, "joint reason") if decision == "exclude" and hasCriteria else ""
    by = "; ".join(name for name, _ in step.readers) if len(step.readers) > 1 else step.readers[0][0]
    desk.file(step.id, "joint", "team").rows.append(Row(nameFor(rng, seed, key, number), number, by, decision, reason))
