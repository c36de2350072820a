"""Libraries of which the tree calls little, linked again from Debian's static archives: what nothing calls is not in the wheel."""
import pathlib, re, subprocess, tempfile, typing

from elf import output, sbom

HERE = pathlib.Path(__file__).resolve().parent


class Archive(typing.NamedTuple):
    """A static archive, and what of it is linked."""
    file: str  # below the folder of the architecture
    without: str = ""  # objects that are left out, for functions that answer 0: others mention them, and what is called leads to none
    instead: str = ""  # a source in the place of those objects
    offered: str = ""  # functions for whoever asks; of the others those that something in the tree calls


ARCHIVES = {
    # Pictures in memory, PNG and PDF.
    "libcairo.so.2": Archive("libcairo.a", without=r"cairo-(xlib|xcb|ps|svg|script|tee)-.*"),
    # The drivers of the one kind of font that is inside.
    "libfreetype.so.6": Archive("libfreetype.a", without=r"ftinit", instead="freetype_modules.c"),
    # For plugins of others as well, but for languages of schemas, catalogues, HTML, and what fetches from a network.
    "libxml2.so.2": Archive("libxml2.a", offered=r"xml.*", without=r"SAX|HTML.*|debugXML|xpointer|xinclude|nano(http|ftp)|catalog|c14n|xmlregexp|"
                            r"xmlschemas(types)?|xmlunicode|relaxng|legacy|xmlmodule|schematron|xzlib|xlink"),
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


def versioned(*words):
    """(symbol, version or "") of each line that nm prints."""
    for line in output("nm", "-D", *words).splitlines():
        if line.split():
            symbol, _, version = line.split()[-1].partition("@")
            yield symbol, version.lstrip("@")


def defined(objects):
    """(symbol, type) of what object files offer each other."""
    rows = [line.split() for line in output("nm", "--quiet", "--defined-only", "--extern-only", *objects).splitlines()] if objects else []
    return [(row[2], row[1]) for row in rows if len(row) == 3]


def exported(library, files, kept, offered):
    """{version or "": symbols} that these files ask of a library, and those of the kept objects that it offers to whoever asks."""
    has, here, found = dict(versioned("--defined-only", library)), {symbol for symbol, _ in defined(kept)}, {}
    asked = [(s, version) for s, version in versioned("--undefined-only", *files) if s in has]
    for symbol, version in [*asked, *((s, version) for s, version in has.items() if s in here and version and re.fullmatch(offered, s))]:
        found.setdefault(version, set()).add(symbol)
    return found


def version_script(versions):
    nodes = ["%s { global: %s;%%s };" % (version, "; ".join(sorted(versions[version]))) for version in sorted(versions)]
    return "\n".join(node % (" local: *;" if node is nodes[0] else "") for node in nodes) + "\n"


def in_place_of(objects):
    """Functions that answer 0, and data of zeros, for all that these objects define."""
    return "".join("long %s(void) { return 0; }\n" % symbol if kind in "TtWwi" else "char %s[256];\n" % symbol for symbol, kind in defined(objects))


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
        versions = exported(library, files, kept, part.offered)
        for one in kept:
            run("objcopy", *("--redefine-sym=%s=winnow_%s" % (s, s) for s in STREAMS), one)
        run("ar", "rcs", "kept.a", *kept)
        (folder / "streams.c").write_text(OWN_STREAMS)
        (folder / "instead.c").write_text((HERE / part.instead).read_text() if part.instead else in_place_of(left_out))
        (folder / "exported.map").write_text(version_script(versions))
        options = output("pkg-config", "--cflags", "freetype2").split() if part.instead else []
        run("cc", "-O1", "-fPIC", "-w", "-ffunction-sections", "-fdata-sections", *options, "-c", "streams.c", "instead.c")
        run("ar", "rcs", "own.a", "streams.o", "instead.o")
        # Symbolic: it calls itself directly, as its objects were compiled for a program.
        run("cc", "-shared", "-s", "-Wl,--gc-sections", "-Wl,-Bsymbolic", "-Wl,--build-id=none", "-Wl,-z,defs", "-Wl,-z,relro", "-Wl,-z,now",
            "-Wl,-soname," + library.name, "-Wl,--version-script,exported.map", *("-Wl,-u," + s for of in versions.values() for s in sorted(of)),
            "-o", library.resolve(), "-Wl,--start-group", "own.a", "kept.a", "-Wl,--end-group", "-Wl,--as-needed", *needed, "-lm")
