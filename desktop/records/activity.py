"""What happened around a record: events, statements, and with what: equipment and programmes."""

from collections.abc import Iterable

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from db.models.vocabulary import Wording
from db.queries.activity import Bond, EventRow, StatementRow, ThingRow, events_around, statements_around, things_around
from db.queries.related import RelatedRow
from desktop.evidence.mark import Told
from desktop.forms.captions import term_label
from desktop.live import LiveCase
from desktop.places import Place
from desktop.records.entry import Entry
from desktop.records.languages import language_words
from desktop.records.reading import ListSection
from desktop.records.words import date_words

_IN_TITLE = 110
_ACTORS = ("officials", "organizations")
"""Kinds that take part in events and make statements; events and statements are about the others."""


class EventsSection(ListSection):
    """The occasions that a record took part in, or that are about it."""

    TITLE = QT_TRANSLATE_NOOP("Section", "Events")
    ADD = QT_TRANSLATE_NOOP("Section", "Add event")
    TELLS = (("events", "concerns"), ("events", "participant"))
    TABLES = frozenset({"event", "participation", "concern", "programme_agreement"})
    QUERY = staticmethod(events_around)

    def row(self, told: EventRow) -> Entry:
        entry = self.follow(Entry(told.title, Place(told.id), self, icon="calendar"))
        entry.add_mark(told.title, Told(told.id))
        kind = term_label(told.event_type) if told.event_type else ""
        entry.add_facts(date_words(told.date), kind, told.place, self._bond(told))
        return entry

    def add(self) -> None:
        if self.record is not None:
            field = "participants" if self.record.kind in _ACTORS else "concerns"
            self.wanted.emit("events", {field: frozenset({self.record.id})})

    def _bond(self, told: EventRow) -> str:
        if told.bond is Bond.TOOK_PART:
            return self.tr("took part as {role}").format(role=told.role) if told.role else self.tr("took part")
        return self.tr("about a programme that rests on it") if told.bond is Bond.PROGRAMME else ""


class StatementsSection(ListSection):
    """What was said about a record, or by it, and through whose hands it came."""

    TITLE = QT_TRANSLATE_NOOP("Section", "Statements")
    ADD = QT_TRANSLATE_NOOP("Section", "Add statement")
    TELLS = (("statements", "concerns"), ("statements", "speaker"), ("statements", "relayed_by"))
    TABLES = frozenset({"statement", "concern", "programme_agreement", "person", "organization", "source", "event"})
    QUERY = staticmethod(statements_around)

    def row(self, told: StatementRow) -> Entry:
        entry = self.follow(Entry(self._words(told), Place(told.id), self, icon="mic"))
        entry.add_mark(self._words(told), Told(told.id))
        entry.add_text(told.translation, muted=True)
        wording = term_label(told.wording).lower() if told.wording else self.tr("wording not known")
        language = language_words(told.language) if told.language else ""
        entry.add_facts(date_words(told.date), wording, language, self._bond(told))
        own = self.record.id if self.record else None
        entry.add_links(
            (self.tr("by"), _link(told.speaker if told.speaker.id != own else None)),
            (self.tr("relayed by"), _link(told.relayed_by)),
            (self.tr("at"), _link(told.occasion)),
            (self.tr("reported in"), _link(told.source)),
        )
        return entry

    def add(self) -> None:
        if self.record is not None:
            own: dict[str, object] = {"speaker": self.record.id}
            about: dict[str, object] = {"concerns": frozenset({self.record.id})}
            self.wanted.emit("statements", own if self.record.kind in _ACTORS else about)

    def _words(self, told: StatementRow) -> str:
        words = " ".join(told.text.split())
        shown = words if len(words) <= _IN_TITLE else words[:_IN_TITLE].rstrip() + "…"
        return f"“{shown}”" if told.wording is Wording.EXACT else shown

    def _bond(self, told: StatementRow) -> str:
        return {
            Bond.RELAYED: self.tr("passed on"),
            Bond.PROGRAMME: self.tr("about a programme that rests on it"),
        }.get(told.bond, "")


class ThingsSection(ListSection):
    """The programmes that rest on an agreement, and the equipment that it is about."""

    TITLE = QT_TRANSLATE_NOOP("Section", "Equipment and programmes")
    ADD = QT_TRANSLATE_NOOP("Section", "Add equipment or programme")
    TELLS = (("equipment", "concerns"), ("programmes", "agreements"), ("programmes", "concerns"))
    TABLES = frozenset(
        {
            "equipment", "programme", "programme_agreement", "programme_organization", "programme_equipment",
            "equipment_operator", "concern", "organization",
        }
    )  # fmt: skip
    QUERY = staticmethod(things_around)

    def __init__(self, live: LiveCase, parent: QWidget | None = None) -> None:
        super().__init__(live, parent)
        self._menu = QMenu(self)
        for words, plural in ((self.tr("Equipment…"), "equipment"), (self.tr("Programme…"), "programmes")):
            action = QAction(words, self._menu)
            action.setData(plural)
            self._menu.addAction(action)
        self._menu.triggered.connect(self._add_chosen)

    def row(self, told: ThingRow) -> Entry:
        entry = self.follow(Entry(told.name, Place(told.id), self, icon="boxes" if told.is_programme else "plane"))
        entry.add_mark(told.name, Told(told.id))
        if told.is_programme:
            entry.add_text(told.text)
            bodies, parts = (self.tr("with"), _links(told.bodies)), (self.tr("on"), _links(told.parts))
            entry.add_links(bodies, parts)
        else:
            entry.add_facts(told.text)
            makers, operators = (self.tr("made by"), _link(told.maker)), (self.tr("operated by"), _links(told.bodies))
            entry.add_links(makers, operators)
        return entry

    def add(self) -> None:
        self._menu.popup(self.add_button.mapToGlobal(self.add_button.rect().bottomLeft()))

    def _add_chosen(self, action: QAction) -> None:
        if self.record is not None:
            field = "agreements" if action.data() == "programmes" else "concerns"
            self.wanted.emit(action.data(), {field: frozenset({self.record.id})})


def _link(row: RelatedRow | None) -> list[tuple[str, Place]]:
    return [(row.title, Place(row.id))] if row else []


def _links(rows: Iterable[RelatedRow]) -> list[tuple[str, Place]]:
    return [(row.title, Place(row.id)) for row in rows]
