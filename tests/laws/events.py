"""What happens to reviews, by the words of the event. Each changes a State and says what it did, or nothing.

A state is inputs alone: configuration, exports, decision files. Nothing here runs the program or looks at its output but
for the keys of records and the sheets that people have before them (state.seen).
"""
import copy, dataclasses

import people, review as shapes
from people import Row
from review import GROUPS, Step
from world import EXTENSIONS, Export, Source

EVENTS = {}


def event(words, weight=1, adds=False):
    """Names an event. `adds`: it only adds records, so what people included must stay included."""
    def register(make):
        make.words, make.weight, make.adds = words, weight, adds
        EVENTS[words] = make
        return make
    return register


def anySource(state, rng, fits=lambda s: True):
    found = [(w, s) for w in state.review.waves for s in w.sources if fits(s)]
    return rng.choice(found) if found else (None, None)


def anyRow(state, rng, fits=lambda f, r: True, kinds=("votes",)):
    found = [(name, f, r) for name, f in sorted(state.desk.files.items()) if f.kind in kinds for r in f.rows if fits(f, r)]
    return rng.choice(found) if found else (None, None, None)


def isPlain(row):
    return row.name[0] != "wave" and row.decision not in ("taken back", "")


# ---- people at work


@event("readers fill in their sheets", 14)
def fillIn(state, rng):
    done = 0
    for (step, reviewer), sheet in sorted(state.seen.sheets.items()):
        found = state.review.step(step)
        if found and rng.random() < 0.8:
            share = rng.choice([1, 1, 1, 0.6])
            if found.kind != "duplicates":
                done += people.fillIn(rng, state.review.seed, state.review, state.desk, found, reviewer, sheet, share)
    return "%d answers" % done if done else ""


@event("readers decide ahead, in all steps", 1)
def decideAhead(state, rng):
    done = 0
    sheet = [(key, seen["work"], "") for key, seen in sorted(state.seen.works.items())]
    for step in state.review.steps:
        for reviewer, _ in step.readers:
            if step.kind != "duplicates" and rng.random() < 0.85:
                done += people.fillIn(rng, state.review.seed, state.review, state.desk, step, reviewer, sheet, rng.choice([1, 1, 0.8]))
    return "%d answers" % done if done else ""


@event("a reader confirms a wave", 2)
def confirm(state, rng):
    steps = [s for s in state.review.steps if s.hasMachine or s.kind == "map" or (s.kind == "duplicates" and s.mode == "confirm")]
    if not steps:
        return ""
    step, wave = rng.choice(steps), rng.choice(state.review.waves)
    people.confirmWave(state.desk, step, wave.name)
    return "%s in %s" % (wave.name, step.id)


@event("readers decide together", 5)
def resolve(state, rng):
    for step, key, number in state.seen.conflicts:
        people.resolve(rng, state.review.seed, state.desk, state.review.step(step), key, number, state.review.hasCriteria)
    return "%d records" % len(state.seen.conflicts) if state.seen.conflicts else ""


@event("a decision is changed", 3)
def changeDecision(state, rng):
    name, file, row = anyRow(state, rng, lambda f, r: isPlain(r) and state.kind(f) not in ("map", ""))
    if not row:
        return ""
    old = row.decision
    row.decision = rng.choice([d for d in ("include", "exclude", "maybe") if d != old])
    row.reason = "population" if row.decision == "exclude" and state.kind(file) == "screen" else ""
    return "%s of %s: %s becomes %s" % (name, row.reviewer, old, row.decision)


@event("a decision is taken back by a row", 2)
def takeBack(state, rng):
    name, file, row = anyRow(state, rng, lambda f, r: isPlain(r))
    if not row:
        return ""
    file.rows.append(dataclasses.replace(row, decision="taken back", reason="", uid=next(people.ids), time=state.desk.now() if row.time else ""))
    return "%s of %s" % (row.decision, row.reviewer)


@event("a reader decides maybe, then include", 1)
def maybeThenInclude(state, rng):
    name, file, row = anyRow(state, rng, lambda f, r: isPlain(r) and state.kind(f) in ("screen", "people"))
    if not row:
        return ""
    file.rows.append(dataclasses.replace(row, decision=rng.choice(["include", "maybe"]), reason="", uid=next(people.ids), time=state.desk.now() if row.time else ""))
    return "in %s" % name


@event("a reader decides on two computers, without time", 2)
def twoComputers(state, rng):
    name, file, row = anyRow(state, rng, lambda f, r: isPlain(r) and state.kind(f) in ("screen", "people"))
    if not row:
        return ""
    other = state.desk.file(file.step, "votes", row.reviewer + "-" + rng.choice(["office", "laptop", "0"]))
    decision = rng.choice(["include", "exclude"])
    reason = rng.choice(["population", "setting"]) if decision == "exclude" and state.kind(file) == "screen" else ""
    other.rows.append(dataclasses.replace(row, decision=decision, reason=reason, uid=next(people.ids), time=""))
    return "%s and %s" % (row.decision, decision)


@event("a reader decides on two computers, with the time", 2)
def twoComputersTimed(state, rng):
    name, file, row = anyRow(state, rng, lambda f, r: isPlain(r) and state.kind(f) in ("screen", "people"))
    if not row:
        return ""
    row.time = row.time or state.desk.now()
    other = state.desk.file(file.step, "votes", row.reviewer + "-" + rng.choice(["office", "laptop", "0"]))
    other.rows.append(dataclasses.replace(row, decision=rng.choice(["include", "maybe"]), reason="", uid=next(people.ids), time=state.desk.now()))
    return "in %s" % name


@event("rows vanish from a decision file", 2)
def vanish(state, rng):
    name, file, row = anyRow(state, rng)
    if not row:
        return ""
    gone = [r for r in file.rows if r is row or rng.random() < 0.3]
    file.rows = [r for r in file.rows if not any(r is g for g in gone)]
    return "%d rows of %s" % (len(gone), name)


@event("rows move to another file", 2)
def moveRows(state, rng):
    name, file, row = anyRow(state, rng)
    if not row:
        return ""
    other = state.desk.file(file.step, "votes", rng.choice(["0", "team", row.reviewer + "-moved"]))
    if other is file:
        return ""
    moved = [r for r in file.rows if r.reviewer == row.reviewer]
    file.rows = [r for r in file.rows if r.reviewer != row.reviewer]
    other.rows += moved
    return "%d rows of %s" % (len(moved), name)


@event("the sheet of round 2 is saved under the name of round 1", 2)
def saveOver(state, rng):
    sheets = [(step, who, sheet) for (step, who), sheet in sorted(state.seen.sheets.items()) if state.kindOf(step) in ("screen", "people", "language", "types", "topic")]
    sheets = [(step, who, sheet) for step, who, sheet in sheets if "decisions/%s.%s.csv" % (step, who) in state.desk.files]
    if not sheets:
        return ""
    step, who, sheet = rng.choice(sheets)
    file = state.desk.files["decisions/%s.%s.csv" % (step, who)]
    before, file.rows = file.rows, []
    people.fillIn(NoParts(rng), state.review.seed, state.review, state.desk, state.review.step(step), who, sheet, 1)
    return "%d rows in place of %d" % (len(file.rows), len(before))


class NoParts:
    """Chance for a reader who saves everything in one file."""
    def __init__(self, rng):
        self.rng = rng
    def random(self):
        return 0.5
    def choice(self, options):
        return self.rng.choice(options)


@event("a decision file is withdrawn", 2)
def withdraw(state, rng):
    files = sorted(state.seen.gone)
    if not files:
        return ""
    name = rng.choice(files)
    state.commands.append(["withdraw", name])
    return name


@event("a decision file is renamed", 1)
def renameDecisions(state, rng):
    if not state.desk.files:
        return ""
    name = rng.choice(sorted(state.desk.files))
    file = state.desk.files[name]
    new = name[:-4] + rng.choice(["-copy", "-2", "-final"]) + ".csv"
    if new in state.desk.files:
        return ""
    state.desk.files[new] = state.desk.files.pop(name)
    return "%s becomes %s" % (name, new)


# ---- works


@event("two records are merged", 2)
def merge(state, rng):
    step = next((s for s in state.review.steps if s.kind == "duplicates"), None)
    keys = sorted(state.seen.works)
    if not step or len(keys) < 2:
        return ""
    pair = rng.sample(keys, 2)
    wanted = [k for k in keys if state.seen.works[k]["fate"] == "included"]
    if len(wanted) > 1 and rng.random() < 0.7:
        pair = rng.sample(wanted, 2)
    reader = step.readers[0][0]
    state.desk.file(step.id, "pairs", reader).rows.append(Row(("keys", *pair), 0, reader, "same", describes=False))
    return "%s and %s" % tuple(pair)


@event("a work is split", 2)
def split(state, rng):
    step = next((s for s in state.review.steps if s.kind == "duplicates"), None)
    works = [(k, w["members"]) for k, w in sorted(state.seen.works.items()) if len(w["members"]) > 1]
    if rng.random() < 0.8:
        works = [(k, m) for k, m in works if len(m) == 2]
    if not step or not works:
        return ""
    key, members = rng.choice(works)
    reader = step.readers[0][0]
    other = rng.choice(members[1:])
    state.desk.file(step.id, "pairs", reader).rows.append(Row(("keys", key, other), 0, reader, "distinct", describes=False))
    return "%s and %s" % (key, other)


@event("a merge or split is taken back", 1)
def undoPair(state, rng):
    name, file, row = anyRow(state, rng, lambda f, r: r.name[0] == "keys", ("pairs",))
    if not row:
        return ""
    file.rows.append(dataclasses.replace(row, decision="same" if row.decision == "distinct" else "distinct", uid=next(people.ids)))
    return "%s of %s" % (row.decision, row.name)


# ---- sources


def lateWorks(state, rng):
    known = sorted({n for w in state.review.waves for s in w.sources for e in s.files for n in e.works})
    fresh = [known[-1] + 1 + i for i in range(rng.randint(1, 2))]
    return rng.sample(known, min(len(known), rng.randint(0, 2))) + fresh


def addSource(state, rng, groups, first=False):
    wave = rng.choice(state.review.waves)
    bases = [b for b in shapes.BASES if b[1] in groups and all(s.name != b[0] for s in wave.sources)]
    if not bases:
        return ""
    base, group, form = rng.choice(bases)
    works = lateWorks(state, rng)
    name = "exports/late-%d-%s.%s" % (state.fresh(), base.split(":")[0].replace(" ", "-").lower(), EXTENSIONS[form])
    source = Source(base, base, group, form, [Export(name, works)])
    wave.sources.insert(0 if first else len(wave.sources), source)
    return "%s with works %s in %s" % (base, works, wave.name)


@event("a database is added", 3, adds=True)
def addDatabase(state, rng):
    return addSource(state, rng, ("databases", "registers"))


@event("a database is put above the others", 2, adds=True)
def addDatabaseAbove(state, rng):
    return addSource(state, rng, ("databases", "registers"), first=True)


@event("a hand-found record is added", 3, adds=True)
def addByHand(state, rng):
    return addSource(state, rng, ("other methods",))


@event("records are added to an export", 2, adds=True)
def growExport(state, rng):
    wave, source = anySource(state, rng)
    export = rng.choice(source.files)
    works = [n for n in lateWorks(state, rng) if n not in export.works]
    for number in works:
        export.works.insert(rng.randint(0, len(export.works)), number)
    return "%s: works %s" % (export.name, works) if works else ""


@event("a source is taken away", 1)
def removeSource(state, rng):
    wave, source = anySource(state, rng)
    if len(wave.sources) < 2 or sum(s.group != "other methods" for s in wave.sources if s is not source) == 0:
        return ""
    wave.sources.remove(source)
    return "%s of %s" % (source.name, wave.name)


@event("a source is renamed", 2)
def renameSource(state, rng):
    _, source = anySource(state, rng)
    old, new = source.name, source.name + rng.choice([" A", " Xplore", " B"])
    if any(s.name == new for w in state.review.waves for s in w.sources):
        return ""
    for wave in state.review.waves:
        for other in wave.sources:
            if other.name == old:
                other.name = new
    return "%s becomes %s" % (old, new)


@event("a wave is renamed", 2)
def renameWave(state, rng):
    wave = rng.choice(state.review.waves)
    old, new = wave.name, rng.choice(["august", "winter", "round 3", "first", "update"])
    if any(w.name == new for w in state.review.waves):
        return ""
    wave.name = new
    return "%s becomes %s" % (old, new)


@event("a wave is added", 1, adds=True)
def addWave(state, rng):
    if len(state.review.waves) > 2:
        return ""
    last = state.review.waves[-1]
    works = lateWorks(state, rng)
    new = shapes.randomWave(rng, "wave %d" % state.fresh(), "2021-%02d-01" % (1 + len(state.review.waves)), works)
    for source in new.sources:
        for export in source.files:
            export.name = export.name.replace("wave ", "wave")
    state.review.waves.append(new)
    return "after %s: %s" % (last.name, [s.name for s in new.sources])


@event("two databases change places", 2)
def swapSources(state, rng):
    wave = rng.choice(state.review.waves)
    if len(wave.sources) < 2:
        return ""
    a, b = rng.sample(range(len(wave.sources)), 2)
    wave.sources[a], wave.sources[b] = wave.sources[b], wave.sources[a]
    return "%s and %s" % (wave.sources[b].name, wave.sources[a].name)


# ---- files


@event("an export is made again", 4)
def exportAgain(state, rng):
    _, source = anySource(state, rng)
    for export in source.files:
        export.edition += 1
        if rng.random() < 0.6:
            rng.shuffle(export.works)
        if source.format in ("scopus", "csv", "csv numbered") and rng.random() < 0.4:
            export.shuffle = rng.randint(1, 9)
    return source.name


@event("a file is renamed", 2)
def renameFile(state, rng):
    _, source = anySource(state, rng)
    export = rng.choice(source.files)
    old = export.name
    export.name = "exports/%s-%d.%s" % (rng.choice(["a", "renamed", "z"]), state.fresh(), EXTENSIONS[source.format])
    return "%s becomes %s" % (old, export.name)


@event("two files are glued into one", 1)
def glue(state, rng):
    _, source = anySource(state, rng, lambda s: len(s.files) > 1 and s.format in ("ris", "ris numbered", "nbib") and s.files[0].encoding == s.files[1].encoding)
    if not source:
        return ""
    first, second = sorted(source.files, key=lambda e: e.name)[:2]
    if first.edition != second.edition or first.newline != second.newline:
        return ""
    first.works += second.works
    source.files.remove(second)
    return "%s and %s" % (first.name, second.name)


@event("the heading of a CSV is changed", 2)
def heading(state, rng):
    _, source = anySource(state, rng, lambda s: s.format in ("csv", "csv numbered"))
    if not source:
        return ""
    export = rng.choice(source.files)
    if export.headings:
        export.headings = {}
    else:
        export.headings = {"Language": "Tongue"}
    return "%s: %s" % (export.name, export.headings)


@event("columns: say what a heading means", 2)
def columns(state, rng):
    _, source = anySource(state, rng, lambda s: s.format in ("csv", "csv numbered"))
    if not source:
        return ""
    if "from" in source.options:
        source.options = {}
    else:
        source.options = {"from": "csv", "columns": {"Tongue": "language"}}
    return "%s: %s" % (source.name, source.options)


@event("the importer is named by from:", 1)
def importer(state, rng):
    _, source = anySource(state, rng, lambda s: s.format in ("ris", "ris numbered", "nbib", "scopus") and not s.options)
    if not source:
        return ""
    source.options = {"from": {"nbib": "medline", "scopus": "csv"}.get(source.format, "ris")}
    return "%s: %s" % (source.name, source.options)


@event("an encoding is set", 1)
def encoding(state, rng):
    _, source = anySource(state, rng, lambda s: "encoding" not in s.options)
    if not source:
        return ""
    source.options = {**source.options, "encoding": "utf-8"}
    return source.name


@event("a file is saved in another encoding", 1)
def otherEncoding(state, rng):
    _, source = anySource(state, rng, lambda s: "encoding" not in s.options)
    if not source:
        return ""
    for export in source.files:
        export.encoding = "windows-1252" if export.encoding == "utf-8" else "utf-8"
    return source.name


@event("line ends of a file are changed", 1)
def lineEnds(state, rng):
    _, source = anySource(state, rng)
    for export in source.files:
        export.newline = "\r\n" if export.newline == "\n" else "\n"
    return source.name


# ---- steps


@event("an option of a step is changed", 3)
def option(state, rng):
    step = rng.choice(state.review.steps)
    if step.kind == "language":
        step.keep = ["English"] if len(step.keep) > 1 else ["English", rng.choice(["German", "Norwegian"])]
        return "%s keeps %s" % (step.id, step.keep)
    if step.kind == "types":
        step.exclude = ["editorial"] if len(step.exclude) > 1 else ["editorial", "conference paper"]
        return "%s: %s" % (step.id, step.exclude)
    if step.kind == "map":
        step.exclude = rng.sample(list(shapes.CATEGORIES), rng.randint(0, 2))
        return "%s: %s" % (step.id, step.exclude)
    if step.kind == "screen":
        step.together = not step.together
        return "%s: resolved together %s" % (step.id, step.together)
    return ""


@event("the mode of a step is changed", 1)
def mode(state, rng):
    step = rng.choice(state.review.steps)
    if step.kind in ("people", "screen", "chart"):
        return ""
    step.mode = "automatic" if step.mode == "confirm" else "confirm"
    return "%s: %s" % (step.id, step.mode)


@event("on_undecided is changed", 1)
def undecided(state, rng):
    step = rng.choice(state.review.steps)
    if step.kind in ("duplicates", "chart"):
        return ""
    step.undecided = rng.choice([u for u in ("include", "exclude", "wait") if u != step.undecided])
    return "%s: %s" % (step.id, step.undecided)


@event("a step is moved", 2)
def moveStep(state, rng):
    steps = [s for s in state.review.steps if s.kind != "chart"]
    if len(steps) < 2:
        return ""
    step = rng.choice(steps)
    steps.remove(step)
    steps.insert(rng.randint(0, len(steps)), step)
    state.review.steps = steps + [s for s in state.review.steps if s.kind == "chart"]
    return step.id


@event("a step is added", 1)
def addStep(state, rng):
    have = {s.id for s in state.review.steps}
    new = [(kind, name) for kind, name, _ in shapes.SHAPE if name not in have and kind != "chart"]
    if not new:
        return ""
    kind, name = rng.choice(new)
    state.review.steps.insert(rng.randint(0, len([s for s in state.review.steps if s.kind != "chart"])), shapes.randomStep(rng, kind, name, state.review.reviewers))
    return name


@event("a step is taken out", 1)
def removeStep(state, rng):
    steps = [s for s in state.review.steps if s.kind != "chart"]
    if len(steps) < 2:
        return ""
    step = rng.choice(steps)
    state.review.steps.remove(step)
    return step.id


@event("a reader is taken off a step, or added", 2)
def readers(state, rng):
    steps = [s for s in state.review.steps if s.kind == "screen"]
    if not steps or len(state.review.reviewers) < 2:
        return ""
    step = rng.choice(steps)
    if len(step.readers) > 1:
        step.readers = step.readers[:1]
    else:
        other = [r for r in state.review.reviewers if r != step.readers[0][0]]
        step.readers = step.readers + [(rng.choice(other), rng.choice(["all", "50%"]))]
    return "%s: %s" % (step.id, step.readers)


@event("the text of a step is changed", 1)
def label(state, rng):
    step = rng.choice([s for s in state.review.steps])
    step.label = "step %d" % state.fresh()
    return step.id


# ---- around the review


@event("the folder is moved", 1)
def moveFolder(state, rng):
    state.commands.append(["move"])
    return "elsewhere"


@event("clock and locale are others", 1)
def locale(state, rng):
    state.env = {"TZ": rng.choice(["Asia/Tokyo", "UTC", "America/Lima"]), "LC_ALL": rng.choice(["C", "C.UTF-8", "POSIX", "tr_TR.UTF-8"])}
    return str(state.env)


@event("a run is killed", 2)
def killed(state, rng):
    state.commands.append(["kill", rng.random()])
    return "in between"


@event("nothing happens", 1)
def nothing(state, rng):
    return "again"
