"""Files kept with a record, and of a source what it held when it was captured."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from db.dates import describe, read
from db.operations.contents import attach_files, keep_snapshots
from db.queries.annotations import Annotation
from desktop.annotations.card import Card, tool
from desktop.annotations.copies import FileCopies
from desktop.annotations.section import AnnotationSection
from desktop.annotations.words import media_icon, media_words, size_words
from desktop.errors import expected
from desktop.live import LiveCase
from desktop.theme import Size, colours, pixmap
from desktop.undoing import NEWEST
from desktop.widgets.labels import ElidedLabel, LinkButton


class FileCard(Card):
    """A kept file: its name, what it is and how large; opened, saved elsewhere, or deleted."""

    wanted = Signal(object, str, bool)
    """A record, the name of its file, and whether to look at it or to save a copy."""

    def __init__(self, live: LiveCase, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(live, kind, parent)
        self._media = ""
        self._picture = QLabel(self)
        self._picture.setFixedSize(24, 24)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.name = LinkButton("", None, self)
        self.name.setObjectName("openFile")
        self.name.clicked.connect(self._open)
        self._facts = ElidedLabel("", self, size=Size.CAPTION, muted=True)
        self.save_button = tool(self, "download", self.tr("Save a copy…"))
        self.save_button.clicked.connect(self._save)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.name, 0, Qt.AlignmentFlag.AlignLeft)
        below = QHBoxLayout()
        below.setContentsMargins(4, 0, 0, 0)  # where the words of the link begin
        below.addWidget(self._facts)
        words.addLayout(below)
        words.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        row.setContentsMargins(4, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._picture)
        row.addLayout(words, 1)
        row.addWidget(self.save_button)
        row.addWidget(self.delete_button)
        self.column.addLayout(row)
        self._written.hide()
        tip = self.tr("{what}. Its bytes stay in the case file, so that undo can bring it back.")
        self.delete_button.setToolTip(tip.format(what=self.delete_button.accessibleName()))

    def show_annotation(self, annotation: Annotation, names: Mapping[UUID, str]) -> None:
        super().show_annotation(annotation, names)
        self._media = str(annotation.row["media_type"].value or "")
        shown = self.file_name if self.kind == "attachments" else self._captured()
        self.name.words = shown
        self.name.setText(shown.replace("&", "&&"))
        self.name.setAccessibleName(self.tr("Open {name}").format(name=shown))
        self.name.updateGeometry()
        size = annotation.row["size"].value
        facts = [media_words(self._media), size_words(size if isinstance(size, int) else 0), self._written.text()]
        self._facts.setText("  ·  ".join(fact for fact in facts if fact))
        self._draw()

    @property
    def file_name(self) -> str:
        """What a copy is called."""
        assert self.annotation is not None
        if self.kind == "attachments":
            return self.annotation.row["filename"].text
        return f"snapshot-{self.annotation.row['captured_at'].text[:10]}{_SUFFIXES.get(self._media, '')}"

    def _captured(self) -> str:
        assert self.annotation is not None
        day = self.annotation.row["captured_at"].text[:10]
        return self.tr("Captured {day}").format(day=describe(read(day)))

    def _open(self) -> None:
        if self.annotation is not None:
            self.wanted.emit(self.annotation.row.id, self.file_name, True)

    def _save(self) -> None:
        if self.annotation is not None:
            self.wanted.emit(self.annotation.row.id, self.file_name, False)

    def changeEvent(self, event: object) -> None:
        super().changeEvent(event)  # type: ignore[arg-type]
        if hasattr(self, "_facts"):
            self._draw()

    def _draw(self) -> None:
        self._picture.setPixmap(pixmap(media_icon(self._media), colours().muted, 20, self.devicePixelRatioF()))


_SUFFIXES = {
    "application/pdf": ".pdf",
    "text/html": ".html",
    "text/plain": ".txt",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "message/rfc822": ".eml",
    "multipart/related": ".mhtml",
}


class FileSection(AnnotationSection):
    """Kept files, and how others come to them."""

    def __init__(self, live: LiveCase, parent: QWidget | None = None) -> None:
        super().__init__(live, parent)
        self.copies = FileCopies(live, self)
        self.copies.told.connect(self.told)

    def make_card(self) -> Card:
        card = FileCard(self.live, self.KIND, self)
        card.wanted.connect(self._give)
        return card

    def add(self) -> None:
        if self.record is None or not self.live.is_writable:
            return
        dialog = QFileDialog(self, self.tr("Choose files to keep with this record"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self._take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def keep(self, paths: Sequence[Path]) -> None:
        """Keep files with the record, all of them as one edit. They are read where the file is written."""
        raise NotImplementedError

    def _take(self, names: list[str]) -> None:
        self.keep([Path(name) for name in names])

    def _give(self, record: UUID, name: str, to_look_at: bool) -> None:
        if to_look_at:
            self.copies.open(record, name)
        else:
            self.copies.ask_where(record, name)

    def _tell_refusal(self, error: BaseException) -> None:
        trouble = expected(error)
        if trouble is None:
            self.live.troubled.emit(error)
        else:
            self.told.emit(trouble.text, None)

    def _named(self, paths: Sequence[Path]) -> str:
        return f"“{paths[0].name}”" if len(paths) == 1 else self.tr("{count} files").format(count=len(paths))


class AttachmentSection(FileSection):
    """Files of any record."""

    KIND = "attachments"

    def __init__(self, live: LiveCase, parent: QWidget | None = None) -> None:
        super().__init__(live, parent)
        words = self.tr("No files yet. Drop some here, or press Ctrl+Shift+A. They travel inside the case file.")
        self.invite(self.tr("Attach files…"), words)

    def keep(self, paths: Sequence[Path]) -> None:
        if self.record is not None and paths:
            self._what = self._named(paths)
            label = self.tr("Attach {files}").format(files=self._what)
            self.live.write(label, attach_files, self.record.id, paths, then=self._say, failed=self._tell_refusal)

    def _say(self, made: Sequence[UUID]) -> None:
        self.told.emit(self.tr("Attached {files}.").format(files=self._what), NEWEST)


class SnapshotSection(FileSection):
    """What a source held when it was captured."""

    KIND = "snapshots"

    def __init__(self, live: LiveCase, parent: QWidget | None = None) -> None:
        super().__init__(live, parent)
        words = self.tr("Nothing of this source is kept yet. Drop its PDF or saved page here, or press Ctrl+Shift+A.")
        self.invite(self.tr("Keep a snapshot…"), words)

    def keep(self, paths: Sequence[Path]) -> None:
        if self.record is not None and paths:
            self._what = self._named(paths)
            label = self.tr("Keep snapshot of source: {files}").format(files=self._what)
            self.live.write(label, keep_snapshots, self.record.id, paths, then=self._say, failed=self._tell_refusal)

    def _say(self, made: Sequence[UUID]) -> None:
        self.told.emit(self.tr("Kept {files} as a snapshot of this source.").format(files=self._what), NEWEST)
