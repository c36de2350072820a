#!/usr/bin/env python3
"""Runs one golden-file test: a folder with a `command` file and what must come out.

  run_case.py --winnow BIN CASE [--accept]

`command` holds shell lines; `winnow` is the program. The folder is copied, so a case never changes its own files. In
expected/: `stdout`, `stderr` and `exit` (of the last line) where they matter, and any other file that the commands must
have written, compared byte for byte. `needs` lists paths (relative to the repository) without which the case is skipped.
--accept rewrites expected/ so that the change is reviewed as a diff. Exit 0 equal, 1 different, 77 skipped.
"""
import argparse, difflib, os, pathlib, shutil, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
SKIPPED = 77


def missing_needs(case):
    needs = case / "needs"
    if not needs.exists():
        return []
    return [line for line in needs.read_text().split() if not (ROOT / line).exists()]


def run(case, winnow, folder):
    env = dict(os.environ, PATH="%s:%s" % (pathlib.Path(winnow).parent, os.environ["PATH"]), HOME=str(folder), LC_ALL="C.UTF-8",
               NO_COLOR="1", WINNOW_ROOT=str(ROOT), WINNOW_TEST_PLUGINS=os.environ.get("WINNOW_TEST_PLUGINS", ""))
    env.pop("WINNOW_PLUGIN_PATH", None)
    done = subprocess.run(["bash", "-c", "set +e\n" + (case / "command").read_text()], cwd=folder, env=env, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300)
    hide = lambda text: text.replace(str(folder).encode(), b"FOLDER").replace(env["WINNOW_TEST_PLUGINS"].encode() or b"\0", b"PLUGINS")
    return {"stdout": hide(done.stdout), "stderr": hide(done.stderr), "exit": b"%d\n" % done.returncode}


def actual(name, streams, folder):
    if name in streams:
        return streams[name]
    path = folder / name
    return path.read_bytes() if path.is_file() else None


def show(name, want, got):
    if got is None:
        print("%s: not written" % name)
        return
    lines = difflib.unified_diff(want.decode("utf-8", "replace").splitlines(), got.decode("utf-8", "replace").splitlines(),
                                 "expected/" + name, "actual", lineterm="")
    print("\n".join(list(lines)[:60]) or "%s: differs in bytes that are no text" % name)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("case", type=pathlib.Path)
    parser.add_argument("--winnow", required=True)
    parser.add_argument("--accept", action="store_true")
    arguments = parser.parse_args()
    case = arguments.case.resolve()
    absent = missing_needs(case)
    if absent:
        print("skipped: needs %s, which this checkout does not have" % ", ".join(absent))
        return SKIPPED
    expected = case / "expected"
    with tempfile.TemporaryDirectory(prefix="winnow-case-") as temporary:
        folder = pathlib.Path(temporary).resolve() / "case"
        shutil.copytree(case, folder, ignore=shutil.ignore_patterns("expected"))
        streams = run(case, os.path.abspath(arguments.winnow), folder)
        names = sorted(str(p.relative_to(expected)) for p in expected.rglob("*") if p.is_file())
        if arguments.accept:
            for name in set(names) | ({"stdout", "stderr", "exit"} if not names else set()):
                content = actual(name, streams, folder)
                if content is not None:
                    (expected / name).parent.mkdir(parents=True, exist_ok=True)
                    (expected / name).write_bytes(content)
            return 0
        if not names:
            print("the case expects nothing: it cannot fail")
            return 1
        wrong = [n for n in names if actual(n, streams, folder) != (expected / n).read_bytes()]
        for name in wrong:
            show(name, (expected / name).read_bytes(), actual(name, streams, folder))
        if wrong and "stderr" not in names:
            print(streams["stderr"].decode("utf-8", "replace")[-2000:])
        return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
