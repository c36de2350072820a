#include <gtest/gtest.h>

#include <string>

#include "endnote-xml/StyleTags.hpp"

using winnow::endnote::StyleTags;

namespace {
const std::string kTag = "<style face=\"normal\" font=\"default\" size=\"100%\">";
std::string bare(const std::string& text) { return std::string(StyleTags().withoutThem(text)); }
}  // namespace

TEST(StyleTags, WordsStayAlone) {
  EXPECT_EQ(bare("<t>" + kTag + "Peers</style></t>"), "<t>Peers</t>");
  EXPECT_EQ(bare("<t>" + kTag + "H</style><style  face=\"subscript\" >2</style>" + kTag + "O &amp; C</style></t>"),
            "<t>H2O &amp; C</t>");
  EXPECT_EQ(bare("<t>" + kTag + "</style>\n</t>"), "<t>\n</t>");
  EXPECT_EQ(bare("<t>no style</t>"), "<t>no style</t>");
}

TEST(StyleTags, WhatIsNotBeyondDoubtStays) {
  for (const std::string& text :
       {"<t><![CDATA[" + kTag + "x</style>]]></t>",           // text that looks like a tag
        "<t><!-- --><a>" + kTag + "x</style></a></t>",        //
        "<t>" + kTag + "a<b/></style></t>",                   // more than words
        "<t>a" + kTag + "b</style></t>",                      // behind words, which it might complete
        "<t>" + kTag + "a &am</style>p;</t>",                 // a reference that the end tag cuts
        "<t>" + kTag + "a &amp; b &am</style><b>p;</b></t>",  //
        "<t>" + kTag + "a</style ></t>",
        "<t>" + kTag + "a",                                            // no end tag of that form
        std::string("<t><style face=\"a\" face=\"b\">x</style></t>"),  // not well-formed, which must be told
        std::string("<t><style face=\"a&b\">x</style></t>"),           //
        std::string("<t><style face=\"a\"size=\"b\">x</style></t>"),
        std::string("<t><style face=a>x</style></t>"),
        std::string("<t><style face>x</style></t>"),
        std::string("<t><style -a=\"b\">x</style></t>"),
        std::string("<t><style xmlns=\"urn:other\">x</style></t>"),
        std::string("<t><style a=\"b\"\nc=\"d\">x</style></t>"),  // lines count
        std::string("<t><style a=\"b\"/></t>"),
        std::string("<t><styles a=\"b\">x</styles></t>"),
        std::string("<style "),
        std::string("<t><style a=\"")})
    EXPECT_EQ(bare(text), text);
}

TEST(StyleTags, OneTagAfterAnother) {
  StyleTags tags;
  EXPECT_EQ(tags.withoutThem("<t>" + kTag + "a</style></t>"), "<t>a</t>");
  EXPECT_EQ(tags.withoutThem("<t><style face=\"bold\">b</style></t>"), "<t>b</t>");
  const std::string broken = "<t><style face=\"bold\"\">b</style></t>";
  EXPECT_EQ(tags.withoutThem(broken), broken);
}
