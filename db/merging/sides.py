"""One differing record with its parts: each field side by side, who set it and when, and the claims for each value."""

import sqlite3
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy.orm import Session

from db.evidence import evidence_of
from db.fields import Field, FieldType, FieldValue, canonical, fields_of
from db.lineage import DISPLAY_ORDER, IS_HEAD, Value
from db.log import driver_connection
from db.merging.comparison import Comparison
from db.merging.differences import State
from db.merging.preview import changed_by, record_titles
from db.models import BY_TABLE, Claim, Entity, Link
from db.queries.authorship import author_of
from db.queries.claims import CitedClaim, cited_claims
from db.queries.former import titles_ever
from db.queries.history import typed_value
from db.queries.records import FieldRow, RecordRow, display, field_words, record
from db.queries.titles import ids_in

MOST_PARTS = 200
_UNTOLD = ("marking",)
_ABOUT = (FieldType.CONTENT,)
_NOT_TYPED = (FieldType.CONTENT, FieldType.REFERENCE)
"""What no line of text stands for."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one side shows in a field, who set it and when, and the claims that say so."""

    text: str = ""
    who: str = ""
    when: datetime | None = None
    claims: tuple[CitedClaim, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """A field side by side. `column` is what the file stores it in, empty for a set, whose differing rows are named."""

    record: uuid.UUID
    table: str
    name: str
    column: str
    mine: Told
    theirs: Told
    rival: bool = False
    """Both sides set it apart from each other."""
    can_type: bool = False
    author: uuid.UUID | None = None
    """Who made the newest change of the record."""
    undo: uuid.UUID | None = None
    """That change, if it was made by undoing something."""
    members: tuple[uuid.UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class PartDifference:
    """The record itself or a part of it. `rival`: one side deleted what the other worked on."""

    record: uuid.UUID
    table: str
    kind: str
    title: str
    state: State
    rival: bool
    fields: tuple[FieldDifference, ...]
    who: str = ""
    when: datetime | None = None
    author: uuid.UUID | None = None
    undo: uuid.UUID | None = None
    """Their edit that undid something, if that made the newest change."""


@dataclass(frozen=True, slots=True)
class RecordDifference:
    """A record with its differing parts, the record itself first. `left_out` counts parts beyond MOST_PARTS."""

    id: uuid.UUID
    kind: str
    title: str
    state: State
    parts: tuple[PartDifference, ...]
    left_out: int = 0


def record_difference(comparison: Comparison, whole: uuid.UUID) -> RecordDifference:
    """Everything in which a record differs."""
    with comparison.sessions() as (first, second), comparison.differences() as index:
        return _Reading(comparison, first, second, index).whole(whole)


@dataclass
class _Reading:
    comparison: Comparison
    first: Session
    second: Session
    index: sqlite3.Connection
    _sets: dict[tuple[uuid.UUID, str], list[uuid.UUID]] = field(default_factory=dict)

    def whole(self, whole: uuid.UUID) -> RecordDifference:
        kind, state = self.index.execute("SELECT kind, state FROM item WHERE whole = ?", (whole.bytes,)).fetchone()
        rows = self.index.execute(
            """SELECT record, kind, state, rival, n, author FROM row WHERE whole = ?
               ORDER BY record <> whole, kind, n, record""",
            (whole.bytes,),
        ).fetchall()
        parts = [row for row in rows if not self._is_member(uuid.UUID(bytes=row[0]), row[1], State(row[2]))]
        for (owner, _), _members in self._sets.items():
            if owner.bytes not in {row[0] for row in parts}:
                parts.insert(0, (owner.bytes, self._kind_of(owner), State.CHANGED, 0, None, None))
        shown = parts[:MOST_PARTS]
        names = record_titles(self.first, self.second, {uuid.UUID(bytes=row[0]) for row in shown} | {whole})
        who = changed_by(self.first, self.second, {row[4] for row in shown if row[4] is not None})
        told = tuple(self._part(row, names, who) for row in shown)
        cls = BY_TABLE[kind]
        assert issubclass(cls, Entity)
        return RecordDifference(whole, cls.PLURAL, names.get(whole, ""), State(state), told, len(parts) - len(shown))

    def _kind_of(self, record: uuid.UUID) -> str:
        for session in (self.second, self.first):
            found = driver_connection(session.connection()).execute(
                "SELECT kind FROM record WHERE id = ?", (record.bytes,)
            )
            for (kind,) in found:
                return str(kind)
        raise LookupError(record)

    def _is_member(self, row: uuid.UUID, kind: str, state: State) -> bool:
        """Whether a row is told as a word of a set on its owner; then it is noted there."""
        cls = BY_TABLE[kind]
        name = cls.FIELD if issubclass(cls, Link) else cls.MEMBERS if issubclass(cls, Entity) else ""
        if not name or state is State.CHANGED:
            return False
        session = self.first if state is State.DELETED else self.second
        (owner,) = (
            driver_connection(session.connection())
            .execute(f"SELECT {cls.ENDS[0]} FROM {kind} WHERE id = ?", (row.bytes,))
            .fetchone()
        )
        self._sets.setdefault((uuid.UUID(bytes=owner), name), []).append(row)
        return True

    def _part(
        self,
        row: tuple[bytes, str, int, int, int | None, bytes | None],
        names: Mapping[uuid.UUID, str],
        who: Mapping[int, tuple[str, datetime]],
    ) -> PartDifference:
        key, table, state, rival, n = uuid.UUID(bytes=row[0]), row[1], State(row[2]), bool(row[3]), row[4]
        author = uuid.UUID(bytes=row[5]) if row[5] else None
        cls = BY_TABLE[table]
        assert issubclass(cls, Entity)
        mine = record(self.first, key) if state is not State.NEW and _is_there(self.first, key) else None
        theirs = record(self.second, key) if state is not State.DELETED and _is_there(self.second, key) else None
        if mine is None:
            state = State.NEW
        elif theirs is None and state is State.CHANGED:
            theirs = mine  # they deleted it, and it will live: only the union has it so
        undo = self._undo(n)
        fields = tuple(replace(each, author=author, undo=undo) for each in self._fields(cls, key, mine, theirs))
        name, when = who.get(n, ("", None)) if n is not None else ("", None)
        return PartDifference(
            key, table, cls.PLURAL, names.get(key, ""), state, rival, fields, name, when, author, undo
        )

    def _undo(self, n: int | None) -> uuid.UUID | None:
        """The edit that undid something and made this change."""
        found = self.index.execute("SELECT edit FROM undoing WHERE ? BETWEEN first AND last", (n,)).fetchone()
        return uuid.UUID(bytes=found[0]) if found else None

    def _fields(
        self, cls: type[Entity], key: uuid.UUID, mine: RecordRow | None, theirs: RecordRow | None
    ) -> Iterator[FieldDifference]:
        differing = dict(self.index.execute("SELECT field, rival FROM field WHERE record = ?", (key.bytes,)).fetchall())
        for each in fields_of(cls).values():
            members = self._sets.get((key, each.name), [])
            is_told = members or each.column in differing if mine and theirs else each.holds not in _ABOUT
            if is_told:
                found = self._field(cls, each, key, mine, theirs, bool(differing.get(each.column)))
                if found.mine.text or found.theirs.text:
                    yield replace(found, members=tuple(members))

    def _field(
        self,
        cls: type[Entity],
        each: Field,
        key: uuid.UUID,
        mine: RecordRow | None,
        theirs: RecordRow | None,
        rival: bool,
    ) -> FieldDifference:
        left, right = (row[each.name].value if row else None for row in (mine, theirs))
        before, text = (_words(row[each.name]) if row else "" for row in (mine, theirs))
        if rival:
            right = typed_value(cls, each.column, self._rival(key, each.column, left))
            text = display(right, titles_ever(self.second, ids_in(right)))
        claims = self._claims(cls, key, each.name)
        return FieldDifference(
            record=key,
            table=cls.__tablename__,
            name=each.name,
            column=each.column,
            mine=self._told(self.first, key, each, left, before, claims, None),
            theirs=self._told(self.second, key, each, right, text, claims, self.comparison.base),
            rival=rival,
            can_type=bool(mine and theirs and each.column and not each.identity and each.holds not in _NOT_TYPED),
        )

    def _rival(self, key: uuid.UUID, column: str, mine: FieldValue) -> Value:
        """The value that they set and that nobody replaced."""
        found = (
            driver_connection(self.second.connection())
            .execute(
                f"""SELECT u.value FROM main.change u JOIN main.changeset s ON s.k = u.changeset
                    WHERE u.record = ? AND u.field = ? AND u.op = 'U' AND u.n > ? AND {IS_HEAD}
                    ORDER BY {DISPLAY_ORDER} LIMIT 1""",
                (key.bytes, column, self.comparison.base or 0),
            )
            .fetchone()
        )
        return found[0] if found else None

    def _claims(self, cls: type[Entity], key: uuid.UUID, name: str) -> Sequence[CitedClaim]:
        """All claims on a field that either side has."""
        told: dict[uuid.UUID, CitedClaim] = {}
        for session in (self.first, self.second):
            if driver_connection(session.connection()).execute(
                f"SELECT 1 FROM {Claim.__tablename__} WHERE subject_id = ? AND property = ?", (key.bytes, name)
            ).fetchone() and _is_there(session, key):  # fmt: skip
                told |= cited_claims(session, cls, evidence_of(session, key, name).claims)
        return list(told.values())

    def _told(
        self,
        session: Session,
        key: uuid.UUID,
        each: Field,
        value: FieldValue,
        text: str,
        claims: Sequence[CitedClaim],
        base: int | None,
    ) -> Told:
        if not text:
            return Told()
        who, when = _set_by(session, key, each.column, base) if each.column else ("", None)
        saying = tuple(claim for claim in claims if claim.row.value == (canonical(value) or ""))
        return Told(text, who, when, saying)


def _words(row: FieldRow) -> str:
    """What is read in a field; a claim names its own field in one."""
    return field_words(row.name, row.text, {})


def _is_there(session: Session, key: uuid.UUID) -> bool:
    query = "SELECT 1 FROM record WHERE id = ?"
    return driver_connection(session.connection()).execute(query, (key.bytes,)).fetchone() is not None


def _set_by(session: Session, key: uuid.UUID, column: str, base: int | None) -> tuple[str, datetime | None]:
    """Who gave a field the value that it shows, and when; in a merge, who did so on their side."""
    connection = driver_connection(session.connection())
    found = connection.execute(
        """SELECT u.n FROM change u JOIN changeset s ON s.k = u.changeset
           WHERE u.record = ? AND (u.field = ? OR u.field IS NULL) AND u.op IN ('U', 'I')
           ORDER BY u.n > ? DESC, u.op DESC, s.hlc DESC, s.id DESC, u.ord DESC LIMIT 1""",
        (key.bytes, column, base or 0),
    ).fetchone()
    return author_of(connection, key.bytes, found[0]) if found else ("", None)
