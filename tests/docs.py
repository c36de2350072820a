#!/usr/bin/env python3
"""The docs hold what the program does: docs.py --winnow BIN --source FOLDER

Every YAML block of a review is read by `winnow check --config-only`: whole ones as they are, parts put in the place of
the same part of the guide's own review (docs/writing-a-review.md, all its parts together). Every `$ winnow` line of a
console block names a command that exists, with options that it has; where output stands below, the command is run on
the shipped reviews and must print it. Every link to a file, and to a heading within one, leads somewhere. Prints what
does not hold; exit 1. Standard library only."""
import argparse, os, pathlib, re, shlex, shutil, subprocess, sys, tempfile

PARTS = "version review reviewers search sources eligibility selection charting studies synthesis sheets exports isolate plugins known_as reasons_known_as".split()
WRAPPED = {"databases": ("sources", "sources:\n  - wave: first\n    searched: 2020-08-31\n%s", 4), "steps": ("selection", "selection:\n  defaults: {by: KBAA}\n%s    - {chart: main form}\n", 2)}
PEOPLE = "reviewers: {KBAA: one, ON: two, ME: three, kari: four}\n"
OTHER = ("winnow", "platform", "rules")  # dialect tables, appraisal forms, platforms, rules of the matcher: tests of their own


def files_of(source):
    for pattern in ("*.md", "docs/*.md", "plugins/*/*/README.md", "configs/**/*.md", "sdk/**/*.md"):
        yield from sorted(source.glob(pattern))


def blocks(file):
    """(line, language and what stands behind it, text) of each fenced block."""
    language = None
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip().startswith("```"):
            if language is None:
                language, begin, text = line.strip()[3:], number, []
            else:
                yield begin, language, "\n".join(text) + "\n"
                language = None
        elif language is not None:
            text.append(line)


def parts(text):
    """Top-level keys of a block, each with its text."""
    found, key = {}, None
    for line in text.splitlines(keepends=True):
        begin = re.match(r"([a-z][a-z_ ]*):", line)
        if begin:
            key = begin[1]
            found[key] = ""
        if key:
            found[key] += line
    return found


def wrapped(found):
    for inner, (outer, text, indent) in WRAPPED.items():
        if inner in found:
            body = "".join(" " * indent + line for line in found.pop(inner).splitlines(keepends=True))
            found[outer] = text % body
    return found


def composed(base, found):
    if "selection" in found and "chart:" not in found["selection"]:
        base = {part: text for part, text in base.items() if part not in ("charting", "synthesis")}
    return "".join((base | {"reviewers": PEOPLE} | found).get(part, "") for part in PARTS)


def checked(winnow, text, folder):
    for pattern in re.findall(r"files: *(\[[^\]]*\]|[^,}\n#]+)", text):
        for name in re.split(r"[\[\], ]+", pattern.strip()):
            if name:
                for where in (folder, folder / "exports/first"):
                    path = where / name.strip('"').replace("*", "1")
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_text("TY  - JOUR\nTI  - A\nER  - \n")
    for name in ("strategy.ovid", "mtrees2019.bin"):
        (folder / name).write_text("1. peer.ti.\n" if name.endswith("ovid") else "*NEWRECORD\n")
    (folder / "review.yaml").write_text(text, encoding="utf-8")
    done = subprocess.run([winnow, "check", "--config-only", "review.yaml"], cwd=folder, capture_output=True, text=True)
    return [l for l in done.stderr.splitlines() if " error: " in l] if done.returncode not in (0, 3) else []


def yaml_blocks(a, say):
    base = {}
    guide = a.source / "docs/writing-a-review.md"
    for _, language, text in blocks(guide):
        if language.startswith("yaml"):
            base = base | parts(text)
    base = wrapped(base)
    count = 0
    for file in files_of(a.source):
        for line, language, text in blocks(file):
            if not language.startswith("yaml") or "file=" in language:  # the guide's own test makes the file and uses it
                continue
            found = parts(text)
            if next(iter(found), "") in OTHER:
                continue
            count += 1
            whole = "version" in found and "sources" in found
            with tempfile.TemporaryDirectory() as folder:
                for problem in checked(a.winnow, text if whole else composed(base, wrapped(found)), pathlib.Path(folder)):
                    say(file, line, "the review of this block is refused: " + problem)
    return count


def options_in(words):
    return [w.split("=")[0] for w in words if re.match(r"--[a-z]", w)]


def console_blocks(a, say):
    count = 0
    for file in files_of(a.source):
        for line, language, text in blocks(file):
            if language.split()[:1] != ["console"]:
                continue
            lines = text.splitlines()
            for at, shown in enumerate(lines):
                if not shown.startswith("$ winnow "):
                    continue
                count += 1
                words = shlex.split(shown[2:], comments=True)[1:]
                command = words[:2] if words[0] in ("plugins", "search") and len(words) > 1 else words[:1]
                told = subprocess.run([a.winnow, *command, "--help"], capture_output=True, text=True)
                if told.returncode != 0:
                    say(file, line + at + 1, "there is no command 'winnow %s'" % " ".join(command))
                for option in options_in(words):
                    if option not in told.stdout:
                        say(file, line + at + 1, "'winnow %s' has no option %s" % (" ".join(command), option))
                output = lines[at + 1:]
                if output and not any(l.startswith("$") for l in output):
                    outputs(a, say, file, line + at + 1, words, output)
    return count


def outputs(a, say, file, line, words, wanted):
    """What stands below a command about the shipped reviews is what it prints there."""
    if not any(word.startswith("configs/") for word in words):
        return
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(a.source / "configs", pathlib.Path(folder) / "configs")
        done = subprocess.run([a.winnow, *words], cwd=folder, capture_output=True, text=True)
    printed = done.stdout.splitlines()
    for number, one in enumerate(wanted):
        if one not in printed:
            say(file, line + number + 1, "this line is not printed: " + one)


def anchors(file):
    text = re.sub(r"```.*?```", "", file.read_text(encoding="utf-8"), flags=re.S)
    return {re.sub(r"[^\w\- ]", "", h.lower()).strip().replace(" ", "-") for h in re.findall(r"^#+ +(.+)$", text, re.M)}


def links(a, say):
    count = 0
    for file in files_of(a.source):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            for target in re.findall(r"\]\(([^)\s]+)\)", line):
                if re.match(r"[a-z]+:", target):
                    continue
                count += 1
                path, _, anchor = target.partition("#")
                other = (file.parent / path) if path else file
                if not other.exists():
                    say(file, number, "the link leads nowhere: " + target)
                elif anchor and other.suffix == ".md" and anchor not in anchors(other):
                    say(file, number, "no heading of that name: " + target)
    return count


def unnamed_commands(a, say):
    """Every command that `winnow --help` lists stands in the README."""
    listed = subprocess.run([a.winnow, "--help"], check=True, stdout=subprocess.PIPE, text=True).stdout.partition("Commands:\n")[2]
    readme = a.source / "README.md"
    names = re.findall(r"^  ([a-z]+) ", listed, re.M)
    if len(names) < 15:
        say(readme, 1, "winnow --help lists %d commands" % len(names))
    for name in names:
        if not re.search(r"`winnow %s\b" % name, readme.read_text(encoding="utf-8")):
            say(readme, 1, "no word about the command '%s'" % name)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--winnow", required=True)
    parser.add_argument("--source", required=True, type=pathlib.Path)
    a = parser.parse_args()
    a.winnow = os.path.abspath(a.winnow)
    wrong = []

    def say(file, line, what):
        wrong.append(what)
        print("%s:%d: %s" % (file.relative_to(a.source), line, what), flush=True)

    unnamed_commands(a, say)
    print("%d blocks of YAML, %d commands, %d links" % (yaml_blocks(a, say), console_blocks(a, say), links(a, say)))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
