"""A case file that can only be read."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.opening import open_case
from db.trust import Trust
from desktop.live import LiveCase
from desktop.workspace import Workspace
from tests.desktop.command_line import Case
from tests.desktop.conftest import lively


@pytest.fixture
def reading(case: Case, trust: Trust) -> Iterator[LiveCase]:
    with lively(Workspace(open_case(Path(case.path), trust))) as live:
        yield live
