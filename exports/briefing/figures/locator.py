"""A map that shows where parties lie: their outlines in colour among their neighbours', with names.

Equirectangular, true to length along the parallel in the middle of what is shown, and centred on the meridian in the
middle of the parties, so that those on both sides of the date line stand together. Outlines: `resources/maps`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians

from exports.briefing.drawing import Anchor, Disc, Drawing, Label, Path, Shape, Tone
from exports.briefing.figures.lettering import text_width
from exports.briefing.figures.outlines import Point, Ring, area, clipped, code_of, contains, outlines
from exports.briefing.labels import Labels

WIDTH = 340.0
_SIZE = 7.0
_NARROWEST = 13.0
"""Degrees of latitude, about, that a map shows at the least."""
_PADDING = 0.09
_FLATTEST, _STEEPEST = 0.42, 0.66
"""Height to width."""
_SOUTH, _NORTH = -58.0, 84.0
_FAR = 0.16
"""A part of a state smaller than this share of its largest does not decide what the map shows."""
_SMALL = 7.0
"""In points: a state that is smaller on the map has a ring around it."""
_RING = 4.6
_FINE = 0.35
"""In points: how far apart the points of an outline are at the least."""
_DUST = 0.15
"""In square points: an island of a state that is no party is left out if it is smaller on the map."""
_GAP = 3.6
_SHORES = 120
"""Points of an outline beside which a name is tried."""


@dataclass(frozen=True, slots=True)
class Place:
    """A party: its name and its ISO 3166-1 alpha-3 code, which may be empty."""

    name: str
    code: str = ""


def locator_drawing(parties: Sequence[Place], labels: Labels, width: float = WIDTH) -> Drawing | None:
    """The map of these parties; None where none of them has an outline. Those without are told in words."""
    known = [(party, code) for party in parties if (code := code_of(party.code))]
    if not known:
        return None
    view = _view([code for _, code in known], width)
    shapes: list[Shape] = []
    codes = {code for _, code in known}
    for code, rings in outlines().items():
        if code not in codes:
            shapes += _state(rings, view, Tone.LAND)
    for code in sorted(codes):
        shapes += _state(outlines()[code], view, Tone.ACCENT)
    shapes += _names(known, view)
    shapes.append(Path(_corners(0, 0, width, view.height), Tone.HAIRLINE, width=0.6, closed=True))
    return Drawing(width, view.height, tuple(shapes), _alternative(parties, known, labels))


# what the map shows


@dataclass(frozen=True, slots=True)
class _View:
    """From degrees to points. `left` may be less than -180, or `left` and the span more than 180 together."""

    left: float
    high: float
    span: float
    """Degrees of longitude."""
    drop: float
    """Degrees of latitude."""
    width: float

    @property
    def height(self) -> float:
        return round(self.width * self.drop / self._shown, 2)

    @property
    def _shown(self) -> float:
        return self.span * cos(radians(self.high - self.drop / 2))

    @property
    def box(self) -> tuple[float, float, float, float]:
        return self.left, self.high - self.drop, self.left + self.span, self.high

    def place(self, point: Point) -> Point:
        x = (point[0] - self.left) / self.span * self.width
        y = (self.high - point[1]) / self.drop * self.height
        return round(x, 2), round(y, 2)

    def turned(self, rings: Iterable[Ring]) -> Iterator[Ring]:
        """The parts of rings inside the map, as often as they are there."""
        for ring in rings:
            for turn in (-360.0, 0.0, 360.0):
                moved = tuple((x + turn, y) for x, y in ring)
                xs, ys = [x for x, _ in moved], [y for _, y in moved]
                left, low, right, high = self.box
                if max(xs) >= left and min(xs) <= right and max(ys) >= low and min(ys) <= high:
                    found = clipped(moved, self.box)
                    if len(found) > 2:
                        yield found


def _view(codes: Sequence[str], width: float) -> _View:
    rings = [ring for code in codes for ring in _main(outlines()[code])]
    left, span = _longitudes([(min(x for x, _ in ring), max(x for x, _ in ring)) for ring in rings])
    low, high = min(y for ring in rings for _, y in ring), max(y for ring in rings for _, y in ring)
    middle, drop = (low + high) / 2, high - low
    parallel = cos(radians(middle))
    drop = max(drop * (1 + 2 * _PADDING), _NARROWEST)
    span = max(span * (1 + 2 * _PADDING), 0.0)
    centre = left + (span / (1 + 2 * _PADDING)) / 2
    span = min(360.0, max(span, drop / _STEEPEST / parallel))
    drop = min(_NORTH - _SOUTH, max(drop, span * parallel * _FLATTEST))
    high = min(_NORTH, max(middle + drop / 2, _SOUTH + drop))
    return _View(centre - span / 2, high, span, drop, width)


def _main(rings: Sequence[Ring]) -> list[Ring]:
    """The largest part of a state, and those that are not much smaller."""
    largest = area(rings[0])
    return [ring for ring in rings if area(ring) >= largest * _FAR]


def _longitudes(spans: Iterable[tuple[float, float]]) -> tuple[float, float]:
    """The shortest stretch around the globe that holds all these: where it begins, and how long it is."""
    merged: list[list[float]] = []
    for west, east in sorted(spans):
        if merged and west <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], east)
        else:
            merged.append([west, east])
    gaps = [
        (merged[(place + 1) % len(merged)][0] + (360 if place + 1 == len(merged) else 0) - east, place)
        for place, (_, east) in enumerate(merged)
    ]
    widest, place = max(gaps, key=lambda gap: (gap[0], -gap[1]))
    return merged[(place + 1) % len(merged)][0], 360 - widest


# states


def _state(rings: Iterable[Ring], view: _View, tone: Tone) -> Iterator[Shape]:
    """Filled, with borders of paper; where the map ends, the frame is drawn over them."""
    for ring in view.turned(rings):
        points = _thinned([view.place(point) for point in ring])
        if len(points) > 2 and (tone is not Tone.LAND or area(points) >= _DUST):
            yield Path(points, Tone.PAPER, tone, 0.4, closed=True)


def _thinned(points: Sequence[Point]) -> Ring:
    """Without the points that nobody could tell from the one before, unless that leaves too few."""
    found = [points[0]]
    for point in points:
        if abs(point[0] - found[-1][0]) + abs(point[1] - found[-1][1]) >= _FINE:
            found.append(point)
    return tuple(found) if len(found) > 3 else tuple(points)


# names

_Box = tuple[float, float, float, float]


def _names(known: Sequence[tuple[Place, str]], view: _View) -> Iterator[Shape]:
    """Each name once where it meets no other and no party but its own; one that finds no room is left to the words."""
    parts = {code: [tuple(map(view.place, ring)) for ring in view.turned(outlines()[code])] for _, code in known}
    mains = {code: max(rings, key=area) for code, rings in parts.items() if rings}
    centres = {code: _centre(ring) for code, ring in mains.items()}
    small = [code for code in mains if _is_small(mains[code])]
    for code in small:
        yield Disc(*centres[code], _RING, Tone.ACCENT, None, 0.9)
    taken = [_around(centres[code], _RING) for code in small]
    rivals = {code: [point for each in mains if each != code for point in mains[each]] for code in mains}
    shown = [each for each in known if each[1] in mains]
    for party, code in sorted(shown, key=lambda each: area(mains[each[1]]), reverse=True):
        ring = _octagon(centres[code]) if code in small else mains[code]
        for name in _candidates(party.name, ring, centres[code]):
            box = _extent(name)
            if not _is_free(box, taken, view):
                continue
            if name.tone is Tone.PAPER or (not _covers(box, parts) and _is_nearest(box, ring, rivals[code])):
                taken.append(box)
                yield name
                break


def _octagon(centre: Point) -> Ring:
    """The ring around a state that is too small to be seen."""
    x, y = centre
    near = _RING * 0.7
    return (
        (x + _RING, y), (x + near, y + near), (x, y + _RING), (x - near, y + near),
        (x - _RING, y), (x - near, y - near), (x, y - _RING), (x + near, y - near),
    )  # fmt: skip


def _is_nearest(box: _Box, ring: Ring, rivals: Iterable[Point]) -> bool:
    """Whether a name stands clearly nearer to its own state than to any other party."""
    own = min(_distance(box, point) for point in ring)
    return all(_distance(box, point) > own + 1 for point in rivals)


def _distance(box: _Box, point: Point) -> float:
    across = max(box[0] - point[0], point[0] - box[2], 0.0)
    down = max(box[1] - point[1], point[1] - box[3], 0.0)
    return hypot(across, down)


def _is_small(ring: Ring) -> bool:
    left, top, right, bottom = _bounds(ring)
    return max(right - left, bottom - top) < _SMALL


def _bounds(ring: Ring) -> _Box:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return min(xs), min(ys), max(xs), max(ys)


def _centre(ring: Ring) -> Point:
    """A point well inside: the middle of the longest level line of several through the middle part."""
    left, top, right, bottom = _bounds(ring)
    levels = [top + (bottom - top) * share for share in (0.5, 0.42, 0.58, 0.34, 0.66)]
    best = max(((_longest(ring, level), level) for level in levels), key=lambda found: found[0][1] - found[0][0])
    (start, end), level = best
    if end <= start:
        return round((left + right) / 2, 2), round((top + bottom) / 2, 2)
    return round((start + end) / 2, 2), round(level, 2)


def _longest(ring: Ring, y: float) -> tuple[float, float]:
    """The longest stretch of a level line that is inside."""
    pairs = zip(ring, (*ring[1:], ring[0]), strict=True)
    crossings = sorted((b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0] for a, b in pairs if (a[1] > y) != (b[1] > y))
    spans = zip(crossings[::2], crossings[1::2], strict=False)
    return max(spans, key=lambda span: span[1] - span[0], default=(0.0, 0.0))


def _candidates(name: str, ring: Ring, centre: Point) -> Iterator[Label]:
    """Inside the state where there is room for the name; else beside its shores, those nearest to its middle first."""
    width = text_width(name, _SIZE, strong=True)
    top, bottom = _bounds(ring)[1::2]
    levels = sorted((top + step * 2.0 for step in range(int((bottom - top) / 2) + 1)), key=lambda y: abs(y - centre[1]))
    for y in levels:
        inside = [_longest(ring, y + step) for step in (-_SIZE / 2, 0, _SIZE / 2)]
        start, end = max(span[0] for span in inside), min(span[1] for span in inside)
        if end - start >= width + 4:
            yield _name(name, (start + end) / 2, y + _SIZE * 0.35, Anchor.MIDDLE, Tone.PAPER)
    shores = sorted(
        ring[:: max(1, len(ring) // _SHORES)], key=lambda point: hypot(point[0] - centre[0], point[1] - centre[1])
    )
    for x, y in shores:
        yield _name(name, x + _GAP, y + _SIZE * 0.35, Anchor.START)
        yield _name(name, x - _GAP, y + _SIZE * 0.35, Anchor.END)
        yield _name(name, x, y - _GAP - 1, Anchor.MIDDLE)
        yield _name(name, x, y + _GAP + _SIZE * 0.8, Anchor.MIDDLE)


def _name(name: str, x: float, y: float, anchor: Anchor, tone: Tone = Tone.INK) -> Label:
    return Label(round(x, 2), round(y, 2), name, _SIZE, tone, anchor, strong=True)


def _extent(name: Label) -> _Box:
    width = text_width(name.text, name.size, strong=True)
    left = name.x - {Anchor.START: 0.0, Anchor.MIDDLE: 0.5, Anchor.END: 1.0}[name.anchor] * width
    return left, name.y - name.size * 0.8, left + width, name.y + name.size * 0.25


def _is_free(box: _Box, taken: Iterable[_Box], view: _View) -> bool:
    left, top, right, bottom = box
    if left < 2 or top < 2 or right > view.width - 2 or bottom > view.height - 2:
        return False
    return all(right < other[0] or left > other[2] or bottom < other[1] or top > other[3] for other in taken)


def _covers(box: _Box, parts: dict[str, list[Ring]]) -> bool:
    """Whether any party's land is under a name."""
    left, top, right, bottom = box
    steps = max(2, round((right - left) / 3))
    points = [
        (left + (right - left) * across / steps, top + (bottom - top) * down / 3)
        for across in range(steps + 1)
        for down in range(4)
    ]
    for ring in (ring for rings in parts.values() for ring in rings):
        own = _bounds(ring)
        near = [point for point in points if own[0] <= point[0] <= own[2] and own[1] <= point[1] <= own[3]]
        if any(contains(ring, point) for point in near) or any(_is_in(point, box) for point in ring):
            return True
    return False


def _is_in(point: Point, box: _Box) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def _around(point: Point, reach: float) -> _Box:
    return point[0] - reach, point[1] - reach, point[0] + reach, point[1] + reach


def _corners(left: float, top: float, right: float, bottom: float) -> tuple[Point, ...]:
    return (left, top), (right, top), (right, bottom), (left, bottom)


# words


def _alternative(parties: Sequence[Place], known: Sequence[tuple[Place, str]], labels: Labels) -> str:
    said = labels.map_alternative.format(parties=", ".join(party.name for party, _ in known))
    others = without_outline(parties)
    return f"{said} {labels.map_without.format(parties=', '.join(others))}" if others else said


def without_outline(parties: Iterable[Place]) -> list[str]:
    """The names of the parties that no map shows: organizations, and states that are no more."""
    return [party.name for party in parties if not code_of(party.code)]
