"""The room below the head: the list, the records side by side, what can be done, or what there is instead."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from db.duplicates.search import Spot
from db.duplicates.sides import Sides
from desktop.pages.duplicates.deeds import DeedBar
from desktop.pages.duplicates.model import SPOT, PairModel
from desktop.pages.duplicates.sides_view import SidesView
from desktop.pages.duplicates.view import PairView
from desktop.widgets.empty import EmptyState


class ComparingRoom(QStackedWidget):
    """Shows pairs and keeps the chosen one; reports what is wanted."""

    join_wanted = Signal()
    apart_wanted = Signal()
    search_wanted = Signal()

    def __init__(self, model: PairModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.view = PairView(self)
        self.view.setModel(model)
        self.sides = SidesView(self)
        self.bar = DeedBar(self)
        self._empty = EmptyState("copy", "", "", parent=self)
        self._empty.asked.connect(self.search_wanted)
        self._advice = EmptyState("columns-3", "", "", parent=self)
        self._right = QStackedWidget(self)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._arrange()
        self._add_actions()
        self.bar.join_button.clicked.connect(self.join_wanted)
        self.bar.apart_button.clicked.connect(self.apart_wanted)
        self.bar.previous_button.clicked.connect(self.go_back)
        self.bar.next_button.clicked.connect(self.go_on)

    def _arrange(self) -> None:
        compared = QWidget(self)
        column = QVBoxLayout(compared)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.sides, 1)
        column.addWidget(self.bar.reason)
        column.addWidget(self.bar)
        self._right.addWidget(compared)
        self._right.addWidget(self._advice)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self.view)
        self._splitter.addWidget(self._right)
        self._splitter.setSizes([360, 700])
        self._splitter.setStretchFactor(1, 1)
        self.view.setMinimumWidth(200)
        self._right.setMinimumWidth(340)
        self.addWidget(self._empty)
        self.addWidget(self._splitter)

    def _add_actions(self) -> None:
        for name, words, keys, slot in (
            ("nextPair", self.tr("Next pair of duplicates"), "Alt+Down", self.go_on),
            ("previousPair", self.tr("Pair of duplicates before"), "Alt+Up", self.go_back),
            ("joinRecords", self.tr("Join as one record"), "Ctrl+Return", self.join_wanted),
            ("tellApart", self.tr("Not a duplicate"), "Ctrl+D", self.apart_wanted),
        ):
            action = QAction(words, self)
            action.setObjectName(name)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(slot)
            self.addAction(action)

    # -- pairs

    def show_spots(self, spots: Sequence[Spot]) -> None:
        """Show pairs, with the same one chosen as before, or the one that took its place."""
        current = self.view.currentIndex()
        spot, row, height = current.data(SPOT), current.row(), self.view.verticalScrollBar().value()
        self._model.show_spots(spots)
        kept = self._model.row_of(spot)
        place = kept if kept is not None else max(row, 0) if spot is not None else 0
        if spots and (spot is not None or not self._is_elsewhere()):
            self._choose(min(place, len(spots) - 1))
        self.view.verticalScrollBar().setValue(height)

    def go_on(self) -> None:
        """Choose the next pair."""
        self._choose(min(self.view.currentIndex().row() + 1, self._model.rowCount() - 1))

    def go_back(self) -> None:
        """Choose the pair before."""
        self._choose(max(self.view.currentIndex().row() - 1, 0))

    def _choose(self, row: int) -> None:
        index = self._model.index(row)
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.view.selectionModel().setCurrentIndex(index, flag)
        self.view.scrollTo(index)

    def _is_elsewhere(self) -> bool:
        """Whether records are compared that are no pair of the list."""
        return self.sides.shown is not None and not self.view.currentIndex().isValid()

    def allow(self, can_write: bool, sides: Sides | None) -> None:
        """Allow what can be done with the records that are side by side."""
        self.bar.allow(can_write, sides)
        self.bar.previous_button.setEnabled(self.view.currentIndex().row() > 0)
        self.bar.next_button.setEnabled(self.view.currentIndex().row() < self._model.rowCount() - 1)

    # -- what is in front

    def show_pairs(self) -> None:
        """Show the list and the records."""
        self._right.setCurrentIndex(0)
        self.view.setVisible(self._model.rowCount() > 0)
        if self.currentWidget() is not self._splitter:
            self.setCurrentWidget(self._splitter)
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_advice(self, words: str) -> None:
        """Show why there is nothing side by side."""
        self._advice.show_words(self.tr("Nothing to compare"), words)
        self._right.setCurrentIndex(1)

    def show_searching(self) -> None:
        """Nothing was found so far."""
        words = self.tr("Names, titles, parties, dates, identifiers and addresses are compared. You can go on working.")
        self._say(self.tr("Looking for duplicates"), words)

    def show_stopped(self) -> None:
        """The search was called off before it found anything."""
        self._say(self.tr("The search was stopped"), self.tr("Nothing was found so far."), self.tr("Search"))

    def show_trouble(self, words: str) -> None:
        """The search ended with an error."""
        self._say(self.tr("The search did not come to its end"), words, self.tr("Search again"))

    def show_none(self, words: str) -> None:
        """There are none in the file."""
        self._say(self.tr("Nothing looks as if it had been entered twice"), words)

    def show_none_among(self, words: str) -> None:
        """There are none among some records."""
        title = self.tr("No likely duplicates are left")
        self._say(title, self.tr("Only of: {words}").format(words=words))

    def show_nothing_apart(self) -> None:
        """Nobody told two apart that look alike."""
        self._say(
            self.tr("Nothing was told apart"),
            self.tr("What you say is no duplicate stands here with its reason, and can be offered again."),
        )

    def _say(self, title: str, words: str, action: str = "") -> None:
        self._empty.show_words(title, words, action)
        self.setCurrentWidget(self._empty)
