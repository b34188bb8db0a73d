"""A section of annotations of one kind: the newest first, a draft on top, and more on demand."""

from collections import deque
from collections.abc import Sequence
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from db.errors import CaseFileError
from db.models import Entity
from db.operations.records import add_record, delete_record
from db.queries.annotations import SHOWN, Annotation, Annotations, annotations
from db.queries.records import FieldRow, RecordRow
from desktop.annotations.card import Card
from desktop.annotations.draft import Draft
from desktop.forms.captions import all_of, class_named, one_of
from desktop.jobs import Ticket
from desktop.live import LiveCase
from desktop.records.section import Section
from desktop.undoing import NEWEST
from desktop.widgets.labels import Words


class AnnotationSection(Section):
    """Reads its annotations for itself; cards stay while their annotation does, so that nobody loses the focus."""

    KIND: ClassVar[str]
    """Plural."""
    DRAFT: ClassVar[Sequence[str]] = ()
    """Fields of a new one."""
    told = Signal(str, object)

    def __init__(self, live: LiveCase, parent: QWidget | None = None) -> None:
        super().__init__(live, all_of(self.KIND), parent)
        self.cls: type[Entity] = class_named(self.KIND)
        self.setObjectName(f"section_{self.KIND}")
        self.cards: dict[UUID, Card] = {}
        self.draft: Draft | None = None
        self._limit = SHOWN
        self._leaving: deque[str] = deque()
        """What is being deleted, in the order in which that will be told."""
        self._ticket: Ticket | None = None
        self._invitation = Words("", self, muted=True)
        self._invitation.hide()
        self._more = QPushButton("", self)
        self._more.setProperty("link", True)
        self._more.clicked.connect(self._show_more)
        self._more.hide()
        self.body.setSpacing(8)
        self.body.addWidget(self._invitation)
        self.body.addWidget(self._more)

    def invite(self, add: str, words: str) -> None:
        """Say how one is added, and what stands here while there is none."""
        self.add_button.setAccessibleName(add)
        self.add_button.setToolTip(add)
        self.add_button.setVisible(self.live.is_writable)
        self._invitation.setText(words)

    def make_card(self) -> Card:
        """A card for another annotation."""
        raise NotImplementedError

    def preset(self) -> Sequence[FieldRow]:
        """What a draft begins with."""
        return ()

    def show_record(self, record: RecordRow) -> None:
        if self.record is None or self.record.id != record.id:
            self._limit = SHOWN
            self.leave()
            self._clear()
        self.record = record
        self.read()

    def read(self) -> None:
        """Read what there is now."""
        if self._ticket:
            self._ticket.cancel()
        if self.record is not None:
            self._ticket = self.live.read(annotations, self.record.id, self.cls, self._limit, then=self._show)

    def add(self) -> None:
        """Begin a draft, or go on with the one that is there."""
        if not self.live.is_writable or self.record is None:
            return
        if self.draft is None:
            words = self.tr("Add {kind}").format(kind=one_of(self.KIND).lower())
            self.draft = Draft(self.live, self.cls, self.DRAFT, words, self, preset=self.preset())
            self.draft.saved.connect(self._save)
            self.draft.dropped.connect(self.drop_draft)
            self.body.insertWidget(0, self.draft)
            self._invitation.hide()
        self.draft.show()
        self.draft.begin()

    def leave(self) -> None:
        """Keep a draft that says something, because another record takes this one's place; what is empty goes."""
        if self.draft is not None and self.record is not None and self.draft.is_complete:
            label = self.tr("Add {kind}").format(kind=one_of(self.KIND).lower())
            values = self.draft.form.values() | {"concerns": [self.record.id]}
            self.live.write(label, add_record, self.cls, values)
            words = self.tr("Kept what you wrote about “{title}”.")
            self.told.emit(words.format(title=self.record.title), NEWEST)
        self.drop_draft()

    def drop_draft(self) -> None:
        """Give the draft up."""
        if self.draft is not None:
            had_focus = self.draft.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
            self.body.removeWidget(self.draft)
            self.draft.hide()
            self.draft.deleteLater()
            self.draft = None
            self._invitation.setVisible(not self.cards)
            if had_focus:
                self.add_button.setFocus()

    def _save(self, values: dict[str, object]) -> None:
        assert self.record is not None
        label = self.tr("Add {kind}").format(kind=one_of(self.KIND).lower())
        about = {"concerns": [self.record.id]}
        self.live.write(label, add_record, self.cls, values | about, then=self._finish, failed=self._refuse)

    def _finish(self, made: UUID) -> None:
        self.drop_draft()

    def _refuse(self, error: BaseException) -> None:
        if isinstance(error, CaseFileError) and self.draft is not None:
            self.draft.show_trouble(str(error))
        else:
            self.live.troubled.emit(error)

    def _show(self, found: Annotations) -> None:
        self.show_count(found.count)
        keys = [each.row.id for each in found.shown]
        for key in self.cards.keys() - set(keys):
            self._let_go(self.cards.pop(key))
        first = 0 if self.draft is None else 1
        for place, annotation in enumerate(found.shown, first):
            card = self.cards.get(annotation.row.id)
            if card is None:
                card = self.cards[annotation.row.id] = self._make()
            card.show_annotation(annotation, found.names)
            item = self.body.itemAt(place)
            if item is None or item.widget() is not card:
                self.body.insertWidget(place, card)
            card.show()
        rest = found.count - len(keys)
        self._more.setText(self.tr("Show more ({count})").format(count=f"{rest:,}"))
        self._more.setVisible(rest > 0)
        self._invitation.setVisible(not keys and self.draft is None)

    def _make(self) -> Card:
        card = self.make_card()
        card.told.connect(self.told)
        card.opened.connect(self.opened)
        card.unwanted.connect(self._delete)
        return card

    def _delete(self, annotation: Annotation) -> None:
        title = annotation.row.title
        label = self.tr("Delete {kind} “{title}”").format(kind=one_of(self.KIND).lower(), title=title)
        self._leaving.append(title)
        self.live.write(label, delete_record, annotation.row.id, then=self._say_deleted, failed=self._say_why_not)

    def _say_deleted(self, rows: int) -> None:
        self.told.emit(self.tr("“{title}” was deleted.").format(title=self._leaving.popleft()), NEWEST)

    def _say_why_not(self, error: BaseException) -> None:
        self._leaving.popleft()
        if isinstance(error, CaseFileError):
            self.told.emit(str(error), None)
        else:
            self.live.troubled.emit(error)

    def _clear(self) -> None:
        for card in self.cards.values():
            self._let_go(card)
        self.cards.clear()
        self.show_count(0)

    def _let_go(self, card: Card) -> None:
        self.body.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _show_more(self) -> None:
        self._limit += SHOWN
        self.read()
