"""Where somebody has been: back and forward, as in a browser."""

from dataclasses import dataclass, field


@dataclass
class Trail:
    """Stops in the order in which they were visited; a new one after going back forgets what lay ahead."""

    _stops: list[object] = field(default_factory=list)
    _here: int = -1
    _most: int = 200

    def visit(self, stop: object) -> None:
        """Go somewhere new."""
        if self._here >= 0 and self._stops[self._here] == stop:
            return
        del self._stops[self._here + 1 :]
        self._stops.append(stop)
        del self._stops[: -self._most]
        self._here = len(self._stops) - 1

    def back(self) -> object | None:
        """Where we were before; None at the beginning."""
        return self._move(-1)

    def forward(self) -> object | None:
        """Where we were before going back; None at the end."""
        return self._move(1)

    @property
    def can_go_back(self) -> bool:
        """Whether there is a way back."""
        return self._here > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether somebody has gone back."""
        return self._here < len(self._stops) - 1

    def _move(self, step: int) -> object | None:
        if not 0 <= self._here + step < len(self._stops):
            return None
        self._here += step
        return self._stops[self._here]
