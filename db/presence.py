"""Whether an open case file still stands where it was opened, and where else it went."""

import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Standing(StrEnum):
    """What became of the place of an open file."""

    IN_PLACE = "in place"
    MOVED = "moved"
    """Renamed or moved; perhaps deleted, where the system does not tell."""
    DELETED = "deleted"
    """Nothing points at it any more: what this program still reads goes when it is closed."""
    REPLACED = "replaced"
    """Another file stands in its place."""
    VANISHED = "vanished"
    """Its folder cannot be reached: a stick was taken out, a share is not connected."""


@dataclass(frozen=True, slots=True)
class Presence:
    """Where an open file is; `now` is its new place, where that is known."""

    standing: Standing
    now: Path | None = None

    @property
    def is_in_place(self) -> bool:
        """Whether all is as it should be."""
        return self.standing is Standing.IN_PLACE


HERE = Presence(Standing.IN_PLACE)


def look_for(path: Path, opened: os.stat_result) -> Presence:
    """Look where the file is that was opened at `path`, and was `opened` then. It may wait for a slow disk."""
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        found = None
    except OSError:
        return Presence(Standing.VANISHED)
    if found is not None and os.path.samestat(found, opened):
        return HERE
    held, now = _held(opened)
    if now is not None:
        return Presence(Standing.MOVED, now)
    if found is not None:
        return Presence(Standing.REPLACED)
    if held is not None and not held.st_nlink:
        return Presence(Standing.DELETED)
    return Presence(Standing.MOVED if path.parent.is_dir() else Standing.VANISHED)


def _held(opened: os.stat_result) -> tuple[os.stat_result | None, Path | None]:
    """The file as this process has it open, and its name now: Linux tells both."""
    if not sys.platform.startswith("linux"):
        return None, None
    for number in os.listdir("/proc/self/fd"):
        with suppress(OSError):
            held = os.stat(f"/proc/self/fd/{number}")
            if os.path.samestat(held, opened):
                return held, _named(Path(os.readlink(f"/proc/self/fd/{number}")), opened)
    return None, None


def _named(path: Path, opened: os.stat_result) -> Path | None:
    with suppress(OSError):
        if path.is_absolute() and os.path.samestat(path.stat(), opened):
            return path
    return None
