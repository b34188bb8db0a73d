"""Where records stand in an order that was made before they were edited, so that a list need not be made anew."""

from __future__ import annotations  # array has type parameters only from Python 3.12 on

import re
import sys
import uuid
from array import array
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from db.models import Change, Entity
from db.queries.lists import columns
from db.queries.lists.batches import PIECE, fetched
from db.queries.lists.columns import Sort
from db.queries.lists.order import sort_key
from db.queries.lists.rows import ListRow, rows, rows_of
from db.search import listed
from db.triggers import table_of

_MOST_ROWS = 16
"""Edited rows that are read along; of more, the list reads those that it shows."""
_WAYS = 32
"""Records that one step of the search for a place compares with: four steps are enough for a million."""
_FEW = 12
"""Places that are looked for one by one."""


@dataclass(frozen=True, slots=True)
class Placing:
    """What edits did to an order: the places that are left, from the last to the first, then where pks come in."""

    leaving: tuple[int, ...] = ()
    coming: tuple[tuple[int, int], ...] = ()
    """Place and pk, in the order in which to insert them; places count what was inserted before."""


def place_records(
    session: Session,
    cls: type[Entity],
    text: str,
    sort: Sort,
    order: array[int],
    edited: Collection[uuid.UUID],
    shown: Collection[str] = (),
) -> Iterator[tuple[ListRow, ...] | Placing]:
    """What was edited as it is now, at once; then how the order changes."""
    touched = sorted(rows_of(session, cls, edited).values())
    yield tuple(row for row in rows(session, cls, touched[:_MOST_ROWS], shown) if row)
    gone = _deleted(session, cls, order) if _has_deletion(session, cls, edited) else []
    leaving = sorted(places_of(order, [*touched, *gone]), reverse=True)
    fitting = _let_through(session, cls, text, touched)
    if not leaving and not fitting:
        yield Placing()
        return
    kept = array("q", order)
    for place in leaving:
        kept.pop(place)
    coming = _places(session, cls, sort, kept, fitting)
    yield Placing() if kept == order else Placing(tuple(leaving), tuple(coming))


def place_of(order: array[int], pk: int) -> int | None:
    """Where a pk stands in an order. Bytes are searched five times as fast as numbers."""
    wanted = re.compile(re.escape(pk.to_bytes(order.itemsize, sys.byteorder, signed=True)))
    starts = (found.start() for found in wanted.finditer(memoryview(order)))
    return next((start // order.itemsize for start in starts if start % order.itemsize == 0), None)


def places_of(order: array[int], pks: Collection[int]) -> list[int]:
    """Where those of the pks stand that are in an order."""
    if len(pks) <= _FEW:
        return [place for pk in pks if (place := place_of(order, pk)) is not None]
    wanted = set(pks)
    return [place for place, pk in enumerate(order) if pk in wanted]


def _has_deletion(session: Session, cls: type[Entity], edited: Collection[uuid.UUID]) -> bool:
    query = select(Change.n).where(Change.op == "D", Change.record.in_(edited), Change.kind == cls.__tablename__)
    return session.scalar(query.limit(1)) is not None


def _deleted(session: Session, cls: type[Entity], order: Sequence[int]) -> list[int]:
    """The pks of an order that are in the file no more: a deleted record has left nothing that tells its own."""
    pk = table_of(cls).c.pk
    is_there = bytearray(1 + max(session.scalar(select(func.max(pk))) or 0, max(order, default=0)))
    for (number,) in fetched(session, select(pk), PIECE):
        is_there[number] = True
    return [number for number in order if not is_there[number]]


def _let_through(session: Session, cls: type[Entity], text: str, pks: Sequence[int]) -> list[int]:
    pk = table_of(cls).c.pk
    query = select(pk).where(pk.in_(pks))
    where = listed(cls, text)
    return list(session.scalars(query if where is None else query.where(where)))


def _places(
    session: Session, cls: type[Entity], sort: Sort, order: array[int], pks: Sequence[int]
) -> list[tuple[int, int]]:
    places = []
    query = _sorted(cls, sort) if sort.column != columns.CHANGED else None
    for pk in pks:
        place = (0 if sort.descending else len(order)) if query is None else _place(session, query, order, pk)
        order.insert(place, pk)
        places.append((place, pk))
    return places


def _place(session: Session, query: Select[int], order: array[int], pk: int) -> int:
    """Where a pk belongs: between which of some records in equal distances, then between which of those between."""
    low, high = 0, len(order)
    while low < high:
        samples = {order[place]: place for place in range(low, high, max(1, (high - low) // _WAYS))}
        found: list[int] = list(session.scalars(query, {"pks": [*samples, pk]}))
        middle = found.index(pk)
        if len(found) == 1:  # none of them is in the file any more
            break
        if middle + 1 < len(found):
            high = samples[found[middle + 1]]
        if middle:
            low = samples[found[middle - 1]] + 1
    return low


def _sorted(cls: type[Entity], sort: Sort) -> Select[int]:
    """Some pks in order: SQLite itself is asked, because only it compares as it sorts."""
    pk, key = table_of(cls).c.pk, sort_key(cls, sort.column)
    direction: tuple[Any, ...] = (key.desc(), pk.desc()) if sort.descending else (key, pk)
    return select(pk).where(pk.in_(bindparam("pks", expanding=True))).order_by(key.is_(None), *direction)
