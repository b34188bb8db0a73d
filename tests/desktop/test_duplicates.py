"""duplicates, join and not-duplicate: found, joined or told apart, and each taken back by one edit."""

import pytest

from tests.desktop.command_line import Case, document, refusal, told


@pytest.fixture
def twin(case: Case) -> str:
    """The official once more."""
    return str(document("add", case.path, "officials", "name=木原稔", "honorific=Minister")["id"])


def test_found_for_people_and_as_json(case: Case, twin: str) -> None:
    text = told("duplicates", case.path)
    assert text.splitlines() == [
        "0.85  officials",
        f"  {case.official}  木原稔",
        f"  {twin}  木原稔",
        "    The same name: 木原稔 / 木原稔.",
    ]
    found = document("duplicates", case.path, "--kind", "official")
    assert [pair["score"] for pair in found["duplicates"]] == [0.85]
    assert [end["id"] for end in found["duplicates"][0]["records"]] == [case.official, twin]
    assert found["unfinished"] == []
    nothing = "Nothing looks as if it had been entered twice.\n"
    assert told("duplicates", case.path, "--kind", "agreements") == nothing


def test_joined_and_taken_back(case: Case, twin: str) -> None:
    text = told("join", case.path, twin, case.official[-8:], "--take", f"honorific={twin[-8:]}")
    assert text.startswith("Join “木原稔” and “木原稔”. Edit ")
    assert document("show", case.path, case.official)["fields"]["honorific"] == "Minister"
    assert document("duplicates", case.path)["duplicates"] == []
    assert told("join", case.path, twin, case.official).startswith("It is so already")
    told("revert", case.path, text.split()[-1])
    found = document("join", case.path, case.official, twin)
    assert (found["id"], found["joined"]) == (case.official, [twin])
    assert found["edit"]["label"].startswith("Join")


def test_told_apart_and_taken_back(case: Case, twin: str) -> None:
    found = document("not-duplicate", case.path, twin, case.official, "--reason", "Father and son.")
    assert found["told_apart"]["reason"] == "Father and son."
    assert document("duplicates", case.path)["duplicates"] == []
    assert "    Told apart: Father and son." in told("duplicates", case.path, "--told-apart")
    told("revert", case.path, found["edit"]["id"])
    assert len(document("duplicates", case.path)["duplicates"]) == 1


def test_refusals(case: Case, twin: str) -> None:
    before = document("info", case.path)["revision"]
    for words, begins in (
        (("duplicates", case.path, "--kind", "events"), "Duplicates are found among officials"),
        (("join", case.path, twin, twin), "A record cannot be joined with itself."),
        (("join", case.path, twin, case.norway), "They are of different kinds"),
        (("join", case.path, twin, case.official, "--take", "name"), "“name” is not FIELD=ID."),
        (("join", case.path, twin, case.official, "--take", f"colour={twin}"), "officials have no field “colour”."),
        (
            ("not-duplicate", case.path, twin, case.official, "--reason", " "),
            "Two records are told apart with a reason.",
        ),
    ):
        code, text = refusal(*words)
        assert (code, text[: len(begins)]) == (2, begins)
    assert document("info", case.path)["revision"] == before
