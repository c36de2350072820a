# Checks a result of winnow with the R package metafor: Rscript FILE. It stops where they differ.
library(metafor)
check <- function(what, theirs, ours) {
  if (!isTRUE(all.equal(as.numeric(theirs), ours, tolerance = 1e-6)))
    stop(what, ": metafor ", paste(theirs, collapse = " "), ", winnow ", paste(ours, collapse = " "))
}

study <- c("Aaberg 2011", "Brandt 2013", "Castel 2014", "Dahl 2016", "Eklund 2017", "Faber 2019")
data <- escalc(measure = "RR",
               ai = c(12, 7, 0, 22, 15, 9),
               n1i = c(60, 45, 30, 110, 75, 52),
               ci = c(20, 9, 4, 31, 14, 18),
               n2i = c(58, 47, 31, 108, 80, 50))
check("effects", as.numeric(data$yi), c(-0.54472717544167204, -0.20782931634116708, -2.1654758790216393, -0.36129388979502686, 0.13353139262452274, -0.73236789371322653))
check("variances", data$vi, c(0.099425287356321834, 0.21046943600135087, 2.1587141577060933, 0.059362441620506134, 0.11226190476190476, 0.12743589743589742))
result <- rma(yi, vi, data = data, slab = study, method = "REML", test = "knha",
              control = list(tol = 1e-12, threshold = 1e-10, maxiter = 10000, tau2.max = 1e6))
check("estimate", result$beta, -0.3706164936351557)
check("standard error", result$se, 0.1460935191801036)
check("tau2", result$tau2, 0)
check("I2", result$I2, 0)
check("Q", result$QE, 5.2155400682710846)
check("p of Q", result$QEp, 0.39014584321792251)
check("lower bound", result$ci.lb, -0.74616184034371558)
check("upper bound", result$ci.ub, 0.0049288530734041824)
print(result)
forest(result)
funnel(result)
cat("winnow and metafor agree\n")
