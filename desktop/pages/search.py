"""The search page: every text of the file by its words, with the passages that have them."""

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from db.errors import CaseFileError
from db.index.build import Progress
from db.index.query import MOST, MOST_RANKED, Found
from desktop.forms.captions import all_of, plural_of
from desktop.jobs import Ticket
from desktop.live import LiveCase
from desktop.pages.results import ResultDelegate, ResultModel
from desktop.palette.entries import place_of
from desktop.search_index import SearchIndex, reading_words
from desktop.theme import Size, dress
from desktop.widgets.empty import EmptyState
from desktop.widgets.flow import FlowLayout
from desktop.widgets.labels import Words
from desktop.widgets.layouts import clear_layout

_FIRST = 40
"""Results that are asked for at each keystroke; the rest and the counts follow when they are there."""


class SearchPage(QWidget):
    """A field, a chip for each kind with how many there are, and the results. Newer questions replace older ones."""

    opened = Signal(object)
    """The Place of a result."""

    def __init__(self, live: LiveCase, index: SearchIndex, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._live, self._index = live, index
        self._ticket: Ticket | None = None
        self._trouble = ""
        self._counts: dict[str, int] = {}
        self._kinds: set[str] = set()
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Search"))
        self.field = QLineEdit(self)
        self.view = QListView(self)
        self._model = ResultModel(self)
        self._chips = QWidget(self)
        self._said = Words("", self, size=Size.CAPTION, muted=True)
        self._bar = QProgressBar(self)
        self._empty = EmptyState("search", "", "", parent=self)
        self._stack = QStackedWidget(self)
        self._build()
        self.field.textChanged.connect(self._ask)
        self.view.activated.connect(self._open)
        index.progressed.connect(self._follow)
        index.stopped.connect(self._tell_trouble)
        self._show_nothing_yet()
        self._show_progress(index.progress)

    @property
    def is_idle(self) -> bool:
        """Whether everything that was asked for is shown."""
        return self._ticket is None

    @property
    def summary(self) -> str:
        """The line above the results."""
        return self._said.text()

    def search_for(self, text: str) -> None:
        """Put a text into the field, and the cursor behind it; its results are shown."""
        self.field.setText(text)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def chips(self) -> list[QPushButton]:
        """The kinds that can be chosen."""
        return self._chips.findChildren(QPushButton)

    def _build(self) -> None:
        self.field.setObjectName("searchField")
        self.field.setAccessibleName(self.tr("Search the whole file"))
        self.field.setPlaceholderText(self.tr("Words in any field, “a phrase”, any script"))
        self.field.setClearButtonEnabled(True)
        for button in self.field.findChildren(QToolButton):
            button.setAccessibleName(self.tr("Clear the search"))
            dress(button, "x")
        self._dress_view()
        self._bar.setTextVisible(False)
        FlowLayout(self._chips)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 16, 0, 0)
        column.setSpacing(8)
        head = QVBoxLayout()
        head.setContentsMargins(24, 0, 24, 0)
        head.setSpacing(12)
        head.addWidget(Words(self.tr("Search"), self, size=Size.TITLE, strong=True))
        for widget in (self.field, self._chips, self._said, self._bar):
            head.addWidget(widget)
        column.addLayout(head)
        column.addWidget(self._stack, 1)

    def _dress_view(self) -> None:
        self.view.setObjectName("searchResults")
        self.view.setAccessibleName(self.tr("Results"))
        self.view.setModel(self._model)
        self.view.setItemDelegate(ResultDelegate(self.view))
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setUniformItemSizes(True)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _ask(self) -> None:
        """Ask for the first results; only the answer to the last question is shown."""
        self._forget()
        text = self.field.text()
        if text.strip():
            self._ticket = self._index.find(text, kinds=self._kinds, limit=_FIRST, then=self._show_first)
        else:
            self._show_nothing_yet()

    def _forget(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
        self._ticket = None

    def _show_first(self, found: Found) -> None:
        self._show(found)
        text = self.field.text()
        self._ticket = self._index.find(text, kinds=self._kinds, limit=MOST, count=True, then=self._show_all)
        if not found.is_complete and not self._trouble:
            self._index.refresh()

    def _show_all(self, found: Found) -> None:
        self._ticket = None
        self._show(found)
        self._show_chips(found.counts)
        self._said.setText(self._summary(found))

    def _show(self, found: Found) -> None:
        chosen = self.view.currentIndex().row()
        record = self._model.hits[chosen].record if 0 <= chosen < len(self._model.hits) else None
        self._model.show_hits(found.hits)
        row = max(self._model.row_of(record), 0) if record else 0
        if found.hits and self.view.currentIndex().row() != row:
            self.view.setCurrentIndex(self._model.index(row))
        self._stack.setCurrentWidget(self.view if found.hits else self._empty)
        if not found.hits:
            self._show_nothing_found()

    def _summary(self, found: Found) -> str:
        if found.is_complete and not found.hits:
            return ""
        if not found.is_complete:
            return self._trouble or reading_words(self._index.progress)
        total = sum(count for kind, count in found.counts.items() if not self._kinds or kind in self._kinds)
        if not found.is_ranked:
            return self.tr("More than {count} places: the newest {shown} records").format(
                count=f"{MOST_RANKED:,}", shown=len(found.hits)
            )
        if len(found.hits) < min(total, MOST) or total <= MOST:
            return self._records(len(found.hits))
        return self.tr("The best {shown} of {total} records").format(shown=len(found.hits), total=f"{total:,}")

    def _records(self, count: int) -> str:
        return self.tr("1 record") if count == 1 else self.tr("{count} records").format(count=f"{count:,}")

    def _show_chips(self, counts: Mapping[str, int]) -> None:
        """A chip for each kind that was found or is chosen; most first."""
        shown = dict.fromkeys(sorted(self._kinds), 0) | dict(counts)
        if shown == self._counts:
            return
        self._counts = shown
        had_focus = next((chip.property("kind") for chip in self.chips() if chip.hasFocus()), None)
        layout = self._chips.layout()
        assert layout is not None
        clear_layout(layout)
        for kind, count in sorted(shown.items(), key=lambda item: -item[1]):
            chip = self._chip(kind, count)
            layout.addWidget(chip)
            chip.show()
            if kind == had_focus:
                chip.setFocus(Qt.FocusReason.OtherFocusReason)
        self._chips.updateGeometry()

    def _chip(self, kind: str, count: int) -> QPushButton:
        chip = QPushButton(f"{all_of(plural_of(kind))}  {count:,}", self._chips)
        chip.setObjectName(f"chip-{kind}")
        chip.setProperty("kind", kind)
        chip.setProperty("chip", True)
        chip.setCheckable(True)
        chip.setChecked(kind in self._kinds)
        chip.setAccessibleName(self.tr("Only {kind}, {count}").format(kind=all_of(plural_of(kind)), count=f"{count:,}"))
        chip.toggled.connect(self._choose_kinds)
        return chip

    def _choose_kinds(self) -> None:
        self._kinds = {chip.property("kind") for chip in self.chips() if chip.isChecked() and not chip.isHidden()}
        self._ask()

    def _show_nothing_yet(self) -> None:
        self._model.show_hits(())
        self._kinds = set()
        self._show_chips({})
        self._said.setText("")
        self._stack.setCurrentWidget(self._empty)
        self._empty.show_words(
            self.tr("Search the whole file"),
            self.tr("Titles, names in every script, quotations, statements, notes, claims: type a word or two."),
        )

    def _show_nothing_found(self) -> None:
        self._empty.show_words(
            self.tr("Nothing found"),
            self.tr("All words must be in one record. Fewer words, or only their beginnings, find more."),
        )

    def _follow(self, progress: Progress) -> None:
        """Once the index has caught up with an edit, the results may have changed."""
        self._trouble = ""
        self._show_progress(progress)
        if progress.is_current and self.field.text().strip() and self.isVisible():
            self._ask()

    def _show_progress(self, progress: Progress) -> None:
        self._bar.setVisible(not progress.is_ready and not self._trouble)
        self._bar.setRange(0, progress.total)
        self._bar.setValue(progress.done)
        if not progress.is_ready:
            self._said.setText(reading_words(progress))

    def _tell_trouble(self, error: BaseException) -> None:
        reason = str(error) if isinstance(error, CaseFileError) else type(error).__name__
        self._trouble = self.tr("Only titles can be searched. {reason}").format(reason=reason)
        self._bar.hide()
        self._said.setText(self._trouble)

    def _open(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self._model.hits):
            self.opened.emit(place_of(self._model.hits[index.row()]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """From the field Down goes to the results and Enter opens the first; from these Up comes back."""
        if self.field.hasFocus() and self._model.hits:
            if event.key() == Qt.Key.Key_Down:
                self.view.setFocus(Qt.FocusReason.OtherFocusReason)
                return
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._open(self.view.currentIndex())
                return
        super().keyPressEvent(event)
