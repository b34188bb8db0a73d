"""The window's type: Inter, with Noto Sans JP behind it because Inter has no kanji. Sizes in pixels."""

from enum import IntEnum

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

from resources import path

FAMILIES = ["Inter", "Noto Sans JP", "Noto Sans"]
_FILES = [
    "Inter-Regular.ttf",
    "Inter-SemiBold.ttf",
    "Inter-Italic.ttf",
    "NotoSansJP-Regular.ttf",
    "NotoSansJP-SemiBold.ttf",
    "NotoSans-Regular.ttf",
    "NotoSans-Bold.ttf",
]


class Size(IntEnum):
    """The type scale."""

    CAPTION = 12
    BODY = 14
    HEADING = 17
    TITLE = 21


def load_fonts() -> None:
    """Make the bundled fonts known to Qt; once a process."""
    if "Inter" not in QFontDatabase.families():
        for name in _FILES:
            QFontDatabase.addApplicationFont(str(path("fonts") / name))


def font(size: Size = Size.BODY, *, strong: bool = False, italic: bool = False) -> QFont:
    """A font of the scale."""
    made = QFont(FAMILIES)
    made.setPixelSize(size)
    made.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    made.setItalic(italic)
    return made


def in_points(font: QFont) -> QFont:
    """The same size in points: Qt's own dialogs reckon with the application's, and there is none in pixels."""
    made = QFont(font)
    made.setPointSizeF(font.pixelSize() * 72 / QGuiApplication.primaryScreen().logicalDotsPerInchY())
    return made
