#!/usr/bin/env python3
"""A filter with a module of its own."""
import sys

import rule
from winnow_worker import *


class Words(Filter):
    id, version, help = "filters.words", "1.0.0", "Drops titles with a word of its list."
    reads = ["title"]
    reasons = [Reason(DROP, "words.word", "has a word of the list")]

    def __init__(self, host, settings):
        super().__init__(host, settings)
        self.word = rule.WORD

    def judge(self, record):
        return drop("words.word") if self.word in record.first("title").lower() else keep()


print("started", file=sys.stderr, flush=True)
serve("example.org", "words", "1.0.0", "CC0-1.0", [Words])
