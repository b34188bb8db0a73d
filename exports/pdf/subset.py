"""A face inside one document: which glyphs are used, and the embedded subset with its way back to text."""

from __future__ import annotations

import hashlib
import struct

import uharfbuzz as hb  # type: ignore[import-untyped]
from reportlab.pdfbase import pdfdoc

from exports.pdf.fonts import Face
from exports.pdf.objects import reference, stream
from exports.pdf.shaping import GlyphRun, recode

# Tables that a PDF reader does not read: shaping is done, names and metrics stand in the PDF.
_DROPPED_TABLES = (
    "GSUB",
    "GPOS",
    "GDEF",
    "BASE",
    "name",
    "STAT",
    "vhea",
    "vmtx",
    "VORG",
    "OS/2",
    "post",
    "DSIG",
)
_SUBSET_FLAGS = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
_ITALIC_ANGLE = -12
_LAST_CODE = 0xFFFF  # those for a glyph's further texts are taken from the end
_CMAP_HEAD = (
    "/CIDInit/ProcSet findresource begin 12 dict begin begincmap"
    "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def"
    "/CMapName/Adobe-Identity-UCS def/CMapType 2 def 1 begincodespacerange<0000><FFFF>endcodespacerange\n"
)
_CMAP_TAIL = "endcmap CMapName currentdict/CMap defineresource pop end end"


class EmbeddedFont:
    """One face as a Type 0 font with glyph numbers for codes (ISO 32000-1, 9.7)."""

    def __init__(self, face: Face, resource: str) -> None:
        self.face = face
        self.resource = resource
        self._texts: dict[int, str] = {face.space_glyph: " "}
        self._others: dict[tuple[int, str], int] = {}
        self._parts: dict[int, str] = {}
        self._shown: dict[GlyphRun, GlyphRun] = {}

    def use(self, run: GlyphRun) -> GlyphRun:
        """Note a run's glyphs, and answer it as this document writes it.

        A glyph's code is its own number where it stands for what it first stood for, and one of its own for every
        other text, so that each code tells one text.
        """
        shown = self._shown.get(run)
        if shown is None:
            for glyph, text in run.parts:
                self._parts.setdefault(glyph, text)
            others = [pair for pair in run.glyphs if self._texts.setdefault(*pair) != pair[1]]
            for pair in others:
                self._others.setdefault(pair, _LAST_CODE - len(self._others))
            shown = self._shown[run] = recode(run, self._others) if others else run
        return shown

    def write(self, document: pdfdoc.PDFDocument) -> bytes:
        """Register the font's objects and answer the reference of the font."""
        texts = {glyph: (glyph, text) for glyph, text in (self._parts | self._texts).items()}
        texts |= {code: pair for pair, code in self._others.items()}
        glyphs = sorted({glyph for glyph, _ in texts.values()})
        data, renumbered = _subset(self.face, glyphs)
        name = f"{_tag(glyphs)}+{self.face.name}".encode()
        descriptor = reference(document, self._descriptor(name, reference(document, _font_file(data))))
        codes = {code: glyph for code, (glyph, _) in sorted(texts.items())}
        glyph_map = reference(document, stream(_glyph_map(codes, renumbered)))
        widths = " ".join(f"{code}[{self.face.advance(glyph):.5g}]" for code, glyph in codes.items()).encode()
        descendant = reference(
            document,
            b"<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
            b"/Supplement 0>>/FontDescriptor %s/W[%s]/CIDToGIDMap %s>>" % (name, descriptor, widths, glyph_map),
        )
        to_unicode = reference(document, stream(_to_unicode({code: text for code, (_, text) in texts.items()})))
        return reference(
            document,
            b"<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%s]"
            b"/ToUnicode %s>>" % (name, descendant, to_unicode),
        )

    def _descriptor(self, name: bytes, font_file: bytes) -> bytes:
        ascent, descent = self.face.vertical_extents
        flags, angle = (4 | 64, _ITALIC_ANGLE) if self.face.italic else (4, 0)
        box = " ".join(map(str, self.face.bounding_box)).encode()
        return (
            b"<</Type/FontDescriptor/FontName/%s/Flags %d/FontBBox[%s]/ItalicAngle %d/Ascent %d/Descent %d"
            b"/CapHeight 714/StemV 80/FontFile2 %s>>" % (name, flags, box, angle, ascent, descent, font_file)
        )


def _subset(face: Face, glyphs: list[int]) -> tuple[bytes, dict[int, int]]:
    """The font file with these glyphs only, and their new numbers."""
    request = hb.SubsetInput()
    for glyph in glyphs:
        request.glyph_set.add(glyph)
    for table in _DROPPED_TABLES:
        request.drop_table_tag_set.add(struct.unpack(">I", table.encode())[0])
    request.flags = _SUBSET_FLAGS
    plan = hb.SubsetPlan(face.subset_source, request)
    renumbered = {int(old): int(new) for old, new in dict(plan.old_to_new_glyph_mapping).items()}
    return bytes(plan.execute().blob.data), renumbered


def _tag(glyphs: list[int]) -> str:
    """Six capitals that name the subset (ISO 32000-1, 9.6.4), from what is in it."""
    return "".join(chr(65 + byte % 26) for byte in hashlib.sha256(repr(glyphs).encode()).digest()[:6])


def _font_file(data: bytes) -> bytes:
    return stream(data, b"/Length1 %d" % len(data))


def _glyph_map(codes: dict[int, int], renumbered: dict[int, int]) -> bytes:
    """CIDToGIDMap: two bytes for each code up to the largest."""
    table = bytearray(2 * (max(codes) + 1))
    for code, glyph in codes.items():
        struct.pack_into(">H", table, 2 * code, renumbered[glyph])
    return bytes(table)


def _to_unicode(texts: dict[int, str]) -> bytes:
    rows = [f"<{code:04X}><{text.encode('utf-16-be').hex().upper()}>" for code, text in sorted(texts.items())]
    blocks = [rows[start : start + 100] for start in range(0, len(rows), 100)]
    body = "".join(f"{len(block)} beginbfchar\n{chr(10).join(block)}\nendbfchar\n" for block in blocks)
    return (_CMAP_HEAD + body + _CMAP_TAIL).encode()
