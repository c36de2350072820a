#include "Change.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace winnow::screen {

namespace {

constexpr std::size_t kDeepest = 16;

/// How deep brackets nest outside of strings: a parser that builds a tree must not be handed a million of them.
bool isTooDeep(std::string_view json) {
  std::size_t depth = 0;
  bool isString = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (isString && c == '\\')
      ++i;
    else if (c == '"')
      isString = !isString;
    else if (!isString && (c == '{' || c == '[') && ++depth > kDeepest)
      return true;
    else if (!isString && (c == '}' || c == ']') && depth > 0)
      --depth;
  }
  return false;
}

nlohmann::json objectIn(std::string_view text) {
  if (isTooDeep(text)) throw BadBody{"the body nests too deep"};
  nlohmann::json json = nlohmann::json::parse(text, nullptr, false);  // refuses what is no UTF-8
  if (json.is_discarded() || !json.is_object()) throw BadBody{"the body is no JSON object"};
  return json;
}

/// Characters that no row may hold: a null byte or an escape sequence does harm wherever the file is shown.
bool isPlain(const std::string& text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7F;
  });
}

std::string textOf(const nlohmann::json& value, const char* name, std::size_t longest) {
  if (value.is_null()) return {};
  if (!value.is_string()) throw BadBody{"'" + std::string(name) + "' is no text"};
  std::string text = value.get<std::string>();
  if (text.size() > longest)
    throw BadBody{"'" + std::string(name) + "' is longer than " + std::to_string(longest) + " bytes"};
  if (!isPlain(text)) throw BadBody{"'" + std::string(name) + "' holds control characters"};
  return text;
}

std::string textIn(const nlohmann::json& json, const char* name, std::size_t longest) {
  const auto found = json.find(name);
  return found == json.end() ? std::string() : textOf(*found, name, longest);
}

std::vector<std::string> listIn(const nlohmann::json& json, const char* name) {
  const auto found = json.find(name);
  if (found == json.end() || found->is_null()) return {};
  if (!found->is_array() || found->size() > kMostWords)
    throw BadBody{"'" + std::string(name) + "' is no list of at most " + std::to_string(kMostWords)};
  std::vector<std::string> list;
  for (const nlohmann::json& one : *found) {
    std::string text = textOf(one, name, kLongestWord);
    if (text.find(';') != std::string::npos || text.find('\n') != std::string::npos ||
        text.find('\r') != std::string::npos)
      throw BadBody{"an entry of '" + std::string(name) + "' holds ';' or a line end, which part entries in the file"};
    if (!text.empty()) list.push_back(std::move(text));
  }
  return list;
}

std::uint64_t revOf(const nlohmann::json& json) {
  const auto found = json.find("rev");
  if (found == json.end() || !found->is_number_unsigned()) throw BadBody{"'rev' is no whole number"};
  return found->get<std::uint64_t>();
}

std::string decisionIn(const nlohmann::json& json, const char* name) {
  std::string word = textIn(json, name, kLongestWord);
  static constexpr const char* kWords[] = {"", "include", "exclude", "undecided", "not retrieved"};
  if (std::find(std::begin(kWords), std::end(kWords), word) == std::end(kWords))
    throw BadBody{"'" + std::string(name) + "' is none of include, exclude, undecided, not retrieved"};
  return word;
}

std::string trimmed(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  return begin == std::string::npos ? std::string() : text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin);
}

std::vector<std::string> answerOf(const nlohmann::json& value, const std::string& item) {
  if (!value.is_array()) {
    std::string text = trimmed(textOf(value, item.c_str(), kLongestNote));
    return text.empty() ? std::vector<std::string>() : std::vector<std::string>{std::move(text)};
  }
  return listIn(nlohmann::json{{item, value}}, item.c_str());
}

std::map<std::string, std::vector<std::string>> answersIn(const nlohmann::json& json) {
  std::map<std::string, std::vector<std::string>> answers;
  const auto found = json.find("answers");
  if (found == json.end() || found->is_null()) return answers;
  if (!found->is_object() || found->size() > kMostAnswers)
    throw BadBody{"'answers' is no object of at most " + std::to_string(kMostAnswers) + " answers"};
  for (const auto& [item, value] : found->items()) {
    if (item.size() > kLongestWord || !isPlain(item)) throw BadBody{"'answers' names an item that is none"};
    if (auto texts = answerOf(value, item); !texts.empty()) answers.emplace(item, std::move(texts));
  }
  return answers;
}

}  // namespace

Change changeIn(std::string_view text) {
  const nlohmann::json json = objectIn(text);
  return {decisionIn(json, "decision"),
          textIn(json, "reason", kLongestWord),
          textIn(json, "note", kLongestNote),
          listIn(json, "labels"),
          listIn(json, "categories"),
          revOf(json),
          answersIn(json)};
}

std::uint64_t revIn(std::string_view text) { return revOf(objectIn(text)); }

std::string tokenIn(std::string_view text) { return textIn(objectIn(text), "token", kLongestWord); }

Settlement settlementIn(std::string_view text) {
  const nlohmann::json json = objectIn(text);
  Settlement settlement{decisionIn(json, "final"), listIn(json, "by"), textIn(json, "reason", kLongestWord),
                        textIn(json, "note", kLongestNote), revOf(json)};
  if (settlement.final.empty()) throw BadBody{"'final' says no decision"};
  return settlement;
}

bool sameIn(std::string_view text) {
  const nlohmann::json json = objectIn(text);
  const auto found = json.find("same");
  if (found == json.end() || !found->is_boolean()) throw BadBody{"'same' is neither true nor false"};
  return found->get<bool>();
}

bool isChangeName(std::string_view name) {
  return name.size() >= 8 && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-';
         });
}

}  // namespace winnow::screen
