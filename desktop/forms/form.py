"""The one form for every kind of record: cells of label, evidence and editor, in as many columns as fit."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from db.errors import InvalidValue
from db.evidence import FieldStanding
from db.fields import Field, FieldType, canonical, read_value
from db.models import Entity
from db.operations.drafts import Drafted
from db.queries.records import FieldRow, RecordRow
from desktop.evidence.mark import EvidenceMark
from desktop.forms.captions import field_label
from desktop.forms.dates import DateEditor
from desktop.forms.editors import ChoiceEditor, FieldEditor, FixedEditor, Line, RunningTextEditor, TextEditor
from desktop.forms.layouts import front_fields, is_wide, more_fields
from desktop.forms.references import ReferenceEditor, ReferencesEditor
from desktop.forms.terms import TermsEditor
from desktop.live import LiveCase
from desktop.theme import Size, dress, font
from desktop.widgets.columns import WIDE, ColumnsLayout
from desktop.widgets.layouts import clear_layout, rebuilt


def make_editor(live: LiveCase, field: Field, parent: QWidget | None = None, *, draft: bool = False) -> FieldEditor:
    """The editor of a field. What a record is about can only be given while it is a draft."""
    if field.holds is FieldType.CONTENT or (field.identity and not draft):
        is_link = field.holds in (FieldType.REFERENCE, FieldType.REFERENCES)
        return ReferenceEditor(live, field, parent) if is_link else FixedEditor(field, parent)
    match field.holds:
        case FieldType.LONG_TEXT:
            return RunningTextEditor(field, parent)
        case FieldType.TERM | FieldType.FLAG:
            return ChoiceEditor(field, parent)
        case FieldType.DATE:
            return DateEditor(field, parent)
        case FieldType.REFERENCE:
            return ReferenceEditor(live, field, parent)
        case FieldType.REFERENCES:
            return ReferencesEditor(live, field, parent)
        case FieldType.TERMS:
            return TermsEditor(field, parent)
    return TextEditor(field, parent)


class FormCell(QWidget):
    """A field with its label above it, and room for a mark at the label's right."""

    def __init__(self, editor: FieldEditor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self.mark: EvidenceMark | None = None
        editor.setParent(self)
        field = editor.field
        self.setProperty(WIDE, is_wide(field))
        label = QLabel(field_label(field.name) + (" *" if field.required and not field.identity else ""), self)
        label.setFont(font(Size.CAPTION))
        label.setProperty("muted", True)
        label.setBuddy(editor.control)
        self._label = label
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        self._head.addWidget(label)
        self._head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._head)
        column.addWidget(editor)
        self._departs: QPushButton | None = None
        column.addStretch(1)
        self._cells = column

    def add_mark(self, mark: EvidenceMark) -> None:
        """Put a mark at the right of the label."""
        self.mark = mark
        mark.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab goes from field to field; Ctrl+E asks for the evidence
        self._label.setMinimumHeight(mark.sizeHint().height())
        self._head.addWidget(mark)

    def show_standing(self, found: FieldStanding | None) -> None:
        """Mark how well the field is known, and say where its value is not what was accepted."""
        if self.mark is None:
            return
        self.mark.show_standing(found)
        departs = found is not None and found.departs
        if departs and self._departs is None:
            self._departs = QPushButton(self.tr("Departs from the accepted claim"), self)
            self._departs.setObjectName(f"departs_{self.editor.field.name}")
            self._departs.setProperty("link", True)
            self._departs.setFont(font(Size.CAPTION))
            self._departs.setToolTip(self.tr("See what was accepted, and accept it again or none"))
            self._departs.clicked.connect(self.mark.click)
            dress(self._departs, "triangle-alert")
            self._cells.insertWidget(2, self._departs, alignment=Qt.AlignmentFlag.AlignLeft)
        if self._departs is not None:
            self._departs.setVisible(departs)


class FieldForm(QWidget):
    """The fields of one record. Each finished edit is reported by field; nothing is stored here."""

    edited = Signal(str, object)
    """Field and new value."""
    opened = Signal(object)
    """A Place."""
    wanted = Signal(str, str, str)
    """A record that is not there yet: the field that asks, the plural of its kind, what was typed."""

    asked = Signal(str)
    """A field whose evidence is wanted."""

    def __init__(self, live: LiveCase, parent: QWidget | None = None, *, draft: bool = False) -> None:
        super().__init__(parent)
        self._live = live
        self._draft = draft
        self._cls: type[Entity] | None = None
        self._variant = ""
        self.cells: dict[str, FormCell] = {}
        self._front = QWidget(self)
        self._more = QWidget(self)
        self._front_cells = ColumnsLayout(self._front)
        self._more_cells = ColumnsLayout(self._more)
        self._more_button = QToolButton(self)
        self._more_button.setObjectName("moreFields")
        self._more_button.setCheckable(True)
        self._more_button.setToolButtonStyle(self._more_button.toolButtonStyle().ToolButtonTextBesideIcon)
        self._more_button.toggled.connect(self._show_more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for widget in (self._front, self._more_button, self._more):
            column.addWidget(widget)
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(widget is not self._more_button)
            widget.setSizePolicy(policy)
        self._more_button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        column.addStretch(1)
        self._show_more(False)

    def show_fields(
        self,
        cls: type[Entity],
        variant: str = "",
        *,
        without: Iterable[str] = (),
        front: Collection[str] | None = None,
    ) -> None:
        """Make the cells of a kind, if they are not those already; `variant` is a source's type.

        Only `front` stands in front then; everything that its layout has there, if None.
        """
        if (cls, variant) == (self._cls, self._variant):
            return
        self._cls, self._variant = cls, variant
        with rebuilt(self):
            self._clear()
            self._add_all(set(without), front)
        self._more_button.setVisible(bool(self._more_cells.count()))
        self._order_tabs()
        self._show_more(self._more_button.isChecked())

    def _add_all(self, hidden: set[str], front: Collection[str] | None) -> None:
        assert self._cls is not None
        first, more = front_fields(self._cls, self._variant), more_fields(self._cls, self._variant)
        for field in (*first, *more):
            if field.name in hidden or (self._draft and field.holds is FieldType.CONTENT):
                continue
            if field.name in front if front is not None else field in first:
                self._add(field, self._front, self._front_cells)
            else:
                self._add(field, self._more, self._more_cells)

    def show_record(self, row: RecordRow, names: Mapping[UUID, str]) -> None:
        """Show a record of the kind whose cells are there."""
        writable = self._live.is_writable
        for name, cell in self.cells.items():
            field = row[name]
            cell.editor.show_value(field, names)
            cell.editor.set_writable(writable and not cell.editor.field.identity)
            cell.setHidden(cell.editor.field.identity and not canonical(field.value))
        filled = sum(1 for name in self._names(self._more_cells) if canonical(row[name].value))
        words = self.tr("More fields ({count} filled)") if filled else self.tr("More fields")
        self._more_button.setText(words.format(count=filled))

    def show_standings(self, found: Mapping[str, FieldStanding]) -> None:
        """Mark how well each field is known."""
        for name, cell in self.cells.items():
            cell.show_standing(found.get(name))

    def field_with_focus(self) -> str:
        """The field that somebody is in; empty where none is."""
        focused = QApplication.focusWidget()
        return next((name for name, cell in self.cells.items() if focused and cell.isAncestorOf(focused)), "")

    def show_preset(self, values: Mapping[str, FieldRow], names: Mapping[UUID, str]) -> None:
        """Begin a draft with these values."""
        for name, row in values.items():
            if name in self.cells:
                self.cells[name].editor.show_value(row, names)
                if canonical(row.value) and name in self._names(self._more_cells):
                    self._more_button.setChecked(True)

    def content(self) -> dict[str, object]:
        """What stands in the editors, complete or not."""
        return {name: cell.editor.value() for name, cell in self.cells.items()}

    def drafts(self) -> tuple[Drafted, ...]:
        """Records that the values name and that are not in the file yet."""
        return tuple(draft for cell in self.cells.values() for draft in cell.editor.drafts())

    def values(self) -> dict[str, object]:
        """What the draft says: the fields that hold something. Raises InvalidValue, and says so at the field."""
        found: dict[str, object] = {}
        for name, cell in self.cells.items():
            value = cell.editor.value()
            if isinstance(value, str) or value is None:
                self._check(cell.editor, str(value or ""))
            if value or cell.editor.field.required:
                found[name] = value
        return found

    def editor(self, name: str) -> FieldEditor | None:
        """The editor of a field, if it has one."""
        return self.cells[name].editor if name in self.cells else None

    def show_field(self, name: str) -> QWidget | None:
        """Bring a field to light and give it the focus."""
        editor = self.editor(name)
        if editor is not None:
            if name in self._names(self._more_cells):
                self._more_button.setChecked(True)
            editor.control.setFocus()
        return editor

    def _check(self, editor: FieldEditor, text: str) -> None:
        if editor.field.holds in (FieldType.REFERENCE, FieldType.REFERENCES, FieldType.TERMS) and text:
            return
        try:
            read_value(editor.field, text)
        except InvalidValue as error:
            editor.show_trouble(self.tr("This is needed.") if not text else str(error))
            self.show_field(editor.field.name)
            raise

    def _add(self, field: Field, parent: QWidget, layout: ColumnsLayout) -> None:
        editor = make_editor(self._live, field, parent, draft=self._draft)
        cell = FormCell(editor, parent)
        if not self._draft:
            mark = EvidenceMark(field.name, field_label(field.name), cell)
            mark.asked.connect(self.asked)
            cell.add_mark(mark)
        elif isinstance(editor.control, Line):
            editor.control.is_draft = True
        editor.edited.connect(self._report)
        editor.opened.connect(self.opened)
        editor.wanted.connect(self._ask_for)
        self.cells[field.name] = cell
        layout.addWidget(cell)
        cell.show()

    def _clear(self) -> None:
        self.cells.clear()
        for layout in (self._front_cells, self._more_cells):
            clear_layout(layout)

    def _order_tabs(self) -> None:
        """Tab goes to the button between the fields in front and the others, where it stands."""
        names = self._names(self._front_cells)
        if names:
            last = self.cells[names[-1]]
            QWidget.setTabOrder(last.editor.control, self._more_button)

    def _names(self, layout: ColumnsLayout) -> list[str]:
        items = (layout.itemAt(place) for place in range(layout.count()))
        cells = (item.widget() for item in items if item)
        return [cell.editor.field.name for cell in cells if isinstance(cell, FormCell)]

    def _show_more(self, shown: bool) -> None:
        self._more.setVisible(shown and bool(self._more_cells.count()))
        self._more_button.setText(self._more_button.text() or self.tr("More fields"))
        dress(self._more_button, "chevron-down" if shown else "chevron-right")

    def _report(self, value: object) -> None:
        editor = self.sender()
        if isinstance(editor, FieldEditor):
            self.edited.emit(editor.field.name, value)

    def _ask_for(self, wish: tuple[str, str]) -> None:
        editor = self.sender()
        if isinstance(editor, FieldEditor):
            self.wanted.emit(editor.field.name, *wish)
