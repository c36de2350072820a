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
check("effects", as.numeric(data$yi), c(-0.544727175, -0.207829316, -2.165475879, -0.361293889, 0.133531392, -0.732367893))
check("variances", data$vi, c(0.099425287, 0.210469436, 2.158714157, 0.059362441, 0.112261904, 0.127435897))
result <- rma(yi, vi, data = data, slab = study, method = "REML", test = "knha",
              control = list(tol = 1e-12, threshold = 1e-10, maxiter = 10000, tau2.max = 1e6))
check("estimate", result$beta, -0.370616493)
check("standard error", result$se, 0.146093519)
check("tau2", result$tau2, 0)
check("I2", result$I2, 0)
check("Q", result$QE, 5.215540068)
check("p of Q", result$QEp, 0.390145843)
check("lower bound", result$ci.lb, -0.746161840)
check("upper bound", result$ci.ub, 0.004928853)
print(result)
forest(result)
funnel(result)
cat("winnow and metafor agree\n")
