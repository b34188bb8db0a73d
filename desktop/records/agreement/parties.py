"""The parties of an agreement, their roles, and how far each has come."""

from uuid import UUID

from PySide6.QtCore import QT_TRANSLATE_NOOP, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton, QWidget

from db.models.vocabulary import Action
from db.queries.lifecycle import PartyStanding, parties
from desktop.evidence.mark import Told
from desktop.forms.captions import term_label
from desktop.live import LiveCase
from desktop.places import Place
from desktop.records.agreement.lifecycle import ActionMenu
from desktop.records.entry import Entry
from desktop.records.reading import ListSection
from desktop.theme import dress, status_tint
from desktop.widgets.pill import Pill


class PartyEntry(Entry):
    """One party."""

    asked = Signal(object, object)
    """An action of this party is to be added: the organization, and the button that was pressed."""

    def __init__(self, party: PartyStanding, writable: bool, parent: QWidget | None = None) -> None:
        super().__init__(party.name, Place(party.organization), parent, icon="landmark")
        self._organization = party.organization
        role = self.add_detail(party.role or self.tr("role not given"), Place(party.id))
        role.setAccessibleName(self.tr("Role of {name}: {role}").format(name=party.name, role=role.words))
        if party.acted:
            pill = Pill(self)
            pill.show_words(term_label(party.status), status_tint(party.status))
            self.put(pill)
        else:
            self.add_caption(self.tr("no step of its own"))
        if writable:
            self.put(self._adder(party))
        self.add_mark(party.name, Told(party.id))

    def _adder(self, party: PartyStanding) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"act_{party.organization}")
        words = self.tr("Add action of {name}").format(name=party.name)
        button.setAccessibleName(words)
        button.setToolTip(words)
        dress(button, "plus")
        button.clicked.connect(self._ask)
        return button

    def _ask(self) -> None:
        self.asked.emit(self._organization, self.sender())


class PartiesSection(ListSection):
    """Who the agreement is between; parties are added in the field of that name."""

    TITLE = QT_TRANSLATE_NOOP("Section", "Parties")
    TELLS = (("parties", "agreement"),)
    TABLES = frozenset({"party", "party_action", "organization"})
    QUERY = staticmethod(parties)

    def __init__(self, live: LiveCase, parent: QWidget | None = None) -> None:
        super().__init__(live, parent)
        self._party: UUID | None = None
        self._menu = ActionMenu(self)
        self._menu.triggered.connect(self._add_chosen)

    def row(self, told: PartyStanding) -> PartyEntry:
        entry = PartyEntry(told, self.live.is_writable, self)
        entry.asked.connect(self._offer)
        return self.follow(entry)

    def _offer(self, party: UUID, button: QToolButton) -> None:
        self._party = party
        self._menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _add_chosen(self, item: QAction) -> None:
        if self.record is not None:
            preset: dict[str, object] = {"agreement": self.record.id, "organization": self._party}
            if item.data() is not None:
                preset["action"] = Action(item.data())
            self.wanted.emit("actions", preset)
