#!/usr/bin/python3
"""Finds records with the same DOI. Change this to your rule; the host groups, joins and undoes."""
from itertools import combinations

from winnow_worker import DROP, Match, Matcher, Reason, serve


class @CLASS@Matcher(Matcher):
    id, version, help = "filters.@NAME@", "0.1.0", "Records with the same DOI are the same work."
    reasons = [Reason(DROP, "@NAME@.doi", "the same DOI")]

    def keys(self, record):
        doi = record.first("id.doi")
        return [(0, doi)] if doi else []

    def match(self, records):
        return [Match(a.id, b.id, "@NAME@.doi") for a, b in combinations(records, 2) if a.first("id.doi") and a.first("id.doi") == b.first("id.doi")]


serve("example.org", "@NAME@", "0.1.0", "Apache-2.0", [@CLASS@Matcher], description="What it is for, in a sentence or two.")
