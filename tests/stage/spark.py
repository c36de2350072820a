#!/usr/bin/env python3
"""The PySpark driver gives what one machine gives, byte for byte: in any number of parts, on executors of their own, and
while executors are killed. A plugin that is not deterministic is caught.

  spark.py --winnow BIN [--kills 20] [--works 300] [--parts 2,7]

Skipped (77) where Java or PySpark is missing: pip install pyspark.
"""
import argparse, importlib.util, json, os, pathlib, random, shutil, signal, subprocess, sys, tempfile, threading, time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from lines import Failed, Stage, deduplicate, exitCode, together
from partitions import invented
from takeover import copy_of, run, same_files

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
DRIVER = ROOT / "host" / "spark" / "winnow_spark.py"
CLUSTER = "local-cluster[2,1,1024]"
SKIPPED = 77

UNSTEADY = '''#!/usr/bin/python3
"""A filter that answers otherwise every time, and says that it does not."""
import random

from winnow_worker import DROP, Filter, Reason, drop, keep, serve


class Unsteady(Filter):
    id, version, help = "filters.unsteady", "1.0.0", "Drops records by chance."
    reasons = [Reason(DROP, "unsteady.chance", "By chance")]

    def judge(self, record):
        return drop("unsteady.chance") if random.random() < 0.5 else keep()


serve("example.org", "unsteady", "1.0.0", "Apache-2.0", [Unsteady])
'''


def driver(arguments, words, cwd, environment=None):
    begin = time.time()
    done = subprocess.Popen([sys.executable, str(DRIVER), *words, "--winnow", arguments.winnow], cwd=cwd, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, text=True, env=dict(os.environ, PYSPARK_PYTHON=sys.executable, **(environment or {})))
    return done, begin


def finish(started, accepted=True):
    process, begin = started
    said = process.communicate()[0]
    if (process.returncode == 0) != accepted:
        raise Failed("the driver ended with %d:\n%s" % (process.returncode, said[-3000:]))
    return said, time.time() - begin


def lines_of(folder, name):
    """Every line of a manifest's parts, in order."""
    manifest = json.loads((folder / (name + ".manifest.json")).read_text())
    return sorted(line for part in manifest["parts"] for line in (folder / part["file"]).read_text().splitlines()[1:-1])


WHAT = ["--judge", "language", "--set", "keep=English", "--sample", "0.1", "--seed", "x"]


def wanted_of(arguments, files, folder):
    """The same with one part of everything, which partitions.py holds against winnow dedup."""
    reader = Stage(arguments.winnow, "any", cwd=folder)
    records = together([reader.run("read", data=b"", words=[file, "--place", str(place)]) for place, file in enumerate(files)])
    stage = Stage(arguments.winnow, "duplicates", cwd=folder)
    stage.facts = str(folder / "facts.jsonl")
    settled, works = deduplicate(stage, records, 1)
    sampler = Stage(arguments.winnow, "sample", ["--set", "seed=x", "--set", "share=0.1"], folder)
    return {"records": records.lines, "pairs": settled.lines, "works": works.lines,
            "verdicts": Stage(arguments.winnow, "language", ["--set", "keep=English"], folder).run("judge", [records]).lines,
            "sample": sampler.run("take", [sampler.run("keys", [records])]).lines}


def compare(wanted, folder, what):
    for name, lines in wanted.items():
        if lines_of(folder, name) != sorted(lines):
            raise Failed("%s: other %s than on one machine" % (what, name))


def executors(driverPid):
    """Processes of executors below a driver."""
    listed = subprocess.run(["ps", "-eo", "pid,ppid,args"], stdout=subprocess.PIPE, text=True).stdout.splitlines()[1:]
    rows = [row.split(None, 2) for row in listed]
    below, more = {driverPid}, True
    while more:
        more = {int(pid) for pid, parent, _ in rows if int(parent) in below} - below
        below |= more
    return [int(pid) for pid, _, text in rows if int(pid) in below and "CoarseGrainedExecutorBackend" in text and "java" in text.split()[0]]


def killed(arguments, files, folder, wanted):
    """Runs of the driver, an executor killed every few seconds, until enough were."""
    kills, runs, chance = 0, 0, random.Random(3)
    while kills < arguments.kills:
        to = folder / ("killed-%d" % runs)
        process, begin = driver(arguments, ["files", "--to", str(to), "--parts", "7", "--master", CLUSTER, *WHAT, *files], folder)
        said = []
        reading = threading.Thread(target=lambda: said.append(process.communicate()[0]))
        reading.start()
        while reading.is_alive():
            reading.join(chance.uniform(2, 6))
            alive = executors(process.pid)
            if reading.is_alive() and alive and kills < arguments.kills:
                try:
                    os.kill(chance.choice(alive), signal.SIGKILL)
                    kills += 1
                except ProcessLookupError:
                    pass
        if process.returncode != 0:
            raise Failed("with executors killed the driver ended with %d:\n%s" % (process.returncode, said[0][-3000:]))
        compare(wanted, to, "with executors killed")
        runs += 1
        print("%d executors killed in %d runs: nothing changed" % (kills, runs), flush=True)


def unsteady(arguments, files, folder):
    plugins = folder / "plugins"
    plugins.mkdir()
    shutil.copy(ROOT / "sdk" / "python" / "winnow_worker.py", plugins)
    (plugins / "unsteady.plugin.py").write_text(UNSTEADY)
    (plugins / "unsteady.plugin.py").chmod(0o755)
    words = ["files", "--to", str(folder / "unsteady"), "--parts", "2", "--master", "local[2]", "--judge", "unsteady", "--twice", *files[:1]]
    said, _ = finish(driver(arguments, words, folder, environment={"WINNOW_PLUGIN_PATH": str(plugins)}), accepted=False)
    if "is not deterministic" not in said:
        raise Failed("an unsteady plugin was not caught:\n" + said[-2000:])
    print("a plugin that is not deterministic is caught", flush=True)


def taken_over(arguments, work):
    """The example review: its machines' steps on Spark, the rest by winnow run."""
    plain, taking = copy_of("quickstart", work / "plain"), copy_of("quickstart", work / "taking")
    run(arguments.winnow, plain)
    for step in ("duplicates", "not-in-english"):
        finish(driver(arguments, ["step", "--step", step, "--to", "answers", "--parts", "3", "--master", "local[2]"], taking))
    said = run(arguments.winnow, taking).stdout
    if said.count("taken over") != 2:
        raise Failed("winnow run took over something else:\n" + said)
    same_files(plain, taking)
    print("a review continues from Spark: its outputs are those of a run without", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--winnow", required=True)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--works", type=int, default=300)
    parser.add_argument("--parts", type=lambda text: [int(one) for one in text.split(",")], default=[2, 7])
    arguments = parser.parse_args()
    arguments.winnow = str(pathlib.Path(arguments.winnow).resolve())
    if shutil.which("java") is None or importlib.util.find_spec("pyspark") is None:
        print("skipped: needs Java 17 and PySpark (pip install pyspark)")
        return SKIPPED
    with tempfile.TemporaryDirectory(prefix="winnow-spark-") as name:
        work = pathlib.Path(name)
        files = invented(work, arguments.works, 3, 20)
        wanted = wanted_of(arguments, files, work)
        for master in ("local[2]", CLUSTER):
            for count in arguments.parts:
                to = work / ("to-%s-%d" % (master[:7], count))
                _, seconds = finish(driver(arguments, ["files", "--to", str(to), "--parts", str(count), "--master", master, *WHAT, *files], work))
                compare(wanted, to, "%s in %d parts" % (master, count))
                print("%s in %d parts: %d records as on one machine, %.0f s" % (master, count, len(wanted["records"]), seconds), flush=True)
        taken_over(arguments, work)
        unsteady(arguments, files, work)
        if arguments.kills:
            killed(arguments, files, work, wanted)
    return 0


if __name__ == "__main__":
    sys.exit(exitCode(main))
