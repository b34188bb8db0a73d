"""The review of a whole file in pieces, and of what an edit touched."""

import hashlib
import sqlite3
import time
import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.orm import Session

from db.log import driver_connection
from db.models import ENTITIES, Entity, Membership, PartyAction, Relation, Signatory
from db.opening import read_again
from db.queries.changes import newest_change
from db.review import order, support, targets, tenures, traces
from db.review.register import Register, Slot
from db.review.scope import CHUNK, Hit, Hits, Scope, has_any, select
from db.review.touched import touched_since

Check = Callable[[Scope], Iterator[Hits]]
EVERY_KIND: tuple[Check, ...] = (traces.conflicts, traces.unread_dates, support.support, targets.claimed_records)
OF_KIND: Mapping[type[Entity], tuple[Check, ...]] = {
    Membership: (tenures.overlaps,),
    PartyAction: (order.actions,),
    Relation: (targets.relations,),
    Signatory: (tenures.signatories,),
}


@dataclass(frozen=True)
class Reviewed:
    """What was found: what there is to look at, and what somebody dismissed."""

    open: Register = field(default_factory=Register)
    dismissed: Register = field(default_factory=Register)

    def plus(self, other: "Reviewed") -> "Reviewed":
        """Both together, of different records."""
        return Reviewed(self.open.plus(other.open), self.dismissed.plus(other.dismissed))

    def updated(self, update: "Update") -> "Reviewed":
        """With what is so now of the records that an edit touched."""
        gone = [record.bytes for record in update.records or ()]
        rest = Reviewed(self.open.without(gone), self.dismissed.without(gone))
        return rest.plus(update.reviewed)


@dataclass(frozen=True)
class Update:
    """What is to be found at some records now. `records` None: too many, or anywhere; review the whole file again."""

    known: int
    """The last change that is accounted for."""
    records: frozenset[uuid.UUID] | None
    reviewed: Reviewed = field(default_factory=Reviewed)


@dataclass(frozen=True, slots=True)
class Mark:
    """How far the review of a whole file has come: up to which row of which kind."""

    kind: int = 0
    pk: int = -(2**63)


@dataclass(frozen=True)
class Piece:
    """A part of the review of a whole file. `after` None: that was the last one."""

    reviewed: Reviewed
    after: Mark | None
    done: float
    """The share of the file that was reviewed so far, 0 to 1."""
    known: int
    """The last change that the file knew when this piece began."""


def review_piece(path: Path, start: Mark, seconds: float) -> Piece:
    """Review a file from a mark on for about so long, each transaction some milliseconds: for another process.

    What is edited meanwhile is found by `review_since` with the first piece's `known`.
    """
    with read_again(path) as session:
        known = newest_change(session)
        deadline = time.monotonic() + seconds
        reviewed, after = Reviewed(), _next(session, start)
        while after is not None:
            cls, ids, end = _chunk(session, after)
            reviewed = reviewed.plus(_reviewed(session, cls, ids))
            session.rollback()  # a writer waits for readers, so none reads for long
            after = _next(session, end)
            if time.monotonic() >= deadline:
                break
        return Piece(_joined(reviewed), after, _share(session, after), known)


def review(session: Session) -> Reviewed:
    """Everything that there is to find in a file."""
    reviewed, after = Reviewed(), _next(session, Mark())
    while after is not None:
        cls, ids, end = _chunk(session, after)
        reviewed = reviewed.plus(_reviewed(session, cls, ids))
        after = _next(session, end)
    return _joined(reviewed)


def review_of(session: Session, records: Collection[uuid.UUID]) -> Reviewed:
    """What there is to find at some records: of each, exactly what the review of the whole file finds."""
    by_kind: dict[str, list[bytes]] = {}
    connection = driver_connection(session.connection())
    ids = sorted(record.bytes for record in records)
    for record, kind in select(connection, "SELECT id, kind FROM record WHERE id IN ({ids})", ids):
        by_kind.setdefault(kind, []).append(record)
    reviewed = Reviewed()
    for cls in ENTITIES:
        of_kind = by_kind.get(cls.__tablename__, [])
        for start in range(0, len(of_kind), CHUNK):
            reviewed = reviewed.plus(_reviewed(session, cls, of_kind[start : start + CHUNK]))
    return reviewed


def review_since(session: Session, known: int) -> Update:
    """What is to be found now wherever something may have changed since a change number."""
    newest = newest_change(session)
    records = touched_since(session, known)
    return Update(newest, records, review_of(session, records) if records is not None else Reviewed())


@dataclass(frozen=True)
class Current:
    """What there is to find in a file up to one of its changes."""

    reviewed: Reviewed
    known: int


def brought_up(session: Session, reviewed: Reviewed, known: int) -> Current | None:
    """A review of an earlier state brought up to the present one; None where the whole file must be reviewed again."""
    update = review_since(session, known)
    return None if update.records is None else Current(reviewed.updated(update), update.known)


def hits_of(session: Session, cls: type[Entity], ids: Collection[bytes]) -> Iterator[Hits]:
    """What there is to find at some records of one kind, dismissed or not."""
    scope = Scope(session, cls, list(ids))
    for check in (*EVERY_KIND, *OF_KIND.get(cls, ())):
        yield from check(scope)


def state_of(hit: Hit) -> str:
    """A short hash of what a finding was made of, the same in every file: what a dismissal holds for."""
    return hashlib.sha256("\x1f".join(map(_told, hit.basis)).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _told(part: object) -> str:
    match part:
        case frozenset():
            return "; ".join(sorted(map(_told, part)))
        case bytes():
            return part.hex()
        case None:
            return ""
    return str(part)


def _reviewed(session: Session, cls: type[Entity], ids: Collection[bytes]) -> Reviewed:
    away = dismissals_at(session, ids)
    open_ids: dict[Slot, set[bytes]] = defaultdict(set)
    dismissed_ids: dict[Slot, set[bytes]] = defaultdict(set)
    for hits in hits_of(session, cls, ids):
        slot = Slot(hits.kind, cls.__tablename__, hits.field)
        gone = {hit.record for hit in hits.each() if _key(hit) in away} if away else set()
        open_ids[slot] |= hits.bases.keys() - gone
        dismissed_ids[slot] |= gone
    return Reviewed(Register.of(open_ids), Register.of(dismissed_ids))


def _key(hit: Hit) -> tuple[bytes, str, str, str]:
    return hit.record, hit.kind, hit.field, state_of(hit)


def dismissals_at(
    session: Session, records: Collection[bytes]
) -> dict[tuple[bytes, str, str, str], tuple[uuid.UUID, str]]:
    """The dismissals at some records with their reasons, by record, finding, field and state."""
    connection = driver_connection(session.connection())
    if not records or not has_any(connection, "dismissal"):
        return {}
    query = "SELECT subject_id, finding, property, state, id, reason FROM dismissal WHERE subject_id IN ({ids})"
    return {
        (record, kind, name or "", state): (uuid.UUID(bytes=key), reason or "")
        for record, kind, name, state, key, reason in select(connection, query, sorted(records))
    }


def _next(session: Session, mark: Mark) -> Mark | None:
    """The mark itself, or the beginning of the next kind that has records after it; None at the end."""
    connection = driver_connection(session.connection())
    for kind in range(mark.kind, len(ENTITIES)):
        pk = mark.pk if kind == mark.kind else Mark().pk
        query = f"SELECT 1 FROM {ENTITIES[kind].__tablename__} WHERE pk > ? LIMIT 1"
        if connection.execute(query, (pk,)).fetchone():
            return Mark(kind, pk)
    return None


def _chunk(session: Session, mark: Mark) -> tuple[type[Entity], list[bytes], Mark]:
    """The next records from a mark on, and the mark after them."""
    cls = ENTITIES[mark.kind]
    query = f"SELECT pk, id FROM {cls.__tablename__} WHERE pk > ? ORDER BY pk LIMIT {CHUNK}"
    rows = driver_connection(session.connection()).execute(query, (mark.pk,)).fetchall()
    return cls, [record for _, record in rows], Mark(mark.kind, rows[-1][0])


def _share(session: Session, mark: Mark | None) -> float:
    """How much of the file lies before a mark, by the numbers of its rows."""
    if mark is None:
        return 1.0
    connection = driver_connection(session.connection())
    sizes = [_last(connection, cls) for cls in ENTITIES]
    return (sum(sizes[: mark.kind]) + max(mark.pk, 0)) / (sum(sizes) or 1)


def _last(connection: sqlite3.Connection, cls: type[Entity]) -> int:
    """The number of the last row of a kind."""
    (last,) = connection.execute(f"SELECT max(pk) FROM {cls.__tablename__}").fetchone()
    return max(last or 0, 0)


def _joined(reviewed: Reviewed) -> Reviewed:
    """With one run for each slot instead of one for each chunk."""
    return Reviewed(reviewed.open.joined(), reviewed.dismissed.joined())
