#!/usr/bin/env python3
"""What stages answered elsewhere is taken over by `winnow run`, and its outputs are those of a run without: byte for byte.
What does not fit is refused or left out, and named.

  takeover.py --winnow BIN
"""
import argparse, filecmp, hashlib, json, pathlib, shutil, subprocess, sys, tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from lines import Failed, Stage, deduplicate, divided, exitCode

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def run(winnow, folder, accepted=(0, 3)):
    done = subprocess.run([winnow, "run", "review.yaml"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode not in accepted:
        raise Failed("winnow run ended with %d: %s" % (done.returncode, done.stderr))
    return done


def commit(folder, name, stream, parts, **more):
    """Files named by their hashes, and a manifest."""
    head, listed = json.loads(stream.header), {}
    for part in parts:
        text = part.text().encode()
        file = hashlib.sha256(text).hexdigest() + ".jsonl"
        (folder / file).write_bytes(text)
        listed[file] = len(part.lines)
    manifest = {"winnow": "answers", "version": 1, "holds": head["holds"], "stage": head["stage"], "key": head["key"],
                "lines": sum(listed.values()), "parts": [{"file": file, "lines": count} for file, count in listed.items()], **more}
    (folder / (name + ".manifest.json")).write_text(json.dumps(manifest))
    return folder / (name + ".manifest.json")


def answer(winnow, folder, step, count):
    """Answers one step elsewhere; gives its manifest."""
    answers = folder / "answers"
    answers.mkdir(exist_ok=True)
    stage = Stage(winnow, step, ["--config", "review.yaml"], folder)
    stage.facts = str(folder.parent / "facts.jsonl")
    records = stage.run("records", data=b"")
    if "set" in records.trailer:
        settled, _ = deduplicate(stage, records, count)
        return commit(answers, step, settled, divided(settled, count, lambda row: row["a"]), set=records.trailer["set"])
    verdicts = stage.parts("judge", [[one] for one in divided(records, count, lambda row: row["record"])])
    return commit(answers, step, verdicts, divided(verdicts, count, lambda row: row["record"]))


def copy_of(name, folder):
    shutil.copytree(ROOT / "configs" / name, folder)
    (folder / "answers").mkdir()
    text = (folder / "review.yaml").read_text()
    (folder / "review.yaml").write_text(text + "\nanswers: answers\n")
    return folder


def same_files(one, other):
    """Every file that a run writes but the ledger."""
    def files(folder):
        return {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file() and ".ledger" not in file.name and "answers" not in file.parts}
    if files(one) != files(other):
        raise Failed("other files were written: %s" % sorted(files(one) ^ files(other)))
    differing = [name for name in sorted(files(one)) if not filecmp.cmp(one / name, other / name, shallow=False)]
    if differing:
        raise Failed("with answers from elsewhere these files come out otherwise: %s" % differing)


def same_as_without(winnow, name, steps, work, count):
    plain = copy_of(name, work / (name + "-plain"))
    taking = copy_of(name, work / (name + "-taking"))
    run(winnow, plain)
    for step in steps:
        answer(winnow, taking, step, count)
    said = run(winnow, taking).stdout
    if said.count("taken over") != len(steps):
        raise Failed("%d steps were answered elsewhere, and the run says:\n%s" % (len(steps), said))
    same_files(plain, taking)
    print("%s: %d steps taken over in %d parts, the outputs are those of a run without" % (name, len(steps), count))
    return taking


def again(folder):
    for file in folder.glob("*.ledger*"):
        file.unlink()


def expect(winnow, folder, what, words, code):
    again(folder)
    done = run(winnow, folder, (0, 1, 2, 3))
    if done.returncode != code or not all(word in done.stderr for word in words):
        raise Failed("%s: ended with %d and said '%s'; wanted %d and %s" % (what, done.returncode, done.stderr, code, words))
    print("%s: %s" % (what, done.stderr.strip().splitlines()[0][:150]))


def refusals(winnow, folder):
    """The folder of a review whose steps were taken over, spoiled in every way."""
    manifest = folder / "answers" / "not-in-english.manifest.json"
    whole = manifest.read_text()
    part = folder / "answers" / json.loads(whole)["parts"][0]["file"]
    bytes = part.read_bytes()

    def spoil(change):
        json_ = json.loads(whole)
        change(json_)
        manifest.write_text(json.dumps(json_))

    part.write_bytes(bytes.replace(b'"keep"', b'"wait"', 1))
    expect(winnow, folder, "a changed part", ["is not what it was"], 2)
    part.write_bytes(bytes)
    manifest.write_text("{")
    expect(winnow, folder, "a broken manifest", ["is no manifest of answers"], 2)
    spoil(lambda m: m.update(lines=m["lines"] + 1))
    expect(winnow, folder, "another count", ["its parts"], 2)
    spoil(lambda m: m.update(version=9))
    expect(winnow, folder, "another version", ["version 9"], 2)
    spoil(lambda m: m["parts"].append(m["parts"][0]))
    expect(winnow, folder, "a part twice", ["twice"], 2)
    spoil(lambda m: m.update(key="0" * 64))
    expect(winnow, folder, "another stage", ["answers.another-stage", "not taken over"], 0)

    def replaced(change):
        text = change(bytes)
        name = hashlib.sha256(text).hexdigest() + ".jsonl"
        (folder / "answers" / name).write_bytes(text)
        spoil(lambda m: m["parts"][0].update(file=name))

    first = bytes.splitlines()[1]
    view = json.loads(first)["view"].encode()
    replaced(lambda text: text.replace(view, b"0123456789abcdef"))
    expect(winnow, folder, "a record as it was", ["answers.other-records", "1 of "], 0)
    replaced(lambda text: text.replace(b'"out":', b'"out":1'))
    expect(winnow, folder, "a cut part", ["stage.count"], 2)
    replaced(lambda text: text.replace(b"language.other", b"language.nothing").replace(b'"action":"keep"', b'"action":"drop"'))
    expect(winnow, folder, "an undeclared answer", ["answers.unknown-reason"], 2)
    manifest.write_text(whole)
    shutil.rmtree(folder / "answers")
    expect(winnow, folder, "no folder", ["there is no folder 'answers'"], 0)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--winnow", required=True)
    winnow = str(pathlib.Path(parser.parse_args().winnow).resolve())
    with tempfile.TemporaryDirectory(prefix="winnow-takeover-") as name:
        work = pathlib.Path(name)
        same_as_without(winnow, "peer-support-workers", ["duplicates", "language", "publication-type", "topic"], work, 3)
        refusals(winnow, same_as_without(winnow, "quickstart", ["duplicates", "not-in-english"], work, 2))
    return 0


if __name__ == "__main__":
    sys.exit(exitCode(main))
