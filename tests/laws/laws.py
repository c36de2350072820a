#!/usr/bin/env python3
"""Random reviews, random events on them, and after each event the laws that must hold.

  laws.py --winnow BIN [--reviews 50] [--events 6] [--seed 1] [--keep FOLDER] [--jobs 1] [--only SEED] [--recount]

Each review is made from its seed, run, and then struck by events (events.py), people at work among them. After each:
  recount    every number of the flow, every fate, step, reason and draw equals an independent recount (model.py);
  fresh      the same inputs without ledger and outputs, in another folder, give the same bytes: outputs, the sheets that
             the run writes, assignments, explain of every work, diagnostics (unless rows vanished that go on counting);
  follow     each row of the decision files counts, or there is a reason that is reported; what people included stays
             included when records are added; keys go on naming what they named;
  appended   the assignments file keeps its bytes;
  verify     at the end `winnow verify` finds no difference.
With --recount a review is recounted after several events at once, people's work among them, without a fresh run beside it: more
reviews in the same time. The shapes that were recounted are counted (shapesOf).
A violation is shrunk to the events that are needed for it, printed, and its folder kept.
"""
import argparse, collections, concurrent.futures, copy, csv, io, json, os, pathlib, random, shutil, signal, subprocess, sys, tempfile, time, traceback

import people, review as shapes
from events import EVENTS
from model import Keys, Model, Records
from world import render, work

PEOPLE = [w for w in EVENTS if EVENTS[w].weight > 3]
SEVERE = ("internal", "ledger")


class Violation(Exception):
    def __init__(self, law, words):
        super().__init__("%s: %s" % (law, words))
        self.law = law


class Seen:
    """What people know from the newest run."""

    def __init__(self):
        self.sheets, self.conflicts, self.works, self.gone = {}, [], {}, set()


class State:
    def __init__(self, review):
        self.review, self.desk, self.seen = review, people.Desk(), Seen()
        self.commands, self.env, self.counter = [], {}, 0

    def fresh(self):
        self.counter += 1
        return self.counter

    def kindOf(self, name):
        step = self.review.step(name)
        return step.kind if step else ""

    def kind(self, file):
        return self.kindOf(file.step)

    def inputs(self):
        files = {"review.yaml": shapes.reviewYaml(self.review).encode()}
        for _, source in self.review.sources():
            for export in source.files:
                files[export.name] = render(self.review.seed, source, export)[0]
        for name, file in self.desk.files.items():
            files[name] = people.render(self.review.seed, file, self.kind(file))
        return files


def write(folder, files):
    """Makes the inputs of a folder what they should be; outputs, ledger and assignments stay."""
    for sub in ("exports", "decisions"):
        for path in (folder / sub).glob("*"):
            if "%s/%s" % (sub, path.name) not in files:
                path.unlink()
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)


# ---- the program


class Program:
    def __init__(self, winnow, scratch):
        self.winnow, self.scratch = winnow, scratch

    def start(self, folder, arguments, env):
        own = {"PATH": "/usr/bin:/bin", "HOME": str(self.scratch), "TMPDIR": str(self.scratch), "LC_ALL": "C.UTF-8", "NO_COLOR": "1", **env}
        return subprocess.Popen([self.winnow, *arguments], cwd=folder, env=own, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def call(self, folder, arguments, env=None):
        process = self.start(folder, arguments, env or {})
        try:
            out, error = process.communicate(timeout=120)
        except subprocess.TimeoutExpired:
            process.kill()
            raise Violation("run", "%s did not end in two minutes" % " ".join(arguments))
        return process.returncode, out, error.decode("utf-8", "replace")

    def kill(self, folder, part, env):
        process = self.start(folder, ["run"], env)
        time.sleep(part * 0.09)
        process.send_signal(signal.SIGKILL)
        process.communicate()


class Run:
    """A run and what it left: report, diagnostics, outputs, explanation of every work, assignments."""

    def __init__(self, program, folder, env):
        self.before = self.read(folder / "review.assignments.csv")
        self.code, out, error = program.call(folder, ["run", "--json"], env)
        self.problems = [json.loads(line) for line in error.splitlines() if line.startswith("{")]
        self.words = "\n".join(line for line in error.splitlines() if not line.startswith("{"))
        if self.code not in (0, 3):
            raise Violation("run", "exit code %d: %s" % (self.code, error[-1500:]))
        self.report = json.loads(out)
        self.outputs = {o["path"]: self.read(folder / o["path"]) for o in self.report["outputs"]}
        self.assignments = self.read(folder / "review.assignments.csv")
        code, self.explained, error = program.call(folder, ["explain", "--all", "--json"], env)
        if code != 0:
            raise Violation("run", "explain ends with %d: %s" % (code, error[-1500:]))
        self.works = json.loads(self.explained)

    @staticmethod
    def read(path):
        return path.read_bytes() if path.exists() else None

    def comparable(self):
        report = copy.deepcopy(self.report)
        for one in report["sources"] + report["outputs"]:
            one.pop("unchanged"), one.pop("kept", None)
        return report

    @staticmethod
    def rows(data):
        return list(csv.DictReader(io.StringIO((data or b"").decode("utf-8-sig"))))

    def draws(self):
        """Rows of the assignments file: those before the run, those after it."""
        return self.rows(self.before), self.rows(self.assignments)


# ---- the laws


def zerosGone(value):
    """A flow without what says nothing: reasons with no record."""
    if isinstance(value, dict):
        return {k: {r: n for r, n in v.items() if n} if k in ("excluded", "excluded_reports") else sorted(v) if k == "registers" else zerosGone(v)
                for k, v in value.items()}
    return [zerosGone(v) for v in value] if isinstance(value, list) else value


def difference(name, want, got):
    """The first place in which two documents differ."""
    if isinstance(want, dict) and isinstance(got, dict):
        for key in list(want) + [k for k in got if k not in want]:
            if want.get(key) != got.get(key):
                return difference("%s/%s" % (name, key), want.get(key), got.get(key))
    if isinstance(want, list) and isinstance(got, list) and len(want) == len(got):
        for i, (a, b) in enumerate(zip(want, got)):
            if a != b:
                return difference("%s/%d" % (name, i), a, b)
    return "%s: recounted %r, the program says %r" % (name, want, got)


def learnKeys(keys, records, run):
    """Every record of the files must be explained under a key that goes on naming it."""
    byPlace = {r.place: r for r in records.all}
    for told in run.works:
        for member in told["members"]:
            record = byPlace.pop((member["file"], member["record"]), None)
            if record is None:
                raise Violation("recount", "the program knows a record at %s:%d that there is not" % (member["file"], member["record"]))
            words = keys.learn(member["key"], record)
            if words:
                raise Violation("keys", words)
    if byPlace:
        raise Violation("recount", "records without explanation: %s" % sorted(byPlace))


def checkRecount(model, run):
    if model.isUnsure:
        return
    flow, want = zerosGone(run.report["flow"]), zerosGone(model.flow())
    flow.pop("format")
    if flow != want:
        raise Violation("recount", difference("flow", want, flow))
    added = [sum(1 for r in model.records.all if r.source is source and r.wave == wave) for wave, source in model.review.sources()]
    got = [s["added"] for s in run.report["sources"]]
    if added != got:
        raise Violation("recount", "new records by source: recounted %s, the program says %s" % (added, got))
    for want, got in zip(model.steps(), run.report["steps"]):
        own = {k: got.get(k) for k in want}
        if "categories" in want:
            own["categories"] = {c["name"]: c["n"] for c in got["categories"]}
        if own != want:
            raise Violation("recount", difference("steps/" + want["id"], want, own))
    elsewhere = collections.Counter((step["id"], e["waits"]) for step in run.report["steps"] for e in step.get("elsewhere", []))
    if model.elsewhere() != elsewhere:
        raise Violation("recount", "decisions about records elsewhere: recounted %s, the program says %s" % (dict(model.elsewhere()), dict(elsewhere)))
    if model.isOpen != run.report["open"]:
        raise Violation("recount", "recounted open %s, the program says %s" % (model.isOpen, run.report["open"]))
    if run.report["included"] != len(model.included) or (run.code == 3) != model.isOpen:
        raise Violation("recount", "included %d, exit %d" % (run.report["included"], run.code))
    checkFates(model, run)
    checkDraws(model, run)


FATES = {"undecided, kept": "undecided"}


def pathOf(told):
    path = []
    for step in told["steps"]:
        fate = FATES.get(step["fate"], step["fate"])
        path.append((step["step"], fate, step["by"] if fate in ("excluded", "kept") else "",
                     step.get("reason", "") if fate in ("excluded", "undecided") else "", step.get("category", "")))
    return path


def checkFates(model, run):
    want = model.fates()
    for told in run.works:
        lead = told["members"][0]
        for member in told["members"]:
            place = (member["file"], member["record"])
            got = (told["fate"], (lead["file"], lead["record"]), pathOf(told))
            if want[place] != got:
                raise Violation("recount", "%s, work %d: recounted %r, the program says %r" % (
                    place, next(r.item.work for r in model.records.all if r.place == place), want[place], got))


def checkDraws(model, run):
    before, after = run.draws()
    drawn = {}
    for row in after[len(before):]:
        drawn.setdefault((row["step"], row["wave"], row["reviewer"]), {})[row["record"]] = row["reads"] == "yes"
    want = {(step, wave, who): rows for step, wave, who, rows in model.draws}
    if drawn != want:
        raise Violation("recount", "drawn %r, recounted %r" % (drawn, want))


def checkFresh(run, fresh):
    for what, a, b in (("report", run.comparable(), fresh.comparable()), ("exit code", run.code, fresh.code)):
        if a != b:
            raise Violation("fresh", difference(what, b, a).replace("recounted", "fresh").replace("the program", "the edited review"))
    for path, content in fresh.outputs.items():
        if run.outputs.get(path) != content:
            raise Violation("fresh", "%s differs: %s" % (path, firstDifference(content, run.outputs.get(path))))
    if run.assignments != fresh.assignments:
        raise Violation("fresh", "assignments differ: %s" % firstDifference(fresh.assignments, run.assignments))
    if run.explained != fresh.explained:
        raise Violation("fresh", "explain differs: %s" % firstDifference(fresh.explained, run.explained))
    written = {path.split("/")[-1] for path in fresh.outputs}  # an exporter says what is lost when it writes, not when nothing is new
    told = lambda r: sorted(json.dumps(p, sort_keys=True) for p in r.problems if p.get("file") not in written and not isOfFilter(p))
    if told(run) != told(fresh):
        only = collections.Counter(told(run)), collections.Counter(told(fresh))
        raise Violation("fresh", "diagnostics differ: edited only %s; fresh only %s" % (list(only[0] - only[1]), list(only[1] - only[0])))


def isOfFilter(problem):
    """A filter speaks when it judges, not when nothing is new; its words stand at the record in the export."""
    return problem.get("file", "").startswith("exports/") and problem["code"].split(".")[0] in ("decisions", "category")


def firstDifference(want, got):
    if want is None or got is None:
        return "one of them is not there"
    for n, (a, b) in enumerate(zip(want.splitlines() + [b""], got.splitlines() + [b""])):
        if a != b:
            return "line %d: fresh %r, edited %r" % (n + 1, a.decode("utf-8", "replace")[:300], b.decode("utf-8", "replace")[:300])
    return "length"


class Follow:
    """Law 3: every row of the decision files counts, or something that is reported stands against it."""

    def __init__(self, state, model, run):
        self.state, self.model, self.run = state, model, run
        self.shown = {}  # (file, line) -> (work numbers, who, step)
        self.atStep = set()
        for told in run.works:
            numbers = frozenset(self.number(m) for m in told["members"])
            for step in told["steps"]:
                self.atStep |= {(step["step"], n) for n in numbers}
                for said in step["people"]:
                    if "no file says so any more" in said.get("note", ""):
                        continue  # the place is where it stood
                    self.shown.setdefault((said["file"], said["line"], step["step"]), []).append((numbers, said["who"]))
        self.elsewhere = {(e["file"], e["line"], step["id"]): e for step in run.report["steps"] for e in step.get("elsewhere", [])}
        self.codes = {(p.get("file"), p.get("line")): p["code"] for p in reversed(run.problems) if p["code"].startswith("decisions.")}
        self.ofCode = collections.Counter(p["code"] for p in run.problems)

    def number(self, member):
        return next(r.item.work for r in self.model.records.all if r.place == (member["file"], member["record"]))

    def check(self):
        active = {r.item.work for r in self.model.records.all}
        self.away = {(file.step, row.reviewer, row.work) for name, file in self.state.desk.files.items() for place, row in enumerate(file.rows)
                     if (name, place + 2, file.step) in self.elsewhere}
        for name, file in self.state.desk.files.items():
            step = self.state.review.step(file.step)
            if file.kind != "votes" or step is None or step.kind in ("duplicates", "chart"):
                continue
            for place, row in enumerate(file.rows):
                if row.name[0] == "wave" or row.decision == "taken back" or not row.decision:
                    continue
                self.row(name, place + 2, step, row, active)

    def row(self, name, line, step, row, active):
        where = "%s:%d (%s, work %d, %s)" % (name, line, row.reviewer, row.work, row.decision)
        shown = self.shown.get((name, line, step.id), [])
        for numbers, _ in shown:
            if row.work not in numbers:
                raise Violation("follow", "%s counts for works %s" % (where, sorted(numbers)))
        if shown or row.work not in active or (step.id, row.work) not in self.atStep:
            return
        rivals = [r for f in self.state.desk.files.values() if f.step == step.id and f.kind == "votes" for r in f.rows
                  if r is not row and r.reviewer == row.reviewer and r.work == row.work]
        if any(r.decision == "taken back" for r in rivals) or (name, line) in self.codes or (step.id, row.reviewer, row.work) in self.away:
            return
        if rivals and self.ofCode["decisions.contradiction"]:
            return
        # Equal problems are reported once with their count, so the row's own line may not be named.
        if row.decision == "not retrieved" and self.ofCode["decisions.not-a-full-text"] or row.decision == "confirm" and self.ofCode["decisions.nothing-to-confirm"]:
            return
        if row.name[0] in ("doi", "title") and self.ofCode["decisions.ambiguous-record"] or not row.describes and self.ofCode["decisions.unknown-record"]:
            return
        raise Violation("follow", "%s does not count, and nothing says why" % where)


def shapesOf(model):
    """What is rare in a flow and was recounted in it: only where records came to it."""
    steps = [r for r in model.results if r.into]
    fullTexts = [i for i, r in enumerate(steps) if r.step.isFullText]
    late = steps[fullTexts[0] + 1:] if fullTexts else []
    yield from ("%s after full text" % r.step.kind for r in late if not r.step.isFullText)
    yield from (["several full-text steps"] if len(fullTexts) > 1 else [])
    yield from (["last step waits"] if model.results and model.results[-1].count("waiting") else [])
    yield from ("on_undecided: %s decides" % r.step.undecided for r in steps if r.step.kind != "duplicates" and any(
        o.reason in UNDECIDED.get(r.step.kind, ()) or o.fate == "undecided" for o in r.outcomes.values()))
    yield from ("sample" for r in steps if r.step.kind == "screen" and any(share != "all" for _, share in r.step.readers))
    yield from (["steps before duplicates"] if any(r.step.kind == "duplicates" for r in model.results[1:]) else [])
    yield from (["several waves"] if len(model.review.waves) > 1 else [])
    yield from (["decisions about records elsewhere"] if model.elsewhere() else [])
    said = {row.decision for file in model.desk.files.values() if file.kind == "pairs" for row in file.rows}
    yield from (word for word, shape in (("merge", "same"), ("split", "distinct")) if shape in said)


UNDECIDED = {"screen": ("readers are not sure", "readers differ"), "language": ("several languages stated", "no language stated, too little text to judge"),
             "types": ("no publication type stated", "an excluded type beside a journal article"), "topic": ("no abstract to judge",)}


def includedWorks(model):
    return {m.item.work for r in model.included for m in model.members(r)}


def checkAddition(words, before, model):
    """What people included stays included when records are only added; machines may find new facts."""
    lost = before - includedWorks(model)
    for number in sorted(lost):
        reps = {model.rep[r.id].id: model.rep[r.id] for r in model.records.all if r.item.work == number}
        ends = [model.end(rep)[0].step for rep in reps.values() if model.end(rep)[0]]
        if not any(s.hasMachine or s.kind == "map" for s in ends):
            raise Violation("follow", "'%s' took work %d out of the included ones, at %s" % (words, number, [s.id for s in ends]))


# ---- playing


class Play:
    """One review and its events. Every event draws its chances from the seed and its own place, so that any of them can
    be left out."""

    def __init__(self, program, review, folder):
        self.program, self.seed, self.base = program, review.seed, folder
        self.moves = 0
        self.folder = self.at(0)
        self.state = State(review)
        self.keys, self.memory, self.story = Keys(), [], []
        self.included = set()
        self.counts = collections.Counter()
        self.shapes = set()

    def at(self, number):
        folder = self.base / ("review%d" % number)
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def event(self, place, words=None):
        rng = random.Random("%d/%d" % (self.seed, place))
        chosen = words or rng.choices(list(EVENTS), [e.weight for e in EVENTS.values()])[0]
        did = EVENTS[chosen](self.state, rng)
        self.story.append("%d. %s: %s" % (place, chosen, did or "(not here)"))
        if did:
            self.counts[chosen] += 1
            self.run(EVENTS[chosen].adds and chosen)
        return bool(did)

    def eventsAtOnce(self, place):
        """People's work and some other events, then one run that is recounted."""
        rng = random.Random("%d/%d" % (self.seed, place))
        for chosen in ["readers decide ahead, in all steps" if place == 1 else "readers fill in their sheets", "readers decide together"] + rng.choices(list(EVENTS), [e.weight for e in EVENTS.values()], k=rng.randint(0, 2)):
            did = EVENTS[chosen](self.state, rng)
            self.story.append("%d. %s: %s" % (place, chosen, did or "(not here)"))
            self.counts[chosen] += bool(did)
        self.run(isBeside=False)

    def verify(self):
        code, out, error = self.program.call(self.folder, ["verify", "review.yaml"], self.state.env)
        if code != 0:
            raise Violation("verify", "winnow verify ends with %d: %s" % (code, (out.decode("utf-8", "replace") + error)[-1500:]))

    def run(self, adds=False, isBeside=True):
        state = self.state
        write(self.folder, state.inputs())
        for command, *rest in state.commands:
            getattr(self, command)(*rest)
        state.commands = []
        twin = self.twin(state) if isBeside else None
        drawn = Run.read(self.folder / "review.assignments.csv")
        if self.killPart is not None:
            self.program.kill(self.folder, self.killPart, state.env)
        self.killPart = None
        run = Run(self.program, self.folder, state.env)
        run.before, facts, self.newest = drawn, Run.rows(drawn), run
        fresh = Run(self.program, twin, {"TZ": "Asia/Tokyo", "LC_ALL": "C"}) if isBeside else None
        records = Records(state.review)
        learnKeys(self.keys, records, run)
        if run.before is not None and not (run.assignments or b"").startswith(run.before):
            raise Violation("appended", "rows of the assignments file were changed")
        model = Model(state.review, state.desk, self.keys, self.memory, facts).run()
        checkRecount(model, run)
        Follow(state, model, run).check()
        if fresh is None:
            pass
        elif model.remembered == 0 and not (model.isUnsure and any(p["code"] == "decisions.gone" for p in run.problems)):
            checkFresh(run, fresh)
        else:
            self.counts["(rows that vanished count)"] += 1
            learnKeys(self.keys, records, fresh)
            checkRecount(Model(state.review, state.desk, self.keys, (), facts).run(), fresh)
        if adds:
            checkAddition(adds, self.included, model)
        self.counts["(runs)"] += 1
        self.counts["(recounted)"] += not model.isUnsure
        if not model.isUnsure:
            self.shapes |= set(shapesOf(model))
        self.memory += model.news
        self.included = includedWorks(model)
        self.look(model, run)

    def twin(self, state):
        """Another folder with the same inputs alone."""
        twin = self.base / "fresh"
        shutil.rmtree(twin, ignore_errors=True)
        twin.mkdir()
        write(twin, state.inputs())
        if (self.folder / "review.assignments.csv").exists():
            shutil.copy(self.folder / "review.assignments.csv", twin)
        return twin

    killPart = None

    def kill(self, part):
        self.killPart = part

    def move(self):
        self.moves += 1
        target = self.base / ("review%d" % self.moves)
        shutil.rmtree(target, ignore_errors=True)
        self.folder.rename(target)
        self.folder = target

    def withdraw(self, name):
        code, _, error = self.program.call(self.folder, ["withdraw", name], self.state.env)
        facts = Run.rows(Run.read(self.folder / "review.assignments.csv"))
        model = Model(self.state.review, self.state.desk, self.keys, self.memory, facts).run()
        news = []
        for result in model.results:
            news += result.said.withdrawn(result.step.id, name) if result.said else []
        if not model.isUnsure and (code == 0) != bool(news):
            raise Violation("recount", "withdraw %s ends with %d, recounted %d words: %s" % (name, code, len(news), error[-500:]))
        self.memory += news

    def look(self, model, run):
        """What people have before them when the run is done."""
        seen = self.state.seen = Seen()
        seen.gone = {p.get("file") for p in run.problems if p["code"] == "decisions.gone"}
        titles = {work(self.seed, r.item.work).title: r.item.work for r in model.records.all}
        for path, content in run.outputs.items():
            parts = path.split("/")
            if parts[:2] != ["out", "sheets"] or content is None or parts[-1] in ("conflicts.csv", "consensus.csv", "studies.csv", "criteria.txt"):
                continue  # those are filled in by several readers together, or only read
            rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
            seen.sheets[parts[2], parts[3][:-4]] = [(r["record"], titles[r["title"]], r.get("wave", "")) for r in rows if r["record"] != "*"]
        numbers = {r.place: r.item.work for r in model.records.all}
        for told in run.works:
            lead = told["members"][0]
            seen.works[lead["key"]] = {"fate": told["fate"], "work": numbers[lead["file"], lead["record"]], "members": [m["key"] for m in told["members"]]}
            for step in told["steps"]:
                who = {s["who"] for s in step["people"]}
                if step["fate"] == "waiting" and self.state.kindOf(step["step"]) == "screen" and len(who) > 1:
                    seen.conflicts.append((step["step"], lead["key"], numbers[lead["file"], lead["record"]]))


def reduceReview(review, what):
    kind, number = what
    if kind == "step" and number < len(review.steps) and len(review.steps) > 1:
        del review.steps[number]
    if kind == "wave" and number < len(review.waves) and len(review.waves) > 1:
        del review.waves[number]
    if kind == "source":
        places = [(w, i) for w in review.waves for i in range(len(w.sources))]
        if number < len(places):
            wave, i = places[number]
            if sum(s.group != "other methods" for j, s in enumerate(wave.sources) if j != i):
                del wave.sources[i]
    if kind == "work":
        for wave in review.waves:
            for source in wave.sources:
                for export in source.files:
                    export.works = [n for n in export.works if n != number] or export.works[:1]
    if kind == "exports":
        review.exports = review.exports[:1]


def play(program, seed, events, folder, drop=(), isBeside=True):
    """Plays a review. Gives what was violated (or None), the play, and the places of the events that did something."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    review = shapes.randomReview(random.Random(seed), seed)
    for what in drop:
        reduceReview(review, what)
    game, used = Play(program, review, folder), []
    try:
        game.run(isBeside=isBeside)
        for place in events:
            if not isBeside:
                game.eventsAtOnce(place)
                used.append(place)
            elif game.event(place):
                used.append(place)
        if isBeside and events:
            game.verify()
    except Violation as violation:
        return violation, game, list(events)[:len(game.story)]
    except Exception as error:
        return Violation("test", "%s\n%s" % (error, traceback.format_exc())), game, list(events)
    return None, game, used


def shrink(program, seed, events, violation, folder, isBeside=True):
    """The fewest events, steps, sources and works that still violate the same law."""
    drop = []
    def stillFails(events, drop):
        found, _, used = play(program, seed, events, folder, drop, isBeside)
        return used if found is not None and found.law == violation.law else None
    events = stillFails(events, drop) or events
    changed = True
    while changed:
        changed = False
        for place in reversed(list(events)):
            fewer = [e for e in events if e != place]
            if stillFails(fewer, drop) is not None:
                events, changed = fewer, True
    for reduce in [("exports", 0)] + [("wave", i) for i in (1, 0)] + [("step", i) for i in range(12, -1, -1)] + [("source", i) for i in range(7, -1, -1)] + [("work", i) for i in range(1, 16)]:
        if stillFails(events, drop + [reduce]) is not None:
            drop.append(reduce)
    found, game, _ = play(program, seed, events, folder, drop, isBeside)
    return events, drop, found, game


def report(seed, events, drop, violation, game, folder, isBeside):
    lines = ["VIOLATION in review %d: %s" % (seed, violation), "  events, shrunk:"] + ["    " + t for t in game.story]
    lines += ["  again: --only %d --places %s%s%s" % (seed, ",".join(map(str, events)) or "none", "".join(" --drop %s:%d" % d for d in drop), "" if isBeside else " --recount"), "  folder: %s" % folder]
    return "\n".join(lines)


def one(arguments):
    winnow, seed, count, keep, shrinks, isBeside = arguments
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="laws-%d-" % seed, dir=keep))
    program = Program(winnow, scratch)
    violation, game, used = play(program, seed, list(range(1, count + 1)), scratch / "play", (), isBeside)
    counts = game.counts
    counts.update("(shape) " + shape for shape in game.shapes)
    if violation is None:
        shutil.rmtree(scratch)
        return counts, None
    drop, events = [], used
    if shrinks and violation.law != "test":
        events, drop, again, game = shrink(program, seed, used, violation, scratch / "play", isBeside)
        violation = again or violation
    return counts, report(seed, events, drop, violation, game, scratch / "play", isBeside)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--winnow", required=True)
    parser.add_argument("--reviews", type=int, default=50)
    parser.add_argument("--events", type=int, default=6, help="a review")
    parser.add_argument("--seed", type=int, default=1, help="of the first review")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--keep", default=None, help="folder for what fails; a temporary one unless given")
    parser.add_argument("--stop", type=int, default=5, help="end after so many violations")
    parser.add_argument("--no-shrink", action="store_true")
    parser.add_argument("--seconds", type=float, default=0, help="begin no review after this time; 0: no limit")
    parser.add_argument("--recount", action="store_true", help="recount alone, after several events at once")
    parser.add_argument("--only", type=int, help="play one review")
    parser.add_argument("--places", default="", help="with --only: the events to play")
    parser.add_argument("--drop", action="append", default=[], help="with --only: what to leave out of the review")
    a = parser.parse_args()
    winnow, keep = os.path.abspath(a.winnow), a.keep or tempfile.mkdtemp(prefix="winnow-laws-")
    pathlib.Path(keep).mkdir(parents=True, exist_ok=True)
    if a.only is not None:
        return playOne(a, winnow, pathlib.Path(keep))
    began, counts, failed = time.monotonic(), collections.Counter(), 0
    with concurrent.futures.ProcessPoolExecutor(a.jobs) as pool:
        def jobs():
            for seed in range(a.seed, a.seed + a.reviews):
                if a.seconds and time.monotonic() - began > a.seconds:
                    return
                yield (winnow, seed, a.events, keep, not a.no_shrink, not a.recount)
        waiting, todo = set(), jobs()
        while True:
            for job in todo:
                waiting.add(pool.submit(one, job))
                if len(waiting) >= a.jobs:
                    break
            if not waiting:
                break
            done, waiting = concurrent.futures.wait(waiting, return_when=concurrent.futures.FIRST_COMPLETED)
            for future in done:
                found, words = future.result()
                counts += found
                counts["(reviews)"] += 1
                if words:
                    print(words, flush=True)
                    failed += 1
            if failed >= a.stop:
                print("stopped after %d violations" % failed)
                break
    events = sum(n for name, n in counts.items() if not name.startswith("("))
    for name in sorted(counts):
        print("%8d  %s" % (counts[name], name))
    print("seeds %d to %d: %d reviews, %d events, %d runs beside fresh ones, %d recounted, %d violations, %.0f s" % (
        a.seed, a.seed + counts["(reviews)"] - 1, counts["(reviews)"], events, counts["(runs)"], counts["(recounted)"], failed, time.monotonic() - began))
    if not failed and a.keep is None:
        shutil.rmtree(keep)
    return 1 if failed else 0


def playOne(a, winnow, keep):
    places = [int(p) for p in a.places.split(",") if p.isdigit()] if a.places else list(range(1, a.events + 1))
    drop = [(d.split(":")[0], int(d.split(":")[1])) for d in a.drop]
    violation, game, _ = play(Program(winnow, keep), a.only, places, keep / "play", drop, not a.recount)
    print("\n".join(game.story))
    print(violation or "no violation")
    print("folder: %s" % (keep / "play"))
    return 1 if violation else 0


if __name__ == "__main__":
    sys.exit(main())
