"""What every rendered sheet keeps to, whatever it says."""

import os
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.models.vocabulary import Standing, Tlp
from exports.briefing.document import FactTable, Ladders
from exports.briefing.labels import Labels
from exports.briefing.sheet import (
    UNKNOWN,
    Fact,
    InconsistentSupport,
    Ladder,
    Marking,
    Phrase,
    Step,
    StepState,
    Support,
)
from exports.pdf import (
    MissingGlyph,
    MissingMarking,
    Paper,
    PdfOptions,
    RepeatedNote,
    UnknownNote,
    render,
)
from tests.exports.pdf import sheets
from tests.exports.pdf.reading import all_text, compact, page_texts
from tests.exports.pdf.sheets import signatories, signatory, with_chapter, with_front, with_section, with_sections

SHEETS = (sheets.rich, sheets.france, sheets.empty)
PRINT_HASH = """
import hashlib
from tests.exports.pdf import sheets
from exports.pdf import render
for build in (sheets.rich, sheets.france, sheets.empty):
    print(hashlib.sha256(render(build()).pdf).hexdigest())
"""


def hashes(seed: str, zone: str) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
    command = [sys.executable, "-c", PRINT_HASH]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


def test_two_processes_give_the_same_bytes() -> None:
    first = hashes("1", "Asia/Tokyo")
    assert len(first.split()) == 3
    assert first == hashes("2", "America/Los_Angeles")


def test_a_sheet_rendered_again_gives_the_same_bytes() -> None:
    assert render(sheets.rich()) == render(sheets.rich())


def test_another_revision_gives_other_bytes() -> None:
    assert render(sheets.rich()) != render(with_front(sheets.rich(), revision="0000000"))


@pytest.mark.parametrize("build", SHEETS)
@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("tlp", Tlp)
def test_every_page_bears_its_marking_twice(build: object, paper: Paper, tlp: Tlp) -> None:
    sheet = with_front(build(), marking=Marking(tlp, "WORKING GROUP ONLY"))  # type: ignore[operator]
    for text in page_texts(render(sheet, PdfOptions(paper)).pdf):
        assert text.count("TLP:") == 2
        assert text.count(tlp.label) == 2
        assert compact(text).count("WORKINGGROUPONLY") == 2


def test_every_page_says_which_it_is_of_how_many() -> None:
    texts = page_texts(render(sheets.rich()).pdf)
    assert len(texts) in (2, 3)
    for number, text in enumerate(texts, 1):
        assert f"Page {number} of {len(texts)}" in text
        assert text.count("Japan and its defence equipment partners") == 1
        assert "File revision 3f9a2c1" in text


def test_words_come_from_labels() -> None:
    labels = Labels(page="Seite {page} von {pages} Seiten", uncited="ohne Beleg")
    text = all_text(render(replace(sheets.france(), labels=labels)).pdf)
    assert "Seite 1 von 1 Seiten" in text
    assert "ohne Beleg" in text
    assert "uncited" not in text


def test_a_sheet_without_a_marking_is_refused() -> None:
    with pytest.raises(MissingMarking, match="marking"):
        render(with_front(sheets.empty(), marking=None))


def test_a_fact_may_not_cite_a_note_that_is_not_there() -> None:
    sheet = with_section(sheets.empty(), "facts", FactTable((Fact("Signed", "2024", sheets.single(7)),)))
    with pytest.raises(UnknownNote, match="note 7"):
        render(sheet)


def test_two_notes_may_not_have_one_number() -> None:
    note = sheets.rich().notes[0]
    with pytest.raises(RepeatedNote):
        render(replace(sheets.empty(), notes=(note, note)))


@pytest.mark.parametrize("standing", [Standing.SUPPORTED, Standing.SINGLE])
def test_a_standing_needs_its_notes(standing: Standing) -> None:
    with pytest.raises(InconsistentSupport):
        Support(standing)
    with pytest.raises(InconsistentSupport):
        Support(Standing.UNCITED, (1,))


@pytest.mark.parametrize(
    ("character", "name"), [("\u1200", "U+1200 ETHIOPIC SYLLABLE HA"), ("\U0001f600", "U+1F600 GRINNING FACE")]
)
def test_a_character_without_a_glyph_is_named_with_its_place(character: str, name: str) -> None:
    with pytest.raises(MissingGlyph) as error:
        render(with_sections(sheets.empty(), signatories(signatory(f"Official {character}"))))
    assert error.value.character == character
    assert name in str(error.value)
    assert "Signatories" in str(error.value)


def test_a_lone_surrogate_is_named_not_written() -> None:
    with pytest.raises(MissingGlyph, match=r"U\+D800"):
        render(with_section(sheets.empty(), "facts", FactTable((Fact("Signed", "\ud800"),))))


def test_the_running_head_and_the_notes_are_checked_for_glyphs_too() -> None:
    with pytest.raises(MissingGlyph, match="running head"):
        render(with_front(sheets.empty(), case_title="\u1200"))
    note = replace(sheets.france().notes[0], reference=(Phrase("\u1200", "am"),))
    with pytest.raises(MissingGlyph, match="Notes 1"):
        render(replace(sheets.empty(), notes=(note,)))


def test_an_empty_sheet_says_so_calmly() -> None:
    text = all_text(render(sheets.empty()).pdf)
    assert "Nothing else is recorded about this agreement yet." in text
    assert "No source is cited on this sheet." in text
    assert "Signatories" not in text


def test_every_standing_is_visible() -> None:
    rich = sheets.rich()
    facts = (
        Fact("A", "first", sheets.supported(1, 2, origins=3)),
        Fact("B", "second", sheets.single(1)),
        Fact("C", "third", Support(Standing.DISPUTED, (1,), 1)),
        Fact("D", "fourth"),
        Fact("E", "", UNKNOWN),
        Fact("F", "sixth", UNKNOWN),
    )
    text = all_text(render(replace(with_section(sheets.empty(), "facts", FactTable(facts)), notes=rich.notes)).pdf)
    assert "first 1,2 3 origins" in text
    assert "second 1 single origin" in text
    assert "third 1 disputed" in text
    assert "fourth uncited" in text
    assert "E Not known" in text
    assert "sixth uncited" in text


def test_a_step_taken_without_a_source_is_uncited() -> None:
    ladder = Ladder((Step("Signature", StepState.REACHED, "2024"), Step("Entry into force", StepState.UNKNOWN)))
    text = all_text(render(with_section(sheets.empty(), "status", Ladders((ladder,)))).pdf)
    assert text.count("uncited") == 2  # the title's and the step's
    assert "Not known" in text


def test_user_text_is_data() -> None:
    typed = "S&P <x> &amp; <b>0.1 <A <0.9</b> (paren) back\\slash % {page}"
    sheet = with_chapter(with_section(sheets.empty(), "facts", FactTable((Fact(typed, typed),))), title=Fact("", typed))
    assert all_text(render(sheet).pdf).count(typed) >= 2


def test_control_characters_do_no_harm() -> None:
    fact = Fact("Signed", "one\x00two\tthree\r\nfour\u200efive\u00adsix")
    text = all_text(render(with_section(sheets.empty(), "facts", FactTable((fact,)))).pdf)
    assert "one\ufffdtwo three four" in text
    assert "fourfivesix" in text


@pytest.mark.parametrize("words", ["word " * 3000, "w" * 5000, "木原稔" * 1500, "https://example.org/" + "p/" * 240])
def test_what_is_longer_than_a_line_or_a_page_is_divided_and_complete(words: str) -> None:
    sheet = with_section(sheets.empty(), "facts", FactTable((Fact("Long", words),)))
    sheet = with_sections(sheet, signatories(signatory("Name", capacity=(words,))))
    sheet = with_chapter(sheet, title=Fact("", words[:600]))
    pages = [compact(page) for page in page_texts(render(sheet).pdf)]
    assert "".join(pages).count(compact(words)[:40]) >= 2
    if len(compact(words)) > 1000:
        assert len(pages) > 2


def test_three_hundred_signatories() -> None:
    rows = (signatory(f"Official {number:03}", capacity=("Minister",)) for number in range(300))
    texts = page_texts(render(with_sections(sheets.empty(), signatories(*rows))).pdf)
    assert len(texts) > 5
    whole = " ".join(texts)
    assert all(whole.count(f"Official {number:03}") == 1 for number in range(300))
    assert all("Post, and for whom" in text for text in texts[:-1])


def test_a_heading_stays_with_what_follows() -> None:
    """Whatever stands above, no page ends with a section's heading alone."""
    for count in range(1, 60):
        facts = tuple(Fact(f"Label {number}", "value") for number in range(count))
        sheet = with_section(sheets.rich(), "facts", FactTable(facts))
        for text in page_texts(render(sheet).pdf):
            assert not text.rstrip().endswith(("Provisions", "Events", "Notes", "Signatories", "Act"))


PRINTABLE = st.text(
    st.one_of(
        st.characters(codec="latin-1"),
        st.sampled_from("ŁódźΕλλάδαКиевЖ木原稔、。・（）“”—…\u200b\u00ad\u2028\u0301\u202f€"),
    ),
    max_size=300,
)


@settings(max_examples=60)
@given(
    PRINTABLE,
    PRINTABLE,
    st.sampled_from(["", "ja", "en-GB", "no such language", "x)"]),
    st.sampled_from(Paper),
)
def test_any_printable_text_is_printed(text: str, title: str, language: str, paper: Paper) -> None:
    sheet = with_section(sheets.france(), "facts", FactTable((Fact(title, text, sheets.single(1), language),)))
    sheet = with_sections(sheet, signatories(signatory(text, title, (text,), title)))
    sheet = with_chapter(sheet, title=Fact("", title, UNKNOWN, language))
    sheet = with_front(sheet, case_title=title, originator=text)
    texts = page_texts(render(sheet, PdfOptions(paper)).pdf)
    assert all(page.count("TLP:GREEN") >= 2 for page in texts)
