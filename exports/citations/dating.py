"""An EDTF date for a style: as parts where CSL has them, else in words."""

import re
from dataclasses import dataclass

from db.dates import Edtf, describe, read
from exports.citations.styles import CitationStyle, Family

_POINT = re.compile(r"([1-9][0-9]{3})(?:-([0-9]{2}|XX))?(?:-([0-9]{2}|XX))?(?:T.*)?")
_QUALIFIERS = "?~%"
_FIRST_SEASON, _LAST_SEASON = 21, 24


@dataclass(frozen=True, slots=True)
class DateParts:
    """Year, month and day of a day, or of the two ends of a time; or, where `words` are given, only those."""

    ends: tuple[tuple[int, ...], ...] = ()
    season: int | None = None
    is_circa: bool = False
    words: str = ""


def date_parts(date: Edtf, style: CitationStyle, language: str) -> DateParts:
    """A date as CSL tells it.

    CSL knows one qualifier only, "circa", and only styles by author and date print it; the others get words, so that no
    date looks surer than it is. Unknown months and days are left out; whatever CSL has no form for is told in words.
    """
    start, slash, end = date.form.partition("/")
    qualifiers = {form[-1] for form in (start, end) if form and form[-1] in _QUALIFIERS}
    ends = [_point(form) for form in ((start, end) if slash else (start,))]
    if not date.is_date or not all(ends):
        return DateParts(words=describe(date, _locale(style, language)))
    found = tuple(point for point in ends if point)
    season = _season(found[0]) if not slash else None
    if any(_season(point) for point in found) and slash:
        return DateParts(words=describe(date, _locale(style, language)))
    if qualifiers and style.family is not Family.AUTHOR_DATE:
        return DateParts(words=_qualified(date, qualifiers, style, language))
    return DateParts((found[0][:1],) if season else found, season, bool(qualifiers))


def _point(form: str) -> tuple[int, ...]:
    found = _POINT.fullmatch(form.rstrip(_QUALIFIERS))
    return tuple(int(part) for part in found.groups() if part and part != "XX") if found else ()


def _season(point: tuple[int, ...]) -> int | None:
    is_season = len(point) > 1 and _FIRST_SEASON <= point[1] <= _LAST_SEASON
    return point[1] - _FIRST_SEASON + 1 if is_season else None


def _qualified(date: Edtf, qualifiers: set[str], style: CitationStyle, language: str) -> str:
    words = describe(read(re.sub(f"[{_QUALIFIERS}]", "", date.form)), _locale(style, language))
    if qualifiers & {"~", "%"}:
        words = f"{words}頃" if language == "ja" else f"{'c' if style is CitationStyle.OSCOLA else 'ca.'} {words}"
    return f"{words}?" if qualifiers & {"?", "%"} else words


def _locale(style: CitationStyle, language: str) -> str:
    if language in ("ja", "nb"):
        return {"ja": "ja_JP", "nb": "nb_NO"}[language]
    return "en_GB" if style is CitationStyle.OSCOLA else "en_US"
