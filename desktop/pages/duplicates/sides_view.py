"""The records side by side: titles, what hangs on each, the reasons, and every field with a choice where it differs."""

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from db.duplicates.finder import Pair
from db.duplicates.sides import Side, Sides, taken
from desktop.pages.duplicates.field_row import LEAST, MOST, FieldRow, SameRow
from desktop.pages.duplicates.words import count_words, reasons
from desktop.places import Place
from desktop.theme import Size, colours, pixmap
from desktop.widgets.columns import ColumnsLayout
from desktop.widgets.labels import LinkButton, TitleLabel, Words
from desktop.widgets.pill import Pill


class SidesView(QScrollArea):
    """Shows Sides and keeps what was chosen of them."""

    opened = Signal(object)
    """The Place of one of the records."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("surface")
        self.setAccessibleName(self.tr("The records side by side"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.shown: Sides | None = None
        self.rows: list[FieldRow] = []
        self._chosen: dict[str, int | None] = {}
        self._begin()
        self.setWidget(self._inside)

    def clear(self) -> None:
        """Show nothing."""
        self.shown = None
        self.rows, self._chosen = [], {}
        self._begin()
        self.setWidget(self._inside)

    def show_sides(self, sides: Sides) -> None:
        """Show records; the same ones as before keep what was chosen and their place in sight."""
        if sides == self.shown:
            return
        same = self.shown is not None and [each.id for each in self.shown.sides] == [each.id for each in sides.sides]
        kept, height = (self._chosen, self.verticalScrollBar().value()) if same else ({}, 0)
        self.shown, self.rows, self._chosen = sides, [], {}
        self._begin()
        self._add_heads(sides)
        if sides.pair is not None:
            self._add_reasons(sides.pair)
        self._add_fields(sides)
        self._column.addStretch(1)
        self.setWidget(self._inside)
        for row in self.rows:
            if row.about.name in kept and kept[row.about.name] in row.buttons:
                row.buttons[kept[row.about.name]].setChecked(True)
        self.verticalScrollBar().setValue(height)

    def take(self) -> dict[str, UUID]:
        """Whose value each field is to show, for `db.operations.joining.join`."""
        return taken(self.shown, self._chosen) if self.shown is not None else {}

    # -- building

    def _begin(self) -> None:
        """What is shown next is built out of sight."""
        self._inside = QWidget(self)
        self._inside.hide()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(24, 16, 24, 24)
        self._column.setSpacing(12)

    def _add_heads(self, sides: Sides) -> None:
        heads = QWidget(self)
        cells = ColumnsLayout(heads, least=LEAST, most=min(len(sides.sides), MOST), gap=12)
        for place, side in enumerate(sides.sides):
            cells.addWidget(_Head(side, is_first=place == 0, view=self, parent=heads))
        self._column.addWidget(heads)

    def _add_reasons(self, pair: Pair) -> None:
        speaking, against = reasons(pair)
        for words in speaking:
            self._add_reason(words, speaks_for=True)
        for words in against:
            self._add_reason(words, speaks_for=False)
        if not speaking and not against:
            self._column.addWidget(Words(self.tr("Nothing was found that makes them look alike."), self, muted=True))
        if pair.distinction:
            told = self.tr("Told apart: {reason}").format(reason=pair.why_not)
            self._column.addWidget(Words(told, self, strong=True, selectable=True))

    def _add_reason(self, words: str, *, speaks_for: bool) -> None:
        sign = _Sign(speaks_for=speaks_for, parent=self)
        sign.setAccessibleName(self.tr("For it") if speaks_for else self.tr("Against it"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(sign, alignment=Qt.AlignmentFlag.AlignTop)
        row.addWidget(Words(words, self, selectable=True), 1)
        self._column.addLayout(row)

    def _add_fields(self, sides: Sides) -> None:
        differing = [field for field in sides.fields if not field.is_same]
        same = [field for field in sides.fields if field.is_same]
        titles = tuple(side.title for side in sides.sides)
        if differing:
            self._add_heading(self.tr("What differs: choose what is shown; the rest is kept"))
        for field in differing:
            row = FieldRow(field, titles, self)
            row.chosen.connect(self._choose)
            self.rows.append(row)
            self._column.addWidget(row)
        if same:
            self._add_heading(self.tr("The same in both") if len(titles) == 2 else self.tr("The same in all"))
        for field in same:
            self._column.addWidget(SameRow(field, self))

    def _add_heading(self, words: str) -> None:
        self._column.addSpacing(4)
        self._column.addWidget(Words(words, self, size=Size.HEADING, strong=True))

    def _choose(self, name: str, place: int | None) -> None:
        self._chosen[name] = place


class _Sign(QWidget):
    """Whether a reason speaks for or against it. Its colour follows the theme."""

    def __init__(self, *, speaks_for: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._speaks_for = speaks_for
        self.setFixedSize(16, 18)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = colours()
        name, ink = ("check", look.good.ink) if self._speaks_for else ("minus", look.bad.ink)
        QPainter(self).drawPixmap(0, 1, pixmap(name, ink, 16, self.devicePixelRatioF()))


class _Head(QWidget):
    """One record: its title, what hangs on it, and the way to it."""

    def __init__(self, side: Side, *, is_first: bool, view: SidesView, parent: QWidget) -> None:
        super().__init__(parent)
        open_link = LinkButton(self.tr("Open"), Place(side.id), self)
        open_link.setObjectName("openRecord")
        open_link.setAccessibleName(self.tr("Open {title}").format(title=side.title))
        open_link.followed.connect(view.opened)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(open_link)
        pill = Pill(self)
        pill.show_words(self.tr("Stands for all") if is_first else "", colours().note)
        pill.setToolTip(self.tr("Everything is found at this record; the others lead to it."))
        row.addWidget(pill)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(TitleLabel(side.title or "—", self, size=Size.HEADING, strong=True))
        column.addWidget(Words(count_words(side), self, size=Size.CAPTION, muted=True))
        column.addLayout(row)
