#!/usr/bin/env python3
"""Pictures and pages of 500 and 2,000 studies: drawn, readable, and how long it takes.

usage: many_studies.py --winnow BIN [--seconds S] [--studies N...]
Time is that of a run which writes one file more, less that of a run which writes none; with --seconds a longer one is a fault.
"""
import argparse, pathlib, re, subprocess, sys, tempfile, time
import xml.etree.ElementTree as ET

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import made_review

FILES = [("evidence-map", "svg"), ("evidence-map", "html"), ("bars", "svg"), ("prisma", "svg"), ("charting", "docx"), ("charting", "xlsx"), ("report", "html")]
LABELS = ["interview study", "survey", "cohort", "trial", "mixed methods", "ethnography", "case study", "document analysis"]


def smallest_letters(svg):
    return min(float(size) for size in re.findall(r'font-size="([\d.]+)"', svg))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--winnow", required=True)
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--studies", type=int, nargs="*", default=[500, 2000])
    arguments = parser.parse_args()
    faults = 0
    for studies in arguments.studies:
        with tempfile.TemporaryDirectory() as folder:
            made_review.write(folder, LABELS, studies, only=[])
            base = (pathlib.Path(folder) / "review.yaml").read_text()
            run = lambda: subprocess.run([arguments.winnow, "run", "review.yaml"], cwd=folder, capture_output=True, text=True, timeout=600)
            first = run()
            if first.returncode:
                print(first.stdout[-2000:], first.stderr[-2000:])
                return 1
            begin = time.perf_counter()
            run()
            nothing = time.perf_counter() - begin
            for exporter, name in FILES:
                line = next(made_review.exports([(exporter, name)]))
                (pathlib.Path(folder) / "review.yaml").write_text(base + "  - {%s}\n" % ", ".join("%s: %s" % i for i in line.items()))
                begin = time.perf_counter()
                done = run()
                seconds = time.perf_counter() - begin - nothing
                path = pathlib.Path(folder) / line["write"]
                remark = "%.0f kB" % (path.stat().st_size / 1024) if path.exists() else "missing: " + done.stderr[-300:]
                wrong = not path.exists() or (arguments.seconds is not None and seconds > arguments.seconds)
                if path.exists() and name == "svg":
                    ET.parse(path)
                    letters = smallest_letters(path.read_text(encoding="utf-8"))
                    wrong = wrong or letters < 10
                    remark += ", letters of %.1f px" % letters
                faults += wrong
                print("%5d studies  %-13s %-5s %5.2f s  %s%s" % (studies, exporter, name, seconds, remark, "  WRONG" if wrong else ""))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
