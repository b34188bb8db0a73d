"""Dates as people read them: the locale's days, months and years, and English words around them."""

import re
from datetime import date

from babel import Locale
from babel.dates import format_date, format_skeleton

from db.dates.edtf import Edtf, read

_WRITTEN = re.compile(r"([1-9][0-9]{3})(?:-([0-9]{2}|XX))?(?:-([0-9]{2}|XX))?")
_DIGITS_UNKNOWN = re.compile(r"([1-9][0-9]{2}X|[1-9][0-9]XX|[1-9]XXX)")
_WITH_TIME = re.compile(r"([1-9][0-9]{3}-[0-9-]+)T([0-9:.]+)(Z?)(.*)")

_SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
_SPANS = {1: "decade", 2: "century", 3: "millennium"}
_UNKNOWN_PARTS = {
    ("", ""): "",
    ("XX", ""): " (month unknown)",
    ("XX", "XX"): " (month and day unknown)",
    ("", "XX"): " (day unknown)",
}
_LACKING = {"": "unknown", "..": "open"}
_RANGE_SKELETONS = {4: "y", 7: "yMMM", 10: "yMMMd"}


def describe(edtf: Edtf, locale: str = "en_GB") -> str:
    """Put a date into words: "3 September 2024", "about August 2024", "from 2016", or the text if not read.

    ``locale`` orders and names day, month and year; the other words are English. Years outside 1000 to 9999
    stay EDTF.
    """
    if not edtf.is_date:
        return edtf.text
    start, slash, end = edtf.form.partition("/")
    if not slash:
        return _point(start, locale)
    if start in _LACKING and end in _LACKING:
        return f"{_LACKING[start]} start, {_LACKING[end]} end"
    if start in _LACKING:
        until = "no later than" if edtf.starts_open and _is_day(end) else "until"
        return f"{until} {_point(end, locale)}" + ("" if edtf.starts_open else ", unknown start")
    if end in _LACKING:
        return f"from {_point(start, locale)}" + ("" if edtf.ends_open else ", unknown end")
    return _range(start, end, locale)


def _is_day(form: str) -> bool:
    return len(form.rstrip("?~%")) == len("2024-09-03")


def _range(start: str, end: str, locale: str) -> str:
    """Join two dates as the locale joins them, naming a shared month or year once: "3–5 September 2024"."""
    is_alike = len(start) == len(end) and _WRITTEN.fullmatch(start) and _WRITTEN.fullmatch(end)
    if start == end or not is_alike:
        return f"{_point(start, locale)} – {_point(end, locale)}"
    differing = "y" if start[:4] != end[:4] else "M" if start[:7] != end[:7] else "d"
    patterns = Locale.parse(locale).interval_formats[_RANGE_SKELETONS[len(start)]][differing]
    days = (date.fromisoformat(read(form).earliest) for form in (start, end))
    return "".join(_in_pattern(*pair, locale) for pair in zip(days, patterns, strict=True))


def _in_pattern(day: date, pattern: str, locale: str) -> str:
    """Format a day, naming in full the month that Babel's interval patterns abbreviate, with plain spaces."""
    return format_date(day, pattern.replace("MMM", "MMMM").replace("\N{THIN SPACE}", " "), locale=locale)


def _point(form: str, locale: str) -> str:
    bare = form.rstrip("?~%")
    qualifier = form[len(bare) :]
    words = _unqualified(bare, locale)
    if qualifier in ("~", "%"):
        words = f"about {words}"
    return f"{words} (uncertain)" if qualifier in ("?", "%") else words


def _unqualified(form: str, locale: str) -> str:
    if found := _WRITTEN.fullmatch(form):
        return _written(found, locale)
    if form.startswith("XXXX"):
        return "unknown date"
    if len(form) == 2:
        form += "XX"
    if _DIGITS_UNKNOWN.fullmatch(form):
        unknown = form.count("X")
        is_clear = unknown == 1 and form[2] != "0"
        return form.replace("X", "0") + ("s" if is_clear else f"s ({_SPANS[unknown]})")
    if found := _WITH_TIME.fullmatch(form):
        day, clock, utc, offset = found.groups()
        zone = f" UTC{offset}" if utc or offset else ""
        return f"{_unqualified(day, locale)}, {clock}{zone}"
    return form


def _written(found: re.Match[str], locale: str) -> str:
    """Put a year, month or day into words, and say which part of it is written as unknown."""
    year, month, day = found.groups(default="")
    first = date.fromisoformat(read(found[0]).earliest)
    if month in _SEASONS:
        return f"{_SEASONS[month]} {year}"
    if month in ("", "XX"):
        return format_skeleton("y", first, locale=locale) + _UNKNOWN_PARTS[month, day]
    if day in ("", "XX"):
        return format_skeleton("yMMMM", first, locale=locale) + _UNKNOWN_PARTS["", day]
    return format_date(first, "long", locale=locale)
