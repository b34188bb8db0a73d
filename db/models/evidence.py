"""Claims: what a citation says about one field, which claim the analyst accepted, and what need not be looked at."""

import uuid

from sqlalchemy.orm import Mapped

from db.dates import Edtf
from db.models.base import Entity, long_text, reference, term
from db.models.vocabulary import AssessmentForm, Confidence, FindingKind, Likelihood


class Claim(Entity):
    """That a citation gives a field this value. Rival claims stand side by side."""

    __tablename__ = "claim"
    PLURAL = "claims"
    TITLE = ("property", "value")

    subject_id: Mapped[uuid.UUID] = reference("record", required=True, owner=True)
    property: Mapped[str]
    """A field of the subject, `existence`, or `status` for a status observed on a day."""
    value: Mapped[str | None]
    """In canonical form (`db.fields.canonical`); none where the source says that there is no value."""
    as_of: Mapped[Edtf | None]
    """When the value is said to have held, for a claim that observes rather than dates."""
    original_text: Mapped[str | None] = long_text()
    original_language: Mapped[str | None]
    citation_id: Mapped[uuid.UUID] = reference("citation", required=True)
    analyst_id: Mapped[uuid.UUID | None] = reference("author")
    notes: Mapped[str | None] = long_text()


class Acceptance(Entity):
    """Which claim the analyst believes for a field, and why."""

    __tablename__ = "acceptance"
    PLURAL = "acceptances"
    TITLE = ("property", "claim_id")
    ENDS = ("subject_id", "property")

    subject_id: Mapped[uuid.UUID] = reference("record", required=True, owner=True)
    property: Mapped[str]
    claim_id: Mapped[uuid.UUID] = reference("claim", required=True, owner=True)
    reason: Mapped[str | None] = long_text()
    analyst_id: Mapped[uuid.UUID | None] = reference("author")


class Dismissal(Entity):
    """That a finding of the review is none, and why. It holds for the very state that was looked at (`db.review`)."""

    __tablename__ = "dismissal"
    PLURAL = "dismissals"
    TITLE = ("finding", "property", "subject_id")
    ENDS = ("subject_id", "finding", "property", "state")

    subject_id: Mapped[uuid.UUID] = reference("record", required=True, owner=True)
    finding: Mapped[FindingKind] = term(FindingKind, required=True)
    property: Mapped[str | None]
    """A field of the subject; none where the record as a whole is meant."""
    state: Mapped[str]
    """A short hash of what the finding was made of: another value, rival or origin makes another one."""
    reason: Mapped[str | None] = long_text()
    analyst_id: Mapped[uuid.UUID | None] = reference("author")


class Distinction(Entity):
    """That two records are not the same, and why. It holds for the likeness that was looked at (`db.duplicates`)."""

    __tablename__ = "distinction"
    PLURAL = "distinctions"
    TITLE = ("first_id", "second_id")
    ENDS = ("first_id", "second_id", "state")

    first_id: Mapped[uuid.UUID] = reference("record", required=True, owner=True)
    """The smaller id of the two, so that two people who say the same make one."""
    second_id: Mapped[uuid.UUID] = reference("record", required=True, owner=True)
    state: Mapped[str]
    """A short hash of what makes the two look alike: another name or date makes another one."""
    reason: Mapped[str | None] = long_text()
    analyst_id: Mapped[uuid.UUID | None] = reference("author")


class Assessment(Entity):
    """What the analyst concludes. Confidence and likelihood are two fields and never one sentence (ICD 203)."""

    __tablename__ = "assessment"
    PLURAL = "assessments"
    TITLE = ("judgement",)

    judgement: Mapped[str] = long_text(required=True)
    assessment_form: Mapped[AssessmentForm | None] = term(AssessmentForm)
    basis: Mapped[str | None] = long_text()
    confidence: Mapped[Confidence | None] = term(Confidence)
    likelihood: Mapped[Likelihood | None] = term(Likelihood)
    analyst_id: Mapped[uuid.UUID | None] = reference("author")
