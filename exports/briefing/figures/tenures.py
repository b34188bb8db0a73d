"""Posts over time: a bar for each tenure, solid as far as evidence shows it and dashed where it is only possible.

What has no end on file ends in dots that measure nothing, for how much longer it was nobody knows.
"""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from db.models.vocabulary import EndMeaning, StartMeaning
from db.queries.tenures import Tenure
from db.tenure import proved_days
from exports.briefing.drawing import Disc, Drawing, Label, Path, Shape, Tone
from exports.briefing.figures.axis import HEIGHT, Scale, day_line, ends_of, grid, ordinal_of, scale_of
from exports.briefing.figures.lettering import elided, text_width

WIDTH = 388.0
"""In points: what the column that is read holds on A4; Letter has a little more."""
_ROW = 21.0
_BAR = 6.0
_TEXT = 7.2
_DOT = 1.9
_SHORTEST = 2.5
_AROUND = 1.5
"""Points that a label keeps free at its sides."""
_TRAIL = (4.0, 7.6, 11.2)
"""How far beyond an open end its dots stand, in points."""
_TRAIL_DOT = 0.8


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
    known = [ordinal for bar in drawn for ordinal in _days(bar.tenure)]
    known += [ordinal_of(mark) for bar in drawn for mark in bar.marks]
    scale = scale_of(known, day, width)
    height = _ROW * len(drawn) + HEIGHT
    shapes: list[Shape] = [*grid(scale, height), *day_line(scale, day, height)]
    is_any_now = any(bar.is_now for bar in drawn)
    for place, bar in enumerate(drawn):
        tone = Tone.ACCENT if bar.is_now or not is_any_now else Tone.QUIET
        shapes += _row(bar, scale, _ROW * place, tone)
    return Drawing(width, height, tuple(shapes), alternative)


def _days(tenure: Tenure) -> list[int]:
    """The days that a tenure's dates can mean; an open end of an interval is none."""
    return [ordinal for end in (tenure.start, tenure.end) for ordinal in ends_of(end)]


# a row


def _row(bar: Bar, scale: Scale, top: float, tone: Tone) -> Iterator[Shape]:
    y = top + 11.5
    left, right = _reach(bar.tenure, scale)
    yield from _label(bar, left, right, scale.width, top + 8)
    proved = _proved(bar.tenure)
    if len(set(_days(bar.tenure))) > 1:
        yield from _possible(bar.tenure, left, right, y, tone)
    yield from _trails(bar.tenure, left, right, y, tone)
    if proved:
        yield _shown(proved, scale, y, tone)
    for mark in bar.marks:
        x = scale.x(ordinal_of(mark) + 0.5)
        yield Disc(x, y + _BAR / 2, _DOT, Tone.PAPER, Tone.INK, 0.7)


def _reach(tenure: Tenure, scale: Scale) -> tuple[float, float]:
    """From where to where the tenure is possible by its dates."""
    known = _days(tenure)
    starts, ends = ends_of(tenure.start), ends_of(tenure.end)
    left = scale.x(starts[0] if starts else known[0])
    right = scale.x((ends[-1] if ends else known[-1]) + 1)
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
    return ordinal_of(days[0]), ordinal_of(days[1])


def _possible(tenure: Tenure, left: float, right: float, y: float, tone: Tone) -> Iterator[Shape]:
    """The outline of all that is possible: dashed, and without an edge where it is open."""
    top, bottom = round(y + 0.4, 2), round(y + _BAR - 0.4, 2)
    for level in (top, bottom):
        yield Path(((left, level), (right, level)), tone, width=0.7, dashed=True)
    if not _starts_open(tenure):
        yield Path(((left, top), (left, bottom)), tone, width=0.7)
    if not _ends_open(tenure):
        yield Path(((right, top), (right, bottom)), tone, width=0.7)


def _trails(tenure: Tenure, left: float, right: float, y: float, tone: Tone) -> Iterator[Disc]:
    """Dots before and after what is known, where that is open."""
    for is_open, end, way in ((_starts_open(tenure), left, -1), (_ends_open(tenure), right, 1)):
        if is_open:
            yield from (Disc(round(end + way * far, 2), y + _BAR / 2, _TRAIL_DOT, None, tone) for far in _TRAIL)


def _shown(days: tuple[int, int], scale: Scale, y: float, tone: Tone) -> Shape:
    """What evidence shows: a bar, or a disc for a single day, which is no time in office."""
    first, last = days
    if first == last:
        return Disc(scale.x(first + 0.5), y + _BAR / 2, _BAR / 2, None, tone)
    left = scale.x(first)
    right = max(scale.x(last + 1), left + _SHORTEST)
    corners = ((left, y), (right, y), (right, y + _BAR), (left, y + _BAR))
    return Path(corners, None, tone, 0, closed=True)


def _label(bar: Bar, left: float, right: float, width: float, y: float) -> Iterator[Shape]:
    """The label begins where its bar does, or else ends where it does; no line of the grid strikes it through."""
    strong = bar.is_now
    text = elided(bar.label, width, _TEXT, strong=strong)
    room = text_width(text, _TEXT, strong=strong)
    x = round(left if left + room <= width else max(0.0, min(right, width) - room), 2)
    starts, ends = round(max(0.0, x - _AROUND), 2), round(min(width, x + room + _AROUND), 2)
    height = round(y - 0.8 * _TEXT, 2)
    corners = ((starts, height), (ends, height), (ends, y + 2), (starts, y + 2))
    yield Path(corners, None, Tone.PAPER, 0, closed=True)
    yield Label(x, y, text, _TEXT, Tone.INK if strong else Tone.QUIET, strong=strong, record=bar.record)
