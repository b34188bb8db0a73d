"""A briefing as a document: what it says, in order, whatever kind it is and whatever it is printed as.

Builders read a case file into it; `exports.pdf` and `exports.docx` set it. Frozen values only: no database, window,
clock or locale. Every word arrives as a reader sees it, and note numbers arrive ready, in the order of first mention.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import chain

from db.models.vocabulary import Standing
from exports.briefing.drawing import Drawing
from exports.briefing.labels import Labels
from exports.briefing.sheet import Fact, Ladder, Marking, Note, Phrase, SourceSummary, Step, StepState, Support
from exports.briefing.sheet import Link as Link  # of a step as of a block


class BriefingKind(StrEnum):
    """The sheets that there are."""

    AGREEMENT = "agreement"
    OFFICIAL = "official"
    PAIR = "pair"
    REGISTER = "register"
    DOSSIER = "dossier"
    CHANGES = "changes"
    """What differs between two states of a file; not asked for by the briefing page."""


class Role(StrEnum):
    """What a run of text is to its reader; each maker has a style for it."""

    BODY = "body"
    STRONG = "strong"
    QUIET = "quiet"
    EMPHASIS = "emphasis"
    LEAD = "lead"
    HEADLINE = "headline"
    SMALL = "small"
    ADDED = "added"
    """What only the later of two texts says."""
    GONE = "gone"
    """What only the earlier one says."""


class NotesPlace(StrEnum):
    """Where the notes stand."""

    END = "end"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one role and language. `quote` marks words that are somebody's own; `whole` keeps it on one line."""

    text: str
    role: Role = Role.BODY
    language: str = ""
    quote: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A statement: runs with their support, beside a label if there is one, quiet details and facts below it.

    `details` are pairs of a label, which may be empty, and a text; empty texts are left out. Rivals and reasons of the
    support are printed below by whoever sets it.
    """

    runs: tuple[Run, ...]
    support: Support | None = None
    label: str = ""
    details: tuple[tuple[str, str], ...] = ()
    facts: tuple[Fact, ...] = ()
    link: Link | None = None
    notes: tuple[int, ...] = ()
    """Notes that are cited without a word on how well it is known, as in a judgement."""
    particulars: tuple[tuple[str, str], ...] = ()
    """Like details, but each on a line of its own, as confidence and likelihood must be."""
    heads: bool = False
    """It names what follows, and so never ends a page."""

    @property
    def text(self) -> str:
        """Its words without what stands beside and below them."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class ItemList:
    """Items below each other, as a list."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class FactTable:
    """Labels and values. `links` are the facts' own, in their order, or none."""

    facts: tuple[Fact, ...]
    links: tuple[Link | None, ...] = ()


class RowKind(StrEnum):
    """What a row of a table is."""

    BODY = "body"
    GROUP = "group"
    """Its first cell names the rows that follow, across all columns."""
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Cell:
    """Lines of one cell; rivals and reasons of a line's support are printed below its row."""

    lines: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One row, as many cells as there are columns; a group has one, and so has a total that is told in words."""

    cells: tuple[Cell, ...]
    kind: RowKind = RowKind.BODY
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading, its share of the width (they add up to 1), and whether it holds numbers."""

    heading: str
    share: float
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header row, which stands again on every page. `full`: across the rail as well."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    full: bool = False


@dataclass(frozen=True, slots=True)
class Ladders:
    """Status ladders, one below the other."""

    ladders: tuple[Ladder, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing with its caption."""

    drawing: Drawing
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Portrait:
    """A picture of a person, as the bytes of a PNG or JPEG, and what it shows in words."""

    image: bytes
    alternative: str


@dataclass(frozen=True, slots=True)
class SourceStatement:
    """The source summary statement, with the key of the marks that stand in this document."""

    summary: SourceSummary


Block = Item | ItemList | FactTable | Table | Ladders | Figure | Portrait | SourceStatement


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it. `name` is the one by which a reader chooses sections."""

    name: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """What one sheet says: a title with what kind of sheet it is above it, and its sections.

    In a dossier each chapter begins on a page of its own and stands in the contents.
    """

    kind: BriefingKind
    eyebrow: str
    title: Fact
    sections: tuple[Section, ...]
    other_titles: tuple[Phrase, ...] = ()
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Front:
    """What stands on every page and in the file's metadata.

    `date` is printed; `compiled` (aware, or None) only dates the metadata. `revision` is the file revision's short
    hash. `known`: the day, in words, that the file is told as known on; empty: as it is. `withheld`: a sentence that
    something above the marking's ceiling was left out, where it is to be said.
    """

    case_title: str
    revision: str
    marking: Marking | None  # None only so that setting it can refuse it with a typed error
    date: str = ""
    compiled: datetime | None = None
    originator: str = ""
    language: str = "en-GB"
    known: str = ""
    withheld: str = ""


@dataclass(frozen=True, slots=True)
class Briefing:
    """A whole document. With `cover`, a title page with contents stands before the chapters (a dossier)."""

    kind: BriefingKind
    front: Front
    chapters: tuple[Chapter, ...]
    labels: Labels
    notes: tuple[Note, ...] = ()
    notes_place: NotesPlace = NotesPlace.END
    cover: Fact | None = None

    @property
    def revision(self) -> str:
        """Of which file it was made, and as known on which day, for the foot of every page."""
        front, labels = self.front, self.labels
        if front.known:
            return labels.revision_known.format(revision=front.revision, date=front.known)
        return labels.revision.format(revision=front.revision)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a reader must know about the whole of it, below its title."""
        known = self.labels.as_known.format(date=self.front.known) if self.front.known else ""
        return tuple(text for text in (known, self.front.withheld) if text)

    @property
    def title(self) -> str:
        """What the document is called."""
        if self.cover is not None:
            return self.cover.text
        return self.chapters[0].title.text if self.chapters else self.front.case_title

    def sections(self) -> Iterator[Section]:
        """All sections, in order."""
        for chapter in self.chapters:
            yield from chapter.sections

    def assertions(self) -> Iterator[Item | Fact | Step]:
        """Everything that is said with its evidence, in order; items also where they have none."""
        if self.cover is not None:
            yield self.cover
        for chapter in self.chapters:
            yield chapter.title
            for section in chapter.sections:
                for block in section.blocks:
                    yield from _assertions(block)

    def cited(self) -> tuple[int, ...]:
        """The numbers of the notes that something cites, in the order in which a reader meets them."""
        titles = [self.cover] if self.cover is not None else []
        parts: list[Iterator[int]] = [_met(titles)]
        for chapter in self.chapters:
            parts.append(_met([chapter.title]))
            parts += [
                _met(list(_assertions(part)))
                for section in chapter.sections
                for block in section.blocks
                for part in _read_together(block)
            ]
        return tuple(dict.fromkeys(chain.from_iterable(parts)))

    def standings(self) -> Counter[Standing]:
        """How many of the things that are said stand how; what nobody knows is not said.

        What stands in several groups of a table is one value there, and counts once.
        """
        said = {id(each): each for each in self.assertions() if each.support and is_said(each)}
        return Counter(map(standing_of, said.values()))


def _met(assertions: Sequence[Item | Fact | Step]) -> Iterator[int]:
    """The notes of what stands side by side, then those of rivals, which stand below all of it."""
    for each in assertions:
        yield from each.support.notes if each.support else ()
        yield from each.notes if isinstance(each, Item) else ()
    for each in assertions:
        for rival in each.support.rivals if each.support else ():
            yield from rival.notes


def _read_together(block: Block) -> Iterator[Block]:
    """What has its rivals below it: an item, a fact, a row of a table, a ladder."""
    match block:
        case ItemList():
            yield from block.items
        case FactTable():
            yield from (FactTable((fact,)) for fact in block.facts)
        case Table():
            yield from (Table((), (row,)) for row in block.rows)
        case Ladders():
            yield from (Ladders((ladder,)) for ladder in block.ladders)
        case _:
            yield block


def is_said(assertion: Item | Fact | Step) -> bool:
    """Whether there is anything but that nothing is known."""
    if assertion.support is None or assertion.support.standing is not Standing.UNKNOWN:
        return True
    if isinstance(assertion, Step):
        return bool(assertion.date) or assertion.state is not StepState.UNKNOWN
    return bool(assertion.text)


def standing_of(assertion: Item | Fact | Step) -> Standing:
    """How it stands; what is said without a note is uncited, even where its standing is called unknown."""
    support = assertion.support
    if support is None or (support.standing is Standing.UNKNOWN and not support.notes):
        return Standing.UNCITED
    return support.standing


def _assertions(block: Block) -> Iterator[Item | Fact | Step]:
    match block:
        case Item():
            yield block
            yield from block.facts
        case ItemList():
            for item in block.items:
                yield from _assertions(item)
        case FactTable():
            yield from block.facts
        case Table():
            for row in block.rows:
                for cell in row.cells:
                    for line in cell.lines:
                        yield from _assertions(line)
        case Ladders():
            for ladder in block.ladders:
                yield from ladder.steps
