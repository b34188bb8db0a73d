"""The chosen record: itself and its parts, each field side by side, and a choice for each, or for all of it."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from db.merging.decisions import Choice
from db.merging.differences import State
from db.merging.sides import FieldDifference, PartDifference, RecordDifference
from db.models import BY_PLURAL
from desktop.forms.captions import one_of
from desktop.pages.merging.choosing import Choices
from desktop.pages.merging.field_card import ChoiceButtons, FieldCard
from desktop.pages.merging.words import author_words, state_tint, state_words
from desktop.theme import Size
from desktop.widgets.labels import TitleLabel, Words
from desktop.widgets.pill import Pill


class RecordView(QScrollArea):
    """Shows one RecordDifference and changes `choices`; `changed` tells that it did."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("surface")
        self.setAccessibleName(self.tr("The record side by side"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.shown: RecordDifference | None = None
        self.choices: Choices | None = None
        self.headings = ("", "")
        self.cards: list[FieldCard] = []
        self._parts: list[tuple[PartDifference, ChoiceButtons]] = []
        self._whole: ChoiceButtons | None = None
        self._begin()
        self.setWidget(self._inside)

    def _begin(self) -> None:
        """What is shown next is built out of sight."""
        self._inside = QWidget(self)
        self._inside.hide()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(24, 16, 24, 24)
        self._column.setSpacing(12)

    def clear(self) -> None:
        """Show nothing."""
        self.shown = None
        self.cards, self._parts, self._whole = [], [], None
        self._begin()
        self.setWidget(self._inside)

    def show_record(self, found: RecordDifference) -> None:
        """Show a record from its top."""
        self.shown = found
        self.cards, self._parts, self._whole = [], [], None
        self._begin()
        self._add_head(found)
        for part in found.parts:
            self._add_part(found, part)
        if found.left_out:
            words = self.tr("{count} further parts are not shown; what you choose for the record holds for them too.")
            self._column.addWidget(Words(words.format(count=f"{found.left_out:,}"), self, muted=True))
        self._column.addStretch(1)
        self.refresh()
        self.setWidget(self._inside)

    def show_again(self, found: RecordDifference) -> None:
        """Show a record as it is known by now: what did not change stays, and so what is typed."""
        if self.shown is None or self.shown.id != found.id:
            self.show_record(found)
        elif _without_titles(found) == _without_titles(self.shown):
            self.shown = found
            self._title.setText(found.title or "—")
        else:
            place = self.verticalScrollBar().value()
            self.show_record(found)
            self.verticalScrollBar().setValue(place)

    def refresh(self) -> None:
        """Show what holds now."""
        if self.shown is None or self.choices is None:
            return
        whole = self.shown.id
        self.choices.note(self.shown)
        if self.shown.state is State.CONFLICT:
            is_settled = self.choices.has_settled(whole)
            tint = state_tint(self.shown.state, is_settled=is_settled)
            self._pill.show_words(state_words(self.shown.state, is_settled=is_settled), tint)
        if self._whole is not None:
            self._whole.show_choice(self._choice_of_whole(self.shown, self.choices))
        for card in self.cards:
            card.show_choice(self.choices.of_field(whole, card.about), self.choices.text_of(card.about))
        for part, buttons in self._parts:
            buttons.show_choice(self.choices.of_part(whole, part))

    def _choice_of_whole(self, found: RecordDifference, choices: Choices) -> Choice | None:
        """What holds for a record that came or went; of one that changed, only what was chosen for all of it."""
        own = next((part for part in found.parts if part.record == found.id), None)
        if found.state in (State.NEW, State.DELETED) and own is not None:
            return choices.of_part(found.id, own)
        return choices.wholes.get(found.id)

    def _add_head(self, found: RecordDifference) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        self._title = TitleLabel(found.title or "—", self, size=Size.TITLE, strong=True)
        row.addWidget(self._title, 1)
        self._pill = Pill(self)
        self._pill.show_words(state_words(found.state), state_tint(found.state))
        row.addWidget(self._pill, alignment=Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(row)
        if self.choices is None:
            return
        about = self.tr("the whole record")
        words = {Choice.MINE: self.tr("Keep all of mine"), Choice.THEIRS: self.tr("Take all of theirs")}
        if found.state is State.NEW:
            words = {Choice.THEIRS: self.tr("Take it in"), Choice.MINE: self.tr("Decline it")}
        elif found.state is State.DELETED:
            words = {Choice.THEIRS: self.tr("Let it go"), Choice.MINE: self.tr("Keep it")}
        self._whole = ChoiceButtons(words, about, self)
        self._whole.setObjectName("whole")
        self._whole.chosen.connect(self._choose_whole)
        self._column.addWidget(self._whole)
        reason = QLineEdit(self)
        reason.setObjectName("reason")
        reason.setAccessibleName(self.tr("Reason"))
        reason.setPlaceholderText(self.tr("Why? It is kept with your choices and travels to your colleague."))
        reason.setText(self.choices.reasons.get(found.id, ""))
        reason.textEdited.connect(self._explain)
        self._column.addWidget(reason)

    def _add_part(self, found: RecordDifference, part: PartDifference) -> None:
        is_whole = part.record == found.id
        if not is_whole or part.rival:
            self._add_part_head(part, is_whole=is_whole)
        for about in part.fields:
            can_choose = self.choices is not None and part.state is State.CHANGED
            card = FieldCard(about, self.headings, state=part.state, can_choose=can_choose, parent=self)
            card.chosen.connect(self._choose_field)
            self.cards.append(card)
            self._column.addWidget(card)

    def _add_part_head(self, part: PartDifference, *, is_whole: bool) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        kind = one_of(part.kind) if part.kind in BY_PLURAL else part.kind
        heading = self.tr("{kind}: {title}").format(kind=kind, title=part.title) if not is_whole else ""
        if part.rival and part.state is State.CHANGED:
            heading = self.tr("They deleted this record, and it was worked on here. It lives on unless you let it go.")
        elif part.rival:
            heading = self.tr("It was deleted here, and they worked on it. It comes back unless you decline it.")
        words = Words(heading, self, strong=not is_whole)
        row.addWidget(words, 1)
        pill = Pill(self)
        pill.show_words(state_words(part.state), state_tint(part.state))
        row.addWidget(pill, alignment=Qt.AlignmentFlag.AlignTop)
        self._column.addSpacing(8)
        self._column.addLayout(row)
        by = author_words(part.who, part.when)
        if by:
            self._column.addWidget(Words(by, self, size=Size.CAPTION, muted=True))
        if self.choices is not None and (part.state is not State.CHANGED or part.rival):
            self._add_part_choices(part, heading)

    def _add_part_choices(self, part: PartDifference, about: str) -> None:
        taking = {State.NEW: self.tr("Take it in"), State.CHANGED: self.tr("Let it go")}
        words = {
            Choice.THEIRS: taking.get(part.state, self.tr("Let it go")),
            Choice.MINE: self.tr("Decline it") if part.state is State.NEW else self.tr("Keep it"),
        }
        buttons = ChoiceButtons(words, about, self)
        buttons.setProperty("part", str(part.record))
        buttons.chosen.connect(self._choose_part)
        self._parts.append((part, buttons))
        self._column.addWidget(buttons)

    def _choose_whole(self, choice: Choice) -> None:
        if self.choices is not None and self.shown is not None:
            self.choices.choose_whole(self.shown.id, choice)
            self._tell()

    def _choose_part(self, choice: Choice) -> None:
        sender = self.sender()
        for part, buttons in self._parts:
            if buttons is sender and self.choices is not None and self.shown is not None:
                self.choices.choose_part(self.shown.id, part.record, choice)
        self._tell()

    def _choose_field(self, about: FieldDifference, choice: Choice, text: str) -> None:
        if self.choices is not None and self.shown is not None:
            self.choices.choose_field(self.shown.id, about, choice, text)
            self._tell()

    def _explain(self, text: str) -> None:
        if self.choices is not None and self.shown is not None:
            self.choices.reasons[self.shown.id] = text

    def _tell(self) -> None:
        self.refresh()
        self.changed.emit()


def _without_titles(found: RecordDifference) -> RecordDifference:
    """What is told of a record but what it is called, which only the union knows where both changed it."""
    return replace(found, title="", parts=tuple(replace(part, title="") for part in found.parts))
