#!/usr/bin/python3
"""Gives a field that says whether the title is a question. Change this to what you read in records."""
from winnow_worker import NONE, Annotation, Annotator, serve


class @CLASS@Annotator(Annotator):
    id, version, help = "annotators.@NAME@", "0.1.0", "Says which titles are questions."
    reads, gives = ["title"], ["@NAME@.question"]

    def annotate(self, record):
        mark = record.first("title").encode().find(b"?")
        if mark < 0 or record.index("@NAME@.question") != NONE:  # nothing can be said, or it is there: nothing is changed
            return []
        return [Annotation("@NAME@.question", "yes", record.index("title"), mark, 1, "@NAME@.mark")]


serve("example.org", "@NAME@", "0.1.0", "Apache-2.0", [@CLASS@Annotator], description="What it is for, in a sentence or two.")
