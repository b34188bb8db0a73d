"""Agreements and how they stand to each other: older ones above, newer ones below, with lines that lead up.

Each box says, where a line enters it from above, how it stands to the one that the line's arrow points at. Lines run in
the gaps between boxes, each older agreement's in tracks of their own.
"""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from exports.briefing.drawing import Anchor, Drawing, Label, Path, Shape, Tone
from exports.briefing.figures.layers import acyclic, layers
from exports.briefing.figures.lettering import elided, text_width, wrapped
from exports.briefing.labels import Labels

WIDTH = 491.0
MOST = 30
"""Boxes in one figure."""
_COLUMNS = 4
_WIDEST_BOX = 150.0
_GUTTER = 16.5
_PAD = 5.0
_TITLE, _SMALL, _WORDS = 6.9, 6.2, 6.2
_LEADING, _SMALL_LEADING = 8.4, 7.8
_TITLE_LINES = 3
_TRACK = 3.5
_ABOVE, _BELOW = 9.0, 15.0
"""Between a box and the nearest track: below it, room for an arrow; above it, for the words of a relation."""
_ARROW = 4.0


Arc = tuple[uuid.UUID, uuid.UUID]
"""The upper agreement and the lower one."""


class Stand(StrEnum):
    """What the line around a box tells of an agreement."""

    IN_FORCE = "in force"
    PENDING = "pending"
    ENDED = "ended"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Node:
    """An agreement: its title, a line on its day and status, how it stands, and whether the sheet is about it."""

    key: uuid.UUID
    title: str
    told: str
    stand: Stand
    is_subject: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation: the older agreement, the newer one, and what each is to the other in words."""

    older: uuid.UUID
    newer: uuid.UUID
    words: str
    """How the newer one stands to the older: "amends", "preceded by"."""
    inverse: str
    """How the older one stands to the newer, for where a cycle turns the two round."""


def network_drawing(nodes: Sequence[Node], edges: Sequence[Edge], labels: Labels) -> Drawing | None:
    """The graph of these agreements, in their order from old to new; None where none stands to another.

    At most MOST nodes are drawn, the first ones; the alternative text says how many are left out.
    """
    shown = nodes[:MOST]
    keys = [node.key for node in shown]
    arcs = acyclic(keys, [(edge.older, edge.newer) for edge in edges])
    if not arcs:
        return None
    related = {key for arc in arcs for key in arc}
    drawn = {node.key: node for node in shown if node.key in related}
    rows = list(_rows(layers(list(drawn), arcs)))
    plan = _Plan(rows, drawn, _words(arcs, edges))
    return Drawing(WIDTH, plan.height, tuple(plan.shapes()), _alternative(drawn, plan.words, len(nodes), labels))


def _words(arcs: Sequence[Arc], edges: Sequence[Edge]) -> dict[Arc, str]:
    """By arc, from the upper to the lower, what the lower one is to the upper."""
    found: dict[Arc, list[str]] = {arc: [] for arc in arcs}
    for edge in edges:
        for arc, words in (((edge.older, edge.newer), edge.words), ((edge.newer, edge.older), edge.inverse)):
            if arc in found:
                found[arc].append(words)
    return {arc: ", ".join(dict.fromkeys(words)) for arc, words in found.items()}


def _rows(found: Iterable[Sequence[uuid.UUID]]) -> Iterator[list[uuid.UUID]]:
    """Layers as rows of boxes; one that is too wide is several rows of about the same length."""
    for layer in found:
        count = -(-len(layer) // _COLUMNS)
        for row in range(count):
            yield list(layer[len(layer) * row // count : len(layer) * (row + 1) // count])


@dataclass
class _Box:
    """Where an agreement stands, and the lines of its text."""

    node: Node
    row: int
    x: float
    width: float
    titles: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    top: float = 0.0
    height: float = 0.0

    def __post_init__(self) -> None:
        room = self.width - 2 * _PAD
        self.titles = wrapped(self.node.title, room, _TITLE, _TITLE_LINES, strong=self.node.is_subject)
        self.told = wrapped(self.node.told, room, _SMALL, 2)

    @property
    def needed(self) -> float:
        return 2 * _PAD + _LEADING * len(self.titles) + _SMALL_LEADING * len(self.told) - 1

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 2)


@dataclass(frozen=True, slots=True)
class _Port:
    """Where lines with the same words enter a box from above, and how much room the words have."""

    x: float
    words: str
    room: float


class _Plan:
    """Boxes in rows, and the tracks that lines take between them."""

    def __init__(
        self,
        rows: Sequence[Sequence[uuid.UUID]],
        nodes: Mapping[uuid.UUID, Node],
        words: Mapping[Arc, str],
    ) -> None:
        self.words = words
        widest = max(map(len, rows))
        self._box = min(_WIDEST_BOX, (WIDTH - _GUTTER * (widest + 1)) / widest)
        self._boxes = {
            key: _Box(nodes[key], place, x, self._box)
            for place, row in enumerate(rows)
            for key, x in zip(row, _columns(len(row), self._box), strict=True)
        }
        self._rows = [[self._boxes[key] for key in row] for row in rows]
        self._ports = {key: self._ports_of(key) for key in self._boxes}
        self._order = {key: place for place, key in enumerate(self._boxes)}
        self._routes = {arc: self._route(arc) for arc in words}
        self._tracks = [self._tracks_of(gap) for gap in range(len(rows) - 1)]
        self.height = self._stack()

    def _ports_of(self, key: uuid.UUID) -> dict[str, _Port]:
        """By words, sorted by where the lines come from."""
        lines = sorted((self._boxes[upper].x, words) for (upper, lower), words in self.words.items() if lower == key)
        names = list(dict.fromkeys(words for _, words in lines))
        box, room = self._boxes[key], self._box / max(1, len(names))
        if len(names) == 1:
            return {names[0]: _Port(box.middle, names[0], self._box / 2 + _GUTTER - 4)}
        return {
            name: _Port(round(box.x + room * place + 5, 2), name, room - 7 if place < len(names) - 1 else room)
            for place, name in enumerate(names)
        }

    def _route(self, arc: Arc) -> list[float]:
        """The places at which a line goes through the gap after each row, from the upper box's to the lower's."""
        upper, lower = self._boxes[arc[0]], self._boxes[arc[1]]
        target = self._ports[arc[1]][self.words[arc]].x
        xs = [upper.middle]
        for row in range(upper.row + 1, lower.row):
            offset = (self._order[arc[0]] % 3 - 1) * 3.0
            xs.append(min((gap + offset for gap in self._gutters(row)), key=lambda x: (abs(x - target), x)))
        return [*xs, target]

    def _gutters(self, row: int) -> list[float]:
        """Where lines can pass a row: between its boxes, and beside them."""
        lefts = sorted(box.x for box in self._rows[row])
        return [round(left - _GUTTER / 2, 2) for left in lefts] + [round(lefts[-1] + self._box + _GUTTER / 2, 2)]

    def _tracks_of(self, gap: int) -> dict[uuid.UUID, int]:
        """By older agreement, in which track its lines run through a gap; lines that only go down need none."""
        spans: dict[uuid.UUID, list[float]] = {}
        for (upper, _), xs in self._routes.items():
            place = gap - self._boxes[upper].row
            if 0 <= place < len(xs) - 1 and xs[place] != xs[place + 1]:
                spans.setdefault(upper, []).extend(xs[place : place + 2])
        tracks: list[float] = []
        found = {}
        for key, xs in sorted(spans.items(), key=lambda item: (min(item[1]), self._order[item[0]])):
            track = next((place for place, end in enumerate(tracks) if end + 4 < min(xs)), len(tracks))
            tracks[track : track + 1] = [max(xs)]
            found[key] = track
        return found

    def _stack(self) -> float:
        """Give each row its place, with room for the tracks between; return the height of all."""
        top = 1.0
        for place, row in enumerate(self._rows):
            height = max(box.needed for box in row)
            for box in row:
                box.top, box.height = round(top, 2), round(height, 2)
            top += height
            if place < len(self._tracks):
                top += _ABOVE + _BELOW + _TRACK * max(self._tracks[place].values(), default=0)
        return round(top + 1, 2)

    # drawing

    def shapes(self) -> Iterator[Shape]:
        """Lines first, boxes above them."""
        for arc, xs in self._routes.items():
            yield self._line(arc, xs)
            yield _arrow(self._boxes[arc[0]])
        for key, ports in self._ports.items():
            for port in ports.values():
                yield from _relation(port, self._boxes[key].top)
        for box in self._boxes.values():
            yield from _drawn(box)

    def _line(self, arc: Arc, xs: Sequence[float]) -> Path:
        upper, lower = self._boxes[arc[0]], self._boxes[arc[1]]
        points = [(xs[0], round(upper.top + upper.height + 1, 2))]
        for place, (before, after) in enumerate(pairwise(xs)):
            gap = upper.row + place
            row = self._rows[gap][0]
            y = round(row.top + row.height + _ABOVE + _TRACK * self._tracks[gap].get(arc[0], 0), 2)
            points += [(before, y), (after, y)] if before != after else []
        points.append((xs[-1], lower.top))
        return Path(tuple(points), Tone.QUIET, width=0.7)


def _columns(count: int, box: float) -> Iterator[float]:
    """The left edges of so many boxes in the middle of the width."""
    first = (WIDTH - count * box - (count - 1) * _GUTTER) / 2
    return (round(first + place * (box + _GUTTER), 2) for place in range(count))


def _arrow(box: _Box) -> Path:
    x, y = box.middle, round(box.top + box.height + 0.6, 2)
    corners = ((x, y), (x - _ARROW / 2, y + _ARROW), (x + _ARROW / 2, y + _ARROW))
    return Path(corners, None, Tone.QUIET, 0, closed=True)


def _relation(port: _Port, top: float) -> Iterator[Shape]:
    """The words beside the line, just above the box, on paper so that no line runs through them."""
    text = elided(port.words, port.room, _WORDS)
    x, width = port.x + 2.5, text_width(text, _WORDS)
    yield Path(_rectangle(x - 0.5, top - 9.4, width, 7.6), None, Tone.PAPER, 0, closed=True)
    yield Label(round(x, 2), round(top - 3.4, 2), text, _WORDS, Tone.QUIET)


_LINES = {
    Stand.IN_FORCE: (Tone.INK, 0.8, False),
    Stand.PENDING: (Tone.INK, 0.7, True),
    Stand.ENDED: (Tone.HAIRLINE, 0.8, False),
    Stand.UNKNOWN: (Tone.HAIRLINE, 0.8, True),
}


def _drawn(box: _Box) -> Iterator[Shape]:
    node = box.node
    stroke, width, is_dashed = _LINES[node.stand]
    if node.is_subject:
        stroke, width = Tone.ACCENT, 1.3
    corners = _rectangle(box.x, box.top, box.width, box.height)
    yield Path(corners, stroke, Tone.PAPER, width, is_dashed, closed=True)
    tone = Tone.QUIET if node.stand is Stand.ENDED else Tone.INK
    y = box.top + _PAD + 5.4
    for line in box.titles:
        yield Label(box.x + _PAD, round(y, 2), line, _TITLE, tone, Anchor.START, node.is_subject, record=node.key)
        y += _LEADING
    for line in box.told:
        yield Label(box.x + _PAD, round(y, 2), line, _SMALL, Tone.QUIET, record=node.key)
        y += _SMALL_LEADING


def _rectangle(x: float, y: float, width: float, height: float) -> tuple[tuple[float, float], ...]:
    x, y, right, bottom = (round(each, 2) for each in (x, y, x + width, y + height))
    return (x, y), (right, y), (right, bottom), (x, bottom)


def _alternative(nodes: Mapping[uuid.UUID, Node], words: Mapping[Arc, str], count: int, labels: Labels) -> str:
    """The same in words: each agreement with its day and status, then each relation."""
    told = [labels.network_node.format(title=node.title, told=node.told or labels.not_known) for node in nodes.values()]
    arcs = [
        labels.network_edge.format(newer=nodes[lower].title, words=said, older=nodes[upper].title)
        for (upper, lower), said in words.items()
    ]
    said = labels.network_alternative.format(agreements="; ".join(told), relations="; ".join(arcs))
    return said if count <= MOST else f"{said} {labels.network_more.format(count=count - MOST)}"
