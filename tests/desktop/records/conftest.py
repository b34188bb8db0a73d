"""The record pane on a small case, and words for what a test does to it."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from db.models import Entity
from db.operations.records import add_record, set_field
from db.queries.records import RecordRow, record
from desktop.live import LiveCase
from desktop.places import Place
from desktop.records.pane import RecordPane
from desktop.records.reading import ReadingSection
from desktop.widgets.labels import LinkButton
from tests.desktop.conftest import SmallCase

S = TypeVar("S", bound=ReadingSection)


@dataclass
class Page:
    """The record pane, and the file behind it."""

    qtbot: QtBot
    live: LiveCase
    pane: RecordPane

    def show(self, key: uuid.UUID) -> None:
        """Show a record, and wait until its sections have nothing more to read or build."""
        self.pane.show_place(Place(key))
        self.qtbot.waitUntil(lambda: self.pane.page is not None and self.pane.page.row.id == key)
        self.settle()

    def settle(self) -> None:
        """Wait until every section shows what the file says."""
        own = [section for section in self.pane.sections._own if isinstance(section, ReadingSection)]
        self.qtbot.waitUntil(lambda: not self.pane._pause.isActive())
        self.qtbot.waitUntil(
            lambda: all(each._ticket is None and each._builder._work is None for each in own), timeout=10_000
        )
        self.qtbot.waitUntil(
            lambda: all(each._marking is None and each._marker._work is None for each in own), timeout=10_000
        )

    def section(self, kind: type[S]) -> S:
        """The one section of a class."""
        return next(each for each in self.pane.sections._own if isinstance(each, kind))

    def add(self, cls: type[Entity], **values: object) -> uuid.UUID:
        """Put a record into the file, as one edit of the window's own."""
        return self.live._workspace.write("Add", add_record, cls, values)

    def write(self, operation: Callable[..., Any], *args: object) -> None:
        """Write through the live case, and wait until everything shows it."""
        with self.qtbot.waitSignal(self.live.changed):
            self.live.write("Edit", operation, *args)
        self.settle()

    def put(self, key: uuid.UUID, name: str, value: object) -> None:
        """Set a field through the live case."""
        self.write(set_field, key, name, value)

    def record(self, key: uuid.UUID) -> RecordRow:
        """A record as the file has it."""
        return self.live._workspace.read(record, key)


@pytest.fixture
def page(qtbot: QtBot, small: SmallCase) -> Page:
    return page_of(qtbot, small.live)


def page_of(qtbot: QtBot, live: LiveCase) -> Page:
    """A record pane on a case, shown."""
    pane = RecordPane(live)
    qtbot.addWidget(pane)
    pane.resize(720, 900)
    pane.show()
    qtbot.waitExposed(pane)
    return Page(qtbot, live, pane)


def links(widget: QWidget) -> list[str]:
    """The words of all links that can be seen, in their order."""
    return [link.words for link in widget.findChildren(LinkButton) if link.isVisible()]


def link(widget: QWidget, words: str) -> LinkButton:
    """The first visible link with these words."""
    return next(found for found in widget.findChildren(LinkButton) if found.isVisible() and found.words == words)


def texts(widget: QWidget) -> list[str]:
    """The words of all labels that can be seen."""
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible() and label.text()]
