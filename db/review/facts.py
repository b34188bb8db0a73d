"""Which values of a case file are facts, so that one without a source is worth pointing out: the rule, in one place.

A fact is what a source could prove of the world. So these are none, though a claim about them is weighed like any
other: what a record is called (but for the title of an agreement, which the sheet prints with its sources), how it is
sorted into kinds, what says how sure a date is, what the analyst notes, and what a record is part of.

Some records say one thing as a whole, so any claim about them will do, as on the sheet: a relation, a provision, a
text, a statement, and an action or a tenure that has no date. Who takes part is a fact of what it is taken part in,
the same whether a claim is about the set (`parties`) or about each member of it.
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
    Membership,
    Organization,
    PartyAction,
    Person,
    Programme,
    Provision,
    Relation,
    Statement,
)
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
SAYS_NOTHING = frozenset({None, "", LegallyBinding.UNKNOWN.value})
"""Values that say that nothing is known."""


@cache
def fact_columns(cls: type[Entity]) -> dict[str, str]:
    """The facts of a kind that stand in a column, by column."""
    return {field.column: field.name for field in _fact_fields(cls) if field.column}


@cache
def fact_sets(cls: type[Entity]) -> tuple[Field, ...]:
    """The facts of a kind that are sets."""
    return tuple(field for field in _fact_fields(cls) if field.link)


def _fact_fields(cls: type[Entity]) -> list[Field]:
    return [fields_of(cls)[name] for name in FACTS[cls].names] if cls in FACTS else []
