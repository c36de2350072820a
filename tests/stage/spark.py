#!/usr/bin/env python3
"""The PySpark driver gives what one machine gives, byte for byte: in any number of parts, on executors of their own, and
while executors are killed. A plugin that is not deterministic is caught.

  spark.py --winnow BIN [--kills 20] [--works 300] [--parts 1,2,7,64] [--data ../shared/data/dedup] [--only WORD] [--million N]

An invented set, the labelled sets of --data, and the example reviews. --only: of the sets, those whose name has the word;
--million: an invented set of N records instead. Skipped (77) where Java or PySpark is missing: pip install pyspark.
"""
import argparse, contextlib, importlib.util, io, json, os, pathlib, random, shutil, signal, subprocess, sys, tempfile, threading, time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
DRIVER = ROOT / "host" / "spark" / "winnow_spark.py"
sys.path[:0] = [str(ROOT / "tests" / "stage"), str(ROOT / "tests" / "bench"), str(DRIVER.parent)]
from dedup_run import write_exports
from lines import Failed, Stage, exitCode, together
from partitions import first_difference, invented, labelled_sets, tables, winnow
from takeover import copy_of, run, same_files

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
REVIEWS = {"quickstart": ["duplicates", "not-in-english"], "peer-support-workers": ["duplicates", "language", "publication-type", "topic"]}


def wanted_of(arguments, files, folder):
    """What one machine gives: clusters and pairs of winnow dedup, the rest of one part of everything."""
    winnow(arguments, ["dedup", *files, "--clusters", "clusters.csv", "--pairs", "pairs.csv"], folder)
    reader = Stage(arguments.winnow, "any", cwd=folder)
    records = together([reader.run("read", data=b"", words=[file, "--place", str(place)]) for place, file in enumerate(files)])
    sampler = Stage(arguments.winnow, "sample", ["--set", "seed=x", "--set", "share=0.1"], folder)
    verdicts = Stage(arguments.winnow, "language", ["--set", "keep=English"], folder).run("judge", [records])
    sample = sampler.run("take", [sampler.run("keys", [records])])
    return {"tables": ((folder / "clusters.csv").read_bytes().decode(), (folder / "pairs.csv").read_bytes().decode()),
            **{name: sorted(stream.lines) for name, stream in (("records", records), ("verdicts", verdicts), ("sample", sample))}}


def compare(wanted, folder, what):
    got = {name: lines_of(folder, name) for name in ("records", "pairs", "works", "verdicts", "sample")}
    for name in ("records", "verdicts", "sample"):
        if got[name] != wanted[name]:
            raise Failed("%s: other %s than on one machine" % (what, name))
    found = tables(*[[json.loads(line) for line in got[name]] for name in ("records", "pairs", "works")])
    if found != wanted["tables"]:
        raise Failed("%s: %s" % (what, first_difference(wanted["tables"], found)))


class Cluster:
    """The driver's code in this process, so that many works share one start of Spark."""

    def __init__(self, master):
        import winnow_spark
        self.driver, self.master = winnow_spark, master
        os.environ["PYTHONPATH"] = str(DRIVER.parent)  # of executors
        self.context = winnow_spark.start(master)

    def do(self, arguments, words, cwd):
        here = os.getcwd()
        os.chdir(cwd)
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                self.driver.do(self.context, self.driver.words_of([*words, "--winnow", arguments.winnow]))
        finally:
            os.chdir(here)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.context.stop()


def sets_of(arguments, work):
    """Name, folder and files of every set."""
    sets = [("invented", ["part%d.ris" % place for place in range(3)])]
    (work / "invented").mkdir()
    invented(work / "invented", arguments.works, 3, 20)
    if arguments.data.is_dir():
        for name, file in labelled_sets(arguments.data):
            folder = work / name.replace("/", "-")
            folder.mkdir()
            shutil.copy(file, folder / "records.csv")
            sets.append((folder.name, ["records.csv"]))
    else:
        print("skipped: the labelled sets of %s, which are not here" % arguments.data)
    return [(name, work / name, files) for name, files in sets if arguments.only in name]


def equal_sets(arguments, cluster, sets):
    for name, folder, files in sets:
        wanted = wanted_of(arguments, files, folder)
        for count in arguments.parts:
            begin, to = time.time(), folder / ("to-%d" % count)
            cluster.do(arguments, ["files", "--to", str(to), "--parts", str(count), *WHAT, *files], folder)
            compare(wanted, to, "%s on %s in %d parts" % (name, cluster.master, count))
            shutil.rmtree(to)
            print("%s on %s in %d parts: %d records as on one machine, %.0f s" % (
                name, cluster.master, count, len(wanted["records"]), time.time() - begin), flush=True)


def equal_reviews(arguments, cluster, work):
    """The example reviews: their machines' steps on Spark, the rest by winnow run."""
    for name, steps in REVIEWS.items():
        plain = copy_of(name, work / ("plain-" + name))
        run(arguments.winnow, plain)
        for count in arguments.parts:
            taking = copy_of(name, work / ("taking-%s-%d" % (name, count)))
            for one in steps:
                cluster.do(arguments, ["step", "--step", one, "--to", "answers", "--parts", str(count)], taking)
            said = run(arguments.winnow, taking).stdout
            if said.count("taken over") != len(steps):
                raise Failed("winnow run took over something else:\n" + said)
            same_files(plain, taking)
            print("%s on %s in %d parts: %d steps taken over, the outputs of a run without" % (name, cluster.master, count, len(steps)), flush=True)


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


def a_million(arguments, cluster, folder):
    """An invented set against winnow dedup, and what both take."""
    files = [pathlib.Path(file).name for file in write_exports(folder, arguments.million)]
    begin = time.time()
    winnow(arguments, ["dedup", *files, "--clusters", "clusters.csv", "--pairs", "pairs.csv"], folder)
    alone = time.time() - begin
    wanted = (folder / "clusters.csv").read_bytes().decode(), (folder / "pairs.csv").read_bytes().decode()
    for count in arguments.parts:
        begin = time.time()
        cluster.do(arguments, ["files", "--to", "to", "--parts", str(count), *files], folder)
        took = time.time() - begin
        got = tables(*[[json.loads(line) for line in lines_of(folder / "to", name)] for name in ("records", "pairs", "works")])
        if got != wanted:
            raise Failed("%d records in %d parts: %s" % (arguments.million, count, first_difference(wanted, got)))
        shutil.rmtree(folder / "to")
        print("%d records on %s in %d parts: equal to winnow dedup, %.0f s for its %.0f" % (arguments.million, cluster.master, count, took, alone), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--winnow", required=True)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--works", type=int, default=300)
    parser.add_argument("--parts", type=lambda text: [int(one) for one in text.split(",")], default=[1, 2, 7, 64])
    parser.add_argument("--data", type=pathlib.Path, default=ROOT.parent / "shared" / "data" / "dedup")
    parser.add_argument("--only", default="")
    parser.add_argument("--million", type=int)
    parser.add_argument("--master", default=CLUSTER)
    arguments = parser.parse_args()
    arguments.winnow = str(pathlib.Path(arguments.winnow).resolve())
    if shutil.which("java") is None or importlib.util.find_spec("pyspark") is None:
        print("skipped: needs Java 17 and PySpark (pip install pyspark)")
        return SKIPPED
    with tempfile.TemporaryDirectory(prefix="winnow-spark-") as name:
        work = pathlib.Path(name)
        with Cluster(arguments.master) as cluster:
            if arguments.million:
                a_million(arguments, cluster, work)
                return 0
            sets = sets_of(arguments, work)
            equal_sets(arguments, cluster, sets)
            if not arguments.only:
                equal_reviews(arguments, cluster, work)
        if arguments.only:
            return 0
        name, folder, files = sets[0]
        unsteady(arguments, files, folder)
        if arguments.kills:
            killed(arguments, files, folder, wanted_of(arguments, files, folder))
    return 0


if __name__ == "__main__":
    sys.exit(exitCode(main))
