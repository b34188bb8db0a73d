"""The question that is asked once: under which name edits are written into case files."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from db.errors import InvalidValue
from desktop.forms.editors import Line
from desktop.settings import clean_name, suggested_name
from desktop.theme import Size, make_primary
from desktop.widgets.labels import Words


class AuthorDialog(QDialog):
    """Asks who edits. `named` gives the name."""

    named = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Who edits?"))
        heading = Words(self.tr("Who edits on this computer?"), self, size=Size.HEADING, strong=True)
        reason = Words(
            self.tr(
                "Each edit in a case file carries the name of its author, so that colleagues can see whose it is. "
                "You are asked once."
            ),
            self,
            muted=True,
        )
        self.name = Line(self)
        self.name.setObjectName("authorName")
        self.name.setAccessibleName(self.tr("Your name"))
        self.name.setText(suggested_name())
        self.name.selectAll()
        self._trouble = Words("", self)
        self._trouble.setProperty("trouble", True)
        self._trouble.hide()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        go = buttons.addButton(self.tr("Continue"), QDialogButtonBox.ButtonRole.AcceptRole)
        make_primary(go)
        go.setObjectName("continue")
        buttons.accepted.connect(self._take)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        for widget in (heading, reason, self.name, self._trouble, buttons):
            column.addWidget(widget)
        self.setMinimumWidth(440)

    def _take(self) -> None:
        try:
            name = clean_name(self.name.text())
        except InvalidValue as error:
            self._trouble.setText(str(error))
            self._trouble.show()
            return
        self.named.emit(name)
        self.accept()
