"""Which columns a list shows, chosen from a menu and remembered for each kind; and how it is sorted."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from db.models import Entity
from db.queries.lists import Shape, Sort, columns_of, shown_at_first
from desktop.forms.captions import field_label
from desktop.settings import preferences

_DESCENDING_FIRST = (Shape.DATE, Shape.NUMBER, Shape.STATUS)


def remembered_columns(cls: type[Entity]) -> tuple[str, ...]:
    """The columns that were chosen for a kind, or those that it shows at first."""
    stored = preferences().value(f"lists/{cls.PLURAL}/columns")
    names = [stored] if isinstance(stored, str) else stored if isinstance(stored, list) else None
    if names is None:
        return shown_at_first(cls)
    return ("title", *(str(name) for name in names if name in columns_of(cls) and name != "title"))


def remember_columns(cls: type[Entity], names: tuple[str, ...]) -> None:
    """Keep a choice."""
    preferences().setValue(f"lists/{cls.PLURAL}/columns", list(names))


def remembered_sort(cls: type[Entity]) -> Sort:
    """The order that was chosen for a kind; by title at first."""
    column = str(preferences().value(f"lists/{cls.PLURAL}/sort", "title"))
    descending = str(preferences().value(f"lists/{cls.PLURAL}/descending", "false")).casefold() == "true"
    return Sort(column, descending) if column in columns_of(cls) else Sort()


def remember_sort(cls: type[Entity], order: Sort) -> None:
    """Keep an order."""
    preferences().setValue(f"lists/{cls.PLURAL}/sort", order.column)
    preferences().setValue(f"lists/{cls.PLURAL}/descending", order.descending)


def column_names(cls: type[Entity]) -> list[str]:
    """All columns of a kind but the title, by what they are called."""
    return sorted((name for name in columns_of(cls) if name != "title"), key=field_label)


class ColumnMenu(QMenu):
    """A check mark for each column."""

    chosen = Signal(object)
    """The names of the columns to show."""

    def __init__(self, cls: type[Entity], shown: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cls = cls
        self._shown = list(shown)
        for name in column_names(cls):
            action = self.addAction(field_label(name))
            action.setData(name)
            action.setCheckable(True)
            action.setChecked(name in shown)
        self.addSeparator()
        self._reset = self.addAction(self.tr("As at first"))
        self.triggered.connect(self._choose)

    def _choose(self, action: QAction) -> None:
        if action is self._reset:
            self.chosen.emit(shown_at_first(self._cls))
            return
        name = str(action.data())
        names = [*self._shown, name] if action.isChecked() else [known for known in self._shown if known != name]
        self.chosen.emit(tuple(names))


class SortMenu(QMenu):
    """The order of a list: a column and a direction."""

    chosen = Signal(object)
    """A Sort."""

    def __init__(self, cls: type[Entity], shown: tuple[str, ...], order: Sort, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cls = cls
        self._order = order
        columns = _group(self)
        common = dict.fromkeys([*shown, "changed", "entered"])
        for name in common:
            self._add(self, name, columns)
        more = self.addMenu(self.tr("More"))
        for name in column_names(cls):
            if name not in common:
                self._add(more, name, columns)
        self.addSeparator()
        directions = _group(self)
        for words, descending in ((self.tr("Ascending"), False), (self.tr("Descending"), True)):
            action = self.addAction(words)
            action.setCheckable(True)
            action.setChecked(order.descending is descending)
            action.setData(descending)
            directions.addAction(action)
        self.triggered.connect(self._choose)

    def _add(self, menu: QMenu, name: str, group: QActionGroup) -> None:
        action = menu.addAction(field_label(name))
        action.setCheckable(True)
        action.setChecked(name == self._order.column)
        action.setData(name)
        group.addAction(action)

    def _choose(self, action: QAction) -> None:
        choice = action.data()
        if isinstance(choice, bool):
            self.chosen.emit(Sort(self._order.column, choice))
        else:
            shape = columns_of(self._cls)[choice].shape
            self.chosen.emit(Sort(choice, shape in _DESCENDING_FIRST))


def _group(parent: QObject) -> QActionGroup:
    group = QActionGroup(parent)
    group.setExclusive(True)
    return group
