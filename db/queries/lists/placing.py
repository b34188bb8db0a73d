"""Where records stand in an order that was made before they were edited, so that a list need not be made anew."""

from __future__ import annotations  # array has type parameters only from Python 3.12 on

import uuid
from array import array
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Change, Entity
from db.queries.lists import columns
from db.queries.lists.columns import Sort
from db.queries.lists.order import sort_key
from db.queries.lists.rows import ListRow, rows, rows_of
from db.search import matching
from db.triggers import table_of

_MOST_ROWS = 16
"""Edited rows that are read along; of more, the list reads those that it shows."""


@dataclass(frozen=True, slots=True)
class Placing:
    """What edits did to an order: the places that are left, from the last to the first, then where pks come in."""

    leaving: tuple[int, ...] = ()
    coming: tuple[tuple[int, int], ...] = ()
    """Place and pk, in the order in which to insert them; places count what was inserted before."""
    rows: tuple[ListRow, ...] = ()
    """What was edited and is there, as it is now."""


def place_records(
    session: Session,
    cls: type[Entity],
    text: str,
    sort: Sort,
    order: array[int],
    edited: Collection[uuid.UUID],
    shown: Collection[str] = (),
) -> Placing:
    """How an order changes after some records were edited, added or deleted."""
    touched = sorted(rows_of(session, cls, edited).values())
    gone = _deleted(session, cls, order) if _has_deletion(session, cls, edited) else []
    leaving = sorted([order.index(pk) for pk in (*touched, *gone) if pk in order], reverse=True)
    kept = array("q", order)
    for place in leaving:
        kept.pop(place)
    coming = _places(session, cls, sort, kept, _let_through(session, cls, text, touched))
    fresh = tuple(row for row in rows(session, cls, touched[:_MOST_ROWS], shown) if row)
    return Placing(rows=fresh) if kept == order else Placing(tuple(leaving), tuple(coming), fresh)


def _has_deletion(session: Session, cls: type[Entity], edited: Collection[uuid.UUID]) -> bool:
    query = select(Change.n).where(Change.op == "D", Change.record.in_(edited), Change.kind == cls.__tablename__)
    return session.scalar(query.limit(1)) is not None


def _deleted(session: Session, cls: type[Entity], order: Sequence[int]) -> list[int]:
    """The pks of an order that are in the file no more: a deleted record has left nothing that tells its own."""
    there = set(session.scalars(select(table_of(cls).c.pk)))
    return [pk for pk in order if pk not in there]


def _let_through(session: Session, cls: type[Entity], text: str, pks: Sequence[int]) -> list[int]:
    pk = table_of(cls).c.pk
    query = select(pk).where(pk.in_(pks))
    return list(session.scalars(query.where(matching(cls, text)) if text.strip() else query))


def _places(
    session: Session, cls: type[Entity], sort: Sort, order: array[int], pks: Sequence[int]
) -> list[tuple[int, int]]:
    """By binary search, some twenty keys for each record in a million."""
    places = []
    for pk in pks:
        place = _place(session, cls, sort, order, pk)
        order.insert(place, pk)
        places.append((place, pk))
    return places


def _place(session: Session, cls: type[Entity], sort: Sort, order: array[int], pk: int) -> int:
    if sort.column == columns.CHANGED:
        return 0 if sort.descending else len(order)
    low, high = 0, len(order)
    while low < high:
        middle = (low + high) // 2
        if _comes_before(session, cls, sort, pk, order[middle]):
            high = middle
        else:
            low = middle + 1
    return low


def _comes_before(session: Session, cls: type[Entity], sort: Sort, first: int, second: int) -> bool:
    """Asked of SQLite itself, because only it compares as it sorts."""
    pk, key = table_of(cls).c.pk, sort_key(cls, sort.column)
    direction: tuple[Any, ...] = (key.desc(), pk.desc()) if sort.descending else (key, pk)
    query = select(pk).where(pk.in_([first, second])).order_by(key.is_(None), *direction).limit(1)
    return session.scalar(query) == first
