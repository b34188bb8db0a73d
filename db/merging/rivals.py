"""Keeping both values of a field: each as a claim, so that the evidence shows the dispute until one is accepted."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.errors import InvalidValue
from db.fields import canonical, fields_of
from db.lineage import Value
from db.models import Citation, Claim, Source
from db.models.vocabulary import SourceType
from db.operations.records import add_record
from db.queries.history import typed_value
from db.queries.titles import class_of


def claim_rivals(session: Session, subject: uuid.UUID, column: str, sides: Sequence[tuple[Value, str]]) -> None:
    """Claim each value that no claim on the field tells yet; the source is then the person who entered it."""
    cls, name = class_of(session, subject), column.removesuffix("_id")
    if name not in fields_of(cls):
        return
    known = set(session.scalars(select(Claim.value).where(Claim.subject_id == subject, Claim.property == name)))
    for value, author in sides:
        text = canonical(typed_value(cls, column, value))
        if text not in known:
            told = {"subject": subject, "property": name, "citation": _citation(session, author)}
            try:
                add_record(session, Claim, told | {"value": text})
            except InvalidValue:  # a date in words can be claimed by its words only
                add_record(session, Claim, told | {"original_text": text})
            known.add(text)


def _citation(session: Session, author: str) -> uuid.UUID:
    """The passage that stands for what somebody entered without a source; one for each person."""
    title = f"Entered by {author or 'another program'}, without a source"
    mine = select(Citation.id).join(Source, Source.id == Citation.source_id)
    found = session.scalar(mine.where(Source.title == title, Source.source_type == SourceType.PERSONAL_COMMUNICATION))
    if found is not None:
        return found
    values = {"title": title, "source_type": SourceType.PERSONAL_COMMUNICATION}
    return add_record(session, Citation, {"source": add_record(session, Source, values)})
