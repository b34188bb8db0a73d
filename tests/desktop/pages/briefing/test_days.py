"""A day as people type it."""

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from desktop.pages.briefing.days import DayField


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2024-09-03", date(2024, 9, 3)),
        ("3 Sept 2024", date(2024, 9, 3)),
        ("September 3, 2024", date(2024, 9, 3)),
        ("  ", None),
    ],
)
def test_one_day_or_none(qtbot: QtBot, typed: str, day: date | None) -> None:
    field = DayField("day", "Day")
    qtbot.addWidget(field)
    with qtbot.waitSignal(field.changed):
        qtbot.keyClicks(field.line, typed)
    assert field.is_readable
    assert field.day == day
    assert field.note.text() == ("3 September 2024" if day else "")
    assert not field.line.property("trouble")


@pytest.mark.parametrize(
    "typed", ["03/09/2024", "2024", "Sept 2024", "c. 3 Sept 2024", "3-5 Sept 2024", "soon", "2024-02-30"]
)
def test_what_is_not_one_day_is_told(qtbot: QtBot, typed: str) -> None:
    field = DayField("day", "Day")
    qtbot.addWidget(field)
    qtbot.keyClicks(field.line, typed)
    assert not field.is_readable
    assert field.day is None
    assert "not one day" in field.note.text()
    assert field.line.property("trouble")
