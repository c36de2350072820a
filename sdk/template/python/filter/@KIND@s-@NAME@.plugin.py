#!/usr/bin/python3
"""Drops records published before a year. A record without a year is undecided, never a guess. Change this to your rule."""
from winnow_worker import DROP, INTEGER, UNSURE, Filter, Option, Reason, drop, keep, serve, unsure


class @CLASS@Filter(Filter):
    id, version, help = "filters.@NAME@", "0.1.0", "Drops records published before a year."
    options = [Option(INTEGER, "since", "2010", "First year that is kept.", minimum="1400", maximum="2100")]
    reasons = [Reason(DROP, "@NAME@.too-old", "Published before the period"), Reason(UNSURE, "@NAME@.no-year", "No year of publication")]

    def judge(self, record):
        year = record.first("issued.year")[:4]
        if not (year.isascii() and year.isdigit()):
            return unsure("@NAME@.no-year")
        if int(year) >= int(self.setting("since")):
            return keep()
        return drop("@NAME@.too-old", field=record.index("issued.year"), size=len(year))


serve("example.org", "@NAME@", "0.1.0", "Apache-2.0", [@CLASS@Filter])
