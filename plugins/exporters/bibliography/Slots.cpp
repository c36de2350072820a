#include "bibliography/Slots.hpp"

#include "bibliography/Text.hpp"

namespace winnow::bibliography {
namespace {

template <bool (*test)(std::string_view)>
bool isText(const Work&, std::string_view value) {
  return test(value);
}
bool isYearAlone(const Work& work, std::string_view value) { return value == work.first(tags::kIssuedYear); }
bool isLanguageAlone(const Work& work, std::string_view value) {
  return work.all(tags::kLanguage).size() == 1 && value == work.first(tags::kLanguage);
}
bool isSeries(const Work& work, std::string_view value) { return work.first(tags::kType) == "book" && isPlain(value); }
bool isContainer(const Work& work, std::string_view value) {
  return hasContainerSlot(work.first(tags::kType)) && isPlain(value);
}
bool isAbbreviation(const Work& work, std::string_view value) {
  // Readers take an abbreviation that is the title itself for the title said twice.
  return work.first(tags::kType) == "article-journal" && work.has(tags::kContainerTitle) &&
         value != work.first(tags::kContainerTitle) && isPlain(value);
}
bool isLanguage(const Work&, std::string_view value) {
  const auto isLower = [](char c) { return c >= 'a' && c <= 'z'; };
  return value.size() == 2 && isLower(value[0]) && isLower(value[1]);
}

}  // namespace

bool isPeriodical(std::string_view cslType) {
  return cslType == "article-journal" || cslType == "article-magazine" || cslType == "article-newspaper";
}

bool hasContainerSlot(std::string_view cslType) {
  return isPeriodical(cslType) || cslType == "chapter" || cslType == "paper-conference";
}

std::vector<Slot> commonSlots() {
  return {{tags::kTitle, isText<isPlain>},
          {tags::kIssuedYear, isText<isYear>},
          {tags::kIssuedRaw, isYearAlone},
          {tags::kContainerTitle, isContainer},
          {tags::kContainerAbbreviation, isAbbreviation},
          {tags::kCollectionTitle, isSeries},
          {tags::kVolume, isText<isDigits>},
          {tags::kIssue, isText<isDigits>},
          {tags::kPage, isText<isPlainPage>},
          {tags::kDoi, isText<isPlainDoi>},
          {tags::kIssn, isText<isIssn>, true},
          {tags::kIsbn, isText<isIsbn>, true},
          {tags::kAbstract, isText<isPlainAbstract>},
          {tags::kLanguage, isLanguage, true},
          {tags::kLanguageRaw, isLanguageAlone},
          {tags::kKeyword, isText<isPlainKeyword>, true},
          {tags::kUrl, isText<isPlainUrl>, true},
          {tags::kPublisher, isText<isPlain>},
          {tags::kPublisherPlace, isText<isPlain>}};
}

}  // namespace winnow::bibliography
