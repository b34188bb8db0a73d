"""What differs between two states of a case file, as frozen rows: a summary in counts, and the records page by page."""

import sqlite3
import uuid
from array import array
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from db.log import driver_connection, revision
from db.merging.comparison import Comparison
from db.merging.differences import State
from db.models import BY_TABLE, Author, Claim, Entity
from db.queries.history import moment
from db.queries.titles import entity, titles

PAGE = 200


@dataclass(frozen=True, slots=True)
class Contributor:
    """Somebody whose edits only the second state has. `id` is None for other programs."""

    id: uuid.UUID | None
    name: str
    edits: int
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class TakenBack:
    """An edit or a merge that somebody undid in the second state, and what that would take back from the first."""

    edit: uuid.UUID
    """The undo."""
    who: str
    """Empty for another program."""
    label: str
    """As the history tells it: “Undo: merge of …”."""
    deleted: dict[str, int]
    fields: int
    """Fields of other records that go back to what they showed before."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What the second state has that the first has not. Kinds are plurals; members of sets count as fields."""

    revisions: tuple[str, str]
    same_case: bool
    """Whether both are copies of one case file."""
    contributors: tuple[Contributor, ...]
    added: dict[str, int]
    changed: dict[str, int]
    deleted: dict[str, int]
    fields: int
    """Fields of records of both that only one side changed."""
    rivals: int
    """Fields that both sides changed apart from each other, and nobody has chosen between."""
    survivors: int
    """Records that one side deleted and the other worked on."""
    records: dict[State, int]
    """How many records there are to look at, with their parts."""
    taken_back: tuple[TakenBack, ...] = ()
    """What they undid, and would take back here."""

    @property
    def claims(self) -> int:
        """Claims that were added."""
        return self.added.get(Claim.PLURAL, 0)

    @property
    def total(self) -> int:
        """All records to look at."""
        return sum(self.records.values())


@dataclass(frozen=True, slots=True)
class DifferingRecord:
    """A record that differs, itself or in its parts. `who` is empty for another program."""

    place: int
    id: uuid.UUID
    kind: str
    """Plural."""
    title: str
    state: State
    who: str
    when: datetime | None
    fields: int
    rivals: int
    rows: int
    """The record and its parts, as far as they differ."""


@dataclass(frozen=True, slots=True)
class Overview:
    """What is seen first: the counts, where each record stands, and the first records."""

    comparison: Comparison
    summary: Summary
    places: "array[int]"
    first: tuple[DifferingRecord, ...]


def overview(comparison: Comparison, *, limit: int = PAGE) -> Overview:
    """All that is seen first, read at once."""
    with comparison.sessions() as (first, second), comparison.differences() as index:
        rows = tuple(_page(first, second, index, range(1, limit + 1)))
        return Overview(comparison, _summary(first, second, index), _places(index, None), rows)


def summary(comparison: Comparison) -> Summary:
    """The whole difference in counts."""
    with comparison.sessions() as (first, second), comparison.differences() as index:
        return _summary(first, second, index)


def own_contributors(comparison: Comparison) -> tuple[Contributor, ...]:
    """Whose edits only the first state has; nobody's where the second comes after it."""
    with comparison.sessions() as (first, second):
        return tuple(_contributors(second, first))


def _summary(first: Session, second: Session, index: sqlite3.Connection) -> Summary:
    told = index.execute("SELECT kind, state, count(*) FROM row GROUP BY kind, state").fetchall()
    by_state = {
        state: {entity(kind).PLURAL: count for kind, of, count in told if of == state and _is_counted(kind)}
        for state in (State.NEW, State.CHANGED, State.DELETED)
    }
    fields, rivals, survivors = index.execute(
        """SELECT count(*) FILTER (WHERE NOT rival), count(*) FILTER (WHERE rival),
           (SELECT coalesce(sum(rival), 0) FROM row) FROM field"""
    ).fetchone()
    records = dict(index.execute("SELECT state, count(*) FROM item GROUP BY state"))
    return Summary(
        revisions=(_revision(first), _revision(second)),
        same_case=_same_case(first, second),
        contributors=tuple(_contributors(first, second)),
        added=by_state[State.NEW],
        changed=by_state[State.CHANGED],
        deleted=by_state[State.DELETED],
        fields=fields,
        rivals=rivals,
        survivors=survivors,
        taken_back=tuple(_taken_back(second, index)),
        records={State(state): count for state, count in records.items()},
    )


def _taken_back(second: Session, index: sqlite3.Connection) -> Iterator[TakenBack]:
    """What they undid, as far as it is seen in the records whose newest change it is."""
    connection = driver_connection(second.connection())
    for edit, first, last in index.execute("SELECT edit, first, last FROM undoing ORDER BY first").fetchall():
        deleted = index.execute(
            "SELECT kind, count(*) FROM row WHERE state = ? AND n BETWEEN ? AND ? GROUP BY kind",
            (int(State.DELETED), first, last),
        )
        counts = {entity(kind).PLURAL: count for kind, count in deleted if _is_counted(kind)}
        (fields,) = index.execute(
            """SELECT count(*) FROM row r JOIN field f ON f.record = r.record
               WHERE r.n BETWEEN ? AND ? AND NOT f.rival""",
            (first, last),
        ).fetchone()
        if counts or fields:
            who, label = connection.execute(
                """SELECT coalesce(a.name, ''), s.label FROM changeset s LEFT JOIN author a ON a.id = s.author
                   WHERE s.id = ?""",
                (edit,),
            ).fetchone()
            yield TakenBack(uuid.UUID(bytes=edit), who, label, counts, fields)


def _is_counted(kind: str) -> bool:
    cls = BY_TABLE[kind]
    return issubclass(cls, Entity) and not cls.MEMBERS


def _revision(session: Session) -> str:
    return revision(driver_connection(session.connection()))


def _same_case(first: Session, second: Session) -> bool:
    own, other = (
        {key for (key,) in driver_connection(session.connection()).execute("SELECT id FROM case_file")}
        for session in (first, second)
    )
    return len(own | other) <= 1 or own == other


def _contributors(first: Session, second: Session) -> list[Contributor]:
    """Whoever made the edits that only the second of two sessions has, the busiest first."""
    known = {key for (key,) in driver_connection(first.connection()).execute("SELECT id FROM changeset")}
    found: dict[tuple[bytes | None, str], list[int]] = {}
    for key, author, name, written in driver_connection(second.connection()).execute(
        """SELECT s.id, s.author, coalesce(a.name, ''), s.written FROM changeset s
           LEFT JOIN author a ON a.id = s.author"""
    ):
        if key not in known:
            found.setdefault((author, name), []).append(written)
    rows = [
        Contributor(
            uuid.UUID(bytes=author) if author else None, name, len(times), moment(min(times)), moment(max(times))
        )
        for (author, name), times in found.items()
    ]
    return sorted(rows, key=lambda row: (-row.edits, row.name))


def places(comparison: Comparison, state: State | None = None) -> "array[int]":
    """The places of all records, or of those in one state, in order: conflicts first, then new, changed, deleted."""
    with comparison.differences() as index:
        return _places(index, state)


def _places(index: sqlite3.Connection, state: State | None) -> "array[int]":
    wanted = None if state is None else int(state)
    rows = index.execute("SELECT seq FROM item WHERE ?1 IS NULL OR state = ?1 ORDER BY seq", (wanted,))
    return array("q", (place for (place,) in rows))


def place_of(comparison: Comparison, record: uuid.UUID) -> int:
    """The place of a record; 0 where it does not differ."""
    with comparison.differences() as index:
        found = index.execute("SELECT seq FROM item WHERE whole = ?", (record.bytes,)).fetchone()
        return int(found[0]) if found else 0


def page(comparison: Comparison, wanted: Sequence[int] | None = None, *, limit: int = PAGE) -> list[DifferingRecord]:
    """The records at these places, or the first ones."""
    with comparison.sessions() as (first, second), comparison.differences() as index:
        return _page(first, second, index, range(1, limit + 1) if wanted is None else wanted)


def _page(first: Session, second: Session, index: sqlite3.Connection, wanted: Sequence[int]) -> list[DifferingRecord]:
    rows = index.execute(
        """SELECT seq, whole, kind, state, n, fields, rivals, rows FROM item
           WHERE seq IN (SELECT value FROM json_each(?)) ORDER BY seq""",
        (_numbers(wanted),),
    ).fetchall()
    names = record_titles(first, second, [uuid.UUID(bytes=whole) for _, whole, *_ in rows])
    who = changed_by(first, second, {n for *_, n, _, _, _ in rows if n is not None})
    return [_row(row, names, who) for row in rows]


def _row(
    row: tuple[int, bytes, str, int, int | None, int, int, int],
    names: Mapping[uuid.UUID, str],
    who: Mapping[int, tuple[str, datetime]],
) -> DifferingRecord:
    place, whole, kind, state, n, fields, rivals, rows = row
    key = uuid.UUID(bytes=whole)
    name, when = who.get(n or 0, ("", None))
    return DifferingRecord(
        place, key, entity(kind).PLURAL, names.get(key, ""), State(state), name, when, fields, rivals, rows
    )


def _numbers(places: Sequence[int]) -> str:
    return f"[{','.join(map(str, places))}]"


def record_titles(first: Session, second: Session, keys: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """What records are called: as the second state has it, or for what is gone the first."""
    names = titles(second, keys)
    return names | titles(first, set(keys) - names.keys())


def changed_by(first: Session, second: Session, numbers: Collection[int]) -> dict[int, tuple[str, datetime]]:
    """Who made changes and when; negative numbers are those of the first state's log."""
    found: dict[int, tuple[str, datetime]] = {}
    for session, sign in ((first, -1), (second, 1)):
        own = [sign * n for n in numbers if n * sign > 0]
        for n, name, written in driver_connection(session.connection()).execute(
            f"""SELECT x.n, coalesce(a.name, ''), s.written FROM change x JOIN changeset s ON s.k = x.changeset
                LEFT JOIN {Author.__tablename__} a ON a.id = s.author
                WHERE x.n IN (SELECT value FROM json_each(?))""",
            (_numbers(own),),
        ):
            found[sign * n] = (name, moment(written))
    return found
