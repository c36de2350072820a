#!/usr/bin/env python3
"""Compares `winnow meta` with the R package metafor on invented tables of every measure, zero cells and tiny sets included.

usage: metafor_oracle.py --winnow BIN [--tables 60] [--seed 1]; exit 0 equal, 1 different, 77 skipped (no R or no metafor)."""
import argparse, csv, json, math, os, random, shutil, subprocess, sys, tempfile

R = r"""
suppressMessages(library(metafor))
folder <- commandArgs(TRUE)[1]
out <- file(file.path(folder, "metafor.txt"), "w")
say <- function(name, ...) writeLines(paste(name, paste(sprintf("%.17g", as.numeric(c(...))), collapse = " ")), out)
tight <- list(tol = 1e-14, threshold = 1e-13, maxiter = 20000, tau2.max = 1e8)
quiet <- function(x) suppressWarnings(try(x, silent = TRUE))
for (file in sort(list.files(folder, "[.]csv$"))) {
  id <- sub("[.]csv$", "", file)
  measure <- sub("-.*", "", id)
  d <- read.csv(file.path(folder, file))
  e <- if (measure == "GEN") d else do.call(escalc, c(list(measure = measure), as.list(d[intersect(names(d), c("ai", "bi", "ci", "di", "n1i", "n2i", "m1i", "m2i", "sd1i", "sd2i", "xi", "ni", "ri"))])))
  yi <- as.numeric(e$yi); vi <- as.numeric(e$vi)
  say(paste(id, "yi"), yi); say(paste(id, "vi"), vi)
  for (method in c("EE", "DL", "HE", "HS", "SJ", "PM", "EB", "ML", "REML")) for (test in c("z", "knha")) {
    fit <- quiet(rma(yi, vi, method = method, test = test, control = tight))
    if (inherits(fit, "try-error")) next
    say(paste(id, method, test), fit$beta, fit$se, fit$pval, fit$ci.lb, fit$ci.ub, fit$tau2, fit$I2, fit$H2, fit$QE, fit$QEp)
  }
  fit <- quiet(rma(yi, vi, method = "DL", control = tight))
  profile <- quiet(confint(fit, control = list(tau2.max = 1e8, tol = 1e-14)))
  if (!inherits(profile, "try-error")) say(paste(id, "tau2_ci"), profile$random["tau^2", 2:3])
  if (length(yi) > 2) {
    filled <- quiet(trimfill(fit))
    if (!inherits(filled, "try-error")) say(paste(id, "trimfill"), filled$k0, filled$beta, filled$se, filled$tau2)
    egger <- quiet(regtest(fit, model = "lm"))
    if (!inherits(egger, "try-error")) say(paste(id, "egger"), egger$zval, egger$pval)
    begg <- quiet(ranktest(fit))
    if (!inherits(begg, "try-error")) say(paste(id, "begg"), begg$tau)
  }
  if (measure %in% c("RR", "OR", "RD")) {
    mh <- quiet(rma.mh(ai = d$ai, n1i = d$n1i, ci = d$ci, n2i = d$n2i, measure = measure, correct = FALSE))
    if (!inherits(mh, "try-error")) say(paste(id, "mh"), mh$beta, mh$se, mh$pval, mh$QE)
  }
  if (measure == "OR") {
    peto <- quiet(rma.peto(ai = d$ai, n1i = d$n1i, ci = d$ci, n2i = d$n2i))
    if (!inherits(peto, "try-error")) say(paste(id, "peto"), peto$beta, peto$se, peto$pval, peto$QE)
  }
  if (length(yi) > 5) {
    fit <- quiet(rma(yi, vi, mods = ~ d$year + d$setting, method = "REML", control = tight))
    if (!inherits(fit, "try-error") && fit$p == 4) say(paste(id, "mods"), fit$beta, fit$se, fit$QM, fit$QMp, fit$tau2)
  }
}
close(out)
"""


def table(measure, dice):
    """A heading and rows of a random set; small counts and small sets are common."""
    k = dice.choice([1, 2, 3, 4, 7, 12, 25])
    effect, spread, rows = dice.gauss(0, .7), dice.choice([0, .1, .5, 1.2]), []
    for i in range(k):
        own = effect + dice.gauss(0, spread)
        year, setting = dice.randint(1985, 2020), dice.choice(["community", "hospital", "school"])
        if measure in ("RR", "OR", "RD"):
            n1, n2, p = dice.randint(4, 300), dice.randint(4, 300), dice.choice([.01, .05, .3, .9])
            q = 1 / (1 + math.exp(-(math.log(p / (1 - p)) + own)))
            row = [sum(dice.random() < q for _ in range(n1)), n1, sum(dice.random() < p for _ in range(n2)), n2]
        elif measure in ("MD", "SMD", "ROM"):
            row = [round(20 + 3 * own + dice.gauss(0, 1), 3), round(dice.uniform(1, 6), 3), dice.randint(5, 120),
                   round(20 + dice.gauss(0, 1), 3), round(dice.uniform(1, 6), 3), dice.randint(5, 120)]
        elif measure in ("PLO", "PFT"):
            n = dice.randint(3, 400)
            row = [sum(dice.random() < 1 / (1 + math.exp(-own - 1)) for _ in range(n)), n]
        elif measure == "ZCOR":
            row = [round(math.tanh(own / 2), 4), dice.randint(5, 300)]
        else:
            row = [round(own, 5), round(dice.uniform(.005, .8), 5)]
        rows.append(row + [year, setting])
    heading = {"MD": "m1i sd1i n1i m2i sd2i n2i", "SMD": "m1i sd1i n1i m2i sd2i n2i", "ROM": "m1i sd1i n1i m2i sd2i n2i", "PLO": "xi ni",
               "PFT": "xi ni", "ZCOR": "ri ni", "GEN": "yi vi"}.get(measure, "ai n1i ci n2i")
    return [heading.split() + ["year", "setting"]] + rows


def winnow(program, folder, name, measure, *more):
    run = subprocess.run([program, "meta", os.path.join(folder, name + ".csv"), "--measure", measure, "--json", *more], capture_output=True, text=True)
    return json.loads(run.stdout) if run.returncode == 0 else {"error": run.stderr.strip()}


def near(got, want, tolerance=1e-6):
    if want is None or math.isnan(want) or math.isinf(want):
        return True  # metafor defines nothing there
    return isinstance(got, (int, float)) and abs(got - want) <= 1e-7 + tolerance * abs(want)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--winnow", required=True)
    parser.add_argument("--tables", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    if not shutil.which("Rscript") or subprocess.run(["Rscript", "-e", "library(metafor)"], capture_output=True).returncode:
        print("skipped: R with the package metafor is not installed (apt-get install r-base-core r-cran-metafor)")
        return 77
    dice, folder = random.Random(arguments.seed), tempfile.mkdtemp(prefix="winnow-metafor-")
    measures = ["RR", "OR", "RD", "MD", "SMD", "ROM", "PLO", "PFT", "ZCOR", "GEN"]
    for i in range(arguments.tables):
        measure = measures[i % len(measures)]
        with open(os.path.join(folder, "%s-%03d.csv" % (measure, i)), "w", newline="") as out:
            csv.writer(out).writerows(table(measure, dice))
    with open(os.path.join(folder, "metafor.R"), "w") as out:
        out.write(R)
    subprocess.run(["Rscript", os.path.join(folder, "metafor.R"), folder], check=True, capture_output=True)
    keys = {"mh": ["estimate", "se", "pval", "QE"], "peto": ["estimate", "se", "pval", "QE"], "egger": ["t", "p"], "begg": ["tau"],
            "trimfill": ["k0", "estimate", "se", "tau2"]}
    model = ["estimate", "se", "pval", "ci_lb", "ci_ub", "tau2", "I2", "H2", "QE", "QEp"]
    compared, faults, extras, flat = 0, [], {}, set()
    for line in open(os.path.join(folder, "metafor.txt")):
        words = line.split()
        name, what = words[0], words[1]
        measure = name.split("-")[0]
        test = words[2] if words[2] in ("z", "knha") else None
        want = [math.nan if w in ("NA", "NaN") else float(w) for w in words[3 if test else 2:]]
        if test:
            got = winnow(arguments.winnow, folder, name, measure, "--method", what, "--test", test)
            if got.get("tau2_other_maxima"):
                continue  # the likelihood has several maxima; metafor takes the one it meets first
            got = [got.get(k) for k in model]
            if want[8] < 1e-12:  # one study, or all effects equal: metafor says 0 where nothing is defined
                flat.add(name)
                want = [w if i == 0 else math.nan for i, w in enumerate(want)]
        elif what == "mods":
            r = winnow(arguments.winnow, folder, name, measure, "--method", "REML", "--test", "z", "--mods", "year,setting").get("metareg", {})
            got = r.get("estimate", []) + r.get("se", []) + [r.get("QM"), r.get("QMp"), r.get("tau2")]
        else:
            if name not in extras:
                extras[name] = winnow(arguments.winnow, folder, name, measure, "--method", "DL", "--test", "z", "--extras")
            part = extras[name].get(what)
            got = part if isinstance(part, list) else [part.get(k) for k in keys[what]] if part else [None]
        if what == "egger" and name in flat or math.isnan(want[0]):
            continue
        compared += len(want)
        if len(got) != len(want) or not all(near(g, w) for g, w in zip(got, want)):
            faults.append("%s: winnow %s, metafor %s" % (" ".join(words[:3 if test else 2]), got, want))
    for fault in faults[:20]:
        print(fault)
    print("%d figures of %d tables compared, %d differ%s" % (compared, arguments.tables, len(faults), ": " + folder if faults else ""))
    if not faults:
        shutil.rmtree(folder)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
