// The two models that learn: scores of all rows from labelled ones.
#pragma once

#include <cstdint>
#include <vector>

#include "Features.hpp"

namespace winnow::ranker {

/// A labelled row. `weight` counts it as so many.
struct Example {
  std::size_t row;
  bool isRelevant;
  double weight;
};

/// Weights that make relevant and irrelevant examples count in the ratio `ratio` : 1 together, with a mean of 1.
void balance(std::vector<Example>& examples, double ratio);

/// Decision values of a linear support vector machine (squared hinge loss, L2 penalty, bias as one more feature) for
/// all rows; the greater the more likely relevant. liblinear's dual solver: it visits the examples in an order from the
/// C library's generator, which is set before, one call at a time; its primal one would hang on the installed BLAS.
std::vector<double> scoresOfSvm(const Features& features, const std::vector<Example>& examples, double cost);

/// Log odds of multinomial naive Bayes with additive smoothing `alpha`, for all rows.
std::vector<double> scoresOfBayes(const Features& features, const std::vector<Example>& examples, double alpha);

/// Sum of the cosines between each row and the examples.
std::vector<double> likeness(const Features& features, const std::vector<Example>& examples);

}  // namespace winnow::ranker
