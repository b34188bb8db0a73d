"""The record pane: one record, edited in place, with everything that is connected with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from db.errors import CaseFileError, RecordNotFound
from db.evidence import EXISTENCE, FieldStanding
from db.operations.records import delete_record
from db.queries.changes import Changes
from db.queries.record_pages import RecordPage, last_touch, record_page
from db.standings import TABLES as OF_EVIDENCE
from db.standings import KnownFact, standings, weakest
from desktop.annotations.drops import RecordDrops
from desktop.forms.captions import field_label, one_of
from desktop.jobs import Ticket
from desktop.live import LiveCase
from desktop.places import Place
from desktop.records.edits import FieldEdit
from desktop.theme import dress
from desktop.undoing import NEWEST
from desktop.widgets.empty import EmptyState

if TYPE_CHECKING:
    from desktop.annotations.view import AnnotationsView
    from desktop.forms.form import FieldForm
    from desktop.history.view import HistoryView
    from desktop.records.body import RecordBody
    from desktop.records.drawer import EvidenceDrawer
    from desktop.records.header import RecordHeader
    from desktop.records.sections import SectionStack

_PAUSE = 30
_REMEMBERED = 200
"""Records of which is known how far down somebody was."""


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
        self._marking: Ticket | None = None
        self._dating: Ticket | None = None
        self._scrolled: dict[UUID, int] = {}
        """How far down somebody was in the records that were shown last, in pixels."""
        self._least_known = ""
        """The field that an editor would look at first."""
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._empty = EmptyState(
            "file-text",
            self.tr("No record is open"),
            self.tr("Choose one in the list, or press Ctrl+K and type its name."),
            parent=self,
        )
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self._body: RecordBody | None = None
        self._work = self._make_body()
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._pause.timeout.connect(self._read)
        live.changed.connect(self._notice)

    def parts(self) -> Iterator[object]:
        """Make what shows a record, piece by piece; whoever needs it earlier has the rest of it made at once."""
        return self._work

    @property
    def body(self) -> RecordBody:
        """What shows the record."""
        for _ in self._work:
            pass
        assert self._body is not None
        return self._body

    @property
    def header(self) -> RecordHeader:
        """Title and what can be done with the record as a whole."""
        return self.body.header

    @property
    def form(self) -> FieldForm:
        """The record's fields."""
        return self.body.form

    @property
    def sections(self) -> SectionStack:
        """What is connected with the record."""
        return self.body.sections

    @property
    def drawer(self) -> EvidenceDrawer:
        """Why a field's value is believed."""
        return self.body.drawer

    @property
    def annotations(self) -> AnnotationsView:
        """The tab of notes and tasks."""
        return self.body.annotations

    @property
    def history(self) -> HistoryView:
        """The tab of the record's history."""
        return self.body.history

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
            if self._body is not None:
                self._drops.invite("")
            if self._page is not None:
                self._keep_scroll(self._page.row.id)
            self._page = None
            self._read_standings()  # calls off what was asked of the page that is gone
            self._read_touch()
            self._stack.setCurrentWidget(self._empty)
        else:
            self._read()

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

    def finish(self) -> None:
        """Keep what somebody was writing, before the file is closed."""
        if self._body is not None:
            self._body.annotations.finish()

    def _make_body(self) -> Iterator[object]:
        from desktop.records.body import RecordBody  # with all that it imports: not needed for a window's first rows

        body = RecordBody(self._live, self)
        yield from body.parts()
        body.opened.connect(self.opened)
        body.told.connect(self.told)
        body.header.printed.connect(self._print)
        body.form.edited.connect(self._write)
        body.form.asked.connect(self.show_evidence)
        body.sections.fact_asked.connect(self._show_evidence_at)
        body.drawer.told.connect(self._say)
        self._drops = RecordDrops(self)
        self._drops.files_dropped.connect(body.annotations.keep_files)
        self._drops.text_dropped.connect(body.annotations.keep_text)
        yield body
        self._add_actions(body)
        yield body
        self._stack.addWidget(body)
        self._body = body

    def _add_actions(self, body: RecordBody) -> None:
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
        added = (*body.annotations.actions(), self.copy_id, self.delete_action)
        for action in (self.evidence_action, self.cite_action, *added):
            self.addAction(action)
            body.header.add_action(action)

    def _show_evidence_here(self) -> None:
        if self._page is not None:
            self._show_evidence_at(self._fact_meant(self._page.row.id))

    def _show_evidence_at(self, place: Place) -> None:
        self.drawer.show_field(place.record, place.field)

    def _cite_here(self) -> None:
        if self._page is not None:
            place = self._fact_meant(self._page.row.id)
            self.drawer.show_field(place.record, place.field, cite=True)

    def _fact_meant(self, record: UUID) -> Place:
        """The field that somebody is in, or whose evidence is shown; else the one that is known least well."""
        known, field = self.drawer.panel.known, self.form.field_with_focus()
        if known and not field:
            return Place(known.subject, known.name)
        return Place(record, field or self._least_known or EXISTENCE)

    def _read(self) -> None:
        if self._ticket:
            self._ticket.cancel()
        if self._place is not None:
            self._ticket = self._live.read(record_page, self._place.record, then=self._show, failed=self._say_gone)

    def _show(self, page: RecordPage) -> None:
        is_new = self._page is None or self._page.row.id != page.row.id
        body = self.body
        if is_new and self._page is not None:
            self._keep_scroll(self._page.row.id)
        if is_new:
            body.drawer.leave()
        self._page = page
        body.show_page(page)
        self._drops.invite(self._drop_words(page) if self._live.is_writable else "")
        self._read_standings()
        self._read_touch()
        self._stack.setCurrentWidget(body)
        if is_new:
            body.scroll_to(self._scrolled.get(page.row.id, 0))
        if self._place is not None and self._place.field:
            field, self._place = self._place.field, Place(self._place.record)
            body.bring_to_light(field)

    def _keep_scroll(self, record: UUID) -> None:
        """Remember how far down somebody was, for when they come back."""
        self._scrolled.pop(record, None)
        self._scrolled[record] = self.body.scrolled
        if len(self._scrolled) > _REMEMBERED:
            del self._scrolled[next(iter(self._scrolled))]

    def _drop_words(self, page: RecordPage) -> str:
        if page.row.kind == "sources":
            return self.tr("Drop to keep it as a snapshot of this source")
        return self.tr("Drop to attach it to this record")

    def _read_standings(self) -> None:
        """How well each field is known: any edit may change that, of a claim, a citation or a source."""
        self._least_known = ""
        if self._marking is not None:
            self._marking.cancel()
        if self._page is not None:
            key = self._page.row.id
            self._marking = self._live.read(standings, key, then=self._show_standings, failed=self._say_gone)

    def _show_standings(self, found: dict[str, FieldStanding]) -> None:
        assert self._page is not None
        self.form.show_standings(found)
        weak = weakest(KnownFact(self._page.row.id, name, standing) for name, standing in found.items())
        self._least_known = weak.field if weak else ""

    def _read_touch(self) -> None:
        """Who edited it last: read by itself, since a long history takes a moment."""
        if self._dating is not None:
            self._dating.cancel()
        if self._page is not None:
            key = self._page.row.id
            self._dating = self._live.read(last_touch, key, then=self.header.show_touch, failed=self._say_gone)

    def _notice(self, changes: Changes) -> None:
        self._read_touch()
        if changes.kinds & OF_EVIDENCE:
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
        editor = self.form.editor(name)
        drafts = editor.drafts() if editor else ()
        edit = FieldEdit(self._live, self._page.row.id, name, value, drafts, self)
        edit.refused.connect(self._refuse)
        edit.write(label)

    def _refuse(self, name: str, error: CaseFileError) -> None:
        editor = self.form.editor(name)
        if editor is not None:
            editor.show_trouble(str(error))

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
        self._read_standings()  # calls off what was asked of the page that is gone
        self._read_touch()
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
