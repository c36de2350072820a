#!/usr/bin/env python3
"""Writes a TrueType font with its outlines, widths and characters, and without what only other uses of it need.

  without_hints.py FONT OUTPUT

Pictures are drawn without hints (Print.cpp), from glyphs that are chosen and placed by the exporter: instructions, which are half of the font, kerning,
features and names of glyphs are never read. The font's own name goes as well: its licence (SIL OFL 1.1) reserves it for the font as it was published.
The tables are those of the OpenType specification, 1.9.
"""
import struct, sys

KEPT = (b"OS/2", b"cmap", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp", b"post")
WORDS, SCALE, MORE, TWO_SCALES, FOUR_SCALES, INSTRUCTIONS = 0x1, 0x8, 0x20, 0x40, 0x80, 0x100  # flags of a component


def tables_of(font):
    count = struct.unpack_from(">H", font, 4)[0]
    rows = (struct.unpack_from(">4sLLL", font, 12 + 16 * i) for i in range(count))
    return {tag: font[offset:offset + length] for tag, _, offset, length in rows}


def simple(glyph, contours):
    at = 10 + 2 * contours
    length = struct.unpack_from(">H", glyph, at)[0]
    return glyph[:at] + b"\0\0" + glyph[at + 2 + length:]


def composite(glyph):
    changed, at, flags = bytearray(glyph), 10, MORE
    while flags & MORE:
        flags = struct.unpack_from(">H", glyph, at)[0]
        struct.pack_into(">H", changed, at, flags & ~INSTRUCTIONS)
        at += 4 + (4 if flags & WORDS else 2) + (2 if flags & SCALE else 4 if flags & TWO_SCALES else 8 if flags & FOUR_SCALES else 0)
    return bytes(changed[:at])


def outlines(tables):
    """The tables glyf and loca, and the latter's format."""
    count, long_offsets = struct.unpack_from(">H", tables[b"maxp"], 4)[0], struct.unpack_from(">h", tables[b"head"], 50)[0]
    offsets = struct.unpack(">%d%s" % (count + 1, "L" if long_offsets else "H"), tables[b"loca"])
    offsets = offsets if long_offsets else [2 * o for o in offsets]
    glyphs, places = bytearray(), [0]
    for begin, end in zip(offsets, offsets[1:]):
        glyph = tables[b"glyf"][begin:end]
        if glyph:
            contours = struct.unpack_from(">h", glyph)[0]
            glyphs += simple(glyph, contours) if contours >= 0 else composite(glyph)
            glyphs += b"\0" * (-len(glyphs) % 4)
        places.append(len(glyphs))
    return bytes(glyphs), struct.pack(">%dL" % len(places), *places), 1


def checksum(data):
    data += b"\0" * (-len(data) % 4)
    return sum(struct.unpack(">%dL" % (len(data) // 4), data)) & 0xFFFFFFFF


def written(tables):
    power = 1 << (len(tables).bit_length() - 1)
    directory = struct.pack(">LHHHH", 0x00010000, len(tables), 16 * power, power.bit_length() - 1, 16 * (len(tables) - power))
    body, at = b"", 12 + 16 * len(tables)
    for tag, data in sorted(tables.items()):
        directory += struct.pack(">4sLLL", tag, checksum(data), at + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    font = directory + body
    adjustment = font.index(tables[b"head"]) + 8
    return font[:adjustment] + struct.pack(">L", (0xB1B0AFBA - checksum(font)) & 0xFFFFFFFF) + font[adjustment + 4:]


def main():
    with open(sys.argv[1], "rb") as file:
        tables = {tag: data for tag, data in tables_of(file.read()).items() if tag in KEPT}
    tables[b"glyf"], tables[b"loca"], form = outlines(tables)
    head = tables[b"head"]
    tables[b"head"] = head[:8] + b"\0\0\0\0" + head[12:50] + struct.pack(">h", form) + head[52:]
    tables[b"post"] = struct.pack(">L", 0x00030000) + tables[b"post"][4:32]  # without names of glyphs
    with open(sys.argv[2], "wb") as file:
        file.write(written(tables))


if __name__ == "__main__":
    main()
