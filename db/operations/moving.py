"""Letting everything that points at one record point at another one instead.

A row that *is* what it joins (`ENDS`) cannot change its ends: it is made anew, with all that points at it, and the old
one goes. Where the same row is there already, both become one unless they say different things; then the old one stays.
"""

import uuid
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, Select, delete, insert, select, update
from sqlalchemy.orm import Session

from db.duplicates.classes import Classes
from db.identity import link_id
from db.log import driver_connection
from db.models import BY_TABLE, Acceptance, Claim, Distinction, Entity, Link, Logged
from db.models.base import Key
from db.operations.records import pointing_columns
from db.queries.titles import chunks
from db.triggers import stored_fields, table_of

JOINING = "merged_into_id"
_ONE_JUDGEMENT: tuple[type[Logged], ...] = (Acceptance, Distinction)
"""Of these the target's own stays, whatever the other one says."""


_TOLD = 50
"""Rows after which it is told how many were moved."""


class Tally:
    """How many rows were moved, told now and then."""

    def __init__(self, moved: Callable[[int], object] | None = None) -> None:
        self._moved, self._count = moved, 0

    def add(self) -> None:
        """One more."""
        self._count += 1
        if self._moved is not None and self._count % _TOLD == 0:
            self._moved(self._count)


@dataclass(frozen=True)
class Move:
    """From which record to which. Rows of the `family` keep what they say about each other."""

    session: Session
    family: Collection[uuid.UUID]
    target: uuid.UUID
    tally: Tally = field(default_factory=Tally)

    def everything_at(self, source: uuid.UUID, cls: type[Entity]) -> None:
        """Move all that points at a record of a kind: by one statement, unless rows have to be made anew."""
        for kind, column in pointing_columns(cls):
            if column.name == JOINING:
                continue
            if column.name not in kind.ENDS:
                table = table_of(kind)
                outside = (table.c[column.name] == source, table.c.id.not_in(self.family))
                self.session.execute(update(table).where(*outside).values({column.name: self.target}))
                continue
            rows = select(kind.id).where(column == source)
            used = self._used(kind, rows) if issubclass(kind, Entity) else frozenset()
            for row in self.session.scalars(rows).all():
                self._row(kind, column, row, is_used=row in used)

    def _used(self, kind: type[Entity], rows: Select[uuid.UUID]) -> frozenset[uuid.UUID]:
        """Those of the rows that anything points at, asked of all at once."""
        return frozenset(
            row
            for _, column in pointing_columns(kind)
            for row in self.session.scalars(select(column).where(column.in_(rows)).distinct())
        )

    def _row(self, kind: type[Logged], column: Column[Any], row: uuid.UUID, *, is_used: bool) -> None:
        if row in self.family:
            return
        self.tally.add()
        made = self._anew(kind, column, row)
        if made is not None:
            if is_used and issubclass(kind, Entity):
                Move(self.session, (row, made), made, self.tally).everything_at(row, kind)
            self.session.execute(delete(table_of(kind)).where(table_of(kind).c.id == row))

    def _anew(self, kind: type[Logged], column: Column[Any], row: uuid.UUID) -> uuid.UUID | None:
        """The row that says the same of the target; None where the old one has to stay."""
        values = self._values(kind, column, row)
        if values is None:
            return None
        table = table_of(kind)
        made = link_id(kind.__tablename__, *(values[end] for end in kind.ENDS))
        present = self._read(kind, made)
        if present is None:
            self.session.execute(insert(table), [{"id": made, **values}])
            return made
        more = {name: value for name, value in values.items() if value is not None and present[name] != value}
        if any(present[name] is not None for name in more):
            return made if kind in _ONE_JUDGEMENT else None
        if more:
            self.session.execute(update(table).where(table.c.id == made).values(more))
        return made

    def leaves(self, kind: type[Logged], column: Column[Any], row: uuid.UUID) -> bool:
        """Whether a row would move, and is not kept because the same row is there and says something else."""
        if row in self.family or column.name not in kind.ENDS:
            return row not in self.family
        values = self._values(kind, column, row)
        made = link_id(kind.__tablename__, *(values[end] for end in kind.ENDS)) if values else row
        return made != row and (issubclass(kind, Link) or self._read(kind, made) is None)

    def _values(self, kind: type[Logged], column: Column[Any], row: uuid.UUID) -> dict[str, Any] | None:
        """What the row says, of the target; None where it joins the records of the family with each other."""
        old = self._read(kind, row)
        values = self._ends(kind, {**(old or {}), column.name: self.target})
        return None if old is None or self._is_within(kind, values) else values

    def _read(self, kind: type[Logged], row: uuid.UUID) -> dict[str, Any] | None:
        table = table_of(kind)
        query = select(*(table.c[name] for name in stored_fields(kind))).where(table.c.id == row)
        found = self.session.execute(query).mappings().one_or_none()
        return {str(name): value for name, value in found.items()} if found else None

    def _ends(self, kind: type[Logged], values: dict[str, Any]) -> dict[str, Any]:
        """Of what has no direction, the smaller id comes first."""
        if kind is Distinction:
            first, second = sorted((values["first_id"], values["second_id"]), key=lambda key: key.bytes)
            return {**values, "first_id": first, "second_id": second}
        return values

    def _is_within(self, kind: type[Logged], values: dict[str, Any]) -> bool:
        """Whether the row joins the records of the family with each other."""
        ends = [values[end] for end in kind.ENDS if isinstance(table_of(kind).c[end].type, Key)]
        return len(ends) > 1 and all(end in self.family for end in ends)


def collapse(session: Session, owner: uuid.UUID, cls: type[Entity]) -> None:
    """Make one of parts of a record that say the very same, the one with the smallest id. Claims add up and stay."""
    for kind, column in pointing_columns(cls):
        if issubclass(kind, Entity) and column.info["owner"] and not kind.ENDS and kind is not Claim:
            table = table_of(kind)
            fields = [table.c[name] for name in stored_fields(kind)]
            kept: dict[tuple[Any, ...], uuid.UUID] = {}
            rows = session.execute(select(table.c.id, *fields).where(column == owner).order_by(table.c.id)).all()
            for row, *values in rows:
                first = kept.setdefault(tuple(values), row)
                if first != row:
                    Move(session, (first, row), first).everything_at(row, kind)
                    session.execute(delete(table).where(table.c.id == row))


def settle_among(session: Session, family: Collection[uuid.UUID], target: uuid.UUID) -> None:
    """End the conflicts of which record of a family something points at: two who joined it moved the same apart."""
    connection = driver_connection(session.connection())
    marks = ", ".join("?" * len(family))
    rivals = connection.execute(
        f"""SELECT h.record, h.field, c.kind, min(c.value), max(c.value) FROM head h JOIN change c ON c.n = h.n
            GROUP BY h.record, h.field HAVING sum(c.value IN ({marks})) = count(*) AND min(c.value) <> max(c.value)""",
        [member.bytes for member in family],
    ).fetchall()
    for record, column, kind, *values in rivals:
        table = table_of(BY_TABLE[kind])
        if column != JOINING and uuid.UUID(bytes=record) not in family:
            change = update(table).where(table.c.id == uuid.UUID(bytes=record))
            for value in (*values, target.bytes):  # only a change settles a conflict, and one of them is shown
                session.execute(change.values({column: uuid.UUID(bytes=value)}))


def left_behind(session: Session, cls: type[Entity], classes: Classes) -> Counter[uuid.UUID]:
    """How much still points at records that another one stands for and would move, by the one that stands for them."""
    others = sorted(uuid.UUID(bytes=record) for record in classes.others())
    found: Counter[uuid.UUID] = Counter()
    moves: dict[bytes, Move] = {}
    for kind, column in pointing_columns(cls):
        if column.name != JOINING:
            for chunk in chunks(others):
                for record, row in session.execute(select(column, kind.id).where(column.in_(chunk))).all():
                    canonical = classes.of(record.bytes)
                    if canonical not in moves:
                        family = {uuid.UUID(bytes=member) for member in classes.all_of(canonical)}
                        moves[canonical] = Move(session, family, uuid.UUID(bytes=canonical))
                    found[moves[canonical].target] += moves[canonical].leaves(kind, column, row)
    return found
