"""PySide6 keeps count: 6.12.0 drops a reference to None or True on each void call and emit (PYSIDE-3474)."""

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, Signal, Slot

CALLS = 1_000
NOISE = 100  # what the interpreter itself may give up meanwhile; the fault loses one a call


class Sender(QObject):
    """Emits to a plain method and to a slot."""

    sent = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.received = 0

    def method(self, number: int) -> None:
        self.received += 1

    @Slot(int)
    def slot(self, number: int) -> None:
        self.received += 1


def lost_references(call: Callable[[], object]) -> dict[str, int]:
    """Count the references to None and True that go missing in many calls."""
    before = {repr(value): sys.getrefcount(value) for value in (None, True)}
    for _ in range(CALLS):
        call()
    return {repr(value): before[repr(value)] - sys.getrefcount(value) for value in (None, True)}


@pytest.mark.parametrize("receiver", [None, "method", "slot"])
def test_an_emit_keeps_references(receiver: str | None) -> None:
    sender = Sender()
    if receiver:
        sender.sent.connect(getattr(sender, receiver))
    assert max(lost_references(lambda: sender.sent.emit(1)).values()) < NOISE
    assert sender.received == (CALLS if receiver else 0)


def test_a_void_call_keeps_references() -> None:
    sender = QObject()
    assert max(lost_references(lambda: sender.setObjectName("name")).values()) < NOISE


def test_connecting_keeps_references() -> None:
    sender = Sender()

    def connect_and_disconnect() -> None:
        sender.sent.connect(sender.slot)
        sender.sent.disconnect(sender.slot)

    assert max(lost_references(connect_and_disconnect).values()) < NOISE
