"""What the page has done in processes of its own. Without Qt: looking at a file, the union, what differs, reports."""

import shutil
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from db.introduction import Introduction, introduction_on, is_stranger
from db.log import Editor
from db.merging.choices import Rule, decisions
from db.merging.comparison import (
    Comparison,
    compare_files,
    compare_merge,
    compare_moments,
    copy_own,
    glance_at_merge,
)
from db.merging.decisions import Decision
from db.merging.differences import State
from db.merging.needs import Need, needs
from db.merging.preview import DifferingRecord, Overview, overview, page, place_of, places
from db.merging.sides import RecordDifference, record_difference
from db.opening import private_copy
from desktop.printing.saving import save_pdf
from desktop.settings import trust
from exports.paper import Paper


@dataclass(frozen=True, slots=True)
class Look:
    """A file that was inspected."""

    copy: Path
    """Private, and nobody writes it."""
    is_strange: bool
    """Whether nobody wrote it on this computer or has let it in."""


@dataclass(frozen=True, slots=True)
class Spots:
    """Where the records of a list stand, and where some that were looked at are among them."""

    state: State | None
    sought: tuple[UUID, ...]
    places: "array[int]"
    rows: dict[UUID, int]


def look_at(path: Path, folder: Path) -> Look:
    """Inspect a file as any file from elsewhere, and keep the private copy in a folder. Raises FileRefused."""
    is_strange = is_stranger(path, trust())
    with private_copy(path, trust()) as copy:
        return Look(Path(shutil.move(copy, folder / "theirs.casefile")), is_strange)


def keep_own(folder: Path, ours: Path) -> Path:
    """A private copy of the open file, as it is now."""
    return copy_own(folder, ours)


def introduce(path: Path, theirs: Path, ours: Path, own: Path) -> Introduction:
    """What is told of a stranger's file before anything else; `own` is the file that is open, `ours` its copy."""
    told = introduction_on(theirs, path, known=(ours,))
    return replace(told, news=tuple(replace(news, path=own) for news in told.news))


def glance(folder: Path, ours: Path, theirs: Path) -> Overview:
    """What a merge will probably bring, long before the union is made."""
    return overview(glance_at_merge(folder, ours, theirs))


def lay_out(folder: Path, ours: Path, theirs: Path, editor: Editor | None) -> Overview:
    """Find what differs: in a merge (with an editor) what it would bring, or else between two files.

    Raises MergeRefused.
    """
    found = compare_files(folder, ours, theirs) if editor is None else compare_merge(folder, ours, theirs, editor)
    return overview(found)


def lay_out_since(folder: Path, ours: Path, entry: UUID) -> Overview:
    """Find what a file has learnt since an edit or a merge. Raises RecordNotFound."""
    return overview(compare_moments(folder, ours, str(entry)))


def read_spots(comparison: Comparison, state: State | None, sought: tuple[UUID, ...]) -> Spots:
    """Where the records of a state stand, or all of them, and in which rows some of them are."""
    found = places(comparison, state)
    numbers = {record: place_of(comparison, record) for record in sought}
    return Spots(
        state, sought, found, {record: found.index(number) for record, number in numbers.items() if number in found}
    )


def read_page(comparison: Comparison, wanted: Sequence[int]) -> list[DifferingRecord]:
    """Some of the records."""
    return page(comparison, wanted)


def read_record(comparison: Comparison, record: UUID) -> RecordDifference:
    """One record side by side."""
    return record_difference(comparison, record)


def decide(comparison: Comparison, rules: Sequence[Rule]) -> tuple[Decision, ...]:
    """What was chosen, as decisions about single fields and records."""
    return decisions(comparison, rules)


def find_needs(comparison: Comparison, rules: Sequence[Rule]) -> tuple[Need, ...]:
    """What was declined although something needs it."""
    return needs(comparison, rules)


def save_report(comparison: Comparison, title: str, sides: tuple[str, str], output: Path, paper: Paper) -> None:
    """A printed report of all that differs. Raises FileRefused and `exports.pdf.BriefingError`."""
    from desktop.printing.changes import comparison_bytes  # here: it imports what makes PDFs

    save_pdf(
        output, comparison_bytes(comparison, title, output.suffix, paper=paper, sides=sides, names=sides), replace=True
    )
