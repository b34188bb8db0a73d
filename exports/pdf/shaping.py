"""Text to positioned glyphs: HarfBuzz shapes each distinct word once, then the word is remembered.

A shaped word knows which text each glyph stands for, so that what is printed can be read back exactly. A
cluster of several glyphs is written with ActualText (ISO 32000-1, 14.9.4). Words that run from right to left are
shaped as they are seen; a bracket in them stands for the one that it looks like, which is how readers expect it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from types import MappingProxyType

import uharfbuzz as hb  # type: ignore[import-untyped]

from exports.pdf.bidi import mirrored
from exports.pdf.fonts import Face, Typeface
from exports.pdf.scripts import is_separate

# Latin, Greek and Cyrillic letters that are whole in themselves: `ccmp` would take them apart.
_PRECOMPOSED = re.compile("[\u0020-\u02ff\u0370-\u052f\u1e00-\u1fff\u2000-\u206f\u20a0-\u20bf]+")
_PLAIN_FEATURES = {"kern": True, "liga": False, "clig": False, "ccmp": False}
_FULL_FEATURES = {"kern": True, "liga": False, "clig": False}
_JOINERS = "\u200c\u200d"
_JAMO = re.compile("[\u1160-\u11ff\ud7b0-\ud7ff]")  # vowels and finals, which join what stands before them
_NEGLIGIBLE = 0.05  # thousandths of the type size
_LEAST_RISE = 8.0  # thousandths of the type size; less is not seen, and readers would take it for another line

Codes = Mapping[tuple[int, str], int]
Placed = list[tuple[int, hb.GlyphPosition]]  # glyphs and where they stand


@dataclass(frozen=True, slots=True)
class Piece:
    """Glyphs shown together: `moves` are (rise in thousandths, operands of TJ)."""

    moves: tuple[tuple[float, str], ...]
    actual_text: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """What a run was shaped from."""

    text: str
    language: str
    rtl: bool


@dataclass(frozen=True, slots=True, eq=False)
class GlyphRun:
    """A run of text in one face. `plain` holds the operands of TJ when there is nothing more to say.

    `glyphs` are pairs of a glyph and the text that it stands for; `parts` those that ActualText speaks for.
    """

    face: Face
    source: Source
    width: float
    glyphs: tuple[tuple[int, str], ...]
    parts: tuple[tuple[int, str], ...]
    pieces: tuple[Piece, ...]
    plain: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """Text that is set without a break; `width` in thousandths of the type size."""

    text: str
    runs: tuple[GlyphRun, ...]
    width: float


_MOST_JOINED = 64
"""Characters of a cluster: twice what the Stream-Safe Text Format (UAX #15) lets follow one another."""
_LONGEST_RUN = 512
"""Characters of one run: HarfBuzz gives up on a word that is longer than any."""


def clusters(text: str) -> list[str]:
    """Characters with the marks and joiners that belong to them."""
    if text.isascii():
        return list(text)
    found: list[str] = []
    for character in text:
        joins = unicodedata.category(character)[0] == "M" or character in _JOINERS or _JAMO.match(character)
        if found and len(found[-1]) < _MOST_JOINED and (joins or found[-1][-1] == "\u200d"):
            found[-1] += character
        else:
            found.append(character)
    return found


@lru_cache(maxsize=65_536)
def shape_word(typeface: Typeface, text: str, language: str = "", *, rtl: bool = False) -> Word:
    """Shape a word, each part in the face that can print it, in the order they are seen. Raises MissingGlyph."""
    runs = [_shape(face, Source(part, language, rtl)) for face, part in _by_face(typeface, text, language)]
    return Word(text, tuple(reversed(runs) if rtl else runs), sum(run.width for run in runs))


def recode(run: GlyphRun, codes: Codes) -> GlyphRun:
    """The same run written with other codes for some pairs of a glyph and its text."""
    return _shape(run.face, run.source, codes)


def _by_face(typeface: Typeface, text: str, language: str) -> Iterator[tuple[Face, str]]:
    chosen = (
        (typeface.face_for(cluster, language), is_separate(cluster), end // _LONGEST_RUN, cluster)
        for end, cluster in _ends(clusters(text))
    )
    for (face, *_), group in groupby(chosen, key=lambda part: part[:3]):
        yield face, "".join(cluster for *_, cluster in group)


def _ends(parts: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Parts of a text, each with the offset of its end."""
    end = 0
    for part in parts:
        end += len(part)
        yield end, part


def _shape(face: Face, source: Source, codes: Codes = MappingProxyType({})) -> GlyphRun:
    text = source.text
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if source.rtl else "ltr"
    if source.language:
        buffer.language = source.language
    hb.shape(face.font, buffer, _PLAIN_FEATURES if _PRECOMPOSED.fullmatch(text) else _FULL_FEATURES)
    if text.isascii() and not codes and not source.rtl and (plain := _plain_run(face, source, buffer)):
        return plain
    pen = _Pen(face, codes, rtl=source.rtl)
    for part, placed in _glyph_clusters(source, buffer):
        pen.show(part, placed)
    return pen.finish(source)


def _plain_run(face: Face, source: Source, buffer: hb.Buffer) -> GlyphRun | None:
    """A run of one glyph for each character, all on the line, as most are; the same as a pen would write, sooner."""
    scale, advances = face.scale, face.advances
    shown = ["<"]
    glyphs: list[tuple[int, str]] = []
    place = tip = 0.0
    for index, (info, position) in enumerate(zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)):
        if info.cluster != index or position.x_offset or position.y_offset:
            return None
        glyph = info.codepoint
        if abs(place - tip) > _NEGLIGIBLE:
            shown.append(f">{tip - place:.4g}<" if glyphs else f"{tip - place:.4g}<")
        shown.append(f"{glyph:04X}")
        glyphs.append((glyph, source.text[index]))
        tip = place + advances[glyph]
        place += position.x_advance * scale
    if len(glyphs) != len(source.text):
        return None
    end = f">{tip - place:.4g}" if abs(tip - place) > _NEGLIGIBLE else ">"
    operands = "".join([*shown, end])
    return GlyphRun(face, source, place, tuple(glyphs), (), (Piece(((0.0, operands),)),), operands)


def _glyph_clusters(source: Source, buffer: hb.Buffer) -> Iterator[tuple[str, Placed]]:
    """The text and the glyphs of each cluster that shaping has made; a mark off the line is one with its letter."""
    text = source.text
    starts = [info.cluster for info in buffer.glyph_infos]
    ordered = sorted(set(starts))
    ends = dict(zip(ordered, [*ordered[1:], len(text)], strict=True))
    rows = zip(starts, buffer.glyph_infos, buffer.glyph_positions, strict=True)
    groups = [
        (text[start : ends[start]], [(info.codepoint, position) for _, info, position in group])
        for start, group in groupby(rows, key=lambda row: row[0])
    ]
    return _turned(groups) if source.rtl else _with_marks(groups)


def _is_mark(text: str) -> bool:
    return unicodedata.category(text[0])[0] == "M"


def _with_marks(groups: Sequence[tuple[str, Placed]]) -> Iterator[tuple[str, Placed]]:
    """Clusters that run from left to right: marks above or below the line are joined to the letter before them."""
    waiting: tuple[str, Placed] | None = None
    for text, placed in groups:
        if waiting and _is_mark(text) and any(position.y_offset or position.x_offset for _, position in placed):
            waiting = (waiting[0] + text, waiting[1] + placed)
            continue
        if waiting:
            yield waiting
        waiting = (text, placed)
    if waiting:
        yield waiting


def _turned(groups: Sequence[tuple[str, Placed]]) -> Iterator[tuple[str, Placed]]:
    """Clusters that run from right to left: marks are joined to the letter that follows them on the page."""
    marks, waiting = "", Placed()
    for text, placed in groups:
        if _is_mark(text):
            marks, waiting = text + marks, waiting + placed
        else:
            letters = text.rstrip("".join(filter(_is_mark, text)))
            yield "".join(map(mirrored, letters)) + text[len(letters) :] + marks, waiting + placed
            marks, waiting = "", Placed()
    if waiting:
        yield marks, waiting


class _Pen:
    """Writes glyphs as operands of TJ; knows where the next glyph belongs and where TJ would put it."""

    def __init__(self, face: Face, codes: Codes, *, rtl: bool) -> None:
        self._face = face
        self._codes = codes
        self._rtl = rtl  # every glyph of a cluster then stands for a letter, so that readers see which way it runs
        self._x = 0.0
        self._tip = 0.0
        self._glyphs: list[tuple[int, str]] = []
        self._parts: list[tuple[int, str]] = []
        self._pieces: list[tuple[str, list[tuple[float, str]]]] = []

    def show(self, text: str, placed: Placed) -> None:
        """Add one cluster."""
        moves = self._single(text, *placed[0]) if len(placed) == 1 else self._several(text, placed)
        if len(placed) > 1 or not self._pieces or self._pieces[-1][0]:
            self._pieces.append((text if len(placed) > 1 else "", moves))
        else:
            for move in moves:
                _append(self._pieces[-1][1], *move)

    def finish(self, source: Source) -> GlyphRun:
        """The run, closed so that whatever follows starts where it should."""
        if abs(self._tip - self._x) > _NEGLIGIBLE and self._pieces:
            last = self._pieces[-1][1]
            _append(last, last[-1][0], f"{self._tip - self._x:.4g}")
        pieces = tuple(Piece(tuple(moves), actual) for actual, moves in self._pieces)
        single = len(pieces) == 1 and not pieces[0].actual_text and len(pieces[0].moves) == 1
        plain = pieces[0].moves[0][1] if single and pieces[0].moves[0][0] == 0 else None
        return GlyphRun(self._face, source, self._x, tuple(self._glyphs), tuple(self._parts), pieces, plain)

    def _single(self, text: str, glyph: int, position: hb.GlyphPosition) -> list[tuple[float, str]]:
        self._glyphs.append((glyph, text))
        scale = self._face.scale
        code = self._codes.get((glyph, text), glyph)
        operands = self._place(glyph, code, self._x + position.x_offset * scale)
        self._x += position.x_advance * scale
        return [(self._rise(position), operands)]

    def _several(self, text: str, placed: Placed) -> list[tuple[float, str]]:
        """A cluster of several glyphs. Marks off the line stand between spaces at the cluster's beginning and end.

        Readers sort by where what is shown begins, and measure from its end whether a space has to be put in; a mark
        may stand anywhere.
        """
        scale, start = self._face.scale, self._x
        space = 0 if self._rtl else self._face.space_glyph
        moves: list[tuple[float, str]] = []
        for index, (glyph, position) in enumerate(placed):
            self._parts.append((glyph, text[0] if self._rtl else text[index : index + 1] or text[-1]))
            rise = self._rise(position)
            if space and rise and (not moves or moves[-1][0] != rise):
                _append(moves, rise, self._place(space, space, start))
            _append(moves, rise, self._place(glyph, glyph, self._x + position.x_offset * scale))
            self._x += position.x_advance * scale
        if space and not self._face.advance(placed[-1][0]):
            _append(moves, moves[-1][0], self._place(space, space, self._x - self._face.space_width))
        return moves

    def _rise(self, position: hb.GlyphPosition) -> float:
        rise = float(position.y_offset) * self._face.scale
        return rise if abs(rise) > _LEAST_RISE else 0.0

    def _place(self, glyph: int, code: int, x: float) -> str:
        """The operands that put a glyph at x."""
        shift = x - self._tip
        self._tip = x + self._face.advance(glyph)
        return f"{-shift:.4g}<{code:04X}>" if abs(shift) > _NEGLIGIBLE else f"<{code:04X}>"


def _append(moves: list[tuple[float, str]], rise: float, operands: str) -> None:
    """Add operands, joined to the last ones when they stand on the same height."""
    if moves and moves[-1][0] == rise:
        moves[-1] = (rise, (moves[-1][1] + operands).replace("><", ""))
    else:
        moves.append((rise, operands))
