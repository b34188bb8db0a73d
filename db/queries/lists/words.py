"""Dates as a list has room for them: 3 Sep 2024."""

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


def day_words(milliseconds: int) -> str:
    """The day of a time of the log."""
    day = datetime.fromtimestamp(milliseconds / 1000, UTC)
    return f"{day.day} {_months()[day.month]} {day.year}"


@cache
def _months() -> dict[int, str]:
    return dict(get_month_names("abbreviated", locale=_LOCALE))
