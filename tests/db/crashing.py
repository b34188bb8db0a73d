"""Processes that edit or merge through the workspace, and say what they have finished, until each is killed.

Run as `python -m tests.db.crashing FOLDER TRUST VERB KILLS`. The files of FOLDER are copied into one of its own for
each process. A line on stdout is the last thing that it acknowledged; the first line is of one that nobody killed.
"""

import os
import shutil
import signal
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from random import Random

from sqlalchemy.orm import Session

from db.log import Editor
from db.models import Agreement, Provision
from db.operations.records import add_record, delete_record, set_field
from db.queries.records import list_records
from db.trust import Trust
from desktop.workspace import Workspace

EDITOR = Editor(uuid.UUID(int=1), "Analyst")
EDITS = 30
TEXT = "x" * 3000
Tell = Callable[[object], object]


def one_edit(session: Session, number: int) -> None:
    """One edit of several rows: all of it is there or nothing."""
    (agreement,) = list_records(session, Agreement)
    set_field(session, agreement.id, "title", str(number))
    values = {"agreement": agreement.id, "provision_kind": "cost", "article": str(number), "text": f"{number} {TEXT}"}
    add_record(session, Provision, values)
    if number % 3 == 0:
        oldest = list_records(session, Provision, limit=1)[0]
        delete_record(session, oldest.id)
        set_field(session, agreement.id, "summary", f"{number} {TEXT}")


def work(folder: Path, trust: Trust, verb: str, tell: Tell) -> None:
    """Open the file for writing and work; what is told is acknowledged."""
    with Workspace.open(folder / "a.casefile", trust, EDITOR, writable=True) as workspace:
        tell("open")
        if verb == "merge":
            workspace.merge(folder / "other.casefile")
            tell("merged")
            return
        for number in range(1, EDITS + 1):
            workspace.write(str(number), one_edit, number)
            tell(number)


def laid(folder: Path, number: int) -> Path:
    """A folder with copies of the files, for one process."""
    place = folder / str(number)
    place.mkdir()
    for file in folder.glob("*.casefile"):
        shutil.copy(file, place)
    return place


def killed(place: Path, trust: Trust, verb: str, seconds: float) -> str:
    """Have a process work, kill it so many seconds after it began, and give the last thing that it acknowledged."""
    reading, writing = os.pipe()
    process = os.fork()
    if not process:
        work(place, trust, verb, lambda word: os.write(writing, f"{word}\n".encode()))
        os._exit(0)
    os.close(writing)
    words = os.read(reading, 5)  # it is open
    time.sleep(seconds)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    with os.fdopen(reading, "rb") as told:
        return (words + told.read()).split()[-1].decode()


def main(folder: Path, trust: Trust, verb: str, kills: int) -> None:
    """Do the work once here, then start one process after the other and kill it within the time that it takes."""
    told: list[tuple[object, float]] = []
    for number in (0, 1):  # the first time, all is loaded
        told.clear()
        work(laid(folder, -number), trust, verb, lambda word: told.append((word, time.monotonic())))
    print(told[-1][0])
    longest = told[-1][1] - told[0][1]
    random = Random(7)
    for number in range(1, kills + 1):
        print(killed(laid(folder, number), trust, verb, 1.2 * random.random() * longest))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Trust(Path(sys.argv[2])), sys.argv[3], int(sys.argv[4]))
