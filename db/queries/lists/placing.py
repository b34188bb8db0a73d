"""Where records stand in an order that was made before they were edited, so that a list need not be made anew."""

from __future__ import annotations  # array has type parameters only from Python 3.12 on

import uuid
from array import array
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Entity
from db.queries.lists import columns
from db.queries.lists.columns import Sort
from db.queries.lists.order import sort_key
from db.queries.lists.rows import rows_of
from db.search import matching
from db.triggers import table_of


@dataclass(frozen=True, slots=True)
class Placing:
    """What edits did to an order: the pks that leave their places, and where pks come in, one after the other."""

    touched: tuple[int, ...]
    """Of those that were edited and are there."""
    gone: tuple[int, ...]
    coming: tuple[tuple[int, int], ...]
    """Place and pk, in the order in which to insert them; places count what was inserted before."""


def place_records(
    session: Session,
    cls: type[Entity],
    text: str,
    sort: Sort,
    order: array[int],
    edited: Collection[uuid.UUID],
) -> Placing:
    """How an order changes after some records were edited, added or deleted."""
    known = rows_of(session, cls, edited)
    touched = set(known.values())
    missing = _deleted(session, cls, order) if len(known) < len(edited) else []
    there = [pk for pk in touched if pk in order]
    kept = array("q", order)
    for pk in there:
        kept.remove(pk)
    coming = _places(session, cls, sort, kept, _let_through(session, cls, text, sorted(touched)))
    if len(coming) == len(there) and all(order[place] == pk for place, pk in coming):
        return Placing(tuple(touched), tuple(missing), ())
    return Placing(tuple(touched), (*missing, *there), tuple(coming))


def _deleted(session: Session, cls: type[Entity], order: Sequence[int]) -> list[int]:
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
    places = sorted((_place(session, cls, sort, order, pk), pk) for pk in pks)
    return [(place + before, pk) for before, (place, pk) in enumerate(places)]


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
