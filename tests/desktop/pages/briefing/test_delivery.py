"""A finished sheet becomes a file or paper: the newest one, whole, or not at all."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from pypdfium2 import PdfDocument  # type: ignore[import-untyped]
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QPageRanges
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog, QProgressBar, QPushButton

from desktop.pages.briefing.delivery import Delivery, make_printer
from desktop.pages.briefing.printout import pages_to_print
from desktop.widgets.toast import Toast
from exports.paper import Paper
from tests.desktop.pages.briefing.conftest import Desk, find


def delivery_of(desk: Desk) -> Delivery:
    return find(desk.page, Delivery)


def toast_of(desk: Desk) -> Toast:
    return find(desk.page, Toast)


class TestSaving:
    def test_the_dialog_suggests_a_name_and_the_file_is_the_sheet(self, laid: Desk, tmp_path: Path) -> None:
        laid.page.save_action.trigger()
        dialog = find(laid.page, QFileDialog)
        laid.qtbot.waitUntil(dialog.isVisible)
        assert Path(dialog.selectedFiles()[0]).name == "unsigned-japan-norway-agreement.pdf"
        dialog.fileSelected.emit(str(tmp_path / "sheet.pdf"))
        dialog.reject()
        laid.qtbot.waitUntil(toast_of(laid).isVisible)
        assert toast_of(laid).text == "Saved sheet.pdf."
        assert (tmp_path / "sheet.pdf").read_bytes() == laid.sheet.pdf

    def test_a_word_document_when_the_dialog_says_so(self, laid: Desk, tmp_path: Path) -> None:
        laid.page.save_action.trigger()
        dialog = find(laid.page, QFileDialog)
        laid.qtbot.waitUntil(dialog.isVisible)
        dialog.filterSelected.emit(dialog.nameFilters()[1])
        assert Path(dialog.selectedFiles()[0]).name == "unsigned-japan-norway-agreement.docx"
        dialog.fileSelected.emit(str(tmp_path / "sheet.docx"))
        dialog.reject()
        laid.qtbot.waitUntil(toast_of(laid).isVisible)
        with ZipFile(tmp_path / "sheet.docx") as made:
            assert "word/document.xml" in made.namelist()

    def test_its_folder_can_be_shown_and_is_suggested_the_next_time(
        self, laid: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "reports").mkdir()
        delivery_of(laid).save(str(tmp_path / "reports" / "sheet.pdf"))
        laid.qtbot.waitUntil(toast_of(laid).isVisible)
        shown: list[QUrl] = []
        monkeypatch.setattr(QDesktopServices, "openUrl", shown.append)
        find(toast_of(laid), QPushButton, "toastAction").click()
        assert [Path(url.toLocalFile()) for url in shown] == [tmp_path / "reports"]
        laid.page.save_action.trigger()
        dialog = find(laid.page, QFileDialog)
        assert Path(dialog.selectedFiles()[0]).parent == tmp_path / "reports"
        dialog.reject()

    def test_a_choice_that_was_just_made_is_in_the_file(self, laid: Desk, tmp_path: Path) -> None:
        laid.choose("briefingPaper", 1)
        assert laid.maker.is_busy
        delivery_of(laid).save(str(tmp_path / "sheet.pdf"))
        laid.qtbot.waitUntil(toast_of(laid).isVisible, timeout=20_000)
        with (tmp_path / "sheet.pdf").open("rb") as file:
            document = PdfDocument(file.read())
            assert round(document.get_page_size(0)[0]) == 612
            document.close()

    def test_nothing_but_a_pdf_is_replaced(self, laid: Desk, tmp_path: Path) -> None:
        out = tmp_path / "case.casefile"
        out.write_text("precious")
        delivery_of(laid).save(str(out))
        laid.qtbot.waitUntil(toast_of(laid).isVisible)
        assert "not touched" in toast_of(laid).text
        assert out.read_text() == "precious"

    def test_a_sheet_that_cannot_be_made_is_not_saved_later(self, laid: Desk, tmp_path: Path) -> None:
        QApplication.clipboard().setText("\U00012000")
        laid.line("briefingOriginator").paste()
        laid.qtbot.waitUntil(lambda: laid.maker.is_busy)
        delivery_of(laid).save(str(tmp_path / "sheet.pdf"))
        laid.qtbot.waitUntil(laid.notice.isVisible, timeout=20_000)
        laid.line("briefingOriginator").clear()
        laid.choose("briefingPaper", 1)
        laid.wait_for_another()
        assert not (tmp_path / "sheet.pdf").exists()


@pytest.fixture
def printer(tmp_path: Path) -> QPrinter:
    """A printer that writes what it prints into a file, coarsely, to be quick."""
    printer = make_printer(Paper.A4, "sheet")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setResolution(100)
    return printer


def darkest(page: object, left: float, top: float, right: float, bottom: float) -> int:
    """The darkest shade of a part of a page, given in shares of its sides."""
    image = page.render(scale=1).to_pil().convert("L")  # type: ignore[attr-defined]
    wide, high = image.size
    low, _ = image.crop((int(left * wide), int(top * high), int(right * wide), int(bottom * high))).getextrema()
    return int(low)


class TestPrinting:
    def test_the_paper_shows_the_sheet(self, laid: Desk, printer: QPrinter, tmp_path: Path) -> None:
        delivery_of(laid).print_on(printer)
        laid.qtbot.waitUntil(toast_of(laid).isVisible, timeout=30_000)
        assert "printer" in toast_of(laid).text
        printed, sheet = PdfDocument(tmp_path / "printed.pdf"), PdfDocument(laid.sheet.pdf)
        assert len(printed) == len(sheet)
        assert [round(side) for side in printed.get_page_size(0)] == [595, 842]
        for box in ((0, 0, 1, 0.1), (0, 0.1, 0.1, 0.9), (0.1, 0.1, 0.9, 0.4), (0, 0.93, 1, 1)):
            assert abs(darkest(printed[0], *box) - darkest(sheet[0], *box)) < 60, box
        printed.close()
        sheet.close()

    def test_a_sheet_on_smaller_paper_is_made_smaller(self, laid: Desk, printer: QPrinter, tmp_path: Path) -> None:
        layout = printer.pageLayout()
        layout.setPageSize(make_printer(Paper.LETTER, "").pageLayout().pageSize())
        printer.setPageLayout(layout)
        delivery_of(laid).print_on(printer)
        laid.qtbot.waitUntil(toast_of(laid).isVisible, timeout=30_000)
        printed = PdfDocument(tmp_path / "printed.pdf")
        assert [round(side) for side in printed.get_page_size(0)] == [612, 792]
        assert darkest(printed[0], 0, 0.93, 1, 1) < 100  # the foot of the page is there
        printed.close()

    def test_progress_is_shown_and_it_can_be_called_off(self, laid: Desk, printer: QPrinter) -> None:
        delivery_of(laid).print_on(printer)
        assert find(laid.page, QProgressBar).isVisible()
        assert not laid.page.print_action.isEnabled()
        find(laid.page, QPushButton, "briefingCancelPrinting").click()
        assert not delivery_of(laid).is_printing
        assert "called off" in toast_of(laid).text
        assert laid.page.print_action.isEnabled()

    def test_pages_that_the_sheet_has_not_are_told(self, laid: Desk, printer: QPrinter, tmp_path: Path) -> None:
        printer.setPrintRange(QPrinter.PrintRange.PageRange)
        printer.setFromTo(7, 9)
        delivery_of(laid).print_on(printer)
        assert "no such pages" in toast_of(laid).text
        assert not (tmp_path / "printed.pdf").exists()

    @pytest.mark.qt_log_ignore("QPainter::begin")
    def test_a_printer_that_cannot_be_used_is_told(self, laid: Desk, printer: QPrinter, tmp_path: Path) -> None:
        printer.setOutputFileName(str(tmp_path / "gone" / "printed.pdf"))
        delivery_of(laid).print_on(printer)
        assert "cannot be used" in toast_of(laid).text

    def test_the_systems_dialog_is_asked(self, laid: Desk) -> None:
        laid.page.print_action.trigger()
        dialog = find(laid.page, QPrintDialog)
        laid.qtbot.waitUntil(dialog.isVisible)
        assert (dialog.minPage(), dialog.maxPage()) == (1, 1)
        dialog.reject()

    def test_which_pages_in_which_order(self, printer: QPrinter) -> None:
        assert pages_to_print(printer, 4) == (0, 1, 2, 3)
        printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
        assert pages_to_print(printer, 4) == (3, 2, 1, 0)
        printer.setPageOrder(QPrinter.PageOrder.FirstPageFirst)
        printer.setPrintRange(QPrinter.PrintRange.PageRange)
        printer.setFromTo(2, 3)
        assert pages_to_print(printer, 4) == (1, 2)
        ranges = QPageRanges.fromString("1,3-4")
        printer.setPageRanges(ranges)
        assert pages_to_print(printer, 4) == (0, 2, 3)
