"""Every control that can be seen has a name, and every pane can be reached without a mouse."""

from pathlib import Path
from shutil import copyfile

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLineEdit
from pytestqt.qtbot import QtBot

from db.models import Agreement, Person, Source
from db.queries.records import list_records
from desktop.app import Application
from desktop.dialogs.new_case import NewCaseDialog
from desktop.forms.dialog import NewRecordDialog
from desktop.main_window import MainWindow
from desktop.navigation import Destination
from desktop.places import Place
from tests.desktop.window.accessible import nameless
from tests.desktop.window.conftest import Opener


@pytest.fixture
def window(qtbot: QtBot, open_window: Opener, sample_file: Path, tmp_path: Path) -> MainWindow:
    return open_window(Path(copyfile(sample_file, tmp_path / "sample.casefile")))


@pytest.mark.parametrize("page", ["list", "review", "duplicates", "search", "history", "briefing"])
def test_every_page_is_named(qtbot: QtBot, window: MainWindow, page: str) -> None:
    window.go(Destination(page, "agreements" if page == "list" else ""))
    qtbot.wait(400)
    assert nameless(window) == []


@pytest.mark.parametrize("cls", [Agreement, Person, Source])
def test_every_record_is_named(qtbot: QtBot, window: MainWindow, cls: type) -> None:
    row = window.live._workspace.read(list_records, cls)[0]
    window.open_place(Place(row.id))
    qtbot.waitUntil(lambda: window.pane.page is not None and window.pane.page.row.id == row.id)
    window.pane.show_evidence("title" if cls is not Person else "name")
    qtbot.wait(400)
    assert nameless(window.pane) == []


def test_dialogs_and_welcome_are_named(qtbot: QtBot, window: MainWindow, application: Application) -> None:
    application.welcome.show()
    assert nameless(application.welcome) == []
    dialog = NewRecordDialog(window.live, Agreement, parent=window)
    dialog.open()
    case = NewCaseDialog(window)
    case.open()
    assert nameless(dialog) == []
    assert nameless(case) == []
    for each in (dialog, case):
        each.close()


def test_f6_cycles_through_the_panes(qtbot: QtBot, window: MainWindow) -> None:
    row = window.live._workspace.read(list_records, Agreement)[0]
    window.open_place(Place(row.id))
    qtbot.waitUntil(lambda: window.pane.page is not None)
    window.activateWindow()
    seen = []
    for _ in range(4):
        qtbot.keyClick(window, Qt.Key.Key_F6)
        focused = QApplication.focusWidget()
        assert focused is not None
        seen.append(
            next(name for name in ("navigation", "frame", "pane") if getattr(window, name).isAncestorOf(focused))
        )
    assert set(seen) == {"navigation", "frame", "pane"}
    assert seen[0] == seen[3]


def test_f6_leaves_what_belongs_to_whom(qtbot: QtBot, window: MainWindow) -> None:
    """A walk along the chain of focus made PySide forget whatever Qt had made in a window."""
    box = QDialogButtonBox(window)
    button = box.addButton("Add", QDialogButtonBox.ButtonRole.AcceptRole)
    last = QLineEdit(window)
    window.activateWindow()
    for _ in range(6):
        qtbot.keyClick(window, Qt.Key.Key_F6)
    last.deleteLater()
    qtbot.waitUntil(lambda: not shiboken6.isValid(last))
    assert shiboken6.isValid(button)
