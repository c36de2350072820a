#!/usr/bin/env python3
"""A work of Winnow on Apache Spark: the same answers as on one machine (docs/scale.md).

  winnow_spark.py step --config review.yaml --step duplicates --to answers
      what a step of the review is asked, answered here; `answers: answers` in the review takes it over
  winnow_spark.py files --to results [--judge language --set keep=English] [--sample 0.1 --seed x] a.ris b.csv ...
      imports, judges, deduplicates and samples export files; results/*.jsonl

Every part is a process of `winnow stage`; Spark only divides lines. --winnow names the program, --parts how many parts,
--master where (default: this machine). Executors need Python as PYSPARK_PYTHON, the program, the files and --to under
the same names. --twice does every part two times and compares: a plugin that answers otherwise is named.
"""
import argparse, hashlib, json, os, pathlib, subprocess, sys, tempfile, threading

END = '{"end":true,"out":%d}'


def run_stage(words, streams):
    """One process: streams of (header, lines) go in, (header, list of lines) comes out. Raises where it fails."""
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said, text=True, encoding="utf-8")

        def feed():
            try:
                for header, lines in streams:
                    count = 0
                    process.stdin.write(header + "\n")
                    for count, line in enumerate(lines, 1):
                        process.stdin.write(line + "\n")
                    process.stdin.write(END % count + "\n")
                process.stdin.close()
            except BrokenPipeError:
                pass  # the process has its own reason

        feeder = threading.Thread(target=feed)
        feeder.start()
        out = process.stdout.read().split("\n")
        feeder.join()
        code = process.wait()
        said.seek(0)
        message = said.read().decode("utf-8", "replace").strip()
    if code != 0:
        raise RuntimeError("%s ended with %d: %s" % (" ".join(words), code, message))
    if message:
        print(message, file=sys.stderr)
    rows = out[:-1]
    if len(rows) < 2 or json.loads(rows[-1])["out"] != len(rows) - 2:
        raise RuntimeError("%s gave a stream that was cut" % " ".join(words))
    return rows[0], rows[1:-1]


def part_of(text, count):
    """The part of a text, the same in every process and on every machine."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big") % count


def between(line, begin, end):
    """The JSON of a member as it stands in a line: its members have one order, and quotes within texts are escaped."""
    at = line.index(begin) + len(begin)
    return line[at:line.index(end, at)] if end else line[at:-1]


def record_of(line):
    return between(line, '{"record":', ',"place":')


def named_by_key(line):
    return [between(line, ',"record":', "")]


def named_by_pair(line):
    return [between(line, '{"a":', ',"b":'), between(line, ',"b":', ',"rule":')]


def key_of(line):
    return line[:line.index(',"record":')]


def group_of(line):
    return between(line, ',"group":', "")


def once(program, stage, verb, more, streams):
    """A part, on the driver or an executor; twice if asked for. `program`: the words of winnow, and whether twice."""
    winnow, twice = program
    words, streams = [winnow, "stage", stage, "--do", verb, *more], [(header, list(lines)) for header, lines in streams]
    first = run_stage(words, streams)
    if twice and run_stage(words, streams) != first:
        raise RuntimeError("'%s' is not deterministic: two runs of one part of --do %s differ" % (stage, verb))
    return first


def checked(header, answer):
    if answer[0] != header:
        raise RuntimeError("executors have other plugins or another winnow than the driver: %s, wanted %s" % (answer[0], header))
    return answer[1]


def in_parts(placed, count):
    """(part, (kind, line)) -> RDD of `count` parts of (kind, line), sorted: what is done again is done with the same lines in the same order."""
    return placed.map(lambda one: (one, None)).repartitionAndSortWithinPartitions(count, lambda key: key[0] % count).map(lambda one: one[0][1])


def by_record(lines, count):
    return in_parts(lines.map(lambda line: (part_of(record_of(line), count), (0, line))), count).map(lambda one: one[1])


def with_facts(facts, more, use):
    """Calls `use` with the words that name a file of facts."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.write("\n".join([facts[0], *facts[1], END % len(facts[1]), ""]))
        file.flush()
        return use([*more, "--counts", file.name])


class Work:
    """The verbs over RDDs of lines. Functions that travel to executors hold no part of this object."""

    def __init__(self, context, arguments):
        self.context, self.parts, self.program = context, arguments.parts, (arguments.winnow, arguments.twice)

    def once(self, *words):
        return once(self.program, *words)

    def mapped(self, stage, verb, more, header, lines):
        """A verb that any division fits: the header of its lines, and the lines."""
        program, (out, _) = self.program, self.once(stage, verb, more, [(header, [])])
        return out, lines.mapPartitions(lambda part: checked(out, once(program, stage, verb, more, [(header, part)])))

    def with_records(self, records, placed, names):
        """(part, line) -> parts that hold (0, record line) of the records that `names` finds in their lines, then (1, line)."""
        needed = placed.flatMap(lambda one: [(name, one[0]) for name in names(one[1])]).distinct()
        wanted = needed.join(records.map(lambda line: (record_of(line), line)))
        return in_parts(wanted.map(lambda one: (one[1][0], (0, one[1][1]))).union(placed.map(lambda one: (one[0], (1, one[1])))), self.parts)

    def in_sets(self, stage, verb, more, headers, divided, facts=None):
        """A verb over records and lines about them: the header of its lines, and the lines."""
        program = self.program

        def ask(records, lines):
            streams = [(headers[0], records), (headers[1], lines)]
            if facts is None:
                return once(program, stage, verb, more, streams)
            return with_facts(facts, more, lambda words: once(program, stage, verb, words, streams))

        def answer(part):
            sides = ([], [])
            for kind, line in part:
                sides[kind].append(line)
            return checked(out, ask(*sides))

        out, _ = ask([], [])
        return out, divided.mapPartitions(answer)

    def by_group(self, stage, more, records, header, lines):
        """Pairs by the groups that they make, which one process says, with their records."""
        count = self.parts
        grouped = self.once(stage, "group", more, [(header, sorted(lines))])[1]
        placed = self.context.parallelize(grouped, count).map(lambda line: (part_of(group_of(line), count), line))
        return self.with_records(records, placed, named_by_pair)

    def pairs(self, stage, more, header, records):
        """Settled pairs of the set, each once."""
        count = self.parts
        keysHeader, keys = self.mapped(stage, "keys", more, header, records)
        # A key that one record has alone joins nothing: it need not travel with the record.
        shared = keys.map(lambda line: (key_of(line), line)).groupByKey(count).flatMap(
            lambda one: [(part_of(one[0], count), line) for line in one[1]] if len(one[1]) > 1 else [])
        divided = self.with_records(records, shared, named_by_key).cache()
        factsHeader, facts = self.in_sets(stage, "count", more, (header, keysHeader), divided)
        found, pairs = self.in_sets(stage, "match", more, (header, keysHeader), divided, (factsHeader, sorted(facts.distinct().collect())))
        divided = self.by_group(stage, more, records, found, pairs.distinct().collect())
        return self.in_sets(stage, "settle", more, (header, found), divided)

    def works(self, stage, more, header, records, found, settled):
        """The work of every record that is in a pair."""
        return self.in_sets(stage, "cluster", more, (header, found), self.by_group(stage, more, records, found, settled))

    def sample(self, more, header, records):
        keysHeader, keys = self.mapped("sample", "keys", more, header, records)
        program, of = self.program, [*more, "--of", str(max(records.count(), 1))]
        first = keys.mapPartitions(lambda part: once(program, "sample", "take", of, [(keysHeader, part)])[1]).collect()
        return self.once("sample", "take", of, [(keysHeader, first)])

    def commit(self, name, header, lines, folder, more):
        """Every part becomes a file named by its hash; the manifest comes last. Two answers of one part are an error."""
        def write(index, part):
            rows = list(part)
            text = "\n".join([header, *rows, END % len(rows), ""]).encode()
            file = hashlib.sha256(text).hexdigest() + ".jsonl"
            with tempfile.NamedTemporaryFile(dir=folder, prefix=".part-", delete=False) as out:
                out.write(text)
                out.flush()
                os.fsync(out.fileno())
            os.chmod(out.name, 0o644)
            (folder / (".%s-%d-%s" % (name, index, file[:16]))).touch()
            os.replace(out.name, folder / file)
            yield index, file, len(rows)

        folder.mkdir(parents=True, exist_ok=True)
        for mark in folder.glob(".%s-*-*" % name):
            mark.unlink()
        done = lines.mapPartitionsWithIndex(write).collect()
        marks = list(folder.glob(".%s-*-*" % name))
        if len(marks) != len({(index, file) for index, file, _ in done}):
            raise RuntimeError("a part of '%s' was done again and gave another answer: the plugin is not deterministic" % name)
        for mark in marks:
            mark.unlink()
        head, parts = json.loads(header), {}
        for _, file, count in sorted(done):
            parts.setdefault(file, count)  # empty parts are one file
        manifest = {"winnow": "answers", "version": 1, "holds": head["holds"], "stage": head.get("stage", ""), "key": head.get("key", ""), **more,
                    "lines": sum(parts.values()), "parts": [{"file": file, "lines": count} for file, count in parts.items()]}
        draft = folder / (".%s.manifest.json" % name)
        draft.write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
        os.replace(draft, folder / (name + ".manifest.json"))
        print("%s: %d lines in %d files" % (name, manifest["lines"], len(parts)))


def step(work, arguments):
    """A step of a review."""
    config = ["--config", str(pathlib.Path(arguments.config).resolve())]
    words = [arguments.winnow, "stage", arguments.step, "--do", "records", *config]
    with tempfile.NamedTemporaryFile("w+", dir=arguments.to, prefix="records-", suffix=".jsonl", encoding="utf-8") as file:
        subprocess.run(words, stdout=file, check=True)
        file.seek(0)
        header = file.readline().rstrip("\n")
        lines = by_record(work.context.textFile("file://" + file.name, work.parts).filter(
            lambda line: not line.startswith('{"winnow":') and not line.startswith('{"end":')), work.parts).cache()
        with open(file.name, "rb") as end:
            end.seek(max(0, os.path.getsize(file.name) - 4096))
            trailer = json.loads(end.read().splitlines()[-1])
        if lines.count() != trailer["out"]:
            raise RuntimeError("records were lost between the driver and the executors")
        if "set" in trailer:
            answered, out = work.pairs(arguments.step, config, header, lines)
        else:
            answered, out = work.mapped(arguments.step, "judge", config, header, lines)
        work.commit(arguments.step.replace(" ", "-"), answered, out, arguments.to, {"set": trailer["set"]} if "set" in trailer else {})


def files(work, arguments):
    """Export files, without a review."""
    reads = [[arguments.winnow, "stage", "any", "--do", "read", "--place", str(place), "--file", name, os.path.abspath(name)]
             for place, name in enumerate(arguments.file)]
    header = '{"winnow":"stage","version":1,"holds":"records"}'
    read = work.context.parallelize(reads, max(len(reads), 1)).flatMap(lambda words: checked(header, run_stage(words, [])))
    records = by_record(read, work.parts).cache()
    work.commit("records", header, records, arguments.to, {})
    if arguments.judge:
        words = [word for one in arguments.set for word in ("--set", one)]
        work.commit("verdicts", *work.mapped(arguments.judge, "judge", words, header, records), arguments.to, {})
    pairsHeader, settled = work.pairs("duplicates", [], header, records)
    work.commit("pairs", pairsHeader, settled, arguments.to, {})
    work.commit("works", *work.works("duplicates", [], header, records, pairsHeader, settled.collect()), arguments.to, {})
    if arguments.sample:
        taken, rows = work.sample(["--set", "seed=" + arguments.seed, "--set", "share=" + arguments.sample], header, records)
        work.commit("sample", taken, work.context.parallelize(rows, 1), arguments.to, {})


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["step", "files"])
    parser.add_argument("file", nargs="*")
    for option, default in (("--winnow", "winnow"), ("--master", "local[*]"), ("--config", "review.yaml"), ("--step", None), ("--judge", None),
                            ("--sample", None), ("--seed", "winnow")):
        parser.add_argument(option, default=default)
    parser.add_argument("--set", action="append", default=[])
    parser.add_argument("--parts", type=int, default=8)
    parser.add_argument("--to", type=lambda name: pathlib.Path(name).resolve(), required=True)
    parser.add_argument("--twice", action="store_true")
    arguments = parser.parse_intermixed_args()
    if arguments.what == "step" and not arguments.step:
        parser.error("--step names the step")
    try:
        from pyspark import SparkConf, SparkContext
    except ImportError:
        sys.exit("winnow_spark.py needs PySpark: pip install pyspark, and Java 17")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # executors do not look at spark.pyspark.python
    arguments.to.mkdir(parents=True, exist_ok=True)
    conf = SparkConf().setAppName("winnow").setMaster(arguments.master).set("spark.ui.enabled", "false")
    if arguments.master.startswith("local"):
        conf.set("spark.driver.host", "127.0.0.1").set("spark.driver.bindAddress", "127.0.0.1")
    context = SparkContext(conf=conf)
    context.setLogLevel("ERROR")
    try:
        (step if arguments.what == "step" else files)(Work(context, arguments), arguments)
    except Exception as error:  # what a part said, out of a page of Spark's
        said = [line.split("RuntimeError: ", 1)[1] for line in str(error).splitlines() if "RuntimeError: " in line]
        sys.exit("winnow_spark.py: " + (said[0] if said else str(error)))
    finally:
        context.stop()


if __name__ == "__main__":
    main()
