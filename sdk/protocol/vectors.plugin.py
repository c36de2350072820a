#!/usr/bin/env python3
"""The plugin whose conversations stand in frames.txt: one importer, one filter, one exporter, small enough to be followed by hand."""
from winnow_worker import *


class Titles(Importer):
    id, version, help = "importers.vectors", "1.0.0", "One title a line, below a heading."

    def probe(self, head, name):
        return (100, "plain") if head.startswith(b"VECTORS\n") else 0

    def read(self, source):
        for text, byte, number, end in source.lines():
            if number == 1:
                source.declare(HEADING, byte, end - byte, number)
                continue
            record = Record(byte, number, 1, end - byte)
            record.derive("title", text, record.raw("line", text, number), "vectors.line")
            source.emit([record])


class Short(Filter):
    id, version, help = "filters.vectors", "1.0.0", "Drops short titles."
    reads = ["title"]
    options = [Option(INTEGER, "least", "4", "Bytes that a title has at least.", minimum="1", maximum="100")]
    reasons = [Reason(DROP, "vectors.short", "A short title"), Reason(UNSURE, "vectors.none", "No title")]

    def judge(self, record):
        title = record.index("title")
        if title == NONE:
            self.host.diagnose(WARNING, "vectors.none", "there is no title", "undecided", record=record.id)
            return unsure("vectors.none")
        size = len(record.fields[title].value)
        return keep() if size >= int(self.setting("least")) else drop("vectors.short", score=0.5, note="short").because(title, 0, size, "all of it")


class Lines(Exporter):
    id, version, help = "exporters.vectors", "1.0.0", "One title a line."

    def write(self, sink):
        for record in sink.records():
            sink.write(record.first("title").encode() + b"\n")


serve("example.org", "vectors", "1.0.0", "CC0-1.0", [Titles, Short, Lines], description="Vectors of the protocol.", keywords=["test"])
