"""info, list, show and history, for people and as JSON."""

import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copyfile

import pytest

from db.log import Editor
from db.models import Note
from db.operations.records import add_record
from db.trust import Trust
from desktop.recent import remember_file
from desktop.settings import preferences
from desktop.workspace import Workspace
from tests.desktop.command_line import AUTHOR, Case, document, refusal, told

KARI = Editor(uuid.UUID(int=7), "Kari Nordmann")


class TestInfo:
    def test_for_people(self, case: Case) -> None:
        text = told("info", case.path)
        for words in ("Small case", "TLP:AMBER", "organizations  2", "Add agreement “Memorandum”", AUTHOR):
            assert words in text

    def test_as_json(self, case: Case) -> None:
        found = document("info", case.path)
        uuid.UUID(found["id"])
        assert found["title"] == "Small case"
        assert found["records"] == {
            "agreements": 1, "authors": 1, "case-files": 1, "officials": 1, "organizations": 2, "parties": 2,
        }  # fmt: skip
        assert (found["edits"], found["conflicts"], found["schema_version"]) == (5, 0, 1)
        assert found["size"] == case.path.stat().st_size
        assert found["last_edit"]["author"] == AUTHOR
        assert len(found["revision"]) == 12
        assert (found["written_here"], found["news"]) == (True, [])
        assert [(writer["author"], writer["edits"]) for writer in found["writers"]] == [(AUTHOR, 5)]

    def test_of_a_colleagues_file_tells_what_is_new(self, case: Case, tmp_path: Path) -> None:
        path = Path(copyfile(case.path, tmp_path / "theirs.casefile"))
        with Workspace.open(path, Trust(tmp_path / "hers"), KARI, writable=True) as workspace:
            workspace.write("Add", add_record, Note, {"text": "x"})
        remember_file(preferences(), case.path)
        found = document("info", path)
        assert found["written_here"] is False
        assert [writer["author"] for writer in found["writers"]] == [AUTHOR, "Kari Nordmann"]
        (news,) = found["news"]
        assert news == {
            "compared_with": str(case.path), "edits": 1, "added": {"authors": 1, "notes": 1}, "changed_fields": 0,
            "deleted": 0, "lacks": 0,
        }  # fmt: skip
        text = told("info", path)
        assert "Kari Nordmann, one edit" in text
        assert f"one edit that {case.path.name} does not have" in " ".join(text.split())


class TestList:
    def test_agreements_with_what_is_derived(self, case: Case) -> None:
        told("add", case.path, "actions", f"agreement={case.agreement}", "action=signature", "date=3 Sept 2024")
        (row,) = document("list", case.path, "agreements")
        assert row["id"] == case.agreement
        assert row["status"] == "signed"
        assert row["signed"] == {
            "edtf": "2024-09-03", "text": "3 Sept 2024", "earliest": "2024-09-03", "latest": "2024-09-03",
        }  # fmt: skip
        assert [party["name"] for party in row["parties"]] == ["Japan", "Norway"]
        assert row["fields"]["subjects"] == ["peacekeeping", "procurement"]
        assert row["fields"]["parties"][0] == {"id": case.japan, "title": "Japan"}
        assert row["fields"]["renewal_type"] is None
        lines = told("list", case.path, "agreements").splitlines()
        assert lines[0].split() == ["Id", "Title", "Parties", "Signed", "Status"]
        assert lines[1].split() == [case.agreement, "Memorandum", "Japan,", "Norway", "2024-09-03", "signed"]

    def test_any_kind_by_any_of_its_names(self, case: Case) -> None:
        listings = [document("list", case.path, kind) for kind in ("officials", "official", "person", "OFFICIALS")]
        assert all(listing == listings[0] for listing in listings)
        assert [row["title"] for row in listings[0]] == ["木原稔"]
        assert "木原稔" in told("list", case.path, "officials")

    def test_filter_and_limit(self, case: Case) -> None:
        assert [row["title"] for row in document("list", case.path, "organizations", "--filter", "NORWAY")] == [
            "Norway"
        ]
        assert document("list", case.path, "organizations", "--filter", "Sweden") == []
        assert told("list", case.path, "organizations", "--filter", "Sweden") == "Nothing found.\n"
        assert len(document("list", case.path, "organizations", "--limit", "1")) == 1
        assert told("list", case.path, "events") == "There are no events yet.\n"

    def test_a_filter_that_cannot_be_read_is_pointed_at(self, case: Case) -> None:
        code, words = refusal("list", case.path, "officials", "--filter", "木原 (x")
        assert code == 2
        assert words.splitlines() == ["This parenthesis is never closed.", "  木原 (x", "       ^"]

    def test_an_unknown_kind(self, case: Case) -> None:
        code, words = refusal("list", case.path, "treaties")
        assert code == 2
        assert "“treaties” is no kind of record. There are: agreements, officials," in words


class TestShow:
    def test_for_people(self, case: Case) -> None:
        text = told("show", case.path, case.agreement)
        assert text.startswith(f"Memorandum\nagreement {case.agreement}\n")
        assert "status  not known" in text
        assert "no value: instrument_type, legally_binding, place_signed" in text
        assert "Mentioned by" in text

    def test_evidence(self, case: Case) -> None:
        source = document("add", case.path, "sources", "title=Readout")["id"]
        words = [f"source={source}", "locator=3", "locator_label=page", "credibility=2", "quotation=It says  so."]
        citation = document("add", case.path, "citations", *words)["id"]
        for value in ("Memorandum", "Treaty"):
            told(
                "add", case.path, "claims",
                f"subject={case.agreement}", "property=title", f"value={value}", f"citation={citation}",
            )  # fmt: skip
        found = document("show", case.path, case.agreement)["evidence"]["title"]
        assert found["standing"] == "disputed"
        assert [(claim["value"], claim["verdict"]) for claim in found["claims"]] == [
            ("Memorandum", "supports"),
            ("Treaty", "disputes"),
        ]
        assert found["claims"][0]["source"] == {"id": source, "title": "Readout"}
        first, second = found["claims"]
        assert (first["quotation"], first["locator"], first["reliability"]) == ("It says  so.", "page 3", None)
        assert (first["credibility"], first["analyst"], first["added"][:4].isdigit()) == ("2", AUTHOR, True)
        text = told("show", case.path, case.agreement)
        assert f"supports: Memorandum\n      {first['id']} Readout; page 3; –2\n        “It says so.”\n" in text
        assert f"disputes: Treaty\n      {second['id']} Readout; page 3; –2\n" in text

    def test_what_mentions_it(self, case: Case) -> None:
        found = document("show", case.path, case.norway)["mentioned_by"]
        assert [(row["kind"], row["field"]) for row in found] == [("parties", "organization")]

    @pytest.mark.parametrize("cut", [slice(-8, None), slice(0, 23)])
    def test_a_part_of_the_id_will_do(self, case: Case, cut: slice) -> None:
        assert document("show", case.path, case.agreement[cut])["id"] == case.agreement

    def test_an_ambiguous_part(self, case: Case) -> None:
        code, words = refusal("show", case.path, case.agreement[:8])
        assert code == 2
        assert "is ambiguous" in words
        assert case.agreement in words

    def test_what_is_no_id_or_not_there(self, case: Case) -> None:
        assert refusal("show", case.path, "Memorandum")[0] == 2
        assert "There is no record" in refusal("show", case.path, str(uuid.uuid4()))[1]

    def test_as_of_a_day(self, case: Case) -> None:
        today = datetime.now(UTC).date()
        told("set", case.path, case.agreement, "title", "Renamed")
        found = document("show", case.path, case.agreement, "--as-of", today.isoformat())
        assert (found["title"], found["as_of"]) == ("Renamed", today.isoformat())
        code, words = refusal("show", case.path, case.agreement, "--as-of", str(today - timedelta(days=2)))
        assert (code, words.startswith("There was no record")) == (2, True)
        assert refusal("show", case.path, case.agreement, "--as-of", "yesterday")[0] == 2
        assert refusal("show", case.path, case.agreement, "--as-of", "0001-01-01")[0] == 2
        assert document("show", case.path, case.agreement, "--as-of", "9999-12-30")["title"] == "Renamed"

    def test_an_escape_sequence_does_not_reach_the_terminal(self, case: Case) -> None:
        told("set", case.path, case.agreement, "title", "\x1b[31mred\u202e")
        assert "\x1b" not in told("show", case.path, case.agreement)
        assert "\u202e" not in told("list", case.path, "agreements")
        assert document("show", case.path, case.agreement)["title"] == "\x1b[31mred\u202e"


class TestHistory:
    def test_of_the_file(self, case: Case) -> None:
        found = document("history", case.path)
        assert [entry["label"] for entry in found] == [
            "Add agreement “Memorandum”",
            "Add official “木原稔”",
            "Add organization “Japan”",
            "Add organization “Norway”",
            "New case file",
        ]
        assert {entry["author"] for entry in found} == {AUTHOR}
        assert all("details" not in entry for entry in found)
        assert told("history", case.path).count("\n") == 6

    def test_of_a_record_with_its_changes(self, case: Case) -> None:
        told("set", case.path, case.agreement, "title", "Renamed {so}")
        told("set", case.path, case.agreement, "subjects", "procurement; logistic support")
        newest, second, first = document("history", case.path, case.agreement)
        assert second["details"] == [
            {
                "operation": "set", "id": case.agreement, "kind": "agreements", "field": "title",
                "before": "Memorandum", "after": "Renamed {so}",
            }
        ]  # fmt: skip
        assert [change["operation"] for change in first["details"]] == ["created"] * 5
        assert sorted(change["operation"] for change in newest["details"]) == ["created", "deleted"]
        text = told("history", case.path, case.agreement[-8:])
        assert "    title: “Memorandum” → “Renamed {so}”\n" in text
        assert "    created\n    subjects: 2 added\n    parties: 2 added\n" in text
        assert newest["label"] == "Set subjects of “Renamed {so}”"

    def test_of_one_field(self, case: Case) -> None:
        told("set", case.path, case.agreement, "title", "Renamed")
        told("set", case.path, case.agreement, "subjects", "logistic support")
        titles = document("history", case.path, case.agreement, "--field", "title")
        assert [[change["field"] for change in entry["details"]] for entry in titles] == [["title"], [None]]
        subjects = document("history", case.path, case.agreement, "--field", "subjects")
        assert len(subjects) == 2
        assert {change["kind"] for entry in subjects for change in entry["details"]} == {"agreement_subject"}
        assert refusal("history", case.path, case.agreement, "--field", "nonsense")[0] == 2
        assert refusal("history", case.path, "--field", "title")[0] == 2

    def test_of_a_record_that_is_gone(self, case: Case) -> None:
        told("delete", case.path, case.official)
        newest, *_ = document("history", case.path, case.official)
        assert [change["operation"] for change in newest["details"]] == ["deleted"]


def test_what_is_planned_is_no_status_yet(case: Case) -> None:
    told("add", case.path, "actions", f"agreement={case.agreement}", "action=entry into force", "date=2999-01-01")
    (row,) = document("list", case.path, "agreements")
    assert row["status"] != "in force"
    assert document("list", case.path, "agreements", "--filter", 'status:"in force"') == []


class TestFields:
    def test_for_people(self) -> None:
        text = told("fields", "agreements")
        assert text.splitlines()[1].split() == ["title", "text", "has", "to", "be", "given"]
        assert "any of the organizations" in text
        assert "any of the officials or organizations, or words" in told("fields", "action")
        assert "cannot be changed" in told("fields", "parties")
        assert refusal("fields", "treaties")[0] == 2

    def test_as_json(self) -> None:
        fields = {field["name"]: field for field in document("fields", "agreement")}
        assert (fields["title"]["holds"], fields["title"]["required"]) == ("text", True)
        assert "treaty" in fields["instrument_type"]["terms"]
        assert fields["parties"]["kinds"] == ["organizations"]
