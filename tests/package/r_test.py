#!/usr/bin/env python3
"""The functions for R give what the commands give: r_test.py --winnow BIN --review FOLDER. Skipped where R is not installed."""
import argparse, csv, os, pathlib, shutil, subprocess, sys, tempfile

SOURCE = pathlib.Path(__file__).resolve().parent.parent.parent
SCRIPT = '''
source(file.path(commandArgs(TRUE)[1], "r/winnow.R"))
arguments <- commandArgs(TRUE)[-1]
folder <- arguments[1]; files <- arguments[-1]
told <- character()
frame <- withCallingHandlers(winnow_read(files), warning = function(w) { told <<- c(told, conditionMessage(w)); invokeRestart("muffleWarning") })
stopifnot(any(grepl("medline.ris:90:8: warning [text.cp1252]", told, fixed = TRUE)))
write.csv(frame, file.path(folder, "frame.csv"), row.names = FALSE, fileEncoding = "UTF-8")
clusters <- suppressWarnings(winnow_dedup(files))
write.csv(clusters, file.path(folder, "clusters.csv"), row.names = FALSE, fileEncoding = "UTF-8")
stopifnot(identical(names(clusters), c("record_id", "cluster_id")), nrow(clusters) == nrow(frame))
fault <- tryCatch(winnow_read(file.path(folder, "absent.ris")), error = conditionMessage)
stopifnot(is.character(fault), grepl("winnow ended with 1", fault, fixed = TRUE), grepl("absent.ris", fault, fixed = TRUE))
stopifnot(grepl("path of a file is missing", tryCatch(winnow_read(character()), error = conditionMessage)))
options(winnow.program = "/no/program")
stopifnot(grepl("there is no program", tryCatch(winnow_read(files), error = conditionMessage)))
'''


def table(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--winnow", required=True, type=pathlib.Path)
    parser.add_argument("--review", required=True, type=pathlib.Path)
    a = parser.parse_args()
    if shutil.which("Rscript") is None:
        print("skipped: R is not installed")
        return 77
    winnow = str(a.winnow.resolve())
    with tempfile.TemporaryDirectory(prefix="winnow R ") as temporary:
        folder = pathlib.Path(temporary)
        files = [folder / "scopus's export.csv", folder / "medline.ris"]
        for to, name in zip(files, ("scopus.csv", "medline.ris")):
            shutil.copy(a.review / "exports/first" / name, to)
        words = [str(w) for w in files]
        (folder / "try.R").write_text(SCRIPT)
        done = subprocess.run(["Rscript", "--vanilla", str(folder / "try.R"), str(SOURCE), temporary, *words], env={**os.environ, "WINNOW": winnow, "LC_ALL": "C.UTF-8"},
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode != 0:
            print(done.stdout)
            return 1
        subprocess.run([winnow, "convert", *words, "--to", "csv", "--set", "raw=true", "-o", str(folder / "wanted.csv")], check=True, stderr=subprocess.DEVNULL)
        subprocess.run([winnow, "dedup", *words, "--clusters", str(folder / "wanted-clusters.csv")], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        frame, clusters = table(folder / "frame.csv"), table(folder / "clusters.csv")
        print("%d records, %d works" % (len(frame), len({row["cluster_id"] for row in clusters})))
        return 0 if len(frame) > 50 and frame == table(folder / "wanted.csv") and clusters == table(folder / "wanted-clusters.csv") else 1


if __name__ == "__main__":
    sys.exit(main())
