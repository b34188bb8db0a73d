"""Undoing any entry of the log by a new entry with the inverse values; undoing that one redoes it.

It works after a restart, for an import and for a merge as a whole, because all it needs is the log.
"""

import sqlite3
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, sessionmaker

from db.errors import LaterEdit, RecordInUse, RecordNotFound
from db.kept import only_kept, release
from db.lineage import Lineage, Value, insert_row, lineage_of, row_of
from db.log import Editor, driver_connection, edit
from db.models import BY_TABLE, LOGGED, Author, CaseFile, Change, Changeset, Receipt
from db.queries.subjects import wholes
from db.queries.titles import titles
from db.triggers import references


@dataclass(frozen=True, slots=True)
class _Undoing:
    """What undoing does to one record: `before` is what it was, None if it did not exist."""

    record: bytes
    kind: str
    now: Mapping[str, Value] | None
    before: Mapping[str, Value] | None
    then: Mapping[str, Value]
    """What the entry left behind, for the fields it set; all fields if it created the record."""
    deletes: bool
    """Whether the entry deleted the record: then all its fields come back."""
    kept: Mapping[str, Value] | None
    """What it was if the entry took away what only a reference had kept alive: it comes back with the reference."""
    rivals: Mapping[str, Sequence[Value]]
    """For fields that were in conflict before: the values that were not shown."""


def revert(sessions: sessionmaker[Session], editor: Editor, entry: uuid.UUID, *, over_later: bool = False) -> str:
    """Undo an edit, or a merge named by its receipt, in a new entry; give that entry's label.

    Raises LaterEdit where something that it touched was changed again since, and names what stands in the way;
    with `over_later` the fields go back all the same. Raises RecordNotFound if there is no such entry, and RecordInUse
    if it made the case file itself.
    """
    with sessions() as session:
        label = _undoing(_label_of(session, entry))
    with edit(sessions, editor, label, undo_of=entry) as session:
        connection = driver_connection(session.connection())
        plans = (_plan(connection, *item) for item in _changes_by_record(session, entry).items())
        steps = [step for step in plans if not _introduces_author(session, step)]
        later = None if over_later else _changed_since(session, steps)
        kept = only_kept(connection) if _is_merge(session, entry) else {}  # that a merge revived
        _refuse_end_of_file(session, steps)
        for step in steps:
            _apply(connection, step)
            _reopen(connection, step)
        _revive(connection, steps)
        release(connection, kept)
        _refuse_if_used(session, connection, steps)
        _refuse_dangling(session, connection, steps)
        if later is not None:
            raise later  # only now: nothing else stands in the way, so it can be insisted on
    return label


def _undoing(label: str) -> str:
    """Undoing an undo is called redoing."""
    plain = label.removeprefix("Undo: ").removeprefix("Redo: ")
    return f"{'Redo' if label.startswith('Undo: ') else 'Undo'}: {plain}"


def _label_of(session: Session, entry: uuid.UUID) -> str:
    label = session.scalar(select(Changeset.label).where(Changeset.id == entry))
    if label is not None:
        return label or "an edit by another program"
    origin = session.scalar(select(Receipt.origin).where(Receipt.id == entry))
    if origin is None:
        raise RecordNotFound(f"There is no edit {entry} in this file.")
    return f"merge of {origin}"


def _is_merge(session: Session, entry: uuid.UUID) -> bool:
    return session.scalar(select(Receipt.k).where(Receipt.id == entry)) is not None


def _changes_by_record(session: Session, entry: uuid.UUID) -> dict[bytes, set[int]]:
    query = select(Change.record, Change.n).join(Changeset, Changeset.k == Change.changeset)
    receipt = session.scalar(select(Receipt).where(Receipt.id == entry))
    span = Changeset.id == entry
    if receipt is not None:  # what was decided about it goes with it
        span = Change.n.between(receipt.first, receipt.last) | (Changeset.id == receipt.decision)
    found: dict[bytes, set[int]] = {}
    for record, n in session.execute(query.where(span).order_by(Change.n)):
        found.setdefault(record.bytes, set()).add(n)
    return found


def _plan(connection: sqlite3.Connection, record: bytes, undone: set[int]) -> _Undoing:
    whole = lineage_of(connection, record)
    now = row_of(connection, whole.kind, record)
    before = Lineage(record, (node for node in whole.nodes.values() if node.n not in _after(whole, undone)))
    then = Lineage(record, (node for node in whole.nodes.values() if node.n <= max(undone)))
    existed = bool(before.nodes) and before.is_alive()
    told = then.values(now, later=whole)
    touched = {node.field for n, node in whole.nodes.items() if n in undone and node.op == "U"}
    deletes = any(whole.nodes[n].op == "D" for n in undone)
    restored = _restored(before, whole, now, touched) if before.nodes else None
    return _Undoing(
        record,
        whole.kind,
        now,
        restored if existed else None,
        {field: value for field, value in told.items() if field in touched or not existed},
        deletes,
        restored if deletes and now is None and not existed else None,
        _rivals(before, touched if now is not None else set(before.heads())) if existed else {},
    )


def _rivals(before: Lineage, touched: set[str | None]) -> dict[str, list[Value]]:
    """The values that stood beside the shown one of each field, the newest last."""
    values = {field: [node.value for node in heads] for field, heads in before.heads().items() if field in touched}
    found = {field: [item for item in dict.fromkeys(told) if item != told[-1]] for field, told in values.items()}
    return {field: rivals for field, rivals in found.items() if rivals}


def _introduces_author(session: Session, step: _Undoing) -> bool:
    """Whether this would take away somebody who has edited: whoever has stays known by name."""
    if step.kind != Author.__tablename__ or step.before is not None:
        return False
    return bool(session.scalar(select(exists().where(Changeset.author == uuid.UUID(bytes=step.record)))))


def _refuse_end_of_file(session: Session, steps: Iterable[_Undoing]) -> None:
    """A case file that no longer says what it is about and how it is marked would be none."""
    gone = {uuid.UUID(bytes=step.record) for step in steps if step.before is None}
    own = set(session.scalars(select(CaseFile.id)))
    if own and own <= gone:
        raise RecordInUse("This edit made the case file itself, so it cannot be undone. Nothing was changed.")


def _restored(
    before: Lineage, whole: Lineage, now: Mapping[str, Value] | None, touched: set[str | None]
) -> dict[str, Value]:
    values = before.values(now, later=whole)
    return {field: value for field, value in values.items() if now is None or field in touched}


def _after(lineage: Lineage, undone: set[int]) -> set[int]:
    """The undone changes and all that built on them. Parents have smaller numbers, so one pass finds them.

    What a record told when it came back has the value before as its parent; it goes with that coming back.
    """
    after = set(undone)
    returns: set[bytes] = set()
    for n, node in sorted(lineage.nodes.items()):
        changeset = node.rank[1]
        if node.parents & after or changeset in returns:
            after.add(n)
        if node.op == "I" and n in after:
            returns.add(changeset)
    return after


def _changed_since(session: Session, steps: Iterable[_Undoing]) -> LaterEdit | None:
    """What came after the entry and would be put back with it."""
    return next((error for step in steps for error in _later_edits(session, step)), None)


def _later_edits(session: Session, step: _Undoing) -> Iterable[LaterEdit]:
    if step.now is None and step.then and step.before is not None and not step.deletes:
        words = f"A record that it changed was deleted since, {_by_whom(session, step, None)}. Undo that first."
        yield LaterEdit(words, can_insist=True)
    for field, value in step.then.items():
        if step.now is not None and step.now[field] != value:
            name = titles(session, [uuid.UUID(bytes=step.record)]).get(uuid.UUID(bytes=step.record), step.kind)
            yield LaterEdit(
                f"“{field.removesuffix('_id')}” of “{name}” was changed again since, "
                f"{_by_whom(session, step, field)}. Undo that first. Nothing was changed.",
                can_insist=True,
            )


def _by_whom(session: Session, step: _Undoing, field: str | None) -> str:
    query = (
        select(Changeset.label)
        .join(Change, Change.changeset == Changeset.k)
        .where(Change.record == uuid.UUID(bytes=step.record), Change.field == field)
        .order_by(Change.n.desc())
        .limit(1)
    )
    return f"by “{session.scalar(query) or 'an edit by another program'}”"


def _refuse_if_used(session: Session, connection: sqlite3.Connection, steps: Iterable[_Undoing]) -> None:
    """What still points at a record that has gone back to nothing was not there before, or has been changed since."""
    going = {step.record for step in steps if step.before is None and step.now is not None}
    for record in going:
        users = {uuid.UUID(bytes=user): kind for user, kind in _users(connection, record) if user not in going}
        if users:
            named = titles(session, set(wholes(session, users).values()))
            names = "; ".join(sorted(named.values())[:3]) or "a member of a set"
            raise LaterEdit(f"A record that it created is used since: {names}. Nothing was changed.")


def _users(connection: sqlite3.Connection, record: bytes) -> Iterable[tuple[bytes, str]]:
    for cls in LOGGED:
        for column in references(cls):
            query = f"SELECT id FROM {cls.__tablename__} WHERE {column.name} = ?"
            yield from ((user, cls.__tablename__) for (user,) in connection.execute(query, (record,)))


def _apply(connection: sqlite3.Connection, step: _Undoing) -> None:
    if step.before is None:
        connection.execute(f"DELETE FROM {step.kind} WHERE id = ?", (step.record,))
    elif step.now is None:
        insert_row(connection, step.kind, step.record, step.before)
    elif step.before:
        _leave_shown(connection, step)
        assignments = ", ".join(f"{field} = ?" for field in step.before)
        connection.execute(f"UPDATE {step.kind} SET {assignments} WHERE id = ?", (*step.before.values(), step.record))


def _revive(connection: sqlite3.Connection, steps: Iterable[_Undoing]) -> None:
    """Bring back what the entry took away and what is pointed at again, directly or by another such record."""
    kept = {step.record: (step.kind, step.kept) for step in steps if step.kept is not None}
    pending = [target for step in steps for target in _targets(step.kind, step.before)]
    while pending:
        record = pending.pop()
        if record in kept:
            kind, values = kept.pop(record)
            insert_row(connection, kind, record, values)
            pending.extend(_targets(kind, values))


def _targets(kind: str, values: Mapping[str, Value] | None) -> list[Value]:
    return [(values or {}).get(column.name) for column in references(BY_TABLE[kind])]


def _leave_shown(connection: sqlite3.Connection, step: _Undoing) -> None:
    """Where a field goes back to the value that it shows, only a change settles its conflict: so it is left first."""
    for field, value in (step.before or {}).items():
        rival = connection.execute(
            """SELECT c.value FROM head h JOIN change c ON c.n = h.n
               WHERE h.record = ? AND h.field = ? AND c.value IS NOT ?""",
            (step.record, field, value),
        ).fetchone()
        if rival and field not in step.rivals and step.now and step.now[field] == value:
            connection.execute(f"UPDATE {step.kind} SET {field} = ? WHERE id = ?", (*rival, step.record))


def _reopen(connection: sqlite3.Connection, step: _Undoing) -> None:
    """Bring back conflicts: each rival is written and the shown value last, and none of them knows of the others."""
    shown = step.before or {}
    for field, rivals in step.rivals.items():
        known = connection.execute("SELECT max(n) FROM change").fetchone()[0]
        for value in (*rivals, shown[field]):
            connection.execute(f"UPDATE {step.kind} SET {field} = ? WHERE id = ?", (value, step.record))
        (first, parent), *others = connection.execute(
            "SELECT n, parent FROM change WHERE n > ? AND record = ? AND field = ? AND op = 'U' ORDER BY n",
            (known, step.record, field),
        ).fetchall()
        for n, _ in others:
            connection.execute("UPDATE change SET parent = ? WHERE n = ?", (parent, n))
            connection.execute("INSERT INTO change_parent SELECT ?, parent FROM change_parent WHERE n = ?", (n, first))
        for n in (first, *(n for n, _ in others)):
            connection.execute("INSERT INTO head(record, field, n) VALUES(?, ?, ?)", (step.record, field, n))


def _refuse_dangling(session: Session, connection: sqlite3.Connection, steps: Iterable[_Undoing]) -> None:
    for step in steps:
        for column in references(BY_TABLE[step.kind]):
            target = (step.before or {}).get(column.name)
            found = connection.execute("SELECT 1 FROM record WHERE id = ?", (target,)).fetchone()
            if target is not None and not found:
                name = column.name.removesuffix("_id")
                raise LaterEdit(f"What “{name}” pointed at was deleted since. Undo that first. Nothing was changed.")
