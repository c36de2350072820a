#!/usr/bin/env python3
"""`winnow screen` in a real browser: read by keyboard, killed between key press and answer, two windows, a blind second reader; and
what `winnow run` makes of it."""
import argparse
import csv
import io
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback

import browser
import made_pack
import screening

H1 = "document.querySelector('h1')"
STEP = "title-and-abstract"


def equal(found, expected):
    assert found == expected, f"{found!r} instead of {expected!r}"


class Setting:
    """A review in a folder, its server, and a browser for each reader: a cookie knows one."""

    def __init__(self, winnow, folder, records=12, share="all", more=(), yaml=screening.REVIEW):
        self.winnow, self.folder = winnow, screening.write_review(folder, records, share, yaml)
        with open(self.folder / "medline.ris", "a") as file:
            file.write("".join(more))
        self.server, self.browsers = screening.Server(winnow, folder), []

    def read(self, reader, step=None, **size):
        self.browsers.append(browser.Browser())
        tab = self.browsers[-1].tab(self.server.links[reader], **size)
        tab.until(H1)
        if step:
            take(tab, step)
        return tab

    def rows(self, name):
        path = self.folder / "decisions" / name
        return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""))) if path.exists() else []

    def run(self):
        return subprocess.run([self.winnow, "run"], cwd=self.folder, capture_output=True, text=True)

    def close(self):
        for one in self.browsers:
            one.close()
        if self.server.process.poll() is None:
            self.server.process.send_signal(signal.SIGCONT)
            self.server.kill()


def take(tab, step):
    tab.js(f"(() => {{ const s = document.querySelector('select.steps'); s.value = '{step}'; s.dispatchEvent(new Event('change')); }})()")
    tab.until(f"location.hash === '#step={step}'")
    tab.until(H1)


def decided(tab, done, key, *more):
    tab.press(key)
    if more:
        tab.until("document.querySelector('dialog[open]')")
        for one in more:
            tab.press(one)
    tab.until(f"document.querySelector('.count').innerText.startsWith('{done} of')")


WORDS = [("i", (), "include", ""), ("e", ("2",), "exclude", "animals"), ("u", (), "maybe", ""), ("e", ("1",), "exclude", "adults")]


def by_keyboard(the):
    """200 records, read to the end; what stands in the file is what was said."""
    tab = the.read("ANNA")
    begin = time.monotonic()
    for i in range(200):
        key, more, _, _ = WORDS[i % 4]
        decided(tab, i + 1, key, *more)
        if i < 199:
            tab.until("document.activeElement.tagName === 'H1'")
    tab.until("document.querySelector('.finish')")
    equal(tab.text(".finish h1"), "All 200 are decided.")
    print(f"    200 records in {time.monotonic() - begin:.1f} s")
    rows = the.rows(f"{STEP}-ANNA.csv")
    equal([(row["decision"], row["reason"]) for row in rows], [WORDS[i % 4][2:] for i in range(200)])
    equal(len({row["record"] for row in rows}), 200)
    equal(tab.js("document.querySelectorAll('.finish a').length"), 1)  # own decisions to take along


def undo_and_reload(the):
    tab = the.read("ANNA")
    decided(tab, 1, "i")
    decided(tab, 2, "e", "2")
    title = tab.text("h1")
    tab.reload()
    tab.until(f"{H1} && {H1}.innerText === {json.dumps(title)}")
    equal(tab.text(".count"), "2 of 12")
    decided(tab, 1, "z")
    decided(tab, 2, "u")
    equal([row["decision"] for row in the.rows(f"{STEP}-ANNA.csv")], ["include", "exclude", "taken back", "maybe"])
    tab.open("data:text/html,elsewhere")
    tab.open(the.server.links["ANNA"])  # once more: nobody goes on as somebody else without noticing
    tab.until("document.querySelector('.alone button')")
    assert "ANNA reads" in tab.text(".alone"), tab.text(".alone")
    tab.click(".alone button")
    tab.until("document.querySelector('.count') && document.querySelector('.count').innerText === '2 of 12'")


def killed_before_the_answer(the):
    """kill -9 between key press and answer: never said to be saved, never twice in the file; the next link goes on."""
    tab = the.read("ANNA")
    decided(tab, 1, "i")
    title = tab.text("h1")
    os.kill(the.server.process.pid, signal.SIGSTOP)  # it has the key press, and cannot answer
    tab.press("e")
    tab.until("document.querySelector('dialog[open]')")
    tab.press("2")
    tab.until("document.querySelector('.status').innerText === 'Saving…'")
    the.server.kill()
    tab.until("!document.querySelector('.trouble').hidden")
    equal((tab.text("h1"), tab.text(".count"), tab.text(".status")), (title, "1 of 12", "Not saved yet"))
    the.server = screening.Server(the.winnow, the.folder, "--port", str(the.server.port))
    tab.until("document.querySelector('.alone') || document.querySelector('.count').innerText.startsWith('2 of')")
    if tab.js("!!document.querySelector('.alone')"):  # the server that started knows nobody yet
        tab.open(the.server.links["ANNA"])
        tab.until("document.querySelector('.reading h1') && document.querySelector('.count').innerText")  # what says "start again" has a heading, too
    if tab.text(".count") == "1 of 12":
        equal(tab.text("h1"), title)
        decided(tab, 2, "e", "2")
    rows = the.rows(f"{STEP}-ANNA.csv")
    equal([(row["decision"], row["reason"]) for row in rows], [("include", ""), ("exclude", "animals")])


def two_windows(the):
    tab = the.read("ANNA")
    other = the.browsers[0].tab(the.server.address + "/")
    other.until(H1)
    decided(tab, 1, "i")
    other.press("e")
    other.until("document.querySelector('dialog[open]')")
    other.press("2")
    other.until("document.querySelector('dialog[open] h2').innerText === 'Decided in another window'")
    other.press("Enter")
    other.until("document.querySelector('.chip.include')")
    other.press("u")  # now knowing of it
    other.until("document.querySelector('.position').innerText.startsWith('2 of')")
    equal([row["decision"] for row in the.rows(f"{STEP}-ANNA.csv")], ["include", "maybe"])


def blind_second_reader(the):
    """The second reader has a drawn half, which stays; nothing that the first one said is in any byte that the second one gets."""
    drawn = (the.folder / "review.assignments.csv").read_bytes()
    first = the.read("ANNA")
    for i in range(11):  # all but one: the step stays blind to the end
        decided(first, i + 1, "e", "2")
    first.press("k")
    first.until("document.querySelector('.chip.exclude')")
    first.press("n")
    first.until("document.querySelector('dialog[open]')")
    first.type("quixotic remark of the first reader")
    first.press("Enter", modifiers=2)
    first.until("document.querySelector('.remarks')")
    second = the.read("BO")
    equal(second.text(".count"), "0 of 6")
    for i in range(6):
        decided(second, i + 1, "i")
        if i == 0:
            second.press("/")  # the list as well
            second.until("document.activeElement.type === 'search'")
            second.press("Escape")
            second.until("document.querySelector('.list').hidden")
    bodies = second.bodies()
    assert len(bodies) > 12, len(bodies)
    for address, body in bodies.items():
        if "/api/" in address:
            for trace in ("quixotic", "ANNA", '"decision":"exclude"', '"state":"exclude"', '"exclude":1'):
                assert trace not in body, (address, trace, body[:3000])
    equal(second.text(".reader"), "BO")
    equal((the.folder / "review.assignments.csv").read_bytes(), drawn)


HOSTILE = [f"TY  - JOUR\nTI  - {title} {i}\nAU  - {title}\nKW  - {title}\nAB  - {title} <b>bold</b>\nUR  - javascript:document.title='owned'\nER  - \n\n"
           for i, title in enumerate(made_pack.HOSTILE[:3])]


def hostile_records(the):
    tab = the.read("ANNA")
    seen = without_abstract = 0
    for i in range(15):
        tab.until(f"document.querySelector('.position').innerText.startsWith('{i + 1} of')")
        seen += "document.title" in tab.text("h1")
        without_abstract += tab.js("!!document.querySelector('.abstract.missing')")
        equal(tab.js("document.querySelectorAll('main script, main img, main svg, main b').length"), 0)
        equal(tab.js("[...document.querySelectorAll('main a')].filter((a) => !/^https?:$/.test(a.protocol)).length"), 0)
        tab.press("j")
    equal((seen, without_abstract), (3, 2))
    tab.press("/")
    tab.click(".filters input[type=checkbox]")
    tab.until("document.querySelector('.matching').innerText === '2 records'")
    assert "owned" not in tab.js("document.title")
    equal([fault for fault in tab.faults() if "401" not in fault], [])


def mapped_and_run(the):
    """The steps after one another, as they open; `winnow run` agrees with the page."""
    for reader in ("ANNA", "BO"):
        tab = the.read(reader)
        for i in range(12):
            decided(tab, i + 1, *(("e", "2") if i < 4 else ("i",)))
    tab = the.browsers[0].tab(the.server.address + "/")
    tab.until(H1)
    take(tab, "design")
    for i in range(8):
        decided(tab, i + 1, "1")
    equal([row["category"] for row in the.rows("design-ANNA.csv")], ["trial"] * 8)
    code, errors = the.server.stop()
    equal(code, 0)
    run = the.run()
    assert "12 -> 8" in run.stdout, run.stdout + run.stderr
    assert "decisions." not in run.stderr, run.stderr


def highlighted_words(the):
    """What review.yaml says is marked, on the page of the server and in a pack."""
    the.server.stop()
    text = (the.folder / "review.yaml").read_text()
    (the.folder / "review.yaml").write_text(text.replace("      reason: required\n", "      reason: required\n      highlight: {include: [walk*], exclude: [heart]}\n", 1))
    made = subprocess.run([the.winnow, "screen", "pack", "--reader", "ANNA", "-o", "ANNA.html", "review.yaml"], cwd=the.folder, capture_output=True, text=True)
    equal(made.returncode, 0)
    the.server = screening.Server(the.winnow, the.folder)
    tab = the.read("ANNA")
    the.browsers.append(browser.Browser())
    for one in (tab, the.browsers[-1].tab((the.folder / "ANNA.html").as_uri())):
        one.until(H1)
        marked = lambda kind: set(one.js(f"[...document.querySelectorAll('mark.{kind}')].map((mark) => mark.innerText.replace(/^[+\u2212]/, ''))"))
        seen = [set(), set()]
        for _ in range(6):
            seen[0] |= marked("include")
            seen[1] |= marked("exclude")
            one.press("j")
            time.sleep(0.1)
        equal(seen, [{"walking"}, {"heart"}])


def conflict_and_joint_resolution(the):
    """Two readers differ on one record; nobody sees it before both have read all; then they agree."""
    tabs = {}
    for reader in ("ANNA", "BO"):
        tabs[reader] = the.read(reader)
        for i in range(12):
            decided(tabs[reader], i + 1, *(("e", "2") if reader == "BO" and i == 3 else ("i",)))
            if reader == "ANNA":
                assert "conflicts" not in tabs[reader].text("select.steps"), "conflicts before both have read"
    tab = tabs["ANNA"]
    tab.reload()
    tab.until(f"document.querySelector('option[value=conflicts-of-{STEP}]')")
    take(tab, f"conflicts-of-{STEP}")
    tab.until("document.querySelector('.votes')")
    said = tab.text(".votes")
    assert "ANNA included" in said and "BO excluded: about animals" in said, said
    tab.click("input[name=final][value=exclude]")
    tab.js("(() => { const s = document.querySelector('#resolution-reason'); s.value = 'animals'; s.dispatchEvent(new Event('input', {bubbles: true})); })()")
    for reader in ("ANNA", "BO"):
        tab.click(f"input[name=by][value={reader}]")
    tab.press("Enter", modifiers=2)
    tab.until("document.querySelector('.finish')")
    equal(tab.text(".finish h1"), "All conflicts are resolved.")
    equal(the.server.stop()[0], 0)
    files = list((the.folder / "decisions").glob("resolutions-title*"))
    equal(len(files), 1)
    rows = the.rows(files[0].name)
    equal([(sorted(row["by"].replace(";", " ").split()), row["decision"], row["reason"]) for row in rows], [(["ANNA", "BO"], "exclude", "animals")])
    run = the.run()
    assert "12 -> 11" in run.stdout, run.stdout + run.stderr
    # Neither vote was touched.
    equal([len(the.rows(f"{STEP}-{reader}.csv")) for reader in ("ANNA", "BO")], [12, 12])


def pack_equals_server(the):
    """The same decisions in a file without a server, saved and put among the decisions: `winnow run` writes the same bytes."""
    twin = pathlib.Path(tempfile.mkdtemp(prefix="winnow-pack-"))
    screening.write_review(twin)
    made = subprocess.run([the.winnow, "screen", "pack", "--reader", "ANNA", "-o", "ANNA.html", "review.yaml"], cwd=twin, capture_output=True, text=True)
    equal((made.returncode, (twin / "ANNA.html").exists()), (0, True))
    the.browsers.append(browser.Browser(twin / "downloads"))
    offline = the.browsers[-1].tab((twin / "ANNA.html").as_uri())
    offline.until(H1)
    online = the.read("ANNA")
    for tab in (offline, online):
        for i in range(12):
            decided(tab, i + 1, WORDS[i % 4][0], *WORDS[i % 4][1])
        decided(tab, 11, "z")
        decided(tab, 12, "u")
    saved = twin / "downloads" / f"{STEP}-ANNA.csv"
    offline.save_file(saved)
    equal([request for request in offline.requests() if not request.startswith(("file:", "data:", "blob:"))], [])
    (twin / "decisions").mkdir(exist_ok=True)
    shutil.copy(saved, twin / "decisions")
    without = lambda rows: [{name: value for name, value in row.items() if name not in ("time", "change")} for row in rows]
    found = list(csv.DictReader(io.StringIO(saved.read_bytes().decode("utf-8-sig"), newline="")))
    equal(without(found), without(the.rows(f"{STEP}-ANNA.csv")))
    equal(the.server.stop()[0], 0)
    runs = [subprocess.run([the.winnow, "run"], cwd=folder, capture_output=True, text=True) for folder in (the.folder, twin)]
    equal(runs[0].returncode, runs[1].returncode)
    files = sorted(path.relative_to(twin) for path in (twin / "out").rglob("*") if path.is_file())
    assert files, "nothing was written"
    for name in files:
        equal((name, (the.folder / name).read_bytes() == (twin / name).read_bytes()), (name, True))
    shutil.rmtree(twin)


def answer(tab, item, text):
    """As a reader types it: the field gets the text, hears of it and is left."""
    tab.js(f"(() => {{ const f = document.querySelector('#item-{item}'); f.focus(); f.value = {json.dumps(text)}; f.dispatchEvent(new Event('input')); f.blur(); }})()")


def charting_with_a_wrong_value(the):
    """The form in the browser: what is wrong is said at its field, nothing is saved; corrected, `winnow run` counts it."""
    tab = the.read("ANNA")
    tab.until("document.querySelector('#item-5')")
    equal((tab.js("document.querySelector('#item-1').value"), tab.js("document.querySelector('#item-2').value")), ("Author0", "1990"))
    equal(tab.js("document.querySelector('#item-8').closest('.item').hidden"), True)
    tab.click("input[name=item-3][value=trial]")
    equal(tab.js("document.querySelector('#item-8').closest('.item').hidden"), False)  # asked of trials
    tab.click("input[name=item-4][value=staff]")
    answer(tab, "5", "twelve")
    tab.until("document.querySelector('#item-5-fault:not([hidden])')")
    tab.press("Enter", modifiers=2)
    tab.until("document.querySelector('.summary:not([hidden])')")
    equal((tab.text(".count"), tab.js("document.activeElement.id"), the.rows("main-form-ANNA.csv")), ("0 of 2", "item-5", []))
    tab.reload()  # half an hour of typing is still there
    tab.until("document.querySelector('#item-5')")
    equal(tab.js("document.querySelector('#item-5').value"), "twelve")
    answer(tab, "5", "12")
    answer(tab, "6", "71,5")
    answer(tab, "9", "it helped")
    answer(tab, "9-page", "3-4")
    tab.press("Enter", modifiers=2)
    tab.until("document.querySelector('.count').innerText === '1 of 2'")
    tab.until("document.querySelector('#item-1').value === 'Author1'")
    tab.press("Enter", modifiers=2)
    tab.until("document.querySelector('.finish')")
    second = int(time.time())
    found = {column: cell for column, cell in the.rows("main-form-ANNA.csv")[0].items() if column[0].isdigit() and cell}
    equal(found, {"1. Author": "Author0", "2. Year": "1990", "3. Design": "trial", "4. Population": "staff", "5. Participants": "12",
                  "6. Mean age": "71.5", "9. Finding": "it helped (pp. 3-4)"})
    equal(the.server.stop()[0], 0)
    run = the.run()
    equal((run.returncode, "charting." in run.stderr), (0, False))
    assert "it helped (pp. 3-4)" in (the.folder / "out/charting.csv").read_text()
    # the same form in a pack: what it saves is a file of the same kind, later than the server's, and `winnow run` takes it
    subprocess.run([the.winnow, "screen", "pack", "--reader", "ANNA", "-o", "ANNA.html", "review.yaml"], cwd=the.folder, capture_output=True, check=True)
    the.browsers.append(browser.Browser(the.folder / "downloads"))
    offline = the.browsers[-1].tab((the.folder / "ANNA.html").as_uri())
    offline.until(H1)
    while time.time() < second + 1:  # of two files that name one second neither is later: that is reported (case run/charted-in-two-files)
        time.sleep(0.02)
    offline.click(".finish button")  # all are answered: the first of them
    offline.until("document.querySelector('#item-5')")
    answer(offline, "5", "14")
    offline.press("Enter", modifiers=2)
    offline.until("document.querySelector('.save-file').innerText.includes('(1)')")
    saved = the.folder / "downloads/main-form-ANNA.csv"
    offline.save_file(saved)
    equal(saved.read_bytes().split(b"\r\n")[0], (the.folder / "decisions/main-form-ANNA.csv").read_bytes().split(b"\r\n")[0])
    shutil.copy(saved, the.folder / "decisions/main-form-ANNA-pack.csv")
    run = the.run()
    equal((run.returncode, "[charting." in run.stderr), (0, False))
    assert ",14," in (the.folder / "out/charting.csv").read_text()
    equal([fault for fault in tab.faults() if "401" not in fault], [])


def full_text_beside_the_form(the):
    """The PDF of the record stands beside what is filled in; another record has none."""
    the.server.stop()
    (the.folder / "pdf").mkdir()
    (the.folder / "pdf" / "10.5555_walk.0.pdf").write_bytes(screening.PDF)
    text = (the.folder / "review.yaml").read_text()
    (the.folder / "review.yaml").write_text(text.replace("sources:", "full_texts: pdf\nsources:", 1))
    the.server = screening.Server(the.winnow, the.folder)
    tab = the.read("ANNA")
    tab.until("document.querySelector('.full-text iframe') && document.querySelector('#item-5')")
    address = tab.js("document.querySelector('.full-text iframe').src")
    answered = [event["params"]["response"] for event in tab.browser.events if event.get("method") == "Network.responseReceived" and event["params"]["response"]["url"] == address]
    equal([(one["status"], one["mimeType"]) for one in answered], [(200, "application/pdf")])
    answer(tab, "5", "12")
    tab.press("Enter", modifiers=2)
    tab.until("document.querySelector('.count').innerText === '1 of 2'")
    tab.until("document.querySelector('#item-1').value === 'Author1'")
    equal(tab.js("!!document.querySelector('.full-text')"), False)
    equal([fault for fault in tab.faults() if "401" not in fault], [])


CASES = {full_text_beside_the_form: 2, charting_with_a_wrong_value: 2, highlighted_words: 12, conflict_and_joint_resolution: 12, pack_equals_server: 12, by_keyboard: 200, undo_and_reload: 12, killed_before_the_answer: 12, two_windows: 12, blind_second_reader: 12, hostile_records: 12, mapped_and_run: 12}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--winnow", required=True)
    parser.add_argument("--only", help="cases whose names hold this")
    arguments = parser.parse_args()
    arguments.winnow = os.path.abspath(arguments.winnow)
    if not browser.CHROMIUM:
        print("skipped: no chromium (cmake/install-packages installs it)")
        return 77
    failed = 0
    for case, records in CASES.items():
        if arguments.only and arguments.only not in case.__name__:
            continue
        with tempfile.TemporaryDirectory(prefix="winnow-screen-") as folder:
            yaml = screening.CHARTING.replace("READERS", "[ANNA]") if case in (charting_with_a_wrong_value, full_text_beside_the_form) else screening.REVIEW
            the = Setting(arguments.winnow, folder, records, "50%" if case is blind_second_reader else "all", HOSTILE if case is hostile_records else (), yaml)
            begin = time.monotonic()
            try:
                case(the)
                print(f"ok      {case.__name__} ({time.monotonic() - begin:.1f} s)")
            except (AssertionError, browser.PageError) as error:
                failed += 1
                print(f"FAILED  {case.__name__}: {error}")
                traceback.print_exc(limit=-2)  # where: an assertion may have no words of its own
            finally:
                the.close()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
