"""One edit of one field on its way to the file, so that a refusal finds the field again."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from db.errors import CaseFileError
from db.operations.drafts import Drafted, with_drafts
from db.operations.records import set_field
from desktop.live import LiveCase


class FieldEdit(QObject):
    """Writes a field and lets itself go when that is over."""

    refused = Signal(str, object)
    """The field, and why."""

    def __init__(
        self, live: LiveCase, record: UUID, name: str, value: object, drafts: Sequence[Drafted], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._live = live
        self._record = record
        self._name = name
        self._value = value
        self._drafts = drafts
        """Records that the value names and that come into the file with it."""

    def write(self, label: str) -> None:
        """Write it as one labelled edit."""
        told = (set_field, self._record, self._name, self._value)
        self._live.write(label, with_drafts, self._drafts, *told, then=self._finish, failed=self._refuse)

    def _finish(self, nothing: object) -> None:
        self.deleteLater()

    def _refuse(self, error: BaseException) -> None:
        self.deleteLater()
        if isinstance(error, CaseFileError):
            self.refused.emit(self._name, error)
        else:
            self._live.troubled.emit(error)
