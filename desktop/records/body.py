"""What the record pane shows of a record: header, tabs, form, sections and the drawer of evidence."""

from collections.abc import Iterator
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from db.queries.record_pages import RecordPage
from desktop.annotations.view import AnnotationsView
from desktop.forms.captions import class_named
from desktop.forms.dialog import NewRecordDialog, title_preset
from desktop.forms.form import FieldForm
from desktop.forms.references import ReferenceEditor, ReferencesEditor
from desktop.history.view import HistoryView
from desktop.live import LiveCase
from desktop.records.drawer import EvidenceDrawer
from desktop.records.header import RecordHeader
from desktop.records.joined import JoinedBar
from desktop.records.rivals import RivalsBar
from desktop.records.sections import SectionStack


class RecordBody(QWidget):
    """Complete once `parts` has been gone through: its pieces are made one by one, so that none holds up the window."""

    opened = Signal(object)
    """A Place."""
    told = Signal(str, object)
    """What was just done, and what of it can be undone."""

    header: RecordHeader
    form: FieldForm
    joined: JoinedBar
    rivals: RivalsBar
    sections: SectionStack
    drawer: EvidenceDrawer
    annotations: AnnotationsView
    history: HistoryView

    def __init__(self, live: LiveCase, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._live = live
        self._page: RecordPage | None = None
        self._asking = ""
        self._wanted_scroll: int | None = None
        self._tabs = QTabBar(self)
        self._tabs.setExpanding(False)
        self._tabs.setAccessibleName(self.tr("Parts of the record's page"))
        self._pages = QStackedWidget(self)
        self._split = QSplitter(Qt.Orientation.Vertical, self)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self._pages)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def parts(self) -> Iterator[object]:
        """Make everything; yields after each piece."""
        self.header = RecordHeader(self._live.editor.id if self._live.editor else None, self)
        self._column.addWidget(self.header)
        tabs = QVBoxLayout()
        tabs.setContentsMargins(24, 0, 24, 0)
        tabs.addWidget(self._tabs)
        self._column.addLayout(tabs)
        self._column.addWidget(self._split, 1)
        yield self.header
        self.form = FieldForm(self._live, self)
        self.form.opened.connect(self.opened)
        self.form.wanted.connect(self._make_for_field)
        self.joined = JoinedBar(self._live, self)
        self.joined.opened.connect(self.opened)
        self.rivals = RivalsBar(self._live, self)
        self.rivals.told.connect(self.told)
        self.sections = SectionStack(self._live, self)
        self.sections.opened.connect(self.opened)
        self.sections.wanted.connect(self.make)
        self._add_tab(self.tr("Record"), self._scrolling())
        yield self.form
        self.annotations = AnnotationsView(self._live, self)
        self.annotations.raised.connect(self._show_annotations)
        self._add_telling(self.tr("Notes and tasks"), self.annotations)
        yield self.annotations
        self.history = HistoryView(self._live, self)
        self._add_telling(self.tr("History"), self.history)
        self._tabs.currentChanged.connect(self._pages.setCurrentIndex)
        yield self.history
        self.drawer = EvidenceDrawer(self._live, self)
        self.drawer.opened.connect(self.opened)
        self._split.addWidget(self.drawer)
        self._split.setSizes([420, 320])
        yield self.drawer

    def show_page(self, page: RecordPage) -> None:
        """Show a record."""
        self._page = page
        self.header.show_page(page)
        cls = class_named(page.row.kind)
        self.form.show_fields(cls, page.row["source_type"].text if page.row.kind == "sources" else "")
        self.form.show_record(page.row, page.names)
        self.joined.show_record(page.row.id)
        self.rivals.show_record(page.row.id)
        self.sections.show_page(page)
        self.annotations.show_record(page)
        self.history.show_record(page)

    def make(self, plural: str, preset: dict[str, object]) -> None:
        """Ask for a new part of the record."""
        names = {} if self._page is None else self._page.names | {self._page.row.id: self._page.row.title}
        NewRecordDialog(self._live, class_named(plural), preset, names, self).open()

    @property
    def scrolled(self) -> int:
        """How far down somebody is, in pixels."""
        return self._area.verticalScrollBar().value()

    def scroll_to(self, position: int) -> None:
        """Go there; as far as there is something by now, and further while sections come in, until somebody scrolls."""
        self._wanted_scroll = position
        self._follow_scroll()

    def _follow_scroll(self) -> None:
        bar = self._area.verticalScrollBar()
        if self._wanted_scroll is not None:
            bar.setValue(self._wanted_scroll)
            if bar.maximum() >= self._wanted_scroll:
                self._wanted_scroll = None

    def _forget_scroll(self) -> None:
        self._wanted_scroll = None

    def bring_to_light(self, field: str) -> None:
        """Show a field and give it the focus."""
        widget = self.form.show_field(field)
        if widget is not None:
            self._forget_scroll()
            self._tabs.setCurrentIndex(0)
            self._area.ensureWidgetVisible(widget, 0, 80)

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

    def _scrolling(self) -> QScrollArea:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 16, 24, 32)
        column.setSpacing(8)
        column.addWidget(self.joined)
        column.addWidget(self.rivals)
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
        self._area.verticalScrollBar().rangeChanged.connect(self._follow_scroll)
        self._area.verticalScrollBar().actionTriggered.connect(self._forget_scroll)
        return self._area

    def _add_telling(self, title: str, tab: AnnotationsView | HistoryView) -> None:
        tab.opened.connect(self.opened)
        tab.told.connect(self.told)
        self._add_tab(title, tab)

    def _add_tab(self, title: str, page: QWidget) -> None:
        self._tabs.addTab(title)
        self._pages.addWidget(page)

    def _show_annotations(self) -> None:
        self._tabs.setCurrentIndex(self._pages.indexOf(self.annotations))
