"""All that a briefing says is in the file, exactly, with its notes, languages and directions."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.models.vocabulary import Standing
from exports.briefing.document import (
    Briefing,
    Cell,
    Column,
    Figure,
    Item,
    ItemList,
    NotesPlace,
    Portrait,
    Row,
    Run,
    Section,
    Table,
)
from exports.briefing.sheet import Fact, Phrase, Support
from exports.docx import render_docx
from exports.docx.markup import clean
from exports.docx.text import word_language
from tests.exports.docx.reading import WP, W, has, paragraph_text, part, styled, text, values
from tests.exports.pdf import dossiers, sheets

KINDS = {NotesPlace.PAGE: "footnote", NotesPlace.END: "endnote"}
SCRIPTS = {
    "pl": "Zażółć gęślą jaźń, Đorđe Šešelj",
    "el": "Υπουργείο Εθνικής Άμυνας",
    "ru": "Министерство обороны",
    "ar": "وزارة الدفاع 2024",
    "he": "משרד הביטחון",
    "hi": "रक्षा मंत्रालय",
    "th": "กระทรวงกลาโหม",
    "ja": "防衛省・自衛隊",
    "ko": "국방부 장관",
    "zh-Hans": "国防部",
    "zh-Hant": "國防部",
}
NAUGHTY = (
    "S&P <b>bold</b> \"quoted\" 'single'",
    "]]>&amp;&#0;",
    "  two  spaces  ",
    "a\tb\nc",
    "{page} of {pages} %s {0}",
    '" TOC \\o "1-9',
    "e\u0301 \u200d \u00ad \u2060",
    "\u202eright\u202c \u2067isolated\u2069",
    "🇯🇵🇳🇴 👩‍✈️ 𠮷",
)


def saying(words: str, language: str = "") -> bytes:
    item = Item((Run(words, language=language),))
    return render_docx(sheets.with_section(sheets.empty(), "facts", item))


def said(docx: bytes) -> str:
    return paragraph_text(styled(docx, "BodyText")[-2])


@pytest.mark.parametrize("words", NAUGHTY)
def test_naughty_text_is_told_as_it_is(words: str) -> None:
    assert said(saying(words)) == words


@settings(max_examples=80, deadline=None)
@given(st.text(st.characters(), min_size=1, max_size=60))
def test_any_text_is_told_as_it_is_but_for_controls(words: str) -> None:
    told = said(saying(words))
    assert told == clean(words)
    assert clean(clean(words)) == clean(words)


@settings(max_examples=40, deadline=None)
@given(st.text(st.sampled_from("abc 123 (%) אבג وزا क्षไทย日本\u200f\u2067\u2069\n"), min_size=1, max_size=40))
def test_text_that_runs_both_ways_keeps_its_order(words: str) -> None:
    assert said(saying(words)) == words


@pytest.mark.parametrize("language", SCRIPTS)
def test_every_script_has_its_language(language: str) -> None:
    made = saying(SCRIPTS[language], language)
    paragraph = styled(made, "BodyText")[-2]
    assert paragraph_text(paragraph) == SCRIPTS[language]
    tongues = {value for tag in paragraph.iter(f"{W}lang") for value in tag.attrib.values()}
    assert word_language(language) in tongues


@pytest.mark.parametrize(("tag", "word"), [("ja", "ja-JP"), ("zh-Hant", "zh-TW"), ("nb", "nb-NO"), ("en-GB", "en-GB")])
def test_languages_are_those_that_word_knows(tag: str, word: str) -> None:
    assert word_language(tag) == word


def test_latin_words_of_a_japanese_document_are_not_japanese() -> None:
    made = render_docx(sheets.with_front(sheets.rich(), language="ja"))
    (tongues,) = part(made, "styles").iter(f"{W}lang")
    assert (tongues.get(f"{W}val"), tongues.get(f"{W}eastAsia")) == ("en-US", "ja-JP")
    assert "ja-JP" not in values(part(made, "document"), "lang")


@pytest.mark.parametrize("language", ["ar", "he"])
def test_what_runs_from_right_to_left_is_said_to(language: str) -> None:
    alone = styled(saying(SCRIPTS[language], language), "BodyText")[-2]
    assert has(alone, "pPr/bidi")
    assert all(has(run, "rPr/rtl") for run in alone.iter(f"{W}r"))
    mixed = styled(saying(f"The {SCRIPTS[language]} said"), "BodyText")[-2]
    assert not has(mixed, "pPr/bidi")
    turned = ["".join(t.text or "" for t in run.iter(f"{W}t")) for run in mixed.iter(f"{W}r") if has(run, "rPr/rtl")]
    assert "".join(turned) == SCRIPTS[language]


def test_a_value_that_runs_the_other_way_stays_together_before_its_number() -> None:
    words = f"{SCRIPTS['ar']} (MoU) {SCRIPTS['he']}"
    item = Item((Run(words, language="ar"),), sheets.single(1))
    paragraph = styled(render_docx(sheets.with_section(sheets.rich(), "facts", item)), "BodyText")
    (value,) = [found for each in paragraph for found in each.iter(f"{W}dir")]
    assert value.get(f"{W}val") == "rtl"
    assert paragraph_text(value) == words
    (whole,) = [each for each in paragraph if has(each, "dir")]
    assert paragraph_text(whole).startswith(f"{words}\u200e")


@pytest.mark.parametrize("place", NotesPlace)
def test_notes_are_words_own_and_complete(place: NotesPlace) -> None:
    kind = KINDS[place]
    made = render_docx(dossiers.dossier(place))
    document, notes = part(made, "document"), part(made, f"{kind}s")
    cited = values(document, f"{kind}Reference", "id")
    assert cited == [each for each in values(notes, kind, "id") if int(each) > 0]
    assert cited == [str(number) for number in range(1, 9)]
    texts = [text(note) for note in notes if int(note.get(f"{W}id", "0")) > 0]
    for note in dossiers.dossier(place).notes:
        own = [told for told in texts if "".join(phrase.text for phrase in note.reference) in told]
        assert len(own) == 1
        assert note.snapshot in own[0]
        assert note.url in own[0]
        assert note.quotation in own[0]
        assert (f"Grade {note.reliability} {note.credibility}" if note.reliability else "not graded") in own[0]


def test_a_note_cited_again_refers_to_the_same_one() -> None:
    document = part(render_docx(sheets.rich()), "document")
    places = {mark.get(f"{W}name") for mark in document.iter(f"{W}bookmarkStart")}
    codes = [(each.text or "").split() for each in document.iter(f"{W}instrText")]
    again = [code[1] for code in codes if code[0] == "NOTEREF"]
    assert len(again) > 20
    assert set(again) <= places
    identifiers = values(document, "bookmarkStart", "id")
    assert len(set(identifiers)) == len(identifiers)
    assert sorted(identifiers) == sorted(values(document, "bookmarkEnd", "id"))


def test_words_numbers_are_those_of_their_first_mention() -> None:
    made = render_docx(sheets.rich())
    notes = [text(note) for note in part(made, "endnotes") if int(note.get(f"{W}id", "0")) > 0]
    assert ["Ministry of Defense" in notes[0], "Janes" in notes[1]] == [True, True]
    title = next(each for each in styled(made, "SmallText") if paragraph_text(each).startswith("Title"))
    assert paragraph_text(title) == "Title, 3 origins"  # Word shows the numbers


def test_numbers_that_other_notes_tell_are_kept() -> None:
    rich = sheets.rich()
    ieee = tuple(replace(note, reference=(Phrase(f"[{note.number}] A. Author"),)) for note in rich.notes)
    made = render_docx(replace(rich, notes=ieee))
    document = part(made, "document")
    assert set(values(document, "endnoteReference", "customMarkFollows")) == {"1"}
    title = next(each for each in styled(made, "SmallText") if paragraph_text(each).startswith("Title"))
    assert paragraph_text(title) == "Title1,4 3 origins"
    told = [text(note) for note in part(made, "endnotes") if int(note.get(f"{W}id", "0")) > 0]
    assert all(each.startswith(f"{number} [{number}]") for each, number in zip(told, (1, 4, 2, 5), strict=False))


def test_a_note_that_nothing_cites_is_told() -> None:
    rich = sheets.rich()
    made = render_docx(replace(rich, notes=(*rich.notes, dossiers.note(99, "Never cited"))))
    assert "Never cited" in text(part(made, "document"))


def test_how_well_things_are_known_is_said_in_words() -> None:
    told = text(part(render_docx(sheets.rich()), "document"))
    for words in (
        "◆\u00a0disputed",
        "○\u00a0single origin",
        "□\u00a0uncited",
        "4 origins",
        "Not known",
        "Otherwise: Kihara Minoru and Bjørn Arild Gram, the ministers (KUNA, Janes)",
        "Also given as: 当局間 (Jiji)",
        "Accepted because: the ministry's own readout has the minister welcome a signature, not give one.",
        "● reached",
        "◌ not known",
        "Confidence: Moderate",
        "Likelihood: Likely",
        "3 × B 2",
    ):
        assert words in told


def test_evidence_without_words_is_a_mark_with_its_numbers_below_it() -> None:
    support = Support(Standing.DISPUTED, (1, 2), 2)
    item = Item((Run(""),), support, notes=(3,))
    rich = sheets.rich()
    made = render_docx(sheets.with_section(rich, "facts", Table((Column("Evidence", 1.0),), (Row((Cell((item,)),)),))))
    (found,) = (each for each in styled(made, "TableText") if paragraph_text(each).startswith("◆\u00a0disputed\n"))
    assert set(values(found, "vertAlign")) == {"baseline"}
    assert "".join(paragraph_text(found).split("\n")[1:]).count(", ") == 2


def test_the_head_of_a_page_names_the_sheet() -> None:
    assert text(part(render_docx(sheets.rich()), "header1")).count(sheets.rich().title) == 1
    dossier = render_docx(dossiers.dossier())
    codes = {name: [each.text for each in part(dossier, name).iter(f"{W}instrText")] for name in ("header1", "header2")}
    assert codes == {"header1": [" STYLEREF 1 "], "header2": []}
    assert values(part(dossier, "settings"), "updateFields") == ["true"]


def every_text(briefing: Briefing) -> set[str]:
    said = {run.text for each in briefing.assertions() if isinstance(each, Item) for run in each.runs}
    said |= {each.text for each in briefing.assertions() if isinstance(each, Fact)}
    said |= {section.title for section in briefing.sections() if section.blocks}
    return said | {phrase.text for chapter in briefing.chapters for phrase in chapter.other_titles}


@pytest.mark.parametrize("place", NotesPlace)
def test_every_text_of_a_dossier_is_there(place: NotesPlace) -> None:
    briefing = dossiers.dossier(place)
    told = text(part(render_docx(briefing), "document"))
    assert [words for words in every_text(briefing) if words not in told] == []
    assert "Something above this marking was left out." in told
    assert "Posts held over time." in told


def test_contents_lead_to_the_chapters() -> None:
    made = render_docx(dossiers.dossier())
    document = part(made, "document")
    links = [each.get(f"{W}anchor") for each in document.iter(f"{W}hyperlink")]
    headings = [next(each.iter(f"{W}bookmarkStart")).get(f"{W}name") for each in styled(made, "Heading1")]
    assert links == headings
    assert len(links) == 5  # four chapters and the notes
    entries = [paragraph_text(each).partition("\t")[0] for each in styled(made, "TOC1")]
    assert entries == [paragraph_text(each) for each in styled(made, "Heading1")]
    begins = values(document, "fldChar", "fldCharType")
    assert begins.count("begin") == begins.count("separate") == begins.count("end")


def test_tables_have_header_rows_that_repeat_and_numbers_flush_right() -> None:
    tables = list(
        part(render_docx(sheets.with_section(sheets.rich(), "facts", dossiers.register(40))), "document").iter(
            f"{W}tbl"
        )
    )
    table = max(tables, key=len)
    rows = table.findall(f"{W}tr")
    assert has(rows[0], "trPr/tblHeader")
    assert not any(has(row, "trPr/tblHeader") for row in rows[1:])
    assert [paragraph_text(cell) for cell in rows[0]][1:] == ["Agreement", "Status", "Signed", "Pages"]
    groups = [row for row in rows if has(row, "tc/tcPr/gridSpan")]
    assert [paragraph_text(row) for row in groups] == ["Subject 1", "Subject 2", "Subject 3"]
    assert all(has(group, "tc/p/pPr/keepNext") for group in groups)
    for row in rows[2:4]:
        assert [values(cell, "jc") for cell in row.iter(f"{W}tc")] == [[], [], [], ["right"]]
    assert has(rows[-1], "tc/p/r/rPr/rStyle")
    assert paragraph_text(rows[-1]) == "All280"


def test_pictures_say_what_they_show() -> None:
    made = render_docx(dossiers.dossier())
    told = [each.get("descr") for each in part(made, "document").iter(f"{WP}docPr")]
    assert told == ["Portrait of Kihara Minoru", "A line from Tokyo to Oslo.", "A line from Tokyo to Oslo."]
    sizes = [int(each.get("cx", "0")) / 12_700 for each in part(made, "document").iter(f"{WP}extent")]
    assert max(sizes) <= 595.28 - 2 * 52 + 0.01


def test_addresses_lead_there_and_scripts_do_not() -> None:
    notes = (
        replace(dossiers.note(1), url='https://example.org/a"b c?d=é&e={f}\\'),
        replace(dossiers.note(2), url="javascript:alert(1)"),
    )
    item = Item((Run("Said."),), sheets.supported(1, 2))
    made = render_docx(replace(sheets.with_section(sheets.empty(), "facts", item), notes=notes))
    codes = [each.text for each in part(made, "endnotes").iter(f"{W}instrText")]
    assert codes == [' HYPERLINK "https://example.org/a%22b%20c?d=%C3%A9&e=%7Bf%7D%5C" ']
    assert "javascript:alert(1)" in text(part(made, "endnotes"))


def test_hard_cases_are_whole() -> None:
    people = tuple(sheets.signatory(f"Signatory {n:03}", "木原稔", ("Minister",), "Japan") for n in range(300))
    briefing = sheets.with_sections(dossiers.dossier(NotesPlace.PAGE, rows=2000), sheets.signatories(*people))
    notes = tuple(dossiers.note(number) for number in range(1, 1001))
    items = ItemList(tuple(Item((Run(f"Said {n}."),), sheets.single(n)) for n in range(1, 1001)))
    briefing = replace(sheets.with_section(briefing, "facts", items), notes=notes)
    long = Item((Run("word " * 3000),), details=(("", "https://example.org/" + "x" * 480),))
    briefing = sheets.with_sections(briefing, Section("texts", "Texts", (long,)))
    briefing = sheets.with_chapter(briefing, title=Fact("", "Title " * 66 + "ends"))
    made = render_docx(briefing)
    told = text(part(made, "document"))
    assert all(f"Signatory {n:03}" in told for n in range(300))
    assert all(f"Agreement {n:04} on" in told for n in range(1, 2001))
    assert "word " * 3000 in told
    assert "Title ends" in told
    cited = values(part(made, "document"), "footnoteReference", "id")
    assert cited == [str(n) for n in range(1, 1001)]
    assert all(int(second) - int(first) == 1 for first, second in pairwise(cited))


def test_figures_and_portraits_alone_are_enough_for_a_section() -> None:
    blocks = (Portrait(dossiers.picture("JPEG"), "Somebody"), Figure(dossiers.drawing(), "Drawn."))
    made = render_docx(sheets.with_section(sheets.empty(), "facts", *blocks))
    assert [paragraph_text(each) for each in styled(made, "Caption")] == ["Drawn."]
