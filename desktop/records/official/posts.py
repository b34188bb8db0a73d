"""The posts of an official: a time axis, and the same as a list of links with their days in words."""

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.queries.portions import Portion
from db.queries.tenures import Tenure, posts_held
from desktop.evidence.mark import Told
from desktop.live import LiveCase
from desktop.places import Place
from desktop.records.entry import Entry
from desktop.records.official.timeline import PostTimeline
from desktop.records.reading import ListSection, add_to
from desktop.records.words import tenure_words
from desktop.theme import Size
from desktop.widgets.labels import Words


class PostsSection(ListSection):
    """Which posts, from when to when as far as evidence shows."""

    TITLE = QT_TRANSLATE_NOOP("Section", "Posts held")
    ADD = QT_TRANSLATE_NOOP("Section", "Add post")
    TELLS = (("memberships", "person"),)
    TABLES = frozenset({"membership", "post", "organization"})
    QUERY = staticmethod(posts_held)

    def __init__(self, live: LiveCase, parent: QWidget | None = None) -> None:
        super().__init__(live, parent)
        self.timeline = PostTimeline(self)
        self.timeline.opened.connect(self.opened)
        self.timeline.hide()
        self._legend = Words(
            self.tr("A stroke ends a bar that began or ended then; dots: shown at least then, and perhaps longer."),
            self,
            size=Size.CAPTION,
            muted=True,
        )
        self._legend.hide()
        self.body.insertWidget(0, self.timeline)
        self.body.insertWidget(1, self._legend)
        self.body.setSpacing(8)

    def fill(self, told: Portion[Any], column: QVBoxLayout) -> Iterator[object]:
        self.timeline.show_tenures(told.rows)
        self._legend.setVisible(not self.timeline.isHidden())
        for number, tenure in enumerate(told.rows, 1):
            yield add_to(column, self._numbered(tenure, number))
        self._offer_more(told, column)

    def _numbered(self, told: Tenure, number: int) -> Entry:
        title = told.title or self.tr("Post without a name")
        entry = Entry(f"{number}. {title}", Place(told.id), self)
        entry.link.setAccessibleName(title)
        entry.add_mark(title, Told(told.id))
        behalf = self.tr("on behalf of {name}").format(name=told.on_behalf_of) if told.on_behalf_of else ""
        entry.add_facts(tenure_words(told), behalf)
        return self.follow(entry)

    def add(self) -> None:
        if self.record is not None:
            self.wanted.emit("memberships", {"person": self.record.id})

    def _begin(self) -> None:
        super()._begin()
        self.timeline.show_tenures(())
        self._legend.hide()
