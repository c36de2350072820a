#!/usr/bin/env python3
"""Two readers on the screening server, from the first record to the flow: what they decide, change and take back is in their files, `winnow
run` reads it, nobody hears of the other, and a torn row does not count."""
import argparse
import csv
import json
import pathlib
import time

from screening import CHARTING, REVIEW, Reader, Server, rows, run, temporary, write_review

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--winnow", required=True)
parser.add_argument("--torn-at-every", type=int, default=1, help="bytes between the places where a row is torn (1)")
arguments = parser.parse_args()
winnow = str(pathlib.Path(arguments.winnow).absolute())
STEP = "title-and-abstract"


def check(holds, *what):
    assert holds, what


def the_way_of_a_record():
    with temporary() as name:
        folder = write_review(name)
        with Server(winnow, folder) as server:
            anna = Reader(server, "ANNA")
            session = anna.session()
            check(session["reader"]["id"] == "ANNA" and session["review"]["title"] == "A small review", session)
            step = session["steps"][0]
            check([s["id"] for s in session["steps"]] == [STEP, "design", "full-text"], session["steps"])
            check([s["kind"] for s in session["steps"]] == ["screen", "map", "full-text"])
            check(step["progress"] == {"total": 12, "open": 12, "include": 0, "exclude": 0, "undecided": 0, "notRetrieved": 0})
            check([c["id"] for c in step["include"]] == ["adults"] and [c["id"] for c in step["exclude"]] == ["animals", "surgery"])
            check([c["id"] for c in step["reasons"]] == ["adults", "animals", "surgery"] and step["reasonRequired"])
            ids = anna.records(STEP, state="open")
            check(len(ids) == 12 and len(set(ids)) == 12)
            first = anna.get(f"/api/steps/{STEP}/records/{ids[0]}")
            check(first["authors"] == ["Author0, A."] and first["year"] == "1990" and first["own"] is None and first["rev"] == 0, first)
            check(anna.records(STEP, missing="abstract") == [ids[4], ids[9]])
            check(anna.records(STEP, q="author7") == [ids[7]])

            status, said = anna.decide(STEP, ids[0], "include", note='a "note", with\nlines', labels=["check", "later"])
            check(status == 200 and said["rev"] == 1 and said["progress"]["include"] == 1, said)
            status, said = anna.decide(STEP, ids[1], "exclude")
            check(status == 422 and "reason" in said["fields"], said)
            status, said = anna.decide(STEP, ids[1], "exclude", reason="weather")
            check(status == 422 and "weather" in said["fields"]["reason"], said)
            status, said = anna.decide(STEP, ids[1], "exclude", reason="animals")
            check(status == 200, said)
            status, said = anna.decide(STEP, ids[2], "undecided")
            check(status == 200 and said["progress"] == {"total": 12, "open": 9, "include": 1, "exclude": 1, "undecided": 1, "notRetrieved": 0})
            check(anna.records(STEP, state="exclude", reason="animals") == [ids[1]])
            check(anna.records(STEP, label="later") == [ids[0]])
            check(anna.records(STEP, state="decided") == ids[:3])

            # another window has an older state
            status, said = anna.decide(STEP, ids[0], "exclude", reason="animals", rev=0)
            check(status == 409 and said["record"]["own"]["decision"] == "include" and said["record"]["rev"] == 1, said)
            # a request that is sent again changes nothing
            status, once = anna.decide(STEP, ids[3], "include", change="same-change-1")
            status, again = anna.decide(STEP, ids[3], "include", change="same-change-1")
            check(status == 200 and once == again and len(rows(folder, f"{STEP}-ANNA.csv")) == 4)
            status, said = anna.decide(STEP, ids[5], "include", change="same-change-1")
            check(status == 422, said)
            # changed, taken back, decided again
            check(anna.decide(STEP, ids[3], "undecided", rev=1)[0] == 200)
            status, said = anna.undo(STEP, ids[3], 2)
            check(status == 200 and said["progress"]["open"] == 9, said)
            check(anna.undo(STEP, ids[3], 3)[0] == 422)
            # a note without a decision
            check(anna.decide(STEP, ids[6], None, note="ask Bo")[0] == 200)
            check(anna.get(f"/api/steps/{STEP}/records/{ids[6]}")["own"]["note"] == "ask Bo")
            check(anna.session()["steps"][0]["progress"]["open"] == 9)

            written = rows(folder, f"{STEP}-ANNA.csv")
            check([row["decision"] for row in written] == ["include", "exclude", "maybe", "include", "maybe", "taken back", ""], written)
            check(written[0]["note"] == 'a "note", with\nlines' and written[0]["labels"] == "check; later" and written[0]["doi"] == "10.5555/walk.0")
            code, _ = server.stop()
            check(code == 0, code)
        check(not (folder / "review.screening").exists(), "the lock file stays")

        # a restart knows everything
        with Server(winnow, folder) as server:
            anna = Reader(server, "ANNA")
            check(anna.session()["steps"][0]["progress"] == {"total": 12, "open": 9, "include": 1, "exclude": 1, "undecided": 1, "notRetrieved": 0})
            record = anna.get(f"/api/steps/{STEP}/records/{ids[0]}")
            check(record["own"]["labels"] == ["check", "later"] and record["rev"] == 1, record)
            check(anna.decide(STEP, ids[0], "include", change=written[0]["change"])[0] == 200, "known after a restart")
            check(len(rows(folder, f"{STEP}-ANNA.csv")) == 7)


def two_readers_and_the_flow():
    with temporary() as name:
        folder = write_review(name, records=20, share="40%")
        with Server(winnow, folder) as server:
            anna, bo = Reader(server, "ANNA"), Reader(server, "BO")
            check("CARL" not in server.links, "who reads nothing gets no link")
            mine, theirs = anna.records(STEP), bo.records(STEP)
            check(len(mine) == 20 and len(theirs) == 8 and set(theirs) <= set(mine))
            for number, record in enumerate(mine):
                decision = "exclude" if number % 3 == 0 else "include"
                reason = "surgery" if decision == "exclude" else ""
                check(anna.decide(STEP, record, decision, reason=reason, note="ANNA-SECRET-NOTE", labels=["ANNA-SECRET-LABEL"])[0] == 200)
            bo.heard.clear()
            session = bo.session()
            for step in session["steps"]:
                for record in bo.records(step["id"]):
                    bo.get(f"/api/steps/{step['id']}/records/{record}")
            for record in theirs:
                check(bo.decide(STEP, record, "include", rev=7)[0] == 409)
                check(bo.decide(STEP, record, "include")[0] == 200)
            check(bo.call("GET", f"/api/steps/{STEP}/records/{(set(mine) - set(theirs)).pop()}")[0] == 404)
            for heard in bo.heard:
                check(b"SECRET" not in heard and b"ANNA" not in heard, heard)
            code, said = run(winnow, folder, "run")
            conflicts = [r for n, r in enumerate(mine) if r in theirs and n % 3 == 0]
            check(code == 3 and f"{len(conflicts)} waiting" in said, said)
            # what was decided opened the next step, where the readers agreed
            agreed = [r for n, r in enumerate(mine) if r not in theirs and n % 3 or r in theirs and n % 3]
            step = {s["id"]: s for s in anna.session()["steps"]}["design"]
            check(step["progress"]["total"] == len(agreed), step["progress"], len(agreed))
            todo = anna.records("design")
            check(anna.decide("design", todo[0], None, categories=["trial"])[0] == 200)
            check(anna.decide("design", todo[1], None, categories=["opinion"])[0] == 200)
            check(anna.decide("design", todo[2], None, categories=["poetry"])[0] == 422)
            check(anna.decide("design", todo[2], None, categories=["trial", "interviews"])[0] == 422)
            check(anna.decide("design", todo[2], "include")[0] == 422)
            check(anna.undo("design", todo[1], 1)[0] == 200 and anna.decide("design", todo[1], None, categories=["opinion"], rev=2)[0] == 200)
            step = {s["id"]: s for s in anna.session()["steps"]}["full-text"]
            check(step["progress"]["total"] == 1 and step["notRetrieved"], step)
            text = anna.records("full-text")[0]
            check(text == todo[0] and anna.decide("full-text", text, "not retrieved")[0] == 200)
            check(anna.decide(STEP, mine[1], "not retrieved", rev=1)[0] == 422)
            code, _ = server.stop()
            check(code == 0)
        code, said = run(winnow, folder, "run", "--json")
        check(code == 3, said)
        code, said = run(winnow, folder, "run")
        check("decisions." not in said and "sheet." not in said, said)


def conflicts():
    """Shown when both have read everything, settled together, never before."""
    with temporary() as name:
        folder = write_review(name, records=6)
        with Server(winnow, folder) as server:
            anna, bo = Reader(server, "ANNA"), Reader(server, "BO")
            ids = anna.records(STEP)
            for record in ids:
                anna.decide(STEP, record, "include", note="ANNA-SECRET-NOTE")
            for record in ids[:-1]:
                status, said = bo.call("GET", f"/api/steps/{STEP}/conflicts")
                check(status == 403 and "SECRET" not in str(said), said)
                reason = "surgery" if record in ids[:2] else ""
                bo.decide(STEP, record, "exclude" if reason else "include", reason=reason)
            check(all(step["kind"] != "conflicts" for step in bo.session()["steps"]))
            check(not any(b"SECRET" in heard for heard in bo.heard))
            bo.decide(STEP, ids[-1], "undecided")
            step = next(step for step in bo.session()["steps"] if step["kind"] == "conflicts")
            check(step["of"] == STEP and step["progress"]["open"] == 2, step)
            listed = bo.get(f"/api/steps/{STEP}/conflicts")["conflicts"]
            check([one["record"]["id"] for one in listed] == ids[:2], listed)
            check([(vote["reader"], vote["decision"]) for vote in listed[0]["votes"]] == [("ANNA", "include"), ("BO", "exclude")])
            address = f"/api/steps/{STEP}/conflicts/{ids[0]}"
            joint = {"final": "exclude", "by": ["ANNA", "BO"], "reason": "surgery", "note": "", "rev": 0}
            for wrong in ({"by": ["BO"]}, {"by": ["ANNA", "CARL"]}, {"by": ["BO", "BO"]}, {"reason": ""}, {"final": "not retrieved"}):
                check(bo.call("PUT", address, joint | wrong)[0] == 422, wrong)
            check(bo.call("PUT", address, joint | {"final": "perhaps"})[0] == 400)
            check(bo.call("PUT", f"/api/steps/{STEP}/conflicts/{ids[3]}", joint)[0] == 404)
            first = bo.call("PUT", address, joint, "joint-change-1")
            check(first == (200, {"rev": 1}), first)
            check(bo.call("PUT", address, joint, "joint-change-1") == (200, {"rev": 1}), "sent again")
            check(anna.call("PUT", address, joint)[0] == 409)
            listed = anna.get(f"/api/steps/{STEP}/conflicts")["conflicts"]
            check(listed[0]["resolution"] == {"final": "exclude", "by": ["ANNA", "BO"], "reason": "surgery", "note": ""} and listed[1]["resolution"] is None, listed)
            server.stop()
        check([row["by"] for row in rows(folder, f"resolutions-{STEP}.csv")] == ["ANNA; BO"])
        code, said = run(winnow, folder, "run")
        check("decisions." not in said and "1 disagreement to resolve" in said, said)


def pairs():
    """What a matcher leaves to people is judged side by side, and joins the records."""
    twin = ("TY  - JOUR\nTI  - Walking groups in municipal mental health services: a qualitative study\nAU  - Berg, Anna\nAU  - Dahl, Kari\n"
            "PY  - 2018\n{}ER  - \n\n")
    yaml = REVIEW.replace("  steps:\n", "  steps:\n    - remove: duplicates\n      using: duplicates\n      by: ANNA\n      mode: automatic\n"
                          "      decisions: decisions/duplicates*.csv\n")
    with temporary() as name:
        folder = write_review(name, records=5, yaml=yaml)
        with open(folder / "medline.ris", "a") as file:
            file.write(twin.format("JO  - Journal of Walking\n") + twin.format("JO  - Nordic Care Review\nDO  - 10.5555/hand.1\n"))
        with Server(winnow, folder) as server:
            anna, bo = Reader(server, "ANNA"), Reader(server, "BO")
            step = anna.session()["steps"][0]
            check(step["kind"] == "pairs" and step["progress"]["open"] == 1 and step["closed"] is None, step)
            check(all(one["kind"] != "pairs" for one in bo.session()["steps"]) and bo.call("GET", "/api/pairs")[0] == 404)
            listed = anna.get("/api/pairs")
            pair = listed["pairs"][0]
            check(listed["next"] is None and pair["own"] is None and pair["why"] and pair["left"]["journal"] != pair["right"]["journal"], pair)
            address = f"/api/pairs/{pair['id']}"
            check(anna.call("PUT", address, {"same": "yes"})[0] == 400 and anna.call("PUT", "/api/pairs/r:0~r:1", {"same": True})[0] == 404)
            check(anna.call("PUT", address, {"same": False}, "pair-change-1")[0] == 200)
            check(anna.call("PUT", address, {"same": False}, "pair-change-1")[0] == 200)
            check(anna.session()["steps"][0]["progress"]["open"] == 0 and anna.get("/api/pairs")["pairs"][0]["own"] == "different")
            before = anna.session()["steps"][1]["progress"]["total"]
            check(anna.call("PUT", address, {"same": True})[0] == 200)
            check(anna.session()["steps"][1]["progress"]["total"] == before - 1, "the joined records are one")
            server.stop()
        check([row["decision"] for row in rows(folder, "duplicates-ANNA.csv")] == ["distinct", "same"])


def a_pack():
    """One file for one reader: nothing of another in it, nothing that ends its element."""
    with temporary() as name:
        folder = write_review(name, records=6)
        text = (folder / "medline.ris").read_text().replace("TI  - ", "TI  - </script><script>alert(1)</script> <!-- ", 1)
        (folder / "medline.ris").write_text(text)
        with Server(winnow, folder) as server:
            anna = Reader(server, "ANNA")
            ids = anna.records(STEP)
            anna.decide(STEP, ids[0], "exclude", reason="surgery", note="ANNA-SECRET-NOTE")
            server.stop()
        code, said = run(winnow, folder, "screen", "pack", "--reader", "BO", "-o", "BO.html", "--language", "no")
        check(code == 0 and "6 records for BO" in said, said)
        page = (folder / "BO.html").read_text()
        check("SECRET" not in page and "ANNA" not in page, "another reader's words are in the pack")
        data = page.split('id="pack">')[1].split("</script>")[0]
        check("<" not in data)
        data = json.loads(data)
        check(data["session"]["reader"]["id"] == "BO" and data["session"]["language"] == "no")
        check([record["id"] for record in data["records"][STEP]] == ids and data["records"][STEP][0]["title"].startswith("</script>"))
        own = run(winnow, folder, "screen", "pack", "--reader", "ANNA", "-o", "ANNA.html")
        check(own[0] == 0 and "ANNA-SECRET-NOTE" in (folder / "ANNA.html").read_text(), "one's own words are")
        for words, wanted in ((["--reader", "CARL", "-o", "x.html"], "reads no step"), (["--reader", "BOO", "-o", "x.html"], "did you mean 'BO'"),
                              (["--reader", "BO"], "which file"), (["--reader", "BO", "-o", "medline.ris"], "written over")):
            code, said = run(winnow, folder, "screen", "pack", *words)
            check(code == 2 and wanted in said, words, said)
        check(not (folder / "x.html").exists())


def a_torn_row():
    with temporary() as name:
        folder = write_review(name)
        with Server(winnow, folder) as server:
            anna = Reader(server, "ANNA")
            ids = anna.records(STEP)
            for record in ids[:3]:
                check(anna.decide(STEP, record, "include", note="a, b")[0] == 200)
            server.kill()
        path = folder / "decisions" / f"{STEP}-ANNA.csv"
        whole = path.read_bytes()
        last = len(whole[:-2].rsplit(b"\r\n", 1)[1]) + 2
        for cut in range(1, last, arguments.torn_at_every):  # within the last row
            path.write_bytes(whole[:-cut])
            code, said = run(winnow, folder, "run")
            check(code == 3 and "ANNA 2 of 12" in said and "sheet.torn-row" in said, cut, said)
            if cut % 40 != 1:
                continue
            with Server(winnow, folder) as server:
                anna = Reader(server, "ANNA")
                check(anna.session()["steps"][0]["progress"]["include"] == 2)
                check(anna.decide(STEP, ids[4], "undecided")[0] == 200)
                server.kill()
            check([row["record"] for row in rows(folder, path.name)] == [ids[0], ids[1], ids[4]])


def other_files():
    """Sheets of people beside the page's file, and a file that somebody replaces while the page is open."""
    with temporary() as name:
        folder = write_review(name)
        run(winnow, folder, "run")
        sheet = (folder / "out/sheets" / STEP / "ANNA.csv").read_text(encoding="utf-8-sig").splitlines()
        columns = sheet[0].split(",")
        cells = sheet[1].split(",")
        cells[columns.index("decision")] = "include"
        (folder / "decisions").mkdir(exist_ok=True)
        saved = folder / "decisions" / f"{STEP}-ANNA.csv"  # the very name that the page would take
        saved.write_text("\n".join([sheet[0], ",".join(cells)]) + "\n")
        before = saved.read_bytes()
        with Server(winnow, folder) as server:
            anna = Reader(server, "ANNA")
            ids = anna.records(STEP)
            record = anna.get(f"/api/steps/{STEP}/records/{ids[0]}")
            check(record["own"]["decision"] == "include" and "without a time" in record["why"], record)
            check(anna.decide(STEP, ids[0], "exclude", reason="animals")[0] == 422)
            check(anna.decide(STEP, ids[1], "include")[0] == 200)
            check(saved.read_bytes() == before, "a person's sheet was touched")
            page = folder / "decisions" / f"{STEP}-ANNA-page.csv"
            check(len(rows(folder, page.name)) == 1)
            # a spreadsheet saves over the page's file, without its last column
            text = page.read_text()
            page.unlink()
            page.write_text(text.replace(",change", ""))
            status, said = anna.decide(STEP, ids[2], "include")
            check(status == 500 and "other columns" in said["error"], said)
            page.unlink()
            page.write_text(text)  # with other line ends
            status, said = anna.decide(STEP, ids[2], "include")
            check(status == 200 and len(rows(folder, page.name)) == 2, status, said)
            check(anna.session()["steps"][0]["progress"]["include"] == 3, "what was not saved does not count")


FORM = "main-form"
GOOD = {"1": "Author0", "2": "1990", "3": "Trial", "4": ["patients", "staff"], "5": "12", "6": "71,5 years", "7": "18 to 65", "8": "by lot",
        "9": "=it helped (p. 3)", "10.1.1": "walkers", "10.1.2": "NR", "barriers": "rain, \"wind\""}
CELLS = {"1. Author": "Author0", "2. Year": "1990", "3. Design": "trial", "4. Population": "patients; staff", "5. Participants": "12",
         "6. Mean age": "71.5", "7. Age range": "18-65", "8. Allocation": "by lot", "9. Finding": "'=it helped (p. 3)",
         "10.1.1. Arms 1: Name": "walkers", "10.1.2. Arms 1: Participants": "NR", "barriers": 'rain, "wind"'}


def chart(reader, record, answers, rev=0, **more):
    return reader.decide(FORM, record, None, rev, answers=answers, **more)


def charting():
    """The form's answers: checked as those of a sheet, whole or not at all, blind, and counted as the sheet's are."""
    with temporary() as name, temporary() as other:
        folder = write_review(name, 3, yaml=CHARTING.replace("READERS", "[ANNA, BO]"))
        with Server(winnow, folder) as server:
            anna, bo = Reader(server, "ANNA"), Reader(server, "BO")
            ids = anna.records(FORM)
            wrong = {"3": "letter", "4": ["patients", "nobody"], "5": "twelve", "6": "old", "7": "65-18", "8": "by lot", "9": "it helped", "10.1.2": "two",
                     "77": "what?", "barriers": "rain"}
            status, said = chart(anna, ids[0], wrong)
            check(status == 422 and sorted(said["fields"]) == sorted(set(wrong) - {"barriers"}), said)
            for body in ({"answers": []}, {"answers": {"5": 12}}, {"answers": {"4": ["a; b"]}}, {"answers": {"5": "1\0"}}, {"answers": {"5": "x" * 20001}}):
                check(anna.decide(FORM, ids[0], None, **body)[0] == 400, body)
            check(anna.decide(FORM, ids[0], "include")[0] == 422)
            check(rows(folder, f"{FORM}-ANNA.csv") == [])
            check(chart(anna, ids[0], {}, note="look again")[0] == 200)  # a note is no answer
            check(anna.session()["steps"][0]["progress"]["open"] == 3)
            status, said = chart(anna, ids[0], GOOD, 1, change="the-same-change")
            check(status == 200 and said["progress"]["open"] == 2, said)
            check(chart(anna, ids[0], GOOD, 1, change="the-same-change")[0] == 200)  # sent again
            status, said = chart(anna, ids[0], {"5": "13"}, 1)
            check(status == 409 and said["record"]["own"]["answers"]["6"] == "71.5", said)
            check(chart(anna, ids[0], {}, 2)[0] == 422)
            check(chart(anna, ids[1], {"5": "13"})[0] == 200 and chart(anna, ids[2], {"3": "others: a diary"})[0] == 200)
            check(anna.undo(FORM, ids[1], 1)[0] == 200)
            check(anna.get(f"/api/steps/{FORM}/records/{ids[1]}")["own"] is None)
            check(chart(anna, ids[1], {"6": "-1"}, 2)[0] == 200)
            bo.session()
            check(bo.get(f"/api/steps/{FORM}/records/{ids[0]}")["own"] is None and chart(bo, ids[0], {"5": "99"})[0] == 200)
            for heard in bo.heard:
                check(b"by lot" not in heard and b"look again" not in heard and b"ANNA" not in heard, heard)
            server.kill()
        written = rows(folder, f"{FORM}-ANNA.csv")
        check([row["decision"] for row in written] == ["", "charted", "charted", "charted", "taken back", "charted"], written)
        check({column: cell for column, cell in written[1].items() if column in CELLS} == CELLS, written[1])
        with Server(winnow, folder) as server:
            anna = Reader(server, "ANNA")
            check(anna.session()["steps"][0]["progress"]["include"] == 3)
            check(anna.get(f"/api/steps/{FORM}/records/{ids[0]}")["own"]["answers"]["3"] == "trial")
        whole = (folder / "decisions" / f"{FORM}-ANNA.csv").read_bytes()
        (folder / "decisions" / f"{FORM}-ANNA.csv").write_bytes(whole[:-7])  # its program was stopped in the last row
        code, said = run(winnow, folder, "run")
        check(code == 3 and "sheet.torn-row" in said and "ANNA 2 of 3" in said, said)
        (folder / "decisions" / f"{FORM}-ANNA.csv").write_bytes(whole)

        # one reader, the same answers in a person's sheet: the same bytes
        for where, is_sheet in ((folder, False), (other, True)):
            write_review(where, 3, yaml=CHARTING.replace("READERS", "[ANNA]"))
            (folder / "decisions" / f"{FORM}-BO.csv").unlink(missing_ok=True)
            if is_sheet:
                sheet = pathlib.Path(where, "decisions", f"{FORM}-ANNA.csv")
                sheet.parent.mkdir()
                with open(sheet, "w", newline="") as file:
                    out = csv.DictWriter(file, ["record", "reviewer", "form version", *CELLS])
                    out.writeheader()
                    for record, cells in zip(ids, (CELLS, {"6. Mean age": "'-1"}, {"3. Design": "others: a diary"})):
                        out.writerow({"record": record, "reviewer": "ANNA", "form version": "2", **cells})
            code, said = run(winnow, where, "run")
            check(code == 0 and "[charting." not in said, said)
        for name in ("out/charting.csv",):
            check(pathlib.Path(folder, name).read_bytes() == pathlib.Path(other, name).read_bytes(), name)
        with Server(winnow, other) as server:  # what stands in a person's sheet without a time is changed there
            anna = Reader(server, "ANNA")
            record = anna.get(f"/api/steps/{FORM}/records/{ids[0]}")
            check(record["own"]["answers"]["8"] == "by lot" and "change them there" in record["why"], record)
            check(chart(anna, ids[0], {"5": "13"})[0] == 422)


def one_server_a_review():
    with temporary() as name:
        folder = write_review(name)
        with Server(winnow, folder) as server:
            code, said = run(winnow, folder, "screen")
            check(code == 1 and server.address in said, said)
            code, said = run(winnow, folder, "run")
            check(code == 3, "the review can be run while it is screened", said)
            server.kill()
        with Server(winnow, folder) as server:  # the lock of a killed server is none
            code, errors = server.stop()
            check(code == 0 and "\"error\"" not in errors, errors)


def sheet(folder, reader):
    """The open records of a reader's sheet, in their order."""
    with open(folder / "out" / "sheets" / STEP / f"{reader}.csv", newline="", encoding="utf-8-sig") as file:
        return [row["record"] for row in csv.DictReader(file) if not row["decision"]]


def learned(reader, decisions):
    """The open queue, as soon as it was learned from so many decisions."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        page = reader.get(f"/api/steps/{STEP}/queue?state=open")
        if page.get("order", {}).get("after") == decisions:
            return page
        time.sleep(0.01)
    raise AssertionError(f"not learned from {decisions} decisions: {page.get('order')}")


def the_order_follows():
    """With `order: relevance` what is left follows the decisions, as a run orders the sheet; other readers' orders do not."""
    with temporary() as name:
        folder = write_review(name, records=120, yaml=REVIEW.replace("      seed: s\n", "      seed: s\n      order: relevance\n"))
        with Server(winnow, folder) as server:
            anna, bo = Reader(server, "ANNA"), Reader(server, "BO")
            first = learned(anna, 0)
            bo_before = learned(bo, 0)
            titles = {one["id"]: one["title"] for one in first["records"]}
            seen = {}
            for one in [r["id"] for r in first["records"]][:12]:
                wanted = "include" if "memory" in titles[one] else "exclude"
                status, said = anna.decide(STEP, one, wanted, reason="" if wanted == "include" else "animals")
                check(status == 200 and said["progress"]["total"] == 120, said)
                # which order a page has is what it says, however often one asks while the next is learned
                for _ in range(20):
                    page = anna.get(f"/api/steps/{STEP}/queue?q=a")
                    seen.setdefault(page["order"]["after"], set()).add((page["next"], tuple(r["id"] for r in page["records"])))
            check(all(len(pages) == 1 for pages in seen.values()), {after: len(pages) for after, pages in seen.items()})
            after = learned(anna, 12)
            check([r["id"] for r in after["records"]] != [r["id"] for r in first["records"]][12:], "nothing was learned")
            check(anna.session()["steps"][0]["progress"]["recall"].startswith("no recall can be claimed: a ranking chose"))
            # a page of the earlier order goes on at the top of the new one, and nothing is missed
            behind = anna.get(f"/api/steps/{STEP}/queue?state=open&cursor={first['next']}")
            check(behind["records"] == after["records"] and behind["matching"] == 108)
            check(len(set(anna.records(STEP, state="open"))) == 108)
            check(learned(bo, 0)["records"] == bo_before["records"], "another reader's decisions change the order")
            listed = anna.records(STEP, state="open")
            server.stop()
        code, said = run(winnow, folder, "run")
        check(code == 3 and sheet(folder, "ANNA") == listed, "the sheet has another order than the page")
        with Server(winnow, folder) as server:
            again = Reader(server, "ANNA")
            check(learned(again, 12)["records"] == after["records"], "the order hangs on more than the decisions")


def recall_by_chance():
    """With `order: hash` the progress says what may be claimed, as `winnow run` does."""
    with temporary() as name:
        folder = write_review(name, records=60, yaml=REVIEW.replace("      seed: s\n", "      seed: s\n      order: hash\n"))
        with Server(winnow, folder) as server:
            anna, bo = Reader(server, "ANNA"), Reader(server, "BO")
            learned(anna, 0), learned(bo, 0)
            step = anna.session()["steps"][0]
            check(step["order"] == "hash" and step["progress"]["recall"] == "no recall can be claimed: no record was read yet", step)
            ids = anna.records(STEP, state="open")
            for count, one in enumerate(ids[:45]):
                anna.decide(STEP, one, "include" if count % 4 == 0 else "exclude", reason="" if count % 4 == 0 else "animals")
            learned(anna, 45)
            said = anna.session()["steps"][0]["progress"]["recall"]
            check(said.startswith("recall >= ") and "(12 of at most" in said, said)
            check(bo.session()["steps"][0]["progress"]["recall"] == "no recall can be claimed: no record was read yet")
            # a change is learned, too: what was found less is claimed less
            anna.undo(STEP, ids[44], 1)
            learned(anna, 44)
            server.stop()
        code, text = run(winnow, folder, "run")
        check("recall, ANNA: recall >= " in text and "(11 of at most" in text, text)


for part in (the_way_of_a_record, two_readers_and_the_flow, conflicts, pairs, a_pack, a_torn_row, other_files, charting, one_server_a_review,
             the_order_follows, recall_by_chance):
    part()
    print("ok", part.__name__)
