"""What pandoc answers, read into phrases."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from exports.briefing.sheet import Phrase
from exports.citations.errors import CitationFailure
from exports.citations.locators import MARK
from exports.citations.request import name_of

Node = dict[str, Any]
_SPACES = frozenset({"Space", "SoftBreak", "LineBreak"})
_LABEL = "csl-left-margin"
"""The class of the number in front of an entry of a numeric style."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The text of each citation in order, and the entry of each item, empty where the style prints none."""

    citations: tuple[tuple[Phrase, ...], ...]
    entries: dict[int, tuple[Phrase, ...]]
    """By the number of the item, in the order of the style's bibliography."""


def read_answer(document: Node, *, items: int, citations: int) -> Answer:
    """Raises CitationFailure if anything is missing."""
    try:
        blocks = document["blocks"]
        texts = tuple(_phrases(block["c"]) for block in blocks if block["t"] == "Para")
        numbers = {name_of(number): number for number in range(items)}
        entries = {numbers[name]: _phrases(inlines) for name, inlines in _entries(blocks)}
    except (KeyError, IndexError, TypeError, ValueError):
        raise CitationFailure("pandoc's answer is not what was asked for") from None
    if len(texts) != citations or not all(texts):
        raise CitationFailure("pandoc's answer lacks citations")
    return Answer(texts, entries)


def _entries(blocks: Sequence[Node]) -> Iterator[tuple[str, list[Node]]]:
    for block in blocks:
        if block["t"] == "Div" and block["c"][0][0] == "refs":
            for entry in block["c"][1]:
                (name, _, _), paragraphs = entry["c"]
                yield name.removeprefix("ref-"), [node for paragraph in paragraphs for node in paragraph["c"]]


def _phrases(nodes: Sequence[Node]) -> tuple[Phrase, ...]:
    """Runs of one look and language; an address is a phrase of its own, whose text is the address."""
    runs = [run for run in _runs(nodes, "", italic=False, address=False) if run[0].text]
    joined = (
        (Phrase("".join(run[0].text for run in same), language, italic))
        for (language, italic, _), same in groupby(runs, key=lambda run: (run[0].language, run[0].italic, run[1]))
    )
    return tuple(joined)


def _runs(nodes: Sequence[Node], language: str, *, italic: bool, address: bool) -> Iterator[tuple[Phrase, bool]]:
    for node in nodes:
        kind: str = node["t"]
        content: Any = node.get("c")
        if kind in _SPACES:
            yield Phrase(" ", language, italic), address
        elif kind == "Str":
            yield Phrase(content.replace(MARK, ""), language, italic), address
        elif kind == "Link":
            yield from _runs(content[1], language, italic=italic, address=_shows_target(content))
        elif kind == "Span":
            (_, classes, attributes), inner = content
            if _LABEL not in classes:
                spoken = dict(attributes).get("lang", language)
                yield from _runs(inner, spoken, italic=italic, address=address)
        elif kind == "Note":
            yield from (run for block in content for run in _runs(block["c"], language, italic=italic, address=address))
        elif kind in ("Cite", "Quoted"):
            yield from _runs(content[1], language, italic=italic, address=address)
        else:  # Emph, Strong, SmallCaps, Superscript, Subscript, Strikeout, Underline: only italics are ours
            yield from _runs(content, language, italic=italic or kind == "Emph", address=address)


def _shows_target(link: Sequence[Any]) -> bool:
    shown = "".join(node.get("c", "") for node in link[1] if node["t"] == "Str")
    return bool(shown == link[2][0])
