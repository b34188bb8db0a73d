"""The preview: zoom, pages, keys, and pictures that stay until better ones have come."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.pages.briefing.preview import SheetPreview
from desktop.pages.briefing.zoom import Fit, Zoom
from desktop.printing.pages import Picture, Strip

A4 = (595.28, 841.89)


def painted(strip: Strip, colour: bytes) -> Picture:
    """A strip all in one colour, given as blue, green, red."""
    return Picture(strip, (colour + b"\xff") * (strip.width * strip.rows))


@pytest.fixture
def preview(qtbot: QtBot) -> SheetPreview:
    """Three pages in a window, with nothing drawn yet."""
    preview = SheetPreview()
    qtbot.addWidget(preview)
    preview.resize(700, 500)
    preview.show()
    preview.show_sheet((A4,) * 3)
    return preview


def wanted_by(preview: SheetPreview, qtbot: QtBot) -> tuple[Strip, ...]:
    with qtbot.waitSignal(preview.strips_wanted) as asked:
        preview.show_sheet((A4,) * 3)
    strips: tuple[Strip, ...] = asked.args[0]
    return strips


def colour_at(preview: SheetPreview) -> QColor:
    return preview.viewport().grab().toImage().pixelColor(preview.viewport().rect().center())


def test_it_asks_for_what_is_in_sight_in_the_pixels_of_the_screen(preview: SheetPreview, qtbot: QtBot) -> None:
    strips = wanted_by(preview, qtbot)
    assert strips[0].page == 0
    assert strips[0].width == preview.viewport().width() - 48
    assert not preview.is_drawn
    for strip in strips:
        preview.show_picture(painted(strip, b"\x00\x00\xff"))
    assert preview.is_drawn
    assert colour_at(preview) == QColor("red")


def test_an_old_picture_stays_until_a_new_one_has_come(preview: SheetPreview, qtbot: QtBot) -> None:
    for strip in wanted_by(preview, qtbot):
        preview.show_picture(painted(strip, b"\x00\x00\xff"))
    strips = wanted_by(preview, qtbot)
    assert colour_at(preview) == QColor("red")
    assert not preview.is_drawn
    preview.show_picture(painted(strips[0], b"\xff\x00\x00"))
    assert colour_at(preview) == QColor("blue")


def test_a_larger_size_is_drawn_from_the_smaller_until_it_is_there(preview: SheetPreview, qtbot: QtBot) -> None:
    for strip in wanted_by(preview, qtbot):
        preview.show_picture(painted(strip, b"\x00\x00\xff"))
    with qtbot.waitSignal(preview.strips_wanted) as asked:
        preview.set_zoom(Zoom(Fit.NOTHING, 2.0))
    assert colour_at(preview) == QColor("red")
    for strip in asked.args[0]:
        preview.show_picture(painted(strip, b"\xff\x00\x00"))
    assert colour_at(preview) == QColor("blue")


def test_pale_pages_and_none(preview: SheetPreview, qtbot: QtBot) -> None:
    for strip in wanted_by(preview, qtbot):
        preview.show_picture(painted(strip, b"\x00\x00\x00"))
    preview.dim(True)
    assert 100 < colour_at(preview).lightness() < 200
    preview.clear()
    assert preview.page_count == 0
    assert "no sheet" in preview.accessibleName()
    assert colour_at(preview).lightness() not in (0, 255)


def test_what_is_in_the_middle_stays_there_when_the_size_changes(preview: SheetPreview) -> None:
    preview.go_to_page(1)
    bar = preview.verticalScrollBar()
    bar.setValue(bar.value() + 200)
    share = (bar.value() + 250) / (bar.maximum() + preview.viewport().height())
    preview.zoom_in()
    preview.zoom_in()
    assert abs((bar.value() + 250) / (bar.maximum() + preview.viewport().height()) - share) < 0.01


def test_pages_by_key_and_by_name(preview: SheetPreview, qtbot: QtBot) -> None:
    preview.fit_page()
    for key, page in (
        (Qt.Key.Key_PageDown, 1),
        (Qt.Key.Key_PageDown, 2),
        (Qt.Key.Key_PageDown, 2),
        (Qt.Key.Key_PageUp, 1),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_End, 2),
    ):
        qtbot.keyClick(preview, key)
        assert preview.page == page
        assert f"page {page + 1} of 3" in preview.accessibleName()


def test_a_page_is_read_screen_by_screen_when_it_is_large(preview: SheetPreview, qtbot: QtBot) -> None:
    preview.set_zoom(Zoom(Fit.NOTHING, 2.0))
    bar = preview.verticalScrollBar()
    bar.setValue(0)
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_Space):
        before = bar.value()
        qtbot.keyClick(preview, key)
        assert before < bar.value() < before + preview.viewport().height()
    assert preview.page == 0
    qtbot.keyClick(preview, Qt.Key.Key_PageUp)
    qtbot.keyClick(preview, Qt.Key.Key_PageUp)
    assert bar.value() == 0


def test_the_wheel_zooms_with_the_control_key(preview: SheetPreview, qtbot: QtBot) -> None:
    where = QPointF(preview.viewport().rect().center())
    with qtbot.waitSignal(preview.zoom_changed) as changed:
        QApplication.sendEvent(
            preview.viewport(),
            QWheelEvent(
                where,
                preview.viewport().mapToGlobal(where),
                QPoint(),
                QPoint(0, 120),
                Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.ControlModifier,
                Qt.ScrollPhase.NoScrollPhase,
                False,
            ),
        )
    assert changed.args[0].fit is Fit.NOTHING
    assert preview.zoom == changed.args[0]


def test_a_wider_window_makes_wider_pages(preview: SheetPreview, qtbot: QtBot) -> None:
    with qtbot.waitSignal(preview.strips_wanted) as asked:
        preview.resize(900, 500)
    assert asked.args[0][0].width == preview.viewport().width() - 48
