"""What can go wrong with a case file, as types. Each says in plain words what happened and what is safe."""

import uuid
from collections.abc import Mapping
from types import MappingProxyType


class CaseFileError(Exception):
    """Root of all expected failures; its text can be shown to a person as it is."""


class FileRefused(CaseFileError):
    """The file cannot be used. It was not touched."""


class OlderFile(FileRefused):
    """The file is of an older version: it can be brought up to date (`db.migrations.upgrade`). It was not touched."""


class FileInUse(CaseFileError):
    """Somebody else has the file open for writing."""


class FileNotWritten(CaseFileError):
    """The file could not be written: no room, no right, or somebody in the way. Nothing was changed."""


class RecordNotFound(CaseFileError):
    """No record, edit or claim of that name is in the file."""


class InvalidValue(CaseFileError):
    """A value does not fit its field. Nothing was changed."""


class RecordInUse(CaseFileError):
    """A record cannot be deleted while others point at it. Nothing was changed. `users` are these, by title."""

    def __init__(self, message: str, users: Mapping[uuid.UUID, str] = MappingProxyType({})) -> None:
        super().__init__(message)
        self.users = users


class LaterEdit(CaseFileError):
    """An edit cannot be undone by itself, because a later one touched the same. Nothing was changed.

    `can_insist`: the fields can go back all the same, over what came later.
    """

    def __init__(self, message: str, *, can_insist: bool = False) -> None:
        super().__init__(message)
        self.can_insist = can_insist


class MergeRefused(CaseFileError):
    """The other file's log contradicts itself or ours. Neither file was changed."""


class MergeStopped(CaseFileError):
    """A merge was broken off because somebody asked for it. Nothing was changed."""


class FilterError(CaseFileError):
    """A filter cannot be read. `position` is the offset of the word that stands in the way."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.position = position
