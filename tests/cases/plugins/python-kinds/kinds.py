#!/usr/bin/env python3
"""Stages of the newer kinds, in a worker."""
from winnow_worker import *


class Words(Annotator):
    id, version, help = "annotators.words", "1.0.0", "Says which word of a file stands in the title."
    reads, gives = ["title"], ["test.word"]
    options = [Option(FILE, "words", "", "Words, one a line.", required=True), Option(STRING, "token", "", "Kept secret.", secret=True),
               Option(STRING, "key", "", "The older name of token.", replaced_by="token")]

    def __init__(self, host, settings):
        super().__init__(host, settings)
        self.words = self.setting("words").split()
        for line, word in enumerate(self.setting("words").splitlines(), 1):
            if not word.isalpha():
                raise Refusal("'%s' is no word" % word, option="words", line=line, column=1)

    def annotate(self, record):
        title, field = record.first("title"), record.index("title")
        return [Annotation("test.word", word, field, title.index(word), len(word), "test.first") for word in self.words if word in title]


class Longest(Ranker):
    id, version, help = "rankers.longest", "1.0.0", "Long titles first."
    reads = ["title"]

    def __init__(self, host, settings):
        super().__init__(host, settings)
        self.sizes, self.read = {}, {}

    def take(self, record):
        self.sizes[record.id] = len(record.first("title"))

    def learn(self, labels):
        self.read = labels

    def rank(self):
        return {id: size for id, size in self.sizes.items() if id not in self.read}


class Same(Matcher):
    id, version, help = "filters.same-title", "1.0.0", "Equal titles are the same work."
    reasons = [Reason(DROP, "same.title", "equal titles")]

    def keys(self, record):
        return [(0, record.first("title"))]

    def match(self, records):
        return [Match(records[0].id, other.id, "same.title") for other in records[1:]]


class Throws(Filter):
    id, version, help = "filters.throws", "1.0.0", "Fails on one record."
    reasons = [Reason(DROP, "throws.word", "has a word of the list")]

    def judge(self, record):
        words = {"peers": 1}
        if record.first("test.word"):
            return drop("throws.word", field=record.index("test.word"), size=len(record.first("test.word").encode())).because(
                record.index("title"), 0, 4, "begin")
        if "TRIGGER" in record.first("title"):
            words[record.first("title")]
        return keep()


serve("example.org", "kinds", "1.0.0", "CC0-1.0", [Words, Longest, Same, Throws], description="Newer kinds, in Python.",
      homepage="https://example.org/kinds", support="kinds@example.org", keywords=["tests", "python"])
