"""What the page has done in a process of its own. Without Qt: looking at a file, the union, what differs, reports."""

import shutil
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from db.log import Editor
from db.merging.choices import Rule, decisions
from db.merging.comparison import Comparison, compare_files, compare_merge, compare_moments
from db.merging.decisions import Decision
from db.merging.differences import State
from db.merging.preview import DifferingRecord, Summary, page, places, summary
from db.merging.sides import RecordDifference, record_difference
from db.opening import private_copy
from desktop.printing.saving import save_pdf
from desktop.settings import trust


@dataclass(frozen=True, slots=True)
class Overview:
    """What is seen first: the counts, where each record stands, and the first records."""

    comparison: Comparison
    summary: Summary
    places: "array[int]"
    first: tuple[DifferingRecord, ...]


def look_at(path: Path, folder: Path) -> Path:
    """Inspect a file as any file from elsewhere, and keep the private copy in a folder. Raises FileRefused."""
    with private_copy(path, trust()) as copy:
        return Path(shutil.copyfile(copy, folder / "theirs.casefile"))


def lay_out(folder: Path, ours: Path, theirs: Path, editor: Editor | None) -> Overview:
    """Find what differs: in a merge (with an editor) what it would bring, or else between two files.

    Raises MergeRefused.
    """
    found = compare_files(folder, ours, theirs) if editor is None else compare_merge(folder, ours, theirs, editor)
    return Overview(found, summary(found), places(found), tuple(page(found)))


def lay_out_since(folder: Path, ours: Path, entry: UUID) -> Overview:
    """Find what a file has learnt since an edit or a merge. Raises RecordNotFound."""
    found = compare_moments(folder, ours, str(entry))
    return Overview(found, summary(found), places(found), tuple(page(found)))


def read_places(comparison: Comparison, state: State | None) -> "array[int]":
    """Where the records of a state stand, or all of them."""
    return places(comparison, state)


def read_page(comparison: Comparison, wanted: Sequence[int]) -> list[DifferingRecord]:
    """Some of the records."""
    return page(comparison, wanted)


def read_record(comparison: Comparison, record: UUID) -> RecordDifference:
    """One record side by side."""
    return record_difference(comparison, record)


def decide(comparison: Comparison, rules: Sequence[Rule]) -> tuple[Decision, ...]:
    """What was chosen, as decisions about single fields and records."""
    return decisions(comparison, rules)


def save_report(comparison: Comparison, title: str, output: Path) -> None:
    """A printed report of all that differs. Raises FileRefused and `exports.pdf.BriefingError`."""
    from desktop.printing.changes import comparison_bytes  # here: it imports what makes PDFs

    save_pdf(output, comparison_bytes(comparison, title, output.suffix), replace=True)
