"""A pack of invented records: what a reader meets, kindly and hostile."""
import json
import pathlib
import random

SUBJECTS = ["Gardening groups", "Night shifts", "Library visits", "Walking meetings", "Shared meals", "Choir singing", "Bicycle commuting", "Home visits"]
PEOPLE = ["older adults", "ward nurses", "newly arrived families", "night workers", "apprentices", "volunteers in two towns"]
DESIGNS = ["a cluster randomised trial", "an interview study", "a survey", "a mixed methods study", "field notes", "a register study"]
NAMES = ["Aune, Kari", "Berg, Nils", "Costa, Lia", "Dahl, Eva", "Endo, Yuki", "Farah, Omar", "Grün, Max", "Holm, Siri"]
HOSTILE = [
    "<script>document.title='owned'</script>A title with a script", "<img src=x onerror=\"document.title='owned'\">An image in a title",
    "</script><script>document.title='owned'</script> The end of a script", "\"><svg onload=document.title='owned'> & an \u0007attribute",
]
RTL = "أثر زيارات المكتبة على كبار السن: دراسة بالمقابلات (2019)"
CJK = "図書館訪問が高齢者の孤独感に与える影響についての質的研究"


def record(i, random_):
    subject, people, design = SUBJECTS[i % len(SUBJECTS)], PEOPLE[i % len(PEOPLE)], DESIGNS[i % len(DESIGNS)]
    abstract = (f"BACKGROUND: {subject} are offered in many places, but little is known of what they mean to {people}.\n"
                f"METHODS: In {design} we followed {random_.randint(18, 400)} participants over {random_.randint(3, 24)} months and asked for loneliness, sleep and "
                "trust in neighbours. Randomised groups were compared where there were any; interviews were read by two researchers.\n"
                f"RESULTS: Loneliness fell by {random_.randint(2, 30)} per cent among those who came at least weekly. Staff named time, rooms and "
                "a steady host as what makes the offer last; a mouse model was not part of this study.\n"
                "CONCLUSION: Steady hosts matter more than programmes.")
    return {"id": f"r:{i:016x}", "title": f"{subject} and loneliness among {people}: {design}, part {i + 1}", "abstract": abstract,
            "authors": random_.sample(NAMES, 3), "firstAuthor": "", "number": str(31000000 + i), "year": str(2000 + i % 24), "journal": "Journal of Invented Neighbourhoods", "volume": str(1 + i % 30),
            "issue": str(1 + i % 4), "pages": f"{10 + i}-{19 + i}", "doi": f"10.5555/made.{i}", "pmid": "", "url": "", "language": "en", "type": "Journal Article",
            "keywords": ["loneliness", subject.lower(), "neighbourhood"], "pdf": False, "own": None, "rev": 0, "proposals": []}


def records(count):
    random_ = random.Random(7)
    made = [record(i, random_) for i in range(count)]
    if count < 12:
        return made
    for i, title in enumerate(HOSTILE):
        made[2 + i].update(title=title, abstract=title + " and more <b>text</b>", authors=[title], keywords=[title], doi="javascript:document.title='owned'",
                           url=["javascript:document.title='owned'", "data:text/html,<script>1</script>", "https://example.org/\"onclick=1", "file:///etc/passwd"][i])
    made[6].update(abstract="")
    made[7].update(title=RTL, abstract="وجدت الدراسة أن الزيارات الأسبوعية تقلل الشعور بالوحدة. " * 6, language="ar", authors=["الخطيب، ليلى"])
    made[8].update(title=CJK, abstract="週に一度の訪問は孤独感を軽減した。" * 12, language="ja", authors=["遠藤 由紀"])
    made[9].update(title="", doi="")
    made[10].update(title="W" * 300, abstract="longwordwithoutanyspaceatall" * 40)
    return made


def choices(*pairs):
    return [{"id": key, "text": text} for key, text in pairs]


INCLUDE = choices(("neighbours", "people who live at home, 18 years and older"), ("meeting", "an offer at which people meet at least monthly"), ("loneliness", "loneliness or trust is measured or described"))
EXCLUDE = choices(("language", "not English or a Nordic language"), ("clinical", "only a clinical treatment"), ("animals", "animals"))
CATEGORIES = choices(("rct", "randomised trial"), ("quasi", "quasi-experiment"), ("interview", "interview study"), ("survey", "survey"), ("observation", "observation"), ("mixed", "mixed methods"),
                     ("register", "register study"), ("review", "review"), ("theory", "theoretical paper"), ("protocol", "protocol"), ("editorial", "editorial"), ("opinion", "opinion paper"))


def item(key, name, kind, **more):
    return {"id": key, "name": name, "help": "", "type": kind, "choices": [], "required": False, "unit": "", "if": None, "group": None,
            "heading": f"{key}. {name}", **more}


ITEMS = [
    item("1", "First author", "text", **{"from": "author"}), item("2", "Year of publication", "text", **{"from": "year"}), item("3", "Country", "text", required=True),
    item("4", "Study design", "closed", choices=choices(("randomised trial",) * 2, ("interview study",) * 2, ("survey",) * 2, ("others",) * 2)),
    item("5", "Allocation", "text", **{"if": {"item": "4", "is": "randomised trial"}}, help="How people came into their group."),
    item("6", "Outcomes", "multiple", choices=choices(("loneliness",) * 2, ("sleep",) * 2, ("trust",) * 2)), item("7", "Number of participants", "whole"),
    item("8", "Mean age", "decimal", unit="years"), item("9", "Age range", "range", unit="years"), item("10", "First published", "date"), item("11", "Registered at", "link"),
    item("12", "Main finding", "quotation", help="Word by word, with its page."), item("13", "Service users took part in planning", "yes-no"),
    item("14.1.1", "Name", "text", group="Arms 1"), item("14.1.2", "Participants", "whole", group="Arms 1"), item("14.2.1", "Name", "text", group="Arms 2"),
    item("14.2.2", "Participants", "whole", group="Arms 2"),
]


def progress(total):
    return {"total": total, "open": total, "include": 0, "exclude": 0, "undecided": 0}


def step(key, name, kind, total, **more):
    return {"id": key, "name": name, "kind": kind, "question": "What do regular meeting places mean to people who live alone?", "include": INCLUDE, "exclude": EXCLUDE, "reasons": INCLUDE + EXCLUDE,
            "reasonRequired": False, "undecidedAllowed": True, "categories": [], "manyCategories": False, "items": [],
            "words": {"include": ["lonel*", "interview*", "randomi?ed", "孤独"], "exclude": ["mouse model*"]}, "blind": True, "order": "hash", "progress": progress(total), "closed": None, **more}


def pack(count=200):
    made = records(count)
    few = [dict(one) for one in made[:12]]
    for one in few:
        one["proposals"] = []
    proposed = [dict(one) for one in made[11:15]]
    for one in proposed:
        at = one["abstract"].find("loneliness") if one["abstract"] else -1
        if at >= 0:
            one["proposals"] = [{"by": "topic filter", "decision": "include", "reason": "", "field": "abstract", "begin": one["abstract"].find("sleep and trust"), "length": len("sleep and trust")}]
    other = {**made[0], "id": "r:other", "title": made[0]["title"].replace("Gardening groups", "Gardening group"), "year": "2001", "doi": "", "volume": "2", "authors": made[0]["authors"][:2]}
    steps = [
        step("title-and-abstract", "title and abstract", "screen", count), step("rules", "clearly another topic", "screen", len(proposed)),
        step("full-text", "full text", "full-text", len(few), reasonRequired=True, notRetrieved=True),
        step("study-design", "study design", "map", len(few), categories=CATEGORIES), step("field", "field of research", "map", len(few), categories=CATEGORIES[:5], manyCategories=True),
        step("main-form", "main form", "chart", len(few), items=ITEMS, formVersion="1"), step("duplicates", "duplicates", "pairs", 1),
        step("later", "later step", "screen", 0, closed="13 records wait at full text first"),
    ]
    return {"session": {"reader": {"id": "ON", "name": "second author"}, "review": {"title": "Meeting places and loneliness: a scoping review"}, "language": "en", "steps": steps, "keys": "winnow",
                        "program": "winnow 0.0"},
            "records": {"title-and-abstract": made, "rules": proposed, "full-text": few, "study-design": few, "field": few, "main-form": few},
            "pairs": [{"id": "p1", "left": made[0], "right": other, "why": ["title: 98 % alike", "same journal and pages"], "own": None}]}


PLACE = '<script type="application/json" id="pack"></script>'


def write(page, out, data):
    """Puts a pack's data into the built page."""
    text = pathlib.Path(page).read_text()
    before, after = text.split(PLACE)
    pathlib.Path(out).write_text(before + PLACE.replace("></", ">" + json.dumps(data, ensure_ascii=False).replace("<", "\\u003c") + "</") + after)
