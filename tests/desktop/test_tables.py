"""Tables line up whatever the script, fit the width, and print nothing that steers a terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.tables import fit, pad, printable, table, width_of, wrap

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@pytest.mark.parametrize(
    ("text", "width"), [("", 0), ("abc", 3), ("日本", 4), ("Ōno", 3), ("O\u0304no", 3), ("ﾆﾎﾝ", 3), ("a\u200bb", 2)]
)
def test_width(text: str, width: int) -> None:
    assert width_of(text) == width


@given(TEXT, st.integers(2, 40))
def test_what_is_cut_fits(text: str, width: int) -> None:
    assert width_of(fit(text, width)) <= width
    if width_of(text) <= width:
        assert fit(text, width) == text


@given(TEXT, st.integers(2, 40))
def test_wrapping_fits_and_keeps_every_word(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(width_of(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(printable(text).split())


@given(st.lists(st.tuples(TEXT, TEXT, TEXT), min_size=1, max_size=6), st.integers(30, 90))
def test_a_table_fits(rows: list[tuple[str, str, str]], width: int) -> None:
    assert all(width_of(line) <= width for line in table(rows, width=width).splitlines())


def test_columns_line_up_under_wide_characters() -> None:
    lines = table([("日本", "Japan", "1"), ("Norge", "Norway", "1,000")], ("Name", "English", "Count")).splitlines()
    assert lines == ["Name   English  Count", "日本   Japan        1", "Norge  Norway   1,000"]


def test_the_widest_column_is_cut_first() -> None:
    line = table([("12345678", "A long title that takes room", "signed")], width=36)
    assert line == "12345678  A long title that…  signed"


def test_only_columns_of_numbers_end_in_one_line() -> None:
    assert table([("a", "1"), ("b", "1,000")]).splitlines() == ["a      1", "b  1,000"]
    assert table([("a", "1"), ("b", "three")]).splitlines() == ["a  1", "b  three"]


@given(TEXT)
def test_printable_has_no_controls(text: str) -> None:
    assert not set(printable(text)) & {*map(chr, range(9)), "\x1b", "\x7f", "\x9b", "\u202e", "\u2066", "\r"}


def test_padding_counts_columns() -> None:
    assert pad("日", 4) == "日  "
