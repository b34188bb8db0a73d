"""Small case files on disk for tests that open them as the program does."""

import shutil
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from sqlalchemy.orm import Session

from db.log import Editor, edit
from db.opening import OpenCase, close_case, create_case, open_case
from db.trust import Trust

T = TypeVar("T")
EDITOR = Editor(uuid.UUID(int=1), "Analyst")


@dataclass
class Desk:
    """A folder, and what an installation remembers."""

    folder: Path

    @property
    def trust(self) -> Trust:
        return Trust(self.folder / "trust")

    def create(self, name: str, title: str = "Case") -> Path:
        path = self.folder / name
        create_case(path, self.trust, EDITOR, {"title": title})
        return path

    def copy(self, path: Path, name: str) -> Path:
        return Path(shutil.copy(path, self.folder / name))

    def write(self, path: Path, operation: Callable[[Session], T], label: str = "Edit") -> T:
        case = open_case(path, self.trust, writable=True)
        try:
            with edit(case.sessions, EDITOR, label) as session:
                return operation(session)
        finally:
            close_case(case)

    def read(self, path: Path, query: Callable[[Session], T]) -> T:
        case: OpenCase = open_case(path, self.trust)
        try:
            with case.sessions() as session:
                return query(session)
        finally:
            close_case(case)
