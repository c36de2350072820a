// The documents of a small review with everything in it, for the tests of whatever reports one.
#pragma once

#include "winnow/testing.hpp"

namespace winnow::facts::test {

/// The documents of a small review with everything in it.
inline void provide(winnow::testing::MockHost& host) {
  host.documents["review"] =
      R"({"format": "winnow-review/1", "title": "Peers", "question": "Who?", "software": {"name": "Winnow", "version": "9"},
    "definitions": {"peer": "who was there"}, "reviewers": [{"id": "AB", "role": "first"}], "statements": {"funding": "None."},
    "criteria": [{"id": "paid", "kind": "in", "text": "x", "reason": "not paid"}]})";
  host.documents["synthesis"] =
      R"({"format": "winnow-synthesis/1", "waiting": 0, "decision": "do not pool", "by": ["AB"], "date": "2021-01-10", "reason": "no two outcomes alike"})";
  host.documents["search"] =
      R"({"format": "winnow-search/1", "strategy": {"file": "s.ovid", "text": "1. a"}, "fields": ["title", "abstract"],
    "repairs": [{"line": "2", "text": "b"}, {"line": "4", "text": "open"}], "mesh": null, "sources": [
    {"kind": "database", "name": "MEDLINE", "platform": "Ovid", "wave": "first", "searched": "2020-08-31", "query": "", "reported": 60, "taken": null, "imported": 60},
    {"kind": "database", "name": "Google Scholar", "platform": "Google Scholar", "wave": "first", "searched": "2020-08-31", "query": "", "reported": 8600, "taken": 30, "imported": 30},
    {"kind": "other method", "name": "experts", "platform": "", "wave": "first", "searched": "2020-08-31", "query": "", "reported": null, "taken": null, "imported": 1},
    {"kind": "database", "name": "MEDLINE", "platform": "PubMed", "wave": "update", "searched": "2020-12-15", "query": "", "reported": 9, "taken": null, "imported": 9}]})";
  host.documents["steps"] = R"({"format": "winnow-steps/1", "steps": [
    {"id": "d", "label": "duplicates", "verb": "remove", "plugin": "filters.duplicates", "version": "1.2", "mode": "automatic", "read": "metadata", "in": 100, "excluded": 0, "undecided": 0, "waiting": 0, "removed": 20, "maybe": 2, "decided_pairs": 1},
    {"id": "l", "label": "language", "verb": "remove", "plugin": "filters.language", "version": "1.0", "mode": "confirm", "read": "metadata", "in": 80, "excluded": 6, "undecided": 4, "waiting": 0, "by": {"human": 6, "automation": 0}, "proposed": {"keep": 70, "exclude": 6, "undecided": 4, "category": 0}, "confirmed": 5, "overturned": 1, "added": 1, "readers": [{"id": "AB", "share": "all", "assigned": 80, "read": 7}]},
    {"id": "t", "label": "title", "verb": "screen", "plugin": "filters.decisions", "version": "1", "mode": "confirm", "read": "abstract", "seed": "7", "in": 74, "excluded": 50, "undecided": 1, "waiting": 0, "conflicts": 0, "resolved": 2, "readers": [{"id": "AB", "share": "all", "assigned": 74, "read": 74}, {"id": "CD", "share": "0.2", "assigned": 15, "read": 15}]},
    {"id": "m", "label": "design", "verb": "map", "plugin": "filters.category", "version": "1", "mode": "confirm", "read": "abstract", "in": 24, "excluded": 0, "undecided": 0, "waiting": 0, "categories": [{"name": "RCT", "n": 4}, {"name": "survey", "n": 20}, {"name": "none", "n": 0}], "proposed": {"category": 20, "exclude": 0, "keep": 0, "undecided": 4}, "confirmed": 0, "overturned": 0, "added": 0, "readers": [{"id": "AB", "share": "all", "assigned": 24, "read": 24}]},
    {"id": "f", "label": "full text", "verb": "screen", "plugin": "filters.decisions", "version": "1", "mode": "confirm", "read": "full text", "in": 24, "excluded": 14, "undecided": 0, "waiting": 0, "conflicts": 0, "resolved": 0, "readers": [{"id": "AB", "share": "all", "assigned": 24, "read": 24}]}],
    "charts": [{"id": "c", "label": "main form", "form": "main form", "version": "1", "in": 10, "readers": [{"id": "AB", "charted": 10}]}]})";
  host.documents["flow"] =
      R"({"format": "winnow-flow/1", "db": {"identified": {"MEDLINE": 69, "Google Scholar": 30}, "removed": {"duplicates": 20}, "screened": 79,
    "stages": [{"id": "l", "in": 79, "excluded": {"x": 6}, "out": 73}], "sought": 23, "not_retrieved": 1, "assessed": 22, "excluded_reports": {"paid": 12, "old": 1}, "included_reports": 9},
    "other": {"identified": {"experts": 1}, "sought": 1, "not_retrieved": 0, "assessed": 1, "excluded_reports": {}, "included_reports": 1}, "included": {"studies": 10, "reports": 10}})";
  host.documents["votes"] =
      R"({"format": "winnow-votes/1", "steps": [{"id": "t", "label": "title", "readers": ["AB", "CD"], "pairs": [
    {"first": "include", "second": "include"}, {"first": "exclude", "second": "exclude"}, {"first": "exclude", "second": "include"}]}]})";
  host.documents["form"] = R"({"items": [{"id": "1", "label": "Design"}], "extra": [{"id": "why", "label": "why"}]})";
}

}  // namespace winnow::facts::test
