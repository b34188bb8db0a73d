"""check, compare and merge: whole files, of which none is written but the new one."""

import re
import shutil
import uuid
import zipfile
from pathlib import Path
from unittest.mock import ANY

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pytest

from db.engine import connect
from tests.desktop.command_line import Case, document, refusal, told


@pytest.fixture
def other(case: Case, tmp_path: Path) -> Path:
    """A copy of the case file."""
    return Path(shutil.copy(case.path, tmp_path / "other.casefile"))


def unlogged(path: Path) -> None:
    """Add a record behind the log's back."""
    connection = connect(path, writable=True)
    connection.execute("UPDATE context SET mode = 'merge'")
    connection.execute("INSERT INTO agreement(id, title) VALUES(?, 'x')", (uuid.UUID(int=7).bytes,))
    connection.execute("UPDATE context SET mode = 'external'")
    connection.close()


class TestCheck:
    def test_a_sound_file(self, case: Case) -> None:
        text = told("check", case.path)
        assert text.count("  sound  ") == 4
        assert "\nNothing is wrong with it.\n\nUncited: 4\n" in text
        assert document("check", case.path) == {
            "file": str(case.path),
            "sound": True,
            "checks": {"schema": "passed", "integrity": "passed", "references": "passed", "log": "passed"},
            "findings": [],
            "review": {"counts": {"uncited": 4}, "dismissed": 0, "findings": ANY},
        }

    def test_findings_of_a_file_that_this_installation_wrote(self, case: Case) -> None:
        unlogged(case.path)
        found = document("check", case.path, code=1)
        assert found["sound"] is False
        assert found["checks"]["log"] == "failed"
        (finding,) = found["findings"]
        assert (finding["check"], finding["kind"], finding["id"]) == ("log", "agreement", str(uuid.UUID(int=7)))
        assert "FAILED  that all records are as the log tells" in told("check", case.path, code=1)

    def test_damage_leaves_the_rest_unchecked(self, case: Case) -> None:
        data = bytearray(case.path.read_bytes())
        data[8192:20480] = b"\xa5" * 12288
        case.path.write_bytes(data)
        found = document("check", case.path, code=1)
        assert found["checks"] == {
            "schema": "passed", "integrity": "failed", "references": "skipped", "log": "skipped",
        }  # fmt: skip
        assert "not checked" in told("check", case.path, code=1)

    def test_what_is_no_case_file(self, tmp_path: Path) -> None:
        path = tmp_path / "text"
        path.write_text("x" * 200)
        assert refusal("check", path) == (3, "text is not a Depositary case file. It was not touched.")
        assert refusal("check", tmp_path / "none")[0] == 3
        assert refusal("check", tmp_path)[0] == 3


class TestCompare:
    def test_the_same(self, case: Case, other: Path) -> None:
        assert told("compare", case.path, other).startswith("Both hold the same (revision ")
        found = document("compare", case.path, other)
        assert (found["same"], found["differences"]) == (True, [])

    def test_differences(self, case: Case, other: Path) -> None:
        told("set", other, case.agreement, "title", "Treaty")
        added = document("add", case.path, "officials", "name=Bjørn")["id"]
        found = document("compare", case.path, other, code=1)
        assert found["differences"] == [
            {
                "id": case.agreement, "kind": "agreements", "title": "Memorandum", "field": "title",
                "first": "Memorandum", "second": "Treaty",
            }
        ]  # fmt: skip
        assert found["first"]["records"] == [{"id": added, "kind": "officials", "title": "Bjørn"}]
        assert [edit["label"] for edit in found["second"]["edits"]] == ["Set title of “Memorandum”"]
        text = told("compare", case.path, other, code=1)
        assert "agreements  Memorandum  title  Memorandum  Treaty" in text
        assert f"    {added}  officials  Bjørn" in text

    def test_one_file_since_an_edit_and_since_a_day(self, case: Case) -> None:
        entry = document("history", case.path)[0]["id"]
        told("set", case.path, case.agreement, "title", "Treaty")
        (difference,) = document("compare", case.path, "--since", entry, code=1)["differences"]
        assert (difference["first"], difference["second"]) == ("Memorandum", "Treaty")
        found = document("compare", case.path, "--since", "2000-01-01", code=1)
        assert "agreements" in {row["kind"] for row in found["second"]["records"]}
        assert found["first"]["records"] == []
        assert refusal("compare", case.path)[0] == 2

    @pytest.mark.parametrize("suffix", [".pdf", ".docx"])
    def test_a_change_report(self, case: Case, other: Path, tmp_path: Path, suffix: str) -> None:
        told("set", other, case.agreement, "title", "Treaty & <more>")
        report = tmp_path / f"report{suffix}"
        told("compare", case.path, other, "-o", report, code=1)
        if suffix == ".pdf":
            text = pdfium.PdfDocument(report)[0].get_textpage().get_text_range()
        else:
            archive = zipfile.ZipFile(report)
            text = "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml"))
        for words in ("Change report", "Memorandum", "Treaty", "AMBER"):
            assert words in text


class TestMerge:
    def test_decisions(self, case: Case, other: Path, tmp_path: Path) -> None:
        told("set", case.path, case.agreement, "title", "Mine")
        told("set", other, case.agreement, "title", "Theirs")
        told("set", other, case.agreement, "summary", "Theirs")
        new = document("add", other, "officials", "name=Bjørn")["id"]
        out = tmp_path / "out.casefile"
        wishes = ("--keep-mine", f"{case.agreement}:title", "--keep-mine", new, "--reason", "as printed")
        found = document("merge", case.path, other, "-o", out, *wishes)
        assert (found["conflicts"], found["decided_changes"]) == ([], 2)
        assert [(each["author"], each["edits"]) for each in found["brought_by"]] == [("Ann Analyst", 3)]
        fields = document("show", out, case.agreement)["fields"]
        assert (fields["title"], fields["summary"]) == ("Mine", "Theirs")
        assert refusal("show", out, new)[0] == 2
        told("revert", out, found["id"])
        fields = document("show", out, case.agreement)["fields"]
        assert (fields["title"], fields["summary"]) == ("Mine", "On it.")
        assert refusal("merge", case.path, other, "--dry-run", "--keep-both", "nonsense")[0] == 2

    def test_a_merge_without_conflicts(self, case: Case, other: Path, tmp_path: Path) -> None:
        told("set", case.path, case.agreement, "summary", "Mine")
        told("set", other, case.agreement, "title", "Theirs")
        told("add", other, "officials", "name=Bjørn")
        before = case.path.read_bytes(), other.read_bytes()
        out = tmp_path / "out.casefile"
        found = document("merge", case.path, other, "-o", out)
        assert (found["output"], found["edits"], found["changed_fields"]) == (str(out), 2, 1)
        assert found["added"] == {"officials": 1}
        assert found["conflicts"] == found["survivors"] == []
        assert (case.path.read_bytes(), other.read_bytes()) == before
        merged = document("show", out, case.agreement)["fields"]
        assert (merged["title"], merged["summary"]) == ("Theirs", "Mine")
        assert document("info", out)["revision"] == found["revision"]
        assert document("check", out)["sound"]
        assert {path.name for path in tmp_path.iterdir()} == {"small.casefile", "other.casefile", "out.casefile"}

    def test_conflicts_are_told_in_words_and_are_no_failure(self, case: Case, other: Path, tmp_path: Path) -> None:
        told("set", case.path, case.agreement, "depositary", "NOR")
        told("set", other, case.agreement, "depositary", "JPN")
        out = tmp_path / "out.casefile"
        text = told("merge", case.path, other, "-o", out)
        assert re.search(r"^  conflicts +1$", text, re.MULTILINE)
        assert f"  {case.agreement}  Memorandum: depositary: “Norway” / “Japan”" in text
        assert document("info", out)["conflicts"] == 1
        (conflict,) = document("show", out, case.agreement)["conflicts"]
        assert conflict["values"] == ["Norway", "Japan"]
        assert "depositary: “Norway” / “Japan”; shown is the last" in told("show", out, case.agreement)

    def test_what_differs_in_a_conflict_is_marked(self, case: Case, other: Path) -> None:
        told("set", case.path, case.agreement, "title", "Memorandum on equipment")
        told("set", other, case.agreement, "title", "Memorandum on logistics, signed")
        text = told("merge", case.path, other, "--dry-run")
        assert "title: “Memorandum on [-equipment-]” / “Memorandum on {+logistics, signed+}”" in text

    def test_what_they_undid_is_told_and_kept(self, case: Case, other: Path, tmp_path: Path) -> None:
        told("set", case.path, case.agreement, "title", "Ours")
        merged = tmp_path / "merged.casefile"
        receipt = document("merge", other, case.path, "-o", merged)["id"]
        told("revert", merged, receipt)
        assert "merge of small.casefile, by" in told("merge", case.path, merged, "--dry-run")
        out = tmp_path / "out.casefile"
        found = document("merge", case.path, merged, "-o", out, "--keep-mine", "undone")
        (row,) = found["taken_back"]
        assert (row["label"], row["deleted"], row["fields"]) == ("Undo: merge of small.casefile", {}, 1)
        assert document("show", out, case.agreement)["fields"]["title"] == "Ours"

    def test_a_dry_run_tells_the_same_and_writes_nothing(self, case: Case, other: Path, tmp_path: Path) -> None:
        told("set", case.path, case.agreement, "title", "Mine")
        told("set", other, case.agreement, "title", "Theirs")
        before = sorted(tmp_path.iterdir())
        rehearsed = document("merge", case.path, other, "--dry-run", "-o", tmp_path / "out.casefile")
        assert sorted(tmp_path.iterdir()) == before
        merged = document("merge", case.path, other, "-o", tmp_path / "out.casefile")
        assert rehearsed["output"] is None
        assert {**rehearsed, "id": "", "output": ""} == {**merged, "id": "", "output": ""}
        assert told("merge", case.path, other, "--dry-run").startswith("This is what a merge would do")

    def test_survivors(self, case: Case, other: Path, tmp_path: Path) -> None:
        told("delete", case.path, case.official)
        told("set", other, case.official, "notes", "Still in office.")
        found = document("merge", case.path, other, "-o", tmp_path / "out.casefile")
        assert found["survivors"] == [{"id": case.official, "kind": "officials", "title": "木原稔"}]
        assert "Deleted on one side" in told("merge", case.path, other, "--dry-run")

    def test_nothing_new(self, case: Case, other: Path) -> None:
        assert "knew everything" in told("merge", case.path, other, "--dry-run")

    def test_two_cases_of_different_origin_are_told_apart(self, case: Case, tmp_path: Path) -> None:
        stranger = str(tmp_path / "stranger.casefile")
        told("new", stranger, "--title", "Another case")
        assert document("merge", case.path, stranger, "--dry-run")["same_case"] is False
        assert "the older one's title stays" in told("merge", case.path, stranger, "--dry-run")

    def test_a_merge_can_be_reverted(self, case: Case, other: Path, tmp_path: Path) -> None:
        told("set", other, case.agreement, "title", "Theirs")
        out = tmp_path / "out.casefile"
        receipt = document("merge", case.path, other, "-o", out)["id"]
        told("revert", out, receipt)
        assert document("show", out, case.agreement)["title"] == "Memorandum"

    def test_refusals(self, case: Case, other: Path, tmp_path: Path) -> None:
        assert refusal("merge", case.path, other)[0] == 2
        before = other.read_bytes()
        assert refusal("merge", case.path, other, "-o", other)[0] == 3
        assert refusal("merge", case.path, tmp_path / "none", "-o", tmp_path / "out")[0] == 3
        unlogged(other)
        assert refusal("merge", case.path, other, "-o", tmp_path / "out")[0] == 3
        assert not (tmp_path / "out").exists()
        assert before != other.read_bytes()
