"""Processes that edit a case file and back it up, again and again, until each is killed at a random moment.

Run as `python -m tests.db.backing_up FILE FOLDER KILLS`; each line on stdout is a backup that was acknowledged.
"""

import os
import signal
import sys
import time
from contextlib import closing
from pathlib import Path
from random import Random

import db.copying
from db.backups import Why, back_up
from db.engine import connect


def edit_and_back_up(path: Path, folder: Path) -> None:
    """Edit as another program does, and back up."""
    with closing(connect(path, writable=True)) as connection:
        connection.execute("UPDATE organization SET notes = hex(randomblob(2000)) WHERE pk = 7")
    made = back_up(path, Why.BY_HAND, folder)
    os.write(sys.stdout.fileno(), f"{made.path}\n".encode())


def work(path: Path, folder: Path) -> None:
    """Do so for ever."""
    while True:
        edit_and_back_up(path, folder)


def main(path: Path, folder: Path, kills: int) -> None:
    """Start one after the other, and kill it within the time that two backups take."""
    random = Random(7)
    db.copying._PAGES = 50
    start = time.monotonic()
    edit_and_back_up(path, folder)
    longest = 2 * (time.monotonic() - start)
    for _ in range(kills):
        process = os.fork()
        if not process:
            work(path, folder)
        time.sleep(random.random() * longest)
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
