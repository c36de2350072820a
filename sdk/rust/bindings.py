#!/usr/bin/env python3
"""Writes winnow/abi.h as a Rust module: the same structs, constants and checks of the layout.

  bindings.py abi.h > winnow_sys.rs
  bindings.py abi.h --check winnow_sys.rs      exit 1 if that file is not what abi.h gives

Only what abi.h uses of C is understood; anything else ends with an error, so that nothing is left out in silence.
"""
import argparse, pathlib, re, sys

TYPES = {"uint16_t": "u16", "uint32_t": "u32", "uint64_t": "u64", "int32_t": "i32", "size_t": "usize", "double": "f64", "char": "c_char", "void": "c_void"}
ELEMENT_TABLES = ("winnow_str", "winnow_reason", "winnow_option", "winnow_stage", "winnow_plugin")  # what constants are made of
KEYWORDS = {"impl", "match", "type"}  # of Rust, and names in abi.h
HEADER = """//! The binary interface of Winnow plugins, version 1: made from winnow/abi.h by sdk/rust/bindings.py. Not written by hand.
//! What each function takes and gives, who owns what, and which thread calls: winnow/abi.h.
#![allow(non_camel_case_types, dead_code)]

use std::mem::{align_of, size_of};
use std::os::raw::{c_char, c_void};
"""
OFFSET = """
/// Where a member begins behind others of (size, alignment) each: the rule of C, and of repr(C).
const fn offset(before: &[(usize, usize)], alignment: usize) -> usize {
    let (mut at, mut i) = (0, 0);
    while i < before.len() {
        let (size, align) = before[i];
        at = (at + align - 1) / align * align + size;
        i += 1;
    }
    (at + alignment - 1) / alignment * alignment
}

type Function = Option<unsafe extern "C" fn()>;
macro_rules! offset {
    ([$($before:ty),*], $member:ty) => { offset(&[$((size_of::<$before>(), align_of::<$before>())),*], align_of::<$member>()) };
}
"""


def fail(what):
    raise SystemExit("bindings.py: abi.h holds something that this script does not know: " + " ".join(what.split())[:200])


def rust_type(c):
    """The Rust type of a C type without a name: "const winnow_field*" -> "*const winnow_field"."""
    words = c.replace("*", " * ").split()
    stars = words.count("*")
    constant = words[0] == "const"
    base = [w for w in words if w not in ("const", "*")]
    if len(base) != 1:
        fail(c)
    name = TYPES.get(base[0], base[0])
    if stars == 0:
        return name
    return "*mut " * (stars - 1) + ("*const " if constant else "*mut ") + name


def parameters(text):
    """The types of a parameter list; its names, where it has some, are left out."""
    types = (re.sub(r"(?<=[\s*])(?!winnow_|char|void|int|uint|size_t)[a-z_]+$", "", " ".join(p.split())) for p in text.split(","))
    return ", ".join(rust_type(t) for t in types if t not in ("", "void"))


def member(text):
    """One declaration of a struct -> [(name, type)]."""
    text = " ".join(text.split())
    function = re.fullmatch(r"(.+?)\s*\(WINNOW_CALL ?\* ?(\w+)\)\((.*)\)", text)
    if function:
        result, name, taken = function.groups()
        back = "" if result == "void" else " -> " + rust_type(result)
        return [(name, 'Option<unsafe extern "C" fn(%s)%s>' % (parameters(taken), back))]
    if text == "const winnow_option* const* options":
        return [("options", "*const *const winnow_option")]
    plain = re.fullmatch(r"((?:const )?\w+\**)\s+(\w+(?:, \w+)*)", text)
    if not plain:
        fail(text)
    return [(name, rust_type(plain.group(1))) for name in plain.group(2).split(", ")]


def structs(code):
    for found in re.finditer(r"(?:typedef )?struct (\w+) \{(.*?)\}( \w+)?;", code, re.S):
        members = [one for part in found.group(2).split(";") if part.strip() for one in member(part)]
        yield found.group(1), members


def constants(code):
    """(name, type, value) of every enumerator and of the numbers that are macros."""
    for name, value in re.findall(r"#define (WINNOW_ABI_MAJOR|WINNOW_ABI_MINOR) (\d+)u", code):
        yield name, "u32", value
    yield "WINNOW_NONE", "u32", "u32::MAX"
    for body in re.findall(r"\benum \{(.*?)\};", code, re.S):
        following = None
        for item in filter(None, (i.strip() for i in body.split(","))):
            name, _, value = (p.strip() for p in item.partition("="))
            if not value:
                value = str(following)
            kind = "winnow_status" if name in ("WINNOW_OK", "WINNOW_FAILED", "WINNOW_CANCELLED", "WINNOW_END") else "u32"
            kind = "u16" if name.startswith("WINNOW_FIELD_") else "u64" if name.startswith("WINNOW_HOST_") else kind
            kind = "usize" if name == "WINNOW_MOST_EVIDENCE" else kind
            yield name, kind, value
            following = eval(value, {}) + 1  # a number or a shift, as abi.h writes them


def checks(code, all_structs):
    for name, size in re.findall(r"^WINNOW_FIXED\((\w+), (\d+)\);", code, re.M):
        yield "assert!(size_of::<%s>() == %s);" % (name, size)
    for name, wanted, at in re.findall(r"^WINNOW_FIXED_AT\((\w+), (\w+), (\d+)\);", code, re.M):
        names = [n for n, _ in all_structs[name]]
        place = names.index(wanted)
        types = ["Function" if t.startswith("Option<") else t for _, t in all_structs[name][:place + 1]]
        yield "assert!(offset!([%s], %s) == %s); // %s.%s" % (", ".join(types[:-1]), types[-1], at, name, wanted)


def bindings(header):
    code = re.sub(r"/\*.*?\*/", " ", header, flags=re.S)
    lines = [HEADER, "pub type winnow_status = i32;", ""]
    lines += ["pub const %s: %s = %s;" % one for one in constants(code)]
    found = dict(structs(code))
    for name, members in found.items():
        lines += ["", "#[repr(C)]", "#[derive(Clone, Copy)]", "pub struct %s {" % name]
        lines += ["    pub %s: %s," % ("r#" + n if n in KEYWORDS else n, t) for n, t in members] + ["}"]
    lines += ["", "// Constants of a plugin are made of these; nobody writes to them."]
    lines += ["unsafe impl Sync for %s {}" % name for name in ELEMENT_TABLES]
    tables = [n for n in found if n[len("winnow_"):] in ("importer", "filter", "matcher", "sampler", "exporter", "annotator", "ranker")]
    if len(tables) != 7:
        fail("kinds of stage")
    lines += [OFFSET, "// The layout, fixed as in abi.h: what does not hold does not compile.", "const _: () = {"]
    lines += ["    " + check for check in checks(code, found)] + ["};", ""]
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("header", type=pathlib.Path)
    parser.add_argument("--check", type=pathlib.Path)
    a = parser.parse_args()
    text = bindings(a.header.read_text())
    if a.check is None:
        sys.stdout.write(text)
        return 0
    if a.check.read_text() == text:
        print("%s is what %s gives" % (a.check.name, a.header.name))
        return 0
    print("%s is not what %s gives; write it anew: sdk/rust/bindings.py sdk/include/winnow/abi.h > %s" % (a.check, a.header.name, a.check))
    return 1


if __name__ == "__main__":
    sys.exit(main())
