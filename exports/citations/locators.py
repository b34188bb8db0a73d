"""A place in a source, in the words of a style and a language.

Pandoc reads locators by the terms of the briefing's language, knows neither articles nor tables nor times, and OSCOLA's
"ibid" drops what is no page. So pages go to it as pages, and anything else with its word as one text.
"""

import re

from db.models.vocabulary import LocatorLabel
from exports.citations.styles import CitationStyle

MARK = "\ufdd0"
"""A noncharacter (Unicode, 23.7), taken from every text that goes in and comes out. In front of a text it keeps pandoc
from reading it as a term or an initial."""

_PAGES = re.compile(r"[0-9]+(?:\s*[-–]\s*[0-9]+)?(?:,\s*[0-9]+(?:\s*[-–]\s*[0-9]+)?)*")
_BARE = re.compile(r"[0-9]|[ivxlcdm]+\b|[a-z]\b", re.IGNORECASE)

_CHICAGO = {
    "page": "{}", "paragraph": "para. {}", "article": "art. {}", "section": "sec. {}", "chapter": "chap. {}",
    "line": "line {}", "timestamp": "{}", "figure": "fig. {}", "table": "table {}", "note": "n. {}",
}  # fmt: skip
_OSCOLA = {
    "page": "{}", "paragraph": "para {}", "article": "art {}", "section": "s {}", "chapter": "ch {}",
    "line": "line {}", "timestamp": "{}", "figure": "fig {}", "table": "table {}", "note": "fn {}",
}  # fmt: skip
_APA = {
    "page": "p. {}", "paragraph": "para. {}", "article": "Article {}", "section": "Section {}",
    "chapter": "Chapter {}", "line": "line {}", "timestamp": "{}", "figure": "Figure {}", "table": "Table {}",
    "note": "Note {}",
}  # fmt: skip
_IEEE = {
    "page": "p. {}", "paragraph": "para. {}", "article": "art. {}", "section": "Sec. {}", "chapter": "ch. {}",
    "line": "line {}", "timestamp": "{}", "figure": "Fig. {}", "table": "Table {}", "note": "note {}",
}  # fmt: skip
_JAPANESE = {
    "page": "{}", "paragraph": "第{}段落", "article": "第{}条", "section": "第{}節", "chapter": "第{}章",
    "line": "{}行目", "timestamp": "{}", "figure": "図{}", "table": "表{}", "note": "注{}",
}  # fmt: skip
_NORWEGIAN = {
    "page": "s. {}", "paragraph": "avsn. {}", "article": "art. {}", "section": "pkt. {}", "chapter": "kap. {}",
    "line": "linje {}", "timestamp": "{}", "figure": "fig. {}", "table": "tabell {}", "note": "note {}",
}  # fmt: skip
_ENGLISH = {
    CitationStyle.CHICAGO_NOTES: _CHICAGO,
    CitationStyle.CHICAGO_AUTHOR_DATE: _CHICAGO,
    CitationStyle.OSCOLA: _OSCOLA,
    CitationStyle.APA: _APA,
    CitationStyle.IEEE: _IEEE,
}
_LANGUAGES = {"ja": _JAPANESE, "nb": _NORWEGIAN}


def locator(label: LocatorLabel | None, text: str, style: CitationStyle, language: str) -> str:
    """A place as the suffix of a citation of pandoc's; empty for no place."""
    text = " ".join(text.replace(MARK, "").split())
    if not text:
        return ""
    if label is LocatorLabel.PAGE and _PAGES.fullmatch(text):
        return text
    if label is not None and _BARE.match(text):
        text = _LANGUAGES.get(language, _ENGLISH[style])[label.value].format(text)
    return f"{{{MARK}{text.translate(_BRACES)}}}"


_BRACES = str.maketrans("{}", "()")  # they would end the place
