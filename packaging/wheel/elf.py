"""What the files of a tree say of themselves."""
import functools, importlib.util, pathlib, subprocess

SOURCE = pathlib.Path(__file__).resolve().parent.parent.parent


@functools.lru_cache(maxsize=None)
def sbom():
    """cmake/sbom.py: what a file needs, where libraries are, and which package a file is of."""
    spec = importlib.util.spec_from_file_location("sbom", SOURCE / "cmake/sbom.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def output(*words):
    return subprocess.run([str(w) for w in words], check=True, stdout=subprocess.PIPE, text=True).stdout


def exports(library):
    """{symbol: (type as nm has it, version or "")} of what a shared library offers."""
    return {symbol: (kind, version) for kind, symbol, version in dynamic("--defined-only", library)}


def imports(*files):
    """(symbol, version or "") of what programs and shared libraries ask for."""
    return [(symbol, version) for _, symbol, version in dynamic("--undefined-only", *files)]


def dynamic(*words):
    for line in output("nm", "-D", *words).splitlines():
        row = line.split()
        if len(row) >= 2:
            symbol, _, version = row[-1].partition("@")
            yield row[-2], symbol, version.lstrip("@")


def stub(symbol, kind):
    """C source of a function that returns 0, or of data that is 0. `kind`: as nm has it."""
    return "long %s(void) { return 0; }\n" % symbol if kind in "TtWwiI" else "char %s[256];\n" % symbol
