"""A figure as data: a few vector shapes and words on a plane, with what it says to who cannot see it.

Measures are in points; x grows to the right and y downwards from the upper left corner. How a shape is drawn, in
colour or plain, is the business of whoever makes the PDF or the DOCX.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Tone(StrEnum):
    """What a shape's colour means; each document has its own inks for it, and a plain one for print without colour."""

    INK = "ink"
    QUIET = "quiet"
    HAIRLINE = "hairline"
    ACCENT = "accent"
    SECOND = "second"
    DISPUTED = "disputed"
    SINGLE = "single"
    LAND = "land"
    PAPER = "paper"


class Anchor(StrEnum):
    """Where a text stands on its point."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class Path:
    """Points joined by straight lines; closed and filled, or only stroked. `width` of the stroke; 0 draws none."""

    points: tuple[tuple[float, float], ...]
    stroke: Tone | None = Tone.INK
    fill: Tone | None = None
    width: float = 0.75
    dashed: bool = False
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Disc:
    """A circle; without a fill it is a ring."""

    x: float
    y: float
    radius: float
    stroke: Tone | None = Tone.INK
    fill: Tone | None = None
    width: float = 0.75


@dataclass(frozen=True, slots=True)
class Label:
    """One line of text with its baseline at a point. `record`: what a click on it in the preview leads to."""

    x: float
    y: float
    text: str
    size: float = 7.0
    tone: Tone = Tone.INK
    anchor: Anchor = Anchor.START
    strong: bool = False
    language: str = ""
    record: UUID | None = None


Shape = Path | Disc | Label
Measure = Callable[[str, float, bool], float]
"""The width of a text in points, of its size in points, strong or not."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes in the order in which they are drawn, and the alternative text that says the same."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    alternative: str
