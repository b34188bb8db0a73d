"""What an analyst adds to a record: notes, tasks, tags, and files that are dropped on it."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from db.models import Attachment, Note, Tag, Task
from db.queries.records import list_records
from tests.journeys.hands import Hands, Role

NAME = "Minoru Kihara"


def test_a_note_is_written_changed_and_deleted(sample: Path, hands: Hands) -> None:
    open_record(hands)
    before = len(hands.read(list_records, Note))
    hands.press("Ctrl+M")
    hands.wait_for("saveDraft")
    hands.type("Ask the embassy.")
    hands.press("Ctrl+Return")
    hands.wait(lambda: hands.sees("Visibility: Internal"), "the note")
    assert len(hands.read(list_records, Note)) == before + 1
    hands.click("deleteAnnotation")
    hands.wait(lambda: "was deleted" in hands.window.toast.text, "the toast")
    assert len(hands.read(list_records, Note)) == before
    hands.click("toastAction")
    hands.wait(lambda: hands.sees("Visibility: Internal"), "the note again")


def test_a_task_is_asked_and_answered(sample: Path, hands: Hands) -> None:
    open_record(hands)
    hands.press("Ctrl+T")
    hands.wait_for("saveDraft")
    hands.type("Where was he born?")
    hands.press("Ctrl+Return")
    hands.wait_for("Answer…")
    hands.click("Answer…")
    hands.wait_for("Mark as answered")
    hands.type("Kumamoto")
    hands.press("Ctrl+Return")
    hands.wait_for("Open again")
    row = next(row for row in hands.read(list_records, Task) if row.title == "Where was he born?")
    assert str(row["outcome"].value) == "answered"
    assert row["outcome_text"].text == "Kumamoto"


def test_a_tag_is_made_where_it_is_needed(sample: Path, hands: Hands) -> None:
    open_record(hands)
    hands.offered("Tags", "ministers", "New tag")
    hands.finish("add")
    hands.wait_for("Take out ministers")
    hands.wait_saved()
    assert "ministers" in [row.title for row in hands.read(list_records, Tag)]


def test_files_are_dropped_on_a_record(sample: Path, hands: Hands, tmp_path: Path) -> None:
    open_record(hands)
    file = tmp_path / "写真.txt"
    file.write_text("A photograph, described.", encoding="utf-8")
    drop(hands, file)
    hands.wait_for("Attached “写真.txt”.")
    hands.wait_for("Open 写真.txt")
    assert [row.title for row in hands.read(list_records, Attachment)] == ["写真.txt"]
    hands.press("Ctrl+Z")
    hands.wait(lambda: not hands.read(list_records, Attachment), "no attachment")


def open_record(hands: Hands) -> None:
    hands.go_to("Kihara", NAME)
    hands.wait_record(NAME)
    hands.click("Notes and tasks", Role.PageTab)
    hands.click("Record", Role.PageTab)
    hands.focus("Name")


def drop(hands: Hands, file: Path) -> None:
    """Drag a file over the record pane and let it go, as a file manager does."""
    target = hands.window.pane
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    place = target.rect().center()
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(place), copy, data, left, none)
    QApplication.sendEvent(target, enter)
    assert enter.isAccepted()
    hands.wait_for("Drop to attach it to this record")
    QApplication.sendEvent(target, QDropEvent(QPointF(place), copy, data, left, none))
