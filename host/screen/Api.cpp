#include "Api.hpp"

#include <algorithm>
#include <map>

#include <nlohmann/json.hpp>

#include "Change.hpp"
#include "Page.hpp"
#include "Words.hpp"
#include "io/AtomicFile.hpp"
#include "io/Error.hpp"

namespace winnow::screen {

namespace {

constexpr std::size_t kPageOfQueue = 50;
constexpr const char* kNoName = "Idempotency-Key names the change: 8 to 64 letters, digits and hyphens";
const std::string kOneWeek = "604800";     // seconds; a browser that was closed comes back, as its link works once
constexpr std::chrono::seconds kFresh{5};  // a page that is loaded later looks for sheets that were saved meanwhile

/// The value of a hexadecimal digit; -1: none.
int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

std::string decoded(std::string_view text, bool isQuery) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool isEscape = text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0;
    if (isEscape) {
      out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
      i += 2;
    } else {
      out += isQuery && text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

std::vector<std::string> segmentsOf(std::string_view target) {
  std::string_view path = target.substr(0, target.find('?'));
  std::vector<std::string> segments;
  while (!path.empty() && path.front() == '/') {
    path.remove_prefix(1);
    const std::size_t end = std::min(path.find('/'), path.size());
    segments.push_back(decoded(path.substr(0, end), false));
    path.remove_prefix(end);
  }
  return segments;
}

std::map<std::string, std::string> queryOf(std::string_view target) {
  std::map<std::string, std::string> query;
  const std::size_t mark = target.find('?');
  std::string_view rest = mark == std::string_view::npos ? std::string_view() : target.substr(mark + 1);
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('&'), rest.size());
    const std::string_view part = rest.substr(0, end);
    const std::size_t equals = std::min(part.find('='), part.size());
    query[decoded(part.substr(0, equals), true)] = decoded(part.substr(std::min(equals + 1, part.size())), true);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return query;
}

Response notFound() { return refusal(404, "there is nothing of that name here"); }
Response wrongMethod(const char* allowed) {
  Response response = refusal(405, std::string("only ") + allowed + " is possible here");
  response.headers.emplace_back("Allow", allowed);
  return response;
}

}  // namespace

/// A call about one step of one reader.
struct Api::Call {
  std::string reader;
  ReadingStep& step;
  std::vector<std::string> path;
  std::map<std::string, std::string> query;
};

Api::Api(Reopen reopen, Manner manner, Tokens& tokens, std::uint16_t port)
    : reopen_(std::move(reopen)),
      manner_(std::move(manner)),
      tokens_(tokens),
      guard_(tokens, port),
      policy_(policyOf(builtPage(), "'self'")),
      reading_(std::make_unique<Reading>(reopen_(), files_)),
      evaluated_(std::chrono::steady_clock::now()) {}

Response Api::answer(const Request& request) {
  Caller caller;
  if (auto refused = guard_.refuse(request, caller)) return *refused;
  try {
    const std::vector<std::string> path = segmentsOf(request.target);
    if (path.size() == 1 && path[0].empty()) {
      if (request.method != "GET") return wrongMethod("GET");
      return {200, "text/html; charset=utf-8", std::string(builtPage()), {{"Content-Security-Policy", policy_}}};
    }
    if (path.size() == 2 && path[0] == "api" && path[1] == "session") {
      if (request.method == "POST") return exchange(request);
      return request.method == "GET" ? session(caller) : wrongMethod("GET, POST");
    }
    if (path.size() >= 2 && path[0] == "api" && path[1] == "pairs") return pairs(request, caller, path);
    if (path.size() >= 4 && path[0] == "api" && path[1] == "steps") return stepCall(request, caller, path);
    return notFound();
  } catch (const BadBody& bad) {
    return refusal(400, bad.why);
  }
}

// ---- the session

Response Api::exchange(const Request& request) {
  const std::optional<std::string> cookie = tokens_.exchange(tokenIn(request.body));
  if (!cookie) return refusal(401, "this start link was used already, or is of an earlier start; ask for a new one");
  Response response = answerOf({{"token", Tokens::headerToken(*cookie)}});
  response.headers.emplace_back(
      "Set-Cookie", guard_.cookieName() + "=" + *cookie + "; HttpOnly; SameSite=Strict; Path=/; Max-Age=" + kOneWeek);
  return response;
}

void Api::refresh() {
  const auto now = std::chrono::steady_clock::now();
  if (!isOutdated_ && now - evaluated_ < kFresh) return;
  reading_->records().close();  // the ledger is opened for writing
  try {
    auto next = std::make_unique<Reading>(reopen_(), files_, reading_.get());
    reading_ = std::move(next);
    isOutdated_ = false;
    evaluated_ = std::chrono::steady_clock::now();
  } catch (const Error&) {  // another winnow works on the review: the state from before serves on, and later again
  }
}

Response Api::session(const Caller& caller) {
  refresh();
  return answerOf(reading_->session(caller.reader, manner_, Tokens::headerToken(caller.cookie)));
}

// ---- one step

Response Api::stepCall(const Request& request, const Caller& caller, const std::vector<std::string>& path) {
  ReadingStep* step = reading_->step(caller.reader, path[2]);
  if (step == nullptr) return notFound();
  step->update();
  Call call{caller.reader, *step, path, queryOf(request.target)};
  if (path[3] == "conflicts") return conflicts(request, caller, path);
  if (path.size() == 5 && path[3] == "export" && path[4] == "csv")
    return request.method == "GET" ? download(call) : wrongMethod("GET");
  if (path.size() == 4 && path[3] == "queue") return request.method == "GET" ? queue(call) : wrongMethod("GET");
  if (path.size() < 5 || path[3] != "records" || !place(call)) return notFound();
  if (path.size() == 5) return request.method == "GET" ? record(call) : wrongMethod("GET");
  if (path.size() == 6 && path[5] == "pdf") return request.method == "GET" ? fullText(call) : wrongMethod("GET");
  if (path.size() != 6 || path[5] != "decision") return notFound();
  if (request.method == "PUT") return decide(call, request);
  return request.method == "DELETE" ? undo(call, request) : wrongMethod("PUT, DELETE");
}

std::optional<std::size_t> Api::place(Call& call) const { return call.step.find(call.path[4]); }

Response Api::queue(Call& call) {
  Filter filter{call.query.contains("state") ? call.query["state"] : "all",
                call.query["q"],
                call.query["label"],
                call.query["reason"],
                call.query["proposal"],
                call.query["missing"] == "abstract"};
  const std::vector<std::size_t> matching = call.step.matching(filter, reading_->records());
  auto begin = matching.begin();
  if (const std::string& cursor = call.query["cursor"]; !cursor.empty()) {
    const auto first = call.step.behind(cursor, matching);
    if (!first) return refusal(400, "the cursor names no record of this step");
    begin += static_cast<std::ptrdiff_t>(*first);
  }
  const auto end = matching.end() - begin > static_cast<std::ptrdiff_t>(kPageOfQueue)
                       ? begin + static_cast<std::ptrdiff_t>(kPageOfQueue)
                       : matching.end();
  std::vector<engine::RecordId> ids;
  for (auto at = begin; at != end; ++at) ids.push_back(call.step.id(*at));
  const std::vector<RecordText> texts = reading_->records().read(ids);
  Json records = Json::array();
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const Own& own = call.step.own(begin[static_cast<std::ptrdiff_t>(i)]);
    records.push_back({{"id", texts[i].key},
                       {"title", texts[i].title},
                       {"year", texts[i].year},
                       {"state", call.step.stateOf(own)},
                       {"labels", own.labels}});
  }
  Json next = nullptr;
  if (end != matching.end()) next = call.step.cursor(end[-1]);
  Json answer{{"records", std::move(records)}, {"next", std::move(next)}, {"matching", matching.size()}};
  if (const Learned* learned = call.step.learned()) answer["order"] = {{"after", learned->after}};
  return answerOf(answer);
}

Json Api::recordJson(Call& call, std::size_t position) {
  const engine::RecordId id = call.step.id(position);
  const RecordText text = reading_->records().read({id}).front();
  Json json = jsonOf(text, call.step.own(position), call.step.revision(position),
                     reading_->records().proposal(call.step.judged(), id, text), call.step.step().plugin);
  json["pdf"] = !reading_->fullTextOf(call.step, text).empty();
  return json;
}

Response Api::record(Call& call) { return answerOf(recordJson(call, *place(call))); }

/// The PDF of a record. Its policy lets the page frame it and leaves the browser's viewer its own scripts.
Response Api::fullText(Call& call) {
  const RecordText text = reading_->records().read({call.step.id(*place(call))}).front();
  const std::string name = reading_->fullTextOf(call.step, text);
  if (name.empty()) return refusal(404, "there is no full text of this record");
  try {
    return {200,
            "application/pdf",
            reading_->fullTexts().read(name),
            {{"Content-Security-Policy", "frame-ancestors 'self'"}, {"Content-Disposition", "inline"}}};
  } catch (const Error& error) {
    return refusal(404, error.what());
  }
}

/// The reader's own file, as it is.
Response Api::download(Call& call) {
  std::error_code ignored;
  if (call.step.file() == nullptr || !std::filesystem::exists(call.step.file()->path(), ignored))
    return refusal(404, "there are no decisions yet");
  const std::filesystem::path& file = call.step.file()->path();
  return {200,
          "text/csv; charset=utf-8",
          io::readFile(file),
          {{"Content-Disposition", "attachment; filename=\"decisions.csv\""}}};
}

// ---- pairs

Response Api::pairs(const Request& request, const Caller& caller, const std::vector<std::string>& path) {
  Pairs* all = reading_->pairs(caller.reader);
  if (all == nullptr) return notFound();
  if (path.size() == 2) {
    if (request.method != "GET") return wrongMethod("GET");
    const std::optional<Json> list = all->list(queryOf(request.target)["cursor"], reading_->records());
    return list ? answerOf(*list) : refusal(400, "the cursor names no pair");
  }
  if (path.size() != 3 || !all->holds(path[2])) return notFound();
  if (request.method != "PUT") return wrongMethod("PUT");
  if (!isChangeName(request.idempotencyKey)) return refusal(400, kNoName);
  const bool isSame = sameIn(request.body);
  if (all->file() == nullptr) return refusal(422, "the step reads no decisions that the page could write");
  all->judge(path[2], isSame, caller.reader, request.idempotencyKey);
  isOutdated_ = true;
  return answerOf({{"open", all->open()}});
}

// ---- conflicts

Response Api::conflicts(const Request& request, const Caller& caller, const std::vector<std::string>& path) {
  refresh();
  const Conflicts* all = reading_->conflicts(caller.reader, path[2]);
  if (all == nullptr) return notFound();
  if (!all->areShown())
    return refusal(403, "the readers see each other's decisions when all of them have read everything in this step");
  if (path.size() == 4)
    return request.method == "GET" ? answerOf({{"conflicts", all->list(reading_->records())}}) : wrongMethod("GET");
  if (path.size() != 5 || !all->holds(path[4])) return notFound();
  return request.method == "PUT" ? settle(request, *all, path[4], caller.reader) : wrongMethod("PUT");
}

Response Api::settle(const Request& request, const Conflicts& all, const std::string& record,
                     const std::string& reader) {
  if (!isChangeName(request.idempotencyKey)) return refusal(400, kNoName);
  const Settlement settlement = settlementIn(request.body);
  if (all.file() == nullptr)
    return refusal(422, "the step reads no file of joint decisions that the page could write; add 'resolutions:'");
  const bool isRepeated = !all.file()->recordOf(request.idempotencyKey).empty();
  if (!isRepeated) {
    if (const std::string why = all.fault(settlement, reader); !why.empty()) return refusal(422, why);
    if (settlement.rev != all.revision(record)) return refusal(409, "this conflict was settled in another window");
    all.file()->append(all.row(record, settlement, request.idempotencyKey, reading_->records()));
    isOutdated_ = true;
  }
  return answerOf({{"rev", all.revision(record)}});
}

// ---- decisions

/// The page sends a change again when it did not hear of the answer.
bool Api::isRepeated(Call& call, const Request& request) const {
  return call.step.file() != nullptr && !call.step.file()->recordOf(request.idempotencyKey).empty();
}

Response Api::decide(Call& call, const Request& request) {
  if (!isChangeName(request.idempotencyKey)) return refusal(400, kNoName);
  const Change change = changeIn(request.body);
  const std::size_t position = *place(call);
  if (!isRepeated(call, request))
    if (const auto faults = call.step.faults(position, change); !faults.empty()) {
      Json json{{"error", faults.begin()->second}, {"fields", faults}};
      Response response = answerOf(json);
      response.status = 422;
      return response;
    }
  const Own own = call.step.ownOf(change);
  return write(call, request.idempotencyKey, change.rev, own, call.step.wordOf(own));
}

Response Api::undo(Call& call, const Request& request) {
  if (!isChangeName(request.idempotencyKey)) return refusal(400, kNoName);
  const std::uint64_t rev = revIn(request.body);
  const Own& now = call.step.own(*place(call));
  if (now.isEmpty() && !isRepeated(call, request)) return refusal(422, "there is no decision to take back");
  Own own;
  own.labels = now.labels;
  return write(call, request.idempotencyKey, rev, own, "taken back");
}

Response Api::write(Call& call, const std::string& change, std::uint64_t rev, const Own& own, const std::string& word) {
  const std::size_t position = *place(call);
  DecisionFile* file = call.step.file();
  const std::string& why =
      file == nullptr ? reading_->whyClosed(call.reader, call.step.step().id) : call.step.own(position).why;
  if (file == nullptr || !why.empty()) return refusal(422, why);
  const std::string earlier = file->recordOf(change);
  if (!earlier.empty() && earlier != call.step.key(position))
    return refusal(422, "this Idempotency-Key names a change of another record");
  if (earlier.empty()) {
    if (rev != call.step.revision(position)) {
      Response response = answerOf({{"error", "this record was changed meanwhile, perhaps in another window"},
                                    {"record", recordJson(call, position)}});
      response.status = 409;
      return response;
    }
    const RecordText text = reading_->records().read({call.step.id(position)}).front();
    Row row = rowOf(text);
    row.reviewer = call.reader;
    row.decision = word;
    row.category = cellOf(own.categories);
    row.reason = own.reason;
    row.note = own.note;
    row.labels = cellOf(own.labels);
    call.step.complete(row, own);
    row.change = change;
    file->append(row);
    call.step.set(position, own);
    isOutdated_ = true;
  }
  return answerOf({{"rev", call.step.revision(position)}, {"progress", progressOf(call.step)}});
}

}  // namespace winnow::screen
