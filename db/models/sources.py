"""Sources in CSL's terms, what was kept of them, and the passages that prove something."""

import uuid

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.dates import Edtf
from db.models.base import Base, Duplicable, Entity, long_text, reference, strict, term
from db.models.vocabulary import ContributorRole, Credibility, LocatorLabel, Reliability, SourceType


class Publication(Duplicable, Entity):
    """What sources appear in: a newspaper, a ministry's site, a journal."""

    __tablename__ = "publication"
    PLURAL = "publications"
    TITLE = ("name",)

    name: Mapped[str]
    publisher_id: Mapped[uuid.UUID | None] = reference("organization")
    country_id: Mapped[uuid.UUID | None] = reference("organization")


class Source(Duplicable, Entity):
    """One document that says something; its columns are CSL variables."""

    __tablename__ = "source"
    PLURAL = "sources"
    TITLE = ("title",)

    title: Mapped[str]
    source_type: Mapped[SourceType | None] = term(SourceType)
    publication_id: Mapped[uuid.UUID | None] = reference("publication")
    container_title: Mapped[str | None]
    publisher: Mapped[str | None]
    issued: Mapped[Edtf | None]
    accessed: Mapped[Edtf | None]
    url: Mapped[str | None]
    archive_url: Mapped[str | None]
    doi: Mapped[str | None]
    language: Mapped[str | None]
    authority: Mapped[str | None]
    jurisdiction: Mapped[str | None]
    reliability: Mapped[Reliability | None] = term(Reliability)
    notes: Mapped[str | None] = long_text()


class Contributor(Entity):
    """A CSL name of a source: its author, editor and so on, in the order given by `position`."""

    __tablename__ = "contributor"
    PLURAL = "contributors"
    TITLE = ("literal", "given", "family")

    source_id: Mapped[uuid.UUID] = reference("source", required=True, owner=True)
    contributor_role: Mapped[ContributorRole] = term(ContributorRole, required=True)
    position: Mapped[int | None]
    family: Mapped[str | None]
    given: Mapped[str | None]
    literal: Mapped[str | None]


class SourceVariable(Entity):
    """Any further CSL variable of a source, so that an imported reference loses nothing."""

    __tablename__ = "source_variable"
    PLURAL = "variables"
    TITLE = ("variable", "value")
    ENDS = ("source_id", "variable")

    source_id: Mapped[uuid.UUID] = reference("source", required=True, owner=True)
    variable: Mapped[str]
    value: Mapped[str | None] = long_text()


class Content(Base):
    """Bytes by their SHA-256. Never changed and never logged: two files that hold the same hold it once."""

    __tablename__ = "content"
    __table_args__ = strict(CheckConstraint("length(sha256) = 32"))

    pk: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[bytes] = mapped_column(unique=True)
    data: Mapped[bytes]


def content(*, required: bool = False) -> Mapped[bytes]:
    """A column that names bytes of the content table by their SHA-256."""
    return mapped_column(
        ForeignKey("content.sha256", deferrable=True, initially="DEFERRED"),
        nullable=not required,
        index=True,
        info={"content": True},
    )


class Snapshot(Entity):
    """What a source held when it was captured: its bytes and the text read from them (pages end in U+000C)."""

    __tablename__ = "snapshot"
    PLURAL = "snapshots"
    TITLE = ("source_id", "captured_at")

    source_id: Mapped[uuid.UUID] = reference("source", required=True, owner=True)
    sha256: Mapped[bytes] = content(required=True)
    text_sha256: Mapped[bytes | None] = content()
    media_type: Mapped[str]
    size: Mapped[int]
    captured_at: Mapped[str]
    """UTC, ISO 8601 with seconds."""


class Citation(Entity):
    """A passage of a source (Security Force Monitor's access point), and whom it repeats."""

    __tablename__ = "citation"
    PLURAL = "citations"
    TITLE = ("source_id", "locator")

    source_id: Mapped[uuid.UUID] = reference("source", required=True)
    snapshot_id: Mapped[uuid.UUID | None] = reference("snapshot")
    locator_label: Mapped[LocatorLabel | None] = term(LocatorLabel)
    locator: Mapped[str | None]
    quotation: Mapped[str | None] = long_text()
    quotation_language: Mapped[str | None]
    quotation_translation: Mapped[str | None] = long_text()
    quotation_start: Mapped[int | None]
    """Offset in code points into the snapshot's text."""
    quotation_end: Mapped[int | None]
    credibility: Mapped[Credibility | None] = term(Credibility)
    relays_id: Mapped[uuid.UUID | None] = reference("source")
    """The source that this passage repeats. Following it to the end gives the origin; it may be a cycle."""
    notes: Mapped[str | None] = long_text()
