"""The named choices of this case: chosen, saved and deleted in one row."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from db.errors import CaseFileError
from desktop.errors import expected
from desktop.live import LiveCase
from desktop.pages.briefing.remembered import Templates, drop_template, keep_template, templates_of
from desktop.printing.options import SheetOptions
from desktop.printing.templates import LONGEST_NAME
from desktop.theme import dress
from desktop.widgets.labels import Words


class TemplateRow(QWidget):
    """Reports the choices of a template that was chosen, and asks for those that are to be saved."""

    chosen = Signal(object)
    """SheetOptions."""
    told = Signal(str)
    """What was done, in words."""

    def __init__(self, live: LiveCase, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._live = live
        self._templates: dict[str, SheetOptions] = {}
        self._options = SheetOptions()
        self.combo = QComboBox(self)
        self.combo.setObjectName("briefingTemplate")
        self.combo.setAccessibleName(self.tr("Template"))
        self.combo.view().setAccessibleName(self.tr("Template"))
        self.combo.setPlaceholderText(self.tr("No template"))
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setMinimumContentsLength(8)
        self.save_button = self._button("briefingTemplateSave", "save", self.tr("Save these choices as a template"))
        self.drop_button = self._button("briefingTemplateDelete", "trash-2", self.tr("Delete this template"))
        self.name = QLineEdit(self, maxLength=LONGEST_NAME)
        self.name.setObjectName("briefingTemplateName")
        self.name.setAccessibleName(self.tr("Name of the template"))
        self.name.setPlaceholderText(self.tr("Name, then Return"))
        self.name.installEventFilter(self)
        self.name.hide()
        self._note = Words("", self)
        self._note.setProperty("trouble", True)
        self._note.hide()
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.combo, 1)
        row.addWidget(self.name, 1)
        row.addWidget(self.save_button)
        row.addWidget(self.drop_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._note)
        self.setFocusProxy(self.combo)
        self.combo.activated.connect(self._choose)
        self.save_button.clicked.connect(self._ask_for_name)
        self.drop_button.clicked.connect(self._drop)
        self.name.returnPressed.connect(self._save)
        self._show()
        live.read(templates_of, then=self._take, failed=self._refuse)

    def show_options(self, options: SheetOptions) -> None:
        """Say which choices would be saved; a template with the same ones is shown as chosen."""
        self._options = options
        self.combo.setCurrentIndex(next((row for row in range(self.combo.count()) if self._is_like(row)), -1))
        self.drop_button.setEnabled(self.combo.currentIndex() >= 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.name
            and isinstance(event, QKeyEvent)
            and event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
            and event.key() == Qt.Key.Key_Escape
        ):
            if event.type() is QEvent.Type.KeyPress:
                self._leave()
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def _is_like(self, row: int) -> bool:
        """Whether a template says what is chosen; days belong to one briefing and to no template."""
        options = self._options
        kept = self._templates[self.combo.itemText(row)]
        return replace(options, day=None, compiled=None, as_of=None) == kept

    def _take(self, found: Templates) -> None:
        self._templates = found.options
        self._show()
        if found.saved:
            self._leave()
            self.told.emit(self.tr("Saved the template “{name}”.").format(name=found.saved))

    def _show(self) -> None:
        self.combo.clear()
        self.combo.addItems(list(self._templates))
        self.combo.setEnabled(bool(self._templates))
        self.combo.setPlaceholderText(self.tr("Choose a template") if self._templates else self.tr("No template yet"))
        self.show_options(self._options)

    def _choose(self, row: int) -> None:
        kept = self._templates[self.combo.itemText(row)]
        days = self._options
        self.chosen.emit(replace(kept, day=days.day, compiled=days.compiled, as_of=days.as_of))

    def _ask_for_name(self) -> None:
        if self.name.isVisibleTo(self):
            self._save()
            return
        self.name.setText(self.combo.currentText())
        self.combo.hide()
        self.name.show()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.selectAll()

    def _save(self) -> None:
        self._live.read(keep_template, self.name.text(), self._options, then=self._take, failed=self._refuse)

    def _drop(self) -> None:
        name = self.combo.currentText()
        if name:
            self._live.read(drop_template, name, then=self._take, failed=self._refuse)
            self.told.emit(self.tr("Deleted the template “{name}”.").format(name=name))

    def _leave(self) -> None:
        had_focus = self.name.hasFocus()
        self._note.hide()
        self.name.hide()
        self.combo.show()
        if had_focus:
            (self.combo if self.combo.isEnabled() else self.save_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _refuse(self, error: BaseException) -> None:
        trouble = expected(error)
        if trouble is None and not isinstance(error, CaseFileError):
            self._live.troubled.emit(error)
            return
        self._note.setText(trouble.text if trouble else str(error))
        self._note.show()

    def _button(self, name: str, icon_name: str, words: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setAccessibleName(words)
        button.setToolTip(words)
        dress(button, icon_name)
        return button
