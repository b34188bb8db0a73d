"""What other programs write into the open file: noticed, shown like any edit, and told once."""

import hashlib
import os
import uuid
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from db.models import BY_TABLE
from db.queries.changes import Changes
from db.queries.outside import OutsideEdits, outside_edits
from desktop.navigation import Destination
from desktop.watching import FileWatch

if TYPE_CHECKING:
    from desktop.main_window import MainWindow

HISTORY = "history"
"""The token of a toast that leads to the history."""


class Outside(QObject):
    """Asks the log for edits that no user of this program made: at the start, and when the file was written."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window, self._live = window, window.live
        self._key = f"outside/{hashlib.sha256(os.fsencode(self._live.path.absolute())).hexdigest()[:16]}"
        self._seen = self._remembered()
        self.has_looked = False
        """Whether the first question was answered: what comes later happened while the file was open."""
        self._watch = FileWatch(self._live.path, self)
        self._watch.changed.connect(self._ask)
        window.toast.acted.connect(self._show_history)
        window.closed.connect(self._watch.stop)
        self._ask()

    def look(self) -> None:
        """Look now, and not only in some seconds."""
        self._watch.look()

    def _ask(self) -> None:
        """Our own edits lead here, too, and find nothing."""
        self._live.read(outside_edits, self._seen, then=self._tell)

    def _tell(self, edits: OutsideEdits) -> None:
        was_open, self.has_looked = self.has_looked, True
        if edits.newest is None or edits.newest == self._seen:
            return
        self._seen = edits.newest
        self._window.settings.setValue(self._key, edits.newest.hex)
        if was_open:
            self._live.changed.emit(Changes(frozenset(BY_TABLE), None))
            words = self.tr("Another program has just edited this file.")
        elif edits.count == 1:
            words = self.tr("Another program made one change in this file.")
        else:
            words = self.tr("Another program made {count} changes in this file.").format(count=f"{edits.count:,}")
        self._window.toast.show_words(words, self.tr("Show history"), HISTORY)

    def _show_history(self, token: object) -> None:
        if token == HISTORY:
            self._window.go(Destination("history"))

    def _remembered(self) -> uuid.UUID | None:
        with suppress(ValueError):
            return uuid.UUID(hex=str(self._window.settings.value(self._key, "")))
        return None
