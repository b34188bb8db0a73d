"""What is done to any layout."""

from collections.abc import Iterator
from contextlib import contextmanager

import shiboken6
from PySide6.QtWidgets import QApplication, QLayout, QWidget


def clear_layout(layout: QLayout) -> None:
    """Take all widgets out and let them go, once nobody is in the middle of using them."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


@contextmanager
def rebuilt(container: QWidget) -> Iterator[None]:
    """Change what is in a container out of sight: in sight, each widget that comes or goes lays out the whole window.

    The focus comes back to where it was, if that is still there.
    """
    focused = QApplication.focusWidget()
    inside = focused is not None and container.isAncestorOf(focused)
    hidden = container.isHidden()
    container.hide()
    try:
        yield
    finally:
        container.setVisible(not hidden)
        if inside and focused is not None and shiboken6.isValid(focused):
            focused.setFocus()
