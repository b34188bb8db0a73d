"""Many agreements printed at once."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from db.models import Agreement
from db.operations.records import add_record
from desktop.pages.briefing.batch import BatchDialog
from tests.desktop.conftest import SmallCase


def _add(session: Session) -> list[UUID]:
    return [add_record(session, Agreement, {"title": f"Agreement {number}"}) for number in range(3)]


@pytest.fixture
def batch(small: SmallCase, qtbot: QtBot) -> Iterator[BatchDialog]:
    made: list[list[UUID]] = []
    holder = _Taker(made)
    small.live.write("Add", _add, then=holder.take)
    qtbot.waitUntil(lambda: bool(made))
    dialog = BatchDialog(small.live, tuple(made[0]))
    qtbot.addWidget(dialog)
    dialog.open()
    yield dialog
    dialog.close()


class _Taker(QObject):
    def __init__(self, made: list[list[UUID]]) -> None:
        super().__init__()
        self._made = made

    def take(self, ids: list[UUID]) -> None:
        self._made.append(ids)


def test_each_gets_a_file_of_its_own_name(batch: BatchDialog, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(batch.ended, timeout=60_000) as seen:
        batch.print_into(str(tmp_path))
    assert seen.args == [3]
    files = sorted(tmp_path.glob("*.pdf"))
    assert len(files) == 3
    assert all(file.read_bytes().startswith(b"%PDF") for file in files)
    assert batch.words.text() == "Made 3 files."


def test_nothing_is_replaced_unasked(batch: BatchDialog, qtbot: QtBot, tmp_path: Path) -> None:
    there = tmp_path / "unsigned-agreement.pdf"
    there.write_bytes(b"%PDF-mine")
    batch.print_into(str(tmp_path))
    qtbot.waitUntil(batch.skip_button.isVisible, timeout=60_000)
    assert there.name in batch.words.text()
    with qtbot.waitSignal(batch.ended, timeout=60_000) as seen:
        batch.skip_button.click()
    assert seen.args == [2]
    assert there.read_bytes() == b"%PDF-mine"


def test_it_is_called_off(batch: BatchDialog, qtbot: QtBot, tmp_path: Path) -> None:
    batch.print_into(str(tmp_path))
    qtbot.waitUntil(lambda: len(batch.made) >= 1, timeout=60_000)
    with qtbot.waitSignal(batch.ended, timeout=10_000):
        batch.cancel()
    assert not batch.is_running
    assert len(list(tmp_path.glob("*.pdf"))) < 3 or len(batch.made) == 3
    assert "Called off" in batch.words.text()


def test_all_are_bound_into_one(batch: BatchDialog, qtbot: QtBot, tmp_path: Path) -> None:
    batch.bound.setChecked(True)
    with qtbot.waitSignal(batch.ended, timeout=60_000) as seen:
        batch.bind_into(str(tmp_path / "all.pdf"))
    assert seen.args == [1]
    assert (tmp_path / "all.pdf").read_bytes().startswith(b"%PDF")
