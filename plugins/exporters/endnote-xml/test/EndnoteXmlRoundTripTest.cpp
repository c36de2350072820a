// What is written, read back by the rules of ../../bibliography/README.md with the simplest reader there is, must be
// what went in. Values are drawn from plain and hostile ones with a fixed seed.
#include <gtest/gtest.h>
#include <libxml/parser.h>
#include <libxml/tree.h>

#include <map>

#include "bibliography/test/DrawnRecords.hpp"

namespace {

using winnow::bibliography::addName;
using winnow::bibliography::applyWinnowLine;
using winnow::bibliography::Drawing;
using winnow::bibliography::Model;
using winnow::testing::MockHost;
using winnow::testing::TestRecord;

std::string contentOf(const xmlNode* node) {
  xmlChar* content = xmlNodeGetContent(node);
  std::string text = reinterpret_cast<const char*>(content);
  xmlFree(content);
  return text;
}

void addSerials(Model& model, const std::string& text) {
  std::string part;
  for (const char c : text + "\r") {
    if (c != '\r')
      part.push_back(c);
    else if (!part.empty())
      model[part.find('-') == 4 ? "id.issn" : "id.isbn"].push_back(part), part.clear();
  }
}

void addReferenceType(Model& model, const std::string& number) {
  const std::map<std::string, std::string> types{
      {"17", "article-journal"}, {"6", "book"}, {"5", "chapter"}, {"13", "document"}};
  model["type"] = {types.count(number) != 0 ? types.at(number) : "document"};
}

void addElement(Model& model, const std::string& name, const std::string& value) {
  static const std::map<std::string, std::string> kPlain{{"title", "title"},
                                                         {"year", "issued.year"},
                                                         {"volume", "volume"},
                                                         {"number", "issue"},
                                                         {"pages", "page"},
                                                         {"electronic-resource-num", "id.doi"},
                                                         {"abstract", "abstract"},
                                                         {"keyword", "keyword"},
                                                         {"language", "language"},
                                                         {"url", "url"},
                                                         {"publisher", "publisher"},
                                                         {"pub-location", "publisher.place"},
                                                         {"notes", "note"},
                                                         {"custom2", "id.pmcid"},
                                                         {"accession-num", "id.accession"},
                                                         {"rec-number", "id.local"},
                                                         {"custom7", "article-number"},
                                                         {"remote-database-name", "database"},
                                                         {"remote-database-provider", "database.provider"},
                                                         {"edition", "edition"},
                                                         {"short-title", "title.short"},
                                                         {"translated-title", "title.translated"},
                                                         {"abbr-1", "container.abbreviation"},
                                                         {"tertiary-title", "collection.title"},
                                                         {"date", "issued.month"}};
  if (name == "ref-type")
    addReferenceType(model, value);
  else if (name == "author")
    addName(model, value);
  else if (name == "isbn")
    addSerials(model, value);
  else if (name == "secondary-title")
    model[model["type"][0] == "book" ? "collection.title" : "container.title"].push_back(value);
  else if (kPlain.count(name) != 0)
    model[kPlain.at(name)].push_back(value);
}

void collect(const xmlNode* node, Model& model, std::string& line) {
  for (; node != nullptr; node = node->next) {
    if (node->type != XML_ELEMENT_NODE) continue;
    const std::string name = reinterpret_cast<const char*>(node->name);
    if (name == "custom4")
      line = contentOf(node);
    else
      addElement(model, name, contentOf(node));
    collect(node->children, model, line);
  }
}

Model read(const std::string& text) {
  Model model;
  std::string line;
  xmlDoc* tree = xmlReadMemory(text.data(), static_cast<int>(text.size()), nullptr, nullptr, XML_PARSE_NONET);
  if (tree == nullptr) return {{"ill-formed", {text}}};
  collect(xmlDocGetRootElement(tree), model, line);
  xmlFreeDoc(tree);
  applyWinnowLine(model, line);
  for (auto it = model.begin(); it != model.end();) it = it->second.empty() ? model.erase(it) : std::next(it);
  return model;
}

TEST(EndnoteXmlRoundTrip, everyFieldComesBack) {
  Drawing drawing;
  for (int i = 0; i < 3000; ++i) {
    Model model;
    MockHost host;
    const TestRecord record = drawing.record(model);
    const auto [status, text] = host.write(winnow_plugin_v1.stage(0), {record});
    ASSERT_EQ(status, WINNOW_OK);
    ASSERT_EQ(read(text), model) << text;
  }
}

}  // namespace
