"""A monkey at the keyboard: it clicks, types, undoes and looks around at random, and never leaves the window."""

from collections import deque
from collections.abc import Callable
from contextlib import suppress
from random import Random
from typing import TextIO

import shiboken6
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QAccessible, QAction, QGuiApplication, QKeySequence, QWheelEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QMenu,
    QWidget,
)

from desktop.dialogs.trouble import TroubleBox
from desktop.main_window import MainWindow

LEAVES = {"quit", "close", "newCase", "openCase", "openSample"}
"""Actions that lead out of the window, by object name."""
WORDS = (
    "memorandum", "Oslo", "3 Sept 2024", "c. 2016", "2024-08~", "in the spring of some year", "日本国", "Bjørn Gram",
    "防衛装備品", "status:signed", "party:NO", "is:uncited", "signed:2013..2016", "nonsense:here", '"', "(", "a" * 300,
    "<b>bold</b> & co", "مذكرة تفاهم", "C", "2", "https://example.org/a?b=c", "🙂", "x\ty", "-1", "%s {0} {name}",
)  # fmt: skip
KEYS = (
    "Tab", "Tab", "Tab", "Shift+Tab", "Return", "Return", "Esc", "Esc", "Space", "Up", "Down", "Down", "Left", "Right",
    "Home", "End", "PgUp", "PgDown", "Delete", "Backspace", "Ctrl+A", "Ctrl+C", "Ctrl+V", "Ctrl+X", "Ctrl+Return",
    "Shift+Down", "F6", "Shift+F6", "Alt+Left", "Alt+Right",
)  # fmt: skip
_MOST_IN_DIALOG = 30
_LONG = 10
"""Tenths of a second after which a deed is broken off."""


class Monkey:
    """Does one random thing after another with a window.

    It gives keys and clicks to the window system's windows, and never looks at widgets: PySide's wrappers of what Qt
    has made for itself do not live as long as that.
    """

    def __init__(self, window: MainWindow, seed: int, journal: TextIO | None = None) -> None:
        self._window = window
        self._journal = journal
        self._dice = Random(seed)
        self._in_dialog = 0
        self.deeds: deque[str] = deque(maxlen=80)
        """What it did last."""
        self.count = 0
        self.troubles: list[str] = []
        """What the window called a bug, with its details."""
        self._acting = False
        self._waited = 0
        self._commands = [each for each in window.commands() if not isinstance(each.menu(), QMenu)]
        self._watch = QTimer(window, interval=100)
        self._watch.timeout.connect(self._choose_in_time)
        self._watch.start()

    def act(self) -> None:
        """Do one thing."""
        deeds: tuple[tuple[Callable[[], None], int], ...] = (
            (self._click, 30),
            (self._press, 20),
            (self._type, 16),
            (self._trigger, 14),
            (self._undo, 8),
            (self._go_elsewhere, 6),
            (self._scroll, 4),
            (self._resize, 1),
        )
        self.count += 1
        self._leave_dialogs()
        self._activate()
        self._acting = True
        with suppress(RuntimeError):  # a popup has gone meanwhile; what goes wrong in the program arrives elsewhere
            self._dice.choices([deed for deed, _ in deeds], [weight for _, weight in deeds])[0]()
        self._acting = False
        QApplication.processEvents()
        # in a running program its event loop does that; here what is deleted later would wait for the next menu's
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self._read_troubles()

    def rest(self) -> None:
        """Close whatever is open."""
        for _ in range(50):
            front = QApplication.activePopupWidget() or QApplication.activeModalWidget()
            if front is None:
                return
            front.close()
            QApplication.processEvents()

    def _note(self, deed: str) -> None:
        self.deeds.append(f"{self.count}: {deed}")
        if self._journal is not None:
            print(self.deeds[-1], file=self._journal, flush=True)

    def _front(self) -> QWidget:
        return QApplication.activePopupWidget() or QApplication.activeModalWidget() or self._window

    def _activate(self) -> None:
        if QApplication.activePopupWidget() is None and QApplication.activeWindow() is None:
            self._front().activateWindow()
            QApplication.processEvents()

    def _leave_dialogs(self) -> None:
        """A dialog that goes on and on is closed."""
        dialog = QApplication.activeModalWidget()
        self._in_dialog = self._in_dialog + 1 if dialog else 0
        if dialog is not None and self._in_dialog > _MOST_IN_DIALOG:
            self._note("leave a dialog")
            self._in_dialog = 0
            if isinstance(dialog, QDialog):
                dialog.reject()

    def _click(self) -> None:
        front = self._front()
        if isinstance(front, QMenu):
            self._choose(front)
            return
        place = QPoint(self._dice.randrange(front.width()), self._dice.randrange(front.height()))
        modifier = self._dice.choices(
            [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier],
            [8, 1, 1],
        )[0]
        self._note(f"click {_name(front, place)}")
        window = self._focus()
        if self._dice.random() < 0.08:
            QTest.mouseDClick(window, Qt.MouseButton.LeftButton, modifier, place)
        else:
            QTest.mousePress(window, Qt.MouseButton.LeftButton, modifier, place)
        if shiboken6.isValid(window):
            QTest.mouseRelease(window, Qt.MouseButton.LeftButton, modifier, place)

    def _choose(self, menu: QMenu) -> None:
        """Choose a line of a menu that is open, or leave it."""
        actions = [each for each in menu.actions() if _is_harmless(each)]
        if not actions or self._dice.random() < 0.2:
            self._note("leave a menu")
            menu.close()
            return
        action = self._dice.choice(actions)
        self._note(f"choose {action.text()!r}")
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())

    def _choose_in_time(self) -> None:
        """A tool button's menu, or a drag, runs a loop of its own, until something is chosen or Esc is pressed."""
        self._waited = self._waited + 1 if self._acting else 0
        popup, window = QApplication.activePopupWidget(), QGuiApplication.focusWindow()
        if self._acting and isinstance(popup, QMenu):
            self._choose(popup)
        elif self._waited > _LONG and window is not None:
            self._strike("Esc")

    def _press(self) -> None:
        keys = self._dice.choice(KEYS)
        menu = QApplication.activePopupWidget()
        if isinstance(menu, QMenu):
            self._choose(menu)
            return
        self._note(f"press {keys}")
        self._strike(keys)

    def _type(self) -> None:
        menu = QApplication.activePopupWidget()
        if isinstance(menu, QMenu):
            self._choose(menu)
            return
        words = self._dice.choice(WORDS)
        self._note(f"type {words!r}")
        if words.isascii() and words.isprintable():
            for letter in words:
                self._send(int(QTest.asciiToKey(ord(letter))), Qt.KeyboardModifier.NoModifier, letter)
        else:
            QApplication.clipboard().setText(words)
            self._strike("Ctrl+V")

    def _trigger(self) -> None:
        """Give a command by its shortcut, as far as it can be given now; or, without one, as from its menu."""
        if self._front() is not self._window:
            self._click()
            return
        actions = [each for each in self._commands if shiboken6.isValid(each) and _is_harmless(each)]
        action = self._dice.choice(actions)
        keys = action.shortcut().toString()
        self._note(f"command {action.text()!r} {keys}")
        if keys:
            self._strike(keys)
        elif isinstance(action.parent(), MainWindow):
            action.trigger()

    def _undo(self) -> None:
        for _ in range(self._dice.choice((1, 1, 1, 2, 5))):
            keys = self._dice.choice(("Ctrl+Z", "Ctrl+Z", "Ctrl+Shift+Z"))
            self._note(f"press {keys}")
            self._strike(keys)

    def _go_elsewhere(self) -> None:
        if self._front() is not self._window:
            return
        keys = self._dice.choice((*(f"Ctrl+{number}" for number in range(1, 10)), "Ctrl+Shift+H", "Ctrl+Shift+F",
                                  "Ctrl+Shift+R", "Ctrl+Shift+B", "Ctrl+K"))  # fmt: skip
        self._note(f"press {keys}")
        self._strike(keys)

    def _scroll(self) -> None:
        front = self._front()
        point = QPoint(self._dice.randrange(front.width()), self._dice.randrange(front.height()))
        self._note(f"scroll {_name(front, point)}")
        place = QPointF(point)
        event = QWheelEvent(
            place, QPointF(front.mapToGlobal(point)), QPoint(),
            QPoint(0, self._dice.choice((-1200, -120, 120, 1200))), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(front.windowHandle(), event)

    def _resize(self) -> None:
        width, height = self._dice.choice(((1280, 800), (1000, 640), (1920, 1080), (1100, 900)))
        self._note(f"resize to {width} × {height}")
        self._window.resize(width, height)

    def _strike(self, keys: str) -> None:
        """Strike keys as "Ctrl+Shift+B"."""
        for combination in QKeySequence(keys):  # type: ignore[attr-defined]
            key, modifiers = combination.key(), combination.keyboardModifiers()
            plain = not modifiers & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
            self._send(key.value, modifiers, str(QTest.keyToAscii(key)).strip("\0") if plain else "")

    def _send(self, key: int, modifiers: Qt.KeyboardModifier, text: str) -> None:
        """Send a key's press and release, each to the window that has the keys then.

        `QTest.keyClick` would send the second to the window of the first, even where that one has been deleted.
        """
        for pressed in (True, False):
            QTest.simulateEvent(self._focus(), pressed, key, modifiers, text, False)

    def _focus(self) -> QWindow:
        return self._front().windowHandle()

    def _read_troubles(self) -> None:
        """What the window calls a bug is kept, and the box closed."""
        box = QApplication.activeModalWidget()
        if isinstance(box, TroubleBox):
            self._note(f"told: {box.informativeText()}")
            if box.detailedText():
                self.troubles.append(box.detailedText())
            box.close()


def _is_harmless(action: QAction) -> bool:
    """Whether an action can be used, and does not lead out of the window."""
    menu = action.menu()
    recent = isinstance(menu, QMenu) and menu.metaObject().className() == "RecentMenu"
    usable = action.isEnabled() and action.isVisible() and bool(action.text()) and not action.isSeparator()
    return usable and not recent and action.objectName() not in LEAVES


def _name(front: QWidget, place: QPoint) -> str:
    """What a screen reader says of a place."""
    root, point = QAccessible.queryAccessibleInterface(front), front.mapToGlobal(place)
    found = root.childAt(point.x(), point.y()) if root else None
    said = f"{found.role().name} “{found.text(QAccessible.Text.Name)}”" if found else type(front).__name__
    return f"{said} at {place.x()}, {place.y()}"
