#!/usr/bin/env python3
"""The wheel: program, plugins and the libraries that they need, as one file for pip.

  build.py --prefix FOLDER --output FOLDER [--tree FOLDER]

--prefix is an installed tree (`cmake --install build/release --prefix FOLDER`). The file's tag states the oldest glibc that every
program and library in it starts with, read from the versions of the symbols they ask for. The same tree gives the same bytes.
--tree keeps what stands inside, a folder that runs wherever it is moved to, as for a container.
Needs a Debian package manager (licences), a C compiler and patchelf. Prints the file, its size and its baseline.
"""
import argparse, base64, hashlib, io, lzma, pathlib, platform, re, shutil, subprocess, sys, tarfile, tempfile, zipfile

from elf import sbom
from libraries import bundle, owners, baseline
from relinked import ARCHIVES

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE.parent.parent
TAKEN = ("bin", "lib/winnow", "share/winnow/configs", "share/winnow/python", "share/winnow/template", "share/winnow/protocol", "share/winnow/spark")
EARLIEST = (1980, 1, 1, 0, 0, 0)  # of what zip can say: a build is no matter of its day
SUMMARY = "Evidence reviews from database exports to the flow diagram: reads, deduplicates, screens, counts"


def copied(prefix, to):
    """What the program needs of an installed tree, without debug information."""
    for part in TAKEN:
        if (prefix / part).exists():
            shutil.copytree(prefix / part, to / part, ignore=shutil.ignore_patterns(".debug", "__pycache__"))


def version(program):
    text = subprocess.run([program, "--version"], check=True, stdout=subprocess.PIPE, text=True).stdout
    return re.match(r"winnow (\d[\w.]*)", text).group(1)


def notice(bundled):
    """NOTICE, and the licence of each package that something in the wheel was taken from: (name, text)."""
    packages = owners(bundled)
    lines = ["Winnow is licensed under Apache-2.0 (LICENSE). This wheel also holds, as Debian built them, but for other names and versions of libraries that are absent (libwinnow-absent-*.so stand in for those):", ""]
    lines += ["%-28s %-24s %s" % (name, packages[name][0], ", ".join(sorted(packages[name][1]))) for name in sorted(packages)]
    lines += ["", "Their licences stand beside this file, NAME.copyright; their sources are https://deb.debian.org/debian, by name and version.",
              "Each library is a file of its own, lib/winnow/libraries in the tree that the package unpacks (winnow.program() names its place), and can be replaced there by another build of it.",
              "Of %s: linked again from Debian's static archives (*-dev), changed: functions that Winnow does not call are left out or return 0, and FreeType has another"
              % ", ".join(sorted(name for name in ARCHIVES if name in bundled)),
              "ftinit. packaging/wheel/relinked.py and freetype_modules.c of Winnow's sources say which and do it.",
              "Compiled into program and plugins: Boost, SQLiteCpp, nlohmann/json, Eigen, and outlines taken from Liberation Sans 2.1.5, modified: without instructions, kerning, features",
              "and names (SIL OFL 1.1, fonts-liberation2.copyright)."]
    yield "NOTICE", "\n".join(lines) + "\n"
    yield "LICENSE", (SOURCE / "LICENSE").read_text(encoding="utf-8")
    boost = sbom().package_of("/usr/include/boost/version.hpp")[0]  # libboost-dev is a name for whichever version there is
    for name in sorted({*packages, boost, "libsqlitecpp-dev", "nlohmann-json3-dev", "libeigen3-dev", "fonts-liberation2"}):
        yield name + ".copyright", licence(name)


def licence(package):
    """Debian's file of a package. Boost's lists the holders of every file of its source, tests and documentation too, 2 MB: of that, what holds for all."""
    text = (pathlib.Path("/usr/share/doc") / package / "copyright").read_text(encoding="utf-8", errors="replace")
    if not package.startswith("libboost"):
        return text
    paragraphs = text.split("\n\n")
    files = next(p for p in paragraphs if p.startswith("Files: *\n"))
    name = re.search(r"^License: (\S+)", files, re.MULTILINE).group(1)
    return "%s\n\n%s\n" % (files, next(p for p in paragraphs if p.startswith("License: %s\n" % name)).rstrip("\n"))


def metadata(number, tag, licences):
    readme = (HERE / "README.md").read_text(encoding="utf-8")
    head = ["Metadata-Version: 2.4", "Name: winnow", "Version: " + number, "Summary: " + SUMMARY, "License-Expression: Apache-2.0",
            *("License-File: " + name for name in licences), "Requires-Python: >=3.8", "Provides-Extra: frames", 'Requires-Dist: pandas; extra == "frames"',
            "Classifier: Operating System :: POSIX :: Linux", "Description-Content-Type: text/markdown"]
    wheel = ["Wheel-Version: 1.0", "Generator: winnow", "Root-Is-Purelib: false", "Tag: " + tag]
    return {"METADATA": "\n".join(head) + "\n\n" + readme, "WHEEL": "\n".join(wheel) + "\n",
            "entry_points.txt": "[console_scripts]\nwinnow = winnow.__main__:main\n", "top_level.txt": "winnow\n"}


def digest(data):
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def packed(files, record, out):
    """Writes {name: (bytes, is a program)} and the list of them."""
    listed = "".join("%s,%s,%d\n" % (name, digest(data), len(data)) for name, (data, _) in sorted(files.items())) + record + ",,\n"
    files = {**files, record: (listed.encode(), False)}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files, key=lambda n: (".dist-info/" in n, n)):  # the description last, as the wheel format wishes
            data, is_program = files[name]
            entry = zipfile.ZipInfo(name, EARLIEST)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            entry.external_attr = (0o100755 if is_program else 0o100644) << 16
            archive.writestr(entry, data)


def archived(tree):
    """The tree as one compressed archive: what fifty plugins have in common is kept once. No clock, no owner."""
    def plain(entry):
        entry.mtime = entry.uid = entry.gid = 0
        entry.uname = entry.gname = ""
        entry.mode = 0o755 if entry.isdir() or entry.mode & 0o100 else 0o644
        return entry

    bytes_ = io.BytesIO()
    with tarfile.open(fileobj=bytes_, mode="w", format=tarfile.PAX_FORMAT) as archive:
        # By the ends of names: libraries stand beside libraries, whatever folder they are in.
        for path in sorted(tree.rglob("*"), key=lambda p: (p.suffix, str(p.relative_to(tree)))):
            archive.add(path, str(path.relative_to(tree)), recursive=False, filter=plain)
    code = [{"id": lzma.FILTER_X86}] if platform.machine() == "x86_64" else []
    # lc and lp: tables and relocations, of four and eight bytes, are as large a part as text.
    tuned = {"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "dict_size": 1 << 26, "lc": 2, "lp": 2}
    return lzma.compress(bytes_.getvalue(), lzma.FORMAT_XZ, filters=code + [tuned])


def build(prefix, output, keep):
    with tempfile.TemporaryDirectory(prefix="winnow-wheel-") as temporary:
        tree = pathlib.Path(temporary) / "tree"
        copied(prefix, tree)
        number = version(prefix / "bin/winnow")
        bundled = bundle(tree)
        glibc = baseline([tree / "bin/winnow", *(tree / "lib").rglob("*.so*")])
        tag = "py3-none-manylinux_%s_%s" % (glibc.replace(".", "_"), platform.machine())
        licences = dict(notice(bundled))
        archive = archived(tree)
        files = {"winnow/tree.tar.xz": (archive, False), "winnow/tree.id": (hashlib.sha256(archive).hexdigest()[:16].encode() + b"\n", False)}
        files.update({"winnow/" + p.name: (p.read_bytes(), False) for p in (HERE / "winnow").iterdir() if p.is_file()})
        info = "winnow-%s.dist-info/" % number
        texts = {**metadata(number, tag, sorted(licences)), **{"licenses/" + name: text for name, text in licences.items()}}
        files.update({info + name: (text.encode(), False) for name, text in texts.items()})
        output.mkdir(parents=True, exist_ok=True)
        wheel = output / ("winnow-%s-%s.whl" % (number, tag))
        packed(files, info + "RECORD", wheel)
        if keep is not None:
            shutil.copytree(tree, keep)
            (keep / "licenses").mkdir()
            for name, text in licences.items():
                (keep / "licenses" / name).write_text(text, encoding="utf-8")
        return wheel, glibc, len(bundled)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--prefix", required=True, type=pathlib.Path)
    parser.add_argument("--output", required=True, type=pathlib.Path)
    parser.add_argument("--tree", type=pathlib.Path)
    a = parser.parse_args()
    for program in ("patchelf", "cc", "readelf", "dpkg-query"):
        if shutil.which(program) is None:
            print("'%s' is missing; cmake/install-packages installs it" % program, file=sys.stderr)
            return 77
    wheel, glibc, count = build(a.prefix, a.output, a.tree)
    print("%s: %.1f MB, %d libraries inside, glibc %s or newer" % (wheel, wheel.stat().st_size / 1e6, count, glibc))
    return 0


if __name__ == "__main__":
    sys.exit(main())
