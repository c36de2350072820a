#!/usr/bin/env python3
"""Deduplication divided, beside `winnow dedup`: seconds, bytes, and how they grow with the set.

  stage_run.py --winnow BIN [--records 100000 1000000] [--parts 2] [--spark]

The exports of dedup_run.py. Either every verb of `winnow stage`, one after the other, each over the whole set in one process,
with the bytes of its stream, which an engine moves; or, with --spark, the PySpark driver on two cores of this machine (needs
PySpark and Java 17).
"""
import argparse, math, os, pathlib, re, subprocess, sys, tempfile, time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from dedup_run import write_exports

LIMIT, LIMIT_FROM = 1.3, 1000000  # times dedup, after the engine's start: a smaller set is over before its processes have started

DRIVER = pathlib.Path(__file__).resolve().parent.parent.parent / "host" / "spark" / "winnow_spark.py"


def timed(words, out=None):
    begin = time.time()
    with open(out or os.devnull, "wb") as file:
        process = subprocess.Popen([str(word) for word in words], stdout=file)
        _, status, used = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit("%s ended with %d" % (" ".join(map(str, words)), status))
    return time.time() - begin, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def verbs(arguments, records, folder, files, used):
    stage = [arguments.winnow, "stage", "duplicates", "--do"]
    name = lambda verb: folder / (verb + ".jsonl")
    steps = [("read", [arguments.winnow, "stage", "any", "--do", "read", *files]), ("keys", [*stage, "keys", name("read")]),
             ("meet", [*stage, "meet", name("keys")]), ("count", [*stage, "count", name("meet"), name("read")]),
             ("match", [*stage, "match", "--counts", name("count"), name("read"), name("meet")]), ("group", [*stage, "group", name("match")]),
             ("settle", [*stage, "settle", name("read"), name("group")]), ("cluster", [*stage, "cluster", name("read"), name("settle")])]
    whole = wholeUsed = 0
    for verb, words in steps:
        took, processor, megabytes = timed(words, name(verb))
        whole, wholeUsed = whole + took, wholeUsed + processor
        print("%-10s%8.1f s%8.1f s%8.0f MB%10.1f MB of lines, %.0f bytes a record" % (
            verb, took, processor, megabytes, name(verb).stat().st_size / 1e6, name(verb).stat().st_size / records), flush=True)
    print("%-10s%8.1f s%8.1f s, %.2f times dedup's processor time" % ("all", whole, wholeUsed, wholeUsed / used), flush=True)
    return whole


def spark(arguments, folder, files, seconds):
    done = subprocess.run([sys.executable, str(DRIVER), "files", "--winnow", arguments.winnow, "--to", str(folder / "to"), "--parts", str(arguments.parts),
                           "--master", "local[2]", *map(str, files)], stdout=subprocess.PIPE, text=True, check=True)
    print(done.stdout, end="")
    took = float(re.search(r"done in ([\d.]+) s", done.stdout).group(1))
    print("%-10s%8.1f s after its start, %.2f times dedup (limit %.1f from %d records)" % ("spark", took, took / seconds, LIMIT, LIMIT_FROM), flush=True)
    return took


def measure(arguments, records, folder):
    """Seconds of `winnow dedup` and of the divided work."""
    files = write_exports(folder, records)
    seconds, used, megabytes = timed([arguments.winnow, "dedup", *files, "--clusters", folder / "clusters.csv"])
    print("%d records\n%-10s%8.1f s%8.1f s%8.0f MB" % (records, "dedup", seconds, used, megabytes), flush=True)
    return seconds, spark(arguments, folder, files, seconds) if arguments.spark else verbs(arguments, records, folder, files, used)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--winnow", required=True)
    parser.add_argument("--records", type=int, nargs="+", default=[100000])
    parser.add_argument("--parts", type=int, default=2)
    parser.add_argument("--spark", action="store_true")
    arguments = parser.parse_args()
    arguments.winnow = str(pathlib.Path(arguments.winnow).resolve())
    before = None
    for records in arguments.records:
        with tempfile.TemporaryDirectory(prefix="winnow-stage-run-") as folder:
            took = measure(arguments, records, pathlib.Path(folder))
        if before and records != before[0]:
            power = lambda now, then: math.log(now / then) / math.log(records / before[0])
            print("%d to %d records: dedup grows with n^%.2f, divided n^%.2f" % (before[0], records, power(took[0], before[1][0]), power(took[1], before[1][1])), flush=True)
        before = records, took


if __name__ == "__main__":
    main()
