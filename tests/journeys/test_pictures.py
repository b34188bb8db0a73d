"""The comparison of pictures: a little noise is let through, a moved word is not."""

from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from tests.journeys.pictures import compare


def painted(*places: QRect, colour: str = "black") -> QImage:
    picture = QImage(400, 200, QImage.Format.Format_RGB32)
    picture.fill(QColor("white"))
    painter = QPainter(picture)
    for place in places:
        painter.fillRect(place, QColor(colour))
    painter.end()
    return picture


@pytest.mark.parametrize("actual", [painted(QRect(20, 20, 15, 15)), painted(QRect(0, 0, 400, 200), colour="#d0d0d0")])
def test_noise_is_let_through(actual: QImage, tmp_path: Path) -> None:
    painted().save(str(tmp_path / "kept.png"))
    compare(actual, tmp_path / "kept.png", tmp_path / "failed")


@pytest.mark.parametrize("actual", [painted(QRect(20, 20, 60, 12)), QImage(400, 201, QImage.Format.Format_RGB32)])
def test_a_word_more_is_told_and_shown(actual: QImage, tmp_path: Path) -> None:
    painted().save(str(tmp_path / "kept.png"))
    with pytest.raises(AssertionError, match=r"kept\.png: .* of the points differ"):
        compare(actual, tmp_path / "kept.png", tmp_path / "failed")
    assert sorted(path.name for path in (tmp_path / "failed").iterdir()) == ["kept-difference.png", "kept.png"]


def test_a_picture_that_nobody_kept_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="update-screens"):
        compare(painted(), tmp_path / "kept.png", tmp_path / "failed")
