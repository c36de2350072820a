#!/usr/bin/env python3
"""Prints Widths.cpp: advance widths of Liberation Sans and DejaVu Sans, the larger of the two for each character.

usage: make_widths.py LIBERATION_FOLDER DEJAVU_FOLDER > Widths.cpp       (needs the Python package fonttools)
Not part of the build: the table is committed, so that a picture has the same bytes whatever fonts a machine has.
"""
import sys

from fontTools.ttLib import TTFont

# What titles, names and labels of reviews are written in: Latin, Greek and Cyrillic with their extensions, punctuation.
# Combining marks (U+0300..U+036F) take no room of their own and stay out.
RANGES = [(0x20, 0x7E), (0xA0, 0x2FF), (0x370, 0x482), (0x48A, 0x52F), (0x1E00, 0x1EFF), (0x2010, 0x2027), (0x202F, 0x203A),
          (0x2070, 0x209C), (0x20A0, 0x20BF), (0x2190, 0x2193), (0x2200, 0x22FF)]


def widths(path):
    font = TTFont(path)
    scale = 1000 / font["head"].unitsPerEm
    metrics = font["hmtx"]
    return {code: -int(-metrics[glyph][0] * scale // 1) for code, glyph in font.getBestCmap().items()}


def table(name, fonts):
    values = []
    for first, last in RANGES:
        for code in range(first, last + 1):
            values.append(max((font[code] for font in fonts if code in font), default=None))
    lines = ["constexpr std::uint16_t k%s[] = {" % name]
    row = "   "
    for value in values:
        cell = " %s," % ("kNone" if value is None else value)
        if len(row) + len(cell) > 120:
            lines.append(row)
            row = "   "
        row += cell
    return lines + [row, "};"]


def main():
    liberation, dejavu = sys.argv[1:]
    out = ["// Made by make_widths.py from Liberation Sans 2.1.5 (the metrics of Arial and Helvetica) and DejaVu Sans 2.37.",
           "// clang-format off", '#include "Widths.hpp"', "", "namespace winnow::picture {", "", "namespace {", "",
           "constexpr std::uint16_t kNone = 0xFFFF;", "",
           "struct Range {", "  char32_t first, last;", "};",
           "constexpr Range kRanges[] = {"] + ["    {0x%X, 0x%X}," % r for r in RANGES] + ["};", ""]
    for name in ("Regular", "Bold"):
        fonts = [widths("%s/LiberationSans-%s.ttf" % (liberation, name)),
                 widths("%s/DejaVuSans%s.ttf" % (dejavu, "" if name == "Regular" else "-Bold"))]
        out += table(name, fonts) + [""]
    out += ["}  // namespace", "",
            "std::optional<std::uint16_t> tabulatedWidth(char32_t c, Weight weight) noexcept {",
            "  std::size_t begin = 0;",
            "  for (const Range& range : kRanges) {",
            "    if (c < range.first) return std::nullopt;",
            "    if (c <= range.last) {",
            "      const std::uint16_t width = (weight == Weight::Bold ? kBold : kRegular)[begin + c - range.first];",
            "      return width == kNone ? std::nullopt : std::optional(width);",
            "    }",
            "    begin += range.last - range.first + 1;",
            "  }",
            "  return std::nullopt;",
            "}", "", "}  // namespace winnow::picture"]
    print("\n".join(out))


if __name__ == "__main__":
    main()
