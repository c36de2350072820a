#!/usr/bin/env python3
"""From `winnow plugins new` to a green `winnow plugins test` and an imported record in at most five commands, in C++, C, Rust
and Python, against an installed prefix, built by the other compiler.

  new_plugin.py --build BUILD_FOLDER
"""
import argparse, os, pathlib, re, shutil, subprocess, sys, tempfile

CARGO = ["cargo build --quiet --release --offline --manifest-path my-db/Cargo.toml"]
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
STAGES = [kind for kind in USE if kind != "dialect"]
KINDS = {"c++": STAGES, "c": STAGES, "rust": STAGES, "python": STAGES, "table": ["dialect"]}


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
    commands = ("winnow plugins new exporter my-db --lang c && cc -shared -fPIC my-db/exporter.c $(pkg-config --cflags --libs winnow-sdk) "
                "-o exporters-my-db.so && winnow plugins test exporters-my-db.so --check symbol --check one-verdict --check failing-sink")
    done = subprocess.run(["bash", "-ec", commands], cwd=work, env=dict(env, PKG_CONFIG_PATH=str(prefix / "lib/pkgconfig")), stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True)
    print("c       exporter  " + ("one line of cc with pkg-config passes" if done.returncode == 0 else done.stdout[-2000:]))
    return done.returncode == 0


def workflow(folder, env):
    """The workflow of a template, step by step but for what installs packages: it says what it lacks, and passes."""
    work = folder / "workflow"
    work.mkdir()
    subprocess.run(["bash", "-ec", "winnow plugins new filter my-db --lang python"], cwd=work, env=env, check=True, stdout=subprocess.DEVNULL)
    steps = re.findall(r"^ *- run: (.*)$", (work / "my-db/.github/workflows/ci.yml").read_text(), re.M)
    own = [step for step in steps if "apt-get" not in step]
    run = lambda step, packages: subprocess.run(["bash", "-ec", step], cwd=work / "my-db", env=dict(env, WINNOW_PACKAGES=packages), stdout=subprocess.PIPE,
                                                stderr=subprocess.STDOUT, text=True)
    lacking = run(own[0], "")
    failed = next((done.stdout for done in (run(step, "https://example.org/winnow.deb") for step in own) if done.returncode != 0), None)
    good = lacking.returncode == 1 and "set the variable WINNOW_PACKAGES" in lacking.stdout and len(own) == 2 and failed is None
    print("python  filter    " + ("its workflow says what it lacks, and passes" if good else "its workflow: %s %s" % (lacking.stdout, failed)))
    return good


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
        env.setdefault("RUSTUP_HOME", os.path.expanduser("~/.rustup"))  # it is looked for in HOME, which is another one here
        for language, kinds in KINDS.items():
            if language == "rust" and shutil.which("cargo") is None:
                print("rust    skipped: cargo is not installed")
                continue
            for kind in kinds:
                folder = pathlib.Path(temporary) / (language + "-" + kind)
                folder.mkdir()
                (folder / "in.ris").write_text("TY  - JOUR\nTI  - A title\nPY  - 2019\nER  - \n")
                build = BUILD if language in ("c++", "c") else CARGO if language == "rust" else []
                where = "my-db/build" if build == BUILD else "my-db/target/release" if build == CARGO else "my-db"
                made = "winnow plugins new %s my-db" % kind + (" --lang " + language if language != "table" else "")
                commands = [made] + build + [
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
        wrong += not workflow(pathlib.Path(temporary), env)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
