"""Case files for the tests of briefings: the sample, and small ones made for a test."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

import resources
from db.engine import open_engine, open_sessions
from db.importers.records import load_records, read_document
from db.log import Editor, edit
from db.models import Entity
from db.operations.records import add_record
from exports.briefing.document import Chapter, Item, ItemList, Section, Table
from exports.briefing.words import BriefingOptions
from tests.db.case import make_empty

EDITOR = Editor(uuid.UUID(int=1), "Analyst")
DAY = "2026-11-23"
OPTIONS = BriefingOptions(date="23 November 2026", day=DAY, internal=True)


@dataclass
class Written:
    """An open session on a case file, and the ids of its records by key."""

    session: Session
    ids: dict[str, uuid.UUID]

    def add(self, cls: type[Entity], /, **values: object) -> uuid.UUID:
        """Add a record."""
        return add_record(self.session, cls, values)


@contextmanager
def sample(folder: Path) -> Iterator[Written]:
    """The sample, to be read."""
    with written(folder, "sample") as case:
        document = read_document(resources.path("samples/japan_norway.toml"))
        case.ids = load_records(case.session, document)
        yield case


@contextmanager
def written(folder: Path, name: str = "case") -> Iterator[Written]:
    """An empty case file, within one edit."""
    engine = open_engine(make_empty(folder / f"{name}.casefile"), writable=True)
    try:
        with edit(open_sessions(engine), EDITOR, name) as session:
            yield Written(session, {})
    finally:
        engine.dispose()


def section(chapter: Chapter, name: str) -> Section:
    """A section of a chapter by its name."""
    return next(each for each in chapter.sections if each.name == name)


def names(chapter: Chapter) -> list[str]:
    """The names of the sections that a chapter has."""
    return [each.name for each in chapter.sections]


def text_of(item: Item) -> str:
    """The words of an item."""
    return "".join(run.text for run in item.runs)


def texts(part: Section) -> list[str]:
    """The words of all items of a section, those of tables cell by cell."""
    return [text_of(item) for item in items_of(part)]


def items_of(part: Section) -> list[Item]:
    """All items of a section, those of tables too."""
    found: list[Item] = []
    for block in part.blocks:
        match block:
            case Item():
                found.append(block)
            case ItemList():
                found += block.items
            case Table():
                found += [line for row in block.rows for cell in row.cells for line in cell.lines]
    return found


def only(part: Section, kind: type[Any]) -> Any:
    """The one block of a kind that a section has."""
    (found,) = [block for block in part.blocks if isinstance(block, kind)]
    return found
