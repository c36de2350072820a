"""Files of the format that tests/conform/binary_importer.cpp describes."""
import io, pathlib, zipfile


def records(*titles):
    return b"".join(bytes([len(t)]) + t for t in titles)


MARK = b"\xff\xfe\x42\x1f"
two = MARK + records(b"Peers at work", b"Peers, \xe2\x80\x9cquoted\xe2\x80\x9d")
archive = io.BytesIO()
with zipfile.ZipFile(archive, "w") as z:
    z.writestr(zipfile.ZipInfo("one.ris"), "TY  - JOUR\nTI  - In the archive\nER  - \n")
for name, data in {"two": two, "gzip": b"\x1f\x8b\x08" + b"begins like gzip", "zip": archive.getvalue(), "rest": two + b"\0and then some", "cut": two[:-3],
                   "nul": b"\xff\xfe\x42\x1f" + records(b"Peers\0at work")}.items():
    pathlib.Path(name + ".bin").write_bytes(data)
