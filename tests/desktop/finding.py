"""Finding widgets as a test needs them: one, of a type, by name; and dialogs that are open."""

from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

T = TypeVar("T", bound=QObject)
W = TypeVar("W", bound=QWidget)


def child(parent: QObject, kind: type[T], name: str = "") -> T:
    """The one child of a type, by its name if it has one."""
    found = parent.findChild(kind, name) if name else parent.findChild(kind)
    assert found is not None, f"{parent} has no {kind.__name__} {name}"
    return found


def open_dialogs(kind: type[W]) -> list[W]:
    """The windows of a type that can be seen."""
    return [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, kind) and widget.isVisible()]
