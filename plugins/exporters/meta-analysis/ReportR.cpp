// The script that anyone can run to check a result: metafor from the same numbers.
#include <cstdio>

#include "Report.hpp"

namespace winnow::meta {

namespace {

std::string number(double value) {
  char text[40];
  std::snprintf(text, sizeof text, "%.17g", value);
  return text;
}

/// A text of R: quotes and backslashes escaped, no control characters.
std::string rText(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return out + "\"";
}

template <class Item>
std::string vectorOf(const std::vector<Effect>& effects, Item&& item) {
  std::string out = "c(";
  for (std::size_t i = 0; i < effects.size(); ++i) out += (i == 0 ? "" : ", ") + item(effects[i]);
  return out + ")";
}

/// Every effect as reported, by the same names: metafor computes it from there.
bool isAsReported(const Analysis& analysis) {
  if (analysis.request.measure == Measure::GEN) return false;
  for (const Effect& effect : analysis.effects) {
    if (effect.reported.size() != analysis.effects.front().reported.size() || effect.reported.empty()) return false;
    for (std::size_t i = 0; i < effect.reported.size(); ++i)
      if (effect.reported[i].first != analysis.effects.front().reported[i].first) return false;
  }
  return true;
}

std::string data(const Analysis& analysis) {
  std::string out = "study <- " + vectorOf(analysis.effects, [](const Effect& e) { return rText(e.study); }) + "\n";
  const auto y = [](const Effect& e) { return number(e.y); };
  const auto v = [](const Effect& e) { return number(e.v); };
  if (!isAsReported(analysis))
    return out + "data <- data.frame(yi = " + vectorOf(analysis.effects, y) +
           ",\n                   vi = " + vectorOf(analysis.effects, v) + ")\n";
  std::string columns;
  const auto& names = analysis.effects.front().reported;
  for (std::size_t i = 0; i < names.size(); ++i)
    columns += ",\n               " + names[i].first + " = " +
               vectorOf(analysis.effects, [&](const Effect& e) { return number(e.reported[i].second); });
  return out + "data <- escalc(measure = \"" + std::string(analysis.measure().name) + "\"" + columns +
         ")\ncheck(\"effects\", as.numeric(data$yi), " + vectorOf(analysis.effects, y) +
         ")\ncheck(\"variances\", data$vi, " + vectorOf(analysis.effects, v) + ")\n";
}

std::string check(const char* name, const char* expression, const Figure& value) {
  return value ? std::string("check(\"") + name + "\", " + expression + ", " + number(*value) + ")\n" : std::string();
}

}  // namespace

std::string toRScript(const Analysis& analysis) {
  const Fit& fit = analysis.fit;
  std::string out =
      "# Checks a result of winnow with the R package metafor: Rscript FILE. It stops where they differ.\n"
      "library(metafor)\n"
      "check <- function(what, theirs, ours) {\n"
      "  if (!isTRUE(all.equal(as.numeric(theirs), ours, tolerance = 1e-6)))\n"
      "    stop(what, \": metafor \", paste(theirs, collapse = \" \"), \", winnow \", paste(ours, collapse = \" \"))\n"
      "}\n\n";
  out += data(analysis);
  out += "result <- rma(yi, vi, data = data, slab = study, method = \"" + std::string(nameOf(analysis.request.method)) +
         "\", test = \"" + (analysis.request.test == Inference::Normal ? "z" : "knha") +
         "\",\n              control = list(tol = 1e-12, threshold = 1e-10, maxiter = 10000, tau2.max = 1e6" +
         (fit.otherMaxima.empty() ? "" : ", tau2.init = " + number(fit.tau2.value_or(0))) + "))\n";
  out +=
      check("estimate", "result$beta", fit.pooled().estimate) + check("standard error", "result$se", fit.pooled().se);
  if (fit.k > 1)
    out += check("tau2", "result$tau2", fit.tau2) + check("I2", "result$I2", fit.i2) + check("Q", "result$QE", fit.q) +
           check("p of Q", "result$QEp", fit.qP);
  if (fit.pooled().interval)
    out += check("lower bound", "result$ci.lb", fit.pooled().interval->first) +
           check("upper bound", "result$ci.ub", fit.pooled().interval->second);
  return out + "print(result)\nforest(result)\nfunnel(result)\ncat(\"winnow and metafor agree\\n\")\n";
}

}  // namespace winnow::meta
