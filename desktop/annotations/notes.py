"""Notes of a record."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QWidget

from db.models.vocabulary import Visibility
from db.queries.annotations import Annotation
from db.queries.records import FieldRow
from desktop.annotations.card import Card
from desktop.annotations.section import AnnotationSection
from desktop.live import LiveCase
from desktop.theme import dress


class NoteCard(Card):
    """A text, and whether it may leave the file."""

    def __init__(self, live: LiveCase, parent: QWidget | None = None) -> None:
        super().__init__(live, "notes", parent)
        self.column.addWidget(self.add_editor("text", quiet=True))
        self.visibility = QToolButton(self)
        self.visibility.setObjectName("noteVisibility")
        self.visibility.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.visibility.setEnabled(live.is_writable)
        self.visibility.clicked.connect(self._turn)
        self.foot.addWidget(self.visibility)
        self.foot.setContentsMargins(7, 0, 4, 0)
        self.end()

    def show_annotation(self, annotation: Annotation, names: Mapping[UUID, str]) -> None:
        super().show_annotation(annotation, names)
        public = self._is_public
        words = self.tr("Public") if public else self.tr("Internal")
        self.visibility.setText(f"\u00a0{words}")  # else the words touch the icon
        self.visibility.setAccessibleName(self.tr("Visibility: {now}").format(now=words))
        self.visibility.setToolTip(
            self.tr("It may be printed in briefings. Press to keep it internal.")
            if public
            else self.tr("It stays in the file. Press to let it be printed in briefings.")
        )
        dress(self.visibility, "eye" if public else "eye-off")

    @property
    def _is_public(self) -> bool:
        return self.annotation is not None and self.annotation.row["visibility"].value == Visibility.PUBLIC

    def _turn(self) -> None:
        other = Visibility.INTERNAL if self._is_public else Visibility.PUBLIC
        label = self.tr("Make note internal") if self._is_public else self.tr("Make note public")
        self.change(label, {"visibility": other})


class NoteSection(AnnotationSection):
    """The notes."""

    KIND = "notes"
    DRAFT = ("text", "visibility")

    def __init__(self, live: LiveCase, parent: QWidget | None = None) -> None:
        super().__init__(live, parent)
        self.invite(self.tr("Add a note"), self.tr("No notes yet. Ctrl+M begins one; dropped text becomes one."))

    def make_card(self) -> Card:
        return NoteCard(self.live, self)

    def preset(self) -> Sequence[FieldRow]:
        return [FieldRow("visibility", Visibility.INTERNAL, str(Visibility.INTERNAL))]
