"""The sections of a briefing: which, and in which order."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.printing.pages import SectionName
from desktop.theme import dress
from desktop.widgets.labels import LinkButton, Words

_NAME = Qt.ItemDataRole.UserRole
_ROW = 26
_MOST_SEEN = 10


class SectionList(QWidget):
    """A list that is checked and put in order: by mouse, by Alt and arrow keys, or by its buttons."""

    changed = Signal()
    """Other sections were chosen, or another order."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known: tuple[SectionName, ...] = ()
        self._wanted: tuple[str, ...] = ()
        self.view = QListWidget(self)
        self.view.setObjectName("briefingSections")
        self.view.setAccessibleName(self.tr("Sections, in the order in which they are printed"))
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.view.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.view.setUniformItemSizes(True)
        self.view.installEventFilter(self)
        self.view.itemChanged.connect(self._report)
        self.view.model().rowsMoved.connect(self._report)
        self.view.currentRowChanged.connect(self._show_buttons)
        self.up = self._button("briefingSectionUp", "arrow-up", self.tr("Move up (Alt+Up)"))
        self.down = self._button("briefingSectionDown", "arrow-down", self.tr("Move down (Alt+Down)"))
        self.usual = LinkButton(self.tr("As usual"), None, self)
        self.usual.setObjectName("briefingSectionsUsual")
        self.usual.setToolTip(self.tr("The usual sections in their usual order"))
        self._note = Words(self.tr("Choose at least one section."), self)
        self._note.setProperty("trouble", True)
        self._note.hide()
        self.up.clicked.connect(self.move_up)
        self.down.clicked.connect(self.move_down)
        self.usual.clicked.connect(self._forget)
        tools = QHBoxLayout()
        tools.setContentsMargins(0, 0, 0, 0)
        tools.addWidget(self.up)
        tools.addWidget(self.down)
        tools.addStretch(1)
        tools.addWidget(self.usual)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.view)
        column.addWidget(self._note)
        column.addLayout(tools)
        self.setFocusProxy(self.view)

    @property
    def names(self) -> tuple[str, ...]:
        """The chosen sections in their order; none where that is the usual choice, or a choice for another kind."""
        known = {section.name for section in self._known}
        return tuple(name for name in self._wanted if name in known)

    @property
    def is_readable(self) -> bool:
        """Whether anything is chosen at all."""
        return not self._note.isVisibleTo(self)

    def show_known(self, known: tuple[SectionName, ...]) -> None:
        """Offer the sections of a kind of briefing."""
        if known != self._known:
            self._known = known
            self._show()
            if self.names:
                self.changed.emit()

    def show_names(self, names: tuple[str, ...]) -> None:
        """Show a choice without reporting it."""
        if names != self._wanted:
            self._wanted = names
            self._show()

    def words(self) -> str:
        """What is chosen, for a heading."""
        if not self.names:
            return self.tr("as usual")
        return self.tr("{count} of {all}").format(count=len(self.names), all=len(self._known))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.view and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.modifiers() == Qt.KeyboardModifier.AltModifier and event.key() == Qt.Key.Key_Up:
                self.move_up()
                return True
            if event.modifiers() == Qt.KeyboardModifier.AltModifier and event.key() == Qt.Key.Key_Down:
                self.move_down()
                return True
        return super().eventFilter(watched, event)

    def move_up(self) -> None:
        """Print the section in front of the one before."""
        self._move(-1)

    def move_down(self) -> None:
        """Print the section behind the one after."""
        self._move(1)

    def _move(self, step: int) -> None:
        row = self.view.currentRow()
        if row >= 0 and 0 <= row + step < self.view.count():
            self.view.blockSignals(True)
            self.view.insertItem(row + step, self.view.takeItem(row))
            self.view.setCurrentRow(row + step)
            self.view.blockSignals(False)
            self._show_buttons(row + step)
            self._report()

    def _show(self) -> None:
        """In the chosen order; what is not chosen stays in its usual place after them."""
        self.view.blockSignals(True)
        self.view.clear()
        by_name = {section.name: section for section in self._known}
        chosen = [by_name[name] for name in self._wanted if name in by_name]
        ordered = [*chosen, *(section for section in self._known if section not in chosen)]
        for section in ordered:
            item = QListWidgetItem(section.words, self.view)
            item.setData(_NAME, section.name)
            item.setSizeHint(QSize(0, _ROW))
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled
                | Qt.ItemFlag.ItemIsSelectable
                | Qt.ItemFlag.ItemIsUserCheckable
                | Qt.ItemFlag.ItemIsDragEnabled
            )
            is_chosen = section in chosen if chosen else section.is_usual
            item.setCheckState(Qt.CheckState.Checked if is_chosen else Qt.CheckState.Unchecked)
        self.view.blockSignals(False)
        self.view.setFixedHeight(min(len(self._known), _MOST_SEEN) * _ROW + 4)
        self._note.hide()
        self._show_buttons(self.view.currentRow())

    def _report(self) -> None:
        rows = [self.view.item(row) for row in range(self.view.count())]
        chosen = tuple(item.data(_NAME) for item in rows if item.checkState() is Qt.CheckState.Checked)
        usual = tuple(section.name for section in self._known if section.is_usual)
        self._note.setVisible(not chosen)
        self._wanted = () if chosen == usual else chosen
        self._show_buttons(self.view.currentRow())
        self.changed.emit()

    def _forget(self) -> None:
        self._wanted = ()
        self._show()
        self.changed.emit()

    def _show_buttons(self, row: int) -> None:
        self.up.setEnabled(row > 0)
        self.down.setEnabled(0 <= row < self.view.count() - 1)
        self.usual.setEnabled(bool(self._wanted) or self._note.isVisibleTo(self))

    def _button(self, name: str, icon_name: str, words: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setAccessibleName(words)
        button.setToolTip(words)
        dress(button, icon_name)
        return button
