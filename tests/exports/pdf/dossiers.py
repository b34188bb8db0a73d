"""Documents of several chapters and of every kind of block, for tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from uuid import UUID

from PIL import Image

from db.models.vocabulary import Standing
from exports.briefing.document import (
    Block,
    Briefing,
    BriefingKind,
    Cell,
    Chapter,
    Column,
    Figure,
    Item,
    Link,
    NotesPlace,
    Portrait,
    Role,
    Row,
    RowKind,
    Run,
    Section,
    Table,
)
from exports.briefing.drawing import Anchor, Disc, Drawing, Label, Path, Tone
from exports.briefing.sheet import UNKNOWN, Fact, Note, Phrase, Support
from tests.exports.pdf import sheets

COLUMNS = (
    Column("Agreement", 0.5),
    Column("Status", 0.2),
    Column("Signed", 0.18),
    Column("Pages", 0.12, is_number=True),
)


def line(text: str, role: Role = Role.BODY, support: Support | None = None) -> Cell:
    return Cell((Item((Run(text, role),), support),))


def register(count: int, *, notes: int = 8) -> Table:
    """Rows in groups of fifteen, each citing a note, with a total."""
    rows = list(_rows(count, notes))
    return Table(
        COLUMNS, (*rows, Row((line("All"), Cell(()), Cell(()), line(str(count * 7))), RowKind.TOTAL)), full=True
    )


def _rows(count: int, notes: int) -> Iterator[Row]:
    for index in range(count):
        if index % 15 == 0:
            yield Row((line(f"Subject {index // 15 + 1}"),), RowKind.GROUP)
        title = line(
            f"Agreement {index + 1:04} on the transfer of equipment", Role.STRONG, sheets.single(index % notes + 1)
        )
        cells = (title, line("In force"), line(f"{index % 28 + 1} May 2015"), line(str(7 + index % 200)))
        yield Row(cells, link=Link(UUID(int=index + 1)))


def drawing(width: float = 340.0) -> Drawing:
    shapes = (
        Path(((0, 0), (width, 0), (width, 60), (0, 60)), Tone.HAIRLINE, Tone.LAND, closed=True),
        Path(((20, 30), (width - 20, 30)), Tone.INK, dashed=True),
        Disc(20, 30, 5, None, Tone.ACCENT),
        Disc(width / 2, 30, 5, Tone.DISPUTED, None),
        Disc(width - 20, 30, 5, Tone.INK, Tone.SECOND),
        Label(20, 50, "Tokyo", anchor=Anchor.START, record=sheets.RECORD),
        Label(width / 2, 50, "Ελλάδα", anchor=Anchor.MIDDLE, language="el"),
        Label(width - 10, 50, "Oslo", anchor=Anchor.END, strong=True, tone=Tone.ACCENT),
    )
    return Drawing(width, 60, shapes, "A line from Tokyo to Oslo.")


def picture(kind: str = "PNG", mode: str = "RGB", size: tuple[int, int] = (120, 150)) -> bytes:
    image = Image.new(mode, size, 90)
    image.paste(200, (20, 20, 60, 90))
    output = BytesIO()
    image.save(output, kind)
    return output.getvalue()


def note(number: int, words: str = "") -> Note:
    text = words or f"Ministry of Foreign Affairs. Report no. {number} on the state of negotiations"
    return Note(number, (Phrase(text),), f"https://example.org/{number}")


def official() -> Chapter:
    """A chapter with a portrait and two figures, one of them wider than the column."""
    position = Item((Run("Minister of Defense", Role.LEAD),), sheets.single(1))
    blocks: tuple[Block, ...] = (Portrait(picture(), "Portrait of Kihara Minoru"), position)
    return Chapter(
        BriefingKind.OFFICIAL,
        "Official's profile",
        Fact("Name", "Kihara Minoru", sheets.single(1)),
        (
            Section("summary", "Position", blocks),
            Section("posts", "Posts held", (Figure(drawing(), "Posts held over time."),)),
            Section("map", "Map", (sheets.plain("Where the parties are."), Figure(drawing(700.0), "The parties."))),
        ),
        (Phrase("木原稔", "ja"),),
        Link(sheets.RECORD),
    )


def dossier(place: NotesPlace = NotesPlace.END, rows: int = 80) -> Briefing:
    """Cover, contents, two agreements, an official, a register."""
    rich, france = sheets.rich(), sheets.france()
    listed = Section("register", "Register", (sheets.plain("Everything on file."), register(rows)))
    chapter = Chapter(BriefingKind.REGISTER, "Register", Fact("Title", "Agreements on file", UNKNOWN), (listed,))
    return replace(
        rich,
        kind=BriefingKind.DOSSIER,
        front=replace(rich.front, withheld="Something above this marking was left out."),
        chapters=(*rich.chapters, *france.chapters, official(), chapter),
        notes_place=place,
        cover=Fact("Title", "Japan's partners in defence equipment", None),
    )


def disputed(*numbers: int) -> Support:
    return Support(Standing.DISPUTED, numbers, len(numbers))
