"""The receipt of a merge: what came from whom, what was chosen and why, whenever it is asked for."""

import uuid

import pytest

from db.errors import RecordNotFound
from db.merging import receipts
from db.merging.choices import Rule
from db.merging.decisions import Choice, FieldDecision
from db.merging.receipts import merge_receipt
from db.models import Agreement
from db.queries.undo import undo_state
from tests.db.merging.apart import Apart


def test_it_tells_what_came_and_what_was_chosen(apart: Apart) -> None:
    apart.disagree()
    apart.theirs.put(apart.ids.japan, "name", "Nippon")
    apart.theirs.add(Agreement, title="New")
    apart.theirs.delete(apart.ids.minister)
    key = apart.merge(*apart.choose(Rule(Choice.MINE, rivals_only=True, reason="as printed")))
    found = apart.mine.read(merge_receipt, key)
    assert (found.origin, found.author, found.undone) == ("Colleague.casefile", "Analyst", False)
    assert [(row.name, row.edits) for row in found.contributors] == [("Colleague", 4)]
    assert (found.added, found.deleted) == ({"agreements": 1}, {"officials": 1})
    assert (found.fields, found.rivals) == (2, 1)
    lines = [(line.title, line.field, line.before, line.after, line.reason) for line in found.decided]
    assert lines == [("Mine", "title", "Theirs", "Mine", "as printed")], "once, although the log has it twice"
    assert found.decision is not None


def test_a_merge_that_was_undone_says_so(apart: Apart) -> None:
    apart.disagree()
    key = apart.merge()
    apart.mine.undo(key)
    found = apart.mine.read(merge_receipt, key)
    assert (found.undone, found.decision, found.decided) == (True, None, ())


def test_it_says_when_more_was_decided_than_it_tells(apart: Apart, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receipts, "_MOST", 1)
    for key in (apart.ids.japan, apart.ids.norway):
        apart.theirs.put(key, "name", "Another")
    key = apart.merge(*apart.choose(Rule(Choice.MINE)))
    found = apart.mine.read(merge_receipt, key)
    assert (found.has_more, found.count, len(found.decided)) == (True, 2, 1)
    monkeypatch.setattr(receipts, "_MOST", 100)
    found = apart.mine.read(merge_receipt, key)
    assert (found.has_more, len(found.decided)) == (False, 2)


def test_there_is_none_for_an_edit(apart: Apart) -> None:
    with pytest.raises(RecordNotFound):
        apart.mine.read(merge_receipt, uuid.UUID(int=7))


def test_undo_takes_a_merge_with_its_decisions_as_one_step(apart: Apart) -> None:
    apart.disagree()
    for title in ("One", "Two"):
        apart.theirs.add(Agreement, title=title, parties=[apart.ids.japan])
    key = apart.merge(apart.field(Choice.MINE))
    state = apart.mine.read(undo_state, apart.mine.editor.id)
    assert state.undo is not None
    assert (state.undo.entry, state.undo.label) == (key, "Merge of Colleague.casefile")
    assert (state.undo.about, state.undo.records) == ("", 3)
    apart.mine.undo(key)
    state = apart.mine.read(undo_state, apart.mine.editor.id)
    assert state.redo is not None
    assert (state.redo.label, state.redo.about) == ("merge of Colleague.casefile", "")
    assert state.redo.records == 2, "what was declined shows no other value"
    assert state.undo is not None
    assert state.undo.label == "Set title"


def test_it_tells_what_outlived_a_deletion_and_what_stays_open(apart: Apart) -> None:
    apart.disagree()
    apart.mine.delete(apart.ids.minister)
    apart.theirs.put(apart.ids.minister, "name", "Bjørn Arild Gram, worked on")
    apart.mine.put(apart.ids.japan, "name", "Nippon")
    apart.theirs.put(apart.ids.japan, "name", "Nihon")
    key = apart.merge(FieldDecision(apart.ids.japan, "organization", "name", Choice.MINE))
    found = apart.mine.read(merge_receipt, key).outcome
    assert [(row.kind, row.title) for row in found.survivors] == [("officials", "Bjørn Arild Gram, worked on")]
    (left,) = found.open_fields
    assert (left.field, set(left.values), left.settled) == (
        "title", {("Mine", "Analyst"), ("Theirs", "Colleague")}, False
    )  # fmt: skip
    apart.mine.put(apart.ids.agreement, "title", "Both")
    (left,) = apart.mine.read(merge_receipt, key).outcome.open_fields
    assert left.settled
    apart.mine.undo(key, over_later=True)
    assert apart.mine.read(merge_receipt, key).outcome.survived == 1


def test_keeping_both_is_one_decision(apart: Apart) -> None:
    apart.disagree()
    key = apart.merge(apart.field(Choice.BOTH, reason="Nobody knows"))
    (line,) = apart.mine.read(merge_receipt, key).decided
    assert (line.field, line.after, set(line.rivals)) == ("title", "Mine", {"Mine", "Theirs"})
    assert line.reason == "Nobody knows"
