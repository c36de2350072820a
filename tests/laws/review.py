"""Reviews as people configure them: waves, sources, steps, written as review.yaml; and one made at random."""
import dataclasses, json

from world import EXTENSIONS, Export, Source

GROUPS = ("databases", "registers", "other methods")
CRITERIA = {"population": "the right people", "setting": "a public service", "outcome": "recovery is reported"}
CATEGORIES = {"interview study": ["interview*"], "survey": ["survey"], "randomised trial": ["randomised"], "opinion": []}
TOPIC_REASONS = {"school and education": ["school*"], "finance": ["bank*"], "other": []}
FORM = {"Country": "text", "Participants": "number"}


@dataclasses.dataclass
class Wave:
    name: str
    date: str
    sources: list


@dataclasses.dataclass
class Step:
    """`kind`: duplicates, language, types, topic, people, screen, map or chart. `readers`: (name, "all" or a share)."""
    id: str
    kind: str
    readers: list
    label: str = ""
    mode: str = "confirm"
    undecided: str = "include"
    isFullText: bool = False
    together: bool = True
    reasonsTogether: bool = False
    exclude: list = dataclasses.field(default_factory=list)  # types or categories that leave
    keep: list = dataclasses.field(default_factory=list)     # languages that stay

    @property
    def verb(self):
        return self.kind if self.kind in ("screen", "map", "chart") else "remove"

    @property
    def hasMachine(self):
        return self.kind in ("language", "types", "topic")


@dataclasses.dataclass
class Review:
    seed: int
    reviewers: list
    waves: list
    steps: list
    hasCriteria: bool = True
    exports: list = dataclasses.field(default_factory=list)

    def sources(self):
        """(number of the wave, source) in the order that counts: wave, group, place in the file."""
        for number, wave in enumerate(self.waves):
            for group in GROUPS:
                for source in wave.sources:
                    if source.group == group:
                        yield number, source

    def step(self, name):
        return next((s for s in self.steps if s.id == name), None)


# ---- review.yaml


def yaml(value):
    """YAML in its JSON form, which every version of it reads."""
    return json.dumps(value, ensure_ascii=False)


def sourceYaml(source):
    entry = {"files": ["%s" % e.name for e in source.files], **source.options}
    if source.group != "other methods":
        return entry
    method, _, field = source.name.partition(": ")
    return {"method": method, **({"field": field} if field else {}), **entry}


def waveYaml(wave):
    entry = {"wave": wave.name, "searched": wave.date}
    for group in GROUPS:
        sources = [s for s in wave.sources if s.group == group]
        if not sources:
            continue
        entry[group] = [sourceYaml(s) for s in sources] if group == "other methods" else {s.name: sourceYaml(s) for s in sources}
    return entry


def stepYaml(step):
    entry = {step.verb: step.label or step.id, "id": step.id, "decisions": ["decisions/%s.*.csv" % step.id]}
    if step.kind == "chart":
        return {**entry, "form": "main form", "by": [name for name, _ in step.readers]}
    entry["by"] = {name: share for name, share in step.readers} if step.kind == "screen" else [step.readers[0][0]]
    entry["on_undecided"] = step.undecided
    using = {"duplicates": "duplicates", "language": "language", "types": "publication-type", "topic": "topic"}.get(step.kind)
    if using:
        entry.update({"using": using, "mode": step.mode})
    if step.kind == "language":
        entry["keep"] = step.keep
    if step.kind in ("types", "map"):
        entry["exclude"] = step.exclude
    if step.kind == "topic":
        entry["reasons"] = TOPIC_REASONS
    if step.kind == "map":
        entry.update({"categories": CATEGORIES, "mode": step.mode})
    if step.kind == "screen":
        entry.update({"read": "full text" if step.isFullText else "abstract", "seed": "seed of " + step.id,
                      "disagreements": "resolved together" if step.together else "left undecided",
                      "differing_reasons": "resolved together" if step.reasonsTogether else "reported",
                      "resolutions": ["decisions/joint.%s.*.csv" % step.id]})
    return entry


def reviewYaml(review):
    lines = ["version: 1", "review: {title: A review by laws}", "reviewers: " + yaml({name: "reader" for name in review.reviewers}), "sources:"]
    lines += ["  - " + yaml(waveYaml(w)) for w in review.waves]
    if review.hasCriteria:
        lines.append("eligibility: " + yaml({"all of": CRITERIA}))
    lines += ["selection:", "  steps:"] + ["    - " + yaml(stepYaml(s)) for s in review.steps]
    if any(s.kind == "chart" for s in review.steps):
        lines.append("charting: " + yaml({"main form": {"items": FORM}}))
    lines += ["exports:"] + ["  - " + yaml(e) for e in review.exports]
    return "\n".join(lines) + "\n"


# ---- at random

BASES = [("Somebase", "databases", "ris numbered"), ("Medbase", "databases", "nbib"), ("Scopus", "databases", "scopus"),
         ("Listbase", "databases", "csv"), ("Plainbase", "databases", "ris"), ("Trials", "registers", "csv numbered"),
         ("experts: practice", "other methods", "csv numbered"), ("hand search", "other methods", "ris"),
         ("citation searching", "other methods", "scopus")]
EXPORTS = [{"write": "out/prisma.svg", "using": "prisma"}, {"write": "out/prisma.csv", "using": "prisma", "format": "csv"},
           {"write": "out/funnel.csv", "using": "funnel"}, {"write": "out/agreement.md", "using": "agreement", "format": "markdown"},
           {"write": "out/included.ris", "using": "ris"}, {"write": "out/included.json", "using": "csl-json"},
           {"write": "out/excluded.csv", "using": "csv", "of": "excluded"}, {"write": "out/unique.xml", "using": "endnote-xml", "of": "unique records"},
           {"write": "out/overlap.svg", "using": "overlap", "of": "unique records"}]
RECORDS = {"write": "out/records.csv", "using": "csv", "of": "all records"}


def newSource(rng, base, group, form, wave, works):
    """A source with its files; some entries stand twice."""
    files = []
    for part in range(1 if rng.random() < 0.8 else 2):
        own = [n for n in works if rng.random() < (0.6 if part == 0 else 0.3)] or [rng.choice(works)]
        if rng.random() < 0.06:
            own.append(rng.choice(own))
        rng.shuffle(own)
        name = "exports/%s-%s-%d.%s" % (wave, base.split(":")[0].replace(" ", "-").lower(), part + 1, EXTENSIONS[form])
        files.append(Export(name, own))
    return Source(base, base, group, form, files)


def randomWave(rng, name, date, works):
    count = rng.randint(1, 4)
    bases = rng.sample(BASES, count)
    if all(group == "other methods" for _, group, _ in bases):
        bases[0] = rng.choice(BASES[:5])
    return Wave(name, date, [newSource(rng, base, group, form, name, works) for base, group, form in bases])


def readersOf(rng, reviewers, allowShare):
    first = rng.choice(reviewers)
    others = [r for r in reviewers if r != first]
    if not others or rng.random() < 0.45:
        return [(first, "all")]
    second = rng.choice(others)
    return [(first, "all"), (second, rng.choice(["20%", "34%", "0.5"]) if allowShare and rng.random() < 0.6 else "all")]


def randomStep(rng, kind, name, reviewers):
    step = Step(name, kind, readersOf(rng, reviewers, True) if kind in ("screen", "full text") else [(rng.choice(reviewers), "all")])
    step.label = name.replace("-", " ") if rng.random() < 0.5 else "the " + name
    step.mode = rng.choice(["confirm", "confirm", "automatic"])
    step.undecided = rng.choice(["include", "include", "include", "exclude", "wait"])
    if kind == "full text":
        step.kind, step.isFullText = "screen", True
    if kind == "language":
        step.keep = ["English"] if rng.random() < 0.7 else ["English", "German"]
    if kind == "types":
        step.exclude = rng.choice([["editorial"], ["editorial", "conference paper"]])
    if kind == "map":
        step.exclude = rng.sample(list(CATEGORIES), rng.randint(0, 2))
    if kind == "screen":
        step.together = rng.random() < 0.8
    if step.kind == "screen":
        step.reasonsTogether = rng.random() < 0.25
    if kind == "chart" and len(reviewers) > 1 and rng.random() < 0.3:
        step.readers = [(r, "all") for r in reviewers[:2]]
    return step


SHAPE = [("duplicates", "duplicates", 0.9), ("language", "language", 0.55), ("types", "types", 0.45), ("topic", "topic", 0.25),
         ("people", "not-ours", 0.3), ("screen", "screen", 0.8), ("map", "design", 0.35), ("full text", "full-text", 0.6),
         ("full text", "full-text-2", 0.15), ("map", "field", 0.15), ("people", "late-look", 0.1), ("language", "late-language", 0.08),
         ("screen", "late-screen", 0.1), ("chart", "charting", 0.25)]


def randomSteps(rng, reviewers):
    steps = [randomStep(rng, kind, name, reviewers) for kind, name, share in SHAPE if rng.random() < share]
    if not steps or all(s.kind == "chart" for s in steps):
        steps.insert(0, randomStep(rng, "screen", "screen", reviewers))
    if rng.random() < 0.12:
        charts = [s for s in steps if s.kind == "chart"]
        others = [s for s in steps if s.kind != "chart"]
        rng.shuffle(others)
        steps = others + charts
    return steps


def randomReview(rng, seed):
    reviewers = rng.sample(["KBAA", "ON", "ME", "Åse"], rng.randint(1, 3))
    works = list(range(1, rng.randint(4, 14)))
    waves = [randomWave(rng, "first", "2020-08-31", works)]
    if rng.random() < 0.45:
        later = works + list(range(len(works) + 1, len(works) + rng.randint(2, 6)))
        waves.append(randomWave(rng, "update", "2020-12-15", later[len(works) // 2:]))
    steps = randomSteps(rng, reviewers)
    exports = [RECORDS] + rng.sample(EXPORTS, rng.randint(1, 4))
    if any(s.kind == "chart" for s in steps):
        exports.append({"write": "out/charting.csv", "using": "charting"})
    return Review(seed, reviewers, waves, steps, rng.random() < 0.6, exports)
