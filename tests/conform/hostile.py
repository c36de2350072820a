#!/usr/bin/env python3
"""Hostile plugins in worker processes: the run survives each, names it with the record and the reason, loses nothing.

  hostile.py --winnow BIN --plugins FOLDER [--only NAME] [--without-limits BIN]

--without-limits names a helper that starts a command on a kernel without certain system calls. With it, two more things are shown:
that a plugin is refused where a limit cannot be put into force, and that the attacks are real: each of those in REAL succeeds, or
ends the host, once the limits are gone.
"""
import argparse, fcntl, os, pathlib, pty, re, select, shutil, signal, sqlite3, subprocess, sys, tempfile, termios, time

STOPPED = r"exited with 42"
REASONS = {
    "segfault": r"killed by signal 11", "abort": r"killed by signal 6", "exit": r"exited with 7", "endless-loop": r"did not answer within 2 s",
    "fork-bomb": r"did not answer within 2 s", "memory-hog": r"killed by signal", "garbage-frames": r"no frame of the protocol",
    "wrong-ids": r"a record that it was not given", "huge-frame": r"announced a frame of 4294967295 bytes",
    "slow-drip": r"did not answer within 2 s", "flood": r"floods", "other-machine": r"killed by signal (31|11)|" + STOPPED,
}
REASONS.update((name, STOPPED) for name in (
    "reads-outside network reads-while-loading executes-while-loading executes memfd-exec spawns kills-parent sigqueue setown ptrace "
    "setpriority affinity prlimit outlives tiocsti chmod chown utime xattr stats-outside writes-outside opens-a-library shm environment "
    "inherited-fd namespaces kernel lifts-the-list prints-escapes").split())
# What each does without limits: 1 the attack says that it succeeded, -9 the host was killed.
REAL = {"reads-outside": 1, "network": 1, "reads-while-loading": 1, "executes-while-loading": None, "executes": None, "memfd-exec": 1, "spawns": 1,
        "kills-parent": -9, "sigqueue": -9, "setown": 1, "setpriority": 1, "affinity": 1, "prlimit": 1, "outlives": 1, "chmod": 1, "chown": 1,
        "utime": 1, "stats-outside": 1, "writes-outside": 1, "opens-a-library": 1, "shm": 1, "kernel": 1, "lifts-the-list": 1}
RECORDS = 600
TRIGGER = 401  # in the second batch
REVIEW = """version: 1
review: {title: A case}
reviewers: {KBAA: first author}
sources:
  - wave: first
    searched: 2020-08-31
    databases:
      MEDLINE: {files: in.ris}
selection:
  steps:
    - {remove: hostile, id: hostile, using: %s, mode: automatic, by: KBAA}
exports:
  - {write: out/funnel.csv, using: funnel}
  - {write: out/included.csv, using: csv}
isolate: {seconds: %d, megabytes: 512, on failure: %s}
"""
SECRET = "nobody's business\n"


def record(number, secret):
    title = "TRIGGER %s" % secret if number == TRIGGER else "A work about peer support"
    return "TY  - JOUR\nTI  - %s, number %d\nPY  - 2019\nLA  - eng\nER  - \n\n" % (title, number)


def fill(folder):
    secret = folder / "secret"
    secret.write_text(SECRET)
    secret.chmod(0o600)
    try:
        os.setxattr(secret, "user.there", b"x")
    except OSError:  # a file system without them
        pass
    (folder / "in.ris").write_text("".join(record(n, secret) for n in range(1, RECORDS + 1)))
    return secret


def command(a, plugin, more=()):
    return list(more) + [a.winnow] + (["--plugin-dir", str(plugin)] if plugin else []) + ["run", "review.yaml"]


def run(a, folder, using, on_failure, plugin, before=(), after=()):
    """With a file of ours open as descriptor 9, and a secret in the environment."""
    seconds = 60 if plugin and plugin.name == "hostile-memory-hog" else 2  # a busy machine is slow to hand out memory
    (folder / "review.yaml").write_text(REVIEW % (using, seconds, on_failure))
    secret = os.open(folder / "secret", os.O_RDONLY)
    os.dup2(secret, 9)
    done = subprocess.run(command(a, plugin, before)[:len(before) + 1] + list(after) + command(a, plugin, before)[len(before) + 1:], cwd=folder,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=120, pass_fds=[9],
                          env={"PATH": "/usr/bin:/bin", "HOME": str(folder), "WINNOW_TEST_SECRET": str(folder / "secret")})
    os.close(9)
    os.close(secret)
    return done


def secret_faults(secret, before):
    now = secret.stat()
    if secret.read_text() != SECRET:
        yield "the secret was changed"
    if (now.st_mode, now.st_uid, now.st_gid, now.st_mtime_ns) != (before.st_mode, before.st_uid, before.st_gid, before.st_mtime_ns):
        yield "what the file system knows of the secret was changed"
    if pathlib.Path(str(secret) + ".new").exists() or pathlib.Path("/tmp/winnow-hostile").exists():
        yield "a file was made"


def faults_of(a, name, folder):
    plugin = a.plugins / ("hostile-" + name)
    secret = fill(folder)
    before = secret.stat()
    place = r"in\.ris:%d:1: error \[worker\.failed\]: record %d: plugin 'filters\.hostile' failed on this record: .*(%s)" % ((TRIGGER - 1) * 6 + 1, TRIGGER, REASONS[name])
    done = run(a, folder, "hostile", "stop", plugin)
    if done.returncode != 1 or not re.search(place, done.stderr):
        yield "stop: exit %d, %s" % (done.returncode, done.stderr[-600:])
    done = run(a, folder, "hostile", "undecided", plugin)
    if done.returncode != 0 or not re.search(place, done.stderr) or "the record stays undecided" not in done.stderr:
        yield "undecided: exit %d, %s" % (done.returncode, done.stderr[-600:])
    if "1 undecided, kept" not in done.stdout or "the attack succeeded" in (done.stdout + done.stderr):
        yield "undecided: %s" % done.stdout[-600:]
    elif len((folder / "out/included.csv").read_text().splitlines()) != RECORDS + 1:
        yield "records were lost"
    if "\033" in done.stdout + done.stderr:
        yield "an escape reached the terminal"
    if name == "prints-escapes" and "[hostile-prints-escapes.so] \\x1B]0;winnow-was-here\\x07" not in done.stderr:
        yield "what it printed is not shown: %s" % done.stderr[-600:]
    yield from secret_faults(secret, before)
    ledger = sqlite3.connect(folder / "review.ledger")
    if ledger.execute("pragma integrity_check").fetchone() != ("ok",):
        yield "the ledger is damaged"
    ledger.close()
    done = run(a, folder, "language", "stop", None)
    if done.returncode != 0:
        yield "the ledger is of no use afterwards: %s" % done.stderr[-600:]


def terminal_faults(a, folder):
    """The same run at a terminal: nothing may be typed into it."""
    fill(folder)
    (folder / "review.yaml").write_text(REVIEW % ("hostile", 2, "undecided"))
    words = command(a, a.plugins / "hostile-tiocsti")
    child, master = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.execve(words[0], words, {"PATH": "/usr/bin:/bin", "HOME": str(folder)})
    shown = b""
    while True:
        try:
            got = os.read(master, 65536)
        except OSError:
            break
        if not got:
            break
        shown += got
    status = os.waitpid(child, 0)[1]
    os.close(master)
    if b"winnow-was-here" in shown:
        yield "it typed into the terminal"
    if os.waitstatus_to_exitcode(status) != 0:
        yield "at a terminal the run ended with %d: %s" % (os.waitstatus_to_exitcode(status), shown[-400:])


def helper(a, *calls):
    return [a.without_limits] + list(calls) + ["--"]


LIMITS = {"landlock": ["landlock_create_ruleset"], "seccomp": ["seccomp", "prctl:22"], "rlimits": ["setrlimit", "prlimit64:set"]}


def refusal_faults(a, folder):
    """Where a limit cannot be put into force the plugin is refused, unless the command line permits it; then the report says so."""
    fill(folder)
    plugin = a.plugins / "hostile-exit"
    for limit, calls in LIMITS.items():
        done = run(a, folder, "hostile", "undecided", plugin, helper(a, *calls))
        if done.returncode != 2 or ("it cannot be confined here without %s" % limit) not in done.stderr:
            yield "without %s: exit %d, %s" % (limit, done.returncode, done.stderr[-600:])
        done = run(a, folder, "hostile", "undecided", plugin, helper(a, *calls), ["--allow-weak-sandbox"])
        if done.returncode != 0 or ("without %s: " % limit) not in done.stdout:
            yield "without %s, permitted: exit %d, %s%s" % (limit, done.returncode, done.stdout[-600:], done.stderr[-600:])
        lock = (folder / "review.lock").read_text() if (folder / "review.lock").exists() else ""
        if ("without %s: " % limit) not in lock:
            yield "without %s: the lock file does not say so: %s" % (limit, lock)
        shutil.rmtree(folder / "out", ignore_errors=True)
        (folder / "review.ledger").unlink(missing_ok=True)


def real_faults(a, folder, name, wanted):
    """The control: without limits the attack does what it must not do with them."""
    fill(folder)
    calls = sum(LIMITS.values(), [])
    done = run(a, folder, "hostile", "undecided", a.plugins / ("hostile-" + name), helper(a, *calls), ["--allow-weak-sandbox"])
    succeeded = "the attack succeeded" in (folder / "out/funnel.csv").read_text() if (folder / "out/funnel.csv").exists() else False
    if wanted == 1 and not succeeded:
        yield "without limits it did not succeed, so the test says nothing: exit %d, %s%s" % (done.returncode, done.stdout[-300:], done.stderr[-600:])
    if wanted == -9 and done.returncode != -9:
        yield "without limits the host was not killed: exit %d, %s" % (done.returncode, done.stderr[-600:])
    if wanted is None and (succeeded or re.search(STOPPED, done.stderr)):
        yield "without limits it was stopped all the same: %s" % done.stderr[-600:]


def in_folder(work):
    with tempfile.TemporaryDirectory(prefix="winnow-hostile-") as temporary:
        return list(work(pathlib.Path(temporary)))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--winnow", required=True)
    parser.add_argument("--plugins", required=True, type=pathlib.Path)
    parser.add_argument("--without-limits")
    parser.add_argument("--only")
    a = parser.parse_args()
    a.winnow, a.plugins = str(pathlib.Path(a.winnow).resolve()), a.plugins.resolve()
    names = [a.only] if a.only else list(REASONS)
    work = [(name, lambda folder, name=name: faults_of(a, name, folder)) for name in names]
    if "tiocsti" in names:
        work.append(("at a terminal", lambda folder: terminal_faults(a, folder)))
    if a.without_limits and not a.only:
        work.append(("limits missing", lambda folder: refusal_faults(a, folder)))
    if a.without_limits:
        work += [("control: " + name, lambda folder, name=name: real_faults(a, folder, name, REAL[name])) for name in names if name in REAL]
    wrong = 0
    for name, check in work:
        faults = in_folder(check)
        print("%-32s %s" % (name, "as it must be" if not faults else "; ".join(faults)))
        wrong += bool(faults)
    left = subprocess.run(["ps", "-eo", "ppid,args"], stdout=subprocess.PIPE, text=True).stdout if shutil.which("ps") else ""
    orphans = [line for line in left.splitlines() if line.split()[:1] == ["1"] and "--worker" in line and str(a.plugins) in line]
    if orphans:
        print("workers were left behind: %s" % orphans)
        wrong += 1
    print("%d hostile workers, %d wrong" % (len(names), wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
