#!/usr/bin/python3
"""Takes the first tenth by title. Change this to your order: a pure function of the record."""
from winnow_worker import Sampler, serve


class @CLASS@Sampler(Sampler):
    id, version, help = "filters.@NAME@", "0.1.0", "The first tenth of the records by title."

    def key(self, record):
        return 0, record.first("title")

    def take(self, space, count):
        return (count + 9) // 10


serve("example.org", "@NAME@", "0.1.0", "Apache-2.0", [@CLASS@Sampler], description="What it is for, in a sentence or two.")
