"""Joining records that were entered twice: one of them stands for all, and everything is found at it."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from db.duplicates.classes import classes_of, rank
from db.duplicates.finder import kind_of_both
from db.errors import InvalidValue
from db.fields import Field, FieldType, FieldValue, field_of, fields_of
from db.identity import link_id
from db.models import ENTITIES, Acceptance, CaseFile, Distinction, Entity, OtherName
from db.models.base import Duplicable
from db.models.vocabulary import Tlp
from db.operations.moving import Move, Tally, collapse, left_behind, settle_among
from db.operations.records import set_fields
from db.queries.records import values_of
from db.queries.titles import titles
from db.triggers import table_of

SAME_AS = "merged_into"
_MARKING = "marking"
Rows = Mapping[uuid.UUID, Mapping[str, FieldValue]]


@dataclass(frozen=True, slots=True)
class Joined:
    """What a join made: the record that stands for all, and those that it stands for."""

    canonical: uuid.UUID
    others: tuple[uuid.UUID, ...]


def join(
    session: Session,
    records: Sequence[uuid.UUID],
    take: Mapping[str, uuid.UUID] | None = None,
    moved: Callable[[int], object] | None = None,
) -> Joined:
    """Make one of several records of a kind, with all that they were joined with before.

    The canonical one is the smallest id (`db.duplicates.classes.rank`), so that it does not matter who joins what in
    which order. A field shows its value; where it has none, that of the next; `take` says which record's a field shows
    instead. Sets are put together. Other titles become other names, and whatever points at the others points at it.
    The others stay, each with its own values, and say what they are the same as. Joining again finishes what two
    people did apart. `moved` is told now and then how many rows were moved one by one.

    Raises RecordNotFound, and InvalidValue where the records cannot be one or `take` names another one.
    """
    cls = kind_of_both(session, *records)
    classes = classes_of(session, cls)
    together = {member for record in records for member in classes.all_of(record.bytes)}
    family = [uuid.UUID(bytes=member) for member in sorted(together, key=rank)]
    if len(family) < 2:
        raise InvalidValue("A record cannot be joined with itself. Nothing was changed.")
    rows = values_of(session, cls, family)
    chosen = _chosen(session, cls, family, rows, take or {})
    canonical, *others = family
    _forget_judgements(session, family, chosen)
    move = Move(session, frozenset(family), canonical, Tally(moved))
    for other in others:
        move.everything_at(other, cls)
    settle_among(session, family, canonical)
    shown = {name: rows[source][name] for name, source in chosen.items() if _is_set_by_hand(cls, name, take or {})}
    set_fields(
        session, canonical, shown | {_MARKING: _marking(session, family, rows, chosen, take or {}), SAME_AS: None}
    )
    _keep_titles(session, cls, canonical, [rows[member] for member in family], shown)
    collapse(session, canonical, cls)
    for other in others:
        set_fields(session, other, {SAME_AS: canonical})
    return Joined(canonical, tuple(others))


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Joined records of which somebody who did not know it said more, or that were joined apart: join them again."""

    kind: str
    """The plural of their kind."""
    canonical: uuid.UUID
    others: tuple[uuid.UUID, ...]
    title: str
    left: int
    """How much still belongs to the others."""


def unfinished(session: Session, cls: type[Entity]) -> list[Unfinished]:
    """The joined records of a kind that are not wholly one yet."""
    classes = classes_of(session, cls)
    left = left_behind(session, cls, classes)
    table = table_of(cls)
    towards = {
        record.bytes: target.bytes
        for record, target in session.execute(
            select(table.c.id, table.c.merged_into_id).where(table.c.merged_into_id.is_not(None))
        )
    }
    straight = {other: classes.of(other) for other in classes.others()}
    odd = {classes.of(record) for record, target in (towards.items() ^ straight.items())}
    names = titles(session, {uuid.UUID(bytes=record) for record in classes.members})
    found = []
    for record, members in classes.members.items():
        canonical, *others = (uuid.UUID(bytes=member) for member in members)
        if others and (record in odd or left[canonical]):
            found.append(Unfinished(cls.PLURAL, canonical, tuple(others), names.get(canonical, ""), left[canonical]))
    return found


def finish_joining(session: Session, moved: Callable[[int], object] | None = None) -> int:
    """Join again whatever is not wholly one yet, of every kind; give how many records that were."""
    left = all_unfinished(session)
    for each in left:
        join(session, [each.canonical, *each.others], moved=moved)
    return len(left)


def all_unfinished(session: Session) -> list[Unfinished]:
    """The joined records of every kind that are not wholly one yet."""
    return [each for cls in ENTITIES if issubclass(cls, Duplicable) for each in unfinished(session, cls)]


def _chosen(
    session: Session, cls: type[Entity], family: Sequence[uuid.UUID], rows: Rows, take: Mapping[str, uuid.UUID]
) -> dict[str, uuid.UUID]:
    """The record that each field takes its value from."""
    for name, source in take.items():
        if field_of(cls, name).name == SAME_AS:
            raise InvalidValue(f"“{SAME_AS}” is what joining sets. It cannot be taken.")
        if source not in family:
            raise InvalidValue(f"“{name}” can be taken from one of the records that are joined, not from {source}.")
    chosen = {}
    for name in fields_of(cls).keys() - {SAME_AS}:
        having = (member for member in family if rows[member][name] not in (None, "", frozenset()))
        chosen[name] = take.get(name) or next(having, family[0])
    return chosen


def _is_set_by_hand(cls: type[Entity], name: str, take: Mapping[str, uuid.UUID]) -> bool:
    """Whether a field is written: the members of a set have been moved, unless one record's are taken."""
    field = fields_of(cls)[name]
    return name != _MARKING and not field.identity and (field.link is None or name in take)


def _marking(
    session: Session,
    family: Sequence[uuid.UUID],
    rows: Rows,
    chosen: Mapping[str, uuid.UUID],
    take: Mapping[str, uuid.UUID],
) -> FieldValue:
    """The strictest of all, because what is known of one is known of the other, unless one was chosen."""
    if _MARKING in take:
        return rows[chosen[_MARKING]][_MARKING]
    return strictest(session, [rows[member][_MARKING] for member in family])


def strictest(session: Session, markings: Sequence[FieldValue]) -> FieldValue:
    """Of several markings the one that lets a record be shared least; without one, the file's default holds."""
    order = list(Tlp)
    default = session.scalar(select(CaseFile.default_marking).order_by(CaseFile.pk))

    def strictness(marking: FieldValue) -> int:
        meant = marking or default
        return order.index(Tlp(str(meant))) if meant else -1

    return max(markings, key=strictness)


def _forget_judgements(session: Session, family: Sequence[uuid.UUID], chosen: Mapping[str, uuid.UUID]) -> None:
    """Take away what was accepted for values that are not shown, and that these records were told apart."""
    accepted = select(Acceptance.id, Acceptance.subject_id, Acceptance.property).where(
        Acceptance.subject_id.in_(family)
    )
    for row, subject, name in session.execute(accepted).all():
        if chosen.get(name, subject) != subject:
            session.execute(delete(table_of(Acceptance)).where(table_of(Acceptance).c.id == row))
    apart = table_of(Distinction)
    session.execute(delete(apart).where(apart.c.first_id.in_(family), apart.c.second_id.in_(family)))


def _keep_titles(
    session: Session,
    cls: type[Entity],
    canonical: uuid.UUID,
    rows: Sequence[Mapping[str, FieldValue]],
    shown: Mapping[str, FieldValue],
) -> None:
    """Keep what the others were called as other names, under ids that all who join the same make alike."""
    field = fields_of(cls)[cls.TITLE[0]]
    if not _is_text(field):
        return
    known = {shown[field.name], *session.scalars(select(OtherName.name).where(OtherName.record_id == canonical))}
    told = dict.fromkeys(str(row[field.name]) for row in rows if row[field.name] not in known)
    names: list[dict[str, Any]] = [
        {"id": link_id(OtherName.__tablename__, canonical, title), "record_id": canonical, "name": title}
        for title in told
    ]
    there = set(session.scalars(select(OtherName.id).where(OtherName.id.in_([name["id"] for name in names]))))
    fresh = [name for name in names if name["id"] not in there]
    if fresh:
        session.execute(insert(table_of(OtherName)), fresh)


def _is_text(field: Field) -> bool:
    return field.holds in (FieldType.TEXT, FieldType.LONG_TEXT)
