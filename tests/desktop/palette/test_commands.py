"""Actions as words."""

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu
from pytestqt.qtbot import QtBot

from desktop.palette.commands import by_group, caption, group_of, meant, shortcut_text, usable


def _add(menu: QMenu | QMainWindow, text: str, keys: str = "") -> QAction:
    action = QAction(text, menu)
    action.setShortcut(keys)
    menu.addAction(action)
    return action


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    window = QMainWindow()
    qtbot.addWidget(window)
    bar = window.menuBar()
    file, edit = bar.addMenu("&File"), bar.addMenu("&Edit")
    recent = file.addMenu("Open &recent")
    _add(file, "&Open…", "Ctrl+O")
    _add(recent, "Sample && more")
    _add(edit, "&Undo “Set title”", "Ctrl+Z")
    return window


def _actions(window: QMainWindow) -> list[QAction]:
    return [action for menu in window.menuBar().findChildren(QMenu) for action in menu.actions()]


def test_words_without_mnemonics() -> None:
    assert caption("Save &as…") == "Save as…"
    assert caption("Research && development") == "Research & development"


def test_the_menus_that_lead_to_it(window: QMainWindow) -> None:
    groups = {caption(action.text()): group_of(action) for action in _actions(window) if not action.menu()}
    assert groups == {"Open…": "File", "Sample & more": "File › Open recent", "Undo “Set title”": "Edit"}


def test_only_what_can_be_used_now(window: QMainWindow) -> None:
    actions = _actions(window)
    assert [caption(action.text()) for action in usable(actions)] == ["Open…", "Sample & more", "Undo “Set title”"]
    for action in actions:
        action.setEnabled(not action.text().startswith("&Open"))
    assert "Open…" not in [caption(action.text()) for action in usable(actions)]


def test_what_somebody_means(window: QMainWindow) -> None:
    actions = usable(_actions(window))
    assert [caption(action.text()) for action in meant(actions, "un tit")] == ["Undo “Set title”"]
    assert [caption(action.text()) for action in meant(actions, "open")] == ["Open…", "Sample & more"]
    assert meant(actions, "itle") == meant(actions, "!") == []


def test_shortcuts_as_they_are_printed(window: QMainWindow) -> None:
    undo = next(action for action in _actions(window) if "Undo" in action.text())
    assert shortcut_text(undo) == undo.shortcut().toString(undo.shortcut().SequenceFormat.NativeText) != ""


def test_groups_have_only_what_has_keys(window: QMainWindow) -> None:
    loose = _add(window, "Next pane", "F6")
    groups = by_group([*_actions(window), loose])
    assert {name: [caption(action.text()) for action in found] for name, found in groups.items()} == {
        "File": ["Open…"], "Edit": ["Undo “Set title”"], "Elsewhere": ["Next pane"],
    }  # fmt: skip
