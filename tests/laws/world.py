"""An invented library: works, and the export files that databases would give of them.

Nothing here is stored: a work follows from the world's seed and its number, an export from its works and its edition, so
that a copy of a review is a copy of a few lists. `render` gives the bytes of a file together with what each record in
it states, which is all that the recount (model.py) knows of a file.
"""
import csv, dataclasses, functools, hashlib, io

LANGUAGES = ["English"] * 8 + ["German", "Norwegian", "French"]
MEDLINE_LANGUAGES = {"English": "eng", "German": "ger", "Norwegian": "nor", "French": "fre"}
KINDS = ["article"] * 7 + ["editorial", "conference"]
DESIGNS = {"interview": "an interview study", "survey": "a survey", "trial": "a randomised trial", "none": "notes from practice"}
TOPICS = {"none": "daily work", "school": "school classes", "bank": "bank clerks"}
SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu bra cle dri flo gru sta tre pli kno".split()


def chance(*keys):
    """A number from 0 to 1 that hangs on the keys alone."""
    return int.from_bytes(hashlib.sha256(repr(keys).encode()).digest()[:6], "big") / 2.0**48


def choose(options, *keys):
    return options[int(chance(*keys) * len(options))]


def word(*keys):
    return "".join(choose(SYLLABLES, i, *keys) for i in range(4))


@dataclasses.dataclass(frozen=True)
class Work:
    number: int
    title: str
    authors: tuple
    year: str
    journal: str
    volume: str
    issue: str
    first: str
    last: str
    doi: str
    pmid: str
    language: str
    kind: str
    design: str
    topic: str


@functools.lru_cache(4096)
def work(seed, number):
    """The work of that number in the world of that seed."""
    w = lambda *keys: word(seed, number, *keys)
    design, topic = choose(list(DESIGNS), seed, number, "design"), choose(["none"] * 5 + ["school", "bank"], seed, number, "topic")
    accent = lambda name, key: name + ("é" if chance(seed, number, key) < 0.2 else "")
    authors = tuple((accent(w("family", i).title(), i), w("given", i).title()) for i in range(1 + int(3 * chance(seed, number, "authors"))))
    first = 11 + int(900 * chance(seed, number, "page"))
    return Work(number, "%s %s and %s: %s" % (w("a").title(), w("b"), w("c"), DESIGNS[design]), authors,
                str(1990 + int(30 * chance(seed, number, "year"))), "Journal of " + w("journal").title(),
                str(1 + int(60 * chance(seed, number, "volume"))), str(1 + number % 6), str(first), str(first + 7),
                "10.5555/law.%d.%d" % (seed, number) if chance(seed, number, "doi") < 0.85 else "", str(30000000 + 10000 * (seed % 900) + number),
                choose(LANGUAGES, seed, number, "language"), choose(KINDS, seed, number, "kind"), design, topic)


# ---- export files


@dataclasses.dataclass
class Export:
    """One file. `works`: numbers in the order of the records; a number that stands twice is an entry given twice.

    `edition` rises when the same search is exported again: dates and counts change, and nothing else. `headings` are
    columns that bear another name than the one that is known; `shuffle` another order of columns.
    """
    name: str
    works: list
    edition: int = 0
    headings: dict = dataclasses.field(default_factory=dict)
    shuffle: int = 0
    encoding: str = "utf-8"
    newline: str = "\n"


@dataclasses.dataclass
class Source:
    """What delivers records in one wave. `base` is what the database is, whatever the review calls it."""
    name: str
    base: str
    group: str  # "databases", "registers", "other methods"
    format: str
    files: list
    options: dict = dataclasses.field(default_factory=dict)  # keys of the review's source: from, columns.X, encoding


@dataclasses.dataclass(frozen=True)
class Item:
    """What a record of a file states. `number` is (database, number) or None; `text` is what stands in the file."""
    work: int
    text: str
    number: tuple
    language: str  # "" unless stated
    kind: str      # likewise
    hasAbstract: bool
    hasDoi: bool


def states(seed, source, number, what, share):
    """Whether a database states something of a work; the same in every export of it."""
    return chance(seed, source.base, number, what) < share


def facts(seed, source, w):
    language = w.language if states(seed, source, w.number, "language", 0.8) else ""
    kind = w.kind if states(seed, source, w.number, "kind", 0.8) else ""
    return language, kind, states(seed, source, w.number, "abstract", 0.7)


def abstract(w):
    return "Of %s and %s." % (TOPICS[w.topic], word(w.number, w.title))


KIND_WORDS = {"article": "Journal Article", "editorial": "Editorial", "conference": "Conference Paper"}


def risText(seed, source, export, w):
    language, kind, hasAbstract = facts(seed, source, w)
    lines = ["TY  - JOUR", "TI  - " + w.title] + ["AU  - %s, %s" % a for a in w.authors]
    lines += ["PY  - " + w.year, "JO  - " + w.journal, "VL  - " + w.volume, "IS  - " + w.issue, "SP  - " + w.first, "EP  - " + w.last]
    number = None
    if source.format == "ris numbered":
        number = (source.base, "X%05d" % (w.number * 7 + len(source.base)))
        lines += ["DB  - %s <1990 to %d>" % (source.base, 2020 + export.edition), "AN  - " + number[1]]
    if w.doi:
        lines.append("DO  - " + w.doi)
    if language:
        lines.append("LA  - " + language)
    if kind:
        lines.append("M3  - " + KIND_WORDS[kind])
    if hasAbstract:
        lines.append("AB  - " + abstract(w))
    return "\n".join(lines + ["ER  - "]), Item(w.number, "", number, language, kind, hasAbstract, bool(w.doi))


def nbibText(seed, source, export, w):
    language, kind, hasAbstract = facts(seed, source, w)
    lines = ["PMID- " + w.pmid, "STAT- MEDLINE", "LR  - 2020010%d" % (1 + export.edition % 9), "DP  - " + w.year, "TI  - " + w.title + ".",
             "PG  - %s-%s" % (w.first, w.last), "VI  - " + w.volume, "IP  - " + w.issue]
    if hasAbstract:
        lines.append("AB  - " + abstract(w))
    for family, given in w.authors:
        lines += ["FAU - %s, %s" % (family, given), "AU  - %s %s" % (family, given[0])]
    if language:
        lines.append("LA  - " + MEDLINE_LANGUAGES[language])
    if kind and kind != "conference":
        lines.append("PT  - " + KIND_WORDS[kind])
    lines += ["JT  - " + w.journal] + (["AID - %s [doi]" % w.doi] if w.doi else []) + ["SO  - %s. %s" % (w.journal, w.year)]
    return "\n".join(lines), Item(w.number, "", ("pubmed", w.pmid), language, kind if kind != "conference" else "", hasAbstract, bool(w.doi))


SCOPUS_KINDS = {"article": "Article", "editorial": "Editorial", "conference": "Conference Paper"}


def row(seed, source, export, w):
    """Heading and cell of each column of a table, in its order; and what it states."""
    language, kind, hasAbstract = facts(seed, source, w)
    authors = "; ".join("%s, %s" % a for a in w.authors)
    cells = [("Authors", authors), ("Title", w.title), ("Year", w.year)]
    number = None
    if source.format == "scopus":
        number = ("scopus", "2-s2.0-85%06d" % w.number)
        cells += [("Source title", w.journal), ("Volume", w.volume), ("Issue", w.issue), ("Page start", w.first), ("Page end", w.last),
                  ("Cited by", str((w.number + 3 * export.edition) % 40)), ("DOI", w.doi), ("Abstract", abstract(w) if hasAbstract else ""),
                  ("Language of Original Document", language), ("Document Type", SCOPUS_KINDS.get(kind, "")), ("Source", "Scopus"),
                  ("EID", number[1])]
    else:
        cells += [("Journal", w.journal), ("Volume", w.volume), ("Issue", w.issue), ("Pages", "%s-%s" % (w.first, w.last)), ("DOI", w.doi),
                  ("Language", language), ("Publication Type", KIND_WORDS.get(kind, "")), ("Abstract", abstract(w) if hasAbstract else "")]
        if source.format == "csv numbered":  # a list of one's own: the numbers of two lists clash
            # Nobody says whose number it is, so it counts together with the title.
            number = ("csv " + w.title, str(1 + int(97 * chance(seed, source.base, w.number, "own number"))))
            cells.append(("Accession Number", number[1]))
    if export.headings.get("Language") and not source.options.get("columns"):
        language = ""  # the column bears a name that nobody knows
    return cells, Item(w.number, "", number, language, kind, hasAbstract, bool(w.doi))


def tableText(seed, source, export):
    rows = [row(seed, source, export, work(seed, number)) for number in export.works]
    order = list(range(len(rows[0][0]))) if rows else []
    if export.shuffle:
        order.sort(key=lambda i: chance(seed, export.shuffle, i))
    line = lambda cells: csvLine([cells[i] for i in order], export.newline)
    text, items = "", []
    if rows:
        text = line([export.headings.get(heading, heading) for heading, _ in rows[0][0]])
    for cells, item in rows:
        own = line([cell for _, cell in cells])
        text += own
        items.append(dataclasses.replace(item, text=own.strip()))
    return text, items


def csvLine(cells, newline="\r\n"):
    out = io.StringIO()
    csv.writer(out, lineterminator=newline).writerow(cells)
    return out.getvalue()


def render(seed, source, export):
    """The bytes of a file, and what each of its records states."""
    if source.format in ("scopus", "csv", "csv numbered"):
        text, items = tableText(seed, source, export)
        return text.encode(export.encoding), items
    make = nbibText if source.format == "nbib" else risText
    parts, items = [], []
    for number in export.works:
        text, item = make(seed, source, export, work(seed, number))
        parts.append(text + "\n\n")
        items.append(dataclasses.replace(item, text=text))
    return "".join(parts).replace("\n", export.newline).encode(export.encoding), items


EXTENSIONS = {"ris": "ris", "ris numbered": "ris", "nbib": "nbib", "scopus": "csv", "csv": "csv", "csv numbered": "csv"}
