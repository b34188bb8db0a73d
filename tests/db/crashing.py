"""A process that is going to be killed: it edits or merges through the workspace and says what it has finished.

Run as `python -m tests.db.crashing FILE TRUST VERB [OTHER]`.
"""

import sys
import uuid
from pathlib import Path

from sqlalchemy.orm import Session

from db.log import Editor
from db.models import Agreement, Provision
from db.operations.records import add_record, delete_record, set_field
from db.queries.records import list_records
from db.trust import Trust
from desktop.workspace import Workspace

EDITOR = Editor(uuid.UUID(int=1), "Analyst")
EDITS = 200
TEXT = "x" * 3000


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


def main(path: Path, trust: Trust, verb: str, *other: str) -> None:
    """Open the file for writing and work; each line on stdout is an acknowledgement."""
    with Workspace.open(path, trust, EDITOR, writable=True) as workspace:
        print("open", flush=True)
        if verb == "merge":
            workspace.merge(Path(other[0]))
            print("merged", flush=True)
        else:
            for number in range(1, EDITS + 1):
                workspace.write(str(number), one_edit, number)
                print(number, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Trust(Path(sys.argv[2])), *sys.argv[3:])
