"""Who made a source, the CSL variables that have no field of their own, and what was kept of it."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QLocale
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from db.csl import further_variables, roles_of_type
from db.models.vocabulary import ContributorRole
from db.queries.portions import Portion
from db.queries.records import RecordRow
from db.queries.source_parts import (
    ContributorRow,
    SnapshotRow,
    VariableRow,
    contributors,
    snapshots,
    variables,
)
from desktop.evidence.mark import Told
from desktop.forms.captions import term_label
from desktop.live import LiveCase
from desktop.places import Place
from desktop.records.entry import Entry
from desktop.records.reading import ListSection


class ContributorsSection(ListSection):
    """Authors and others, in the order in which they are to be named."""

    TITLE = QT_TRANSLATE_NOOP("Section", "Authors and contributors")
    ADD = QT_TRANSLATE_NOOP("Section", "Add contributor")
    TELLS = (("contributors", "source"),)
    TABLES = frozenset({"contributor"})
    QUERY = staticmethod(contributors)

    def __init__(self, live: LiveCase, parent: QWidget | None = None) -> None:
        super().__init__(live, parent)
        self._menu = QMenu(self)
        self._menu.triggered.connect(self._add_chosen)

    def row(self, told: ContributorRow) -> Entry:
        entry = self.follow(Entry(told.name or self.tr("(no name)"), Place(told.id), self, icon="user"))
        entry.add_mark(told.name, Told(told.id))
        entry.add_facts(term_label(told.role))
        return entry

    def add(self) -> None:
        """Those roles first that a source of this type has."""
        self._menu.clear()
        own = roles_of_type(_type_of(self.record))
        for role in (*own, *(role for role in ContributorRole if role not in own)):
            action = QAction(term_label(role), self._menu)
            action.setData(role)
            self._menu.addAction(action)
        self._menu.popup(self.add_button.mapToGlobal(self.add_button.rect().bottomLeft()))

    def _add_chosen(self, action: QAction) -> None:
        if self.record is not None:
            preset = {"source": self.record.id, "contributor_role": ContributorRole(action.data())}
            self.wanted.emit("contributors", preset)


class VariablesSection(ListSection):
    """Volume, issue, page and the like: what a source of its type has, and what came with an imported reference."""

    TITLE = QT_TRANSLATE_NOOP("Section", "Further CSL variables")
    ADD = QT_TRANSLATE_NOOP("Section", "Add variable")
    TELLS = (("variables", "source"),)
    TABLES = frozenset({"source_variable"})
    QUERY = staticmethod(variables)

    def __init__(self, live: LiveCase, parent: QWidget | None = None) -> None:
        super().__init__(live, parent)
        self._menu = QMenu(self)
        self._menu.triggered.connect(self._add_chosen)

    def row(self, told: VariableRow) -> Entry:
        entry = self.follow(Entry(_label(told.variable), Place(told.id), self, icon="hash"))
        entry.add_mark(_label(told.variable), Told(told.id))
        entry.add_text(told.value)
        return entry

    def add(self) -> None:
        """Offer what a source of this type has and this one has not, and any other."""
        self._menu.clear()
        known = {row.variable for row in self._told.rows} if isinstance(self._told, Portion) else set()
        for name in further_variables(_type_of(self.record)):
            if name not in known:
                self._offer(_label(name), name)
        self._menu.addSeparator()
        self._offer(self.tr("Another variable…"), "")
        self._menu.popup(self.add_button.mapToGlobal(self.add_button.rect().bottomLeft()))

    def _offer(self, words: str, name: str) -> None:
        action = QAction(words, self._menu)
        action.setData(name)
        self._menu.addAction(action)

    def _add_chosen(self, action: QAction) -> None:
        if self.record is not None:
            preset: dict[str, object] = {"source": self.record.id}
            self.wanted.emit("variables", preset | ({"variable": action.data()} if action.data() else {}))


class SnapshotsSection(ListSection):
    """What was kept of the source, so that it can be read when the original is gone."""

    TITLE = QT_TRANSLATE_NOOP("Section", "Snapshots")
    TELLS = (("snapshots", "source"),)
    TABLES = frozenset({"snapshot"})
    QUERY = staticmethod(snapshots)

    def row(self, told: SnapshotRow) -> Entry:
        day = told.captured_at.replace("T", " ").removesuffix("Z")
        entry = Entry(self.tr("Captured {time} UTC").format(time=day), Place(told.id), self, icon="download")
        entry.opened.connect(self.opened)
        entry.add_facts(told.media_type, QLocale(QLocale.Language.English).formattedDataSize(told.size))
        return entry


def _type_of(record: RecordRow | None) -> str:
    return record["source_type"].text if record is not None else ""


def _label(variable: str) -> str:
    """A CSL variable as people read it: Number of pages."""
    words = variable.replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]
