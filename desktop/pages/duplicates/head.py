"""The top of the page: how many there are, of which kinds, of which records, and what is left to be finished."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from db.operations.joining import Unfinished
from desktop.pages.duplicates.chips import RecordKindChips
from desktop.pages.duplicates.words import unfinished_words
from desktop.theme import Size
from desktop.widgets.labels import ElidedLabel, Words
from desktop.widgets.notice import NoticeBar


class DuplicatesHead(QWidget):
    """Reports what is wanted and does nothing itself."""

    changed = Signal()
    """Other kinds are wanted, or those that were told apart, or not any more."""
    scope_left = Signal()
    all_wanted = Signal()
    """All the selected records together, in place of a pair of them."""
    stop_wanted = Signal()
    finish_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = Words(self.tr("Duplicates"), self, size=Size.TITLE, strong=True)
        title.setWordWrap(False)
        self._count = ElidedLabel("", self, muted=True)
        self._count.setObjectName("count")
        self.apart_button = QPushButton(self)
        self.apart_button.setObjectName("showApart")
        self.apart_button.setProperty("chip", True)
        self.apart_button.setCheckable(True)
        self.apart_button.toggled.connect(self._switch)
        self.stop_button = QPushButton(self.tr("Stop searching"), self)
        self.stop_button.setObjectName("stopSearching")
        self.stop_button.clicked.connect(self.stop_wanted)
        self._chips = RecordKindChips(self)
        self._chips.chosen.connect(self.changed)
        self._progress = QProgressBar(self, textVisible=False)
        self._progress.setRange(0, 1_000)
        self._progress.setAccessibleName(self.tr("Looking for duplicates"))
        self.unfinished = NoticeBar("unfinishedJoins", self)
        self.finish_button = self.unfinished.add_button(
            "finishJoining", self.tr("Finish joining"), "git-merge", self.finish_wanted
        )
        self._scope = NoticeBar("scope", self)
        self._all = self._scope.add_button("compareAll", self.tr("Compare all"), "columns-3", self.all_wanted)
        self._scope.add_button("leaveScope", self.tr("Show all duplicates"), "x", self.scope_left)
        self._arrange(title)
        self.show_progress(None)
        self.show_counts({}, apart=0)

    def _arrange(self, title: Words) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(title)
        line.addWidget(self._count, 1)
        line.addWidget(self.stop_button)
        line.addWidget(self.apart_button)
        top = QVBoxLayout()
        top.setContentsMargins(16, 12, 16, 8)
        top.setSpacing(8)
        top.addLayout(line)
        top.addWidget(self._chips)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.unfinished, self._scope):
            column.addWidget(widget)
        column.addLayout(top)
        column.addWidget(self._progress)

    @property
    def shows_apart(self) -> bool:
        """Whether those are wanted that somebody told apart."""
        return self.apart_button.isChecked()

    @property
    def kinds(self) -> frozenset[str]:
        """Plurals of the kinds that are wanted; none: all."""
        return self._chips.kinds

    def forget_kinds(self) -> None:
        """Want all kinds again, and none that were told apart."""
        self._chips.forget()
        self.apart_button.blockSignals(True)
        self.apart_button.setChecked(False)
        self.apart_button.blockSignals(False)

    def show_counts(self, counts: Mapping[str, int], *, apart: int) -> None:
        """How many there are of each kind, and how many were told apart."""
        total = sum(counts.values())
        self._count.setText(f"{total:,}" if total else "")
        self._chips.show_counts(counts)
        self.apart_button.setText(self.tr("Told apart  {count}").format(count=f"{apart:,}"))
        self.apart_button.setAccessibleName(self.apart_button.text())
        self.apart_button.setVisible(bool(apart) or self.shows_apart)

    def show_progress(self, share: float | None) -> None:
        """How far the search is; None: there is none to tell of."""
        self._progress.setVisible(share is not None)
        self.stop_button.setVisible(share is not None)
        self._progress.setValue(int((share or 0) * 1_000))

    def show_unfinished(self, left: Sequence[Unfinished], *, can_finish: bool) -> None:
        """Say which joined records are not wholly one."""
        self.unfinished.say(unfinished_words(left))
        self.finish_button.setEnabled(can_finish)

    def show_scope(self, words: str, *, several: bool) -> None:
        """Say of which records pairs are shown, unless of all."""
        self._scope.say(self.tr("Only of: {words}").format(words=words) if words else "")
        self._all.setVisible(several)

    def _switch(self) -> None:
        self._chips.forget()
        self.changed.emit()
