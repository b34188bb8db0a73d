"""Pictures of windows: taken once nothing moves any more, and compared with a little tolerance.

Letters are smoothed a little differently by each version of FreeType: so a point counts as different only where it
is clearly so, and a few such points are allowed. A missing word or a moved line is many more.
"""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

CLEARLY = 72
"""Levels of 255 by which a colour has to differ to count."""
ALLOWED = 0.004
"""The share of points that may differ."""
_STILL = 3
"""Pictures in a row that have to be the same."""
_PAUSE = 150


def take(qtbot: QtBot, window: QWidget, hidden: Iterable[QWidget] = ()) -> QImage:
    """A picture of a window that has come to rest; what changes from day to day is painted over."""
    last, same = QImage(), 0
    for _ in range(100):
        picture = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        same = same + 1 if picture == last else 0
        if same == _STILL:
            return _without(picture, [_place(widget, window) for widget in hidden])
        last = picture
        qtbot.wait(_PAUSE)
    raise AssertionError("the window does not come to rest")


def difference(actual: QImage, expected: QImage) -> tuple[float, QImage]:
    """The share of points that clearly differ, and where they are, in red over the pale picture."""
    if actual.size() != expected.size():
        return 1.0, actual
    told = actual.copy()
    painter = QPainter(told)
    painter.fillRect(told.rect(), QColor(255, 255, 255, 190))
    painter.setPen(QColor("red"))
    count = 0
    ours, theirs = bytes(actual.constBits()), bytes(expected.constBits())
    width = actual.width()
    for place in _unlike(ours, theirs):
        count += 1
        painter.drawPoint(QPoint(place % width, place // width))
    painter.end()
    return count / (width * actual.height()), told


def compare(actual: QImage, path: Path, failed: Path) -> None:
    """Fail where a picture is not the one that is kept, and leave both and the difference in a folder to look at."""
    expected = QImage(str(path)).convertToFormat(QImage.Format.Format_RGB32)
    assert not expected.isNull(), f"no picture {path.name} is kept: look at it with --update-screens"
    share, told = difference(actual, expected)
    if share > ALLOWED:
        failed.mkdir(parents=True, exist_ok=True)
        actual.save(str(failed / path.name))
        told.save(str(failed / f"{path.stem}-difference.png"))
        raise AssertionError(f"{path.name}: {share:.2%} of the points differ; see {failed}")


def _unlike(ours: bytes, theirs: bytes) -> Iterable[int]:
    """Numbers of the points that clearly differ; stretches that are the same are passed over at once."""
    stretch = 4_096
    for start in range(0, len(ours), stretch):
        a, b = ours[start : start + stretch], theirs[start : start + stretch]
        if a != b:
            for offset in range(0, len(a), 4):
                if any(abs(a[offset + n] - b[offset + n]) > CLEARLY for n in range(3)):
                    yield (start + offset) // 4


def _without(picture: QImage, places: Iterable[QRect]) -> QImage:
    painter = QPainter(picture)
    for place in places:
        painter.fillRect(place, QColor("gray"))
    painter.end()
    return picture


def _place(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
