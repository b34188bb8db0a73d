"""Records that may be one, side by side: every field of each, what a join would show, and what hangs on each."""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.duplicates.classes import classes_of, rank
from db.duplicates.finder import Pair, kind_of_both, pair_of
from db.errors import InvalidValue
from db.fields import Field, FieldType, FieldValue, fields_of
from db.log import driver_connection
from db.models import Distinction, Entity, Organization, Person
from db.operations.joining import SAME_AS, strictest
from db.operations.moving import JOINING
from db.operations.records import pointing_columns
from db.queries.records import RecordRow, display, record, referenced_titles

MOST = 12
"""Records that are joined in one go."""
_MARKING = "marking"
_EMPTY: tuple[FieldValue, ...] = (None, "", frozenset())
_AGREEMENTS = {
    Person: """SELECT count(DISTINCT a.agreement_id) FROM signatory s JOIN party_action a ON a.id = s.action_id
               WHERE s.person_id = ?""",
    Organization: "SELECT count(DISTINCT agreement_id) FROM party WHERE organization_id = ?",
}
"""In how many agreements one takes part, where nothing of the agreement points at it itself."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the records. `counts` are plurals of kinds and how many of them hang on it, the most first."""

    id: uuid.UUID
    title: str
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class FieldSides:
    """One field of all of them. `texts` has it in words, in the order of the records."""

    name: str
    texts: tuple[str, ...]
    is_same: bool
    shown: int | None
    """Which of them a join shows unless told otherwise; None: all of them put `together`."""
    together: str = ""
    can_choose: bool = True


@dataclass(frozen=True, slots=True)
class Sides:
    """Records side by side, the one that would stand for all first. `pair`: what speaks for it, where they are two."""

    kind: str
    sides: tuple[Side, ...]
    fields: tuple[FieldSides, ...]
    pair: Pair | None


def side_by_side(session: Session, records: Sequence[uuid.UUID]) -> Sides:
    """Everything of some records that might be one. Raises RecordNotFound, and InvalidValue where they cannot be."""
    cls = kind_of_both(session, *records)
    classes = classes_of(session, cls)
    keys = sorted({classes.of(key.bytes) for key in records}, key=rank)
    if len(keys) < 2:
        raise InvalidValue("These are the same record already. Nothing was changed.")
    if len(keys) > MOST:
        raise InvalidValue(f"At most {MOST} records are joined in one go; these are {len(keys)}.")
    rows = [record(session, uuid.UUID(bytes=key)) for key in keys]
    named = [field for field in fields_of(cls).values() if field.name != SAME_AS]
    told = [each for field in named if (each := _field(session, field, rows)) is not None]
    pair = pair_of(session, rows[0].id, rows[1].id) if len(rows) == 2 else None
    return Sides(cls.PLURAL, tuple(_side(session, cls, row) for row in rows), tuple(told), pair)


def _field(session: Session, field: Field, rows: Sequence[RecordRow]) -> FieldSides | None:
    """None where nobody says anything."""
    values = [row[field.name].value for row in rows]
    if all(value in _EMPTY for value in values):
        return None
    texts = tuple(row[field.name].text for row in rows)
    is_same = all(value == values[0] or (value in _EMPTY and values[0] in _EMPTY) for value in values)
    first = next(place for place, value in enumerate(values) if value not in _EMPTY)
    can_choose = not field.identity and field.holds is not FieldType.CONTENT
    together = "" if is_same else _together(session, field, rows)
    return FieldSides(field.name, texts, is_same, None if together else first, together, can_choose)


def _together(session: Session, field: Field, rows: Sequence[RecordRow]) -> str:
    """The members of a set put together, or the strictest marking; empty for what cannot be put together."""
    values = [row[field.name].value for row in rows]
    if field.name == _MARKING:
        return display(strictest(session, values), {})
    sets = [value for value in values if isinstance(value, frozenset)]
    return display(frozenset().union(*sets), referenced_titles(session, rows)) if sets else ""


def _side(session: Session, cls: type[Entity], row: RecordRow) -> Side:
    counts: Counter[str] = Counter()
    for kind, column in pointing_columns(cls):
        if issubclass(kind, Entity) and kind is not Distinction and column.name != JOINING:
            counts[kind.PLURAL] += session.scalar(select(func.count()).where(column == row.id)) or 0
    if cls in _AGREEMENTS:
        query = driver_connection(session.connection()).execute(_AGREEMENTS[cls], (row.id.bytes,))
        counts["agreements"] += query.fetchone()[0]
    return Side(row.id, row.title, tuple((kind, count) for kind, count in counts.most_common() if count))


def taken(sides: Sides, chosen: Mapping[str, int | None]) -> dict[str, uuid.UUID]:
    """What to tell `join` so that it shows what was chosen: by field, whose value; None puts together."""
    take = {}
    for field in sides.fields:
        place = chosen.get(field.name, field.shown)
        if field.can_choose and not field.is_same and place is not None:
            take[field.name] = sides.sides[place].id
    return take
