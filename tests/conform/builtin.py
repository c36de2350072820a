#!/usr/bin/env python3
"""Every built-in plugin passes the conformance tester: builtin.py --winnow BIN --plugins FOLDER --samples FOLDER

SAMPLES holds own fixtures; each importer takes those that it knows. A skip must have a reason that stands here.
"""
import argparse, concurrent.futures, json, os, pathlib, subprocess, sys

SETTINGS = {"exporters-screening-sheet": ["reviewer=KBAA"]}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--winnow", required=True)
    parser.add_argument("--plugins", required=True, type=pathlib.Path)
    parser.add_argument("--samples", required=True, type=pathlib.Path, nargs="+")
    parser.add_argument("--without", nargs="*", default=[], help="checks that a sanitizer disturbs")
    parser.add_argument("--only", nargs="*", default=[], help="these checks alone")
    parser.add_argument("--in-process", action="store_true", help="all checks of a plugin in one process: where starting one is dear, and a crash is reported anyway")
    parser.add_argument("--largest", type=int, default=1 << 20, help="samples of at most so many bytes")
    a = parser.parse_args()
    samples = sorted(f for folder in a.samples for f in folder.rglob("*") if f.is_file() and f.stat().st_size <= a.largest)
    failed = passed = skipped = 0

    def findings(plugin):
        words = [a.winnow, "--json", "plugins", "test", str(plugin), "--seconds", "60"]
        if a.in_process:
            words.append("--in-process")
        for check in a.only:
            words += ["--check", check]
        for setting in SETTINGS.get(plugin.stem, []):
            words += ["--set", setting]
        for sample in samples if plugin.stem.startswith("importers-") else []:
            words += ["--sample", str(sample)]
        return json.loads(subprocess.run(words, stdout=subprocess.PIPE, text=True).stdout)[0]["checks"]

    plugins = sorted(a.plugins.glob("*.so"))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        found = zip(plugins, pool.map(findings, plugins))
    for plugin, checks in found:
        for finding in checks:
            if finding["check"] in a.without:
                continue
            passed += finding["outcome"] == "pass"
            skipped += finding["outcome"] == "skip"
            if finding["outcome"] == "fail":
                failed += 1
                print("%s: %s %s: %s" % (plugin.name, finding["check"], finding["stage"], finding["reason"]))
    print("%d passed, %d failed, %d skipped" % (passed, failed, skipped))
    return 1 if failed or passed < (len(plugins) if a.only else 100) else 0


if __name__ == "__main__":
    sys.exit(main())
