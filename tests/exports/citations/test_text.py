"""What a file holds comes out as it went in: markup, scripts, names, dates, languages."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.briefing.sheet import Phrase
from exports.citations.items import Cited, Item, Name
from exports.citations.references import references
from exports.citations.styles import CitationStyle, Family
from tests.exports.citations.reading import entries_of, notes_of, plain
from tests.exports.citations.sources import BOOK, JAPANESE_PRESS, MINISTRY, PAGE, PRESS, item

STYLES = [style for style in CitationStyle if style is not CitationStyle.PLAIN]
NAUGHTY = [
    "<i>S&P</i> *x* _y_ **z** ~w~ `code`",
    "<script>alert('1')</script>",
    "&amp; &lt; &#x27;",
    "[@item0] @item1 [^1] ^[note] [link](https://example.org)",
    r"$x^2$ \textbf{bold} \emph{x} \input{file}",
    "{page 3} {{braces} %s ${HOME} #{1}",
    "--- -- ... ‘single’ 'straight' it's",
    "# heading | table | ::: {.div}",
    "T̶͚̞o invoke the hive",
    "田中さんにあげて下さい 社會科學院語學研究所",
    "مذكرة تفاهم بشأن معدات الدفاع",
    "מזכר הבנות בנושא ציוד ביטחוני",
    "रक्षा उपकरण समझौता ज्ञापन",
    "บันทึกความเข้าใจ",
    "Ω≈ç√∫˜µ≤≥÷ ЁЂЃЄ ٠١٢٣",
    "👾 🙇🏽‍♀️ 🇯🇵",
    "wide\u3000space no\u00a0break zero\u200bwidth \u202eover\u202c \ufeffmark",
    "https://example.org/inside?x=1&y=2#z",
    "AUX CON PRN ../../etc/passwd; DROP TABLE source",
]


def typed(text: str) -> str:
    """A text as a reference can tell it: its blanks are single spaces."""
    return re.sub(r"[ \t\n\r\f\v]+", " ", text)


def full_texts(items: list[Item], style: CitationStyle) -> list[str]:
    """All that a style tells of each item."""
    written = references(items, [Cited(number) for number in range(len(items))], style)
    if style.family is not Family.AUTHOR_DATE:
        return [plain(note) for note in written.notes]
    entries = {entry.item: plain(entry.phrases) for entry in written.bibliography}
    return [entries[number] for number in range(len(items))]


@pytest.mark.parametrize("style", STYLES)
def test_no_text_is_read_as_markup(style: CitationStyle) -> None:
    items = [
        item(
            "article-newspaper",
            f"T{text}T",
            language="nb",
            author=(Name(literal=f"A{text}A"),),
            issued="2024",
            container_title=f"C{text}C",
            URL=f"https://example.org/?{text.replace(' ', '')}",
        )
        for text in NAUGHTY
    ]
    for text, told in zip(NAUGHTY, full_texts(items, style), strict=True):
        for letter in "TAC":
            assert f"{letter}{typed(text)}{letter}" in told
        assert f"https://example.org/?{text.replace(' ', '')}" in told


LETTERS = st.characters(
    codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Zs", "Zl", "Zp"], exclude_characters='"“”'
)


@settings(max_examples=8)
@given(st.lists(st.text(LETTERS, min_size=1, max_size=20), min_size=30, max_size=60))
def test_any_title_comes_out_as_it_is(texts: list[str]) -> None:
    items = [item("report", f"T{text}T", language="nb", issued="2024") for text in texts]
    for text, told in zip(texts, full_texts(items, CitationStyle.IEEE), strict=True):
        assert f"T{text}T" in told


def test_what_is_no_character_does_no_harm() -> None:
    source = item("report", "a\ud800b\ufdd0c\x00d", language="nb", author=(Name("x\ufdd0", "y\udfff"),), issued="2024")
    assert plain(references([source], [Cited(0)], CitationStyle.IEEE).notes[0]).startswith("y?. x, “a?bc")


def test_a_title_keeps_its_language_and_italics_stay_off_what_is_not_a_title() -> None:
    page, book = references([PAGE, BOOK], [Cited(0), Cited(1)], CitationStyle.CHICAGO_NOTES).notes
    assert Phrase("日ノルウェー防衛相会談について", "ja") in page
    assert Phrase("Arms and Influence", "en", italic=True) in book
    assert [phrase.text for phrase in book if phrase.italic] == ["Arms and Influence"]


def test_an_address_is_a_phrase_of_its_own() -> None:
    for style in (CitationStyle.CHICAGO_NOTES, CitationStyle.OSCOLA, CitationStyle.IEEE):
        (note,) = references([PRESS], [Cited(0)], style).notes
        assert Phrase("https://example.org/press") in note


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "Japan Signs a Pact"),
        ("", "Japan signs a pact"),
        ("nb", "Japan signs a pact"),
        ("de", "Japan signs a pact"),
    ],
)
def test_only_english_titles_get_capitals(language: str, expected: str) -> None:
    source = item("book", "Japan signs a pact", language=language)
    assert notes_of([source], CitationStyle.CHICAGO_NOTES) == [f"*{expected}* (n.d.)."]


@pytest.mark.parametrize("style", STYLES)
def test_the_name_of_a_site_keeps_its_letters(style: CitationStyle) -> None:
    sites = [item(kind, "A page", container_title="nippon.com") for kind in ("webpage", "article-newspaper", "post")]
    assert all("nippon.com" in told for told in full_texts(sites, style))


@pytest.mark.parametrize("style", STYLES)
def test_a_japanese_name_has_its_family_name_first_and_no_initial(style: CitationStyle) -> None:
    (told,) = full_texts([JAPANESE_PRESS], style)
    assert told.startswith(
        "木原稔" + {CitationStyle.CHICAGO_AUTHOR_DATE: ". ", CitationStyle.APA: ". "}.get(style, ", ")
    )


@pytest.mark.parametrize("style", STYLES)
def test_an_institution_is_never_turned_round(style: CitationStyle) -> None:
    source = item("report", "Paper", author=(Name(literal="Ministry of Defense"), Name(literal="Kihara Minoru")))
    (told,) = full_texts([source], style)
    joint = {CitationStyle.APA: ", & "}.get(style, " and ")
    assert f"Ministry of Defense{joint}Kihara Minoru" in told.replace(", and ", " and ")


def test_an_authority_is_the_author_of_what_is_no_law() -> None:
    page = item("webpage", "Readout", authority="Ministry of Defense", issued="2024")
    assert notes_of([page], CitationStyle.APA) == ["(Ministry of Defense, 2024)"]
    assert notes_of([replace(page, type="bill")], CitationStyle.APA) == ["(Readout, 2024)"]
    named = replace(page, names=(("author", (Name("Doe", "Jane"),)),))
    assert notes_of([named], CitationStyle.APA) == ["(Doe, 2024)"]


@pytest.mark.parametrize(
    ("issued", "chicago", "oscola", "apa"),
    [
        ("2024-09-03", "September 3, 2024", "3 September 2024", "2024, September 3"),
        ("2024-09", "September 2024", "September 2024", "2024, September"),
        ("2024", "2024", "2024", "2024"),
        ("2024-09-03T12:00:00Z", "September 3, 2024", "3 September 2024", "2024, September 3"),
        ("2024-XX-XX", "2024", "2024", "2024"),
        ("2024-09-03/2024-09-05", "September 3–5, 2024", "3–5 September 2024", "2024, September 3–5"),
        ("2024-09~", "ca. September 2024", "c September 2024", "ca. 2024, September"),
        ("2024-09-03?", "September 3, 2024?", "3 September 2024?", "ca. 2024, September 3"),
        ("2024%", "ca. 2024?", "c 2024?", "ca. 2024"),
        ("../2024-09-03", "no later than September 3, 2024", "no later than 3 September 2024", ""),
        ("201X", "2010s", "2010s", ""),
        ("some day", "some day", "some day", ""),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(issued: str, chicago: str, oscola: str, apa: str) -> None:
    source = item("webpage", "Page", author=MINISTRY, issued=issued, container_title="Site")
    stop = "" if chicago.endswith("?") else "."
    assert notes_of([source], CitationStyle.CHICAGO_NOTES) == [f"Ministry of Defense, “Page,” Site, {chicago}{stop}"]
    assert notes_of([source], CitationStyle.OSCOLA) == [f"Ministry of Defense, ‘Page’ (*Site*, {oscola})."]
    if apa:
        assert entries_of([source], CitationStyle.APA) == [f"Ministry of Defense. ({apa}). *Page*. Site."]


def test_no_date_is_said_by_the_styles_that_have_a_word_for_it() -> None:
    source = item("report", "Paper", author=MINISTRY)
    assert notes_of([source], CitationStyle.CHICAGO_NOTES) == ["Ministry of Defense, *Paper* (n.d.)."]
    assert notes_of([source], CitationStyle.APA) == ["(Ministry of Defense, n.d.)"]
    assert notes_of([source], CitationStyle.APA, "nb") == ["(Ministry of Defense, u.å.)"]
    assert notes_of([source], CitationStyle.APA, "ja") == ["(Ministry of Defense, 日付なし)"]


def test_the_style_s_words_are_in_the_briefing_s_language() -> None:
    assert notes_of([PAGE], CitationStyle.CHICAGO_NOTES, "ja") == [
        "Ministry of Defense, 「日ノルウェー防衛相会談について」, Ministry of Defense of Japan, 2024年9月3日, "
        "参照 2024年9月5日, https://example.org/page."
    ]
    assert notes_of([PAGE], CitationStyle.CHICAGO_NOTES, "nb") == [
        "Ministry of Defense, «日ノルウェー防衛相会談について», Ministry of Defense of Japan, 3. september 2024, "
        "åpnet 5. september 2024, https://example.org/page."
    ]


@pytest.mark.parametrize(
    "kind", ["article", "article-magazine", "document", "post", "dataset", "regulation", "hearing"]
)
def test_oscola_leaves_out_no_date(kind: str) -> None:
    texts = {"container_title": "Site"} if kind.startswith("article") else {}
    source = item(kind, "Paper", author=MINISTRY, issued="2024-09-03", **texts)
    assert "2024" in notes_of([source], CitationStyle.OSCOLA)[0]
