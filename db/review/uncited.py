"""Facts that lack a source (`db.facts` says which do), read for many records at once."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from db.facts import WHOLE, lacking
from db.fields import Field, fields_of
from db.models import Statement
from db.models.vocabulary import FindingKind
from db.review.scope import Hits, Scope, select
from db.triggers import stored_fields


def uncited(scope: Scope) -> Iterator[Hits]:
    """Facts without a source. Basis: the value; the members of a set; all that is stored of a record as a whole."""
    for name, found in lacking_at(scope).items():
        if name == WHOLE:
            kind = FindingKind.NO_SOURCE if scope.cls is Statement else FindingKind.UNCITED
            yield Hits(kind, WHOLE, _stored(scope, list(found)))
        elif field := _set(scope, name):
            members = _members(scope, field, list(found))
            yield Hits(FindingKind.UNCITED, name, {record: (frozenset(each),) for record, each in members.items()})
        else:
            yield Hits(FindingKind.UNCITED, name, {record: (value,) for record, value in found.items()})


def lacking_at(scope: Scope) -> dict[str, dict[bytes, Any]]:
    """The records at which each fact lacks a source, by its name, with the value of what is a column."""
    conditions = lacking(scope.cls)
    if not conditions:
        return {}
    told = [f"CASE WHEN {condition} THEN {_column(scope, name)} END" for name, condition in conditions.items()]
    found: dict[str, dict[bytes, Any]] = {name: {} for name in conditions}
    for record, *values in scope.rows(f"SELECT id, {', '.join(told)} FROM {scope.table} WHERE id IN ({{ids}})"):
        for name, value in zip(conditions, values, strict=True):
            if value is not None:
                found[name][record] = value
    return found


def _column(scope: Scope, name: str) -> str:
    field = fields_of(scope.cls).get(name)
    return (field.column if field else "") or "1"


def _set(scope: Scope, name: str) -> Field | None:
    field = fields_of(scope.cls)[name]
    return field if field.link else None


def _stored(scope: Scope, records: list[bytes]) -> dict[bytes, tuple[Any, ...]]:
    columns = [name for name in stored_fields(scope.cls) if name != "marking"]
    query = f"SELECT {', '.join(['id', *columns])} FROM {scope.table} WHERE id IN ({{ids}})"
    return {row[0]: row[1:] for row in select(scope.connection, query, records)}


def _members(scope: Scope, field: Field, records: list[bytes]) -> dict[bytes, list[Any]]:
    assert field.link is not None
    owner, *ends = field.link.ENDS
    member = f"coalesce({', '.join(ends)})" if len(ends) > 1 else ends[0]
    query = f"SELECT {owner}, {member} FROM {field.link.__tablename__} WHERE {owner} IN ({{ids}})"
    members: dict[bytes, list[Any]] = defaultdict(list)
    for record, each in select(scope.connection, query, records):
        members[record].append(each)
    return members
