"""Facts that no claim is about (`db.review.facts` says what is one), read for many records at once."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from db.fields import Field
from db.models import Link, Statement
from db.models.base import Duplicable
from db.models.vocabulary import FindingKind
from db.review.facts import FACTS, SAYS_NOTHING, WHOLE, Facts, fact_columns, fact_sets
from db.review.scope import Hits, Row, Scope
from db.triggers import stored_fields


@dataclass(frozen=True, slots=True)
class Claimed:
    """What any claim is about, among the records of a scope."""

    records: frozenset[bytes]
    by_field: Mapping[str, frozenset[bytes]]

    def at(self, name: str) -> frozenset[bytes]:
        """The records of which a field is claimed."""
        return self.by_field.get(name, frozenset())


def uncited(scope: Scope, claimed: Claimed) -> Iterator[Hits]:
    """Facts without a claim. Basis: the value. A record that was joined with another says nothing of its own."""
    if scope.cls not in FACTS:
        return
    facts, names = FACTS[scope.cls], fact_columns(scope.cls)
    columns = stored_fields(scope.cls) if facts.whole else list(names)
    own = " AND +merged_into_id IS NULL" if issubclass(scope.cls, Duplicable) else ""
    query = f"SELECT {', '.join(['id', *columns])} FROM {scope.table} WHERE id IN ({{ids}}){own}"
    rows = list(scope.rows(query))  # the plus: no index but that of the ids
    for place, column in enumerate(columns, 1):
        if column in names:
            cited = claimed.at(names[column])
            bases = {row[0]: (row[place],) for row in rows if row[place] not in SAYS_NOTHING and row[0] not in cited}
            yield Hits(FindingKind.UNCITED, names[column], bases)
    if facts.whole:
        kind = FindingKind.NO_SOURCE if scope.cls is Statement else FindingKind.UNCITED
        yield Hits(kind, WHOLE, _wholes(facts, columns, rows, claimed))
    there = {row[0] for row in rows}
    for field in fact_sets(scope.cls):
        uncited_here = there - claimed.at(field.name)
        members = _members(scope, field)
        bases = {record: (frozenset(each),) for record, each in members.items() if record in uncited_here}
        yield Hits(FindingKind.UNCITED, field.name, bases)


def _wholes(facts: Facts, columns: list[str], rows: list[Row], claimed: Claimed) -> dict[bytes, tuple[Any, ...]]:
    """Records about which there is no claim at all, nor a source or a dated fact of their own."""
    empty = [columns.index(name) + 1 for name in (*facts.unless, *filter(None, [facts.source]))]
    marking = columns.index("marking") + 1
    return {
        row[0]: row[1:marking] + row[marking + 1 :]
        for row in rows
        if row[0] not in claimed.records and all(row[place] is None for place in empty)
    }


def _members(scope: Scope, field: Field) -> dict[bytes, list[Any]]:
    """The members of a set by record, unless there is a claim about each of them."""
    assert field.link is not None
    owner, *ends = field.link.ENDS
    alone = "1" if issubclass(field.link, Link) else "NOT EXISTS(SELECT 1 FROM claim c WHERE c.subject_id = l.id)"
    member = f"coalesce({', '.join(ends)})" if len(ends) > 1 else ends[0]
    query = f"SELECT {owner}, {member}, {alone} FROM {field.link.__tablename__} l WHERE {owner} IN ({{ids}})"
    members: dict[bytes, list[Any]] = defaultdict(list)
    lacking: set[bytes] = set()
    for record, each, is_alone in scope.rows(query):
        members[record].append(each)
        if is_alone:
            lacking.add(record)
    return {record: members[record] for record in lacking}
