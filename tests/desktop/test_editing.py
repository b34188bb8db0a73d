"""new, add, set, delete and revert: labelled edits that can be taken back."""

import uuid
from pathlib import Path

import pytest

from db.lock import FileLock
from tests.desktop.command_line import AUTHOR, Case, document, refusal, start, told


def title_of(case: Case) -> str:
    return str(document("show", case.path, case.agreement)["title"])


class TestNew:
    def test_makes_a_file(self, tmp_path: Path) -> None:
        path = tmp_path / "new.casefile"
        assert told("new", path, "--title", "T") == f"Made {path}.\n"
        assert document("info", path)["title"] == "T"

    def test_as_json(self, tmp_path: Path) -> None:
        found = document("new", tmp_path / "new.casefile", "--title", "T", "--marking", "red")
        assert (found["title"], found["marking"]) == ("T", "RED")

    def test_leaves_what_is_there(self, case: Case, tmp_path: Path) -> None:
        before = case.path.read_bytes()
        assert refusal("new", case.path, "--title", "T")[0] == 3
        assert case.path.read_bytes() == before
        assert refusal("new", tmp_path, "--title", "T") == (3, f"{tmp_path} is a folder, not a file.")
        assert refusal("new", tmp_path / "none" / "x", "--title", "T") == (
            3,
            f"There is no folder {tmp_path / 'none'}.",
        )

    def test_half_a_character(self, tmp_path: Path) -> None:
        assert refusal("new", tmp_path / "new.casefile", "--title", "\udcff")[0] == 2
        assert list(tmp_path.iterdir()) == []


class TestAdd:
    def test_for_people(self, case: Case) -> None:
        text = told("add", case.path, "post", "label=Minister of Defence", "organization=NO")
        assert text.startswith("Added post “Minister of Defence”: ")
        uuid.UUID(text.rpartition(" ")[2].strip())

    def test_points_at_records_by_id_part_of_id_or_code(self, case: Case) -> None:
        for written in (case.norway, case.norway[-8:], "no", "NOR"):
            post = document("add", case.path, "posts", "label=x", f"organization={written}")["id"]
            assert document("show", case.path, post)["fields"]["organization"]["id"] == case.norway

    def test_what_is_there_already_is_not_added_twice(self, case: Case) -> None:
        found = document("add", case.path, "organizations", "name=Norway", "iso_code=NOR")
        assert (found["id"], found["edit"]) == (case.norway, None)
        text = told("add", case.path, "organizations", "name=Norway", "iso_code=NOR")
        assert text == f"organization “Norway” was there already: {case.norway}\n"

    @pytest.mark.parametrize(
        ("values", "words"),
        [
            (("name",), "“name” is not FIELD=VALUE."),
            (("colour=red",), "agreements have no field “colour”."),
            (("title=a", "title=b"), "One field is given twice."),
            (("summary=a",), "agreements need a value for “title”."),
            (("title=a", "instrument_type=pact"), "“pact” is no value of “instrument_type”."),
            (("title=a", "parties=SWE"), "The state SWE is not in this file."),
            (("title=a", "depositary=nobody"), "“nobody” is no id."),
            (("title=a", "renewal_years=ten"), "“renewal_years” is a whole number"),
        ],
    )
    def test_what_cannot_be_meant(self, case: Case, values: tuple[str, ...], words: str) -> None:
        before = document("info", case.path)["revision"]
        code, text = refusal("add", case.path, "agreements", *values)
        assert (code, text[: len(words)]) == (2, words)
        assert document("info", case.path)["revision"] == before


class TestSet:
    def test_sets_clears_and_says_so(self, case: Case) -> None:
        assert told("set", case.path, case.agreement, "title", "B").startswith("Set title of “Memorandum”. Edit ")
        assert told("set", case.path, case.agreement, "summary", "").startswith("Clear summary of “B”. Edit ")
        assert document("show", case.path, case.agreement)["fields"]["summary"] is None

    def test_as_json(self, case: Case) -> None:
        found = document("set", case.path, case.agreement, "title", "B")
        assert (found["id"], found["title"], found["field"]) == (case.agreement, "B", "title")
        assert found["edit"]["author"] == AUTHOR

    def test_what_is_so_already_leaves_no_edit(self, case: Case) -> None:
        before = document("info", case.path)["revision"]
        assert told("set", case.path, case.agreement, "title", "Memorandum").startswith("It is so already")
        assert document("info", case.path)["revision"] == before

    def test_refusals(self, case: Case) -> None:
        assert refusal("set", case.path, case.agreement, "title", "")[0] == 2
        assert refusal("set", case.path, case.agreement, "nothing", "x")[0] == 2
        assert refusal("set", case.path, case.agreement, "title", "\udcff")[0] == 2
        assert refusal("set", case.path, case.agreement, "title", "x", "--author", " ")[0] == 2

    def test_a_file_that_somebody_else_edits(self, case: Case) -> None:
        lock = FileLock(case.path)
        lock.acquire()
        code, words = refusal("set", case.path, case.agreement, "title", "B")
        lock.release()
        assert (code, words.startswith("It is open for editing: ")) == (3, True)
        assert title_of(case) == "Memorandum"

    def test_another_author(self, case: Case) -> None:
        told("set", case.path, case.agreement, "title", "B", "--author", "Bo  Berg")
        assert document("info", case.path)["last_edit"]["author"] == "Bo Berg"


class TestDelete:
    def test_deletes_with_what_belongs_to_it(self, case: Case) -> None:
        found = document("delete", case.path, case.agreement)
        assert (found["title"], found["rows"]) == ("Memorandum", 5)
        assert document("list", case.path, "parties") == []

    def test_refuses_what_is_used(self, case: Case) -> None:
        code, words = refusal("delete", case.path, case.norway)
        assert (code, "still used by 1 other" in words) == (1, True)


class TestRevert:
    def test_takes_back_and_redoes(self, case: Case) -> None:
        edit = document("set", case.path, case.agreement, "title", "B")["edit"]["id"]
        undo = document("revert", case.path, edit)
        assert (undo["reverted"], undo["edit"]["label"]) == (edit, "Undo: Set title of “Memorandum”")
        assert title_of(case) == "Memorandum"
        told("revert", case.path, undo["edit"]["id"][-8:])
        assert title_of(case) == "B"

    def test_a_later_edit_stands_in_the_way(self, case: Case) -> None:
        edit = document("set", case.path, case.agreement, "title", "B")["edit"]["id"]
        told("set", case.path, case.agreement, "title", "C")
        code, words = refusal("revert", case.path, edit)
        assert (code, "was changed again since" in words) == (1, True)
        told("revert", case.path, edit, "--over-later")
        assert title_of(case) == "Memorandum"

    def test_no_such_edit(self, case: Case) -> None:
        assert refusal("revert", case.path, str(uuid.uuid4()))[0] == 2


class TestWhatIsThereAlready:
    def test_is_not_changed_by_adding_it(self, case: Case) -> None:
        code, words = refusal("add", case.path, "organizations", "name=Nippon", "iso_code=JPN")
        assert code == 2
        assert "is there already" in words
        assert document("list", case.path, "organizations", "--filter", "name:Japan")

    def test_a_state_has_one_code(self, case: Case) -> None:
        assert refusal("add", case.path, "organizations", "name=Nippon", "iso_code=jp")[0] == 2
        assert refusal("add", case.path, "organizations", "name=Atlantis", "iso_code=ATL")[0] == 2
        assert "Added" in told("add", case.path, "organizations", "name=Kosovo", "iso_code=XKX")


def test_a_date_that_cannot_be_read_is_kept_and_told(case: Case) -> None:
    done = start("add", case.path, "events", "title=Visit", "date=tomorrow")
    assert done.returncode == 0
    assert "was not read as a date" in done.stderr.decode()
