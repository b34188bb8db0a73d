"""How files come to be open in windows: welcome, author, sample, recent files, refusals, locks."""

import sys
from pathlib import Path
from shutil import copyfile
from subprocess import Popen

from PySide6.QtCore import Qt
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from db.opening import open_case
from db.trust import Trust
from desktop.app import Application
from desktop.dialogs.author import AuthorDialog
from desktop.dialogs.new_case import NewCaseDialog
from desktop.dialogs.trouble import TroubleBox
from desktop.files import RecentMenu
from desktop.instance import Instance, hand_over
from desktop.pages.welcome import RecentRow
from desktop.recent import recent_files
from desktop.settings import known_editor
from tests.desktop.command_line import ROOT
from tests.desktop.finding import child, open_dialogs
from tests.desktop.window.conftest import Opener


def test_without_a_file_somebody_is_welcomed(qtbot: QtBot, application: Application) -> None:
    application.start([])
    assert application.welcome.isVisible()
    assert application.welcome.findChildren(RecentRow) == []


def test_the_author_is_asked_once_and_then_the_sample_opens(qtbot: QtBot, qapp: QApplication) -> None:
    program = Application(qapp)
    program.start([])
    qtbot.mouseClick(child(program.welcome, QPushButton, "welcomeSample"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(open_dialogs(AuthorDialog)))
    dialog = open_dialogs(AuthorDialog)[0]
    child(dialog, QLineEdit, "authorName").setText("Kari Nordmann")
    qtbot.mouseClick(child(dialog, QPushButton, "continue"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(program.windows), timeout=20_000)
    author = known_editor()
    assert author is not None
    assert author.name == "Kari Nordmann"
    window = program.windows[0]
    qtbot.waitUntil(lambda: "Japan–Norway" in window.windowTitle())
    assert "TLP:" in window.windowTitle()
    assert not program.welcome.isVisible()
    path = window.live.path
    window.close()
    assert program.welcome.isVisible()
    program.open_sample()
    qtbot.waitUntil(lambda: bool(program.windows), timeout=20_000)
    assert open_dialogs(AuthorDialog) == []
    assert program.windows[0].live.path == path
    program.windows[0].close()
    program.welcome.close()
    program.deleteLater()


def test_a_new_case_file_is_described_and_then_written(qtbot: QtBot, application: Application, tmp_path: Path) -> None:
    application.start([])
    application.new_case()
    qtbot.waitUntil(lambda: bool(open_dialogs(NewCaseDialog)))
    dialog = open_dialogs(NewCaseDialog)[0]
    go = child(dialog, QPushButton, "choosePlace")
    assert not go.isEnabled()
    qtbot.keyClicks(dialog.title, "Baltic case")
    with qtbot.waitSignal(dialog.described) as described:
        dialog.described.disconnect(application._ask_place)
        qtbot.mouseClick(go, Qt.MouseButton.LeftButton)
    assert described.args == [{"title": "Baltic case", "default_marking": "AMBER"}]
    application._values = described.args[0]
    application.create_case(tmp_path / "baltic.casefile")
    qtbot.waitUntil(lambda: bool(application.windows), timeout=20_000)
    qtbot.waitUntil(lambda: "Baltic case" in application.windows[0].windowTitle())
    assert "TLP:AMBER" in application.windows[0].windowTitle()


def test_a_file_that_is_open_is_shown_and_not_opened_twice(
    application: Application, open_window: Opener, sample_file: Path, tmp_path: Path
) -> None:
    path = Path(copyfile(sample_file, tmp_path / "a.casefile"))
    window = open_window(path)
    application.open_case(path)
    assert application.windows == [window]
    assert recent_files(application.settings) == [path]


def test_who_holds_a_file_is_named_and_it_can_be_read(
    qtbot: QtBot, open_window: Opener, sample_file: Path, tmp_path: Path
) -> None:
    path = Path(copyfile(sample_file, tmp_path / "held.casefile"))
    holder = open_case(path, Trust(tmp_path / "other"), writable=True)
    try:
        window = open_window(path)
        assert not window.live.is_writable
        assert "process" in window.live.holder
        mode = child(window.status, QLabel, "mode")
        assert "read only" in mode.text()
        assert "process" in mode.text()
        assert not window.menus._window.undoing.undo_action.isEnabled()
    finally:
        assert holder.lock is not None
        holder.engine.dispose()
        holder.lock.release()


def test_what_is_no_case_file_is_refused_in_words(qtbot: QtBot, application: Application, tmp_path: Path) -> None:
    path = tmp_path / "letter.casefile"
    path.write_text("Dear colleague,")
    application.start([path])
    qtbot.waitUntil(lambda: bool(open_dialogs(TroubleBox)), timeout=20_000)
    box = open_dialogs(TroubleBox)[0]
    assert "letter.casefile" in box.text()
    assert "Traceback" not in box.informativeText()
    assert application.welcome.isVisible()
    box.close()


def test_a_bug_reaches_a_dialog_that_can_be_copied(qtbot: QtBot, application: Application) -> None:
    try:
        raise RuntimeError("a fault of ours")
    except RuntimeError as error:
        application.report(type(error), error, error.__traceback__)
    box = open_dialogs(TroubleBox)[0]
    qtbot.mouseClick(child(box, QPushButton, "copyDetails"), Qt.MouseButton.LeftButton)
    assert "a fault of ours" in QApplication.clipboard().text()
    assert "Traceback" in QApplication.clipboard().text()
    box.close()


SECOND = "import sys, pathlib, desktop.instance as i; sys.exit(not i.hand_over([pathlib.Path(sys.argv[1])]))"


def test_a_second_start_hands_its_files_to_the_first(qtbot: QtBot, tmp_path: Path) -> None:
    instance = Instance()
    assert instance.take()
    with qtbot.waitSignal(instance.asked, timeout=20_000) as asked:
        second = Popen([sys.executable, "-c", SECOND, str(tmp_path / "a.casefile")], cwd=ROOT)
    assert asked.args == [[tmp_path / "a.casefile"]]
    assert second.wait(timeout=20) == 0


def test_without_a_first_nobody_takes_the_files(tmp_path: Path) -> None:
    assert not hand_over([tmp_path / "a.casefile"])


def test_recent_files_stand_in_the_menu_and_can_be_forgotten(
    qtbot: QtBot, application: Application, open_window: Opener, sample_file: Path, tmp_path: Path
) -> None:
    path = Path(copyfile(sample_file, tmp_path / "lately.casefile"))
    window = open_window(path)
    (menu,) = window.findChildren(RecentMenu)
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()] == ["lately.casefile"]
    window.close()
    (row,) = application.welcome.findChildren(RecentRow)
    row.forgotten.emit(path)
    assert recent_files(application.settings) == []


def test_a_file_that_the_desktop_sends_is_opened(
    qtbot: QtBot, qapp: QApplication, application: Application, sample_file: Path, tmp_path: Path
) -> None:
    path = Path(copyfile(sample_file, tmp_path / "sent.casefile"))
    assert qapp.sendEvent(qapp, QFileOpenEvent(str(path)))
    qtbot.waitUntil(lambda: bool(application.windows), timeout=20_000)
    assert application.windows[0].live.path == path
