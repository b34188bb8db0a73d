"""A sheet on its way to a printer: drawn in the worker process, put on paper strip by strip, so that nothing stops."""

from math import ceil

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrinter

from desktop.backroom import Backroom
from desktop.jobs import Ticket
from desktop.printing.pages import Composition, Ink, Strip, draw_ink

_FINEST = 600
"""Dots per inch beyond which nobody sees a difference on paper."""
_PIXELS = 1_000_000
"""Of one strip: some 25 ms of the window's time."""


class Printout(QObject):
    """Prints one sheet on one printer, as its dialog left it. It can be called off at any time."""

    progressed = Signal(int, int)
    """The page that is being printed, from 1, and how many there are."""
    ended = Signal(str)
    """It is over: with what went wrong in words, or nothing."""

    def __init__(
        self, backroom: Backroom, sheet: Composition, printer: QPrinter, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._backroom = backroom
        self._sheet = sheet
        self._printer = printer
        self._pages = pages_to_print(printer, len(sheet.pages))
        self._painter = QPainter()
        self._number = 0
        self._place = QRectF()
        self._ticket: Ticket | None = None

    def start(self) -> None:
        """Begin with the first page."""
        if not self._pages:
            self.ended.emit(self.tr("Nothing was printed: the sheet has no such pages."))
        elif not self._painter.begin(self._printer):
            self.ended.emit(
                self.tr("The printer cannot be used. Nothing was printed; look at its settings and try again.")
            )
        else:
            self._painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            self._painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
            self._turn_page()

    def cancel(self) -> None:
        """Print no more."""
        if self._ticket is not None:
            self._ticket.cancel()
        if self._painter.isActive():
            self._printer.abort()
            self._painter.end()
        self.ended.emit(self.tr("Printing was called off."))

    def _turn_page(self) -> None:
        """Begin the next page, if there is one."""
        if self._number == len(self._pages):
            self._finish()
            return
        if self._number:
            self._printer.newPage()
        self._place = self._place_on_paper(self._pages[self._number])
        self._number += 1
        self.progressed.emit(self._number, len(self._pages))
        self._go_on(0)

    def _go_on(self, top: int) -> None:
        """Have the page drawn from a row on."""
        width, height = self._picture_size()
        rows = min(max(1, _PIXELS // width), height - top)
        strip = Strip(self._pages[self._number - 1], width, height, top, rows)
        self._ticket = self._backroom.run(draw_ink, self._sheet.pdf, strip, then=self._put, failed=self._fail)

    def _put(self, ink: Ink) -> None:
        strip = ink.picture.strip
        if strip.rows:
            pixels = ink.picture.pixels
            image = QImage(pixels, strip.width, strip.rows, strip.width * 4, QImage.Format.Format_RGB32)
            share = self._place.height() / strip.height
            top = self._place.top() + strip.top * share
            self._painter.drawImage(QRectF(self._place.left(), top, self._place.width(), strip.rows * share), image)
        if ink.next_top < strip.height:
            self._go_on(ink.next_top)
        else:
            self._turn_page()

    def _finish(self) -> None:
        done = self._painter.end() and self._printer.printerState() is not QPrinter.PrinterState.Error
        self.ended.emit("" if done else self.tr("The printer stopped. Perhaps not all pages were printed."))

    def _fail(self, error: BaseException) -> None:
        self._printer.abort()
        self._painter.end()
        self.ended.emit(self.tr("The pages could not be drawn. Not all pages were printed."))

    def _picture_size(self) -> tuple[int, int]:
        """The page's pixels: the printer's dots, or a whole fraction of them where it has very many."""
        fraction = ceil(self._printer.resolution() / _FINEST)
        return round(self._place.width() / fraction), round(self._place.height() / fraction)

    def _place_on_paper(self, page: int) -> QRectF:
        """Where a page stands on the paper, in the printer's dots: as large as it is, or smaller if it must be."""
        dots = self._printer.resolution()
        paper = self._printer.pageLayout().fullRectPixels(dots)
        across, down = (side * dots / 72 for side in self._sheet.pages[page])
        share = min(1.0, paper.width() / across, paper.height() / down)
        width, height = across * share, down * share
        return QRectF((paper.width() - width) / 2, (paper.height() - height) / 2, width, height)


def pages_to_print(printer: QPrinter, count: int) -> tuple[int, ...]:
    """The pages (from 0) that a printer's dialog asks for, in its order, as often as the printer cannot copy itself."""
    pages = [page for page in range(count) if _is_wanted(printer, page + 1)]
    if printer.pageOrder() is QPrinter.PageOrder.LastPageFirst:
        pages.reverse()
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    if printer.collateCopies():
        return tuple(pages * copies)
    return tuple(page for page in pages for _ in range(copies))


def _is_wanted(printer: QPrinter, number: int) -> bool:
    if printer.printRange() is not QPrinter.PrintRange.PageRange:
        return True
    ranges = printer.pageRanges()
    return ranges.contains(number) if not ranges.isEmpty() else printer.fromPage() <= number <= printer.toPage()
