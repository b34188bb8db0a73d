"""Icons: Lucide outlines, tinted with the colours in use."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton

from desktop.theme.colours import colours
from resources import path

_PROPERTY = "iconName"
_GAP = "\u2002"
"""Qt puts an icon right at its text; an en space keeps them apart."""


def icon(name: str, colour: str = "") -> QIcon:
    """An icon by its Lucide name, in a colour or in that of text; paler where it is disabled."""
    look = colours()
    scales = {screen.devicePixelRatio() for screen in QGuiApplication.screens()} | {1.0}
    return _icon(name, colour or look.muted, look.border, frozenset(scales))


@lru_cache(maxsize=500)
def _icon(name: str, enabled: str, disabled: str, scales: frozenset[float]) -> QIcon:
    made = QIcon()
    for mode, tint in ((QIcon.Mode.Normal, enabled), (QIcon.Mode.Disabled, disabled)):
        for scale in scales:
            made.addPixmap(pixmap(name, tint, scale=scale), mode)
    return made


@lru_cache(maxsize=2_000)
def pixmap(name: str, colour: str, size: int = 16, scale: float = 1) -> QPixmap:
    """An icon as a picture of so many logical pixels."""
    drawn = QPixmap(QSize(round(size * scale), round(size * scale)))
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    _renderer(name, colour).render(painter, QRectF(drawn.rect()))
    painter.end()
    drawn.setDevicePixelRatio(scale)
    return drawn


def dress(target: QAction | QAbstractButton, name: str) -> None:
    """Give an action or a button an icon that follows the theme."""
    target.setProperty(_PROPERTY, name)
    target.setIcon(icon(name, _colour_on(target)))
    if isinstance(target, QPushButton) and target.text().strip() == target.text() != "":
        target.setAccessibleName(target.accessibleName() or target.text())
        target.setText(f"{_GAP}{target.text()}")


def make_primary(button: QPushButton) -> None:
    """Let a button stand out as what is done next. One that was polished before would stay plain."""
    button.setProperty("primary", True)
    button.style().unpolish(button)
    button.style().polish(button)


def dress_again() -> None:
    """Tint all icons anew, after the colours have changed."""
    for widget in QApplication.allWidgets():
        for target in (widget, *widget.actions()):
            name = target.property(_PROPERTY)
            if name and isinstance(target, QAction | QAbstractButton):
                target.setIcon(icon(name, _colour_on(target)))


def _colour_on(target: QAction | QAbstractButton) -> str:
    return colours().on_accent if target.property("primary") else ""


@lru_cache(maxsize=500)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    text = path("icons").joinpath(f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(text.replace("currentColor", colour).encode()))
