"""The dialog that adds a signatory to an action: an official with the post that fits the day, a body, or words."""

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from db.errors import InvalidValue
from db.fields import fields_of
from db.models import Entity, Membership, Person, Post
from db.models.vocabulary import HeldPost
from db.operations.drafts import Drafted, with_drafts
from db.operations.signing import NewTenure, add_signatory
from db.queries.lifecycle import Step
from db.queries.suggestions import Suggestion, suggestion_of
from db.queries.tenures import Tenure, fitting
from desktop.errors import expected
from desktop.forms.captions import class_named, term_label
from desktop.forms.dialog import NewRecordDialog, title_preset
from desktop.forms.discarding import DraftDialog
from desktop.forms.editors import Choice, Line
from desktop.forms.form import FieldForm
from desktop.forms.picker import RecordPicker
from desktop.forms.references import Chip, ReferenceEditor
from desktop.jobs import Ticket
from desktop.live import LiveCase
from desktop.records.words import date_words, held_words, tenure_words
from desktop.theme import Size, make_primary
from desktop.widgets.flow import FlowLayout
from desktop.widgets.labels import Words

_NEW = "new"
"""In the list of posts: one that is not in the file yet."""


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
        self._draft: Drafted | None = None
        """The official or body, where the file has none of that name yet."""
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
        return self._signer, self.words.text(), self.post.content(), self.since.content()

    def _add_who(self) -> None:
        self.picker = RecordPicker(self._live, ("person", "organization"), self)
        self.picker.setObjectName("signer")
        self.picker.chosen.connect(self.take)
        self.picker.wanted.connect(self._make)
        self.picker.drafted.connect(self._take_draft)
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
        self.post = self._form(Post, ("label", "organization"))
        self.since = self._form(Membership, ("start_date",))

    def _form(self, cls: type[Entity], names: tuple[str, ...]) -> FieldForm:
        """Some fields of a post that is not in the file yet."""
        form = FieldForm(self._live, self, draft=True)
        form.show_fields(cls, without=set(fields_of(cls)) - set(names))
        form.wanted.connect(self._make_body)
        self._column.addWidget(form)
        return form

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

    def _take_draft(self, draft: Drafted) -> None:
        """Take an official or a body that will be written with the signature."""
        self._take(Suggestion(draft.key, draft.cls.__tablename__, draft.title), draft)

    def _take(self, chosen: Suggestion | None, draft: Drafted | None = None) -> None:
        self._signer, self._draft = chosen, draft
        self.posts.clear()
        if chosen is not None and chosen.kind == Person.__tablename__:
            if draft is None:
                self._ask_for_posts(chosen.id)
            else:
                self._offer([])
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
        self.posts.addItem(self.tr("New post…"), _NEW)
        fits = bool(found) and found[0][1] is not HeldPost.NO
        self.posts.setCurrentIndex(0 if fits else len(found))
        self._explain()

    def _explain(self) -> None:
        """Say how the post that is chosen stands to the day."""
        chosen = self.posts.currentData()
        self._show_new_post(chosen == _NEW)
        if chosen == _NEW:
            text = self.tr("It is added to the posts of this official, in the same edit.")
        elif chosen is None:
            text = self.tr("Without a post, the review will ask for it.") if self.posts.count() else ""
        else:
            tenure, held = chosen
            text = f"{held_words(held, tenure)[:1].upper()}{held_words(held, tenure)[1:]}: {tenure_words(tenure)}"
        self._reason.setText(text)

    def _show_new_post(self, shown: bool) -> None:
        for form in (self.post, self.since):
            form.setVisible(shown)
        if shown:
            self.post.show_field("label")

    def _show(self) -> None:
        """Show only what can be given: a body has no post, and words are for nobody who is named."""
        is_person = self._signer is not None and self._signer.kind == Person.__tablename__
        for widget in (self._post_caption, self.posts, self._reason):
            widget.setVisible(is_person)
        self._show_new_post(is_person and self.posts.currentData() == _NEW)
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
        """Describe the official or the body, beginning with the name that was typed."""
        self._describe(*wish).drafted.connect(self._take_draft)

    def _make_body(self, field: str, plural: str, text: str) -> None:
        """Describe the body whose post it is."""
        editor = self.post.editor(field)
        assert isinstance(editor, ReferenceEditor)
        self._describe(plural, text).drafted.connect(editor.take_draft)

    def _describe(self, plural: str, text: str) -> NewRecordDialog:
        cls = class_named(plural)
        dialog = NewRecordDialog(self._live, cls, title_preset(cls, text), parent=self, on_the_way=True)
        dialog.open()
        return dialog

    def _save(self) -> None:
        try:
            held = self._held()
        except InvalidValue:
            return
        self._add.setEnabled(False)
        self._trouble.hide()
        drafts = (*((self._draft,) if self._draft else ()), *self.post.drafts())
        told = (add_signatory, self._values(), held)
        label = self.tr("Add signatory")
        self._live.write(label, with_drafts, drafts, *told, then=self._finish, failed=self._fail)

    def _held(self) -> NewTenure | None:
        """The post that is not in the file yet. Raises InvalidValue, and says so at its field."""
        if self.post.isHidden():
            return None
        post, since = self.post.values(), self.since.values()
        organization = post.get("organization")
        start = str(since.get("start_date") or "")
        return NewTenure(str(post["label"]), organization if isinstance(organization, UUID) else None, start)

    def _values(self) -> dict[str, object]:
        values: dict[str, object] = {"action": self._step.id}
        if self._signer is None:
            return values | {"as_reported": self.words.text().strip()}
        if self._signer.kind != Person.__tablename__:
            return values | {"organization": self._signer.id}
        chosen = self.posts.currentData()
        is_known = chosen is not None and chosen != _NEW
        return values | {"person": self._signer.id} | ({"membership": chosen[0].id} if is_known else {})

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
