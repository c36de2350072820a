#!/usr/bin/env python3
"""A reader decides while the server is killed (SIGKILL) at random moments: every decision that was acknowledged is in the file, once, and a
request that is sent again after the restart changes nothing."""
import argparse
import http.client
import pathlib
import random
import threading
import time
import uuid

from screening import Reader, Server, rows, run, temporary, write_review

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--winnow", required=True)
parser.add_argument("--kills", type=int, default=20)
parser.add_argument("--seed", type=int, default=1)
given = parser.parse_args()
winnow = str(pathlib.Path(given.winnow).absolute())
STEP = "title-and-abstract"
chooser = random.Random(given.seed)
WORDS = ("include", "exclude", "undecided")
WRITTEN = {"include": "include", "exclude": "exclude", "undecided": "maybe"}

with temporary() as name:
    folder = write_review(name, records=200)
    sent = {}  # name of the change -> (record, decision, was it acknowledged)
    pending = None
    resent = 0
    for number in range(given.kills):
        with Server(winnow, folder) as server:
            anna = Reader(server, "ANNA")
            ids = anna.records(STEP)
            if pending:  # the page did not hear of the answer: it sends the same change again
                change, record, decision, rev = pending
                status, said = anna.decide(STEP, record, decision, rev=rev, change=change, reason="animals" if decision == "exclude" else "")
                assert status == 200, (status, said)
                sent[change] = (record, decision, True)
                resent, pending = resent + 1, None
            killer = threading.Timer(chooser.uniform(0.0, 0.12), server.process.kill)
            killer.start()
            revs = {}
            try:
                while True:
                    record, decision, change = chooser.choice(ids), chooser.choice(WORDS), str(uuid.uuid4())
                    if record not in revs:
                        revs[record] = anna.get(f"/api/steps/{STEP}/records/{record}")["rev"]
                    pending = (change, record, decision, revs[record])
                    sent[change] = (record, decision, False)
                    status, said = anna.decide(STEP, record, decision, rev=revs[record], change=change,
                                               reason="animals" if decision == "exclude" else "", note="n" * chooser.choice((0, 5, 3000)))
                    assert status == 200, (status, said)
                    revs[record] = said["rev"]
                    sent[change] = (record, decision, True)
                    pending = None
            except (http.client.HTTPException, OSError):
                pass
            killer.join()
    with Server(winnow, folder) as server:  # cuts off what was torn
        anna = Reader(server, "ANNA")
        left = dict.fromkeys(anna.records(STEP))
        anna.decide(STEP, next(iter(left)), "include", rev=anna.get(f"/api/steps/{STEP}/records/{next(iter(left))}")["rev"], change="the-last-change")
        counted = anna.session()["steps"][0]["progress"]
        server.stop()
    written = rows(folder, f"{STEP}-ANNA.csv")
    names = [row["change"] for row in written]
    lost = [change for change, (record, decision, known) in sent.items() if known and change not in names]
    doubled = len(names) - len(set(names))
    wrong = [row for row in written[:-1] if sent[row["change"]][:2] != (row["record"], {v: k for k, v in WRITTEN.items()}[row["decision"]])]
    acknowledged = sum(known for _, _, known in sent.values())
    last = {row["record"]: row["decision"] for row in written}
    states = [list(last.values()).count(word) for word in ("include", "exclude", "maybe")]
    print(f"{given.kills} kills, {acknowledged} decisions acknowledged, {len(written)} rows, {resent} sent again: {len(lost)} lost, {doubled} doubled, {len(wrong)} wrong")
    assert not lost and not doubled and not wrong and acknowledged > 0
    assert states == [counted["include"], counted["exclude"], counted["undecided"]], (states, counted)
    code, said = run(winnow, folder, "run")
    assert code == 3 and "decisions." not in said and "sheet." not in said and (len(last) == 200 or f"ANNA {len(last)} of 200" in said), said
print("ok")
