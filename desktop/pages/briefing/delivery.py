"""What becomes of a finished sheet: a file, or paper. Whatever takes time is done in the worker process."""

from pathlib import Path

from PySide6.QtCore import QMarginsF, QObject, Qt, Signal
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from desktop.errors import Trouble, unexpected
from desktop.pages.briefing.maker import SheetMaker
from desktop.pages.briefing.memory import remember_folder, remembered_folder
from desktop.pages.briefing.printout import Printout
from desktop.printing.pages import Composition, write_briefing
from desktop.printing.saving import DOCX, replace_pdf
from desktop.settings import preferences
from exports.paper import Paper

_SIZES = {Paper.A4: QPageSize.PageSizeId.A4, Paper.LETTER: QPageSize.PageSizeId.Letter}


class Delivery(QObject):
    """Asks where to, waits until the newest sheet is made, and delivers that one."""

    saved = Signal(object)
    """The Path of the file."""
    printed = Signal()
    """All pages have gone to the printer."""
    printing = Signal(int, int)
    """The page that is being printed, from 1, and how many there are; 0 of 0: none any more."""
    failed = Signal(str)
    """Why it was not delivered, in words."""

    def __init__(self, maker: SheetMaker, window: QWidget) -> None:
        super().__init__(window)
        self._maker = maker
        self._window = window
        self._file: Path | None = None
        self._asked: QPrinter | None = None
        self._printer: QPrinter | None = None
        self._printout: Printout | None = None
        maker.composed.connect(self._deliver)
        maker.refused.connect(self._give_up)

    @property
    def is_printing(self) -> bool:
        """Whether pages are on their way."""
        return self._printout is not None

    def ask_for_file(self, folder: Path) -> None:
        """Ask under which name to save the sheet."""
        suggestion = remembered_folder(preferences(), folder) / f"{self._stem()}.pdf"
        dialog = QFileDialog(self._window, self.tr("Save the briefing"), str(suggestion))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([self.tr("PDF documents (*.pdf)"), self.tr("Word documents (*.docx)")])
        dialog.filterSelected.connect(self._follow_filter)
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(str(suggestion))
        dialog.fileSelected.connect(self.save)
        dialog.open()

    def ask_for_printer(self, paper: Paper) -> None:
        """Let the system's dialog choose printer, pages and copies."""
        self._asked = make_printer(paper, self._stem())
        dialog = QPrintDialog(self._asked, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setMinMax(1, len(self._maker.sheet.pages) if self._maker.sheet else 1)
        dialog.accepted.connect(self._print_as_asked)
        QDialog.open(dialog)  # its own wants a receiver

    def save(self, name: str) -> None:
        """Save the newest sheet under this name, in place of a file of its kind that is there."""
        self._file = Path(name)
        remember_folder(preferences(), self._file.parent)
        self._deliver_if_made()

    def print_on(self, printer: QPrinter) -> None:
        """Print the newest sheet."""
        self._printer = printer
        self._deliver_if_made()

    def cancel_printing(self) -> None:
        """Print no more."""
        if self._printout is not None:
            self._printout.cancel()

    def _follow_filter(self, words: str) -> None:
        """The name gets the ending of the chosen kind of file."""
        dialog = self.sender()
        if isinstance(dialog, QFileDialog):
            suffix = "docx" if words.endswith("(*.docx)") else "pdf"
            dialog.setDefaultSuffix(suffix)
            named = next(iter(dialog.selectedFiles()), "")
            if named.endswith((".pdf", ".docx")):
                dialog.selectFile(str(Path(named).with_suffix(f".{suffix}")))

    def _stem(self) -> str:
        return self._maker.sheet.stem if self._maker.sheet else ""

    def _print_as_asked(self) -> None:
        if self._asked is not None:
            self.print_on(self._asked)

    def _deliver_if_made(self) -> None:
        if self._maker.sheet is not None and not self._maker.is_busy:
            self._deliver(self._maker.sheet)

    def _deliver(self, sheet: Composition) -> None:
        if self._file is not None:
            file, self._file = self._file, None
            _Saving(self._maker, file, self).begin(sheet)
        if self._printer is not None and self._printout is None:
            printer, self._printer = self._printer, None
            self._maker.hold()
            self._printout = Printout(self._maker.backroom, sheet, printer, self)
            self._printout.progressed.connect(self.printing)
            self._printout.ended.connect(self._end_printing)
            self._printout.start()

    def _give_up(self, trouble: Trouble) -> None:
        """The sheet cannot be made: nothing waits for it any more. The page says why."""
        self._file = self._printer = None

    def _end_printing(self, trouble: str) -> None:
        if self._printout is not None:
            self._printout.deleteLater()
            self._printout = None
            self._maker.release()
        self.printing.emit(0, 0)
        if trouble:
            self.failed.emit(trouble)
        else:
            self.printed.emit()


class _Saving(QObject):
    """One file on its way to the disk."""

    def __init__(self, maker: SheetMaker, file: Path, delivery: Delivery) -> None:
        super().__init__(delivery)
        self._maker = maker
        self._file = file
        self._delivery = delivery

    def begin(self, sheet: Composition) -> None:
        """Have it written, as the kind of file that its name asks for."""
        self._maker.hold()
        run = self._maker.backroom.run
        if self._file.suffix.casefold() == DOCX:
            what = (self._maker.path, sheet.subject, sheet.options, self._file)
            run(write_briefing, *what, then=self._end, failed=self._fail)
        else:
            run(replace_pdf, self._file, sheet.pdf, then=self._end, failed=self._fail)

    def _end(self, trouble: Trouble | None) -> None:
        self._maker.release()
        if trouble is None:
            self._delivery.saved.emit(self._file)
        else:
            self._delivery.failed.emit(trouble.text)
        self.deleteLater()

    def _fail(self, error: BaseException) -> None:
        self._end(unexpected(error))


def make_printer(paper: Paper, name: str) -> QPrinter:
    """The system's printer, set to the sheet's paper; the sheet has its own margins."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    printer.setFullPage(True)
    layout = QPageLayout(QPageSize(_SIZES[paper]), QPageLayout.Orientation.Portrait, QMarginsF())
    printer.setPageLayout(layout)
    return printer
