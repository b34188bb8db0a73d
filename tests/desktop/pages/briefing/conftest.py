"""Briefing pages for tests, with one worker process for all of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.backroom import Backroom
from desktop.jobs import Receiver, Ticket
from desktop.pages.briefing import BriefingPage, maker
from desktop.pages.briefing.groups import Group
from desktop.pages.briefing.maker import SheetMaker
from desktop.pages.briefing.notice import Notice
from desktop.pages.briefing.preview import SheetPreview
from desktop.printing.options import Kind, Subject
from desktop.printing.pages import Composition
from desktop.widgets.labels import LinkButton
from tests.desktop.conftest import SmallCase

W = TypeVar("W", bound=QObject)


def find(where: QWidget, kind: type[W], name: str = "") -> W:
    """The one child of a kind, or of a kind and a name."""
    found = where.findChild(kind, name) if name else where.findChild(kind)
    assert found is not None, name
    return found


@dataclass
class Desk:
    """A page in sight, and the hands that use it."""

    page: BriefingPage
    qtbot: QtBot
    agreement: UUID

    @property
    def preview(self) -> SheetPreview:
        return find(self.page, SheetPreview)

    @property
    def notice(self) -> Notice:
        return find(self.page, Notice)

    @property
    def maker(self) -> SheetMaker:
        return find(self.page, SheetMaker)

    @property
    def sheet(self) -> Composition:
        assert self.maker.sheet is not None
        return self.maker.sheet

    def subject(self, kind: Kind = Kind.AGREEMENT) -> Subject:
        return Subject(kind, (self.agreement,))

    def open_groups(self) -> None:
        """Show every choice."""
        for group in self.page.findChildren(Group):
            group.open()

    def line(self, name: str) -> QLineEdit:
        return find(self.page, QLineEdit, name)

    @property
    def subject_title(self) -> str:
        """What the record is called that the briefing is about."""
        return next(link.words for link in self.page.findChildren(LinkButton, "briefingRecord") if link.isVisible())

    def words(self, name: str) -> str:
        return find(self.page, QLabel, name).text()

    def choose(self, name: str, row: int) -> None:
        """Choose as a person does: programs that set an index do not make a combo box say `activated`."""
        combo = find(self.page, QComboBox, name)
        combo.setCurrentIndex(row)
        combo.activated.emit(row)

    def wait_for_another(self) -> Composition:
        """Another sheet than the one that is there now."""
        before = self.sheet
        self.qtbot.waitUntil(lambda: self.sheet is not before, timeout=30_000)
        return self.wait_for_sheet()

    def wait_for_sheet(self) -> Composition:
        self.qtbot.waitUntil(lambda: not self.maker.is_busy and self.preview.is_drawn, timeout=30_000)
        return self.sheet


class _SharedRoom(QObject):
    """A worker process that outlives the page, because it takes a second to start."""

    def __init__(self, room: Backroom, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._room = room

    def run(self, *work: object, then: Receiver | None = None, failed: Receiver | None = None) -> Ticket:
        return self._room.run(*work, then=then, failed=failed)  # type: ignore[arg-type]

    def close(self) -> None:
        """Nothing: others go on using it."""


@pytest.fixture
def shared_process(backroom: Backroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maker, "Backroom", lambda parent: _SharedRoom(backroom, parent))


@pytest.fixture
def desk(small: SmallCase, qtbot: QtBot, shared_process: None) -> Iterator[Desk]:
    """A page without an agreement."""
    page = BriefingPage(small.live)
    qtbot.addWidget(page)
    page.resize(900, 700)
    page.show()
    yield Desk(page, qtbot, small.agreement)
    page.close()


@pytest.fixture
def laid(desk: Desk) -> Desk:
    """A page with the sheet of the small case's agreement, drawn."""
    desk.page.show_agreement(desk.agreement)
    desk.wait_for_sheet()
    return desk
