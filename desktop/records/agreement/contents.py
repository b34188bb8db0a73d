"""What an agreement says and where it can be read: provisions by kind, and its texts."""

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.queries.agreement_parts import ProvisionRow, TextRow, provisions, texts
from db.queries.portions import Portion
from desktop.evidence.mark import Told
from desktop.forms.captions import term_label
from desktop.places import Place
from desktop.records.entry import INDENT, Entry
from desktop.records.languages import language_words
from desktop.records.reading import ListSection, add_to
from desktop.theme import Size
from desktop.widgets.labels import Words


class ProvisionsSection(ListSection):
    """What each part regulates, under the name of its kind."""

    TITLE = QT_TRANSLATE_NOOP("Section", "Provisions")
    ADD = QT_TRANSLATE_NOOP("Section", "Add provision")
    TELLS = (("provisions", "agreement"),)
    TABLES = frozenset({"provision"})
    QUERY = staticmethod(provisions)

    def fill(self, told: Portion[Any], column: QVBoxLayout) -> Iterator[object]:
        kind = None
        for row in told.rows:
            if row.kind is not kind:
                kind = row.kind
                column.addWidget(self._kind(row))
            yield add_to(column, self.row(row))
        self._offer_more(told, column)

    def row(self, told: ProvisionRow) -> QWidget:
        title = self.tr("Article {article}").format(article=told.article) if told.article else self.tr("Provision")
        entry = Entry(title, Place(told.id), self, icon="scroll-text")
        entry.link.setAccessibleName(f"{title}, {term_label(told.kind)}")
        entry.add_mark(f"{title}, {term_label(told.kind)}", Told(told.id))
        entry.add_text(told.text)
        return self.follow(entry)

    def add(self) -> None:
        if self.record is not None:
            self.wanted.emit("provisions", {"agreement": self.record.id})

    def _kind(self, row: ProvisionRow) -> QWidget:
        words = Words(term_label(row.kind), self, size=Size.CAPTION, strong=True, muted=True)
        words.setContentsMargins(INDENT, 4, 0, 0)
        return words


class TextsSection(ListSection):
    """In which languages it can be read, whether these are authentic, and where."""

    TITLE = QT_TRANSLATE_NOOP("Section", "Texts")
    ADD = QT_TRANSLATE_NOOP("Section", "Add text")
    TELLS = (("texts", "agreement"),)
    TABLES = frozenset({"agreement_text", "source"})
    QUERY = staticmethod(texts)

    def row(self, told: TextRow) -> Entry:
        title = language_words(told.language) if told.language else self.tr("Language not known")
        entry = Entry(title, Place(told.id), self, icon="file-text")
        entry.add_mark(title, Told(told.id))
        entry.add_facts(self._authentic(told.authentic), self._publicity(told), told.annexes)
        entry.add_text(told.location, muted=True)
        source = [(told.source.title, Place(told.source.id))] if told.source else []
        entry.add_links((self.tr("read in"), source))
        return self.follow(entry)

    def add(self) -> None:
        if self.record is not None:
            self.wanted.emit("texts", {"agreement": self.record.id})

    def _authentic(self, authentic: bool | None) -> str:
        if authentic is None:
            return ""
        return self.tr("authentic text") if authentic else self.tr("not an authentic text")

    def _publicity(self, told: TextRow) -> str:
        if told.publicity is None:
            return ""
        unknown = told.publicity.value == "unknown"
        return self.tr("not known whether it is public") if unknown else term_label(told.publicity).lower()
