"""Tasks of a record: questions, by when, and what came of them."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from db.dates import understand
from db.models import Task
from db.models.vocabulary import Outcome
from db.queries.annotations import Annotation
from db.queries.records import FieldRow
from desktop.annotations.card import Card, inset
from desktop.annotations.draft import Draft
from desktop.annotations.section import AnnotationSection
from desktop.annotations.words import is_overdue
from desktop.forms.captions import term_label
from desktop.forms.form import FormCell
from desktop.live import LiveCase
from desktop.theme import Tint, colours
from desktop.widgets.columns import ColumnsLayout
from desktop.widgets.pill import Pill

_ANSWERS: dict[Outcome, tuple[str, ...]] = {
    Outcome.ANSWERED: ("outcome_text",),
    Outcome.NOT_FOUND: ("searched_where", "searched_on", "outcome_text"),
    Outcome.DROPPED: ("outcome_text",),
}
"""What is told of each way to end a task."""


class TaskCard(Card):
    """A question. While it is open, it is ended by saying what came of it; then that is what is shown."""

    def __init__(self, live: LiveCase, parent: QWidget | None = None) -> None:
        super().__init__(live, "tasks", parent)
        self.answer: Draft | None = None
        self._outcome = self._wanted = Outcome.OPEN
        self.pill = Pill(self)
        head = QHBoxLayout()
        head.addWidget(self.add_editor("question", quiet=True), 1)
        head.addWidget(self.pill)
        head.addSpacing(8)
        self.column.addLayout(head)
        fields = QWidget(self)
        cells = ColumnsLayout(fields, least=170, most=2)
        self._cells: dict[str, FormCell] = {}
        for name in ("due", "outcome_text", "searched_where", "searched_on"):
            cell = FormCell(self.add_editor(name), fields)
            self._cells[name] = cell
            cells.addWidget(cell)
        self.column.addLayout(inset(fields))
        self._add_buttons()
        self.end()

    def _add_buttons(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        self.buttons: dict[Outcome, QPushButton] = {}
        words = {
            Outcome.ANSWERED: self.tr("Answer…"),
            Outcome.NOT_FOUND: self.tr("Searched, not found…"),
            Outcome.DROPPED: self.tr("Drop…"),
            Outcome.OPEN: self.tr("Open again"),
        }
        for outcome, text in words.items():
            button = QPushButton(text, self)
            button.setObjectName(f"outcome_{outcome.name.lower()}")
            button.clicked.connect(self._choose)
            self.buttons[outcome] = button
            row.addWidget(button)
        row.addStretch(1)
        self.column.addLayout(row)

    def show_annotation(self, annotation: Annotation, names: Mapping[UUID, str]) -> None:
        super().show_annotation(annotation, names)
        row = annotation.row
        self._outcome = Outcome(str(row["outcome"].value))
        is_open = self._outcome is Outcome.OPEN
        if not is_open:
            self._drop_answer()
        told = _ANSWERS.get(self._outcome, ("",))[0]
        for name, cell in self._cells.items():
            cell.setVisible(name == "due" if is_open else bool(row[name].text) or name == told)
        for outcome, button in self.buttons.items():
            button.setVisible(self.live.is_writable and self.answer is None and is_open != (outcome is Outcome.OPEN))
        overdue = is_overdue(row, date.today())
        words = self.tr("Overdue") if overdue else "" if is_open else term_label(self._outcome)
        self.pill.show_words(words, _tint(self._outcome))

    def _choose(self) -> None:
        outcome = next(each for each, button in self.buttons.items() if button is self.sender())
        if outcome is Outcome.OPEN:
            self.change(self.tr("Open task again"), {"outcome": Outcome.OPEN})
            return
        self._drop_answer()
        self._wanted = outcome
        today = date.today().isoformat()
        preset = [FieldRow("searched_on", understand(today), today)] if outcome is Outcome.NOT_FOUND else []
        save = {
            Outcome.ANSWERED: self.tr("Mark as answered"),
            Outcome.NOT_FOUND: self.tr("Mark as not found"),
            Outcome.DROPPED: self.tr("Drop the task"),
        }[outcome]
        self.answer = Draft(self.live, Task, _ANSWERS[outcome], save, self, preset=preset)
        self.answer.setObjectName("answer")  # no frame within the frame
        self.answer.saved.connect(self._save)
        self.answer.dropped.connect(self._give_up)
        self.column.insertWidget(self.column.count() - 1, self.answer)
        for button in self.buttons.values():
            button.hide()
        self.answer.show()
        self.answer.begin()

    def _save(self, values: dict[str, object]) -> None:
        label = {
            Outcome.ANSWERED: self.tr("Answer task"),
            Outcome.NOT_FOUND: self.tr("Mark task as searched, not found"),
            Outcome.DROPPED: self.tr("Drop task"),
        }[self._wanted]
        self.change(label, {"outcome": self._wanted} | values)

    def refuse(self, error: BaseException) -> None:
        if self.answer is not None:
            self.answer.show_trouble(str(error))
        else:
            super().refuse(error)

    def _give_up(self) -> None:
        self._drop_answer()
        if self.annotation is not None:
            self.show_annotation(self.annotation, {})
            self.buttons[Outcome.ANSWERED].setFocus()

    def _drop_answer(self) -> None:
        if self.answer is not None:
            self.answer.hide()
            self.answer.deleteLater()
            self.answer = None


def _tint(outcome: Outcome) -> Tint:
    look = colours()
    return {
        Outcome.OPEN: look.bad,
        Outcome.ANSWERED: look.good,
        Outcome.NOT_FOUND: look.fair,
        Outcome.DROPPED: look.plain,
    }[outcome]


class TaskSection(AnnotationSection):
    """The tasks, open ones first."""

    KIND = "tasks"
    DRAFT = ("question", "due")

    def __init__(self, live: LiveCase, parent: QWidget | None = None) -> None:
        super().__init__(live, parent)
        words = self.tr("No questions are open. Ctrl+T asks one; to have searched in vain is an answer too.")
        self.invite(self.tr("Add a task"), words)

    def make_card(self) -> Card:
        return TaskCard(self.live, self)
