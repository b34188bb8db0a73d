"""The open case file as the rest of the desktop sees it: reads, labelled writes, undo. The only place with sessions."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy.orm import Session

from db.engine import obstacles_told
from db.log import Editor, edit
from db.merge import MergeReceipt, merge
from db.opening import OpenCase, close_case, create_case, open_case, private_copy
from db.revert import revert
from db.trust import Trust

P = ParamSpec("P")
T = TypeVar("T")


class Workspace:
    """One open case file. Without an editor it can only be read."""

    def __init__(self, case: OpenCase, editor: Editor | None = None) -> None:
        self._case = case
        self._editor = editor

    @classmethod
    def create(cls, path: Path, trust: Trust, editor: Editor, values: dict[str, object]) -> "Workspace":
        """Make a case file and open it for writing. Raises FileRefused."""
        create_case(path, trust, editor, values)
        return cls(open_case(path, trust, writable=True), editor)

    @classmethod
    @contextmanager
    def open(
        cls, path: Path, trust: Trust, editor: Editor | None = None, *, writable: bool = False
    ) -> Iterator["Workspace"]:
        """A case file for as long as the block runs. Raises FileRefused, FileInUse."""
        workspace = cls(open_case(path, trust, writable=writable), editor)
        try:
            yield workspace
        finally:
            workspace.close()

    @property
    def path(self) -> Path:
        """The file."""
        return self._case.path

    @property
    def editor(self) -> Editor:
        """Who edits."""
        assert self._editor is not None, "this workspace was opened for reading"
        return self._editor

    def read(self, query: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run one query in a session of its own and give its rows. Raises FileNotWritten where SQLite cannot read."""
        with obstacles_told(), self._case.sessions() as session:
            return query(session, *args, **kwargs)

    def write(
        self, label: str, operation: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run one operation as one labelled edit; it is on disk when this returns."""
        with edit(self._case.sessions, self.editor, label) as session:
            return operation(session, *args, **kwargs)

    def revert(self, entry: uuid.UUID, *, over_later: bool = False) -> str:
        """Undo an edit, or a merge by its receipt. Raises LaterEdit, RecordNotFound."""
        return revert(self._case.sessions, self.editor, entry, over_later=over_later)

    def merge(self, other: Path, *, dry_run: bool = False) -> MergeReceipt:
        """Take in another case file. Raises FileRefused, MergeRefused."""
        with private_copy(other, self._case.trust) as copy:
            origin = other.name.encode("utf-8", "replace").decode()  # a name need not be UTF-8; the file's text must
            return merge(self._case.engine, copy, self.editor, origin=origin, dry_run=dry_run)

    def close(self) -> None:
        """Close the file."""
        close_case(self._case)
