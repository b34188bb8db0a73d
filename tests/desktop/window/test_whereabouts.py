"""A case file opens where it was closed."""

from pathlib import Path
from shutil import copyfile
from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import QPoint, QSize
from pytestqt.qtbot import QtBot

from db.models import Person
from db.queries.records import list_records
from desktop.navigation import Destination
from desktop.places import Place
from desktop.settings import preferences
from desktop.whereabouts import FRAME, remember_stop, remembered_stop
from tests.desktop.window.conftest import Opener

AGREEMENTS = Destination("list", "agreements")


def test_it_opens_on_the_page_and_record_of_last_time(
    qtbot: QtBot, open_window: Opener, sample_file: Path, tmp_path: Path
) -> None:
    path = Path(copyfile(sample_file, tmp_path / "a.casefile"))
    window = open_window(path)
    row = window.live._workspace.read(list_records, Person)[0]
    window.go(Destination("list", "officials"))
    window.open_place(Place(row.id))
    window.close()
    again = open_window(path)
    assert again is not window
    assert again.destination == Destination("list", "officials")
    qtbot.waitUntil(lambda: again.pane.page is not None and again.pane.page.row.id == row.id)


@pytest.mark.parametrize(
    "stored", [None, "", ["list"], ["list", "nonsense", ""], ["nonsense", "", ""], ["review", "", "x"]]
)
def test_what_is_written_down_otherwise_is_passed_over(tmp_path: Path, stored: object) -> None:
    settings = preferences()
    remember_stop(settings, tmp_path, AGREEMENTS, Place(uuid4()))
    (key,) = settings.allKeys()
    settings.setValue(key, stored)
    destination, place = remembered_stop(settings, tmp_path)
    assert destination in (AGREEMENTS, Destination("review"))
    assert place is None


def test_a_record_is_found_again(tmp_path: Path) -> None:
    place = Place(UUID(int=7))
    remember_stop(preferences(), tmp_path, Destination("history"), place)
    assert remembered_stop(preferences(), tmp_path) == (Destination("history"), place)


def test_a_window_is_never_larger_than_its_screen_and_stays_where_it_was(
    open_window: Opener, sample_file: Path, tmp_path: Path
) -> None:
    path = Path(copyfile(sample_file, tmp_path / "a.casefile"))
    window = open_window(path)
    room = window.screen().availableGeometry()
    assert window.height() + FRAME <= room.height()
    window.move(60, 20)
    window.resize(window.width(), 640)
    for _ in range(3):
        place, size = window.pos(), window.size()
        window.close()
        window = open_window(path)
        assert (window.pos(), window.height()) == (place, size.height())


def test_a_screen_that_is_gone_takes_no_window_with_it(open_window: Opener, sample_file: Path, tmp_path: Path) -> None:
    preferences().setValue("window/place", QPoint(9_000, 9_000))
    preferences().setValue("window/size", QSize(20_000, 20_000))
    window = open_window(Path(copyfile(sample_file, tmp_path / "a.casefile")))
    room = window.screen().availableGeometry()
    assert room.contains(window.pos())
    assert window.height() <= room.height()
