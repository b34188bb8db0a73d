"""The life of an agreement: the days that matter as fields, and a ladder of actions for the whole and each party."""

from uuid import UUID

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from db.models.vocabulary import Action
from db.queries.lifecycle import Ladder, Lifecycle, Step, lifecycle
from db.queries.records import RecordRow
from db.status import STATUS_AFTER, Status
from desktop.forms.captions import term_label
from desktop.jobs import Ticket
from desktop.live import LiveCase
from desktop.records.agreement.ladder import LadderHead, StepRow, UnknownRow
from desktop.records.agreement.milestones import MilestoneFields
from desktop.records.agreement.signing import SignatoryDialog
from desktop.records.reading import ReadingSection
from desktop.widgets.labels import Words

COMMON = (
    Action.SIGNATURE,
    Action.RATIFICATION,
    Action.ACCEPTANCE_OR_APPROVAL,
    Action.NOTIFICATION,
    Action.ENTRY_INTO_FORCE,
    Action.TERMINATION,
)
"""What most agreements need; the others are found in the dialog."""
_MOST_OPEN = 4
"""With more parties than these that did something, their ladders begin folded."""
_ALWAYS = (Status.SIGNED, Status.IN_FORCE)


class ActionMenu(QMenu):
    """Offers the common actions, and any other one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        for action in COMMON:
            self._offer(term_label(action), action)
        self.addSeparator()
        self._offer(self.tr("Another action…"), None)

    def _offer(self, words: str, action: Action | None) -> None:
        item = QAction(words, self)
        item.setData(action)
        self.addAction(item)


class LifecycleSection(ReadingSection):
    """What was done, when, by whom; status and days are derived from it and never typed twice."""

    TITLE = QT_TRANSLATE_NOOP("Section", "Lifecycle")
    ADD = QT_TRANSLATE_NOOP("Section", "Add action")
    TELLS = (("actions", "agreement"),)
    TABLES = frozenset({"party_action", "signatory", "membership", "post", "person", "organization", "party"})

    def __init__(self, live: LiveCase, parent: QWidget | None = None) -> None:
        super().__init__(live, parent)
        self.fields = MilestoneFields(live, self)
        self.fields.opened.connect(self.opened)
        self.body.insertWidget(0, self.fields)
        self.body.setSpacing(12)
        self._menu = ActionMenu(self)
        self._menu.triggered.connect(self._add_chosen)
        self._turned: set[UUID | None] = set()
        self._whole: set[UUID] = set()

    def ask(self, record: RecordRow) -> Ticket:
        return self.live.read(lifecycle, record.id, then=self.take)

    def count_of(self, told: Lifecycle) -> int:
        return sum(len(ladder.steps) for ladder in told.ladders)

    def has_more_to_offer(self) -> bool:
        return True

    def add(self) -> None:
        self._menu.popup(self.add_button.mapToGlobal(self.add_button.rect().bottomLeft()))

    def fill(self, told: Lifecycle, column: QVBoxLayout) -> None:
        self.fields.show_lifecycle(told)
        parties = [ladder for ladder in told.ladders if ladder.party]
        for ladder in told.ladders:
            is_open = (ladder.party is None or len(parties) <= _MOST_OPEN) != (ladder.party in self._turned)
            if parties:
                column.addWidget(self._head(ladder, is_open))
            if is_open:
                column.addWidget(self._steps(told, ladder))
        if not told.ladders:
            column.addWidget(Words(self._invitation(), self, muted=True))

    def _begin(self) -> None:
        super()._begin()
        self._turned.clear()
        self._whole.clear()

    def _head(self, ladder: Ladder, is_open: bool) -> LadderHead:
        head = LadderHead(ladder, is_open, self)
        head.opened.connect(self.opened)
        head.folded.connect(self._turn)
        return head

    def _steps(self, told: Lifecycle, ladder: Ladder) -> QWidget:
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        rows: list[StepRow | UnknownRow] = [self._step(step) for step in ladder.steps]
        rows += [UnknownRow(status, inside) for status in _unknown(told) if ladder.party is None]
        for place, row in enumerate(rows):
            row.is_first, row.is_last = place == 0, place == len(rows) - 1
            column.addWidget(row)
        return inside

    def _step(self, step: Step) -> StepRow:
        row = StepRow(step, self.live.is_writable, step.id in self._whole, self)
        row.opened.connect(self.opened)
        row.asked_for_signatory.connect(self._add_signatory)
        row.asked_for_all.connect(self._show_all)
        return row

    def _invitation(self) -> str:
        if self.live.is_writable:
            return self.tr("No action is on file yet. Type a day above, or add what was done.")
        return self.tr("No action is on file.")

    def _turn(self, party: UUID | None) -> None:
        self._turned ^= {party}
        self._rebuild(self._told)

    def _show_all(self, step: UUID) -> None:
        self._whole.add(step)
        self._rebuild(self._told)

    def _add_chosen(self, item: QAction) -> None:
        if self.record is not None:
            preset: dict[str, object] = {"agreement": self.record.id}
            if item.data() is not None:
                preset["action"] = Action(item.data())
            self.wanted.emit("actions", preset)

    def _add_signatory(self, step: Step) -> None:
        SignatoryDialog(self.live, step, self).open()


def _unknown(told: Lifecycle) -> list[Status]:
    """The steps of which nobody knows, once anything is known at all; what came later makes up for what came before."""
    reached = {STATUS_AFTER.get(step.action) for ladder in told.ladders for step in ladder.steps}
    order = list(Status)
    furthest = max((order.index(status) for status in reached if status), default=-1)
    return [status for status in _ALWAYS if status not in reached and order.index(status) > furthest]
