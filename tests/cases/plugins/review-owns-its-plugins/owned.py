#!/usr/bin/env python3
"""An importer of a table that another one would take for CSV, and a filter."""
from winnow_worker import *

VERSION, WORD = "1.0.0", "bridges"


class Lines(Importer):
    id, version, help = "importers.owned", "1.0.0", "A title a line, behind a heading."

    def probe(self, head, name):
        return 99 if head.startswith(b"title;year\n") else 0

    def read(self, source):
        for text, byte, line, end in source.lines():
            if line == 1:
                source.declare(HEADING, byte, len(text), line)
                continue
            record = Record(byte, line, 1, len(text))
            origin = record.raw("L", text, line)
            record.derive("title", text.split(b";")[0], origin)
            source.emit([record])


class Owned(Filter):
    id, version, help = "filters.owned", VERSION, "Drops titles with a word."
    reasons = [Reason(DROP, "owned.word", "has the word")]

    def judge(self, record):
        return drop("owned.word") if WORD in record.first("title").lower() else keep()


serve("example.org", "owned", VERSION, "CC0-1.0", [Lines, Owned])
