#!/usr/bin/env python3
"""How long a decision, a record, a search and the start take. The figures are printed; the test fails where a decision takes as long as a
delayed acknowledgement (40 ms) at the median: then somebody took TCP_NODELAY away. `--records 50000` is the size of the targets: a start within a second,
decisions within 5 ms at the median and 50 ms at the 99th percentile, on a machine that does nothing else."""
import argparse
import pathlib
import time

from screening import REVIEW, Reader, Server, run, temporary, write_review

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--winnow", required=True)
parser.add_argument("--records", type=int, default=50000)
parser.add_argument("--decisions", type=int, default=500)
parser.add_argument("--order", default="listed", help="of the step; relevance: learned anew in the background meanwhile")
given = parser.parse_args()
winnow = str(pathlib.Path(given.winnow).absolute())
STEP = "title-and-abstract"


def timed(act, *words, **more):
    began = time.perf_counter()
    result = act(*words, **more)
    return 1000 * (time.perf_counter() - began), result


def shown(name, times):
    times = sorted(times)
    print(f"{name:10} p50 {times[len(times) // 2]:7.2f} ms   p99 {times[len(times) * 99 // 100]:7.2f} ms")
    return times[len(times) // 2]


with temporary() as name:
    yaml = REVIEW.replace("      seed: s\n", f"      seed: s\n      order: {given.order}\n")
    folder = write_review(name, records=given.records, yaml=yaml)
    run(winnow, folder, "run")
    took, server = timed(Server, winnow, folder)
    with server:
        print(f"start      {took:7.0f} ms with {given.records} records")
        anna = Reader(server, "ANNA")
        print(f"session    {timed(anna.session)[0]:7.2f} ms")
        ids, cursor = [], ""
        while len(ids) < min(given.decisions, given.records):
            page = anna.get(f"/api/steps/{STEP}/queue?state=open&cursor={cursor}")
            ids += [record["id"] for record in page["records"]]
            cursor = page["next"] or ""
        took, found = timed(anna.get, f"/api/steps/{STEP}/queue?q=walking+garden")
        print(f"search     {took:7.0f} ms, {found['matching']} found")
        reads, writes = [], []
        for record in ids:
            took, one = timed(anna.get, f"/api/steps/{STEP}/records/{record}")
            reads.append(took)
            words = {"reason": "animals"} if len(writes) % 3 else {}
            took, (status, said) = timed(anna.decide, STEP, record, "exclude" if words else "include", rev=one["rev"], **words)
            assert status == 200, said
            writes.append(took)
        shown("record", reads)
        median = shown("decision", writes)
        took, session = timed(anna.session)
        print(f"session    {took:7.0f} ms after {len(ids)} decisions")
        assert session["steps"][0]["progress"]["open"] == given.records - len(ids)
        server.stop()
    assert median < 35, "a decision takes as long as a delayed acknowledgement: is TCP_NODELAY set?"
