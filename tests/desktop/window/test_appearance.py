"""Light and dark, as they are chosen in the menu of a window that is open."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import pytest
from PySide6.QtGui import QAction, QColor, QPalette
from PySide6.QtWidgets import QApplication

from desktop.menus import ThemeMenu
from desktop.theme import Theme, apply_theme, colours
from desktop.theme.colours import DARK, LIGHT
from tests.desktop.finding import child
from tests.desktop.window.conftest import Opener


@pytest.fixture(autouse=True)
def light_again(qapp: QApplication) -> Iterator[None]:
    yield
    apply_theme(qapp, Theme.LIGHT)


def test_a_choice_is_seen_at_once_and_ticked_in_every_window(
    qapp: QApplication, open_window: Opener, sample_file: Path, tmp_path: Path
) -> None:
    first = open_window(Path(copyfile(sample_file, tmp_path / "a.casefile")))
    second = open_window(Path(copyfile(sample_file, tmp_path / "b.casefile")))
    for theme, look in ((Theme.DARK, DARK), (Theme.LIGHT, LIGHT)):
        child(first, QAction, f"theme_{theme}").trigger()
        assert colours() is look
        assert first.palette().color(QPalette.ColorRole.Window) == QColor(look.window)
        assert look.surface in qapp.styleSheet()
        menu = child(second, ThemeMenu)
        menu.aboutToShow.emit()
        ticked = [action.objectName() for action in menu.actions() if action.isChecked()]
        assert ticked == [f"theme_{theme}"]
