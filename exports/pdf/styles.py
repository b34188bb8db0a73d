"""The look of every sheet in one place: colours, type scale and grid. Measures are in points."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from exports.pdf.fonts import BOLD, ITALIC, REGULAR, Typeface


@dataclass(frozen=True, slots=True)
class Colour:
    """An sRGB colour, written #RRGGBB, and the grey that stands for it in print without colour.

    `fill` and `stroke` are its operators, in colour and plain.
    """

    code: str
    plain: str = "#000000"
    fill: tuple[str, str] = field(init=False)
    stroke: tuple[str, str] = field(init=False)

    def __post_init__(self) -> None:
        both = (_numbers(self.code), _numbers(self.plain))
        object.__setattr__(self, "fill", tuple(f"{numbers} rg" for numbers in both))
        object.__setattr__(self, "stroke", tuple(f"{numbers} RG" for numbers in both))


def _numbers(code: str) -> str:
    parts = (int(code[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return " ".join(f"{part:.4g}" for part in parts)


INK = Colour("#18212B")
MUTED = Colour("#566270", "#4A4A4A")  # 6.1:1 on white
HAIRLINE = Colour("#CDD4DB", "#A8A8A8")
ACCENT = Colour("#0E4D6B")  # 9:1 on white
DISPUTED = Colour("#A2231D")  # 7.5:1 on white
SINGLE = Colour("#7A5200")  # 6.8:1 on white
BLACK = Colour("#000000")
CAME = Colour("#1B6B3A")  # 6.5:1 on white
SECOND = Colour("#B4632A", "#8A8A8A")
LAND = Colour("#E6E9E4", "#E4E4E4")
PAPER = Colour("#FFFFFF", "#FFFFFF")


class Rule(StrEnum):
    """A thin line that goes with text."""

    UNDER = "under"
    THROUGH = "through"


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How text is set. Baselines depend on `leading` alone, so that styles of equal leading line up."""

    typeface: Typeface
    size: float
    leading: float
    colour: Colour = INK
    rule: Rule | None = None


BODY_LEADING = 12.4
SMALL_LEADING = 10.0

COVER_TITLE = TextStyle(BOLD, 26, 32)
TITLE = TextStyle(BOLD, 18.5, 22.5)
TITLE_LONG = TextStyle(BOLD, 14.5, 18.5)
TITLE_LONGEST = TextStyle(BOLD, 11.5, 15.5)
OTHER_TITLE = TextStyle(REGULAR, 10, 14, MUTED)
EYEBROW = TextStyle(BOLD, 7.6, 11, ACCENT)
HEADLINE = TextStyle(BOLD, 11.5, 15)
LEAD = TextStyle(REGULAR, 9.8, 14)
HEADING = TextStyle(BOLD, 8.8, BODY_LEADING, ACCENT)
HEADING_QUIET = TextStyle(BOLD, 8.8, BODY_LEADING, MUTED)
CONTENTS = TextStyle(REGULAR, 9.8, 14)
BODY = TextStyle(REGULAR, 8.8, BODY_LEADING)
STRONG = TextStyle(BOLD, 8.8, BODY_LEADING)
EMPHASIS = TextStyle(ITALIC, 8.8, BODY_LEADING)
ADDED = TextStyle(BOLD, 8.8, BODY_LEADING, CAME, Rule.UNDER)
GONE = TextStyle(REGULAR, 8.8, BODY_LEADING, DISPUTED, Rule.THROUGH)
LABEL = TextStyle(REGULAR, 8.2, BODY_LEADING, MUTED)
QUIET = TextStyle(REGULAR, 8.2, BODY_LEADING, MUTED)
NOT_KNOWN = TextStyle(ITALIC, 8.8, BODY_LEADING, MUTED)
SMALL = TextStyle(REGULAR, 7.4, SMALL_LEADING)
SMALL_STRONG = TextStyle(BOLD, 7.4, SMALL_LEADING)
SMALL_EMPHASIS = TextStyle(ITALIC, 7.4, SMALL_LEADING)
SMALL_QUIET = TextStyle(REGULAR, 7.4, SMALL_LEADING, MUTED)
SMALL_LINK = TextStyle(REGULAR, 7.4, SMALL_LEADING, ACCENT)
MICRO = TextStyle(REGULAR, 7, 8.8)
MICRO_STRONG = TextStyle(BOLD, 7, 8.8)
MICRO_QUIET = TextStyle(REGULAR, 7, 8.8, MUTED)
RUNNING = TextStyle(REGULAR, 7.2, 9, MUTED)
RUNNING_STRONG = TextStyle(BOLD, 7.2, 9, INK)
MARKING = TextStyle(BOLD, 12, 17)  # TLP 2.0 asks for 12 points or more
MARKING_LINE = TextStyle(BOLD, 8, 10, INK)

REFERENCE_SCALE = 0.68  # of a note number to its text
REFERENCE_RISE = 0.36

SECTION_GAP = 9.0
ROW_GAP = 3.0
BLOCK_GAP = 5.0
GROUP_GAP = 8.0
CELL_GUTTER = 10.0
SMALL_ROW = 90.0  # rows no taller stay on one page
RULE_WIDTH = 0.5


@dataclass(frozen=True, slots=True)
class Grid:
    """Where things stand on a page: a narrow rail for headings and labels, and the column that is read."""

    width: float
    height: float
    margin: float = 52.0
    header: float = 30.0  # from the page's edge to the marking
    footer: float = 28.0
    rail: float = 88.0
    gutter: float = 14.0

    @property
    def measure(self) -> float:
        """The width of rail, gutter and column together."""
        return self.width - 2 * self.margin

    @property
    def column(self) -> float:
        """The width of the column that is read."""
        return self.measure - self.rail - self.gutter
