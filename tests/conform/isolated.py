#!/usr/bin/env python3
"""A review with every plugin in a worker process gives the same bytes as with every plugin in the program.

  isolated.py --winnow BIN --review FOLDER
"""
import argparse, filecmp, json, pathlib, shutil, subprocess, sys, tempfile


def run(winnow, review, folder, addition):
    shutil.copytree(review, folder, ignore=shutil.ignore_patterns("out", "*.ledger*", "review.lock"))
    with open(folder / "review.yaml", "a") as yaml:
        yaml.write(addition)
    done = subprocess.run([winnow, "--json", "run", "review.yaml"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode not in (0, 3):
        print(done.stderr[-2000:])
        sys.exit(1)
    return json.loads(done.stdout), done.stderr


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--winnow", required=True)
    parser.add_argument("--review", required=True, type=pathlib.Path)
    a = parser.parse_args()
    winnow = str(pathlib.Path(a.winnow).resolve())
    with tempfile.TemporaryDirectory(prefix="winnow-isolated-") as temporary:
        plain, isolated = pathlib.Path(temporary) / "plain", pathlib.Path(temporary) / "isolated"
        report, told = run(winnow, a.review, plain, "")
        other, told_too = run(winnow, a.review, isolated, "\nisolate: {stages: all}\n")
        if any(p["isolated"] for p in report["plugins"]) or not all(p["isolated"] for p in other["plugins"]):
            print("the report says that isolation is other than it should be")
            return 1
        files = sorted(str(p.relative_to(plain)) for p in (plain / "out").rglob("*") if p.is_file())
        match, mismatch, errors = filecmp.cmpfiles(plain, isolated, files, shallow=False)
        wrong = mismatch + errors + (["what was reported"] if told != told_too else [])
        wrong += sorted(set(str(p.relative_to(isolated)) for p in (isolated / "out").rglob("*") if p.is_file()) - set(files))
        print("%d files, %d differ: %s" % (len(files), len(wrong), wrong))
        return 1 if wrong or len(files) < 5 else 0


if __name__ == "__main__":
    sys.exit(main())
