"""Why something that looks like a date is not read as one, and what may have been meant."""

import re
from dataclasses import dataclass
from enum import StrEnum

from db.dates.edtf import Edtf, read
from db.dates.phrases import understand

_NUMBERS = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4}|[0-9]{2})")
_SHORT_YEAR = re.compile(r"(.*[^\W\d_]\.?,? )['’]?([0-9]{2})")
_DAY = re.compile(r"[0-9]{1,2}(?=\D)|(?<=-[0-9]{2}-)[0-9]{2}$")


class Refusal(StrEnum):
    """Why a text is not read as a date."""

    NO_SUCH_DAY = "no such day"
    AMBIGUOUS = "ambiguous"
    SHORT_YEAR = "short year"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Refused:
    """Why, and what may have been meant, the likelier first."""

    why: Refusal
    readings: tuple[Edtf, ...] = ()


def explain(text: str) -> Refused:
    """Say why `understand` does not read a text: 03/09/2024 may be two days, 3 Sep 24 two years, 31 Feb 2024 none."""
    phrase = " ".join(text.split())
    if found := _NUMBERS.fullmatch(phrase):
        return _of_numbers(*found.groups())
    if found := _SHORT_YEAR.fullmatch(phrase):
        readings = [understand(f"{found[1]}{century}{found[2]}") for century in ("20", "19")]
        if any(readings):
            return Refused(Refusal.SHORT_YEAR, tuple(date for date in readings if date))
    return Refused(Refusal.NO_SUCH_DAY if _is_day_too_many(phrase) else Refusal.UNKNOWN)


def _of_numbers(first: str, second: str, year: str) -> Refused:
    years = [year] if len(year) == 4 else [f"20{year}", f"19{year}"]
    forms = [f"{each}-{int(m):02d}-{int(d):02d}" for each in years for d, m in ((first, second), (second, first))]
    readings = tuple(date for date in map(read, dict.fromkeys(forms)) if date.is_date and _is_plain(date))
    if not readings:
        return Refused(Refusal.NO_SUCH_DAY)
    return Refused(Refusal.AMBIGUOUS if len(year) == 4 else Refusal.SHORT_YEAR, readings)


def _is_plain(date: Edtf) -> bool:
    return date.earliest == date.latest == date.form


def _is_day_too_many(phrase: str) -> bool:
    """Whether it would be a date with another day of the month."""
    return any(
        understand(f"{phrase[: found.start()]}01{phrase[found.end() :]}") is not None for found in _DAY.finditer(phrase)
    )
