"""Whether somebody held a post on a day: never yes outside what evidence proves."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.dates import Edtf, read
from db.models.vocabulary import EndMeaning, HeldPost, StartMeaning
from db.tenure import held_on

STARTED, FIRST = StartMeaning.STARTED, StartMeaning.FIRST_EVIDENCE
ENDED, LAST = EndMeaning.ENDED, EndMeaning.LAST_EVIDENCE
YES, NO, NOT_SHOWN = HeldPost.YES, HeldPost.NO, HeldPost.NOT_SHOWN


@pytest.mark.parametrize(
    ("day", "start", "start_meaning", "end", "end_meaning", "held"),
    [
        # a whole tenure
        ("2023-06-01", "2023-01-10", STARTED, "2024-10-01", ENDED, YES),
        ("2023-01-10", "2023-01-10", STARTED, "2024-10-01", ENDED, YES),
        ("2024-10-01", "2023-01-10", STARTED, "2024-10-01", ENDED, YES),
        ("2023-01-09", "2023-01-10", STARTED, "2024-10-01", ENDED, NO),
        ("2024-10-02", "2023-01-10", STARTED, "2024-10-01", ENDED, NO),
        # evidence proves the days between and nothing outside
        ("2023-06-01", "2023-01-10", FIRST, "2024-10-01", LAST, YES),
        ("2023-01-09", "2023-01-10", FIRST, "2024-10-01", LAST, NOT_SHOWN),
        ("2024-10-02", "2023-01-10", FIRST, "2024-10-01", LAST, NOT_SHOWN),
        ("2023-01-09", "2023-01-10", None, "2024-10-01", None, NOT_SHOWN),
        # an unknown end is not "still"
        ("2023-01-10", "2023-01-10", STARTED, None, None, YES),
        ("2023-01-11", "2023-01-10", STARTED, None, None, NOT_SHOWN),
        ("2023-01-09", "2023-01-10", STARTED, None, None, NO),
        ("2024-10-01", None, None, "2024-10-01", ENDED, NOT_SHOWN),
        ("2024-10-02", None, None, "2024-10-01", ENDED, NO),
        # dates that are not days
        ("2023", "2022-12-31", STARTED, "2024-01-01", ENDED, YES),
        ("2023", "2023-01-10", STARTED, "2024-01-01", ENDED, NOT_SHOWN),
        ("2023-06", "2023", STARTED, "2024", ENDED, NOT_SHOWN),
        ("2024-01", "2023", STARTED, "2024-02", ENDED, YES),
        ("2022-12-31", "2023", STARTED, None, None, NO),
        ("2023-12-31", "2023", STARTED, None, None, NOT_SHOWN),
        ("2024-03-01", "2023", STARTED, "2024", LAST, NOT_SHOWN),
        ("2024-01-01", "2023", STARTED, "2024", LAST, YES),
        ("2023-06-01", "../2023-01-10", FIRST, "2024", LAST, YES),
        ("2023-06-01", "2023-01-10", FIRST, "../2024", LAST, NOT_SHOWN),
        ("2023-06-01", "2023-01-10", FIRST, "2024/..", LAST, YES),
        ("2023-06-01", "2023/..", STARTED, "2024", ENDED, NOT_SHOWN),
        ("2023-06-01", "/2023-01", STARTED, "2024", ENDED, YES),
        # nobody knows how wide "about" is, and a doubtful date proves nothing
        ("2023-06-01", "2023-01~", STARTED, "2024", ENDED, NOT_SHOWN),
        ("2023-06-01", "2023-01?", STARTED, "2024", ENDED, NOT_SHOWN),
        ("2023-06-01", "2023-01", STARTED, "2024%", ENDED, NOT_SHOWN),
        ("2022-12-31", "2023~", STARTED, None, None, NOT_SHOWN),
        ("2025-01-01", "2023", STARTED, "2024?", ENDED, NOT_SHOWN),
        ("2023-06-01~", "2023-01", STARTED, "2024", ENDED, NOT_SHOWN),
        # what is no date says nothing
        ("some day", "2023-01-10", STARTED, "2024-10-01", ENDED, NOT_SHOWN),
        (None, "2023-01-10", STARTED, "2024-10-01", ENDED, NOT_SHOWN),
        ("2023-06-01", "after the election", STARTED, "2024", ENDED, NOT_SHOWN),
        ("2023-01-10", "2023-01-10", STARTED, "until the election", ENDED, YES),
        ("2023-06-01", None, None, None, None, NOT_SHOWN),
        # dates that contradict each other
        ("2023-06-01", "2024", FIRST, "2022", LAST, NOT_SHOWN),
    ],
)
def test_held(
    day: str | None,
    start: str | None,
    start_meaning: StartMeaning | None,
    end: str | None,
    end_meaning: EndMeaning | None,
    held: HeldPost,
) -> None:
    dates = [None if text is None else read(text) for text in (day, start, end)]
    assert held_on(dates[0], dates[1], start_meaning, dates[2], end_meaning) is held


FIRST_DAY = date(2023, 12, 23)
DAYS = [FIRST_DAY + timedelta(days=number) for number in range(18)]
"""Around a turn of the year, so that days, months and years differ."""


PLAIN = ["2023", "2024", "2023-12", "2024-01", *(str(day) for day in DAYS[::3])]
INTERVALS = [f"{first}/{last}" for first in ("", "..", *PLAIN[2:]) for last in ("..", "", *PLAIN[2:])]
DATES = (
    st.none()
    | st.sampled_from(PLAIN).map(read)
    | st.sampled_from(["unknown", "2023~", "2024-01?", "2023-12%"]).map(read)
    | st.sampled_from(INTERVALS).map(read)
)
"""Dates about these days of every precision, with and without doubt, open and closed."""


def possible_days(edtf: Edtf | None) -> list[date]:
    """The days among ours that a date may mean; what is doubtful, unreadable or missing may mean any."""
    if edtf is None or not edtf.is_date or edtf.is_approximate or edtf.is_uncertain:
        return DAYS
    return [day for day in DAYS if edtf.earliest <= str(day) <= edtf.latest]


@settings(max_examples=5 * settings().max_examples)
@given(
    day=st.sampled_from(DAYS),
    start=DATES,
    start_meaning=st.sampled_from([None, *StartMeaning]),
    end=DATES,
    end_meaning=st.sampled_from([None, *EndMeaning]),
)
def test_no_answer_says_more_than_the_dates_prove(
    day: date,
    start: Edtf | None,
    start_meaning: StartMeaning | None,
    end: Edtf | None,
    end_meaning: EndMeaning | None,
) -> None:
    """Every tenure that the dates allow is tried: yes needs all of them to hold the day, no needs none to."""
    held = held_on(read(str(day)), start, start_meaning, end, end_meaning)
    worlds = tenures(start, start_meaning, end, end_meaning)
    if held is YES:
        assert all(first <= day <= last for first, last in worlds)
    if held is NO:
        assert not any(first <= day <= last for first, last in worlds)


def tenures(
    start: Edtf | None, start_meaning: StartMeaning | None, end: Edtf | None, end_meaning: EndMeaning | None
) -> set[tuple[date, date]]:
    """First and last day of every tenure among our days that these dates allow; each date is a day of the tenure."""
    found: set[tuple[date, date]] = set()
    for start_day, end_day in product(possible_days(start), possible_days(end)):
        evidence = [day for day, said in ((start_day, start), (end_day, end)) if said]
        firsts = [start_day] if start and start_meaning is STARTED else DAYS
        lasts = [end_day] if end and end_meaning is ENDED else DAYS
        found.update(
            (first, last)
            for first, last in product(firsts, lasts)
            if first <= last and all(first <= day <= last for day in evidence)
        )
    return found
