"""A case file with its side index."""

import uuid
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from db.index.build import Progress, advance
from db.index.location import index_path
from db.index.query import Found, Hit, search
from tests.db.case import Case


@dataclass
class Searched:
    """An open case file, and a folder for what is found in it."""

    case: Case
    folder: Path
    path: Path = field(init=False)

    def __post_init__(self) -> None:
        self.path = self.case.read(index_path, self.folder)

    def step(self) -> Progress:
        return self.case.read(advance, self.path)

    def refresh(self) -> Progress:
        for _ in range(1_000):
            progress = self.step()
            if progress.is_current:
                return progress
        raise AssertionError("the index never comes to an end")

    def ask(self, text: str, **options: object) -> Found:
        return self.case.read(search, self.path, text, **options)  # type: ignore[arg-type]

    def hits(self, text: str, **options: object) -> tuple[Hit, ...]:
        """What a search finds once the index has seen everything."""
        self.refresh()
        return self.ask(text, **options).hits

    def found(self, text: str) -> set[uuid.UUID]:
        return {hit.record for hit in self.hits(text)}


@pytest.fixture
def searched(case: Case, tmp_path: Path) -> Searched:
    return Searched(case, tmp_path / "cache")
