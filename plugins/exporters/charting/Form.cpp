#include "Form.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>

namespace winnow::exporters {
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

void addItems(std::vector<FormItem>& items, const json& form, const char* name, bool isExtra) {
  if (!form.contains(name)) return;
  if (!form[name].is_array()) throw std::runtime_error("\"" + std::string(name) + "\" is no list");
  for (std::size_t i = 0; i < form[name].size(); ++i) {
    const std::string path = std::string(name) + "/" + std::to_string(i);
    const json& item = form[name][i];
    items.push_back({textOf(item, "id", path), textOf(item, "label", path), fromOf(item, path), isExtra});
  }
}

}  // namespace

std::vector<FormItem> readForm(std::string_view text) {
  json form;
  try {
    form = json::parse(text);
  } catch (const json::parse_error& error) {
    throw std::runtime_error("no JSON at byte " + std::to_string(error.byte));
  }
  if (!form.is_object()) throw std::runtime_error("the document is no object");
  std::vector<FormItem> items;
  addItems(items, form, "items", false);
  addItems(items, form, "extra", true);
  if (items.empty()) throw std::runtime_error("it has no item");
  return items;
}

}  // namespace winnow::exporters
