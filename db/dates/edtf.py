"""EDTF Level 0 and 1 as a value, and the reader that makes it.

Source: ISO 8601-2:2019, and the Library of Congress' Extended Date/Time Format specification. The reader is
our own: the two levels are a few regular expressions and the calendar, and a plain date costs microseconds,
not milliseconds.
"""

import re
from calendar import isleap
from dataclasses import dataclass
from functools import lru_cache
from math import inf
from typing import NamedTuple

FIRST_DAY = "0000-01-01"
LAST_DAY = "9999-12-31"

_MAX_LENGTH = 64  # longer than any date; a page pasted into a date field is not searched
_APPROXIMATE = frozenset("~%")
_UNCERTAIN = frozenset("?%")

_DATE = re.compile(r"(-?[0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_UNSPECIFIED = re.compile(
    r"XXXX(?:-XX(?:-XX)?)?"  # nothing known
    r"|-?(?:[0-9]XXX|[0-9]{2}XX|[0-9]{3}X)"  # a millennium, a century, a decade
    r"|-?[0-9]{4}-(?:XX(?:-XX)?|[0-9]{2}-XX)"  # a month or a day not known
)
_SEASON = re.compile(r"(-?[0-9]{4})-(2[1-4])")
_CENTURY = re.compile(r"-?[0-9]{2}")
_LONG_YEAR = re.compile(r"Y(-?[1-9][0-9]{4,})")
_TIME = re.compile(
    r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,9})?|24:00:00)"
    r"(?:Z|([+-])([0-9]{2})(?::?([0-5][0-9]))?)?"
)
_MARK = "[?~%]?"
_LOOSE_DATE = (
    rf"{_MARK}-?[0-9X]{{4}}{_MARK}"
    rf"(?:-{_MARK}(?:0[1-9X]|1[0-2X]|X[0-9X]|2[1-9]|3[0-9]|4[01]){_MARK}"
    rf"(?:-{_MARK}[0-3X][0-9X]{_MARK})?)?"
)
_LEVEL_2_OR_3 = re.compile(
    r"\[[-0-9X?~%., ]+\]|\{[-0-9X?~%., ]+\}"  # one of a set, all of a set
    r"|(?!-0+\b)-?(?:[0-9]{3}[?~%]?|[0-9]{2}[?~%])"  # a decade, a qualified century
    r"|(?:[0-9]{4}|Y-?[0-9]+E[0-9]+|Y-?[0-9]+(?=S))(?:S[0-9]+)?"  # exponents, significant digits
    r"|(?=.*X|[?~%]|.*[?~%][-0-9]|.*[0-9X]{4}[?~%]?-(?:2[1-9]|3[0-9]|4[01])(?!-))"  # not Level 1's marks
    rf"{_LOOSE_DATE}(?:/{_LOOSE_DATE})?"
)

_Day = tuple[float, int, int]
"""Year, month, day; the year is infinite where an interval has no end, and may have any size."""


class UnreadableDate(ValueError):
    """What was written is not an EDTF Level 0 or 1 date; the message says what can be written instead."""


@dataclass(frozen=True, slots=True)
class Edtf:
    """A date as somebody wrote it, and what it says.

    ``form`` is EDTF Level 0 or 1, or empty where the text is no such date. ``earliest`` and ``latest`` are
    ISO days for sorting and filtering only, kept within the years 0000 to 9999; empty where ``form`` is.
    """

    text: str
    form: str = ""
    earliest: str = ""
    latest: str = ""

    @property
    def is_date(self) -> bool:
        """Whether the text was read as a date."""
        return self.form != ""

    @property
    def is_approximate(self) -> bool:
        """Whether the date, or an end of the interval, is approximate (``~``, ``%``)."""
        return not _APPROXIMATE.isdisjoint(self.form)

    @property
    def is_uncertain(self) -> bool:
        """Whether the date, or an end of the interval, is uncertain (``?``, ``%``)."""
        return not _UNCERTAIN.isdisjoint(self.form)

    @property
    def is_interval(self) -> bool:
        """Whether this is a time from one date to another."""
        return "/" in self.form

    @property
    def starts_open(self) -> bool:
        """Whether no start is stated: ``../2019``."""
        return self.form.startswith("../")

    @property
    def ends_open(self) -> bool:
        """Whether no end is stated: ``2016/..``."""
        return self.form.endswith("/..")

    @property
    def starts_unknown(self) -> bool:
        """Whether there was a start that nobody knows: ``/2019``."""
        return self.form.startswith("/")

    @property
    def ends_unknown(self) -> bool:
        """Whether there is an end that nobody knows: ``2016/``."""
        return self.form.endswith("/")

    @property
    def _lasts(self) -> bool:
        return self.is_interval and not (self.starts_open or self.ends_open)

    def says_same(self, other: "Edtf") -> bool:
        """Whether both say the same; what could not be read says nothing, so never the same."""
        return self.is_date and self.form == other.form

    def covers(self, other: "Edtf") -> bool:
        """Whether this date says the same as the other one, or the same less precisely.

        - Its days take in all days of the other: ``2023-01`` covers ``2023-01-11``, ``2016`` covers
          ``2016-03/2016-05``. Qualifiers never widen a date: nobody knows how wide "about" is.
        - It claims no more certainty: ``2023-01~`` covers ``2023-01-11``; ``2023-01`` does not cover
          ``2023-01-11~``.
        - An open end (``..``) states no limit on that side, so ``../2024-09-03`` ("no later than") covers
          ``2024-08-29`` and ``../2024-09-01``.
        - Any other interval lasts from its start to its end, so it covers only intervals that do too, end by
          end: ``2016/2019`` covers ``2016-03/2019-05``, not ``2017``. An unknown end covers any such end.
        - A time of day covers nothing but itself.
        """
        mine, others = _span(self.form), _span(other.form)
        if mine is None or others is None:
            return False
        if self.form == other.form:
            return True
        if (other.is_approximate > self.is_approximate) or (other.is_uncertain > self.is_uncertain):
            return False
        if "T" in self.form:
            return False
        if self._lasts:
            return other._lasts and _covers_end_by_end(self.form, other.form)
        return mine.first <= others.first and others.last <= mine.last


def _covers_end_by_end(form: str, other: str) -> bool:
    ends = zip(form.split("/"), other.split("/"), strict=True)
    return all(end == "" or read(end).covers(read(other_end)) for end, other_end in ends)


def read(text: str) -> Edtf:
    """Read EDTF Level 0 or 1, and keep anything else, Levels 2 and 3 too, as text. Never raises."""
    form = text.strip() if len(text) <= _MAX_LENGTH else ""
    span = _span(form)
    if span is None:
        return Edtf(text)
    return Edtf(text, form, _iso_day(span.first), _iso_day(span.last))


def parse(text: str) -> Edtf:
    """Read EDTF Level 0 or 1, or raise ``UnreadableDate``."""
    edtf = read(text)
    if edtf.is_date:
        return edtf
    shown = text if len(text) <= _MAX_LENGTH else text[:_MAX_LENGTH] + "…"
    if len(text) <= _MAX_LENGTH and _LEVEL_2_OR_3.fullmatch(text.strip()):
        raise UnreadableDate(
            f"“{shown}” is EDTF Level 2 or 3, which Depositary keeps as text, not as a date. Write Level 1"
            " instead, for example 2024-08~ (approximate), 2024? (uncertain) or 2016/2019 (from, to)."
        )
    raise UnreadableDate(
        f"“{shown}” is not a date. Write a day (2024-09-03), a month (2024-09) or a year (2024);"
        " add ~ if it is approximate or ? if it is uncertain;"
        " write 2016/2019 for an interval, 2016/.. or ../2019 where one end is open."
    )


class _Span(NamedTuple):
    """First and last day that a date may mean."""

    first: _Day
    last: _Day


_OPEN = _Span((-inf, 1, 1), (inf, 12, 31))


@lru_cache(maxsize=16_384)
def _span(form: str) -> _Span | None:
    """Return the days of a Level 0 or 1 form, or None where it is not one."""
    start, slash, end = form.partition("/")
    if not slash:
        return _point_span(form)
    first, last = _end_span(start), _end_span(end)
    if first is None or last is None or first.first > last.last:
        return None
    return _Span(first.first, last.last)


def _end_span(end: str) -> _Span | None:
    return _OPEN if end in ("", "..") else _calendar_span(_without_qualifier(end))


def _point_span(form: str) -> _Span | None:
    bare = _without_qualifier(form)
    span = _calendar_span(bare) or _unspecified_span(bare) or _season_span(bare)
    if span is None and bare == form:
        span = _century_span(form) or _long_year_span(form) or _time_span(form)
    return span


def _without_qualifier(form: str) -> str:
    return form[:-1] if form[-1:] in ("?", "~", "%") else form


def _calendar_span(text: str) -> _Span | None:
    found = _DATE.fullmatch(text)
    if found is None or text.startswith("-0000"):
        return None
    year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    if found[2] is None:
        return _year_span(year)
    if not 1 <= month <= 12:
        return None
    last = _days_in_month(year, month)
    if found[3] is None:
        return _Span((year, month, 1), (year, month, last))
    return _Span((year, month, day), (year, month, day)) if 1 <= day <= last else None


def _unspecified_span(text: str) -> _Span | None:
    if not _UNSPECIFIED.fullmatch(text):
        return None
    known = text.replace("-XX", "")
    lowest, highest = (_calendar_span(known.replace("X", digit)) for digit in "09")
    if lowest is None or highest is None:
        return None
    return _Span(min(lowest.first, highest.first), max(lowest.last, highest.last))


def _season_span(text: str) -> _Span | None:
    """Return the months of a northern season; of winter the December, since EDTF leaves open which winter."""
    found = _SEASON.fullmatch(text)
    if found is None or text.startswith("-0000"):
        return None
    year, first = int(found[1]), 3 * (int(found[2]) - 20)
    last = min(first + 2, 12)
    return _Span((year, first, 1), (year, last, _days_in_month(year, last)))


def _century_span(text: str) -> _Span | None:
    return _unspecified_span(f"{text}XX") if _CENTURY.fullmatch(text) else None


def _long_year_span(text: str) -> _Span | None:
    found = _LONG_YEAR.fullmatch(text)
    return _year_span(int(found[1])) if found else None


def _year_span(year: int) -> _Span:
    return _Span((year, 1, 1), (year, 12, 31))


def _time_span(text: str) -> _Span | None:
    """Return the day of a date and time as written, whatever its offset from UTC."""
    day, _, time = text.partition("T")
    found = _TIME.fullmatch(time)
    if found is None or len(day) < len("2024-09-03") or not _is_offset(*found.groups(default="")):
        return None
    return _calendar_span(day)


def _is_offset(sign: str, hours: str, minutes: str) -> bool:
    """Whether the offset is one that clocks on Earth have: -12:00 to +14:00, and zero is positive."""
    if not sign:
        return True
    offset = 60 * int(hours) + int(minutes or 0)
    return offset <= 14 * 60 if sign == "+" else 0 < offset <= 12 * 60


def _days_in_month(year: int, month: int) -> int:
    return 29 if month == 2 and isleap(year) else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def _iso_day(day: _Day) -> str:
    year, month, day_of_month = day
    if year < 0:
        return FIRST_DAY
    return LAST_DAY if year > 9999 else f"{int(year):04d}-{month:02d}-{day_of_month:02d}"
