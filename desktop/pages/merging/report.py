"""Saving a printed report of all that differs."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from db.merging.comparison import Comparison
from desktop.pages.briefing.memory import remembered_options
from desktop.pages.merging import work
from desktop.pages.merging.inquiry import Inquiry
from desktop.settings import preferences


class ReportDesk(QObject):
    """Asks where to, and has the report made beside the window."""

    named = Signal(str)
    """The file that was chosen."""
    told = Signal(str, object)
    """What was just done; there is nothing to undo."""
    failed = Signal(object)

    def __init__(self, inquiry: Inquiry, parent: QWidget) -> None:
        super().__init__(parent)
        self._inquiry, self._window = inquiry, parent
        self._output = Path()

    def ask(self, name: str) -> None:
        """Ask where to save a report about a file of this name."""
        dialog = QFileDialog(self._window, self.tr("Save the change report"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([self.tr("PDF (*.pdf)"), self.tr("Word (*.docx)")])
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(f"{name} changes.pdf")
        dialog.fileSelected.connect(self.named)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save(self, comparison: Comparison, title: str, sides: tuple[str, str], output: Path) -> None:
        """Write it, on the paper that was chosen for briefings."""
        self._output = output
        paper = remembered_options(preferences()).paper
        self._inquiry.reading.run(
            work.save_report, comparison, title, sides, output, paper, then=self._say_saved, failed=self._complain
        )

    def _say_saved(self, _: object) -> None:
        self.told.emit(self.tr("Saved “{file}”").format(file=self._output.name), None)

    def _complain(self, error: BaseException) -> None:
        self.failed.emit(error)
