#!/usr/bin/python3
"""Writes one title a line. Change this to your format."""
from winnow_worker import Exporter, serve


class @CLASS@Exporter(Exporter):
    id, version, help = "exporters.@NAME@", "0.1.0", "One title a line."

    def write(self, sink):
        for record in sink.records():
            sink.write((record.first("title") + "\n").encode())


serve("example.org", "@NAME@", "0.1.0", "Apache-2.0", [@CLASS@Exporter])
