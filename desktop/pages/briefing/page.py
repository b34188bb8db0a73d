"""The briefing page: choices on the left, the briefing as it will be printed on the right."""

from itertools import pairwise
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDesktopServices, QGuiApplication, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from db.queries.changes import Changes
from db.queries.titles import titles
from desktop.errors import Trouble
from desktop.jobs import Ticket
from desktop.live import LiveCase
from desktop.pages.briefing.actions import PageActions
from desktop.pages.briefing.bar import PreviewBar
from desktop.pages.briefing.buttons import ActionButton
from desktop.pages.briefing.checklist import CheckList
from desktop.pages.briefing.delivery import Delivery
from desktop.pages.briefing.find_bar import FindBar
from desktop.pages.briefing.invitation import invitation
from desktop.pages.briefing.maker import SheetMaker
from desktop.pages.briefing.memory import remember_options, remembered_options
from desktop.pages.briefing.notice import Notice
from desktop.pages.briefing.panel import OptionsPanel
from desktop.pages.briefing.preview import SheetPreview
from desktop.pages.briefing.progress import PrintingRow
from desktop.pages.briefing.thumbnails import Thumbnails
from desktop.places import Place
from desktop.printing.checks import Check, Inspection
from desktop.printing.options import Kind, Subject
from desktop.printing.pages import Composition
from desktop.printing.words import Hit
from desktop.settings import preferences
from desktop.widgets.empty import EmptyState
from desktop.widgets.toast import Toast

_PANEL_WIDTH = 320
_ROOM_FOR_CHECKS = 1240
"""Logical pixels."""


class BriefingPage(QWidget):
    """Any briefing of a case file, which it follows while it is in sight."""

    opened = Signal(object)
    """A Place that somebody wants to see."""

    def __init__(self, live: LiveCase, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("briefingPage")
        self.setAccessibleName(self.tr("Briefing"))
        self._live = live
        self._is_stale = False
        self._subject: Subject | None = None
        self._reading: Ticket | None = None
        self._maker = SheetMaker(live.path, self)
        self._delivery = Delivery(self._maker, self)
        self._panel = OptionsPanel(live, self)
        self._preview = SheetPreview(self)
        self._bar = PreviewBar(self)
        self._notice = Notice(self)
        self._toast = Toast(self)
        self._empty = EmptyState("printer", "", "", "", self)
        self._stack = QStackedWidget(self)
        self._printing = PrintingRow(self)
        self._find = FindBar(self)
        self._thumbnails = Thumbnails(self)
        self._checks = CheckList(self)
        self._is_wide = self._has_size = False
        self.actions_ = PageActions(self)
        self.save_action, self.print_action = self.actions_.save, self.actions_.print
        self._arrange()
        self._connect()
        self._panel.show_options(remembered_options(preferences()))
        self.show_subject(Subject(Kind.AGREEMENT))

    @property
    def subject(self) -> Subject | None:
        """What the briefing is about, if that is complete."""
        return self._panel.subject

    def show_agreement(self, record: UUID) -> None:
        """Show the sheet of an agreement."""
        self.show_subject(Subject(Kind.AGREEMENT, (record,)))

    def show_subject(self, subject: Subject) -> None:
        """Show a briefing; where something is missing, what to choose."""
        self._panel.show_subject(subject)
        self._begin()

    def _begin(self) -> None:
        """Another briefing than before."""
        self._subject = self._panel.subject
        self._maker.forget()
        self._preview.clear()
        self._invite()
        self._refresh()

    def _invite(self) -> None:
        if self._subject is None:
            self._show_nothing(*invitation(self._panel.kind))
        else:
            self._show_nothing(self.tr("One moment"), self.tr("The briefing is being made."))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._refresh()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The process that makes sheets ends with the page."""
        self._delivery.cancel_printing()
        self._maker.close()
        super().closeEvent(event)

    def _arrange(self) -> None:
        panes = QSplitter(Qt.Orientation.Horizontal, self, childrenCollapsible=False, handleWidth=1)
        panes.addWidget(self._left())
        panes.addWidget(self._right())
        panes.setStretchFactor(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(panes)

    def _left(self) -> QWidget:
        side = QWidget(self)
        side.setObjectName("surface")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        side.setMinimumWidth(_PANEL_WIDTH - 40)
        side.resize(_PANEL_WIDTH, 1)
        scroll = QScrollArea(side, widgetResizable=True)
        scroll.setObjectName("surface")
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._panel)
        buttons = QVBoxLayout()
        buttons.setContentsMargins(24, 12, 24, 20)
        buttons.setSpacing(8)
        save = ActionButton(self.save_action, "download", side, primary=True)
        printing = ActionButton(self.print_action, "printer", side)
        for before, button in pairwise((self._panel.last_control, save, printing)):
            QWidget.setTabOrder(before, button)
        buttons.addWidget(save)
        buttons.addWidget(printing)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(scroll, 1)
        column.addLayout(buttons)
        return side

    def _right(self) -> QWidget:
        do = self.actions_
        self._bar.arrange(
            (do.thumbnails, do.previous, do.next), (do.find, do.copy), (do.zoom_out, do.zoom_in), do.checks
        )
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._preview)
        self._thumbnails.hide()
        self._checks.hide()
        middle = QSplitter(Qt.Orientation.Horizontal, self, childrenCollapsible=False, handleWidth=1)
        for widget in (self._thumbnails, self._stack, self._checks):
            middle.addWidget(widget)
            middle.setStretchFactor(middle.count() - 1, 1 if widget is self._stack else 0)
        middle.setSizes([120, 600, 260])
        side = QWidget(self)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self._find)
        column.addWidget(self._notice)
        column.addWidget(middle, 1)
        column.addWidget(self._printing)
        column.addWidget(self._toast)
        return side

    def _connect(self) -> None:
        self._live.changed.connect(self._follow)
        self._panel.changed.connect(self._choose_options)
        self._panel.followed.connect(self._open_record)
        self._panel.told.connect(self._tell)
        self._empty.asked.connect(self._panel.focus_picker)
        self._preview.strips_wanted.connect(self._maker.draw)
        self._preview.page_changed.connect(self._show_page)
        self._preview.zoom_changed.connect(self._bar.show_zoom)
        self._bar.zoom_chosen.connect(self._preview.set_zoom)
        self._maker.composed.connect(self._show_sheet)
        self._maker.refused.connect(self._show_trouble)
        self._maker.drawn.connect(self._preview.show_picture)
        self._maker.lingering.connect(self._bar.show_busy)
        self._delivery.saved.connect(self._tell_saved)
        self._delivery.printed.connect(self._tell_printed)
        self._delivery.failed.connect(self._tell)
        self._delivery.printing.connect(self._show_printing)
        self._printing.cancelled.connect(self._delivery.cancel_printing)
        self._toast.acted.connect(self._show_folder)
        self._connect_preview()
        do = self.actions_
        for action, deed in (
            (do.save, self._save),
            (do.print, self._print),
            (do.copy, self._maker.read_text),
            (do.find, self._find.open_bar),
            (do.zoom_in, self._preview.zoom_in),
            (do.zoom_out, self._preview.zoom_out),
            (do.fit_width, self._preview.fit_width),
            (do.fit_page, self._preview.fit_page),
            (do.previous, self._preview.previous_page),
            (do.next, self._preview.next_page),
        ):
            action.triggered.connect(deed)
        do.thumbnails.toggled.connect(self._show_panes)
        do.checks.toggled.connect(self._show_panes)

    def _connect_preview(self) -> None:
        self._preview.followed.connect(self.opened)
        self._checks.opened.connect(self.opened)
        self._thumbnails.wanted.connect(self._maker.draw_thumbnails)
        self._thumbnails.page_chosen.connect(self._preview.go_to_page)
        self._maker.thumbnail_drawn.connect(self._thumbnails.show_picture)
        self._maker.inspected.connect(self._show_inspection)
        self._maker.found.connect(self._show_hits)
        self._maker.read_out.connect(self._put_on_clipboard)
        self._find.asked.connect(self._look_for)
        self._find.chosen.connect(self._preview.show_hit)
        self._find.left.connect(self._preview.setFocus)

    def _follow(self, changes: Changes) -> None:
        """Every edit changes the revision on the sheet, whatever it was about."""
        self._refresh()

    def _refresh(self) -> None:
        """Have the briefing made anew; later, while nobody sees it."""
        self._is_stale = not self.isVisible()
        if self._is_stale:
            self._show_actions()
            return
        if self._reading is not None:
            self._reading.cancel()
        if self._panel.records:
            self._reading = self._live.read(titles, self._panel.records, then=self._panel.show_titles)
        self._order()

    def _order(self) -> None:
        subject = self._panel.subject
        if subject is not None and self._panel.is_readable:
            self._maker.compose(subject, self._panel.options)
        self._show_actions()

    def _choose_options(self) -> None:
        """A line that cannot be understood says so itself; the pages then are those of earlier choices."""
        before, now = self._subject, self._panel.subject
        if now is None and not self._panel.is_readable:
            self._preview.dim(True)
            self._show_actions()
        elif now is None or before is None or (before.kind, before.records) != (now.kind, now.records):
            self._begin()
        else:
            self._subject = now
            self._preview.dim(not self._panel.is_readable)
            self._order()
        if self._panel.is_readable:
            remember_options(preferences(), self._panel.options)

    def _show_sheet(self, sheet: Composition) -> None:
        self._panel.show_sheet(sheet)
        self._notice.show_words("")
        self._preview.overlay.show_places(sheet.places)
        self._preview.overlay.show_hits(())
        self._preview.show_sheet(sheet.pages)
        self._thumbnails.show_sheet(sheet.pages)
        self._show_check(sheet.check or Check())
        self._maker.inspect()
        if self._find.words:
            self._maker.find(self._find.words)
        self._preview.dim(not self._panel.is_readable)
        self._stack.setCurrentWidget(self._preview)
        self._show_page(self._preview.page)
        self._show_actions()

    def _show_trouble(self, trouble: Trouble) -> None:
        """Say why there is no sheet; an earlier one stays, pale."""
        if trouble.type == "record_not_found":
            self._maker.forget()
            self._preview.clear()
            words = self.tr("This is no longer in the case file. Undo brings it back, or choose something else.")
            self._show_nothing(self.tr("Nothing to print"), words, self.tr("Choose something else"))
        elif trouble.type == "filter_error":
            self._panel.show_filter_trouble(trouble)
        elif trouble.type == "invalid_value" and self._panel.options.marking:
            self._panel.show_marking_trouble(trouble.text)
        elif self._maker.sheet is None:
            self._show_nothing(self.tr("This cannot be printed yet"), trouble.text)
        else:
            self._notice.show_words(trouble.text)
        self._preview.dim(True)
        self._show_actions()

    def _show_nothing(self, title: str, words: str, action: str = "") -> None:
        self._empty.show_words(title, words, action)
        self._notice.show_words("")
        self._stack.setCurrentWidget(self._empty)
        self._show_page(0)

    def _show_check(self, check: Check) -> None:
        self._checks.show_check(check)
        self._bar.show_count(check.count)

    def _show_inspection(self, found: Inspection) -> None:
        sheet = self._maker.sheet
        if sheet is not None:
            self._show_check((sheet.check or Check()).plus(found.check))
            self._preview.overlay.show_titles(found.titles)

    def _look_for(self, words: str) -> None:
        if words and self._maker.sheet is not None:
            self._maker.find(words)
        else:
            self._show_hits(())

    def _show_hits(self, hits: tuple[Hit, ...]) -> None:
        self._preview.overlay.show_hits(hits)
        self._preview.viewport().update()
        self._find.show_hits(hits)

    def _put_on_clipboard(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._tell(self.tr("Copied the text of {count} pages.").format(count=self._preview.page_count))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list of what to look at stands beside the preview where there is room for both."""
        super().resizeEvent(event)
        is_wide = self.width() >= _ROOM_FOR_CHECKS
        if is_wide is not self._is_wide or not self._has_size:
            self._is_wide, self._has_size = is_wide, True
            self.actions_.checks.setChecked(is_wide)

    def _show_panes(self) -> None:
        is_shown = self._stack.currentWidget() is self._preview
        self._thumbnails.setVisible(is_shown and self.actions_.thumbnails.isChecked())
        self._checks.setVisible(is_shown and self.actions_.checks.isChecked())

    def _show_page(self, page: int) -> None:
        pages = self._preview.page_count if self._stack.currentWidget() is self._preview else 0
        self._bar.show_page(page, pages)
        self._thumbnails.show_page(page)
        self.actions_.previous.setEnabled(page > 0)
        self.actions_.next.setEnabled(page + 1 < pages)
        self._show_panes()

    def _show_actions(self) -> None:
        """A sheet can be delivered when it is, or is about to be, what the choices say."""
        good = self._maker.sheet is not None and self._panel.is_readable and self._panel.subject is not None
        good = good and (self._maker.is_busy or not self._preview.is_dimmed)
        self.save_action.setEnabled(good)
        self.actions_.copy.setEnabled(good)
        self.actions_.find.setEnabled(self._maker.sheet is not None)
        self.print_action.setEnabled(good and not self._delivery.is_printing)

    def _save(self) -> None:
        self._panel.settle()
        self._delivery.ask_for_file(self._live.home.parent)

    def _print(self) -> None:
        self._panel.settle()
        self._delivery.ask_for_printer(self._panel.options.paper)

    def _open_record(self, record: UUID) -> None:
        self.opened.emit(Place(record))

    def _tell(self, words: str) -> None:
        self._toast.show_words(words)

    def _tell_saved(self, file: Path) -> None:
        words = self.tr("Saved {file}.").format(file=file.name)
        self._toast.show_words(words, self.tr("Show in folder"), file)

    def _tell_printed(self) -> None:
        self._tell(self.tr("The sheet has gone to the printer."))

    def _show_printing(self, page: int, pages: int) -> None:
        self._printing.show_progress(page, pages)
        self._show_actions()

    def _show_folder(self, file: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.parent)))
