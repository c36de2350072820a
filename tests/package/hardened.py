#!/usr/bin/env python3
"""The program and its plugins are built so that a fault in them is hard to use, and the bill of materials names all they are linked with.

  hardened.py --program FILE --plugins FOLDER --commands compile_commands.json [--sbom FILE]

Read from the linked files themselves: position-independent program, read-only relocations bound at load, no executable stack, protected
stacks, checked copies, and the marks of control-flow protection where a build asks for it; from the compile commands, that no file of host,
plugins or sdk leaves a flag out.
"""
import argparse, json, pathlib, struct, sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent.parent / "cmake"))
sys.dont_write_bytecode = True
from sbom import needed

PT_DYNAMIC, PT_GNU_STACK, PT_GNU_RELRO, PT_GNU_PROPERTY = 2, 0x6474E551, 0x6474E552, 0x6474E553
DT_FLAGS, DT_FLAGS_1, DT_BIND_NOW, DT_TEXTREL = 30, 0x6FFFFFFB, 24, 22
DF_BIND_NOW, DF_TEXTREL, DF_1_NOW, DF_1_PIE = 8, 4, 1, 0x08000000
FLAGS = ["-fstack-protector-strong", "-fstack-clash-protection"]


class Elf:
    def __init__(self, path):
        self.data = path.read_bytes()
        self.type, self.machine = struct.unpack_from("<HH", self.data, 16)
        offset, size, count = struct.unpack_from("<Q", self.data, 0x20)[0], *struct.unpack_from("<HH", self.data, 0x36)
        self.segments = [struct.unpack_from("<IIQQQQQQ", self.data, offset + i * size) for i in range(count)]
        self.dynamic = {}
        for kind, _, at, _, _, length, _, _ in self.segments:
            if kind == PT_DYNAMIC:
                for place in range(at, at + length, 16):
                    tag, value = struct.unpack_from("<QQ", self.data, place)
                    self.dynamic.setdefault(tag, value)

    def segment(self, kind):
        return next((s for s in self.segments if s[0] == kind), None)

    def names(self, name):
        return b"\0" + name + b"\0" in self.data

    def control_flow(self):
        """IBT and SHSTK of the property note (x86-64 psABI)."""
        s = self.segment(PT_GNU_PROPERTY)
        if s is None:
            return 0
        at, end = s[2] + 16, s[2] + s[5]
        while at + 8 <= end:
            kind, size = struct.unpack_from("<II", self.data, at)
            if kind == 0xC0000002:  # GNU_PROPERTY_X86_FEATURE_1_AND
                return struct.unpack_from("<I", self.data, at + 8)[0]
            at += 8 + (size + 7) // 8 * 8
        return 0


def faults_of(path, is_program, options):
    elf = Elf(path)
    flags, flags1 = elf.dynamic.get(DT_FLAGS, 0), elf.dynamic.get(DT_FLAGS_1, 0)
    if elf.type != 3 or (is_program and not flags1 & DF_1_PIE):
        yield "is not position-independent"
    if elf.segment(PT_GNU_RELRO) is None:
        yield "has relocations that stay writable"
    if not (flags & DF_BIND_NOW or flags1 & DF_1_NOW or DT_BIND_NOW in elf.dynamic):
        yield "binds its symbols late, so they stay writable"
    if DT_TEXTREL in elf.dynamic or flags & DF_TEXTREL:
        yield "has relocations in its code"
    stack = elf.segment(PT_GNU_STACK)
    if stack is None or stack[1] & 1:
        yield "has an executable stack"
    if "-fcf-protection" in options and elf.machine == 62 and elf.control_flow() & 3 != 3:
        yield "is not marked for control-flow protection"
    if is_program and not elf.names(b"__stack_chk_fail"):
        yield "has no protected stacks"
    if is_program and "_FORTIFY_SOURCE" in options and not any(elf.names(n) for n in (b"__memcpy_chk", b"__snprintf_chk", b"__read_chk", b"__memset_chk", b"__pread64_chk", b"__pread_chk")):
        yield "has no checked copies"


def command_faults(commands):
    """Files of the tree that are compiled without a flag; and all options that occur."""
    every = set()
    for one in commands:
        source = one["file"]
        if not any(part in source for part in ("/host/", "/plugins/", "/sdk/formats/src/")) or "/test/" in source or "/tests/" in source:
            continue
        words = one["command"].split()
        every.update(words)
        missing = [flag for flag in FLAGS if flag not in words]
        if missing:
            yield "%s is compiled without %s" % (source, ", ".join(missing))
    yield every


def sbom_faults(sbom, files):
    document = json.loads(sbom.read_text())
    provided = " ".join(p["comment"] for p in document["packages"]).replace(",", " ").split()
    for key in ("spdxVersion", "dataLicense", "SPDXID", "name", "documentNamespace", "creationInfo", "packages", "relationships"):
        if key not in document:
            yield "the bill of materials has no '%s'" % key
    ids = {p["SPDXID"] for p in document["packages"]} | {"SPDXRef-DOCUMENT"}
    for r in document["relationships"]:
        if not {r["spdxElementId"], r["relatedSpdxElement"]} <= ids:
            yield "a relationship of the bill of materials names nothing: %s" % r
    for file in files:
        for name in needed(file):
            if name not in provided:
                yield "%s needs %s, which the bill of materials does not name" % (file.name, name)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True, type=pathlib.Path)
    parser.add_argument("--plugins", required=True, type=pathlib.Path)
    parser.add_argument("--commands", required=True, type=pathlib.Path)
    parser.add_argument("--sbom", type=pathlib.Path)
    a = parser.parse_args()
    *faults, options = command_faults(json.loads(a.commands.read_text()))
    options = " ".join(options)
    plugins = sorted(a.plugins.glob("*.so"))
    for path in [a.program] + plugins:
        faults += ["%s %s" % (path.name, fault) for fault in faults_of(path, path == a.program, options)]
    if a.sbom:
        faults += sbom_faults(a.sbom, [a.program] + plugins)
    for fault in faults:
        print(fault)
    print("%d files, %d faults" % (1 + len(plugins), len(faults)))
    return 1 if faults or not plugins else 0


if __name__ == "__main__":
    sys.exit(main())
