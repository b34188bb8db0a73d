"""What editing left behind: fields that two people set apart, and dates that could not be read."""

from collections.abc import Iterator
from functools import cache

from db.fields import FieldType, fields_of
from db.models import Entity
from db.models.vocabulary import FindingKind
from db.review.scope import Hits, Scope, has_any, hit

_UNREAD = "|||"
"""What a stored date begins with that is only text (`db.dates.column`)."""


def conflicts(scope: Scope) -> Iterator[Hits]:
    """Fields with several current values. Its basis: the values."""
    if not has_any(scope.connection, "head"):
        return
    rivals: dict[tuple[bytes, str], set[object]] = {}
    query = "SELECT h.record, h.field, c.value FROM head h JOIN change c ON c.n = h.n WHERE h.record IN ({ids})"
    for record, field, value in scope.rows(query):
        rivals.setdefault((record, field), set()).add(value)
    for (record, field), values in rivals.items():
        if len(values) > 1:
            basis = (field, *sorted(values, key=lambda value: (str(type(value)), value)))
            yield hit(FindingKind.CONFLICT, record, field.removesuffix("_id"), basis)


def unread_dates(scope: Scope) -> Iterator[Hits]:
    """Dates that are kept as text. Its basis: the text."""
    dates = _date_columns(scope.cls)
    if not dates:
        return
    unread = " OR ".join(f"+{column} >= '|'" for column in dates)
    for record, *values in scope.rows(
        f"SELECT id, {', '.join(dates)} FROM {scope.table} WHERE id IN ({{ids}}) AND ({unread})"
    ):
        for column, value in zip(dates, values, strict=True):
            if value is not None and value.startswith(_UNREAD):
                yield hit(FindingKind.UNREAD_DATE, record, column, (value.removeprefix(_UNREAD),))


@cache
def _date_columns(cls: type[Entity]) -> tuple[str, ...]:
    return tuple(field.column for field in fields_of(cls).values() if field.holds is FieldType.DATE)
