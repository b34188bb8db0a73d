"""Processes that bring an older file up to date, each of them killed at a random moment.

Run as `python -m tests.db.migrations.upgrading FILE FOLDER KILLS`. FOLDER is for backups, and for what an installation
remembers. Each line on stdout is what was found after a kill: `older` or `present`, and `told` where that process had
said that it was done.
"""

import os
import signal
import sys
import time
from pathlib import Path
from random import Random

import db.migrations
import db.opening
from db.migrations.copying import migrate
from db.migrations.upgrade import upgrade
from db.migrations.worker import Watch
from db.trust import Trust
from tests.db.migrations import ancestor


def migrate_here(old: Path, new: Path, name: str, watch: Watch) -> None:
    """Without a process of its own, which would take a hundred times as long to start."""
    migrate(old, new)


def upgraded(path: Path, folder: Path) -> None:
    """Bring it up to date; the first time, what comes out is inspected."""
    upgrade(path, folder / "backups", Trust(folder / "trust"))


def main(path: Path, folder: Path, kills: int) -> None:
    """Start one after the other on the older file, and kill it within the time that it takes."""
    random = Random(7)
    db.migrations.STEPS = (ancestor.STEP,)
    db.opening.migrate_apart = migrate_here  # type: ignore[attr-defined]
    older = path.read_bytes()
    upgraded(path, folder)
    present = path.read_bytes()
    path.write_bytes(older)
    start = time.monotonic()
    upgraded(path, folder)
    longest = 1.2 * (time.monotonic() - start)
    for _ in range(kills):
        path.write_bytes(older)
        told, tell = os.pipe()
        process = os.fork()
        if not process:
            upgraded(path, folder)
            os.write(tell, b"told")
            os._exit(0)
        time.sleep(random.random() * longest)
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(tell)
        found = {older: "older", present: "present"}.get(path.read_bytes(), "something else")
        print(found, os.read(told, 9).decode())
        os.close(told)
    path.write_bytes(older)
    upgraded(path, folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
