"""The axis of time that figures share: from days to points, years or months as ticks, and the day of the sheet."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from db.dates import Edtf
from exports.briefing.drawing import Anchor, Label, Path, Shape, Tone

STUB = 16.0
"""How far a bar with an open end reaches beyond what is known."""
HEIGHT = 15.0
_TICK_TEXT = 6.6
_MONTHS = (1, 3, 6)
_YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_FEWEST, _MOST = 3, 8
"""Ticks below which a finer step is taken, and above which a coarser one."""
_TEN_YEARS = 3653
_MARGIN = 120


@dataclass(frozen=True, slots=True)
class Scale:
    """From days to points. Ordinals are Python's."""

    first: int
    last: int
    width: float

    def x(self, ordinal: float) -> float:
        """Where a day begins; beyond the ends of the scale, the end."""
        inner = self.width - 2 * STUB
        share = (ordinal - self.first) / max(1, self.last - self.first)
        return round(STUB + inner * min(max(share, 0.0), 1.0), 2)

    def shows(self, day: str) -> bool:
        """Whether a day (YYYY-MM-DD, or none) is within it."""
        return bool(day) and self.first <= ordinal_of(day) <= self.last


def scale_of(known: Iterable[int], day: str, width: float, reach: int = _TEN_YEARS) -> Scale:
    """A scale that shows these days, and `day` (YYYY-MM-DD) if it is among them or not more than `reach` days later."""
    days = sorted(known)
    first, last = days[0], days[-1]
    if day and first <= ordinal_of(day) <= last + reach:
        last = max(last, ordinal_of(day))
    margin = max(_MARGIN, (last - first) // 25)
    return Scale(first - margin, last + margin, width)


def ends_of(edtf: Edtf | None) -> tuple[int, ...]:
    """The first and the last day that a date can mean; an open end of an interval is none."""
    if edtf is None or not edtf.is_date:
        return ()
    first = () if edtf.starts_open or edtf.starts_unknown else (ordinal_of(edtf.earliest),)
    last = () if edtf.ends_open or edtf.ends_unknown else (ordinal_of(edtf.latest),)
    return (*first, *last)


def ordinal_of(day: str) -> int:
    """The ordinal of a day (YYYY-MM-DD)."""
    year, month, number = (int(part) for part in day.split("-"))
    return date(min(max(year, 1), 9999), month, number).toordinal()


def grid(scale: Scale, height: float) -> Iterator[Shape]:
    """The axis at the bottom of a figure of this height, and a hairline at each tick."""
    bottom = height - HEIGHT + 3
    yield Path(((0, bottom), (scale.width, bottom)), Tone.HAIRLINE)
    for ordinal, text in _ticks(scale):
        x = scale.x(ordinal)
        yield Path(((x, 0), (x, bottom + 2)), Tone.HAIRLINE, width=0.4)
        yield Label(x, height - 2.5, text, _TICK_TEXT, Tone.QUIET, Anchor.MIDDLE)


def _ticks(scale: Scale) -> list[tuple[int, str]]:
    """The first days of years, or of months as YYYY-MM where all is within a few years."""
    first, last = (date.fromordinal(min(max(1, end), date.max.toordinal())) for end in (scale.first, scale.last))
    for step in _YEARS:
        years = range(-(-(first.year + 1) // step) * step, last.year + 1, step)
        if len(years) <= _MOST:
            break
    if len(years) >= _FEWEST:
        return [(date(year, 1, 1).toordinal(), str(year)) for year in years]
    for step in _MONTHS:
        months = [(year, month) for year in range(first.year, last.year + 1) for month in range(1, 13, step)]
        days = [(date(year, month, 1), f"{year}-{month:02}") for year, month in months]
        shown = [(day.toordinal(), text) for day, text in days if first <= day <= last]
        if len(shown) <= _MOST:
            break
    return shown


def day_line(scale: Scale, day: str, height: float) -> Iterator[Shape]:
    """A dotted line at the day of the sheet, where the scale shows it."""
    if scale.shows(day):
        x = scale.x(ordinal_of(day))
        yield Path(((x, 0), (x, height - HEIGHT + 3)), Tone.ACCENT, width=0.6, dashed=True)
