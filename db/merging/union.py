"""Merging two case files: the union of what both know, so that any order and grouping gives the same file.

The state after a merge is a function of the log alone. A record lives if some creation, edit or touch of it was
unknown to every deletion, or if a living record points at it. A field shows the newest of its heads, and keeps the
others as a conflict. See docs/architecture.md, "Merging".
"""

import sqlite3
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection, Engine

from db.engine import file_uri, obstacles_told
from db.identity import new_id
from db.kept import kept_by_reference
from db.lineage import DISPLAY_ORDER, IS_HEAD, Lineage, Value, insert_row, lineage_of, row_of
from db.log import Editor, driver_connection, revision
from db.merging.contradictions import refuse_contradictions
from db.merging.decisions import Decision, RecordDecision, decide
from db.merging.echoes import find_echoes
from db.merging.returning import lost_parts
from db.merging.stopping import stoppable
from db.models import BY_TABLE
from db.triggers import stored_fields


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that two people set to different values; the last of `values` is the one shown."""

    kind: str
    record: uuid.UUID
    field: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class MergeReceipt:
    """What a merge brought. All counts are zero where the file knew everything already."""

    id: uuid.UUID
    origin: str
    revision: str
    """Of this file, afterwards."""
    edits: int
    changes: int
    added: dict[str, int]
    """Records that were unknown here, by kind."""
    deleted: dict[str, int]
    changed: int
    """Fields that show another value than before."""
    conflicts: tuple[Conflict, ...]
    survivors: tuple[uuid.UUID, ...]
    """Records that one side deleted, and that live because the other side worked on them or points at them."""
    same_case: bool
    """Whether both are copies of one case file; if not, the result shows the title of the older one."""
    decision: uuid.UUID | None = None
    """The edit that decided what of it stays, if anything was decided."""


def merge(
    engine: Engine,
    other: Path,
    editor: Editor,
    *,
    origin: str = "",
    decisions: Sequence[Decision] = (),
    dry_run: bool = False,
    with_parts: bool = False,
    is_stopped: Callable[[], bool] = lambda: False,
) -> MergeReceipt:
    """Take in everything that another case file knows, in one transaction; a dry run does the same and rolls back.

    `other` is a private, inspected copy (`db.opening`) that nobody else writes. What is decided about what it brought
    is one edit after the union, in the same transaction; `with_parts`, that edit also brings back what was deleted with
    a record that lives on because somebody else worked on it, and settles conflicts with what an undo only put back.
    Nothing is changed where it raises MergeRefused (its log contradicts itself or ours), RecordInUse and InvalidValue
    (a decision cannot be carried out), MergeStopped (soon after `is_stopped` says so, which is asked all the time), or
    FileNotWritten.
    """
    with obstacles_told(), engine.connect() as link, stoppable(driver_connection(link), is_stopped):
        connection = driver_connection(link)
        with _attached(connection, other), _transaction(link, keep=not dry_run):
            with _merging(connection):
                base, receipt = _take_in(connection, editor, origin or other.name)
            parts = lost_parts(connection, _outlasting(receipt, decisions)) if with_parts else {}
            echoes = find_echoes(connection, base) if with_parts else []
            decision = decide(link, editor, base, decisions, receipt.origin, parts, echoes, is_stopped)
            if not receipt.changes:
                return replace(receipt, decision=decision, revision=revision(connection))
            connection.execute(
                "UPDATE receipt SET decision = ? WHERE id = ?", (decision and decision.bytes, receipt.id.bytes)
            )
            return replace(
                receipt,
                decision=decision,
                deleted=_still_deleted(connection, base, receipt.deleted, parts),
                revision=revision(connection),
                conflicts=conflicts(connection),
            )


def _outlasting(receipt: MergeReceipt, decisions: Sequence[Decision]) -> list[uuid.UUID]:
    """What outlived a deletion, and is not declined."""
    declined = {each.record for each in decisions if isinstance(each, RecordDecision) and not each.stays}
    return [survivor for survivor in receipt.survivors if survivor not in declined]


def _still_deleted(
    connection: sqlite3.Connection, base: int, deleted: dict[str, int], parts: dict[uuid.UUID, str]
) -> dict[str, int]:
    """How many records went, without those that came back at once."""
    back = Counter(kind for part, kind in parts.items() if lineage_of(connection, part.bytes, base).is_alive())
    left = {kind: count - back[kind] for kind, count in deleted.items()}
    return {kind: count for kind, count in left.items() if count}


@contextmanager
def _attached(connection: sqlite3.Connection, other: Path) -> Iterator[None]:
    connection.rollback()
    connection.execute("ATTACH ? AS other", (file_uri(other),))
    try:
        yield
    finally:
        connection.execute("DETACH other")


@contextmanager
def _transaction(link: Connection, *, keep: bool) -> Iterator[None]:
    with link.begin() as transaction:
        yield
        if not keep:
            transaction.rollback()


@contextmanager
def _merging(connection: sqlite3.Connection) -> Iterator[None]:
    """While the triggers keep still."""
    connection.execute("UPDATE context SET mode = 'merge'")
    yield
    connection.execute("UPDATE context SET mode = 'external'")


def _take_in(connection: sqlite3.Connection, editor: Editor, origin: str) -> tuple[int, MergeReceipt]:
    """The union; gives also the last change that was known before."""
    _name_changes(connection)
    refuse_contradictions(connection)
    theirs = revision(connection, "other")
    same_case = _is_same_case(connection)
    base, edits, changes = _copy_log(connection)
    receipt = new_id()
    if not changes:
        return base, MergeReceipt(receipt, origin, revision(connection), 0, 0, {}, {}, 0, (), (), same_case)
    _copy_content(connection)
    added = _copy_new_records(connection, base)
    find_heads(connection, base)
    changed = _show_winners(connection)
    survivors, deleted = settle_lives(connection, base)
    keep_heads(connection)
    connection.execute(
        "INSERT INTO receipt(id, author, learnt, first, last, origin, revision) VALUES(?, ?, ?, ?, ?, ?, ?)",
        (
            receipt.bytes,
            editor.id.bytes,
            time.time_ns() // 1_000_000,
            base + 1,
            base + changes,
            origin,
            theirs,
        ),
    )
    told = MergeReceipt(receipt, origin, "", edits, changes, added, deleted, changed, (), survivors, same_case)
    return base, told


def _is_same_case(connection: sqlite3.Connection) -> bool:
    query = "SELECT 1 FROM main.case_file WHERE id IN (SELECT id FROM other.case_file)"
    return connection.execute(query).fetchone() is not None


def _script(connection: sqlite3.Connection, *statements: str) -> None:
    for statement in statements:
        connection.execute(statement)


def _name_changes(connection: sqlite3.Connection) -> None:
    """Find which of their changesets and changes we have. A change is named by its changeset and ordinal."""
    _script(
        connection,
        "DROP TABLE IF EXISTS temp.sets",
        "DROP TABLE IF EXISTS temp.names",
        "CREATE TEMP TABLE sets(theirs INTEGER PRIMARY KEY, ours INTEGER, fresh INTEGER)",
        """INSERT INTO sets SELECT b.k, a.k, a.k IS NULL
           FROM other.changeset b LEFT JOIN main.changeset a ON a.id = b.id""",
        "CREATE TEMP TABLE names(theirs INTEGER PRIMARY KEY, ours INTEGER, fresh INTEGER)",
        """INSERT INTO names SELECT x.n, y.n, y.n IS NULL FROM other.change x JOIN sets s ON s.theirs = x.changeset
           LEFT JOIN main.change y ON y.changeset = s.ours AND y.ord = x.ord""",
    )


def _copy_log(connection: sqlite3.Connection) -> tuple[int, int, int]:
    """Append what we do not know, in their order, so that parents come first. Give base, edits, changes."""
    sets = connection.execute("SELECT coalesce(max(k), 0) FROM main.changeset").fetchone()[0]
    base: int = connection.execute("SELECT coalesce(max(n), 0) FROM main.change").fetchone()[0]
    for table, start in (("sets", sets), ("names", base)):
        connection.execute(
            f"""UPDATE {table} SET ours = q.k FROM (SELECT theirs, ? + row_number() OVER (ORDER BY theirs) AS k
                FROM {table} WHERE fresh) q WHERE q.theirs = {table}.theirs""",
            (start,),
        )
    edits = connection.execute(
        """INSERT INTO main.changeset(k, id, author, hlc, written, label, undo_of)
           SELECT m.ours, x.id, x.author, x.hlc, x.written, x.label, x.undo_of
           FROM sets m JOIN other.changeset x ON x.k = m.theirs WHERE m.fresh"""
    ).rowcount
    changes = connection.execute(
        """INSERT INTO main.change(n, changeset, ord, op, kind, record, field, parent, value)
           SELECT m.ours, s.ours, x.ord, x.op, x.kind, x.record, x.field, p.ours, x.value
           FROM names m JOIN other.change x ON x.n = m.theirs JOIN sets s ON s.theirs = x.changeset
           LEFT JOIN names p ON p.theirs = x.parent WHERE m.fresh ORDER BY m.ours"""
    ).rowcount
    connection.execute(
        """INSERT INTO main.change_parent(n, parent) SELECT m.ours, p.ours
           FROM other.change_parent x JOIN names m ON m.theirs = x.n JOIN names p ON p.theirs = x.parent
           WHERE m.fresh"""
    )
    connection.execute(
        """INSERT INTO main.reason(n, text) SELECT m.ours, x.text
           FROM other.reason x JOIN names m ON m.theirs = x.n WHERE m.fresh"""
    )
    return base, edits, changes


def _copy_content(connection: sqlite3.Connection) -> None:
    connection.execute(
        """INSERT INTO main.content(sha256, data) SELECT sha256, data FROM other.content
           WHERE sha256 NOT IN (SELECT sha256 FROM main.content)"""
    )


def _copy_new_records(connection: sqlite3.Connection, base: int) -> dict[str, int]:
    """Take over the rows of records that nobody has deleted and that we have never had."""
    _script(
        connection,
        "DROP TABLE IF EXISTS temp.touched",
        "CREATE TEMP TABLE touched(record BLOB PRIMARY KEY, kind TEXT)",
    )
    connection.execute("INSERT OR IGNORE INTO touched SELECT record, kind FROM main.change WHERE n > ?", (base,))
    added: dict[str, int] = {}
    for (kind,) in connection.execute("SELECT DISTINCT kind FROM touched").fetchall():
        names = ", ".join(["id", *stored_fields(BY_TABLE[kind])])
        count = connection.execute(
            f"""INSERT INTO main.{kind}({names}) SELECT {names} FROM other.{kind}
                WHERE id IN (SELECT record FROM touched WHERE kind = ?
                             EXCEPT SELECT record FROM main.change WHERE op = 'D')
                AND id NOT IN (SELECT id FROM main.{kind})""",
            (kind,),
        ).rowcount
        if count:
            added[kind] = count
    return added


def find_heads(connection: sqlite3.Connection, base: int) -> None:
    """The current values of every field that they set, ranked for display; rank 1 is shown."""
    _script(
        connection,
        "DROP TABLE IF EXISTS temp.contested",
        "DROP TABLE IF EXISTS temp.winner",
        "CREATE TEMP TABLE contested(record BLOB, field TEXT, PRIMARY KEY(record, field)) WITHOUT ROWID",
        """CREATE TEMP TABLE winner(record BLOB, field TEXT, kind TEXT, n INTEGER, value ANY, rank INTEGER,
           rivals INTEGER, PRIMARY KEY(record, field, rank)) WITHOUT ROWID""",
    )
    connection.execute(
        "INSERT OR IGNORE INTO contested SELECT record, field FROM main.change WHERE n > ? AND op = 'U'",
        (base,),
    )
    connection.execute(
        f"""INSERT INTO winner
            SELECT u.record, u.field, u.kind, u.n, u.value,
                   row_number() OVER (PARTITION BY u.record, u.field ORDER BY {DISPLAY_ORDER}),
                   count(*) OVER (PARTITION BY u.record, u.field)
            FROM contested c CROSS JOIN main.change u ON u.record = c.record AND u.field = c.field AND u.op = 'U'
            JOIN main.changeset s ON s.k = u.changeset WHERE {IS_HEAD}"""
    )


def _show_winners(connection: sqlite3.Connection) -> int:
    """Write the winning values into the rows; give how many fields show another value than before."""
    pairs = connection.execute("SELECT DISTINCT kind, field FROM winner").fetchall()
    return sum(_show_winners_of(connection, kind, field) for kind, field in pairs)


def _show_winners_of(connection: sqlite3.Connection, kind: str, field: str) -> int:
    chosen = f"SELECT value FROM winner WHERE record = {kind}.id AND field = :field AND rank = 1"
    return connection.execute(
        f"""UPDATE main.{kind} SET {field} = ({chosen})
            WHERE id IN (SELECT record FROM winner WHERE kind = :kind AND field = :field AND rank = 1)
            AND {field} IS NOT ({chosen})""",
        {"kind": kind, "field": field},
    ).rowcount


def settle_lives(connection: sqlite3.Connection, base: int) -> tuple[tuple[uuid.UUID, ...], dict[str, int]]:
    """Bring back and take away what the log says, among all records that anybody ever deleted."""
    doomed = {record for (record,) in connection.execute("SELECT DISTINCT record FROM change WHERE op = 'D'")}
    lineages = {record: lineage_of(connection, record) for record in doomed}
    rows = {record: row_of(connection, lineage.kind, record) for record, lineage in lineages.items()}
    alive = {record for record, lineage in lineages.items() if lineage.is_alive()}
    alive |= kept_by_reference(connection, lineages, rows, alive)
    for record in alive:
        if rows[record] is None:
            insert_row(connection, lineages[record].kind, record, lineages[record].values(None))
            _find_heads_of(connection, lineages[record])
    deleted: Counter[str] = Counter()
    for record in doomed - alive:
        if rows[record] is not None:
            connection.execute(f"DELETE FROM {lineages[record].kind} WHERE id = ?", (record,))
            deleted[lineages[record].kind] += 1
    learnt = (lineages[record] for record in alive if max(lineages[record].nodes) > base)
    survivors = sorted(lineage.record for lineage in learnt if lineage.outlives_deletion())
    return tuple(uuid.UUID(bytes=record) for record in survivors), dict(deleted)


def _find_heads_of(connection: sqlite3.Connection, lineage: Lineage) -> None:
    for field, heads in lineage.heads().items():
        connection.execute("DELETE FROM winner WHERE record = ? AND field = ?", (lineage.record, field))
        connection.execute("INSERT OR IGNORE INTO contested VALUES(?, ?)", (lineage.record, field))
        connection.executemany(
            "INSERT INTO winner VALUES(?, ?, ?, ?, ?, ?, ?)",
            (
                (lineage.record, field, lineage.kind, head.n, head.value, rank, len(heads))
                for rank, head in enumerate(reversed(heads), 1)
            ),
        )


def keep_heads(connection: sqlite3.Connection) -> None:
    """Write down where a living record's field has more than one current value."""
    _script(
        connection,
        "DELETE FROM head WHERE (record, field) IN (SELECT record, field FROM contested)",
        "INSERT INTO head(record, field, n) SELECT record, field, n FROM winner WHERE rivals > 1",
    )
    for (kind,) in connection.execute("SELECT DISTINCT kind FROM change WHERE op = 'D'").fetchall():
        connection.execute(
            f"""DELETE FROM head WHERE record IN (SELECT record FROM change WHERE op = 'D' AND kind = ?)
                AND record NOT IN (SELECT id FROM {kind})""",
            (kind,),
        )


def conflicts(connection: sqlite3.Connection) -> tuple[Conflict, ...]:
    """The fields that this merge touched whose current values differ still."""
    rivals: dict[tuple[str, bytes, str], list[Value]] = {}
    for kind, record, field, value in connection.execute(
        """SELECT w.kind, w.record, w.field, w.value FROM head h
           JOIN winner w ON w.record = h.record AND w.field = h.field AND w.n = h.n
           ORDER BY w.record, w.field, w.rank DESC"""
    ):
        rivals.setdefault((kind, record, field), []).append(value)
    return tuple(
        Conflict(kind, uuid.UUID(bytes=record), field, tuple(values))
        for (kind, record, field), values in rivals.items()
        if any(value != values[0] for value in values)
    )
