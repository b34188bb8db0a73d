"""What somebody is writing is never lost at one key: whoever leaves it is asked first, in every form alike."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget


class DiscardQuestion(QMessageBox):
    """Asks whether what was typed shall go. Esc goes on writing."""

    discarded = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("discardQuestion")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(self.tr("Discard what you typed?"))
        self.setText(self.tr("Discard what you typed?"))
        self.setInformativeText(self.tr("It is not in the file yet. Nothing else changes."))
        self.discard = self.addButton(self.tr("Discard"), QMessageBox.ButtonRole.DestructiveRole)
        self.discard.setObjectName("discard")
        self.stay = self.addButton(self.tr("Go on writing"), QMessageBox.ButtonRole.RejectRole)
        self.stay.setObjectName("goOn")
        self.setDefaultButton(self.stay)
        self.setEscapeButton(self.stay)
        self.discard.clicked.connect(self.discarded)


class Leaving(QObject):
    """Leads out of a form: at once where nothing was typed, else after the question."""

    left = Signal()

    def __init__(self, form: QWidget) -> None:
        super().__init__(form)
        self._is_asking = False

    def leave(self, has_words: bool) -> None:
        """Leave, or ask first."""
        if not has_words:
            self.left.emit()
        elif not self._is_asking:
            form = self.parent()
            assert isinstance(form, QWidget)
            question = DiscardQuestion(form)
            question.discarded.connect(self.left)
            question.finished.connect(self._forget)
            self._is_asking = True
            question.open()

    def _forget(self, result: int) -> None:
        self._is_asking = False


class DraftDialog(QDialog):
    """A dialog in which something is written. Esc, Cancel and closing ask before what was typed goes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._begun_with: object = None
        self._leaving = Leaving(self)
        self._leaving.left.connect(self._leave)

    def content(self) -> object:
        """What stands in it now, to compare."""
        raise NotImplementedError

    def settle(self) -> None:
        """What stands in it now was not typed by anybody."""
        self._begun_with = self.content()

    @property
    def has_words(self) -> bool:
        """Whether something was typed or chosen."""
        return self.content() != self._begun_with

    def reject(self) -> None:
        self._leaving.leave(self.has_words)

    def _leave(self) -> None:
        super().reject()
