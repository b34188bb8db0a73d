"""Undo and redo: the log's own, with the edit's name in the menu, also for what was done last week."""

from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QWidget

from db.errors import LaterEdit
from db.queries.undo import MANY, Step, UndoState, plain_label
from desktop.history.words import named_words
from desktop.live import LiveCase
from desktop.menus import Command, make_action

NEWEST = "newest"
"""In place of an entry: the newest edit."""
UNDONE = "undone"
"""In place of an entry: the edit that was undone last."""


class Undoing(QObject):
    """The two actions, and the question that is asked where a later edit stands in the way."""

    told = Signal(str, str, object)
    """What was undone or redone, the words for the way back, and what to give to `take_back` for it."""

    def __init__(self, live: LiveCase, window: QWidget) -> None:
        super().__init__(window)
        self._live = live
        self._window = window
        self._entry: UUID | None = None
        self._step: Step | None = None
        self.undo_action = make_action(window, Command("undo", self.tr("Undo"), self.undo, "Ctrl+Z", "undo-2"))
        self.redo_action = make_action(window, Command("redo", self.tr("Redo"), self.redo, "Ctrl+Shift+Z", "redo-2"))
        live.undo_changed.connect(self._name)
        self._name(live.undo_state)

    def undo(self) -> None:
        """Undo this author's newest edit."""
        self._go(self._live.undo_state.undo)

    def redo(self) -> None:
        """Take back the newest undoing."""
        self._go(self._live.undo_state.redo)

    def take_back(self, token: object) -> None:
        """Undo what a toast told of: an entry by its id, or the newest."""
        if isinstance(token, UUID):
            self.revert(token)
        elif token == NEWEST:
            self.undo()
        elif token == UNDONE:
            self.redo()

    def revert(self, entry: UUID, step: Step | None = None) -> None:
        """Undo a certain entry; `step` knows what it is about."""
        self._entry, self._step = entry, step
        self._live.revert(entry, then=self._say, failed=self._ask)

    def _go(self, step: Step | None) -> None:
        if step is not None:
            self.revert(step.entry, step)

    def _name(self, state: UndoState) -> None:
        for action, step, plain, named in (
            (self.undo_action, state.undo, self.tr("Undo"), self.tr("Undo: {edit}")),
            (self.redo_action, state.redo, self.tr("Redo"), self.tr("Redo: {edit}")),
        ):
            action.setText(_menu_words(named.format(edit=_step_words(step))) if step else plain)
            action.setEnabled(step is not None)

    def _say(self, label: str) -> None:
        """Undoing an undo is redoing; the way back is the other of the two."""
        edit = _step_words(replace(self._step, label=plain_label(label))) if self._step else plain_label(label)
        if label.startswith("Redo: "):
            self.told.emit(self.tr("Redone: {edit}").format(edit=edit), self.tr("Undo"), NEWEST)
        else:
            self.told.emit(self.tr("Undone: {edit}").format(edit=edit), self.tr("Redo"), UNDONE)

    def _ask(self, error: BaseException) -> None:
        if not isinstance(error, LaterEdit):
            self._live.troubled.emit(error)
            return
        assert self._entry is not None
        from desktop.history.later_dialog import LaterEditDialog

        dialog = LaterEditDialog(self._entry, "", str(error), self._window, can_insist=error.can_insist)
        dialog.insisted.connect(self._revert_anyway)
        dialog.open()

    def _revert_anyway(self, entry: UUID) -> None:
        self._live.revert(entry, over_later=True, then=self._say, failed=self._give_up)

    def _give_up(self, error: BaseException) -> None:
        from desktop.history.later_dialog import LaterEditDialog

        if isinstance(error, LaterEdit) and self._entry is not None:
            LaterEditDialog(self._entry, "", str(error), self._window, can_insist=False).open()
        else:
            self._live.troubled.emit(error)


def _step_words(step: Step) -> str:
    """The edit's own name, and the record that it is about, or how many."""
    if step.about or step.records < 2:
        return named_words(step.label, step.about)
    words = _tr("{edit} ({count} records or more)") if step.records >= MANY else _tr("{edit} ({count} records)")
    return words.format(edit=step.label, count=f"{step.records:,}")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Undoing", text)


def _menu_words(text: str) -> str:
    """Words for a menu, not too long, in which & is no accelerator."""
    line = text if len(text) <= 80 else f"{text[:79].rstrip()}…"
    return line.replace("&", "&&")
