"""What is printed can be copied and searched, character for character."""

import pytest

from exports.briefing.document import FactTable, ItemList, Table
from exports.briefing.sheet import Fact, Phrase
from exports.pdf import render
from tests.exports.pdf import sheets
from tests.exports.pdf.reading import all_text, compact
from tests.exports.pdf.sheets import with_chapter, with_section

NAMES = (
    ("Bjørn Arild Gram", "nb"),
    ("木原稔", "ja"),
    ("Łódź", "pl"),
    ("Ελλάδα", "el"),
    ("Киев, Україна, Ђурађ", "uk"),
    ("Nguyễn Phú Trọng", "vi"),
    ("Þórðarson, Çağlar Žižek Őrség", ""),
    ("岸田文雄・麻生太郎（大臣）「覚書」", "ja"),
    ("office fluffier ffi AVATAR Tó", ""),
    ("m\u0304 and e\u0301 decomposed", ""),
    ("ひらがな カタカナ ー 々", "ja"),
    ("“quoted” – dash — … € № ½", ""),
)


@pytest.mark.parametrize(("text", "language"), NAMES)
@pytest.mark.parametrize("bold", [True, False])
def test_text_reads_back_exactly(text: str, language: str, bold: bool) -> None:
    fact = Fact("Name", text, language=language)
    empty = sheets.empty()
    sheet = with_chapter(empty, title=fact) if bold else with_section(empty, "facts", FactTable((fact,)))
    assert text in all_text(render(sheet).pdf)


def test_one_glyph_for_two_characters_reads_back_as_each() -> None:
    """The radical ⽊ and the ideograph 木 share a glyph; so do Latin and Cyrillic letters in some faces."""
    sheet = with_section(sheets.empty(), "facts", FactTable((Fact("A", "AАΑ Ωω"),)))
    text = all_text(render(with_chapter(sheet, other_titles=(Phrase("木 原", "ja"), Phrase("\u2f4a 原", "ja")))).pdf)
    assert "木 原" in text
    assert "\u2f4a 原" in text
    assert "AАΑ Ωω" in text


def test_composed_and_decomposed_spellings_in_one_sheet() -> None:
    facts = (Fact("A", "caf\u00e9"), Fact("B", "cafe\u0301"))
    text = all_text(render(with_section(sheets.empty(), "facts", FactTable(facts))).pdf)
    assert "caf\u00e9" in text
    assert "cafe\u0301" in text


def test_everything_on_the_rich_sheet_reads_back() -> None:
    sheet = sheets.rich()
    text = compact(all_text(render(sheet).pdf))
    blocks = [block for section in sheet.sections() for block in section.blocks]
    facts = [fact for block in blocks if isinstance(block, FactTable) for fact in block.facts]
    rows = [row for block in blocks if isinstance(block, Table) for row in block.rows]
    items = [item for block in blocks if isinstance(block, ItemList) for item in block.items]
    lines = [line for row in rows for cell in row.cells for line in cell.lines]
    said = [sheet.title, *(other.text for other in sheet.chapters[0].other_titles), *(fact.text for fact in facts)]
    said += [words for note in sheet.notes for words in (note.url, note.snapshot)]
    said += [rival.text for fact in facts if fact.support for rival in fact.support.rivals]
    said += [run.text for item in (*items, *lines) for run in item.runs]
    assert len(said) > 60
    assert [words for words in said if compact(words) not in text] == []
