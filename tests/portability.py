#!/usr/bin/env python3
"""docs/portability.md names each file of host, SDK and plugins that includes a header of the operating system, and no other: portability.py SOURCE"""
import pathlib, re, sys

# Headers that neither C nor C++ nor a library of ours brings; <csignal> and <locale.h> are C, what is used of them is POSIX.
HEADER = re.compile(r"^\s*#\s*include <((?:sys|linux|net|netinet|arpa|mach)/[\w/.]+|(?:unistd|fcntl|spawn|signal|poll|dirent|pwd|grp|dlfcn|elf|link|termios|sched|pthread|netdb|"
                    r"execinfo|ucontext|seccomp|malloc|langinfo|iconv|locale|glob|ftw|utime|windows|io|direct)\.h|csignal)>", re.M)


def main():
    source = pathlib.Path(sys.argv[1])
    files = (f for room in ("host", "sdk", "plugins") for f in sorted((source / room).rglob("*")) if f.suffix in (".cpp", ".hpp", ".c", ".h"))
    found = {}
    for file in files:
        name = file.relative_to(source).as_posix()
        if "/test/" in name or "/template/" in name or "/page/" in name:
            continue
        headers = HEADER.findall(file.read_text(encoding="utf-8"))
        if headers:
            found[name] = headers
    page = (source / "docs/portability.md").read_text(encoding="utf-8")
    table = page[page.index("## Files"):page.index("## What no header shows")]
    named = set(re.findall(r"`((?:host|sdk|plugins)/[\w/.-]+)`", table))
    for name in sorted(found.keys() - named):
        print("%s includes %s and stands not in docs/portability.md; put the call behind a file of host/io that does, or say what to do" % (name, ", ".join(found[name])))
    for name in sorted(named - found.keys()):
        print("docs/portability.md names %s, which includes no header of the operating system" % name)
    print("%d files" % len(found))
    return 0 if found and found.keys() == named else 1


if __name__ == "__main__":
    sys.exit(main())
