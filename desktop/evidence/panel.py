"""Why a value is believed, in one place. The panel follows the file and carries out what somebody asks for."""

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QStackedLayout, QWidget

from db.errors import RecordNotFound
from db.operations.claims import withdraw_acceptance
from db.operations.records import delete_record
from db.queries.changes import Changes
from db.queries.claims import CitedClaim, KnownField, known_field
from desktop.evidence.accept_dialog import AcceptDialog
from desktop.evidence.body import EvidenceBody
from desktop.evidence.claim_dialog import ClaimDialog
from desktop.evidence.words import claim_as_text, property_label
from desktop.jobs import Ticket
from desktop.live import LiveCase
from desktop.theme import dress
from desktop.widgets.empty import EmptyState

Key = tuple[UUID, str]


class EvidencePanel(QWidget):
    """The evidence of one field of one record. It follows the file while it is shown."""

    opened = Signal(object)
    """A Place that somebody wants to see."""
    told = Signal(str)
    """Something was done that the file does not show by itself, in a sentence."""

    def __init__(self, live: LiveCase, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._live = live
        self._key: Key | None = None
        self._ticket: Ticket | None = None
        self._cite_next = False
        self.known: KnownField | None = None
        self.setObjectName("evidencePanel")
        self.setAccessibleName(self.tr("Evidence"))
        self._nothing = EmptyState(
            "scale",
            self.tr("Why do we believe this?"),
            self.tr("Choose the mark beside a field to see which sources support its value, and which say otherwise."),
            parent=self,
        )
        self.cite_action = self._make_cite_action()
        self._body = EvidenceBody(live.is_writable, self)
        self._body.opened.connect(self.opened)
        self._body.cite_asked.connect(self.cite_action.trigger)
        self._body.accept_asked.connect(self._accept)
        self._body.change_asked.connect(self._change)
        self._body.withdraw_asked.connect(self._withdraw)
        self._body.copy_asked.connect(self._copy)
        self._body.unaccept_asked.connect(self._withdraw_acceptance)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(self._body)
        live.changed.connect(self._follow)

    def _make_cite_action(self) -> QAction:
        action = QAction(self.tr("Cite a source for this field…"), self)
        action.setObjectName("cite")
        action.setShortcut(QKeySequence("Ctrl+Shift+C"))
        action.setEnabled(False)
        dress(action, "quote")
        action.triggered.connect(self._cite)
        self.addAction(action)
        return action

    def show_field(self, record: UUID, name: str) -> None:
        """Show why a field's value is believed."""
        if self._key != (record, name):
            self._key = (record, name)
            self._cite_next = False
            self.known = None
            self.cite_action.setEnabled(False)
        self._read()

    def cite(self, record: UUID, name: str) -> None:
        """Show a field and let a source be cited for it."""
        self.show_field(record, name)
        self._cite_next = True

    def clear(self) -> None:
        """Show no field."""
        if self._ticket:
            self._ticket.cancel()
        self._key, self.known = None, None
        self.cite_action.setEnabled(False)
        self._stack.setCurrentWidget(self._nothing)

    def _follow(self, changes: Changes) -> None:
        """What a claim rests on may be another record than the one that is shown: so any edit is followed."""
        if self._key:
            self._read()

    def _read(self) -> None:
        if self._ticket:
            self._ticket.cancel()
        if self._key:
            self._ticket = self._live.read(known_field, *self._key, then=self._show, failed=self._fail)

    def _show(self, known: KnownField) -> None:
        if known != self.known:
            again = self.known is not None
            self.known = known
            self._body.show_known(known, again=again)
        self._stack.setCurrentWidget(self._body)
        self.cite_action.setEnabled(self._live.is_writable)
        if self._cite_next:
            self._cite_next = False
            self._cite()

    def _fail(self, error: BaseException) -> None:
        if not isinstance(error, RecordNotFound):
            raise error
        self.clear()

    def _cite(self) -> None:
        if self.known:
            ClaimDialog(self._live, self.known, parent=self.window()).open()

    def _change(self, claim: CitedClaim) -> None:
        if self.known:
            ClaimDialog(self._live, self.known, claim, parent=self.window()).open()

    def _accept(self, claim: CitedClaim) -> None:
        if self.known:
            AcceptDialog(self._live, self.known, claim, self.window()).open()

    def _withdraw(self, claim: CitedClaim) -> None:
        label = self.tr("Withdraw a claim on {field}").format(field=self._field())
        self._live.write(label, delete_record, claim.row.id)

    def _withdraw_acceptance(self) -> None:
        if self._key:
            label = self.tr("Accept no claim on {field}").format(field=self._field())
            self._live.write(label, withdraw_acceptance, *self._key)

    def _field(self) -> str:
        return property_label(self.known.name).lower() if self.known else ""

    def _copy(self, claim: CitedClaim) -> None:
        QGuiApplication.clipboard().setText(claim_as_text(claim))
        self.told.emit(self.tr("Copied the claim with its source."))
