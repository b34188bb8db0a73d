"""The days on which an agreement was signed, came into force and ended: fields of the actions behind them."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from db.errors import CaseFileError
from db.evidence import EXISTENCE
from db.fields import fields_of
from db.models import PartyAction
from db.operations.milestones import set_milestone
from db.queries.lifecycle import MILESTONES, Lifecycle, Milestone
from db.queries.records import FieldRow
from db.status import Status
from desktop.evidence.mark import LineMark, Told
from desktop.forms.captions import term_label
from desktop.forms.dates import DateEditor
from desktop.live import LiveCase
from desktop.places import Place
from desktop.records.words import date_words
from desktop.theme import Size, font
from desktop.widgets.columns import ColumnsLayout
from desktop.widgets.flow import FlowLayout
from desktop.widgets.labels import LinkButton, Words
from desktop.widgets.layouts import clear_layout

_NARROWEST = 168
_MOST_LINKS = 3
_DAY = frozenset({"date", EXISTENCE})
"""What a day tells of the actions behind it."""


class MilestoneCell(QWidget):
    """One of the days, and which actions it is read from."""

    opened = Signal(object)
    """A Place."""
    fact_asked = Signal(object)
    """The Place of a fact whose evidence is wanted."""

    def __init__(self, live: LiveCase, status: Status, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._live = live
        self._status = status
        self._agreement: UUID | None = None
        self._behind: tuple[object, ...] = ()
        label = QLabel(term_label(status), self)
        label.setFont(font(Size.CAPTION))
        label.setProperty("muted", True)
        self.editor = DateEditor(fields_of(PartyAction)["date"], self)
        self.editor.setObjectName(f"milestone_{status.name.lower()}")
        self.editor.control.setAccessibleName(self.tr("{status}: date").format(status=term_label(status)))
        self.editor.edited.connect(self._write)
        label.setBuddy(self.editor.control)
        self.mark = LineMark((), term_label(status), self)
        self.mark.fact_asked.connect(self.fact_asked)
        label.setMinimumHeight(self.mark.sizeHint().height())  # as high as beside a mark, also while there is none
        self._links = QWidget(self)
        self._line = FlowLayout(self._links, spacing=2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label)
        head.addStretch(1)
        head.addWidget(self.mark)
        column.addLayout(head)
        for widget in (self.editor, self._links):
            column.addWidget(widget)
        column.addStretch(1)

    def show_milestone(self, agreement: UUID, found: Milestone, names: Mapping[UUID, str]) -> None:
        """Show the day; `names` says who did each action."""
        if agreement != self._agreement:
            self.editor.show_trouble("")
        self._agreement = agreement
        self.mark.tell_of(Told(key, _DAY) for key, _ in found.actions)
        self.editor.show_value(FieldRow("date", found.date, date_words(found.date)), {})
        self.editor.set_writable(self._live.is_writable and found.can_be_set)
        behind = (found, *(names.get(key, "") for key, _ in found.actions))
        if behind != self._behind:
            self._behind = behind
            clear_layout(self._line)
            self._tell(found, names)
            self._links.setVisible(bool(found.actions))

    def _tell(self, found: Milestone, names: Mapping[UUID, str]) -> None:
        """Say which actions the day is read from, and lead to them."""
        if not found.actions:
            return
        if found.can_be_set:
            key, action = found.actions[0]
            self._say(self._origin(found))
            self._link(term_label(action), key)
            return
        self._say(self.tr("last of {count}; set each:").format(count=len(found.actions)))
        for key, action in found.actions[:_MOST_LINKS]:
            self._link(names.get(key) or term_label(action), key)
        if len(found.actions) > _MOST_LINKS:
            self._say(self.tr("and {count} more below").format(count=len(found.actions) - _MOST_LINKS))

    def _origin(self, found: Milestone) -> str:
        if found.date and not found.date.is_date:
            return self.tr("no day, so it is not known; from the action")
        return self.tr("from the action") if found.happened else self.tr("planned; from the action")

    def _say(self, text: str) -> None:
        words = Words(text, self._links, size=Size.CAPTION, muted=True)
        words.setWordWrap(False)
        self._line.addWidget(words)
        words.show()

    def _link(self, text: str, action: UUID) -> None:
        link = LinkButton(text, Place(action), self._links)
        link.setFont(font(Size.CAPTION))
        link.followed.connect(self.opened)
        self._line.addWidget(link)
        link.show()

    def _write(self, text: str) -> None:
        label = self.tr("Set day of “{status}”").format(status=self._status.value)
        self._live.write(label, set_milestone, self._agreement, self._status, text, failed=self._refuse)

    def _refuse(self, error: BaseException) -> None:
        if isinstance(error, CaseFileError):
            self.editor.show_trouble(str(error))
        else:
            self._live.troubled.emit(error)


class MilestoneFields(QWidget):
    """Signed, in force, ended, side by side."""

    opened = Signal(object)
    fact_asked = Signal(object)

    def __init__(self, live: LiveCase, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cells = {status: MilestoneCell(live, status, self) for status in MILESTONES}
        columns = ColumnsLayout(self, least=_NARROWEST)
        for cell in self.cells.values():
            cell.opened.connect(self.opened)
            cell.fact_asked.connect(self.fact_asked)
            columns.addWidget(cell)

    def show_lifecycle(self, life: Lifecycle) -> None:
        """Show the days of an agreement."""
        names = dict(_names(life))
        for found in life.milestones:
            self.cells[found.status].show_milestone(life.agreement, found, names)


def _names(life: Lifecycle) -> Iterable[tuple[UUID, str]]:
    for ladder in life.ladders:
        for step in ladder.steps:
            yield step.id, ladder.name
