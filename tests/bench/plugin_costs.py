#!/usr/bin/env python3
"""What plugins cost: the figures of docs/security.md, each with its limit.

  plugin_costs.py --winnow BIN [--bench WINNOW-BENCH] [--rounds 15]

Processor time (user and system, children included), the least of several rounds in turns: another program on the machine
disturbs it little. --bench measures the boundary in one process as well. Exit 1 if a figure is over its limit.
"""
import argparse, json, os, pathlib, re, resource, shutil, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PLUGIN = """#!/usr/bin/python3
from winnow_worker import *


class Keeps%(n)d(Filter):
    id, version, help = "filters.keeps-%(n)d", "1.0.0", "Keeps everything."

    def judge(self, record):
        return keep()


serve("example.org", "keeps-%(n)d", "1.0.0", "CC0-1.0", [Keeps%(n)d])
"""


def milliseconds(words, folder):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(words, cwd=folder, env=dict(os.environ, HOME=str(folder)), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def least(commands, folder, rounds):
    """The least time of each command, run in turns; the first round warms what is kept."""
    best = {}
    for turn in range(rounds + 1):
        for name, words in commands.items():
            took = milliseconds(words, folder)
            if turn > 0:
                best[name] = min(best.get(name, took), took)
    return best


def write_plugins(folder):
    folder.mkdir()
    shutil.copy(ROOT / "sdk/python/winnow_worker.py", folder)
    for n in range(20):
        file = folder / ("keeps-%d.plugin.py" % n)
        file.write_text(PLUGIN % {"n": n})
        file.chmod(0o755)


def isolation(winnow, folder, rounds):
    """Nanoseconds a record of 2 kB in a worker process, beyond those in this one, of both processes together."""
    inside, outside = [], []
    for _ in range(max(3, rounds // 3)):
        done = subprocess.run([winnow, "--json", "plugins", "measure", "filters.language"], cwd=folder, env=dict(os.environ, HOME=str(folder)), check=True,
                              stdout=subprocess.PIPE, text=True)
        found = json.loads(done.stdout)
        inside.append(found["processor_ns_in_process"])
        outside.append(found["processor_ns_in_worker"])
    return min(outside) - min(inside)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--winnow", required=True)
    parser.add_argument("--bench", help="winnow-bench, for the boundary in one process")
    parser.add_argument("--rounds", type=int, default=15)
    a = parser.parse_args()
    winnow = str(pathlib.Path(a.winnow).resolve())
    rows = []
    with tempfile.TemporaryDirectory(prefix="winnow-costs-") as temporary:
        folder = pathlib.Path(temporary)
        write_plugins(folder / "twenty")
        (folder / "none").mkdir()
        given = lambda name: [winnow, "--plugin-dir", str(folder / name), "plugins", "--ask"]
        best = least({"start": [winnow, "plugins"], "none": given("none"), "twenty": given("twenty")}, folder, a.rounds)
        rows.append(("start-up with all plugins, ms", best["start"], 20))
        rows.append(("20 Python plugins against none, times", best["twenty"] / best["none"], 1.2))
        rows.append(("isolation of a record of 2 kB, ns", isolation(winnow, folder, a.rounds), 1000))
    if a.bench:
        told = subprocess.run([a.bench, "boundary"], stdout=subprocess.PIPE, text=True, check=True).stdout
        line = next(line for line in told.splitlines() if line.startswith("plugin boundary"))
        rows.append(("boundary in one process, ns a record", float(re.search(r"([0-9.]+) ns", line).group(1)), 50))
    for name, value, limit in rows:
        print("%-40s %8.2f   at most %g%s" % (name, value, limit, "" if value <= limit else "   OVER"))
    hostile = re.search(r"foreach\(fault (SEGFAULT.*?)\)", (ROOT / "tests/CMakeLists.txt").read_text(), re.S).group(1).split()
    print("%-40s %8d   at least 20 (each stopped and named: ctest -R conform.hostile)" % ("hostile plugins", len(hostile)))
    return int(any(value > limit for _, value, limit in rows))


if __name__ == "__main__":
    sys.exit(main())
