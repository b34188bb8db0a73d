"""References of a whole briefing at once, because a style looks back: short forms, "ibid", 2024a and 2024b."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from exports.briefing.sheet import Phrase
from exports.citations.answer import Answer, read_answer
from exports.citations.cache import CitationCache
from exports.citations.items import Cited, Item
from exports.citations.pandoc import Pandoc, installed_pandoc
from exports.citations.request import request
from exports.citations.styles import CitationStyle, Family

_NUMBER = re.compile(r"\[[0-9]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a bibliography says of an item."""

    item: int
    phrases: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class References:
    """The text of each citation in order, and the bibliography in the style's own order.

    Only styles by author and date have a bibliography: notes of the others tell everything themselves.
    """

    notes: tuple[tuple[Phrase, ...], ...]
    bibliography: tuple[Entry, ...] = ()


def references(
    items: Sequence[Item],
    cited: Sequence[Cited],
    style: CitationStyle,
    language: str = "en",
    *,
    cache: Path | None = None,
    pandoc: Pandoc | None = None,
) -> References:
    """References in a style, the style's own words in a language (en, ja, nb), each note citing once.

    `cache`: a folder in which answers are kept. Equal arguments give equal texts. Raises MissingPandoc, UnfitPandoc,
    CitationTimeout, CitationFailure.
    """
    if not cited:
        return References(())
    answer = _answer(items, cited, style, language, cache, pandoc or installed_pandoc())
    if style.family is Family.NUMERIC:
        return References(tuple(_numeric_note(position, cited, answer) for position in range(len(cited))))
    entries = answer.entries if style.family is Family.AUTHOR_DATE else {}
    notes = tuple(_without_capital(text) for text in answer.citations) if _is_oscola(style) else answer.citations
    return References(notes, tuple(Entry(item, phrases) for item, phrases in entries.items() if phrases))


def _answer(
    items: Sequence[Item],
    cited: Sequence[Cited],
    style: CitationStyle,
    language: str,
    cache: Path | None,
    pandoc: Pandoc,
) -> Answer:
    asked = request(items, cited, style, language)
    key = hashlib.sha256(b"\0".join([pandoc.version.encode(), style.file.read_bytes(), asked])).hexdigest()
    kept = CitationCache(cache) if cache else None
    answer = kept.get(key) if kept else None
    if answer is None or len(answer.citations) != len(cited):
        answer = read_answer(pandoc.cite(asked, style.file), items=len(items), citations=len(cited))
        if kept:
            kept.put(key, answer)
    return answer


def _numeric_note(position: int, cited: Sequence[Cited], answer: Answer) -> tuple[Phrase, ...]:
    """At its first mention an item's entry, after "[3, p. 5]" if there is a place; later only that.

    The number is the one of the note that tells the entry, so that a reader has one series of numbers.
    """
    item = cited[position].item
    first = next(number for number, citation in enumerate(cited) if citation.item == item)
    head, *rest = answer.citations[position]
    label = (replace(head, text=_NUMBER.sub(f"[{first + 1}", head.text, count=1)), *rest)
    if position != first:
        return label
    entry = answer.entries.get(item, ())
    if not cited[position].locator:
        return entry or label
    return (*label, Phrase(" "), *entry)


def _is_oscola(style: CitationStyle) -> bool:
    return style is CitationStyle.OSCOLA


def _without_capital(phrases: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
    """OSCOLA 1.2.1 writes "ibid" small even where a note begins with it; pandoc does not."""
    head, *rest = phrases
    return (replace(head, text=re.sub(r"^Ibid\b", "ibid", head.text)), *rest)
