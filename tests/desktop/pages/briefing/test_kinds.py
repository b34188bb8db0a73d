"""Every kind of briefing, and what a person chooses for it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QListWidget, QWidget

from desktop.pages.briefing.sections import SectionList
from desktop.pages.briefing.subjects import SubjectPanel
from desktop.pages.briefing.template_row import TemplateRow
from desktop.printing.options import Kind, SheetOptions, Subject
from desktop.printing.words import text_of
from tests.desktop.conftest import SmallCase
from tests.desktop.pages.briefing.conftest import Desk, find


def show(desk: Desk, subject: Subject) -> str:
    """The text of a briefing."""
    desk.page.show_subject(subject)
    desk.qtbot.waitUntil(lambda: desk.maker.sheet is not None, timeout=30_000)
    return text_of(desk.wait_for_sheet().pdf)


class TestKinds:
    def test_each_kind_is_made(self, desk: Desk, small: SmallCase) -> None:
        assert "Bjørn Arild Gram" in show(desk, Subject(Kind.OFFICIAL, (small.official,)))
        assert "Japan and Norway" in show(desk, Subject(Kind.PAIR, (small.japan, small.norway)))
        assert "Memorandum on equipment" in show(desk, Subject(Kind.REGISTER))
        assert "Contents" in show(desk, Subject(Kind.DOSSIER, title="Folder"))

    def test_what_a_kind_does_not_have_is_hidden(self, desk: Desk, small: SmallCase) -> None:
        seen = {}
        for kind in Kind:
            desk.page.show_subject(Subject(kind))
            names = ("briefingFilter", "briefingGrouping", "briefingSort", "briefingTitle", "briefingContents")
            seen[kind] = {name for name in names if find(desk.page, QWidget, name).isVisible()}
        assert seen[Kind.AGREEMENT] == seen[Kind.OFFICIAL] == seen[Kind.PAIR] == {"briefingContents"}
        assert seen[Kind.REGISTER] == {"briefingFilter", "briefingGrouping", "briefingSort"}
        assert seen[Kind.DOSSIER] == {"briefingFilter", "briefingGrouping", "briefingTitle", "briefingContents"}

    def test_a_pair_waits_for_its_second_state(self, desk: Desk, small: SmallCase) -> None:
        desk.page.show_subject(Subject(Kind.PAIR, (small.japan,)))
        assert desk.page.subject is None
        assert not desk.page.save_action.isEnabled()
        find(desk.page, SubjectPanel)._choose(small.norway)
        desk.wait_for_sheet()
        assert desk.page.subject == Subject(Kind.PAIR, (small.japan, small.norway))

    def test_a_register_is_filtered_and_says_what_is_wrong(self, desk: Desk, small: SmallCase) -> None:
        assert "Memorandum on equipment" not in show(desk, Subject(Kind.REGISTER, filter="party:FI"))
        line = desk.line("briefingFilter")
        line.setText("")
        desk.qtbot.keyClicks(line, "nofield:1")
        desk.qtbot.waitUntil(lambda: bool(desk.words("filterTrouble")), timeout=20_000)
        line.setText("")
        assert "Memorandum on equipment" in text_of(desk.wait_for_another().pdf)


class TestSections:
    def test_sections_are_chosen_and_put_in_order(self, laid: Desk) -> None:
        laid.open_groups()
        view, sections = find(laid.page, QListWidget, "briefingSections"), find(laid.page, SectionList)
        assert view.item(0).text() == "Status"
        view.setCurrentRow(0)
        laid.qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
        assert view.item(1).text() == "Status"
        assert sections.names[:2] == ("key-judgements", "status")
        facts = next(view.item(row) for row in range(view.count()) if view.item(row).text() == "Key facts")
        facts.setCheckState(Qt.CheckState.Unchecked)
        assert "Key facts" not in text_of(laid.wait_for_another().pdf)
        laid.qtbot.mouseClick(sections.usual, Qt.MouseButton.LeftButton)
        assert sections.names == ()

    def test_none_at_all_is_told(self, laid: Desk) -> None:
        view = find(laid.page, QListWidget, "briefingSections")
        for row in range(view.count()):
            view.item(row).setCheckState(Qt.CheckState.Unchecked)
        assert not find(laid.page, SectionList).is_readable
        assert laid.preview.is_dimmed
        assert not laid.page.save_action.isEnabled()


class TestOptions:
    def test_language_style_and_ceiling_are_on_the_sheet(self, laid: Desk) -> None:
        laid.choose("briefingLanguage", 2)
        assert "Avtale" in text_of(laid.wait_for_another().pdf)
        withheld = find(laid.page, QCheckBox, "briefingWithheld")
        assert not withheld.isEnabled()
        laid.choose("briefingCeiling", 2)
        assert withheld.isEnabled()
        laid.wait_for_another()
        assert laid.sheet.options.ceiling == "GREEN"

    def test_a_template_is_saved_chosen_and_deleted(self, laid: Desk) -> None:
        row, combo = find(laid.page, TemplateRow), find(laid.page, QComboBox, "briefingTemplate")
        laid.choose("briefingLanguage", 1)
        laid.wait_for_another()
        laid.qtbot.mouseClick(row.save_button, Qt.MouseButton.LeftButton)
        laid.qtbot.keyClicks(row.name, "For Tokyo")
        laid.qtbot.keyClick(row.name, Qt.Key.Key_Return)
        laid.qtbot.waitUntil(lambda: combo.currentText() == "For Tokyo")
        laid.choose("briefingLanguage", 0)
        assert combo.currentIndex() == -1
        laid.wait_for_another()
        laid.choose("briefingTemplate", 0)
        assert laid.wait_for_another().options == SheetOptions(language="ja")
        laid.qtbot.mouseClick(row.drop_button, Qt.MouseButton.LeftButton)
        laid.qtbot.waitUntil(lambda: combo.count() == 0)
