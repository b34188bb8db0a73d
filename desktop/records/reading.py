"""Sections that read for themselves: they ask when a record is shown and again when something they tell has changed."""

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from db.errors import RecordNotFound
from db.queries.changes import Changes
from db.queries.portions import FIRST, Portion
from db.queries.records import RecordRow
from db.standings import TABLES as OF_EVIDENCE
from db.standings import Known, known_facts
from desktop.building import Builder
from desktop.evidence.mark import LineMark
from desktop.jobs import Ticket
from desktop.live import LiveCase
from desktop.records.section import Section


class ReadingSection(Section):
    """A section with a query of its own. It hides while there is nothing to tell and nothing can be added."""

    TITLE: ClassVar[Any]
    """The heading, in the context "Section"."""
    ADD: ClassVar[Any] = ""
    """What the button at the heading does; without words there is none."""
    TABLES: ClassVar[frozenset[str]] = frozenset()
    """What its query reads: after an edit of one of these tables it reads again."""

    def __init__(self, live: LiveCase, parent: QWidget | None = None) -> None:
        title, add = (QCoreApplication.translate("Section", words) for words in (self.TITLE, self.ADD))
        super().__init__(live, title, parent, add=add)
        self._ticket: Ticket | None = None
        self._told: object = None
        self._content = self._fresh = QWidget(self)
        self.body.addWidget(self._content)
        self._builder = Builder(self)
        self._builder.finished.connect(self._swap)
        self._marking: Ticket | None = None
        self._marker = Builder(self)
        live.changed.connect(self._notice)

    def ask(self, record: RecordRow) -> Ticket:
        """Begin to read what there is to tell about a record; `take` gets it, or `leave` the reason why not."""
        raise NotImplementedError

    def fill(self, told: Any, column: QVBoxLayout) -> Iterator[object]:
        """Put what was read under the heading; yields after each row, so that the window can do something else."""
        raise NotImplementedError

    def count_of(self, told: Any) -> int:
        """How many there are."""
        raise NotImplementedError

    def show_record(self, record: RecordRow) -> None:
        if self.record is None or self.record.id != record.id:
            self._begin()
        self.record = record
        self._reload()

    def take(self, told: object) -> None:
        """Show what was read, unless that is what is shown."""
        self._ticket = None
        if told == self._told:
            self._read_marks()
            return
        self._told = told
        self._rebuild()

    def leave(self, error: BaseException) -> None:
        """Tell nothing of a record that was deleted or undone meanwhile: that it has gone, its page says."""
        self._ticket = None
        if not isinstance(error, RecordNotFound):
            self.live.troubled.emit(error)

    def always_tells(self) -> bool:
        """Whether there are words even where there are no rows."""
        return False

    def has_more_to_offer(self) -> bool:
        """Whether the section is of use even where there is nothing to tell."""
        return bool(self.add_button.text()) and self.live.is_writable

    def _begin(self) -> None:
        """Forget what was told of another record."""
        self._told = None
        self._builder.stop()
        self._stop_marking()
        self._drop_unfinished()
        self.show_count(0)
        self._content.hide()

    def _reload(self) -> None:
        if self._ticket:
            self._ticket.cancel()
        if self.record is not None:
            self._ticket = self.ask(self.record)

    def _notice(self, changes: Changes) -> None:
        if changes.kinds & self.TABLES:
            self._reload()
        elif changes.kinds & OF_EVIDENCE:
            self._read_marks()

    def _rebuild(self) -> None:
        """Build anew, out of sight, what takes the place of what is shown."""
        self._builder.stop()
        self._drop_unfinished()
        self._fresh = QWidget(self)
        self._fresh.hide()
        column = QVBoxLayout(self._fresh)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._builder.start(self._polished(self.fill(self._told, column)))

    def _polished(self, work: Iterator[object]) -> Iterator[object]:
        """Style sheets cost as much as the widgets themselves: applied to each row in its turn."""
        for row in work:
            if isinstance(row, QWidget):
                for widget in (row, *row.findChildren(QWidget)):
                    widget.ensurePolished()
            yield row

    def _swap(self) -> None:
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self._content.isAncestorOf(focused)
        name = focused.objectName() if had_focus and focused else ""
        old, self._content = self._content, self._fresh
        self.body.replaceWidget(old, self._content)
        old.hide()
        old.deleteLater()
        count = self.count_of(self._told)
        self.show_count(count)
        self._content.setVisible(bool(count) or self.always_tells())
        self.setVisible(bool(count) or self.has_more_to_offer())
        if had_focus:
            self._focus_again(name)
        self._read_marks()

    def marks(self) -> list[LineMark]:
        """The marks of what is shown."""
        return self._content.findChildren(LineMark)

    def _read_marks(self) -> None:
        """How well what is told is known: read once the rows are there, which need not wait for it."""
        self._stop_marking()
        records = frozenset(told.record for mark in self.marks() for told in mark.told)
        if records:
            self._marking = self.live.read(known_facts, records, then=self._show_marks)

    def _show_marks(self, known: Known) -> None:
        self._marking = None
        self._marker.start(self._marked(known))

    def _marked(self, known: Known) -> Iterator[object]:
        for mark in self.marks():
            mark.show_facts(known)
            yield mark

    def _stop_marking(self) -> None:
        self._marker.stop()
        if self._marking:
            self._marking.cancel()
            self._marking = None

    def _drop_unfinished(self) -> None:
        if self._fresh is not self._content:
            self._fresh.deleteLater()
            self._fresh = self._content

    def _focus_again(self, name: str) -> None:
        """Keep the focus where it was, or at least in this section."""
        same = self._content.findChild(QWidget, name) if name else None
        after = same or next(filter(_takes_focus, self._content.findChildren(QWidget)), self.add_button)
        after.setFocus(Qt.FocusReason.OtherFocusReason)


class ListSection(ReadingSection):
    """A section of rows, the first of them at first; a button shows more."""

    QUERY: ClassVar[Callable[..., Portion[Any]]]
    """Of session, record and limit."""

    def __init__(self, live: LiveCase, parent: QWidget | None = None) -> None:
        super().__init__(live, parent)
        self._limit = FIRST

    def row(self, told: Any) -> QWidget:
        """One row."""
        raise NotImplementedError

    def ask(self, record: RecordRow) -> Ticket:
        return self.live.read(type(self).QUERY, record.id, self._limit, then=self.take, failed=self.leave)

    def count_of(self, told: Portion[Any]) -> int:
        return told.count

    def fill(self, told: Portion[Any], column: QVBoxLayout) -> Iterator[object]:
        for row in told.rows:
            yield add_to(column, self.row(row))
        self._offer_more(told, column)

    def _offer_more(self, told: Portion[Any], column: QVBoxLayout) -> None:
        if told.count > len(told.rows):
            column.addWidget(self._more_button(told), alignment=Qt.AlignmentFlag.AlignLeft)

    def _begin(self) -> None:
        super()._begin()
        self._limit = FIRST

    def _more_button(self, told: Portion[Any]) -> QPushButton:
        left = told.count - len(told.rows)
        button = QPushButton(self.tr("Show {count} more").format(count=f"{min(left, FIRST):,}"), self)
        button.setObjectName("showMore")
        button.clicked.connect(self._show_more)
        return button

    def _show_more(self) -> None:
        self._limit += FIRST
        self._reload()


def add_to(column: QVBoxLayout, row: QWidget) -> QWidget:
    """Put a row at the end of a column; gives the row."""
    column.addWidget(row)
    return row


def _takes_focus(widget: QWidget) -> bool:
    return widget.isEnabled() and widget.focusPolicy() is not Qt.FocusPolicy.NoFocus
