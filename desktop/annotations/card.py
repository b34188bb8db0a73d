"""A card for one annotation: its fields, edited in place, who wrote it, and a way to delete it."""

from collections.abc import Mapping
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from db.errors import CaseFileError
from db.fields import field_of
from db.operations.records import set_fields
from db.queries.annotations import Annotation
from desktop.annotations.words import written_words
from desktop.forms.captions import class_named, field_label, one_of
from desktop.forms.editors import FieldEditor, RunningTextEditor
from desktop.forms.form import make_editor
from desktop.live import LiveCase
from desktop.records.edits import FieldEdit
from desktop.theme import Size, dress
from desktop.widgets.labels import ElidedLabel


class Card(QFrame):
    """One annotation. Subclasses lay out their editors in `column` and override `show_annotation`."""

    told = Signal(str, object)
    """What was just done, and what of it can be undone: an entry's id, NEWEST, or None."""
    opened = Signal(object)
    unwanted = Signal(object)
    """The annotation that is to be deleted; whoever holds the card does it, because the card goes with it."""

    def __init__(self, live: LiveCase, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.live = live
        self.kind = kind
        self.annotation: Annotation | None = None
        self.editors: dict[str, FieldEditor] = {}
        self.setObjectName("card")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(4, 8, 4, 6)
        self.column.setSpacing(6)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(8)
        self.foot.setContentsMargins(12, 0, 4, 0)
        self._written = ElidedLabel("", self, size=Size.CAPTION, muted=True)
        self.delete_button = tool(self, "trash-2", self.tr("Delete this {kind}").format(kind=one_of(kind).lower()))
        self.delete_button.setObjectName("deleteAnnotation")
        self.delete_button.clicked.connect(self.delete)
        self.delete_button.setVisible(live.is_writable)

    def end(self) -> None:
        """Put the foot below what was laid out."""
        self.foot.addWidget(self._written, 1)
        self.foot.addWidget(self.delete_button)
        self.column.addLayout(self.foot)

    def add_editor(self, name: str, *, quiet: bool = False) -> FieldEditor:
        """Make the editor of a field; the caller lays it out."""
        editor = make_editor(self.live, field_of(class_named(self.kind), name), self)
        if isinstance(editor, RunningTextEditor) and quiet:
            editor.text.setProperty("quiet", True)
        if isinstance(editor, RunningTextEditor):
            editor.text.least_height = 34
        editor.edited.connect(self._write)
        self.editors[name] = editor
        return editor

    def show_annotation(self, annotation: Annotation, names: Mapping[UUID, str]) -> None:
        """Show it as it is now, but for what somebody is typing."""
        self.annotation = annotation
        for name, editor in self.editors.items():
            editor.show_value(annotation.row[name], names)
            editor.set_writable(self.live.is_writable)
        me = self.live.editor.id if self.live.editor else None
        self._written.setText(written_words(annotation, me))
        self.setAccessibleName(f"{one_of(self.kind)}: {annotation.row.title}")

    def delete(self) -> None:
        """Ask for it to be deleted; undo brings it back."""
        if self.annotation is not None:
            self.unwanted.emit(self.annotation)

    def change(self, label: str, values: Mapping[str, object]) -> None:
        """Set several fields as one edit."""
        if self.annotation is not None:
            self.live.write(label, set_fields, self.annotation.row.id, dict(values), failed=self.refuse)

    def refuse(self, error: BaseException) -> None:
        """Tell why something was not done."""
        if isinstance(error, CaseFileError):
            self.told.emit(str(error), None)
        else:
            self.live.troubled.emit(error)

    def _write(self, value: object) -> None:
        editor = self.sender()
        if isinstance(editor, FieldEditor) and self.annotation is not None:
            edit = FieldEdit(self.live, self.annotation.row.id, editor.field.name, value, editor.drafts(), self)
            edit.refused.connect(self._show_refusal)
            words = self.tr("Set {field} of {kind}")
            edit.write(words.format(field=field_label(editor.field.name).lower(), kind=one_of(self.kind).lower()))

    def _show_refusal(self, name: str, error: CaseFileError) -> None:
        self.editors[name].show_trouble(str(error))


def tool(parent: QWidget, icon: str, words: str) -> QToolButton:
    """A small button that shows an icon alone."""
    button = QToolButton(parent)
    button.setAccessibleName(words)
    button.setToolTip(words)
    dress(button, icon)
    return button


def inset(widget: QWidget) -> QVBoxLayout:
    """A layout that begins where the words of a quiet editor do."""
    layout = QVBoxLayout()
    layout.setContentsMargins(12, 0, 12, 0)
    layout.addWidget(widget)
    return layout
