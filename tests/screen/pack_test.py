#!/usr/bin/env python3
"""The screening page as a file of its own, in a real browser: decided by keyboard, reloaded, saved, read back by `winnow run`."""
import argparse
import csv
import io
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import traceback

import browser
import made_pack

H1 = "document.querySelector('h1')"


class Page:
    """A pack in a tab, and what a reader sees of it."""

    def __init__(self, in_browser, built, folder, data, step="title-and-abstract", **size):
        self.data, self.file = data, folder / f"pack-{time.monotonic_ns()}.html"
        made_pack.write(built, self.file, data)
        self.address = f"{self.file.as_uri()}#step={step}"
        self.tab = in_browser.tab(self.address, **size)
        self.tab.until(H1)

    def title(self):
        return self.tab.text("h1")

    def count(self):
        return self.tab.text(".count")

    def live(self):
        return self.tab.text("p[aria-live]")

    def decided(self, key, done, *more):
        """Presses a key, and keys in the dialog that it opens; waits until the decision is kept."""
        self.tab.press(key)
        if more:
            self.tab.until("document.querySelector('dialog[open]')")
            for one in more:
                self.tab.press(one)
        self.tab.until(f"document.querySelector('.count').innerText.startsWith('{done} of')")

    def close_dialog(self):
        self.tab.press("Escape")
        self.tab.until("!document.querySelector('dialog')")

    def saved(self, folder, name):
        """The rows of the file that F saves."""
        path = folder / name
        path.unlink(missing_ok=True)
        self.tab.save_file(path)
        return path.read_bytes()


def rows_of(data):
    assert data.startswith(b"\xef\xbb\xbf") and data.endswith(b"\r\n")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def equal(found, expected):
    assert found == expected, f"{found!r} instead of {expected!r}"


WORDS = [("i", (), "include", ""), ("e", ("2",), "exclude", "meeting"), ("u", (), "maybe", ""), ("e", ("Enter",), "exclude", "")]


def two_hundred_by_keyboard(the):
    page = the.page(made_pack.pack(200))
    times = []
    for i in range(200):
        key, more, _, _ = WORDS[i % 4]
        equal(page.title(), page.data["records"]["title-and-abstract"][i]["title"] or "No title")
        begin = time.monotonic()
        page.decided(key, i + 1, *more)
        times.append(time.monotonic() - begin)
        if i < 199:
            assert the.tab.js("document.activeElement.tagName") == "H1", "the focus is not on the title"
        if i == 1:
            equal(page.live(), "excluded, not met: an offer at which people meet at least monthly; 2 of 200")
    equal(page.title(), "All 200 are decided.")
    rows = rows_of(page.saved(the.downloads, "title-and-abstract-ON.csv"))
    equal([(row["record"], row["decision"], row["reason"]) for row in rows],
          [(one["id"], *WORDS[i % 4][2:]) for i, one in enumerate(page.data["records"]["title-and-abstract"])])
    equal(len({row["change"] for row in rows}), 200)
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", row["time"]) for row in rows)
    print(f"    a decision until the next record is there: median {1000 * sorted(times)[100]:.0f} ms, longest {1000 * max(times):.0f} ms, the driver's polling included")


def undo(the):
    page = the.page(made_pack.pack(12))
    page.decided("i", 1)
    page.decided("e", 2, "1")
    page.decided("z", 1)
    equal(page.title(), page.data["records"]["title-and-abstract"][1]["title"])
    equal(page.live(), "taken back; 1 of 12")
    page.decided("u", 2)
    rows = rows_of(page.saved(the.downloads, "title-and-abstract-ON.csv"))
    equal([row["decision"] for row in rows], ["include", "exclude", "taken back", "maybe"])
    # An older decision is changed, and the change taken back: the decision before it stands again.
    the.tab.press("k")
    the.tab.until(f"{H1}.innerText === {json.dumps(page.data['records']['title-and-abstract'][1]['title'])}")
    the.tab.press("i")
    the.tab.until("document.querySelector('.position').innerText.startsWith('3 of')")
    the.tab.press("z")
    the.tab.until("document.querySelector('.chip.undecided')")
    equal([row["decision"] for row in rows_of(page.saved(the.downloads, "title-and-abstract-ON.csv"))][4:], ["include", "maybe"])


def reload_in_the_middle(the):
    page = the.page(made_pack.pack(12))
    for i in range(5):
        page.decided("i", i + 1)
    equal(the.tab.warnings_on_leaving(), 0)
    the.tab.reload()
    the.tab.until(H1)
    equal(the.tab.warnings_on_leaving(), 1)  # decisions that are in no file
    equal(page.count(), "5 of 12")
    equal(page.title(), page.data["records"]["title-and-abstract"][5]["title"])
    page.decided("z", 4)  # undo goes on where it was
    equal(len(rows_of(page.saved(the.downloads, "title-and-abstract-ON.csv"))), 6)
    the.tab.reload()
    the.tab.until(H1)
    equal(the.tab.warnings_on_leaving(), 1)  # all is in the file: none more


def two_windows(the):
    page = the.page(made_pack.pack(12))
    other = the.browser.tab(page.address)
    other.until(H1)
    page.decided("i", 1)
    other.press("e")
    other.until("document.querySelector('dialog[open]')")
    other.press("4")
    other.until("document.querySelector('dialog[open] h2').innerText === 'Decided in another window'")
    assert "It says now: included. You said: excluded, not English" in other.text("dialog")
    other.press("Enter")  # keep that
    other.until("document.querySelector('.chip.include')")
    equal(len(rows_of(page.saved(the.downloads, "title-and-abstract-ON.csv"))), 1)
    other.close()


def hostile_records(the):
    page = the.page(made_pack.pack(12))
    for i in range(12):
        the.tab.until(f"document.querySelector('.position').innerText.startsWith('{i + 1} of')")
        equal(the.tab.js("document.querySelectorAll('main script, main img, main svg, main b, main [onerror], main [onload], main [onclick], .list img').length"), 0)
        equal(the.tab.js("[...document.querySelectorAll('main a')].filter((a) => !/^https?:$/.test(a.protocol) || a.rel !== 'noopener noreferrer').length"), 0)
        the.tab.press("j")
    assert "owned" not in the.tab.js("document.title")
    the.tab.press("/")
    the.tab.until("document.querySelector('.rows button')")
    assert "<script>" in the.tab.text(".rows")
    equal([address for address in the.tab.requests() if not address.startswith(page.file.as_uri())], ["data:,"] if "data:," in the.tab.requests() else [])


def scripts_of_the_world(the):
    page = the.page(made_pack.pack(12))
    records = page.data["records"]["title-and-abstract"]
    seen = {}
    for i in range(9):
        the.tab.until(f"document.querySelector('.position').innerText.startsWith('{i + 1} of')")
        seen[i] = the.tab.js(f"({{title: {H1}.innerText, direction: getComputedStyle({H1}).direction, marks: document.querySelectorAll('mark.include').length, missing: !!document.querySelector('.abstract.missing')}})")
        the.tab.press("j")
    equal(seen[7]["title"], records[7]["title"])
    equal((seen[0]["direction"], seen[7]["direction"]), ("ltr", "rtl"))
    assert seen[8]["marks"] >= 2, "words of a script without spaces are not found"
    equal([i for i in seen if seen[i]["missing"]], [6])


def zoom(the):
    for width, height in ((640, 400), (360, 740), (320, 640), (320, 256)):
        page = the.page(made_pack.pack(12), width=width, height=height)
        for _ in range(11):  # the one with endless words among them
            equal(the.tab.js("document.documentElement.scrollWidth - document.documentElement.clientWidth"), 0)
            equal(the.tab.js("(() => { const main = document.querySelector('main'); return main.scrollWidth - main.clientWidth; })()"), 0)
            the.tab.press("j")
        if height > 300:
            assert the.tab.js("document.querySelector('[data-action=include]').getBoundingClientRect().bottom <= innerHeight"), f"{width} x {height}: the buttons are out of sight"
            # What has the focus is not covered: the bar takes room of its own.
            equal(the.tab.js("document.querySelector('main').getBoundingClientRect().bottom <= document.querySelector('.bar').getBoundingClientRect().top + 1"), True)
        small = the.tab.js("[...document.querySelectorAll('button, select')].filter((e) => { const r = e.getBoundingClientRect(); return r.width > 0 && (r.width < 24 || r.height < 24); }).length")
        equal(small, 0)


def charting_with_a_wrong_value(the):
    page = the.page(made_pack.pack(12), step="main-form")
    field = lambda item: f"#item-{item.replace('.', '-')}"

    def fill(item, text):
        the.tab.js(f"document.querySelector('{field(item)}').focus()")
        the.tab.js(f"document.querySelector('{field(item)}').select()")
        the.tab.type(text)

    equal(the.tab.js("document.querySelector('#item-2').value"), "2000")  # filled in from the record
    fill("7", "about forty")
    fill("9", "65-18")
    fill("12", "Steady hosts matter.")
    the.tab.press("Enter", modifiers=2)
    the.tab.until("!document.querySelector('.summary').hidden")
    equal(page.count(), "0 of 12")
    equal(the.tab.text(".summary"), "4 answers need another look")
    equal(the.tab.text("#item-7-fault"), "Write a whole number, or NR if it is not reported.")
    equal(the.tab.text("#item-12-fault"), "Say where the quotation stands: its page.")
    equal(the.tab.js("document.activeElement.id"), "item-3")  # the first: required
    fill("3", "Norway")
    fill("7", "nr")
    fill("9", "18 to 65")
    fill("12-page", "12")
    equal(the.tab.js("document.querySelector('#item-5').closest('.item').hidden"), True)
    the.tab.click("input[name=item-4][value='randomised trial']")
    equal(the.tab.js("document.querySelector('#item-5').closest('.item').hidden"), False)  # asked of trials only
    fill("5", "drawn by lot")
    the.tab.click("input[name=item-6][value=sleep]")
    the.tab.click("input[name=item-6][value=loneliness]")
    the.tab.click(".add-turn")
    fill("14.2.1", "waiting list")
    the.tab.press("Enter", modifiers=2)
    the.tab.until("document.querySelector('.count').innerText.startsWith('1 of')")
    row, = rows_of(page.saved(the.downloads, "main-form-ON.csv"))
    equal((row["3. Country"], row["7. Number of participants"], row["9. Age range"], row["5. Allocation"]), ("Norway", "nr", "18 to 65", "drawn by lot"))
    equal((row["12. Main finding"], row["6. Outcomes"], row["14.2.1. Name"]), ("Steady hosts matter. (p. 12)", "loneliness; sleep", "waiting list"))


def mapping(the):
    page = the.page(made_pack.pack(12), step="study-design")
    page.decided("3", 1)
    page.decided("a", 2)  # the eleventh
    equal([row["category"] for row in rows_of(page.saved(the.downloads, "study-design-ON.csv"))], ["interview study", "editorial"])
    page = the.page(made_pack.pack(12), step="field")
    the.tab.press("5")
    the.tab.press("1")
    equal(page.count(), "0 of 12")
    page.decided("Enter", 1)
    equal([row["category"] for row in rows_of(page.saved(the.downloads, "field-ON.csv"))], ["randomised trial; observation"])


def proposal_of_a_filter(the):
    """What a filter goes by is marked; its reason is the one that Enter takes."""
    data = made_pack.pack(16)
    at = data["records"]["rules"][1]["abstract"].index("sleep and trust")
    data["records"]["rules"][1]["proposals"] = [{"by": "filters.topic", "decision": "exclude", "reason": "animals", "field": "abstract", "begin": at, "length": 15}]
    page = the.page(data, step="rules")
    page.decided("i", 1)
    equal(the.tab.text("mark.evidence"), "sleep and trust")
    assert "Filter “topic”: exclude, animals" in the.tab.text(".proposals") and "Exclude agrees" in the.tab.text(".proposals")
    page.decided("e", 2, "Enter")
    equal([row["reason"] for row in rows_of(page.saved(the.downloads, "rules-ON.csv"))], ["", "animals"])


def pairs(the):
    page = the.page(made_pack.pack(12), step="duplicates")
    assert the.tab.js("[...document.querySelectorAll('mark.differs')].map((m) => m.innerText)")[:2] == ["groups", "group"]
    page.decided("d", 1)
    the.tab.press("k")
    the.tab.until("document.querySelector('.chip.different')")
    the.tab.press("s")
    the.tab.until("document.querySelector('.finish')")
    equal([(row["record"], row["other"], row["decision"]) for row in rows_of(page.saved(the.downloads, "duplicates-ON.csv"))],
          [("r:" + "0" * 16, "r:other", "distinct"), ("r:" + "0" * 16, "r:other", "same")])


def keys_can_be_changed(the):
    page = the.page(made_pack.pack(12))
    the.tab.click(".to-settings")
    the.tab.js("(() => { const s = document.querySelector('#set-preset'); s.value = 'asreview'; s.dispatchEvent(new Event('change')); })()")
    page.close_dialog()
    page.decided("r", 1)
    page.decided("i", 2, "1")  # I is irrelevant there
    equal([row["decision"] for row in rows_of(page.saved(the.downloads, "title-and-abstract-ON.csv"))], ["include", "exclude"])
    equal(the.tab.text("[data-action=exclude] kbd"), "I")
    the.tab.click(".to-settings")
    the.tab.js("document.querySelector('#key-undecided').focus()")
    the.tab.press("r")
    equal(the.tab.text(".settings .fault"), "R is the key for “Include” already.")
    the.tab.press("w")
    the.tab.click("#set-keys")  # off: WCAG 2.1.4
    page.close_dialog()
    the.tab.press("w")
    time.sleep(0.1)
    equal(page.count(), "2 of 12")
    equal(the.tab.js("document.querySelectorAll('.bar kbd').length"), 0)
    the.tab.click("[data-action=include]")
    the.tab.until("document.querySelector('.count').innerText.startsWith('3 of')")
    the.tab.click(".to-settings")
    the.tab.click("#set-keys")
    page.close_dialog()
    page.decided("w", 4)
    the.tab.press("/")
    the.tab.until("document.activeElement.type === 'search'")
    the.tab.type("r")
    the.tab.press("w")  # in a field a letter is a letter
    time.sleep(0.1)
    equal(page.count(), "4 of 12")


def list_and_filters(the):
    page = the.page(made_pack.pack(200))
    page.decided("i", 1)
    page.decided("e", 2, "1")
    the.tab.press("/")
    the.tab.until("document.activeElement.type === 'search'")
    choose = lambda name, value: the.tab.js(f"(() => {{ const s = [...document.querySelectorAll('.filters .field')].find((f) => f.innerText.startsWith('{name}')).querySelector('select'); s.value = '{value}'; s.dispatchEvent(new Event('change')); }})()")
    shown = lambda text: the.tab.until(f"document.querySelector('.matching').innerText === '{text}'")
    choose("Show", "exclude")
    shown("1 record")
    choose("Show", "all")
    shown("200 records")
    assert the.tab.js("document.querySelectorAll('.rows li').length") < 40, "the list draws rows that nobody sees"
    the.tab.js("document.querySelector('.scroller').scrollTop = 1e6")
    the.tab.until("document.querySelector('.rows li [data-index=\"52\"]')")  # the next page came
    the.tab.click(".filters input[type=checkbox]")
    shown("1 record")
    the.tab.click(".filters input[type=checkbox]")
    the.tab.js("document.querySelector('input[type=search]').focus()")
    the.tab.type("10.5555/made.41 LONELINESS")
    shown("1 record")
    the.tab.press("Escape")
    the.tab.until("document.querySelector('.list').hidden")
    assert page.title().endswith("part 42"), page.title()


def list_on_a_phone(the):
    page = the.page(made_pack.pack(12), width=360, height=740)
    the.tab.click(".to-list")
    the.tab.until("document.activeElement.type === 'search'")
    the.tab.type("Walking")
    the.tab.until("document.querySelector('.matching').innerText === '1 record'")
    equal(the.tab.js("document.querySelector('.list').hidden"), False)  # still typing
    equal(the.tab.js("document.activeElement.type"), "search")
    the.tab.click("[data-action=include]")  # the record is out of sight
    the.tab.until("document.querySelector('.list').hidden")
    equal(page.count(), "0 of 12")
    the.tab.click(".to-list")
    the.tab.click(".rows button")
    the.tab.until("document.querySelector('.list').hidden")
    assert page.title().startswith("Walking"), page.title()


def notes_and_labels(the):
    page = the.page(made_pack.pack(12))
    the.tab.press("n")
    the.tab.until("document.querySelector('dialog[open]')")
    the.tab.type("=1+1, \"ask\" the authors")
    the.tab.press("Enter", modifiers=2)
    the.tab.until("document.querySelector('.remarks .note')")
    the.tab.press("l")
    the.tab.until("document.querySelector('dialog[open]')")
    the.tab.type("background")
    the.tab.press("Enter")
    the.tab.press("Enter")
    the.tab.until("document.querySelector('.remarks .labels')")
    page.decided("i", 1)
    data = page.saved(the.downloads, "title-and-abstract-ON.csv")
    row = rows_of(data)[-1]
    equal((row["decision"], row["note"], row["labels"]), ("include", "'=1+1, \"ask\" the authors", "background"))  # no formula for a spreadsheet
    page.decided("z", 0)
    the.tab.until("document.querySelector('.remarks .note')")  # a note is no decision: it stays


def norwegian(the):
    data = made_pack.pack(12)
    data["session"]["language"] = "no"
    page = the.page(data)
    equal(the.tab.js("document.documentElement.lang"), "no")
    the.tab.press("i")
    the.tab.until("document.querySelector('p[aria-live]').innerText === 'inkludert; 1 av 12'")
    assert page.count() == "1 av 12"


def same_texts_in_both_languages(the):
    tables = {}
    for code in ("en", "no"):
        text = (the.source / "texts" / f"{code}.ts").read_text()
        tables[code] = {key: sorted(re.findall(r"\{\w+\}", value)) for key, value in re.findall(r'^  (\w+):\s+"(.*)",$', text, re.M)}
    assert len(tables["en"]) > 100
    equal({key for key in tables["en"] if tables["en"][key] != tables["no"].get(key)} | (tables["no"].keys() - tables["en"].keys()), set())


REVIEW = """version: 1
review: {title: Meeting places}
reviewers: {ON: who reads}
sources:
  - {wave: first, searched: 2026-01-01, databases: {Invented: {files: made.ris}}}
eligibility:
  all of: {meeting: people meet at least monthly}
  none of: {animals: animals}
selection:
  steps:
    - {screen: title and abstract, by: ON, decisions: decisions/*.csv}
exports:
  - {write: out/included.csv, using: csv}
"""


def read_back_by_winnow(the):
    """A pack of the records of a real review; what was decided in it is what `winnow run` counts."""
    if not the.winnow:
        return print("    left out: no --winnow")
    folder = the.folder / "review"
    (folder / "decisions").mkdir(parents=True)
    (folder / "review.yaml").write_text(REVIEW)
    (folder / "made.ris").write_text("".join(f"TY  - JOUR\nTI  - Invented title {i}\nAU  - Berg, Nils\nPY  - 2019\nAB  - Abstract {i}.\nER  - \n\n" for i in range(8)))
    run = lambda: subprocess.run([the.winnow, "run"], cwd=folder, capture_output=True, text=True)
    equal(run().returncode, 3)  # waits for people
    sheet = list(csv.DictReader((folder / "out/sheets/title-and-abstract/ON.csv").open(encoding="utf-8-sig", newline="")))
    equal(len(sheet), 8)
    data = made_pack.pack(12)
    records = [{**data["records"]["title-and-abstract"][0], "id": row["record"], "title": row["title"], "abstract": row["abstract"], "number": row["number"], "doi": row["doi"], "year": row["year"]} for row in sheet]
    criteria = made_pack.choices(("meeting", "people meet at least monthly"), ("animals", "animals"))
    data["session"]["steps"] = [made_pack.step("title-and-abstract", "title and abstract", "screen", 8, include=criteria[:1], exclude=criteria[1:], reasons=criteria)]
    data["records"] = {"title-and-abstract": records}
    page = the.page(data)
    for i, (key, more) in enumerate([("i", ()), ("e", ("2",)), ("u", ()), ("i", ()), ("e", ("1",)), ("e", ("Enter",)), ("i", ()), ("i", ())]):
        page.decided(key, i + 1, *more)
    page.decided("z", 7)
    page.decided("e", 8, "2")
    (folder / "decisions" / "title-and-abstract-ON.csv").write_bytes(page.saved(the.downloads, "title-and-abstract-ON.csv"))
    done = run()
    assert done.returncode == 0, done.stdout + done.stderr
    included = list(csv.DictReader((folder / "out/included.csv").open(encoding="utf-8-sig", newline="")))
    titles = [row[next(key for key in row if key.lower() == "title")] for row in included]
    equal(sorted(titles), sorted(sheet[i]["title"] for i in (0, 2, 3, 6)))
    assert "warning" not in done.stderr, done.stderr


CASES = [two_hundred_by_keyboard, undo, reload_in_the_middle, two_windows, hostile_records, scripts_of_the_world, zoom, charting_with_a_wrong_value, mapping, proposal_of_a_filter, pairs, keys_can_be_changed,
         list_and_filters, list_on_a_phone, notes_and_labels, norwegian, same_texts_in_both_languages, read_back_by_winnow]


class Setting:
    """What a case works with: a browser of its own, so that nothing is kept from the case before."""

    def __init__(self, arguments, folder):
        self.built, self.source, self.winnow = pathlib.Path(arguments.page), pathlib.Path(__file__).resolve().parents[2] / "host" / "screen" / "page", arguments.winnow
        self.folder, self.downloads = folder, folder / "downloads"
        self.downloads.mkdir()
        self.browser, self.pages = browser.Browser(self.downloads), []

    def page(self, data, **more):
        self.pages.append(Page(self.browser, self.built, self.folder, data, **more))
        self.tab = self.pages[-1].tab
        return self.pages[-1]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--page", required=True, help="the built page")
    parser.add_argument("--winnow", help="the program, to read the saved file back")
    parser.add_argument("--only", help="cases whose names hold this")
    arguments = parser.parse_args()
    arguments.winnow = arguments.winnow and os.path.abspath(arguments.winnow)
    if not browser.CHROMIUM:
        print("skipped: no chromium (cmake/install-packages installs it)")
        return 77
    failed = 0
    for case in CASES:
        if arguments.only and arguments.only not in case.__name__:
            continue
        with tempfile.TemporaryDirectory(prefix="winnow-screen-") as folder:
            the = Setting(arguments, pathlib.Path(folder))
            begin = time.monotonic()
            try:
                case(the)
                faults = [fault for page in the.pages for fault in page.tab.faults()]
                assert not faults, faults
                print(f"ok      {case.__name__} ({time.monotonic() - begin:.1f} s)")
            except (AssertionError, browser.PageError) as error:
                failed += 1
                print(f"FAILED  {case.__name__}: {error}")
                traceback.print_exc(limit=-2)  # where: an assertion may have no words of its own
            finally:
                the.browser.close()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
