"""The first rows of something that may be long, and how many there are in all."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

T = TypeVar("T")
FIRST = 25
"""How many rows a record's page shows before somebody asks for more."""


@dataclass(frozen=True, slots=True)
class Portion(Generic[T]):
    """Rows, and how many there would be without a limit."""

    rows: tuple[T, ...]
    count: int


def fetch(session: Session, query: Select[*tuple[Any, ...]], limit: int) -> tuple[list[Row[*tuple[Any, ...]]], int]:
    """The first rows of a query, and how many it has."""
    rows = list(session.execute(query.limit(limit)).all())
    if len(rows) < limit:
        return rows, len(rows)
    return rows, session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
