"""Every control of the tabs and of the tags dialog has a name, and is reached without a mouse."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from db.models import Assessment, Note, Task
from db.operations.records import add_record
from db.queries.record_pages import record_page
from desktop.annotations.tags_dialog import TagsDialog
from desktop.annotations.view import AnnotationsView
from desktop.history.view import HistoryView
from tests.desktop.conftest import SmallCase
from tests.desktop.reading import read_from, write_to
from tests.desktop.window.accessible import nameless


@pytest.fixture
def tab(small: SmallCase, qtbot: QtBot) -> AnnotationsView:
    about = {"concerns": [small.agreement]}
    write_to(qtbot, small.live, "Add", add_record, Note, {"text": "x"} | about)
    write_to(qtbot, small.live, "Add", add_record, Task, {"question": "?", "due": date.today().isoformat()} | about)
    write_to(qtbot, small.live, "Add", add_record, Assessment, {"judgement": "x"} | about)
    tab = AnnotationsView(small.live)
    qtbot.addWidget(tab)
    tab.show()
    tab.show_record(read_from(qtbot, small.live, record_page, small.agreement))
    qtbot.waitUntil(lambda: all(section.cards for section in tab.sections[:3]))
    tab.note_action.trigger()
    return tab


def out_of_reach(widget: QWidget) -> list[QAbstractButton]:
    buttons = widget.findChildren(QAbstractButton)
    return [each for each in buttons if each.isVisible() and not each.focusPolicy() & Qt.FocusPolicy.TabFocus]


def test_notes_and_tasks(tab: AnnotationsView) -> None:
    assert nameless(tab) == []
    assert out_of_reach(tab) == []


def test_history(small: SmallCase, qtbot: QtBot) -> None:
    view = HistoryView(small.live)
    qtbot.addWidget(view)
    view.show()
    view.show_record(read_from(qtbot, small.live, record_page, small.agreement))
    qtbot.waitUntil(lambda: view.model.entry_count > 0)
    assert nameless(view) == []


def test_tags(small: SmallCase, qtbot: QtBot) -> None:
    dialog = TagsDialog(small.live)
    qtbot.addWidget(dialog)
    dialog.show()
    assert nameless(dialog) == []
