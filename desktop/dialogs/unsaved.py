"""The question before words get lost: what is to become of edits that could not be written."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from db.presence import Presence, Standing
from desktop.theme import Size, make_primary
from desktop.unsaved import UnsavedEdit
from desktop.widgets.labels import Words

_MOST_SHOWN = 20_000


class UnsavedDialog(QDialog):
    """Shows what could not be written, and asks. To close it is to stay."""

    again_wanted = Signal()
    copy_wanted = Signal()
    """Into a copy of the case file."""
    discarded = Signal()

    def __init__(self, edits: Sequence[UnsavedEdit], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("unsaved")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(self.tr("Not saved"))
        self._text = "\n\n".join("\n".join(filter(None, [f"{edit.label}:", edit.words])) for edit in edits)
        one, many = self.tr("One change is not saved"), self.tr("{count} changes are not saved")
        heading = one if len(edits) == 1 else many.format(count=len(edits))
        self._said = Words(
            self.tr("The case file could not be written. It is as its last saved edit left it; this is not in it:"),
            self,
            muted=True,
        )
        self._heading = Words(heading, self, size=Size.HEADING, strong=True)
        shown = self._shown = QPlainTextEdit(self._text[:_MOST_SHOWN], self)
        shown.setObjectName("unsavedText")
        shown.setAccessibleName(heading)
        shown.setReadOnly(True)
        shown.setTabChangesFocus(True)
        shown.setMinimumHeight(120)
        self._trouble = Words("", self)
        self._trouble.setProperty("trouble", True)
        self._trouble.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(self._heading)
        for widget in (self._said, shown, self._trouble, self._buttons()):
            column.addWidget(widget)
        self.setMinimumWidth(640)

    def show_presence(self, presence: Presence) -> None:
        """Say what is at stake where the file is not in its place."""
        if presence.standing is Standing.DELETED:
            self.setWindowTitle(self.tr("The file was deleted"))
            self._heading.setText(self.tr("The file was deleted while it was open"))
            self._said.setText(
                self.tr("All that it held is still here. It goes with the window, unless it is saved to a copy.")
            )
            self._shown.setVisible(bool(self._text))
            self._again.hide()

    def show_trouble(self, words: str) -> None:
        """Say why it still does not work."""
        self._trouble.setText(words)
        self._trouble.show()

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox(self)
        role = QDialogButtonBox.ButtonRole
        for name, words, place, slot in (
            ("discardUnsaved", self.tr("Discard"), role.DestructiveRole, self._discard),
            ("copyUnsaved", self.tr("Copy the text"), role.ActionRole, self._copy),
            ("stay", self.tr("Stay"), role.RejectRole, self.reject),
            ("saveCopy", self.tr("Save to a copy…"), role.AcceptRole, self.copy_wanted.emit),
            ("tryAgain", self.tr("Try again"), role.AcceptRole, self.again_wanted.emit),
        ):
            button = QPushButton(words, box)
            button.setObjectName(name)
            box.addButton(button, place)
            button.clicked.connect(slot)
            if name == "tryAgain":
                self._again = button
                make_primary(button)
                button.setDefault(True)
        return box

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)

    def _discard(self) -> None:
        self.discarded.emit()
        self.accept()
