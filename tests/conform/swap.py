#!/usr/bin/env python3
"""A plugin's name that leads to an approved file now and to another one a moment later never brings the other one into the program.

  swap.py --winnow BIN --plugins FOLDER [--runs 120]

The link is swapped as fast as this machine can while the program starts again and again; the other file leaves a mark where it is loaded
into the program.
"""
import argparse, os, pathlib, shutil, subprocess, sys, tempfile, threading


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--winnow", required=True)
    parser.add_argument("--plugins", required=True, type=pathlib.Path)
    parser.add_argument("--runs", type=int, default=120)
    a = parser.parse_args()
    winnow = os.path.abspath(a.winnow)
    with tempfile.TemporaryDirectory(prefix="winnow-swap-") as temporary:
        folder = pathlib.Path(temporary)
        plugins, mark = folder / "plugins", folder / "mark"
        plugins.mkdir()
        shutil.copy(a.plugins / "abi-v1-0/abi-v1-0.so", folder / "good")
        shutil.copy(a.plugins / "hostile-loads-inside/hostile-loads-inside.so", folder / "other")
        os.symlink(folder / "good", plugins / "x.so")
        env = {"PATH": "/usr/bin:/bin", "HOME": temporary, "WINNOW_TEST_MARK": str(mark)}
        command = [winnow, "--plugin-dir", str(plugins), "plugins", "--why"]
        subprocess.run([winnow, "plugins", "trust", str(plugins / "x.so"), "--by", "ME"], env=env, check=True, stdout=subprocess.DEVNULL)
        stop, swaps = threading.Event(), 0

        def swap():
            nonlocal swaps
            while not stop.is_set():
                for name in ("other", "good"):
                    os.symlink(folder / name, plugins / "next")
                    os.rename(plugins / "next", plugins / "x.so")
                    swaps += 1

        thread = threading.Thread(target=swap)
        thread.start()
        inside = asked = 0
        try:
            for _ in range(a.runs):
                done = subprocess.run(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
                line = next((l for l in done.stdout.splitlines() if l.strip().startswith("x.so")), "")
                inside += "loaded" in line
                asked += "not asked" in line
                if done.returncode != 0 or mark.exists():
                    print("the other file ran in the program" if mark.exists() else "exit %d: %s" % (done.returncode, done.stderr))
                    return 1
        finally:
            stop.set()
            thread.join()
        print("%d starts, %d swaps: %d found the approved file and ran it, %d the other and did not" % (a.runs, swaps, inside, asked))
        return 0 if inside and asked else 1


if __name__ == "__main__":
    sys.exit(main())
