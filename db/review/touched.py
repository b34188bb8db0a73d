"""What a review must look at again after an edit: what the log says was touched, and whose findings read that."""

import sqlite3
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy.orm import Session

from db.log import driver_connection
from db.models import BY_TABLE, ENTITIES, Logged
from db.review.scope import select
from db.triggers import references

MOST = 1_000
"""Records that are looked at again one by one; where there are more, the whole file is."""
_JOINED = "merged_into_id"
_LENGTH_OF_ID = 36
Ids = Iterator[bytes]


@dataclass(frozen=True, slots=True)
class _Changed:
    """One thing that the log tells."""

    record: bytes
    kind: str
    op: str
    field: str | None


def touched_since(session: Session, known: int) -> frozenset[uuid.UUID] | None:
    """The records at which there may be other findings than there were at a change number.

    None where they are too many to name, or where a record was joined with another one, which anything may point at.
    """
    connection = driver_connection(session.connection())
    query = "SELECT DISTINCT record, kind, op, field FROM change WHERE n > ? LIMIT ?"
    changes = [_Changed(*row) for row in connection.execute(query, (known, 10 * MOST))]
    if len(changes) == 10 * MOST or _were_joined(connection, changes):
        return None
    reached: set[bytes] = set()
    for record in _reached(connection, changes):
        reached.add(record)
        if len(reached) > MOST:
            return None
    return frozenset(uuid.UUID(bytes=record) for record in reached)


def _were_joined(connection: sqlite3.Connection, changes: Sequence[_Changed]) -> bool:
    """Whether a record was joined with another one, or parted from it."""
    told = f"SELECT 1 FROM change WHERE record IN ({{ids}}) AND field = '{_JOINED}' AND value IS NOT NULL"
    records = sorted({change.record for change in changes if change.field == _JOINED and change.op == "U"})
    return any(select(connection, told, records))


def _reached(connection: sqlite3.Connection, changes: Sequence[_Changed]) -> Ids:
    """What was touched, what that is or was a part of, and whose findings read any of these."""
    kinds = _with_owners(connection, {change.record: change.kind for change in changes})
    yield from kinds
    of_kind: dict[str, list[bytes]] = {}
    for record, kind in kinds.items():
        of_kind.setdefault(kind, []).append(record)
    for kind, query in _READERS:
        yield from _first(connection, query, of_kind.get(kind, []))
    yield from _tenures(connection, of_kind.get("membership", []))
    yield from _citing(connection, changes, of_kind.get("citation", []))
    yield from _claims_naming(connection, changes)


_READERS = (
    ("agreement", "SELECT id FROM party_action WHERE agreement_id IN ({ids})"),
    ("agreement", "SELECT id FROM relation WHERE target_id IN ({ids})"),
    ("party_action", "SELECT id FROM signatory WHERE action_id IN ({ids})"),
    ("membership", "SELECT id FROM signatory WHERE membership_id IN ({ids})"),
    ("citation", "SELECT subject_id FROM claim WHERE citation_id IN ({ids})"),
)
"""Whose findings are made of what a record of some kind says."""


def _first(connection: sqlite3.Connection, query: str, ids: Sequence[bytes]) -> Ids:
    return (row[0] for row in select(connection, query, ids))


def _ever(connection: sqlite3.Connection, kind: str, column: str, ids: Sequence[bytes]) -> Ids:
    """What records point at, or pointed at, by one of their columns."""
    now = f"SELECT {column} FROM {kind} WHERE id IN ({{ids}}) AND {column} IS NOT NULL"
    told = f"SELECT value FROM change WHERE record IN ({{ids}}) AND field = '{column}' AND value IS NOT NULL"
    yield from _first(connection, now, ids)
    yield from _first(connection, told, ids)


def _with_owners(connection: sqlite3.Connection, touched: dict[bytes, str]) -> dict[bytes, str]:
    """The kinds of records and of what they are or were part of, however indirectly."""
    kinds: dict[bytes, str] = {}
    pending = dict(touched)
    while pending:
        kinds |= pending
        owners = {owner for kind in set(pending.values()) for owner in _owners(connection, kind, pending)}
        fresh = sorted(owners - kinds.keys())
        pending = dict(select(connection, "SELECT id, kind FROM record WHERE id IN ({ids})", fresh))
    return kinds


def _owners(connection: sqlite3.Connection, kind: str, kinds: dict[bytes, str]) -> Ids:
    ids = sorted(record for record, own in kinds.items() if own == kind)
    for column in _owner_columns(BY_TABLE[kind]):
        yield from _ever(connection, kind, column, ids)


@cache
def _owner_columns(cls: type[Logged]) -> tuple[str, ...]:
    return tuple(column.name for column in references(cls) if column.info["owner"])


def _tenures(connection: sqlite3.Connection, memberships: Sequence[bytes]) -> Ids:
    """All tenures of the posts that memberships are or were about, also of those that were entered twice."""
    posts = sorted(set(_ever(connection, "membership", "post_id", memberships)))
    family = set(posts)
    while posts:
        queries = (
            "SELECT merged_into_id FROM post WHERE id IN ({ids}) AND merged_into_id IS NOT NULL",
            "SELECT id FROM post WHERE merged_into_id IN ({ids})",
        )
        posts = sorted({post for query in queries for post in _first(connection, query, posts)} - family)
        family |= set(posts)
    yield from _first(connection, "SELECT id FROM membership WHERE post_id IN ({ids})", sorted(family))


def _citing(connection: sqlite3.Connection, changes: Sequence[_Changed], citations: Sequence[bytes]) -> Ids:
    """The subjects of claims that rest on a source which was graded anew, or which may now lead on to another one."""
    graded = [change.record for change in changes if change.kind == "source" and change.field == "reliability"]
    through = (
        """SELECT m.subject_id FROM citation t JOIN claim m ON m.citation_id = t.id WHERE t.{column} IN ({{ids}})"""
    )
    yield from _first(connection, through.format(column="source_id"), graded)
    unsettled = _unsettled(connection, citations)
    for column in ("source_id", "relays_id"):
        yield from _first(connection, through.format(column=column), unsettled)


def _unsettled(connection: sqlite3.Connection, citations: Sequence[bytes]) -> list[bytes]:
    """The sources of some citations that may have begun or ceased to repeat another one, and all that lead to them.

    A source of which some other passage repeats nobody did not repeat anybody before, nor does it now.
    """
    sources = set(_ever(connection, "citation", "source_id", citations))
    touched = set(citations)
    own = f"SELECT id FROM citation WHERE source_id = ? AND relays_id IS NULL LIMIT {len(touched) + 1}"
    pending = unsettled = {
        source for source in sources if all(row[0] in touched for row in connection.execute(own, (source,)))
    }
    while pending:
        upstream = (
            "SELECT source_id FROM citation WHERE relays_id IN ({ids})",
            "SELECT id FROM source WHERE merged_into_id IN ({ids})",
        )
        pending = {key for query in upstream for key in _first(connection, query, sorted(pending))} - unsettled
        unsettled = unsettled | pending
    return sorted(unsettled)


def _claims_naming(connection: sqlite3.Connection, changes: Iterable[_Changed]) -> Ids:
    """The subjects of claims whose value names a record that came or went."""
    came = {change.record for change in changes if change.op in "ID" and _may_be_named(change.kind)}
    texts = {str(uuid.UUID(bytes=record)) for record in came}
    if texts:
        query = f"SELECT subject_id, value FROM claim WHERE length(value) >= {_LENGTH_OF_ID}"
        yield from (record for record, value in connection.execute(query) if not texts.isdisjoint(value.split("; ")))


def _may_be_named(kind: str) -> bool:
    """Whether a claim can name records of a kind: not those that are no more than what they join."""
    return BY_TABLE[kind] in ENTITIES and not BY_TABLE[kind].ENDS
