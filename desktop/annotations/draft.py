"""A few fields that are filled in inline and saved as one edit with Ctrl+Return, or given up with Esc."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialogButtonBox, QFrame, QPushButton, QVBoxLayout, QWidget

from db.errors import InvalidValue
from db.fields import fields_of
from db.models import Entity
from db.queries.records import FieldRow
from desktop.forms.discarding import Leaving
from desktop.forms.form import FieldForm
from desktop.live import LiveCase
from desktop.theme import make_primary
from desktop.widgets.labels import Words


class Draft(QFrame):
    """What was typed stays until the file has taken it."""

    saved = Signal(object)
    """The values by field."""
    dropped = Signal()

    def __init__(
        self,
        live: LiveCase,
        cls: type[Entity],
        names: Sequence[str],
        save: str,
        parent: QWidget | None = None,
        *,
        preset: Sequence[FieldRow] = (),
    ) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._names = names
        self.form = FieldForm(live, self, draft=True)
        self.form.show_fields(cls, without=set(fields_of(cls)) - set(names))
        self.form.show_preset({row.name: row for row in preset}, {})
        self._begun_with = self.form.content()
        self._leaving = Leaving(self)
        self._leaving.left.connect(self.dropped)
        self.save_button = QPushButton(save, self)
        make_primary(self.save_button)
        self.save_button.setObjectName("saveDraft")
        self.save_button.setToolTip(self.tr("Ctrl+Return"))
        self.save_button.clicked.connect(self.save)
        cancel = QPushButton(self.tr("Cancel"), self)
        cancel.setToolTip(self.tr("Esc"))
        cancel.clicked.connect(self.leave)
        self._trouble = Words("", self)
        self._trouble.setProperty("trouble", True)
        self._trouble.hide()
        buttons = QDialogButtonBox(self)  # in the order of dialogs, whatever that is on this system
        buttons.addButton(self.save_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(12)
        column.addWidget(self.form)
        column.addWidget(self._trouble)
        column.addWidget(buttons)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.save)

    @property
    def is_complete(self) -> bool:
        """Whether it could be saved as it is."""
        try:
            self.form.values()
        except InvalidValue:
            return False
        return True

    def begin(self) -> None:
        """Take the focus."""
        self.form.show_field(self._names[0])

    def leave(self) -> None:
        """Give it up; after a question, if something was typed."""
        self._leaving.leave(self.form.content() != self._begun_with)

    def save(self) -> None:
        """Report what was typed, if it is complete."""
        try:
            values = self.form.values()
        except InvalidValue:
            return
        self.save_button.setEnabled(False)
        self.saved.emit(values)

    def show_trouble(self, text: str) -> None:
        """Say why the file did not take it."""
        self.save_button.setEnabled(True)
        self._trouble.setText(text)
        self._trouble.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)
