#!/usr/bin/env python3
"""Runs a review while files may only grow to so many bytes, as on a full disk, then gives the room back.

  full_disk.py --winnow BIN [--records 2000]

Every run that had too little room must end with 1 and name the file; the last run, with room, must leave a ledger and outputs equal
to those of an undisturbed run, and no output may ever be half there.
"""
import argparse, os, pathlib, random, resource, shutil, signal, subprocess, sys, tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True
from kill_and_resume import content, make_review, outputs


def run(winnow, folder, most):
    """Exit code and messages of a run in which no file grows beyond `most` bytes; None: no limit."""

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # write() then fails with EFBIG, as it fails with ENOSPC
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    done = subprocess.run([winnow, "run", str(folder / "review.yaml")], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=300,
                          preexec_fn=limit if most is not None else None)
    return done.returncode, done.stderr.decode()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--winnow", required=True)
    parser.add_argument("--records", type=int, default=2000)
    a = parser.parse_args()
    winnow = os.path.abspath(a.winnow)
    with tempfile.TemporaryDirectory(prefix="winnow-full-") as temporary:
        base = pathlib.Path(temporary)
        make_review(base / "calm", a.records, random.Random(7))
        shutil.copytree(base / "calm", base / "full")
        code, error = run(winnow, base / "calm", None)
        if code not in (0, 3):
            print("the undisturbed run failed with %d: %s" % (code, error))
            return 1
        wanted, wanted_files = content(base / "calm" / "review.ledger"), outputs(base / "calm")
        largest = max((base / "calm" / "review.ledger").stat().st_size, *(p.stat().st_size for p in (base / "calm" / "out").iterdir()))
        refused = 0
        for part in (0, 1, 2, 4, 8, 16, 32, 64, 128):  # 128ths of what the largest file needs
            code, error = run(winnow, base / "full", largest * part // 128)
            if code == 1:
                refused += 1
                if "error" not in error:
                    print("no word on why the run with %d/128 of the room failed" % part)
                    return 1
            elif code not in (0, 3):
                print("with %d/128 of the room the run ended with %d: %s" % (part, code, error[-500:]))
                return 1
            for name, digest in outputs(base / "full").items():
                if not name.endswith("/") and wanted_files.get(name) != digest:
                    print("with %d/128 of the room %s is half there" % (part, name))
                    return 1
        if refused < 3:
            print("only %d runs were short of room; this proves nothing" % refused)
            return 1
        code, error = run(winnow, base / "full", None)
        if code not in (0, 3):
            print("with room again the run ended with %d: %s" % (code, error[-500:]))
            return 1
        got, got_files = content(base / "full" / "review.ledger"), outputs(base / "full")
        for table in wanted:
            if got.get(table) != wanted[table]:
                print("table %s differs: %s instead of %s" % (table, got.get(table), wanted[table]))
                return 1
        if got_files != wanted_files:
            print("the outputs differ")
            return 1
        print("%d runs short of room, then the ledger and %d outputs as undisturbed" % (refused, len(wanted_files)))
        return 0


if __name__ == "__main__":
    sys.exit(main())
