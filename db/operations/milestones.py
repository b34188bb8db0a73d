"""The day of a status, entered as if it were a field: it is kept by the action behind it and nowhere else."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.errors import InvalidValue
from db.models import PartyAction
from db.operations.records import add_record, delete_record, pointing_at, set_field
from db.queries.lifecycle import MILESTONES, lifecycle
from db.status import Status
from db.triggers import stored_fields


def set_milestone(session: Session, agreement: uuid.UUID, status: Status, date: object) -> uuid.UUID | None:
    """Set the day on which an agreement as a whole reached a status; give the action behind it, if one is left.

    Its one action that leads to the status takes the date, or one is added. Without a date, an action that says
    nothing else and that nothing is said about goes; any other stays, undated. Raises InvalidValue where several
    actions, or those of parties, stand behind the status: then each has a day of its own.
    """
    given = date.strip() if isinstance(date, str) else date
    found = next(each for each in lifecycle(session, agreement).milestones if each.status is status)
    if not found.can_be_set:
        whose = "several actions of the agreement" if found.is_own else "actions of its parties"
        raise InvalidValue(f"Behind “{status.value}” stand {whose}. Each has a day of its own: set it there.")
    if not found.actions:
        if not given:
            return None
        return add_record(session, PartyAction, {"agreement": agreement, "action": MILESTONES[status], "date": given})
    action = found.actions[0][0]
    if not given and _says_nothing_else(session, action):
        delete_record(session, action)
        return None
    set_field(session, action, "date", given)
    return action


_OF_A_DATE = {"agreement_id", "action", "date"}


def _says_nothing_else(session: Session, action: uuid.UUID) -> bool:
    """Whether an action holds nothing but its date, and nothing else of the file points at it."""
    others = [getattr(PartyAction, name) for name in stored_fields(PartyAction) if name not in _OF_A_DATE]
    row = session.execute(select(*others).where(PartyAction.id == action)).one()
    return not any(row) and not any(pointing_at(session, action))
