"""Dates as people type them, against published English phrases, and dates in words."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.dates import describe, read, understand

DATA = Path(__file__).parent / "data"

# The published reading lets "before 1928" include 1928; ours says what the words say.
READ_DIFFERENTLY = {
    "earlier than 1928": "../1927",
    "before 1928": "../1927",
    "after 1928": "1929/..",
    "later than 1928": "1929/..",
    "before January 1928": "../1927-12",
    "before 18 January 1928": "../1928-01-17",
    "1858/1860": "1858/1860",  # EDTF already, and no choice between two years
}

REFUSED = {
    "may mean two things": [
        "90", "10/7/2008", "7/2008", "1800s", "2000s", "c1900s", "c1800s?", "1910-30", "1851-52", "1861-67",
        "1869-70", "before approx January 18 1928", "before approx January 1928", "after approx January 1928",
        "after approx Summer 1928", "after about the 1920s", "before about the 1900s", "before the 1900s",
    ],
    "no year": ["", "January 12", "January"],
    "centuries, and years of one to three digits": [
        "1st century", "10c", "19th century", "19th century?", "before 19th century", "19c", "15c.",
        "ca. 19c", "~19c", "about 19c", "19c?", "c.19c?", "1 AD", "17 CE", "127 CE", "1270 CE", "c1 AD",
        "c17 CE", "c127 CE", "c1270 CE", "c64 BCE", "2nd century bc", "2nd century bce", "2nd century ad",
        "2nd century ce", "active late 17th-19th centuries", "active 17-19th Centuries", "23rd Dynasty",
    ],
    "EDTF Level 2": ["1860s-1870s", "1857-mid 1860s", "1920s -early 1930s", "1863 or 1864", "1864 or 1866"],
    "other words around a date": [
        "this isn't a date", "the year 1800", "the year 1897", "1862 maybe", "1862 guess", "notcirca 1860",
        "attica 1802", "attic. 1802", "birthday in 1872", "active 1910-30", "decade in 1800s",
        "decade somewhere during the 1800s", "year in the 1860s", "year in the 1800s",
        "year in about the 1800s", "month in 1872", "day in Spring 1849", "day in January 1872",
        "day in 1872", "a day in about Spring 1849?", "1915 late - autumn 1916",
        "1915, from Camerawork, October 1916",
    ],
    "two facts": [
        "1851-1852; printed 1853-1854", "1861-67 (later print)", "1863, printed 1870",
        "1863, printed ca. 1866", "1864, printed ca. 1864", "1864-1872, printed 1870s",
        "1870s, printed ca. 1880s", "1900-1903, cast before 1929", "1900; 1973", "1900; printed 1912",
        "1930s, printed early 1960s", "1932, printed 1976 by Gunther Sander", "1938, printed 1940s-1950s",
    ],
}  # fmt: skip


def published() -> list[tuple[str, str]]:
    with (DATA / "natural_language_to_edtf.csv").open(encoding="utf-8", newline="") as file:
        return [(row["english"], row["edtf"]) for row in csv.DictReader(file)]


@pytest.mark.parametrize(("english", "expected"), published())
def test_published_phrases(english: str, expected: str) -> None:
    edtf = understand(english)
    if any(english in phrases for phrases in REFUSED.values()):
        assert edtf is None
    else:
        assert edtf is not None
        assert edtf.form == READ_DIFFERENTLY.get(english, expected)
        assert edtf.text == english


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("3 Sept 2024", "2024-09-03"),
        ("3rd of September 2024", "2024-09-03"),
        ("September 3, 2024", "2024-09-03"),
        ("Sept. 3 2024", "2024-09-03"),
        ("  3  SEPTEMBER\u00a02024 ", "2024-09-03"),
        ("2024-09-03", "2024-09-03"),
        ("August 2024", "2024-08"),
        ("Aug. 2024", "2024-08"),
        ("c. August 2024", "2024-08~"),
        ("2024-08~", "2024-08~"),
        ("c. 2016", "2016~"),
        ("c. 2016?", "2016%"),
        ("about 2024 (uncertain)", "2024%"),
        ("1990s", "199X"),
        ("2016 to 2019", "2016/2019"),
        ("2016–2019", "2016/2019"),
        ("from 2016 to c. 2019", "2016/2019~"),
        ("2024-09-03 to 2024-09-05", "2024-09-03/2024-09-05"),
        ("3–5 September 2024", "2024-09-03/2024-09-05"),
        ("September 3-5, 2024", "2024-09-03/2024-09-05"),
        ("30 August to 5 September 2024", "2024-08-30/2024-09-05"),
        ("December 2023 – 5 January 2024", "2023-12/2024-01-05"),
        ("from 2016", "2016/.."),
        ("since 3 September 2024", "2024-09-03/.."),
        ("until 2019", "../2019"),
        ("no later than 3 September 2024", "../2024-09-03"),
        ("No later than c. 2019", "../2019~"),
        ("not before 2016", "2016/.."),
        ("before 2016", "../2015"),
        ("before 1 March 2024", "../2024-02-29"),
        ("after December 2024", "2025-01/.."),
    ],
)
def test_what_people_type(typed: str, form: str) -> None:
    edtf = understand(typed)
    assert edtf is not None
    assert (edtf.form, edtf.text) == (form, typed)


@pytest.mark.parametrize(
    "typed",
    [
        "03/09/2024", "13/09/2024", "3.9.2024", "3 Sept 24", "31 June 2024", "29 February 2023",
        "5–3 September 2024", "2016-19", "19", "-04", "mid-2024", "early 2024", "between 2016 and 2019",
        "by 2019", "2024 or 2025", "today", "Foo 2024", "before 0001", "after 9999", "before c. 2016",
        "until", "from ", "c.", "?", "2016 to", "3–2024", "August 3 – 2024", "until before 2016",
        "2004-02~-11", "c. 2016/2019", "x" * 10_000,
    ],
)  # fmt: skip
def test_nothing_is_guessed(typed: str) -> None:
    assert understand(typed) is None


@given(st.text() | st.text("0123456789-/.~?% cSeptbrfom to", max_size=30))
def test_understanding_never_raises_and_keeps_the_text(typed: str) -> None:
    edtf = understand(typed)
    assert edtf is None or (edtf.text == typed and edtf.is_date)


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("2024-09-03", "3 September 2024"),
        ("2024-08", "August 2024"),
        ("2024-08~", "about August 2024"),
        ("2024", "2024"),
        ("2024?", "2024 (uncertain)"),
        ("2024%", "about 2024 (uncertain)"),
        ("2001-21", "spring 2001"),
        ("2024-XX", "2024 (month unknown)"),
        ("2024-XX-XX", "2024 (month and day unknown)"),
        ("2024-08-XX", "August 2024 (day unknown)"),
        ("199X", "1990s"),
        ("200X", "2000s (decade)"),
        ("19XX~", "about 1900s (century)"),
        ("19", "1900s (century)"),
        ("1XXX", "1000s (millennium)"),
        ("XXXX-XX", "unknown date"),
        ("2016/2019", "2016–2019"),
        ("2016~/2019?", "about 2016 – 2019 (uncertain)"),
        ("2024-08/2024-09", "August – September 2024"),
        ("2024-09-03/2024-09-05", "3–5 September 2024"),
        ("2024-08-30/2024-09-05", "30 August – 5 September 2024"),
        ("2023-12-30/2024-01-05", "30 December 2023 – 5 January 2024"),
        ("2023-12/2024-01-05", "December 2023 – 5 January 2024"),
        ("2016/2016", "2016 – 2016"),
        ("2016/..", "from 2016"),
        ("2016/", "from 2016, unknown end"),
        ("../2019", "until 2019"),
        ("/2019", "until 2019, unknown start"),
        ("../2024-09-03", "no later than 3 September 2024"),
        ("../2024-09-03~", "no later than about 3 September 2024"),
        ("/2024-09-03", "until 3 September 2024, unknown start"),
        ("../..", "open start, open end"),
        ("/..", "unknown start, open end"),
        ("2004-01-01T10:10:10", "1 January 2004, 10:10:10"),
        ("2004-01-01T10:10:10Z", "1 January 2004, 10:10:10 UTC"),
        ("2004-01-01T10:10:10+05:00", "1 January 2004, 10:10:10 UTC+05:00"),
        ("-0999", "-0999"),
        ("0409-05~", "about 0409-05"),
        ("0098/0101", "0098 – 0101"),
        ("Y170000002", "Y170000002"),
        ("in spring", "in spring"),
    ],
)
def test_words(form: str, words: str) -> None:
    assert describe(read(form)) == words


def test_the_locale_orders_and_names_the_parts() -> None:
    assert describe(read("2024-09-03"), "en_US") == "September 3, 2024"
    assert describe(read("2024-09-03/2024-09-05"), "en_US") == "September 3 – 5, 2024"
    assert describe(read("2024-09-03/2024-09-05"), "ja") == "2024年9月3日～5日"


years = st.integers(1000, 9999).map(str)
months = st.builds("{}-{:02d}".format, years, st.integers(1, 12))
days = st.dates().map(lambda day: day.isoformat()).filter(lambda day: day >= "1000")
qualified = st.builds(str.__add__, years | months | days, st.sampled_from(["", "~", "?", "%"]))
seasons = st.builds("{}-{}".format, years, st.sampled_from(["21", "22", "23", "24"]))
ranges = st.builds("{}/{}".format, qualified | st.just(".."), qualified | st.just(".."))


@given((qualified | seasons | ranges.filter(lambda form: form != "../..")).filter(lambda form: read(form).is_date))
def test_our_own_words_are_understood(form: str) -> None:
    for locale in ("en_GB", "en_US"):
        edtf = understand(describe(read(form), locale))
        assert edtf is not None
        assert edtf.form == form
