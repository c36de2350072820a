#!/usr/bin/env python3
"""Writes words.inc: the words that tell a misprint from another word.

  plugins/filters/duplicates/words/make_words.py --drugs FOLDER > plugins/filters/duplicates/words/words.inc

Sources, all free to redistribute:
- SCOWL 2020.12.07 by Kevin Atkinson (Debian package scowl, its own permissive licence): American, British and other
  English spellings and proper names up to size 70, the size of a large desk dictionary.
- ISO 3166-1 as in iso-codes (Debian package iso-codes, LGPL-2.1+; the names themselves are facts).
- Names of medicines: DrugBank's open vocabulary (CC0 1.0), as packed in the wheel of drug-named-entity-recognition
  (PyPI); FOLDER holds that wheel. Only names of one word; the bulk of systematic chemical names is left out.

Only plain letters, four or more: shorter words are never taken for misprints. Sorted, 64 a line: binary search over lines,
front coding within a line. Its first word is whole; before what is new of each other word a character says how many letters
it shares with the word before it: "0" none, "9" nine, and what follows in ASCII. Behind the name of a country or a medicine
stands a star.
"""
import argparse, bz2, glob, io, json, os, pickle, re, unicodedata, zipfile

SCOWL = re.compile(r"(english|american|british|british_z|australian|canadian|variant_\d|british_variant_\d)-(words|upper|proper-names)\.(\d+)$")
LARGEST = 70
WORDS_A_LINE = 64


class Plain(pickle.Unpickler):
    """Dictionaries, lists and texts only."""
    def find_class(self, module, name):
        raise ValueError("the wheel holds more than data: %s.%s" % (module, name))


def folded(text):
    text = unicodedata.normalize("NFKD", text.lower())
    return "".join(c for c in text if not unicodedata.combining(c))


def scowl():
    for path in sorted(glob.glob("/usr/share/dict/scowl/*")):
        found = SCOWL.match(os.path.basename(path))
        if found and int(found[3]) <= LARGEST:
            with open(path, encoding="latin-1") as file:
                yield from (line.strip() for line in file)


def countries():
    with open("/usr/share/iso-codes/json/iso_3166-1.json", encoding="utf-8") as file:
        for entry in json.load(file)["3166-1"]:
            for key in ("name", "common_name", "official_name"):
                yield from re.split(r"[^\w]+", entry.get(key, ""))


def medicines(folder):
    wheel = glob.glob(os.path.join(folder, "drug_named_entity_recognition-*.whl"))[0]
    data = bz2.decompress(zipfile.ZipFile(wheel).read("drug_named_entity_recognition/drug_ner_dictionary.pkl.bz2"))
    for name, entry in Plain(io.BytesIO(data)).load()["drug_canonical_to_data"].items():
        if "drugbank_id" in entry:
            yield name


def line_of(words):
    """Words in order as one line."""
    line, before = "", ""
    for word in words:
        shared = len(os.path.commonprefix((before.rstrip("*"), word)))
        assert shared < ord("a") - ord("0"), word
        line += (chr(ord("0") + shared) if before else "") + word[shared:]
        before = word
    return line


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--drugs", required=True)
    drugs = parser.parse_args().drugs
    words = {folded(w) for w in scowl()}
    names = {folded(w) for source in (countries(), medicines(drugs)) for w in source}
    print("// Made by make_words.py, which names the sources and their licences. Do not edit.")
    print('R"(')
    listed = [w + ("*" if w in names else "") for w in sorted(words | names) if re.fullmatch("[a-z]{4,}", w)]
    for begin in range(0, len(listed), WORDS_A_LINE):
        print(line_of(listed[begin:begin + WORDS_A_LINE]))
    print(')"')


if __name__ == "__main__":
    main()
