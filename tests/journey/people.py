"""What people do with sheets: open the workbook that winnow wrote, fill in cells, save it as they like.

Workbooks are read with the standard library alone, so that nothing of the program under test reads its own output.
"""
import csv, io, re, zipfile
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def place(reference):
    """(row, column) of "C4", both from 0."""
    letters, digits = re.match(r"([A-Z]+)(\d+)", reference).groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(digits) - 1, column - 1


def pages(path):
    """The pages of a workbook by name: rows of texts."""
    with zipfile.ZipFile(path) as archive:
        relations = {r.get("Id"): r.get("Target") for r in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))}
        found = {}
        for sheet in ElementTree.fromstring(archive.read("xl/workbook.xml")).find(MAIN + "sheets"):
            target = relations[sheet.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id")]
            rows = []
            for cell in ElementTree.fromstring(archive.read("xl/" + target)).iter(MAIN + "c"):
                row, column = place(cell.get("r"))
                while len(rows) <= row:
                    rows.append([])
                rows[row] += [""] * (column + 1 - len(rows[row]))
                rows[row][column] = "".join(t.text or "" for t in cell.iter() if t.tag in (MAIN + "t", MAIN + "v"))
            found[sheet.get("name")] = rows
        return found


class Sheet:
    """The page that is filled in: its rows as dictionaries by heading."""

    def __init__(self, path):
        rows = next(iter(pages(path).values()))
        self.headings = rows[0]
        self.rows = [dict(zip(self.headings, row + [""] * (len(self.headings) - len(row)))) for row in rows[1:]]

    def csv(self, path, delimiter=";", encoding="cp1252", headings=None):
        """As an Excel with a comma for decimals saves it."""
        headings = headings or self.headings
        out = io.StringIO()
        table = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
        table.writerow(headings)
        table.writerows([row[h] for h in headings] for row in self.rows)
        path.write_bytes(out.getvalue().encode(encoding, "replace"))

    def xlsx(self, path):
        """As a spreadsheet saves it: texts in a table of their own, numbers as numbers."""
        shared, body = [], ""
        escape = lambda t: t.replace("&", "&amp;").replace("<", "&lt;")
        letters = lambda i: chr(65 + i) if i < 26 else chr(64 + i // 26) + chr(65 + i % 26)
        for r, row in enumerate([dict(zip(self.headings, self.headings))] + self.rows):
            cells = ""
            for c, heading in enumerate(self.headings):
                text = row[heading]
                if re.fullmatch(r"[1-9]\d{0,9}", text):
                    cells += '<c r="%s%d"><v>%s</v></c>' % (letters(c), r + 1, text)
                elif text:
                    shared.append(text)
                    cells += '<c r="%s%d" t="s"><v>%d</v></c>' % (letters(c), r + 1, len(shared) - 1)
            body += '<row r="%d">%s</row>' % (r + 1, cells)
        kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
            z.writestr("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>')
            z.writestr("xl/workbook.xml", '<workbook xmlns="%s" xmlns:r="%s"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>' % (MAIN[1:-1], kinds))
            z.writestr("xl/_rels/workbook.xml.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="%s/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="%s/sharedStrings" Target="sharedStrings.xml"/></Relationships>' % (kinds, kinds))
            z.writestr("xl/worksheets/sheet1.xml", '<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (MAIN[1:-1], body))
            z.writestr("xl/sharedStrings.xml", '<sst xmlns="%s">%s</sst>' % (MAIN[1:-1], "".join("<si><t xml:space=\"preserve\">%s</t></si>" % escape(t) for t in shared)))
