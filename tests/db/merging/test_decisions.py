"""Deciding about what a merge brought: ordinary edits after the union, with reasons that travel."""

import sqlite3
import uuid

import pytest

from db.errors import LaterEdit, MergeRefused, RecordInUse
from db.merging import decisions, returning, union
from db.merging.decisions import Choice, FieldDecision, RecordDecision, _Deciding
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
