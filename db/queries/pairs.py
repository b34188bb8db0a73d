"""What two states have to do with each other: their bodies and people, their agreements, occasions and programmes.

Each function gives a query of ids, to be used as a condition of another one.
"""

import uuid

from sqlalchemy import ColumnElement, Select, or_, select, union

from db.models import (
    Agreement,
    Event,
    Membership,
    Organization,
    Participation,
    Party,
    Post,
    Programme,
    ProgrammeAgreement,
    ProgrammeOrganization,
)
from db.models.vocabulary import Classification

Ids = Select[uuid.UUID]


def bodies_of(state: uuid.UUID) -> Ids:
    """A state with all bodies below it, at any depth, and those that were entered twice; no other state."""
    body = select(Organization.id).where(Organization.id == state).cte(f"bodies_{state.hex}", recursive=True)
    is_state = Organization.classification == Classification.STATE
    below = or_(Organization.parent_id == body.c.id, Organization.merged_into_id == body.c.id)
    other = Organization.merged_into_id.is_(None) & is_state.is_(True)
    return select(body.union(select(Organization.id).join(body, below).where(~other)).c.id)


def posts_of(bodies: Ids) -> Ids:
    """The posts of some bodies."""
    return select(Post.id).where(Post.organization_id.in_(bodies))


def memberships_of(bodies: Ids) -> Ids:
    """The tenures of posts of some bodies, in these bodies, or on their behalf."""
    return select(Membership.id).where(_belongs(bodies))


def people_of(bodies: Ids) -> Ids:
    """Whoever at any time held a post of some bodies, belonged to them or acted for them."""
    return select(Membership.person_id).where(_belongs(bodies))


def actors_of(bodies: Ids) -> Ids:
    """The bodies with their people: whoever can speak for them or take part."""
    return select(union(bodies, people_of(bodies)).subquery().c.id)


def _belongs(bodies: Ids) -> ColumnElement[bool]:
    return or_(
        Membership.organization_id.in_(bodies),
        Membership.on_behalf_of_id.in_(bodies),
        Membership.post_id.in_(posts_of(bodies)),
    )


def agreements_between(first: Ids, second: Ids) -> Ids:
    """The agreements that bodies of both states are party to; those that were entered twice once."""
    ours = select(Party.agreement_id).where(Party.organization_id.in_(first))
    theirs = select(Party.agreement_id).where(Party.organization_id.in_(second))
    return select(Agreement.id).where(
        Agreement.id.in_(ours), Agreement.id.in_(theirs), Agreement.merged_into_id.is_(None)
    )


def events_between(first: Ids, second: Ids) -> Ids:
    """The occasions in which somebody of either state took part."""
    ours = select(Participation.event_id).where(Participation.participant_id.in_(actors_of(first)))
    theirs = select(Participation.event_id).where(Participation.participant_id.in_(actors_of(second)))
    return select(Event.id).where(Event.id.in_(ours), Event.id.in_(theirs), Event.merged_into_id.is_(None))


def programmes_between(first: Ids, second: Ids, agreements: Ids) -> Ids:
    """The programmes that rest on these agreements, or in which bodies of both states take part."""
    resting = select(ProgrammeAgreement.programme_id).where(ProgrammeAgreement.agreement_id.in_(agreements))
    member = ProgrammeOrganization.organization_id
    ours = select(ProgrammeOrganization.programme_id).where(member.in_(first))
    theirs = select(ProgrammeOrganization.programme_id).where(member.in_(second))
    both = Programme.id.in_(ours) & Programme.id.in_(theirs)
    return select(Programme.id).where(or_(Programme.id.in_(resting), both), Programme.merged_into_id.is_(None))
