"""What can be attached to any record: names, identifiers, notes, tags, tasks, files, and what it concerns."""

import uuid

from sqlalchemy.orm import Mapped

from db.dates import Edtf
from db.models.base import Entity, Link, long_text, reference, term
from db.models.sources import content
from db.models.vocabulary import Outcome, Tlp, Visibility

CONCERNING = ("assessment", "task", "note", "statement", "event", "equipment")


class OtherName(Entity):
    """Another name or title of a record, in a language and script, for a time (Popolo other_names)."""

    __tablename__ = "other_name"
    PLURAL = "names"
    TITLE = ("name",)

    record_id: Mapped[uuid.UUID] = reference("record", required=True, owner=True)
    name: Mapped[str]
    language: Mapped[str | None]
    script: Mapped[str | None]
    """ISO 15924."""
    valid_from: Mapped[Edtf | None]
    valid_to: Mapped[Edtf | None]
    notes: Mapped[str | None]


class ExternalIdentifier(Entity):
    """How another system calls a record (Popolo identifiers): Wikidata, ISSN, a treaty series."""

    __tablename__ = "identifier"
    PLURAL = "identifiers"
    TITLE = ("scheme", "identifier")
    ENDS = ("record_id", "scheme", "identifier")

    record_id: Mapped[uuid.UUID] = reference("record", required=True, owner=True)
    scheme: Mapped[str]
    identifier: Mapped[str]


class Concern(Link):
    """That an assessment, task, note, statement, event or type of equipment is about a record."""

    __tablename__ = "concern"
    ENDS = ("record_id", "subject_id")
    FIELD = "concerns"

    record_id: Mapped[uuid.UUID] = reference("record", required=True, owner=True, kinds=CONCERNING)
    subject_id: Mapped[uuid.UUID] = reference("record", required=True, owner=True)


class Task(Entity):
    """A question to answer; "searched, not found", with where and when, is an answer too."""

    __tablename__ = "task"
    PLURAL = "tasks"
    TITLE = ("question",)

    question: Mapped[str] = long_text(required=True)
    due: Mapped[Edtf | None]
    outcome: Mapped[Outcome] = term(Outcome, required=True, default=Outcome.OPEN)
    outcome_text: Mapped[str | None] = long_text()
    searched_where: Mapped[str | None] = long_text()
    searched_on: Mapped[Edtf | None]


class Note(Entity):
    """Something the analyst writes down. Internal unless said otherwise."""

    __tablename__ = "note"
    PLURAL = "notes"
    TITLE = ("text",)

    text: Mapped[str] = long_text(required=True)
    visibility: Mapped[Visibility] = term(Visibility, required=True, default=Visibility.INTERNAL)


class Tag(Entity):
    """A word that the analyst sorts records by; two people who make the same tag make one."""

    __tablename__ = "tag"
    PLURAL = "tags"
    TITLE = ("name",)
    ENDS = ("name",)

    name: Mapped[str]
    colour: Mapped[str | None]


class Tagging(Link):
    """That a record carries a tag."""

    __tablename__ = "tagging"
    ENDS = ("record_id", "tag_id")
    FIELD = "tags"

    record_id: Mapped[uuid.UUID] = reference("record", required=True, owner=True)
    tag_id: Mapped[uuid.UUID] = reference("tag", required=True, owner=True)


class Attachment(Entity):
    """A file kept with a record, its bytes by SHA-256."""

    __tablename__ = "attachment"
    PLURAL = "attachments"
    TITLE = ("filename",)

    record_id: Mapped[uuid.UUID] = reference("record", required=True, owner=True)
    filename: Mapped[str]
    media_type: Mapped[str | None]
    size: Mapped[int]
    sha256: Mapped[bytes] = content(required=True)


class CaseFile(Entity):
    """What the file is: copies made of it keep its id, so that they know each other again."""

    __tablename__ = "case_file"
    PLURAL = "case-files"
    TITLE = ("title",)

    title: Mapped[str]
    description: Mapped[str | None] = long_text()
    default_marking: Mapped[Tlp | None] = term(Tlp)
    marking_line: Mapped[str | None]
    """A national marking in its own words, printed beside the TLP label."""
    language: Mapped[str | None]
    created: Mapped[Edtf | None]


class Author(Entity):
    """Someone who edits: asked once for a name, known by the id."""

    __tablename__ = "author"
    PLURAL = "authors"
    TITLE = ("name",)

    name: Mapped[str]
