"""The top of the merge page: what the file would bring in plain words, what can be decided widely, and the deeds."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget

from db.merging.decisions import Choice
from db.merging.differences import State
from db.merging.preview import Summary
from desktop.pages.merging.choosing import Choices
from desktop.pages.merging.needs import NeedsView
from desktop.pages.merging.taken_back import TakenBackView
from desktop.pages.merging.words import since_words, state_words
from desktop.theme import Size, dress, make_primary
from desktop.widgets.flow import FlowLayout
from desktop.widgets.labels import Words
from desktop.widgets.layouts import clear_layout

_MOST_NAMED = 4


class MergingHead(QWidget):
    """Reports what is wanted and does nothing itself."""

    merge_wanted = Signal()
    report_wanted = Signal()
    left = Signal()
    state_chosen = Signal(object)
    """Records of this State only; of all, if None."""
    decided = Signal(object, object)
    """What a choice is about ("conflicts", "everything", an author's id, a TakenBack), and the Choice or None."""
    explained = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_merge = False
        self.state: State | None = None
        """The records that are shown; all, if None."""
        self.title = Words("", self, size=Size.TITLE, strong=True)
        self.summary = Words("", self, selectable=True)
        self.summary.setObjectName("mergeSummary")
        self._who = Words("", self, size=Size.CAPTION, muted=True)
        words = self.tr("Still being put together in a private copy. You can look and choose meanwhile.")
        self._busy = Words(words, self, size=Size.CAPTION, muted=True)
        self._busy.setWordWrap(False)
        self._busy.setObjectName("stillMerging")
        self._busy.hide()
        self.taken_back = TakenBackView(self)
        self.needs = NeedsView(self)
        self._chips = QWidget(self)
        self._flow = FlowLayout(self._chips)
        self.all_button = self._button("decideAll", self.tr("Decide everything"))
        self.menu = QMenu(self.all_button)
        self.all_button.setMenu(self.menu)
        self.report_button = self._button("changeReport", self.tr("Save a report…"))
        dress(self.report_button, "printer")
        self.leave_button = self._button("leaveMerging", self.tr("Close"))
        self.merge_button = self._button("mergeNow", self.tr("Merge"))
        make_primary(self.merge_button)
        self.reason = QLineEdit(self)
        self.reason.setObjectName("reasonForAll")
        self.reason.setAccessibleName(self.tr("Reason for all choices"))
        self.reason.setPlaceholderText(self.tr("Why? Kept with every choice that has no reason of its own."))
        self._arrange()
        self.merge_button.clicked.connect(self.merge_wanted)
        self.report_button.clicked.connect(self.report_wanted)
        self.leave_button.clicked.connect(self.left)
        self.reason.textEdited.connect(self.explained)
        self.taken_back.chosen.connect(self.decided)

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        return button

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.title, 1)
        for button in (self.all_button, self.report_button, self.leave_button, self.merge_button):
            top.addWidget(button, alignment=Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 12)
        column.setSpacing(8)
        column.addLayout(top)
        beside = QHBoxLayout()  # so that nothing moves when it goes
        beside.addWidget(self._chips, 1)
        beside.addWidget(self._busy)
        column.addWidget(self.summary)
        column.addWidget(self._who)
        column.addWidget(self.taken_back)
        column.addWidget(self.needs)
        column.addLayout(beside)
        column.addWidget(self.reason)

    def show_summary(self, found: Summary, title: str, sentence: str, *, is_merge: bool) -> None:
        """Say what a file would bring, or how it differs."""
        self._is_merge = is_merge
        self.title.setText(title)
        self.reason.clear()
        self.state = None
        self.show_counts(found, sentence)

    def show_counts(self, found: Summary, sentence: str) -> None:
        """Say it anew, as it is known by now; what was typed and chosen stays."""
        self.summary.setText(sentence)
        self._who.setText("   ".join(since_words(row) for row in found.contributors[:_MOST_NAMED]))
        for widget in (self.merge_button, self.all_button, self.reason):
            widget.setVisible(self._is_merge and found.total > 0)
        self.report_button.setVisible(found.total > 0)
        self.taken_back.show_rows(found.taken_back if self._is_merge else ())
        self._add_chips(found)
        self._add_choices(found)

    def allow(self, *, is_exact: bool) -> None:
        """Whether it is known exactly what a merge would do; before that, nothing is merged or printed."""
        self._busy.setVisible(not is_exact)
        for button in (self.merge_button, self.report_button):
            button.setEnabled(is_exact)

    def show_choices(self, choices: Choices) -> None:
        """Show what was chosen widely, and say in the tooltip how much was."""
        count = choices.count
        self.taken_back.show_choices(choices.undos)
        tip = self.tr("Everything is taken in, and what is open stays open.")
        if count:
            tip = self.tr("1 choice was made.") if count == 1 else self.tr("{count} choices were made.")
        self.merge_button.setToolTip(tip.format(count=f"{count:,}"))

    def _add_chips(self, found: Summary) -> None:
        clear_layout(self._flow)
        for state, count in sorted(found.records.items()):
            chip = QPushButton(f"{state_words(state)}  {count:,}", self._chips)
            chip.setObjectName(f"state-{state.name}")
            chip.setProperty("chip", True)
            chip.setProperty("state", int(state))
            chip.setCheckable(True)
            chip.setChecked(state is self.state)
            chip.clicked.connect(self._filter)
            self._flow.addWidget(chip)
            chip.show()
        self._chips.updateGeometry()

    def _filter(self) -> None:
        chip = self.sender()
        if isinstance(chip, QPushButton):
            for other in self._chips.findChildren(QPushButton):
                other.setChecked(other is chip and chip.isChecked())
            self.state = State(chip.property("state")) if chip.isChecked() else None
            self.state_chosen.emit(self.state)

    def _add_choices(self, found: Summary) -> None:
        self.menu.clear()
        self._offer("conflictsTheirs", self.tr("Take theirs in every conflict"), "conflicts", Choice.THEIRS)
        self._offer("conflictsMine", self.tr("Keep mine in every conflict"), "conflicts", Choice.MINE)
        both = self.tr("Keep both in every conflict, as rival claims")
        self._offer("conflictsBoth", both, "conflicts", Choice.BOTH)
        self.menu.addSeparator()
        self._offer("everythingMine", self.tr("Decline everything"), "everything", Choice.MINE)
        if len(found.contributors) > 1:
            for row in found.contributors:
                if row.id is not None:
                    words = self.tr("Decline everything by {name}").format(name=row.name)
                    self._offer("declineAuthor", words, row.id, Choice.MINE)
        self.menu.addSeparator()
        self._offer("forgetChoices", self.tr("Forget all choices"), "everything", None)

    def _offer(self, name: str, words: str, about: object, choice: Choice | None) -> None:
        action = QAction(words.replace("&", "&&"), self.menu)
        action.setObjectName(name)
        action.setData((about, choice))
        action.triggered.connect(self._decide)
        self.menu.addAction(action)

    def _decide(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.decided.emit(*action.data())
