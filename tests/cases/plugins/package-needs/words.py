#!/usr/bin/env python3
"""A filter whose word comes from a wheel, its number from a module."""
import bridgewords
import rule
from winnow_worker import *


class Words(Filter):
    id, version, help = "filters.words", "1.0.0", "Drops titles with the word of its wheel."
    reads = ["title"]
    reasons = [Reason(DROP, "words.word", "has the word")]

    def judge(self, record):
        return drop("words.word") if record.first("title").lower().count(bridgewords.WORD) >= rule.LIMIT else keep()


serve("example.org", "words", "1.0.0", "CC0-1.0", [Words])
