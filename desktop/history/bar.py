"""What stands above the history: filters by author and words, the way back, and a day to look at a record on."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from db.dates import describe, understand
from db.queries.history_pages import AuthorRow
from desktop.forms.editors import Choice, Line
from desktop.history.words import author_words
from desktop.theme import Size, font
from desktop.widgets.labels import Words

_PAUSE = 200


class HistoryBar(QWidget):
    """Reports what is looked for; it reads nothing."""

    filtered = Signal(object, str)
    """An AuthorRow or None, and words."""
    day_chosen = Signal(str, str)
    """A day (YYYY-MM-DD), and the same in words."""

    def __init__(self, me: UUID | None, margin: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._me = me
        self._authors: tuple[AuthorRow, ...] = ()
        self.words = Line(self)
        self.words.setObjectName("historyWords")
        self.words.setPlaceholderText(self.tr("Filter by words"))
        self.words.setAccessibleName(self.tr("Filter by words"))
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(self._wait)
        self.author = Choice(self)
        self.author.setObjectName("historyAuthor")
        self.author.setAccessibleName(self.tr("Whose edits"))
        self.author.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.author.setMinimumContentsLength(9)
        self.author.addItem(self.tr("Everybody"), None)
        self.author.activated.connect(self._report)
        self._revert = QToolButton(self)
        self._revert.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.words, 1)
        first.addWidget(self.author)
        first.addWidget(self._revert)
        column = QVBoxLayout(self)
        column.setContentsMargins(margin, 12, margin, 8)
        column.setSpacing(8)
        column.addLayout(first)
        column.addWidget(self._make_day_field())
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._pause.timeout.connect(self._report)

    def _make_day_field(self) -> QWidget:
        self._day_field = QWidget(self)
        self.day = Line(self._day_field)
        self.day.setObjectName("knownOn")
        self.day.setPlaceholderText(self.tr("e.g. 3 Sept 2024"))
        self.day.setMaximumWidth(180)
        self.day.returnPressed.connect(self._choose_day)
        self.day.textEdited.connect(self._explain_day)
        label = QLabel(self.tr("As known on"), self._day_field)
        label.setFont(font(Size.CAPTION))
        label.setProperty("muted", True)
        label.setBuddy(self.day)
        self.day.setAccessibleName(label.text())
        self._reading = Words("", self._day_field, size=Size.CAPTION, muted=True)
        self._reading.setWordWrap(False)
        row = QHBoxLayout(self._day_field)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(self.day)
        row.addWidget(self._reading, 1)
        self._day_field.hide()
        return self._day_field

    @property
    def is_filtering(self) -> bool:
        """Whether not everything is looked for."""
        return bool(self.words.text().strip() or self.author.currentIndex() > 0)

    def clear(self) -> None:
        """Look for everything again."""
        self._pause.stop()
        self.words.blockSignals(True)
        self.words.clear()
        self.words.blockSignals(False)
        self.author.setCurrentIndex(0)
        self.day.clear()
        self._explain_day("")

    def set_revert(self, action: QAction) -> None:
        """Give the way back a button."""
        self._revert.setDefaultAction(action)
        keys = action.shortcut().toString()
        self._revert.setToolTip(self.tr("Undo the chosen edit by a new one ({keys})").format(keys=keys))

    def show_day_field(self, shown: bool) -> None:
        """Offer to look at a record as it was known on a day."""
        self._day_field.setVisible(shown)

    def show_day_trouble(self, text: str) -> None:
        """Say why nothing can be shown for the day."""
        self._say(text, trouble=True)

    def show_authors(self, authors: Sequence[AuthorRow]) -> None:
        """Offer these authors."""
        if tuple(authors) == self._authors:
            return
        chosen = self.author.currentData()
        self._authors = tuple(authors)
        self.author.clear()
        self.author.addItem(self.tr("Everybody"), None)
        for row in authors:
            words = author_words(row.id, row.name, self._me)
            self.author.addItem(words[:1].upper() + words[1:], row)
        self.author.setCurrentIndex(max(0, self.author.findData(chosen)))

    def _wait(self, text: str) -> None:
        self._pause.start()

    def _report(self) -> None:
        self._pause.stop()
        self.filtered.emit(self.author.currentData(), self.words.text())

    def _explain_day(self, text: str) -> None:
        found = understand(text)
        if found is not None and found.latest:
            self._say(self.tr("{day}, press Enter").format(day=describe(found)))
        else:
            self._say("")

    def _choose_day(self) -> None:
        found = understand(self.day.text())
        if found is None or not found.latest:
            self._say(self.tr("Not understood as a date."), trouble=True)
            return
        self._explain_day(self.day.text())
        self.day_chosen.emit(found.latest, describe(found))

    def _say(self, text: str, *, trouble: bool = False) -> None:
        self._reading.setText(text)
        self._reading.setProperty("trouble", trouble)
        self._reading.setProperty("muted", not trouble)
        self._reading.style().polish(self._reading)
