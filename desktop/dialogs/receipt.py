"""The receipt of a merge: what came from whom, what was decided and why; to read, to print, to undo."""

from collections.abc import Sequence
from html import escape
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from db.errors import CaseFileError
from db.merging.outcome import OpenField, Outcome
from db.merging.receipts import MergeRow, merge_receipt
from desktop.duplicates import Newcomers, newcomer_words
from desktop.forms.captions import field_label
from desktop.history.words import happening_words, subject_words
from desktop.live import LiveCase
from desktop.pages.briefing.memory import remembered_options
from desktop.pages.merging.words import day_words, kind_words, since_words, undone_words
from desktop.printing.saving import save_pdf
from desktop.settings import preferences
from desktop.theme import Size, dress
from desktop.undoing import NEWEST
from desktop.widgets.labels import Words

_LONGEST = 300
"""Characters of a value that are shown here; the printed receipt and the record have the rest."""


class ReceiptDialog(QDialog):
    """Reads the receipt from the file, now or a year later."""

    told = Signal(str, object)
    """What was just done, and what of it can be undone."""
    duplicates_wanted = Signal(object)
    """These Newcomers are to be looked at."""

    def __init__(self, live: LiveCase, receipt: UUID, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("receiptDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Receipt of a merge"))
        self._live, self._receipt = live, receipt
        self._output = Path()
        self.heading = Words("", self, size=Size.TITLE, strong=True)
        self.text = QTextBrowser(self)
        self.text.setObjectName("receipt")
        self.text.setAccessibleName(self.tr("Receipt"))
        self.text.setOpenLinks(False)
        self.save_button = QPushButton(self.tr("Save as PDF…"), self)
        self.save_button.setObjectName("saveReceipt")
        dress(self.save_button, "printer")
        self.undo_button = QPushButton(self.tr("Undo this merge"), self)
        self.undo_button.setObjectName("undoMerge")
        dress(self.undo_button, "undo-2")
        self.duplicates_button = QPushButton(self)
        self.duplicates_button.setObjectName("lookAtDuplicates")
        self.duplicates_button.hide()
        self.duplicates_button.clicked.connect(self._look_at_duplicates)
        self._newcomers: Newcomers | None = None
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.addButton(self.save_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.undo_button, QDialogButtonBox.ButtonRole.ActionRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        for widget in (self.heading, self.duplicates_button, self.text, buttons):
            column.addWidget(widget)
        self.resize(680, 560)
        buttons.button(QDialogButtonBox.StandardButton.Close).setFocus(Qt.FocusReason.OtherFocusReason)
        buttons.rejected.connect(self.reject)
        self.save_button.clicked.connect(self._ask_where)
        self.undo_button.clicked.connect(self._undo)
        self.undo_button.setEnabled(False)
        live.read(merge_receipt, receipt, then=self._show, failed=self._fail)

    def show_newcomers(self, newcomers: Newcomers) -> None:
        """Say that likely duplicates came with this merge."""
        if newcomers.receipt == self._receipt:
            self._newcomers = newcomers
            words = newcomer_words(newcomers)
            look = self.tr("{words}: look at it") if len(newcomers.spots) == 1 else self.tr("{words}: look at them")
            self.duplicates_button.setText(look.format(words=words).replace("&", "&&"))
            dress(self.duplicates_button, "copy")
            self.duplicates_button.show()

    def _look_at_duplicates(self) -> None:
        self.accept()
        self.duplicates_wanted.emit(self._newcomers)

    def _show(self, row: MergeRow) -> None:
        self.heading.setText(self.tr("Merge of “{file}”").format(file=row.origin))
        self.text.setHtml(self._html(row))
        self.undo_button.setEnabled(self._live.is_writable and not row.undone)

    def _html(self, row: MergeRow) -> str:
        facts = [
            (self.tr("Taken in"), self.tr("revision {revision}").format(revision=row.revision)),
            (self.tr("Merged by"), f"{row.author}, {day_words(row.at)}"),
            *((self.tr("Brought by"), since_words(each)) for each in row.contributors),
            (self.tr("Added"), _kinds(row.added)),
            (self.tr("Deleted"), _kinds(row.deleted)),
            (self.tr("Fields set by one side only"), f"{row.fields - row.rivals:,}"),
            (self.tr("Fields set by both sides"), f"{row.rivals:,}"),
            *((self.tr("Undone before"), undone_words(each)) for each in row.taken_back),
        ]
        told = "".join(
            f"<tr><td style='padding-right: 16px'>{escape(label)}</td><td>{escape(text)}</td></tr>"
            for label, text in facts
            if text
        )
        undone = f"<p>{_strong(self.tr('This merge was undone.'))}</p>" if row.undone else ""
        decided = f"<p>{_strong(self.tr('Decisions'))}</p>{self._decided(row)}"
        return f"{undone}<table>{told}</table>{decided}{self._outcome(row.outcome)}"

    def _outcome(self, outcome: Outcome) -> str:
        """What outlived a deletion, and what is left open."""
        parts = []
        if outcome.survivors:
            heading = self.tr("Deleted by one side, and kept because the other worked on it or needs it")
            told = "<br>".join(escape(f"{row.title or '—'}  ({kind_words(row.kind)})") for row in outcome.survivors)
            parts.append(f"<p>{_strong(heading)}</p><p>{told}{self._more(outcome.survived, outcome.survivors)}</p>")
        if outcome.open_fields:
            told = "".join(f"<p>{self._open(row)}</p>" for row in outcome.open_fields)
            parts.append(f"<p>{_strong(self.tr('Left open'))}</p>{told}")
            parts.append(f"<p>{self._more(outcome.left_open, outcome.open_fields)}</p>")
        return "".join(parts)

    def _more(self, count: int, told: Sequence[object]) -> str:
        words = self.tr("And {count} more.").format(count=f"{count - len(told):,}")
        return f"<br>{escape(words)}" if count > len(told) else ""

    def _open(self, row: OpenField) -> str:
        values = [
            self.tr("“{value}” by {name}").format(
                value=_cut(value) or self.tr("empty"), name=name or self.tr("another program")
            )
            for value, name in row.values
        ]
        settled = f"<br><i>{escape(self.tr('Settled since.'))}</i>" if row.settled else ""
        told = "<br>".join(map(escape, values))
        return f"{_strong(row.title or '—')}: {escape(field_label(row.field))}<br>{told}{settled}"

    def _decided(self, row: MergeRow) -> str:
        if not row.decided:
            words = self.tr("Nothing was decided: everything was taken in.")
            if row.rivals:
                words += " " + self.tr("What both sides set stays open until somebody chooses.")
            return f"<p>{escape(words)}</p>"
        lines = []
        for line in row.decided:
            value = f" → {escape(_cut(line.after))}" if line.field and line.after else ""
            if line.rivals:
                kept = " / ".join(_cut(rival) or self.tr("empty") for rival in line.rivals)
                value = escape(self.tr(": kept both, as rival claims: {values}").format(values=kept))
            reason = f"<br><i>{escape(line.reason)}</i>" if line.reason else ""
            lines.append(f"<p>{_strong(subject_words(line))}: {escape(happening_words(line))}{value}{reason}</p>")
        if row.has_more:
            lines.append(f"<p>{escape(self.tr('More was decided; the history shows all of it.'))}</p>")
        return "".join(lines)

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, self.tr("Save the receipt"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([self.tr("PDF (*.pdf)"), self.tr("Word (*.docx)")])
        dialog.setDefaultSuffix("pdf")
        dialog.fileSelected.connect(self.save)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save(self, name: str) -> None:
        """Print it into a file."""
        from desktop.printing.changes import receipt_bytes  # here: it imports what makes PDFs

        self._output = Path(name)
        paper = remembered_options(preferences()).paper
        suffix = self._output.suffix
        self._live.read(receipt_bytes, self._receipt, suffix, paper, then=self._write, failed=self._fail)

    def _write(self, data: bytes) -> None:
        try:
            save_pdf(self._output, data, replace=True)
        except CaseFileError as error:
            self._live.troubled.emit(error)
        else:
            self.told.emit(self.tr("Saved “{file}”").format(file=self._output.name), None)

    def _undo(self) -> None:
        self.undo_button.setEnabled(False)
        self._live.revert(self._receipt, then=self._say_undone, failed=self._fail)

    def _say_undone(self, label: str) -> None:
        self.told.emit(label, NEWEST)
        self.accept()

    def _fail(self, error: BaseException) -> None:
        self.undo_button.setEnabled(True)
        self._live.troubled.emit(error)


def _strong(words: str) -> str:
    """In the weight that there are letters of: <b> asks for a bolder one, which Qt smears."""
    return f'<span style="font-weight:600">{escape(words)}</span>'


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def _kinds(counts: dict[str, int]) -> str:
    return ", ".join(f"{count:,} {kind_words(kind, count)}" for kind, count in counts.items())
