"""What the tests of the lists stand on."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from desktop.garbage import Collector


@pytest.fixture(autouse=True)
def collector(qapp: QApplication) -> Iterator[Collector]:
    """As in the application: a reader's thread must not collect the widgets of the test before."""
    made = Collector()
    yield made
    made.stop()
