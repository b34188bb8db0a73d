"""The dialog that cites a source for a field, or changes what was cited: what it rests on, and what it says."""

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialogButtonBox,
    QFrame,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from db.dates import understand
from db.errors import InvalidValue
from db.fields import Field, FieldType, FieldValue, canonical, fields_of, read_value
from db.models import Claim
from db.operations.claims import change_claim, cite
from db.operations.drafts import Drafted, with_drafts
from db.queries.claims import CitedClaim, KnownField, claimed_value
from db.queries.records import FieldRow
from desktop.errors import expected
from desktop.evidence.basis import Basis
from desktop.evidence.words import property_label
from desktop.forms.captions import class_named
from desktop.forms.dialog import NewRecordDialog, title_preset
from desktop.forms.discarding import DraftDialog
from desktop.forms.editors import FieldEditor, Line
from desktop.forms.form import FieldForm, make_editor
from desktop.forms.references import ReferenceEditor, ReferencesEditor
from desktop.live import LiveCase
from desktop.theme import Size, make_primary
from desktop.widgets.labels import Words

_FURTHER = ("original_text", "original_language", "as_of", "notes")


class ClaimedValue(QWidget):
    """What the source says: the value as it is now, or another one, in the field's own editor."""

    def __init__(
        self, live: LiveCase, known: KnownField, claim: CitedClaim | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._known = known
        self.field: Field | None = fields_of(class_named(known.kind)).get(known.name)
        self.editor: FieldEditor | None = make_editor(live, self.field, self, draft=True) if self.field else None
        self.words = Line(self)
        """For what is no field: a status as it was observed."""
        self.words.setAccessibleName(property_label(known.name))
        self.words.setVisible(self.editor is None)
        choice = QButtonGroup(self)
        self.as_shown = QRadioButton(self.tr("What the record shows"), self)
        self.as_shown.setObjectName("asShown")
        self.other = QRadioButton(self.tr("Something else"), self)
        self.other.setObjectName("other")
        choice.addButton(self.as_shown)
        choice.addButton(self.other)
        self._shown = Words(f"“{known.text}”", self, muted=True)
        self._shown.setContentsMargins(24, 0, 0, 0)
        self._hint = Words(self.tr("Leave it empty where the source says that there is none."), self, muted=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.as_shown, self._shown, self.other, self.editor or self.words, self._hint):
            column.addWidget(widget)
        for before, after in pairwise((self.as_shown, self.other, self.editor.control if self.editor else self.words)):
            QWidget.setTabOrder(before, after)
        self.as_shown.setVisible(bool(known.text))
        self.other.toggled.connect(self._show_editor)
        self._begin(claim)

    def _begin(self, claim: CitedClaim | None) -> None:
        known = self._known
        self._shown.setVisible(bool(known.text))
        if claim:
            value = claimed_value(class_named(known.kind), claim.row)
            self.words.setText(claim.row.value or "")
            if self.editor:
                self.editor.show_value(FieldRow(known.name, value, _text(value)), known.names)
        said_so = claim is None or canonical(known.value) == claim.row.value
        self.as_shown.setChecked(bool(known.text) and said_so)
        self.other.setChecked(not self.as_shown.isChecked())
        self._show_editor(self.other.isChecked())

    def _show_editor(self, shown: bool) -> None:
        (self.editor or self.words).setVisible(shown)
        self._hint.setVisible(shown and not (self.field and self.field.required))

    def content(self) -> object:
        """What stands here, complete or not."""
        return self.as_shown.isChecked(), self.editor.value() if self.editor else self.words.text()

    def value(self) -> str | None:
        """In the words of the field. Raises InvalidValue, and says so at the editor."""
        if self.as_shown.isChecked():
            return canonical(self._known.value)
        if self.field is None or self.editor is None:
            return self.words.text().strip() or None
        value = self.editor.value()
        if isinstance(value, str):
            return self._checked(self.field, self.editor, value)
        return canonical(value) or None  # type: ignore[arg-type]

    def _checked(self, field: Field, editor: FieldEditor, text: str) -> str | None:
        trouble = ""
        try:
            read_value(field, text)
        except InvalidValue as error:
            trouble = str(error)
        if field.holds is FieldType.DATE and text.strip() and understand(text) is None:
            trouble = self.tr("This is not understood as a date. The source's own words can go below.")
        editor.show_trouble(trouble)
        if trouble:
            editor.control.setFocus()
            raise InvalidValue(trouble)
        return (text.strip() and text) or None


def _text(value: FieldValue) -> str:
    return canonical(value) or ""


class ClaimDialog(DraftDialog):
    """Cites or changes; nothing is written before it is complete, and what was typed stays if the file refuses it."""

    def __init__(
        self, live: LiveCase, known: KnownField, claim: CitedClaim | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._live, self._known, self._claim = live, known, claim
        self._asking = ""
        self.setObjectName("claimDialog")
        words = self.tr("Change a claim on {field}") if claim else self.tr("Cite a source for {field}")
        self.setWindowTitle(words.format(field=property_label(known.name).lower()))
        self.basis = Basis(live, claim.citation if claim else None, self)
        self.basis.wanted.connect(self._make_another)
        self.says = ClaimedValue(live, known, claim, self)
        if self.says.editor:
            self.says.editor.wanted.connect(self._make_named)
        self.further = FieldForm(live, self, draft=True)
        self.further.show_fields(Claim, without=[name for name in fields_of(Claim) if name not in _FURTHER], front=())
        if claim:
            self.further.show_preset(_further_of(claim), {})
        self.trouble = Words("", self)
        self.trouble.setProperty("trouble", True)
        self.trouble.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 20, 0, 20)
        column.setSpacing(12)
        column.addWidget(self._scrolling(), 1)
        for widget in (self.trouble, self._make_buttons()):
            widget.setContentsMargins(24, 0, 24, 0)
            column.addWidget(widget)
        self.resize(680, 720)
        self.settle()

    def content(self) -> object:
        return self.basis.content(), self.says.content(), self.further.content()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.basis.take_focus()

    def _scrolling(self) -> QScrollArea:
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 0, 24, 0)
        column.setSpacing(8)
        column.addWidget(Words(self.windowTitle(), self, size=Size.HEADING, strong=True))
        column.addWidget(Words(self._known.title, self, muted=True))
        for caption, widget in (
            (self.tr("Where it says so"), self.basis),
            (self.tr("What it says"), self.says),
        ):
            heading = Words(caption, self, strong=True)
            heading.setContentsMargins(0, 12, 0, 0)
            column.addWidget(heading)
            column.addWidget(widget)
        column.addWidget(self.further)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setObjectName("surface")
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        return area

    def _make_buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        words = self.tr("Change") if self._claim else self.tr("Cite")
        self._save_button = QPushButton(words, self)
        self._save_button.setObjectName("save")
        make_primary(self._save_button)
        buttons.addButton(self._save_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self._save)
        buttons.rejected.connect(self.reject)
        return buttons

    def _save(self) -> None:
        self.trouble.hide()
        try:
            cited = self.basis.cited()
            passage = self.basis.passage_changes()
            values = self._values()
        except InvalidValue:
            return
        self._save_button.setEnabled(False)
        label, known = self.windowTitle(), self._known
        outcome = {"then": self._finish, "failed": self._fail}
        if self._claim:
            key = self._claim.row.id
            told = (change_claim, key, values)
            self._live.write(label, with_drafts, self._drafts(), *told, cited=cited, passage=passage, **outcome)
        else:
            about = (known.subject, known.name, cited, values)
            self._live.write(label, with_drafts, self._drafts(), cite, *about, **outcome)

    def _drafts(self) -> tuple[Drafted, ...]:
        """Records that were described on the way."""
        says = self.says.editor.drafts() if self.says.editor else ()
        return (*says, *self.basis.drafts(), *self.further.drafts())

    def _values(self) -> dict[str, object]:
        """The claim's own fields; where one is changed, only what is different. Raises InvalidValue."""
        told = {"value": self.says.value(), **dict.fromkeys(_FURTHER), **self.further.values()}
        if self._claim is None:
            return {name: value for name, value in told.items() if name == "value" or value is not None}
        before: dict[str, object] = {"value": self._claim.row.value}
        before |= {name: row.text or None for name, row in _further_of(self._claim).items()}
        return {name: value for name, value in told.items() if value != before[name]}

    def _finish(self, _: object) -> None:
        self.accept()

    def _fail(self, error: BaseException) -> None:
        self._save_button.setEnabled(True)
        trouble = expected(error)
        if trouble is None:
            raise error
        self.trouble.setText(trouble.text)
        self.trouble.show()

    def _make_named(self, wish: tuple[str, str]) -> None:
        self._make_another(self._known.name, *wish)

    def _make_another(self, field: str, plural: str, text: str) -> None:
        """Describe a record that is needed here; it is written with the claim."""
        cls = class_named(plural)
        self._asking = field
        dialog = NewRecordDialog(self._live, cls, title_preset(cls, text), parent=self, on_the_way=True)
        dialog.drafted.connect(self._take)
        dialog.open()

    def _take(self, draft: Drafted) -> None:
        editor = self.says.editor if self._asking == self._known.name else self.basis.passage.editor(self._asking)
        if isinstance(editor, ReferenceEditor | ReferencesEditor):
            editor.take_draft(draft)


def _further_of(claim: CitedClaim) -> dict[str, FieldRow]:
    row = claim.row
    told: dict[str, FieldValue] = {
        "original_text": row.original_text or None,
        "original_language": row.original_language or None,
        "as_of": row.as_of,
        "notes": row.notes or None,
    }
    return {
        name: FieldRow(name, value, row.as_of.text if name == "as_of" and row.as_of else str(value or ""))
        for name, value in told.items()
    }
