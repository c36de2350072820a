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


def symbols(path, *options):
    """{name: type} of a library's dynamic symbols."""
    rows = (line.split() for line in output("nm", "-D", *options, path).splitlines())
    return {row[-1].split("@")[0]: row[-2] for row in rows if len(row) >= 2}
