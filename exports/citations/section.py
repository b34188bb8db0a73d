"""The bibliography as a section of a briefing, for the styles that have one."""

from collections.abc import Sequence

from exports.briefing.document import Item, ItemList, Role, Run, Section
from exports.citations.notes import BibliographyEntry


def bibliography_section(entries: Sequence[BibliographyEntry], title: str) -> Section | None:
    """A section of entries, each with the numbers of the notes that cite it; None without entries."""
    if not entries:
        return None
    items = tuple(_item(entry) for entry in entries)
    return Section("bibliography", title, (ItemList(items),))


def _item(entry: BibliographyEntry) -> Item:
    runs = tuple(
        Run(phrase.text, Role.EMPHASIS if phrase.italic else Role.BODY, phrase.language) for phrase in entry.phrases
    )
    return Item(runs, notes=entry.notes)
