"""Which values of a case file are facts, and which of them lack a source: the rule, in one place.

The review, the filter `is:uncited`, the lists and the marks beside what a window shows all ask it (`lacking`).

A fact is what a source could prove of the world. So these are none, though a claim about them is weighed like any
other: what a record is called (but for the title of an agreement, which the sheet prints with its sources), how it is
sorted into kinds, what says how sure a date is, what the analyst notes, and what a record is part of.

Some records say one thing as a whole, so any claim about them will do, as on the sheet: a relation, a provision, a
text, a statement, and an action or a tenure that has no date. Who takes part is a fact of what it is taken part in,
the same whether a claim is about the set (`parties`) or about each member of it. A record that was joined with another
one says nothing of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from db.fields import Field, fields_of
from db.models import (
    Agreement,
    AgreementText,
    Entity,
    Equipment,
    Event,
    Link,
    Logged,
    Membership,
    Organization,
    PartyAction,
    Person,
    Programme,
    Provision,
    Relation,
    Statement,
)
from db.models.base import Duplicable
from db.models.vocabulary import LegallyBinding

WHOLE = ""
"""In place of a field: the record as a whole."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one kind: fields, or the record as a whole unless one of the fields in `unless` has a value."""

    names: tuple[str, ...] = ()
    whole: bool = False
    unless: tuple[str, ...] = ()
    source: str = ""
    """A column that names the source of the whole record, besides claims."""


FACTS: Mapping[type[Entity], Facts] = {
    Agreement: Facts(
        (
            "title", "instrument_type", "legally_binding", "summary", "place_signed", "term_span", "renewal_type",
            "renewal_years", "unts_number", "treaty_number", "depositary", "subjects", "parties",
        )
    ),
    PartyAction: Facts(("date", "place", "on_behalf_of", "signatories"), whole=True, unless=("date",)),
    Membership: Facts(("start_date", "end_date", "on_behalf_of"), whole=True, unless=("start_date", "end_date")),
    Person: Facts(("birth_date",)),
    Organization: Facts(("parent", "founding_date", "dissolution_date")),
    Event: Facts(("date", "place", "participants")),
    Equipment: Facts(("equipment_kind", "manufacturer", "operators")),
    Programme: Facts(("purpose", "equipment", "organizations", "agreements")),
    Relation: Facts(whole=True),
    Provision: Facts(whole=True),
    AgreementText: Facts(whole=True, source="source_id"),
    Statement: Facts(whole=True, source="source_id"),
}  # fmt: skip


LEADING: Mapping[type[Entity], Mapping[type[Entity], tuple[str, ...]]] = {
    Agreement: {Agreement: ("parties",), PartyAction: ("date", "signatories", WHOLE)},
}
"""For lists of some kinds, which facts of the records and of their parts a sheet prints first: who agreed, what was
done when, who signed. Where only others lack a source (a subject, a summary), an editor would not send a sheet back."""


@cache
def leading(top: type[Entity], cls: type[Entity]) -> Mapping[str, str]:
    """`lacking` of a kind, for the facts that come first in a list of `top`: all, unless LEADING says which."""
    chosen = LEADING[top].get(cls, ()) if top in LEADING else None
    return {name: condition for name, condition in lacking(cls).items() if chosen is None or name in chosen}


@cache
def facts_of(cls: type[Entity]) -> Facts:
    """The facts of a kind; none where nothing of it needs a source."""
    return FACTS.get(cls, Facts())


@cache
def lacking(cls: type[Entity]) -> Mapping[str, str]:
    """For each fact of a kind, by its field (WHOLE: the record), SQL that is 1 for records where it lacks a source.

    The SQL is about the kind's table under its own name, never null, and costs one look at an index where it is 0.
    """
    facts = facts_of(cls)
    alone = f" AND {cls.__tablename__}.merged_into_id IS NULL" if issubclass(cls, Duplicable) else ""
    found = {name: _lacking_field(cls, fields_of(cls)[name]) for name in facts.names}
    if facts.whole:
        found[WHOLE] = _lacking_whole(cls, facts)
    return {name: f"({condition}{alone})" for name, condition in found.items()}


def names_source(cls: type[Entity]) -> str:
    """SQL that is 1 for records of a kind that name their source themselves; empty where none does."""
    source = facts_of(cls).source
    return f"({cls.__tablename__}.{source} IS NOT NULL)" if source else ""


def _lacking_field(cls: type[Entity], field: Field) -> str:
    nothing = ", ".join(f"'{word}'" for word in ("", LegallyBinding.UNKNOWN.value))
    there = _lacking_members(cls, field) if field.link else f"coalesce({_of(cls, field.column)}, '') NOT IN ({nothing})"
    return f"{there} AND {_unclaimed(cls)} AND claim.property = '{field.name}')"


def _lacking_members(cls: type[Entity], field: Field) -> str:
    """Whether a set has a member without a claim of its own; a member that is no record can have none."""
    assert field.link is not None
    owner = f"{_of(field.link, field.link.ENDS[0])} = {_of(cls, 'id')}"
    alone = "" if issubclass(field.link, Link) else f" AND {_unclaimed(field.link)})"
    return f"EXISTS (SELECT 1 FROM {field.link.__tablename__} WHERE {owner}{alone})"


def _lacking_whole(cls: type[Entity], facts: Facts) -> str:
    empty = "".join(f" AND {_of(cls, name)} IS NULL" for name in (*facts.unless, *filter(None, [facts.source])))
    return f"{_unclaimed(cls)}){empty}"


def _unclaimed(cls: type[Logged]) -> str:
    """No claim is about the record; to be closed, or narrowed to some claims."""
    return f"NOT EXISTS (SELECT 1 FROM claim WHERE claim.subject_id = {_of(cls, 'id')}"


def _of(cls: type[Logged], column: str) -> str:
    return f"{cls.__tablename__}.{column}"
