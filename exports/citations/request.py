"""What pandoc is given: a document of one paragraph per citation, with the items as its metadata.

The text of an item goes in as words, never as markup, so that `<i>`, `*` and `_` in a title stay what they are.
Format: pandoc-types 1.23, as JSON.
"""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from db.dates import Edtf
from exports.citations.adapting import adapted
from exports.citations.dating import DateParts, date_parts
from exports.citations.items import Cited, Item, Name
from exports.citations.locators import MARK, locator
from exports.citations.styles import CitationStyle, Family

_LOCALES = {"ja": "ja-JP", "nb": "nb-NO"}
"""Where the style's own words are not in English; which English it is, the style says."""

_RAW = frozenset({"URL", "DOI"})
_EASTERN = re.compile("[\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]")
_QUOTED = re.compile(r"(?<![^\s(\[–—-])(?:“([^“”\"]+)”|\"([^“”\"]+)\")(?=[\s.,:;!?)\]–—-]|$)")
_SPACES = re.compile(r"[ \t\n\r\f\v]+")  # not those that belong to a text, as Japan's wide one

Node = dict[str, Any]


def request(items: Sequence[Item], cited: Sequence[Cited], style: CitationStyle, language: str) -> bytes:
    """The document as bytes; equal ones for equal arguments."""
    meta: dict[str, Node] = {
        "references": _list(_item(number, adapted(item, style), style, language) for number, item in enumerate(items))
    }
    if language in _LOCALES:
        meta["lang"] = _string(_LOCALES[language])
    if style.family is Family.NOTE:
        meta["suppress-bibliography"] = {"t": "MetaBool", "c": True}
    blocks = [{"t": "Para", "c": [_citation(citation, style, language)]} for citation in cited]
    document = {"pandoc-api-version": [1, 23, 1], "meta": meta, "blocks": blocks}
    return json.dumps(document, sort_keys=True).encode("ascii")


def name_of(item: int) -> str:
    """What an item is called in the document."""
    return f"item{item}"


def _citation(cited: Cited, style: CitationStyle, language: str) -> Node:
    place = locator(cited.label, cited.locator, style, language)
    citation = {
        "citationId": name_of(cited.item),
        "citationPrefix": [],
        "citationSuffix": [{"t": "Space"}, *_words(place, keep_mark=True)] if place else [],
        "citationMode": {"t": "NormalCitation"},
        "citationNoteNum": 0,
        "citationHash": 0,
    }
    return {"t": "Cite", "c": [[citation], []]}


def _item(number: int, item: Item, style: CitationStyle, language: str) -> Node:
    told: dict[str, Node] = {
        "id": _string(name_of(number)),
        "type": _string(item.type),
        "title": _inlines(_title(item, is_english=language not in _LOCALES)),
    }
    if item.language:
        told["language"] = _string(item.language)
    for variable, text in item.texts:
        told[variable] = _string(text) if variable in _RAW else _inlines(_text(variable, text))
    for variable, date in item.dates:
        told[variable] = _date(date, style, language)
    for role, names in item.names:
        told[role] = _list(_name(name, style) for name in names)
    return _map(told)


def _title(item: Item, *, is_english: bool) -> list[Node]:
    """A title with its language. Only what is known to be English may have its capitals changed by a style."""
    classes = [] if item.language.partition("-")[0] == "en" else ["nocase"]
    languages = [["lang", item.language]] if item.language else []
    words = _quoted(item.title) if is_english else _words(item.title)
    return [{"t": "Span", "c": [["", classes, languages], words]}]


def _text(variable: str, text: str) -> list[Node]:
    """A text; what a source appeared in is a name ("nippon.com") and keeps its letters."""
    words = _words(text)
    return [{"t": "Span", "c": [["", ["nocase"], []], words]}] if variable == "container-title" else words


def _quoted(text: str) -> list[Node]:
    """A text whose quotations a style may set in its other quotation marks, since it quotes the whole."""
    nodes: list[Node] = []
    end = 0
    for found in _QUOTED.finditer(text):
        nodes += _words(text[end : found.start()])
        nodes.append({"t": "Quoted", "c": [{"t": "DoubleQuote"}, _words(found[1] or found[2])]})
        end = found.end()
    return [*nodes, *_words(text[end:])]


def _name(name: Name, style: CitationStyle) -> Node:
    """A name; one in Chinese characters, kana or hangul stands family name first, and pandoc must see no initials."""
    is_eastern = bool(_EASTERN.match(name.given))
    if name.literal or (is_eastern and style.family is Family.NUMERIC):
        return _map({"literal": _inlines(_words(name.literal or f"{name.family}{name.given}"))})
    given = _words(name.given)
    if is_eastern:
        given = [{"t": "Str", "c": MARK}, *given]
    return _map({"family": _inlines(_words(name.family)), "given": _inlines(given)})


def _date(date: Edtf, style: CitationStyle, language: str) -> Node:
    parts: DateParts = date_parts(date, style, language)
    if parts.words:
        return _map({"literal": _inlines(_words(parts.words))})
    told = {"date-parts": _list(_list(_string(str(part)) for part in end) for end in parts.ends)}
    if parts.season:
        told["season"] = _string(str(parts.season))
    if parts.is_circa:
        told["circa"] = _string("true")
    return _map(told)


def _words(text: str, *, keep_mark: bool = False) -> list[Node]:
    """A text as words and the spaces between them."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    pieces = _SPACES.split(text if keep_mark else text.replace(MARK, ""))
    nodes: list[Node] = []
    for number, piece in enumerate(pieces):
        nodes += [{"t": "Space"}] if number else []
        nodes += [{"t": "Str", "c": piece}] if piece else []
    return nodes


def _string(text: str) -> Node:
    return {"t": "MetaString", "c": text.encode("utf-8", "replace").decode("utf-8")}


def _inlines(nodes: list[Node]) -> Node:
    return {"t": "MetaInlines", "c": nodes}


def _list(nodes: Iterable[Node]) -> Node:
    return {"t": "MetaList", "c": list(nodes)}


def _map(nodes: dict[str, Node]) -> Node:
    return {"t": "MetaMap", "c": nodes}
