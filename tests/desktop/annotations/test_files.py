"""Files dropped on a record: kept, looked at, saved elsewhere; and what may be opened."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QObject, QPoint, QPointF, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from db.models import Attachment, Snapshot, Source
from db.operations.records import add_record
from db.queries.record_pages import record_page
from db.queries.records import list_records
from desktop.annotations.attachments import FileCard
from desktop.annotations.drops import RecordDrops
from desktop.annotations.view import AnnotationsView
from desktop.forms.editors import Line, RunningText
from desktop.places import Place
from desktop.records.pane import RecordPane
from desktop.undoing import NEWEST
from tests.desktop.conftest import SmallCase
from tests.desktop.reading import read_from, write_to

COPY = Qt.DropAction.CopyAction


@pytest.fixture
def view(small: SmallCase, qtbot: QtBot) -> AnnotationsView:
    view = AnnotationsView(small.live)
    qtbot.addWidget(view)
    view.show()
    view.show_record(read_from(qtbot, small.live, record_page, small.agreement))
    return view


def make(folder: Path, name: str, data: bytes = b"%PDF-1.7") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def card_of(view: AnnotationsView) -> FileCard:
    (card,) = view.attachments.cards.values()
    assert isinstance(card, FileCard)
    return card


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def text(words: str) -> QMimeData:
    data = QMimeData()
    data.setText(words)
    return data


def page(address: str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl(address)])
    return data


def enters(target: QWidget, data: QMimeData) -> bool:
    """Whether a widget takes what is dragged over it."""
    event = QDragEnterEvent(QPoint(5, 5), COPY, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    event.ignore()
    QApplication.sendEvent(target, event)
    return event.isAccepted()


def drop(target: QWidget, data: QMimeData) -> None:
    """Qt gives a drop to whoever took what was dragged."""
    assert enters(target, data)
    where = QPointF(5, 5)
    event = QDropEvent(where, COPY, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(target, event)


class Program(QObject):
    """Stands for the system's programs."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[Path] = []

    @Slot(QUrl)
    def show(self, url: QUrl) -> None:
        self.opened.append(Path(url.toLocalFile()))


class TestKeeping:
    def test_several_files_are_one_edit(
        self, view: AnnotationsView, small: SmallCase, tmp_path: Path, qtbot: QtBot
    ) -> None:
        with qtbot.waitSignal(view.told) as told:
            view.keep_files([make(tmp_path, "a.pdf"), make(tmp_path, "b.txt", b"b")])
        assert told.args == ["Attached 2 files.", NEWEST]
        assert small.live.undo_state.undo is not None
        assert small.live.undo_state.undo.label == "Attach 2 files"
        qtbot.waitUntil(lambda: len(view.attachments.cards) == 2)

    def test_one_that_cannot_be_read_is_told_and_nothing_is_added(
        self, view: AnnotationsView, small: SmallCase, tmp_path: Path, qtbot: QtBot
    ) -> None:
        with qtbot.waitSignal(view.told) as told:
            view.keep_files([make(tmp_path, "a.pdf"), tmp_path / "missing.pdf"])
        assert "“missing.pdf” cannot be read" in str(told.args[0])
        assert read_from(qtbot, small.live, list_records, Attachment) == []

    def test_with_a_source_they_are_snapshots(
        self, view: AnnotationsView, small: SmallCase, tmp_path: Path, qtbot: QtBot
    ) -> None:
        source = write_to(qtbot, small.live, "Add", add_record, Source, {"title": "Report"})
        view.show_record(read_from(qtbot, small.live, record_page, source))
        with qtbot.waitSignal(view.told) as told:
            view.keep_files([make(tmp_path, "a.pdf")])
        assert told.args[0] == "Kept “a.pdf” as a snapshot of this source."
        (row,) = read_from(qtbot, small.live, list_records, Snapshot)
        assert row["source"].value == source

    def test_a_copy_is_saved_elsewhere(
        self, view: AnnotationsView, small: SmallCase, tmp_path: Path, qtbot: QtBot
    ) -> None:
        view.keep_files([make(tmp_path, "a.pdf")])
        qtbot.waitUntil(lambda: len(view.attachments.cards) == 1)
        card = card_of(view)
        assert card.annotation is not None
        view.attachments.copies._saving = card.annotation.row.id
        copy = tmp_path / "copy.pdf"
        with qtbot.waitSignal(view.told, check_params_cb=lambda words, *_: str(copy) in words):
            view.attachments.copies.save(str(copy))
        assert copy.read_bytes() == b"%PDF-1.7"
        with qtbot.waitSignal(view.told) as told:
            view.attachments.copies.save(str(tmp_path / "no folder" / "copy.pdf"))
        assert "cannot be used" in str(told.args[0])


class TestOpening:
    def test_the_systems_program_gets_a_copy_that_cannot_be_written(
        self, view: AnnotationsView, tmp_path: Path, qtbot: QtBot
    ) -> None:
        program = Program()
        QDesktopServices.setUrlHandler("file", program, "show")  # type: ignore[arg-type]  # the stub wants bytes, Qt a name
        try:
            view.keep_files([make(tmp_path, "a.pdf")])
            qtbot.waitUntil(lambda: len(view.attachments.cards) == 1)
            card_of(view).name.click()
            qtbot.waitUntil(lambda: bool(program.opened))
        finally:
            QDesktopServices.unsetUrlHandler("file")
        (path,) = program.opened
        assert (path.name, path.read_bytes()) == ("a.pdf", b"%PDF-1.7")
        assert path.stat().st_mode & 0o222 == 0

    @pytest.mark.parametrize("name", ["setup.exe", "run.desktop", "x.pdf.js", "macro.docm", "no suffix"])
    def test_what_could_be_a_program_is_not_opened(
        self, view: AnnotationsView, tmp_path: Path, qtbot: QtBot, name: str
    ) -> None:
        view.keep_files([make(tmp_path, name)])
        qtbot.waitUntil(lambda: len(view.attachments.cards) == 1)
        with qtbot.waitSignal(view.told) as told:
            card_of(view).name.click()
        assert "Save a copy" in str(told.args[0])


class TestDrops:
    @pytest.fixture
    def target(self, qtbot: QtBot) -> QWidget:
        target = QWidget()
        qtbot.addWidget(target)
        target.resize(300, 300)
        target.show()
        return target

    def test_files_and_text_are_taken_and_case_files_left_to_the_window(
        self, target: QWidget, tmp_path: Path, qtbot: QtBot
    ) -> None:
        drops = RecordDrops(target)
        drops.invite("Drop here")
        assert enters(target, files(tmp_path / "a.pdf"))
        assert enters(target, text("words"))
        assert not enters(target, files(tmp_path / "other.casefile"))
        with qtbot.waitSignal(drops.files_dropped) as dropped:
            drop(target, files(tmp_path / "a.pdf", tmp_path / "a.pdf"))
        assert dropped.args == [[tmp_path / "a.pdf"]]
        with qtbot.waitSignal(drops.text_dropped) as said:
            drop(target, page("https://example.org/a"))
        assert said.args == ["https://example.org/a"]

    def test_without_a_record_nothing_is_taken(self, target: QWidget, tmp_path: Path) -> None:
        RecordDrops(target).invite("")
        assert not enters(target, files(tmp_path / "a.pdf"))

    @pytest.mark.parametrize("kind", [Line, RunningText])
    def test_a_field_takes_text_and_leaves_files_to_the_record(
        self, target: QWidget, tmp_path: Path, kind: type[QLineEdit | QPlainTextEdit]
    ) -> None:
        editor = kind(target)
        editor.show()
        inner = editor.viewport() if isinstance(editor, QPlainTextEdit) else editor
        assert enters(inner, text("words"))
        data = files(tmp_path / "a.pdf")
        data.setText("file:///a.pdf")
        assert not enters(inner, data)

    def test_the_record_pane_keeps_what_is_dropped_on_it(self, small: SmallCase, tmp_path: Path, qtbot: QtBot) -> None:
        pane = RecordPane(small.live)
        qtbot.addWidget(pane)
        pane.show()
        pane.show_place(Place(small.agreement))
        qtbot.waitUntil(lambda: pane.page is not None)
        with qtbot.waitSignal(pane.told):
            drop(pane, files(make(tmp_path, "a.pdf")))
        assert pane.annotations.isVisible()
        qtbot.waitUntil(lambda: len(pane.annotations.attachments.cards) == 1)
