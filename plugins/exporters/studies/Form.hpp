// The charting form of a review, as the document "form" (winnow-form/1) has it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace winnow::studies {

/// One item of the charting form.
struct FormItem {
  enum class From { nothing, author, year };
  enum class Type { text, number, oneOf, anyOf, yesNo };

  std::string id, label;
  Type type = Type::text;
  std::vector<std::string> values;  ///< of oneOf and anyOf, in the form's order
  From from = From::nothing;
  bool isExtra = false;
  std::string typeWords = "text";  ///< as people read it: "one of", "date"

  /// Head of its column: "<id>. <label>", of an extra item its label.
  std::string heading() const { return isExtra ? label : id + ". " + label; }
  /// Answers are few and counted: what a map or a bar can be drawn of.
  bool isCategorical() const { return type == Type::oneOf || type == Type::anyOf || type == Type::yesNo; }
};

/// The items of a document winnow-form/1, extras last. Throws std::runtime_error that names what is not as the format
/// says.
std::vector<FormItem> readForm(std::string_view json);

/// The version of a document winnow-form/1; "1" if it names none. Throws as readForm.
std::string readFormVersion(std::string_view json);

/// The item that people mean by `name`: its id, its label or its heading, without regard to case and blanks; null if
/// there is none.
const FormItem* findItem(const std::vector<FormItem>& form, std::string_view name);

}  // namespace winnow::studies
