#!/usr/bin/env python3
"""Follows a tutorial of docs/ literally: writes its files, runs its commands against an installed prefix, looks for what it promises.

  follow_the_guide.py --build BUILD_FOLDER --guide FILE --holds FILES RUNS PROMISES
"""
import argparse, os, pathlib, re, shutil, subprocess, sys, tempfile

BLOCK = re.compile(r"^```(\w+)(?: ([^\n]*))?\n(.*?)^```$", re.M | re.S)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", required=True, type=pathlib.Path)
    parser.add_argument("--guide", required=True, type=pathlib.Path)
    parser.add_argument("--holds", required=True, type=int, nargs=3, help="how many files, runs and promises the guide has")
    parser.add_argument("--needs", help="a program without which the guide is not followed")
    a = parser.parse_args()
    if shutil.which("clang++") is None:
        print("clang++ is missing; cmake/install-packages installs it")
        return 1
    if a.needs and shutil.which(a.needs) is None:
        print("skipped: %s is not installed" % a.needs)
        return 77
    with tempfile.TemporaryDirectory(prefix="winnow-guide-") as temporary:
        folder = pathlib.Path(temporary)
        prefix = folder / "prefix"
        subprocess.run(["cmake", "--install", str(a.build), "--prefix", str(prefix)], check=True, stdout=subprocess.DEVNULL)
        work = folder / "work"
        work.mkdir()
        env = dict(os.environ, PREFIX=str(prefix), PATH="%s:%s" % (prefix / "bin", os.environ["PATH"]), HOME=str(folder))
        env.pop("WINNOW_PLUGIN_PATH", None)
        env.setdefault("RUSTUP_HOME", os.path.expanduser("~/.rustup"))  # it is looked for in HOME, which is another one here
        output, files, runs, expected = "", 0, 0, 0
        for language, info, body in BLOCK.findall(a.guide.read_text()):
            info = info or ""
            if info.startswith("file="):
                (work / info[5:]).parent.mkdir(parents=True, exist_ok=True)
                (work / info[5:]).write_text(body)
                files += 1
            elif info == "run":
                done = subprocess.run(["bash", "-euo", "pipefail", "-c", body], cwd=work, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
                output = done.stdout
                runs += 1
                if done.returncode != 0:
                    print("these commands of the guide failed:\n%s\n%s" % (body, output[-3000:]))
                    return 1
            elif info == "expect":
                expected += 1
                if re.sub(r"\s", "", body) not in re.sub(r"\s", "", output):
                    print("the guide promises %r, the program printed:\n%s" % (body.strip(), output[-3000:]))
                    return 1
        for plugin in work.rglob("*.so"):
            symbols = subprocess.run(["nm", "-D", "--defined-only", str(plugin)], stdout=subprocess.PIPE, text=True).stdout.split("\n")
            exported = [s.split()[-1] for s in symbols if s and s.split()[-2] not in ("w", "W", "u", "V")]
            if exported != ["winnow_plugin_v1"]:
                print("the plugin exports %s instead of winnow_plugin_v1 alone" % exported)
                return 1
        if [files, runs, expected] != a.holds:
            print("the guide has %d files, %d runs, %d promises: this test looks for %s" % (files, runs, expected, a.holds))
            return 1
    print("followed the guide: built, tested, used")
    return 0


if __name__ == "__main__":
    sys.exit(main())
