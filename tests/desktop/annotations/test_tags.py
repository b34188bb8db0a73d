"""Managing tags, and that their colours can be read in both themes."""

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from db.models import Tag
from db.operations.records import add_records, set_field
from db.queries.tags import TagRow, tags
from desktop.annotations.tags_dialog import TagsDialog
from desktop.theme.tags import DARK_TINTS, LIGHT_TINTS, TagColour, tag_tint
from tests.desktop.conftest import SmallCase
from tests.desktop.finding import child
from tests.desktop.reading import read_from, write_to


@pytest.fixture
def dialog(small: SmallCase, qtbot: QtBot) -> TagsDialog:
    rows = [{"name": "naval", "colour": "blue"}, {"name": "Navy"}, {"name": "装備"}]
    navy = write_to(qtbot, small.live, "Add tags", add_records, Tag, rows)[1]
    write_to(qtbot, small.live, "Tag", set_field, small.agreement, "tags", [navy])
    dialog = TagsDialog(small.live)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 3)
    return dialog


def names(dialog: TagsDialog) -> list[str]:
    return [str(dialog.model.index(n).data()) for n in range(dialog.model.rowCount())]


def choose(dialog: TagsDialog, name: str) -> None:
    dialog.list.setCurrentIndex(dialog.model.index(names(dialog).index(name)))


def stored(small: SmallCase, qtbot: QtBot) -> dict[str, TagRow]:
    return {row.name: row for row in read_from(qtbot, small.live, tags)}


def test_every_tag_with_its_count(dialog: TagsDialog) -> None:
    assert names(dialog) == ["naval", "Navy", "装備"]
    choose(dialog, "Navy")
    assert dialog.current is not None
    assert dialog.current.count == 1


def test_filtering(dialog: TagsDialog) -> None:
    dialog.filter.setText("NAV")
    assert names(dialog) == ["naval", "Navy"]


def test_a_colour_is_one_edit(dialog: TagsDialog, small: SmallCase, qtbot: QtBot) -> None:
    choose(dialog, "Navy")
    action = next(each for each in dialog.colour_button.menu().actions() if each.data() == TagColour.TEAL)
    assert isinstance(action, QAction)
    with qtbot.waitSignal(small.live.changed):
        action.trigger()
    assert stored(small, qtbot)["Navy"].colour == "teal"


def test_one_in_place_of_another(dialog: TagsDialog, small: SmallCase, qtbot: QtBot) -> None:
    choose(dialog, "Navy")
    dialog.other.setText("naval")
    with qtbot.waitSignal(dialog.told) as told:
        child(dialog, QPushButton, "replaceTag").click()
    assert told.args[0] == "Replaced the tag “Navy” by “naval”."
    qtbot.waitUntil(lambda: names(dialog) == ["naval", "装備"])
    assert stored(small, qtbot)["naval"].count == 1


def test_what_cannot_be_is_said_in_the_dialog(dialog: TagsDialog, qtbot: QtBot) -> None:
    choose(dialog, "Navy")
    dialog.other.setText("Navy")
    child(dialog, QPushButton, "replaceTag").click()
    qtbot.waitUntil(lambda: dialog._trouble.isVisible())
    assert "already" in dialog._trouble.text()


def test_deleting(dialog: TagsDialog, small: SmallCase, qtbot: QtBot) -> None:
    choose(dialog, "Navy")
    with qtbot.waitSignal(dialog.told):
        child(dialog, QPushButton, "deleteTag").click()
    qtbot.waitUntil(lambda: names(dialog) == ["naval", "装備"])
    assert dialog.current is not None, "the next one is chosen"


@pytest.mark.parametrize("tints", [LIGHT_TINTS, DARK_TINTS])
@pytest.mark.parametrize("colour", list(TagColour))
def test_every_colour_can_be_read(tints: dict[TagColour, object], colour: TagColour) -> None:
    tint = LIGHT_TINTS[colour] if tints is LIGHT_TINTS else DARK_TINTS[colour]
    brighter, darker = sorted((_luminance(tint.ground), _luminance(tint.ink)), reverse=True)
    assert (brighter + 0.05) / (darker + 0.05) >= 4.5, "WCAG 2.2, 1.4.3"


@pytest.mark.parametrize("word", ["", "#ff0000", "no colour"])
def test_a_colour_that_means_nothing_here_is_grey(word: str, qapp: object) -> None:
    assert tag_tint(word) == tag_tint("grey")


def _luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
