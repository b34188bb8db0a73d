"""A dossier to measure with: a register of 2,000 rows in groups and 1,000 notes, the same text for every maker."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from db.models.vocabulary import Standing, Tlp
from exports.briefing.document import (
    Briefing,
    BriefingKind,
    Cell,
    Chapter,
    Column,
    Front,
    Item,
    Role,
    Row,
    RowKind,
    Run,
    Section,
    Table,
)
from exports.briefing.labels import Labels
from exports.briefing.sheet import UNKNOWN, Fact, Marking, Note, Phrase, Support

_FULL = (2_000, 1_000)
_SHORT = (3, 3)
_size = [_FULL]
_PER_GROUP = 40
_SUBJECTS = (
    "Transfer of defence equipment and technology",
    "Mutual logistics support",
    "Protection of classified information",
    "Joint research, development and production",
    "Status of visiting forces",
    "Cooperation and exchanges between ministries",
    "Co-production of training aircraft",
)
_PLACES = ("Tokyo", "Oslo", "Łódź", "København", "Ville de Québec", "São Paulo", "Ankara")
_KINDS = ("Agreement", "Memorandum of understanding", "Exchange of notes", "Letter of intent", "Protocol")
_STATES = ("Japan", "Norway", "Türkiye", "Côte d'Ivoire", "Viet Nam", "Poland", "Österreich", "Curaçao", "Brazil")
_STATUSES = ("In force", "Signed", "Announced", "Terminated", "Not known")
HEADINGS = ("Agreement", "Parties", "Signed", "Status", "Notes")
SHARES = (0.46, 0.18, 0.14, 0.12, 0.1)


@dataclass(frozen=True)
class Line:
    """The words of one row, and the note that it cites."""

    title: str
    parties: str
    signed: str
    status: str
    number: str
    note: int


@contextmanager
def shortened() -> Iterator[None]:
    """Meanwhile, all is but a few lines: for a first run that loads what a maker needs."""
    _size.append(_SHORT)
    yield
    _size.pop()


def lines() -> list[Line]:
    """The register's rows."""
    rows, notes = _size[-1]
    return [
        Line(
            title=f"{_KINDS[i % 5]} between the Government of {_STATES[i % 9]} and the Government of "
            f"{_STATES[(i * 5 + 2) % 9]} concerning {_SUBJECTS[i * 3 % 7].lower()}, no. {1000 + i * 7}",
            parties=f"{_STATES[i % 9]}, {_STATES[(i * 5 + 2) % 9]}",
            signed=f"{i % 28 + 1} {('March', 'June', 'September')[i % 3]} {1955 + i % 70}",
            status=_STATUSES[i * 7 % 5],
            number=f"{i % 90 + 1}",
            note=i % notes + 1,
        )
        for i in range(rows)
    ]


def references() -> list[str]:
    """The notes' words."""
    return [
        f"Ministry of Foreign Affairs of {_STATES[i % 9]}. “{_SUBJECTS[i % 7]}: report no. {i * 13 + 1} on the state "
        f"of negotiations”, Bulletin of {_PLACES[i % 7]} {1990 + i % 35}, {i % 28 + 1} May {1990 + i % 35}"
        for i in range(_size[-1][1])
    ]


def address(number: int) -> str:
    """Where a note's source is."""
    return f"https://example.org/archive/{1990 + number % 35}/report-{number * 13 + 1}.html"


def briefing() -> Briefing:
    """The dossier in neutral blocks."""
    columns = tuple(
        Column(heading, share, is_number=heading == "Notes") for heading, share in zip(HEADINGS, SHARES, strict=True)
    )
    rows: list[Row] = []
    for index, line in enumerate(lines()):
        if index % _PER_GROUP == 0:
            rows.append(Row((_cell(f"Group {index // _PER_GROUP + 1}"),), RowKind.GROUP))
        title = Item((Run(line.title, Role.STRONG),), Support(Standing.SINGLE, (line.note,), 1))
        rest = (line.parties, line.signed, line.status, line.number)
        rows.append(Row((Cell((title,)), *map(_cell, rest))))
    section = Section("register", "Register", (Table(columns, tuple(rows), full=True),))
    front = Front("Japan and its partners", "3f9a2c1", Marking(Tlp.AMBER), "4 May 2025")
    chapter = Chapter(BriefingKind.REGISTER, "Register", Fact("Title", "Every agreement on file", UNKNOWN), (section,))
    return Briefing(BriefingKind.DOSSIER, front, (chapter,), Labels(), _notes())


def _cell(text: str) -> Cell:
    return Cell((Item((Run(text),)),))


def _notes() -> tuple[Note, ...]:
    return tuple(
        Note(number, (Phrase(words),), address(number), reliability="B", credibility="2", origin="original report")
        for number, words in enumerate(references(), 1)
    )
