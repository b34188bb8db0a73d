"""The dialog in which an analyst believes a claim and says why."""

from PySide6.QtWidgets import QDialogButtonBox, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from db.evidence import Verdict
from db.operations.claims import accept
from db.queries.claims import CitedClaim, KnownField
from desktop.errors import expected
from desktop.evidence.card import Passage
from desktop.evidence.words import property_label
from desktop.forms.discarding import DraftDialog
from desktop.live import LiveCase
from desktop.theme import Size, make_primary
from desktop.widgets.labels import Words


class AcceptDialog(DraftDialog):
    """Asks for the reason; what was typed stays if the file refuses the edit."""

    def __init__(self, live: LiveCase, known: KnownField, claim: CitedClaim, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._live, self._known, self._claim = live, known, claim
        self.setObjectName("acceptDialog")
        self.setWindowTitle(self.tr("Accept a claim on {field}").format(field=property_label(known.name).lower()))
        self.reason = QPlainTextEdit(self)
        self.reason.setObjectName("reason")
        self.reason.setPlaceholderText(self.tr("e.g. The only report by somebody who was in the room."))
        self.reason.setTabChangesFocus(True)
        self.reason.setPlainText(claim.row.reason)
        self.reason.setMinimumHeight(88)
        caption = QLabel(self.tr("Why do you believe it?"), self)
        caption.setBuddy(self.reason)
        self.trouble = Words("", self)
        self.trouble.setProperty("trouble", True)
        self.trouble.hide()
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._accept = QPushButton(self.tr("Accept"), self)
        self._accept.setObjectName("acceptButton")
        make_primary(self._accept)
        self._buttons.addButton(self._accept, QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.accepted.connect(self._save)
        self._buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        column.addWidget(Words(self.windowTitle(), self, size=Size.HEADING, strong=True))
        column.addWidget(Passage(self._what_happens(), self))
        source = self.tr("From {source}").format(source=claim.citation.source.title)
        column.addWidget(Words(source, self, size=Size.CAPTION, muted=True))
        column.addSpacing(8)
        for widget in (caption, self.reason, self.trouble, self._buttons):
            column.addWidget(widget)
        self.resize(480, self.sizeHint().height())
        self.settle()

    def _what_happens(self) -> str:
        value = self._claim.text or self.tr("no value")
        if self._claim.row.verdict is Verdict.SUPPORTS:
            return self.tr("It stays “{value}”.").format(value=value)
        words = self.tr("It becomes “{value}”; now it is “{now}”.")
        return words.format(value=value, now=self._known.text or self.tr("no value"))

    def content(self) -> object:
        return self.reason.toPlainText()

    def _save(self) -> None:
        reason = self.reason.toPlainText().strip()
        if not reason:
            self._say(self.tr("Say why in a few words: whoever reads this later has only your reason."))
            return
        self._accept.setEnabled(False)
        label = self.windowTitle()
        self._live.write(label, accept, self._claim.row.id, reason, then=self._finish, failed=self._fail)

    def _finish(self, _: object) -> None:
        super().accept()

    def _fail(self, error: BaseException) -> None:
        self._accept.setEnabled(True)
        trouble = expected(error)
        if trouble is None:
            raise error
        self._say(trouble.text)

    def _say(self, text: str) -> None:
        self.trouble.setText(text)
        self.trouble.show()
        self.reason.setFocus()
