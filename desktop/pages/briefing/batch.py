"""Many agreements printed at once: one PDF each into a folder, or all bound into one file."""

from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop.backroom import Backroom
from desktop.errors import Trouble, unexpected
from desktop.live import LiveCase
from desktop.pages.briefing.groups import caption_of
from desktop.pages.briefing.memory import remember_folder, remembered_folder, remembered_options
from desktop.pages.briefing.remembered import Templates, templates_of
from desktop.printing.batch import Sheet, plan
from desktop.printing.options import Kind, SheetOptions, Subject
from desktop.printing.pages import write_briefing
from desktop.settings import preferences
from desktop.theme import Size, make_primary
from desktop.widgets.labels import Words

_MOST_TOLD = 3


class BatchDialog(QDialog):
    """Asks how and where to, prints in a process of its own, and says how far it is. It can be called off."""

    ended = Signal(int)
    """So many files were made."""

    def __init__(self, live: LiveCase, records: tuple[UUID, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("batchDialog")
        self.setWindowTitle(self.tr("Print briefings"))
        self._live = live
        self._records = records
        self._backroom = Backroom(self)
        self._templates: dict[str, SheetOptions] = {}
        self._waiting: list[Sheet] = []
        self._made: list[Path] = []
        self._troubles: list[str] = []
        self._running: Path | None = None
        self._total = 0
        self._is_over = self._is_stopped = False
        self._build()
        live.read(templates_of, then=self._offer)

    @property
    def is_running(self) -> bool:
        """Whether files are being made."""
        return self._running is not None

    @property
    def made(self) -> tuple[Path, ...]:
        """The files that were made."""
        return tuple(self._made)

    def closeEvent(self, event: QCloseEvent) -> None:
        """No process outlives the dialog."""
        self._stop()
        super().closeEvent(event)

    def done(self, result: int) -> None:
        self._stop()
        super().done(result)

    def _stop(self) -> None:
        """End the process, in the middle of a file if need be; files are whole or not at all."""
        if not self._is_stopped:
            self._is_stopped = True
            self._backroom.close()

    # -- what is seen

    def _build(self) -> None:
        self.setMinimumWidth(440)
        count = len(self._records)
        title = self.tr("Print {count} briefings") if count != 1 else self.tr("Print 1 briefing")
        self.each = QRadioButton(self.tr("One PDF each, into a folder"), self)
        self.each.setObjectName("batchEach")
        self.bound = QRadioButton(self.tr("One bound file, with cover and contents"), self)
        self.bound.setObjectName("batchBound")
        self.each.setChecked(True)
        self.template = QComboBox(self)
        self.template.setObjectName("batchTemplate")
        self.template.setAccessibleName(self.tr("Template"))
        self.template.view().setAccessibleName(self.tr("Template"))
        self.template.addItem(self.tr("No template: as usual"))
        self.words = Words("", self, muted=True)
        self.words.setObjectName("batchWords")
        self.bar = QProgressBar(self, textVisible=False)
        self.bar.setAccessibleName(self.tr("Briefings made"))
        self.bar.hide()
        self.replace_button = self._button("batchReplace", self.tr("Replace them"))
        self.skip_button = self._button("batchSkip", self.tr("Leave those out"))
        self.go_button = self._button("batchGo", self.tr("Choose where…"))
        make_primary(self.go_button)
        self.cancel_button = self._button("batchCancel", self.tr("Cancel"))
        self.go_button.setDefault(True)
        self.replace_button.hide()
        self.skip_button.hide()
        self.go_button.clicked.connect(self._ask_where)
        self.cancel_button.clicked.connect(self.cancel)
        self.replace_button.clicked.connect(self._replace)
        self.skip_button.clicked.connect(self._skip)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        for button in (self.cancel_button, self.skip_button, self.replace_button, self.go_button):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        column.addWidget(Words(title.format(count=f"{count:,}"), self, size=Size.TITLE, strong=True))
        column.addSpacing(4)
        column.addWidget(self.each)
        column.addWidget(self.bound)
        column.addSpacing(8)
        column.addWidget(caption_of(self.tr("Template"), self.template, self))
        column.addWidget(self.template)
        column.addSpacing(8)
        column.addWidget(self.bar)
        column.addWidget(self.words)
        column.addStretch(1)
        column.addLayout(buttons)

    def _button(self, name: str, words: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setAutoDefault(False)
        return button

    def _offer(self, found: Templates) -> None:
        self._templates = found.options
        self.template.addItems(list(found.options))

    def _options(self) -> SheetOptions:
        return self._templates.get(self.template.currentText(), remembered_options(preferences()))

    # -- where to

    def _ask_where(self) -> None:
        if self._is_over:
            self.accept()
            return
        dialog = QFileDialog(self, self.tr("Print briefings"))
        folder = remembered_folder(preferences(), self._live.home.parent)
        if self.each.isChecked():
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.setDirectory(str(folder))
            dialog.fileSelected.connect(self.print_into)
        else:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setNameFilters([self.tr("PDF documents (*.pdf)"), self.tr("Word documents (*.docx)")])
            dialog.setDefaultSuffix("pdf")
            dialog.setDirectory(str(folder))
            dialog.selectFile("dossier.pdf")
            dialog.fileSelected.connect(self.bind_into)
        dialog.open()

    def print_into(self, folder: str) -> None:
        """Print one PDF each into a folder, once it is known what is there."""
        remember_folder(preferences(), Path(folder))
        self._begin(self.tr("Looking at the folder…"))
        self._running = Path(folder)
        self._backroom.run(plan, self._live.path, self._records, Path(folder), then=self._take_plan, failed=self._fail)

    def bind_into(self, name: str) -> None:
        """Print all into one file; the dialog has asked whether to replace what is there."""
        file = Path(name)
        remember_folder(preferences(), file.parent)
        self._begin(self.tr("Binding {count} agreements…").format(count=f"{len(self._records):,}"))
        self.bar.setRange(0, 0)
        self._total = 1
        self._print(Sheet(self._records[0], file.name, file, is_there=True), Subject(Kind.DOSSIER, self._records))

    # -- how far

    def _begin(self, words: str) -> None:
        for widget in (self.each, self.bound, self.template, self.go_button):
            widget.setEnabled(False)
        self.bar.show()
        self.words.setText(words)

    def _take_plan(self, sheets: tuple[Sheet, ...]) -> None:
        self._running = None
        self._waiting = list(sheets)
        there = [sheet for sheet in sheets if sheet.is_there]
        if not there:
            self._start()
            return
        self.bar.hide()
        words = self.tr("{count} of these files are in the folder already, such as {name}.")
        self.words.setText(words.format(count=len(there), name=there[0].output.name))
        self.replace_button.show()
        self.skip_button.show()
        self.go_button.hide()
        self.skip_button.setFocus()

    def _replace(self) -> None:
        self._start()

    def _skip(self) -> None:
        self._waiting = [sheet for sheet in self._waiting if not sheet.is_there]
        self._start()

    def _start(self) -> None:
        self.replace_button.hide()
        self.skip_button.hide()
        self.go_button.show()
        self.bar.show()
        self._total = len(self._waiting)
        self.bar.setRange(0, max(self._total, 1))
        self._go_on()

    def _go_on(self) -> None:
        if not self._waiting:
            self._finish()
            return
        sheet = self._waiting.pop(0)
        self.bar.setValue(self._total - len(self._waiting) - 1)
        place, words = self._total - len(self._waiting), self.tr("{place} of {count}: {title}")
        self.words.setText(words.format(place=f"{place:,}", count=f"{self._total:,}", title=sheet.title))
        self._print(sheet, Subject(Kind.AGREEMENT, (sheet.record,)))

    def _print(self, sheet: Sheet, subject: Subject) -> None:
        self._running = sheet.output
        self._about = sheet.title
        what = (self._live.path, subject, self._options(), sheet.output, sheet.is_there)
        self._backroom.run(write_briefing, *what, then=self._take, failed=self._fail)

    def _take(self, trouble: Trouble | None) -> None:
        if trouble is not None:
            self._troubles.append(f"{self._about}: {trouble.text}")
        elif self._running is not None:
            self._made.append(self._running)
        self._running = None
        self._go_on()

    def _fail(self, error: BaseException) -> None:
        self._waiting.clear()
        self._take(unexpected(error))

    def cancel(self) -> None:
        """Make no more; what was made stays. Before anything was begun, just go away."""
        if (not self.is_running and not self._waiting) or self._is_over:
            self.reject()
            return
        self._waiting.clear()
        self._running = None
        self._stop()
        self._finish(self.tr("Called off."))

    def _finish(self, why: str = "") -> None:
        self._is_over = True
        self.bar.hide()
        count = len(self._made)
        told = self.tr("Made 1 file.") if count == 1 else self.tr("Made {count} files.").format(count=f"{count:,}")
        more = len(self._troubles) - _MOST_TOLD
        troubles = [
            *self._troubles[:_MOST_TOLD],
            *([self.tr("and {count} more").format(count=more)] if more > 0 else []),
        ]
        self.words.setText("\n".join(part for part in (" ".join(filter(None, (why, told))), *troubles) if part))
        self.words.setProperty("muted", False)
        self.cancel_button.hide()
        self.replace_button.hide()
        self.skip_button.hide()
        self.go_button.setText(self.tr("Close"))
        self.go_button.setEnabled(True)
        self.go_button.show()
        self.go_button.setFocus()
        self.ended.emit(count)
