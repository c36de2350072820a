// Invented exports of any size, the same bytes in every run: records of about 1.5 kB with abstract and keywords.
#pragma once

#include <cstdint>
#include <string>

namespace winnow::bench {

class Words {
 public:
  explicit Words(std::uint32_t seed) : state_(seed * 2654435761u + 1) {}
  std::uint32_t next() { return state_ = state_ * 1664525u + 1013904223u, state_ >> 8; }
  const char* word() {
    static const char* const words[] = {"peer",      "support",  "worker",   "recovery", "service",
                                        "mental",    "health",   "public",   "sector",   "innovation",
                                        "citizen",   "network",  "practice", "outcome",  "interview",
                                        "municipal", "analysis", "staff",    "the",      "and"};
    return words[next() % 20];
  }
  std::string some(int n) {
    std::string text;
    for (int i = 0; i < n; ++i) text.append(i == 0 ? "" : " ").append(word());
    return text;
  }

 private:
  std::uint32_t state_;
};

inline std::string risRecords(std::size_t records) {
  std::string text;
  for (std::size_t i = 0; i < records; ++i) {
    Words w(static_cast<std::uint32_t>(i));
    const std::string n = std::to_string(i);
    text += "TY  - JOUR\nTI  - A study of " + w.some(8) + " " + n + "\nAU  - Smith" + std::to_string(i % 997) +
            ", Anna B.\nAU  - Lund, Ola\nPY  - " + std::to_string(1990 + i % 30) + "\nJO  - Journal of " + w.some(2) +
            "\nVL  - " + std::to_string(i % 60) + "\nIS  - " + std::to_string(i % 6) + "\nSP  - " +
            std::to_string(i % 900) + "\nEP  - " + std::to_string(i % 900 + 9) + "\nDO  - 10.5555/bench." + n +
            "\nSN  - 1478-2219\nLA  - English\nAB  - " + w.some(170) + ".\nKW  - " + w.some(2) + "\nKW  - " +
            w.some(1) + "\nER  - \n\n";
  }
  return text;
}

enum class Styles { Given, None };

inline std::string endnoteRecords(std::size_t records, Styles styles = Styles::Given) {
  const auto styled = [&](const std::string& text) {
    return styles == Styles::None ? text : "<style face=\"normal\" font=\"default\" size=\"100%\">" + text + "</style>";
  };
  std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><xml><records>";
  for (std::size_t i = 0; i < records; ++i) {
    Words w(static_cast<std::uint32_t>(i));
    const std::string n = std::to_string(i);
    text += "<record><rec-number>" + n +
            "</rec-number><ref-type name=\"Journal Article\">17</ref-type><contributors><authors><author>" +
            styled("Smith, Anna") + "</author><author>" + styled("Lund, Ola") +
            "</author></authors></contributors><titles><title>" + styled("A study of " + w.some(8) + " " + n) +
            "</title><secondary-title>" + styled("Journal of " + w.some(2)) + "</secondary-title></titles><pages>" +
            styled("12-19") + "</pages><volume>" + styled("4") + "</volume><dates><year>" + styled("2019") +
            "</year></dates><abstract>" + styled(w.some(170)) + "</abstract><electronic-resource-num>" +
            styled("10.5555/bench." + n) + "</electronic-resource-num></record>";
  }
  return text + "</records></xml>\n";
}

inline std::string scopusRows(std::size_t records) {
  std::string text =
      "\"Authors\",\"Title\",\"Year\",\"Source title\",\"Volume\",\"Issue\",\"Page start\",\"Page "
      "end\",\"DOI\",\"Link\",\"Abstract\",\"Author Keywords\","
      "\"ISSN\",\"Language of Original Document\",\"Document Type\",\"Source\",\"EID\"\n";
  for (std::size_t i = 0; i < records; ++i) {
    Words w(static_cast<std::uint32_t>(i));
    const std::string n = std::to_string(i);
    text += "\"Smith A.B.; Lund O.\",\"A study of " + w.some(8) + " " + n + "\",\"2019\",\"Journal of " + w.some(2) +
            "\",\"4\",\"2\",\"12\",\"19\",\"10.5555/bench." + n +
            "\",\"https://www.scopus.com/record/display.uri?eid=2-s2.0-" + n + "\",\"" + w.some(170) + "\",\"" +
            w.some(2) + "; " + w.some(1) + "\",\"14782219\",\"English\",\"Article\",\"Scopus\",\"2-s2.0-" + n + "\"\n";
  }
  return text;
}

inline std::string bibtexEntries(std::size_t records) {
  std::string text;
  for (std::size_t i = 0; i < records; ++i) {
    Words w(static_cast<std::uint32_t>(i));
    const std::string n = std::to_string(i);
    text += "@article{smith" + n + ",\n  author = {Smith, Anna B. and Lund, Ola},\n  title = {A Study of " + w.some(8) +
            " " + n + "},\n  journal = {Journal of " + w.some(2) +
            "},\n  year = {2019},\n  volume = {4},\n  number = {2},\n  pages = {12--19},\n  doi = {10.5555/bench." + n +
            "},\n  issn = {1478-2219},\n  abstract = {" + w.some(170) + "},\n  keywords = {" + w.some(2) + ", " +
            w.some(1) + "}\n}\n\n";
  }
  return text;
}

/// A page of OpenAlex: works with their references, and abstracts as inverted indexes.
inline std::string openAlexWorks(std::size_t records) {
  std::string text = "{\"meta\":{\"count\":1},\"results\":[\n";
  for (std::size_t i = 0; i < records; ++i) {
    Words w(static_cast<std::uint32_t>(i));
    const std::string n = std::to_string(i);
    std::string index, references;
    for (std::size_t word = 0; word < 120; ++word)
      index += (word == 0 ? "\"" : ",\"") + w.some(1) + std::to_string(word) + "\":[" + std::to_string(word) + "]";
    for (std::size_t r = 0; r < 30; ++r)
      references += (r == 0 ? "\"" : ",\"") + ("https://openalex.org/W" + std::to_string(i * 31 + r)) + "\"";
    text +=
        (i == 0 ? "" : ",\n") + ("{\"id\":\"https://openalex.org/W" + n) +
        "\",\"doi\":\"https://doi.org/10.5555/bench." + n + "\",\"title\":\"A study of " + w.some(8) + " " + n +
        "\",\"publication_year\":2019,\"publication_date\":\"2019-03-04\",\"language\":\"en\",\"type\":\"article\","
        "\"primary_location\":{\"source\":{\"display_name\":\"Journal of " +
        w.some(2) +
        "\",\"issn_l\":\"1478-2219\"}},\"authorships\":[{\"author\":{\"display_name\":\"Anna Smith\"}},{\"author\":{"
        "\"display_name\":\"Ola "
        "Lund\"}}],\"biblio\":{\"volume\":\"4\",\"issue\":\"2\",\"first_page\":\"12\",\"last_page\":"
        "\"19\"},\"referenced_works\":[" +
        references + "],\"abstract_inverted_index\":{" + index + "}}";
  }
  return text + "\n]}\n";
}

/// The export of WHO ICTRP.
inline std::string trials(std::size_t records) {
  std::string text = "<?xml version='1.0' encoding='UTF-8' ?>\n<Trials_downloaded_from_ICTRP>\n";
  for (std::size_t i = 0; i < records; ++i) {
    Words w(static_cast<std::uint32_t>(i));
    const std::string n = std::to_string(i);
    text += "  <Trial>\n    <TrialID>NCT" + n + "\n    </TrialID>\n    <Public_title>" + w.some(8) +
            "</Public_title>\n    <Scientific_title>A trial of " + w.some(10) +
            "</Scientific_title>\n    <Primary_sponsor>" + w.some(3) +
            "</Primary_sponsor>\n    <Date_registration3>20190304</Date_registration3>\n    <web_address>" +
            "https://example.org/" + n + "</web_address>\n    <Condition>" + w.some(1) + ";" + w.some(1) +
            "</Condition>\n    <Inclusion_Criteria>" + w.some(120) + "</Inclusion_Criteria>\n  </Trial>\n";
  }
  return text + "</Trials_downloaded_from_ICTRP>\n";
}

}  // namespace winnow::bench
