"""What is typed into a search field."""

import re
import sqlite3

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from db.index.schema import STATEMENTS
from db.index.terms import MOST_TERMS, read_terms


def test_words_may_go_on_and_phrases_may_not() -> None:
    terms = read_terms("Bjørn “joint research” equ")
    assert [(term.text, term.is_open) for term in terms.terms] == [
        ("bjorn", True), ("joint research", False), ("equ", True),
    ]  # fmt: skip
    assert terms.words == '"bjorn" * AND "joint research" AND "equ" *'


def test_a_phrase_that_is_being_typed() -> None:
    assert read_terms('"joint rese').words == '"joint rese" *'


def test_other_scripts_are_looked_for_by_length() -> None:
    terms = read_terms("防衛装備 木原 MOU")
    assert (terms.words, terms.trigrams, terms.short) == ('"mou" *', '"防衛装備"', ("木原",))


@pytest.mark.parametrize("text", ["", "   ", "—", '""', "* ( ) -", '"', "\x00", "\ud800"])
def test_nothing_to_look_for(text: str) -> None:
    assert not read_terms(text)


def test_a_long_text_is_cut() -> None:
    assert len(read_terms(" ".join(f"w{n}" for n in range(300))).terms) <= MOST_TERMS


@pytest.mark.parametrize(
    ("query", "text", "is_found"),
    [
        ("equip", "defence equipment", True),
        ("quip", "defence equipment", False),
        ('"equip"', "defence equipment", False),
        ("f-35", "f 35a", True),
        ("原稔", "木原稔", True),
        ("mou", "mou", True),
    ],
)
def test_the_pattern_agrees_with_the_index(query: str, text: str, is_found: bool) -> None:
    (pattern,) = read_terms(query).patterns
    assert bool(pattern.search(text)) is is_found


_SYNTAX = st.sampled_from(
    ['"', "'", "*", "AND", "OR", "NOT", "NEAR(", ")", "^", "{title}", ":", "-", "+", "title:", ";", "\\"]
)
_ANY = st.one_of(st.text(), st.lists(st.one_of(_SYNTAX, st.text(max_size=6)), max_size=12).map(" ".join))


@pytest.fixture(scope="module")
def tables() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    for statement in STATEMENTS:
        connection.execute(statement)
    return connection


@given(_ANY)
@example('"')
@example("a\x00b")
@example("NEAR(x, 1) AND {title} : ^y* -z")
def test_no_text_breaks_the_syntax(tables: sqlite3.Connection, text: str) -> None:
    terms = read_terms(text)
    for table, query in (("word_index", terms.words), ("script_index", terms.trigrams)):
        if query:
            tables.execute(f"SELECT rowid FROM {table} WHERE {table} MATCH ?", (query,)).fetchall()
    for pattern in terms.patterns:
        assert isinstance(pattern, re.Pattern)
