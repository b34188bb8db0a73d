"""What a source's page shows: who made it, its further CSL variables, what is cited of it, whom it repeats."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from db.evidence import path_of_source
from db.models import Citation, Claim, Contributor, Snapshot, Source, SourceVariable
from db.models.vocabulary import ContributorRole
from db.queries.claims import CitationRow, citations
from db.queries.portions import Portion, fetch
from db.queries.related import RelatedRow
from db.queries.suggestions import kind_name
from db.queries.titles import chunks, class_of, kinds_of, titles

MOST_CLAIMS = 8
"""How many of the facts that rest on one passage are named; the others are counted."""


@dataclass(frozen=True, slots=True)
class CitedFor:
    """A field of a record that a passage is cited for. `kind`: the plural of the record's."""

    record: uuid.UUID
    kind: str
    title: str
    field: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of the source, and the first of the facts that rest on it."""

    row: CitationRow
    cited_for: tuple[CitedFor, ...]


@dataclass(frozen=True, slots=True)
class Repetition:
    """Another source that this one repeats, or that repeats it, in so many passages."""

    source: RelatedRow
    passages: int


@dataclass(frozen=True, slots=True)
class Repetitions:
    """Whom a source repeats and who repeats it."""

    repeats: tuple[Repetition, ...]
    repeated_by: tuple[Repetition, ...]
    path: tuple[RelatedRow, ...]
    """Where all that is cited of the source repeats one other: the sources that lead to the origin, which is last."""

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.repeats) + len(self.repeated_by)


@dataclass(frozen=True, slots=True)
class ContributorRow:
    """Who made the source."""

    id: uuid.UUID
    role: ContributorRole
    name: str


@dataclass(frozen=True, slots=True)
class VariableRow:
    """A further CSL variable."""

    id: uuid.UUID
    variable: str
    value: str


@dataclass(frozen=True, slots=True)
class SnapshotRow:
    """What was kept of the source."""

    id: uuid.UUID
    captured_at: str
    """UTC, ISO 8601."""
    media_type: str
    size: int
    """Bytes."""


def passages(session: Session, source: uuid.UUID, limit: int) -> Portion[Passage]:
    """The passages that are cited of a source, in the order they were entered."""
    query = select(Citation.id).where(Citation.source_id == source).order_by(Citation.pk)
    rows, count = fetch(session, query, limit)
    keys = [row.id for row in rows]
    facts = _cited_for(session, keys)
    return Portion(tuple(Passage(row, tuple(facts.get(row.id, ()))) for row in citations(session, keys)), count)


def _cited_for(session: Session, passages: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[CitedFor]]:
    """The first facts of each passage; one passage of a register may prove a hundred thousand."""
    place = func.row_number().over(partition_by=Claim.citation_id, order_by=Claim.pk).label("place")
    numbered = (
        select(Claim.citation_id, Claim.subject_id, Claim.property, Claim.pk, place)
        .where(Claim.citation_id.in_(passages))
        .subquery()
    )
    query = select(numbered).where(numbered.c.place <= MOST_CLAIMS).order_by(numbered.c.pk)
    rows = session.execute(query).all()
    subjects = {row.subject_id for row in rows}
    names, kinds = titles(session, subjects), kinds_of(session, subjects)
    found: dict[uuid.UUID, list[CitedFor]] = {}
    for row in rows:
        kind = kind_name(kinds[row.subject_id])
        found.setdefault(row.citation_id, []).append(
            CitedFor(row.subject_id, kind, names.get(row.subject_id, ""), row.property)
        )
    return found


def repetitions(session: Session, source: uuid.UUID, limit: int) -> Repetitions:
    """Whom a source repeats and who repeats it, those first that share most. Raises RecordNotFound."""
    class_of(session, source)
    passed = Citation.relays_id.is_not(None) & (Citation.relays_id != Citation.source_id)
    onward = select(Citation.relays_id, func.count()).where(Citation.source_id == source, passed)
    back = select(Citation.source_id, func.count()).where(Citation.relays_id == source, passed)
    told = list(session.execute(_counted(onward, Citation.relays_id, limit)).all())
    telling = list(session.execute(_counted(back, Citation.source_id, limit)).all())
    path = path_of_source(session, source)
    names = titles(session, {key for key, _ in (*told, *telling)} | set(path))
    return Repetitions(
        repeats=tuple(Repetition(RelatedRow(key, names.get(key, "")), count) for key, count in told),
        repeated_by=tuple(Repetition(RelatedRow(key, names.get(key, "")), count) for key, count in telling),
        path=tuple(RelatedRow(key, names.get(key, "")) for key in path),
    )


def _counted(query: Select[*tuple[Any, ...]], column: Any, limit: int) -> Select[Any]:
    return query.group_by(column).order_by(func.count().desc(), column).limit(limit)


def contributors(session: Session, source: uuid.UUID, limit: int) -> Portion[ContributorRow]:
    """Who made a source, in the order in which they are to be named."""
    order = (Contributor.position.is_(None), Contributor.position, Contributor.pk)
    rows, count = fetch(session, select(Contributor).where(Contributor.source_id == source).order_by(*order), limit)
    found = (
        ContributorRow(row.id, row.contributor_role, row.literal or f"{row.given or ''} {row.family or ''}".strip())
        for (row,) in rows
    )
    return Portion(tuple(found), count)


def variables(session: Session, source: uuid.UUID, limit: int) -> Portion[VariableRow]:
    """The further CSL variables of a source."""
    query = select(SourceVariable).where(SourceVariable.source_id == source).order_by(SourceVariable.pk)
    rows, count = fetch(session, query, limit)
    return Portion(tuple(VariableRow(row.id, row.variable, row.value or "") for (row,) in rows), count)


def snapshots(session: Session, source: uuid.UUID, limit: int) -> Portion[SnapshotRow]:
    """What was kept of a source, the latest first."""
    query = select(Snapshot).where(Snapshot.source_id == source).order_by(Snapshot.captured_at.desc(), Snapshot.pk)
    rows, count = fetch(session, query, limit)
    return Portion(tuple(SnapshotRow(row.id, row.captured_at, row.media_type, row.size) for (row,) in rows), count)


def last_accessed(session: Session, sources: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The last possible day on which each source was looked at, where that is known."""
    found: dict[uuid.UUID, str] = {}
    for chunk in chunks(sorted(sources)):
        query = select(Source.id, Source.accessed).where(Source.id.in_(chunk))
        found.update((key, when.latest) for key, when in session.execute(query) if when is not None)
    return found
