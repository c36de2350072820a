"""An independent recount: what must become of every record, from the invented truth and the decision files alone.

It follows docs/writing-a-review.md, not the program: which records are the same, which works they make, what each step
decides, and from that every number of the flow document. The program is never asked; only the keys that it gives to
records are learned from its output (Keys), because people write them into their files.
"""
import collections, dataclasses, hashlib, math, re

from review import CRITERIA, CATEGORIES
from world import abstract, render, work

TAKEN_BACK = "taken back"
WORDS = {"include", "exclude", "maybe", "not retrieved", "confirm", TAKEN_BACK}
NONE = None


def plain(text):
    return " ".join(text.lower().split())


# ---- records


@dataclasses.dataclass(eq=False)
class Record:
    id: int
    wave: int
    place: tuple  # (file name, number in the file)
    source: object
    item: object
    identity: tuple
    rank: int = 1
    sightings: list = dataclasses.field(default_factory=list)  # (wave, source, item)


class Records:
    """Two records of one source are the same if their number is, else if their text is."""

    def __init__(self, review):
        self.seed, self.review, self.all, self.added, self.delivered = review.seed, review, [], [], []
        self.byAlias = collections.defaultdict(list)
        files = [(wave, source, export, render(review.seed, source, export)[1])
                 for wave, source in review.sources() for export in sorted(source.files, key=lambda e: e.name.encode())]
        ambiguous = self.ambiguousNumbers(files)
        alike = collections.defaultdict(list)
        for wave, source, export, items in files:
            taken = set()
            self.delivered.append((wave, source, len(items)))
            for place, item in enumerate(items):
                hasNumber = item.number and (source.name, item.number) not in ambiguous
                identity = ("number", item.number) if hasNumber else ("text", item.text)
                record = next((r for r in alike[source.name, identity] if r.id not in taken), None)
                if record is None:
                    record = Record(len(self.all), wave, (export.name, place + 1), source, item, identity)
                    self.all.append(record)
                    alike[source.name, identity].append(record)
                taken.add(record.id)
                record.sightings.append((wave, source, item))
        for ranked in self.byIdentity().values():
            for rank, record in enumerate(ranked):
                record.rank = rank + 1
        for record in self.all:
            for _, _, item in record.sightings:
                for alias in {("number", item.number), ("text", item.text)} - {record.identity}:
                    if record not in self.byAlias[alias]:
                        self.byAlias[alias].append(record)

    @staticmethod
    def ambiguousNumbers(files):
        found = set()
        for _, source, _, items in files:
            texts = collections.defaultdict(set)
            for item in items:
                texts[item.number].add(item.text)
            found |= {(source.name, number) for number, said in texts.items() if number and len(said) > 1}
        return found

    def byIdentity(self):
        groups = collections.defaultdict(list)
        for record in self.all:
            groups[record.identity].append(record)
        return groups

    def keyed(self, identity, rank):
        """Records that bear this identity now, or bore it at another time."""
        found = [r for r in self.all if r.identity == identity] or self.byAlias.get(identity, [])
        return [found[rank - 1]] if len(found) >= rank else found if len(found) == 1 else []

    def ofWork(self, number, needsDoi=False):
        return [r for r in self.all if r.item.work == number and (r.item.hasDoi or not needsDoi)]


class Keys:
    """What each key of the program stands for. A key must go on standing for it."""

    def __init__(self):
        self.meaning, self.name = {}, {}

    def learn(self, key, record):
        """Something is wrong if this gives words."""
        meant = (record.identity, record.rank)
        if self.meaning.setdefault(key, meant) != meant:
            return "the key %s stood for %r and stands for %r" % (key, self.meaning[key], meant)
        if self.name.setdefault(meant, key) != key:
            return "%r had the key %s and has %s" % (meant, self.name[meant], key)
        return ""

    def of(self, record):
        return self.name[(record.identity, record.rank)]


# ---- what people said


def criterion(words, hasCriteria):
    """The criterion that words name: by id, by text, or with more behind a colon."""
    for name, text in CRITERIA.items() if hasCriteria else ():
        if plain(words) in (plain(name), plain(text)) or plain(words).split(":")[0] == plain(name):
            return name
    return ""


@dataclasses.dataclass
class Word:
    record: Record
    who: str
    value: str
    reason: str
    file: str
    time: str = ""
    uid: int = 0
    isRemembered: bool = False


@dataclasses.dataclass
class Said:
    votes: dict = dataclasses.field(default_factory=dict)      # (work, who) -> Word
    unsettled: set = dataclasses.field(default_factory=set)    # (work, who)
    takenBack: set = dataclasses.field(default_factory=set)
    joint: dict = dataclasses.field(default_factory=dict)      # work -> Word, also those taken back
    confirmed: dict = dataclasses.field(default_factory=dict)  # wave -> Word
    refusedWaves: set = dataclasses.field(default_factory=set)
    contradicted: set = dataclasses.field(default_factory=set)  # works of which two files hold two joint decisions
    remembered: int = 0
    known: dict = dataclasses.field(default_factory=dict)    # what the ledger remembers, by subject
    present: set = dataclasses.field(default_factory=set)    # subjects that files speak of
    count: dict = dataclasses.field(default_factory=dict)    # (work, who) -> words that may count: one, or all that are unsettled

    def withdrawn(self, step, name):
        """Events that take back what a file does not say any more."""
        return [{**event, "value": "withdrawn"} for subject, (event, _) in self.known.items() if event["file"] == name and subject not in self.present]

    def vote(self, rep, who):
        return None if (rep, who) in self.unsettled else self.votes.get((rep, who))

    def resolution(self, rep):
        found = self.joint.get(rep)
        return None if found is None or found.value == TAKEN_BACK or rep in self.contradicted else found


def settle(words, say):
    """The word that counts, or None if nothing tells. Later is a time, else the order of rows of one file. `say` gives
    what a word means, however it is put."""
    if all(w.time for w in words):
        words = sorted(words, key=lambda w: w.time)
        last = words[-1]
        rivals = [w for w in words if w.time == last.time and say(w) != say(last) and (w.file != last.file or w.record is not last.record)]
        return None if rivals else last
    together = all(w.file == words[0].file and w.record is words[0].record and not w.time for w in words)
    return words[-1] if together or all(say(w) == say(words[-1]) for w in words) else None


class Reader:
    """Reads what people wrote about a step, as it stands in the files and in the ledger's memory."""

    def __init__(self, model, step):
        self.model, self.step, self.said = model, step, Said()
        self.review = model.review

    def recordOf(self, row):
        """The one work that a row names, by the record it names first; else None."""
        records, kind = self.model.records, row.name[0]
        if kind == "key":
            found = records.keyed(*self.model.keys.meaning[row.name[1]]) if row.name[1] in self.model.keys.meaning else []
        else:
            found = records.ofWork(row.name[1], kind == "doi")
        if not found and row.describes:
            found = records.ofWork(row.work)
        return found[0] if len({self.model.rep[r.id] for r in found}) == 1 else None

    def read(self):
        words = collections.defaultdict(list)
        for name, _, row in self.model.desk.rows(self.step.id, ("votes",)):
            self.vote(name, row, words)
        for name, _, row in self.model.desk.rows(self.step.id, ("joint",)):
            self.resolution(name, row)
        for subject, said in words.items():
            last = settle(said, lambda w: self.meaning(w.value, w.reason))
            self.said.count[subject] = len(said) if last is None else int(last.value != TAKEN_BACK)
            if last is None:
                self.said.unsettled.add(subject)
            elif last.value == TAKEN_BACK:
                self.said.takenBack.add(subject)
            else:
                self.said.votes[subject] = last
        self.remember(words)
        return self.said

    def vote(self, name, row, words):
        if row.reviewer not in self.review.reviewers or not row.decision:
            return
        if row.name[0] == "wave":
            return self.batch(name, row)
        isMap = self.step.kind == "map"
        if not isMap and (row.decision not in WORDS or (row.decision == "confirm" and not self.proposes())):
            return
        if row.decision == "not retrieved" and not isMap and not self.step.isFullText:
            return
        record = self.recordOf(row)
        if record:
            words[self.model.rep[record.id], row.reviewer].append(Word(record, row.reviewer, row.decision, row.reason, name, row.time, row.uid))

    def meaning(self, value, reason):
        """What a decision says, however its reason is worded; where no reasons are known a reason is a remark."""
        if value != "exclude":
            return value
        if self.step.hasMachine:
            return value, criterion(reason, self.review.hasCriteria) or plain(reason)
        known = criterion(reason, self.review.hasCriteria)
        return (value, known) if known else value if self.step.kind == "people" or not self.review.hasCriteria else (value, plain(reason))

    def proposes(self):
        return self.step.hasMachine or self.step.kind in ("screen", "map")

    def batch(self, name, row):
        waves = [w.name for w in self.review.waves]
        if row.decision not in ("confirm", TAKEN_BACK) or not (self.step.hasMachine or self.step.kind == "map"):
            return
        if row.reviewer != self.step.readers[0][0] or row.name[1] not in waves:
            return
        wave = waves.index(row.name[1])
        if row.decision == TAKEN_BACK:
            self.said.confirmed.pop(wave, None)
            self.said.refusedWaves.add(wave)
        else:
            self.said.refusedWaves.discard(wave)
            self.said.confirmed[wave] = Word(None, row.reviewer, "confirm", "", name, "", row.uid)

    def resolution(self, name, row):
        by = [n.strip() for n in re.split("[;,&]", row.reviewer) if n.strip()]
        if row.decision not in WORDS - {"confirm"} or any(n not in self.review.reviewers for n in by):
            return
        if len(set(by)) < 2 and row.decision != TAKEN_BACK:
            return
        if row.decision == "not retrieved" and not self.step.isFullText:
            return
        record = self.recordOf(row)
        if not record:
            return
        rep = self.model.rep[record.id]
        new = Word(record, "; ".join(by), row.decision, row.reason, name, row.time, row.uid)
        before = self.said.joint.get(rep)
        if before is None:
            self.said.joint[rep] = new
            return
        isTimed = before.time and new.time and before.time != new.time
        differs = self.meaning(before.value, before.reason) != self.meaning(new.value, new.reason)
        if differs and not isTimed and before.file != new.file:
            self.said.contradicted.add(rep)
        elif not isTimed or new.time > before.time:
            self.said.joint[rep] = new

    # ---- memory: what no file says any more goes on counting until it is taken back

    def recalled(self):
        words = {}
        for event in self.model.memory:
            if event["step"] != self.step.id:
                continue
            record = None
            if event["key"]:
                meaning = self.model.keys.meaning.get(event["key"])
                found = self.model.records.keyed(*meaning) if meaning else []
                if not found:
                    continue
                record = found[0]
            subject = (event["kind"], self.model.rep[record.id] if record else None, event["wave"], event["who"])
            if event["value"] in (TAKEN_BACK, "withdrawn"):
                words.pop(subject, None)
            else:
                words[subject] = (event, record)
        return words

    def remember(self, words):
        waves = [w.name for w in self.review.waves]
        known = self.recalled()
        present = {}
        for (rep, who), word in self.said.votes.items():
            present["decision", rep, "", who] = (word, word.value)
        for (rep, who) in self.said.takenBack:
            present["decision", rep, "", who] = (words[rep, who][-1], TAKEN_BACK)
        for rep, word in self.said.joint.items():
            if rep in self.said.contradicted:
                continue
            present["resolution", rep, "", word.who] = (word, word.value)
        for wave, word in self.said.confirmed.items():
            present["batch", None, waves[wave], word.who] = (word, "confirm")
        self.said.known, self.said.present = known, set(present)
        for (kind, rep, wave, who), (event, record) in known.items():
            word = Word(record, who, event["value"], event["reason"], event["file"], isRemembered=True)
            if kind == "decision" and (rep, who) not in words:
                self.said.votes[rep, who] = word
            elif kind == "resolution" and rep not in self.said.joint:
                self.said.joint[rep] = word
            elif kind == "batch" and wave in waves and waves.index(wave) not in self.said.confirmed and waves.index(wave) not in self.said.refusedWaves:
                self.said.confirmed[waves.index(wave)] = word
            else:
                continue
            self.said.remembered += 1
        for subject, (word, value) in present.items():
            kind, rep, wave, who = subject
            before = known.get(subject)
            if (before is None and value == TAKEN_BACK) or (before and (before[0]["value"], before[0]["reason"]) == (value, word.reason)):
                continue
            self.model.news.append({"step": self.step.id, "kind": kind, "key": self.model.keys.of(word.record) if word.record else "", "wave": wave,
                                    "who": who, "value": value, "reason": word.reason, "file": word.file})


# ---- steps


@dataclasses.dataclass
class Outcome:
    fate: str  # kept, undecided, excluded, not retrieved, waiting
    by: str = "machine"
    reason: str = ""
    category: str = ""


@dataclasses.dataclass
class Result:
    step: object
    into: list
    outcomes: dict = dataclasses.field(default_factory=dict)
    recordsIn: int = 0
    unconfirmed: int = 0
    said: Said = None

    def count(self, *fates):
        return sum(1 for o in self.outcomes.values() if o.fate in fates)

    @property
    def waiting(self):
        return self.count("waiting") + self.unconfirmed


REASON_NAMES = {"language": {"not in an accepted language": ["language.other", "other"],
                             "not in an accepted language, judged from the abstract": ["language.other-by-text", "other-by-text"]},
                "types": {"editorial": ["publication-type.editorial", "editorial"], "report": ["publication-type.report", "report"],
                          "opinion paper": ["publication-type.opinion", "opinion"], "conference paper": ["publication-type.conference", "conference"]},
                "topic": {"school and education": ["topic.school-and-education", "school-and-education"], "finance": ["topic.finance", "finance"],
                          "other": ["topic.other", "other"]}}


class Model:
    """One evaluation. `facts`: rows of the assignments file as they stood before the run."""

    def __init__(self, review, desk, keys, memory=(), facts=()):
        self.review, self.desk, self.keys, self.memory, self.facts = review, desk, keys, memory, facts
        self.records = Records(review)
        self.rep = {r.id: r for r in self.records.all}
        self.news, self.results, self.draws, self.charts = [], [], [], []
        self.isUnsure = ""  # why this recount cannot say what is right
        self.included = []

    def run(self):
        self.included = list(self.records.all)
        for step in self.review.steps:
            if step.kind == "chart":
                self.chart(step)
                continue
            result = Result(step, self.included)
            {"duplicates": self.duplicates, "map": self.map, "screen": self.screen, "people": self.people}.get(step.kind, self.machine)(step, result)
            self.included = [r for r in result.into if result.outcomes[r.id].fate in ("kept", "undecided")]
            self.results.append(result)
        return self

    def members(self, rep):
        return [rep] + [r for r in self.records.all if self.rep[r.id] is rep and r is not rep]

    def visible(self, rep):
        return [m for m in self.members(rep) if m.wave == rep.wave]

    def undecided(self, step, by, reason):
        return Outcome({"include": "undecided", "exclude": "excluded", "wait": "waiting"}[step.undecided], by, reason)

    # ---- duplicates

    def pairs(self, step):
        said = {}
        for _, _, row in self.desk.rows(step.id, ("pairs",)):
            if row.name[0] != "keys":
                continue
            found = [self.records.keyed(*self.keys.meaning[k]) if k in self.keys.meaning else [] for k in row.name[1:]]
            if any(len(f) != 1 for f in found) or found[0][0] is found[1][0]:
                continue
            pair = tuple(sorted((found[0][0].id, found[1][0].id)))
            said.pop(pair, None)
            said[pair] = row.decision
        return said

    def duplicates(self, step, result):
        result.recordsIn = len(result.into)
        said = self.pairs(step)
        group = {r.id: ("work", r.item.work) for r in result.into}
        for (a, b), word in said.items():
            if word != "distinct" or a not in group or b not in group or self.records.all[a].item.work != self.records.all[b].item.work:
                continue
            if sum(1 for g in group.values() if g == group[a]) != 2:
                self.isUnsure = "a work of several records was split"
            group[b] = ("alone", b)
        if any(w == "distinct" for w in said.values()) and any(w == "same" for w in said.values()):
            self.isUnsure = self.isUnsure or "works were split and merged"
        for (a, b), word in said.items():
            if word == "same" and a in group and b in group:
                old, new = group[b], group[a]
                group = {r: new if g == old else g for r, g in group.items()}
        first = {}
        for r in result.into:
            first.setdefault(group[r.id], r)
        self.rep.update({r.id: first[group[r.id]] for r in result.into})
        kept = [r for r in result.into if self.rep[r.id] is r]
        if step.mode == "confirm" and not self.confirmsMerges(step):
            result.unconfirmed = len(result.into) - len(kept)
        result.into = kept
        result.outcomes = {r.id: Outcome("kept") for r in kept}

    def confirmsMerges(self, step):
        word = ""
        for _, _, row in self.desk.rows(step.id, ("pairs",)):
            if row.name[0] == "wave" and row.reviewer == step.readers[0][0] and row.decision in ("confirm", TAKEN_BACK):
                word = row.decision
        return word == "confirm"

    # ---- machines

    def judge(self, step, rep):
        """(action, label) of the step's filter about the merged record."""
        items = [m.item for m in self.visible(rep)]
        if step.kind == "language":
            stated = list(dict.fromkeys(i.language for i in items if i.language))
            accepted = [s for s in stated if s in step.keep]
            if not stated:
                return "unsure", "no language stated, too little text to judge"
            if len(accepted) == len(stated):
                return "keep", ""
            return ("unsure", "several languages stated") if accepted else ("drop", "not in an accepted language")
        if step.kind == "types":
            return self.judgeTypes(step, list(dict.fromkeys(i.kind for i in items if i.kind)))
        return self.judgeTopic(items)

    @staticmethod
    def judgeTypes(step, stated):
        label = {"editorial": "editorial", "conference": "conference paper"}
        if not stated:
            return "unsure", "no publication type stated"
        found = [label[k] for k in stated if label.get(k) in step.exclude]
        if not found:
            return "keep", ""
        return ("unsure", "an excluded type beside a journal article") if "article" in stated else ("drop", found[0])

    def judgeTopic(self, items):
        with_ = [i for i in items if i.hasAbstract]
        if not with_:
            return "unsure", "no abstract to judge"
        if not items[0].hasAbstract and len({i.work for i in with_}) > 1:
            self.isUnsure = self.isUnsure or "abstracts of two works"
        number = items[0].work if items[0].hasAbstract else with_[0].work
        topic = work(self.review.seed, number).topic
        return ("keep", "") if topic == "none" else ("drop", {"school": "school and education", "bank": "finance"}[topic])

    def machine(self, step, result):
        said = result.said = Reader(self, step).read()
        reader = step.readers[0][0]
        for rep in result.into:
            action, label = self.judge(step, rep)
            word = said.vote(rep, reader)
            if (rep, reader) in said.unsettled:
                out = Outcome("waiting")
            elif word and word.value != "confirm":
                out = self.overruled(step, word, action, label)
            elif action == "drop":
                isConfirmed = word is not None or rep.wave in said.confirmed
                out = Outcome("excluded", "person", label) if isConfirmed else Outcome("excluded", "machine", label)
                if not isConfirmed and step.mode == "confirm":
                    out = Outcome("waiting")
            else:
                out = self.undecided(step, "machine", label) if action == "unsure" else Outcome("kept")
            result.outcomes[rep.id] = out

    def overruled(self, step, word, action, label):
        if word.value == "include":
            return Outcome("kept", "person")
        if word.value == "maybe":
            return self.undecided(step, "person", "")
        if not word.reason and action == "drop":
            return Outcome("excluded", "person", label)
        for name, codes in REASON_NAMES[step.kind].items():
            if plain(word.reason) in [name] + codes:
                return Outcome("excluded", "person", name)
        return Outcome("waiting")

    def people(self, step, result):
        said = result.said = Reader(self, step).read()
        for rep in result.into:
            word = said.vote(rep, step.readers[0][0])
            if word is None:
                out = Outcome("waiting")
            elif word.value == "exclude":
                out = Outcome("excluded", "person", step.label or step.id)
            else:
                out = self.undecided(step, "person", step.label or step.id) if word.value == "maybe" else Outcome("kept", "person")
            result.outcomes[rep.id] = out

    def map(self, step, result):
        said = result.said = Reader(self, step).read()
        reader = step.readers[0][0]
        proposals = {"interview": "interview study", "survey": "survey", "trial": "randomised trial", "none": None}
        for rep in result.into:
            word = said.vote(rep, reader)
            isSaid = word is not None
            category = proposals[work(self.review.seed, rep.item.work).design]
            if isSaid and word.value != "confirm":
                category = next((c for c in CATEGORIES if plain(c) == plain(word.value)), None)
            byPerson = isSaid or rep.wave in said.confirmed
            isUnknown = isSaid and word.value != "confirm" and category is None
            leaves = category in step.exclude
            out = Outcome("kept", "person" if byPerson else "machine", "", category or "not categorised")
            if (rep, reader) in said.unsettled or isUnknown or (step.mode == "confirm" and not byPerson and (category is None or leaves)):
                out.fate = "waiting"
            elif leaves:
                out.fate, out.reason = "excluded", category
            elif category is None:
                out = dataclasses.replace(self.undecided(step, out.by, ""), category=out.category)
            result.outcomes[rep.id] = out

    # ---- screening

    def screen(self, step, result):
        said = result.said = Reader(self, step).read()
        reads, undrawn = self.readers(step, result)
        for rep in result.into:
            names = [name for name, _ in step.readers if name in reads[rep.id]]
            result.outcomes[rep.id] = Outcome("waiting") if rep.id in undrawn else self.votes(step, said, rep, names)

    def votes(self, step, said, rep, names):
        votes = [said.vote(rep, n) for n in names]
        if not votes or any(v is None for v in votes):
            return Outcome("waiting")
        values = {v.value for v in votes}
        if values == {"include"}:
            return Outcome("kept", "person")
        if values == {"not retrieved"}:
            return Outcome("not retrieved", "person")
        if values <= {"include", "maybe"}:
            return self.undecided(step, "person", "readers are not sure")
        joint = said.resolution(rep)
        if values != {"exclude"}:
            if joint is None:
                return Outcome("waiting") if step.together else self.undecided(step, "person", "readers differ")
            if joint.value == "include":
                return Outcome("kept", "person")
            if joint.value == "maybe":
                return self.undecided(step, "person", "readers are not sure")
            if joint.value == "not retrieved":
                return Outcome("not retrieved", "person")
            if not self.isGoodReason(step, joint.reason):
                return Outcome("waiting")
        return self.excluded(step, [v for v in votes if v.value == "exclude"], joint)

    def isGoodReason(self, step, reason):
        """At full text an exclusion names its reason where the review has criteria; before, it may."""
        return not self.review.hasCriteria or bool(criterion(reason, True)) or (not reason and not step.isFullText)

    def excluded(self, step, votes, joint):
        """The readers agree that it goes; the first reader's reason counts unless they chose one together."""
        if not self.review.hasCriteria:
            return Outcome("excluded", "person", "excluded by the readers")
        if not all(self.isGoodReason(step, v.reason) for v in votes):
            return Outcome("waiting")
        given = [criterion(v.reason, True) for v in votes if v.reason]
        if joint and joint.value == "exclude" and joint.reason:
            if not self.isGoodReason(step, joint.reason):
                return Outcome("waiting")
            given.insert(0, criterion(joint.reason, True))
        elif joint is None and len(set(given)) > 1 and step.reasonsTogether:
            return Outcome("waiting")
        return Outcome("excluded", "person", given[0] if given else "excluded by the readers")

    def assigned(self, step, who):
        """By work: whether the reader reads it, as the assignments file says."""
        reads = {}
        for row in self.facts:
            if row["step"] != step.id or row["reviewer"] != who:
                continue
            works = set()
            for key in [row["record"]] + row["merged with"].split():
                found = self.records.keyed(*self.keys.meaning[key]) if key in self.keys.meaning else []
                works |= {self.rep[r.id].id for r in found}
            if not works:
                works = {self.rep[r.id].id for r in self.records.all if plain(work(self.review.seed, r.item.work).title) == plain(row["title"])}
            for rep in works:
                reads[rep] = reads.get(rep, False) or row["reads"] == "yes"
        return reads

    def workKey(self, rep):
        return min(self.keys.of(m) for m in self.visible(rep))

    def elsewhere(self):
        """By step: how many words of its decision files are about works that an earlier step took out (False) or holds (True)."""
        found = collections.Counter()
        for place, result in enumerate(self.results):
            ends = {rep: o.fate == "waiting" for before in self.results[:place] for rep, o in before.outcomes.items() if o.fate not in ("kept", "undecided")}
            works = [rep for (rep, _), n in result.said.count.items() for _ in range(n)] if result.said else []
            works += [rep for rep, word in result.said.joint.items() if word.value != TAKEN_BACK and not word.isRemembered] if result.said else []
            for rep in works:
                if rep.id in ends and rep.id not in result.outcomes:
                    found[result.step.id, ends[rep.id]] += 1
        return found

    def readers(self, step, result):
        reads, undrawn = {r.id: set() for r in result.into}, set()
        openWaves = {r.wave for before in self.results for r in before.into if before.outcomes[r.id].fate == "waiting"}
        for who, share in step.readers:
            facts = self.assigned(step, who) if share != "all" else {r.id: True for r in result.into}
            fresh = collections.defaultdict(list)
            for rep in result.into:
                if facts.get(rep.id) is None:
                    fresh[rep.wave].append(rep)
                elif facts[rep.id]:
                    reads[rep.id].add(who)
            for wave, reps in sorted(fresh.items()):
                if wave in openWaves:
                    undrawn |= {r.id for r in reps}
                    continue
                taken = self.draw(step, who, share, wave, reps)
                for rep in taken:
                    reads[rep.id].add(who)
        return reads, undrawn

    def draw(self, step, who, share, wave, reps):
        part = float(share[:-1]) / 100 if share.endswith("%") else float(share)
        order = sorted(reps, key=lambda r: hashlib.sha256(("seed of %s\n%s" % (step.id, self.workKey(r))).encode()).hexdigest())
        taken = order[:math.ceil(round(part * len(reps), 9))]
        self.draws.append((step.id, self.review.waves[wave].name, who, {self.keys.of(r): r in taken for r in reps}))
        return taken

    # ---- charting

    def chart(self, step):
        """Answers by work and reader; another file that says otherwise does not count, and is told."""
        names, answers, refused = [n for n, _ in step.readers], collections.defaultdict(dict), 0
        for name, _, row in self.desk.rows(step.id, ("chart",)):
            record = Reader(self, step).recordOf(row)
            if row.reviewer not in names or record is None or self.rep[record.id] not in self.included:
                refused += 1
                continue
            own = answers[self.rep[record.id].id, row.reviewer]
            for item, value in row.answers.items():
                known = own.setdefault(item, (name, value))
                refused += known[0] != name and known[1] != value
                own[item] = known if known[0] != name and known[1] != value else (name, value)
        missing = [(r.id, n) for r in self.included for n in names if (r.id, n) not in answers]
        for r in self.included:
            said = [{item: value for item, (_, value) in answers[r.id, n].items()} for n in names if (r.id, n) in answers]
            refused += any(one != said[0] for one in said)  # readers who differ decide together
        self.charts.append((step.id, len(self.included), missing, refused))

    # ---- the documents

    @property
    def isOpen(self):
        return any(r.waiting for r in self.results) or any(missing or refused for _, _, missing, refused in self.charts)

    @property
    def remembered(self):
        return sum(r.said.remembered for r in self.results if r.said)

    def end(self, rep):
        for result in self.results:
            if rep.id in result.outcomes and result.outcomes[rep.id].fate not in ("kept", "undecided"):
                return result, result.outcomes[rep.id]
        return None, None

    def lane(self, rep):
        for member in self.members(rep):
            if any(wave == rep.wave and source.group != "other methods" for wave, source, _ in member.sightings):
                return "db"
        return "other"

    def works(self):
        return [r for r in self.records.all if self.rep[r.id] is r]

    def flow(self):
        flow = {"db": self.laneFlow("db", None)}
        hasOther = any(s.group == "other methods" for _, s in self.review.sources())
        if hasOther:
            flow["other"] = self.laneFlow("other", None)
        reports = sum(flow[lane]["included_reports"] for lane in flow)
        flow["included"] = {"studies": reports, "reports": reports}
        open_ = [{"step": r.step.id, "label": r.step.label or r.step.id, "records": r.waiting} for r in self.results if r.waiting]
        if open_:
            flow["provisional"] = open_
        if len(self.review.waves) > 1:
            flow["waves"] = []
            for number, wave in enumerate(self.review.waves):
                own = {"id": wave.name, "db": self.laneFlow("db", number)}
                if hasOther:
                    own["other"] = self.laneFlow("other", number)
                flow["waves"].append(own)
        return flow

    def laneFlow(self, lane, wave):
        mine = lambda s: (s.group == "other methods") == (lane == "other")
        identified = {s.name: 0 for w, s in self.review.sources() if mine(s) and wave in (None, w)}
        for w, source, count in self.records.delivered:
            if mine(source) and wave in (None, w):
                identified[source.name] += count
        works = [r for r in self.works() if self.lane(r) == lane and wave in (None, r.wave)]
        ids = {r.id for r in works}
        out = {"identified": identified, "removed": {"duplicates": sum(identified.values()) - len(works), "automation": 0, "other": 0}}
        if lane == "db":
            out["registers"] = sorted({s.name for w, s in self.review.sources() if s.group == "registers" and wave in (None, w)})
            out["screened"] = len(works)
        left, stages, isReport = len(works), [], False
        reports = {"excluded": collections.Counter(), "not retrieved": 0, "waiting": 0}
        for result in self.results:
            isReport = isReport or result.step.isFullText
            own = [result.outcomes[i] for i in result.outcomes if i in ids]
            gone = collections.Counter(o.reason or "cannot be decided" for o in own if o.fate == "excluded")
            waiting = sum(o.fate == "waiting" for o in own)
            if isReport:
                reports["excluded"] += gone
                reports["not retrieved"] += sum(o.fate == "not retrieved" for o in own)
                reports["waiting"] += waiting
                continue
            if result.step.kind == "duplicates":
                continue
            stage = {"id": result.step.id, "label": result.step.label or result.step.id, "in": left, "excluded": dict(gone),
                     "by": {"human": sum(o.fate == "excluded" and o.by == "person" for o in own),
                            "automation": sum(o.fate == "excluded" and o.by == "machine" for o in own)},
                     "undecided": sum(o.fate == "undecided" for o in own)}
            if result.step.mode == "automatic" and (result.step.hasMachine or result.step.kind == "map"):
                stage["mode"] = "automatic"
            left -= sum(gone.values()) + waiting
            if waiting:
                stage["waiting"] = waiting
            stages.append({**stage, "out": left})
        out.update({"stages": stages, "sought": left, "not_retrieved": reports["not retrieved"], "assessed": left - reports["not retrieved"],
                    "excluded_reports": dict(reports["excluded"])})
        if reports["waiting"]:
            out["waiting"] = reports["waiting"]
        out["included_reports"] = left - reports["not retrieved"] - sum(reports["excluded"].values()) - reports["waiting"]
        return out

    def steps(self):
        steps = []
        for r in self.results:
            own = {"id": r.step.id, "in": r.recordsIn if r.step.kind == "duplicates" else len(r.into), "excluded": r.count("excluded", "not retrieved"),
                   "undecided": r.count("undecided"), "waiting": r.count("waiting")}
            if r.step.kind == "duplicates":
                own["removed"] = r.recordsIn - len(r.into)
            if r.step.kind == "map":
                own["categories"] = {c: sum(o.category == c for o in r.outcomes.values()) for c in list(CATEGORIES) + ["not categorised"]}
            steps.append(own)
        return steps

    def fates(self):
        """By record's place: (fate, [(step, fate, by, reason, category)]) of its work."""
        fates = {}
        for record in self.records.all:
            rep = self.rep[record.id]
            path = []
            for r in self.results:
                if rep.id in r.outcomes and r.step.kind != "duplicates":
                    o = r.outcomes[rep.id]
                    path.append((r.step.id, o.fate, o.by if o.fate in ("excluded", "kept") else "", o.reason if o.fate in ("excluded", "undecided") else "", o.category))
            result, outcome = self.end(rep)
            fates[record.place] = ("included" if outcome is None else "waiting" if outcome.fate == "waiting" else "excluded", rep.place, path)
        return fates
