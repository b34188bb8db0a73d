"""A migration in a process of its own, as an inspection is: a hostile file can harm that and nothing else.

Run as `python -m db.migrations.worker OLD NEW SECONDS`; what it says is why it refuses.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from db.copying import CopyStopped
from db.errors import FileNotWritten, FileRefused
from db.inspection import HOME, confine, patience
from db.migrations.copying import migrate

COMMAND = ("-m", "db.migrations.worker")
_LOOK = 0.05
"""Seconds between two looks at how far it is."""
_FULL = "there is no room on the disk"


@dataclass(frozen=True, slots=True)
class Watch:
    """Who watches something long: is told how much of it is done, from 0 to 1, and may call it off.

    At 1 all is copied; to look it over and to put it in its place takes some more time.
    """

    tell: Callable[[float], object] = lambda done: None
    is_stopped: Callable[[], bool] = lambda: False


UNWATCHED = Watch()


def migrate_apart(old: Path, new: Path, name: str, watch: Watch) -> None:
    """Make a fresh file of a private copy of an older one. `name` is what the user calls it.

    Raises FileRefused, FileNotWritten and CopyStopped; the fresh file is of no use then.
    """
    seconds = patience(old)
    command = [sys.executable, *COMMAND, str(old.absolute()), str(new.absolute()), str(int(seconds) + 1)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=HOME)
    try:
        _wait(process, old, new, name, time.monotonic() + seconds, watch)
    finally:
        process.kill()
        said = process.communicate()[0].decode("utf-8", "replace").strip()
    if said == _FULL:
        raise FileNotWritten(f"{name} was not brought up to date: {said}. It was not touched.")
    if said or process.returncode != 0:
        raise FileRefused(f"{name} {said or 'is damaged'}. It was not touched.")
    watch.tell(1.0)


def _wait(process: subprocess.Popen[bytes], old: Path, new: Path, name: str, until: float, watch: Watch) -> None:
    """Until it has ended. What it has written, beside what it reads, is how far it is."""
    size = old.stat().st_size
    while process.poll() is None:
        if watch.is_stopped():
            raise CopyStopped
        if time.monotonic() > until:
            raise FileRefused(f"{name} took too long to bring up to date, and was given up. It was not touched.")
        with suppress(OSError):
            watch.tell(min(new.stat().st_size / size, 1.0))
        with suppress(subprocess.TimeoutExpired):
            process.wait(_LOOK)


def main(old: str, new: str, seconds: str) -> None:
    """Migrate, and say why where that cannot be."""
    confine(int(seconds))
    try:
        migrate(Path(old), Path(new))
    except FileRefused as error:
        print(error)
    except Exception as error:  # as in an inspection: a hostile file raises anything
        print(_FULL if getattr(error, "sqlite_errorname", "") == "SQLITE_FULL" else "is damaged")


if __name__ == "__main__":
    main(*sys.argv[1:4])
