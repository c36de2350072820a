#!/usr/bin/python3
from itertools import combinations

from winnow_worker import *


class Trials(Matcher):
    id, version, help = "filters.trials", "1.0.0", "Records of one trial number are the same work."
    reasons = [Reason(DROP, "trials.number", "the same trial number")]

    def keys(self, record):
        return [(0, number) for number in record.all("id.trial")]

    def match(self, records):
        def numbers(record):
            return set(record.all("id.trial"))
        return [Match(a.id, b.id, "trials.number") for a, b in combinations(records, 2) if numbers(a) & numbers(b)]


serve("example.org", "trials", "1.0.0", "CC0-1.0", [Trials])
