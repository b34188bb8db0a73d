"""Text in lines: nothing lost, nothing too wide, nothing broken where it may not be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.pdf.styles import BODY, INK
from exports.pdf.text import ORNAMENT_WIDTH, Ornament, Span, break_lines, may_break, normalise, tokenise

ALPHABET = st.sampled_from("abc Wi木原稔、。（）-/–ŁéЖ  \n")


def set_lines(text: str, width: float) -> list[str]:
    spans = [Span(text, BODY)]
    return ["".join(token.text for token in line.tokens) for line in break_lines(tokenise(spans), spans, width)]


@given(st.text(ALPHABET, max_size=200), st.floats(20, 400))
def test_lines_hold_all_the_text_and_are_not_too_wide(text: str, width: float) -> None:
    spans = [Span(text, BODY)]
    lines = break_lines(tokenise(spans), spans, width)
    assert all(line.width <= width + 0.02 for line in lines)
    said = "".join(token.text for line in lines for token in line.tokens)
    assert said.replace(" ", "") == text.replace(" ", "").replace("\n", "")


def test_a_word_too_long_for_a_line_is_cut_before_punctuation() -> None:
    lines = set_lines("https://example.org/one-thing/another-thing/a-third-thing", 120)
    assert len(lines) > 1
    assert "".join(lines) == "https://example.org/one-thing/another-thing/a-third-thing"
    assert all(line[0] in "-/." for line in lines[1:])


def test_a_width_that_holds_nothing_still_ends() -> None:
    assert set_lines("abc", 0.5) == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("before", "after", "allowed"),
    [
        ("木", "原", True),
        ("木", "。", False),
        ("（", "木", False),
        ("木", "ー", False),
        ("word", "木", True),
        ("and/", "or", True),
        ("co-", "operation", False),
        ("one", "two", False),
    ],
)
def test_where_a_line_may_end(before: str, after: str, allowed: bool) -> None:
    assert may_break(before, after) is allowed


def test_a_note_number_never_begins_a_line() -> None:
    spans = [Span("木原", BODY), Span("1", BODY, rise=3)]
    lines = break_lines(tokenise(spans), spans, BODY.size * 2.1)
    assert [[token.text for token in line.tokens] for line in lines] == [["木"], ["原", "1"]]


def test_a_whole_span_is_not_broken() -> None:
    spans = [Span("one two three ", BODY), Span("four five", BODY, whole=True)]
    lines = break_lines(tokenise(spans), spans, 75)
    assert [token.text for token in lines[-1].tokens] == ["four five"]


@given(st.lists(st.integers(1, 299), min_size=2, max_size=12, unique=True), st.floats(22, 120), st.integers(0, 60))
def test_a_note_number_is_never_cut_in_two(numbers: list[int], width: float, length: int) -> None:
    spans = [Span("https://example.org/" + "a" * length, BODY), Span(" ", BODY, rise=3, whole=True)]
    for number in numbers:
        spans += [Span(str(number), BODY, rise=3), Span(",", BODY, rise=3, whole=True)]
    lines = break_lines(tokenise(spans), spans, width)
    told = [token.text for line in lines for token in line.tokens if spans[token.span].rise and token.text.isdigit()]
    assert told == [str(number) for number in numbers]
    assert all(line.tokens[0].text != "," for line in lines)


def test_a_mark_keeps_its_shape_where_its_word_is_cut() -> None:
    ring = Ornament("ring", INK)
    spans = [Span("単一の情報源", BODY, "ja", ornament=ring, whole=True)]
    lines = break_lines(tokenise(spans), spans, 4 * BODY.size)
    leads = [token.lead for line in lines for token in line.tokens]
    assert len(lines) == 2
    assert leads == [ORNAMENT_WIDTH, 0.0]
    assert all(line.width <= 4 * BODY.size for line in lines)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\tb", "a b"),
        ("a\x00b\x9fc", "a\ufffdb\ufffdc"),
        ("a\u200fb\ufeffc\u00add\u202ee", "abcde"),
        ("plain", "plain"),
    ],
)
def test_text_is_made_printable(typed: str, printed: str) -> None:
    assert normalise(typed) == printed
