"""What an official put a name to, and in which post."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from db.evidence import EXISTENCE
from db.queries.official_parts import SigningRow, signed_by
from desktop.evidence.mark import Told
from desktop.forms.captions import term_label
from desktop.places import Place
from desktop.records.entry import Entry
from desktop.records.reading import ListSection
from desktop.records.words import HELD_ICONS, date_words, held_words

_DAY = frozenset({"date", EXISTENCE})
"""What a row tells of the action that was signed, besides who signed it."""


class SignedSection(ListSection):
    """Agreements signed, the latest first."""

    TITLE = QT_TRANSLATE_NOOP("Section", "Agreements signed")
    TELLS = (("actions", "person"),)
    TABLES = frozenset({"signatory", "party_action", "agreement", "membership", "post", "organization"})
    QUERY = staticmethod(signed_by)

    def row(self, told: SigningRow) -> Entry:
        entry = Entry(told.agreement.title, Place(told.agreement.id), self, icon="handshake")
        entry.add_mark(told.agreement.title, Told(told.id), Told(told.action, _DAY))
        line = entry.add_line()
        deed = ", ".join(filter(None, (term_label(told.deed), date_words(told.date))))
        entry.add_link(deed, Place(told.action), line)
        if told.tenure:
            post = told.tenure.post or self.tr("post without a name")
            entry.add_captioned(self.tr("as"), post, Place(told.tenure.id), line)
        held = held_words(told.held, told.tenure)
        entry.add_detail(held, Place(told.id), line, icon=HELD_ICONS[told.held])
        return self.follow(entry)
