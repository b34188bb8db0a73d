"""How large the pages of a preview are."""

from dataclasses import dataclass
from enum import StrEnum

ACTUAL = 96 / 72
"""Logical pixels per point where a sheet is as large as on paper."""
_STEPS = (0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0)
OFFERED = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)


class Fit(StrEnum):
    """What the size follows."""

    WIDTH = "width"
    PAGE = "page"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Zoom:
    """Follow the window's width, show whole pages, or a size of its own, where 1 is that of the paper."""

    fit: Fit = Fit.WIDTH
    factor: float = 1.0

    def scale(self, page: tuple[float, float], room: tuple[int, int]) -> float:
        """Logical pixels per point for a page of points in a room of pixels."""
        across, down = (max(side, 1) for side in room)
        match self.fit:
            case Fit.WIDTH:
                wanted = across / page[0]
            case Fit.PAGE:
                wanted = min(across / page[0], down / page[1])
            case Fit.NOTHING:
                wanted = self.factor * ACTUAL
        return min(max(wanted, _STEPS[0] * ACTUAL), _STEPS[-1] * ACTUAL)


def larger(factor: float) -> Zoom:
    """The next larger size."""
    return Zoom(Fit.NOTHING, next((step for step in _STEPS if step > factor * 1.01), _STEPS[-1]))


def smaller(factor: float) -> Zoom:
    """The next smaller size."""
    return Zoom(Fit.NOTHING, next((step for step in reversed(_STEPS) if step < factor * 0.99), _STEPS[0]))
