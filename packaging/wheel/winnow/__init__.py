"""Winnow from Python: files of references as plain rows, and which of them are the same work.

    import winnow
    rows = winnow.read("scopus.csv", "medline.nbib")   # a list of dicts, CSL-JSON's names
    table = winnow.read("scopus.csv", frame=True)      # a pandas.DataFrame, where pandas is installed
    clusters = winnow.dedup("scopus.csv", "medline.nbib")
    winnow.call("run", "review.yaml")                  # any other command

Every function starts the program that lies in this package; nothing is computed twice. What is odd in a file is a RecordWarning with its
place; records that could not be read raise Error, which holds those that could.
"""
import csv
import io
import json
import os
import subprocess
import tempfile
import warnings
from typing import Any, Dict, Iterable, List, Mapping, Optional, Sequence, Union

from winnow import _tree

__all__ = ["Error", "RecordWarning", "call", "dedup", "examples", "program", "read"]

Path = Union[str, "os.PathLike[str]"]
Row = Dict[str, Any]


class RecordWarning(UserWarning):
    """Something in a file is odd; the record was kept."""


class Error(Exception):
    """The program ended with a failure.

    code is its exit code (1 failed, 2 wrong usage or configuration), diagnostics what it reported, a dict each with severity, code, message,
    action, file, line and column; records are the rows that were read all the same.
    """

    def __init__(self, text: str, code: int, diagnostics: Sequence[Mapping[str, Any]] = (), records: Sequence[Row] = ()) -> None:
        super().__init__(text)
        self.code, self.diagnostics, self.records = code, list(diagnostics), list(records)


def program() -> str:
    """The path of the program. The first call in an environment unpacks it, which takes a second or two."""
    return str(_tree.tree() / "bin" / "winnow")


def examples() -> str:
    """The folder of example reviews, to be copied."""
    return str(_tree.tree() / "share" / "winnow" / "configs")


def call(*words: Path, **options: Any) -> "subprocess.CompletedProcess[Any]":
    """Starts the program with these words; options are those of subprocess.run. An exit code is no exception: 3 says that people must decide."""
    return subprocess.run([program(), *(os.fspath(w) for w in words)], **options)


def read(*paths: Path, importer: Optional[str] = None, encoding: Optional[str] = None, frame: bool = False) -> Any:
    """The records of files in any format that Winnow reads, in their order.

    importer: names the format where the content does not tell ("ris", "csv" ...), encoding a charset where the files do not tell.
    frame: False gives a list of dicts, the items of CSL-JSON, which has no place for a database's own words and numbers; True a
    pandas.DataFrame of texts with the columns of `winnow convert --to csv`.
    Raises Error if a file, or one of its records, cannot be read.
    """
    options = [*_option("--from", importer), *_option("--encoding", encoding)]
    if frame:
        import pandas

        return pandas.DataFrame(_converted(paths, ["--to", "csv", "--set", "raw=true", *options], _table))
    return _converted(paths, ["--to", "csl-json", *options], json.loads)


def dedup(*inputs: Union[Path, Iterable[Row]], profile: Optional[str] = None, frame: bool = False) -> Any:
    """Which records are the same work: a row for each record, {"record_id", "cluster_id"}; equal cluster ids are one work.

    inputs: paths of files, whose records are named by the id that the file gives them, otherwise FILE#ORDINAL; or one list of rows as read()
    gives them: then the rows come in that order, named by their "id" where all have different ones, otherwise "#1", "#2" ...
    profile: "strict", "default" or "broad". frame: True gives a pandas.DataFrame.
    """
    if len(inputs) == 1 and not isinstance(inputs[0], (str, os.PathLike)):
        rows = _dedup_rows(list(inputs[0]), profile)
    else:
        rows = _dedup_files([os.fspath(path) for path in inputs], profile)  # type: ignore[arg-type]
    if not frame:
        return rows
    import pandas

    return pandas.DataFrame(rows, columns=["record_id", "cluster_id"])


def _option(name: str, value: Optional[str]) -> List[str]:
    return [] if value is None else [name, value]


def _inputs(paths: Sequence[Path]) -> List[str]:
    """Paths as the program takes them: one that begins with a hyphen is no option."""
    if not paths:
        raise TypeError("the path of a file is missing")
    texts = [os.fspath(path) for path in paths]
    return ["./" + text if text.startswith("-") else text for text in texts]


def _table(text: str) -> List[Row]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def _converted(paths: Sequence[Path], words: List[str], parse: Any) -> List[Row]:
    with tempfile.TemporaryDirectory(prefix="winnow-") as folder:
        out, told = os.path.join(folder, "out"), os.path.join(folder, "diagnostics")
        done = call("convert", *_inputs(paths), *words, "-o", out, "--diagnostics", told, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
        rows = parse(_text(out)) if os.path.exists(out) else []
        _report(done, [json.loads(line) for line in _text(told).splitlines()] if os.path.exists(told) else [], rows)
        return rows


def _dedup_files(paths: List[str], profile: Optional[str], warn: bool = True) -> List[Row]:
    with tempfile.TemporaryDirectory(prefix="winnow-") as folder:
        clusters = os.path.join(folder, "clusters.csv")
        done = call("--json", "dedup", *_inputs(paths), *_option("--profile", profile), "--clusters", clusters, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
        rows = _table(_text(clusters)) if os.path.exists(clusters) else []
        _report(done, _lines(done.stderr), rows, warn)
        return rows


def _dedup_rows(records: List[Row], profile: Optional[str]) -> List[Row]:
    """The rows as a CSL-JSON file, each named by its place. What is odd in them was reported when they were read, with a place that says more."""
    if not records:
        return []
    ids = [str(record["id"]) if "id" in record else "" for record in records]
    if "" in ids or len(set(ids)) != len(ids):
        ids = ["#%d" % place for place in range(1, len(ids) + 1)]
    with tempfile.TemporaryDirectory(prefix="winnow-") as folder:
        path = os.path.join(folder, "records.json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump([{**record, "id": "row-%d" % place} for place, record in enumerate(records)], file)
        clusters = {row["record_id"]: row["cluster_id"] for row in _dedup_files([path], profile, warn=False)}
    named = {"row-%d" % place: name for place, name in enumerate(ids)}
    if clusters.keys() != named.keys():
        raise Error("%d records went in, %d came out" % (len(named), len(clusters)), 1)
    return [{"record_id": named[key], "cluster_id": named[clusters[key]]} for key in named]


def _text(path: str) -> str:
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()


def _lines(stderr: bytes) -> List[Row]:
    """The diagnostics among what --json writes to standard error; other lines are errors of the command."""
    found: List[Row] = []
    for line in stderr.decode("utf-8", "replace").splitlines():
        try:
            value = json.loads(line)
        except ValueError:
            value = None
        found.append(value if isinstance(value, dict) else {"severity": "error", "message": line})
    return found


def _report(done: "subprocess.CompletedProcess[bytes]", diagnostics: List[Row], rows: List[Row], warn: bool = True) -> None:
    for told in diagnostics if warn else ():
        if told.get("severity") == "warning" or (told.get("severity") == "error" and done.returncode == 0):
            warnings.warn(_sentence(told), RecordWarning, stacklevel=4)
    if done.returncode != 0:
        errors = [_sentence(told) for told in diagnostics if told.get("severity") == "error"]
        raise Error("\n".join(errors) or done.stderr.decode("utf-8", "replace").strip(), done.returncode, diagnostics, rows)


def _sentence(told: Row) -> str:
    place = ":".join(str(told[key]) for key in ("file", "line", "column") if key in told)
    parts = [told.get("message", ""), told.get("action", "")]
    return (place + ": " if place else "") + "; ".join(part for part in parts if part) + (" [%s]" % told["code"] if "code" in told else "")
