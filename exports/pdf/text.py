"""Text as data: spans in, measured lines out.

Nothing in a span is markup. Words are shaped when they are tokenised, so that a missing glyph is known
before any page is made; lines are found by first fit, with the Japanese rules for where a line may not
begin or end (JIS X 4051), which serve Chinese as well; Korean ends lines at spaces, Thai between words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, repeat
from operator import itemgetter

from exports.pdf.bidi import LEFT_TO_RIGHT, MARKS, RIGHT_TO_LEFT, turns
from exports.pdf.directions import paragraph_levels
from exports.pdf.scripts import HAN, KANA, THAI, is_east_asian, setting_language
from exports.pdf.shaping import Word, clusters, shape_word
from exports.pdf.styles import Colour, TextStyle
from exports.pdf.thai import thai_words

# Han and kana are set one by one; Korean and Thai in words.
_IDEOGRAPH = f"{HAN}{KANA}\u2fe0-\u303f\u31a0-\u31ef\u3200-\u33ff\uff00-\uff65\uffe0-\uffef"
_SELECTORS = "\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef"
# Addresses stay whole, and no line ends after a hyphen: readers that copy text would take it for hyphenation.
_TOKEN = re.compile(
    rf"\n|[ \u200b]+|[a-z]+://[^ \u200b\n]+|[{_IDEOGRAPH}][{_SELECTORS}]*|[{THAI}]+"
    rf"|[^ \u200b\n{_IDEOGRAPH}{THAI}]+?[/\u2013\u2014](?=[^\W\d_])|[^ \u200b\n{_IDEOGRAPH}{THAI}]+"
)
_IS_IDEOGRAPH, _IS_THAI = re.compile(rf"[{_IDEOGRAPH}]"), re.compile(rf"[{THAI}]")
_NEVER_FIRST = frozenset(
    "、。，．・：；？！）］｝〕〉》」』】〗〙〛｠ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々〻ゝゞヽヾ〜゠‥…％‰℃ฯๆ,.:;?!)]}”’%»›،؛؟"
)
_NEVER_LAST = frozenset("（［｛〔〈《「『【〖〘〚｟￥＄([{“‘«‹")
_BREAKS_AFTER = "/\u2013\u2014"
_GOOD_STARTS = "/?&=#-._,;:+%~|@"  # a word too long for a line is best cut before one of these
ORNAMENT_WIDTH = 900.0  # thousandths of the type size
_ALL_LEFT = repeat(LEFT_TO_RIGHT)
_LEAST_FILL = 0.6  # of the line, that such a cut must leave

_NEW_LINES = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNSEEN = re.compile("[\u00ad\u2060\ufeff]")
_DIRECTING = re.compile(f"[{MARKS}]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f]")


def normalise(text: str) -> str:
    """Text as it can be printed: one kind of line end, no unseen marks, other controls as U+FFFD."""
    if text.isascii() and text.isprintable():
        return text
    return _DIRECTING.sub("", directed(text))


def directed(text: str) -> str:
    """The same, but with the marks that only direct."""
    text = _NEW_LINES.sub("\n", text).replace("\t", " ")
    return _CONTROLS.sub("\ufffd", _UNSEEN.sub("", text))


def one_line(text: str) -> str:
    """Text for a bookmark or a running head."""
    return " ".join(normalise(text).split())


@dataclass(frozen=True, slots=True)
class Ornament:
    """A small shape drawn beside words, as an artifact: "diamond", "ring" or "square"."""

    shape: str
    colour: Colour


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style.

    `target` makes it a link (`#anchor` or a URI), said aloud as `words`. `anchor` makes its first place a
    target. `tag` gives it an element of its own (`Lbl`, `Quote`). A raised span sticks to what stands
    before it; a whole one is not broken between its words.
    """

    text: str
    style: TextStyle
    language: str = ""
    tag: str = ""
    target: str = ""
    words: str = ""
    anchor: str = ""
    rise: float = 0.0
    ornament: Ornament | None = None
    whole: bool = False


@dataclass(slots=True)
class Token:
    """Something that is set without a break. Without a word it is a space; `width` in points.

    `breaks`: a line may break before it. `lead`: room for an ornament before it, in thousandths of the type
    size. `level`: as the Unicode Bidirectional Algorithm has it; an odd one runs from right to left.
    """

    span: int
    text: str
    word: Word | None
    width: float
    breaks: bool
    lead: float = 0.0
    level: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """Tokens that share a line, and their width in points."""

    tokens: Sequence[Token]
    width: float


def tokenise(spans: Sequence[Span]) -> list[Token]:
    """Spans as shaped tokens, in the order they are read. Raises MissingGlyph."""
    turning = any(turns(span.text) for span in spans)
    levels = paragraph_levels([(_directed_text(span), span.language) for span in spans])[0] if turning else []
    tokens: list[Token] = []
    previous = " "
    for index, span in enumerate(spans):
        style = span.style
        scale = style.size / 1000
        language, han = span.language, setting_language(span.text, span.language)
        glued = bool(span.rise)
        lead = ORNAMENT_WIDTH if span.ornament else 0.0
        for text, level in _level_parts(span, levels[index]) if turning else zip(_parts(span), _ALL_LEFT, strict=False):
            if text[0] in " \u200b\n" and not span.whole:
                width = style.typeface.main.space_width * scale if text[0] == " " else 0.0
                tokens.append(Token(index, text[0], None, width, True, level=level))
            else:
                writing = han if han != language and is_east_asian(text) else language
                word = shape_word(style.typeface, text, writing, rtl=level % 2 == 1)
                breaks = not glued and may_break(previous, text)
                tokens.append(Token(index, text, word, (word.width + lead) * scale, breaks, lead, level))
                lead = 0.0
            previous = text
            glued = False
    return tokens


def is_right_to_left(spans: Sequence[Span]) -> bool:
    """Whether a paragraph as a whole runs from right to left."""
    if not any(turns(span.text) for span in spans):
        return False
    return paragraph_levels([(_directed_text(span), span.language) for span in spans])[1] == RIGHT_TO_LEFT


def _directed_text(span: Span) -> str:
    """A span's text as it is set, with the marks that direct it."""
    text = directed(span.text)
    return (text.replace("\n", " ").replace("\u200b", "") or " ") if span.whole and text else text


def _parts(span: Span) -> list[str]:
    """A span's words, spaces and line ends; a whole span is a single one."""
    text = normalise(span.text)
    if span.whole and text:
        return [text.replace("\n", " ").replace("\u200b", "") or " "]
    parts = _TOKEN.findall(text)
    if text.isascii() or not _IS_THAI.search(text):
        return parts
    return [word for part in parts for word in (thai_words(part) if _IS_THAI.match(part) else (part,))]


def _level_parts(span: Span, levels: Sequence[int]) -> Iterator[tuple[str, int]]:
    """A span's parts, each of one level."""
    place = 0
    for part in _parts(span):
        for level, group in groupby(zip(part, levels[place : place + len(part)], strict=True), key=itemgetter(1)):
            yield "".join(character for character, _ in group), level
        place += len(part)


def may_break(before: str, after: str) -> bool:
    """Whether a line may end between two tokens."""
    last, first = before[-1], after[0]
    if last in " \u200b\n":
        return True
    if first in _NEVER_FIRST or last in _NEVER_LAST:
        return False
    if _IS_THAI.match(last) and _IS_THAI.match(first):
        return True
    return bool(_IS_IDEOGRAPH.match(last) or _IS_IDEOGRAPH.match(first)) or (last in _BREAKS_AFTER and len(before) > 1)


def break_lines(tokens: Sequence[Token], spans: Sequence[Span], width: float) -> list[Line]:
    """Lines no wider than `width`, as far as a single cluster allows."""
    breaker = _Breaker(spans, width)
    index = 0
    while index < len(tokens):
        if tokens[index].word is None:
            breaker.space(tokens[index])
            index += 1
            continue
        end = index + 1
        while end < len(tokens) and tokens[end].word is not None and not tokens[end].breaks:
            end += 1
        breaker.unit(tokens[index:end])
        index = end
    return breaker.finish()


class _Breaker:
    """Fills lines with units that may not be divided, unless one is wider than a line."""

    def __init__(self, spans: Sequence[Span], width: float) -> None:
        self._spans = spans
        self._limit = width + 0.01
        self._lines: list[Line] = []
        self._line: list[Token] = []
        self._used = 0.0

    def space(self, token: Token) -> None:
        if token.text == "\n":
            self._end_line()
        elif self._line:
            self._line.append(token)
            self._used += token.width

    def unit(self, tokens: Sequence[Token]) -> None:
        width = sum(token.width for token in tokens)
        if self._used + width > self._limit:
            if width > self._limit:
                self._divide(tokens)
                return
            self._end_line()
        self._line.extend(tokens)
        self._used += width

    def finish(self) -> list[Line]:
        if self._line or not self._lines:
            self._end_line()
        return self._lines

    def _end_line(self) -> None:
        while self._line and self._line[-1].word is None:
            self._used -= self._line.pop().width
        self._lines.append(Line(self._line, self._used))
        self._line, self._used = [], 0.0

    def _divide(self, tokens: Sequence[Token]) -> None:
        """Set a unit that is wider than a line."""
        if self._line:
            self._end_line()
        for part in _inseparable(tokens):
            width = sum(token.width for token in part)
            if self._line and width <= self._limit < self._used + width:
                self._end_line()
            for token in part:
                if self._used + token.width > self._limit:
                    self._cut(token)
                else:
                    self._add(token)

    def _cut(self, token: Token) -> None:
        """Cut a token into lines, before punctuation where there is any."""
        parts = clusters(token.text)
        start = 0
        while start < len(parts):
            end = self._fitting(parts, start, token)
            if end > start:
                self._add(self._part(token, "".join(parts[start:end]), token.lead if start == 0 else 0.0))
            if end < len(parts):
                self._end_line()
            start = end

    def _fitting(self, parts: list[str], start: int, token: Token) -> int:
        """Where the line's share of a token's clusters ends; an empty line takes at least one."""
        used, good = self._used, 0
        if start == 0:
            used += token.lead * self._spans[token.span].style.size / 1000
        for index in range(start, len(parts)):
            if parts[index] in _GOOD_STARTS and used > self._limit * _LEAST_FILL:
                good = index
            used += self._part(token, parts[index]).width
            if used > self._limit:
                return good or (index if index > start or self._line else start + 1)
        return len(parts)

    def _add(self, token: Token) -> None:
        self._line.append(token)
        self._used += token.width

    def _part(self, token: Token, text: str, lead: float = 0.0) -> Token:
        span = self._spans[token.span]
        language = setting_language(span.text, span.language) if is_east_asian(text) else span.language
        word = shape_word(span.style.typeface, text, language, rtl=token.level % 2 == 1)
        width = (word.width + lead) * span.style.size / 1000
        return Token(token.span, text, word, width, False, lead, token.level)


def _inseparable(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Where a unit that is wider than a line may be divided before any of its words is cut.

    Not between two of one span, where no word ends, nor before what may not begin a line: a space, a comma.
    """
    part: list[Token] = []
    for token in tokens:
        may_begin = token.text[0] not in _NEVER_FIRST and not token.text.isspace()
        if part and may_begin and token.span != part[-1].span and part[-1].text[-1] not in _NEVER_LAST:
            yield part
            part = []
        part.append(token)
    if part:
        yield part
