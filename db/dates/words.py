"""Dates as people read them: the locale's days, months and years, and words around them in three languages."""

import re
from datetime import date
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_skeleton

from db.dates.around import words_around
from db.dates.edtf import Edtf, read

_WRITTEN = re.compile(r"([1-9][0-9]{3})(?:-([0-9]{2}|XX))?(?:-([0-9]{2}|XX))?")
_DIGITS_UNKNOWN = re.compile(r"([1-9][0-9]{2}X|[1-9][0-9]XX|[1-9]XXX)")
_WITH_TIME = re.compile(r"([1-9][0-9]{3}-[0-9-]+)T([0-9:.]+)(Z?)(.*)")

_RANGE_SKELETONS = {4: "y", 7: "yMMM", 10: "yMMMd"}


def describe(edtf: Edtf, locale: str = "en_GB", *, short: bool = False) -> str:
    """Put a date into words: "3 September 2024", "about August 2024", "from 2016", or the text if not read.

    ``locale`` orders and names day, month and year; the other words are Japanese or Norwegian in theirs and English
    elsewhere. Years outside 1000 to 9999 stay EDTF. ``short`` is for narrow columns: "3 Sep 2024", "2024/09/03".
    """
    if not edtf.is_date:
        return edtf.text
    start, slash, end = edtf.form.partition("/")
    if not slash:
        return _point(start, locale, short)
    around = words_around(locale)
    lacking = {"": around.unknown, "..": around.open}
    if start in lacking and end in lacking:
        return around.both_unknown.format(start=lacking[start], end=lacking[end])
    if start in lacking:
        until = around.no_later_than if edtf.starts_open and _is_day(end) else around.until
        date = until.format(date=_point(end, locale, short))
        return date if edtf.starts_open else around.unknown_start.format(date=date)
    if end in lacking:
        date = around.since.format(date=_point(start, locale, short))
        return date if edtf.ends_open else around.unknown_end.format(date=date)
    return _range(start, end, locale, short)


def _is_day(form: str) -> bool:
    return len(form.rstrip("?~%")) == len("2024-09-03")


def _range(start: str, end: str, locale: str, short: bool) -> str:
    """Join two dates as the locale joins them, naming a shared month or year once: "3–5 September 2024"."""
    is_alike = len(start) == len(end) and _WRITTEN.fullmatch(start) and _WRITTEN.fullmatch(end)
    if start == end or not is_alike:
        return f"{_point(start, locale, short)} – {_point(end, locale, short)}"
    differing = "y" if start[:4] != end[:4] else "M" if start[:7] != end[:7] else "d"
    patterns = Locale.parse(locale).interval_formats[_RANGE_SKELETONS[len(start)]][differing]
    days = (date.fromisoformat(read(form).earliest) for form in (start, end))
    return "".join(_in_pattern(*pair, locale, short) for pair in zip(days, patterns, strict=True))


def _in_pattern(day: date, pattern: str, locale: str, short: bool) -> str:
    """Format a day, naming in full the month that Babel's interval patterns abbreviate, with plain spaces."""
    pattern = pattern.replace("\N{THIN SPACE}", " ")
    return (
        _abbreviated(day, pattern, locale) if short else format_date(day, pattern.replace("MMM", "MMMM"), locale=locale)
    )


def _abbreviated(day: date, pattern: str, locale: str) -> str:
    """Format a day by a pattern of the locale; English months have three letters everywhere, also "Sep"."""
    return format_date(day, pattern, locale="en" if locale.startswith("en") else locale)


@lru_cache(maxsize=20_000)
def _point(form: str, locale: str, short: bool) -> str:
    bare = form.rstrip("?~%")
    qualifier = form[len(bare) :]
    words = _unqualified(bare, locale, short)
    around = words_around(locale)
    if qualifier in ("~", "%"):
        words = around.about.format(date=words)
    return around.uncertain.format(date=words) if qualifier in ("?", "%") else words


def _unqualified(form: str, locale: str, short: bool) -> str:
    around = words_around(locale)
    if found := _WRITTEN.fullmatch(form):
        return _written(found, locale, short)
    if form.startswith("XXXX"):
        return around.unknown_date
    if len(form) == 2:
        form += "XX"
    if _DIGITS_UNKNOWN.fullmatch(form):
        unknown = form.count("X")
        is_clear = unknown == 1 and form[2] != "0"
        pattern = around.years if is_clear else (around.decade, around.century, around.millennium)[unknown - 1]
        return pattern.format(year=form.replace("X", "0"))
    if found := _WITH_TIME.fullmatch(form):
        day, clock, utc, offset = found.groups()
        zone = f" UTC{offset}" if utc or offset else ""
        return f"{_unqualified(day, locale, short)}, {clock}{zone}"
    return form


def _written(found: re.Match[str], locale: str, short: bool) -> str:
    """Put a year, month or day into words, and say which part of it is written as unknown."""
    year, month, day = found.groups(default="")
    around = words_around(locale)
    seasons = {"21": around.spring, "22": around.summer, "23": around.autumn, "24": around.winter}
    if month in seasons:
        return seasons[month].format(year=year)
    first = date.fromisoformat(read(found[0]).earliest)
    unknown = {
        ("XX", ""): around.month_unknown,
        ("XX", "XX"): around.month_and_day_unknown,
        ("", "XX"): around.day_unknown,
    }
    if month in ("", "XX"):
        return unknown.get((month, day), "{date}").format(date=format_skeleton("y", first, locale=locale))
    if day in ("", "XX"):
        words = _short_month(first, locale) if short else format_skeleton("yMMMM", first, locale=locale)
        return unknown.get(("", day), "{date}").format(date=words)
    if short:
        return _abbreviated(first, str(Locale.parse(locale).date_formats["medium"]), locale)
    return format_date(first, "long", locale=locale)


def _short_month(day: date, locale: str) -> str:
    """A month and its year, in figures where the locale's short days are."""
    known = Locale.parse(locale)
    skeleton = "yMMM" if "MMM" in str(known.date_formats["medium"]) else "yM"
    return _abbreviated(day, str(known.datetime_skeletons[skeleton]), locale)
