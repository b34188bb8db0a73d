"""The life of an agreement: the days that matter as fields, and a ladder of actions for the whole and each party."""

from collections.abc import Iterator
from uuid import UUID

from PySide6.QtCore import QT_TRANSLATE_NOOP, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from db.models.vocabulary import Action
from db.queries.lifecycle import Ladder, Lifecycle, Step, lifecycle
from db.queries.records import RecordRow
from db.status import STATUS_AFTER, Status
from desktop.evidence.mark import LineMark
from desktop.forms.captions import term_label
from desktop.jobs import Ticket
from desktop.live import LiveCase
from desktop.records.agreement.ladder import FIRST_SIGNERS, MORE_SIGNERS, LadderHead, StepRow, UnknownRow
from desktop.records.agreement.milestones import MilestoneFields
from desktop.records.agreement.signing import SignatoryDialog
from desktop.records.reading import ReadingSection, add_to
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
_MOST_SHOWN = 12
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
        self.fields.fact_asked.connect(self.fact_asked)
        self.body.insertWidget(0, self.fields)
        self.body.setSpacing(12)
        self._menu = ActionMenu(self)
        self._menu.triggered.connect(self._add_chosen)
        self._turned: set[UUID | None] = set()
        self._signers: dict[UUID, int] = {}
        self._all_parties = False

    def ask(self, record: RecordRow) -> Ticket:
        return self.live.read(lifecycle, record.id, then=self.take, failed=self.leave)

    def count_of(self, told: Lifecycle) -> int:
        return sum(len(ladder.steps) for ladder in told.ladders)

    def always_tells(self) -> bool:
        return True

    def has_more_to_offer(self) -> bool:
        return True

    def add(self) -> None:
        self._menu.popup(self.add_button.mapToGlobal(self.add_button.rect().bottomLeft()))

    def fill(self, told: Lifecycle, column: QVBoxLayout) -> Iterator[object]:
        self.fields.show_lifecycle(told)
        parties = [ladder for ladder in told.ladders if ladder.party]
        shown = told.ladders if self._all_parties else told.ladders[:_MOST_SHOWN]
        for ladder in shown:
            is_open = (ladder.party is None or len(parties) <= _MOST_OPEN) != (ladder.party in self._turned)
            if parties:
                yield add_to(column, self._head(ladder, is_open))
            if is_open:
                yield from self._fill_ladder(told, ladder, column)
        if len(shown) < len(told.ladders):
            column.addWidget(self._all_button(len(parties)), alignment=Qt.AlignmentFlag.AlignLeft)
        if not told.ladders:
            column.addWidget(Words(self._invitation(), self, muted=True))

    def _fill_ladder(self, told: Lifecycle, ladder: Ladder, column: QVBoxLayout) -> Iterator[object]:
        """The steps, without a gap for the line between them."""
        steps = QVBoxLayout()
        steps.setSpacing(0)
        column.addLayout(steps)
        unknown = _unknown(told) if ladder.party is None else []
        for place, step in enumerate(ladder.steps):
            row = self._step(step)
            row.is_first, row.is_last = place == 0, place == len(ladder.steps) + len(unknown) - 1
            yield add_to(steps, row)
            yield from row.fill(self._signers.get(step.id, FIRST_SIGNERS))
        for place, status in enumerate(unknown):
            gap = UnknownRow(status, self)
            gap.is_first, gap.is_last = False, place == len(unknown) - 1
            yield add_to(steps, gap)

    def _begin(self) -> None:
        super()._begin()
        self._turned.clear()
        self._signers.clear()
        self._all_parties = False

    def marks(self) -> list[LineMark]:
        return [*(cell.mark for cell in self.fields.cells.values()), *super().marks()]

    def _all_button(self, count: int) -> QPushButton:
        button = QPushButton(self.tr("Show the steps of all {count} parties").format(count=f"{count:,}"), self)
        button.setObjectName("allParties")
        button.clicked.connect(self._show_all_parties)
        return button

    def _head(self, ladder: Ladder, is_open: bool) -> LadderHead:
        head = LadderHead(ladder, is_open, self)
        head.opened.connect(self.opened)
        head.folded.connect(self._turn)
        return head

    def _step(self, step: Step) -> StepRow:
        row = self.follow(StepRow(step, self.live.is_writable, self))
        row.asked_for_signatory.connect(self._add_signatory)
        row.asked_for_more.connect(self._show_more)
        return row

    def _invitation(self) -> str:
        if self.live.is_writable:
            return self.tr("No action is on file yet. Type a day above, or add what was done.")
        return self.tr("No action is on file.")

    def _turn(self, party: UUID | None) -> None:
        self._turned ^= {party}
        self._rebuild()

    def _show_all_parties(self) -> None:
        self._all_parties = True
        self._rebuild()

    def _show_more(self, step: UUID) -> None:
        self._signers[step] = self._signers.get(step, FIRST_SIGNERS) + MORE_SIGNERS
        self._rebuild()

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
