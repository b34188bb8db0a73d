"""Deciding about what a merge brought: ordinary edits after the union, with reasons that travel."""

import itertools
import shutil
import sqlite3
import uuid
from pathlib import Path

import pytest

from db.errors import LaterEdit, MergeRefused, MergeStopped, RecordInUse
from db.merging import decisions, returning, union
from db.merging.choices import Rule
from db.merging.decisions import Choice, FieldDecision, RecordDecision, _Deciding
from db.merging.receipts import merge_receipt
from db.models import Agreement, Claim, Organization, Provision
from db.queries.history import conflicts
from db.queries.records import list_records
from tests.db.merging.apart import Apart


@pytest.mark.parametrize(
    ("choice", "text", "shown"),
    [
        (Choice.MINE, "", "Mine"),
        (Choice.THEIRS, "", "Theirs"),
        (Choice.TYPED, "Both", "Both"),
        (Choice.BOTH, "", "Mine"),
    ],
)
def test_a_conflict_is_settled_by_an_edit_that_knows_all_rivals(
    apart: Apart, choice: Choice, text: str, shown: str
) -> None:
    apart.disagree()
    apart.merge(apart.field(choice, text=text, reason="as printed"))
    assert apart.title() == shown
    assert apart.mine.read(conflicts) == []
    assert ("title", "as printed") in apart.reasons()
    apart.theirs.merge(apart.mine)
    assert apart.theirs.value(apart.ids.agreement, "title") == shown, "the decision travels home"
    assert apart.theirs.sql("SELECT text FROM reason") == apart.mine.sql("SELECT text FROM reason")
    apart.theirs.judge()


def test_without_a_decision_the_conflict_stays(apart: Apart) -> None:
    apart.disagree()
    apart.merge()
    assert [set(row.values) for row in apart.mine.read(conflicts)] == [{"Mine", "Theirs"}]


def test_both_values_become_rival_claims(apart: Apart) -> None:
    apart.disagree()
    apart.merge(apart.field(Choice.BOTH))
    claims = apart.mine.read(list_records, Claim)
    assert {claim["value"].value for claim in claims} == {"Mine", "Theirs"}
    assert {claim["citation"].text for claim in claims} == {
        "Entered by Analyst, without a source",
        "Entered by Colleague, without a source",
    }


def test_a_change_that_only_they_made_is_declined_with_a_reason(apart: Apart) -> None:
    apart.theirs.put(apart.ids.agreement, "title", "Theirs")
    apart.merge(apart.field(Choice.MINE, reason="not what the text says"))
    assert apart.title() == "Memorandum"
    assert apart.reasons() == [("title", "not what the text says")]
    apart.theirs.merge(apart.mine)
    assert apart.theirs.value(apart.ids.agreement, "title") == "Memorandum"


@pytest.mark.parametrize(
    ("forgery", "words"),
    [
        ("UPDATE reason SET text = 'forged'", "gives another reason for a change that both files know"),
        ("INSERT INTO reason SELECT n, 'forged' FROM change WHERE op = 'I' LIMIT 1", "gives another reason for a"),
        ("DELETE FROM reason", "lacks the reason for a change that both files know"),
    ],
)
def test_a_reason_that_both_know_differently_is_refused(apart: Apart, forgery: str, words: str) -> None:
    """A change and its reason were written at once: whoever has one without the other has a forgery, or made it."""
    apart.theirs.put(apart.ids.agreement, "title", "Theirs")
    apart.merge(apart.field(Choice.MINE, reason="not what the text says"))
    apart.theirs.merge(apart.mine)
    apart.theirs.sql(forgery)
    with pytest.raises(MergeRefused, match=words):
        apart.mine.merge(apart.theirs)


def test_a_new_record_is_declined_with_its_parts(apart: Apart) -> None:
    fresh = apart.theirs.add(Agreement, title="New", parties=[apart.ids.japan])
    apart.theirs.add(Provision, agreement=fresh, provision_kind="cost", text="a part")
    apart.merge(RecordDecision(fresh, "agreement", stays=False, reason="it is ours already"))
    assert [row.title for row in apart.mine.read(list_records, Agreement)] == ["Memorandum"]
    assert apart.mine.read(list_records, Provision) == []
    assert (None, "it is ours already") in apart.reasons()


def test_a_new_record_that_something_needs_which_stays_is_not_declined(apart: Apart) -> None:
    parent = apart.theirs.add(Organization, name="Ministry")
    apart.theirs.add(Organization, name="Directorate", parent=parent)
    before = apart.mine.rows()
    with pytest.raises(RecordInUse, match="Directorate"):
        apart.merge(RecordDecision(parent, "organization", stays=False))
    assert apart.mine.rows() == before
    assert apart.mine.sql("SELECT count(*) FROM receipt") == [(0,)], "nothing was merged"


def test_a_deletion_is_declined(apart: Apart) -> None:
    party = apart.mine.sql("SELECT id FROM party")
    apart.theirs.delete(apart.ids.agreement)
    back = RecordDecision(apart.ids.agreement, "agreement", stays=True, reason="still needed")
    apart.merge(back, *(RecordDecision(uuid.UUID(bytes=key), "party", stays=True) for (key,) in party))
    assert apart.mine.record(apart.ids.agreement)["parties"].text == "Japan; Norway"
    assert (None, "still needed") in apart.reasons()


def test_an_edit_here_beats_their_deletion_unless_it_is_taken(apart: Apart) -> None:
    apart.mine.put(apart.ids.agreement, "title", "Mine")
    apart.theirs.delete(apart.ids.agreement)
    apart.merge(RecordDecision(apart.ids.agreement, "agreement", stays=False, reason="it was never signed"))
    assert apart.mine.read(list_records, Agreement) == []


@pytest.mark.parametrize("mine_deleted", [False, True], ids=["they deleted it", "we deleted it"])
def test_what_outlives_a_deletion_is_kept_with_a_reason_that_travels(apart: Apart, mine_deleted: bool) -> None:
    deleting, working = (apart.mine, apart.theirs) if mine_deleted else (apart.theirs, apart.mine)
    working.put(apart.ids.agreement, "title", "Worked on")
    deleting.delete(apart.ids.agreement)
    keeping = Choice.THEIRS if mine_deleted else Choice.MINE
    receipt = apart.merge(*apart.choose(Rule(keeping, whole=apart.ids.agreement, reason="still in force")))
    assert apart.title() == "Worked on"
    assert (None, "still in force") in apart.reasons()
    assert "still in force" in [line.reason for line in apart.mine.read(merge_receipt, receipt).decided]
    apart.theirs.merge(apart.mine)
    assert apart.theirs.value(apart.ids.agreement, "title") == "Worked on"
    assert apart.theirs.rows() == apart.mine.rows()
    apart.theirs.judge()


def test_the_value_that_is_shown_typed_by_hand_settles_the_conflict(apart: Apart) -> None:
    apart.disagree()
    apart.merge(apart.field(Choice.TYPED, text="Theirs", reason="theirs is right"))
    assert (apart.title(), apart.mine.read(conflicts)) == ("Theirs", [])
    assert ("title", "theirs is right") in apart.reasons()


def test_decisions_are_carried_out_where_the_file_brings_nothing_new(apart: Apart) -> None:
    apart.disagree()
    apart.merge()
    again = apart.mine.merge(apart.theirs, decisions=[apart.field(Choice.TYPED, text="By hand", reason="after all")])
    assert (again.changes, apart.title(), apart.mine.read(conflicts)) == (0, "By hand", [])
    assert again.decision is not None
    assert ("title", "after all") in apart.reasons()
    apart.mine.undo(again.decision)
    assert [set(row.values) for row in apart.mine.read(conflicts)] == [{"Mine", "Theirs"}]
    apart.mine.judge()


@pytest.mark.parametrize("questions", [0, 1], ids=["in the union", "between decisions"])
def test_a_merge_that_is_stopped_changes_nothing(apart: Apart, questions: int) -> None:
    apart.disagree()
    before, asked = apart.mine.rows(), itertools.count()
    copy = Path(shutil.copy(apart.theirs.path, apart.mine.path.with_name("copy")))
    with pytest.raises(MergeStopped):
        union.merge(
            apart.mine.engine,
            copy,
            apart.mine.editor,
            decisions=[apart.field(Choice.MINE), apart.field(Choice.MINE)],
            is_stopped=lambda: next(asked) >= questions,
        )
    assert apart.mine.rows() == before
    assert apart.mine.sql("SELECT mode FROM context") == [("external",)]
    apart.mine.judge()


def test_both_are_kept_where_one_is_empty_or_a_date_in_words(apart: Apart) -> None:
    apart.mine.put(apart.ids.agreement, "place_signed", "Oslo")
    apart.theirs.put(apart.ids.agreement, "place_signed", "")
    apart.mine.put(apart.ids.minister, "birth_date", "1970")
    apart.theirs.put(apart.ids.minister, "birth_date", "some years after the war")
    apart.merge(
        FieldDecision(apart.ids.agreement, "agreement", "place_signed", Choice.BOTH),
        FieldDecision(apart.ids.minister, "person", "birth_date", Choice.BOTH),
    )
    claims = apart.mine.read(list_records, Claim)
    told = {(claim["property"].text, claim["value"].text or claim["original_text"].text) for claim in claims}
    assert ("birth_date", "some years after the war") in told
    assert ("place_signed", "Oslo") in told


def test_the_merge_and_its_decisions_are_undone_in_one_step_and_redone(apart: Apart) -> None:
    apart.disagree()
    fresh = apart.theirs.add(Agreement, title="New")
    before = apart.mine.rows()
    receipt = apart.merge(apart.field(Choice.BOTH), RecordDecision(fresh, "agreement", stays=False, reason="not ours"))
    after = apart.mine.rows()
    apart.mine.reopen()
    apart.mine.undo(receipt)
    assert apart.mine.rows() == before
    apart.mine.judge()
    apart.mine.undo_last()
    assert apart.mine.rows() == after
    apart.mine.judge()


class TestMutants:
    """What would break a promise about decisions is caught."""

    def fails(self, apart: Apart) -> bool:
        """Whether a declined record and two settled conflicts, carried home and undone, show that it is wrong."""
        try:
            self.check(apart)
        except (AssertionError, sqlite3.Error):
            return True
        return False

    def check(self, apart: Apart) -> None:
        apart.disagree()
        apart.theirs.put(apart.ids.japan, "name", "Theirs")
        apart.mine.put(apart.ids.japan, "name", "Mine")
        fresh = apart.theirs.add(Agreement, title="New", parties=[apart.ids.japan])
        before = apart.mine.rows()
        receipt = apart.merge(
            apart.field(Choice.MINE, reason="as printed"),
            FieldDecision(apart.ids.japan, "organization", "name", Choice.THEIRS),
            RecordDecision(fresh, "agreement", stays=False),
        )
        assert apart.mine.read(conflicts) == []
        apart.theirs.merge(apart.mine)
        assert apart.theirs.rows() == apart.mine.rows()
        assert apart.theirs.sql("SELECT text FROM reason") == [("as printed",)]
        apart.mine.undo(receipt)
        assert apart.mine.rows() == before
        apart.mine.judge()

    def test_nothing_is_caught_without_a_mutant(self, apart: Apart) -> None:
        self.check(apart)

    def test_the_shown_value_is_not_left(self, apart: Apart, monkeypatch: pytest.MonkeyPatch) -> None:
        """A conflict whose shown value is chosen would stay one."""
        monkeypatch.setattr(_Deciding, "_set", lambda self, decision, value: None)
        assert self.fails(apart)

    def test_parts_stay(self, apart: Apart, monkeypatch: pytest.MonkeyPatch) -> None:
        """A declined agreement would leave its parties behind."""
        monkeypatch.setattr(returning, "_doom_parts", lambda connection: None)
        monkeypatch.setattr(returning, "_refuse_if_used", lambda session, users: None)
        assert self.fails(apart)

    def test_undo_forgets_the_decisions(self, apart: Apart, monkeypatch: pytest.MonkeyPatch) -> None:
        """Undoing the merge alone would stumble over its own decisions, or leave them."""
        decide = decisions.decide
        monkeypatch.setattr(union, "decide", lambda *args: decide(*args) and None)
        with pytest.raises(LaterEdit):
            self.check(apart)

    def test_reasons_do_not_travel(self, apart: Apart, monkeypatch: pytest.MonkeyPatch) -> None:
        """A colleague would see that something was declined, and not why."""
        take = union._copy_log

        def forgetful(connection: sqlite3.Connection) -> tuple[int, int, int]:
            told = take(connection)
            connection.execute("DELETE FROM main.reason")
            return told

        monkeypatch.setattr(union, "_copy_log", forgetful)
        assert self.fails(apart)
