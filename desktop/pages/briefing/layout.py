"""Where the pages of a preview stand, and which strips of them are drawn. Plain arithmetic, in two kinds of pixels."""

from dataclasses import dataclass

from desktop.printing.pages import Strip

MARGIN = 24
"""Logical pixels around and between pages."""
_MOST_PIXELS = 4_000_000
"""Device pixels that one strip has at most: 16 MB."""


@dataclass(frozen=True, slots=True)
class PageBox:
    """A page's place in the scrolled contents, in logical pixels."""

    left: int
    top: int
    width: int
    height: int

    @property
    def bottom(self) -> int:
        """Where it ends."""
        return self.top + self.height


def stack(pages: tuple[tuple[float, float], ...], scale: float, width: int) -> tuple[PageBox, ...]:
    """The pages one below the other, each in the middle of a width."""
    boxes: list[PageBox] = []
    top = MARGIN
    for across, down in pages:
        box = PageBox(0, top, round(across * scale), round(down * scale))
        boxes.append(PageBox(max(MARGIN, (width - box.width) // 2), top, box.width, box.height))
        top = box.bottom + MARGIN
    return tuple(boxes)


def page_at(boxes: tuple[PageBox, ...], y: float) -> int:
    """The page that begins at a height or above it."""
    return max((page for page, box in enumerate(boxes) if box.top <= y), default=0)


def most_visible(boxes: tuple[PageBox, ...], top: int, height: int) -> int:
    """The page of which most can be seen, the first of equals."""
    seen = [min(box.bottom, top + height) - max(box.top, top) for box in boxes]
    return seen.index(max(seen)) if seen else 0


def strips_in_sight(
    boxes: tuple[PageBox, ...], top: int, height: int, ratio: float, *, around: bool
) -> tuple[Strip, ...]:
    """What is in sight, and if asked what is just `around` it, in the order in which it is missed."""
    reach = height // 2 if around else 0
    found = [
        (distance, strip)
        for page, box in enumerate(boxes)
        for strip in strips_of(page, box, ratio)
        if (distance := _distance(box, strip, ratio, top, height)) <= reach
    ]
    return tuple(strip for _, strip in sorted(found, key=lambda pair: pair[0]))


def strips_of(page: int, box: PageBox, ratio: float) -> tuple[Strip, ...]:
    """A page in strips of whole device pixels, of which there are `ratio` to a logical one."""
    width, height = round(box.width * ratio), round(box.height * ratio)
    rows = max(1, _MOST_PIXELS // max(width, 1))
    return tuple(Strip(page, width, height, top, min(rows, height - top)) for top in range(0, height, rows))


def _distance(box: PageBox, strip: Strip, ratio: float, top: int, height: int) -> float:
    """How far a strip is out of sight, in logical pixels; nothing where it can be seen."""
    first = box.top + strip.top / ratio
    last = first + strip.rows / ratio
    return max(0.0, first - (top + height), top - last)
