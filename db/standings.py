"""How well the facts of many records are known: what the marks beside fields and rows show."""

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import literal_column, select
from sqlalchemy.orm import Session

from db.evidence import EXISTENCE, FieldStanding, weigh
from db.facts import facts_of, names_source
from db.fields import fields_of
from db.models import Claim, Entity
from db.models.vocabulary import Standing
from db.queries.records import values_of
from db.queries.titles import chunks, class_of, entity, kinds_of
from db.review.scope import Scope
from db.review.uncited import lacking_at
from db.triggers import table_of

UNCITED = FieldStanding(Standing.UNCITED, 0, 0, exact=False)
NAMED = FieldStanding(Standing.SINGLE, 1, 0, exact=True)
"""Of a record that no claim is about, and that says itself which source it is from."""
TABLES = frozenset({"claim", "citation", "source", "acceptance"})
"""What standings are made of, besides the records that they are about."""
_RANKS = (Standing.DISPUTED, Standing.UNCITED, Standing.SINGLE, Standing.SUPPORTED)


@dataclass(frozen=True, slots=True)
class KnownFact:
    """A fact of a record, or another field that claims are about, and how well it is known."""

    record: uuid.UUID
    """Where its evidence is: the record; of a member that only its set has claims for, the record of the set."""
    field: str
    """`EXISTENCE` where the record as a whole is meant."""
    standing: FieldStanding


Known = dict[uuid.UUID, tuple[KnownFact, ...]]


def known_facts(session: Session, records: Collection[uuid.UUID]) -> Known:
    """The facts of records in the order of their fields. Records without any, or that are not there, have none.

    A few statements per kind, however many records. A fact lacks a source exactly where `db.facts` says so.
    """
    by_kind: dict[str, list[uuid.UUID]] = {}
    for key, kind in kinds_of(session, records).items():
        by_kind.setdefault(kind, []).append(key)
    found: Known = {}
    for kind, keys in by_kind.items():
        for chunk in chunks(keys):
            found |= _of_kind(session, entity(kind), chunk)
    return found


def standings(session: Session, subject: uuid.UUID) -> dict[str, FieldStanding]:
    """How well each fact of a record is known, by field. Raises RecordNotFound."""
    class_of(session, subject)
    return {fact.field: fact.standing for fact in known_facts(session, [subject]).get(subject, ())}


def weakest(facts: Iterable[KnownFact]) -> KnownFact | None:
    """The fact that an editor would look at first: disputed, then without a source, then that of the fewest origins."""
    return min(facts, key=strength, default=None)


def strength(fact: KnownFact) -> tuple[int, int, bool]:
    """How well a fact is known, to compare it with others."""
    found = fact.standing
    return _RANKS.index(found.standing), found.origins, found.exact


def _of_kind(session: Session, cls: type[Entity], keys: Sequence[uuid.UUID]) -> Known:
    found = _claimed(session, cls, keys)
    for name, records in lacking_at(Scope(session, cls, [key.bytes for key in keys])).items():
        for record in records:
            found.setdefault(uuid.UUID(bytes=record), {})[name or EXISTENCE] = UNCITED
    facts = {
        key: tuple(KnownFact(key, name, standing) for name, standing in _in_order(cls, own))
        for key, own in (found | _told_otherwise(session, cls, keys, found)).items()
    }
    return facts | _by_their_sets(session, cls, [key for key in keys if key not in facts])


Standings = dict[uuid.UUID, dict[str, FieldStanding]]


def _in_order(cls: type[Entity], found: Mapping[str, FieldStanding]) -> Iterator[tuple[str, FieldStanding]]:
    names = [*fields_of(cls), *(name for name in found if name not in fields_of(cls))]
    return ((name, found[name]) for name in names if name in found and found[name].standing in _RANKS)


def _claimed(session: Session, cls: type[Entity], keys: Sequence[uuid.UUID]) -> Standings:
    """What the claims about each record amount to, by field."""
    subjects = session.scalars(select(Claim.subject_id).where(Claim.subject_id.in_(keys)).distinct()).all()
    found: Standings = {}
    for field in weigh(session, cls, values_of(session, cls, subjects)) if subjects else ():
        if field.claims:
            found.setdefault(field.subject, {})[field.property] = field.summary()
    return found


def _told_otherwise(session: Session, cls: type[Entity], keys: Sequence[uuid.UUID], found: Standings) -> Standings:
    """Facts that need no claim of their own: each member of a set has some, or the record names its source."""
    told: Standings = {}
    for name in facts_of(cls).names:
        if fields_of(cls)[name].link:
            lacking = [key for key in keys if name not in found.get(key, {})]
            for key, standing in _of_sets(session, cls, name, lacking).items():
                told.setdefault(key, dict(found.get(key, {})))[name] = standing
    if source := names_source(cls):
        naming = select(table_of(cls).c.id).where(table_of(cls).c.id.in_(keys), literal_column(source))
        told |= {key: {EXISTENCE: NAMED} for key in session.scalars(naming) if key not in found}
    return told


def _of_sets(
    session: Session, cls: type[Entity], name: str, keys: Sequence[uuid.UUID]
) -> dict[uuid.UUID, FieldStanding]:
    """The weakest member of each set, all of whose members have claims."""
    link = fields_of(cls)[name].link
    if link is None or not issubclass(link, Entity) or not keys:
        return {}
    members = table_of(link)
    owner = members.c[link.ENDS[0]]
    owners = dict(session.execute(select(members.c.id, owner).where(owner.in_(keys))).all())
    by_owner: dict[uuid.UUID, list[KnownFact]] = {}
    for chunk in chunks(list(owners)):
        for member, own in _claimed(session, link, chunk).items():
            facts = [KnownFact(member, field, standing) for field, standing in own.items()]
            by_owner.setdefault(owners[member], []).extend(facts)
    return {key: fact.standing for key, facts in by_owner.items() if (fact := weakest(facts))}


def _by_their_sets(session: Session, cls: type[Entity], keys: Sequence[uuid.UUID]) -> Known:
    """Members of a set that no claim is about: as well known as the set that they are in."""
    if not cls.MEMBERS or not keys:
        return {}
    members = table_of(cls)
    owner = members.c[cls.ENDS[0]]
    owners = dict(session.execute(select(members.c.id, owner).where(members.c.id.in_(keys))).all())
    kind = entity(owner.info["target"])
    sets: dict[uuid.UUID, FieldStanding] = {}
    for chunk in chunks(sorted(set(owners.values()))):
        sets |= {key: own[cls.MEMBERS] for key, own in _claimed(session, kind, chunk).items() if cls.MEMBERS in own}
        lacks = lacking_at(Scope(session, kind, [key.bytes for key in chunk])).get(cls.MEMBERS, {})
        sets |= {uuid.UUID(bytes=key): UNCITED for key in lacks}
    return {
        key: (KnownFact(key, EXISTENCE, UNCITED) if sets[own] is UNCITED else KnownFact(own, cls.MEMBERS, sets[own]),)
        for key, own in owners.items()
        if own in sets
    }
