"""Whom a source repeats, who repeats it, and what that means for how many independent origins there are."""

from collections.abc import Iterator

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.queries.portions import FIRST
from db.queries.records import RecordRow
from db.queries.source_parts import Repetition, Repetitions, repetitions
from desktop.jobs import Ticket
from desktop.places import Place
from desktop.records.entry import INDENT, Entry
from desktop.records.reading import ReadingSection, add_to
from desktop.theme import Size
from desktop.widgets.labels import Words


class OriginSection(ReadingSection):
    """Repetition in both directions."""

    TITLE = QT_TRANSLATE_NOOP("Section", "Origin")
    TELLS = (("citations", "relays"),)
    TABLES = frozenset({"citation", "source"})

    def ask(self, record: RecordRow) -> Ticket:
        return self.live.read(repetitions, record.id, FIRST, then=self.take, failed=self.leave)

    def count_of(self, told: Repetitions) -> int:
        return told.count

    def show_count(self, count: int) -> None:
        """Two directions have no common count."""

    def fill(self, told: Repetitions, column: QVBoxLayout) -> Iterator[object]:
        column.addWidget(Words(self._verdict(told), self))
        for heading, rows in ((self.tr("Repeats"), told.repeats), (self.tr("Is repeated by"), told.repeated_by)):
            if rows:
                words = Words(heading, self, size=Size.CAPTION, strong=True, muted=True)
                words.setContentsMargins(INDENT, 4, 0, 0)
                column.addWidget(words)
            for row in rows:
                yield add_to(column, self._row(row))

    def _verdict(self, told: Repetitions) -> str:
        if told.path:
            return self.tr("All that is cited of it comes from “{origin}”; the two count as one origin.").format(
                origin=told.path[-1].title
            )
        if told.repeats:
            return self.tr("Some of its passages repeat others, and count as theirs; the rest is its own.")
        return self.tr("An origin of its own. Those who repeat it add nothing to it.")

    def _row(self, told: Repetition) -> QWidget:
        entry = Entry(told.source.title, Place(told.source.id), self, icon="book-open")
        entry.opened.connect(self.opened)
        one, many = self.tr("in one passage"), self.tr("in {count} passages")
        entry.add_facts(one if told.passages == 1 else many.format(count=f"{told.passages:,}"))
        return entry
