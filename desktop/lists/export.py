"""Saving a list as CSV: where to, then all rows in the background, with progress and a way to stop."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import expected
from desktop.jobs import Ticket
from desktop.live import LiveCase
from desktop.theme import Size, make_primary
from desktop.widgets.labels import Words
from exports.tabular import Progress, Table, write_csv


class ExportDialog(QDialog):
    """Asks for a file and writes it."""

    told = Signal(str, object)

    def __init__(self, live: LiveCase, table: Table, count: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._live, self._table, self._count = live, table, count
        self._ticket: Ticket | None = None
        self._path: Path | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        whole, part = self.tr("Save the whole list as CSV"), self.tr("Save the selected rows as CSV")
        self.setWindowTitle(whole if table.pks is None else part)
        self._what = Words(self._describe(), self, muted=True)
        self.with_mark = QCheckBox(self.tr("Begin with a byte order mark, so that Excel reads every letter"), self)
        self.with_mark.setChecked(True)
        self._bar = QProgressBar(self, textVisible=False)
        self._bar.setAccessibleName(self.tr("Rows written"))
        self._bar.hide()
        self._trouble = Words("", self)
        self._trouble.setProperty("trouble", True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._save = buttons.addButton(self.tr("Choose a file…"), QDialogButtonBox.ButtonRole.AcceptRole)
        assert isinstance(self._save, QPushButton)
        self._save.setObjectName("save")
        make_primary(self._save)
        self._save.clicked.connect(self._ask)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(Words(self.windowTitle(), self, size=Size.HEADING, strong=True))
        for widget in (self._what, self.with_mark, self._bar, self._trouble, buttons):
            column.addWidget(widget)
        self.setMinimumWidth(480)

    def write(self, path: Path) -> None:
        """Write the file."""
        self._path = path
        self._trouble.setText("")
        self._save.setEnabled(False)
        self.with_mark.setEnabled(False)
        self._bar.setRange(0, 0)
        self._bar.show()
        self._ticket = self._live.stream(
            write_csv, self._table, path, with_mark=self.with_mark.isChecked(),
            each=self._advance, then=self._finish, failed=self._refuse,
        )  # fmt: skip

    def reject(self) -> None:
        """Stop; what was written so far goes."""
        if self._ticket is not None:
            self._ticket.cancel()
        super().reject()

    def _describe(self) -> str:
        if self._table.pks is None:
            rows = self.tr("All {count} rows of the list, as it is filtered and sorted.")
        else:
            one, many = self.tr("The selected row alone."), self.tr("The {count} selected rows alone.")
            rows = one if self._count == 1 else many
        told = self.tr(
            "Every column that the list can show is in it. Dates are written as 2024-09-03 (EDTF, ISO 8601)."
        )
        return f"{rows.format(count=f'{self._count:,}')} {told}"

    def _ask(self) -> None:
        dialog = QFileDialog(self, self.windowTitle())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("CSV files (*.csv)"))
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(f"{self._table.cls.PLURAL}.csv")
        dialog.fileSelected.connect(self._chosen)
        dialog.open()

    def _chosen(self, name: str) -> None:
        self.write(Path(name))

    def _advance(self, progress: Progress) -> None:
        self._count = progress.total
        self._bar.setRange(0, max(progress.total, 1))
        self._bar.setValue(progress.done)

    def _finish(self, nothing: object) -> None:
        self._ticket = None
        assert self._path is not None
        words = self.tr("Saved 1 row to {file}") if self._count == 1 else self.tr("Saved {count} rows to {file}")
        self.told.emit(words.format(count=f"{self._count:,}", file=self._path.name), None)
        self.accept()

    def _refuse(self, error: BaseException) -> None:
        self._ticket = None
        self._bar.hide()
        self._save.setEnabled(True)
        if isinstance(error, OSError):
            reason = error.strerror or str(error)
            self._trouble.setText(self.tr("The file could not be written: {reason}.").format(reason=reason))
        elif expected(error):
            self._trouble.setText(str(error))
        else:
            self._live.troubled.emit(error)
