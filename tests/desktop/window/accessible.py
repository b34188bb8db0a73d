"""The window as a screen reader meets it: every control that can be seen, by role and name."""

from collections.abc import Iterator

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget

CONTROLS = {
    QAccessible.Role.Button,
    QAccessible.Role.ButtonMenu,
    QAccessible.Role.CheckBox,
    QAccessible.Role.RadioButton,
    QAccessible.Role.ComboBox,
    QAccessible.Role.EditableText,
    QAccessible.Role.List,
    QAccessible.Role.Table,
    QAccessible.Role.Tree,
    QAccessible.Role.SpinBox,
    QAccessible.Role.Slider,
    QAccessible.Role.PageTabList,
    QAccessible.Role.PageTab,
    QAccessible.Role.MenuItem,
    QAccessible.Role.Link,
}


def nameless(widget: QWidget) -> list[str]:
    """The controls in a widget that can be seen and have no name, by role and where they are."""
    root = QAccessible.queryAccessibleInterface(widget)
    assert root is not None
    return [path for path, node in _walk(root, widget.objectName() or type(widget).__name__) if _is_nameless(node)]


def _walk(node: QAccessibleInterface, path: str) -> Iterator[tuple[str, QAccessibleInterface]]:
    yield path, node
    for place in range(min(node.childCount(), 200)):
        inner = node.child(place)
        if inner is not None and inner.isValid() and not inner.state().invisible:
            owner = inner.object()
            name = (owner.objectName() or type(owner).__name__) if owner else inner.role().name
            yield from _walk(inner, f"{path} / {name}")


def _is_nameless(node: QAccessibleInterface) -> bool:
    if node.role() not in CONTROLS or node.state().invisible:
        return False
    return not node.text(QAccessible.Text.Name).strip()
