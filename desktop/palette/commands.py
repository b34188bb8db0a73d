"""Commands of the window as words: what they are called, where they stand, and which of them somebody means."""

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

_MNEMONIC = re.compile(r"&(.)")
_WORD = re.compile(r"\w+")


def caption(text: str) -> str:
    """A menu's or an action's words without the mark of its mnemonic."""
    return _MNEMONIC.sub(r"\1", text)


def shortcut_text(action: QAction) -> str:
    """An action's first shortcut as it is printed on keys; empty where it has none."""
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)


def usable(actions: Iterable[QAction]) -> list[QAction]:
    """The actions that can be triggered now, each caption once."""
    found: dict[str, QAction] = {}
    for action in actions:
        with suppress(RuntimeError):  # see by_group
            if _can_be_triggered(action):
                found.setdefault(f"{group_of(action)}\n{caption(action.text())}", action)
    return list(found.values())


def _can_be_triggered(action: QAction) -> bool:
    there = action.isEnabled() and action.isVisible() and not action.isSeparator()
    return there and bool(action.text()) and not action.menu()


def _has_shortcut(action: QAction) -> bool:
    return bool(action.text()) and not (action.isSeparator() or action.menu() or action.shortcut().isEmpty())


def meant(actions: Iterable[QAction], text: str) -> list[QAction]:
    """The actions in whose caption or menu every typed word begins a word; those that begin with the text first."""
    typed = _words(text)
    found = [action for action in actions if _has_all(typed, _words(f"{group_of(action)} {caption(action.text())}"))]
    return sorted(found, key=lambda action: not caption(action.text()).casefold().startswith(text.strip().casefold()))


def group_of(action: QAction) -> str:
    """Where a person finds an action: its menu, with the menus above it, or the part of the window that has it."""
    owners = action.associatedObjects()
    for owner in owners:
        if isinstance(owner, QMenu) and owner.title():
            return " › ".join(_path(owner))
    named = [owner for owner in owners if isinstance(owner, QWidget) and not isinstance(owner, QMenu | QMenuBar)]
    return next((owner.accessibleName() for owner in named if owner.accessibleName()), "")


def by_group(actions: Iterable[QAction]) -> dict[str, list[QAction]]:
    """Actions with a shortcut, by where they stand; those of no menu come last, under a name of their own.

    PySide lets go of actions that are Qt's own, as of a line's menu, at any time: those are passed over.
    """
    groups: dict[str, list[QAction]] = {}
    for action in actions:
        with suppress(RuntimeError):
            if _has_shortcut(action):
                groups.setdefault(group_of(action), []).append(action)
    loose = groups.pop("", [])
    return groups | ({QCoreApplication.translate("Shortcuts", "Elsewhere"): loose} if loose else {})


def _path(menu: QMenu) -> Sequence[str]:
    """The captions of a menu and of those that it hangs from."""
    above = [owner for owner in menu.menuAction().associatedObjects() if isinstance(owner, QMenu) and owner.title()]
    return [*(_path(above[0]) if above else ()), caption(menu.title())]


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _has_all(typed: Sequence[str], words: Sequence[str]) -> bool:
    return bool(typed) and all(any(word.startswith(start) for word in words) for start in typed)
