#include "Form.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace winnow::studies {
namespace {

using nlohmann::json;

std::string textOf(const json& item, const char* name, const std::string& path) {
  if (!item.is_object() || !item.contains(name) || !item[name].is_string())
    throw std::runtime_error("\"" + path + "/" + name + "\" is no text");
  return item[name].get<std::string>();
}

FormItem::From fromOf(const json& item, const std::string& path) {
  if (!item.contains("from")) return FormItem::From::nothing;
  const std::string from = textOf(item, "from", path);
  if (from.empty()) return FormItem::From::nothing;
  if (from == "author") return FormItem::From::author;
  if (from == "year") return FormItem::From::year;
  throw std::runtime_error("\"" + path + "/from\" is \"" + from + "\"; it can be author or year");
}

FormItem::Type typeOf(const json& item, const std::string& path) {
  if (!item.contains("type")) return FormItem::Type::text;
  const std::string type = textOf(item, "type", path);
  if (type == "number" || type == "decimal") return FormItem::Type::number;
  if (type == "one-of") return FormItem::Type::oneOf;
  if (type == "any-of") return FormItem::Type::anyOf;
  return type == "yes-no" ? FormItem::Type::yesNo : FormItem::Type::text;
}

/// "one of" of "one-of"; the words of a type that this library does not know are its own.
std::string typeWordsOf(const json& item, const std::string& path) {
  if (!item.contains("type")) return "text";
  std::string words = textOf(item, "type", path);
  if (words == "yes-no") return "yes, no, unclear";
  std::replace(words.begin(), words.end(), '-', ' ');
  return words;
}

std::vector<std::string> valuesOf(const json& item, const std::string& path) {
  std::vector<std::string> values;
  if (!item.contains("values")) return values;
  if (!item["values"].is_array()) throw std::runtime_error("\"" + path + "/values\" is no list");
  for (const json& value : item["values"]) {
    if (!value.is_string()) throw std::runtime_error("\"" + path + "/values\" holds what is no text");
    values.push_back(value.get<std::string>());
  }
  return values;
}

/// Lower case (ASCII), blanks collapsed.
std::string plain(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == ' ' && (out.empty() || out.back() == ' ')) continue;
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

void addItems(std::vector<FormItem>& items, const json& form, const char* name, bool isExtra) {
  if (!form.contains(name)) return;
  if (!form[name].is_array()) throw std::runtime_error("\"" + std::string(name) + "\" is no list");
  for (std::size_t i = 0; i < form[name].size(); ++i) {
    const std::string path = std::string(name) + "/" + std::to_string(i);
    const json& item = form[name][i];
    items.push_back({textOf(item, "id", path), textOf(item, "label", path), typeOf(item, path), valuesOf(item, path),
                     fromOf(item, path), isExtra, typeWordsOf(item, path)});
  }
}

json parsed(std::string_view text) {
  json form;
  try {
    form = json::parse(text);
  } catch (const json::parse_error& error) {
    throw std::runtime_error("no JSON at byte " + std::to_string(error.byte));
  }
  if (!form.is_object()) throw std::runtime_error("the document is no object");
  return form;
}

}  // namespace

std::vector<FormItem> readForm(std::string_view text) {
  const json form = parsed(text);
  std::vector<FormItem> items;
  addItems(items, form, "items", false);
  addItems(items, form, "extra", true);
  if (items.empty()) throw std::runtime_error("it has no item");
  return items;
}

std::string readFormVersion(std::string_view text) {
  const json form = parsed(text);
  return form.contains("version") ? textOf(form, "version", "form") : "1";
}

const FormItem* findItem(const std::vector<FormItem>& form, std::string_view name) {
  const std::string wanted = plain(name);
  for (const auto& reading : {&FormItem::id, &FormItem::label})
    for (const FormItem& item : form)
      if (plain(item.*reading) == wanted) return &item;
  const auto found =
      std::find_if(form.begin(), form.end(), [&](const FormItem& item) { return plain(item.heading()) == wanted; });
  return found == form.end() ? nullptr : &*found;
}

}  // namespace winnow::studies
