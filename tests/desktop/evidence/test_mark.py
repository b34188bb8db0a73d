"""The mark beside a field: each standing has its own shape and words, and none shouts."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from db.evidence import FieldStanding
from db.models.vocabulary import Standing
from desktop.evidence.mark import EvidenceMark, Shape, number_of, shape_of
from desktop.evidence.words import standing_words

CASES = [
    (FieldStanding(Standing.SUPPORTED, 3, 0, exact=True), Shape.SUPPORTED, "3",
     "Supported by 3 independent origins; nobody disputes it."),
    (FieldStanding(Standing.SUPPORTED, 2, 0, exact=False), Shape.COMPATIBLE, "2",
     "2 independent origins say something compatible; none says just this."),
    (FieldStanding(Standing.SINGLE, 1, 0, exact=True), Shape.SINGLE, "1",
     "Supported by a single origin; nobody disputes it."),
    (FieldStanding(Standing.SINGLE, 1, 0, exact=False), Shape.COMPATIBLE, "1",
     "A single origin says something compatible; none says just this."),
    (FieldStanding(Standing.DISPUTED, 2, 1, exact=True), Shape.DISPUTED, "1",
     "Disputed by one origin; supported by 2."),
    (FieldStanding(Standing.DISPUTED, 0, 4, exact=False), Shape.DISPUTED, "4",
     "Disputed by 4 independent origins; no source supports it."),
    (FieldStanding(Standing.DISPUTED, 1, 2, exact=True), Shape.DISPUTED, "2",
     "Disputed by 2 independent origins; supported by one."),
    (FieldStanding(Standing.UNCITED, 0, 0, exact=False), Shape.UNCITED, "", "No source is cited for this."),
    (FieldStanding(Standing.UNKNOWN, 0, 0, exact=False), None, "", "No value is known."),
]  # fmt: skip


@pytest.mark.parametrize(("found", "shape", "number", "words"), CASES)
def test_a_standing_has_a_shape_a_number_and_words(
    found: FieldStanding, shape: Shape | None, number: str, words: str
) -> None:
    assert (shape_of(found), number_of(found), standing_words(found)) == (shape, number, words)


def test_it_says_field_and_standing_and_asks_by_mouse_and_keyboard(qtbot: QtBot) -> None:
    mark = EvidenceMark("place_signed", "Place signed")
    qtbot.addWidget(mark)
    assert mark.isHidden()
    mark.show_standing(CASES[0][0])
    assert mark.isVisible()
    assert mark.accessibleName() == "Evidence for Place signed: Supported by 3 independent origins; nobody disputes it."
    assert mark.toolTip() == CASES[0][3]
    with qtbot.waitSignal(mark.asked) as asked:
        QTest.mouseClick(mark, Qt.MouseButton.LeftButton)
    assert asked.args == ["place_signed"]
    with qtbot.waitSignal(mark.asked):
        QTest.keyClick(mark, Qt.Key.Key_Space)


@pytest.mark.parametrize("found", [None, CASES[-1][0]])
def test_it_is_not_there_where_nothing_is_known(qtbot: QtBot, found: FieldStanding | None) -> None:
    mark = EvidenceMark("place_signed", "Place signed")
    qtbot.addWidget(mark)
    mark.show_standing(CASES[7][0])
    plain = mark.sizeHint().width()
    mark.show_standing(CASES[0][0])
    assert mark.sizeHint().width() == plain, "shapes stand under each other"
    mark.show_standing(FieldStanding(Standing.SUPPORTED, 12, 0, exact=True))
    assert mark.sizeHint().width() > plain
    mark.show_standing(found)
    assert mark.isHidden()
