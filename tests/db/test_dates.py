"""Dates: the reader against published vectors, then comparison, storage, phrases and words."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Integer, MetaData, Table, create_engine, func, select

from db.dates import (
    Edtf,
    EdtfType,
    UnreadableDate,
    decode,
    describe,
    earliest,
    encode,
    latest,
    parse,
    read,
    understand,
)

DATA = Path(__file__).parent / "data"


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


VECTORS = rows("edtf_vectors.csv")

# python-edtf's examples name no level. Above Level 1 are: qualifiers of parts, X anywhere but at the right
# end, sets, exponents, significant digits, sub-year groupings 25-41, and intervals with an X.
LEVEL_2 = {
    *("2004?-06-11", "2004-06~-11", "2004-06-~11", "2004-%06", "2004-?06-?11", "2004?-06-~11", "?2004-%06"),
    *("2004?-%06", "2004?-~06-~04", "2011-~06-~04", "156X-12-25", "15XX-12-25", "1560-XX-25", "15XX-12-XX"),
    *("XXXX-XX-23", "[1667, 1668, 1670..1672]", "[..1760-12-03]", "[1760-12..]", "[1667, 1760-12]"),
    *("[1760-01, 1760-02, 1760-12..]", "[1774-11..1774-12]", "[1785-07-30..1785-08-06]"),
    *("[1667, 1912-03..1912-05]", "{1667,1668, 1670..1672}", "{1960, 1961-12}", "{1912-03..1912-05}"),
    *("2004-06-~01/2004-06-~20", "2004-06-XX/2004-07-03", "Y17E7", "Y-17E7", "1950S2", "1953S2", "1953S3"),
    *("Y17101E4S3", "Y3388E2S3", "Y171010000S3", "2001-29", "2001-34"),
}

# python-edtf bounds an unknown end by ten years; we do not know, so these are as wide as an open end.
UNKNOWN_ENDS = {
    "/2006": ("0000-01-01", "2006-12-31"),
    "2004-06-01/": ("2004-06-01", "9999-12-31"),
    "1984-06-02?/": ("1984-06-02", "9999-12-31"),
}

# No dates at Level 2 or 3 either, but only by the calendar or the order of their ends: not worked out there.
SHAPED_LIKE_LEVEL_2_OR_3 = {
    "156X-09-31",
    "156X-11-31",
    "15XX-02-3X",
    "2018/2018-23",
    "2018-21/2017-01-01",
    "2018-01?/2018-23",
    # the vectors hold these to be valid at one level and invalid below it
    "[1760..]",
    "1800/1X01",
    "2012-21/2012-22",
}


def is_above_level_1(vector: dict[str, str]) -> bool:
    return vector["level"] in ("2", "3") or vector["input"] in LEVEL_2


VALID = [vector["input"] for vector in VECTORS if vector["valid"] == "1" and not is_above_level_1(vector)]
ABOVE = [vector["input"] for vector in VECTORS if vector["valid"] == "1" and is_above_level_1(vector)]
INVALID = [vector["input"] for vector in VECTORS if vector["valid"] == "0"]
BOUNDED = [vector for vector in VECTORS if vector["expected"] and vector["input"] in VALID]


def clamped(day: str) -> str:
    """Keep a day of the vectors within the years 0000 to 9999."""
    if day.startswith("-"):
        return "0000-01-01"
    return "9999-12-31" if day == "inf" or len(day) > len("2024-09-03") else day


def is_one_day(vector: dict[str, str]) -> bool:
    return vector["expected"].count("|") in (0, 2)


def test_every_vector_has_its_verdict() -> None:
    assert len(VECTORS) == len(VALID) + len(ABOVE) + len(INVALID) == 301
    assert len(BOUNDED) == 55


@pytest.mark.parametrize("text", VALID)
def test_levels_0_and_1_are_dates(text: str) -> None:
    edtf = parse(text)
    assert edtf == read(text)
    assert (edtf.is_date, edtf.text, edtf.form) == (True, text, text)


@pytest.mark.parametrize("vector", BOUNDED, ids=lambda vector: vector["input"])
def test_bounds(vector: dict[str, str]) -> None:
    strict = vector["expected"].split("|")[: 1 if is_one_day(vector) else 2]  # the fuzzy bounds follow
    expected = UNKNOWN_ENDS.get(vector["input"]) or (clamped(strict[0]), clamped(strict[-1]))
    edtf = read(vector["input"])
    assert (edtf.earliest, edtf.latest) == expected


@pytest.mark.parametrize("text", ABOVE)
def test_levels_2_and_3_are_kept_as_text_and_refused_in_words(text: str) -> None:
    assert read(text) == Edtf(text)
    with pytest.raises(UnreadableDate, match="EDTF Level 2 or 3, which Depositary keeps as text, not as a date"):
        parse(text)


@pytest.mark.parametrize("text", INVALID)
def test_what_is_no_date_is_refused(text: str) -> None:
    assert read(text) == Edtf(text)
    expected = "Level 2 or 3" if text in SHAPED_LIKE_LEVEL_2_OR_3 else "is not a date. Write a day"
    with pytest.raises(UnreadableDate, match=expected):
        parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "2019/2016",
        "2024-02-30",
        "2023-02-29",
        "1900-02-29",
        "-00XX",
        "2016/2017/2018",
        "2001-21/2001-22",
        "٢٠٢٤",
        "2024\n-08",
        "2004-01T10:10:10Z",
        "Y" + "1" * 5_000,
        "2" * 100_000,
    ],
    ids=lambda text: ascii(text[:20]),
)
def test_other_text_is_no_date(text: str) -> None:
    assert read(text) == Edtf(text)
    with pytest.raises(UnreadableDate):
        parse(text)


def test_the_text_stays_as_written() -> None:
    assert read(" 2024-08~ ") == Edtf(" 2024-08~ ", "2024-08~", "2024-08-01", "2024-08-31")


@pytest.mark.parametrize(
    ("text", "properties"),
    [
        ("2024", set()),
        ("2024~", {"is_approximate"}),
        ("2024?", {"is_uncertain"}),
        ("2024%", {"is_approximate", "is_uncertain"}),
        ("2016/2019?", {"is_interval", "is_uncertain"}),
        ("2016/..", {"is_interval", "ends_open"}),
        ("../2019", {"is_interval", "starts_open"}),
        ("2016/", {"is_interval", "ends_unknown"}),
        ("/2019", {"is_interval", "starts_unknown"}),
        ("../", {"is_interval", "starts_open", "ends_unknown"}),
    ],
)
def test_properties(text: str, properties: set[str]) -> None:
    names = ["is_approximate", "is_uncertain", "is_interval"]
    names += ["starts_open", "ends_open", "starts_unknown", "ends_unknown"]
    assert {name for name in names if getattr(read(text), name)} == properties


def test_saying_the_same_is_about_the_form_not_the_days() -> None:
    assert read(" 2024 ").says_same(read("2024"))
    assert not read("2024").says_same(read("2024-XX"))
    assert not read("in spring").says_same(read("in spring"))


@pytest.mark.parametrize(
    ("wider", "narrower"),
    [
        ("2023-01", "2023-01-11"),
        ("2023", "2023-12"),
        ("2023-01~", "2023-01-11"),
        ("2023-01~", "2023-01-11~"),
        ("2023%", "2023-01?"),
        ("202X", "2023-01"),
        ("2024-XX", "2024-08"),
        ("2001", "2001-21"),
        ("2001-21", "2001-04"),
        ("2004-01-01", "2004-01-01T10:10:10Z"),
        ("-01XX", "-0150"),
        ("2016", "2016-03/2016-05"),
        ("2016/2019", "2016-03/2019-05"),
        ("2016/", "2016-03/2019"),
        ("2016/", "2016-03/"),
        ("/", "2016/2019"),
        ("../2024-09-03", "2024-08-29"),
        ("../2024-09-03", "../2024-09-01"),
        ("../2024-09-03", "2023/2024-08"),
        ("2016/..", "2017"),
        ("../..", "2017"),
        ("../..", "Y170000002"),
    ],
)
def test_a_less_precise_date_covers_a_more_precise_one(wider: str, narrower: str) -> None:
    assert read(wider).covers(read(narrower))
    assert not read(narrower).covers(read(wider))


@pytest.mark.parametrize(
    ("date", "other"),
    [
        ("2023-01", "2023-02-11"),
        ("2023-01", "2023-01-11~"),
        ("2023-01", "2023-01?"),
        ("2023~", "2023?"),
        ("2023-01-10~", "2023-01-11"),
        ("2016/2019", "2017"),
        ("2016/2019", "2017/2018"),
        ("2016/2019", "2016/.."),
        ("2016/2019", "2016/"),
        ("2016/", "2016/.."),
        ("2016", "2016/.."),
        ("/2019", "2018"),
        ("../2024-09-03", "2024-09"),
        ("Y170000002", "Y170000003"),
        ("-0999", "-0998"),
        ("2004-01-01T10:10:10Z", "2004-01-01"),
        ("2004-01-01T10:10:10Z", "2004-01-01T10:10:11Z"),
        ("2024", "some time in spring"),
        ("some time in spring", "2024"),
        ("some time in spring", "some time in spring"),
    ],
)
def test_dates_that_do_not_cover(date: str, other: str) -> None:
    assert not read(date).covers(read(other))


# --- properties ---

qualifiers = st.sampled_from(["", "", "?", "~", "%"])
days = st.dates().map(lambda day: day.isoformat())
points = st.builds(str.__add__, st.builds(lambda day, size: day[:size], days, st.sampled_from([4, 7, 10])), qualifiers)
intervals = st.builds("{}/{}".format, points | st.sampled_from(["", ".."]), points | st.sampled_from(["", ".."]))
dates = (points | intervals | st.sampled_from(VALID)).map(read).filter(lambda edtf: edtf.is_date)
near_misses = st.text("0123456789-/.X?~%YTSEZ:+|[]{}, ", max_size=24)
anything = st.text() | near_misses
written = dates | anything.map(read) | st.builds(lambda date, text: understand(text) or date, dates, anything)


@given(anything)
def test_reading_never_raises(text: str) -> None:
    edtf = read(text)
    assert edtf.text == text
    assert edtf.is_date == bool(edtf.earliest) == bool(edtf.latest) == bool(edtf.form)


@given(dates)
def test_earliest_is_not_after_latest(edtf: Edtf) -> None:
    assert "0000-01-01" <= edtf.earliest <= edtf.latest <= "9999-12-31"


@given(dates, dates, dates)
def test_covering_is_an_order(first: Edtf, second: Edtf, third: Edtf) -> None:
    assert first.covers(first)
    if first.covers(second):
        assert first.earliest <= second.earliest
        assert second.latest <= first.latest
        if second.covers(third):
            assert first.covers(third)


# --- storage ---


@pytest.mark.parametrize(
    ("edtf", "value"),
    [
        (understand("c. August 2024"), "2024-08-01|2024-08-31|2024-08~|c. August 2024"),
        (read("2024-09-03"), "2024-09-03|2024-09-03|2024-09-03|"),
        (read("some time in spring"), "|||some time in spring"),
        (read("a|b||c|"), "|||a|b||c|"),
        (read(""), "|||"),
    ],
)
def test_one_stored_value(edtf: Edtf, value: str) -> None:
    assert encode(edtf) == value
    assert decode(value) == edtf


@given(written)
def test_stored_dates_come_back(edtf: Edtf) -> None:
    assert decode(encode(edtf)) == edtf


@given(st.lists(written))
def test_stored_dates_sort_by_their_earliest_day_and_text_last(edtfs: list[Edtf]) -> None:
    in_order = [decode(value).earliest for value in sorted(map(encode, edtfs))]
    assert in_order == sorted((edtf.earliest for edtf in edtfs), key=lambda day: (day == "", day))


@pytest.mark.parametrize(
    "value",
    [
        "",
        "2024-09-03",
        "2024-09-03|2024-09-03|2024-09-03",
        "2024-01-01|2024-12-31|2024-09-03|",
        "2024-09-03|2024-09-03|2024-09-03|2024-09-03",
        "2024-01-01|2024-12-31|2024|2023",
        "2024-01-01|2024-12-31| 2024|",
        "2024-01-01|2024-12-31||2024",
        "|||2024",
        "||2024-02-30|",
        "||in spring|",
        "|2024-12-31||in spring",
    ],
)
def test_a_value_that_encode_never_wrote_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="not a stored date"):
        decode(value)


def test_a_column_of_dates() -> None:
    table = Table("t", MetaData(), Column("id", Integer, primary_key=True), Column("day", EdtfType))
    engine = create_engine("sqlite://")
    table.create(engine)
    given_dates = [read("perhaps 2012-03-04"), read("2016/2019"), read("2024-08~"), None, read("2024-08-03")]
    by_day = select(table.c.day).order_by(table.c.day)
    with engine.begin() as connection:
        connection.execute(table.insert(), [{"day": day} for day in given_dates])
        assert connection.scalars(by_day).all() == [
            None,
            read("2016/2019"),
            read("2024-08~"),
            read("2024-08-03"),
            read("perhaps 2012-03-04"),
        ]
        assert connection.scalars(by_day.where(table.c.day == read("2024-08~"))).one() == read("2024-08~")
        assert connection.scalars(by_day.where(earliest(table.c.day) >= "2024-08-02")).first() == read("2024-08-03")
        assert connection.scalars(by_day.where(latest(table.c.day) <= "2019-12-31")).one() == read("2016/2019")
        assert connection.scalar(select(func.count(earliest(table.c.day)))) == 3
    engine.dispose()


@pytest.mark.parametrize(
    ("locale", "day", "month", "days"),
    [
        ("en_GB", "11 Sep 2018", "Dec 2014", "3–5 Sep 2024"),
        ("ja", "2018/09/11", "2014/12", "2024年9月3日～5日"),
        ("nb_NO", "11. sep. 2018", "des. 2014", "3.–5. sep. 2024"),
    ],
)
def test_short_dates(locale: str, day: str, month: str, days: str) -> None:
    forms = ("2018-09-11", "2014-12", "2024-09-03/2024-09-05")
    assert [describe(read(form), locale, short=True) for form in forms] == [day, month, days]
