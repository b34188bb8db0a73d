"""The live case: results come home to the window's thread, writes go first, and it tells what changed."""

import threading
import uuid
from collections.abc import Iterator
from typing import cast

import pytest
from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from db.errors import InvalidValue, RecordInUse
from db.importers.records import load_records
from db.models import Changeset, PartyAction, Signatory
from db.operations.records import add_record, delete_record, set_field
from db.queries.records import record
from db.queries.undo import Step
from desktop.live import LiveCase, SaveState
from tests.desktop.conftest import SmallCase


class Receiver(QObject):
    """Keeps what it is given, and whether that came on its own thread."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[object] = []

    def take(self, word: object) -> None:
        assert QThread.currentThread() is self.thread()
        self.words.append(word)


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


def counting(session: Session, most: int) -> Iterator[int]:
    """Numbers that take SQLite a while."""
    for number in range(most):
        session.execute(
            text("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 200000) SELECT max(i) FROM n")
        )
        yield number


def founding(session: Session) -> uuid.UUID:
    """The entry that made the case file."""
    return session.scalars(select(Changeset.id).order_by(Changeset.k)).first()  # type: ignore[return-value]


def test_a_query_is_answered_on_the_windows_thread(qtbot: QtBot, small: SmallCase, receiver: Receiver) -> None:
    small.live.read(record, small.agreement, then=receiver.take)
    qtbot.waitUntil(lambda: bool(receiver.words))
    assert receiver.words[0].title == "Memorandum on equipment"  # type: ignore[attr-defined]


def test_an_error_goes_to_whoever_asked(qtbot: QtBot, small: SmallCase, receiver: Receiver) -> None:
    small.live.write("Break", set_field, small.agreement, "title", "", failed=receiver.take)
    qtbot.waitUntil(lambda: bool(receiver.words))
    assert isinstance(receiver.words[0], InvalidValue)
    assert small.live.save_state is SaveState.SAVED, "what is refused at its field is no loss"


def test_a_cancelled_read_delivers_nothing(qtbot: QtBot, small: SmallCase, receiver: Receiver) -> None:
    ticket = small.live.stream(counting, 1_000, each=receiver.take, then=receiver.take)
    qtbot.waitUntil(lambda: bool(receiver.words))
    ticket.cancel()
    small.live.read(record, small.agreement, then=receiver.take)
    qtbot.waitUntil(lambda: hasattr(receiver.words[-1], "title"))
    assert len(receiver.words) < 1_000


def test_a_receiver_that_is_gone_is_left_alone(qtbot: QtBot, small: SmallCase) -> None:
    gone, stays = Receiver(), Receiver()
    small.live.read(record, small.agreement, then=gone.take)
    del gone
    small.live.read(record, small.agreement, then=stays.take)
    qtbot.waitUntil(lambda: bool(stays.words))


def test_a_write_goes_before_a_long_read_which_begins_anew(qtbot: QtBot, small: SmallCase, receiver: Receiver) -> None:
    small.live.stream(counting, 30, each=receiver.take)
    qtbot.waitUntil(lambda: len(receiver.words) >= 2)
    with qtbot.waitSignal(small.live.changed, timeout=2_000):
        small.live.write("Set place", set_field, small.agreement, "place_signed", "Tokyo")
    seen = len(receiver.words)
    assert seen < 30
    qtbot.waitUntil(lambda: receiver.words[-1] == 29, timeout=20_000)
    assert receiver.words.count(0) == 2


def test_changes_name_the_record_and_what_owns_it(qtbot: QtBot, small: SmallCase) -> None:
    def sign(session: Session) -> tuple[uuid.UUID, uuid.UUID]:
        action = add_record(session, PartyAction, {"agreement": small.agreement, "action": "signature"})
        return action, add_record(session, Signatory, {"action": action, "person": small.official})

    receiver = Receiver()
    with qtbot.waitSignal(small.live.changed) as told:
        small.live.write("Sign", sign, then=receiver.take)
    qtbot.waitUntil(lambda: bool(receiver.words))
    action, signatory = cast(tuple[uuid.UUID, uuid.UUID], receiver.words[0])
    changes = told.args[0]
    assert changes.label == "Sign"
    assert {action, signatory, small.agreement} <= changes.records
    assert {"party_action", "signatory"} <= changes.kinds
    with qtbot.waitSignal(small.live.changed) as told:
        small.live.write("Remove", delete_record, signatory)
    assert {signatory, action, small.agreement} <= told.args[0].records


def labels(live: LiveCase) -> tuple[str, str]:
    """What undo and redo would do next."""
    undo, redo = live.undo_state.undo, live.undo_state.redo
    return (undo.label if undo else ""), (redo.label if redo else "")


def go(qtbot: QtBot, live: LiveCase, step: Step | None) -> tuple[str, str]:
    assert step
    with qtbot.waitSignal(live.changed):
        live.revert(step.entry)
    return labels(live)


def test_undo_and_redo_go_back_and_forth(qtbot: QtBot, small: SmallCase, live: LiveCase) -> None:
    for place in ("Tokyo", "Oslo"):
        with qtbot.waitSignal(live.changed):
            live.write(f"Set {place}", set_field, small.agreement, "place_signed", place)
    assert go(qtbot, live, live.undo_state.undo) == ("Set Tokyo", "Set Oslo")
    assert go(qtbot, live, live.undo_state.undo) == ("Fill", "Set Tokyo")
    assert go(qtbot, live, live.undo_state.redo) == ("Set Tokyo", "Set Oslo")
    assert go(qtbot, live, live.undo_state.redo) == ("Set Oslo", "")
    assert go(qtbot, live, live.undo_state.undo) == ("Set Tokyo", "Set Oslo")
    with qtbot.waitSignal(live.changed):
        live.write("Set Bergen", set_field, small.agreement, "place_signed", "Bergen")
    assert labels(live) == ("Set Bergen", "")


def test_the_case_file_itself_is_never_undone(
    qtbot: QtBot, small: SmallCase, live: LiveCase, receiver: Receiver
) -> None:
    with qtbot.waitSignal(live.changed):
        live.write("Set Tokyo", set_field, small.agreement, "place_signed", "Tokyo")
    assert go(qtbot, live, live.undo_state.undo) == ("Fill", "Set Tokyo")
    assert go(qtbot, live, live.undo_state.undo) == ("", "Fill")
    live.read(founding, then=receiver.take)
    qtbot.waitUntil(lambda: len(receiver.words) == 1)
    live.revert(cast(uuid.UUID, receiver.words[0]), failed=receiver.take)
    qtbot.waitUntil(lambda: len(receiver.words) == 2)
    assert isinstance(receiver.words[1], RecordInUse)


def test_no_thread_stays_behind(small: SmallCase) -> None:
    small.live.close()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith(("reader", "writer"))]


def test_what_the_sample_begins_with_is_never_undone(qtbot: QtBot, sample: LiveCase, receiver: Receiver) -> None:
    sample.finish()
    assert labels(sample) == ("", "")
    sample.read(founding, then=receiver.take)
    qtbot.waitUntil(lambda: len(receiver.words) == 1)
    sample.revert(cast(uuid.UUID, receiver.words[0]), failed=receiver.take)
    qtbot.waitUntil(lambda: len(receiver.words) == 2)
    assert isinstance(receiver.words[1], RecordInUse)


def test_what_is_loaded_later_can_be_undone(qtbot: QtBot, live: LiveCase) -> None:
    document: dict[str, object] = {"officials": [{"name": "Kari Nordmann"}]}
    with qtbot.waitSignal(live.changed):
        live.write("Load records", load_records, document)
    assert labels(live) == ("Load records", "")
