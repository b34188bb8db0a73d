"""Dates as people type them: in English, and days and months with their names in other languages."""

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import product
from typing import Literal

from babel.dates import get_month_names

from db.dates.edtf import Edtf, read

_MAX_LENGTH = 100
_BARE_CENTURY = re.compile(r"-?[0-9]{2}")  # EDTF's 1900s; from a keyboard it may as well be a year or a day

_ORDINAL = r"([0-9]{1,2})(?:st|nd|rd|th|\.)?"
_MONTH = r"([^\W\d_]+)"
_DAY_FIRST = re.compile(rf"{_ORDINAL}(?: of| de)? {_MONTH}\.?,?(?: de)? ([0-9]{{4}})", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"{_MONTH}\.? {_ORDINAL},? ([0-9]{{4}})", re.IGNORECASE)
_MONTH_OR_SEASON = re.compile(rf"{_MONTH}\.?,?(?: de)? ([0-9]{{4}})", re.IGNORECASE)
_DECADE = re.compile(r"([0-9]{2}[1-9])0s")  # not 1900s: that may be ten years or a hundred
_FULL_WIDTH = {ord("０") + digit: str(digit) for digit in range(10)}
_SEASONS = {"spring": "21", "summer": "22", "autumn": "23", "fall": "23", "winter": "24"}

_APPROXIMATE = re.compile(
    r"(?:circa|ca\.?|c\.?|about|around|approximately|approx\.?|~) ?(.+)"
    r"|(.+?) ?(?:~|approximately|approx\.?|\(approximate\))",
    re.IGNORECASE,
)
_UNCERTAIN = re.compile(r"(?:maybe|perhaps|possibly|uncertain:) (.+)|(.+?) ?(?:\?|\(\?\)|\(uncertain\))", re.IGNORECASE)
_QUALIFIERS = {(False, False): "", (True, False): "~", (False, True): "?", (True, True): "%"}

_UNTIL = re.compile(r"(?:no later than|not later than|on or before|until|up to) (.+)", re.IGNORECASE)
_FROM = re.compile(r"(?:no earlier than|not earlier than|not before|on or after|from|since) (.+)", re.IGNORECASE)
_BEFORE = re.compile(r"(?:before|prior to|earlier than) (.+)", re.IGNORECASE)
_AFTER = re.compile(r"(?:after|later than) (.+)", re.IGNORECASE)
_PLAIN = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-[0-9]{2})?)?")

_RANGE = re.compile(r"(?:from )?(.+?)(?: to | - | ?[–—] ?)(.+)", re.IGNORECASE)
_HYPHENATED = re.compile(r"([^-]+)-([^-]+)")
_AMERICAN_DAYS = re.compile(r"([a-z]+\.?) ([0-9]{1,2})(?: to | ?[-–—] ?)([0-9]{1,2}),? ([0-9]{4})", re.IGNORECASE)


def understand(text: str) -> Edtf | None:
    """Read a date as people type it: "c. August 2024", "3–5 Sept 2024", "no later than 2019", or EDTF.

    Returns None rather than guess what could mean two things ("03/09/2024", "1900s", a bare "19"). "Before"
    and "after" leave out what they name: "before 2016" is ``../2015``.
    """
    phrase = " ".join(text.translate(_FULL_WIDTH).split()) if len(text) <= _MAX_LENGTH else ""
    if read(phrase).is_date and not _BARE_CENTURY.fullmatch(phrase):
        form = phrase
    else:
        form = _point(phrase) or _limit(phrase) or _range(phrase)
    edtf = read(form)
    return replace(edtf, text=text) if edtf.is_date else None


def _point(phrase: str) -> str:
    """Return the EDTF form of one date with its qualifiers, or nothing."""
    rest, is_uncertain = _without(_UNCERTAIN, phrase)
    rest, is_approximate = _without(_APPROXIMATE, rest)
    form = _unqualified(rest) + _QUALIFIERS[is_approximate, is_uncertain]
    return form if read(form).is_date else ""


def _without(qualifier: re.Pattern[str], phrase: str) -> tuple[str, bool]:
    found = qualifier.fullmatch(phrase)
    return (found[1] or found[2], True) if found else (phrase, False)


def _unqualified(phrase: str) -> str:
    if found := _DAY_FIRST.fullmatch(phrase):
        day, month, year = found.groups()
        return _day(year, month, day)
    if found := _MONTH_FIRST.fullmatch(phrase):
        month, day, year = found.groups()
        return _day(year, month, day)
    if found := _MONTH_OR_SEASON.fullmatch(phrase):
        name = found[1].casefold()
        return f"{found[2]}-{_month(name) or _SEASONS.get(name)}"
    if found := _EAST_ASIAN.fullmatch(phrase.replace(" ", "")):
        return _east_asian(*found.groups())
    if found := _DECADE.fullmatch(phrase):
        return f"{found[1]}X"
    is_edtf = read(phrase).is_date and "/" not in phrase and not _BARE_CENTURY.fullmatch(phrase)
    return phrase if is_edtf else ""


def _day(year: str, month: str, day: str) -> str:
    return f"{year}-{_month(month.casefold())}-{int(day):02d}"


def _month(name: str) -> str:
    """The number of a month by its English name, or by one that means the same month in every language that has it."""
    return _months().get(name) or _foreign_months().get(name, "")


@cache
def _months() -> dict[str, str]:
    """Return the English names and abbreviations of the months, in lower case."""
    widths = (get_month_names(width, locale="en") for width in ("wide", "abbreviated"))
    names = {name.casefold(): f"{number:02d}" for width in widths for number, name in width.items()}
    return names | {"sept": "09"}


_LANGUAGES = (
    "bg", "cs", "da", "de", "el", "es", "et", "fi", "fr", "hr", "hu", "id", "is", "it", "lt", "lv", "nb", "nl", "nn",
    "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "tr", "uk",
)  # fmt: skip


_WIDTHS: tuple[Literal["wide", "abbreviated"], ...] = ("wide", "abbreviated")
_CONTEXTS: tuple[Literal["format", "stand-alone"], ...] = ("format", "stand-alone")


@cache
def _foreign_months() -> dict[str, str]:
    """Names of months in other languages, but for those that are another month in another one: listopad."""
    meant: dict[str, set[int]] = {}
    for language in _LANGUAGES:
        for width, context in product(_WIDTHS, _CONTEXTS):
            for number, name in get_month_names(width, context, locale=language).items():
                meant.setdefault(name.casefold().rstrip("."), set()).add(number)
    return {name: f"{number:02d}" for name, numbers in meant.items() if len(numbers) == 1 for number in numbers}


_ERAS = {"明治": (1868, 45), "大正": (1912, 15), "昭和": (1926, 64), "平成": (1989, 31), "令和": (2019, 99)}
"""First year of a Japanese era, and how many it had (Reiwa: as many as two digits tell)."""
_EAST_ASIAN = re.compile(rf"({'|'.join(_ERAS)}|西暦)?([0-9]{{1,4}}|元)年(?:([0-9]{{1,2}})月(?:([0-9]{{1,2}})日)?)?")


def _east_asian(era: str | None, year: str, month: str | None, day: str | None) -> str:
    """The EDTF form of 令和6年9月3日 or 2024年9月; nothing for a year that its era did not have."""
    number = 1 if year == "元" else int(year)
    if era in _ERAS:
        first, most = _ERAS[era]
        number = first + number - 1 if 1 <= number <= most else 0
    elif len(year) != 4:
        return ""
    return "-".join([f"{number:04d}", *(f"{int(part):02d}" for part in (month, day) if part)]) if number else ""


def _limit(phrase: str) -> str:
    if found := _UNTIL.fullmatch(phrase):
        return _interval("..", _point(found[1]))
    if found := _FROM.fullmatch(phrase):
        return _interval(_point(found[1]), "..")
    if found := _BEFORE.fullmatch(phrase):
        return _interval("..", _neighbour(_point(found[1]), -1))
    if found := _AFTER.fullmatch(phrase):
        return _interval(_neighbour(_point(found[1]), +1), "..")
    return ""


def _interval(start: str, end: str) -> str:
    return f"{start}/{end}" if start and end else ""


def _neighbour(form: str, step: int) -> str:
    """Return the year, month or day before (-1) or after (+1) a plain one."""
    if not _PLAIN.fullmatch(form):
        return ""
    edge = read(form).earliest if step < 0 else read(form).latest
    try:
        day = date.fromisoformat(edge) + timedelta(days=step)
    except (ValueError, OverflowError):  # Python's calendar has the years 1 to 9999 only
        return ""
    return day.isoformat()[: len(form)]


def _range(phrase: str) -> str:
    if found := _AMERICAN_DAYS.fullmatch(phrase):
        month, first, last, year = found.groups()
        return _interval(_point(f"{first} {month} {year}"), _point(f"{last} {month} {year}"))
    if found := _RANGE.fullmatch(phrase) or _HYPHENATED.fullmatch(phrase):
        start, end = found.groups()
        return _interval(_point(start) or _completed(start, end), _point(end))
    return ""


def _completed(start: str, end: str) -> str:
    """Read a start that leaves its month or year to the end: "3" before "5 September 2024"."""
    words = end.split()
    candidates = (_point(" ".join([start, *words[position:]])) for position in range(1, len(words)))
    return next(filter(None, candidates), "")
