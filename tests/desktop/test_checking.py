"""check: the review of a sound file, in words and as JSON."""

import uuid
from pathlib import Path

from db.engine import open_engine, open_sessions
from db.log import Editor, edit
from db.operations.dismissals import dismiss
from db.review.findings import findings_of
from tests.desktop.command_line import Case, document, told
from tests.desktop.test_files import unlogged


def dismissed(case: Case) -> dict[str, object]:
    """Dismiss the first finding as the window does, and give it."""
    engine = open_engine(case.path, writable=True)
    with edit(open_sessions(engine), Editor(uuid.UUID(int=5), "Ann"), "Dismiss") as session:
        found = findings_of(session, uuid.UUID(case.agreement))[0]
        dismiss(session, found, "It is its own source.")
    engine.dispose()
    return {"key": found.key, "field": found.field}


def test_the_review_tells_where_and_what(case: Case) -> None:
    text = told("check", case.path)
    assert "\nUncited: 4\n" in text
    assert "  Memorandum · title\n    No source is given for “Memorandum”.\n" in text
    found = document("check", case.path)["review"]["findings"]
    assert [finding["field"] for finding in found] == ["parties", "subjects", "summary", "title"]
    first = next(finding for finding in found if finding["field"] == "parties")
    assert first["text"] == "No source is given for “Japan” and “Norway”."
    assert (first["id"], first["kind"], first["title"]) == (case.agreement, "agreements", "Memorandum")
    assert first["part_of"] is None
    assert first["dismissed"] is None


def test_a_part_is_told_with_what_it_is_a_part_of(case: Case) -> None:
    told("add", case.path, "actions", f"agreement={case.agreement}", "action=signature", "date=2024")
    assert "  Memorandum · signature, 2024 · date\n    No source is given for “2024”.\n" in told("check", case.path)
    (found,) = [each for each in document("check", case.path)["review"]["findings"] if each["kind"] == "actions"]
    assert found["part_of"] == {"id": case.agreement, "title": "Memorandum"}


def test_the_review_can_be_left_out(case: Case) -> None:
    assert told("check", case.path, "--sound-only").endswith("Nothing is wrong with it.\n")
    assert document("check", case.path, "--sound-only")["review"] is None


def test_a_file_that_is_not_sound_is_not_reviewed(case: Case) -> None:
    unlogged(case.path)
    assert document("check", case.path, code=1)["review"] is None
    assert "Uncited" not in told("check", case.path, code=1)


def test_what_was_dismissed_is_counted_and_told_when_asked(case: Case) -> None:
    gone = dismissed(case)
    found = document("check", case.path)["review"]
    assert (found["counts"], found["dismissed"]) == ({"uncited": 3}, 1)
    assert gone["key"] not in [finding["key"] for finding in found["findings"]]
    every = document("check", case.path, "--dismissed")["review"]["findings"]
    (away,) = [finding for finding in every if finding["dismissed"]]
    assert (away["key"], away["dismissed"]) == (gone["key"], "It is its own source.")
    text = told("check", case.path)
    assert "Uncited: 3\n" in text
    assert "\n1 dismissed.\n" in text
    assert "It is its own source." not in text
    assert "    Dismissed: It is its own source.\n" in told("check", case.path, "--dismissed")


def test_nothing_to_look_at(tmp_path: Path) -> None:
    path = tmp_path / "new.casefile"
    told("new", path, "--title", "New", "--marking", "green")
    assert told("check", path).endswith("There is nothing to look at in what it says.\n")
