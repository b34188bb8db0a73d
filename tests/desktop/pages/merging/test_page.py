"""The merge page with a small case: what it says, what can be chosen, a comparison, a report."""

import shutil
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from db.engine import open_engine, open_sessions
from db.fields import field_of
from db.log import Editor, edit
from db.merging import decisions, union
from db.merging.decisions import Choice
from db.merging.differences import State
from db.merging.preview import Overview
from db.models import Agreement, Organization, Person, Receipt
from db.operations.records import add_record, set_field
from db.queries.history import entries
from db.queries.records import record
from db.revert import revert
from desktop.dialogs.introduction import IntroductionDialog
from desktop.pages.merging import MergingPage
from desktop.pages.merging.by_hand import ByHand
from desktop.pages.merging.inquiry import Inquiry
from desktop.pages.merging.model import SETTLED
from desktop.widgets.labels import ElidedLabel, Words
from desktop.widgets.pill import Pill
from tests.desktop.conftest import SmallCase

KARI = Editor(uuid.UUID(int=77), "Kari Nordmann")
PATIENCE = 60_000
"""Milliseconds: processes have to be started on a machine that may be busy."""


@pytest.fixture
def theirs(small: SmallCase, tmp_path: Path, qtbot: QtBot) -> Path:
    """A colleague's copy with a new official and another title; ours has another title, too."""
    path = Path(shutil.copy(small.live.path, tmp_path / "kari.casefile"))
    engine = open_engine(path, writable=True)
    with edit(open_sessions(engine), KARI, "Edit") as session:
        set_field(session, small.agreement, "title", "Theirs & <b>bold</b>")
        set_field(session, small.agreement, "place_signed", "Oslo")
        add_record(session, Person, {"name": "Somebody new"})
    engine.dispose()
    with qtbot.waitSignal(small.live.changed):
        small.live.write("Set title", set_field, small.agreement, "title", "Mine")
    return path


@pytest.fixture
def page(small: SmallCase, qtbot: QtBot) -> Iterator[MergingPage]:
    page = MergingPage(small.live)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    yield page
    page.close()


def look(page: MergingPage, path: Path, qtbot: QtBot, *, merging: bool = True) -> None:
    (page.take_in if merging else page.compare_with)(path)
    if merging:
        meet(page, qtbot).findChildren(QPushButton, "seeMerge")[0].click()
    qtbot.waitUntil(lambda: page.is_exact and page.record.shown is not None, timeout=PATIENCE)


def meet(page: MergingPage, qtbot: QtBot) -> IntroductionDialog:
    """What is told of a stranger's file."""
    qtbot.waitUntil(lambda: page.findChild(IntroductionDialog) is not None, timeout=PATIENCE)
    found = page.findChild(IntroductionDialog)
    assert found is not None
    return found


def test_a_merge_with_a_typed_value_and_another_choice(
    small: SmallCase, page: MergingPage, theirs: Path, qtbot: QtBot
) -> None:
    look(page, theirs, qtbot)
    assert page.head.summary.text() == (
        "Your colleague Kari Nordmann added 1 official and changed 1 field; you both changed 1 field."
    )
    title, place = page.record.cards
    assert title.buttons is not None
    button = title.buttons.findChild(QPushButton, "choose-typed")
    assert button is not None
    button.click()
    assert title.editor is not None
    line = title.editor.control
    assert isinstance(line, QLineEdit)
    line.selectAll()
    qtbot.keyClicks(line, "By hand")
    page.choices.choose_field(small.agreement, place.about, Choice.MINE)
    index = page.model.index(0, 0)
    assert (index.data(SETTLED), page.record.findChildren(Pill)[0].accessibleName()) == (True, "Decided")
    page.head.decided.emit("everything", None)
    assert (index.data(SETTLED), page.record.findChildren(Pill)[0].accessibleName()) == (False, "In conflict")
    page.choices.choose_field(small.agreement, place.about, Choice.MINE)
    title.chosen.emit(title.about, Choice.TYPED, "By hand")
    page.head.reason.setText("as printed")
    page.head.reason.textEdited.emit("as printed")
    with qtbot.waitSignal(page.told, timeout=PATIENCE) as told:
        page.merge()
    assert told.args[0] == "Merged “kari.casefile”"
    with open_sessions(open_engine(small.live.path))() as session:
        row = record(session, small.agreement)
        reasons = session.connection().exec_driver_sql("SELECT DISTINCT text FROM reason").scalars().all()
    assert (row["title"].text, row["place_signed"].text) == ("By hand", "")
    assert reasons == ["as printed"]


def test_the_list_is_narrowed_and_a_comparison_only_shows(
    small: SmallCase, page: MergingPage, theirs: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    look(page, theirs, qtbot, merging=False)
    assert not page.head.merge_button.isVisible()
    assert page.findChild(QPushButton, "choose-mine") is None
    assert page.model.rowCount() == 2
    page.head.state_chosen.emit(State.CHANGED)
    qtbot.waitUntil(lambda: page.record.shown is not None and page.record.shown.id == small.agreement, timeout=PATIENCE)
    assert page.model.rowCount() == 1
    report = tmp_path / "report.pdf"
    with qtbot.waitSignal(page.told, timeout=PATIENCE):
        page.save_report(str(report))
    assert report.read_bytes().startswith(b"%PDF")
    page.leave()
    assert page.model.rowCount() == 0


def test_decisions_for_an_author_and_for_everything(
    small: SmallCase, page: MergingPage, theirs: Path, qtbot: QtBot
) -> None:
    look(page, theirs, qtbot)
    _, place = page.record.cards
    assert page.choices.of_field(small.agreement, place.about) is Choice.THEIRS
    page.head.decided.emit(KARI.id, Choice.MINE)
    assert page.choices.of_field(small.agreement, place.about) is Choice.MINE
    page.head.decided.emit("everything", Choice.MINE)
    with qtbot.waitSignal(page.merged, timeout=PATIENCE):
        page.merge()
    with open_sessions(open_engine(small.live.path))() as session:
        assert record(session, small.agreement)["title"].text == "Mine"
        assert session.query(Person).count() == 1
        assert session.query(Agreement).count() == 1


def test_what_changed_since_an_edit(small: SmallCase, page: MergingPage, qtbot: QtBot) -> None:
    with open_sessions(open_engine(small.live.path))() as session:
        first = entries(session)[0].id
    with qtbot.waitSignal(small.live.changed):
        small.live.write("Set title", set_field, small.agreement, "title", "Another title")
    page.compare_since(first, "Fill")
    qtbot.waitUntil(lambda: page.record.shown is not None, timeout=PATIENCE)
    assert page.head.title.text() == "Changes since “Fill”"
    assert page.head.summary.text() == "Since then: changed 1 field."
    (card,) = page.record.cards
    assert (card.about.mine.text, card.about.theirs.text) == ("Memorandum on equipment", "Another title")
    assert not page.head.merge_button.isVisible()


def test_a_strangers_file_is_told_first_and_cancel_leaves_nothing(
    small: SmallCase, page: MergingPage, theirs: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    private = tmp_path / "private"
    private.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(private))
    before = theirs.read_bytes()
    page.take_in(theirs)
    dialog = meet(page, qtbot)
    news = dialog.findChild(Words, "news")
    assert news is not None
    assert news.text().startswith(f"one edit that your {small.live.home.name} does not have: 1 official")
    assert page.overview is None
    dialog.findChildren(QPushButton, "cancel")[0].click()
    qtbot.waitUntil(lambda: page.findChild(IntroductionDialog) is None, timeout=PATIENCE)
    assert (page.overview, page.path, page.model.rowCount()) == (None, None, 0)
    assert list(private.glob("depositary-*")) == []
    assert theirs.read_bytes() == before


def test_what_the_logs_say_is_shown_until_the_union_is_there(
    small: SmallCase, page: MergingPage, theirs: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[Overview] = []
    monkeypatch.setattr(Inquiry, "_take_overview", lambda inquiry, overview: held.append(overview))
    page.take_in(theirs)
    meet(page, qtbot).findChildren(QPushButton, "seeMerge")[0].click()
    qtbot.waitUntil(lambda: page.record.shown is not None, timeout=PATIENCE)
    assert not page.is_exact
    assert not page.head.merge_button.isEnabled()
    title, _ = page.record.cards
    page.record.cards[0].chosen.emit(title.about, Choice.MINE, "")
    page.view.selectRow(1)
    qtbot.waitUntil(lambda: page.record.shown is not None and page.record.shown.kind == "officials", timeout=PATIENCE)
    qtbot.waitUntil(lambda: bool(held), timeout=PATIENCE)
    shown = page.record.widget()
    page._take(held[0])
    qtbot.waitUntil(lambda: page.is_exact and page._reading is None, timeout=PATIENCE)
    assert page.record.widget() is shown, "what is typed there goes on"
    assert page.view.currentIndex().row() == 1
    assert page.head.merge_button.isEnabled()
    assert page.choices.count == 1


def test_a_merge_is_stopped_and_can_be_done_again(
    small: SmallCase, page: MergingPage, theirs: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide = decisions.decide

    def slowly(*told: Any) -> object:
        until = time.monotonic() + 30
        while not told[-1]() and time.monotonic() < until:
            time.sleep(0.01)
        return decide(*told)

    look(page, theirs, qtbot)
    page.head.decided.emit("everything", Choice.MINE)
    with monkeypatch.context() as patch:
        patch.setattr(union, "decide", slowly)
        page.merge()
        button = page.findChildren(QPushButton, "cancelMerging")[0]
        qtbot.waitUntil(button.isVisible, timeout=PATIENCE)
        button.click()
        qtbot.waitUntil(page.head.merge_button.isEnabled, timeout=PATIENCE)
    with open_sessions(open_engine(small.live.path))() as session:
        assert session.query(Receipt).count() == 0
    assert page.choices.everything is Choice.MINE
    with qtbot.waitSignal(page.merged, timeout=PATIENCE):
        page.merge()


def test_a_term_is_chosen_and_what_is_no_number_is_told(qtbot: QtBot) -> None:
    def by_hand(name: str) -> ByHand:
        made = ByHand(field_of(Agreement, name))
        qtbot.addWidget(made)
        made.show()
        return made

    term, number, text = by_hand("renewal_type"), by_hand("renewal_years"), by_hand("summary")
    term.write("automatic")
    text.write("two\nlines")
    assert (term.text(), text.text()) == ("automatic", "two\nlines")
    trouble = number.findChildren(Words)[0]
    with qtbot.waitSignal(number.typed):
        qtbot.keyClick(number.control, "x")
    assert trouble.text().startswith("“renewal_years” is a whole number")
    qtbot.keyClick(number.control, Qt.Key.Key_Backspace)
    qtbot.keyClick(number.control, "5")
    assert (number.text(), trouble.isVisible()) == ("5", False)


def test_what_a_colleague_undid_is_told_and_kept_with_one_button(
    small: SmallCase, page: MergingPage, tmp_path: Path, qtbot: QtBot
) -> None:
    path = Path(shutil.copy(small.live.path, tmp_path / "kari.casefile"))
    with qtbot.waitSignal(small.live.changed):
        small.live.write("Add official", add_record, Person, {"name": "Somebody of ours"})
    with qtbot.waitSignal(small.live.changed):
        small.live.write("Set title", set_field, small.agreement, "title", "Mine")
    engine = open_engine(path, writable=True)
    copy = Path(shutil.copy(small.live.path, tmp_path / "copy"))
    receipt = union.merge(engine, copy, KARI, origin="work.casefile")
    revert(open_sessions(engine), KARI, receipt.id)
    engine.dispose()
    look(page, path, qtbot)
    (line,) = page.head.taken_back.findChildren(QWidget, "takenBack")
    assert isinstance(line, ElidedLabel)
    assert line.text() == (
        "Kari Nordmann undid the merge of work.casefile: 1 official of yours would be deleted "
        "and 1 field would be set back."
    )
    (keep,) = page.head.taken_back.findChildren(QPushButton, "keepTakenBack")
    keep.click()
    (card,) = page.record.cards
    assert page.choices.of_field(small.agreement, card.about) is Choice.MINE
    with qtbot.waitSignal(page.merged, timeout=PATIENCE):
        page.merge()
    with open_sessions(open_engine(small.live.path))() as session:
        assert record(session, small.agreement)["title"].text == "Mine"
        assert session.query(Person).count() == 2


def test_what_needs_a_declined_record_is_said_at_once_with_a_way_out(
    small: SmallCase, page: MergingPage, tmp_path: Path, qtbot: QtBot
) -> None:
    path = Path(shutil.copy(small.live.path, tmp_path / "kari.casefile"))
    engine = open_engine(path, writable=True)
    with edit(open_sessions(engine), KARI, "Edit") as session:
        ministry = add_record(session, Organization, {"name": "Ministry of Defence"})
        add_record(session, Agreement, {"title": "New agreement", "parties": [ministry]})
    engine.dispose()
    look(page, path, qtbot)
    page.choices.choose_whole(ministry, Choice.MINE)
    page.record.changed.emit()
    qtbot.waitUntil(page.head.needs.isVisible, timeout=PATIENCE)
    (line,) = page.head.needs.findChildren(ElidedLabel, "need")
    assert line.text() == "“Ministry of Defence” is declined, and “New agreement” needs it."
    page.head.needs.findChildren(QPushButton, "declineUsers")[0].click()
    qtbot.waitUntil(lambda: not page.head.needs.isVisible(), timeout=PATIENCE)
    assert page.choices.count == 2
    with qtbot.waitSignal(page.merged, timeout=PATIENCE):
        page.merge()
