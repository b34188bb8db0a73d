"""Words as runs and paragraphs: a language for every run, its fonts, and which way it runs.

Word sets a run in one of three ways: Latin and its like, East Asian, or complex. It tells the first two apart itself,
letter by letter; complex ones (`w:cs`, `w:rtl`) need runs of their own, and take their language from `w:bidi`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from babel.core import get_global

from exports.docx.markup import characters, clean, w
from exports.pdf.bidi import LEFT_TO_RIGHT, MARKS, RIGHT_TO_LEFT, turns
from exports.pdf.directions import paragraph_levels
from exports.pdf.scripts import direction, east_asian, is_east_asian, setting_language

_BACK = w("r", w("t", "\u200e"))  # a note's number stays after a right-to-left value, not in it
_COMPLEX = re.compile("[\u0590-\u08ff\u0900-\u0dff\u0e00-\u0eff\u1780-\u17ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LATIN = "en-US"
_HAN = "\u4e00"  # kana and Hangul alone have a language, but none to choose
_LEFT_COMPLEX = re.compile("[\u0900-\u0dff\u0e00-\u0eff\u1780-\u17ff\u200c\u200d]")
_MARK = re.compile(f"[{MARKS}]")
_EAST_ASIAN_FONTS = {
    "ja": "Yu Gothic",
    "ko": "Malgun Gothic",
    "zh-Hans": "Microsoft YaHei",
    "zh-Hant": "Microsoft JhengHei",
}
_SCRIPTS = (  # first letter, last letter, language where none is told, languages that write it, font
    ("\u0590", "\u05ff", "he", ("he", "yi"), "Arial"),
    ("\u0600", "\u08ff", "ar", ("ar", "fa", "ur", "ps", "ckb", "sd", "ug"), "Arial"),
    ("\u0900", "\u097f", "hi", ("hi", "mr", "ne", "sa"), "Nirmala UI"),
    ("\u0980", "\u0dff", "hi", (), "Nirmala UI"),
    ("\u0e00", "\u0e7f", "th", ("th",), "Leelawadee UI"),
    ("\u0e80", "\u0eff", "lo", ("lo",), "Leelawadee UI"),
    ("\u1780", "\u17ff", "km", ("km",), "Leelawadee UI"),
    ("\ufb1d", "\ufb4f", "he", ("he", "yi"), "Arial"),
    ("\ufb50", "\ufefc", "ar", ("ar", "fa", "ur", "ps", "ckb", "sd", "ug"), "Arial"),
)


@dataclass(frozen=True, slots=True)
class Span:
    """Text in one character style and one language (BCP 47; empty: the document's)."""

    text: str
    style: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """Runs that are ready, and the text that they show."""

    xml: str
    text: str


Inline = Span | Made


@cache
def word_language(tag: str) -> str:
    """A language as Word knows it, with a country: "ja" is "ja-JP", "zh-Hant" is "zh-TW" (Unicode's likely subtags)."""
    primary, *others = tag.replace("_", "-").split("-")
    if any((len(part) in (2, 3) and part.isalnum() and not part.islower()) or part.isdigit() for part in others):
        return tag.replace("_", "-")
    likely = get_global("likely_subtags")
    for key in ("_".join([primary.lower(), *(part.title() for part in others)]), primary.lower()):
        if key in likely:
            country = str(likely[key]).split("_")[-1]
            script = [] if primary.lower() == "zh" else others
            return "-".join([primary.lower(), *script, country])
    return tag


def document_languages(language: str) -> dict[str, str]:
    """The languages of a document's Latin, East Asian and complex letters; Latin ones in a Japanese one are English."""
    word = word_language(language)
    is_complex = any(language.split("-")[0].lower() in writers for _, _, _, writers, _ in _SCRIPTS)
    return {
        "val": _LATIN if east_asian(language) else word,
        "eastAsia": word if east_asian(language) else "ja-JP",
        "bidi": word if is_complex else "ar-SA",
    }


@dataclass(frozen=True)
class Writing:
    """Writes runs and paragraphs of a document in one language."""

    language: str

    def paragraph(
        self,
        parts: Sequence[Inline],
        style: str = "",
        *,
        keeps_next: bool = False,
        begins_page: bool = False,
        flush_right: bool = False,
    ) -> str:
        """A paragraph; it runs from right to left where all that it says does."""
        runs, is_turned = self._runs(parts)
        properties = "".join(
            (
                w("pStyle", val=style) if style else "",
                w("keepNext") if keeps_next else "",
                w("pageBreakBefore") if begins_page else "",
                w("bidi") if is_turned else "",
                w("jc", val="left" if is_turned else "right") if flush_right else "",
            )
        )
        return w("p", w("pPr", properties) if properties else "", runs)

    def _runs(self, parts: Sequence[Inline]) -> tuple[str, bool]:
        texts = [clean(part.text) for part in parts]
        if not any(turns(text) for text in texts):
            return "".join(
                part.xml if isinstance(part, Made) else self._span(part, text, None)
                for part, text in zip(parts, texts, strict=True)
            ), False
        languages = [part.language if isinstance(part, Span) else "" for part in parts]
        levels, base = paragraph_levels(list(zip(texts, languages, strict=True)))
        made: list[str] = []
        was_turned = False
        for part, text, found in zip(parts, texts, levels, strict=True):
            if isinstance(part, Made):
                made.append((_BACK if was_turned and text else "") + part.xml)
                was_turned = was_turned and not text
                continue
            runs = self._span(part, text, found)
            is_value = base == LEFT_TO_RIGHT and direction(text, part.language) == RIGHT_TO_LEFT
            made.append(w("dir", runs, val="rtl") if is_value and runs else runs)
            was_turned = bool(base == LEFT_TO_RIGHT and found and found[-1])
        return "".join(made), base == RIGHT_TO_LEFT

    def _span(self, span: Span, text: str, levels: Sequence[int] | None) -> str:
        if text.isascii() and not levels:
            return self._run(span, text, turned=False) if text else ""
        pieces = _turned_pieces(text, levels) if levels else ((text, False),)
        return "".join(
            self._run(span, part, turned=turned) for piece, turned in pieces for part in _script_pieces(piece, turned)
        )

    def _run(self, span: Span, text: str, *, turned: bool) -> str:
        style = w("rStyle", val=span.style) if span.style else ""
        fonts, ending = (
            ("", "") if text.isascii() and not span.language and not turned else self._look(span, text, turned)
        )
        properties = f"{style}{fonts}{ending}"
        return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{characters(text)}</w:r>"

    def _look(self, span: Span, text: str, turned: bool) -> tuple[str, str]:
        """Fonts, then direction and language."""
        language = span.language or self.language
        fonts: dict[str, str] = {}
        tongues: dict[str, str] = {}
        if span.language and not east_asian(language):
            tongues["val"] = word_language(language)
        if is_east_asian(text):
            written = east_asian(setting_language(f"{_HAN}{text}", language))
            fonts = {"hint": "eastAsia", "eastAsia": _EAST_ASIAN_FONTS[written]}
            tongues["eastAsia"] = word_language(written)
        way = ""
        if turned or _COMPLEX.search(text):
            told, font = _complex(text, language)
            fonts |= {"cs": font}
            tongues["bidi"] = word_language(told)
            way = w("rtl") if turned else w("cs")
        return w("rFonts", **fonts) if fonts else "", way + (w("lang", **tongues) if tongues else "")


def _complex(text: str, language: str) -> tuple[str, str]:
    """The language and the font of a run in a complex script, by its first letter of one."""
    found = _COMPLEX.search(text)
    if found:
        for first, last, likely, writers, font in _SCRIPTS:
            if first <= found[0] <= last:
                return (language if language.split("-")[0].lower() in writers else likely), font
    return language, "Arial"


def _turned_pieces(text: str, levels: Sequence[int]) -> Iterator[tuple[str, bool]]:
    """Parts of a text that run one way each; marks that only direct have no level of their own and stay where they are.

    Numbers in right-to-left text belong to it, as Word has it; Latin words in it do not.
    """
    rest = iter(levels)
    level = levels[0]
    known = [level := level if _MARK.match(character) else next(rest) for character in text]
    at = 0
    parts: list[tuple[str, bool]] = []
    for value, group in groupby(known):
        size = len(list(group))
        part = text[at : at + size]
        turned = value % 2 == 1 or (value > 0 and not any(character.isalpha() for character in part))
        parts.append((part, turned))
        at += size
    for turned, joined in groupby(parts, key=lambda part: part[1]):
        yield "".join(part for part, _ in joined), turned


def _script_pieces(text: str, turned: bool) -> Iterator[str]:
    """Parts that are complex or are not; what runs from right to left is."""
    if turned or not _LEFT_COMPLEX.search(text):
        yield text
        return
    for _, group in groupby(text, key=lambda character: _LEFT_COMPLEX.match(character) is not None):
        yield "".join(group)
