#include "WordStyles.hpp"

#include <cmath>

#include "Package.hpp"

namespace winnow::office {

namespace {

constexpr const char* kWord = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

/// One paragraph style. Sizes in half points, distances in twentieths of a point; outline 0: no heading.
struct ParagraphStyle {
  Paragraph kind;
  const char* name;
  double factor;  ///< of the text's size
  int before, after;
  const char* run;
  const char* first;  ///< in the order of ECMA-376: before the distances
  const char* last;   ///< and behind them
};
constexpr ParagraphStyle kStyles[] = {
    {Paragraph::Title, "Title", 1.7, 0, 160, "<w:b/>", "", ""},
    {Paragraph::Heading1, "heading 1", 1.35, 320, 100, "<w:b/><w:color w:val=\"1B4F85\"/>", "<w:keepNext/>",
     "<w:outlineLvl w:val=\"0\"/>"},
    {Paragraph::Heading2, "heading 2", 1.15, 240, 80, "<w:b/>", "<w:keepNext/>", "<w:outlineLvl w:val=\"1\"/>"},
    {Paragraph::Heading3, "heading 3", 1, 200, 60, "<w:b/><w:i/>", "<w:keepNext/>", "<w:outlineLvl w:val=\"2\"/>"},
    {Paragraph::Caption, "caption", 1, 120, 80, "", "<w:keepNext/>", ""},
    {Paragraph::TableText, "Table Text", 0.85, 20, 20, "", "", ""},
    {Paragraph::Note, "Table Note", 0.8, 60, 60, "", "", ""},
    {Paragraph::Bullet, "List Bullet", 1, 0, 60, "", "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>",
     ""},
    {Paragraph::Code, "Code", 0.85, 0, 0,
     "<w:rFonts w:ascii=\"Courier New\" w:hAnsi=\"Courier New\" w:cs=\"Courier New\"/>", "", ""},
};

std::string halfPoints(double points) { return std::to_string(std::lround(points * 2)); }

}  // namespace

std::string_view styleId(Paragraph kind) {
  switch (kind) {
    case Paragraph::Title:
      return "Title";
    case Paragraph::Heading1:
      return "Heading1";
    case Paragraph::Heading2:
      return "Heading2";
    case Paragraph::Heading3:
      return "Heading3";
    case Paragraph::Caption:
      return "Caption";
    case Paragraph::TableText:
      return "TableText";
    case Paragraph::Note:
      return "TableNote";
    case Paragraph::Bullet:
      return "ListBullet";
    case Paragraph::Code:
      return "Code";
    default:
      return "Normal";
  }
}

std::string contentTypes() {
  const auto part = [](const char* name, const char* kind) {
    return std::string("<Override PartName=\"/") + name + "\" ContentType=\"application/vnd.openxmlformats-" + kind +
           "+xml\"/>";
  };
  return std::string(kXmlDeclaration) +
         "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" "
         "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" "
         "ContentType=\"application/xml\"/><Default Extension=\"png\" ContentType=\"image/png\"/>" +
         part("word/document.xml", "officedocument.wordprocessingml.document.main") +
         part("word/styles.xml", "officedocument.wordprocessingml.styles") +
         part("word/numbering.xml", "officedocument.wordprocessingml.numbering") +
         part("word/footer1.xml", "officedocument.wordprocessingml.footer") +
         part("docProps/core.xml", "package.core-properties") + "</Types>";
}

std::string packageRelations() {
  return std::string(kXmlDeclaration) +
         "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship "
         "Id=\"rId1\" "
         "Type=\"" +
         std::string(kOfficeRelations) +
         "officeDocument\" Target=\"word/document.xml\"/><Relationship "
         "Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" "
         "Target=\"docProps/core.xml\"/></Relationships>";
}

std::string documentHead() {
  return std::string(kXmlDeclaration) + "<w:document " + kWord +
         " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" "
         "xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" "
         "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
         "xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\" "
         "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" "
         "xmlns:wpg=\"http://schemas.microsoft.com/office/word/2010/wordprocessingGroup\" "
         "xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\"><w:body>";
}

std::string documentRelations(const std::string& more) {
  const auto relation = [](const char* id, const char* kind, const char* target) {
    return std::string("<Relationship Id=\"") + id + "\" Type=\"" + std::string(kOfficeRelations) + kind +
           "\" Target=\"" + target + "\"/>";
  };
  return std::string(kXmlDeclaration) +
         "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" +
         relation("rIdStyles", "styles", "styles.xml") + relation("rIdNumbering", "numbering", "numbering.xml") +
         relation("rIdFooter", "footer", "footer1.xml") + more + "</Relationships>";
}

std::string wordStyles(const std::string& font, double size) {
  const std::string face = xmlText(font);
  std::string out =
      std::string(kXmlDeclaration) + "<w:styles " + kWord +
      "><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"" + face + "\" w:hAnsi=\"" + face + "\" w:cs=\"" +
      face + "\"/><w:sz w:val=\"" + halfPoints(size) + "\"/><w:szCs w:val=\"" + halfPoints(size) +
      "\"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
      "<w:spacing w:after=\"120\" w:line=\"264\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults>"
      "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>"
      "<w:style w:type=\"paragraph\" w:styleId=\"Figure\"><w:name w:val=\"Figure\"/><w:basedOn "
      "w:val=\"Normal\"/><w:pPr><w:keepNext/><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"240\" "
      "w:lineRule=\"auto\"/></w:pPr></w:style>"
      "<w:style w:type=\"character\" w:styleId=\"Hyperlink\"><w:name w:val=\"Hyperlink\"/><w:rPr><w:color "
      "w:val=\"1B4F85\"/><w:u w:val=\"single\"/></w:rPr></w:style>";
  for (const ParagraphStyle& style : kStyles) {
    const std::string sz = halfPoints(size * style.factor);
    const bool isTable = style.kind == Paragraph::TableText || style.kind == Paragraph::Code;
    out += "<w:style w:type=\"paragraph\" w:styleId=\"" + std::string(styleId(style.kind)) + "\"><w:name w:val=\"" +
           style.name + "\"/><w:basedOn w:val=\"Normal\"/><w:pPr>" + style.first + "<w:spacing w:before=\"" +
           std::to_string(style.before) + "\" w:after=\"" + std::to_string(style.after) + "\"" +
           (isTable ? " w:line=\"240\" w:lineRule=\"auto\"" : "") + "/>" + style.last + "</w:pPr><w:rPr>" + style.run +
           "<w:sz w:val=\"" + sz + "\"/><w:szCs w:val=\"" + sz + "\"/></w:rPr></w:style>";
  }
  return out + "</w:styles>";
}

std::string wordNumbering() {
  return std::string(kXmlDeclaration) + "<w:numbering " + kWord +
         "><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"bullet\"/>"
         "<w:lvlText w:val=\"•\"/><w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"360\" "
         "w:hanging=\"260\"/></w:pPr></w:lvl>"
         "</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>";
}

std::string wordFooter() {
  return std::string(kXmlDeclaration) + "<w:ftr " + kWord +
         "><w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r><w:fldChar "
         "w:fldCharType=\"begin\"/></w:r><w:r><w:instrText "
         "xml:space=\"preserve\"> PAGE </w:instrText></w:r><w:r><w:fldChar "
         "w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t>"
         "</w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p></w:ftr>";
}

}  // namespace winnow::office
