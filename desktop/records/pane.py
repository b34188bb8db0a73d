"""The record pane: one record, edited in place, with everything that is connected with it."""

from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from db.errors import CaseFileError, RecordNotFound
from db.evidence import EXISTENCE, standings
from db.operations.records import delete_record
from db.queries.changes import Changes
from db.queries.record_pages import RecordPage, record_page
from desktop.annotations.drops import RecordDrops
from desktop.annotations.view import AnnotationsView
from desktop.forms.captions import class_named, field_label, one_of
from desktop.forms.dialog import NewRecordDialog, title_preset
from desktop.forms.form import FieldForm
from desktop.forms.references import ReferenceEditor, ReferencesEditor
from desktop.history.view import HistoryView
from desktop.jobs import Ticket
from desktop.live import LiveCase
from desktop.places import Place
from desktop.records.drawer import EvidenceDrawer
from desktop.records.edits import FieldEdit
from desktop.records.header import RecordHeader
from desktop.records.sections import SectionStack
from desktop.theme import dress
from desktop.undoing import NEWEST
from desktop.widgets.empty import EmptyState

_PAUSE = 30
_OF_EVIDENCE = {"claim", "citation", "source", "acceptance"}
"""Tables on which the marks beside the fields depend."""


class RecordPane(QWidget):
    """Shows the record of a place; each finished edit is written at once."""

    opened = Signal(object)
    """A Place that a link leads to."""
    printed = Signal(object)
    """The id of an agreement whose briefing is wanted."""
    told = Signal(str, object)
    """What was just done, and what of it can be undone: an entry's id, NEWEST, or None."""

    def __init__(self, live: LiveCase, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._live = live
        self._place: Place | None = None
        self._page: RecordPage | None = None
        self._ticket: Ticket | None = None
        self._asking = ""
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.header = RecordHeader(live.editor.id if live.editor else None, self)
        self.header.printed.connect(self._print)
        self.form = FieldForm(live, self)
        self.form.edited.connect(self._write)
        self.form.opened.connect(self.opened)
        self.form.wanted.connect(self._make_for_field)
        self.form.asked.connect(self.show_evidence)
        self.drawer = EvidenceDrawer(live, self)
        self.drawer.opened.connect(self.opened)
        self.drawer.told.connect(self._say)
        self.sections = SectionStack(live, self)
        self.sections.opened.connect(self.opened)
        self.sections.wanted.connect(self.make)
        self._tabs = QTabBar(self)
        self._tabs.setExpanding(False)
        self._tabs.setAccessibleName(self.tr("Parts of the record's page"))
        self._pages = QStackedWidget(self)
        self._empty = EmptyState(
            "file-text",
            self.tr("No record is open"),
            self.tr("Choose one in the list, or press Ctrl+K and type its name."),
            parent=self,
        )
        self._add_tab(self.tr("Record"), self._scrolling())
        self.annotations = AnnotationsView(live, self)
        self.annotations.raised.connect(self._show_annotations)
        self.history = HistoryView(live, self)
        for title, tab in ((self.tr("Notes and tasks"), self.annotations), (self.tr("History"), self.history)):
            tab.opened.connect(self.opened)
            tab.told.connect(self.told)
            self._add_tab(title, tab)
        self._drops = RecordDrops(self)
        self._drops.files_dropped.connect(self.annotations.keep_files)
        self._drops.text_dropped.connect(self.annotations.keep_text)
        self._tabs.currentChanged.connect(self._pages.setCurrentIndex)
        self._body = QWidget(self)
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(self.header)
        tabs = QVBoxLayout()
        tabs.setContentsMargins(24, 0, 24, 0)
        tabs.addWidget(self._tabs)
        body.addLayout(tabs)
        self._split = QSplitter(Qt.Orientation.Vertical, self._body)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self._pages)
        self._split.addWidget(self.drawer)
        self._split.setSizes([420, 320])
        body.addWidget(self._split, 1)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._body)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._pause.timeout.connect(self._read)
        self._add_actions()
        live.changed.connect(self._notice)

    @property
    def place(self) -> Place | None:
        """What is shown."""
        return self._place

    @property
    def page(self) -> RecordPage | None:
        """The record as it was read last."""
        return self._page

    def show_place(self, place: Place | None) -> None:
        """Show a record, and bring one of its fields to light."""
        self._finish_typing()
        self._place = place
        if place is None:
            self._page = None
            self._drops.invite("")
            self._stack.setCurrentWidget(self._empty)
        else:
            self._read()

    def make(self, plural: str, preset: dict[str, object]) -> None:
        """Ask for a new part of the record."""
        cls = class_named(plural)
        names = {} if self._page is None else self._page.names | {self._page.row.id: self._page.row.title}
        dialog = NewRecordDialog(self._live, cls, preset, names, self)
        dialog.open()

    def show_evidence(self, field: str) -> None:
        """Show why a field's value is believed."""
        if self._page is not None:
            self.drawer.show_field(self._page.row.id, field)

    def delete(self) -> None:
        """Delete the record with its parts; undo brings it back."""
        if self._page is not None:
            row = self._page.row
            label = self.tr("Delete {kind} “{title}”").format(kind=one_of(row.kind).lower(), title=row.title)
            self._live.write(label, delete_record, row.id, then=self._say_deleted, failed=self._say_why_not)

    def _add_actions(self) -> None:
        self.copy_id = QAction(self.tr("Copy the record's ID"), self)
        self.copy_id.triggered.connect(self._copy_id)
        dress(self.copy_id, "hash")
        self.delete_action = QAction(self.tr("Delete this record"), self)
        self.delete_action.setShortcut("Ctrl+Shift+Delete")
        self.delete_action.triggered.connect(self.delete)
        self.delete_action.setEnabled(self._live.is_writable)
        dress(self.delete_action, "trash-2")
        self.evidence_action = QAction(self.tr("Why do we believe this field?"), self)
        self.evidence_action.setShortcut("Ctrl+E")
        self.evidence_action.triggered.connect(self._show_evidence_here)
        dress(self.evidence_action, "scale")
        self.cite_action = QAction(self.tr("Cite a source for this field…"), self)
        self.cite_action.setShortcut("Ctrl+Shift+C")
        self.cite_action.setEnabled(self._live.is_writable)
        self.cite_action.triggered.connect(self._cite_here)
        dress(self.cite_action, "quote")
        added = (*self.annotations.actions(), self.copy_id, self.delete_action)
        for action in (self.evidence_action, self.cite_action, *added):
            self.addAction(action)
            self.header.add_action(action)

    def _show_evidence_here(self) -> None:
        self.show_evidence(self._field_meant())

    def _cite_here(self) -> None:
        if self._page is not None:
            self.drawer.show_field(self._page.row.id, self._field_meant(), cite=True)

    def _field_meant(self) -> str:
        """The field that somebody is in, or whose evidence is shown; else the record's existence as a whole."""
        known = self.drawer.panel.known
        return self.form.field_with_focus() or (known.name if known else EXISTENCE)

    def _scrolling(self) -> QScrollArea:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 16, 24, 32)
        column.setSpacing(8)
        column.addWidget(self.form)
        column.addWidget(self.sections)
        column.addStretch(1)
        self._area = QScrollArea(self)
        self._area.setObjectName("surface")
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(inside)
        return self._area

    def _add_tab(self, title: str, page: QWidget) -> None:
        self._tabs.addTab(title)
        self._pages.addWidget(page)

    def _read(self) -> None:
        if self._ticket:
            self._ticket.cancel()
        if self._place is not None:
            self._ticket = self._live.read(record_page, self._place.record, then=self._show, failed=self._say_gone)

    def _show(self, page: RecordPage) -> None:
        is_new = self._page is None or self._page.row.id != page.row.id
        if is_new:
            self.drawer.leave()
        self._page = page
        self.header.show_page(page)
        cls = class_named(page.row.kind)
        self.form.show_fields(cls, page.row["source_type"].text if page.row.kind == "sources" else "")
        self.form.show_record(page.row, page.names)
        self.sections.show_page(page)
        self.annotations.show_record(page)
        self.history.show_record(page)
        self._drops.invite(self._drop_words(page) if self._live.is_writable else "")
        self._read_standings()
        self._stack.setCurrentWidget(self._body)
        if is_new:
            self._area.verticalScrollBar().setValue(0)
        if self._place is not None and self._place.field:
            self._bring_to_light(self._place.field)

    def _drop_words(self, page: RecordPage) -> str:
        if page.row.kind == "sources":
            return self.tr("Drop to keep it as a snapshot of this source")
        return self.tr("Drop to attach it to this record")

    def _show_annotations(self) -> None:
        self._tabs.setCurrentIndex(self._pages.indexOf(self.annotations))

    def _bring_to_light(self, field: str) -> None:
        assert self._place is not None
        self._place = Place(self._place.record)
        widget = self.form.show_field(field)
        if widget is not None:
            self._tabs.setCurrentIndex(0)
            self._area.ensureWidgetVisible(widget, 0, 80)

    def _read_standings(self) -> None:
        """How well each field is known: any edit may change that, of a claim, a citation or a source."""
        if self._page is not None:
            self._live.read(standings, self._page.row.id, then=self.form.show_standings, failed=self._say_gone)

    def _notice(self, changes: Changes) -> None:
        if changes.kinds & _OF_EVIDENCE:
            self._read_standings()
        if self._place is not None and (changes.touches(self._place.record) or self._names_may_differ(changes)):
            self._pause.start()

    def _names_may_differ(self, changes: Changes) -> bool:
        shown = self._page.names.keys() if self._page else set()
        return changes.records is None or bool(changes.records & shown)

    def _write(self, name: str, value: object) -> None:
        if self._page is None:
            return
        label = self.tr("Set {field} of {kind}").format(
            field=field_label(name).lower(), kind=one_of(self._page.row.kind).lower()
        )
        edit = FieldEdit(self._live, self._page.row.id, name, value, self)
        edit.refused.connect(self._refuse)
        edit.write(label)

    def _refuse(self, name: str, error: CaseFileError) -> None:
        editor = self.form.editor(name)
        if editor is not None:
            editor.show_trouble(str(error))

    def _make_for_field(self, field: str, plural: str, text: str) -> None:
        self._asking = field
        cls = class_named(plural)
        dialog = NewRecordDialog(self._live, cls, title_preset(cls, text), parent=self)
        dialog.made.connect(self._take_made)
        dialog.open()

    def _take_made(self, record: UUID) -> None:
        editor = self.form.editor(self._asking)
        if isinstance(editor, ReferenceEditor | ReferencesEditor):
            editor.take(record)

    def _finish_typing(self) -> None:
        """Let the editor that has the focus report what was typed, before another record takes its place."""
        focused = QGuiApplication.focusObject()
        if isinstance(focused, QWidget) and self.isAncestorOf(focused):
            focused.clearFocus()

    def _say(self, words: str) -> None:
        self.told.emit(words, None)

    def _say_deleted(self, rows: int) -> None:
        title = self._page.row.title if self._page else ""
        self.told.emit(self.tr("“{title}” was deleted.").format(title=title), NEWEST)

    def _say_why_not(self, error: BaseException) -> None:
        if isinstance(error, CaseFileError):
            self.told.emit(str(error), None)
        else:
            self._live.troubled.emit(error)

    def _say_gone(self, error: BaseException) -> None:
        if not isinstance(error, RecordNotFound):
            self._live.troubled.emit(error)
            return
        self._page = None
        self._empty.show_words(
            self.tr("This record is not in the file"),
            self.tr("It was deleted or undone. Ctrl+Z brings back what you deleted last."),
        )
        self._stack.setCurrentWidget(self._empty)

    def _copy_id(self) -> None:
        if self._page is not None:
            QGuiApplication.clipboard().setText(str(self._page.row.id))

    def _print(self) -> None:
        if self._page is not None:
            self.printed.emit(self._page.row.id)
