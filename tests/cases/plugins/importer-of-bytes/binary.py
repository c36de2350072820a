#!/usr/bin/python3
"""The importer of tests/conform/binary_importer.cpp in Python."""
from winnow_worker import *

MARK = b"\xff\xfe\x42\x1f"


class Binary(Importer):
    id, version, help = "importers.test-binary", "1.0.0", "Titles behind lengths."
    flags = DETERMINISTIC | PARALLEL_INSTANCES | WANTS_BYTES

    def probe(self, head, name):
        return 100 if head.startswith(MARK) else 0

    def read(self, source):
        data = b"".join(source.chunks())
        if not data.startswith(MARK):
            return
        source.declare(HEADING, 0, len(MARK), 1)
        at, count = len(MARK), 0
        while at < len(data) and data[at] != 0:
            size = 1 + data[at]
            if at + size > len(data):
                self.host.diagnose(ERROR, "binary.cut-off", "the file ends within a record", "left out", line=1, column=at + 1, byte=at, record=count + 1)
                source.declare(UNREADABLE, at, len(data) - at, 1, at + 1)
                return
            record = Record(at, 1, at + 1, size)
            record.derive("title", data[at + 1:at + size], record.raw("TITLE", data[at + 1:at + size], 1), "binary.title")
            source.emit([record])
            at, count = at + size, count + 1


serve("winnow tests", "binary", "1.0.0", "CC0-1.0", [Binary])
