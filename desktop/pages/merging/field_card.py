"""One field side by side, with who, when, claims and sources, and the buttons for the choice."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from db.fields import field_of
from db.merging.decisions import Choice
from db.merging.differences import State
from db.merging.sides import FieldDifference, Told
from db.queries.titles import entity
from desktop.forms.captions import field_label
from desktop.pages.merging.by_hand import ByHand
from desktop.pages.merging.words import author_words, claim_lines, difference_html
from desktop.theme import Size, colours
from desktop.widgets.flow import FlowLayout
from desktop.widgets.labels import Words
from desktop.widgets.pill import Pill

_LONG = 60
"""Characters from which a text is shown with its word difference."""


class ChoiceButtons(QWidget):
    """A row of choices of which one is checked. `chosen` gives it."""

    chosen = Signal(object)

    def __init__(self, words: dict[Choice, str], about: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._choices = list(words)
        row = FlowLayout(self)
        for number, (choice, text) in enumerate(words.items()):
            button = QPushButton(text, self)
            button.setObjectName(f"choose-{choice}")
            button.setCheckable(True)
            button.setProperty("chip", True)
            button.setAccessibleName(f"{text}: {about}")
            self._group.addButton(button, number)
            row.addWidget(button)
        self._group.idClicked.connect(self._report)

    def show_choice(self, choice: Choice | None) -> None:
        """Check one of them, or none."""
        self._group.setExclusive(False)
        for button in self._group.buttons():
            button.setChecked(choice is not None and self._choices[self._group.id(button)] is choice)
        self._group.setExclusive(True)

    def _report(self, number: int) -> None:
        self.chosen.emit(self._choices[number])


class SideBox(QFrame):
    """What one side shows."""

    def __init__(self, heading: str, told: Told, before: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        column.addWidget(Words(heading, self, size=Size.CAPTION, muted=True))
        self._add_value(column, told, before)
        by = author_words(told.who, told.when)
        if by:
            column.addWidget(Words(by, self, size=Size.CAPTION, muted=True))
        for line in claim_lines(told):
            column.addWidget(Words(f"❝ {line}", self, size=Size.CAPTION, muted=True))
        column.addStretch(1)

    def _add_value(self, column: QVBoxLayout, told: Told, before: str) -> None:
        if not told.text:
            column.addWidget(Words(self.tr("empty"), self, muted=True))
        elif before and max(len(before), len(told.text)) >= _LONG:
            shown = QLabel(self)
            shown.setTextFormat(Qt.TextFormat.RichText)
            shown.setWordWrap(True)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            shown.setText(difference_html(before, told.text))
            shown.setAccessibleName(told.text)
            column.addWidget(shown)
        else:
            column.addWidget(Words(told.text, self, selectable=True))


class FieldCard(QWidget):
    """A field with both its values; `chosen` gives the FieldDifference, the Choice and what was typed."""

    chosen = Signal(object, object, str)

    def __init__(
        self,
        about: FieldDifference,
        headings: tuple[str, str],
        *,
        state: State = State.CHANGED,
        can_choose: bool,
        parent: QWidget | None = None,
    ) -> None:
        """`state` is that of the record: one that only one side has is shown as that side has it."""
        super().__init__(parent)
        self.about = about
        self.setObjectName(f"field-{about.name}")
        self.setAccessibleName(field_label(about.name))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        label = Words(field_label(about.name), self, strong=True)
        label.setWordWrap(False)
        head.addWidget(label)
        self.pill = Pill(self)
        head.addWidget(self.pill)
        head.addStretch(1)
        sides = QHBoxLayout()
        sides.setSpacing(12)
        before = about.mine.text if about.mine.text and about.theirs.text else ""
        if state is not State.NEW:
            sides.addWidget(SideBox(headings[0], about.mine, "", self), 1)
        if state is not State.DELETED:
            sides.addWidget(SideBox(headings[1], about.theirs, before, self), 1)
        column.addLayout(head)
        column.addLayout(sides)
        self.buttons: ChoiceButtons | None = None
        self.editor: ByHand | None = None
        if can_choose:
            self._add_choices(column)
        self.show_state(None)

    def _add_choices(self, column: QVBoxLayout) -> None:
        words = {Choice.MINE: self.tr("Keep mine"), Choice.THEIRS: self.tr("Take theirs")}
        if self.about.column:
            words[Choice.BOTH] = self.tr("Keep both as rival claims")
        if self.about.can_type:
            words[Choice.TYPED] = self.tr("Edit by hand")
        self.buttons = ChoiceButtons(words, field_label(self.about.name), self)
        self.buttons.chosen.connect(self._choose)
        column.addWidget(self.buttons)
        if self.about.can_type:
            self.editor = ByHand(field_of(entity(self.about.table), self.about.name), self)
            self.editor.typed.connect(self._type)
            self.editor.hide()
            column.addWidget(self.editor)

    def show_choice(self, choice: Choice | None, text: str = "") -> None:
        """Show what holds."""
        self.show_state(choice)
        if self.buttons is not None:
            self.buttons.show_choice(choice)
        if self.editor is not None:
            self.editor.setVisible(choice is Choice.TYPED)
            if choice is Choice.TYPED and self.editor.text() != text:
                self.editor.write(text)

    def show_state(self, choice: Choice | None) -> None:
        """Say whether both changed it, and whether that is settled."""
        look = colours()
        if not self.about.rival:
            self.pill.show_words("", look.plain)
        elif choice is None:
            self.pill.show_words(self.tr("Both changed it"), look.bad)
        else:
            self.pill.show_words(self.tr("Decided"), look.good)

    def _choose(self, choice: Choice) -> None:
        text = ""
        if choice is Choice.TYPED and self.editor is not None:
            if not self.editor.text():
                self.editor.write(self.about.theirs.text or self.about.mine.text)
            text = self.editor.text()
        self.chosen.emit(self.about, choice, text)
        if choice is Choice.TYPED and self.editor is not None:
            self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _type(self, text: str) -> None:
        self.chosen.emit(self.about, Choice.TYPED, text)
