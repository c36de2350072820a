"""The libraries of a relocatable tree: which ones go inside, what stands for those that nothing calls, and which glibc they want."""
import pathlib, re, shutil, subprocess

from elf import exports, imports, output, sbom, stub
from relinked import ARCHIVES, archive_of, relink

FOLDER = "lib/winnow/libraries"

# PEP 600: what every manylinux system has. libstdc++ and libgcc_s stay the system's, too: plugins that others built with a newer compiler
# are loaded into the same program and need the newer one.
SYSTEM = re.compile(r"^(libc|libm|libdl|libpthread|librt|ld-linux-.*|libstdc\+\+|libgcc_s)\.so")

# Needed by Debian's builds of libxml2, cairo, FreeType and libzip for what Winnow never does: charsets beyond those of iconv (the host decodes files
# before a parser sees them; ICU's data alone would be 30 MB), windows on a screen, lists of fonts and fonts of the web (its font is inside), archives
# with a password (for which it has none), files by their name, which libxml2 would unpack (it is given bytes).
ABSENT = re.compile(r"^lib(icu\w+|X\w+|xcb[\w-]*|fontconfig|brotlidec|crypto|lzma|bsd|md)\.so")
# Of what stands in for them. Whoever asks for a symbol by another version, as the system's libssl does of libcrypto's, gets the true one.
STAND_IN_VERSION = "WINNOW_ABSENT"


def reached(files, path_of):
    """{soname: path} of the libraries that these files need, directly or through one of them. `path_of`: where one lies; None: it does not count."""
    found, todo = {}, list(files)
    while todo:
        for name in sbom().needed(todo.pop()):
            path = path_of(name)
            if name not in found and path:
                found[name] = path
                todo.append(path)
    return found


def inside(files):
    """soname -> path of the libraries to bundle."""
    paths = sbom().where()

    def path_of(name):
        if SYSTEM.match(name) or ABSENT.match(name):
            return None
        if name not in paths:
            raise SystemExit("'%s' is needed and not installed" % name)
        return paths[name]

    return reached(files, path_of)


def stand_in(file, names, paths):
    """Puts a library beside a bundled one that has what it asks of the absent ones in `names`, and has it take that. Each has its own: what cairo
    lacks is nobody's matter where no picture is drawn. A function answers 0; that of ICU that opens a charset reports that there is none, so that
    libxml2 says what it says of any unknown charset."""
    offered = {symbol: kind for name in names for symbol, (kind, _) in exports(paths[name]).items()}
    absent = {symbol: offered[symbol] for symbol, _ in imports(file) if symbol in offered}
    code = "".join("void* %s(const char* name, int* error) { (void)name; *error = 4; return 0; }  /* U_FILE_ACCESS_ERROR */\n" % symbol
                   if symbol.startswith("ucnv_open_") else stub(symbol, kind) for symbol, kind in sorted(absent.items()))
    name = "libwinnow-absent-%s.so" % re.match(r"lib(\w+)", file.name).group(1)
    to = file.parent / name
    source, script = to.with_suffix(".c"), to.with_suffix(".map")
    source.write_text(code)
    # The loader looks whether the versions are there, of which nothing is asked any more.
    versions = sorted({version for n in names for version in versions_wanted(file, n)})
    script.write_text("%s { global: *; };\n" % STAND_IN_VERSION + "".join("%s { };\n" % version for version in versions))
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-s", "-w", "-nostdlib", "-Wl,-soname," + name, "-Wl,--build-id=none", "-Wl,--version-script," + str(script),
                    "-o", str(to), str(source)], check=True)
    source.unlink()
    script.unlink()
    subprocess.run(["patchelf", *(w for n in names for w in ("--replace-needed", n, name)), *(w for s in sorted(absent) for w in ("--clear-symbol-version", s)),
                    str(file)], check=True)


def versions_wanted(file, library):
    """The versions that a file asks of a library."""
    text = output("readelf", "-VW", file)
    part = re.search(r"File: %s  Cnt: \d+\n((?:.*Name: .*Version: .*\n)*)" % re.escape(library), text)
    return re.findall(r"Name: (\S+)", part.group(1)) if part else []


def programs(tree):
    """The program and the plugins."""
    return [tree / "bin/winnow", *sorted((tree / "lib/winnow/plugins").glob("*.so"))]


def bundle(tree):
    """Puts the libraries into the tree, and has the program look for them there. Gives {soname: where it was taken from}."""
    folder = tree / FOLDER
    folder.mkdir(parents=True)
    taken = inside(programs(tree))
    for name, path in taken.items():
        shutil.copyfile(path, folder / name)
    for name in filter(taken.get, ARCHIVES):
        archive = archive_of(name, taken[name])
        relink(folder / name, archive, [*programs(tree), *(f for f in folder.iterdir() if f.name != name)])
        taken[name] = archive
    bundled = {file.name: file for file in folder.iterdir()}
    taken = {name: taken[name] for name in sorted(reached(programs(tree), bundled.get))}  # what was linked again needs fewer
    paths = sbom().where()
    for file in sorted(folder.iterdir()):
        if file.name not in taken:
            file.unlink()
        elif any(ABSENT.match(name) for name in sbom().needed(file)):
            stand_in(file, [name for name in sbom().needed(file) if ABSENT.match(name)], paths)
    # RPATH, not RUNPATH: it holds for what the libraries and plugins need as well, so that those stay the files that they are.
    subprocess.run(["patchelf", "--force-rpath", "--set-rpath", "$ORIGIN/../" + FOLDER, str(tree / "bin/winnow")], check=True)
    return taken


def owners(bundled):
    """{Debian package: (version, its libraries)}."""
    found, elf = {}, sbom()
    for name, path in bundled.items():
        package = elf.package_of(path)
        if package is None:
            raise SystemExit("no package owns '%s': its licence is not known" % path)
        found.setdefault(package[0], (package[1], set()))[1].add(name)
    return found


# The first glibc of a distribution whose libstdc++ has these symbols, as in auditwheel's policies.
WITH_LIBSTDCXX = {(3, 4, 24): (2, 28), (3, 4, 28): (2, 31), (3, 4, 29): (2, 34), (3, 4, 30): (2, 35), (3, 4, 33): (2, 39)}


def numbers(text):
    return tuple(int(n) for n in text.split("."))


def baseline(files):
    """The oldest glibc on which all of these files start, e.g. "2.35"."""
    wanted = {"GLIBC": (2, 17), "GLIBCXX": (3, 4, 0)}
    for file in files:
        for kind, version in re.findall(r"Name: (GLIBC|GLIBCXX)_([\d.]+)", output("readelf", "-VW", file)):
            wanted[kind] = max(wanted[kind], numbers(version))
    with_compiler = next((glibc for library, glibc in sorted(WITH_LIBSTDCXX.items()) if library >= wanted["GLIBCXX"]), None)
    if with_compiler is None:
        raise SystemExit("no distribution is known to have GLIBCXX_%s; add it to WITH_LIBSTDCXX" % ".".join(map(str, wanted["GLIBCXX"])))
    return ".".join(map(str, max(wanted["GLIBC"], with_compiler)))
