"""The shortest words for cases that a review has something to say about."""

import uuid

from db.models import Agreement, Citation, Claim, Entity, Source
from db.models.vocabulary import FindingKind
from db.review.findings import Finding, findings_of
from db.review.register import Register
from db.review.survey import review
from tests.db.case import Case

Found = tuple[FindingKind, str]


def found_at(case: Case, record: uuid.UUID) -> set[Found]:
    """Kind and field of all that is found at one record."""
    return {(finding.kind, finding.field) for finding in case.read(findings_of, record)}


def kinds_at(case: Case, record: uuid.UUID, name: str) -> set[FindingKind]:
    """The kinds of finding at one field of a record."""
    return {kind for kind, field in found_at(case, record) if field == name}


def finding(case: Case, record: uuid.UUID, kind: FindingKind) -> Finding:
    """The one finding of a kind at a record."""
    (found,) = [each for each in case.read(findings_of, record) if each.kind is kind]
    return found


def cite(case: Case, *, reliability: str | None = "B", credibility: str | None = "2", **citation: object) -> uuid.UUID:
    """A new source and a passage of it."""
    source = case.add(Source, title="Source", reliability=reliability)
    return case.add(Citation, source=source, credibility=credibility, **citation)


def claim(case: Case, subject: uuid.UUID, name: str, value: str | None, citation: uuid.UUID | None = None) -> uuid.UUID:
    """A claim on a field, from a source of its own unless a citation is given."""
    return case.add(Claim, subject=subject, property=name, value=value, citation=citation or cite(case))


def add(case: Case, cls: type[Entity], /, **values: object) -> uuid.UUID:
    """A record."""
    return case.add(cls, **values)


def bare_agreement(case: Case, title: str = "Treaty") -> uuid.UUID:
    """An agreement of which only the title is known."""
    return case.add(Agreement, title=title)


def spots(register: Register) -> set[tuple[object, ...]]:
    """What a register holds, as a set."""
    return {tuple(spot) for spot in register}


def whole(case: Case) -> tuple[set[tuple[object, ...]], set[tuple[object, ...]]]:
    """What the review of the whole file finds: to look at, and dismissed."""
    reviewed = case.read(review)
    return spots(reviewed.open), spots(reviewed.dismissed)
