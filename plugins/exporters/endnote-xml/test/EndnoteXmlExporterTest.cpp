#include <gtest/gtest.h>
#include <libxml/parser.h>
#include <libxml/tree.h>

#include "winnow/testing.hpp"

namespace {

using winnow::testing::MockHost;
using winnow::testing::TestRecord;

/// What libxml2 makes of the text; null if it is not well-formed.
struct Document {
  explicit Document(const std::string& text)
      : tree(xmlReadMemory(text.data(), static_cast<int>(text.size()), nullptr, nullptr,
                           XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NONET)) {}
  ~Document() { xmlFreeDoc(tree); }
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

  /// Text of the first element of that name, in document order.
  std::string text(std::string_view name) const {
    const xmlNode* found = tree == nullptr ? nullptr : find(xmlDocGetRootElement(tree), name);
    if (found == nullptr) return "(none)";
    xmlChar* content = xmlNodeGetContent(found);
    std::string copy = reinterpret_cast<const char*>(content);
    xmlFree(content);
    return copy;
  }
  static const xmlNode* find(const xmlNode* node, std::string_view name) {
    for (; node != nullptr; node = node->next) {
      if (node->type == XML_ELEMENT_NODE && name == reinterpret_cast<const char*>(node->name)) return node;
      if (const xmlNode* inner = find(node->children, name)) return inner;
    }
    return nullptr;
  }
  xmlDoc* tree;
};

std::string written(MockHost& host, const std::vector<TestRecord>& records) {
  auto [status, text] = host.write(winnow_plugin_v1.stage(0), records);
  EXPECT_EQ(status, WINNOW_OK);
  return text;
}

TEST(EndnoteXml, writesAnArticle) {
  MockHost host;
  const std::string text = written(host, {{{"type", "article-journal"},
                                           {"title", "Peers & work"},
                                           {"author.family", "Berg"},
                                           {"author.given", "Anna"},
                                           {"author.literal", "The Peer Group"},
                                           {"issued.year", "2019"},
                                           {"issued.month", "3"},
                                           {"issued.day", "12"},
                                           {"container.title", "Journal of Examples"},
                                           {"container.abbreviation", "J Ex"},
                                           {"page", "12-19"},
                                           {"id.issn", "1234-567X"},
                                           {"id.isbn", "9780306406157"},
                                           {"abstract", "One.\nTwo."},
                                           {"keyword", "peers"}}});
  EXPECT_NE(text.find("<ref-type name=\"Journal Article\">17</ref-type><contributors><authors><author><style "
                      "face=\"normal\" font=\"default\" size=\"100%\">Berg, Anna</style></author>"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find(">One.&#xD;Two.</style></abstract>"), std::string::npos);
  const Document document(text);
  ASSERT_NE(document.tree, nullptr);
  EXPECT_EQ(document.text("title"), "Peers & work");
  EXPECT_EQ(document.text("authors"), "Berg, AnnaThe Peer Group,");
  EXPECT_EQ(document.text("full-title"), "Journal of Examples");
  EXPECT_EQ(document.text("abbr-1"), "J Ex");
  EXPECT_EQ(document.text("date"), "Mar 12");
  EXPECT_EQ(document.text("isbn"), "1234-567X\r9780306406157");
  EXPECT_NE(document.text("custom4").find("{\"abstract\":\"One.\\nTwo.\"}"), std::string::npos);
  EXPECT_TRUE(host.diagnostics.empty());
}

TEST(EndnoteXml, noRecordsAreStillADocument) {
  MockHost host;
  EXPECT_NE(Document(written(host, {})).tree, nullptr);
}

TEST(EndnoteXml, isWellFormedForEveryByteAndManyCharacters) {
  MockHost host;
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all.append("a").push_back(static_cast<char>(byte));
  for (const char* text :
       {"\xED\xA0\x80", "\xEF\xBF\xBE", "\xEF\xBF\xBF", "\xF4\x90\x80\x80", "\xC0\xAF", "\xF0\x9F\x98\x80", "]]>",
        "</record>", "&nbsp;", "<!-- ", "\xE2\x80\xA8", "\xC2\x85", "\xF0\x9F"})
    all.append(text);
  const std::string text =
      written(host, {{{"type", "book"}, {"title", all}, {"note", all}, {"author.literal", all}, {"url", all}}});
  const Document document(text);
  ASSERT_NE(document.tree, nullptr) << text;
  EXPECT_NE(document.text("title").find("]]></record>&nbsp;<!-- "), std::string::npos);
  EXPECT_NE(document.text("title").find("\xF0\x9F\x98\x80"), std::string::npos);
}

TEST(EndnoteXml, removedCharactersAreToldAndKept) {
  MockHost host;
  const std::string text = written(host, {{{"type", "book"},
                                           {"title",
                                            "a\x01"
                                            "b\x02"}}});
  const Document document(text);
  EXPECT_EQ(document.text("title"), "ab");
  EXPECT_NE(document.text("custom4").find("{\"title\":\"a\\u0001b\\u0002\"}"), std::string::npos);
  ASSERT_EQ(host.diagnostics.size(), 1u);
  EXPECT_EQ(host.diagnostics[0].code, "endnote-xml.control-char");
  EXPECT_EQ(host.diagnostics[0].message, "tag \"title\" holds 2 characters that XML cannot hold");
  EXPECT_EQ(host.diagnostics[0].action, "removed from the element, kept in the winnow line");
  EXPECT_EQ(host.diagnostics[0].record, 1u);
}

TEST(EndnoteXml, theWinnowLineKeepsWhatXmlHasNoElementFor) {
  MockHost host;
  const Document document(
      written(host, {{{"type", "figure"}, {"id.pmid", "123"}, {"issued.year", "2019"}, {"issued.month", "3"}}}));
  EXPECT_EQ(document.text("ref-type"), "13");
  const std::string line = document.text("custom4");
  EXPECT_EQ(line.substr(0, 20), "winnow:{\"replace\":[\"");
  for (const char* field : {"{\"type\":\"figure\"}", "{\"id.pmid\":\"123\"}", "{\"issued.month\":\"3\"}"})
    EXPECT_NE(line.find(field), std::string::npos) << field;
}

TEST(EndnoteXml, votesStayOut) {
  MockHost host;
  EXPECT_EQ(written(host, {{{"type", "book"}, {"vote.note", "secret"}, {"record.key", "k1"}}}).find("secret"),
            std::string::npos);
}

}  // namespace
