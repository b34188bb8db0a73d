"""The order of a list as slices of pks: the first ones as soon as they are known, then all of them in pieces."""

from __future__ import annotations  # array has type parameters only from Python 3.12 on

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select, true, union_all
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import UnaryExpression
from sqlalchemy.sql.operators import custom_op

from db.models import Agreement, Entity, PartyAction
from db.queries.agreements import actions_to, has_come
from db.queries.lists import columns
from db.queries.lists.batches import fetched, pieces
from db.queries.lists.changed import by_last_change
from db.queries.lists.columns import Sort, columns_of
from db.queries.lists.grouped import HEAD, Share, by_group, is_worked_out
from db.queries.lists.order import sort_key
from db.search import listed
from db.triggers import table_of

Where = ColumnElement[bool] | None
_DEEDS = 600


@dataclass(frozen=True, slots=True)
class Slice:
    """The pks from one place in the order on. After the last slice the list is whole."""

    start: int
    pks: array[int]
    is_last: bool = False
    share: float | None = None
    """How much of all records was looked at, where that takes a while; such a slice brings no pks."""


def snapshot(session: Session, cls: type[Entity], text: str = "", sort: Sort | None = None) -> Iterator[Slice]:
    """The records that a filter lets through, in order. Raises FilterError where the text is no filter."""
    order = sort or Sort()
    found: Iterator[array[int] | Share]
    where, alone = (listed(cls, text), None) if text.strip() else (None, listed(cls))
    assert order.column in columns_of(cls), order
    match order.column:
        case columns.CHANGED:
            found = by_last_change(session, cls, _all_of(where, alone), order.descending)
        case name if is_worked_out(cls, name):
            found = _worked_out(session, cls, _all_of(where, alone), order)
        case _:
            found = _by_key(session, cls, where, order, alone)
    return _slices(found)


def comes_late(cls: type[Entity], order: Sort) -> bool:
    """Whether even the first rows of an order can take seconds in a large file."""
    if order.column == columns.CHANGED:
        return not order.descending
    return is_worked_out(cls, order.column) and order.column not in columns.DAYS


def _slices(found: Iterator[array[int] | Share]) -> Iterator[Slice]:
    """Pieces that follow each other, told by their places; the last is held back until it is known to be that."""
    start, held = 0, array("q")
    for piece in found:
        if isinstance(piece, Share):
            yield Slice(start, array("q"), share=piece)
        elif piece:
            if held:
                yield Slice(start, held)
                start += len(held)
            held = piece
            if start == 0:
                yield Slice(0, held)
                start, held = len(held), array("q")
    yield Slice(start, held, is_last=True)


def _all_of(*conditions: Where) -> ColumnElement[bool]:
    return and_(true(), *(condition for condition in conditions if condition is not None))


def _by_key(session: Session, cls: type[Entity], where: Where, order: Sort, alone: Where) -> Iterator[array[int]]:
    """By an SQL key: the first rows by themselves, which an index or a short search finds, then everything.

    What a filter lets through is found first and sorted then: to walk an index and test each row costs ten times that.
    """
    skipped = 0
    if where is None:
        head = array("q")
        for query in _in_order(cls, where, order, alone):
            head.extend(pk for (pk,) in fetched(session, query.limit(HEAD - len(head)), HEAD))
        yield head
        if len(head) < HEAD:
            return
        skipped = HEAD
    for query in _in_order(cls, where, order, alone):
        for piece in pieces(session, query):
            yield piece[skipped:]
            skipped = max(0, skipped - len(piece))


def _worked_out(session: Session, cls: type[Entity], where: Where, order: Sort) -> Iterator[array[int] | Share]:
    """By what other tables say of each record; the first days are found by themselves."""
    head = _first_by_day(session, where, order) if order.column in columns.DAYS else None
    skipped = len(head or ())
    if head:
        yield head
    for piece in by_group(session, cls, where, order):
        if isinstance(piece, Share):
            yield piece
        else:
            yield piece[skipped:]
            skipped = max(0, skipped - len(piece))


def _in_order(cls: type[Entity], where: Where, order: Sort, alone: Where) -> Iterator[Select[int]]:
    """The records with a value in order, then those without, so that an index serves the first and none sorts last."""
    table, key = table_of(cls), sort_key(cls, order.column)
    condition = _all_of(where, alone)
    by = _unindexed(key, where)
    pk = table.c.pk
    present = select(pk).where(condition).order_by(*((by.desc(), pk.desc()) if order.descending else (by, pk)))
    if order.column in (columns.TITLE, columns.ENTERED):
        yield present
        return
    yield present.where(key.is_not(None))
    yield select(pk).where(condition, key.is_(None)).order_by(pk.desc() if order.descending else pk)


def _unindexed(key: ColumnElement[Any], where: Where) -> ColumnElement[Any]:
    """A key that no index serves, where only some records are sorted."""
    return key if where is None else UnaryExpression(key, operator=custom_op("+"))


def _first_by_day(session: Session, where: Where, order: Sort) -> array[int] | None:
    """The agreements whose day comes first, found among those with the first deeds in the index of deeds by day.

    None where these are not enough to be sure.
    """
    table, key = table_of(Agreement), sort_key(Agreement, order.column)
    deed = table_of(PartyAction)
    direction = deed.c.date.desc() if order.descending else deed.c.date
    arms = [
        select(deed.c.agreement_id, deed.c.date)
        .where(deed.c.action == action, *has_come(deed.c.date))
        .order_by(direction)
        .limit(_DEEDS)
        .subquery()
        for action in actions_to(columns.DAYS[order.column])
    ]
    near = union_all(*(select(arm.c.agreement_id) for arm in arms))
    edge = func.min if order.descending else func.max
    bounds = [
        session.execute(select(func.count(), edge(arm.c.date, type_=None)).select_from(arm)).one() for arm in arms
    ]
    full = [str(bound) for count, bound in bounds if count == _DEEDS]
    query = select(table.c.pk, key.label("day")).where(table.c.id.in_(near), true() if where is None else where)
    found = [(day, pk) for pk, day in session.execute(query) if day is not None and _is_within(day, full, order)]
    found.sort(reverse=order.descending)
    return array("q", [pk for _, pk in found[:HEAD]]) if found else None


def _is_within(day: str, bounds: list[str], order: Sort) -> bool:
    """Whether all that comes before a day is known: it lies before the last deed that was looked at."""
    return all(day > bound if order.descending else day < bound for bound in bounds)
