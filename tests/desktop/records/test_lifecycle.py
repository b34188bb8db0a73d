"""The life of an agreement in the window: days typed as fields, the ladder, what is added from it."""

import uuid

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QLineEdit
from pytestqt.qtbot import QtBot

from db.models import Membership, Organization, PartyAction, Person, Post, Signatory
from db.models.vocabulary import Action
from db.operations.records import add_records, set_field
from db.queries.lifecycle import lifecycle
from db.status import Status
from desktop.forms.dialog import NewRecordDialog
from desktop.forms.references import Chip
from desktop.places import Place
from desktop.records.agreement.ladder import FIRST_SIGNERS, MORE_SIGNERS, LadderHead, StepRow, UnknownRow
from desktop.records.agreement.lifecycle import LifecycleSection
from desktop.records.agreement.parties import PartiesSection
from desktop.widgets.pill import Pill
from exports.briefing.sheet import StepState
from tests.desktop.conftest import SmallCase
from tests.desktop.finding import child, open_dialogs
from tests.desktop.records.conftest import Page, link, links, texts


def type_day(page: Page, status: Status, text: str) -> None:
    """Type a day and press Return, as a person does."""
    line = page.section(LifecycleSection).fields.cells[status].editor.line
    line.setFocus()
    line.selectAll()
    page.qtbot.keyClicks(line, text)
    with page.qtbot.waitSignal(page.live.changed):
        page.qtbot.keyClick(line, Qt.Key.Key_Return)
    page.settle()


def rows(page: Page) -> list[StepRow]:
    return page.section(LifecycleSection)._content.findChildren(StepRow)


def act(page: Page, small: SmallCase, action: Action, **values: object) -> uuid.UUID:
    return page.add(PartyAction, agreement=small.agreement, action=action, **values)


def test_a_day_that_is_typed_becomes_an_action(page: Page, small: SmallCase) -> None:
    page.show(small.agreement)
    type_day(page, Status.SIGNED, "3 Sept 2024")
    (row,) = rows(page)
    assert row.link.accessibleName() == "Signature, 3 September 2024"
    assert page.live.undo_state.undo is not None
    assert page.live.undo_state.undo.label == "Set day of “signed”"
    life = page.live._workspace.read(lifecycle, small.agreement)
    assert (life.status, life.ladders[0].party) == (Status.SIGNED, None)
    page.qtbot.waitUntil(lambda: page.pane.header.pill.accessibleName() == "Signed")


def test_editing_the_day_edits_the_action_behind_it_and_undo_takes_it_back(page: Page, small: SmallCase) -> None:
    action = act(page, small, Action.SIMPLE_SIGNATURE, date="2020", place="Oslo")
    page.show(small.agreement)
    type_day(page, Status.SIGNED, "May 2021")
    assert page.record(action)["date"].text == "May 2021"
    assert page.live.undo_state.undo
    with page.qtbot.waitSignal(page.live.changed):
        page.live.revert(page.live.undo_state.undo.entry)
    page.settle()
    cell = page.section(LifecycleSection).fields.cells[Status.SIGNED]
    page.qtbot.waitUntil(lambda: cell.editor.line.text() == "2020")


def test_days_of_parties_are_shown_but_set_at_their_actions(page: Page, small: SmallCase) -> None:
    first = act(page, small, Action.SIGNATURE, date="2020", organization=small.japan)
    act(page, small, Action.SIGNATURE, date="2021", organization=small.norway)
    page.show(small.agreement)
    cell = page.section(LifecycleSection).fields.cells[Status.SIGNED]
    assert cell.editor.line.isReadOnly()
    assert cell.editor.line.text() == "2021"
    assert links(cell) == ["Japan", "Norway"]
    assert "last of 2; set each:" in texts(cell)
    with page.qtbot.waitSignal(page.pane.opened) as opened:
        page.qtbot.mouseClick(link(cell, "Japan"), Qt.MouseButton.LeftButton)
    assert opened.args == [Place(first)]


def test_a_refusal_is_told_at_the_field(page: Page, small: SmallCase) -> None:
    page.show(small.agreement)
    cell = page.section(LifecycleSection).fields.cells[Status.SIGNED]
    cell._write("x" * 2_000_000)
    page.qtbot.waitUntil(lambda: cell.editor._trouble.isVisible())
    assert "longer than" in cell.editor._trouble.text()


def test_each_ladder_is_told_with_its_shapes(page: Page, small: SmallCase) -> None:
    act(page, small, Action.SIGNATURE, date="2020", organization=small.japan)
    act(page, small, Action.SIGNATURE, date="2021")
    act(page, small, Action.TERMINATION, date="2022")
    act(page, small, Action.RATIFICATION, date="2199", organization=small.japan)
    page.show(small.agreement)
    section = page.section(LifecycleSection)
    assert [row._state for row in rows(page)] == [
        StepState.REACHED,
        StepState.ENDED,
        StepState.REACHED,
        StepState.NOT_REACHED,
    ]
    assert "The agreement as a whole" in texts(section)
    assert "planned for 2199" in texts(section)
    pills = [child(head, Pill).accessibleName() for head in section._content.findChildren(LadderHead)]
    assert pills == ["Ended", "Signed"]
    assert not section._content.findChildren(UnknownRow)


def test_what_nobody_knows_is_said(page: Page, small: SmallCase) -> None:
    act(page, small, Action.SIGNATURE)
    page.show(small.agreement)
    section = page.section(LifecycleSection)
    assert "In force: not known" in texts(section)
    assert "day not known" in texts(section)


def test_without_actions_the_section_says_what_to_do(page: Page, small: SmallCase) -> None:
    page.show(small.agreement)
    assert any("Type a day above" in text for text in texts(page.section(LifecycleSection)))


def test_a_signatory_leads_to_person_post_and_particulars(page: Page, small: SmallCase) -> None:
    post = page.add(Post, label="Minister of Defence")
    membership = page.add(Membership, person=small.official, post=post, start_date="2024-01-01", end_date="2024-12-31")
    action = act(page, small, Action.SIGNATURE, date="2024-09-03")
    signatory = page.add(Signatory, action=action, person=small.official, membership=membership)
    page.show(small.agreement)
    (row,) = rows(page)
    assert links(row)[1:] == ["Bjørn Arild Gram", "Minister of Defence", "held it that day"]
    for words, target in (
        ("Bjørn Arild Gram", small.official),
        ("Minister of Defence", membership),
        ("held it that day", signatory),
    ):
        with page.qtbot.waitSignal(page.pane.opened) as opened:
            link(row, words).click()
        assert opened.args == [Place(target)]
    page.put(membership, "end_date", "2024-06-01")
    page.qtbot.waitUntil(lambda: "not shown to have held it that day" in links(rows(page)[0]))


def test_words_as_reported_stand_in_quotation_marks(page: Page, small: SmallCase) -> None:
    action = act(page, small, Action.SIGNATURE)
    page.add(Signatory, action=action, as_reported="<b>a senior official</b>")
    page.show(small.agreement)
    assert "“<b>a senior official</b>”" in texts(rows(page)[0])
    assert "as reported" in links(rows(page)[0])


def test_many_signatories_are_shown_in_portions(page: Page, small: SmallCase) -> None:
    action = act(page, small, Action.SIGNATURE)
    people = page.live._workspace.write("Many", add_records, Person, [{"name": f"Signatory {n}"} for n in range(60)])
    page.live._workspace.write("Many", add_records, Signatory, [{"action": action, "person": who} for who in people])
    page.show(small.agreement)
    assert len([words for words in links(rows(page)[0]) if words.startswith("Signatory")]) == FIRST_SIGNERS
    more = child(rows(page)[0], QAbstractButton, f"more_{action}")
    assert more.text() == "Show 50 more of 60 signatories"
    more.click()
    page.settle()
    shown = [words for words in links(rows(page)[0]) if words.startswith("Signatory")]
    assert len(shown) == FIRST_SIGNERS + MORE_SIGNERS


def test_many_parties_are_folded_and_opened_one_by_one(page: Page, small: SmallCase) -> None:
    states = page.live._workspace.write(
        "Many", add_records, Organization, [{"name": f"State {n:02}"} for n in range(60)]
    )
    page.live._workspace.write("Many", set_field, small.agreement, "parties", frozenset(states))
    acts = [{"agreement": small.agreement, "action": "ratification", "organization": each} for each in states]
    page.live._workspace.write("Many", add_records, PartyAction, acts)
    page.show(small.agreement)
    section = page.section(LifecycleSection)
    assert not rows(page)
    folds = [each for each in section._content.findChildren(QAbstractButton) if each.objectName().startswith("fold_")]
    assert folds[0].accessibleName() == "Show the steps of State 00"
    folds[0].setFocus()
    folds[0].click()
    page.settle()
    assert len(rows(page)) == 1
    focused = page.pane.window().focusWidget()
    assert focused is not None
    assert focused.objectName() == f"fold_{states[0]}"
    child(section._content, QAbstractButton, "allParties").click()
    page.settle()
    assert len(section._content.findChildren(LadderHead)) == 60
    assert page.section(PartiesSection)._count.text() == "60"


def chosen(section: LifecycleSection | PartiesSection, words: str) -> QAction:
    return next(each for each in section._menu.actions() if each.text() == words)


def test_an_action_of_a_party_is_added_with_the_party_filled_in(page: Page, small: SmallCase) -> None:
    page.show(small.agreement)
    section = page.section(PartiesSection)
    child(section, QAbstractButton, f"act_{small.norway}").click()
    page.qtbot.waitUntil(section._menu.isVisible)
    section._menu.hide()
    chosen(section, "Ratification").trigger()
    (dialog,) = open_dialogs(NewRecordDialog)
    assert dialog.form.values()["action"] == "ratification"
    assert dialog.form.values()["organization"] == small.norway
    names = [child(chip, QAbstractButton).accessibleName() for chip in dialog.findChildren(Chip)]
    assert {"Norway", "Memorandum on equipment"} <= set(names)
    with page.qtbot.waitSignal(page.live.changed):
        child(dialog, QAbstractButton, "add").click()
    page.settle()
    page.qtbot.waitUntil(lambda: "Ratified" in [pill.accessibleName() for pill in section.findChildren(Pill)])


def test_another_action_leaves_the_choice_open(page: Page, small: SmallCase) -> None:
    page.show(small.agreement)
    section = page.section(LifecycleSection)
    chosen(section, "Another action…").trigger()
    (dialog,) = open_dialogs(NewRecordDialog)
    assert dialog.form.editor("action") is not None
    assert "action" not in {
        name for name, cell in dialog.form.cells.items() if name == "action" and cell.editor.value()
    }
    dialog.reject()


def test_typing_goes_on_while_somebody_else_edits(page: Page, small: SmallCase, qtbot: QtBot) -> None:
    page.show(small.agreement)
    line: QLineEdit = page.section(LifecycleSection).fields.cells[Status.SIGNED].editor.line
    line.setFocus()
    qtbot.keyClicks(line, "3 Sep")
    page.put(small.agreement, "place_signed", "Tokyo")
    assert line.text() == "3 Sep"
