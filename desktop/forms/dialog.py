"""The dialog that makes a new record of any kind: what it needs, and nothing is written before it is complete."""

from collections.abc import Mapping
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialogButtonBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from db.errors import InvalidValue
from db.fields import fields_of
from db.identity import new_id
from db.models import Entity
from db.operations.drafts import Drafted, check_draft, with_drafts
from db.operations.records import add_record
from db.queries.records import FieldRow
from desktop.errors import expected
from desktop.forms.captions import class_named, one_of
from desktop.forms.discarding import DraftDialog
from desktop.forms.form import FieldForm
from desktop.forms.references import ReferenceEditor, ReferencesEditor
from desktop.live import LiveCase
from desktop.theme import Size, make_primary
from desktop.widgets.labels import Words


class NewRecordDialog(DraftDialog):
    """A draft of a record. `made` gives its id once it is on disk; what was typed stays if the file refuses it.

    With `on_the_way` nothing is written here: `drafted` gives a Drafted, for whoever writes it with something else.
    """

    made = Signal(object)
    drafted = Signal(object)

    def __init__(
        self,
        live: LiveCase,
        cls: type[Entity],
        preset: Mapping[str, object] | None = None,
        names: Mapping[UUID, str] | None = None,
        parent: QWidget | None = None,
        *,
        on_the_way: bool = False,
    ) -> None:
        super().__init__(parent)
        self._live, self._cls, self._on_the_way = live, cls, on_the_way
        self._values: dict[str, object] = {}
        kind = one_of(cls.PLURAL).lower()
        self.setWindowTitle(self.tr("New {kind}").format(kind=kind))
        heading = Words(self.windowTitle(), self, size=Size.HEADING, strong=True)
        self.form = FieldForm(live, self, draft=True)
        self.form.show_fields(cls, without=("merged_into", "analyst", "image"))
        self.form.wanted.connect(self._make_another)
        self._trouble = Words("", self)
        self._trouble.setProperty("trouble", True)
        self._trouble.hide()
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._add = self._buttons.addButton(
            self.tr("Add {kind}").format(kind=kind), QDialogButtonBox.ButtonRole.AcceptRole
        )
        make_primary(self._add)
        self._add.setObjectName("add")
        self._buttons.accepted.connect(self._save)
        self._buttons.rejected.connect(self.reject)
        self._asking = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(16)
        for widget in (heading, self._scrolling(), self._trouble, self._buttons):
            column.addWidget(widget)
        self.resize(620, 560)
        self._begin(dict(preset or {}), dict(names or {}))

    def _scrolling(self) -> QScrollArea:
        area = QScrollArea(self)
        area.setObjectName("surface")
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(self.form)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return area

    def _begin(self, preset: dict[str, object], names: dict[UUID, str]) -> None:
        rows = {name: FieldRow(name, value, str(value)) for name, value in preset.items()}  # type: ignore[arg-type]
        self.form.show_preset(rows, names)
        self.settle()
        first = next((name for name in self.form.cells if not preset.get(name)), "")
        self.form.show_field(first)

    def content(self) -> object:
        return self.form.content()

    def _save(self) -> None:
        try:
            self._values = self.form.values()
        except InvalidValue:
            return
        self._add.setEnabled(False)
        self._live.read(check_draft, self._cls, self._values, then=self._go_on, failed=self._fail)

    def _go_on(self, nothing: object) -> None:
        if self._on_the_way:
            self.drafted.emit(Drafted(new_id(), self._cls, self._values, self._title(), self.form.drafts()))
            self.accept()
            return
        label = self.tr("Add {kind}").format(kind=one_of(self._cls.PLURAL).lower())
        drafts, told = self.form.drafts(), (add_record, self._cls, self._values)
        self._live.write(label, with_drafts, drafts, *told, then=self._finish, failed=self._fail)

    def _title(self) -> str:
        """What it will be called, as far as its own words say that."""
        words = (self._values.get(name) for name in self._cls.TITLE)
        return next((word for word in words if isinstance(word, str) and word), one_of(self._cls.PLURAL))

    def _finish(self, record: UUID) -> None:
        self.made.emit(record)
        self.accept()

    def _fail(self, error: BaseException) -> None:
        self._add.setEnabled(True)
        trouble = expected(error)
        if trouble is None:
            raise error
        self._trouble.setText(trouble.text)
        self._trouble.show()

    def _make_another(self, field: str, plural: str, text: str) -> None:
        """Describe a record that this one needs; it is written with this one."""
        cls = class_named(plural)
        self._asking = field
        dialog = NewRecordDialog(self._live, cls, title_preset(cls, text), parent=self, on_the_way=True)
        dialog.drafted.connect(self._take)
        dialog.open()

    def _take(self, draft: Drafted) -> None:
        editor = self.form.editor(self._asking)
        if isinstance(editor, ReferenceEditor | ReferencesEditor):
            editor.take_draft(draft)


def title_preset(cls: type[Entity], text: str) -> dict[str, object]:
    """What was typed, as the first words of a record's title, where that is text."""
    name = cls.TITLE[0]
    return {name: text} if text and name in fields_of(cls) else {}
