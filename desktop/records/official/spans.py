"""Tenures on a time axis: where each begins and ends, how sure that is, and where the axis has its marks."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto
from uuid import UUID

from db.dates import Edtf
from db.dates.edtf import FIRST_DAY, LAST_DAY
from db.models.vocabulary import EndMeaning, StartMeaning
from db.queries.tenures import Tenure

_YEAR = 365.2425
_MARGIN = 0.04
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000)


class Edge(Enum):
    """What an end of a bar says."""

    SHARP = auto()
    """It began or ended then."""
    AT_LEAST = auto()
    """It was held then; how much longer, nobody has shown."""
    OPEN = auto()
    """Nothing is known of this end, or it is said to be open."""


@dataclass(frozen=True, slots=True)
class Span:
    """One tenure in years and fractions of a year, from `first` to `last`.

    Where a date is imprecise, what is sure begins at `sure_first` and ends at `sure_last`; None where nothing is.
    """

    id: UUID
    first: float
    last: float
    sure_first: float | None
    sure_last: float | None
    start: Edge
    end: Edge
    acting: bool


@dataclass(frozen=True, slots=True)
class Axis:
    """The years that are shown, and those that are marked."""

    first: float
    last: float
    marks: tuple[int, ...]

    def place(self, year: float) -> float:
        """Where a moment stands: 0 at the left end, 1 at the right."""
        return (year - self.first) / (self.last - self.first)


def span_of(tenure: Tenure) -> Span | None:
    """A tenure as a bar; None where no date of it could be read."""
    start, end = _readable(tenure.start), _readable(tenure.end)
    known = [date for date in (start, end) if date]
    if not known:
        return None
    first, last = min(map(_first, known)), max(map(_last, known))
    sure = (_years(start.latest), _years(end.earliest, after=True)) if start and end else None
    is_sure = sure is not None and sure[0] < sure[1]
    return Span(
        id=tenure.id,
        first=first,
        last=last,
        sure_first=sure[0] if sure and is_sure else None,
        sure_last=sure[1] if sure and is_sure else None,
        start=_edge(start, tenure.start_meaning is StartMeaning.STARTED),
        end=_edge(end, tenure.end_meaning is EndMeaning.ENDED),
        acting=tenure.acting,
    )


def axis_of(spans: Iterable[Span], most_marks: int) -> Axis:
    """An axis on which all spans fit with some room beside them, with at most so many years marked."""
    shown = list(spans)
    first, last = min(span.first for span in shown), max(span.last for span in shown)
    room = max((last - first) * _MARGIN, 0.5)
    first, last = first - room, last + room
    step = next((each for each in _STEPS if (last - first) / each <= most_marks), _STEPS[-1])
    marks = range(math.ceil(first / step) * step, math.floor(last) + 1, step)
    return Axis(first, last, tuple(marks))


def _readable(date: Edtf | None) -> Edtf | None:
    return date if date is not None and date.is_date else None


def _edge(date: Edtf | None, is_sharp: bool) -> Edge:
    if date is None:
        return Edge.OPEN
    is_open = date.earliest == FIRST_DAY or date.latest == LAST_DAY
    return Edge.SHARP if is_sharp and not is_open else Edge.AT_LEAST


def _years(day: str, *, after: bool = False) -> float:
    """A day as years and a fraction, near enough for a picture; `after`: the moment at which it is over."""
    year, month, day_of_month = (int(part) for part in day.split("-"))
    return year + ((month - 1) * _YEAR / 12 + day_of_month - (0 if after else 1)) / _YEAR


def _first(date: Edtf) -> float:
    """When a date begins, or, where that is open, when it is over."""
    return _years(date.earliest) if date.earliest != FIRST_DAY else _years(date.latest)


def _last(date: Edtf) -> float:
    """When a date is over, or, where that is open, when it begins."""
    return _years(date.latest, after=True) if date.latest != LAST_DAY else _years(date.earliest, after=True)
