"""A new record is written once it is complete, and what was typed stays if the file refuses it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from db.models import Agreement, Membership, Organization
from db.queries.records import list_records, record
from desktop.forms.dialog import NewRecordDialog
from desktop.forms.discarding import DiscardQuestion
from desktop.forms.editors import TextEditor
from tests.desktop.conftest import SmallCase
from tests.desktop.finding import child


def opened(qtbot: QtBot, dialog: NewRecordDialog) -> QPushButton:
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitExposed(dialog)
    return child(dialog, QPushButton, "add")


def line(dialog: NewRecordDialog, name: str) -> TextEditor:
    editor = dialog.form.editor(name)
    assert isinstance(editor, TextEditor)
    return editor


def test_a_record_is_made_as_one_edit(qtbot: QtBot, small: SmallCase) -> None:
    dialog = NewRecordDialog(small.live, Agreement, {"parties": frozenset({small.japan})}, {small.japan: "Japan"})
    add = opened(qtbot, dialog)
    qtbot.keyClicks(line(dialog, "title").line, "Exchange of notes")
    with qtbot.waitSignal(dialog.made) as made:
        qtbot.mouseClick(add, Qt.MouseButton.LeftButton)
    workspace = small.live._workspace
    row = workspace.read(record, made.args[0])
    assert (row.title, row["parties"].value) == ("Exchange of notes", frozenset({small.japan}))
    assert small.live.undo_state.undo is not None
    assert small.live.undo_state.undo.label == "Add agreement"


def test_what_is_needed_is_asked_for_at_its_field(qtbot: QtBot, small: SmallCase) -> None:
    dialog = NewRecordDialog(small.live, Agreement)
    add = opened(qtbot, dialog)
    qtbot.mouseClick(add, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    assert line(dialog, "title").line.property("trouble")
    assert len(small.live._workspace.read(list_records, Agreement)) == 1


def test_a_refusal_keeps_what_was_typed(qtbot: QtBot, small: SmallCase) -> None:
    dialog = NewRecordDialog(small.live, Organization)
    add = opened(qtbot, dialog)
    qtbot.keyClicks(line(dialog, "name").line, "Utopia")
    qtbot.keyClicks(line(dialog, "iso_code").line, "UTO")
    qtbot.mouseClick(add, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(add.isEnabled)
    assert dialog.isVisible()
    assert line(dialog, "name").line.text() == "Utopia"
    assert any("ISO 3166" in label.text() for label in dialog.findChildren(type(dialog._trouble)))


def test_a_required_record_is_asked_for_too(qtbot: QtBot, small: SmallCase) -> None:
    dialog = NewRecordDialog(small.live, Membership)
    add = opened(qtbot, dialog)
    qtbot.mouseClick(add, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    assert small.live._workspace.read(list_records, Membership) == []


def test_esc_never_loses_what_was_typed(qtbot: QtBot, small: SmallCase) -> None:
    dialog = NewRecordDialog(small.live, Agreement)
    opened(qtbot, dialog)
    title = line(dialog, "title").line
    qtbot.keyClicks(title, "Exchange of notes")
    qtbot.keyClick(title, Qt.Key.Key_Escape)
    question = child(dialog, DiscardQuestion)
    assert dialog.isVisible()
    assert title.text() == "Exchange of notes"
    qtbot.keyClick(question, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not dialog.findChildren(DiscardQuestion))
    assert dialog.isVisible()
    assert title.text() == "Exchange of notes"
    dialog.close()
    assert dialog.isVisible()
    with qtbot.waitSignal(dialog.rejected):
        child(dialog, QPushButton, "discard").click()


def test_an_untouched_form_goes_at_once(qtbot: QtBot, small: SmallCase) -> None:
    dialog = NewRecordDialog(small.live, Agreement, {"title": "As it began"})
    opened(qtbot, dialog)
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(line(dialog, "title").line, Qt.Key.Key_Escape)
