#!/usr/bin/env python3
"""What the rules and thresholds of filters.duplicates do on labelled sets, and where its weights come from.

  tests/bench/dedup_rules.py --winnow build/release/bin/winnow --data DATA
  tests/bench/dedup_rules.py --fit build/release/bin/duplicates-levels --data DATA [--without SET | --leave-one-out]

DATA holds a folder a set with records.csv (record_id,type,title,authors,year,journal,volume,number,pages,doi,isbn_issn,
accession,database,abstract) and gold.csv (record_id,cluster_id). The first form prints, per rule, pairs joined rightly
and wrongly; per threshold of the weight, precision and recall over all pairs that were reported; and per set how long
the hand-check list is. The second fits log2(m/u) of every level and prints weights.inc; --without leaves one set
out, and --leave-one-out each in turn and prints how far the weight tells the pairs of that set apart. Standard library only."""
import argparse
import collections
import csv
import math
import os
import pathlib
import re
import subprocess
import sys
import tempfile

csv.field_size_limit(1 << 30)
FIELDS = "title authors year journal volume issue pages DOI abstract".split()
LEVELS = (8, 6, 4, 3, 3, 3, 5, 2, 4)


def rows(path):
    with open(path, newline="", encoding="utf-8-sig") as file:
        yield from csv.DictReader(file)


def sets_of(data):
    for folder in sorted(pathlib.Path(data).iterdir()):
        if (folder / "records.csv").exists() and (folder / "gold.csv").exists():
            contested = folder / "contested.csv"
            left_out = {c for r in rows(contested) for c in r["cluster_id"].split("|")} if contested.exists() else set()
            yield folder, {r["record_id"]: r["cluster_id"] for r in rows(folder / "gold.csv")}, left_out


def weight_of(detail):
    found = re.search(r"sum ([+-][0-9.]+)", detail)
    return float(found[1]) if found else 0.0


def judge(winnow, data):
    rules, weights, true_pairs = collections.defaultdict(lambda: [0, 0, 0, 0]), [], 0
    print("%-32s %8s %8s %8s %8s" % ("set", "records", "joined", "wrongly", "maybe"))
    for folder, gold, left_out in sets_of(data):
        with tempfile.TemporaryDirectory() as scratch:
            pairs = os.path.join(scratch, "pairs.csv")
            subprocess.run([winnow, "dedup", str(folder / "records.csv"), "--pairs", pairs], check=True, stdout=subprocess.DEVNULL)
            joined = wrong = maybe = 0
            for pair in rows(pairs):
                a, b = gold[pair["record_a"]], gold[pair["record_b"]]
                if a in left_out or b in left_out:
                    continue
                place = (0 if pair["outcome"] == "merge" else 2) + (a != b)
                rules[pair["rule"]][place] += 1
                weights.append((weight_of(pair["detail"]), a == b, pair["outcome"]))
                joined += pair["outcome"] == "merge"
                wrong += pair["outcome"] == "merge" and a != b
                maybe += pair["outcome"] == "maybe"
            sizes = collections.Counter(c for c in gold.values() if c not in left_out)
            true_pairs += sum(n * (n - 1) // 2 for n in sizes.values())
        print("%-32s %8d %8d %8d %8d  %.2f %%" % (folder.name, len(gold), joined, wrong, maybe, 100 * maybe / len(gold)))
    print("\n%-34s %8s %8s %10s %8s %8s" % ("rule", "right", "wrong", "precision", "maybe", "of two"))
    for rule, (right, wrong, asked, vain) in sorted(rules.items()):
        precision = "%.5f" % (right / (right + wrong)) if right + wrong else ""
        print("%-34s %8d %8d %10s %8d %8d" % (rule, right, wrong, precision, asked + vain, vain))
    print("\n%-10s %10s %10s   pairs reported, by weight; of %d true pairs" % ("weight", "precision", "recall", true_pairs))
    for threshold in range(-4, 24, 2):
        right = sum(same for weight, same, _ in weights if weight >= threshold)
        all_of_them = sum(weight >= threshold for weight, _, _ in weights)
        if all_of_them:
            print(">= %-7d %10.5f %10.5f" % (threshold, right / all_of_them, right / true_pairs))


def levels_of(program, data):
    found = {}
    for folder, gold, left_out in sets_of(data):
        text = subprocess.run([program, str(folder / "records.csv")], check=True, capture_output=True, text=True).stdout
        found[folder.name] = [(gold[p["record_a"]] == gold[p["record_b"]], [int(p[f]) for f in FIELDS], p["outcome"])
                              for p in csv.DictReader(text.splitlines()) if gold[p["record_a"]] not in left_out]
    return found


def fit(pairs):
    """log2(m/u) of every level, half a pair added to each count; level 0 says nothing and weighs nothing."""
    table = []
    for i, levels in enumerate(LEVELS):
        counts = {same: collections.Counter(v[i] for is_one, v, _ in pairs if is_one == same and v[i]) for same in (True, False)}
        totals = {same: sum(c.values()) + levels / 2 for same, c in counts.items()}
        table.append([0.0] + [math.log2((counts[True][k] + .5) / totals[True] * totals[False] / (counts[False][k] + .5))
                              for k in range(1, levels + 1)])
    return table


def print_table(table):
    print("// Made by tests/bench/dedup_rules.py. Do not edit.")
    for field, weights in zip(FIELDS, table):
        print("{" + ", ".join("%.1f" % w for w in weights) + "},  // " + field)


def leave_one_out(found):
    print("%-32s %8s %8s %14s %14s" % ("set left out", "of one", "of two", "one below 0", "two above 2"))
    for name, own in found.items():
        print_row(name, own, fit([p for other, pairs in found.items() if other != name for p in pairs]))
        print_row("  (with it)", own, fit([p for pairs in found.values() for p in pairs]))


def print_row(name, pairs, table):
    weigh = lambda v: sum(weights[level] for weights, level in zip(table, v))
    one, two = [weigh(v) for same, v, _ in pairs if same], [weigh(v) for same, v, _ in pairs if not same]
    print("%-32s %8d %8d %14d %14d" % (name, len(one), len(two), sum(w < 0 for w in one), sum(w >= 2 for w in two)))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--winnow")
    parser.add_argument("--fit", metavar="DUPLICATES_LEVELS")
    parser.add_argument("--data", required=True)
    parser.add_argument("--without", metavar="SET")
    parser.add_argument("--leave-one-out", action="store_true")
    arguments = parser.parse_args()
    if not os.path.isdir(arguments.data):
        sys.exit("%s is not here: labelled sets are not part of the repository" % arguments.data)
    if arguments.winnow:
        judge(arguments.winnow, arguments.data)
    if arguments.fit:
        found = levels_of(arguments.fit, arguments.data)
        if arguments.leave_one_out:
            leave_one_out(found)
        else:
            print_table(fit([p for name, pairs in found.items() if name != arguments.without for p in pairs]))


if __name__ == "__main__":
    main()
