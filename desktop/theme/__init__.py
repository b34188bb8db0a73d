"""How the window looks: colours, type, icons and the one style sheet."""

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop.theme.colours import DARK, LIGHT, Colours, Tint, colours, palette_of, status_tint, tint_in_use
from desktop.theme.fonts import Size, font, in_points, load_fonts
from desktop.theme.icons import dress, dress_again, icon, make_primary, pixmap
from desktop.theme.sheet import style_sheet
from resources import path

__all__ = [
    "Colours",
    "Size",
    "Theme",
    "Tint",
    "apply_theme",
    "colours",
    "dress",
    "font",
    "icon",
    "make_primary",
    "pixmap",
    "status_tint",
    "tint_in_use",
]


class Theme(StrEnum):
    """What the user chose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Dress the whole application. QStyleHints.setColorScheme does nothing without a platform theme: hence palettes."""
    load_fonts()
    look = _look(theme)
    app.setStyle("Fusion")
    app.setFont(in_points(font()))
    app.setPalette(palette_of(look))
    app.setStyleSheet(style_sheet(look, _arrow(look)))
    dress_again()


def _look(theme: Theme) -> Colours:
    if theme is Theme.SYSTEM:
        return DARK if QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark else LIGHT
    return DARK if theme is Theme.DARK else LIGHT


def _arrow(look: Colours) -> str:
    """The combo box's arrow, which a style sheet can only take from a file."""
    return path("icons").joinpath(f"arrow-{'dark' if look is DARK else 'light'}.svg").as_posix()
