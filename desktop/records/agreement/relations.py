"""How an agreement stands to others, told from its own side whichever of them tells it."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from db.queries.agreement_parts import RelationRow, relations
from desktop.evidence.mark import Told
from desktop.forms.captions import term_label
from desktop.places import Place
from desktop.records.entry import Entry
from desktop.records.reading import ListSection
from desktop.theme import status_tint


class RelationsSection(ListSection):
    """Relations both ways, with the other agreement's status."""

    TITLE = QT_TRANSLATE_NOOP("Section", "Relations")
    ADD = QT_TRANSLATE_NOOP("Section", "Add relation")
    TELLS = (("relations", "agreement"), ("relations", "target"))
    TABLES = frozenset({"relation", "agreement", "party", "party_action"})
    QUERY = staticmethod(relations)

    def row(self, told: RelationRow) -> Entry:
        entry = Entry(term_label(told.phrase), Place(told.id), self, icon="git-fork")
        entry.link.setAccessibleName(f"{entry.link.words}: {told.title}")
        entry.add_mark(entry.link.accessibleName(), Told(told.id))
        entry.add_titled(told.title, Place(told.other), term_label(told.status), status_tint(told.status))
        return self.follow(entry)

    def add(self) -> None:
        if self.record is not None:
            self.wanted.emit("relations", {"agreement": self.record.id})
