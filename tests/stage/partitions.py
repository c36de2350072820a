#!/usr/bin/env python3
"""However a set is divided, `winnow stage` gives what `winnow run` and `winnow dedup` give, byte for byte.

  partitions.py --winnow BIN [--partitions 1,2,7,64] [--data ../shared/data/dedup] [--invented N] [--small]

Sets of --data are read as `winnow dedup` reads them, and compared by its --clusters and --pairs; the example reviews by
the verdicts and pairs in their ledgers and by the samples that they draw. --small: few partitions, no --data.
"""
import argparse, csv, io, json, pathlib, random, shutil, sqlite3, subprocess, sys, tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from lines import Failed, Stage, Stream, deduplicate, divided, exitCode, together

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
ACTIONS = {"keep": 1, "drop": 2, "unsure": 3, "category": 4, "wait": 5}


def winnow(arguments, words, cwd, accepted=(0,)):
    done = subprocess.run([arguments.winnow, *words], cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode not in accepted:
        raise Failed("winnow %s ended with %d: %s" % (" ".join(words), done.returncode, done.stderr.decode("utf-8", "replace")))
    return done.stdout


def table(rows):
    """CSV as `winnow dedup` writes it."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def names_of(records):
    """Records as `winnow dedup` names them: by the id of their file where that names one."""
    own = {}
    for row in records:
        ids = [field[1] for field in row["fields"] if field[0] == "id.local"]
        own[row["record"]] = ids[0] if ids else ""
    counts = {}
    for name in own.values():
        counts[name] = counts.get(name, 0) + 1
    return {record: name if name and counts[name] == 1 else record for record, name in own.items()}


def compare_dedup(arguments, name, files, folder):
    """One set, by clusters and pairs."""
    winnow(arguments, ["dedup", *files, "--clusters", "clusters.csv", "--pairs", "pairs.csv"], folder)
    wanted = (folder / "clusters.csv").read_bytes().decode(), (folder / "pairs.csv").read_bytes().decode()
    stage = Stage(arguments.winnow, "duplicates", cwd=folder)
    stage.facts = str(folder / "facts.jsonl")
    reader = Stage(arguments.winnow, "any", cwd=folder)
    read = [reader.run("read", data=b"", words=[file, "--place", str(place)]) for place, file in enumerate(files)]
    records = together(read)
    for count in arguments.partitions:
        settled, works = deduplicate(stage, records, count)
        got = tables(records.rows(), settled.rows(), works.rows())
        if got != wanted:
            raise Failed("%s in %d parts: %s" % (name, count, first_difference(wanted, got)))
        print("%s in %d parts: %d records, %d pairs, equal to winnow dedup" % (name, count, len(records.lines), len(settled.lines)), flush=True)


def tables(records, settled, works):
    """What `winnow dedup --clusters --pairs` writes, of the lines that stages gave."""
    rows = sorted(records, key=lambda row: row["place"])
    names = names_of(rows)
    places = {row["record"]: row["place"] for row in rows}
    of = {row["record"]: row["work"] for row in works}
    clusters = table([["record_id", "cluster_id"]] + [[names[row["record"]], names[of.get(row["record"], row["record"])]] for row in rows])
    pairs = sorted(settled, key=lambda row: (places[row["a"]], places[row["b"]]))
    return clusters, table([["record_a", "record_b", "outcome", "rule", "score", "detail"]] + [
        [names[p["a"]], names[p["b"]], "maybe" if p.get("maybe") else "merge" if p["stands"] else "vetoed", p["rule"], "%.4f" % p["score"],
         p.get("note", "")] for p in pairs])


def first_difference(wanted, got):
    for want, have in zip(wanted, got):
        for a, b in zip(want.splitlines() + [""], have.splitlines() + [""]):
            if a != b:
                return "wanted '%s', got '%s'" % (a, b)
    return "another number of lines"


def verdicts_of(ledger, key):
    """What the ledger keeps of a stage: by view."""
    rows = ledger.execute("SELECT v.view, v.action, r.code, v.evidence, v.score, v.note FROM verdict v JOIN stage s ON s.id = v.stage "
                          "LEFT JOIN reason r ON r.stage = v.stage AND r.number = v.reason WHERE s.key = ?", (key,))
    return {view % 2**64: rest for view, *rest in rows}


def pairs_of(ledger, key):
    return sorted((a % 2**64, b % 2**64, code, maybe, stands, score, note) for a, b, code, maybe, stands, score, note in ledger.execute(
        "SELECT a.content, b.content, r.code, p.maybe, p.stands, p.score, p.note FROM pair p JOIN pairing g ON g.id = p.pairing "
        "JOIN stage s ON s.id = g.stage JOIN reason r ON r.stage = s.id AND r.number = p.rule "
        "JOIN record a ON a.id = p.a JOIN record b ON b.id = p.b WHERE s.key = ?", (key,)))


def compare_step(arguments, ledger, folder, step, isMatcher, count):
    """A machine's step of a review against its ledger."""
    stage = Stage(arguments.winnow, step, ["--config", "review.yaml"], folder)
    stage.facts = str(folder / "facts.jsonl")
    records = stage.run("records", data=b"")
    if isMatcher:
        content = {row["record"]: int(row["content"], 16) for row in records.rows()}
        settled, _ = deduplicate(stage, records, count)
        got = sorted((content[p["a"]], content[p["b"]], p["rule"], int(p.get("maybe", False)), int(p["stands"]), p["score"], p.get("note", ""))
                     for p in settled.rows())
        wanted, answers = pairs_of(ledger, json.loads(settled.header)["key"]), settled
    else:
        answers = stage.parts("judge", [[one] for one in divided(records, count, lambda row: row["record"])])
        stored = verdicts_of(ledger, json.loads(answers.header)["key"])
        wanted = {row["record"]: stored.get(int(row["view"], 16)) for row in records.rows()}
        got = {row["record"]: [ACTIONS[row["action"]], row.get("reason"), row.get("evidence", ""), row["score"], row.get("note", "")]
               for row in answers.rows()}
    if got != wanted:
        raise Failed("the step '%s' in %d parts: another answer than winnow run" % (step, count))
    return len(answers.lines)


def compare_sample(arguments, folder, step, reader, count):
    """The sample of the first wave: a merge of the first keys of the parts, against the file of assignments."""
    stage = Stage(arguments.winnow, step, ["--config", "review.yaml"], folder)
    records = stage.run("records", data=b"").keeping(lambda row: row.get("wave", 0) == 0)
    sampler = Stage(arguments.winnow, step, ["--config", "review.yaml", "--reader", reader], folder)
    keys = [sampler.run("keys", [one]) for one in divided(records, count, lambda row: row["record"])]
    of = ["--of", str(len(records.lines))]
    first = together([sampler.run("take", [one], of) for one in keys])
    got = sorted(row["record"] for row in sampler.run("take", [first], of).rows())
    with open(folder / "decisions" / "assignments.csv", newline="", encoding="utf-8-sig") as file:
        rows = [row for row in csv.DictReader(file) if row["wave"] == "first" and row["reviewer"] == reader]
    wanted = sorted(row["record"] for row in rows if row["reads"] == "yes")
    if got != wanted or len(rows) != len(records.lines):
        raise Failed("the sample of %s in %d parts: %d records, winnow run drew %d of %d" % (reader, count, len(got), len(wanted), len(rows)))
    return len(got)


def compare_review(arguments, name, steps, sample, work):
    folder = work / name
    shutil.copytree(ROOT / "configs" / name, folder)
    if sample:
        (folder / "decisions" / "assignments.csv").unlink()
    winnow(arguments, ["run", "review.yaml"], folder, (0, 3))
    ledger = sqlite3.connect("file:%s?mode=ro" % next(folder.glob("*.ledger")), uri=True)
    for count in arguments.partitions:
        lines = sum(compare_step(arguments, ledger, folder, step, step == "duplicates", count) for step in steps)
        drawn = compare_sample(arguments, folder, *sample, count) if sample else 0
        print("%s in %d parts: %d answers of %d steps and a sample of %d, equal to winnow run" % (name, count, lines, len(steps), drawn), flush=True)


WORDS = "sleep memory walking housing recovery stroke nurse rural peer support group trial older adults quality care pain".split()


def invented(folder, records, files, seed):
    """Exports of one another's copies: records written again with lost fields, other spellings and repeated titles."""
    chance = random.Random(seed)
    works = []
    for number in range(records):
        title = " ".join(chance.sample(WORDS, 6)).capitalize() + (" %d" % number if number % 9 else "")
        works.append({"AU": chance.choice(["Hollis, Mara", "Brandt, Tobias", "Okoro, Chidi", "Øst, Åse"]), "TI": title if number % 13 else "Editorial",
                      "PY": str(chance.randint(1995, 2020)), "JO": chance.choice(["Journal of Sleep", "Acta Rurale"]), "VL": str(chance.randint(1, 40)),
                      "SP": str(chance.randint(1, 900)), "DO": "10.5555/%d" % number if number % 3 else ""})
    names = []
    for place in range(files):
        lines = []
        for work in works:
            for _ in range(chance.choice([0, 1, 1, 2])):
                lines.append("TY  - JOUR")
                for tag, value in work.items():
                    if value and (tag == "TI" or chance.random() > 0.15):
                        lines.append("%s  - %s" % (tag, value.upper() if tag == "TI" and chance.random() < 0.2 else value))
                lines.append("ER  - \n")
        names.append("part%d.ris" % place)
        (folder / names[-1]).write_text("\n".join(lines), encoding="utf-8")
    return names


def labelled_sets(data):
    for file in sorted(data.glob("**/records.csv")):
        yield str(file.parent.relative_to(data)), file


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--winnow", required=True)
    parser.add_argument("--partitions", type=lambda text: [int(one) for one in text.split(",")])
    parser.add_argument("--data", type=pathlib.Path, default=ROOT.parent / "shared" / "data" / "dedup")
    parser.add_argument("--invented", type=int, help="works of the invented set")
    parser.add_argument("--small", action="store_true")
    arguments = parser.parse_args()
    arguments.winnow = str(pathlib.Path(arguments.winnow).resolve())
    arguments.partitions = arguments.partitions or ([1, 3] if arguments.small else [1, 2, 7, 64])
    with tempfile.TemporaryDirectory(prefix="winnow-stage-") as name:
        work = pathlib.Path(name)
        (work / "invented").mkdir()
        files = invented(work / "invented", arguments.invented or (120 if arguments.small else 2000), 3, 20)
        compare_dedup(arguments, "invented", files, work / "invented")
        compare_review(arguments, "quickstart", ["duplicates", "not-in-english"], None, work)
        compare_review(arguments, "peer-support-workers", ["duplicates", "language", "publication-type", "topic"],
                       ("title and abstract", "ON"), work)
        if arguments.small:
            return 0
        if not arguments.data.is_dir():
            print("skipped: the labelled sets of %s, which are not here" % arguments.data)
            return 0
        for name, file in labelled_sets(arguments.data):
            folder = work / name.replace("/", "-")
            folder.mkdir()
            shutil.copy(file, folder / "records.csv")
            compare_dedup(arguments, name, ["records.csv"], folder)
    return 0


if __name__ == "__main__":
    sys.exit(exitCode(main))
