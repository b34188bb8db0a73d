"""Rows as the driver gives them, many at a time, which costs a tenth of what rows of SQLAlchemy do."""

from __future__ import annotations  # array has type parameters only from Python 3.12 on

from array import array
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

PIECE = 50_000


def batches(session: Session, query: Select[Any], size: int) -> Iterator[Sequence[tuple[Any, ...]]]:
    """The rows of a query in lists of some length."""
    cursor = session.connection().execute(query).cursor
    assert cursor is not None
    while batch := cursor.fetchmany(size):
        yield batch


def fetched(session: Session, query: Select[Any], size: int) -> Iterator[tuple[Any, ...]]:
    """The rows of a query one by one."""
    for batch in batches(session, query, size):
        yield from batch


def pieces(session: Session, query: Select[int]) -> Iterator[array[int]]:
    """The pks that a query gives, in arrays."""
    for batch in batches(session, query, PIECE):
        yield array("q", [pk for (pk,) in batch])
