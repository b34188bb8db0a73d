"""Which fields of a kind stand in front, in which order, and which are found under “More fields”."""

from db.csl import columns_of_type
from db.fields import Field, FieldType, fields_of
from db.models import Entity

ALWAYS_LAST = ("concerns", "tags", "marking", "merged_into")
_FRONT: dict[str, tuple[str, ...]] = {
    "agreements": (
        "title", "instrument_type", "legally_binding", "parties", "subjects", "summary", "place_signed", "depositary",
        "tags",
    ),
    "officials": ("name", "honorific", "birth_date", "notes", "tags"),
    "organizations": ("name", "classification", "iso_code", "parent", "notes", "tags"),
    "sources": ("title", "source_type", "publication", "reliability", "issued", "language", "url", "notes", "tags"),
    "citations": ("source", "locator_label", "locator", "quotation", "quotation_language", "quotation_translation",
                  "credibility", "relays", "notes"),
    "actions": ("action", "date", "organization", "place", "signatories", "on_behalf_of", "agreement"),
    "events": ("title", "event_type", "date", "place", "participants", "notes", "concerns", "tags"),
    "statements": ("speaker", "text", "wording", "language", "translation", "date", "occasion", "relayed_by", "source",
                   "concerns", "tags"),
    "claims": ("subject", "property", "value", "citation", "original_text", "original_language", "as_of", "analyst",
               "notes"),
    "tasks": ("question", "due", "outcome", "outcome_text", "searched_where", "searched_on", "concerns"),
    "notes": ("text", "visibility", "concerns", "tags"),
    "assessments": ("judgement", "assessment_form", "basis", "confidence", "likelihood", "analyst", "concerns"),
}  # fmt: skip


def front_fields(cls: type[Entity], source_type: str = "") -> list[Field]:
    """The fields that stand in front; of sources those that their type has (CSL)."""
    fields = fields_of(cls)
    names = _FRONT.get(cls.PLURAL) or tuple(name for name in fields if name not in ALWAYS_LAST)
    if source_type:
        names = _of_source(source_type)
    return [fields[name] for name in names if name in fields]


def _of_source(source_type: str) -> tuple[str, ...]:
    """Title and type, what the type has, what a source of any type has; addresses, which take a line, together."""
    own = columns_of_type(source_type)
    short = ("title", "source_type", "publication", *(name for name in own if name != "url"), "reliability", "language")
    addresses = ("url", "archive_url") if "url" in own else ()
    return tuple(dict.fromkeys((*short, *addresses, "notes", "tags")))


def more_fields(cls: type[Entity], source_type: str = "") -> list[Field]:
    """The others."""
    front = front_fields(cls, source_type)
    return [field for field in fields_of(cls).values() if field not in front]


def is_wide(field: Field) -> bool:
    """Whether a field takes a line of its own."""
    return field.holds in (FieldType.LONG_TEXT, FieldType.REFERENCES, FieldType.TERMS) or field.name in WIDE_TEXTS


WIDE_TEXTS = {"title", "name", "label", "url", "archive_url", "designation", "subject", "citation"}
