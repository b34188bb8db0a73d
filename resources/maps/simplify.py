"""Makes states.json from a TopoJSON file of Natural Earth's states: `python simplify.py 50m.json states.json`.

Each arc, a border or a coast, is simplified alike (Douglas and Peucker, 1973) wherever it is used, so that neighbours
still meet. Islets are left out unless a state has nothing larger, and so is Antarctica. Points are whole numbers of
`UNIT` degrees, each told from the one before it.
"""

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

UNIT = 0.02
TOLERANCE = 0.05
SMALLEST = 0.02
"""In square degrees: what an island must have to be drawn, beside the largest part of its state."""
LEFT_OUT = {"ATA"}

Point = tuple[float, float]


def main(source: str, target: str) -> None:
    """Read one file and write the other."""
    world = json.loads(Path(source).read_text("utf-8"))
    arcs = list(_arcs(world))
    states = {}
    for state in world["objects"]["countries"]["geometries"]:
        code = state["properties"]["a3"]
        if code not in LEFT_OUT:
            states[code] = [_deltas(ring) for ring in _rings(state, arcs)]
    lines = ",\n".join(
        f"{json.dumps(code)}:{json.dumps(states[code], separators=(',', ':'))}" for code in sorted(states)
    )
    Path(target).write_text(f'{{"unit":{UNIT},"states":{{\n{lines}\n}}}}\n', "ascii")


def _arcs(world: Any) -> Iterable[list[Point]]:
    (scale_x, scale_y), (left, bottom) = world["transform"]["scale"], world["transform"]["translate"]
    for arc in world["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + left, y * scale_y + bottom))
        yield points


def _rings(state: Any, arcs: Sequence[list[Point]]) -> list[list[tuple[int, int]]]:
    parts = state["arcs"] if state["type"] == "MultiPolygon" else [state["arcs"]]
    rings = [[_unwound(_joined(ring, arcs)) for ring in part] for part in parts]
    outer = sorted((part for part in rings if part), key=lambda part: -_area(part[0]))
    kept = [part for place, part in enumerate(outer) if not place or _area(part[0]) >= SMALLEST]
    found = [ring for part in kept for place, ring in enumerate(part) if not place or _area(ring) >= SMALLEST]
    simple = [ring for ring in map(_simple, found) if len(ring) > 2]
    return simple or [_dot(found[0][0][0])]


def _dot(point: Point) -> list[tuple[int, int]]:
    """A state that is smaller than a unit, such as the Holy See, is one unit large."""
    x, y = (round(each / UNIT) for each in point)
    return [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)]


def _joined(indexes: Iterable[int], arcs: Sequence[list[Point]]) -> list[list[Point]]:
    return [arcs[index] if index >= 0 else arcs[~index][::-1] for index in indexes]


def _unwound(ring: Sequence[Sequence[Point]]) -> list[list[Point]]:
    """A ring that crosses the date line goes on beyond 180 degrees instead of jumping to the other side."""
    found, turn, last = [], 0.0, ring[0][0][0]
    for arc in ring:
        points = []
        for x, y in arc:
            turn += 360 * round((last - x) / 360)
            last = x
            points.append((x + turn, y))
        found.append(points)
    return found


def _area(ring: Sequence[Sequence[Point]]) -> float:
    points = [point for arc in ring for point in arc]
    pairs = zip(points, points[1:] + points[:1], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def _simple(ring: Sequence[Sequence[Point]]) -> list[tuple[int, int]]:
    for tolerance in (TOLERANCE, TOLERANCE / 4, 0.0):
        points: list[tuple[int, int]] = []
        for arc in ring:
            for x, y in _thinned(arc, tolerance):
                point = (round(x / UNIT), round(y / UNIT))
                if not points or points[-1] != point:
                    points.append(point)
        if points[0] == points[-1]:
            points.pop()
        if len(points) > 3:
            break
    return points


def _thinned(arc: Sequence[Point], tolerance: float) -> list[Point]:
    if len(arc) < 3:
        return list(arc)
    distances = [_distance(point, arc[0], arc[-1]) for point in arc[1:-1]]
    farthest = max(range(len(distances)), key=distances.__getitem__) + 1
    if distances[farthest - 1] <= tolerance:
        return [arc[0], arc[-1]]
    return [*_thinned(arc[: farthest + 1], tolerance)[:-1], *_thinned(arc[farthest:], tolerance)]


def _distance(point: Point, start: Point, end: Point) -> float:
    (x, y), (x0, y0), (x1, y1) = point, start, end
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
    if not length:
        return float(((x - x0) ** 2 + (y - y0) ** 2) ** 0.5)
    return float(abs((x1 - x0) * (y0 - y) - (x0 - x) * (y1 - y0)) / length)


def _deltas(ring: Sequence[tuple[int, int]]) -> list[int]:
    """x, y, then the step to each further point."""
    before = [(0, 0), *ring[:-1]]
    return [number for a, b in zip(ring, before, strict=True) for number in (a[0] - b[0], a[1] - b[1])]


if __name__ == "__main__":
    main(*sys.argv[1:])
