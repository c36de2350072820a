// Weighted least squares at one value of tau2: what every estimator, test and interval is made of.
#pragma once

#include <Eigen/Core>

namespace winnow::meta {

/// Effects with their sampling variances and a design matrix (a column of ones, then moderators).
struct Model {
  Eigen::VectorXd y, v;
  Eigen::MatrixXd x;
  Eigen::Index studies() const { return y.size(); }
  Eigen::Index coefficients() const { return x.cols(); }
  double degrees() const { return static_cast<double>(studies() - coefficients()); }
};

/// A model with nothing but the mean.
Model meanModel(const Eigen::VectorXd& y, const Eigen::VectorXd& v);

/// The fit with weights 1/(v + tau2). Notation of Viechtbauer, Journal of Educational and Behavioral Statistics 30
/// (2005): P = W - W X (X'WX)^-1 X'W.
class Weighting {
 public:
  /// Throws std::invalid_argument if the columns of the design are linearly dependent.
  Weighting(const Model& model, double tau2);

  const Eigen::VectorXd& coefficients() const { return coefficients_; }
  /// (X'WX)^-1
  const Eigen::MatrixXd& covariance() const { return covariance_; }
  const Eigen::VectorXd& weights() const { return weights_; }
  double sumOfWeights() const { return weights_.sum(); }
  /// Weighted residual sum of squares, y'Py.
  double residualSum() const;
  double traceP() const;
  double tracePP() const;
  /// y'PPy
  double squaredScore() const;
  /// Restricted log likelihood but for a constant; with `isRestricted` false the ordinary one.
  double logLikelihood(bool isRestricted) const;

 private:
  void solve();
  void solveMean();
  Eigen::MatrixXd moment(int power) const;
  const Model& model_;
  Eigen::VectorXd weights_, coefficients_, residuals_;
  Eigen::MatrixXd covariance_;
};

}  // namespace winnow::meta
