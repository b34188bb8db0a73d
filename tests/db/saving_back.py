"""Processes that edit a local copy and save it back, again and again, until each is killed at a random moment.

Run as `python -m tests.db.saving_back ORIGINAL FOLDER TRUST KILLS`; each line on stdout is an edit that was committed.
"""

import os
import signal
import sys
import time
from contextlib import closing
from pathlib import Path
from random import Random

import db.copying
from db.engine import connect
from db.trust import Trust
from db.working_copy import WorkingCopy


def edit_and_save_back(copy: WorkingCopy, trust: Trust, number: int) -> None:
    """Edit as another program does, and save back; where a crash kept its end from being noted, note it now."""
    with closing(connect(copy.path, writable=True)) as connection:
        connection.execute("UPDATE case_file SET description = ?", (str(number),))
    os.write(sys.stdout.fileno(), f"{number}\n".encode())
    copy.take_in(lambda theirs: None, trust)  # nobody else writes: what is there came from here
    copy.save_back(trust)


def work(original: Path, folder: Path, trust: Trust, start: int) -> None:
    """Do so for ever."""
    for number in range(start, start + 1_000_000):
        edit_and_save_back(WorkingCopy(original, folder), trust, number)


def main(original: Path, folder: Path, trust: Trust, kills: int) -> None:
    """Start one after the other, and kill it within the time that two rounds take."""
    random = Random(11)
    db.copying._PAGES = 50
    WorkingCopy(original, folder).fetch(trust)
    start = time.monotonic()
    edit_and_save_back(WorkingCopy(original, folder), trust, 1)
    longest = 2 * (time.monotonic() - start)
    for kill in range(1, kills + 1):
        process = os.fork()
        if not process:
            work(original, folder, trust, kill * 1_000_000)
        time.sleep(random.random() * longest)
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Trust(Path(sys.argv[3])), int(sys.argv[4]))
