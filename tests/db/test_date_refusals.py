"""Why something is not read as a date, what may have been meant, and dates with names from other languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.dates import Refusal, explain, understand


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("3. september 2024", "2024-09-03"),
        ("3 de septiembre de 2024", "2024-09-03"),
        ("10. okt. 2020", "2020-10-10"),
        ("令和6年9月3日", "2024-09-03"),
        ("令和元年5月", "2019-05"),
        ("昭和64年", "1989"),
        ("２０２４年９月３日", "2024-09-03"),
    ],
)
def test_other_languages(text: str, form: str) -> None:
    found = understand(text)
    assert found is not None
    assert (found.form, found.text) == (form, text)


@pytest.mark.parametrize("text", ["5 listopad 2020", "平成32年", "6年9月3日", "昭和0年"])
def test_what_could_be_two_things_or_never_was(text: str) -> None:
    assert understand(text) is None


@pytest.mark.parametrize(
    ("text", "why", "forms"),
    [
        ("31 Feb 2024", Refusal.NO_SUCH_DAY, []),
        ("2024-02-31", Refusal.NO_SUCH_DAY, []),
        ("31/02/2024", Refusal.NO_SUCH_DAY, []),
        ("03/09/2024", Refusal.AMBIGUOUS, ["2024-09-03", "2024-03-09"]),
        ("3.3.2024", Refusal.AMBIGUOUS, ["2024-03-03"]),
        ("25/12/2024", Refusal.AMBIGUOUS, ["2024-12-25"]),
        ("3 Sep 24", Refusal.SHORT_YEAR, ["2024-09-03", "1924-09-03"]),
        ("Sept '24", Refusal.SHORT_YEAR, ["2024-09", "1924-09"]),
        ("next Tuesday", Refusal.UNKNOWN, []),
        ("1999-13", Refusal.UNKNOWN, []),
    ],
)
def test_why_not(text: str, why: Refusal, forms: list[str]) -> None:
    found = explain(text)
    assert (found.why, [date.form for date in found.readings]) == (why, forms)


@given(st.text(max_size=40))
def test_any_text_has_an_answer_and_every_reading_is_a_date(text: str) -> None:
    assert all(date.is_date for date in explain(text).readings)
