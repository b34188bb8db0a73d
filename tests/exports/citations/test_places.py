"""Later mentions of a source, and places in it."""

import pytest

from db.models.vocabulary import LocatorLabel
from exports.citations.items import Cited
from exports.citations.styles import CitationStyle
from tests.exports.citations.reading import notes_of
from tests.exports.citations.sources import MINISTRY, PAGE, PRESS, TREATY, item

PAGES, ARTICLE, SECTION = LocatorLabel.PAGE, LocatorLabel.ARTICLE, LocatorLabel.SECTION
AGAIN = (
    Cited(0, PAGES, "3"),
    Cited(0, PAGES, "3"),
    Cited(0, PAGES, "5-7"),
    Cited(1, SECTION, "2"),
    Cited(0, ARTICLE, "4"),
    Cited(2, ARTICLE, "4"),
    Cited(1),
)


def again(style: CitationStyle, language: str = "en") -> list[str]:
    return notes_of((PRESS, PAGE, TREATY), style, language, cited=AGAIN)


def test_chicago_shortens_what_was_told_before_and_has_no_ibid() -> None:
    short = "Doe, “Ministers Call the Pact ‘Historic’ in Tokyo,” "
    assert again(CitationStyle.CHICAGO_NOTES)[1:] == [
        f"{short}3.",
        f"{short}5–7.",
        "Ministry of Defense, “日ノルウェー防衛相会談について,” Ministry of Defense of Japan, September 3, 2024, "
        "sec. 2, accessed September 5, 2024, https://example.org/page.",
        f"{short}art. 4.",
        "Mutual Defense Assistance Agreement Between Japan and the United States of America, March 8, 1954, "
        "232 United Nations Treaty Series 169, art. 4.",
        "Ministry of Defense, “日ノルウェー防衛相会談について.”",
    ]


def test_oscola_says_ibid_and_else_names_the_note() -> None:
    assert again(CitationStyle.OSCOLA)[1:] == [
        "ibid.",
        "ibid 5–7.",
        "Ministry of Defense, ‘日ノルウェー防衛相会談について’ (*Ministry of Defense of Japan*, 3 September 2024) s 2 "
        "<https://example.org/page> accessed 5 September 2024.",
        "Doe (n 1) art 4.",
        "Mutual Defense Assistance Agreement between Japan and the United States of America (8 March 1954) "
        "232 UNTS 169 art 4.",
        "Ministry of Defense (n 4).",
    ]


def test_ieee_points_to_the_note_that_has_the_entry() -> None:
    notes = again(CitationStyle.IEEE)
    assert notes[0].startswith("[1, p. 3] J. M. Doe, ")
    assert notes[1:3] == ["[1, p. 3]", "[1, pp. 5–7]"]
    assert notes[3].startswith("[4, Sec. 2] Ministry of Defense, ")
    assert notes[4] == "[1, art. 4]"
    assert notes[5].startswith("[6, art. 4] “Mutual Defense Assistance Agreement")
    assert notes[6] == "[4]"


def test_author_and_date_stand_in_every_note() -> None:
    assert again(CitationStyle.APA)[:5] == [
        "(Doe, 2024, p. 3)",
        "(Doe, 2024, p. 3)",
        "(Doe, 2024, pp. 5–7)",
        "(Ministry of Defense, 2024, Section 2)",
        "(Doe, 2024, Article 4)",
    ]
    assert again(CitationStyle.CHICAGO_AUTHOR_DATE)[:3] == ["(Doe 2024, 3)", "(Doe 2024, 3)", "(Doe 2024, 5–7)"]


def test_one_author_s_sources_of_a_year_are_told_apart() -> None:
    items = [item("webpage", f"Release {letter}", author=MINISTRY, issued="2024-09") for letter in "BAC"]
    assert notes_of(items, CitationStyle.CHICAGO_AUTHOR_DATE, cited=[Cited(0, PAGES, "3"), Cited(1), Cited(2)]) == [
        "(Ministry of Defense 2024b, 3)",
        "(Ministry of Defense 2024a)",
        "(Ministry of Defense 2024c)",
    ]


@pytest.mark.parametrize(
    ("label", "text", "english", "japanese", "norwegian"),
    [
        (PAGES, "3, 5–7", "pp. 3, 5–7", "pp. 3, 5–7", "s. 3, 5–7"),
        (PAGES, "iv", "p. iv", "iv", "s. iv"),
        (LocatorLabel.PARAGRAPH, "2", "para. 2", "第2段落", "avsn. 2"),
        (ARTICLE, "4", "Article 4", "第4条", "art. 4"),
        (ARTICLE, "第4条", "第4条", "第4条", "第4条"),
        (SECTION, "IV", "Section IV", "第IV節", "pkt. IV"),
        (LocatorLabel.CHAPTER, "1", "Chapter 1", "第1章", "kap. 1"),
        (LocatorLabel.TIMESTAMP, "00:12:30", "00:12:30", "00:12:30", "00:12:30"),
        (LocatorLabel.TABLE, "2.1", "Table 2.1", "表2.1", "tabell 2.1"),
        (None, "Q4919832", "Q4919832", "Q4919832", "Q4919832"),
        (None, "page {3", "page (3", "page (3", "page (3"),
    ],
)
def test_a_place_is_told_in_the_briefing_s_language(
    label: LocatorLabel | None, text: str, english: str, japanese: str, norwegian: str
) -> None:
    source = item("report", "Report", author=MINISTRY, issued="2024")
    for language, year, expected in (("en", "2024", english), ("ja", "2024年", japanese), ("nb", "2024", norwegian)):
        cited = [Cited(0, label, text)]
        notes = notes_of([source], CitationStyle.APA, language, cited=cited)
        assert notes == [f"(Ministry of Defense, {year}, {expected})"]


def test_a_place_that_is_blank_is_none() -> None:
    cited = [Cited(0, PAGES, " \n")]
    assert notes_of([PRESS], CitationStyle.APA, cited=cited) == ["(Doe, 2024)"]


def test_ibid_never_turns_an_article_into_a_page() -> None:
    cited = [Cited(0, PAGES, "3"), Cited(0, SECTION, "3")]
    assert notes_of([PRESS], CitationStyle.OSCOLA, cited=cited)[1] == "ibid s 3."
