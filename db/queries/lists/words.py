"""Dates as a list has room for them, 3 Sep 2024, and as other programs read them, 2024-09-03."""

from datetime import UTC, datetime
from functools import cache, lru_cache

from babel.dates import get_month_names

from db.dates import Edtf, describe

_LOCALE = "en_GB"


@lru_cache(maxsize=50_000)
def date_words(value: object) -> str:
    """A date in words, with its month shortened; empty for any other value."""
    if not isinstance(value, Edtf):
        return ""
    form = value.form
    if len(form) == 10 and form.replace("-", "").isdigit():
        return f"{int(form[8:])} {_months()[int(form[5:7])]} {form[:4]}"
    words = describe(value, _LOCALE)
    for number, month in get_month_names("wide", locale=_LOCALE).items():
        words = words.replace(month, _months()[number]) if value.is_date else words
    return words


def date_form(value: object) -> str:
    """A date as EDTF writes it (ISO 8601-2), for another program, or as it was typed where it is no date."""
    return value.form or value.text if isinstance(value, Edtf) else ""


def day_words(milliseconds: int, *, exact: bool = False) -> str:
    """The day of a time of the log; `exact` gives the ISO 8601 date."""
    day = datetime.fromtimestamp(milliseconds / 1000, UTC)
    return f"{day:%Y-%m-%d}" if exact else f"{day.day} {_months()[day.month]} {day.year}"


@cache
def _months() -> dict[int, str]:
    return dict(get_month_names("abbreviated", locale=_LOCALE))
