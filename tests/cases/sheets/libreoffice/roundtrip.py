import csv, io, os, pathlib, re, shutil, subprocess

ANSWERS = [("include", "", "=1+1 is no formula"), ("exclude", "indoors", ""), ("maybe", "", "ask Nils"), ("include", "", "a club"), ("exclude", "participants", "ikke slag – friske"), ("", "", "")]
NUMBERS = {3: "3/4", 4: "00417"}  # what a table of texts keeps and an opened CSV does not
FILTERS = {"xlsx": "xlsx", "csv": "csv:Text - txt - csv (StarCalc):44,34,76", "semicolon.csv": "csv:Text - txt - csv (StarCalc):59,34,76",
           "cp1252.csv": "csv:Text - txt - csv (StarCalc):59,34,1", "ods": "ods"}


def run():
    done = subprocess.run(["winnow", "run", "review.yaml"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return done.returncode, done.stderr.decode()


def sheet(kind):
    return pathlib.Path("out/sheets/titles/KÅ." + kind)


def use(kind):
    text = pathlib.Path("review.yaml").read_text(encoding="utf-8")
    pathlib.Path("review.yaml").write_text(re.sub("format: [a-z]+", "format: " + kind, text), encoding="utf-8")


def fresh():
    for path in ("out", "decisions"):
        shutil.rmtree(path, ignore_errors=True)
    pathlib.Path("review.ledger").unlink(missing_ok=True)
    os.makedirs("decisions")


def save(source, kind, target, opened):
    folder = pathlib.Path("saved") / kind
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["soffice", "-env:UserInstallation=file://%s/office" % os.getcwd(), "--headless", *opened, "--convert-to", FILTERS[kind], "--outdir", folder, source],
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    found = [p for p in folder.iterdir() if p.stem == pathlib.Path(source).stem]
    shutil.move(str(found[0]), target)


def make(kind, notes):
    """Our sheet with all answers, as a workbook or a table; and what the table of the same answers is."""
    fresh()
    run()
    rows = list(csv.reader(sheet("csv").open(encoding="utf-8-sig", newline="")))
    for number, (row, answer) in enumerate(zip(rows[1:], ANSWERS), 1):
        row[:3] = answer[:2] + (notes.get(number, answer[2]),)
    with open("decisions/titles-first.csv", "w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)
    use(kind)
    run()
    shutil.copy(sheet(kind), "ours." + kind)
    use("csv")
    run()
    return sheet("csv").read_bytes().decode("utf-8-sig")


def compare(name, want):
    status, err = run()
    again = sheet("csv").read_bytes().decode("utf-8-sig") if sheet("csv").exists() else ""
    print("%s: exit %d%s" % (name, status, ", equal" if again == want else ""))
    got = list(csv.reader(io.StringIO(again)))
    for row, (a, b) in enumerate(zip(list(csv.reader(io.StringIO(want))), got)):
        print("".join("  row %d, %s: %s came back as %s\n" % (row + 1, heading, x or "nothing", y or "nothing") for heading, x, y in zip(got[0], a, b) if x != y), end="")
    for line in err.splitlines():
        if "waiting for" not in line:
            print("  " + line)


want = {"ours.xlsx": make("xlsx", NUMBERS), "ours.csv": make("csv", {})}
# Opened as the dialogue proposes (UTF-8), as on a machine that asks nothing, and as the workbook that it is.
OPENED = {"ours.csv": ["--infilter=CSV:44,34,76,1"], "ours.csv, opened as Windows-1252": ["--infilter=CSV:44,34,1,1"], "ours.xlsx": []}
for source, kinds in (("ours.xlsx", FILTERS), ("ours.csv", ["xlsx", "semicolon.csv"]), ("ours.csv, opened as Windows-1252", ["csv"])):
    for kind in kinds:
        fresh()
        target = pathlib.Path("titles." + kind.split(".")[-1])
        save(source.split(",")[0], kind, target, OPENED[source])
        shutil.move(str(target), "decisions")
        compare("%s saved as %s" % (source, kind), want[source.split(",")[0]])
