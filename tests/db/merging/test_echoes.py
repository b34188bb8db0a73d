"""What an undo put back is no opinion: it stands against nobody who went on, and it is still whose it was."""

import shutil
import uuid
from pathlib import Path

import pytest

from db.merging.comparison import compare_files
from db.merging.preview import summary
from db.merging.sides import record_difference
from db.merging.union import MergeReceipt, merge
from db.models import Agreement
from db.queries.history import conflicts
from db.queries.rivals import rivals_of
from tests.db.case import ANALYST, COLLEAGUE, Case
from tests.db.merging.apart import Apart


def take_in(ours: Case, theirs: Case) -> MergeReceipt:
    """As the window merges."""
    copy = Path(shutil.copy(theirs.path, ours.path.with_suffix(".incoming")))
    return merge(ours.engine, copy, ours.editor, origin=theirs.path.name, with_parts=True)


def redo_merge(apart: Apart) -> uuid.UUID:
    """Merge the colleague's file, undo that and redo it."""
    receipt = take_in(apart.mine, apart.theirs)
    apart.mine.undo(receipt.id)
    apart.mine.undo_last()
    apart.mine.judge()
    return receipt.id


@pytest.fixture
def found(apart: Apart) -> uuid.UUID:
    """An agreement that the colleague added; the other one has a new title by them."""
    apart.theirs.put(apart.ids.agreement, "title", "Theirs")
    return apart.theirs.add(Agreement, title="Found by them", place_signed="Oslo")


def test_a_redone_merge_stands_against_nothing_that_its_author_did_since(apart: Apart, found: uuid.UUID) -> None:
    redo_merge(apart)
    apart.theirs.put(apart.ids.agreement, "title", "Theirs, once more")
    apart.theirs.put(found, "title", "Found, and named anew")
    apart.theirs.put(found, "place_signed", None)
    apart.theirs.put(found, "summary", "What had no value before")
    preview = apart.preview()
    assert (summary(preview).rivals, summary(preview).fields) == (0, 4)
    before = apart.mine.rows()
    receipt = take_in(apart.mine, apart.theirs)
    assert apart.mine.read(conflicts) == []
    assert apart.title() == "Theirs, once more"
    assert [apart.mine.value(found, name) for name in ("title", "place_signed", "summary")] == [
        "Found, and named anew", None, "What had no value before"
    ]  # fmt: skip
    apart.mine.judge()
    take_in(apart.theirs, apart.mine)
    assert apart.theirs.rows() == apart.mine.rows()
    apart.theirs.judge()
    apart.mine.undo(receipt.id)
    assert apart.mine.rows() == before


def test_both_merge_and_still_agree(apart: Apart, found: uuid.UUID) -> None:
    redo_merge(apart)
    apart.theirs.put(found, "title", "Found, and named anew")
    third = apart.mine.fork()
    take_in(apart.mine, apart.theirs)
    take_in(apart.theirs, third)
    take_in(apart.mine, apart.theirs)
    assert apart.mine.read(conflicts) == []
    assert apart.mine.value(found, "title") == "Found, and named anew"
    third.close()


def test_a_conflict_that_was_redone_has_only_its_own_rivals(apart: Apart) -> None:
    apart.disagree()
    redo_merge(apart)
    apart.theirs.put(apart.ids.agreement, "title", "Theirs, once more")
    take_in(apart.mine, apart.theirs)
    (conflict,) = apart.mine.read(conflicts)
    assert set(conflict.values) == {"Mine", "Theirs, once more"}
    (told,) = apart.mine.read(rivals_of, {apart.ids.agreement})
    assert {value.text: value.who for value in told.values} == {
        "Mine": ANALYST.name,
        "Theirs, once more": COLLEAGUE.name,
    }
    apart.mine.judge()
    apart.mine.undo_last()
    apart.mine.judge()


def test_an_edit_that_was_taken_back_stands_against_nobody(apart: Apart) -> None:
    apart.mine.put(apart.ids.agreement, "title", "Tried")
    apart.mine.undo_last()
    apart.theirs.put(apart.ids.agreement, "title", "Theirs")
    take_in(apart.mine, apart.theirs)
    assert (apart.title(), apart.mine.read(conflicts)) == ("Theirs", [])


def test_taking_back_what_they_built_on_is_a_conflict(apart: Apart) -> None:
    """They went on from what was undone: only people can say which of the two holds."""
    apart.mine.put(apart.ids.agreement, "title", "Tried")
    take_in(apart.theirs, apart.mine)
    apart.mine.undo_last()
    apart.theirs.put(apart.ids.agreement, "title", "Tried, and better")
    take_in(apart.mine, apart.theirs)
    assert len(apart.mine.read(conflicts)) == 1


def test_what_came_back_is_told_as_theirs(apart: Apart, found: uuid.UUID, tmp_path: Path) -> None:
    redo_merge(apart)
    apart.theirs.put(apart.ids.agreement, "place_signed", "Oslo")
    apart.theirs.put(found, "title", "Found, and named anew")
    folder = tmp_path / "sides"
    folder.mkdir()
    sides = compare_files(folder, apart.mine.path, apart.theirs.path)
    (part,) = record_difference(sides, found).parts
    (field,) = part.fields
    assert (field.mine.text, field.mine.who) == ("Found by them", COLLEAGUE.name)
    assert (field.theirs.text, field.theirs.who) == ("Found, and named anew", COLLEAGUE.name)
