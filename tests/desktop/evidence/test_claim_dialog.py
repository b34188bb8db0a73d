"""Citing a source in one go, whatever there is of it already, and changing what was cited."""

from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from db.evidence import Verdict
from db.models import PartyAction
from db.models.vocabulary import Credibility, Standing
from db.operations.records import add_record, delete_record
from db.queries.claims import CitedClaim
from desktop.evidence.basis import Mode
from desktop.evidence.claim_dialog import ClaimDialog
from desktop.forms.dialog import NewRecordDialog
from desktop.forms.editors import ChoiceEditor, RunningTextEditor, TextEditor
from desktop.forms.form import FieldForm
from desktop.forms.references import ReferencesEditor
from desktop.live import LiveCase
from tests.desktop.conftest import SmallCase
from tests.desktop.evidence.conftest import FIELD, File, the


@pytest.fixture
def dialogs(live: LiveCase, file: File, qtbot: QtBot) -> "Dialogs":
    return Dialogs(live, file, qtbot)


class Dialogs:
    """Opens dialogs as the panel does."""

    def __init__(self, live: LiveCase, file: File, qtbot: QtBot) -> None:
        self._live, self._file, self._qtbot = live, file, qtbot

    def cite(self, record: UUID, name: str = FIELD) -> ClaimDialog:
        return self._open(record, name, None)

    def change(self, record: UUID, source: str) -> ClaimDialog:
        claims = self._file.known(record).claims
        return self._open(record, FIELD, next(each for each in claims if each.citation.source.title.startswith(source)))

    def _open(self, record: UUID, name: str, claim: CitedClaim | None) -> ClaimDialog:
        dialog = ClaimDialog(self._live, self._file.known(record, name), claim)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self._qtbot.addWidget(dialog)
        dialog.open()
        return dialog

    def save(self, dialog: ClaimDialog) -> None:
        """Press the button, and wait until the dialog is gone."""
        with self._qtbot.waitSignal(dialog.accepted):
            press(dialog)


def press(dialog: ClaimDialog) -> None:
    the(dialog, QPushButton, "save").click()


def write(form: FieldForm, **values: str) -> None:
    for name, text in values.items():
        match form.editor(name):
            case TextEditor() as editor:
                editor.line.setText(text)
            case RunningTextEditor() as editor:
                editor.text.setPlainText(text)
            case ChoiceEditor() as editor:
                editor.box.setCurrentIndex(editor.box.findData(text))
            case _:
                raise AssertionError(name)


class TestCite:
    def test_a_new_source_for_the_value_as_it_is(self, dialogs: Dialogs, agreement: UUID, file: File) -> None:
        dialog = dialogs.cite(agreement, "title")
        the(dialog, QRadioButton, "new").click()
        write(dialog.basis.source, title="Readout", issued="3 Sept 2024", reliability="B", url="https://example.org/1")
        dialog.basis.author.setText("K. Ito")
        write(dialog.basis.passage, quotation="覚書", locator_label="page", locator="3", credibility="2")
        dialogs.save(dialog)
        (claim,) = file.known(agreement, "title").claims
        assert (claim.text, claim.row.verdict) == ("Memorandum on equipment", Verdict.SUPPORTS)
        assert (claim.citation.source.title, claim.citation.source.outlet) == ("Readout", "K. Ito")
        assert (claim.citation.quotation, claim.citation.place, claim.citation.grade) == ("覚書", "page 3", "B2")

    def test_a_source_that_is_there_is_found_by_typing(
        self, dialogs: Dialogs, agreement: UUID, file: File, qtbot: QtBot
    ) -> None:
        dialog = dialogs.cite(agreement, "title")
        finder = dialog.basis.sources
        assert dialog.basis.mode is Mode.SOURCE
        finder.line.setFocus()
        QTest.keyClicks(finder.line, "jiji")
        qtbot.waitUntil(lambda: finder.view.model().rowCount() == 1)
        QTest.keyClick(finder.line, Qt.Key.Key_Down)
        assert finder.row is not None
        write(dialog.basis.passage, quotation="署名した")
        dialogs.save(dialog)
        (claim,) = file.known(agreement, "title").claims
        assert (claim.citation.source.title, claim.citation.quotation) == ("Jiji", "署名した")

    def test_a_passage_that_was_cited_before(self, dialogs: Dialogs, agreement: UUID, file: File, qtbot: QtBot) -> None:
        dialog = dialogs.cite(agreement, "title")
        the(dialog, QRadioButton, "passage").click()
        finder = dialog.basis.passages
        finder.line.setText("東京")
        qtbot.waitUntil(lambda: finder.view.model().rowCount() == 1)
        finder.view.setCurrentIndex(finder.view.model().index(0, 0))
        dialogs.save(dialog)
        (claim,) = file.known(agreement, "title").claims
        assert (claim.citation.quotation, claim.citation.claims) == ("東京で署名", 2)

    def test_a_rival_value_in_the_fields_own_editor(
        self, dialogs: Dialogs, small: SmallCase, agreement: UUID, file: File, qtbot: QtBot
    ) -> None:
        dialog = dialogs.cite(agreement, "parties")
        the(dialog, QRadioButton, "new").click()
        write(dialog.basis.source, title="Rumour")
        dialog.says.other.click()
        editor = dialog.says.editor
        assert isinstance(editor, ReferencesEditor)
        editor.take(small.norway)
        qtbot.waitUntil(lambda: editor.value() == frozenset({small.norway}))
        dialogs.save(dialog)
        (claim,) = file.known(agreement, "parties").claims
        assert (claim.text, claim.row.verdict) == ("Norway", Verdict.COMPATIBLE)

    def test_that_there_is_no_value(self, dialogs: Dialogs, agreement: UUID, file: File) -> None:
        dialog = dialogs.cite(agreement)
        the(dialog, QRadioButton, "new").click()
        write(dialog.basis.source, title="Denial")
        dialog.says.other.click()
        dialogs.save(dialog)
        found = file.known(agreement)
        assert [claim.row.value for claim in found.claims if claim.citation.source.title == "Denial"] == [None]

    def test_that_something_happened_at_all(self, dialogs: Dialogs, agreement: UUID, file: File) -> None:
        dialog = dialogs.cite(agreement, "existence")
        assert dialog.windowTitle() == "Cite a source for that it exists"
        the(dialog, QRadioButton, "new").click()
        write(dialog.basis.source, title="Treaty series")
        dialogs.save(dialog)
        assert file.known(agreement, "existence").evidence.standing is Standing.SINGLE


class TestIncomplete:
    def test_nothing_chosen(self, dialogs: Dialogs, agreement: UUID, qtbot: QtBot) -> None:
        dialog = dialogs.cite(agreement, "title")
        press(dialog)
        assert dialog.isVisible()
        assert dialog.basis.said == "Choose the source that says so."
        the(dialog, QRadioButton, "passage").click()
        assert dialog.basis.said == ""

    def test_a_source_without_a_title(self, dialogs: Dialogs, agreement: UUID) -> None:
        dialog = dialogs.cite(agreement, "title")
        the(dialog, QRadioButton, "new").click()
        press(dialog)
        assert dialog.isVisible()

    def test_a_date_that_is_none(self, dialogs: Dialogs, agreement: UUID, file: File) -> None:
        action = file.write(add_record, PartyAction, {"agreement": agreement, "action": "signature"})
        dialog = dialogs.cite(action, "date")
        assert dialog.says.as_shown.isHidden()
        the(dialog, QRadioButton, "new").click()
        write(dialog.basis.source, title="Readout")
        editor = dialog.says.editor
        assert isinstance(editor, TextEditor)
        editor.line.setText("when the war began")
        press(dialog)
        assert dialog.isVisible()
        editor.line.setText("3 Sept 2024")
        dialogs.save(dialog)
        (claim,) = file.known(action, "date").claims
        assert (claim.row.value, claim.row.original_text) == ("2024-09-03", "3 Sept 2024")

    def test_what_was_typed_stays_where_the_file_refuses(
        self, dialogs: Dialogs, agreement: UUID, file: File, qtbot: QtBot
    ) -> None:
        dialog = dialogs.cite(agreement, "title")
        the(dialog, QRadioButton, "new").click()
        write(dialog.basis.source, title="Readout")
        file.write(delete_record, agreement)
        press(dialog)
        qtbot.waitUntil(dialog.trouble.isVisible)
        assert dialog.isVisible()
        assert the(dialog, QPushButton, "save").isEnabled()
        assert dialog.basis.source.values()["title"] == "Readout"


class TestChange:
    def test_value_and_passage_in_one_edit(self, dialogs: Dialogs, agreement: UUID, file: File) -> None:
        dialog = dialogs.change(agreement, "Release")
        assert dialog.basis.mode is Mode.KEPT
        assert dialog.says.as_shown.isChecked()
        write(dialog.basis.passage, quotation="大阪で署名", credibility="4")
        dialog.says.other.click()
        editor = dialog.says.editor
        assert isinstance(editor, TextEditor)
        editor.line.setText("Osaka")
        dialogs.save(dialog)
        changed = next(claim for claim in file.known(agreement).claims if claim.text == "Osaka")
        assert (changed.citation.quotation, changed.citation.credibility) == ("大阪で署名", Credibility.DOUBTFULLY_TRUE)

    def test_a_rival_shows_what_it_says(self, dialogs: Dialogs, agreement: UUID) -> None:
        dialog = dialogs.change(agreement, "Rumour")
        editor = dialog.says.editor
        assert isinstance(editor, TextEditor)
        assert (dialog.says.other.isChecked(), editor.line.text()) == (True, "Oslo")

    def test_nothing_changed_is_no_edit(self, dialogs: Dialogs, live: LiveCase, agreement: UUID, file: File) -> None:
        dialog = dialogs.change(agreement, "Jiji")
        before = file.known(agreement)
        steps = live.undo_state
        dialogs.save(dialog)
        assert (file.known(agreement), live.undo_state) == (before, steps)

    def test_a_passage_that_others_rest_on_says_so(
        self, dialogs: Dialogs, agreement: UUID, file: File, qtbot: QtBot
    ) -> None:
        alone = dialogs.change(agreement, "Release")
        assert alone.basis.shared.isHidden()
        dialog = dialogs.cite(agreement, "title")
        the(dialog, QRadioButton, "passage").click()
        finder = dialog.basis.passages
        finder.line.setText("東京")
        qtbot.waitUntil(lambda: finder.view.model().rowCount() == 1)
        finder.view.setCurrentIndex(finder.view.model().index(0, 0))
        dialogs.save(dialog)
        assert "2 claims rest on this passage" in dialogs.change(agreement, "Release").basis.shared.text()


def test_a_source_to_repeat_can_be_made_on_the_way(dialogs: Dialogs, agreement: UUID, qtbot: QtBot) -> None:
    dialog = dialogs.cite(agreement, "title")
    dialog.basis.wanted.emit("relays", "sources", "Press release")
    making = the(dialog, NewRecordDialog)
    the(making, QPushButton, "add").click()
    relays = dialog.basis.passage.editor("relays")
    assert relays is not None
    qtbot.waitUntil(lambda: relays.value() is not None)


def test_grades_are_told_in_words(dialogs: Dialogs, agreement: UUID) -> None:
    dialog = dialogs.cite(agreement, "title")
    reliability, credibility = dialog.basis.source.editor("reliability"), dialog.basis.passage.editor("credibility")
    assert isinstance(reliability, ChoiceEditor)
    assert isinstance(credibility, ChoiceEditor)
    assert reliability.box.itemText(2) == "B – usually reliable"
    assert credibility.box.itemText(6) == "6 – truth cannot be judged"


def test_every_control_of_the_dialog_has_a_name(dialogs: Dialogs, agreement: UUID) -> None:
    dialog = dialogs.cite(agreement, "title")
    for line in (dialog.basis.sources.line, dialog.basis.passages.line, dialog.basis.author, dialog.says.words):
        assert line.accessibleName()


def test_it_begins_where_a_source_is_found(dialogs: Dialogs, agreement: UUID, qtbot: QtBot) -> None:
    dialog = dialogs.cite(agreement)
    qtbot.waitUntil(lambda: dialog.basis.sources._model.rowCount() > 0)
    assert dialog.basis.mode is Mode.SOURCE
    assert dialog.focusWidget() is dialog.basis.sources.line
    assert not dialog.has_words


def test_it_begins_with_a_new_source_where_the_file_has_none(dialogs: Dialogs, small: SmallCase, qtbot: QtBot) -> None:
    dialog = dialogs.cite(small.agreement, "title")
    qtbot.waitUntil(lambda: dialog.basis.mode is Mode.NEW)
    title = dialog.basis.source.editor("title")
    assert title is not None
    assert dialog.focusWidget() is title.control
