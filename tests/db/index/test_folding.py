"""Text as it is compared, and the way back."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.index.folding import fold, fold_with_places, is_foreign, latin_of


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Bjørn Øverli", "bjorn overli"),
        ("Łódź", "lodz"),
        ("København", "kobenhavn"),
        ("Élodie ÅSE", "elodie ase"),
        ("Straße", "strasse"),
        ("ＭＯＵ", "mou"),
        ("ﬁnal", "final"),
        ("Þórður Æsa", "thordur aesa"),
        ("İlham Əliyev", "ilham aliyev"),
        ("agree\u00adment", "agreement"),
        ("one\x00two\tthree", "one two three"),
        ("ВОЕННО", "военно"),
    ],
)
def test_what_people_type_for_it(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_half_width_kana_is_the_same_as_full_width() -> None:
    assert fold("ｶﾞｲﾄﾞ") == fold("ガイド")


def test_latin_words_stand_apart_from_other_scripts() -> None:
    assert latin_of(fold("新型MOU締結 2024年")).split() == ["mou", "2024"]
    assert latin_of("naïve — “x” €") == "naïve — “x” €"
    assert not is_foreign("–")
    assert is_foreign("木")


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_a_text_with_places_is_the_same_text(text: str) -> None:
    placed = fold_with_places(text)
    assert placed.text == fold(text)
    assert len(placed.starts) == len(placed.text) + 1
    assert len(latin_of(placed.text)) == len(placed.text)


@given(st.text(min_size=1), st.data())
def test_a_span_of_the_folded_text_is_whole_characters_of_the_original(text: str, data: st.DataObject) -> None:
    placed = fold_with_places(text)
    if not placed.text:
        return
    start = data.draw(st.integers(0, len(placed.text) - 1))
    end = data.draw(st.integers(start + 1, len(placed.text)))
    first, last = placed.original(start, end)
    assert 0 <= first < last <= len(text)
    assert placed.text[start:end] in fold(text[first:last])


def test_an_accent_belongs_to_its_letter() -> None:
    text = unicodedata.normalize("NFD", "café au lait")
    placed = fold_with_places(text)
    first, last = placed.original(0, 4)
    assert unicodedata.normalize("NFC", text[first:last]) == "café"
