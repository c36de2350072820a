#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace winnow::exporters {

/// One item of the charting form.
struct FormItem {
  enum class From { nothing, author, year };

  std::string id, label;
  From from = From::nothing;
  bool isExtra = false;

  /// Head of its column: "<id>. <label>", of an extra item its label.
  std::string heading() const { return isExtra ? label : id + ". " + label; }
};

/// The items of a document winnow-form/1, extras last. Throws std::runtime_error that names what is not as the format
/// says.
std::vector<FormItem> readForm(std::string_view json);

}  // namespace winnow::exporters
