#!/usr/bin/env python3
import os, signal, socket, subprocess, sys, threading
from winnow_worker import Filter, Reason, UNSURE, keep, serve
import helper


def tried(what):
    try:
        what()
        return "SUCCEEDED"
    except BaseException as error:
        return type(error).__name__


def everything():
    secret = "/proc/self/cwd/secret"
    return [
        ("execv", lambda: os.execv("/bin/sh", ["sh", "-c", "echo SUCCEEDED"])),
        ("execv of itself", lambda: os.execv(sys.executable, ["python3", "-c", "print('SUCCEEDED')"])),
        ("subprocess", lambda: subprocess.run(["/bin/true"], check=True)),
        ("posix_spawn", lambda: os.posix_spawn("/bin/true", ["true"], {})),
        ("fork", os.fork),
        ("socket", lambda: socket.socket()),
        ("write", lambda: open("/tmp/winnow-snake", "w")),
        ("write beside itself", lambda: open(os.path.dirname(__file__) + "/new", "w")),
        ("read outside", lambda: open("/etc/passwd").read()),
        ("chmod", lambda: os.chmod(__file__, 0o777)),
        ("utime", lambda: os.utime(__file__)),
        ("kill the parent", lambda: os.kill(os.getppid(), signal.SIGKILL)),
        ("setpriority", lambda: os.setpriority(os.PRIO_PROCESS, 0, 5)),
        ("memfd", lambda: os.memfd_create("x")),
        ("inherited terminal", lambda: open("/dev/tty")),
    ]


def report():
    for name, what in everything():
        print("%s: %s" % (name, tried(what)))
    thread = threading.Thread(target=lambda: print("threads: work"))
    thread.start()
    thread.join()
    print("__file__: %s, modules beside it: %s, folder: %s" % (os.path.basename(__file__), helper.WORD, os.getcwd()))
    print("environment: %s" % sorted(os.environ))
    print("open files: %s" % tried(lambda: os.listdir("/proc/self/fd")))


class Snake(Filter):
    id, version, help = "filters.snake", "1.0.0", "Tries what it must not do."
    reasons = [Reason(UNSURE, "snake.none", "None")]

    def judge(self, record):
        if not hasattr(Snake, "told"):
            Snake.told = True
            report()
        return keep()


serve("winnow tests", "snake", "1.0.0", "Apache-2.0", [Snake])
