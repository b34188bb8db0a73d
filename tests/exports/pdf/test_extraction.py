"""What is printed can be copied and searched, character for character."""

from dataclasses import replace

import pytest

from exports.briefing.sheet import Fact, Phrase
from exports.pdf import render
from tests.exports.pdf import sheets
from tests.exports.pdf.reading import all_text, compact

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
    sheet = replace(sheets.empty(), title=fact) if bold else replace(sheets.empty(), facts=(fact,))
    assert text in all_text(render(sheet))


def test_one_glyph_for_two_characters_reads_back_as_each() -> None:
    """The radical ⽊ and the ideograph 木 share a glyph; so do Latin and Cyrillic letters in some faces."""
    sheet = replace(
        sheets.empty(),
        other_titles=(Phrase("木 原", "ja"), Phrase("\u2f4a 原", "ja")),
        facts=(Fact("A", "AАΑ Ωω"),),
    )
    text = all_text(render(sheet))
    assert "木 原" in text
    assert "\u2f4a 原" in text
    assert "AАΑ Ωω" in text


def test_composed_and_decomposed_spellings_in_one_sheet() -> None:
    sheet = replace(sheets.empty(), facts=(Fact("A", "caf\u00e9"), Fact("B", "cafe\u0301")))
    text = all_text(render(sheet))
    assert "caf\u00e9" in text
    assert "cafe\u0301" in text


def test_everything_on_the_rich_sheet_reads_back() -> None:
    text = compact(all_text(render(sheets.rich())))
    sheet = sheets.rich()
    said = [sheet.title.text, *(title.text for title in sheet.other_titles)]
    said += [fact.text for fact in sheet.facts] + [note.url for note in sheet.notes]
    said += [note.snapshot for note in sheet.notes] + [signatory.name for signatory in sheet.signatories]
    said += [rival.text for fact in sheet.facts for rival in fact.support.rivals]
    said += [assessment.judgement for assessment in sheet.assessments]
    assert [words for words in said if compact(words) not in text] == []
