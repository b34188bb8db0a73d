"""One field of records side by side: what differs as values to choose from, what is the same as one quiet line."""

import math
from html import escape

from PySide6.QtCore import QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from db.duplicates.sides import FieldSides
from db.merging.words import Fate, word_difference
from desktop.forms.captions import field_label
from desktop.theme import Size, colours, font, pixmap
from desktop.widgets.columns import WIDE, ColumnsLayout
from desktop.widgets.labels import ElidedLabel, Words

LEAST = 216
"""Pixels that a value needs: below twice that, records stand under each other."""
MOST = 3
"""Records side by side; more of them go on in the next line."""
LABEL = 128
_PADDING = 10
_ICON = 16
_LONGEST = 600
_LEFT = _PADDING + _ICON + 8


class ValueButton(QRadioButton):
    """A value that can be chosen: a radio button as a box with all its words."""

    def __init__(self, text: str, about: str, parent: QWidget | None = None, other: str = "") -> None:
        """`other` is the value beside it: the words that this one alone has are marked."""
        super().__init__(parent)
        self.words = text or "—"
        self._marks = _odd_words(other, text) if text and other else []
        self._shown = self.words if len(self.words) <= _LONGEST else self.words[: _LONGEST - 1].rstrip() + "…"
        self.setAccessibleName(f"{about}: {text or self.tr('nothing')}")
        if self._shown != self.words:
            self.setToolTip(f"<qt>{escape(self.words[:5_000])}</qt>")
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._layouts: dict[int, QTextLayout] = {}
        """By width: a page asks for heights many times over."""

    def hitButton(self, place: QPoint) -> bool:
        return self.rect().contains(place)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(math.ceil(self._layout(width).boundingRect().height()), _ICON) + 2 * _PADDING - 2

    def sizeHint(self) -> QSize:
        return QSize(LEAST, self.heightForWidth(max(self.width(), LEAST)))

    def minimumSizeHint(self) -> QSize:
        return QSize(48, 2 * _PADDING + self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = colours(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        edge = look.accent if chosen or self.hasFocus() else look.border
        painter.setPen(QColor(edge))
        painter.setBrush(QColor(look.selected if chosen else look.hover if self.underMouse() else look.field))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), 6, 6)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(2, 2, -3, -3), 5, 5)
        icon = pixmap("circle-check" if chosen else "circle", look.accent if chosen else look.faint, _ICON,
                      self.devicePixelRatioF())  # fmt: skip
        painter.drawPixmap(_PADDING, _PADDING, icon)
        painter.setPen(QColor(look.text if chosen else look.muted))
        marks = [_marked(start, length) for start, length in self._marks]
        self._layout(self.width()).draw(painter, QPointF(_LEFT, _PADDING - 1), marks)

    def _layout(self, width: int) -> QTextLayout:
        """The words in lines, for a button of some width."""
        if width not in self._layouts:
            layout = QTextLayout(self._shown.replace("\n", "\u2028"), font())
            option = QTextOption()
            option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
            layout.setTextOption(option)
            layout.beginLayout()
            top = 0.0
            while (line := layout.createLine()).isValid():
                line.setLineWidth(max(width - _LEFT - _PADDING, 24))
                line.setPosition(QPointF(0, top))
                top += line.height()
            layout.endLayout()
            self._layouts[width] = layout
        return self._layouts[width]


class FieldRow(QWidget):
    """A field that differs. `chosen` tells its name and whose value is to be shown: None puts them together."""

    chosen = Signal(str, object)

    def __init__(self, about: FieldSides, titles: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.about = about
        self.setObjectName(f"field-{about.name}")
        label = field_label(about.name)
        self.buttons: dict[int | None, ValueButton] = {}
        values = QWidget(self)
        cells = ColumnsLayout(values, least=LEAST, most=min(len(titles), MOST), gap=12)
        if about.together:
            self._add(cells, values, None, about.together, self.tr("{field}, together").format(field=label))
        for place, (text, title) in enumerate(zip(about.texts, titles, strict=True)):
            other = about.texts[1 - place] if len(titles) == 2 else ""
            self._add(cells, values, place, text, self.tr("{field} of {title}").format(field=label, title=title), other)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(ElidedLabel(label, self, size=Size.CAPTION, strong=True))
        column.addWidget(values)
        self.buttons[about.shown].setChecked(True)

    def _add(
        self, cells: ColumnsLayout, parent: QWidget, place: int | None, text: str, about: str, other: str = ""
    ) -> None:
        button = ValueButton(text, about, parent, other)
        button.setObjectName(f"value-{'together' if place is None else place}")
        button.setProperty(WIDE, place is None)
        button.setEnabled(self.about.can_choose)
        button.toggled.connect(self._report)
        self.buttons[place] = button
        cells.addWidget(button)

    def _report(self, is_checked: bool) -> None:
        if is_checked:
            place = next(place for place, button in self.buttons.items() if button.isChecked())
            self.chosen.emit(self.about.name, place)


class SameRow(QWidget):
    """A field that says the same everywhere."""

    def __init__(self, about: FieldSides, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        label = ElidedLabel(field_label(about.name), self, size=Size.CAPTION, muted=True)
        label.setFixedWidth(LABEL)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(label, alignment=Qt.AlignmentFlag.AlignTop)
        text = about.texts[0]
        shown = text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
        row.addWidget(Words(shown, self, muted=True, selectable=True), 1)


def _odd_words(other: str, text: str) -> list[tuple[int, int]]:
    """Where the words stand that another text lacks, in UTF-16 units; nowhere if they have little in common."""
    marks, place, common = [], 0, 0
    for each in word_difference(other[:_LONGEST], text[:_LONGEST]):
        if each.fate is Fate.GONE:
            continue
        length = len(each.text.encode("utf-16-le", "surrogatepass")) // 2
        if each.fate is Fate.ADDED:
            marks.append((place, length))
        else:
            common += length
        place += length
    return marks if 2 * common >= place else []


def _marked(start: int, length: int) -> QTextLayout.FormatRange:
    mark = QTextLayout.FormatRange()
    mark.start, mark.length = start, length
    mark.format.setBackground(QColor(colours().highlight))
    mark.format.setForeground(QColor(colours().text))
    return mark
