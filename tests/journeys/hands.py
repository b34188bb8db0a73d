"""Eyes and hands for journeys: the window is seen as a screen reader sees it, and moved by keys and mouse alone.

    hands.click("New case file…")             # by what a control is called, or by its object name
    hands.fill("Title", "Memorandum")         # as typing into it and going on with Tab
    hands.press("Ctrl+K")
    hands.menu("File", "Preview the briefing")
    hands.wait_saved()

Whatever is named is waited for. Where it does not come, the error tells everything that can be seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleInterface, QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QListView,
    QMainWindow,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)
from pytestqt.exceptions import TimeoutError as WaitedInVain
from pytestqt.qtbot import QtBot

from db.opening import read_again
from desktop.live import SaveState
from desktop.main_window import MainWindow

T = TypeVar("T")
W = TypeVar("W", bound=QWidget)
Role = QAccessible.Role

PATIENCE = 20_000
"""Milliseconds after which something does not come any more."""
_MOST_CHILDREN = 300
_PLAIN = 0x7F
"""The last character that QTest can type everywhere: others it takes for Latin-1, or aborts."""


@dataclass(frozen=True)
class Seen:
    """Something that can be seen: what it is, what it is called, where it is on the screen, and the widget it is in."""

    role: Role
    name: str
    rect: QRect
    widget: QWidget
    enabled: bool
    is_widget: bool
    """Whether it is the widget itself, and not an item in it."""

    def __str__(self) -> str:
        name = f"{self.role.name} “{self.name}”"
        return f"{name} #{self.widget.objectName()}" if self.is_widget and self.widget.objectName() else name


class Hands:
    """One person before the screen."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot

    # what is there

    @property
    def front(self) -> QWidget:
        """What takes keys and clicks: a menu that is open, else the dialog or window on top."""
        return QApplication.activePopupWidget() or self._active_window()

    @property
    def window(self) -> MainWindow:
        """The window of the case file that was opened last."""
        return self._windows()[-1]

    def all_windows(self) -> list[MainWindow]:
        """The windows of all case files that are open."""
        return _main_windows()

    def seen(self) -> list[Seen]:
        """Everything in front that can be seen, in the order in which a screen reader tells it."""
        root = QAccessible.queryAccessibleInterface(self.front)
        return list(_walk(root, self.front)) if root else []

    def sees(self, name: str, role: Role | None = None) -> bool:
        """Whether there is something of this name now."""
        return bool(self._named(name, role))

    def find(self, name: str, role: Role | None = None) -> Seen:
        """Something of this name, as soon as it can be used; of several, the first."""
        self.wait(lambda: any(seen.enabled for seen in self._named(name, role)), f"“{name}”")
        return next(seen for seen in self._named(name, role) if seen.enabled)

    def widget(self, kind: type[W], name: str) -> W:
        """A visible widget by its kind and object name, for what has no words to find it by."""

        def there() -> list[W]:
            return [each for each in self._active_window().findChildren(kind, name) if each.isVisible()]

        self.wait(lambda: bool(there()), f"a {kind.__name__} #{name}")
        return there()[0]

    def wait(self, condition: Callable[[], bool], what: str = "") -> None:
        """Wait until something is so."""
        try:
            self.qtbot.waitUntil(condition, timeout=PATIENCE)
        except WaitedInVain:
            told = "\n  ".join(str(seen) for seen in self.seen() if seen.name or seen.is_widget)
            raise AssertionError(f"waited in vain for {what or 'something'}; there is:\n  {told}") from None

    def wait_for(self, name: str, role: Role | None = None) -> None:
        """Wait until something of this name can be seen."""
        self.find(name, role)

    def text_of(self, name: str) -> str:
        """What stands in a field, or is chosen in a combo box, now."""
        widgets = [seen.widget for seen in self._named(name, None) if seen.is_widget]
        for widget in widgets:
            if isinstance(widget, QComboBox):
                return widget.currentText()
            if isinstance(widget, QPlainTextEdit):
                return widget.toPlainText()
            if isinstance(widget, QLineEdit):
                return widget.text()
        return ""

    def wait_record(self, title: str) -> None:
        """Wait until the record pane shows a record of this title."""
        self.wait(lambda: any(seen.name == title for seen in self._named("recordTitle", None)), f"the record {title!r}")

    def wait_record_list(self, kind: str) -> None:
        """Wait until the window of a case file shows the list of a kind."""
        self.wait(lambda: bool(_main_windows()), "a window")
        self.wait(lambda: self.sees(kind, Role.Table), f"the list of {kind}")

    def wait_saved(self) -> None:
        """Wait until the window says that everything is saved, and means it."""
        window = self.window
        self.wait(
            lambda: window.live.save_state is SaveState.SAVED and window.status.words == "All changes saved",
            "“All changes saved”",
        )

    def read(self, query: Callable[..., T], *args: object, **kwargs: Any) -> T:
        """What is in the case file, asked of the file itself."""
        self.wait_saved()
        with read_again(self.window.live.path) as session:
            return query(session, *args, **kwargs)

    def picture(self, path: Path) -> None:
        """Keep a picture of the window in front, to look at."""
        self._active_window().grab().save(str(path))

    # what is done

    def press(self, keys: str) -> None:
        """Press keys, as "Ctrl+Shift+B", where the focus is."""
        for combination in QKeySequence(keys):  # type: ignore[attr-defined]
            QTest.keyClick(self._focus(), combination.key(), combination.keyboardModifiers())
        QApplication.processEvents()

    def type(self, text: str) -> None:
        """Type text where the focus is; what no keyboard has is pasted."""
        if all(ord(character) <= _PLAIN for character in text):
            QTest.keyClicks(self._focus(), text)
        else:
            QApplication.clipboard().setText(text)
            self.press("Ctrl+V")
        QApplication.processEvents()

    def click(self, name: str, role: Role | None = None) -> None:
        """Click on something by its name."""
        self.click_on(self.find(name, role))

    def items(self, beginning: str) -> list[Seen]:
        """The rows of lists and tables that begin with some words, as they are now."""
        rows = (Role.ListItem, Role.Cell, Role.TreeItem)
        return [seen for seen in self.seen() if seen.role in rows and seen.name.startswith(beginning)]

    def click_item(self, beginning: str, place: int = 0) -> None:
        """Click on a row that begins with some words; of several, the first, or another one."""
        self.wait(lambda: bool(self.items(beginning)), f"a row “{beginning}”")
        self.click_on(self.items(beginning)[place])

    def click_row(self, view: QAbstractItemView, row: int) -> None:
        """Click on a row of a list whose cells are not told one by one."""
        place = view.visualRect(view.model().index(row, 0)).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        QApplication.processEvents()

    def choose_in_menu(self, button: str, words: str) -> None:
        """Open the menu of a button, and choose a line of it; such a menu has a loop of its own."""
        QTimer.singleShot(0, lambda: self._choose(words))
        self.click(button)
        self.wait(lambda: QApplication.activePopupWidget() is None, "the end of the menu")

    def _choose(self, words: str) -> None:
        menu = QApplication.activePopupWidget()
        if not isinstance(menu, QMenu):
            QTimer.singleShot(20, lambda: self._choose(words))
            return
        action = _action(menu.actions(), words)
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())

    def finish(self, name: str) -> None:
        """Click on the button that ends a dialog, and wait until the dialog has gone and everything is saved."""
        self.wait(lambda: QApplication.activeModalWidget() is not None, "a dialog")
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        self.click(name, Role.Button)
        self.wait(lambda: not (shiboken6.isValid(dialog) and dialog.isVisible()), f"the end of “{name}”")
        self.wait_saved()

    def double_click(self, name: str, role: Role | None = None) -> None:
        """Click on something twice."""
        target, place = _target(self.find(name, role))
        QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=place)
        QTest.mouseDClick(target, Qt.MouseButton.LeftButton, pos=place)
        QApplication.processEvents()

    def click_on(self, seen: Seen) -> None:
        """Click in the middle of something, which is scrolled into sight if need be."""
        self._active_window()
        target, place = _target(seen)
        QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=place)
        QApplication.processEvents()

    def focus(self, name: str, role: Role | None = None) -> QWidget:
        """Click into a field; give what has the focus then."""
        seen = self.find(name, role)
        self.click_on(seen)
        self.wait(lambda: _has_focus(seen.widget), f"the focus in “{name}”")
        return self._focus()

    def fill(self, name: str, text: str) -> None:
        """Write into a field in place of what is there, and go on with Tab, as people do."""
        self.focus(name, Role.EditableText)
        self.press("Ctrl+A")
        self.press("Delete") if not text else self.type(text)
        self.press("Tab")

    def choose(self, name: str, option: str) -> None:
        """Choose a line of a combo box by keys."""
        seen = self.find(name, Role.ComboBox)
        combo = seen.widget
        assert isinstance(combo, QComboBox)
        row = combo.findText(option)
        assert row >= 0, f"{option!r} is none of {[combo.itemText(each) for each in range(combo.count())]}"
        combo.setFocus(Qt.FocusReason.TabFocusReason)
        for _ in range(combo.count()):
            if combo.currentIndex() == row:
                break
            QTest.keyClick(combo, Qt.Key.Key_Down if combo.currentIndex() < row else Qt.Key.Key_Up)
        assert combo.currentText() == option
        QApplication.processEvents()

    def offered(self, name: str, text: str, option: str) -> None:
        """Type into a field that offers records, and take the first offer that begins like this."""
        line = self.focus(name)
        assert isinstance(line, QLineEdit)
        self.type(text)
        offers = line.completer().popup()
        assert offers is not None
        self.wait(lambda: offers.isVisible() and _row_of(offers, option) >= 0, f"the offer “{option}”")
        for _ in range(_row_of(offers, option) + 1):
            QTest.keyClick(offers, Qt.Key.Key_Down)
        QTest.keyClick(offers, Qt.Key.Key_Return)
        QApplication.processEvents()

    def found(self, name: str, text: str, beginning: str) -> None:
        """Type into a line above a list, and go down to the row that begins like this."""
        self.focus(name, Role.EditableText)
        self.type(text)
        view = self.widget(QListView, "")
        self.wait(lambda: _row_of(view, beginning) >= 0, f"“{beginning}” in the list")
        for _ in range(_row_of(view, beginning) + 1):
            self.press("Down")

    def menu(self, *words: str) -> None:
        """Go through the menus: hands.menu("Edit", "New", "New official…")."""
        window = self._active_window()
        assert isinstance(window, QMainWindow)
        bar = window.menuBar()
        action = _action(bar.actions(), words[0])
        QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.actionGeometry(action).center())
        for word in words[1:]:
            menu = action.menu()
            assert isinstance(menu, QMenu)
            self.wait(menu.isVisible, f"the menu {action.text()!r}")
            action = _action(menu.actions(), word)
            QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
        QApplication.processEvents()

    def go_to(self, text: str, entry: str = "") -> None:
        """Open a record, or give a command, through the palette: its letters, then the line that begins like this."""
        self.press("Ctrl+K")
        self.wait(lambda: self._focus().objectName() == "paletteLine", "the palette")
        self.type(text)
        view, palette = self.widget(QListView, "paletteEntries"), self.window.palette_overlay
        self.wait(lambda: palette.is_idle and _row_of(view, entry or text) >= 0, f"“{entry or text}” in the palette")
        for _ in range(_row_of(view, entry or text) - view.currentIndex().row()):
            self.press("Down")
        self.press("Return")

    def name_file(self, path: Path) -> None:
        """Answer a dialog that asks for a file."""
        self.wait(lambda: isinstance(self.front, QFileDialog), "a dialog that asks for a file")
        line = self.front.findChild(QLineEdit, "fileNameEdit")
        assert line is not None
        line.setFocus()
        line.selectAll()
        QTest.keyClicks(line, str(path))
        QTest.keyClick(line, Qt.Key.Key_Return)
        QApplication.processEvents()

    # inside

    def _windows(self) -> list[MainWindow]:
        self.wait(lambda: bool(_main_windows()), "the window of a case file")
        return _main_windows()

    def _active_window(self) -> QWidget:
        """The window that has the keys; where a dialog has gone, the next one gets them, as from any window system."""
        active, modal = QApplication.activeWindow(), QApplication.activeModalWidget()
        window = modal or (active if active is not None and active.isVisible() else self._topmost())
        if window is not active:
            window.activateWindow()
            QApplication.processEvents()
        return window

    def _topmost(self) -> QWidget:
        shown = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
        self.qtbot.waitUntil(lambda: bool(shown), timeout=PATIENCE)
        return next((each for each in reversed(shown) if isinstance(each, QMainWindow)), shown[-1])

    def _focus(self) -> QWidget:
        return QApplication.activePopupWidget() or QApplication.focusWidget() or self._active_window()

    def _named(self, name: str, role: Role | None) -> list[Seen]:
        wanted = _plain(name)
        return [
            seen
            for seen in self.seen()
            if (role is None or seen.role == role)
            and (_plain(seen.name) == wanted or (seen.is_widget and seen.widget.objectName() == name))
        ]


def _walk(node: QAccessibleInterface, widget: QWidget) -> Iterator[Seen]:
    """A node and all that is in it and visible."""
    state = node.state()
    if not node.isValid() or state.invisible:
        return
    own = node.object()
    inside = own if isinstance(own, QWidget) else widget
    spoken = node.text(QAccessible.Text.Name)
    name = own.accessibleName() or spoken if isinstance(own, QComboBox) else spoken  # Qt calls it by its value on Unix
    yield Seen(node.role(), name, node.rect(), inside, not state.disabled, isinstance(own, QWidget))
    for place in range(min(node.childCount(), _MOST_CHILDREN)):
        child = node.child(place)
        if child is not None:
            yield from _walk(child, inside)


def _target(seen: Seen) -> tuple[QWidget, QPoint]:
    """The innermost widget in the middle of something, and that point in it."""
    widget = seen.widget
    if seen.is_widget:
        _bring_into_sight(widget)
        place = widget.rect().center()
    else:
        place = widget.mapFromGlobal(seen.rect.center())
    inner = widget
    if isinstance(widget, QAbstractScrollArea) and not seen.is_widget:
        inner = widget.viewport()
    child = widget.childAt(place)
    inner = child if isinstance(child, QWidget) else inner
    return inner, inner.mapFrom(widget, place) if inner is not widget else place


def _bring_into_sight(widget: QWidget) -> None:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget)
        parent = parent.parentWidget()


def _has_focus(widget: QWidget) -> bool:
    focused = QApplication.focusWidget()
    return focused is not None and (focused is widget or widget.isAncestorOf(focused) or focused.isAncestorOf(widget))


def _row_of(view: QAbstractItemView, beginning: str) -> int:
    """The row of a view that begins with some words, or -1."""
    model = view.model()
    names = (_row_text(model.index(row, 0)) for row in range(model.rowCount()))
    return next((row for row, name in enumerate(names) if name.startswith(beginning)), -1)


def _row_text(index: Any) -> str:
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data(Qt.ItemDataRole.DisplayRole)
    return str(spoken or "")


def _action(actions: list[QAction], words: str) -> QAction:
    for action in actions:
        if _plain(action.text()) == _plain(words):
            return action
    raise AssertionError(f"no {words!r} in {[action.text() for action in actions]}")


def _plain(words: str) -> str:
    """Words without the marks of mnemonics and dialogs."""
    return words.replace("&", "").strip().rstrip("…")


def _main_windows() -> list[MainWindow]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow) and each.isVisible()]
