"""Where the program lies: unpacked from this package when it is first asked for.

Most of what the plugins hold is the same in all of them. One compressed archive keeps it once and a wheel, which compresses file by file,
keeps it fifty times; so the wheel holds the archive.
"""
import lzma
import os
import pathlib
import shutil
import tarfile
import tempfile
from typing import Iterator

HERE = pathlib.Path(__file__).resolve().parent
ARCHIVE = HERE / "tree.tar.xz"


def _places(name: str) -> Iterator[pathlib.Path]:
    """Folders that may hold the tree: beside this file, so that it goes with its environment; where that cannot be written, the user's cache."""
    yield HERE / name
    cache = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(cache):
        try:
            cache = str(pathlib.Path.home() / ".cache")
        except RuntimeError:  # a user without a home, as in containers
            return
    yield pathlib.Path(cache) / "winnow" / name


def _unpack(to: pathlib.Path) -> None:
    """Whole or not at all, however many programs do it at once."""
    to.parent.mkdir(parents=True, exist_ok=True)
    part = pathlib.Path(tempfile.mkdtemp(prefix=".unpacking-", dir=to.parent))
    try:
        with lzma.open(ARCHIVE) as bytes_, tarfile.open(fileobj=bytes_, mode="r|") as archive:
            for member in archive:
                archive.extract(member, part, **({"filter": "tar"} if hasattr(tarfile, "tar_filter") else {}))
        part.chmod(0o755)
        try:
            part.rename(to)
        except OSError:
            if not to.is_dir():  # otherwise another program was faster, with the same files
                raise
    finally:
        shutil.rmtree(part, ignore_errors=True)


def tree() -> pathlib.Path:
    """The folder with bin, lib and share. Unpacks it if nobody did; raises OSError if there is no place for it."""
    name = "tree-" + (HERE / "tree.id").read_text(encoding="ascii").strip()
    places = list(_places(name))
    for place in places:
        if (place / "bin" / "winnow").exists():
            return place
    failure = None
    for place in places:
        try:
            _unpack(place)
            return place
        except OSError as error:
            failure = failure or error
    raise OSError("the program cannot be unpacked (tried: %s): %s; set XDG_CACHE_HOME to a folder that can be written"
                  % (", ".join(str(place.parent) for place in places), failure)) from failure
