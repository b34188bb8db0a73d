"""Outlines of states, in degrees of longitude and latitude (`resources/maps`)."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import accumulate
from typing import TypeAlias

import resources

Point: TypeAlias = tuple[float, float]
Ring: TypeAlias = tuple[Point, ...]

_SAME = {"XKK": "XKX", "UNK": "XKX"}
"""Other codes in use for Kosovo, which has none of ISO's."""


@cache
def outlines() -> Mapping[str, tuple[Ring, ...]]:
    """The rings of each state and territory by its alpha-3 code, the largest first."""
    read = json.loads(resources.path("maps/states.json").read_text("ascii"))
    return {code: tuple(_ring(steps, read["unit"]) for steps in rings) for code, rings in read["states"].items()}


def code_of(code: str) -> str | None:
    """The code by which a state's outline is kept; None where there is none, as for former states."""
    known = _SAME.get(code.upper(), code.upper())
    return known if known in outlines() else None


def _ring(steps: Sequence[int], unit: float) -> Ring:
    xs, ys = accumulate(steps[::2]), accumulate(steps[1::2])
    return tuple((x * unit, y * unit) for x, y in zip(xs, ys, strict=True))


def area(ring: Ring) -> float:
    """In square degrees."""
    pairs = zip(ring, (*ring[1:], ring[0]), strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def contains(ring: Ring, point: Point) -> bool:
    """Whether a point is inside, by the even-odd rule."""
    x, y = point
    inside = False
    for (x0, y0), (x1, y1) in zip(ring, (*ring[1:], ring[0]), strict=True):
        if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
            inside = not inside
    return inside


def clipped(ring: Ring, box: tuple[float, float, float, float]) -> Ring:
    """What of a ring is inside a box: left, low, right, high (Sutherland and Hodgman, 1974)."""
    left, low, right, high = box
    for axis, limit, sign in ((0, left, 1), (1, low, 1), (0, right, -1), (1, high, -1)):
        ring = _cut(ring, axis, limit, sign)
        if not ring:
            break
    return ring


def _cut(ring: Ring, axis: int, limit: float, sign: int) -> Ring:
    found: list[Point] = []
    for before, after in zip((ring[-1], *ring[:-1]), ring, strict=True):
        was, is_in = ((point[axis] - limit) * sign >= 0 for point in (before, after))
        if was != is_in:
            share = (limit - before[axis]) / (after[axis] - before[axis])
            crossing = [before[0] + share * (after[0] - before[0]), before[1] + share * (after[1] - before[1])]
            crossing[axis] = limit
            found.append((crossing[0], crossing[1]))
        if is_in:
            found.append(after)
    return tuple(found)
