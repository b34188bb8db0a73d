"""The briefing page: a live preview of what `depositary brief` prints."""

import subprocess
import sys
import uuid
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument  # type: ignore[import-untyped]
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from db.opening import open_case
from db.operations.records import delete_record, set_field
from db.trust import Trust
from desktop.pages.briefing import BriefingPage
from desktop.places import Place
from desktop.printing.options import SheetOptions
from desktop.printing.sheet import read_sheet, sheet_pdf
from desktop.widgets.empty import EmptyState
from desktop.widgets.labels import LinkButton
from desktop.workspace import Workspace
from exports.paper import Paper
from tests.desktop.conftest import SmallCase
from tests.desktop.pages.briefing.conftest import Desk, find


def text_of(pdf: bytes) -> str:
    document = PdfDocument(pdf)
    try:
        return str(document[0].get_textpage().get_text_range())
    finally:
        document.close()


class TestSheet:
    def test_without_an_agreement_it_says_what_to_do(self, desk: Desk) -> None:
        empty = find(desk.page, EmptyState)
        assert empty.isVisible()
        assert "agreement" in empty.heading.text().lower()
        assert not desk.page.save_action.isEnabled()
        assert not desk.page.print_action.isEnabled()
        desk.qtbot.mouseClick(empty.button, Qt.MouseButton.LeftButton)
        desk.qtbot.waitUntil(desk.line("briefingPicker_agreement").hasFocus)

    def test_the_sheet_appears_and_says_what_was_left_open(self, laid: Desk) -> None:
        assert laid.preview.isVisible()
        assert laid.page.subject == laid.subject()
        assert laid.subject_title == "Memorandum on equipment"
        assert laid.words("briefingPageNumber") == "Page 1 of 1"
        marking = find(laid.page, QComboBox, "briefingMarking")
        assert marking.currentText() == "As in the file (TLP:GREEN)"
        assert "last edit" in laid.line("briefingDay").placeholderText()
        assert laid.page.save_action.isEnabled()
        assert laid.page.print_action.isEnabled()

    def test_there_is_ink_on_its_paper(self, laid: Desk) -> None:
        picture = laid.preview.viewport().grab().toImage()
        shades = {picture.pixelColor(x, y).lightness() for x in range(40, 500, 2) for y in range(40, 300, 2)}
        assert max(shades) == QColor("white").lightness()
        assert min(shades) < 80

    def test_it_is_what_the_command_line_prints(self, laid: Desk, small: SmallCase, tmp_path: Path) -> None:
        laid.line("briefingDay").setText("3 Sept 2024")
        laid.line("briefingOriginator").setText("Desk 5")
        laid.choose("briefingPaper", 1)
        sheet = laid.wait_for_sheet()
        small.live.close()
        words = ("--date=2024-09-03", "--originator=Desk 5", "--paper=Letter", "-o", tmp_path / "cli.pdf")
        command: list[str | Path] = [sys.executable, "-m", "desktop", "brief", small.live.path, "--kind=agreement"]
        subprocess.run([*command, f"--record={small.agreement}", *words], check=True, capture_output=True)
        assert sheet.pdf == (tmp_path / "cli.pdf").read_bytes()

    def test_every_option_changes_the_sheet(self, laid: Desk) -> None:
        seen = {laid.sheet.pdf}
        for name, words in (
            ("briefingDay", "2024-09-03"),
            ("briefingCompiled", "2024-09-04"),
            ("briefingOriginator", "Desk 5"),
        ):
            laid.qtbot.keyClicks(laid.line(name), words)
            seen.add(laid.wait_for_another().pdf)
        for name, row in (("briefingMarking", 5), ("briefingPaper", 1)):
            laid.choose(name, row)
            seen.add(laid.wait_for_another().pdf)
        assert len(seen) == 6
        assert "TLP:RED" in text_of(laid.sheet.pdf)

    def test_another_agreement_is_chosen_by_its_name(self, laid: Desk, small: SmallCase) -> None:
        picker = laid.line("briefingPicker_agreement")
        picker.setFocus()
        laid.qtbot.keyClicks(picker, "Memor")
        offers = picker.completer().popup()
        assert offers is not None
        laid.qtbot.waitUntil(offers.isVisible)
        assert [offers.model().index(row, 0).data() for row in range(2)] == ["Memorandum on equipment", None]
        laid.qtbot.keyClick(offers, Qt.Key.Key_Down)
        laid.qtbot.keyClick(offers, Qt.Key.Key_Return)
        laid.wait_for_sheet()
        assert laid.page.subject == laid.subject()

    def test_the_record_can_be_seen(self, laid: Desk) -> None:
        link = find(laid.page, LinkButton, "briefingRecord")
        with laid.qtbot.waitSignal(laid.page.opened) as seen:
            laid.qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
        assert seen.args == [Place(laid.agreement)]


class TestFollowing:
    def test_an_edit_is_on_the_sheet(self, laid: Desk, small: SmallCase) -> None:
        small.live.write("Set title", set_field, small.agreement, "title", "Another title")
        laid.qtbot.waitUntil(lambda: "Another title" in text_of(laid.sheet.pdf), timeout=20_000)
        assert laid.subject_title == "Another title"

    def test_a_page_out_of_sight_waits_until_it_is_seen(self, laid: Desk, small: SmallCase) -> None:
        before = laid.sheet
        laid.page.hide()
        with laid.qtbot.waitSignal(small.live.changed):
            small.live.write("Set title", set_field, small.agreement, "title", "Another title")
        assert not laid.maker.is_busy
        laid.page.show()
        assert laid.maker.is_busy
        assert laid.wait_for_sheet() is not before

    def test_a_deleted_agreement_is_told_and_undo_brings_it_back(self, laid: Desk, small: SmallCase) -> None:
        small.live.write("Delete", delete_record, small.agreement)
        empty = find(laid.page, EmptyState)
        laid.qtbot.waitUntil(empty.isVisible, timeout=20_000)
        assert "no longer" in empty.sentence.text()
        assert not laid.page.save_action.isEnabled()
        entry = small.live.undo_state.undo
        assert entry is not None
        small.live.revert(entry.entry)
        laid.qtbot.waitUntil(laid.preview.isVisible, timeout=20_000)

    def test_the_newest_wish_wins(self, laid: Desk) -> None:
        delivered: list[str] = []
        laid.maker.composed.connect(lambda made: delivered.append(text_of(made.pdf)))
        for number in range(5):
            laid.maker.compose(laid.subject(), SheetOptions(originator=f"Desk {number}"))
        laid.wait_for_sheet()
        assert "Desk 4" in delivered[-1]
        assert len(delivered) == 1


class TestTroubles:
    def test_a_day_that_is_none_is_told_at_its_line_and_the_last_sheet_stays_pale(self, laid: Desk) -> None:
        before = laid.sheet
        line = laid.line("briefingDay")
        laid.qtbot.keyClicks(line, "03/09/2024")
        laid.qtbot.waitUntil(lambda: laid.preview.is_dimmed)
        assert "not one day" in laid.words("briefingDayNote")
        assert line.property("trouble")
        assert laid.sheet is before
        assert not laid.page.save_action.isEnabled()
        line.clear()
        laid.qtbot.waitUntil(lambda: not laid.preview.is_dimmed)
        assert laid.page.save_action.isEnabled()

    def test_a_character_that_no_font_has_is_told_and_the_last_sheet_stays_pale(
        self, laid: Desk, small: SmallCase
    ) -> None:
        before = laid.sheet
        small.live.write("Set title", set_field, small.agreement, "title", "Memorandum \U00012000")
        laid.qtbot.waitUntil(laid.notice.isVisible, timeout=20_000)
        assert "U+12000" in laid.notice.text
        assert laid.preview.is_dimmed
        assert laid.sheet is before
        assert not laid.page.print_action.isEnabled()
        small.live.write("Set title", set_field, small.agreement, "title", "Memorandum")
        laid.qtbot.waitUntil(lambda: not laid.notice.isVisible(), timeout=20_000)
        assert not laid.preview.is_dimmed

    def test_a_marking_that_has_become_too_loose_is_told_at_its_place(self, laid: Desk, small: SmallCase) -> None:
        laid.choose("briefingMarking", 3)
        assert "TLP:AMBER" in text_of(laid.wait_for_sheet().pdf)
        small.live.write("Mark", set_field, small.agreement, "marking", "RED")
        laid.qtbot.waitUntil(lambda: laid.preview.is_dimmed, timeout=20_000)
        marking = find(laid.page, QComboBox, "briefingMarking")
        assert marking.property("trouble")
        laid.choose("briefingMarking", 0)
        assert "TLP:RED" in text_of(laid.wait_for_sheet().pdf)
        assert not marking.property("trouble")

    def test_looser_markings_cannot_be_chosen(self, laid: Desk) -> None:
        model = find(laid.page, QComboBox, "briefingMarking").model()
        enabled = [bool(model.index(row, 0).flags() & Qt.ItemFlag.ItemIsEnabled) for row in range(6)]
        assert enabled == [True, False, True, True, True, True]

    @pytest.mark.usefixtures("user_folders")
    def test_a_process_that_dies_is_told_and_the_next_wish_gets_another(self, small: SmallCase, qtbot: QtBot) -> None:
        page = BriefingPage(small.live)
        qtbot.addWidget(page)
        page.show()
        desk = Desk(page, qtbot, small.agreement)
        page.show_agreement(small.agreement)
        desk.wait_for_sheet()
        room = desk.maker.backroom
        for process in room._executor._processes.values():
            process.kill()
        desk.choose("briefingPaper", 1)
        qtbot.waitUntil(desk.notice.isVisible, timeout=20_000)
        desk.choose("briefingPaper", 0)
        desk.wait_for_sheet()
        assert desk.maker.backroom is not room
        page.close()


class TestMemory:
    def test_paper_and_compiler_are_remembered_and_days_and_markings_are_not(
        self, laid: Desk, small: SmallCase
    ) -> None:
        laid.choose("briefingPaper", 1)
        laid.choose("briefingMarking", 5)
        laid.qtbot.keyClicks(laid.line("briefingOriginator"), "Desk 5")
        laid.qtbot.keyClicks(laid.line("briefingDay"), "2024-09-03")
        laid.qtbot.waitUntil(lambda: laid.sheet.day.year == 2024, timeout=20_000)
        again = BriefingPage(small.live)
        laid.qtbot.addWidget(again)
        assert find(again, QComboBox, "briefingPaper").currentData() == Paper.LETTER.name
        assert find(again, QLineEdit, "briefingOriginator").text() == "Desk 5"
        assert find(again, QLineEdit, "briefingDay").text() == ""
        assert find(again, QComboBox, "briefingMarking").currentIndex() == 0
        again.close()


class TestReach:
    def test_every_control_has_a_name(self, laid: Desk) -> None:
        for kind in (QAbstractButton, QLineEdit, QComboBox):
            for control in (each for each in laid.page.findChildren(kind) if each.isVisible()):
                name = QAccessible.queryAccessibleInterface(control).text(QAccessible.Text.Name)
                assert name.strip(), (type(control).__name__, control.objectName())
        assert "page 1 of 1" in laid.preview.accessibleName()

    def test_every_control_can_be_reached_with_the_tab_key(self, laid: Desk) -> None:
        laid.open_groups()
        laid.page.activateWindow()
        laid.line("briefingPicker_agreement").setFocus()
        reached = set()
        for _ in range(60):
            focused = laid.page.window().focusWidget()
            reached.add(focused.objectName())
            laid.qtbot.keyClick(focused, Qt.Key.Key_Tab)
        wanted = {"briefingPicker_agreement", "briefingKind", "briefingSections", "briefingLanguage", "briefingStyle"}
        wanted |= {"briefingDay", "briefingMarking", "briefingCeiling", "briefingOriginator", "briefingCompiled"}
        wanted |= {"briefingPaper", "briefingSaveButton", "briefingPrintButton", "briefingZoom", "sheetPreview"}
        assert wanted <= reached

    def test_its_shortcuts_are_on_actions(self, laid: Desk) -> None:
        keys = {action.objectName(): action.shortcut().toString() for action in laid.page.actions()}
        assert keys["briefingSave"] == "Ctrl+Shift+S"
        assert keys["briefingPrint"] == "Ctrl+P"
        assert keys["briefingFitWidth"] == "Ctrl+0"
        assert {"briefingZoomIn", "briefingZoomOut", "briefingNext", "briefingPrevious"} <= keys.keys()

    def test_a_read_only_file_is_printed_too(self, small: SmallCase, tmp_path: Path) -> None:
        workspace = Workspace(open_case(small.live.path, Trust(tmp_path / "trust")))
        sheet = read_sheet(workspace.read, small.agreement, SheetOptions())
        assert sheet_pdf(sheet, SheetOptions()).pdf.startswith(b"%PDF")
        workspace.close()

    def test_an_id_of_something_else_is_told(self, desk: Desk, small: SmallCase) -> None:
        desk.page.show_agreement(small.norway)
        empty = find(desk.page, EmptyState)
        desk.qtbot.waitUntil(lambda: "Nothing to print" in empty.heading.text(), timeout=20_000)
        desk.page.show_agreement(uuid.UUID(int=3))
        desk.qtbot.waitUntil(lambda: "Nothing to print" in empty.heading.text(), timeout=20_000)
