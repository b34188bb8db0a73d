"""The type scale, and what Qt's own dialogs make of it."""

import sys

import pytest
from PySide6.QtGui import QFontInfo
from PySide6.QtPrintSupport import QPageSetupDialog, QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.theme import Size, Theme, apply_theme


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    apply_theme(qapp, Theme.LIGHT)


def test_the_application_font_is_as_large_as_the_scale_says(qapp: QApplication) -> None:
    assert qapp.font().pointSizeF() > 0
    assert QFontInfo(qapp.font()).pixelSize() == Size.BODY


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have a dialog of their own")
@pytest.mark.qt_log_ignore("Cannot be used on non-native printers")
def test_qt_draws_its_preview_of_a_page_without_a_warning(qtbot: QtBot) -> None:
    printer = QPrinter()
    dialog = QPageSetupDialog(printer)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.grab().isNull()
