"""What cannot be declined because something else needs it: said at once, by name, with both ways out."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from db.merging.decisions import Choice
from db.merging.needs import Need
from db.merging.preview import Overview
from desktop.jobs import Ticket
from desktop.pages.merging import work
from desktop.pages.merging.choosing import Choices
from desktop.pages.merging.inquiry import Inquiry
from desktop.pages.merging.words import need_words
from desktop.widgets.layouts import clear_layout
from desktop.widgets.notice import NoticeBar

_MOST = 3
"""Needs that are told at once; the next ones come when these are settled."""


class NeedsView(QWidget):
    """A line for each; `chosen` gives the Need, and MINE to decline what needs it, too, or THEIRS to take it in."""

    chosen = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._answers: dict[QPushButton, tuple[Need, Choice]] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.hide()

    def show_needs(self, found: Sequence[Need]) -> None:
        """Tell of these; of none, nothing is shown."""
        clear_layout(self._column)
        self._answers = {}
        for need in found[:_MOST]:
            self._add(need)
        self.setVisible(bool(found))

    def _add(self, need: Need) -> None:
        line = NoticeBar("need", self)
        ways = [("takeNeeded", self.tr("Take it in after all"), Choice.THEIRS)]
        if need.can_follow:
            also = self.tr("Decline that too") if len(need.users) == 1 else self.tr("Decline those too")
            ways.insert(0, ("declineUsers", also, Choice.MINE))
        for name, words, choice in ways:
            button = line.add_button(name, words, "x" if choice is Choice.MINE else "check", self._choose)
            button.setAccessibleName(f"{words}: {need.title}")
            self._answers[button] = (need, choice)
        self._column.addWidget(line)
        line.say(need_words(need))

    def _choose(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton):
            self.chosen.emit(*self._answers[button])


class NeedsDesk(QObject):
    """Looks for needs after each choice, beside the window; the newest answer counts."""

    found = Signal(object)
    """A sequence of Need."""

    def __init__(self, inquiry: Inquiry, parent: QWidget) -> None:
        super().__init__(parent)
        self._inquiry = inquiry
        self._ticket: Ticket | None = None

    def look(self, overview: Overview | None, choices: Choices) -> None:
        """Find out what these choices decline that is needed; of none that declines, nothing is asked."""
        if self._ticket is not None:
            self._ticket.cancel()
            self._ticket = None
        if overview is None or not choices.can_decline:
            self.found.emit(())
            return
        self._ticket = self._inquiry.reading.run(work.find_needs, overview.comparison, choices.rules(), then=self._tell)

    def _tell(self, found: Sequence[Need]) -> None:
        self._ticket = None
        self.found.emit(found)
