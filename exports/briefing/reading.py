"""Reads a case file for one chapter: many records at once, weighed, and only what the marking's ceiling lets stand."""

import uuid
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from db.dates import Edtf, read
from db.errors import RecordNotFound
from db.models import Concern, Entity, OtherName
from db.queries.records import RecordRow
from db.queries.titles import chunks, class_of
from db.triggers import table_of
from exports.briefing.ceiling import AboveCeiling
from exports.briefing.compilation import Compilation
from exports.briefing.labels import Labels
from exports.briefing.sheet import Phrase, Support
from exports.briefing.support import Weights
from exports.briefing.words import LAST_DAY, BriefingOptions

Keys = Collection[uuid.UUID] | Select[uuid.UUID]
"""Records by their ids, or by the query that gives them."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One chapter's reading, in the order of its sections, so that notes are numbered as they are first read."""

    compilation: Compilation

    @property
    def session(self) -> Session:
        """Of the case file."""
        return self.compilation.session

    @property
    def options(self) -> BriefingOptions:
        """The choices that shape the briefing."""
        return self.compilation.options

    @property
    def labels(self) -> Labels:
        """The fixed words in the briefing's language."""
        return self.compilation.options.labels

    @property
    def weights(self) -> Weights:
        """Gives every fact its support."""
        return self.compilation.weights

    def one(self, cls: type[Entity], key: uuid.UUID) -> RecordRow:
        """What the chapter is about. Raises RecordNotFound for another kind of record, and AboveCeiling."""
        if class_of(self.session, key) is not cls:
            raise RecordNotFound(f"The record {key} is none of the {cls.PLURAL}.")
        self.weights.ceiling.require(key)
        rows = self.rows(cls, table_of(cls).c.id == key)
        if not rows and self.options.ceiling:
            raise AboveCeiling(self.options.ceiling)
        return rows[0]

    def rows(self, cls: type[Entity], where: ColumnElement[bool]) -> list[RecordRow]:
        """Records of a kind in the order they were entered."""
        return self.compilation.where(cls, where)

    def by_column(self, cls: type[Entity], column: str, keys: Keys) -> list[RecordRow]:
        """Records of a kind whose column is one of these records."""
        target = table_of(cls).c[column]
        if isinstance(keys, Select):
            return self.rows(cls, target.in_(keys))
        return [row for chunk in chunks(sorted(keys)) for row in self.rows(cls, target.in_(chunk))]

    def by_id(self, cls: type[Entity], keys: Keys) -> dict[uuid.UUID, RecordRow]:
        """Records of a kind by their ids."""
        return {row.id: row for row in self.by_column(cls, "id", keys)}

    def concerning(self, cls: type[Entity], subjects: Keys) -> list[RecordRow]:
        """Assessments, tasks, statements, events or equipment that are about one of these records."""
        if isinstance(subjects, Select):
            return self.by_column(cls, "id", select(Concern.record_id).where(Concern.subject_id.in_(subjects)))
        found = [select(Concern.record_id).where(Concern.subject_id.in_(chunk)) for chunk in chunks(sorted(subjects))]
        rows = {row.id: row for query in found for row in self.by_column(cls, "id", query)}
        return list(rows.values())

    def names_of(self, records: Collection[uuid.UUID]) -> dict[uuid.UUID, tuple[Phrase, ...]]:
        """The other names of records, as they were entered."""
        found: dict[uuid.UUID, list[Phrase]] = {}
        for row in self.by_column(OtherName, "record_id", records):
            key = key_of(row, "record")
            if key:
                found.setdefault(key, []).append(Phrase(row["name"].text, row["language"].text))
        return {key: tuple(names) for key, names in found.items()}

    def date(self, date: Edtf | None) -> str:
        """A date in words; empty where there is none."""
        return self.compilation.date(date)

    @property
    def day(self) -> Edtf | None:
        """The day that the chapter is told for; None where whatever is on file counts as done."""
        return read(self.options.day) if self.options.day != LAST_DAY else None

    @property
    def day_words(self) -> str:
        """The same in words."""
        return self.date(self.day)

    def of_record_or_source(self, row: RecordRow, *, argued: bool = True) -> Support:
        """The support of a record that names its source itself, besides the claims about it."""
        source = key_of(row, "source")
        if source:
            return self.weights.of_named_source(row.id, source, argued=argued)
        return self.weights.of_record(row.id, argued=argued)


def key_of(row: RecordRow, name: str) -> uuid.UUID | None:
    """The record that a field points at."""
    value = row[name].value
    return value if isinstance(value, uuid.UUID) else None


def keys_of(rows: Iterable[RecordRow], name: str) -> set[uuid.UUID]:
    """The records that a field of many records points at, sets included."""
    return {key for row in rows for key in _items(row[name].value) if isinstance(key, uuid.UUID)}


def _items(value: object) -> Iterator[object]:
    if isinstance(value, frozenset):
        yield from value
    else:
        yield value


def date_of(row: RecordRow, name: str = "date") -> Edtf | None:
    """The date that a field holds."""
    value = row[name].value
    return value if isinstance(value, Edtf) else None


def by_date(row: RecordRow) -> tuple[str, str]:
    """For sorting: undated last; among equals in the order of entry."""
    value = date_of(row)
    return (value.earliest or "~", value.latest) if value else ("~", "")
