"""Every word of every language: none is missing, and what is filled in stands in each."""

from dataclasses import asdict, fields
from enum import StrEnum
from string import Formatter
from typing import Protocol

import pytest

from db.dates import describe, read
from db.dates.around import DATE_WORDS, DateWords
from db.models import vocabulary as terms
from db.models.vocabulary import RelationType
from db.status import Status
from exports.briefing.labels import Labels
from exports.briefing.languages import Language, Terms, japanese, norwegian, reserved, vocabulary
from exports.paper import Paper
from exports.pdf.styles import HEADING, Grid
from exports.pdf.text import Span, tokenise

UNTRANSLATED = {
    terms.Tlp: "the protocol is in English everywhere",
    terms.Reliability: "printed as a letter",
    terms.Credibility: "printed as a figure",
    terms.StartMeaning: "a label says it",
    terms.EndMeaning: "a label says it",
    terms.Visibility: "decides what is printed",
    terms.ContributorRole: "decides where a name stands",
    terms.SourceType: "decides how a source is cited",
    terms.Standing: "a label says it",
    terms.HeldPost: "a label says it",
    terms.FindingKind: "of the review",
}
OTHERS = [pytest.param(japanese, id="ja"), pytest.param(norwegian, id="nb")]


class Words(Protocol):
    """A module with the words of a language."""

    LABELS: dict[str, str]
    TERMS: Terms


def braces(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", OTHERS)
class TestEveryLanguage:
    def test_no_fixed_word_is_missing(self, language: Words) -> None:
        assert set(language.LABELS) == {field.name for field in fields(Labels)}
        assert all(word.strip() for word in language.LABELS.values())

    def test_what_is_filled_in_agrees(self, language: Words) -> None:
        english = asdict(Labels())
        differing = [name for name, word in language.LABELS.items() if braces(word) != braces(english[name])]
        assert differing == []

    def test_no_term_is_missing(self, language: Words) -> None:
        known = [each for each in vars(terms).values() if isinstance(each, type) and issubclass(each, StrEnum)]
        wanted = {each for each in (*known, Status) if each is not StrEnum and each not in UNTRANSLATED}
        assert set(language.TERMS) == wanted
        for each, words in language.TERMS.items():
            inverses = {member.inverse for member in RelationType} if each is RelationType else set()
            assert set(words) == {member.value for member in each} | inverses
            assert len(set(words.values())) == len(words), each


@pytest.mark.parametrize("words", [reserved.JAPANESE, reserved.NORWEGIAN])
def test_the_words_below_a_ceiling_are_the_same_everywhere(words: dict[str, str]) -> None:
    english = asdict(Labels())
    assert set(words) == set(reserved.ENGLISH)
    assert {name: braces(word) for name, word in words.items()} == {name: braces(english[name]) for name in words}


def test_the_words_around_dates_agree() -> None:
    english = asdict(DateWords())
    for words in DATE_WORDS.values():
        assert {name: braces(word) for name, word in asdict(words).items()} == {
            name: braces(word) for name, word in english.items()
        }


def test_pages_are_counted_after_the_page() -> None:
    for language in Language:
        assert 0 <= vocabulary(language).labels.page.index("{page}") < vocabulary(language).labels.page.index("{pages}")


@pytest.mark.parametrize("language", [Language.ENGLISH, Language.NORWEGIAN])
def test_no_word_is_too_long_for_the_rail_of_a_page(language: Language) -> None:
    rail = Grid(*Paper.LETTER.value).rail
    words = {word for label in asdict(vocabulary(language).labels).values() for word in label.split()}
    spans = {word: [Span(word, HEADING)] for word in words if "{" not in word}
    assert [word for word, told in spans.items() if sum(token.width for token in tokenise(told)) > rail] == []


@pytest.mark.parametrize(
    ("written", "japanese_words", "norwegian_words"),
    [
        ("2024-09-03", "2024年9月3日", "3. september 2024"),
        ("2024-08~", "2024年8月頃", "omkring august 2024"),
        ("../2019-12-13", "遅くとも2019年12月13日", "senest 13. desember 2019"),
        ("2016/..", "2016年以降", "fra 2016"),
        ("201X", "2010年代", "2010-årene"),
    ],
)
def test_dates(written: str, japanese_words: str, norwegian_words: str) -> None:
    assert describe(read(written), "ja_JP") == japanese_words
    assert describe(read(written), "nb_NO") == norwegian_words


def test_what_is_listed_is_parted_as_the_language_does_and_many_are_counted() -> None:
    english, others = Labels(), vocabulary(Language.JAPANESE).labels
    assert english.listed(["a", "", "b"]) == "a, b"
    assert english.listed(["Korea, Republic of", "Norway"]) == "Korea, Republic of; Norway"
    assert english.listed("abcdef", 5) == "a, b and 4 others"
    assert english.listed("abcde", 5) == "a, b, c, d, e"
    assert others.listed(["日本", "ノルウェー"]) == "日本、ノルウェー"
