"""Undoing a merge travels home as an edit: whoever merges it is told what it takes back, and can keep it."""

import pytest

from db.merging.choices import Rule
from db.merging.decisions import Choice
from db.merging.differences import State
from db.merging.preview import TakenBack, summary
from db.merging.receipts import merge_receipt
from db.merging.sides import record_difference
from db.models import Agreement
from tests.db.merging.apart import Apart


@pytest.fixture
def undone(apart: Apart) -> Apart:
    """Our file, of which a colleague took in two agreements and a title, and undid that."""
    apart.mine.put(apart.ids.agreement, "title", "Ours")
    for title in ("One", "Two"):
        apart.mine.add(Agreement, title=title, parties=[apart.ids.japan])
    apart.theirs.undo(apart.theirs.merge(apart.mine).id)
    return apart


def test_it_is_told_before_and_in_the_receipt(undone: Apart) -> None:
    preview = undone.preview()
    (told,) = summary(preview).taken_back
    assert told == TakenBack(told.edit, "Colleague", "Undo: merge of mine.casefile", {"agreements": 2}, 1)
    assert summary(undone.glance()).taken_back == (told,)
    assert undone.mine.read(merge_receipt, undone.merge()).taken_back == (told,)


def test_all_of_it_is_kept_by_one_choice(undone: Apart) -> None:
    before = undone.mine.rows()
    (told,) = summary(undone.preview()).taken_back
    undone.theirs.add(Agreement, title="Theirs, and welcome")
    decisions = undone.choose(Rule(Choice.MINE, undo=told.edit, reason="It is ours"))
    undone.merge(*decisions)
    kept = undone.mine.rows()
    assert {kind: rows - kept[kind] for kind, rows in before.items() if rows - kept[kind]} == {}
    assert "It is ours" in {text for _, text in undone.reasons()}
    undone.theirs.merge(undone.mine)
    assert undone.theirs.rows() == undone.mine.rows()


def test_a_choice_about_a_record_comes_before_it(undone: Apart) -> None:
    (told,) = summary(undone.preview()).taken_back
    record = undone.ids.agreement
    (part,) = record_difference(undone.preview(), record).parts
    assert (part.undo, part.fields[0].undo) == (told.edit, told.edit)
    rules = (Rule(Choice.MINE, undo=told.edit), Rule(Choice.THEIRS, whole=record))
    undone.merge(*undone.choose(*rules))
    assert (undone.title(), len(undone.mine.sql("SELECT 1 FROM agreement"))) == ("Memorandum", 3)


def test_what_was_redone_is_not_told(undone: Apart) -> None:
    undone.theirs.undo_last()
    found = summary(undone.preview())
    assert (found.taken_back, found.records.get(State.DELETED)) == ((), None)
    receipt = undone.mine.read(merge_receipt, undone.merge())
    assert receipt.taken_back == ()


def test_what_was_worked_on_here_is_no_loss(undone: Apart) -> None:
    undone.mine.put(undone.ids.agreement, "title", "Ours, once more")
    (told,) = summary(undone.preview()).taken_back
    assert (told.deleted, told.fields) == ({"agreements": 2}, 0)
