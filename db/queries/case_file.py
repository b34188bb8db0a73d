"""What a case file is as a whole: the first thing that a person asks of a file."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.log import driver_connection, revision
from db.models import Author, CaseFile, Changeset
from db.models.vocabulary import Tlp
from db.queries.history import conflicts, moment
from db.queries.records import count_records
from db.schema import VERSION


@dataclass(frozen=True, slots=True)
class EditRow:
    """An edit by its author, time and label. `author` is empty for another program's edit."""

    id: uuid.UUID
    author: str
    at: datetime
    label: str


@dataclass(frozen=True, slots=True)
class CaseFileRow:
    """A case file and how much it holds. `records` counts by kind; `last_edit` is the one learnt last."""

    id: uuid.UUID | None
    title: str
    description: str
    marking: str
    marking_line: str
    language: str
    revision: str
    schema_version: int
    records: dict[str, int]
    edits: int
    conflicts: int
    last_edit: EditRow | None


def case_ids(session: Session) -> list[uuid.UUID]:
    """The cases whose copy this file is: one, or several after a merge of different ones; the oldest first."""
    return list(session.scalars(select(CaseFile.id).order_by(CaseFile.id)))


def case_file(session: Session) -> CaseFileRow:
    """What the file says of itself. Two files that were merged by force show the record that was entered first."""
    own = session.scalar(select(CaseFile).order_by(CaseFile.id).limit(1)) or CaseFile()
    return CaseFileRow(
        id=own.id,
        title=own.title or "",
        description=own.description or "",
        marking=default_marking(session).value,
        marking_line=own.marking_line or "",
        language=own.language or "",
        revision=revision(driver_connection(session.connection())),
        schema_version=VERSION,
        records=count_records(session),
        edits=session.scalar(select(func.count()).select_from(Changeset)) or 0,
        conflicts=len(conflicts(session)),
        last_edit=last_edit(session),
    )


def default_marking(session: Session) -> Tlp:
    """How far a record without a marking of its own may be shared: as the strictest case file that was merged in says.

    A case file that says nothing counts as RED: silence must not loosen anything.
    """
    defaults = session.scalars(select(CaseFile.default_marking)).all()
    return Tlp.strictest(marking or Tlp.RED for marking in defaults) or Tlp.RED


def last_edit(session: Session) -> EditRow | None:
    """The edit that the file learnt last."""
    query = (
        select(Changeset.id, Author.name, Changeset.written, Changeset.label)
        .outerjoin(Author, Author.id == Changeset.author)
        .order_by(Changeset.k.desc())
        .limit(1)
    )
    found = session.execute(query).first()
    return EditRow(found.id, found.name or "", moment(found.written), found.label) if found else None
