#!/usr/bin/env python3
"""Made-up command lines and configurations against the program itself.

  commands.py --winnow BIN [--seconds 60] [--seed N] [--only SEED:NUMBER] [--keep]

Each try makes a folder with exports, decisions and a review, changes the review here and there, and runs a command with odd words. Whatever
they are: the exit code is one of 0 to 3, never a signal; it ends in time; what the command reads stays as it is; nothing outside of the
folder is touched, also through links that lead there; no escape sequence of the data reaches the terminal; no message speaks of C++.
Prints the seed and number of each try that fails; --only repeats one and shows it.
"""
import argparse, hashlib, os, pathlib, random, re, resource, shutil, subprocess, sys, tempfile

REVIEW = """version: 1
review: {title: A case, question: What?, dates: 2020-01-01 to 2020-12-31}
reviewers: {KBAA: first author, ON: second author}
search: {fields: [title, abstract]}
sources:
  - wave: first
    searched: 2020-08-31
    databases:
      MEDLINE: {files: in.ris, reported: 4}
      Scopus: {files: "b*.csv"}
  - wave: second
    searched: 2020-12-15
    other methods:
      - {method: experts, files: d.bib}
eligibility:
  all of: {c1: peers, c2: services}
  none of: {n1: animals}
selection:
  steps:
    - {remove: duplicates, using: duplicates, mode: automatic}
    - {remove: not in English, id: language, using: language, keep: [English], mode: automatic}
    - {remove: topic, id: topic, using: topic, topics: {peers: [peer support]}, by: KBAA}
    - {screen: abstract, id: ta, by: {KBAA: all, ON: 50 %}, decisions: "decisions*.csv", resolutions: resolutions.csv}
    - {map: kinds, id: kinds, categories: {a: one, b: two}, by: KBAA}
    - {screen: full text, id: full, by: KBAA}
exports:
  - {write: out/prisma.svg, using: prisma}
  - {write: out/all.csv, using: csv, of: all records}
  - {write: out/included.ris, using: ris}
"""
RIS = "TY  - JOUR\nTI  - Peers \x1b[31m in\u202e services %d\nAU  - Berg, Anna\nPY  - 20%02d\nDO  - 10.5555/fuzz.%d\nLA  - eng\nAB  - %s\nER  - \n\n"
FILES = ["in.ris", "b.csv", "b2.csv", "c.xml", "d.bib", "decisions.csv", "decisions-2.csv", "review.yaml", "review.ledger", "review.lock", "flow.json",
         "out/all.csv", "out", "sub", "missing.ris", "link", "linkdir/x.csv", "linkdir", "../outside/victim", "../outside", "", "-", "/dev/null", "/dev/full",
         ".", "..", "odd\x1b[2Jname.ris", "in.ris.part", "a\nb.ris", "hard.ris", "x" * 300, "sub/../in.ris", "./in.ris", "\u00e5.ris", "--", "-x", "new.csv",
         "deep/er/new.ris", "%s%n", "C:\\x.ris", "decisions*.csv", "review.ledger-wal"]
WORDS = ["ris", "csv", "prisma", "bibtex", "nbib", "rayyan", "nosuch", "filters.language", "importers.ris", "KBAA", "ON", "nobody", "doi:10.5555/fuzz.1", "medline:",
         "title:Peers", "ta", "language", "0", "-1", "99999999999999999999", "1e400", "true", "\x00"[:0], "\u202e", "'; rm", "columns=title", "columns=", "=", "a=b=c", "\xff",
         "{}", "[]", "~", "10.5555/fuzz.1", "included", "strict", "utf-16", "x" * 5000]
COMMANDS = {
    "run": ["--until", "--dry-run"], "check": ["--config-only"], "explain": ["--review", "--raw"], "diff": ["--review"], "verify": ["--review"],
    "convert": ["--to", "-o", "--diagnostics", "--set", "--from", "--with", "--encoding"], "lint": ["--fail-on", "--info", "--from"], "formats": [],
    "dedup": ["--clusters", "--pairs", "--review", "--sources", "--plot", "-o", "--to", "--profile"],
    "split": ["--review", "--by", "--note", "--file"], "merge": ["--review", "--by", "--note", "--file"], "withdraw": ["--review"],
    "flow": ["--check", "--to", "-o", "--title", "--per-wave", "--allow-inconsistent"], "plugins": ["--why", "--pages", "--ask"], "schema": ["-o"], "completion": [],
    "search": ["lint", "match", "--help"], "help": [], "": [], "nosuch": [],
}
OUTPUTS = {"-o", "--diagnostics", "--clusters", "--pairs", "--sources", "--plot", "--pages", "--junit"}
RAW = re.compile(r"std::|basic_string|json\.exception|bad_alloc|filesystem error|terminate called|vector::|map::at|yaml-cpp|SQLite::|boost::")


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def tree(folder):
    return sorted((str(p.relative_to(folder)), digest(p), p.lstat().st_mode, p.lstat().st_mtime_ns) for p in folder.rglob("*"))


def make(base, rng):
    """base/review with everything, base/outside with what must stay as it is."""
    folder, outside = base / "review", base / "outside"
    folder.mkdir()
    outside.mkdir()
    (outside / "victim").write_text("mine\n")
    (outside / "x.csv").write_text("record,reviewer,decision\nmine,KBAA,include\n")
    (folder / "in.ris").write_text("".join(RIS % (i, i, i, "peer support " * rng.randrange(4)) for i in range(rng.randrange(1, 8))))
    (folder / "b.csv").write_text("Title,Year,DOI\n" + "".join('"Work %d, \x1b]0;x\x07",2019,10.5555/fuzz.%d\n' % (i, i) for i in range(4)))
    (folder / "b2.csv").write_text("Title;Year\nA;B\n")
    (folder / "c.xml").write_text("<xml><records><record><titles><title>T</title></titles></record></records></xml>")
    (folder / "d.bib").write_text("@article{k, title = {Peers {\\AA}}, year = 2019}\n")
    (folder / "decisions.csv").write_text("record,wave,reviewer,decision,reason,note\ndoi:10.5555/fuzz.1,,KBAA,include,,\x1b[5m\n*,,ON,confirm,,\n")
    (folder / "flow.json").write_text("{}")
    (folder / "odd\x1b[2Jname.ris").write_text("TY  - JOUR\nTI  - Odd\nER  - \n")
    (folder / "sub").mkdir()
    os.symlink(outside / "victim", folder / "link")
    os.symlink(outside, folder / "linkdir")
    os.link(folder / "in.ris", folder / "hard.ris")
    return folder, outside


def changed(text, rng):
    """A review with some lines dropped, doubled, moved or with other values."""
    lines = text.split("\n")
    for _ in range(rng.choice([0, 0, 1, 1, 2, 4])):
        at = rng.randrange(len(lines))
        kind = rng.randrange(9)
        if kind == 0:
            del lines[at]
        elif kind == 1:
            lines.insert(at, lines[rng.randrange(len(lines))])
        elif kind == 2:
            lines[at] = re.sub(r"(:\s*)([^,{}\[\]]+)", lambda m: m.group(1) + rng.choice(FILES + WORDS), lines[at], count=1)
        elif kind == 3:
            lines[at] = re.sub(r"(write|files|decisions|resolutions): [^,}]+", lambda m: m.group(1) + ': "%s"' % rng.choice(FILES).replace("\\", "\\\\").replace("\n", "\\n").replace("\x1b", "\\e"), lines[at])
        elif kind == 4:
            lines[at] = " " * rng.randrange(6) + lines[at]
        elif kind == 5:
            lines.append("%s: %s" % (rng.choice(["out", "ledger", "fail_on", "isolate", "accepted", "known_as", "charting"]), rng.choice(FILES + WORDS + ["{stages: all}", "[warning]", "{seconds: 0}"])))
        elif kind == 6:
            lines[at] = lines[at].replace("KBAA", rng.choice(["../../../../outside/victim", "A/B", "", "KBAA ", "\u202e", "x" * 400]))
        elif kind == 7:
            place = rng.randrange(len(lines[at]) + 1)
            lines[at] = lines[at][:place] + rng.choice("{}[]:,\"'&*!|>%@`#\t\x01\u202e~-") + lines[at][place:]
        else:
            lines[at] = lines[at].replace("using: ", "using: " + rng.choice(["sample, by: x, seed: ", "decisions, x: ", "category, ", "", "publication-type, "]))
        if not lines:
            lines = [""]
    return "\n".join(lines)


def words_of(rng):
    """A command line; mostly of the right shape."""
    command = rng.choice(list(COMMANDS))
    words = [command] if command else []
    options = COMMANDS[command]
    reads = {"run": ["review.yaml"], "check": ["review.yaml"], "diff": ["review.yaml"], "convert": ["in.ris", "--to", "ris"], "lint": ["in.ris"], "dedup": ["in.ris", "b.csv"],
             "explain": ["doi:10.5555/fuzz.1"], "split": ["doi:10.5555/fuzz.1", "doi:10.5555/fuzz.2"], "merge": ["doi:10.5555/fuzz.1", "doi:10.5555/fuzz.2"], "flow": ["flow.json"],
             "formats": ["c.xml"], "withdraw": ["decisions.csv"]}.get(command, [])
    words += reads if rng.random() < 0.8 else []
    for _ in range(rng.choice([0, 1, 1, 2, 3])):
        if options and rng.random() < 0.7:
            words += [rng.choice(options)] + ([rng.choice(FILES if rng.random() < 0.7 else WORDS)] if rng.random() < 0.9 else [])
        else:
            words.append(rng.choice(FILES if rng.random() < 0.6 else WORDS))
    if rng.random() < 0.1:
        words.insert(rng.randrange(len(words) + 1), rng.choice(["--json", "--help", "--plugin-dir", "--allow-weak-sandbox", "--version", "--", "-"]))
    return [w.encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape") for w in words if "\0" not in w]


def inputs_of(words, folder):
    """What the command must not change: its inputs, and those of the review."""
    words = [w for w in words if w not in ("--json", "--help", "--version", "--allow-weak-sandbox")]  # may stand between an option and its value
    keep = {"in.ris", "b.csv", "b2.csv", "d.bib", "review.yaml", "decisions.csv"} if words[:1] != ["convert"] and words[:1] != ["dedup"] and words[:1] != ["schema"] else set()
    for i, word in enumerate(words[1:], 1):
        if words[i - 1] in ("--set", "--with", "--to", "--from", "--title", "--note", "--by"):
            continue  # a word, whatever it looks like
        if words[i - 1] not in OUTPUTS and not (words[0] in ("split", "merge") and words[i - 1] == "--file") and not (words[0] == "dedup" and words[i - 1] == "--review"):
            keep.add(word)
    written = {words[i + 1] for i, w in enumerate(words[:-1]) if w in OUTPUTS or (w == "--file") or (w == "--review" and words[0] == "dedup")}
    if words[:1] not in (["run"], ["check"], ["convert"], ["dedup"], ["flow"]):
        keep -= {os.path.normpath(w) for w in written} | written  # the person at the keyboard said so
    real = lambda n: os.path.realpath(folder / n)
    if words[:1] in (["lint"], ["formats"], ["plugins"], ["schema"], ["completion"], ["search"]):
        keep = {k for k in keep if real(k) not in {real(w) for w in written}}
    if words[:1] in (["split"], ["merge"]):
        keep -= {"decisions.csv"}
    return {k: digest(folder / k) for k in keep if k and len(k) < 200 and "\0" not in k and (folder / k).is_file()}


def processor():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def faults_of(a, rng, base, show):
    folder, outside = make(base, rng)
    (folder / "review.yaml").write_text(changed(REVIEW, rng), encoding="utf-8")
    if rng.random() < 0.5:
        run(a, ["run", "review.yaml"], folder)
    words = words_of(rng)
    before, kept = tree(outside), inputs_of(words, folder)
    began = processor()
    code, out, err = run(a, words, folder)
    if show:
        print("words: %r\nexit %s\n%s\n%s\n%s" % (words, code, (folder / "review.yaml").read_text(), out[-3000:], err[-3000:]))
    if code not in (0, 1, 2, 3):
        yield "ended with %s" % code
    if processor() - began > 20:
        yield "took %.0f s of the processor" % (processor() - began)
    told_outside = any("outside" in w or w.startswith("link") for w in words)  # named by the person at the keyboard
    if tree(outside) != before and not told_outside:
        yield "changed what lies outside: %s" % tree(outside)
    for name, was in kept.items():
        if digest(folder / name) != was:
            yield "changed %r, which it reads" % name
    to_stdout = any(w == "-" and words[i] in OUTPUTS for i, w in enumerate(words[1:]))
    raw_out = to_stdout or any(word in ("convert", "flow") for word in words[:2])  # data that were asked for, as they are
    if b"\x1b" in err or (b"\x1b" in out and not raw_out):
        yield "an escape sequence reached the terminal"
    if b"\xe2\x80\xae" in err or (b"\xe2\x80\xae" in out and not raw_out):
        yield "an override of direction reached the terminal"
    if RAW.search(err.decode("utf-8", "replace")):
        yield "speaks of C++"
    if code in (1, 2) and not err and not out:
        yield "ended with %d without a word" % code
    if [p for p in folder.rglob("*.part") if not any(p.name in word for word in words)]:
        yield "left a temporary file"


def run(a, words, folder):
    env = {"PATH": "/usr/bin:/bin", "HOME": str(folder.parent), "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run([a.winnow] + words, cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
        return done.returncode, done.stdout, done.stderr
    except subprocess.TimeoutExpired as late:
        return "no end", late.stdout or b"", late.stderr or b""
    except (OSError, ValueError):  # too long for a command line
        return 0, b"", b""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--winnow", required=True)
    parser.add_argument("--seconds", type=float, default=60, help="of the processor, children counted")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only")
    a = parser.parse_args()
    a.winnow = os.path.abspath(a.winnow)
    if a.only:
        a.seed = int(a.only.split(":")[0])
    number = wrong = 0
    while a.only or processor() < a.seconds:
        number = int(a.only.split(":")[1]) if a.only else number + 1
        rng = random.Random("%d:%d" % (a.seed, number))
        with tempfile.TemporaryDirectory(prefix="winnow-commands-") as temporary:
            for fault in faults_of(a, rng, pathlib.Path(temporary), a.only):
                wrong += 1
                print("%d:%d: %s" % (a.seed, number, fault), flush=True)
        if a.only or wrong > 30:
            break
    print("%d tries, %.0f s of the processor, %d faults" % (number, processor(), wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
