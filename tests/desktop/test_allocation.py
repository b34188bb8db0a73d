"""What a large query has left behind is handed back to the system."""

import subprocess
import sys

import pytest

from desktop.allocation import Allocation

_GROW_AND_LOOK = """
from desktop.allocation import Allocation, resident

allocation = Allocation()
rows = [bytes([1]) * 2_000 for _ in range(40_000)]
held = resident()
last = rows[-1]
del rows
allocation.look()
print(held - resident())
"""
"""In a process of its own: in one that has run other tests, the rows fit into holes that are there already."""


@pytest.mark.skipif(sys.platform != "linux", reason="others hand it back by themselves")
def test_holes_in_the_heap_are_handed_back() -> None:
    run = subprocess.run([sys.executable, "-c", _GROW_AND_LOOK], capture_output=True, text=True, check=True)
    assert int(run.stdout) > 2_000 * 40_000 / 2


def test_a_program_that_has_not_grown_is_left_alone() -> None:
    allocation = Allocation()
    allocation._library = None  # would fail if it were asked
    allocation.look()
