"""What the states of a case file are called in the language of a briefing (CLDR, by their ISO 3166 codes)."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.countries import state_name
from db.models import Organization
from db.models.vocabulary import Classification
from db.queries.records import FieldRow, RecordRow
from exports.briefing.languages import Vocabulary

_BETWEEN = "; "
"""Between the members of a set, as `db.queries.records.display` has it."""


@dataclass(frozen=True)
class StateNames:
    """Puts the names of states into a briefing's language; in English they stay as they were entered."""

    session: Session = field(repr=False)
    vocabulary: Vocabulary

    def rows(self, rows: Iterable[RecordRow]) -> list[RecordRow]:
        """Records with their terms, dates and states in the language."""
        told = self.vocabulary.rows(rows)
        return list(map(self._row, told)) if self._by_key else told

    def words(self, value: object, text: str) -> str:
        """The text that says a value, one state or several among others."""
        if isinstance(value, uuid.UUID):
            return self._by_key.get(value, text)
        if isinstance(value, frozenset) and not self._by_key.keys().isdisjoint(value):
            return _BETWEEN.join(sorted(self._by_name.get(part, part) for part in text.split(_BETWEEN)))
        return text

    def _row(self, row: RecordRow) -> RecordRow:
        own = self._by_key.get(row.id)
        if own:
            return replace(row, title=own, fields=tuple(_called(field, own) for field in row.fields))
        return replace(row, fields=tuple(map(self._field, row.fields)))

    def _field(self, field: FieldRow) -> FieldRow:
        text = self.words(field.value, field.text)
        return field if text is field.text else replace(field, text=text)

    @cached_property
    def _states(self) -> list[tuple[uuid.UUID, str, str]]:
        """Id, name in the file, name in the language."""
        if not self.vocabulary.terms:
            return []
        query = select(Organization.id, Organization.name, Organization.iso_code).where(
            Organization.classification == Classification.STATE, Organization.iso_code.is_not(None)
        )
        locale = self.vocabulary.locale
        called = [(key, name, state_name(code or "", locale)) for key, name, code in self.session.execute(query)]
        return [each for each in called if each[2]]

    @cached_property
    def _by_key(self) -> dict[uuid.UUID, str]:
        return {key: name for key, _, name in self._states}

    @cached_property
    def _by_name(self) -> dict[str, str]:
        return {name: told for _, name, told in self._states}


def _called(field: FieldRow, name: str) -> FieldRow:
    return replace(field, text=name) if field.name == "name" else field
