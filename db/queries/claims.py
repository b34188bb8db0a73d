"""Claims with all that a person weighs them by: the passage, its source, the grades, who entered it and when."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.dates import describe
from db.errors import InvalidValue
from db.evidence import ClaimRow, FieldEvidence, FieldStanding, evidence_of
from db.fields import FieldValue, fields_of, read_value
from db.models import Author, Change, Changeset, Citation, Claim, Contributor, Entity, Publication, Source
from db.models.vocabulary import ContributorRole, Credibility, LocatorLabel, Reliability
from db.queries.history import moment
from db.queries.records import display, record
from db.queries.titles import chunks, class_of, ids_in, titles
from db.search import contains
from db.standings import standings


def signatures_naming(session: Session, person: uuid.UUID) -> list[uuid.UUID]:
    """The actions of which some source says that a person signed, whether or not that is what is on file."""
    query = select(Claim.subject_id).where(
        Claim.property == "signatories", Claim.value.contains(str(person), autoescape=True)
    )
    return list(session.scalars(query.distinct().order_by(Claim.subject_id)))


def signatories_named(session: Session, actions: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Whomever some source says to have signed one of these actions."""
    found: set[uuid.UUID] = set()
    for chunk in chunks(sorted(actions)):
        query = select(Claim.value).where(Claim.property == "signatories", Claim.subject_id.in_(chunk))
        for value in session.scalars(query):
            found.update(ids_in(value))
    return found


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source as a person knows it again: its title, who published it and when, and its grade."""

    id: uuid.UUID
    title: str
    outlet: str
    """Publication, publisher or author, whichever is known."""
    issued: str
    """In words."""
    language: str
    url: str
    reliability: Reliability | None


@dataclass(frozen=True, slots=True)
class CitationRow:
    """A passage of a source, and how many claims rest on it."""

    id: uuid.UUID
    source: SourceRow
    label: LocatorLabel | None
    locator: str
    quotation: str
    language: str
    """Of the quotation; where that is not told, of the source."""
    translation: str
    credibility: Credibility | None
    relays: uuid.UUID | None
    relayed: str
    """The title of the source that this passage repeats."""
    claims: int

    @property
    def place(self) -> str:
        """Where in the source, as `page 3`."""
        return f"{self.label or ''} {self.locator}".strip()

    @property
    def grade(self) -> str:
        """Reliability and credibility as the Admiralty code writes them: B2; a part that nobody gave is `–`."""
        given = (self.source.reliability, self.credibility)
        return "".join(part.value if part else "–" for part in given) if any(given) else ""


@dataclass(frozen=True, slots=True)
class CitedClaim:
    """A claim with its passage, in words."""

    row: ClaimRow
    text: str
    """What it says, in words; empty where it says that there is no value."""
    citation: CitationRow
    path: tuple[tuple[uuid.UUID, str], ...]
    """The sources that lead from the cited one to the origin, each with its title."""
    analyst: str
    """Who answers for the claim: the analyst it names, else who entered it."""
    added: datetime | None


@dataclass(frozen=True, slots=True)
class KnownField:
    """One field of one record and why its value is believed."""

    subject: uuid.UUID
    kind: str
    """The plural of the subject's kind."""
    title: str
    """Of the subject."""
    name: str
    value: FieldValue
    text: str
    """The value in words."""
    evidence: FieldEvidence
    standing: FieldStanding
    """How well it is known; without a claim perhaps by those about its members, or the source that the record names."""
    claims: tuple[CitedClaim, ...]
    names: Mapping[uuid.UUID, str]
    """Titles of the records that the value and the claims name."""


def known_field(session: Session, subject: uuid.UUID, name: str) -> KnownField:
    """Why a field's value is believed: all claims on it. Raises RecordNotFound."""
    row, found = record(session, subject), evidence_of(session, subject, name)
    shown = next((field for field in row.fields if field.name == name), None)
    cls = class_of(session, subject)
    told = cited_claims(session, cls, found.claims)
    named = [shown.value if shown else None, *(claimed_value(cls, claim) for claim in found.claims)]
    return KnownField(
        subject=subject,
        kind=row.kind,
        title=row.title,
        name=name,
        value=shown.value if shown else None,
        text=shown.text if shown else "",
        evidence=found,
        standing=found.summary() if found.claims else standings(session, subject).get(name, found.summary()),
        claims=tuple(told[claim.id] for claim in found.claims),
        names=titles(session, {key for value in named for key in ids_in(value)}),
    )


def cited_claims(session: Session, cls: type[Entity], claims: Collection[ClaimRow]) -> dict[uuid.UUID, CitedClaim]:
    """Claims about records of one kind with their passages, by id."""
    rows = {row.id: row for row in citations(session, {claim.citation for claim in claims})}
    words = claimed_words(session, cls, claims)
    names = titles(session, {source for claim in claims for source in claim.path})
    entered = _entered(session, [claim.id for claim in claims])
    return {
        claim.id: CitedClaim(
            row=claim,
            text=words[claim.id],
            citation=rows[claim.citation],
            path=tuple((source, names.get(source, "")) for source in claim.path),
            analyst=claim.analyst or entered.get(claim.id, ("", None))[0],
            added=entered.get(claim.id, ("", None))[1],
        )
        for claim in claims
    }


def claimed_words(
    session: Session, cls: type[Entity], claims: Iterable[ClaimRow], locale: str = "en_GB"
) -> dict[uuid.UUID, str]:
    """What claims about records of one kind say, in words: the canonical form holds ids where the field does."""
    values = {claim.id: claimed_value(cls, claim) for claim in claims}
    names = titles(session, {key for value in values.values() for key in ids_in(value)})
    return {claim: display(value, names, locale) for claim, value in values.items()}


def claimed_value(cls: type[Entity], claim: ClaimRow) -> FieldValue:
    """What a claim says, as its field holds it; the words as they are where it cannot."""
    field = fields_of(cls).get(claim.property)
    try:
        return read_value(field, claim.value) if field and claim.value else claim.value
    except InvalidValue:
        return claim.value


def _entered(session: Session, claims: Iterable[uuid.UUID]) -> dict[uuid.UUID, tuple[str, datetime]]:
    """Who first entered each claim, and when."""
    query = (
        select(Change.record, Author.name, Changeset.written)
        .join(Changeset, Changeset.k == Change.changeset)
        .outerjoin(Author, Author.id == Changeset.author)
        .where(Change.op == "I")
        .order_by(Change.n.desc())
    )
    return {
        claim: (author or "", moment(written))
        for chunk in chunks(sorted(claims))
        for claim, author, written in session.execute(query.where(Change.record.in_(chunk)))
    }


def citations(session: Session, keys: Collection[uuid.UUID]) -> list[CitationRow]:
    """Passages with their sources, in the order they were entered."""
    query = select(Citation).order_by(Citation.pk)
    rows = [row for chunk in chunks(sorted(keys)) for row in session.scalars(query.where(Citation.id.in_(chunk)))]
    return _citation_rows(session, rows)


def find_citations(session: Session, text: str, *, limit: int = 50) -> list[CitationRow]:
    """Passages that have every word of a text in their quotation or their source's title; the newest first."""
    searched = (Citation.quotation, Citation.locator, Source.title, Source.publisher, Source.container_title)
    query = select(Citation).join(Source, Source.id == Citation.source_id).order_by(Citation.pk.desc()).limit(limit)
    found = session.scalars(query.where(*_holding(text, searched))).all()
    by_key = {row.id: row for row in _citation_rows(session, found)}
    return [by_key[row.id] for row in found]


def find_sources(session: Session, text: str, *, limit: int = 50) -> list[SourceRow]:
    """Sources that have every word of a text in their title, publisher or address; the newest first."""
    searched = (Source.title, Source.publisher, Source.container_title, Source.url)
    query = select(Source.id).order_by(Source.pk.desc()).limit(limit)
    found = session.scalars(query.where(Source.merged_into_id.is_(None), *_holding(text, searched))).all()
    rows = _source_rows(session, set(found))
    return [rows[key] for key in found]


def _holding(text: str, columns: Iterable[InstrumentedAttribute[str | None]]) -> list[ColumnElement[bool]]:
    return [or_(*(contains(column.expression, word) for column in columns)) for word in text.split()]


def _citation_rows(session: Session, rows: Collection[Citation]) -> list[CitationRow]:
    sources = _source_rows(session, {row.source_id for row in rows})
    relayed = titles(session, {row.relays_id for row in rows if row.relays_id})
    counts = _counts(session, [row.id for row in rows])
    return [
        CitationRow(
            id=row.id,
            source=sources[row.source_id],
            label=row.locator_label,
            locator=row.locator or "",
            quotation=row.quotation or "",
            language=row.quotation_language or sources[row.source_id].language,
            translation=row.quotation_translation or "",
            credibility=row.credibility,
            relays=row.relays_id,
            relayed=relayed.get(row.relays_id, "") if row.relays_id else "",
            claims=counts.get(row.id, 0),
        )
        for row in rows
    ]


def _counts(session: Session, keys: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
    query = select(Claim.citation_id, func.count()).group_by(Claim.citation_id)
    return {
        citation: count
        for chunk in chunks(sorted(keys))
        for citation, count in session.execute(query.where(Claim.citation_id.in_(chunk)))
    }


def _source_rows(session: Session, keys: Collection[uuid.UUID]) -> dict[uuid.UUID, SourceRow]:
    authors = _authors(session, keys)
    query = select(Source, Publication.name).outerjoin(Publication, Publication.id == Source.publication_id)
    return {
        source.id: SourceRow(
            id=source.id,
            title=source.title,
            outlet=publication or source.container_title or source.publisher or authors.get(source.id, ""),
            issued=describe(source.issued) if source.issued else "",
            language=source.language or "",
            url=source.url or "",
            reliability=source.reliability,
        )
        for chunk in chunks(sorted(keys))
        for source, publication in session.execute(query.where(Source.id.in_(chunk)))
    }


def _authors(session: Session, keys: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The first author of each source."""
    query = select(Contributor).where(Contributor.contributor_role == ContributorRole.AUTHOR)
    named: dict[uuid.UUID, str] = {}
    for chunk in chunks(sorted(keys)):
        for row in session.scalars(query.where(Contributor.source_id.in_(chunk)).order_by(Contributor.position)):
            named.setdefault(row.source_id, row.literal or f"{row.given or ''} {row.family or ''}".strip())
    return named
