#!/usr/bin/python3
"""Reads exports of @NAME@: "== ID" begins a record, "name: value" is a field. Change this to your format."""
from winnow_worker import HEADING, WARNING, Importer, Record, serve


class @CLASS@Importer(Importer):
    id, version, help = "importers.@NAME@", "0.1.0", "Exports of @NAME@."
    tags = {b"title": "title", b"year": "issued.year"}

    def probe(self, head, name):
        return 100 if head.startswith(b"@NAME@ export ") else 0

    def read(self, source):
        record, count = None, 0
        for text, byte, number, end in source.lines():
            if text.startswith(b"== "):
                if record:
                    source.emit([record])
                record, count = Record(byte, number), count + 1
                record.raw("id", text[3:], number)
            elif number == 1:  # only what is recognised is declared: the host reports the rest
                source.declare(HEADING, byte, end - byte, number)
            elif record and text:
                self.field(record, text, byte, number, count)
            if record:
                record.length = end - record.byte
        if record:
            source.emit([record])

    def field(self, record, text, byte, number, count):
        name, colon, value = text.partition(b": ")
        if not colon:
            self.host.diagnose(WARNING, "@NAME@.no-field", "a line that is no field", "left out", number, 1, byte, record=count)
            return
        raw = record.raw(name.decode("utf-8", "replace"), value, number)
        if name in self.tags and value:
            record.derive(self.tags[name], value, raw, "@NAME@.field")


serve("example.org", "@NAME@", "0.1.0", "Apache-2.0", [@CLASS@Importer])
