"""Text to positioned glyphs: HarfBuzz shapes each distinct word once, then the word is remembered.

A shaped word knows which text each glyph stands for, so that what is printed can be read back exactly. A
glyph that stands for part of a cluster, or a cluster of several glyphs, is written with ActualText (ISO
32000-1, 14.9.4).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

import uharfbuzz as hb  # type: ignore[import-untyped]

from exports.pdf.fonts import Face, Typeface

# Latin, Greek and Cyrillic letters that are whole in themselves: `ccmp` would take them apart.
_PRECOMPOSED = re.compile("[\u0020-\u02ff\u0370-\u052f\u1e00-\u1fff\u2000-\u206f\u20a0-\u20bf]+")
_PLAIN_FEATURES = {"kern": True, "liga": False, "clig": False, "ccmp": False}
_FULL_FEATURES = {"kern": True, "liga": False, "clig": False}
_JOINERS = "\u200c\u200d\ufe0e\ufe0f"
_NEGLIGIBLE = 0.05  # thousandths of the type size


@dataclass(frozen=True, slots=True)
class Piece:
    """Glyphs shown together: `moves` are (rise in thousandths, operands of TJ)."""

    moves: tuple[tuple[float, str], ...]
    actual_text: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class GlyphRun:
    """A run of text in one face. `plain` holds the operands of TJ when there is nothing more to say."""

    face: Face
    text: str
    width: float
    glyphs: tuple[tuple[int, str], ...]
    pieces: tuple[Piece, ...]
    plain: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """Text that is set without a break; `width` in thousandths of the type size."""

    text: str
    runs: tuple[GlyphRun, ...]
    width: float


def clusters(text: str) -> list[str]:
    """Characters with the marks and joiners that belong to them."""
    found: list[str] = []
    for character in text:
        joins = unicodedata.category(character)[0] == "M" or character in _JOINERS
        if found and (joins or found[-1][-1] == "\u200d"):
            found[-1] += character
        else:
            found.append(character)
    return found


@lru_cache(maxsize=65_536)
def shape_word(typeface: Typeface, text: str, language: str = "") -> Word:
    """Shape a word, each part in the face that can print it. Raises MissingGlyph."""
    runs = tuple(_shape(face, part, language) for face, part in _by_face(typeface, text, language))
    return Word(text, runs, sum(run.width for run in runs))


def _by_face(typeface: Typeface, text: str, language: str) -> Iterator[tuple[Face, str]]:
    chosen = ((typeface.face_for(cluster, language), cluster) for cluster in clusters(text))
    for face, group in groupby(chosen, key=lambda pair: pair[0]):
        yield face, "".join(cluster for _, cluster in group)


def _shape(face: Face, text: str, language: str) -> GlyphRun:
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.guess_segment_properties()
    buffer.direction = "ltr"
    if language:
        buffer.language = language
    hb.shape(face.font, buffer, _PLAIN_FEATURES if _PRECOMPOSED.fullmatch(text) else _FULL_FEATURES)
    pen = _Pen(face)
    for part, placed in _glyph_clusters(text, buffer):
        pen.show(part, placed)
    return pen.finish(text)


def _glyph_clusters(text: str, buffer: hb.Buffer) -> Iterator[tuple[str, list[tuple[int, hb.GlyphPosition]]]]:
    """The text and the glyphs of each cluster that shaping has made."""
    starts = [info.cluster for info in buffer.glyph_infos]
    ends = dict(zip(sorted(set(starts)), [*sorted(set(starts))[1:], len(text)], strict=True))
    rows = zip(starts, buffer.glyph_infos, buffer.glyph_positions, strict=True)
    for start, group in groupby(rows, key=lambda row: row[0]):
        yield text[start : ends[start]], [(info.codepoint, position) for _, info, position in group]


class _Pen:
    """Writes glyphs as operands of TJ and keeps account of the distance still owed to the next one."""

    def __init__(self, face: Face) -> None:
        self._face = face
        self._width = 0.0
        self._owed = 0.0
        self._glyphs: list[tuple[int, str]] = []
        self._pieces: list[tuple[str, list[tuple[float, str]]]] = []

    def show(self, text: str, placed: list[tuple[int, hb.GlyphPosition]]) -> None:
        """Add one cluster."""
        moves: list[tuple[float, str]] = []
        for index, (glyph, position) in enumerate(placed):
            self._glyphs.append((glyph, text if len(placed) == 1 else text[index : index + 1] or text[-1]))
            _append(moves, *self._place(glyph, position))
        if len(placed) > 1 or not self._pieces or self._pieces[-1][0]:
            self._pieces.append((text if len(placed) > 1 else "", moves))
        else:
            for move in moves:
                _append(self._pieces[-1][1], *move)

    def finish(self, text: str) -> GlyphRun:
        """The run, closed so that whatever follows starts where it should."""
        if abs(self._owed) > _NEGLIGIBLE and self._pieces:
            _append(self._pieces[-1][1], self._pieces[-1][1][-1][0], f"{-self._owed:.4g}")
        pieces = tuple(Piece(tuple(moves), actual) for actual, moves in self._pieces)
        single = len(pieces) == 1 and not pieces[0].actual_text and len(pieces[0].moves) == 1
        plain = pieces[0].moves[0][1] if single and pieces[0].moves[0][0] == 0 else None
        return GlyphRun(self._face, text, self._width, tuple(self._glyphs), pieces, plain)

    def _place(self, glyph: int, position: hb.GlyphPosition) -> tuple[float, str]:
        scale = self._face.scale
        offset, advance = position.x_offset * scale, position.x_advance * scale
        shift = self._owed + offset
        self._owed = advance - self._face.advance(glyph) - offset
        self._width += advance
        operand = f"<{glyph:04X}>"
        return position.y_offset * scale, f"{-shift:.4g}{operand}" if abs(shift) > _NEGLIGIBLE else operand


def _append(moves: list[tuple[float, str]], rise: float, operands: str) -> None:
    """Add operands, joined to the last ones when they stand on the same height."""
    if moves and moves[-1][0] == rise:
        moves[-1] = (rise, (moves[-1][1] + operands).replace("><", ""))
    else:
        moves.append((rise, operands))
