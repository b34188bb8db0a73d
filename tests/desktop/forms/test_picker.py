"""What is offered while somebody types: records, states that are not in the file yet, and new ones."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from db.identity import state_id
from db.models import Agreement, Organization
from db.queries.records import list_records, record
from desktop.forms.dialog import NewRecordDialog
from desktop.forms.references import ReferencesEditor
from tests.desktop.conftest import SmallCase
from tests.desktop.forms.test_dialog import line, opened


def parties(qtbot: QtBot, small: SmallCase) -> tuple[NewRecordDialog, ReferencesEditor]:
    dialog = NewRecordDialog(small.live, Agreement, {"title": "Exchange of notes"})
    opened(qtbot, dialog)
    editor = dialog.form.editor("parties")
    assert isinstance(editor, ReferencesEditor)
    editor.picker.setFocus()
    return dialog, editor


def offered(editor: ReferencesEditor) -> list[str]:
    model = editor.picker._model
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_a_state_comes_with_its_code_in_the_same_edit(qtbot: QtBot, small: SmallCase) -> None:
    dialog, editor = parties(qtbot, small)
    qtbot.keyClicks(editor.picker, "Swed")
    qtbot.waitUntil(lambda: offered(editor)[:1] == ["Sweden"], timeout=20_000)
    qtbot.keyClick(editor.picker.popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(editor.drafts()))
    assert "Sweden" not in [row.title for row in small.live._workspace.read(list_records, Organization)]
    with qtbot.waitSignal(dialog.made) as made:
        dialog._add.click()
    workspace = small.live._workspace
    assert workspace.read(record, made.args[0])["parties"].value == frozenset({state_id("SWE")})
    state = workspace.read(record, state_id("SWE"))
    assert (state.title, state["classification"].text, state["iso_code"].text) == ("Sweden", "state", "SWE")
    assert small.live.undo_state.undo is not None
    assert small.live.undo_state.undo.label == "Add agreement"


def test_a_state_that_is_there_is_offered_once(qtbot: QtBot, small: SmallCase) -> None:
    _, editor = parties(qtbot, small)
    qtbot.keyClicks(editor.picker, "Norw")
    qtbot.waitUntil(lambda: len(offered(editor)) == 2)
    qtbot.wait(300)
    assert offered(editor) == ["Norway", "New organization “Norw”…"]
    qtbot.keyClick(editor.picker.popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: editor.value() == frozenset({small.norway}))


def test_a_code_of_another_state_is_refused(qtbot: QtBot, small: SmallCase) -> None:
    dialog = NewRecordDialog(small.live, Organization, {"name": "Jap"})
    add = opened(qtbot, dialog)
    qtbot.keyClicks(line(dialog, "iso_code").line, "JP")
    add.click()
    qtbot.waitUntil(dialog._trouble.isVisible, timeout=20_000)
    assert "the code of Japan" in dialog._trouble.text()
    assert len(small.live._workspace.read(list_records, Organization)) == 2
