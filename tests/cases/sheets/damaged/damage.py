# Fills in the sheet that winnow wrote, saves it as people and spreadsheets do, and prints what a run made of each.
import csv, io, os, pathlib, re, shutil, subprocess, zipfile

ANSWERS = [("include", "", "ja"), ("exclude", "indoors", ""), ("maybe", "", "3/4?"), ("include", "", ""), ("exclude", "participants", "ikke slag – friske"), ("", "", "")]
SHEET = pathlib.Path("out/sheets/titles/KÅ.csv")


def run():
    done = subprocess.run(["winnow", "run", "review.yaml"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def rows_of(text):
    return list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))


def text_of(rows, delimiter=",", mark="\ufeff", quote=csv.QUOTE_MINIMAL, end="\r\n"):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=quote, lineterminator=end).writerows(rows)
    return mark + out.getvalue()


def column(rows, name):
    return rows[0].index(name)


def changed(rows, name, change):
    c = column(rows, name)
    return [rows[0]] + [[change(i, cell) if k == c else cell for k, cell in enumerate(row)] for i, row in enumerate(rows[1:])]


def without(rows, *names):
    keep = [i for i, name in enumerate(rows[0]) if name not in names]
    return [[row[i] for i in keep] for row in rows]


def reordered(rows, order):
    return [[row[i] for i in order] for row in rows]


def workbook(pages):
    letters = lambda i: chr(65 + i) if i < 26 else chr(64 + i // 26) + chr(65 + i % 26)
    escape = lambda t: t.replace("&", "&amp;").replace("<", "&lt;")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        names = "".join('<sheet name="%s" sheetId="%d" r:id="rId%d"/>' % (escape(n), i + 1, i + 1) for i, (n, _) in enumerate(pages))
        z.writestr("xl/workbook.xml", '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>%s</sheets></workbook>' % names)
        z.writestr("xl/_rels/workbook.xml.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>' % "".join(
            '<Relationship Id="rId%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet%d.xml"/>' % (i + 1, i + 1) for i in range(len(pages))))
        z.writestr("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>')
        for i, (_, rows) in enumerate(pages):
            body = ""
            for r, row in enumerate(rows):
                cells = "".join('<c r="%s%d" t="inlineStr"><is><t>%s</t></is></c>' % (letters(c), r + 1, escape(cell)) for c, cell in enumerate(row) if cell)
                body += '<row r="%d">%s</row>' % (r + 1, cells)
            z.writestr("xl/worksheets/sheet%d.xml" % (i + 1), '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>' % body)
    return out.getvalue()


run()
full = rows_of(SHEET.read_text(encoding="utf-8"))
for row, (decision, reason, note) in zip(full[1:], ANSWERS):
    row[0], row[1], row[2] = decision, reason, note
wide = [row + ["", "", ""] for row in full] + [[""] * (len(full[0]) + 3)] * 4
backwards = reordered(full, range(len(full[0]) - 1, -1, -1))
keyless = changed(full, "record", lambda i, c: "")
numbers = [i for i, n in enumerate(full[0]) if n == "number"][0]
utf8 = lambda rows, **how: text_of(rows, **how).encode("utf-8")
SAVED = [
    ("as it was written", "csv", utf8(full)),
    ("semicolon", "csv", utf8(full, delimiter=";")),
    ("tab", "csv", utf8(full, delimiter="\t")),
    ("without the mark", "csv", utf8(full, mark="")),
    ("sep=; above", "csv", b"\xef\xbb\xbfsep=;\r\n" + utf8(full, delimiter=";", mark="")),
    ("sep=, quoted by a spreadsheet", "csv", b'"sep=,"\r\n' + utf8(full, mark="")),
    ("Windows-1252, semicolon", "csv", text_of(full, ";", "").encode("cp1252", "replace")),
    ("UTF-16 (Unicode text)", "csv", text_of(full, "\t", "").encode("utf-16")),
    ("line feeds only", "csv", utf8(full, end="\n")),
    ("every cell quoted", "csv", utf8(full, quote=csv.QUOTE_ALL)),
    ("empty rows and columns at the end", "csv", utf8(wide)),
    ("empty rows between", "csv", utf8([r for row in full for r in (row, [""] * len(row))])),
    ("columns in another order", "csv", utf8(backwards)),
    ("rows sorted by decision", "csv", utf8([full[0]] + sorted(full[1:]))),
    ("headings again in the midst", "csv", utf8(full[:4] + [full[0]] + full[4:])),
    ("two sheets glued, other order", "csv", utf8(full[:4]) + utf8([backwards[0]] + backwards[4:])),
    ("a title above the headings", "csv", utf8([["Titles, read in January"], []] + full)),
    ("headings in capitals with blanks", "csv", utf8([[" %s " % n.upper() for n in full[0]]] + full[1:])),
    ("words in capitals, a blank behind", "csv", utf8(changed(full, "decision", lambda i, c: c.capitalize() and c.capitalize() + "\u00a0"))),
    ("leading zeros gone, no key", "csv", utf8(changed(changed(keyless, "number", lambda i, c: c.lstrip("0")), "doi", lambda i, c: ""))),
    ("numbers as powers, no key", "csv", utf8(changed(keyless, "number", lambda i, c: "100000" if c == "1E5" else c))),
    ("notes turned to dates", "csv", utf8(changed(full, "note", lambda i, c: "03.apr" if c.startswith("3/4") else c))),
    ("DOI without its address, no key", "csv", utf8(changed(keyless, "doi", lambda i, c: c.replace("https://doi.org/", "")))),
    ("only key and decision", "csv", utf8(without(full, *[n for n in full[0] if n not in ("record", "reviewer", "decision", "reason")]))),
    ("a column of one's own", "csv", utf8([row + [extra] for row, extra in zip(full, ["my view"] + ["x"] * 6)])),
    ("a cell beside the table", "csv", utf8(full[:3] + [full[3] + ["", "ask Nils"]] + full[4:])),
    ("decision twice, the second empty", "csv", utf8([row + ["decision" if i == 0 else ""] for i, row in enumerate(full)])),
    ("decision twice, not the same", "csv", utf8([row + ["decision" if i == 0 else "exclude"] for i, row in enumerate(full)])),
    ("a quote never closed", "csv", utf8(full).replace(b"A club that closed", b'"A club that closed')),
    ("workbook", "xlsx", workbook([("KÅ", full)])),
    ("workbook with a page of notes", "xlsx", workbook([("notes", [["to do"], ["call Nils"]]), ("KÅ", full)])),
    ("workbook of notes only", "xlsx", workbook([("notes", [["to do"], ["call Nils"]])])),
    ("no column decision", "csv", utf8(without(full, "decision"))),
    ("decision spelt otherwise", "csv", utf8([["decison"] + full[0][1:]] + full[1:])),
    ("no headings", "csv", utf8(full[1:])),
    ("words that are none", "csv", utf8(changed(full, "decision", lambda i, c: c and "perhaps"))),
    ("a reason that is none", "csv", utf8(changed(full, "reason", lambda i, c: c and "indors"))),
    ("another reader's name", "csv", utf8(changed(full, "reviewer", lambda i, c: "KA"))),
    ("keys cut off", "csv", utf8(changed(changed(changed(full, "record", lambda i, c: c[:6]), "doi", lambda i, c: ""), "number", lambda i, c: ""))),
    ("a web page", "csv", b"<html><body><table><tr><td>decision</td></tr></table></body></html>"),
    ("cut in the midst of a row", "csv", utf8(full)[:-700]),
    ("an OpenDocument sheet", "ods", None),
    ("an Excel file of 1997", "xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)),
    ("workbook cut off", "xlsx", workbook([("KÅ", full)])[:-200]),
    ("blank rows and a late sheet in a workbook", "xlsx", workbook([("KÅ", [[], ["Titles"], []] + full)])),
    ("empty file", "csv", b""),
    ("open beside", "csv", utf8(full)),
]
ods = io.BytesIO()
with zipfile.ZipFile(ods, "w") as z:
    z.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    z.writestr("content.xml", "<office:document-content/>")
for name, kind, data in SAVED:
    data = ods.getvalue() if data is None else data
    shutil.rmtree("decisions", ignore_errors=True)
    os.makedirs("decisions")
    for gone in ("review.ledger", "review.lock"):
        pathlib.Path(gone).unlink(missing_ok=True)
    shutil.rmtree("out", ignore_errors=True)
    pathlib.Path("decisions/titles-KÅ." + kind).write_bytes(data)
    if name == "open beside":
        pathlib.Path("decisions/~$titles-KÅ.xlsx").write_bytes(b"\x02KA")
    status, out, err = run()
    step = [" ".join(line.split()) for line in out.splitlines() if line.startswith("titles ")]
    again = SHEET.read_text(encoding="utf-8") if SHEET.exists() else ""
    words = "came back equal" if rows_of(again) == full else "%d answered" % sum(bool(row[0]) for row in rows_of(again)[1:]) if again else "no sheet"
    print("\n%s: exit %d, %s\n  %s" % (name, status, words, step[0] if step else "no result"))
    for line in err.splitlines():
        line = re.sub(r"\br:[0-9a-f]+", "KEY", line)
        if "waiting for" not in line:
            print("    " + line)
