"""The records that were opened last, kept for each case from one sitting to the next."""

from uuid import UUID

from PySide6.QtCore import QObject

from db.index.location import case_id
from desktop.live import LiveCase
from desktop.settings import preferences

MOST = 24


class Recents(QObject):
    """Ids of records, the last one opened first. A case is known by its id, so that its copies share them."""

    def __init__(self, live: LiveCase, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._key = ""
        self._records: list[UUID] = []
        live.read(case_id, then=self._recall)

    @property
    def records(self) -> tuple[UUID, ...]:
        """The ids, newest first; some may no longer be in the file."""
        return tuple(self._records)

    def note(self, record: UUID) -> None:
        """Put a record in the first place: it was opened."""
        self._records = [record, *(known for known in self._records if known != record)][:MOST]
        self._keep()

    def _recall(self, case: UUID | None) -> None:
        self._key = f"recent/{case.hex if case else 'unnamed'}"
        stored = [UUID(word) for word in str(preferences().value(self._key) or "").split() if _is_id(word)]
        self._records = [*self._records, *(record for record in stored if record not in self._records)][:MOST]
        self._keep()

    def _keep(self) -> None:
        if self._key:
            preferences().setValue(self._key, " ".join(record.hex for record in self._records))


def _is_id(word: str) -> bool:
    return len(word) == 32 and all(digit in "0123456789abcdef" for digit in word)
