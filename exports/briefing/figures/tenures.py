"""Posts over time: a bar for each tenure, solid as far as evidence shows it and dashed where it is only possible."""

import unicodedata
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from db.dates import Edtf
from db.models.vocabulary import EndMeaning, StartMeaning
from db.queries.tenures import Tenure
from db.tenure import proved_days
from exports.briefing.drawing import Anchor, Disc, Drawing, Label, Path, Shape, Tone

WIDTH = 388.0
"""In points: what the column that is read holds on A4; Letter has a little more."""
_ROW = 21.0
_BAR = 6.0
_TEXT = 7.2
_TICK_TEXT = 6.6
_AXIS = 15.0
_STUB = 16.0
"""How far a bar with an open end reaches beyond what is known."""
_DOT = 1.9
_SHORTEST = 2.5
_WIDEST_LETTER, _NARROW_LETTER = 1.0, 0.56
_MONTHS = (1, 3, 6)
_YEARS = (1, 2, 5, 10, 20, 50, 100)
_FEWEST, _MOST = 3, 8
"""Ticks below which a finer step is taken, and above which a coarser one."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A tenure to be drawn: its label, the record that a click leads to, and the days on which something was signed."""

    tenure: Tenure
    label: str
    record: uuid.UUID
    is_now: bool = False
    marks: tuple[str, ...] = ()


def tenures_drawing(bars: Sequence[Bar], alternative: str, day: str = "", width: float = WIDTH) -> Drawing | None:
    """The bars below each other in their order, above an axis of years; None where no bar has a date.

    `day` (YYYY-MM-DD): a dotted line stands at it if it lies within what is shown, or up to ten years after it.
    """
    drawn = [bar for bar in bars if _days(bar.tenure)]
    if not drawn:
        return None
    scale = _scale(drawn, day, width)
    height = _ROW * len(drawn) + _AXIS
    shapes: list[Shape] = [*_grid(scale, height), *_today(scale, day, height)]
    is_any_now = any(bar.is_now for bar in drawn)
    for place, bar in enumerate(drawn):
        tone = Tone.ACCENT if bar.is_now or not is_any_now else Tone.QUIET
        shapes += _row(bar, scale, _ROW * place, tone)
    return Drawing(width, height, tuple(shapes), alternative)


@dataclass(frozen=True, slots=True)
class _Scale:
    """From days to points. Ordinals are Python's."""

    first: int
    last: int
    width: float

    def x(self, ordinal: float) -> float:
        inner = self.width - 2 * _STUB
        share = (ordinal - self.first) / max(1, self.last - self.first)
        return round(_STUB + inner * min(max(share, 0.0), 1.0), 2)


def _scale(bars: Iterable[Bar], day: str, width: float) -> _Scale:
    known = [ordinal for bar in bars for ordinal in _days(bar.tenure)]
    known += [_ordinal(mark) for bar in bars for mark in bar.marks]
    first, last = min(known), max(known)
    if day and first <= _ordinal(day) <= last + 3653:
        last = max(last, _ordinal(day))
    margin = max(120, (last - first) // 25)
    return _Scale(first - margin, last + margin, width)


def _days(tenure: Tenure) -> list[int]:
    """The days that a tenure's dates can mean; an open end of an interval is none."""
    return [ordinal for end in (tenure.start, tenure.end) for ordinal in _ends(end)]


def _ends(edtf: Edtf | None) -> tuple[int, ...]:
    if edtf is None or not edtf.is_date:
        return ()
    first = () if edtf.starts_open or edtf.starts_unknown else (_ordinal(edtf.earliest),)
    last = () if edtf.ends_open or edtf.ends_unknown else (_ordinal(edtf.latest),)
    return (*first, *last)


def _ordinal(day: str) -> int:
    year, month, number = (int(part) for part in day.split("-"))
    return date(min(max(year, 1), 9999), month, number).toordinal()


# the axis


def _grid(scale: _Scale, height: float) -> Iterator[Shape]:
    bottom = height - _AXIS + 3
    yield Path(((0, bottom), (scale.width, bottom)), Tone.HAIRLINE)
    for ordinal, text in _ticks(scale):
        x = scale.x(ordinal)
        yield Path(((x, 0), (x, bottom + 2)), Tone.HAIRLINE, width=0.4)
        yield Label(x, height - 2.5, text, _TICK_TEXT, Tone.QUIET, Anchor.MIDDLE)


def _ticks(scale: _Scale) -> list[tuple[int, str]]:
    """The first days of years, or of months as YYYY-MM where all is within a few years."""
    first, last = date.fromordinal(max(1, scale.first)), date.fromordinal(scale.last)
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


def _today(scale: _Scale, day: str, height: float) -> Iterator[Shape]:
    if day and scale.first <= _ordinal(day) <= scale.last:
        x = scale.x(_ordinal(day))
        yield Path(((x, 0), (x, height - _AXIS + 3)), Tone.ACCENT, width=0.6, dashed=True)


# a row


def _row(bar: Bar, scale: _Scale, top: float, tone: Tone) -> Iterator[Shape]:
    y = top + 11.5
    left, right = _reach(bar.tenure, scale)
    yield _label(bar, left, scale.width, top + 8)
    yield from _possible(bar.tenure, left, right, y, tone)
    if proved := _proved(bar.tenure):
        start, end = scale.x(proved[0]), scale.x(proved[1] + 1)
        yield _box(start, max(end, start + _SHORTEST), y, tone)
    for mark in bar.marks:
        x = scale.x(_ordinal(mark) + 0.5)
        yield Disc(x, y + _BAR / 2, _DOT, Tone.PAPER, Tone.INK, 0.7)


def _reach(tenure: Tenure, scale: _Scale) -> tuple[float, float]:
    """From where to where the tenure is possible; an end that is not known reaches a little beyond what is."""
    known = _days(tenure)
    starts, ends = _ends(tenure.start), _ends(tenure.end)
    left = scale.x(starts[0] if starts else known[0])
    right = scale.x((ends[-1] if ends else known[-1]) + 1)
    if _starts_open(tenure):
        left -= _STUB
    if _ends_open(tenure):
        right += _STUB
    return left, max(right, left + _SHORTEST)


def _starts_open(tenure: Tenure) -> bool:
    start = tenure.start
    if start is None or not start.is_date or start.starts_open or start.starts_unknown:
        return True
    return tenure.start_meaning is not StartMeaning.STARTED


def _ends_open(tenure: Tenure) -> bool:
    end = tenure.end
    if end is None or not end.is_date or end.ends_open or end.ends_unknown:
        return True
    return tenure.end_meaning is not EndMeaning.ENDED


def _proved(tenure: Tenure) -> tuple[int, int] | None:
    days = proved_days(tenure.start, tenure.end)
    if days is None and tenure.start is None and tenure.end is not None:
        days = proved_days(tenure.end, None)  # the last evidence alone
    if days is None or days[0].startswith("0000") or days[1].startswith("9999"):
        return None
    return _ordinal(days[0]), _ordinal(days[1])


def _possible(tenure: Tenure, left: float, right: float, y: float, tone: Tone) -> Iterator[Shape]:
    """The outline of all that is possible: dashed, and without an edge where it is open."""
    top, bottom = round(y + 0.4, 2), round(y + _BAR - 0.4, 2)
    for level in (top, bottom):
        yield Path(((left, level), (right, level)), tone, width=0.7, dashed=True)
    if not _starts_open(tenure):
        yield Path(((left, top), (left, bottom)), tone, width=0.7)
    if not _ends_open(tenure):
        yield Path(((right, top), (right, bottom)), tone, width=0.7)


def _box(left: float, right: float, y: float, tone: Tone) -> Path:
    corners = ((left, y), (right, y), (right, y + _BAR), (left, y + _BAR))
    return Path(corners, None, tone, 0, closed=True)


def _label(bar: Bar, left: float, width: float, y: float) -> Label:
    """The label begins where its bar does, or as much further left as it needs."""
    text = _fitting(bar.label, width)
    x = round(max(0.0, min(left, width - text_width(text))), 2)
    return Label(x, y, text, _TEXT, Tone.INK if bar.is_now else Tone.QUIET, strong=bar.is_now, record=bar.record)


def _fitting(text: str, room: float) -> str:
    """As much of a text as there is room for; the alternative text and the table say all of it."""
    if text_width(text) <= room:
        return text
    while text and text_width(f"{text}…") > room:
        text = text[:-1]
    return f"{text.rstrip(' ,')}…"


def text_width(text: str) -> float:
    """More than the width of a text in points: figures are made without looking at fonts."""
    wide = sum(1 for letter in text if unicodedata.east_asian_width(letter) in "WF")
    return _TEXT * (wide * _WIDEST_LETTER + (len(text) - wide) * _NARROW_LETTER)
