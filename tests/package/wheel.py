#!/usr/bin/env python3
"""The wheel: built from an installed tree, installed into a clean environment without a network, used from there.

  wheel.py --build BUILD_FOLDER --cmake PROGRAM --review FOLDER --most MEGABYTES

The example review gives the bytes that the build's own program gives, in the program and in worker processes; every library that is loaded lies inside,
or is one that each Linux has; the functions of the Python package give what the commands give; plugins of others find libxml2.
"""
import argparse, filecmp, os, pathlib, re, shutil, subprocess, sys, tempfile, venv

SOURCE = pathlib.Path(__file__).resolve().parent.parent.parent
SYSTEM = re.compile(r"/(libc|libm|libdl|libpthread|librt|ld-linux-[\w.-]+|libstdc\+\+|libgcc_s)\.so")
FUNCTIONS = '''
import csv, json, subprocess, sys, warnings
import winnow

folder, scopus, medline = sys.argv[1:]
with warnings.catch_warnings(record=True) as told:
    warnings.simplefilter("always")
    rows = winnow.read(scopus, medline)
listed = json.loads(subprocess.run([winnow.program(), "convert", scopus, medline, "--to", "csl-json"], capture_output=True).stdout)
assert rows == listed and len(rows) > 50, (len(rows), len(listed))
assert any(issubclass(t.category, winnow.RecordWarning) and "medline.ris:90:8: " in str(t.message) for t in told), [str(t.message) for t in told]
warnings.simplefilter("ignore")
winnow.call("dedup", scopus, medline, "--clusters", folder + "/c.csv", check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
with open(folder + "/c.csv", newline="") as file:
    clusters = list(csv.DictReader(file))
assert winnow.dedup(scopus, medline) == clusters
own = winnow.dedup(rows)
assert [r["record_id"] for r in own] == [r["id"] for r in rows] and len({r["cluster_id"] for r in own}) < len(rows), own
assert [r["record_id"] for r in winnow.dedup([dict(r, id="same") for r in rows])] == ["#%d" % (i + 1) for i in range(len(rows))]
assert winnow.dedup([]) == []
for path, code in ((folder + "/absent.ris", 1), (folder + "/odd.ris", 1)):
    open(folder + "/odd.ris", "w").write("no format at all\\n")
    try:
        winnow.read(path)
    except winnow.Error as error:
        assert error.code == code and path in str(error), error
    else:
        raise AssertionError(path)
with open(folder + "/mixed.ris", "w") as file:
    file.write("TY  - JOUR\\nTI  - A title of one record\\nER  - \\n\\nPMID- 123\\nTI  - Another format\\n\\n")
try:
    winnow.read(folder + "/mixed.ris")
except winnow.Error as error:  # what could be read is not lost
    assert [r["title"] for r in error.records] == ["A title of one record"] and error.diagnostics[0]["line"] == 5, error.diagnostics
else:
    raise AssertionError("mixed.ris")
try:
    import pandas
except ImportError:
    print("frames: not tried, pandas is missing")
else:
    frame = winnow.read(scopus, medline, frame=True)
    assert list(frame["title"]) == [r.get("title", "") for r in rows], frame
    assert winnow.dedup(scopus, medline, frame=True).to_dict("records") == clusters
    print("frames: %d rows of %d columns" % frame.shape)
'''

LIBXML2 = '''
import ctypes, pathlib, sys
folder = pathlib.Path(sys.argv[1])
ctypes.CDLL(str(folder / "libwinnow-absent-xml2.so"), ctypes.RTLD_GLOBAL)
xml = ctypes.CDLL(str(folder / "libxml2.so.2"))
def call(name, *words):
    getattr(xml, name).restype = ctypes.c_void_p
    return ctypes.c_void_p(getattr(xml, name)(*words))
read = lambda text: call("xmlReadMemory", text, len(text), b"", None, 0)
found = call("xmlXPathEval", b'concat(count(//b), ":", //b[@k="v"])', call("xmlXPathNewContext", read(b'<a><b>1</b><b k="v">22</b></a>')))
assert ctypes.string_at(call("xmlXPathCastToString", found).value) == b"2:22"
for body, valid in ((b"<b/><c/>", 1), (b"<c/><c/><b/>", 0)):
    assert xml.xmlValidateDocument(call("xmlNewValidCtxt"), read(b"<!DOCTYPE a [<!ELEMENT a (b,c)><!ELEMENT b EMPTY><!ELEMENT c EMPTY>]><a>" + body + b"</a>")) == valid
assert xml.__xmlGenericError and not hasattr(xml, "xmlTextReaderSchemaValidate")
'''


def run(*words, **options):
    done = subprocess.run([str(w) for w in words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)
    if done.returncode != 0:
        sys.exit("%s\n%s%s: exit %d" % (" ".join(map(str, words)), done.stdout[-2000:], done.stderr[-2000:], done.returncode))
    return done.stdout


def reviewed(winnow, review, folder, addition="", **environment):
    """The files that a review writes: {name: path}."""
    shutil.copytree(review, folder, ignore=shutil.ignore_patterns("out", "*.ledger*", "review.lock"))
    with open(folder / "review.yaml", "a") as yaml:
        yaml.write(addition)
    run(*winnow, "run", "review.yaml", cwd=folder, env={"PATH": "/usr/bin:/bin", "HOME": str(folder), **environment})
    return {str(p.relative_to(folder / "out")): p for p in sorted((folder / "out").rglob("*")) if p.is_file()}


def differences(wanted, found):
    return sorted(wanted.keys() ^ found.keys()) + [name for name in wanted.keys() & found.keys() if not filecmp.cmp(wanted[name], found[name], shallow=False)]


def foreign(trace, inside):
    """Libraries that the loader took from elsewhere (LD_DEBUG=files)."""
    loaded = {line.split("calling init: ")[1].strip() for file in trace.glob("ld.*") for line in file.read_text().splitlines() if "calling init: " in line}
    if not any("exporters-prisma.so" in path for path in loaded):
        return ["the loader's trace names no plugin"]
    return sorted(p for p in loaded if not SYSTEM.search(p) and not os.path.realpath(p).startswith(os.path.realpath(inside)) and not p.startswith("/dev/fd/"))


def unpacked(python, package, cache):
    """Faults of the first start: many at once make one tree; where the package's folder has no place for it, the user's cache has."""
    code = "import winnow; print(winnow.program())"
    many = [subprocess.Popen([str(python), "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    told = {process.communicate() for process in many}
    faults = [] if len(told) == 1 and not next(iter(told))[1] else ["four first starts at once: %s" % told]
    faults += ["left behind: %s" % path for path in package.glob(".unpacking-*")]
    tree, = package.glob("tree-*")
    aside = tree.rename(package / "aside")
    tree.write_text("in the way\n")
    elsewhere = run(python, "-c", code, env={"HOME": str(cache), "PATH": "/usr/bin:/bin"}).strip()
    if not elsewhere.startswith(str(cache / ".cache/winnow/tree-")) or not os.access(elsewhere, os.X_OK):
        faults.append("without a place beside the package: '%s'" % elsewhere)
    (cache / "file").write_text("")
    nowhere = subprocess.run([str(python), "-c", code], env={"XDG_CACHE_HOME": str(cache / "file"), "PATH": "/usr/bin:/bin"}, stderr=subprocess.PIPE, text=True)
    if nowhere.returncode == 0 or "set XDG_CACHE_HOME to a folder that can be written" not in nowhere.stderr:
        faults.append("with no place at all: %s" % nowhere.stderr[-300:])
    tree.unlink()
    aside.rename(tree)
    return faults


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", required=True, type=pathlib.Path)
    parser.add_argument("--cmake", required=True)
    parser.add_argument("--review", required=True, type=pathlib.Path)
    parser.add_argument("--most", required=True, type=float)
    a = parser.parse_args()
    if shutil.which("patchelf") is None or shutil.which("dpkg-query") is None:
        print("skipped: patchelf or dpkg-query is missing")
        return 77
    with tempfile.TemporaryDirectory(prefix="winnow-wheel-") as temporary:
        folder = pathlib.Path(temporary)
        for component in ("host", "plugins", "sdk"):
            run(a.cmake, "--install", a.build, "--prefix", folder / "prefix", "--component", component)
        print(run(sys.executable, SOURCE / "packaging/wheel/build.py", "--prefix", folder / "prefix", "--output", folder).strip())
        shutil.rmtree(folder / "prefix")
        wheel, = folder.glob("*.whl")
        venv.create(folder / "venv", with_pip=True)
        run(folder / "venv/bin/python", "-m", "pip", "install", "--quiet", "--no-index", "--disable-pip-version-check", wheel)
        installed = folder / "venv/bin"
        package, = folder.glob("venv/lib/python3*/site-packages/winnow")
        (folder / "home").mkdir()
        faults = unpacked(installed / "python", package, folder / "home")
        wanted = reviewed([a.build.resolve() / "bin/winnow"], a.review, folder / "built")
        trace = folder / "trace"
        trace.mkdir()
        program = run(installed / "python", "-c", "import winnow; print(winnow.program())").strip()  # without Python, whose libraries are no matter here
        found = reviewed([program], a.review, folder / "installed", LD_DEBUG="files", LD_DEBUG_OUTPUT=str(trace / "ld"))
        isolated = reviewed([installed / "python", "-m", "winnow"], a.review, folder / "isolated", "\nisolate: {stages: all}\n")
        faults += ["%s differs" % name for name in differences(wanted, found)] + ["%s differs in worker processes" % n for n in differences(wanted, isolated)]
        if run(installed / "winnow", "--version") != run(a.build.resolve() / "bin/winnow", "--version"):
            faults.append("the command 'winnow' is another program")
        faults += ["loaded from outside: " + path for path in foreign(trace, folder / "venv")]
        run(installed / "python", "-c", LIBXML2, pathlib.Path(program).parent.parent / "lib/winnow/libraries")
        if wheel.stat().st_size > a.most * 1e6:
            faults.append("the wheel is larger than %.1f MB" % a.most)
        # Another environment, which may have pandas, and another place: nothing inside knows where it was installed.
        run(folder / "venv/bin/python", "-m", "pip", "install", "--quiet", "--no-index", "--disable-pip-version-check", "--target", folder / "first", wheel)
        (folder / "first").rename(folder / "moved, æ")
        exports = a.review.resolve() / "exports/first"
        print(run(sys.executable, "-c", FUNCTIONS, folder, exports / "scopus.csv", exports / "medline.ris", env={**os.environ, "PYTHONPATH": str(folder / "moved, æ")}).strip())
        print("%d files of the review, %d faults\n%s" % (len(wanted), len(faults), "\n".join(faults)))
        return 1 if faults or len(wanted) < 40 else 0


if __name__ == "__main__":
    sys.exit(main())
