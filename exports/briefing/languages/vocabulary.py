"""All words of one language: the fixed ones, and those of the data model's vocabularies."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from babel.units import format_unit

from db.dates import Edtf, describe
from db.fields import FieldValue
from db.models.vocabulary import RelationType
from db.queries.records import FieldRow, RecordRow
from db.status import Status
from exports.briefing.labels import Labels

_UNITS = ("year", "month", "week", "day")
_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?", re.IGNORECASE)

Terms = Mapping[type[StrEnum], Mapping[str, str]]
"""By vocabulary, what each term is called; of relations also their inverses, by their English."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """One language. English has no terms of its own: they are stored in it."""

    labels: Labels
    reserved: Labels
    """Those of a briefing that leaves out what is marked above something."""
    terms: Terms
    locale: str
    """Babel's."""
    tag: str
    """BCP 47."""

    def term(self, member: StrEnum) -> str:
        """What a term of any vocabulary is called."""
        return self.terms.get(type(member), {}).get(member.value, member.value)

    def inverse(self, relation: RelationType) -> str:
        """What a relation is called from its other end."""
        return self.terms.get(RelationType, {}).get(relation.inverse, relation.inverse)

    def status(self, word: str) -> str:
        """A status that a source gave, as it was typed where it is none of ours."""
        return self.terms.get(Status, {}).get(word, word)

    def date(self, date: Edtf | None) -> str:
        """A date in words; empty where there is none."""
        return describe(date, self.locale) if date else ""

    def short_date(self, date: Edtf | None) -> str:
        """The same for a narrow column: "3 Sep 2024"."""
        return describe(date, self.locale, short=True) if date else ""

    def duration(self, text: str) -> str:
        """A duration of ISO 8601 in words, "P10Y" as "10 years"; any other text as it was typed."""
        found = _DURATION.fullmatch(text.strip())
        parts = (
            [(int(count), unit) for count, unit in zip(found.groups(), _UNITS, strict=True) if count] if found else []
        )
        told = (format_unit(count, f"duration-{unit}", locale=self.locale) for count, unit in parts)
        return ", ".join(told) if parts else text

    def rows(self, rows: Iterable[RecordRow]) -> list[RecordRow]:
        """Records with their terms and dates in this language; titles and texts stay as they were entered."""
        if not self.terms:
            return list(rows)
        return [replace(row, fields=tuple(map(self._field, row.fields))) for row in rows]

    def _field(self, field: FieldRow) -> FieldRow:
        text = self.value(field.value)
        return field if text is None else replace(field, text=text)

    def value(self, value: FieldValue) -> str | None:
        """A value in words where it is a term, terms, a date or a flag; otherwise None."""
        match value:
            case bool():
                return self.labels.yes if value else self.labels.no
            case StrEnum() if type(value) in self.terms:
                return self.term(value)
            case Edtf():
                return self.date(value)
            case frozenset() if value and all(isinstance(item, StrEnum) for item in value):
                members = [item for item in value if isinstance(item, StrEnum)]
                return "; ".join(map(self.term, sorted(members, key=_place)))
        return None


def _place(member: StrEnum) -> int:
    """Where a term stands in its vocabulary."""
    return list(type(member)).index(member)
