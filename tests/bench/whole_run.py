#!/usr/bin/env python3
"""Start-up, and whole runs of `winnow run` over invented records: seconds and peak memory.

  whole_run.py --winnow BIN [--records 10000 100000 1000000]

Two databases that share half of their records, four steps, two exports. The second run must do nothing again.
"""
import argparse, os, pathlib, random, resource, shutil, statistics, subprocess, sys, tempfile, time

REVIEW = """version: 1
review: {title: A whole run}
reviewers: {KBAA: first}
sources:
  - {wave: first, searched: 2020-08-31, databases: {MEDLINE: {files: medline.ris}, Embase: {files: embase.ris}}}
selection:
  steps:
    - {remove: duplicates, using: duplicates, mode: automatic}
    - {remove: not in English, id: language, using: language, keep: [English], mode: automatic}
    - {remove: types, id: types, using: publication-type, mode: automatic}
exports:
  - {write: out/flow.svg, using: prisma}
  - {write: out/included.ris, using: ris}
"""
WORDS = ("peer support worker recovery service mental health public sector coproduction innovation citizen network practice outcome interview municipal "
         "analysis staff burden therapy ward clinic cohort trial review policy manager nurse patient relative carer").split()


def write_exports(folder, records):
    rng = random.Random(7)
    with open(folder / "medline.ris", "w") as medline, open(folder / "embase.ris", "w") as embase:
        for i in range(records // 2):
            title = " ".join(rng.choices(WORDS, k=9)) + " %d" % rng.randrange(10 ** 6)
            abstract = " ".join(rng.choices(WORDS, k=150))
            tail = "AU  - Smith%d, Anna\nAU  - Lund%d, Ola\nPY  - %d\nVL  - %d\nIS  - %d\nSP  - %d\nAB  - %s.\n" % (
                rng.randrange(5000), rng.randrange(5000), 1990 + i % 30, i % 60, i % 6, rng.randrange(900), abstract)
            language = ("English", "English", "English", "German")[i % 4]
            medline.write("TY  - JOUR\nTI  - %s\nT2  - Journal %d\nLA  - %s\nDO  - 10.5555/run.%d\n%sER  - \n\n" % (title, i % 300, language, i, tail))
            if i % 2:
                title, doi = " ".join(rng.choices(WORDS, k=9)) + " %d" % rng.randrange(10 ** 6), "10.5555/other.%d" % i
            else:
                doi = "10.5555/run.%d" % i
            embase.write("TY  - JOUR\nT1  - %s.\nJF  - Journal %d\nLA  - %s\nDO  - %s\n%sER  - \n\n" % (title, i % 300, language, doi, tail))
    return sum((folder / name).stat().st_size for name in ("medline.ris", "embase.ris"))


def timed(command, folder):
    """Seconds, peak memory of the child in MB, what it printed."""
    begin = time.perf_counter()
    child = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    out = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    if status != 0:
        sys.exit("%s ended with status %d" % (" ".join(command), status))
    return time.perf_counter() - begin, usage.ru_maxrss / 1024, out.decode()


def copy_speed(folder, size):
    """The raw limit of reading: the exports read once, nothing done."""
    begin = time.perf_counter()
    for name in ("medline.ris", "embase.ris"):
        with open(folder / name, "rb") as file:
            while file.read(1 << 20):
                pass
    return time.perf_counter() - begin


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--winnow", required=True)
    parser.add_argument("--records", type=int, nargs="+", default=[10000, 100000, 1000000])
    arguments = parser.parse_args()
    winnow = os.path.abspath(arguments.winnow)
    none = statistics.median(timed(["true"], ".")[0] for _ in range(15))
    for what in (["--version"], ["plugins"]):
        ours = statistics.median(timed([winnow] + what, ".")[0] for _ in range(15))
        print("start-up: winnow %-10s %6.1f ms   limit: an empty program %.1f ms   budget: <= 30 ms with all plugins" % (what[0], ours * 1e3, none * 1e3))
    for records in arguments.records:
        folder = pathlib.Path(tempfile.mkdtemp(prefix="winnow-run-"))
        try:
            (folder / "review.yaml").write_text(REVIEW)
            size = write_exports(folder, records)
            raw = copy_speed(folder, size)
            first, memory, out = timed([winnow, "run", "review.yaml"], folder)
            second, again, out2 = timed([winnow, "run", "review.yaml"], folder)
            if out2.count("unchanged") < 4 or "nothing new to judge" not in out2:
                sys.exit("the second run did something again:\n" + out2)
            print("whole run %9d records %7.0f MB: %7.2f s, %5.0f us a record, peak %5.0f MB; again %6.2f s, peak %5.0f MB   limit: reading once %.2f s   budget: <= 1000 MB"
                  % (records, size / 1e6, first, first / records * 1e6, memory, second, again, raw), flush=True)
        finally:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
