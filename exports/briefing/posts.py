"""In which post somebody signed, and whether it was theirs that day."""

import uuid

from sqlalchemy.orm import Session

from db.dates import Edtf
from db.models.vocabulary import EndMeaning, HeldPost, StartMeaning
from db.queries.records import RecordRow, record
from db.tenure import held_on


def membership_of(session: Session, signatory: RecordRow) -> RecordRow | None:
    """The post that a signatory signed in, if one is on file."""
    key = signatory["membership"].value
    return record(session, key) if isinstance(key, uuid.UUID) else None


def held_post(membership: RecordRow, action: RecordRow) -> HeldPost:
    """Whether the post was held on the day of the action."""
    values = {field.name: field.value for field in membership.fields}
    day, start, end = action["date"].value, values["start_date"], values["end_date"]
    return held_on(
        day if isinstance(day, Edtf) else None,
        start if isinstance(start, Edtf) else None,
        values["start_meaning"] if isinstance(values["start_meaning"], StartMeaning) else None,
        end if isinstance(end, Edtf) else None,
        values["end_meaning"] if isinstance(values["end_meaning"], EndMeaning) else None,
    )
