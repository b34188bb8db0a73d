"""The list of shortcuts."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialogButtonBox, QLineEdit, QMainWindow
from pytestqt.qtbot import QtBot

from desktop.palette.shortcuts import ShortcutList


def test_all_by_menu_and_narrowed_by_words_and_keys(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    menus = [window.menuBar().addMenu(name) for name in ("&File", "&Edit")]
    for menu, text, keys in (
        (0, "&Open…", "Ctrl+O"),
        (0, "&Print…", "Ctrl+P"),
        (1, "&Undo", "Ctrl+Z"),
        (1, "No key", ""),
    ):
        action = QAction(text, window)
        action.setShortcut(keys)
        menus[menu].addAction(action)
    shown = ShortcutList([action for menu in menus for action in menu.actions()], window)
    shown.open()
    assert shown.rows() == [("File", "Open…", "Ctrl+O"), ("File", "Print…", "Ctrl+P"), ("Edit", "Undo", "Ctrl+Z")]
    line = shown.findChild(QLineEdit)
    assert line is not None
    qtbot.keyClicks(line, "ctrl+z")
    assert shown.rows() == [("Edit", "Undo", "Ctrl+Z")]
    qtbot.keyClicks(line, "zz")
    assert shown.rows() == []
    buttons = shown.findChild(QDialogButtonBox)
    assert buttons is not None
    with qtbot.waitSignal(shown.destroyed):
        qtbot.mouseClick(buttons.button(QDialogButtonBox.StandardButton.Close), Qt.MouseButton.LeftButton)
