"""Libraries of which the tree calls little, linked again from Debian's static archives: what nothing calls is not in the wheel."""
import pathlib, re, subprocess, tempfile, typing

from elf import exports, imports, output, sbom, stub

HERE = pathlib.Path(__file__).resolve().parent


class Archive(typing.NamedTuple):
    """A static archive, and what of it is linked."""
    file: str  # below the folder of the architecture
    without: str = ""  # objects left out and replaced by stubs that return 0: kept ones mention them, and nothing that is exported comes to rely on them
    instead: str = ""  # a source in the place of those objects
    exported: str = ""  # symbols that are exported even if nothing in the tree uses them (regular expression)


ARCHIVES = {
    # Pictures in memory, PNG and PDF.
    "libcairo.so.2": Archive("libcairo.a", without=r"cairo-(xlib|xcb|ps|svg|script|tee)-.*"),
    # The drivers of the one kind of font that is inside.
    "libfreetype.so.6": Archive("libfreetype.a", without=r"ftinit", instead="freetype_modules.c"),
    # For plugins of others as well: all but HTML, schema languages, catalogues, canonical XML, debug output, and files that are compressed or on a network.
    # Of those the kept objects mention what opens a file or is a catalogue, for which 0 means that there is none, clean-up, and validation in the reader.
    "libxml2.so.2": Archive("libxml2.a", exported=r"(?!xmlTextReader(Schema|RelaxNG|SetSchema)).*",
                            without=r"HTML.*|debugXML|nano(http|ftp)|catalog|c14n|xmlschemas(types)?|relaxng|legacy|xmlmodule|schematron|xzlib|xlink"),
    "libblas.so.3": Archive("blas/libblas.a"),
    "libnettle.so.8": Archive("libnettle.a"),
}

# Archives are made for programs, which may take these of libc by their address; a library may not.
STREAMS = ("stdin", "stdout", "stderr")
OWN_STREAMS = "#include <stdio.h>\n" + "".join(
    "FILE* winnow_%s;\n__attribute__((constructor)) static void set_%s(void) { winnow_%s = %s; }\n" % (s, s, s, s) for s in STREAMS)


def archive_of(name, path):
    """A library's static archive, in the folder of the architecture."""
    folder = next(p for p in pathlib.Path(path).resolve().parents if p.name.endswith("-linux-gnu"))
    archive = folder / ARCHIVES[name].file
    if not archive.exists():
        raise SystemExit("'%s' is missing: install the package that has it" % archive)
    return str(archive)


def defined(objects):
    """(symbol, type) of what object files offer each other."""
    rows = [line.split() for line in output("nm", "--quiet", "--defined-only", "--extern-only", *objects).splitlines()] if objects else []
    return [(row[2], row[1]) for row in rows if len(row) == 3]


def versions(library, files, kept, exported):
    """{version or "": symbols} that these files ask of a library, and those of the kept objects that it exports to whoever asks."""
    has, here, found = exports(library), {symbol for symbol, _ in defined(kept)}, {}
    asked = [(symbol, version) for symbol, version in imports(*files) if symbol in has]
    for symbol, version in [*asked, *((symbol, version) for symbol, (_, version) in has.items() if symbol in here and re.fullmatch(exported, symbol))]:
        found.setdefault(version, set()).add(symbol)
    if len(found) > 1 and "" in found:  # ld takes no node without a name beside others; who asks for no version takes the only one
        found[min(filter(None, found))] |= found.pop("")
    return found


def version_script(found):
    nodes = ["%s { global: %s;%%s };" % (version, "; ".join(sorted(symbols))) for version, symbols in sorted(found.items())]
    return "\n".join(node % (" local: *;" if node is nodes[0] else "") for node in nodes) + "\n"


def relink(library, archive, files):
    """Links a library of the tree again: of its archive what these files, and the library itself, call."""
    part = ARCHIVES[library.name]
    needed = [sbom().where()[name] for name in sbom().needed(library)]
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        run = lambda *words: subprocess.run([str(w) for w in words], cwd=folder, check=True)
        run("ar", "x", archive)
        objects = sorted(folder.glob("*.o"))
        left_out = [o for o in objects if re.fullmatch(part.without, o.stem)]
        kept = [o for o in objects if o not in left_out]
        found = versions(library, files, kept, part.exported)
        for one in kept:
            run("objcopy", *("--redefine-sym=%s=winnow_%s" % (s, s) for s in STREAMS), one)
        run("ar", "rcs", "kept.a", *kept)
        (folder / "streams.c").write_text(OWN_STREAMS)
        (folder / "instead.c").write_text((HERE / part.instead).read_text() if part.instead else "".join(stub(*row) for row in defined(left_out)))
        (folder / "exported.map").write_text(version_script(found))
        options = output("pkg-config", "--cflags", "freetype2").split() if part.instead else []
        run("cc", "-O1", "-fPIC", "-w", "-ffunction-sections", "-fdata-sections", *options, "-c", "streams.c", "instead.c")
        run("ar", "rcs", "own.a", "streams.o", "instead.o")
        # -Bsymbolic: the objects were compiled with -fPIE, so references to the library's own symbols must bind inside it.
        run("cc", "-shared", "-s", "-Wl,--gc-sections", "-Wl,-Bsymbolic", "-Wl,--build-id=none", "-Wl,-z,defs", "-Wl,-z,relro", "-Wl,-z,now",
            "-Wl,-soname," + library.name, "-Wl,--version-script,exported.map", *("-Wl,-u," + s for symbols in found.values() for s in sorted(symbols)),
            "-o", library.resolve(), "-Wl,--start-group", "own.a", "kept.a", "-Wl,--end-group", "-Wl,--as-needed", *needed, "-lm")
