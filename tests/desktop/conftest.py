"""Case files for the tests of the desktop."""

from pathlib import Path

import pytest

from tests.desktop.command_line import Case, small_case


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return small_case(tmp_path / "small.casefile")
