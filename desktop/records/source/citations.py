"""The passages that are cited of a source: where, the words in full, how credible, and what they are cited for."""

from collections.abc import Iterable

from PySide6.QtCore import QT_TRANSLATE_NOOP

from db.queries.claims import CitationRow
from db.queries.source_parts import CitedFor, Passage, passages
from desktop.evidence.words import property_label
from desktop.forms.captions import term_label
from desktop.places import Place
from desktop.records.entry import Entry
from desktop.records.languages import language_words
from desktop.records.reading import ListSection

_IN_TITLE = 60
"""Characters of a passage that are its title where nobody says where it stands."""


class CitationsSection(ListSection):
    """What was cited of the source."""

    TITLE = QT_TRANSLATE_NOOP("Section", "Citations made from it")
    ADD = QT_TRANSLATE_NOOP("Section", "Add citation")
    TELLS = (("citations", "source"),)
    TABLES = frozenset({"citation", "claim", "source"})
    QUERY = staticmethod(passages)

    def row(self, told: Passage) -> Entry:
        row = told.row
        quoted = f"“{row.quotation}”" if row.quotation else ""
        is_title = not row.place and 0 < len(quoted) <= _IN_TITLE
        title = quoted if is_title else term_label(row.place) or self.tr("No place given")
        entry = Entry(title, Place(row.id), self, icon="quote")
        entry.opened.connect(self.opened)
        entry.add_text("" if is_title else quoted)
        entry.add_text(row.translation, muted=True)
        entry.add_facts(self._language(row), self._credibility(row))
        entry.add_links((self.tr("repeats"), [(row.relayed, Place(row.relays))] if row.relays else []))
        entry.add_links((self.tr("cited for"), self._facts(told)))
        return entry

    def add(self) -> None:
        if self.record is not None:
            self.wanted.emit("citations", {"source": self.record.id})

    def _language(self, row: CitationRow) -> str:
        return language_words(row.language) if row.language and row.quotation else ""

    def _credibility(self, row: CitationRow) -> str:
        return term_label(row.credibility) if row.credibility else self.tr("credibility not graded")

    def _facts(self, told: Passage) -> Iterable[tuple[str, Place]]:
        for fact in told.cited_for:
            yield f"{property_label(fact.field)} · {fact.title or self.tr('(no title)')}", _place(fact)
        left = told.row.claims - len(told.cited_for)
        if left > 0:
            yield self.tr("and {count} more").format(count=f"{left:,}"), Place(told.row.id)


def _place(fact: CitedFor) -> Place:
    return Place(fact.record, fact.field)
