"""What a large query has left behind is handed back to the system."""

import sys

import pytest

from desktop.allocation import Allocation, resident

SIZE = 2_000
COUNT = 40_000


@pytest.mark.skipif(sys.platform != "linux", reason="others hand it back by themselves")
def test_holes_in_the_heap_are_handed_back() -> None:
    allocation = Allocation()
    rows = [bytes([1]) * SIZE for _ in range(COUNT)]
    held = resident()
    last = rows[-1]
    del rows
    allocation.look()
    assert len(last) == SIZE
    assert resident() < held - SIZE * COUNT / 2


def test_a_program_that_has_not_grown_is_left_alone() -> None:
    allocation = Allocation()
    allocation._library = None  # would fail if it were asked
    allocation.look()
