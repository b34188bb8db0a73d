"""The review page: chips for each kind of finding, a filter, the findings, and what can be done with them."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from db.operations.dismissals import dismiss_at, restore_at
from db.review.findings import Finding
from db.review.narrowing import narrowed
from db.review.register import Register, Spot
from desktop.errors import expected, unexpected
from desktop.jobs import Ticket
from desktop.live import LiveCase
from desktop.pages.review.chips import KindChips
from desktop.pages.review.dismissing import DismissBar
from desktop.pages.review.model import FINDING, FindingModel
from desktop.pages.review.view import FindingView
from desktop.places import Place
from desktop.reviewing import Review
from desktop.theme import Size, dress
from desktop.undoing import NEWEST
from desktop.widgets.empty import EmptyState
from desktop.widgets.labels import ElidedLabel, Words

_MOST_KEPT = 200
"""Selected rows that stay selected when the findings around them change."""


class ReviewPage(QWidget):
    """What there is to look at in the whole file, the gravest first."""

    opened = Signal(object)
    """The Place of a finding."""
    told = Signal(str, object)
    """What was just done, and what of it can be undone."""

    def __init__(self, live: LiveCase, review: Review, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._live, self._review = live, review
        self._ticket: Ticket | None = None
        self._trouble = ""
        self._keeps_focus = False
        self.findings = FindingModel(live, self)
        self.view = FindingView(self)
        self.field = QLineEdit(self)
        self.chips = KindChips(self)
        self.bar = DismissBar(self)
        self._build()
        self._add_actions()
        self._connect()
        self._refresh()

    # -- what others ask for

    @property
    def is_idle(self) -> bool:
        """Whether everything that was asked for is shown."""
        return self._ticket is None

    @property
    def shows_dismissed(self) -> bool:
        """Whether the dismissed findings are shown in place of the others."""
        return self.dismissed_button.isChecked()

    def selected(self) -> list[Spot]:
        """The findings that are selected, from the top."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        return [self.findings.register[row] for row in rows]

    def showEvent(self, event: QShowEvent) -> None:
        """The first visit begins the review."""
        super().showEvent(event)
        self._review.begin()

    # -- building

    def _build(self) -> None:
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Review"))
        title = Words(self.tr("Review"), self, size=Size.TITLE, strong=True)
        title.setWordWrap(False)
        self._count = ElidedLabel("", self, muted=True)
        self._count.setObjectName("count")
        self._build_field()
        self._build_view()
        self._progress = QProgressBar(self, textVisible=False)
        self._progress.setRange(0, 1_000)
        self._progress.setAccessibleName(self.tr("Reviewing the file"))
        self._empty = EmptyState("circle-check", "", "", parent=self)
        self._empty.asked.connect(self._show_everything)
        self.dismiss_button = self._button("dismiss", self.tr("Dismiss…"))
        self.dismissed_button = self._button("showDismissed", "")
        self.dismissed_button.setProperty("chip", True)
        self.dismissed_button.setCheckable(True)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(title)
        head.addWidget(self._count, 1)
        head.addWidget(self.dismissed_button)
        tools = QHBoxLayout()
        tools.setSpacing(8)
        tools.addWidget(self.field, 1)
        tools.addWidget(self.dismiss_button)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        top = QVBoxLayout()
        top.setContentsMargins(16, 12, 16, 8)
        top.setSpacing(8)
        top.addLayout(head)
        top.addLayout(tools)
        top.addWidget(self.chips)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._progress)
        column.addLayout(self._stack, 1)
        column.addWidget(self.bar)
        self.setFocusProxy(self.view)

    def _build_field(self) -> None:
        self.field.setObjectName("reviewFilter")
        self.field.setAccessibleName(self.tr("Filter the findings"))
        self.field.setPlaceholderText(self.tr("Filter by record or field"))
        self.field.setClearButtonEnabled(True)
        for button in self.field.findChildren(QToolButton):
            button.setAccessibleName(self.tr("Clear the filter"))
            dress(button, "x")

    def _build_view(self) -> None:
        self.view.setAccessibleName(self.tr("Findings"))
        self.view.setModel(self.findings)

    def _button(self, name: str, words: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setAccessibleName(words)
        return button

    def _add_actions(self) -> None:
        find = QAction(self.tr("Filter the findings"), self)
        find.setShortcut(QKeySequence.StandardKey.Find)
        find.triggered.connect(self._focus_field)
        self.dismiss_action = QAction(self.tr("Dismiss or restore findings"), self)
        self.dismiss_action.setObjectName("dismissFindings")
        self.dismiss_action.setShortcut(QKeySequence("Del"))
        self.dismiss_action.triggered.connect(self._act)
        find.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.addAction(find)
        self.dismiss_action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.view.addAction(self.dismiss_action)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _connect(self) -> None:
        self.field.textChanged.connect(self._narrow)
        self.chips.chosen.connect(self._narrow)
        self.view.activated.connect(self._enter)
        self.view.clicked.connect(self._show)
        self.view.selectionModel().selectionChanged.connect(self._show_selection)
        self.findings.modelReset.connect(self._show_selection)
        self.dismiss_button.clicked.connect(self._act)
        self.dismissed_button.toggled.connect(self._switch)
        self.bar.given.connect(self._dismiss)
        self.bar.left.connect(self.view.setFocus)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow_focus)
        self._review.changed.connect(self._refresh)
        self._review.stopped.connect(self._tell_trouble)

    # -- what is shown

    def _source(self) -> Register:
        reviewed = self._review.reviewed
        return reviewed.dismissed if self.shows_dismissed else reviewed.open

    def _refresh(self) -> None:
        self._trouble = self._trouble if self._review.is_stopped else ""
        self._show_progress()
        self._narrow()

    def _narrow(self) -> None:
        """Show what has the words of the filter; only the answer to the last question counts."""
        if self._ticket is not None:
            self._ticket.cancel()
        self._ticket = None
        if self.field.text().strip():
            self._ticket = self._live.read(narrowed, self._source(), self.field.text(), then=self._take)
        else:
            self._take(self._source())

    def _take(self, register: Register) -> None:
        self._ticket = None
        self.chips.show_counts(register.counts())
        self._show_register(register.of_kinds(self.chips.kinds) if self.chips.kinds else register)
        self._show_count()

    def _show_register(self, register: Register) -> None:
        """Show findings, with the same ones selected as before and the same place in sight."""
        kept, current = self.selected()[:_MOST_KEPT], self.view.currentIndex().row()
        at = self.findings.register[current] if 0 <= current < len(self.findings.register) else None
        height = self.view.verticalScrollBar().value()
        self.findings.show_register(register)
        selection = self.view.selectionModel()
        for row in [row for spot in kept if (row := register.row_of(spot)) is not None]:
            selection.select(self.findings.index(row), QItemSelectionModel.SelectionFlag.Select)
        row = register.row_of(at) if at else None
        if row is not None:
            selection.setCurrentIndex(self.findings.index(row), QItemSelectionModel.SelectionFlag.NoUpdate)
        self.view.verticalScrollBar().setValue(height)

    def _show_count(self) -> None:
        shown, total = len(self.findings.register), len(self._source())
        words = (
            f"{total:,}"
            if shown == total
            else self.tr("{shown} of {total}").format(shown=f"{shown:,}", total=f"{total:,}")
        )
        self._count.setText(self._trouble or (words if total else ""))
        away = len(self._review.reviewed.dismissed)
        self.dismissed_button.setText(self.tr("Dismissed  {count}").format(count=f"{away:,}"))
        self.dismissed_button.setAccessibleName(self.dismissed_button.text())
        self.dismissed_button.setVisible(bool(away) or self.shows_dismissed)
        self._stack.setCurrentWidget(self.view if shown else self._empty)
        if not shown:
            self._show_nothing(total)

    def _show_nothing(self, total: int) -> None:
        if total:
            self._empty.show_words(
                self.tr("No finding has these words"),
                self.tr("The filter looks at records, at what they are a part of, and at the names of fields."),
                self.tr("Show all findings"),
            )
        elif self.shows_dismissed:
            self._empty.show_words(
                self.tr("Nothing is dismissed"), self.tr("What you dismiss with a reason can be restored here.")
            )
        elif not self._review.is_complete:
            self._empty.show_words(
                self.tr("Reviewing the file"), self.tr("What there is to look at will be told here.")
            )
        else:
            self._empty.show_words(
                self.tr("Nothing to check"),
                self.tr("Every fact has a source, none is disputed, and the days agree with each other."),
            )

    def _show_progress(self) -> None:
        review = self._review
        self._progress.setVisible(review.has_begun and review.share < 1.0 and not review.is_stopped)
        self._progress.setValue(int(self._review.share * 1_000))

    # -- intents

    def _show_everything(self) -> None:
        self.field.clear()
        self.chips.choose(set())

    def _switch(self, dismissed: bool) -> None:
        self.bar.hide()
        self.dismiss_button.setText(self.tr("Restore") if dismissed else self.tr("Dismiss…"))
        self.dismiss_button.setAccessibleName(self.dismiss_button.text())
        self._narrow()

    def _focus_field(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _show(self, index: QModelIndex) -> None:
        """A click brings the field to light; the focus comes back to the list, which the arrow keys walk on."""
        self._keeps_focus = True
        self._open(index)

    def _follow_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        if self._keeps_focus and new is not None and new.window() is self.window() and not self.isAncestorOf(new):
            self._keeps_focus = False
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, index: QModelIndex) -> None:
        """Go into the field."""
        finding = index.data(FINDING)
        if isinstance(finding, Finding):
            self.opened.emit(Place(finding.record, finding.field))

    def _enter(self, index: QModelIndex) -> None:
        """Return goes into the field."""
        self._keeps_focus = False
        self._open(index)

    def _show_selection(self) -> None:
        can = self._live.is_writable and self.view.selectionModel().hasSelection()
        self.dismiss_button.setEnabled(can)
        self.dismiss_action.setEnabled(can)

    def _act(self) -> None:
        spots = self.selected()
        if spots and self.shows_dismissed:
            label = self._label(self.tr("Restore a finding"), self.tr("Restore {count} findings"), len(spots))
            self._live.write(label, restore_at, spots, then=self._tell_restored)
        elif spots:
            self.bar.ask(len(spots))

    def _dismiss(self, reason: str) -> None:
        spots = self.selected()
        label = self._label(self.tr("Dismiss a finding"), self.tr("Dismiss {count} findings"), len(spots))
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._live.write(label, dismiss_at, spots, reason, then=self._tell_dismissed)

    def _label(self, one: str, many: str, count: int) -> str:
        return one if count == 1 else many.format(count=f"{count:,}")

    def _tell_dismissed(self, count: int) -> None:
        self.told.emit(
            self._label(self.tr("Dismissed a finding."), self.tr("Dismissed {count} findings."), count), NEWEST
        )

    def _tell_restored(self, count: int) -> None:
        self.told.emit(
            self._label(self.tr("Restored a finding."), self.tr("Restored {count} findings."), count), NEWEST
        )

    def _tell_trouble(self, error: BaseException) -> None:
        self._trouble = (expected(error) or unexpected(error)).text
        self._refresh()
