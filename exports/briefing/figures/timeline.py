"""A time line: dated things along an axis of years, in bands by group, with labels that never meet.

A dot is a day; a ring is a day that is approximate, uncertain or still to come; a dashed bar is a month, year or
season, of which any day may be meant; a solid bar lasts from its first day to its last, and goes on, dashed, where an
end is open.
"""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from db.dates import Edtf
from exports.briefing.drawing import Anchor, Disc, Drawing, Label, Path, Shape, Tone
from exports.briefing.figures.axis import HEIGHT, STUB, Scale, day_line, ends_of, grid, ordinal_of, scale_of
from exports.briefing.figures.lettering import balanced, elided, text_width
from exports.briefing.labels import Labels

WIDTH = 491.0
"""In points: what rail and column hold together on A4 and on Letter."""
MOST = 40
"""Entries in one figure; more make several figures, one after the other in time."""
_TALLEST = 520.0
"""In points; a figure that would be taller is divided."""
_YEAR = 366
_ROW = 22.0
_BAND = 11.0
_BAND_GAP = 4.0
_TEXT, _SMALL = 7.0, 6.2
_WIDEST = (300.0, 230.0, 168.0)
"""How wide a label can be, in points: the first width that keeps a figure low, or the one that keeps it lowest."""
_LOW = 250.0
_NARROWEST = 40.0
_GAP = 7.0
"""Between what stands beside each other in a row."""
_DOT = 2.1
_BESIDE = 2 * _DOT + 1.5
"""From a mark to the words beside it."""
_SHORTEST = 5.0
_THICK = 2.6
_LINE = 8.0
_LINES = 3
_NARROW = 14.0
"""A bar shorter than this has its words beside it, as a dot has."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something dated: its text, its day in words, the group whose band it stands in, and where a click on it leads."""

    date: Edtf
    text: str
    words: str
    group: str = ""
    record: uuid.UUID | None = None


def timeline_drawings(
    entries: Iterable[Entry], labels: Labels, day: str = "", day_words: str = "", width: float = WIDTH
) -> tuple[Drawing, ...]:
    """One drawing for up to MOST entries with dates, several for more; none where nothing has a date.

    Bands stand in the order in which `entries` first name them, and so does what took place on one day.
    `day` (YYYY-MM-DD): a dotted line stands at it.
    """
    given = [entry for entry in entries if ends_of(entry.date)]
    bands = tuple(dict.fromkeys(entry.group for entry in given))
    dated = sorted(given, key=_when)
    count = -(-len(dated) // MOST)
    parts = [dated[len(dated) * part // count : len(dated) * (part + 1) // count] for part in range(count)]
    return tuple(drawing for part in parts for drawing in _drawings(part, bands, labels, (day, day_words), width))


def _drawings(
    part: Sequence[Entry], bands: Sequence[str], labels: Labels, day: tuple[str, str], width: float
) -> Iterator[Drawing]:
    made = [_drawing(part, bands, labels, day, width, widest) for widest in _WIDEST]
    drawing = next((each for each in made if each.height <= _LOW), min(made, key=lambda each: each.height))
    if drawing.height <= _TALLEST or len(part) == 1:
        yield drawing
        return
    for half in (part[: len(part) // 2], part[len(part) // 2 :]):
        yield from _drawings(half, bands, labels, day, width)


def _drawing(
    part: Sequence[Entry], bands: Sequence[str], labels: Labels, day: tuple[str, str], width: float, widest: float
) -> Drawing:
    known = [ordinal for entry in part for ordinal in ends_of(entry.date)]
    scale = scale_of(known, day[0], width, reach=max(_YEAR, (max(known) - min(known)) // 3))
    shapes: list[Shape] = []
    top = 2.0
    for name in bands:
        placed = [_Placed(entry, scale, day[0], widest) for entry in part if entry.group == name]
        if placed:
            top += _BAND_GAP if shapes else 0
            shapes += _heading(name, top, width, is_first=not shapes)
            top += _BAND if name else 0
            for row in _rows(placed):
                shapes += [shape for each in row for shape in each.shapes(round(top, 2))]
                top += max(each.height for each in row)
    height = round(top + 2 + HEIGHT, 2)
    under = (*grid(scale, height), *day_line(scale, day[0], height))
    shown = day if scale.shows(day[0]) else ("", "")
    return Drawing(width, height, (*under, *shapes), _alternative(part, labels, shown))


def _when(entry: Entry) -> tuple[int, int]:
    ends = ends_of(entry.date)
    return ends[0], ends[-1]


def _heading(name: str, top: float, width: float, *, is_first: bool) -> Iterator[Shape]:
    if not is_first:
        yield Path(((0, top - _BAND_GAP / 2), (width, top - _BAND_GAP / 2)), Tone.HAIRLINE, width=0.5)
    if name:
        text = elided(name, width, _SMALL, strong=True)
        right = text_width(text, _SMALL, strong=True) + 2
        corners = ((0.0, top + 1), (right, top + 1), (right, top + 9), (0.0, top + 9))
        yield Path(corners, None, Tone.PAPER, 0, closed=True)
        yield Label(0, top + 7.5, text, _SMALL, Tone.ACCENT, strong=True)


def _rows(placed: Iterable["_Placed"]) -> list[list["_Placed"]]:
    """Each entry in the first row in which it meets nothing."""
    rows: list[list[_Placed]] = []
    for each in placed:
        row = next((row for row in rows if all(each.is_apart(other) for other in row)), None)
        if row is None:
            rows.append([each])
        else:
            row.append(each)
    return rows


@dataclass
class _Placed:
    """An entry with where its mark and its lines of text stand along the axis."""

    entry: Entry
    scale: Scale
    day: str
    widest: float
    start: float = field(init=False)
    end: float = field(init=False)
    x: float = field(init=False)
    room: float = field(init=False)
    lines: list[str] = field(init=False)

    def __post_init__(self) -> None:
        ends = ends_of(self.entry.date)
        self.start, self.end = self.scale.x(ends[0]), self.scale.x(ends[-1] + 1)
        if self.is_point:
            self.start = self.end = self.scale.x(ends[0] + 0.5)
        elif self.end - self.start < _SHORTEST:
            middle = (self.start + self.end) / 2
            self.start, self.end = round(middle - _SHORTEST / 2, 2), round(middle + _SHORTEST / 2, 2)
        self._fit(min(self.widest, self.scale.width))
        self.x = self._text_start()

    def _fit(self, most: float) -> None:
        """Break the text into lines, and need no more room than they and the day do."""
        self.lines = balanced(self.entry.text, most, _TEXT, _LINES)
        widths = [text_width(line, _TEXT) for line in self.lines]
        self.room = min(most, max([_NARROWEST, text_width(self.entry.words, _SMALL), *widths]))

    def _text_start(self) -> float:
        """Beside a dot, on the side that has room; above a bar, from where it begins or further left."""
        width = self.scale.width
        if not self.is_beside:
            return round(max(0.0, min(self.start, width - self.room)), 2)
        after, before = self.end + _BESIDE, self.start - _BESIDE
        if after + self.room <= width or width - after >= before:
            self._fit(min(self.room, width - after))
            return round(after, 2)
        self._fit(min(self.room, before))
        return round(before - self.room, 2)

    @property
    def height(self) -> float:
        """Of its row, if it were alone there."""
        return _ROW + _LINE * (len(self.lines) - 1)

    def is_apart(self, other: "_Placed") -> bool:
        """Whether both can stand in one row."""
        return other.right + _GAP <= self.left or self.right + _GAP <= other.left

    @property
    def is_beside(self) -> bool:
        """Whether the words stand beside the mark, not above it."""
        return self.is_point or (self.end - self.start < _NARROW and not self.opens and not self.stays)

    @property
    def is_point(self) -> bool:
        """Whether a day is meant, near enough."""
        ends = ends_of(self.entry.date)
        return not self.entry.date.is_interval and ends[0] == ends[-1]

    @property
    def is_before_mark(self) -> bool:
        """Whether the text stands left of its mark, and so ends at it."""
        return self.is_beside and self.x < self.start

    @property
    def is_planned(self) -> bool:
        """Whether it is still to come on the day of the sheet."""
        return bool(self.day) and ends_of(self.entry.date)[0] > ordinal_of(self.day)

    @property
    def left(self) -> float:
        """Where it begins, text and mark."""
        return min(self.x, self.start - (_DOT if self.is_point else self._stub(self.opens)))

    @property
    def right(self) -> float:
        """Where it ends."""
        return max(self.x + self.room, self.end + (_DOT if self.is_point else self._stub(self.stays)))

    @property
    def opens(self) -> bool:
        """Whether its beginning is not known or not stated."""
        return self.entry.date.starts_open or self.entry.date.starts_unknown

    @property
    def stays(self) -> bool:
        """Whether its end is not known or not stated."""
        return self.entry.date.ends_open or self.entry.date.ends_unknown

    @staticmethod
    def _stub(is_open: bool) -> float:
        return STUB if is_open else 0.0

    def shapes(self, top: float) -> Iterator[Shape]:
        """Its mark and its words, in the row that begins at `top`."""
        yield from self._mark(top)
        x, anchor = (self.x + self.room, Anchor.END) if self.is_before_mark else (self.x, Anchor.START)
        record, y = self.entry.record, top + 7.2
        yield from self._paper(top)
        for line in self.lines:
            yield Label(round(x, 2), round(y, 2), line, _TEXT, Tone.INK, anchor, record=record)
            y += _LINE
        words = elided(self.entry.words, self.room, _SMALL)
        yield Label(round(x, 2), round(y - 0.6, 2), words, _SMALL, Tone.QUIET, anchor, record=record)

    def _paper(self, top: float) -> Iterator[Shape]:
        """Paper under the words, so that no line of the grid runs through them."""
        y = top + 0.8
        widths = [text_width(line, _TEXT) for line in self.lines]
        for width in (*widths, min(self.room, text_width(self.entry.words, _SMALL))):
            left = self.x + self.room - width if self.is_before_mark else self.x
            corners = ((left, y), (left + width, y), (left + width, y + _LINE), (left, y + _LINE))
            yield Path(tuple((round(a, 2), round(b, 2)) for a, b in corners), None, Tone.PAPER, 0, closed=True)
            y += _LINE

    def _mark(self, top: float) -> Iterator[Shape]:
        date = self.entry.date
        tone = Tone.SECOND if self.is_planned else Tone.ACCENT
        if self.is_point:
            is_ring = self.is_planned or date.is_approximate or date.is_uncertain
            yield Disc(self.start, top + 4.9, _DOT, tone, Tone.PAPER if is_ring else tone, 0.9)
            return
        y = round(top + (3.6 if self.is_beside else self.height - _ROW + 17.4), 2)
        if date.is_interval and not date.is_approximate and not date.is_uncertain:
            yield _box(self.start, self.end, y, tone)
        else:
            corners = _corners(self.start, self.end, y)
            yield Path(corners, tone, Tone.PAPER, 0.7, dashed=True, closed=True)
        middle = y + _THICK / 2
        if self.opens:
            yield Path(((self.start - STUB, middle), (self.start, middle)), tone, width=0.9, dashed=True)
        if self.stays:
            yield Path(((self.end, middle), (self.end + STUB, middle)), tone, width=0.9, dashed=True)


def _box(left: float, right: float, y: float, tone: Tone) -> Path:
    return Path(_corners(left, right, y), None, tone, 0, closed=True)


def _corners(left: float, right: float, y: float) -> tuple[tuple[float, float], ...]:
    return (left, y), (right, y), (right, y + _THICK), (left, y + _THICK)


def _alternative(part: Sequence[Entry], labels: Labels, day: tuple[str, str]) -> str:
    """The same in words and in order, with groups where there are several."""
    with_group = labels.timeline_grouped if len({entry.group for entry in part}) > 1 else "{text}"
    told = []
    for words, entries in groupby(part, key=lambda entry: entry.words):
        grouped = ((with_group if entry.group else "{text}", entry) for entry in entries)
        texts = "; ".join(form.format(text=entry.text, group=entry.group) for form, entry in grouped)
        told.append(labels.timeline_entry.format(date=words, texts=texts))
    said = labels.timeline_alternative.format(entries=". ".join(told))
    return f"{said} {labels.day_alternative.format(date=day[1])}" if day[0] and day[1] else said
