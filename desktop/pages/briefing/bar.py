"""The row above the preview: which page is in sight, and how large it is."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QToolButton, QWidget

from desktop.pages.briefing.zoom import OFFERED, Fit, Zoom


class PreviewBar(QWidget):
    """Shows actions as buttons, and reports a size that was chosen."""

    zoom_chosen = Signal(object)
    """Zoom."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._page = QLabel(self)
        self._page.setObjectName("briefingPageNumber")
        self._busy = QLabel(self.tr("Updating…"), self)
        self._busy.setObjectName("briefingBusy")
        self._busy.setProperty("muted", True)
        self._busy.hide()
        self._zoom = QComboBox(self)
        self._zoom.setObjectName("briefingZoom")
        self._zoom.setAccessibleName(self.tr("Zoom"))
        self._zoom.view().setAccessibleName(self.tr("Zoom"))
        self._zoom.setMinimumContentsLength(9)
        self._zooms = [Zoom(Fit.WIDTH), Zoom(Fit.PAGE), *(Zoom(Fit.NOTHING, factor) for factor in OFFERED)]
        for zoom in self._zooms:
            self._zoom.addItem(self._zoom_words(zoom))
        self._zoom.activated.connect(self._choose)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 8, 16, 8)
        self._row.setSpacing(4)

    def arrange(
        self,
        turning: tuple[QAction, ...],
        reading: tuple[QAction, ...],
        sizing: tuple[QAction, QAction],
        checks: QAction,
    ) -> None:
        """Put the buttons of these actions in their places."""
        for action in turning:
            self._row.addWidget(self._tool(action))
        self._row.addSpacing(8)
        self._row.addWidget(self._page)
        self._row.addSpacing(16)
        self._row.addWidget(self._busy)
        self._row.addStretch(1)
        for action in reading:
            self._row.addWidget(self._tool(action))
        self._row.addSpacing(8)
        self._row.addWidget(self._tool(sizing[0]))
        self._row.addWidget(self._zoom)
        self._row.addWidget(self._tool(sizing[1]))
        self._row.addSpacing(8)
        self._checks = self._tool(checks)
        self._checks.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._row.addWidget(self._checks)
        self.show_count(0)

    def show_count(self, count: int) -> None:
        """Say how much there is to look at before printing."""
        self._checks.setText(f"{count:,}")
        words = self.tr("Before you print: {count} points to look at").format(count=f"{count:,}")
        self._checks.setAccessibleName(words)
        self._checks.setToolTip(words)

    def show_page(self, page: int, pages: int) -> None:
        """Say which page is in sight."""
        self._page.setText(self.tr("Page {page} of {pages}").format(page=page + 1, pages=pages) if pages else "")

    def show_zoom(self, zoom: Zoom, factor: float) -> None:
        """Say how large the pages are."""
        row = next((row for row, each in enumerate(self._zooms) if each == zoom or self._is_same(each, zoom)), -1)
        self._zoom.setCurrentIndex(row)
        self._zoom.setPlaceholderText(self._percent(factor))
        self._zoom.setToolTip(self._percent(factor))

    def show_busy(self, busy: bool) -> None:
        """Say that a newer sheet is in the making."""
        self._busy.setVisible(busy)

    def _is_same(self, one: Zoom, other: Zoom) -> bool:
        return one.fit is other.fit and one.fit is not Fit.NOTHING

    def _zoom_words(self, zoom: Zoom) -> str:
        match zoom.fit:
            case Fit.WIDTH:
                return self.tr("Fit width")
            case Fit.PAGE:
                return self.tr("Fit page")
        return self._percent(zoom.factor)

    def _percent(self, factor: float) -> str:
        return self.tr("{percent}%").format(percent=round(factor * 100))

    def _choose(self, row: int) -> None:
        self.zoom_chosen.emit(self._zooms[row])

    def _tool(self, action: QAction) -> QToolButton:
        button = QToolButton(self)
        button.setDefaultAction(action)
        button.setIconSize(QSize(16, 16))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(action.text())
        return button
