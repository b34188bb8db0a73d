"""All sections of a record under each other: its own kind's first, then whatever else is connected with it."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.queries.record_pages import RecordPage
from db.queries.related import RelatedGroup
from desktop.forms.captions import class_named
from desktop.live import LiveCase
from desktop.records.activity import EventsSection, StatementsSection, ThingsSection
from desktop.records.agreement.contents import ProvisionsSection, TextsSection
from desktop.records.agreement.lifecycle import LifecycleSection
from desktop.records.agreement.parties import PartiesSection
from desktop.records.agreement.relations import RelationsSection
from desktop.records.names import NamesSection
from desktop.records.official.posts import PostsSection
from desktop.records.official.signed import SignedSection
from desktop.records.related import RelatedSection, can_be_added, owned_kinds
from desktop.records.section import Section
from desktop.records.source.citations import CitationsSection
from desktop.records.source.origin import OriginSection
from desktop.records.source.parts import ContributorsSection, SnapshotsSection, VariablesSection

OWN: dict[str, tuple[Callable[[LiveCase, QWidget], Section], ...]] = {
    "agreements": (
        LifecycleSection,
        PartiesSection,
        ProvisionsSection,
        RelationsSection,
        TextsSection,
        NamesSection,
        ThingsSection,
        EventsSection,
        StatementsSection,
    ),
    "officials": (NamesSection, PostsSection, SignedSection, EventsSection, StatementsSection),
    "organizations": (NamesSection, EventsSection, StatementsSection),
    "sources": (ContributorsSection, VariablesSection, CitationsSection, OriginSection, SnapshotsSection),
}
"""What a kind (plural) has of its own. Each class says in `TELLS` which groups it tells, so that none is told twice."""

TOLD_IN_TABS = frozenset(
    {("notes", "concerns"), ("tasks", "concerns"), ("assessments", "concerns"), ("attachments", "record")}
)
"""Groups that the tab of notes and tasks tells."""


class SectionStack(QWidget):
    """The sections of the record that is shown."""

    opened = Signal(object)
    wanted = Signal(str, object)
    fact_asked = Signal(object)
    """The Place of a fact whose evidence is wanted."""

    def __init__(self, live: LiveCase, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._live = live
        self._kind = ""
        self._own: list[Section] = []
        self._groups: dict[tuple[str, str], RelatedSection] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)

    def show_page(self, page: RecordPage) -> None:
        """Show what is connected with a record."""
        if page.row.kind != self._kind:
            self._begin(page.row.kind)
        for section in self._own:
            section.show_record(page.row)
        self._show_groups(page)

    def _begin(self, kind: str) -> None:
        for section in (*self._own, *self._groups.values()):
            section.hide()
            section.deleteLater()
        self._kind, self._groups = kind, {}
        self._own = [make(self._live, self) for make in OWN.get(kind, ())]
        for section in self._own:
            self._take(section)

    def _show_groups(self, page: RecordPage) -> None:
        told = TOLD_IN_TABS | {group for section in self._own for group in section.TELLS}
        groups = {(each.kind, each.field): each for each in page.groups if (each.kind, each.field) not in told}
        for kind, field in owned_kinds(class_named(page.row.kind)):
            if self._live.is_writable and can_be_added(kind) and (kind, field) not in told:
                groups.setdefault((kind, field), RelatedGroup(kind, field, True, 0, ()))
        for key in self._groups.keys() - groups.keys():
            gone = self._groups.pop(key)
            gone.hide()
            gone.deleteLater()
        for key, group in groups.items():
            if key in self._groups:
                self._groups[key].show_group(group)
            else:
                self._groups[key] = RelatedSection(self._live, group, self)
                self._take(self._groups[key])
            self._groups[key].record = page.row

    def _take(self, section: Section) -> None:
        section.opened.connect(self.opened)
        section.wanted.connect(self.wanted)
        section.fact_asked.connect(self.fact_asked)
        self._column.addWidget(section)
        section.show()
