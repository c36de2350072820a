#!/usr/bin/env python3
"""A work of Winnow on Apache Spark: the same answers as on one machine (docs/scale.md).

  winnow_spark.py step --config review.yaml --step duplicates --to answers
      what a step of the review is asked, answered here; `answers: answers` in the review takes it over
  winnow_spark.py files --to results [--judge language --set keep=English] [--sample 0.1 --seed x] a.ris b.csv ...
      imports, judges, deduplicates and samples export files; results/*.jsonl

Every part is a process of `winnow stage` that reads files and writes files; Spark says which, and does lost parts again.
--winnow names the program, --parts how many parts, --master where (default: this machine). Executors need Python as
PYSPARK_PYTHON, and the program, the plugins, the export files and --to under the same names. What parts hand to one
another is below --work (default: a folder in --to) and is removed, at the latest at the end, its size printed.
--twice does every part two times and compares: a plugin that answers otherwise is named.
"""
import argparse, contextlib, json, os, pathlib, shutil, subprocess, sys, tempfile, time


class Part:
    """One process of `winnow stage`, on an executor. Holds words only, so that it travels."""

    def __init__(self, program, work, twice):
        self.program, self.work, self.twice = program, work, twice

    def __call__(self, name, stage, verb, words, inputs, parts=1, wants=False):
        """{output: [(file, sha256, lines) by part]}: "lines", and "wants" where asked for. Files are named by their hash:
        a part that is done again gives the same names, or shows that a plugin is not deterministic."""
        first = self.once(name, stage, verb, words, inputs, parts, wants)
        if self.twice and self.once(name, stage, verb, words, inputs, parts, wants) != first:
            raise RuntimeError("'%s' is not deterministic: two runs of one part of --do %s differ" % (stage, verb))
        return first

    def once(self, name, stage, verb, words, inputs, parts, wants):
        with tempfile.TemporaryDirectory(dir=self.work, prefix=".draft-") as draft:
            outputs = {"lines": os.path.join(draft, "lines")}
            if wants:
                outputs["wants"] = os.path.join(draft, "wants")
            more = ["--wants", outputs["wants"]] if wants else []
            done = subprocess.run([self.program, "stage", stage, "--do", verb, *words, "--to", outputs["lines"], "--parts", str(parts), *more, *inputs],
                                  stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            said = done.stderr.decode("utf-8", "replace").strip()
            if done.returncode != 0:
                raise RuntimeError("winnow stage %s --do %s ended with %d: %s" % (stage, verb, done.returncode, said))
            if said:
                print(said, file=sys.stderr)
            made = {}
            for row in map(json.loads, done.stdout.splitlines()):
                output = "lines" if row["file"].startswith(outputs["lines"] + "-") else "wants"
                final = os.path.join(self.work, "%s.%s.%d.%s.jsonl" % (name, output, row["part"], row["sha256"][:16]))
                os.replace(row["file"], final)
                made.setdefault(output, []).append((final, row["sha256"], row["lines"]))
            return made


def tell(text):
    """Progress for whoever still reads it."""
    with contextlib.suppress(OSError):
        print(text, flush=True)


def header_of(file):
    with open(file, encoding="utf-8") as lines:
        return lines.readline().rstrip("\n")


class Work:
    """The verbs over files: Spark gives every part to an executor."""

    def __init__(self, context, arguments, folder):
        self.context, self.parts, self.folder = context, arguments.parts, folder
        self.part = Part(arguments.winnow, str(folder), arguments.twice)

    def each(self, name, stage, verb, tasks, parts=1, wants=False):
        """`tasks`: (words, files) of each part. Returns what the parts made, in their order."""
        begin, part = time.time(), self.part
        asked = list(enumerate(tasks))
        made = self.context.parallelize(asked, len(asked)).map(
            lambda one: part("%s-%d" % (name, one[0]), stage, verb, *one[1], parts, wants)).collect()
        return self.noted(name, stage, verb, begin, made)

    def one(self, name, stage, verb, words, inputs, parts=1, wants=False):
        """A verb that reads the whole set, beside the driver, where the review is."""
        begin = time.time()
        return self.noted(name, stage, verb, begin, [self.part(name + "-0", stage, verb, words, inputs, parts, wants)])

    def noted(self, name, stage, verb, begin, made):
        taken = sum(os.path.getsize(file) for one in made for files in one.values() for file, _, _ in files)
        tell("%-14s%5d parts%10.1f MB%8.1f s" % (name, len(made), taken / 1e6, time.time() - begin))
        self.steady(name, verb, stage)
        headers = {header_of(one["lines"][0][0]) for one in made}
        if len(headers) > 1:
            raise RuntimeError("executors have different plugins or another winnow: %s" % sorted(headers))
        return made

    def steady(self, name, verb, stage):
        """A part that was done again gave the same, or there are two files of it."""
        seen = {}
        for file in self.folder.glob(name + "-*.jsonl"):
            base, _ = file.name[:-len(".jsonl")].rsplit(".", 1)
            if seen.setdefault(base, file.name) != file.name:
                raise RuntimeError("a part of --do %s was done again and gave another answer: '%s' is not deterministic" % (verb, stage))

    def across(self, made, output="lines"):
        """By part of what comes next: the files of all parts for it."""
        return [[one[output][part][0] for one in made] for part in range(self.parts)]

    @staticmethod
    def discard(*whole):
        """Removes what no verb reads any more: the disk need not hold the sum of all."""
        for file in (file for made in whole for one in made for files in one.values() for file, _, _ in files):
            with contextlib.suppress(OSError):
                os.unlink(file)

    def sent(self, name, stage, more, records, wants):
        """Of every part of `records`, what the parts that come want of it."""
        return self.each(name, stage, "send", [(more, [*wanted, *held]) for wanted, held in zip(wants, records)], self.parts)

    def pairs(self, stage, more, records):
        """Settled pairs of the set, by parts, and the records that are in them. `records`: files, by part."""
        keys = self.each("keys", stage, "keys", [(more, held) for held in records], self.parts)
        blocks = self.each("meet", stage, "meet", [(more, files) for files in self.across(keys)], self.parts, wants=True)
        self.discard(keys)
        sent = self.sent("sent", stage, more, records, self.across(blocks, "wants"))
        met = list(zip(self.across(sent), self.across(blocks)))
        facts = self.each("count", stage, "count", [(more, [*blocks, *held]) for held, blocks in met])
        counts = [word for file in self.files(facts) for word in ("--counts", file)]
        found = self.each("match", stage, "match", [([*more, *counts], [*held, *blocks]) for held, blocks in met])
        self.discard(blocks, sent)
        groups = self.one("group", stage, "group", more, self.files(found), self.parts, wants=True)
        self.discard(facts, found)
        again = self.across(self.sent("again", stage, more, records, self.across(groups, "wants")))
        settled = self.each("settle", stage, "settle", [(more, [*held, *pairs]) for held, pairs in zip(again, self.across(groups))])
        self.discard(groups)
        return settled, again

    @staticmethod
    def files(made):
        return [file for one in made for file, _, _ in one["lines"]]

    def works(self, stage, more, settled, held):
        """The work of every record that is in a pair."""
        return self.each("cluster", stage, "cluster", [(more, [*sent, file]) for sent, file in zip(held, self.files(settled))])

    def sample(self, more, records):
        keys = self.files(self.each("sample-keys", "sample", "keys", [(more, held) for held in records]))
        of = [*more, "--of", str(max(sum(lines_in(file) for files in records for file in files), 1))]
        first = self.each("sample-first", "sample", "take", [(of, [file]) for file in keys])
        return self.one("sample", "sample", "take", of, self.files(first))

    def commit(self, name, made, to, more):
        """Every file of the answer is named by its hash; the manifest comes last."""
        files = {}
        for one in made:
            for file, digest, lines in one["lines"]:
                if digest not in files:  # empty parts are one file
                    draft = to / (".part-" + digest)
                    try:
                        os.link(file, draft)
                    except OSError:  # --work is on another disk
                        shutil.copyfile(file, draft)
                    with open(draft, "rb") as copy:
                        os.fsync(copy.fileno())
                    os.replace(draft, to / (digest + ".jsonl"))
                    draft.unlink(missing_ok=True)  # replacing a file by another name of itself does nothing
                    files[digest] = lines
        head = json.loads(header_of(to / (next(iter(files)) + ".jsonl")))
        manifest = {"winnow": "answers", "version": 1, "holds": head["holds"], "stage": head.get("stage", ""), "key": head.get("key", ""), **more,
                    "lines": sum(files.values()), "parts": [{"file": digest + ".jsonl", "lines": lines} for digest, lines in files.items()]}
        draft = to / (".%s.manifest.json" % name)
        draft.write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
        os.replace(draft, to / (name + ".manifest.json"))
        tell("%s: %d lines in %d files" % (name, manifest["lines"], len(files)))


def trailer_of(file):
    with open(file, "rb") as end:
        end.seek(max(0, os.path.getsize(file) - 4096))
        return json.loads(end.read().splitlines()[-1])


def lines_in(file):
    return trailer_of(file)["out"]


def step(work, arguments):
    """A step of a review."""
    config = ["--config", str(pathlib.Path(arguments.config).resolve())]
    made = work.one("records", arguments.step, "records", config, [], work.parts)
    records, trailer = work.across(made), trailer_of(work.files(made)[0])
    if "set" in trailer:
        answers, _ = work.pairs(arguments.step, config, records)
    else:
        answers = work.each("judge", arguments.step, "judge", [(config, held) for held in records])
    work.commit(arguments.step.replace(" ", "-"), answers, arguments.to, {"set": trailer["set"]} if "set" in trailer else {})


def files(work, arguments):
    """Export files, without a review."""
    made = work.each("read", "any", "read", [(["--place", str(place), "--file", name], [os.path.abspath(name)])
                                             for place, name in enumerate(arguments.file)], work.parts)
    records = work.across(made)
    if arguments.judge:
        words = [word for one in arguments.set for word in ("--set", one)]
        work.commit("verdicts", work.each("judge", arguments.judge, "judge", [(words, held) for held in records]), arguments.to, {})
    settled, held = work.pairs("duplicates", [], records)
    work.commit("records", made, arguments.to, {})
    work.commit("pairs", settled, arguments.to, {})
    work.commit("works", work.works("duplicates", [], settled, held), arguments.to, {})
    if arguments.sample:
        words = ["--set", "seed=" + arguments.seed, "--set", "share=" + arguments.sample]
        work.commit("sample", work.sample(words, records), arguments.to, {})


def start(master):
    """A context of Spark that runs something already."""
    from pyspark import SparkConf, SparkContext
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # executors do not look at spark.pyspark.python
    conf = SparkConf().setAppName("winnow").setMaster(master).set("spark.ui.enabled", "false").set(
        "spark.ui.showConsoleProgress", str(sys.stderr.isatty()).lower())
    if master.startswith("local"):
        conf.set("spark.driver.host", "127.0.0.1").set("spark.driver.bindAddress", "127.0.0.1")
    context = SparkContext(conf=conf)
    context.setLogLevel("ERROR")
    context.parallelize([0], 1).count()
    return context


def do(context, arguments):
    """What the command line asks for."""
    for folder in filter(None, (arguments.to, arguments.work)):
        folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=arguments.work or arguments.to, prefix=".work-", ignore_cleanup_errors=True) as folder:
        work = Work(context, arguments, pathlib.Path(folder))
        (step if arguments.what == "step" else files)(work, arguments)


def words_of(words=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["step", "files"])
    parser.add_argument("file", nargs="*")
    for option, default in (("--winnow", "winnow"), ("--master", "local[*]"), ("--config", "review.yaml"), ("--step", None), ("--judge", None),
                            ("--sample", None), ("--seed", "winnow")):
        parser.add_argument(option, default=default)
    parser.add_argument("--set", action="append", default=[])
    parser.add_argument("--parts", type=int, default=8)
    parser.add_argument("--to", type=lambda name: pathlib.Path(name).resolve(), required=True)
    parser.add_argument("--work", type=lambda name: pathlib.Path(name).resolve())
    parser.add_argument("--twice", action="store_true")
    arguments = parser.parse_intermixed_args(words)
    if arguments.what == "step" and not arguments.step:
        parser.error("--step names the step")
    if arguments.what == "files" and not arguments.file:
        parser.error("name the export files")
    return arguments


def main():
    arguments = words_of()
    begin = time.time()
    try:
        context = start(arguments.master)
    except ImportError:
        sys.exit("winnow_spark.py needs PySpark: pip install pyspark, and Java 17")
    tell("spark started in %.1f s" % (time.time() - begin))
    begin = time.time()
    try:
        do(context, arguments)
        tell("done in %.1f s" % (time.time() - begin))
    except Exception as error:  # what a part said, out of a page of Spark's
        said = [line.split("RuntimeError: ", 1)[1] for line in str(error).splitlines() if "RuntimeError: " in line]
        sys.exit("winnow_spark.py: " + (said[0] if said else str(error)))
    finally:
        context.stop()


if __name__ == "__main__":
    main()
