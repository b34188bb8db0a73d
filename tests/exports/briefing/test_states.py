"""States are called as the briefing's language has it; what an analyst wrote stays."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from db.identity import state_id
from exports.briefing.agreement import agreement_chapter
from exports.briefing.compilation import Compilation
from exports.briefing.languages import Language
from exports.briefing.pair import pair_chapter
from exports.briefing.register import Grouping, RegisterQuery, register_chapter
from tests.exports.briefing.cases import OPTIONS, Written, items_of, sample, section, texts


@pytest.fixture(scope="module")
def japan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Written]:
    with sample(tmp_path_factory.mktemp("sample")) as case:
        yield case


def told(case: Written, language: Language) -> Compilation:
    return Compilation(case.session, replace(OPTIONS, language=language))


@pytest.mark.parametrize(
    ("language", "title"),
    [
        (Language.ENGLISH, "Japan and United Kingdom"),
        (Language.NORWEGIAN, "Japan og Storbritannia"),
        (Language.JAPANESE, "日本・イギリス"),
    ],
)
def test_a_pair_is_named_in_the_language(japan: Written, language: Language, title: str) -> None:
    assert pair_chapter(told(japan, language), state_id("JPN"), state_id("GBR"), []).title.text == title


def test_a_party_is_named_once_and_titles_stay_as_they_were_entered(japan: Written) -> None:
    chapter = agreement_chapter(told(japan, Language.NORWEGIAN), japan.ids["mou"], ["parties", "facts", "events"])
    assert texts(section(chapter, "parties")) == ["Japan 日本", "Norge"]
    assert chapter.title.text.startswith("Memorandum of understanding")
    details = [text for item in items_of(section(chapter, "events")) for _, text in item.details]
    assert "Norge, Storbritannia" in details


def test_a_register_is_grouped_by_these_names(japan: Written) -> None:
    query = RegisterQuery(grouping=Grouping.PARTY)
    rows = texts(register_chapter(told(japan, Language.NORWEGIAN), query).sections[0])
    assert {"De forente arabiske emirater", "Tyskland", "Storbritannia"} <= set(rows)
    assert not {"Germany", "United Kingdom", "United Arab Emirates"} & set(rows)
