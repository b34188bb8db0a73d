"""What a record is called in other languages and scripts, and at other times."""

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtWidgets import QVBoxLayout

from db.queries.official_parts import NameRow, other_names
from db.queries.portions import Portion
from db.queries.records import RecordRow
from desktop.evidence.mark import Told
from desktop.places import Place
from desktop.records.entry import Entry
from desktop.records.languages import language_words, script_words
from desktop.records.reading import ListSection
from desktop.records.words import date_words

_NAMES = frozenset({"name", "family_name", "given_name"})


class NamesSection(ListSection):
    """Names in all scripts; of an official also the one that the record goes by."""

    TITLE = QT_TRANSLATE_NOOP("Section", "Names")
    ADD = QT_TRANSLATE_NOOP("Section", "Add name")
    TELLS = (("names", "record"),)
    TABLES = frozenset({"other_name", "person"})
    QUERY = staticmethod(other_names)

    def show_record(self, record: RecordRow) -> None:
        if record != self.record:
            self._told = None  # the primary name is the record's own
        super().show_record(record)

    def count_of(self, told: Portion[Any]) -> int:
        return told.count + self._has_primary()

    def fill(self, told: Portion[Any], column: QVBoxLayout) -> Iterator[object]:
        if self._has_primary():
            column.addWidget(self._primary())
        yield from super().fill(told, column)

    def row(self, told: NameRow) -> Entry:
        entry = Entry(told.name, Place(told.id), self, icon="languages")
        entry.add_mark(told.name, Told(told.id))
        language = language_words(told.language) if told.language else ""
        script = script_words(told.script, told.name)
        entry.add_facts(", ".join(filter(None, (language, script))), self._span(told), told.notes)
        return self.follow(entry)

    def add(self) -> None:
        if self.record is not None:
            self.wanted.emit("names", {"record": self.record.id})

    def _has_primary(self) -> bool:
        """An agreement's own title stands above already."""
        return self.record is not None and self.record.kind == "officials"

    def _primary(self) -> Entry:
        assert self.record is not None
        entry = self.follow(Entry(self.record.title, Place(self.record.id, "name"), self, icon="user"))
        entry.add_mark(self.record.title, Told(self.record.id, _NAMES))
        family, given = (self.record[name].text for name in ("family_name", "given_name"))
        entry.add_facts(
            self.tr("primary name"),
            self.tr("family name {name}").format(name=family) if family else "",
            self.tr("given name {name}").format(name=given) if given else "",
        )
        return entry

    def _span(self, told: NameRow) -> str:
        since = self.tr("from {date}").format(date=date_words(told.valid_from)) if told.valid_from else ""
        until = self.tr("until {date}").format(date=date_words(told.valid_to)) if told.valid_to else ""
        return " ".join(filter(None, (since, until)))
