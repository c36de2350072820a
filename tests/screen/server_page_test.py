#!/usr/bin/env python3
"""The screening page before a server: start link, lost answers, a server that is away, two windows, conflicts, full text."""
import argparse
import json
import pathlib
import sys
import threading
import time
import traceback

import browser
import made_pack
import stand_in

STEP = "title-and-abstract"
H1 = "document.querySelector('h1')"


class Setting:
    def __init__(self, page, data=None, conflicts=(), step=STEP, **size):
        self.server = stand_in.StandIn(page, data or made_pack.pack(12), conflicts)
        self.browser = browser.Browser()
        self.tab = self.browser.tab(self.server.link, **size)
        self.tab.until(H1)
        if step != STEP:
            self.take(step)

    def take(self, step):
        self.tab.js(f"(() => {{ const s = document.querySelector('select.steps'); s.value = '{step}'; s.dispatchEvent(new Event('change')); }})()")
        self.tab.until(f"location.hash === '#step={step}'")
        self.tab.until(H1)

    def own(self, i, step=STEP):
        return self.server.data["records"][step][i]["own"]

    def until_done(self, count, tab=None):
        (tab or self.tab).until(f"document.querySelector('.count').innerText.startsWith('{count} of')")

    def close(self):
        self.browser.close()
        self.server.close()


def equal(found, expected):
    assert found == expected, f"{found!r} instead of {expected!r}"


def start_link(page):
    the = Setting(page)
    assert "token" not in the.tab.js("location.href"), "the token stays in the address"
    the.tab.press("i")
    the.until_done(1)
    equal(the.tab.text(".status"), "Saved")
    the.tab.reload()
    the.until_done(1)  # the cookie knows the reader
    the.tab.until(H1)  # the count comes before the record; without a record a key decides nothing
    the.server.cookie = "another"
    the.tab.press("i")
    the.tab.until("document.querySelector('.alone')")
    assert "start link" in the.tab.text(".alone")
    return the


def lost_answer(page):
    the = Setting(page)
    the.server.lose_answers = 4  # the browser itself tries again on a connection that it had before
    the.tab.press("e")
    the.tab.until("document.querySelector('dialog[open]')")
    the.tab.press("4")
    the.tab.until("!document.querySelector('.trouble').hidden")
    equal(the.tab.text(".status"), "Not saved yet")  # kept already, but nobody said so
    the.tab.press("i")  # decides nothing meanwhile
    the.until_done(1)
    the.tab.until("document.querySelector('.trouble').hidden")
    equal([key for *_, key in the.server.log], [the.server.log[0][3]] * 5)
    equal((the.own(0)["decision"], the.own(0)["reason"], the.own(1)), ("exclude", "language", None))
    return the


def server_away(page):
    the = Setting(page)
    the.server.close()
    the.tab.press("i")
    the.tab.until("!document.querySelector('.trouble').hidden")
    equal(the.own(0), None)
    assert "0 of 12" == the.tab.text(".count"), "counted before it was kept"
    the.server.open()
    the.until_done(1)
    equal(the.own(0)["decision"], "include")
    equal(the.tab.text(".status"), "Saved")
    return the


def two_windows(page):
    the = Setting(page)
    other = the.browser.tab(f"http://127.0.0.1:{the.server.port}/")
    other.until(H1)
    the.tab.press("i")
    the.until_done(1)
    other.press("u")
    other.until("document.querySelector('dialog[open]')")
    other.click("dialog .main-button")  # use mine
    the.until_done(1, other)
    equal(the.own(0)["decision"], "undecided")
    equal([body.get("rev") for _, _, body, _ in the.server.log], [0, 0, 1])
    other.close()
    return the


def wrong_value_that_the_server_finds(page):
    the = Setting(page, step="main-form")
    the.tab.until("document.querySelector('#item-3')")
    the.tab.js("document.querySelector('#item-3').focus()")
    the.tab.type("Norway")
    the.server.faults = {"7": "is no whole number and not NR (not reported)"}
    the.tab.press("Enter", modifiers=2)
    the.tab.until("!document.querySelector('#item-7-fault').hidden")
    equal(the.tab.text("#item-7-fault"), "is no whole number and not NR (not reported)")
    equal(the.tab.js("document.querySelector('#item-3').value"), "Norway")
    the.server.faults = {}
    the.tab.press("Enter", modifiers=2)
    the.until_done(1)
    equal(the.own(0, "main-form")["answers"]["3"], "Norway")
    return the


def answers_survive_moving_on(page):
    the = Setting(page, step="main-form")
    the.tab.until("document.querySelector('#item-3')")
    the.tab.js("document.querySelector('#item-3').focus()")
    the.tab.type("Norway")
    the.tab.click("[data-action=next]")
    the.tab.until("document.querySelector('.position').innerText.startsWith('2 of')")
    the.tab.click("[data-action=previous]")
    the.tab.until("document.querySelector('.position').innerText.startsWith('1 of')")
    equal(the.tab.js("document.querySelector('#item-3').value"), "Norway")
    the.tab.reload()
    the.tab.until("(document.querySelector('#item-3') || {}).value === 'Norway'")  # not saved, and not lost
    assert "Answers not saved yet" in the.tab.text(".form")
    the.tab.press("Enter", modifiers=2)
    the.until_done(1)
    equal(the.tab.js("localStorage.length"), 0)  # gone with the answer, not with the next record
    the.tab.reload()
    the.until_done(1)
    equal(the.tab.js("localStorage.length"), 0)
    return the


def settings_stay(page):
    """A server that starts again has another port; what the reader set goes by."""
    the = Setting(page)
    the.tab.press("c")
    the.tab.press("h")
    the.server.close()
    the.server.port = 0
    the.server.open()
    the.tab.open(the.server.link)
    the.tab.until(H1)
    equal(the.tab.js("[document.querySelector('.panel').hidden, document.querySelectorAll('mark').length]"), [True, 0])
    return the


def conflicts(page):
    data = made_pack.pack(12)
    records = data["records"][STEP]
    votes = [{"reader": "KBAA", "decision": "include", "reason": "", "note": ""}, {"reader": "ON", "decision": "exclude", "reason": "animals", "note": "mice only"}]
    made = [{"record": records[i], "votes": votes, "resolution": None, "rev": 0} for i in (0, 2)]
    data["session"]["steps"].append({**made_pack.step(f"conflicts-of-{STEP}", "title and abstract", "conflicts", 2), "of": STEP})
    the = Setting(page, data, made, step=f"conflicts-of-{STEP}")
    assert "mice only" in the.tab.text(".votes") and "animals" in the.tab.text(".votes")
    save = lambda: the.tab.click(".bar .word")
    save()
    equal(the.tab.text(".form .fault:not([hidden])"), "Choose the final decision.")
    the.tab.click("input[name=final][value=exclude]")
    the.tab.click("input[name=by][value=ON]")
    save()
    equal(the.tab.text(".form .fault:not([hidden])"), "Say who agreed: two readers at least.")
    the.tab.click("input[name=by][value=KBAA]")
    the.tab.js("(() => { const s = document.querySelector('#resolution-reason'); s.value = 'clinical'; s.dispatchEvent(new Event('input', {bubbles: true})); })()")
    save()
    the.tab.until("document.querySelector('.position').innerText.startsWith('Conflict 2')")
    equal(the.server.conflicts[0]["resolution"], {"final": "exclude", "by": ["KBAA", "ON"], "reason": "clinical", "note": ""})
    the.tab.click("input[name=final][value=include]")
    the.tab.click("input[name=by][value=ON]")
    the.tab.click("input[name=by][value=KBAA]")
    save()
    the.tab.until("document.querySelector('.finish')")
    equal(the.tab.text(".finish h1"), "All conflicts are resolved.")
    return the


def full_text(page):
    data = made_pack.pack(12)
    data["records"]["full-text"][0]["pdf"] = True
    the = Setting(page, data, step="full-text")
    the.tab.until("document.querySelector('iframe')")
    assert the.tab.js("document.querySelector('iframe').src").endswith("/api/steps/full-text/records/r%3A0000000000000000/pdf")
    the.tab.press("e")
    the.tab.until("document.querySelector('dialog[open]')")
    equal(the.tab.js("!!document.querySelector('.choice.none')"), False)  # a full text is excluded for a reason
    the.tab.press("1")
    the.until_done(1)
    the.tab.until("!document.querySelector('iframe')")
    the.tab.click(".word.not-retrieved")
    the.until_done(2)
    equal(the.own(1, "full-text")["decision"], "not retrieved")
    return the


def many_records(page):
    """50,000 records: the page asks for what it shows, and the next record is there at once."""
    data = made_pack.pack(12)
    first = data["records"][STEP][0]
    data["records"][STEP] = [{**first, "id": f"r:{i}", "title": f"Title {i}"} for i in range(50000)]
    data["session"]["steps"] = data["session"]["steps"][:1]
    the = Setting(page, data)
    the.server.progress = lambda step: {"total": 50000, "open": 50000 - len(the.server.done), "include": len(the.server.done), "exclude": 0, "undecided": 0}
    the.tab.js("""window.waits = []; addEventListener('keydown', () => { const begin = performance.now(), title = document.querySelector('h1').innerText;
      const watch = new MutationObserver(() => { if (document.querySelector('h1').innerText !== title) { watch.disconnect(); waits.push(performance.now() - begin); } });
      watch.observe(document.querySelector('main'), {childList: true, subtree: true}); }, true)""")
    for i in range(120):
        the.tab.press("i")
        the.tab.until(f"document.querySelector('h1').innerText === 'Title {i + 1}'")
    waits = sorted(the.tab.js("waits"))
    print(f"    from key press to next record, the server's answer included: median {waits[60]:.1f} ms, 99 % {waits[118]:.1f} ms")
    assert waits[118] <= 300, waits[-5:]  # 100 on a machine that does nothing else
    asked = [address for address in the.tab.requests() if "/queue" in address]
    assert len(asked) <= 4, asked
    return the


CASES = [start_link, lost_answer, server_away, two_windows, wrong_value_that_the_server_finds, answers_survive_moving_on, settings_stay, conflicts, full_text, many_records]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--page", required=True, help="the built page")
    parser.add_argument("--only", help="cases whose names hold this")
    arguments = parser.parse_args()
    if not browser.CHROMIUM:
        print("skipped: no chromium (cmake/install-packages installs it)")
        return 77
    failed = 0
    for case in CASES:
        if arguments.only and arguments.only not in case.__name__:
            continue
        begin = time.monotonic()
        try:
            the = case(pathlib.Path(arguments.page))
            away = ("ERR_CONNECTION_REFUSED", "ERR_EMPTY_RESPONSE", "ERR_CONNECTION_RESET", "401", "409", "422")
            faults = [fault for fault in the.tab.faults() if not any(word in fault for word in away)]
            elsewhere = [address for address in the.tab.requests() if not address.startswith(("http://127.0.0.1:", "data:", "chrome-extension:", "blob:"))]
            the.close()
            assert not faults and not elsewhere, faults + elsewhere
            print(f"ok      {case.__name__} ({time.monotonic() - begin:.1f} s)")
        except (AssertionError, browser.PageError) as error:
            failed += 1
            print(f"FAILED  {case.__name__}: {error}")
            traceback.print_exc(limit=-2)  # where: an assertion may have no words of its own
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
