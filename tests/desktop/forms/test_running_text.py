"""Running text is as high as it needs to be, and scrolls from a limit on."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.forms.editors import RunningText
from desktop.theme import Theme, apply_theme


class _Counting(RunningText):
    """Counts how often it changes its size, and gives up in the end."""

    count = 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.count += 1
        if self.count < 100:
            super().resizeEvent(event)


@pytest.fixture
def dressed(qapp: QApplication) -> Iterator[None]:
    """The program's own type and margins."""
    before = qapp.font(), qapp.palette(), qapp.styleSheet()
    apply_theme(qapp, Theme.LIGHT)
    yield
    qapp.setFont(before[0])
    qapp.setPalette(before[1])
    qapp.setStyleSheet(before[2])


def test_it_finds_its_height(qtbot: QtBot, qapp: QApplication, dressed: None) -> None:
    """Where one line more or less decided over a scroll bar, and the bar over that line, the window stood still."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    text = _Counting(page)
    column.addWidget(text)
    column.addStretch(1)
    qtbot.addWidget(page)
    page.resize(572, 400)
    page.show()
    text.setPlainText(f"{'a' * 268}防衛装備品日本国{'a' * 32}{'status:signed, party:NO, is:uncited ' * 2}")
    text.moveCursor(QTextCursor.MoveOperation.End)
    for _ in range(80):
        qtbot.keyClick(text, Qt.Key.Key_Backspace)
        qapp.processEvents()
    assert text.count < 100


def test_it_scrolls_from_its_limit_on(qtbot: QtBot) -> None:
    text = RunningText()
    qtbot.addWidget(text)
    text.show()
    bars = []
    for lines in (3, 40, 3):
        text.setPlainText("One line.\n" * lines)
        bars.append((text.verticalScrollBar().isVisible(), text.height() == 260))
    assert bars == [(False, False), (True, True), (False, False)]
