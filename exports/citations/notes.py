"""How references show in a briefing's notes.

A fact keeps its number, which links to its note and back, whatever the style: each note is one citation with its place.

- Notes styles (Chicago, OSCOLA): the note tells the reference, in full at the source's first mention, short after it.
- Author and date (Chicago, APA): the note tells what would stand in the text, "(Ministry of Defense 2024a, 3)", and a
  bibliography follows the notes. In the text itself it would repeat what the number says, beside every fact.
- Numbers (IEEE): the note of the first mention is the entry of the list; later ones point to it, "[3, p. 5]".

Grade, origin, quotation, archive address and snapshot stay beside the reference. So does any date or address that the
style leaves out: a date of access, for a reader who asks how old the evidence is, is never lost to a style.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from db.dates import Edtf
from exports.briefing.sheet import Note, Phrase
from exports.citations.items import Cited, Item
from exports.citations.references import References, references
from exports.citations.styles import CitationStyle, Family

_YEAR = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")


@dataclass(frozen=True, slots=True)
class BibliographyEntry:
    """A reference of the bibliography, and the notes that cite it."""

    phrases: tuple[Phrase, ...]
    notes: tuple[int, ...]


@dataclass(frozen=True)
class CitedWorks:
    """All that a briefing cites: its sources in the order of first mention, and its citations, one a note."""

    items: tuple[Item, ...]
    cited: tuple[Cited, ...]
    style: CitationStyle
    locale: str = "en_GB"
    cache: Path | None = None

    @cached_property
    def references(self) -> References:
        """Their references. Raises CitationError."""
        return references(self.items, self.cited, self.style, _language(self.locale), cache=self.cache)

    def notes(self, plain: Sequence[Note]) -> tuple[Note, ...]:
        """Plain notes with their references in the style. Raises CitationError."""
        written = self.references
        by_author = self.style.family is Family.AUTHOR_DATE
        entries = {entry.item: entry.phrases for entry in written.bibliography}
        seen: set[int] = set()
        styled: list[Note] = []
        for note, citation, text in zip(plain, self.cited, written.notes, strict=True):
            if citation.item in seen and not by_author:
                styled.append(replace(note, reference=text, locator="", publisher="", issued="", accessed="", url=""))
            else:
                told = entries.get(citation.item, ()) if by_author else text
                styled.append(_with_reference(note, self.items[citation.item], text, told))
            seen.add(citation.item)
        return tuple(styled)

    def bibliography(self) -> tuple[BibliographyEntry, ...]:
        """The bibliography of a style by author and date; empty for the others. Raises CitationError."""
        numbers: dict[int, list[int]] = {}
        for number, citation in enumerate(self.cited, 1):
            numbers.setdefault(citation.item, []).append(number)
        return tuple(
            BibliographyEntry(entry.phrases, tuple(numbers[entry.item])) for entry in self.references.bibliography
        )


def _language(locale: str) -> str:
    """The language of a locale: en, ja, nb."""
    language = locale.partition("_")[0]
    return "nb" if language == "no" else language


def _with_reference(note: Note, item: Item, text: tuple[Phrase, ...], told: tuple[Phrase, ...]) -> Note:
    """A note with its reference, and of its particulars those that `told` does not tell."""
    if not told:  # the style has no entry for such a source, as for a letter
        return replace(note, reference=(*text, Phrase(" "), *note.reference), locator="")
    issued, accessed = _untold(item, told)
    return replace(
        note,
        reference=text,
        locator="",
        publisher="",
        issued=note.issued if issued else "",
        accessed=note.accessed if accessed else "",
        url="" if any(phrase.text == note.url for phrase in told) else note.url,
    )


def _untold(item: Item, told: Sequence[Phrase]) -> tuple[bool, bool]:
    """Whether the dates of issue and of access are missing from what is told outside title and addresses."""
    text = "".join(phrase.text for phrase in told if "://" not in phrase.text).replace(item.title, "")
    issued, accessed = _marks(item.date("issued")), _marks(item.date("accessed"))
    lacks_issued = any(mark not in text for mark in issued)
    both = accessed if accessed <= issued else frozenset()  # one year, told once, is that of issue or of access
    return lacks_issued, any(text.count(mark) < (2 if mark in both else 1) for mark in accessed)


def _marks(date: Edtf | None) -> frozenset[str]:
    """What shows that a date is told: its years, or its text where it has none."""
    if date is None:
        return frozenset()
    return frozenset(_YEAR.findall(date.form)) or frozenset({date.text})
