#!/usr/bin/env python3
"""Compares `winnow stopping` with buscarpy (PyPI, 0.0.2) on random label lists, to 1e-9.

usage: buscarpy_oracle.py --winnow BIN [--lists 200]; exit 0 equal, 1 different, 77 skipped (buscarpy is not installed)."""
import argparse, json, os, random, subprocess, sys, tempfile

parser = argparse.ArgumentParser()
parser.add_argument("--winnow", required=True)
parser.add_argument("--lists", type=int, default=200)
arguments = parser.parse_args()
try:
    import numpy
    from buscarpy import calculate_h0
except ImportError as error:
    print("skipped: %s; pip install buscarpy" % error)
    sys.exit(77)

dice, worst = random.Random(19), 0.0
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "labels.txt")
    for _ in range(arguments.lists):
        # Below 60 % of the set: buscarpy answers nan where its hypothesis needs more records than are left.
        total = dice.randint(50, 5000)
        read, share, target = dice.randint(1, int(total * .6)), dice.choice([.005, .05, .3]), dice.choice([.5, .8, .9, .95, .99])
        labels = [int(dice.random() < share * 2 * (1 - i / read)) for i in range(read)]
        expected = calculate_h0(numpy.array(labels, dtype=numpy.int64), total, target)
        if numpy.isnan(expected):
            continue
        with open(path, "w") as out:
            out.writelines("%d\n" % x for x in labels)
        run = subprocess.run([arguments.winnow, "stopping", path, "--total", str(total), "--recall", str(target), "--json"],
                             capture_output=True, check=True)
        worst = max(worst, abs(json.loads(run.stdout)["p"] - expected))
print("largest difference in %d lists: %.2g" % (arguments.lists, worst))
sys.exit(1 if worst > 1e-9 else 0)
