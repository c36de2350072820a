#!/usr/bin/env python3
"""The raw layer of the ledger against the files that it was read from.

  raw_layer.py --winnow BIN FOLDER...

Imports every file below the folders, each as a source of its own, as it is and with its line ends changed; with the
environment's WINNOW_EXPORTS every file below that folder, too. Then, from the ledger alone:
  - the bytes of the records and what stands between them, put together again, are the file;
  - what stands between them, read as a file of its own, holds no record;
  - every raw value that is stored as a slice lies within its record.
"""
import argparse, os, pathlib, sqlite3, subprocess, sys, tempfile

PACKED = (b"\x1f\x8b", b"PK\x03\x04")


def wide(data):
    """The name of the UTF-16 that a file is in; None: it is not. By its mark or the NUL bytes of its first signs."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16-le" if data[0] == 0xff else "utf-16-be"
    head = data[:400]
    if head.count(0) * 3 < len(head):
        return None
    return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"


def variants(data):
    yield "", data
    if b"\r" not in data and not wide(data):
        yield ".crlf", data.replace(b"\n", b"\r\n")


def import_all(winnow, files, folder):
    """Imports `files` (name -> bytes) into a ledger; gives its path."""
    lines = ["version: 1", "review: {title: Raw layer}", "reviewers: {KBAA: first author}", "sources:", "  - wave: first", "    searched: 2026-01-01", "    databases:"]
    for number, (name, data) in enumerate(files.items()):
        (folder / name).write_bytes(data)
        lines.append("      S%d: {files: '%s'}" % (number, name))
    lines += ["selection:", "  steps:", "    - {remove: duplicates, using: duplicates, mode: automatic, by: KBAA}", "exports: []"]
    (folder / "review.yaml").write_text("\n".join(lines) + "\n")
    done = subprocess.run([winnow, "run", "review.yaml"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace")
    ledgers = list(folder.glob("*.ledger"))
    if not ledgers:
        print(done.stderr[-3000:])
        sys.exit(1)
    return ledgers[0], done


class Reader:
    """Numbers and texts of record.fields, see host/ledger/RecordCodec.cpp."""

    def __init__(self, blob):
        self.blob, self.at = blob, 0

    def number(self):
        value = shift = 0
        while True:
            byte = self.blob[self.at]
            self.at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    def bytes(self, size):
        self.at += size
        return self.blob[self.at - size:self.at]


def raw_slices(blob, raw):
    """(begin, size) of the raw values that are slices of the record."""
    reader = Reader(blob)
    reader.bytes(1)
    for _ in range(reader.number()):
        head, _flags, _origin, _group, _rule, _line = (reader.number() for _ in range(6))
        if head & 3 == 1:
            yield reader.number(), reader.number()
        elif head & 3 == 0:
            reader.bytes(reader.number())


def problems_of(data, sightings):
    """What is wrong with the records of one file: (byte, size, raw, fields) in order."""
    at, parts, gaps, encoding = 0, [], [], wide(data)
    for byte, size, raw, fields in sightings:
        if byte < at or byte + size > len(data):
            return ["a record at byte %d of %d bytes overlaps the one before or leaves the file" % (byte, size)], b""
        gaps.append(data[at:byte])
        parts += [data[at:byte], raw.decode().encode(encoding) if encoding else raw]
        at = byte + size
        for begin, length in raw_slices(fields, raw):
            if begin + length > len(raw):
                return ["a value at byte %d leaves its record" % begin], b""
    gaps.append(data[at:])
    if b"".join(parts + gaps[-1:]) != data:
        return ["records and what stands between them are not the file"], b""
    return [], b"".join(gaps)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--winnow", required=True)
    parser.add_argument("folders", nargs="+", type=pathlib.Path)
    a = parser.parse_args()
    winnow = str(pathlib.Path(a.winnow).resolve())
    folders = list(a.folders)
    if os.environ.get("WINNOW_EXPORTS"):
        folders.append(pathlib.Path(os.environ["WINNOW_EXPORTS"]))
    else:
        print("WINNOW_EXPORTS names no folder of real exports: the repository's own fixtures only")
    files, origin, own = {}, {}, set()
    for folder in folders:
        for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.name not in ("command", "needs", "review.yaml") and "expected" not in str(p.relative_to(folder))):
            data = path.read_bytes()
            if data.startswith(PACKED):
                continue
            for mark, text in variants(data):
                name = "%04d%s%s" % (len(files), mark, path.suffix if path.suffix.isascii() else "")
                files[name], origin[name] = text, str(path) + mark
                if folder in a.folders:
                    own.add(name)
    wrong = checked = records = 0
    with tempfile.TemporaryDirectory(prefix="winnow-raw-") as temporary:
        folder = pathlib.Path(temporary)
        ledger, done = import_all(winnow, files, folder)
        database = sqlite3.connect(ledger)
        rest = {}
        for identity, name in database.execute("SELECT id, name FROM file").fetchall():
            rows = database.execute("SELECT s.byte, s.size, r.raw, r.fields FROM sighting s JOIN record r ON r.id = s.record WHERE s.file = ? ORDER BY s.ordinal", (identity,)).fetchall()
            found, between = problems_of(files[name], rows)
            if between.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
                rest[name] = between
            checked += 1
            records += len(rows)
            for problem in found:
                wrong += 1
                print("%s: %s" % (origin[name], problem))
        database.close()
        (folder / "between").mkdir()
        ledger, done = import_all(winnow, rest, folder / "between")
        database = sqlite3.connect(ledger)
        for name, count in database.execute("SELECT f.name, count(*) FROM sighting s JOIN file f ON f.id = s.file GROUP BY f.name").fetchall():
            # Of others' files only reported: wrappers of catalogues and lines of a program before its records look like one.
            wrong += name in own
            print("%s: what stands between the records reads as %d records" % (origin[name], count))
        database.close()
    print("%d files given, %d imported, %d records, %d wrong" % (len(files), checked, records, wrong))
    return 1 if wrong or checked < len(files) * 9 // 10 else 0


if __name__ == "__main__":
    sys.exit(main())
