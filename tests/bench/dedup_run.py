#!/usr/bin/env python3
"""Whole runs of `winnow dedup` over invented records: seconds, peak memory, growth, and what was joined wrongly or missed.

  dedup_run.py --winnow BIN [--records 10000 100000 1000000]

Four exports as databases give them. Four of ten works are in two to four of them, with the damage that exports do; beside them stand records
that only look alike: errata, second parts, meeting abstracts of the same title, editorials. One core, reading and writing included.
"""
import argparse, csv, math, os, pathlib, random, shutil, subprocess, sys, tempfile, time

COLUMNS = ["record_id", "title", "authors", "year", "journal", "volume", "issue", "pages", "doi", "abstract", "publication_type"]
SYLLABLES = [c + v for c in "b d f g k l m n p r s t v z br cl dr gr pl st tr".split() for v in "a e i o u".split()]
LIMITS = {100000: (10, 200), 1000000: (100, 500)}  # records: seconds, MB
GROWTH = 1.2


class Library:
    """Works and the records that four databases hold of them; the same in every run."""

    def __init__(self):
        self.rng = random.Random(20261128)
        word = lambda: "".join(self.rng.choices(SYLLABLES, k=self.rng.randint(2, 4)))
        self.words = [word() for _ in range(12000)]
        self.families = [word().capitalize() for _ in range(6000)]
        self.given = [word().capitalize() for _ in range(300)]
        self.journals = ["Journal of " + " ".join(self.rng.sample(self.words, 2)).title() for _ in range(800)]

    def work(self, n):
        rng = self.rng
        first = rng.randint(1, 1500)
        return {"title": " ".join(rng.choices(self.words, k=rng.randint(7, 13))).capitalize(),
                "authors": [(rng.choice(self.families), rng.choice(self.given)) for _ in range(rng.randint(1, 6))],
                "year": rng.randint(1985, 2024), "journal": rng.choice(self.journals), "volume": rng.randint(1, 90), "issue": rng.randint(1, 12),
                "pages": "%d-%d" % (first, first + rng.randint(3, 15)), "doi": "10.5555/bench.%d" % n,
                "abstract": " ".join(rng.choices(self.words, k=90)), "publication_type": "Journal Article"}

    def lookalike(self, work, n):
        """Another work that only looks like `work`."""
        other, kind = dict(work), self.rng.randrange(4)
        other["doi"], other["pages"] = "10.5555/other.%d" % n, "%d-%d" % (1600 + n % 300, 1601 + n % 300)
        if kind == 0:
            other.update(title="Erratum: " + work["title"], volume=work["volume"] + 1, abstract="", publication_type="Published Erratum")
        elif kind == 1:
            other.update(title=work["title"] + ". Part 2: " + " ".join(self.rng.choices(self.words, k=3)), issue=work["issue"] + 1)
        elif kind == 2:
            other.update(volume="", issue="", pages="P%d" % (n % 900), doi="", journal="Annual Meeting of " + work["journal"][11:], abstract="",
                         publication_type="Conference Abstract")
        else:
            other.update(title="Editorial", authors=[(self.rng.choice(self.families), "A")], abstract="", publication_type="Editorial")
        return other

    def export(self, work, database):
        """What a database makes of a work."""
        rng, row = self.rng, dict(work)
        names = [family + ", " + (given if database == 0 else given[0] + ".") for family, given in work["authors"]]
        if len(names) > 3 and rng.random() < .1:
            names = names[:3] + ["et al."]
        row["authors"] = "; ".join(names)
        if database == 1:
            row["journal"] = " ".join(w if len(w) < 4 else w[:4] + "." for w in work["journal"].replace(" of ", " ").split())
        if database == 2:
            row["title"] = work["title"].title()
            row["doi"] = work["doi"] and "https://doi.org/" + work["doi"].upper()
        if database == 3:
            row["pages"] = work["pages"].split("-")[0]
            row["abstract"] = work["abstract"][:300]
        for field, chance in (("doi", .3), ("issue", .15), ("pages", .05), ("abstract", .2)):
            if rng.random() < chance:
                row[field] = ""
        if rng.random() < .05 and work["volume"] != "":
            row["year"] = work["year"] - 1
        if rng.random() < .05:
            row["title"] = row["title"] + "."
        return row


def write_exports(folder, records):
    """Four CSV files; a record is called WORK.COPY, so the answer is in its name."""
    library = Library()
    files = [open(folder / ("database%d.csv" % i), "w", newline="") for i in range(4)]
    tables = [csv.DictWriter(f, COLUMNS) for f in files]
    for table in tables:
        table.writeheader()
    written = n = 0
    while written < records:
        work = library.work(n)
        copies = library.rng.choices((1, 2, 3, 4), (60, 22, 12, 6))[0]
        works = [(work, database) for database in library.rng.sample(range(4), copies)]
        alike = library.lookalike(work, n) if library.rng.random() < .06 else None
        for copy, (work, database) in enumerate(works[:records - written]):
            tables[database].writerow(dict(library.export(work, database), record_id="%d.%d" % (n, copy)))
        written += len(works[:records - written])
        n += 1
        if alike and written < records:
            database = library.rng.randrange(4)
            tables[database].writerow(dict(library.export(alike, database), record_id="%d.0" % n))
            written, n = written + 1, n + 1
    for file in files:
        file.close()
    return [f.name for f in files]


def on_one_core():
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def timed(command, folder):
    """Seconds of the clock and of the processor, and peak memory of the child in MB."""
    begin = time.perf_counter()
    child = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=on_one_core)
    _, status, usage = os.wait4(child.pid, 0)
    if status != 0:
        sys.exit("%s ended with status %d" % (" ".join(command), status))
    return time.perf_counter() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def score(clusters):
    """Records joined wrongly, records of a work left apart, and records that should leave."""
    works, groups, seen = {}, {}, 0
    with open(clusters, newline="") as file:
        next(file)
        for record, cluster in csv.reader(file):
            work = record.split(".")[0]
            works.setdefault(work, set()).add(cluster)
            groups.setdefault(cluster, set()).add(work)
            seen += 1
    wrong = sum(len(g) - 1 for g in groups.values())
    missed = sum(len(w) - 1 for w in works.values())
    return wrong, missed, seen - len(works)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--winnow", required=True)
    parser.add_argument("--records", type=int, nargs="+", default=[10000, 100000])
    arguments = parser.parse_args()
    winnow, before = os.path.abspath(arguments.winnow), None
    for records in arguments.records:
        folder = pathlib.Path(tempfile.mkdtemp(prefix="winnow-dedup-"))
        try:
            files = write_exports(folder, records)
            wall, processor, memory = timed([winnow, "dedup", *files, "--clusters", "clusters.csv"], folder)
            wrong, missed, duplicates = score(folder / "clusters.csv")
        finally:
            shutil.rmtree(folder)
        line = "dedup %8d records: %7.2f s (%.2f s of the processor), %4.0f us a record, peak %5.0f MB" % (records, wall, processor, wall / records * 1e6, memory)
        if records in LIMITS:
            line += "   budget: <= %d s, <= %d MB" % LIMITS[records]
        print(line + "; of %d duplicates %d missed, %d joined wrongly" % (duplicates, missed, wrong), flush=True)
        if before:
            print("dedup %8d to %d records: grows with n^%.2f   budget: < n^%.1f"
                  % (before[0], records, math.log(processor / before[1]) / math.log(records / before[0]), GROWTH), flush=True)
        before = records, processor


if __name__ == "__main__":
    main()
