#include "Weighting.hpp"

#include <Eigen/Cholesky>
#include <Eigen/LU>
#include <Eigen/QR>
#include <stdexcept>

namespace winnow::meta {

Model meanModel(const Eigen::VectorXd& y, const Eigen::VectorXd& v) {
  return {y, v, Eigen::MatrixXd::Ones(y.size(), 1)};
}

Weighting::Weighting(const Model& model, double tau2)
    : model_(model), weights_((model.v.array() + tau2).inverse().matrix()) {
  if (model.coefficients() == 1)
    solveMean();
  else
    solve();
  residuals_ = model.y - model.x * coefficients_;
}

/// One coefficient needs no decomposition; most fits have no other.
void Weighting::solveMean() {
  const auto x = model_.x.col(0).array();
  const double information = (weights_.array() * x.square()).sum();
  covariance_ = Eigen::MatrixXd::Constant(1, 1, 1 / information);
  coefficients_ = Eigen::VectorXd::Constant(1, (weights_.array() * x * model_.y.array()).sum() / information);
}

void Weighting::solve() {
  // By the square roots of the weights and with columns of one length: X'WX itself would square the condition number,
  // and a year beside a share of per cent is badly scaled.
  const Eigen::VectorXd roots = weights_.cwiseSqrt();
  const Eigen::MatrixXd weighted = roots.asDiagonal() * model_.x;
  const Eigen::VectorXd lengths = weighted.colwise().norm().transpose().cwiseMax(1e-300);
  const Eigen::MatrixXd scaled = weighted * lengths.cwiseInverse().asDiagonal();
  const Eigen::ColPivHouseholderQR<Eigen::MatrixXd> qr(scaled);
  if (qr.rank() < model_.coefficients())
    throw std::invalid_argument("the moderators depend on each other: one is a combination of the others");
  coefficients_ = lengths.cwiseInverse().asDiagonal() * qr.solve(roots.cwiseProduct(model_.y)).eval();
  const Eigen::MatrixXd inverse = (scaled.transpose() * scaled)
                                      .ldlt()
                                      .solve(Eigen::MatrixXd::Identity(model_.coefficients(), model_.coefficients()));
  covariance_ = lengths.cwiseInverse().asDiagonal() * inverse * lengths.cwiseInverse().asDiagonal();
}

Eigen::MatrixXd Weighting::moment(int power) const {
  return model_.x.transpose() * weights_.array().pow(power).matrix().asDiagonal() * model_.x;
}

double Weighting::residualSum() const { return (weights_.array() * residuals_.array().square()).sum(); }

double Weighting::traceP() const { return weights_.sum() - (covariance_ * moment(2)).trace(); }

double Weighting::tracePP() const {
  const Eigen::MatrixXd second = covariance_ * moment(2);
  return weights_.squaredNorm() - 2 * (covariance_ * moment(3)).trace() + (second * second).trace();
}

double Weighting::squaredScore() const { return (weights_.array() * residuals_.array()).square().sum(); }

double Weighting::logLikelihood(bool isRestricted) const {
  const double likelihood = (weights_.array().log().sum() - residualSum()) / 2;
  return isRestricted ? likelihood + std::log(covariance_.determinant()) / 2 : likelihood;
}

}  // namespace winnow::meta
