// winnow/options.hpp: options of a stage by name instead of by position. Each maker gives a type that has the setters
// which make sense for it, so that a range of a boolean does not compile; neither does an option without help.
//
//   static constexpr winnow_option options[] = {
//       winnow::Option::integer("since").help("First year that is kept.").fallback("2010").from("1400").to("2100"),
//       winnow::Option::choice("order", "year|title").help("What comes first.").fallback("year"),
//       winnow::Option::text("token").help("Key of the service.").secret(),
//       winnow::Option::text("key").help("The older name of token.").replacedBy("token")};
//
// All texts are literals: they live as long as the process. All functions are constexpr; thread: any.
#pragma once

#include <string_view>

#include "plugin.hpp"

namespace winnow {

/// What all options have. `Self`: the option that is being declared.
template <class Self>
class OptionBuilder {
 public:
  /// What it is for, a sentence. Needed.
  constexpr Self help(std::string_view sentence) const { return with(&winnow_option::help, sentence); }
  /// A review must set it.
  constexpr Self required() const { return with(WINNOW_OPTION_REQUIRED); }
  /// Its value stands in no ledger, log, lock or report.
  constexpr Self secret() const { return with(WINNOW_OPTION_SECRET); }
  /// The host warns whoever sets it.
  constexpr Self deprecated() const { return with(WINNOW_OPTION_DEPRECATED); }
  /// As deprecated(), and its value goes to the option of that name.
  constexpr Self replacedBy(std::string_view name) const {
    return deprecated().with(&winnow_option::replaced_by, name);
  }
  /// As the ABI wants it. An option without help is refused by the compiler.
  constexpr operator winnow_option() const {  // NOLINT(google-explicit-constructor): it stands in an array of those
    if (option_.help.size == 0) throw "an option says what it is for: .help(...)";
    return option_;
  }

 protected:
  constexpr OptionBuilder(std::uint32_t type, std::string_view name) : option_(option(type, name, {}, {})) {}
  constexpr Self with(winnow_str winnow_option::*member, std::string_view text) const {
    Self changed = static_cast<const Self&>(*this);
    changed.option_.*member = str(text);
    return changed;
  }

 private:
  template <class>
  friend class OptionBuilder;
  constexpr Self with(std::uint32_t flag) const {
    Self changed = static_cast<const Self&>(*this);
    changed.option_.flags |= flag;
    return changed;
  }
  winnow_option option_;
};

/// STRING, CHOICE.
class TextOption : public OptionBuilder<TextOption> {
 public:
  constexpr TextOption(std::uint32_t type, std::string_view name) : OptionBuilder(type, name) {}
  /// The value where a review says nothing, as it would stand in YAML.
  constexpr TextOption fallback(std::string_view value) const { return with(&winnow_option::fallback, value); }
  /// The values that are taken: "a|b|c".
  constexpr TextOption of(std::string_view choices) const { return with(&winnow_option::choices, choices); }

 private:
  friend class OptionBuilder<TextOption>;
};

/// INTEGER, NUMBER, DATE: with an order, and so with ends.
class RangeOption : public OptionBuilder<RangeOption> {
 public:
  constexpr RangeOption(std::uint32_t type, std::string_view name) : OptionBuilder(type, name) {}
  constexpr RangeOption fallback(std::string_view value) const { return with(&winnow_option::fallback, value); }
  /// The least and the greatest value that are taken, as they would stand in YAML.
  constexpr RangeOption from(std::string_view least) const { return with(&winnow_option::minimum, least); }
  constexpr RangeOption to(std::string_view greatest) const { return with(&winnow_option::maximum, greatest); }

 private:
  friend class OptionBuilder<RangeOption>;
};

/// BOOLEAN.
class BooleanOption : public OptionBuilder<BooleanOption> {
 public:
  constexpr explicit BooleanOption(std::string_view name) : OptionBuilder(WINNOW_BOOLEAN, name) {}
  constexpr BooleanOption fallback(bool value) const {
    return with(&winnow_option::fallback, value ? "true" : "false");
  }

 private:
  friend class OptionBuilder<BooleanOption>;
};

/// LIST, MAP.
class ManyOption : public OptionBuilder<ManyOption> {
 public:
  constexpr ManyOption(std::uint32_t type, std::string_view name) : OptionBuilder(type, name) {}
  /// The items where a review says nothing: "a|b".
  constexpr ManyOption fallback(std::string_view items) const { return with(&winnow_option::fallback, items); }
  /// The items that are taken: "a|b|c".
  constexpr ManyOption of(std::string_view choices) const { return with(&winnow_option::choices, choices); }

 private:
  friend class OptionBuilder<ManyOption>;
};

/// FILE.
class FileOption : public OptionBuilder<FileOption> {
 public:
  constexpr explicit FileOption(std::string_view name) : OptionBuilder(WINNOW_FILE, name) {}

 private:
  friend class OptionBuilder<FileOption>;
};

/// Where a declaration begins. `name`: snake_case, as it stands in a review.
class Option {
 public:
  static constexpr TextOption text(std::string_view name) { return {WINNOW_STRING, name}; }
  /// One of "a|b|c".
  static constexpr TextOption choice(std::string_view name, std::string_view choices) {
    return TextOption(WINNOW_CHOICE, name).of(choices);
  }
  static constexpr RangeOption integer(std::string_view name) { return {WINNOW_INTEGER, name}; }
  static constexpr RangeOption number(std::string_view name) { return {WINNOW_NUMBER, name}; }
  /// YYYY, YYYY-MM or YYYY-MM-DD.
  static constexpr RangeOption date(std::string_view name) { return {WINNOW_DATE, name}; }
  static constexpr BooleanOption boolean(std::string_view name) { return BooleanOption(name); }
  static constexpr ManyOption list(std::string_view name) { return {WINNOW_LIST, name}; }
  /// Entries "key: value" or "key: [values]".
  static constexpr ManyOption map(std::string_view name) { return {WINNOW_MAP, name}; }
  /// A file of the review; Settings::text gives its text.
  static constexpr FileOption file(std::string_view name) { return FileOption(name); }
};

}  // namespace winnow
