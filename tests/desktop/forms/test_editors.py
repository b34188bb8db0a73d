"""Editors report finished edits and nothing else; dates say how they are understood."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from db.dates import read
from db.fields import field_of
from db.models import Agreement, Event, Source
from db.models.vocabulary import InstrumentType, Subject
from db.queries.records import FieldRow
from desktop.forms.dates import DateEditor
from desktop.forms.editors import ChoiceEditor, FieldEditor, RunningTextEditor, TextEditor
from desktop.forms.references import ReferencesEditor
from desktop.forms.terms import TermsEditor
from desktop.places import Place
from desktop.widgets.labels import LinkButton
from tests.desktop.conftest import SmallCase
from tests.desktop.finding import child

TITLE = field_of(Agreement, "title")
SUMMARY = field_of(Agreement, "summary")
YEARS = field_of(Agreement, "renewal_years")
KIND = field_of(Agreement, "instrument_type")
SUBJECTS = field_of(Agreement, "subjects")
PARTIES = field_of(Agreement, "parties")
DATE = field_of(Event, "date")


def shown(qtbot: QtBot, editor: FieldEditor) -> list[object]:
    """Show an editor and collect what it reports."""
    reported: list[object] = []
    editor.edited.connect(reported.append)
    qtbot.addWidget(editor)
    editor.show()
    editor.activateWindow()
    editor.control.setFocus()
    qtbot.waitUntil(editor.control.hasFocus)
    return reported


def trouble(editor: FieldEditor) -> str:
    """What is said under the editor."""
    return " ".join(label.text() for label in editor.findChildren(QLabel) if label.isVisible())


def type_text(qtbot: QtBot, widget: QWidget, text: str) -> None:
    qtbot.keyClick(widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(widget, text)


def test_a_line_reports_what_was_typed_once(qtbot: QtBot) -> None:
    editor = TextEditor(TITLE)
    reported = shown(qtbot, editor)
    editor.show_value(FieldRow("title", "Old", "Old"), {})
    type_text(qtbot, editor.line, "New")
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    editor.line.clearFocus()
    assert reported == ["New"]


def test_showing_a_value_reports_nothing(qtbot: QtBot) -> None:
    editor = TextEditor(TITLE)
    reported = shown(qtbot, editor)
    editor.show_value(FieldRow("title", "A", "A"), {})
    editor.line.clearFocus()
    assert reported == []


def test_what_is_stored_does_not_overwrite_what_is_being_typed(qtbot: QtBot) -> None:
    editor = TextEditor(TITLE)
    shown(qtbot, editor)
    editor.show_value(FieldRow("title", "Old", "Old"), {})
    type_text(qtbot, editor.line, "Half a ti")
    editor.show_value(FieldRow("title", "From elsewhere", "From elsewhere"), {})
    assert editor.line.text() == "Half a ti"


def test_escape_takes_back_what_was_typed(qtbot: QtBot) -> None:
    editor = TextEditor(TITLE)
    reported = shown(qtbot, editor)
    editor.show_value(FieldRow("title", "Old", "Old"), {})
    type_text(qtbot, editor.line, "Slip")
    qtbot.keyClick(editor.line, Qt.Key.Key_Escape)
    editor.line.clearFocus()
    assert (editor.line.text(), reported) == ("Old", [])


def test_a_wrong_value_is_told_at_the_field_and_not_reported(qtbot: QtBot) -> None:
    editor = TextEditor(YEARS)
    reported = shown(qtbot, editor)
    type_text(qtbot, editor.line, "five")
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert reported == []
    assert "whole number" in trouble(editor)
    type_text(qtbot, editor.line, "5")
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert (reported, trouble(editor)) == (["5"], "")


def test_running_text_is_reported_when_the_focus_leaves(qtbot: QtBot) -> None:
    editor = RunningTextEditor(SUMMARY)
    reported = shown(qtbot, editor)
    qtbot.keyClicks(editor.text, "On equipment.")
    qtbot.keyClick(editor.text, Qt.Key.Key_Return)
    assert reported == []
    qtbot.keyClick(editor.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert reported == ["On equipment.\n"]


def test_a_term_is_chosen_or_left_open(qtbot: QtBot) -> None:
    editor = ChoiceEditor(KIND)
    reported = shown(qtbot, editor)
    editor.show_value(FieldRow("instrument_type", InstrumentType.TREATY, "treaty"), {})
    assert editor.value() == "treaty"
    editor.box.setCurrentIndex(0)
    editor.box.activated.emit(0)
    assert reported == [""]


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("3 Sept 2024", "3 September 2024 (2024-09-03)"),
        ("August 2024", "August 2024 (2024-08)"),
        ("c. 2016", "(2016~)"),
        ("2024-08~", "(2024-08~)"),
    ],
)
def test_a_date_shows_how_it_is_understood(qtbot: QtBot, typed: str, understood: str) -> None:
    editor = DateEditor(DATE)
    reported = shown(qtbot, editor)
    qtbot.keyClicks(editor.line, typed)
    assert understood in trouble(editor)
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert reported == [typed]


def test_a_date_that_cannot_be_read_stays_as_text_and_says_so(qtbot: QtBot) -> None:
    editor = DateEditor(DATE)
    reported = shown(qtbot, editor)
    qtbot.keyClicks(editor.line, "soon after the visit")
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert reported == ["soon after the visit"]
    assert "Not understood as a date" in trouble(editor)
    editor.show_value(FieldRow("date", read("soon after the visit"), "soon after the visit"), {})
    assert editor.line.text() == "soon after the visit"
    assert "Not understood as a date" in trouble(editor)


def test_terms_are_added_and_taken_out(qtbot: QtBot) -> None:
    editor = TermsEditor(SUBJECTS)
    reported = shown(qtbot, editor)
    editor.show_value(FieldRow("subjects", frozenset({Subject.PROCUREMENT}), "procurement"), {})
    assert editor.box.findData(Subject.PROCUREMENT) == -1
    place = editor.box.findData(Subject.RESEARCH)
    editor.box.setCurrentIndex(place)
    editor.box.activated.emit(place)
    assert reported == [frozenset({Subject.PROCUREMENT, Subject.RESEARCH})]


def test_a_record_is_found_by_its_name_and_chosen(qtbot: QtBot, small: SmallCase) -> None:
    editor = ReferencesEditor(small.live, PARTIES)
    reported = shown(qtbot, editor)
    qtbot.keyClicks(editor.picker, "norw")
    popup = editor.picker.popup
    qtbot.waitUntil(lambda: popup.isVisible() and popup.model().rowCount() > 0)
    assert popup.model().index(0, 0).data() == "Norway"
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(reported))
    assert reported == [frozenset({small.norway})]


def test_a_chip_leads_to_its_record(qtbot: QtBot, small: SmallCase) -> None:
    editor = ReferencesEditor(small.live, PARTIES)
    shown(qtbot, editor)
    editor.show_value(FieldRow("parties", frozenset({small.japan}), "Japan"), {small.japan: "Japan"})
    link = child(editor, LinkButton)
    with qtbot.waitSignal(editor.opened) as opened:
        qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert opened.args == [Place(small.japan)]


@pytest.mark.parametrize(
    ("typed", "said", "offered"),
    [
        ("31 Feb 2024", "no such day", []),
        ("03/09/2024", "may be two days", ["3 September 2024", "9 March 2024"]),
        ("3 Sep 24", "Which year", ["3 September 2024", "3 September 1924"]),
        ("next Tuesday", "Write it as", []),
    ],
)
def test_a_date_says_what_is_wrong_and_what_may_be_meant(
    qtbot: QtBot, typed: str, said: str, offered: list[str]
) -> None:
    editor = DateEditor(DATE)
    shown(qtbot, editor)
    qtbot.keyClicks(editor.line, typed)
    assert said in trouble(editor)
    buttons = [button for button in editor.findChildren(QPushButton) if button.isVisible()]
    assert [button.text() for button in buttons] == offered
    if offered:
        with qtbot.waitSignal(editor.edited) as edited:
            buttons[0].click()
        assert edited.args == [offered[0]]
        assert editor.line.text() == offered[0]
        assert trouble(editor) == "3 September 2024 (2024-09-03)"


def test_what_a_date_is_understood_as_moves_nothing(qtbot: QtBot) -> None:
    editor = DateEditor(DATE)
    shown(qtbot, editor)
    before = editor.sizeHint().height()
    qtbot.keyClicks(editor.line, "3. september 2024")
    assert editor.sizeHint().height() == before


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("url", "not a url", "no web address"),
        ("url", "https://www.mod.go.jp/en/", ""),
        ("language", "norsk", "nb would be"),
        ("language", "Japanese", "ja would be"),
        ("language", "nb", ""),
        ("language", "zh-Hant", ""),
        ("language", "klingonese", "no language code"),
    ],
)
def test_what_looks_odd_is_said_and_kept(qtbot: QtBot, name: str, text: str, said: str) -> None:
    editor = TextEditor(field_of(Source, name))
    reported = shown(qtbot, editor)
    qtbot.keyClicks(editor.line, text)
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert reported == [text]
    assert said in trouble(editor)
    assert bool(said) is bool(trouble(editor))


def test_types_of_sources_are_told_in_plain_words(qtbot: QtBot) -> None:
    editor = ChoiceEditor(field_of(Source, "source_type"))
    shown(qtbot, editor)
    words = [editor.box.itemText(place) for place in range(editor.box.count())]
    assert "Document, press release" in words
    assert not any("_" in word or "-" in word for word in words)
