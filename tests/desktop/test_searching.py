"""search: records by their words."""

import stat
import sys
from pathlib import Path

import pytest

from desktop.folders import search_folder
from tests.desktop.command_line import Case, document, refusal, told


def test_for_people(case: Case) -> None:
    told("add", case.path, "names", f"record={case.official}", "name=Kihara Minoru")
    assert told("search", case.path, "KIHARA") == f"{case.official}  official  木原稔\n    name: «Kihara» Minoru\n"
    assert told("search", case.path, "木原") == f"{case.official}  official  木原稔\n"
    assert told("search", case.path, "Sweden") == "Nothing found.\n"


def test_as_json(case: Case) -> None:
    (found,) = document("search", case.path, "on it")
    assert found == {
        "id": case.agreement,
        "kind": "agreements",
        "title": "Memorandum",
        "part": None,
        "field": "summary",
        "snippet": [{"text": "On", "hit": True}, {"text": " ", "hit": False}, {"text": "it", "hit": True},
                    {"text": ".", "hit": False}],
    }  # fmt: skip
    assert document("search", case.path, "Sweden") == []


def test_a_part_is_named(case: Case) -> None:
    name = document("add", case.path, "names", f"record={case.official}", "name=Kihara Minoru")["id"]
    (found,) = document("search", case.path, "kihara")
    assert (found["id"], found["part"]) == (case.official, {"id": name, "kind": "names"})


def test_kind_and_limit(case: Case) -> None:
    told("add", case.path, "notes", "text=Norway is near")
    assert {row["kind"] for row in document("search", case.path, "norway")} == {"organizations", "notes"}
    assert [row["kind"] for row in document("search", case.path, "norway", "--kind", "note")] == ["notes"]
    assert len(document("search", case.path, "norway", "--kind", "note", "--kind", "organization")) == 2
    assert len(document("search", case.path, "norway", "--limit", "1")) == 1
    assert "There may be more" in told("search", case.path, "norway", "--limit", "1")


def test_later_edits_are_found(case: Case) -> None:
    assert document("search", case.path, "treaty") == []
    told("set", case.path, case.agreement, "title", "Treaty")
    assert [row["id"] for row in document("search", case.path, "treaty")] == [case.agreement]
    told("delete", case.path, case.agreement)
    assert document("search", case.path, "treaty") == []


@pytest.mark.parametrize("query", ["", '"', "NEAR(a b)", "title:*", "a\tb", "-"])
def test_no_query_is_an_error(case: Case, query: str) -> None:
    assert document("search", case.path, query) == []


def test_the_file_is_not_touched_and_the_index_is_private(case: Case) -> None:
    before = case.path.read_bytes()
    told("search", case.path, "norway")
    assert case.path.read_bytes() == before
    (index,) = search_folder().glob("*.search")
    assert stat.S_IMODE(index.stat().st_mode) == 0o600


def test_without_a_cache_folder(case: Case, user_folders: Path) -> None:
    search_folder().parent.parent.mkdir(parents=True, exist_ok=True)
    search_folder().parent.write_text("in the way")
    assert [row["id"] for row in document("search", case.path, "norway")] == [case.norway]


def test_refusals(case: Case, tmp_path: Path) -> None:
    assert refusal("search", tmp_path / "none.casefile", "x")[0] == 3
    assert refusal("search", case.path, "x", "--kind", "treaties")[0] == 2
    assert refusal("search", case.path, "x", "--limit", "0")[0] == 2


@pytest.mark.skipif(sys.platform == "win32", reason="no terminal")
def test_a_hostile_text_cannot_steer_the_terminal(case: Case) -> None:
    told("set", case.path, case.agreement, "summary", "red \x1b[31m alert")
    assert "\x1b" not in told("search", case.path, "alert")
