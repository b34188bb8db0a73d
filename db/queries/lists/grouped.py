"""The order of what is worked out for each record: one walk through all of them, which tells how far it is.

SQLite would work it out twice, for the first rows and for all, keep every key in memory, and tell nothing meanwhile.
"""

from __future__ import annotations  # array has type parameters only from Python 3.12 on

from array import array
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session

from db.models import Entity
from db.queries.agreements import RANKS
from db.queries.lists import columns
from db.queries.lists.batches import PIECE, batches
from db.queries.lists.columns import Sort, columns_of
from db.queries.lists.order import LAST_OF_EVIDENCE, sort_key
from db.triggers import table_of

HEAD = 200
"""Rows that are shown at once: more than any screen has."""
_STRETCH = 5_000
"""Records between two words on how far it is."""
_ENDS: dict[str, tuple[Any, Any]] = {
    columns.STATUS: (0, len(RANKS) - 1),
    columns.EVIDENCE: (0, LAST_OF_EVIDENCE),
    columns.CITATIONS: (0, None),
}
"""The keys that come first and last, where that is known: their records are in order as they are found."""


class Share(float):
    """How much of the records was looked at."""


def is_worked_out(cls: type[Entity], name: str) -> bool:
    """Whether a column is sorted by what other tables say of each record, and not by a column of its own."""
    field = columns_of(cls)[name].field
    own = (columns.TITLE, columns.ENTERED, columns.CHANGED)
    return name not in own if field is None else field.link is not None


def by_group(
    session: Session, cls: type[Entity], where: ColumnElement[bool] | None, order: Sort
) -> Iterator[array[int] | Share]:
    """The pks by key, and among equals as they were entered; those without a value last in either direction."""
    pk = table_of(cls).c.pk
    query = select(pk, _key(cls, order.column)).where(true() if where is None else where)
    most: int = session.scalar(select(func.max(pk))) or 1
    groups: dict[Any, array[int]] = {}
    first, told = _ENDS.get(order.column, (None, None))[order.descending], 0
    for batch in batches(session, query.order_by(pk.desc() if order.descending else pk), _STRETCH):
        for number, key in batch:
            groups.setdefault(key, array("q")).append(number)
        if first is not None and not told and len(groups.get(first, ())) >= HEAD:
            told = len(groups[first])
            yield groups[first][:]
        yield Share(abs(batch[-1][0] - (most if order.descending else 0)) / most)
    if told:
        groups[first] = groups[first][told:]
    yield from _in_order(groups, order.descending)


def _key(cls: type[Entity], name: str) -> ColumnElement[Any]:
    """The key, such that Python sorts it as SQLite does: the words of sets are compared without their case."""
    key = sort_key(cls, name)
    return key if columns_of(cls)[name].field is None else func.lower(key)


def _in_order(groups: dict[Any, array[int]], descending: bool) -> Iterator[array[int]]:
    """The groups one after the other, in pieces."""
    piece = array("q")
    for key in [*sorted((key for key in groups if key is not None), reverse=descending), None]:
        piece.extend(groups.pop(key, ()))
        if len(piece) >= PIECE:
            yield piece
            piece = array("q")
    yield piece
