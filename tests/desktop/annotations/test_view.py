"""Notes, tasks and assessments as somebody adds, edits and ends them."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from db.models import Assessment, Note, Task
from db.models.vocabulary import Outcome
from db.operations.records import add_record, set_field
from db.queries.annotations import Annotations, annotations
from db.queries.record_pages import record_page
from desktop.annotations.assessments import AssessmentCard
from desktop.annotations.notes import NoteCard
from desktop.annotations.section import AnnotationSection
from desktop.annotations.tasks import TaskCard
from desktop.annotations.view import AnnotationsView
from desktop.annotations.words import is_overdue, media_words, size_words
from desktop.forms.dates import DateEditor
from desktop.forms.discarding import DiscardQuestion
from desktop.forms.editors import ChoiceEditor, RunningText, RunningTextEditor
from desktop.undoing import NEWEST
from tests.desktop.conftest import SmallCase
from tests.desktop.reading import read_from, write_to


@pytest.fixture
def view(small: SmallCase, qtbot: QtBot) -> AnnotationsView:
    view = AnnotationsView(small.live)
    qtbot.addWidget(view)
    view.resize(440, 800)
    view.show()
    view.show_record(read_from(qtbot, small.live, record_page, small.agreement))
    return view


def kept(qtbot: QtBot, small: SmallCase, kind: type[Note | Task | Assessment]) -> Annotations:
    found = read_from(qtbot, small.live, annotations, small.agreement, kind)
    assert isinstance(found, Annotations)
    return found


def write_draft(qtbot: QtBot, section: AnnotationSection, **texts: str) -> None:
    assert section.draft is not None
    for name, text in texts.items():
        editor = section.draft.form.editor(name)
        if isinstance(editor, RunningTextEditor):
            editor.text.insertPlainText(text)
        elif isinstance(editor, DateEditor):
            editor.line.setText(text)
        elif isinstance(editor, ChoiceEditor):
            editor.box.setCurrentIndex(editor.box.findData(text))
    first = section.draft.form.editor(next(iter(texts)))
    assert first is not None
    qtbot.keyClick(first.control, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def note_of(view: AnnotationsView) -> NoteCard:
    (card,) = view.notes.cards.values()
    assert isinstance(card, NoteCard)
    return card


def task_of(view: AnnotationsView) -> TaskCard:
    (card,) = view.tasks.cards.values()
    assert isinstance(card, TaskCard)
    return card


def text_of(card: QWidget) -> QPlainTextEdit:
    text = card.findChild(QPlainTextEdit)
    assert text is not None
    return text


class TestNotes:
    def test_a_few_keys_add_one(self, view: AnnotationsView, small: SmallCase, qtbot: QtBot) -> None:
        with qtbot.waitSignal(view.raised):
            view.note_action.trigger()
        write_draft(qtbot, view.notes, text="防衛省 called & said <no>")
        qtbot.waitUntil(lambda: len(view.notes.cards) == 1)
        assert view.notes.draft is None
        (note,) = kept(qtbot, small, Note).shown
        assert (note.row["text"].text, note.row["visibility"].text) == ("防衛省 called & said <no>", "internal")
        assert small.live.undo_state.undo is not None
        assert small.live.undo_state.undo.label == "Add note"

    def test_an_empty_one_is_not_saved_and_says_so(self, view: AnnotationsView, qtbot: QtBot) -> None:
        view.note_action.trigger()
        assert view.notes.draft is not None
        view.notes.draft.save()
        assert any("needed" in label.text() for label in view.notes.draft.findChildren(QLabel))

    def test_esc_gives_it_up(self, view: AnnotationsView, qtbot: QtBot) -> None:
        view.note_action.trigger()
        assert view.notes.draft is not None
        qtbot.keyClick(view.notes.draft, Qt.Key.Key_Escape)
        assert view.notes.draft is None

    def test_esc_asks_before_words_go(self, view: AnnotationsView, qtbot: QtBot) -> None:
        view.note_action.trigger()
        assert view.notes.draft is not None
        text = view.notes.draft.findChild(RunningText)
        assert text is not None
        qtbot.keyClicks(text, "Seen by nobody yet")
        qtbot.keyClick(text, Qt.Key.Key_Escape)
        question = view.notes.draft.findChild(DiscardQuestion)
        assert question is not None
        assert text.toPlainText() == "Seen by nobody yet"
        question.discard.click()
        qtbot.waitUntil(lambda: view.notes.draft is None)

    def test_edited_in_place(self, view: AnnotationsView, small: SmallCase, qtbot: QtBot) -> None:
        write_to(qtbot, small.live, "Add", add_record, Note, {"text": "x", "concerns": [small.agreement]})
        qtbot.waitUntil(lambda: len(view.notes.cards) == 1)
        text = text_of(note_of(view))
        text.setFocus()
        text.insertPlainText("more ")
        with qtbot.waitSignal(small.live.changed):
            qtbot.keyClick(text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        (note,) = kept(qtbot, small, Note).shown
        assert note.row["text"].text == "more x"

    def test_public_or_internal_by_one_press(self, view: AnnotationsView, small: SmallCase, qtbot: QtBot) -> None:
        write_to(qtbot, small.live, "Add", add_record, Note, {"text": "x", "concerns": [small.agreement]})
        qtbot.waitUntil(lambda: len(view.notes.cards) == 1)
        note_of(view).visibility.click()
        qtbot.waitUntil(lambda: "Public" in note_of(view).visibility.text())
        (note,) = kept(qtbot, small, Note).shown
        assert note.row["visibility"].text == "public"

    def test_deleting_is_told_and_undo_brings_it_back(
        self, view: AnnotationsView, small: SmallCase, qtbot: QtBot
    ) -> None:
        write_to(qtbot, small.live, "Add", add_record, Note, {"text": "x", "concerns": [small.agreement]})
        qtbot.waitUntil(lambda: len(view.notes.cards) == 1)
        with qtbot.waitSignal(view.told) as told:
            note_of(view).delete_button.click()
        assert told.args == ["“x” was deleted.", NEWEST]
        qtbot.waitUntil(lambda: not view.notes.cards)
        assert small.live.undo_state.undo is not None
        small.live.revert(small.live.undo_state.undo.entry)
        qtbot.waitUntil(lambda: len(view.notes.cards) == 1)

    def test_dropped_text_becomes_one(self, view: AnnotationsView, small: SmallCase, qtbot: QtBot) -> None:
        with qtbot.waitSignal(view.told):
            view.keep_text("  https://example.org/page  ")
        assert kept(qtbot, small, Note).shown[0].row["text"].text == "https://example.org/page"

    def test_of_many_the_newest_and_more_on_demand(self, view: AnnotationsView, small: SmallCase, qtbot: QtBot) -> None:
        for number in range(22):
            values = {"text": str(number), "concerns": [small.agreement]}
            write_to(qtbot, small.live, "Add", add_record, Note, values)
        qtbot.waitUntil(lambda: len(view.notes.cards) == 20)
        view.notes._more.click()
        qtbot.waitUntil(lambda: len(view.notes.cards) == 22)

    def test_another_record_leaves_nothing_behind(self, view: AnnotationsView, small: SmallCase, qtbot: QtBot) -> None:
        write_to(qtbot, small.live, "Add", add_record, Note, {"text": "x", "concerns": [small.agreement]})
        qtbot.waitUntil(lambda: len(view.notes.cards) == 1)
        view.note_action.trigger()
        view.show_record(read_from(qtbot, small.live, record_page, small.official))
        assert view.notes.cards == {}
        assert view.notes.draft is None

    def test_what_was_being_written_is_kept_when_another_record_comes(
        self, view: AnnotationsView, small: SmallCase, qtbot: QtBot
    ) -> None:
        official = read_from(qtbot, small.live, record_page, small.official)
        view.note_action.trigger()
        assert view.notes.draft is not None
        text_of(view.notes.draft).insertPlainText("half a thought")
        with qtbot.waitSignal(small.live.changed):
            view.show_record(official)
        assert [each.row.title for each in kept(qtbot, small, Note).shown] == ["half a thought"]
        assert view.notes.draft is None


class TestTasks:
    @pytest.fixture
    def task(self, view: AnnotationsView, small: SmallCase, qtbot: QtBot) -> TaskCard:
        values = {"question": "Who signed?", "due": "2020-01", "concerns": [small.agreement]}
        write_to(qtbot, small.live, "Add task", add_record, Task, values)
        qtbot.waitUntil(lambda: len(view.tasks.cards) == 1)
        return task_of(view)

    def test_a_question_with_a_due_date(self, view: AnnotationsView, small: SmallCase, qtbot: QtBot) -> None:
        view.task_action.trigger()
        write_draft(qtbot, view.tasks, question="Is there a text?", due="Aug 2030")
        qtbot.waitUntil(lambda: len(view.tasks.cards) == 1)
        (task,) = kept(qtbot, small, Task).shown
        assert (task.row["question"].text, task.row["due"].text) == ("Is there a text?", "August 2030")

    def test_overdue_says_so(self, task: TaskCard) -> None:
        assert task.pill.accessibleName() == "Overdue"

    def test_answered_with_what_was_found(self, task: TaskCard, small: SmallCase, qtbot: QtBot) -> None:
        task.buttons[Outcome.ANSWERED].click()
        assert task.answer is not None
        editor = task.answer.form.editor("outcome_text")
        assert isinstance(editor, RunningTextEditor)
        editor.text.insertPlainText("The minister.")
        task.answer.save()
        qtbot.waitUntil(lambda: task.pill.accessibleName() == "Answered")
        (found,) = kept(qtbot, small, Task).shown
        assert (found.row["outcome"].text, found.row["outcome_text"].text) == ("answered", "The minister.")
        assert small.live.undo_state.undo is not None
        assert small.live.undo_state.undo.label == "Answer task"

    def test_searched_in_vain_with_where_and_when(self, task: TaskCard, small: SmallCase, qtbot: QtBot) -> None:
        task.buttons[Outcome.NOT_FOUND].click()
        assert task.answer is not None
        editor = task.answer.form.editor("searched_where")
        assert isinstance(editor, RunningTextEditor)
        editor.text.insertPlainText("UNTS")
        task.answer.save()
        qtbot.waitUntil(lambda: task.pill.accessibleName() == "Searched, not found")
        (found,) = kept(qtbot, small, Task).shown
        assert found.row["searched_where"].text == "UNTS"
        assert found.row["searched_on"].value is not None, "today, unless somebody says otherwise"

    def test_opened_again(self, task: TaskCard, view: AnnotationsView, small: SmallCase, qtbot: QtBot) -> None:
        assert task.annotation is not None
        write_to(qtbot, small.live, "Drop", set_field, task.annotation.row.id, "outcome", "dropped")
        qtbot.waitUntil(lambda: task.buttons[Outcome.OPEN].isVisible())
        task.buttons[Outcome.OPEN].click()
        qtbot.waitUntil(lambda: task.buttons[Outcome.ANSWERED].isVisible())

    @pytest.mark.parametrize(
        ("due", "today", "overdue"),
        [
            ("2024-10", date(2024, 10, 31), False),
            ("2024-10", date(2024, 11, 1), True),
            ("2024-10-05", date(2024, 10, 6), True),
            ("soon", date(2024, 10, 6), False),
        ],
    )
    def test_overdue_once_every_day_it_can_mean_is_over(
        self, small: SmallCase, qtbot: QtBot, due: str, today: date, overdue: bool
    ) -> None:
        values = {"question": "?", "due": due, "concerns": [small.agreement]}
        write_to(qtbot, small.live, "Add", add_record, Task, values)
        (task,) = kept(qtbot, small, Task).shown
        assert is_overdue(task.row, today) is overdue


class TestAssessments:
    def test_confidence_and_likelihood_are_two_fields(
        self, view: AnnotationsView, small: SmallCase, qtbot: QtBot
    ) -> None:
        view.assessment_action.trigger()
        write_draft(qtbot, view.assessments, judgement="It will follow.", confidence="moderate", likelihood="likely")
        qtbot.waitUntil(lambda: len(view.assessments.cards) == 1)
        (found,) = kept(qtbot, small, Assessment).shown
        assert (found.row["confidence"].text, found.row["likelihood"].text) == ("moderate", "likely")
        (card,) = view.assessments.cards.values()
        assert isinstance(card, AssessmentCard)
        assert {"confidence", "likelihood", "basis"} <= card.editors.keys()


class TestWords:
    @pytest.mark.parametrize(
        ("size", "words"),
        [(0, "0 bytes"), (999, "999 bytes"), (1_000, "1.0 KB"), (1_440_000, "1.4 MB"), (256 << 20, "268 MB")],
    )
    def test_sizes(self, size: int, words: str) -> None:
        assert size_words(size) == words

    @pytest.mark.parametrize(
        ("media", "words"), [("application/pdf", "PDF"), ("image/png", "PNG"), ("image/svg+xml", "SVG"), ("", "File")]
    )
    def test_media_types(self, media: str, words: str) -> None:
        assert media_words(media) == words
