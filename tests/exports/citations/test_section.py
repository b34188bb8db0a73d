"""The bibliography as blocks."""

from exports.briefing.document import ItemList, Role, Run
from exports.briefing.sheet import Phrase
from exports.citations.notes import BibliographyEntry
from exports.citations.section import bibliography_section


def test_entries_keep_italics_and_languages_and_name_their_notes() -> None:
    phrases = (Phrase("木原稔. ", ""), Phrase("記事", "ja"), Phrase("Book", "en", italic=True))
    section = bibliography_section([BibliographyEntry(phrases, (1, 4))], "Bibliography")
    assert section is not None
    assert section.title == "Bibliography"
    (block,) = section.blocks
    assert isinstance(block, ItemList)
    (entry,) = block.items
    assert entry.notes == (1, 4)
    assert entry.runs == (
        Run("木原稔. "),
        Run("記事", language="ja"),
        Run("Book", Role.EMPHASIS, "en"),
    )


def test_no_entries_are_no_section() -> None:
    assert bibliography_section((), "Bibliography") is None
