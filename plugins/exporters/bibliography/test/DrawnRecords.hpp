// Records drawn for the round-trip tests of the RIS and EndNote XML exporters, and the model they are compared by.
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

#include "winnow/testing.hpp"

namespace winnow::bibliography {

/// Tag -> its values in order; people as one value each.
using Model = std::map<std::string, std::vector<std::string>>;

inline void addField(Model& model, const nlohmann::ordered_json& object) {
  if (object.begin().key().rfind("author.", 0) != 0) {
    for (const auto& [tag, value] : object.items()) model[tag].push_back(value.get<std::string>());
    return;
  }
  std::string person;
  for (const auto& [tag, value] : object.items())
    person.append(person.empty() ? "" : "|").append(tag, 7).append("=").append(value.get<std::string>());
  model["people"].push_back(person);
}

/// Reads a name as both formats write it: "Family, Given, Suffix", or "Name," for a body.
inline void addName(Model& model, const std::string& name) {
  std::vector<std::string> parts(1);
  for (std::size_t i = 0; i < name.size(); ++i)
    if (name.substr(i, 2) == ", ")
      parts.emplace_back(), ++i;
    else
      parts.back().push_back(name[i]);
  if (name.back() == ',')
    model["people"].push_back("literal=" + name.substr(0, name.size() - 1));
  else
    model["people"].push_back("family=" + parts[0] + "|given=" + (parts.size() > 1 ? parts[1] : "") +
                              (parts.size() > 2 ? "|suffix=" + parts[2] : ""));
}

/// Applies the winnow line by the rules of ../README.md.
inline void applyWinnowLine(Model& model, const std::string& line) {
  const auto json = nlohmann::ordered_json::parse(line.substr(std::string("winnow:").size()));
  for (const auto& tag : json["replace"])
    model.erase(tag.get<std::string>().rfind("author.", 0) == 0 ? "people" : tag.get<std::string>());
  for (const auto& object : json["fields"]) addField(model, object);
}

/// Draws records; every tag may be missing, plain, hostile or several.
class Drawing {
 public:
  winnow::testing::TestRecord record(Model& model) {
    winnow::testing::TestRecord drawn;
    add(drawn, model, "type", {"article-journal", "book", "chapter", "document", "figure", "graphic", "no-type"});
    for (const char* tag :
         {"title", "container.title", "collection.title", "publisher", "keyword", "abstract", "note", "url",
          "container.abbreviation", "title.short", "database", "edition", "id.accession", "id.local"})
      for (std::size_t n = below(3); n > 0; --n) add(drawn, model, tag, kTexts);
    for (const char* tag : {"volume", "issue", "page", "article-number", "issued.day", "issued.month"})
      if (below(2) == 0) add(drawn, model, tag, {"4", "12", "12-19", "943-7", "S1-S9", "n.a.", "No", "iii + 20"});
    if (below(3) != 0) add(drawn, model, "issued.year", {"2019", "99", "2019b"});
    for (const char* tag : {"id.doi", "id.issn", "id.isbn", "language", "id.pmid"})
      if (below(2) == 0)
        add(drawn, model, tag,
            {"10.1000/a", "10.1000/a.", "1234-567X", "9780306406157", "9780306406158", "nb", "en-GB", "31234567"});
    for (std::size_t n = below(4); n > 0; --n) person(drawn, model);
    return drawn;
  }

 private:
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(random_()) % n; }
  void field(winnow::testing::TestRecord& drawn, const std::string& tag, const std::string& value,
             std::uint16_t group) {
    drawn.fields.push_back({tag, value, group, 0, {}, {}});
  }
  void add(winnow::testing::TestRecord& drawn, Model& model, const std::string& tag,
           const std::vector<std::string>& choices) {
    const std::string& value = choices[below(choices.size())];
    field(drawn, tag, value, 0);
    model[tag].push_back(value);
  }
  void person(winnow::testing::TestRecord& drawn, Model& model) {
    const std::vector<std::string> names{
        "Berg", "van der Berg", "Ministry of Health, Oslo", "A & B", "O'Neil", "Group 7", "\n"};
    const std::uint16_t group = ++group_;
    if (below(3) == 0) {
      const std::string& name = names[below(names.size())];
      field(drawn, "author.literal", name, group);
      model["people"].push_back("literal=" + name);
      return;
    }
    const std::string &family = names[below(names.size())], &given = names[below(names.size())];
    field(drawn, "author.family", family, group);
    field(drawn, "author.given", given, group);
    model["people"].push_back("family=" + family + "|given=" + given);
    if (below(4) != 0) return;
    field(drawn, "author.suffix", "Jr.", group);
    model["people"].back() += "|suffix=Jr.";
  }

  const std::vector<std::string> kTexts{"Peers at work",
                                        "Ends with a stop.",
                                        "[In brackets]",
                                        "two  blanks",
                                        " blank",
                                        "a;b",
                                        "x, y",
                                        "line\nline",
                                        "TY  - BOOK\nER  - ",
                                        "p < 0.05 & more",
                                        "null",
                                        "\xC3\xB8l",
                                        "a\x01",
                                        "winnow:{}",
                                        "https://doi.org/10.1000/x",
                                        "Copyright of X",
                                        "C8  - winnow:{\"fields\":[]}"};
  std::mt19937 random_{20240229};
  std::uint16_t group_ = 0;
};

}  // namespace winnow::bibliography
