"""What a window always shows of its case file: title, marking, revision, and how many records of a kind there are."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.log import driver_connection, revision
from db.models import BY_TABLE, CaseFile, Entity, Record
from db.models.base import Duplicable
from db.models.vocabulary import Tlp
from db.queries.case_file import default_marking
from db.triggers import table_of


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a case file, how far it may be shared, and what it knows as a short hash."""

    title: str
    marking: Tlp
    marking_line: str
    revision: str


def heading(session: Session) -> Heading:
    """The heading of the case file."""
    own = session.scalar(select(CaseFile).order_by(CaseFile.id).limit(1)) or CaseFile()
    known = revision(driver_connection(session.connection()))
    return Heading(own.title or "", default_marking(session), own.marking_line or "", known)


def counts_of(session: Session, tables: Iterable[str] | None = None) -> dict[str, int]:
    """How many records there are of each kind (by plural), or of these tables only; those that were joined are one."""
    wanted = [table for table, cls in BY_TABLE.items() if issubclass(cls, Entity)] if tables is None else tables
    counts: dict[str, int] = {}
    for table in wanted:
        cls = BY_TABLE.get(table)
        if cls is not None and issubclass(cls, Entity):
            query = select(func.count()).select_from(Record).where(Record.kind == table)
            counts[cls.PLURAL] = (session.scalar(query) or 0) - _joined(session, cls)
    return counts


def _joined(session: Session, cls: type[Entity]) -> int:
    """How many records another one stands for."""
    if not issubclass(cls, Duplicable):
        return 0
    merged = table_of(cls).c.merged_into_id
    return session.scalar(select(func.count()).where(merged.is_not(None))) or 0
