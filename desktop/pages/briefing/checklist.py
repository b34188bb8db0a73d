"""Before you print: what to look at, beside the preview. Nothing of it keeps anybody from printing."""

from itertools import groupby
from uuid import UUID

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from desktop.places import Place
from desktop.printing.checks import Check, Point
from desktop.theme import Size, font
from desktop.widgets.labels import Words

_PLACE = Qt.ItemDataRole.UserRole
_ROW = QSize(0, 26)


class CheckList(QWidget):
    """Points in groups; each leads to its place."""

    opened = Signal(object)
    """A Place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(220)
        self._heading = Words(self.tr("Before you print"), self, size=Size.HEADING, strong=True)
        self._note = Words("", self, muted=True, size=Size.CAPTION)
        self._note.setObjectName("briefingCheckNote")
        self.view = _Points(self)
        self.view.itemClicked.connect(self._open)
        self.view.entered_by_key.connect(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 8, 8)
        column.setSpacing(4)
        column.addWidget(self._heading)
        column.addWidget(self._note)
        column.addSpacing(4)
        column.addWidget(self.view, 1)
        self.setFocusProxy(self.view)

    def show_check(self, check: Check) -> None:
        """Show what there is to look at."""
        if not check.count:
            self._note.setText(self.tr("Nothing stands weakly here."))
        elif check.count > len(check.points):
            words = self.tr("The first {shown} of {count} points. You can print all the same.")
            self._note.setText(words.format(shown=f"{len(check.points):,}", count=f"{check.count:,}"))
        else:
            words = self.tr("{count} points. You can print all the same.")
            one = self.tr("1 point. You can print all the same.")
            self._note.setText(one if check.count == 1 else words.format(count=check.count))
        closed = {item.data(0, _PLACE) for item in self._groups() if not item.isExpanded()}
        self.view.clear()
        for heading, points in groupby(check.points, key=lambda point: point.heading):
            self._add(heading, list(points), is_open=heading not in closed)

    def _groups(self) -> list[QTreeWidgetItem]:
        found = (self.view.topLevelItem(row) for row in range(self.view.topLevelItemCount()))
        return [item for item in found if item is not None]

    def _add(self, heading: str, points: list[Point], *, is_open: bool) -> None:
        group = QTreeWidgetItem(self.view, [f"{heading}  {len(points)}"])
        group.setData(0, _PLACE, heading)
        group.setSizeHint(0, _ROW)
        group.setFont(0, font(strong=True))
        for point in points:
            item = QTreeWidgetItem(group, [point.text or point.detail])
            item.setSizeHint(0, _ROW)
            item.setToolTip(0, "\n".join(part for part in (point.text, point.detail) if part))
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{heading}: {point.text}. {point.detail}")
            if point.record is not None:
                item.setData(0, _PLACE, Place(point.record, point.field))
        group.setExpanded(is_open)

    def _open(self, item: QTreeWidgetItem) -> None:
        place = item.data(0, _PLACE)
        if isinstance(place, Place) and isinstance(place.record, UUID):
            self.opened.emit(place)


class _Points(QTreeWidget):
    """A tree of one column, in which Return opens what is chosen."""

    entered_by_key = Signal(QTreeWidgetItem)
    """Return was pressed on an item."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("briefingChecks")
        self.setAccessibleName(self.tr("Before you print"))
        self.setHeaderHidden(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformRowHeights(True)
        self.setIndentation(16)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            if item.childCount():
                item.setExpanded(not item.isExpanded())
            else:
                self.entered_by_key.emit(item)
        else:
            super().keyPressEvent(event)
