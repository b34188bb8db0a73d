"""The command palette, by its keys."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from db.models import Note, OtherName
from db.operations.records import add_record, delete_record
from desktop.palette.palette import Palette
from desktop.palette.recents import Recents
from desktop.places import Place
from desktop.search_index import SearchIndex
from desktop.widgets.marked import plain_text
from tests.desktop.conftest import SmallCase


@dataclass
class Stage:
    """A window with two fields and three commands, and the palette over it."""

    window: QMainWindow
    fields: list[QLineEdit]
    palette: Palette
    recents: Recents
    triggered: list[str]
    qtbot: QtBot

    def note(self, action: QAction) -> None:
        self.triggered.append(action.text())

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.palette._ticket is None)

    def open(self, text: str = "") -> list[str]:
        self.palette.open("" if text.isascii() else text)
        if text.isascii():  # QTest has keys for no other letters
            self.qtbot.keyClicks(self.palette.line, text)
        self.settle()
        return self.words()

    def words(self) -> list[str]:
        return [plain_text(entry.words) for entry in self.palette.entries]

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            self.qtbot.keyClick(self.palette.line, key)

    @property
    def current(self) -> str:
        return str(self.palette.view.currentIndex().data())


@pytest.fixture
def stage(small: SmallCase, made_index: SearchIndex, qtbot: QtBot) -> Stage:
    window = QMainWindow()
    qtbot.addWidget(window)
    middle = QWidget(window)
    fields = [QLineEdit("first", middle), QLineEdit("second", middle)]
    column = QVBoxLayout(middle)
    for field in fields:
        column.addWidget(field)
    window.setCentralWidget(middle)
    window.resize(1000, 700)
    recents = Recents(small.live, window)
    palette = Palette(small.live, made_index, recents, window.actions, window)
    stage = Stage(window, fields, palette, recents, [], qtbot)
    menu = window.menuBar().addMenu("&Case")
    menu.triggered.connect(stage.note)
    for text, keys in (("&Merge a file…", "Ctrl+M"), ("&Norway in the network", ""), ("Undo", "Ctrl+Z")):
        action = QAction(text, window)
        action.setShortcut(keys)
        menu.addAction(action)
        window.addAction(action)
    window.show()
    window.activateWindow()
    fields[1].setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is fields[1])
    return stage


def test_commands_when_nothing_was_opened_yet(stage: Stage) -> None:
    assert stage.open() == ["Merge a file…", "Norway in the network", "Undo"]
    entry = stage.palette.entries[0]
    assert entry.right == "Ctrl+M"
    assert plain_text(entry.remark) == "Case"


def test_records_opened_last_come_first(stage: Stage, small: SmallCase, qtbot: QtBot) -> None:
    stage.recents.note(small.norway)
    stage.recents.note(small.official)
    assert stage.open()[:3] == ["Bjørn Arild Gram", "Norway", "Merge a file…"]
    small.live.write("Delete", delete_record, small.official)
    stage.press(Qt.Key.Key_Escape)
    assert stage.open()[:2] == ["Norway", "Merge a file…"]


def test_records_with_kind_then_commands_then_all_results(stage: Stage, small: SmallCase) -> None:
    assert stage.open("norw") == ["Norway", "Norway in the network", "All results for “norw”"]
    entry = stage.palette.entries[0]
    assert (entry.right, entry.icon, entry.target) == ("Organization", "landmark", Place(small.norway, "name"))


def test_enter_opens_and_gives_the_focus_back(stage: Stage, small: SmallCase, qtbot: QtBot) -> None:
    stage.open("gram")
    with qtbot.waitSignal(stage.palette.opened) as opened:
        stage.press(Qt.Key.Key_Return)
    assert opened.args == [Place(small.official, "name")]
    assert stage.palette.isHidden()
    assert QApplication.focusWidget() is stage.fields[1]


def test_a_part_shows_its_words_and_opens_its_record(stage: Stage, small: SmallCase, qtbot: QtBot) -> None:
    with qtbot.waitSignal(stage.palette._index.progressed):
        small.live.write("Add", add_record, OtherName, {"record": small.official, "name": "グラム"})
    qtbot.waitUntil(lambda: bool(stage.open("グラム")) and stage.words()[0] == "Bjørn Arild Gram")
    entry = stage.palette.entries[0]
    assert plain_text(entry.remark) == "グラム"
    assert entry.target == Place(small.official)


def test_escape_returns_exactly(stage: Stage) -> None:
    stage.fields[1].setCursorPosition(3)
    stage.open("norw")
    stage.press(Qt.Key.Key_Escape)
    assert stage.palette.isHidden()
    assert QApplication.focusWidget() is stage.fields[1]
    assert (stage.fields[1].cursorPosition(), stage.fields[1].hasSelectedText()) == (3, False)
    assert stage.triggered == []


def test_escape_where_the_widget_is_gone(stage: Stage) -> None:
    stage.open()
    stage.fields[1].deleteLater()
    stage.qtbot.waitUntil(lambda: len(stage.window.findChildren(QLineEdit, "")) < 4)
    stage.press(Qt.Key.Key_Escape)
    assert stage.palette.isHidden()


def test_up_and_down_go_around_and_pages_stop_at_the_ends(stage: Stage) -> None:
    stage.open()
    assert stage.current == "Merge a file…"
    stage.press(Qt.Key.Key_Up)
    assert stage.current == "Undo"
    stage.press(Qt.Key.Key_Down, Qt.Key.Key_Tab)
    assert stage.current == "Norway in the network"
    stage.press(Qt.Key.Key_PageDown, Qt.Key.Key_PageDown)
    assert stage.current == "Undo"
    stage.press(Qt.Key.Key_PageUp)
    assert stage.current == "Merge a file…"
    assert QApplication.focusWidget() is stage.palette.line


def test_a_command_runs_where_it_was_asked_for(stage: Stage) -> None:
    stage.open("merg")
    stage.press(Qt.Key.Key_Return)
    assert stage.triggered == ["&Merge a file…"]
    assert QApplication.focusWidget() is stage.fields[1]


def test_only_commands(stage: Stage) -> None:
    assert stage.open(">") == ["Merge a file…", "Norway in the network", "Undo"]
    assert stage.open(">nor") == ["Norway in the network"]


def test_all_results(stage: Stage, qtbot: QtBot) -> None:
    stage.open("norw")
    with qtbot.waitSignal(stage.palette.all_wanted) as wanted:
        stage.press(Qt.Key.Key_Up, Qt.Key.Key_Return)
    assert wanted.args == ["norw"]


def test_nothing_found(stage: Stage) -> None:
    assert stage.open("zzzz") == []
    assert stage.palette._nothing.isVisible()
    stage.press(Qt.Key.Key_Return, Qt.Key.Key_Down)
    assert stage.palette.isVisible()


def test_the_newest_question_wins(stage: Stage, qtbot: QtBot) -> None:
    stage.palette.open()
    qtbot.keyClicks(stage.palette.line, "norway japan gram")
    stage.palette.line.clear()
    qtbot.keyClicks(stage.palette.line, "jap")
    stage.settle()
    assert stage.words()[0] == "Japan"


def test_enter_before_the_answer_waits_for_it(stage: Stage, small: SmallCase, qtbot: QtBot) -> None:
    stage.open()
    with qtbot.waitSignal(stage.palette.opened) as opened:
        qtbot.keyClicks(stage.palette.line, "gram")
        stage.press(Qt.Key.Key_Return)
    assert opened.args[0].record == small.official


def test_a_click_chooses_and_a_click_beside_it_closes(stage: Stage, small: SmallCase, qtbot: QtBot) -> None:
    stage.open("gram")
    place = stage.palette.view.visualRect(stage.palette.view.currentIndex()).center()
    with qtbot.waitSignal(stage.palette.opened):
        qtbot.mouseClick(stage.palette.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    stage.open()
    qtbot.mouseClick(stage.palette, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    assert stage.palette.isHidden()


def test_it_covers_the_window_at_any_size(stage: Stage) -> None:
    stage.open()
    for width, height in ((1400, 900), (480, 360)):
        stage.window.resize(width, height)
        stage.qtbot.waitUntil(lambda: stage.palette.size() == stage.window.size())
        assert stage.palette.rect().contains(stage.palette._panel.geometry())


def test_what_a_screen_reader_is_told(stage: Stage) -> None:
    stage.open("norw")
    line = QAccessible.queryAccessibleInterface(stage.palette.line)
    assert line.text(QAccessible.Text.Name) == "Search records and commands"
    assert line.text(QAccessible.Text.Description) == "Norway, Organization"
    stage.press(Qt.Key.Key_Down)
    assert line.text(QAccessible.Text.Description) == "Norway in the network, Case"
    for child in (stage.palette, stage.palette.view):
        assert child.accessibleName()


def test_recents_are_kept_for_the_case(stage: Stage, small: SmallCase, qtbot: QtBot) -> None:
    stage.recents.note(small.norway)
    stage.recents.note(small.agreement)
    stage.recents.note(small.norway)
    again = Recents(small.live, stage.window)
    qtbot.waitUntil(lambda: again.records == (small.norway, small.agreement))


def test_before_the_index_is_made(small: SmallCase, index: SearchIndex, qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    palette = Palette(small.live, index, Recents(small.live, window), window.actions, window)
    window.show()
    small.live.write("Add", add_record, Note, {"text": "On Norway"})
    palette.open()
    qtbot.keyClicks(palette.line, "equip")
    qtbot.waitUntil(lambda: [plain_text(entry.words) for entry in palette.entries][:1] == ["Memorandum on equipment"])
    assert palette._reading.isVisible()
    index.start()
    qtbot.waitUntil(lambda: index.progress.is_current, timeout=30_000)
    assert not palette._reading.isVisible()
