"""What buttons do alike wherever they stand."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton


def press_by_return(event: QKeyEvent) -> bool:
    """Let Return press the button that has the focus, as Space does; whether it has.

    Qt does that in dialogs only. A window calls it for the keys that nothing in it wanted.
    """
    focused = QApplication.focusWidget()
    is_return = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat()
    if not is_return or not isinstance(focused, QPushButton | QToolButton) or not focused.isEnabled():
        return False
    focused.click()
    event.accept()
    return True
