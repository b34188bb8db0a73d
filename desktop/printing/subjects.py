"""Which briefing a record asks for."""

from uuid import UUID

from db.models import Agreement, Organization, Person
from db.models.vocabulary import Classification
from db.queries.records import RecordRow
from desktop.printing.options import Kind, Subject


def subject_of(row: RecordRow) -> Subject | None:
    """The briefing of a record: its sheet or profile; of a state a pair whose other state is still to be chosen."""
    key: tuple[UUID] = (row.id,)
    if row.kind == Agreement.PLURAL:
        return Subject(Kind.AGREEMENT, key)
    if row.kind == Person.PLURAL:
        return Subject(Kind.OFFICIAL, key)
    if row.kind == Organization.PLURAL and row["classification"].value is Classification.STATE:
        return Subject(Kind.PAIR, key)
    return None
