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


def worked(folder: Path, trust: Trust, verb: str, number: int, seconds: float | None) -> str:
    """Have one process work on copies, kill it after so many seconds, and give the last thing that it acknowledged."""
    place = folder / str(number)
    place.mkdir()
    for file in folder.glob("*.casefile"):
        shutil.copy(file, place)
    reading, writing = os.pipe()
    process = os.fork()
    if not process:
        work(place, trust, verb, lambda word: os.write(writing, f"{word}\n".encode()))
        os._exit(0)
    os.close(writing)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(process, signal.SIGKILL)
    with os.fdopen(reading) as told:
        words = told.read().split()
    os.waitpid(process, 0)
    return words[-1] if words else "nothing"


def main(folder: Path, trust: Trust, verb: str, kills: int) -> None:
    """Start one after the other, and kill it within the time that the work takes."""
    random = Random(7)
    start = time.monotonic()
    print(worked(folder, trust, verb, 0, None))
    longest = time.monotonic() - start
    for number in range(1, kills + 1):
        print(worked(folder, trust, verb, number, random.random() * longest))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Trust(Path(sys.argv[2])), sys.argv[3], int(sys.argv[4]))
