"""What an author can undo and redo next, read from the log: it works after a restart as well."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import ENTITIES, Author, CaseFile, Change, Changeset, Receipt
from db.queries.subjects import subjects
from db.triggers import references

_FIRST_STRETCH = 200
MANY = 1_000
"""Records of an entry that are counted."""


@dataclass(frozen=True, slots=True)
class Step:
    """An entry of the log that can be undone, and its label."""

    entry: uuid.UUID
    label: str
    """Without the "Undo:" or "Redo:" that it may begin with."""
    about: str = ""
    """What the one record is called that it is about."""
    records: int = 0
    """How many it is about, parts and members not counted; MANY or more are told as MANY."""


@dataclass(frozen=True, slots=True)
class UndoState:
    """The next steps back and forth; None where there is none."""

    undo: Step | None = None
    redo: Step | None = None


@dataclass(frozen=True, slots=True)
class _Entry:
    k: int
    id: uuid.UUID
    label: str
    undo_of: uuid.UUID | None
    span: tuple[int, int] | None = None
    """The changes that a merge brought."""


def undo_state(session: Session, author: uuid.UUID) -> UndoState:
    """The next step back and forth of an author, as every editor keeps them: a new edit ends what could be redone."""
    stretch = _FIRST_STRETCH
    while True:
        entries = _newest(session, author, stretch)
        undo, redo = _replay(reversed(entries))
        if undo or len(entries) < stretch:
            return UndoState(_step(session, undo), _step(session, redo))
        stretch *= 4


def _newest(session: Session, author: uuid.UUID, limit: int) -> list[_Entry]:
    """The newest entries of an author, without the one that made the case file itself.

    A merge is one entry with what was decided about it.
    """
    founding = select(Change.changeset).where(Change.op == "I", Change.record.in_(select(CaseFile.id)))
    decided = select(Receipt.decision).where(Receipt.decision.is_not(None))
    query = select(Changeset.k, Changeset.id, Changeset.label, Changeset.undo_of)
    query = query.where(Changeset.author == author, Changeset.k.not_in(founding), Changeset.id.not_in(decided))
    edits = [_Entry(*row) for row in session.execute(query.order_by(Changeset.k.desc()).limit(limit))]
    least = edits[-1].k if len(edits) == limit else 0
    merges = [merge for merge in _merges(session, author) if merge.k >= least]
    return sorted([*edits, *merges], key=lambda entry: entry.k, reverse=True)


def _merges(session: Session, author: uuid.UUID) -> list[_Entry]:
    """Each stands with the last edit that it brought."""
    query = select(Change.changeset, Receipt.id, Receipt.origin, Receipt.first, Receipt.last).join(
        Change, Change.n == Receipt.last
    )
    rows = session.execute(query.where(Receipt.author == author))
    return [_Entry(k, merge, f"Merge of {origin}", None, (first, last)) for k, merge, origin, first, last in rows]


def _replay(entries: Iterable[_Entry]) -> tuple[list[_Entry], list[_Entry]]:
    """The two stacks after these entries, oldest first. What undoes an edit from before them only ends redoing."""
    back: dict[uuid.UUID, _Entry] = {}
    forth: dict[uuid.UUID, _Entry] = {}
    for entry in entries:
        if entry.undo_of is None:
            back[entry.id] = entry
            forth.clear()
        elif entry.undo_of in forth:
            del forth[entry.undo_of]
            back[entry.id] = entry
        else:
            back.pop(entry.undo_of, None)
            forth[entry.id] = entry
    return list(back.values()), list(forth.values())


def _step(session: Session, stack: list[_Entry]) -> Step | None:
    if not stack:
        return None
    last = stack[-1]
    about = "" if last.span else subjects(session, {last.k}).get(last.k, "")
    return Step(last.id, plain_label(last.label), about, 1 if about else _count(session, last))


def _count(session: Session, entry: _Entry) -> int:
    """The records that an entry touched, of kinds that are no part of others."""
    among = Change.n.between(*entry.span) if entry.span else Change.changeset == entry.k
    found = select(Change.record).where(among, Change.op != "X", Change.kind.in_(_whole_kinds())).distinct().limit(MANY)
    return session.scalar(select(func.count()).select_from(found.subquery())) or 0


@cache
def _whole_kinds() -> tuple[str, ...]:
    return tuple(
        cls.__tablename__
        for cls in ENTITIES
        if cls is not Author and not cls.MEMBERS and not any(column.info["owner"] for column in references(cls))
    )


def plain_label(label: str) -> str:
    """The edit's own name, whichever way it went."""
    return label.removeprefix("Undo: ").removeprefix("Redo: ")
