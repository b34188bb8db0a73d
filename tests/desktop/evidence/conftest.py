"""A live case with evidence on the place where its agreement was signed."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from db.operations.claims import NewCitation, NewSource, cite
from db.operations.records import set_field
from db.queries.claims import KnownField, known_field
from db.queries.records import record
from desktop.live import LiveCase
from tests.desktop.conftest import SmallCase

T = TypeVar("T", bound=QObject)
FIELD = "place_signed"


def the(widget: QWidget, cls: type[T], name: str = "") -> T:
    """The child of that class and name, which has to be there."""
    child = widget.findChild(cls, name) if name else widget.findChild(cls)
    assert isinstance(child, cls)
    return child


class File(QObject):
    """The file as a test asks it: each call waits for its answer."""

    def __init__(self, live: LiveCase, qtbot: QtBot) -> None:
        super().__init__()
        self._live, self._qtbot = live, qtbot
        self._answers: list[Any] = []

    def known(self, key: UUID, name: str = FIELD) -> KnownField:
        """What the file knows of a field."""
        self._live.read(known_field, key, name, then=self._take)
        answer = self._wait()
        assert isinstance(answer, KnownField)
        return answer

    def write(self, operation: Callable[..., Any], *args: object) -> Any:
        """The result of an operation."""
        self._live.write("By the test", operation, *args, then=self._take)
        return self._wait()

    def _take(self, answer: object) -> None:
        self._answers.append(answer)

    def _wait(self) -> Any:
        self._qtbot.waitUntil(lambda: bool(self._answers))
        return self._answers.pop()


@pytest.fixture
def file(live: LiveCase, qtbot: QtBot) -> File:
    return File(live, qtbot)


@pytest.fixture
def agreement(small: SmallCase, file: File) -> UUID:
    """The agreement: signed in Tokyo, as a release says and a paper repeats; in Oslo, as a rumour has it."""
    file.write(add_evidence, small.agreement)
    return small.agreement


def add_evidence(session: Session, agreement: UUID) -> None:
    set_field(session, agreement, FIELD, "Tokyo")
    release = NewSource({"title": "Release <b>of the ministry</b>", "reliability": "A"})
    first = cite(session, agreement, FIELD, NewCitation(release, {"quotation": "東京で署名", "credibility": "2"}))
    citation = record(session, first)["citation"].value
    assert isinstance(citation, UUID)
    relays = {"relays": record(session, citation)["source"].value}
    cite(session, agreement, FIELD, NewCitation(NewSource({"title": "Jiji", "publisher": "Jiji Press"}), relays))
    cite(session, agreement, FIELD, NewCitation(NewSource({"title": "Rumour"})), {"value": "Oslo"})
