#!/usr/bin/env python3
"""The conformance tester against plugins of every temper.

  conformance.py --winnow BIN --plugins FOLDER    FOLDER/kit-<fault>/kit-<fault>.so, FOLDER/kit-well/...

The well-behaved plugin passes every check that there is; each fault is caught by the check that is meant for it.
"""
import argparse, json, pathlib, subprocess, sys, tempfile, xml.etree.ElementTree as xml

MEANT_FOR = {
    "extra-symbol": "symbol", "prints-at-load": "quiet-load", "newer-abi": "abi-version", "no-license": "descriptor", "bad-default": "options",
    "refuses-silently": "settings", "dies-of-unknown-option": "unknown-option", "answers-everything": "unknown-extension",
    "needs-a-record": "empty-batch", "needs-a-field": "hostile-records", "throws": "exceptions", "counts-calls": "deterministic",
    "shares-a-buffer": "parallel", "never-asks": "cancellation", "dies-unused": "destroy-unfinished", "leaks": "memory",
    "two-verdicts": "one-verdict", "undeclared-reason": "declared-reasons", "evidence-beyond": "evidence", "place-in-batch": "batch-size",
    "odd-handles": "handles", "first-with-all": "symmetric", "key-of-handle": "identical-records", "takes-more": "take",
    "claims-everything": "probe", "no-place": "positions", "every-second": "every-byte", "declares-twice": "every-byte", "first-file-only": "joined",
    "needs-its-end": "truncated",
    "chunk-is-a-file": "chunks", "keeps-cr": "line-ends", "utf8-only": "encodings", "record-of-nothing": "empty-input",
    "reads-more": "reads", "undeclared-field": "declared-fields", "changes-a-field": "declared-fields", "one-score-too-few": "one-score",
    "place-as-score": "sets-alone", "ignores-the-disk": "failing-sink", "loses-the-last": "round-trip",
}
TABLE = """winnow: dialect/1
id: importers.ris.kit
extends: importers.ris
name: Kit
help: A table of the tests.
license: CC0-1.0
detect: {any: [{tag: DP, equals: Kit}]}
map: [{tag: XT, to: title}]
tests: [{input: one.ris, records: 1, first: {title: %s}}]
"""
RIS = "TY  - JOUR\nTI  - Old\nXT  - New title\nDP  - Kit\nER  - \n"
SAMPLE = "#kit\n" + "".join("T A work about peer support, number %d\n" % i for i in range(12))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--winnow", required=True)
    parser.add_argument("--plugins", required=True, type=pathlib.Path)
    parser.add_argument("--sanitized", action="store_true", help="leave out the two checks that a sanitizer disturbs")
    a = parser.parse_args()
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="winnow-conformance-") as temporary:
        sample = pathlib.Path(temporary) / "sample.kit"
        sample.write_text(SAMPLE)
        report = pathlib.Path(temporary) / "report.xml"

        def test(name, *more):
            file = a.plugins / ("kit-" + name) / ("kit-" + name + ".so")
            done = subprocess.run([a.winnow, "--json", "plugins", "test", str(file), "--sample", str(sample), "--junit", str(report), *more],
                                  stdout=subprocess.PIPE, text=True, timeout=600)
            return done.returncode, json.loads(done.stdout)[0]["checks"]

        left_out = {"symbol", "memory", "quiet-load"} if a.sanitized else set()
        code, findings = test("well")
        for finding in findings:
            if finding["outcome"] != "pass" and finding["check"] not in left_out | {"table-tests"}:
                print("false alarm: the well-behaved plugin, %s of %s: %s" % (finding["check"], finding["stage"], finding["reason"]))
                wrong += 1
        if code != 0 and not a.sanitized:
            print("exit code %d for a plugin that keeps its contract" % code)
            wrong += 1
        passed = {f["check"] for f in findings if f["outcome"] == "pass"}
        cases = xml.parse(report).getroot().findall("testsuite/testcase")
        if len(cases) != len(findings):
            print("the JUnit report has %d cases, the JSON one %d" % (len(cases), len(findings)))
            wrong += 1
        for fault, check in MEANT_FOR.items():
            if check in left_out:
                continue
            code, findings = test(fault, "--check", check, "--seconds", "10")
            failed = [f for f in findings if f["outcome"] == "fail"]
            if code != 1 or not failed or not failed[0]["reason"]:
                print("not caught: %s by %s (exit %d): %s" % (fault, check, code, findings))
                wrong += 1
            else:
                print("%-24s caught by %-20s %s" % (fault, check, failed[0]["reason"][:110]))
        (pathlib.Path(temporary) / "one.ris").write_text(RIS)
        for title, outcome in ("New title", "pass"), ("Old", "fail"):  # a table that reads its sample as it says, and one that does not
            table = pathlib.Path(temporary) / ("%s.dialect.yaml" % outcome)
            table.write_text(TABLE % title)
            done = subprocess.run([a.winnow, "--json", "plugins", "test", str(table)], stdout=subprocess.PIPE, text=True, timeout=600)
            findings = json.loads(done.stdout)[0]["checks"]
            wanted = {f["outcome"] for f in findings if f["check"] == "table-tests"} == {outcome}
            others = [f for f in findings if f["outcome"] == "fail" and f["check"] != "table-tests" and f["check"] not in left_out]
            if not wanted or others or done.returncode != (outcome == "fail"):
                print("the table that should %s its own tests: exit %d, %s" % (outcome, done.returncode, findings))
                wrong += 1
            elif outcome == "pass":
                passed.add("table-tests")
        names = {line.split()[0] for line in subprocess.run([a.winnow, "plugins", "test", "--list"], stdout=subprocess.PIPE, text=True).stdout.splitlines()}
        # 'output' compares with what an author expects; case.plugins.own-tests holds both sides of it.
        for name in sorted(names - left_out - {"output"}):
            if (name not in MEANT_FOR.values() and name != "table-tests") or name not in passed:
                print("the check '%s' lacks a plugin that breaks it or one that keeps it" % name)
                wrong += 1
        print("%d checks, %d plugins that break their contract, %d wrong" % (len(names), len(MEANT_FOR), wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
