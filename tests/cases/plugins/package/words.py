#!/usr/bin/env python3
"""A filter with a module and a list of its own."""
import rule
from winnow_worker import *


class Words(Filter):
    id, version, help = "filters.words", "1.0.0", "Drops titles with a word of its list."
    reads = ["title"]
    reasons = [Reason(DROP, "words.word", "has a word of the list")]

    def __init__(self, host, settings):
        super().__init__(host, settings)
        self.words = host.resource("lists/words.txt").decode().split()

    def judge(self, record):
        found = [word for word in self.words if word in record.first("title").lower()]
        return drop("words.word") if len(found) >= rule.LIMIT else keep()


serve("example.org", "words", "1.0.0", "CC0-1.0", [Words])
