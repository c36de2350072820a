#!/usr/bin/env python3
"""From `winnow plugins new` to a green `winnow plugins test` and an imported record in at most five commands, in C++, C and
Python, against an installed prefix, built by the other compiler.

  new_plugin.py --build BUILD_FOLDER
"""
import argparse, os, pathlib, subprocess, sys, tempfile

BUILD = ["cmake -S my-db -B my-db/build > /dev/null", "cmake --build my-db/build > /dev/null"]
USE = {
    "importer": "winnow --plugin-dir {where} convert my-db/samples/sample.my-db --to csl-json | grep 'Peer support workers in a small municipality'",
    "filter": "winnow --plugin-dir {where} plugins filters.my-db",
    "exporter": "winnow --plugin-dir {where} convert in.ris --to my-db | grep '^A title$'",
    "matcher": "winnow --plugin-dir {where} plugins filters.my-db",
    "sampler": "winnow --plugin-dir {where} plugins filters.my-db",
    "annotator": "winnow --plugin-dir {where} plugins annotators.my-db",
    "ranker": "winnow --plugin-dir {where} plugins rankers.my-db",
    "dialect": "winnow --plugin-dir $PWD/{where} convert my-db/samples/sample.ris --to csl-json | grep 'Peer support workers in a small municipality'",
}
KINDS = {"c++": [k for k in USE if k != "dialect"], "c": ["importer", "filter", "exporter"], "python": [k for k in USE if k != "dialect"], "table": ["dialect"]}


def libcxx(folder, env):
    """The same filter built by clang++ with libc++ passes as well; the host is built with libstdc++."""
    work = folder / "libcxx"
    work.mkdir()
    probe = subprocess.run(["clang++", "-stdlib=libc++", "-x", "c++", "-", "-o", "probe"], input="#include <string>\nint main() {}\n", cwd=work, text=True,
                           stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if probe.returncode != 0:
        print("libc++ is missing; cmake/install-packages installs it")
        return False
    commands = "winnow plugins new filter my-db && cmake -S my-db -B my-db/build && cmake --build my-db/build && winnow plugins test my-db"
    done = subprocess.run(["bash", "-c", commands], cwd=work, env=dict(env, CXXFLAGS="-stdlib=libc++"), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    linked = subprocess.run(["ldd", str(work / "my-db/build/filters-my-db.so")], stdout=subprocess.PIPE, text=True).stdout
    if done.returncode != 0 or "libc++" not in linked:
        print("clang++ with libc++: %s\n%s" % (done.stdout[-2000:], linked))
        return False
    print("c++     filter    clang++ with libc++ passes")
    return True


def pkgConfig(folder, prefix, env):
    """Without CMake: one line of cc with what pkg-config says."""
    work = folder / "pkg-config"
    work.mkdir()
    commands = ("winnow plugins new exporter my-db --lang c && cc -shared -fPIC -fvisibility=hidden $(pkg-config --cflags winnow-sdk) my-db/exporter.c "
                "-o exporters-my-db.so && winnow plugins test exporters-my-db.so --check symbol --check one-verdict --check failing-sink")
    done = subprocess.run(["bash", "-ec", commands], cwd=work, env=dict(env, PKG_CONFIG_PATH=str(prefix / "lib/pkgconfig")), stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True)
    print("c       exporter  " + ("one line of cc with pkg-config passes" if done.returncode == 0 else done.stdout[-2000:]))
    return done.returncode == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", required=True, type=pathlib.Path)
    a = parser.parse_args()
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="winnow-new-") as temporary:
        prefix = pathlib.Path(temporary) / "prefix"
        subprocess.run(["cmake", "--install", str(a.build), "--prefix", str(prefix)], check=True, stdout=subprocess.DEVNULL)
        env = dict(os.environ, PATH="%s:%s" % (prefix / "bin", os.environ["PATH"]), HOME=temporary, CMAKE_PREFIX_PATH=str(prefix), CC="clang", CXX="clang++")
        for gone in ("WINNOW_PLUGIN_PATH", "XDG_CONFIG_HOME", "WINNOW_PLUGINS_LOCK"):
            env.pop(gone, None)
        for language, kinds in KINDS.items():
            for kind in kinds:
                folder = pathlib.Path(temporary) / (language + "-" + kind)
                folder.mkdir()
                (folder / "in.ris").write_text("TY  - JOUR\nTI  - A title\nPY  - 2019\nER  - \n")
                compiled = language in ("c++", "c")
                where = "my-db/build" if compiled else "my-db"
                made = "winnow plugins new %s my-db" % kind + (" --lang " + language if language != "table" else "")
                commands = [made] + (BUILD if compiled else []) + [
                    "winnow plugins test my-db", USE[kind].format(where=where)]
                assert len(commands) <= 5
                for command in commands:
                    done = subprocess.run(["bash", "-eo", "pipefail", "-c", command], cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
                    if done.returncode != 0:
                        print("%s %s: '%s' ended with %d:\n%s" % (language, kind, command, done.returncode, done.stdout[-3000:]))
                        wrong += 1
                        break
                else:
                    print("%-7s %-9s %d commands: %s" % (language, kind, len(commands), done.stdout.strip().splitlines()[0][:90]))
        wrong += not libcxx(pathlib.Path(temporary), env)
        wrong += not pkgConfig(pathlib.Path(temporary), prefix, env)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
