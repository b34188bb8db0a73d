"""The sections that every kind of record has: its parts, and what else is connected with it."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from db.models import BY_PLURAL, Entity
from db.queries.related import RelatedGroup
from db.triggers import references
from desktop.forms.captions import all_of, field_label, icon_of, one_of
from desktop.live import LiveCase
from desktop.places import Place
from desktop.records.section import Section
from desktop.theme import icon
from desktop.widgets.labels import LinkButton, Words
from desktop.widgets.layouts import clear_layout

NEVER_ADDED_HERE = {
    "claims", "acceptances", "dismissals", "distinctions", "snapshots", "attachments", "parties", "participations",
}  # fmt: skip


def can_be_added(kind: str) -> bool:
    """Whether parts of this kind are made in the record pane."""
    return kind not in NEVER_ADDED_HERE


class RelatedSection(Section):
    """One group of connected records, as links."""

    def __init__(self, live: LiveCase, group: RelatedGroup, parent: QWidget | None = None) -> None:
        add = one_of(group.kind).lower() if group.owned and can_be_added(group.kind) else ""
        words = QCoreApplication.translate("RelatedSection", "Add {kind}").format(kind=add) if add else ""
        super().__init__(live, _title(group), parent, add=words)
        self._group = group
        self.show_group(group)

    def show_group(self, group: RelatedGroup) -> None:
        """Show another state of the same group."""
        self._group = group
        clear_layout(self.body)
        self.show_count(group.count)
        for row in group.rows:
            link = LinkButton(row.title or self.tr("(no title)"), Place(row.id), self)
            link.setIcon(icon(icon_of(group.kind)))
            link.setToolTip(row.title)
            link.followed.connect(self.opened)
            self.body.addWidget(link)
        if group.count > len(group.rows):
            more = self.tr("and {count} more").format(count=f"{group.count - len(group.rows):,}")
            self.body.addWidget(Words(more, self, muted=True))

    def add(self) -> None:
        if self.record is not None:
            self.wanted.emit(self._group.kind, {self._group.field: self.record.id})


def _title(group: RelatedGroup) -> str:
    plain = group.owned or group.field in ("concerns", group.kind.removesuffix("s"))
    return all_of(group.kind) if plain else f"{all_of(group.kind)} · {field_label(group.field).lower()}"


def owned_kinds(cls: type[Entity]) -> list[tuple[str, str]]:
    """The kinds (plural) whose records are parts of one of this kind, and by which field."""
    return [
        (child.PLURAL, column.name.removesuffix("_id"))
        for child in BY_PLURAL.values()
        for column in references(child)
        if column.info["owner"] and column.info["target"] == cls.__tablename__ and not child.MEMBERS
    ]
