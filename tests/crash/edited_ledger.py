#!/usr/bin/env python3
"""A ledger that was damaged or edited is refused in words, or gives what it gave before; never other numbers, never a signal.

  edited_ledger.py --winnow BIN [--flips 60] [--seed 1] [--every N] [--only NUMBER]

Edits: every column of every table in some rows (numbers raised, negative, huge; texts and bytes changed), rows deleted and doubled, the
schema's version raised, single bits of the file flipped, the file cut. After each: `winnow run`. The numbers of the flow, every fate and
every output are those of the untouched ledger, or the program ends with 1 and says what to do.
"""
import argparse, hashlib, json, os, pathlib, random, shutil, sqlite3, subprocess, sys, tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True
from kill_and_resume import make_review, outputs

ROWS = 2  # of a table


def edits(ledger, flips, rng):
    """(what is done, function on the path of a copy)."""
    database = sqlite3.connect(ledger)
    tables = [name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")]
    for table in tables:
        columns = [(row[1], row[2]) for row in database.execute("PRAGMA table_info(%s)" % table)]
        keys = [row[1] for row in database.execute("PRAGMA table_info(%s)" % table) if row[5]]
        count = database.execute("SELECT count(*) FROM %s" % table).fetchone()[0]
        for place in sorted({0, count // 2})[:min(ROWS, count)]:
            values = database.execute("SELECT %s FROM %s LIMIT 1 OFFSET %d" % (",".join(keys), table, place)).fetchone()
            where, values = " AND ".join("%s = ?" % k for k in keys), list(values)
            for column, kind in columns:
                others = ["%s + 1", "-1", "2147483648"] if kind in ("INTEGER", "REAL") else ["%s || 'x'", "''"] if kind == "TEXT" else ["zeroblob(3)", "substr(%s, 2)"]
                for other in others:
                    sql = "UPDATE OR IGNORE %s SET %s = %s WHERE %s" % (table, column, other.replace("%s", column), where)
                    yield "%s (row %d)" % (sql.replace(where, "..."), place), statement(sql, values)
            yield "DELETE FROM %s (row %d)" % (table, place), statement("DELETE FROM %s WHERE %s" % (table, where), values)
        if count > 1:
            yield "all of %s" % table, statement("DELETE FROM %s" % table, [])
    yield "a newer schema", statement("PRAGMA user_version = 99", [])
    yield "verdicts change places", statement("UPDATE verdict SET action = 3 - action WHERE action IN (1, 2)", [])
    size = ledger.stat().st_size
    for _ in range(flips):
        bit = rng.randrange(size * 8)
        yield "bit %d of byte %d" % (bit % 8, bit // 8), flip(bit)
    for part in (0, 1, 100, size // 3, size // 2, size - 4096, size - 1):
        yield "cut to %d bytes" % part, cut(part)


def statement(sql, values):
    def edit(path):
        database = sqlite3.connect(path)
        database.execute(sql, values)
        database.commit()
        database.close()
    return edit


def flip(bit):
    def edit(path):
        data = bytearray(path.read_bytes())
        data[bit // 8] ^= 1 << bit % 8
        path.write_bytes(data)
    return edit


def cut(size):
    return lambda path: os.truncate(path, size)


def told(winnow, folder):
    done = subprocess.run([winnow, "run", "review.yaml", "--json"], cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          env={"PATH": "/usr/bin:/bin", "HOME": str(folder), "LC_ALL": "C.UTF-8"}, timeout=120)
    explained = subprocess.run([winnow, "explain", "--all", "--json"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=120) if done.returncode in (0, 3) else None
    return done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"), explained and (explained.returncode, explained.stdout)


def numbers(out):
    report = json.loads(out)
    return [report["steps"], report["flow"], report["included"], [s["records"] for s in report["sources"]]]


def fault(want, got):
    code, out, error, explained = got
    if code == 1:
        return "" if "error" in error else "ended without a word"
    if code not in (0, 3):
        return "ended with %d: %s" % (code, error[-300:])
    if code != want[0] or numbers(out) != numbers(want[1]):
        return "gives other numbers, and says nothing"
    return "" if explained == want[3] or explained[0] == 1 else "explains other fates"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--winnow", required=True)
    parser.add_argument("--flips", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every", type=int, default=1, help="only every N-th edit")
    parser.add_argument("--only", type=int)
    a = parser.parse_args()
    winnow = os.path.abspath(a.winnow)
    with tempfile.TemporaryDirectory(prefix="winnow-edited-") as temporary:
        calm, folder = pathlib.Path(temporary) / "calm", pathlib.Path(temporary) / "edited"
        make_review(calm, 24, random.Random(7))
        subprocess.run([winnow, "run", "review.yaml"], cwd=calm, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        want = told(winnow, calm)
        files = outputs(calm)
        wrong = tried = refused = 0
        for number, (words, edit) in enumerate(edits(calm / "review.ledger", a.flips, random.Random(a.seed)), 1):
            if number % a.every or (a.only and number != a.only):
                continue
            tried += 1
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(calm, folder)
            edit(folder / "review.ledger")
            got = told(winnow, folder)
            found = fault(want, got) or ("wrote other outputs" if outputs(folder) != files else "")
            refused += got[0] == 1
            wrong += bool(found)
            if found or a.only:
                print("%d. %s: %s" % (number, words, found or got[2][-500:]), flush=True)
        print("%d edits, %d refused, %d wrong" % (tried, refused, wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
