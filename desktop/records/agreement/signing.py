"""The dialog that adds a signatory to an action: an official with the post that fits the day, a body, or words."""

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from db.models import Person, Signatory
from db.models.vocabulary import HeldPost
from db.operations.records import add_record
from db.queries.lifecycle import Step
from db.queries.suggestions import Suggestion, suggestion_of
from db.queries.tenures import Tenure, fitting
from desktop.errors import expected
from desktop.forms.captions import class_named, term_label
from desktop.forms.dialog import NewRecordDialog, title_preset
from desktop.forms.discarding import DraftDialog
from desktop.forms.editors import Choice, Line
from desktop.forms.picker import RecordPicker
from desktop.forms.references import Chip
from desktop.jobs import Ticket
from desktop.live import LiveCase
from desktop.records.words import date_words, held_words, tenure_words
from desktop.theme import Size, make_primary
from desktop.widgets.flow import FlowLayout
from desktop.widgets.labels import Words


class SignatoryDialog(DraftDialog):
    """Who signed. Nothing is written before it is complete; then it is one edit."""

    made = Signal(object)
    """The id of the signatory, once it is on disk."""

    def __init__(self, live: LiveCase, step: Step, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._live, self._step = live, step
        self._signer: Suggestion | None = None
        self._ticket: Ticket | None = None
        self._chip: Chip | None = None
        self.setWindowTitle(self.tr("Add signatory"))
        deed = ", ".join(filter(None, (term_label(step.action), date_words(step.date), step.place)))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 20, 24, 20)
        self._column.setSpacing(6)
        self._column.addWidget(Words(self.windowTitle(), self, size=Size.HEADING, strong=True))
        self._column.addWidget(Words(deed, self, muted=True))
        self._add_who()
        self._add_post()
        self._add_words()
        self._trouble = Words("", self)
        self._trouble.setProperty("trouble", True)
        self._trouble.hide()
        self._column.addSpacing(8)
        self._column.addWidget(self._trouble)
        self._column.addStretch(1)
        self._add_buttons()
        self.resize(560, 400)
        self._show()
        self.picker.setFocus()
        self.settle()

    def content(self) -> object:
        return self._signer, self.words.text()

    def _add_who(self) -> None:
        self.picker = RecordPicker(self._live, ("person", "organization"), self)
        self.picker.setObjectName("signer")
        self.picker.chosen.connect(self.take)
        self.picker.wanted.connect(self._make)
        self._holder = QWidget(self)
        self._place = FlowLayout(self._holder)
        self._caption(self.tr("&Official or organization"), self.picker)
        self._column.addWidget(self._holder)
        self._column.addWidget(self.picker)

    def _add_post(self) -> None:
        self.posts = Choice(self)
        self.posts.setObjectName("posts")
        self.posts.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.posts.setMinimumContentsLength(20)
        self.posts.currentIndexChanged.connect(self._explain)
        self._post_caption = self._caption(self.tr("In the &post of"), self.posts)
        self._column.addWidget(self.posts)
        self._reason = Words("", self, size=Size.CAPTION, muted=True)
        self._column.addWidget(self._reason)

    def _add_words(self) -> None:
        self.words = Line(self)
        self.words.is_draft = True
        self.words.setObjectName("asReported")
        self.words.setPlaceholderText(self.tr("e.g. a representative of the ministry"))
        self.words.textEdited.connect(self._show)
        self._words_caption = self._caption(self.tr("Or &as reported, where nobody is named"), self.words)
        self._column.addWidget(self.words)

    def _caption(self, text: str, control: QWidget) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("muted", True)
        label.setBuddy(control)
        control.setAccessibleName(text.replace("&", ""))
        self._column.addSpacing(8)
        self._column.addWidget(label)
        return label

    def _add_buttons(self) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._add = buttons.addButton(self.tr("Add signatory"), QDialogButtonBox.ButtonRole.AcceptRole)
        make_primary(self._add)
        self._add.style().polish(self._add)
        self._add.setObjectName("add")
        buttons.accepted.connect(self._save)
        buttons.rejected.connect(self.reject)
        self._column.addWidget(buttons)

    def take(self, record: UUID) -> None:
        """Take an official or an organization."""
        self._live.read(suggestion_of, record, then=self._take)

    def _take(self, chosen: Suggestion | None) -> None:
        self._signer = chosen
        self.posts.clear()
        if chosen is not None and chosen.kind == Person.__tablename__:
            self._ask_for_posts(chosen.id)
        self._show()
        (self._add if chosen else self.picker).setFocus()

    def _ask_for_posts(self, person: UUID) -> None:
        if self._ticket:
            self._ticket.cancel()
        self._ticket = self._live.read(fitting, person, self._step.date, then=self._offer)

    def _offer(self, found: list[tuple[Tenure, HeldPost]]) -> None:
        """Propose the post that was held that day, or else one that may have been."""
        self.posts.clear()
        for tenure, held in found:
            self.posts.addItem(tenure.title or self.tr("post without a name"), (tenure, held))
        self.posts.addItem(self.tr("Not known"), None)
        fits = bool(found) and found[0][1] is not HeldPost.NO
        self.posts.setCurrentIndex(0 if fits else self.posts.count() - 1)
        self._explain()

    def _explain(self) -> None:
        """Say how the post that is chosen stands to the day."""
        chosen = self.posts.currentData()
        if chosen is None:
            text = self.tr("Without a post, the review will ask for it.") if self.posts.count() else ""
        else:
            tenure, held = chosen
            text = f"{held_words(held, tenure)[:1].upper()}{held_words(held, tenure)[1:]}: {tenure_words(tenure)}"
        self._reason.setText(text)

    def _show(self) -> None:
        """Show only what can be given: a body has no post, and words are for nobody who is named."""
        is_person = self._signer is not None and self._signer.kind == Person.__tablename__
        for widget in (self._post_caption, self.posts, self._reason):
            widget.setVisible(is_person)
        self._words_caption.setVisible(self._signer is None)
        self.words.setVisible(self._signer is None)
        self.picker.setVisible(self._signer is None)
        self._show_chip()
        self._add.setEnabled(self._signer is not None or bool(self.words.text().strip()))

    def _show_chip(self) -> None:
        if self._chip is not None:
            self._place.removeWidget(self._chip)
            self._chip.hide()
            self._chip.deleteLater()
            self._chip = None
        self._holder.setVisible(self._signer is not None)
        if self._signer is not None:
            self._chip = Chip(self._signer.id, self._signer.title, True, self._holder)
            self._chip.removed.connect(self._drop)
            self._place.addWidget(self._chip)
            self._chip.show()

    def _drop(self, record: UUID) -> None:
        self._take(None)

    def _make(self, wish: tuple[str, str]) -> None:
        """Make the official or the body first, under the name that was typed."""
        plural, text = wish
        cls = class_named(plural)
        dialog = NewRecordDialog(self._live, cls, title_preset(cls, text), parent=self)
        dialog.made.connect(self.take)
        dialog.open()

    def _save(self) -> None:
        self._add.setEnabled(False)
        self._trouble.hide()
        label = self.tr("Add signatory")
        self._live.write(label, add_record, Signatory, self._values(), then=self._finish, failed=self._fail)

    def _values(self) -> dict[str, object]:
        values: dict[str, object] = {"action": self._step.id}
        if self._signer is None:
            return values | {"as_reported": self.words.text().strip()}
        if self._signer.kind != Person.__tablename__:
            return values | {"organization": self._signer.id}
        chosen = self.posts.currentData()
        return values | {"person": self._signer.id} | ({"membership": chosen[0].id} if chosen else {})

    def _finish(self, signatory: UUID) -> None:
        self.made.emit(signatory)
        self.accept()

    def _fail(self, error: BaseException) -> None:
        self._add.setEnabled(True)
        trouble = expected(error)
        if trouble is None:
            self._live.troubled.emit(error)
            return
        self._trouble.setText(trouble.text)
        self._trouble.show()
