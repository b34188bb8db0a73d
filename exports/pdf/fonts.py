"""The faces a sheet is set in, and which of them prints a character.

A typeface is a list of faces in order of preference; a face made for a language goes first in text of that
language. A face is opened when the first character needs it. A character that no face has is an error
(`MissingGlyph`), never a blank. Files: `resources/fonts/README.md`.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping
from functools import cached_property

import uharfbuzz as hb  # type: ignore[import-untyped]

from exports.pdf.errors import MissingGlyph
from exports.pdf.scripts import JAPANESE, KOREAN, SIMPLIFIED, TRADITIONAL, east_asian
from resources import path

# Joiners and variation selectors shape their neighbours and need no glyph of their own.
_INVISIBLE = re.compile("[\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef]")


class Face:
    """One TrueType file, opened at first use. Measures are in thousandths of the type size."""

    def __init__(self, name: str, language: str = "", *, only: str = "", italic: bool = False) -> None:
        """`language`: the East Asian one it is made for; `only`: the characters it is asked for, as in a set."""
        self.name = name
        self.language = language
        self.italic = italic
        self._only = re.compile(f"[{only}]") if only else None

    @cached_property
    def program(self) -> hb.Face:
        """The font file as HarfBuzz sees it."""
        return hb.Face(hb.Blob.from_file_path(str(path(f"fonts/{self.name}.ttf"))))

    @cached_property
    def font(self) -> hb.Font:
        """The face at its design size, ready for shaping."""
        return hb.Font(self.program)

    @cached_property
    def subset_source(self) -> hb.Face:
        """The face prepared once, so that each document's subset is quick."""
        return hb.subset_preprocess(self.program)

    @cached_property
    def scale(self) -> float:
        """Thousandths of the type size per font unit."""
        return 1000 / float(self.program.upem)

    @cached_property
    def characters(self) -> hb.Set:
        """Every code point that the face has a glyph for."""
        return self.program.unicodes

    @cached_property
    def space_glyph(self) -> int:
        """The glyph of the word space."""
        return int(self.font.get_nominal_glyph(ord(" ")))

    @cached_property
    def space_width(self) -> float:
        """How wide the word space is."""
        return self.advance(self.space_glyph)

    @cached_property
    def vertical_extents(self) -> tuple[float, float]:
        """Ascender and (negative) descender."""
        extents = self.font.get_font_extents("ltr")
        return extents.ascender * self.scale, extents.descender * self.scale

    @cached_property
    def bounding_box(self) -> tuple[int, ...]:
        """The box of all glyphs, from the table `head`."""
        head = bytes(self.program.reference_table("head").data)
        return tuple(round(value * self.scale) for value in struct.unpack(">hhhh", head[36:44]))

    @cached_property
    def advances(self) -> Mapping[int, float]:
        """How wide each glyph is by itself, asked for once."""
        return _Advances(self)

    def advance(self, glyph: int) -> float:
        """How wide a glyph is by itself."""
        return self.advances[glyph]

    def has(self, cluster: str) -> bool:
        """Whether the face can print every visible character of a cluster."""
        if self._only and not self._only.match(cluster):
            return False
        return all(ord(character) in self.characters for character in _INVISIBLE.sub("", cluster) or cluster)


class _Advances(dict[int, float]):
    """Widths of a face's glyphs, in thousandths of the type size."""

    def __init__(self, face: Face) -> None:
        self._face = face

    def __missing__(self, glyph: int) -> float:
        width = self[glyph] = float(self._face.font.get_glyph_h_advance(glyph)) * self._face.scale
        return width


class Typeface:
    """Faces in order of preference; the first one sets plain text."""

    def __init__(self, *faces: Face, thickened: tuple[Face, ...] = ()) -> None:
        """`thickened`: faces without a weight of their own for this one, which are set with an outline around them."""
        self.faces = faces
        self.thickened = frozenset(thickened)
        self._chosen: dict[tuple[str, str], Face] = {}

    @property
    def main(self) -> Face:
        """The face of plain text and of word spaces."""
        return self.faces[0]

    def face_for(self, cluster: str, language: str = "") -> Face:
        """The face that prints a cluster in a language (BCP 47). Raises MissingGlyph when there is none."""
        key = (cluster, language)
        face = self._chosen.get(key)
        if face is None:
            face = self._chosen[key] = self._choose(cluster, language)
        return face

    def _choose(self, cluster: str, language: str) -> Face:
        wanted = east_asian(language)
        faces = sorted(self.faces, key=lambda face: face.language != wanted) if wanted else self.faces
        for face in faces:
            if face.has(cluster):
                return face
        lacking = next((c for c in cluster if not any(face.has(c) for face in self.faces)), cluster[0])
        raise MissingGlyph(lacking)


_HEBREW = "\u0590-\u05ff\ufb1d-\ufb4f"
_ARABIC = "\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufefe"
_THAI = "\u0e00-\u0e7f"

_LATIN = Face("NotoSans-Regular")
_EAST_ASIAN = (
    Face("NotoSansJP-Regular", JAPANESE),
    Face("NotoSansKR-Regular", KOREAN),
    Face("NotoSansSC-Regular", SIMPLIFIED),
    Face("NotoSansTC-Regular", TRADITIONAL),
)
_OTHERS = (
    Face("NotoSansHebrew-Regular", only=_HEBREW),
    Face("NotoNaskhArabic-Regular", only=_ARABIC),
    Face("NotoSansThai-Regular", only=_THAI),
    *_EAST_ASIAN,
)
_BOLD_OTHERS = (
    Face("NotoSansHebrew-Bold", only=_HEBREW),
    Face("NotoNaskhArabic-Bold", only=_ARABIC),
    Face("NotoSansThai-Bold", only=_THAI),
    Face("NotoSansJP-SemiBold", JAPANESE),
    *_EAST_ASIAN,
)

REGULAR = Typeface(_LATIN, *_OTHERS)
BOLD = Typeface(Face("NotoSans-Bold"), _LATIN, *_BOLD_OTHERS, thickened=_EAST_ASIAN)
ITALIC = Typeface(Face("NotoSans-Italic", italic=True), _LATIN, *_OTHERS)
