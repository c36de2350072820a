// The paths of the screening server: a fixed table, nothing of which is a file.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "Guard.hpp"
#include "Reading.hpp"
#include "Request.hpp"
#include "Tokens.hpp"

namespace winnow::screen {

/// Evaluates the review as it is now. Throws winnow::Error when that cannot be done at the moment.
using Reopen = std::function<Opened()>;

/// Answers requests for one review. One thread.
class Api {
 public:
  /// Evaluates the review at once. `tokens` is borrowed.
  Api(Reopen reopen, Manner manner, Tokens& tokens, std::uint16_t port);

  Response answer(const Request& request);
  /// To be called when there is nothing to do.
  void rest() { reading_->records().rest(); }
  Reading& reading() noexcept { return *reading_; }

 private:
  struct Call;
  Response exchange(const Request& request);
  Response session(const Caller& caller);
  Response queue(Call& call);
  Response record(Call& call);
  Response fullText(Call& call);
  Response decide(Call& call, const Request& request);
  Response undo(Call& call, const Request& request);
  Response write(Call& call, const std::string& change, std::uint64_t rev, const Own& own, const std::string& word);
  Response pairs(const Request& request, const Caller& caller, const std::vector<std::string>& path);
  Response conflicts(const Request& request, const Caller& caller, const std::vector<std::string>& path);
  Response settle(const Request& request, const Conflicts& all, const std::string& record, const std::string& reader);
  Response download(Call& call);
  Response stepCall(const Request& request, const Caller& caller, const std::vector<std::string>& path);
  std::optional<std::size_t> place(Call& call) const;
  bool isRepeated(Call& call, const Request& request) const;
  Json recordJson(Call& call, std::size_t position);
  void refresh();

  const Reopen reopen_;
  const Manner manner_;
  Tokens& tokens_;
  const Guard guard_;
  const std::string policy_;
  DecisionFiles files_;
  std::unique_ptr<Reading> reading_;
  std::chrono::steady_clock::time_point evaluated_;  ///< when it was made
  bool isOutdated_ = false;                          ///< decisions were written since
};

}  // namespace winnow::screen
