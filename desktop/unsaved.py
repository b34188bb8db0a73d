"""Edits that could not be written: kept with all that was typed, until they are written after all or given up."""

import threading
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from db.errors import CaseFileError, FileNotWritten
from desktop.workspace import Workspace


@dataclass(frozen=True, slots=True)
class UnsavedEdit:
    """One edit as it was asked for."""

    label: str
    operation: Callable[..., object]
    args: tuple[object, ...] = ()
    kwargs: Mapping[str, object] = field(default_factory=dict)

    @property
    def key(self) -> object:
        """Equal for two edits of which the later one takes the place of the earlier: of the same field, say."""
        named = [arg for arg in self.args[:2] if isinstance(arg, uuid.UUID | str | type)]
        about = {name: value for name, value in self._given() if isinstance(value, uuid.UUID)}
        return self.operation, tuple(named), tuple(sorted(about.items()))

    @property
    def words(self) -> str:
        """What was typed, as lines; empty for an edit without words."""
        given = [f"{name}: {value}" for name, value in self._given() if isinstance(value, str) and value.strip()]
        texts = [arg for arg in self.args if isinstance(arg, str) and arg.strip()]
        if texts and isinstance(self.args[0], uuid.UUID):
            texts = texts[-1:]  # before it, the name of the field
        return "\n".join([*texts, *given])

    def write(self, workspace: Workspace) -> object:
        """Write it. Raises CaseFileError."""
        return workspace.write(self.label, self.operation, *self.args, **self.kwargs)

    def _given(self) -> Iterator[tuple[str, object]]:
        for mapping in (*self.args, self.kwargs):
            if isinstance(mapping, Mapping):
                yield from mapping.items()


class Unsaved:
    """The edits that wait, the oldest first. Any thread may ask."""

    def __init__(self) -> None:
        self._edits: dict[object, UnsavedEdit] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._edits)

    def all(self) -> tuple[UnsavedEdit, ...]:
        """All of them."""
        with self._lock:
            return tuple(self._edits.values())

    def settle(self, edit: UnsavedEdit, error: BaseException | None) -> None:
        """Note how an edit ended. One that its own words stand in the way of is told where they were typed."""
        with self._lock:
            self._edits.pop(edit.key, None)
            if error is not None and (isinstance(error, FileNotWritten) or not isinstance(error, CaseFileError)):
                self._edits[edit.key] = edit

    def forget(self) -> None:
        """Give them up."""
        with self._lock:
            self._edits.clear()

    def write_to(self, workspace: Workspace) -> None:
        """Write all of them in their order; what was written waits no longer. Raises CaseFileError."""
        for edit in self.all():
            edit.write(workspace)
            self.settle(edit, None)


def write_located(workspace: Workspace, unsaved: Unsaved, path: Path) -> Path:
    """Write the edits that its own file did not take into the same file at another place. Raises CaseFileError."""
    with workspace.found_again(path) as found:
        unsaved.write_to(found)
    return path


def write_copy(workspace: Workspace, unsaved: Unsaved, path: Path) -> Path:
    """Save a copy of the case file with the edits that its own file did not take. Raises CaseFileError, OSError."""
    with workspace.copied(path) as copy:
        for edit in unsaved.all():
            edit.write(copy)
    unsaved.forget()
    return path
