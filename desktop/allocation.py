"""Memory that the program has given back to the C library, and that the library keeps.

A large query leaves holes of a hundred megabytes in the heap of its thread. The GNU C library hands them back to the
system only when it is asked to; others do so by themselves.
"""

import ctypes
import os
import sys
import time
from contextlib import suppress
from pathlib import Path

_MUCH = 32 << 20
"""Bytes by which the program may have grown since it was asked last."""
_PAUSE = 5.0
"""Seconds after which it is asked again where it stays larger than it began: somebody else may have been at work."""


class Allocation:
    """Watches what the program holds. For threads beside the window's: asking takes some milliseconds."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(None) if sys.platform == "linux" else None
        self._start = self._last = resident()
        self._asked = time.monotonic()

    def look(self) -> None:
        """Have what is not needed handed back, where the program has grown by much."""
        now, pause = resident(), time.monotonic() - self._asked
        if now > self._last + _MUCH or (pause > _PAUSE and now > self._start + _MUCH):
            self._asked = time.monotonic()
            self._hand_back()
            self._last = resident()

    def _hand_back(self) -> None:
        with suppress(AttributeError):  # another C library
            self._library.malloc_trim(0)  # type: ignore[union-attr]


def resident() -> int:
    """Bytes of memory that the program holds; 0 where the system does not tell."""
    with suppress(OSError):
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")
    return 0
