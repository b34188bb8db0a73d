"""Findings in words: what the review says to a person about one field of one record."""

import uuid
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from db.log import driver_connection
from db.models import Entity
from db.models.vocabulary import FindingKind
from db.queries.titles import entity, titles
from db.review.register import Register, Spot
from db.review.scope import CHUNK, Hit, select
from db.review.sentences import ids_in, sentence
from db.review.survey import dismissals_at, hits_of, state_of
from db.triggers import references


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at. `field` is empty where the record as a whole is meant."""

    kind: FindingKind
    record: uuid.UUID
    of: str
    """The plural of the record's kind."""
    field: str
    title: str
    """Of the record."""
    owner: uuid.UUID | None
    """The record that it is a part of, at the top: of a signatory, the agreement."""
    owner_title: str
    sentence: str
    state: str
    """A hash of what the finding was made of; a dismissal holds for this state and no other."""
    dismissal: uuid.UUID | None = None
    reason: str = ""
    """Why it was dismissed."""

    @property
    def key(self) -> str:
        """Names the finding in every file, as long as it is the same."""
        return f"{self.kind}:{self.record}:{self.field}:{self.state}"


def findings_at(session: Session, spots: Sequence[Spot]) -> list[Finding | None]:
    """What is to be said at these spots, in their order; None where there is nothing any more."""
    wanted = set(spots)
    found: dict[Spot, Finding] = {}
    for table in dict.fromkeys(spot.table for spot in spots):
        records = sorted({spot.record for spot in spots if spot.table == table})
        every = (hit for hits in hits_of(session, entity(table), records) for hit in hits.each())
        hits = [hit for hit in every if _spot(table, hit) in wanted]
        found.update((_spot(table, hit), told) for hit, told in zip(hits, _in_words(session, table, hits), strict=True))
    return [found.get(spot) for spot in spots]


@dataclass(frozen=True, slots=True)
class Told:
    """A page of findings, and which question it answers."""

    number: int
    page: int
    findings: tuple[Finding | None, ...]


def read_page(session: Session, number: int, page: int, spots: Sequence[Spot]) -> Told:
    """What is to be said at the spots of one page of a long list."""
    return Told(number, page, tuple(findings_at(session, spots)))


def told(session: Session, register: Register, most: int | None = None) -> list[Finding]:
    """The first findings of a register, or all, in words."""
    count = len(register) if most is None else min(most, len(register))
    spots = (register.between(start, min(start + CHUNK, count)) for start in range(0, count, CHUNK))
    return [finding for chunk in spots for finding in findings_at(session, chunk) if finding]


def findings_of(session: Session, record: uuid.UUID) -> list[Finding]:
    """What there is to find at one record itself, dismissed or not, the gravest first."""
    connection = driver_connection(session.connection())
    kind = connection.execute("SELECT kind FROM record WHERE id = ?", (record.bytes,)).fetchone()
    if kind is None:
        return []
    hits = [hit for hits in hits_of(session, entity(kind[0]), [record.bytes]) for hit in hits.each()]
    order = list(FindingKind)
    return sorted(_in_words(session, kind[0], hits), key=lambda finding: order.index(finding.kind))


def _spot(table: str, hit: Hit) -> Spot:
    return Spot(hit.kind, table, hit.field, hit.record)


def _in_words(session: Session, table: str, hits: Sequence[Hit]) -> Iterator[Finding]:
    records = {hit.record for hit in hits}
    owners = _owners(session, entity(table), records)
    named = {key for hit in hits for key in ids_in(hit)}
    names = titles(session, {uuid.UUID(bytes=key) for key in (records | set(owners.values()) | named)})
    words = {key.bytes: title for key, title in names.items()}
    away = dismissals_at(session, records)
    for hit in hits:
        owner, state = owners.get(hit.record), state_of(hit)
        dismissal, reason = away.get((hit.record, hit.kind, hit.field, state), (None, ""))
        yield Finding(
            kind=hit.kind,
            record=uuid.UUID(bytes=hit.record),
            of=entity(table).PLURAL,
            field=hit.field,
            title=words.get(hit.record, ""),
            owner=uuid.UUID(bytes=owner) if owner else None,
            owner_title=words.get(owner, "") if owner else "",
            sentence=sentence(hit, entity(table), words),
            state=state,
            dismissal=dismissal,
            reason=reason,
        )


_DEEPEST = 16
"""Parts of parts that are followed upwards: far more than there are, unless claims are about claims in a circle."""


def _owners(
    session: Session, cls: type[Entity], records: Collection[bytes], depth: int = _DEEPEST
) -> dict[bytes, bytes]:
    """What each record is a part of, at the top."""
    owner = next((column for column in references(cls) if column.info["owner"]), None)
    if owner is None:
        return {}
    connection = driver_connection(session.connection())
    query = f"SELECT id, {owner.name} FROM {cls.__tablename__} WHERE id IN ({{ids}})"
    direct: dict[bytes, bytes] = dict(select(connection, query, sorted(records)))
    above = _owners_of_any(session, set(direct.values()), depth - 1) if depth else {}
    return {record: above.get(target, target) for record, target in direct.items()}


def _owners_of_any(session: Session, records: Collection[bytes], depth: int) -> dict[bytes, bytes]:
    by_kind: dict[str, list[bytes]] = {}
    connection = driver_connection(session.connection())
    for record, kind in select(connection, "SELECT id, kind FROM record WHERE id IN ({ids})", sorted(records)):
        by_kind.setdefault(kind, []).append(record)
    return {
        key: top for kind, ids in by_kind.items() for key, top in _owners(session, entity(kind), ids, depth).items()
    }
