"""What a merge would bring, before it is done: counts, records page by page, and each field side by side."""

from dataclasses import replace
from pathlib import Path

import pytest

from db.merging.choices import Rule
from db.merging.comparison import compare_files, compare_moments
from db.merging.decisions import Choice, FieldDecision, RecordDecision
from db.merging.differences import State
from db.merging.preview import page, places, summary
from db.merging.sides import record_difference
from db.models import Agreement, Organization, Person, Provision
from db.operations.claims import NewCitation, NewSource, cite
from tests.db.case import COLLEAGUE
from tests.db.merging.apart import Apart


def work_apart(apart: Apart) -> None:
    """One record of each state."""
    apart.disagree()
    apart.theirs.put(apart.ids.japan, "name", "Nippon")
    apart.theirs.delete(apart.ids.minister)
    fresh = apart.theirs.add(Agreement, title="New", parties=[apart.ids.japan], subjects=["procurement"])
    apart.theirs.add(Provision, agreement=fresh, provision_kind="cost", text="a part")
    with apart.theirs.edit("Cite") as session:
        cite(session, apart.ids.agreement, "title", NewCitation(NewSource({"title": "Gazette"})), {"value": "Theirs"})


def test_the_summary_counts_what_each_side_did(apart: Apart) -> None:
    work_apart(apart)
    found = summary(apart.preview())
    assert found.added == {"agreements": 1, "provisions": 1, "citations": 1, "claims": 1, "sources": 1}
    assert (found.changed, found.deleted) == ({"agreements": 1, "organizations": 1}, {"officials": 1})
    assert (found.fields, found.rivals, found.claims, found.same_case) == (1, 1, 1, True)
    assert [(row.id, row.name, row.edits) for row in found.contributors] == [(COLLEAGUE.id, "Colleague", 6)]
    assert found.records == {State.CONFLICT: 1, State.NEW: 2, State.CHANGED: 1, State.DELETED: 1}


def test_parts_are_told_with_the_record_that_they_belong_to(apart: Apart) -> None:
    work_apart(apart)
    preview = apart.preview()
    rows = page(preview)
    assert [(row.state, row.kind, row.title) for row in rows] == [
        (State.CONFLICT, "agreements", "Theirs"),
        (State.NEW, "agreements", "New"),
        (State.NEW, "sources", "Gazette"),
        (State.CHANGED, "organizations", "Nippon"),
        (State.DELETED, "officials", "Bjørn Arild Gram"),
    ]
    assert {row.who for row in rows} == {"Colleague"}
    assert list(places(preview, State.NEW)) == [2, 3]
    assert [row.title for row in page(preview, [3, 5])] == ["Gazette", "Bjørn Arild Gram"]


def test_a_field_stands_side_by_side_with_who_when_and_the_claims(apart: Apart) -> None:
    work_apart(apart)
    found = record_difference(apart.preview(), apart.ids.agreement)
    own, *parts = found.parts
    (title,) = own.fields
    assert (title.mine.text, title.mine.who, title.mine.claims) == ("Mine", "Analyst", ())
    assert (title.theirs.text, title.theirs.who, title.rival) == ("Theirs", "Colleague", True)
    assert [claim.citation.source.title for claim in title.theirs.claims] == ["Gazette"]
    assert title.theirs.when is not None
    assert [(part.kind, part.state) for part in parts] == [("claims", State.NEW)]


def test_members_of_a_set_are_words_of_one_field(apart: Apart) -> None:
    poland = apart.theirs.add(Organization, name="Poland", iso_code="POL", classification="state")
    apart.theirs.put(apart.ids.agreement, "parties", [apart.ids.japan, poland])
    (own,) = record_difference(apart.preview(), apart.ids.agreement).parts
    (parties,) = own.fields
    assert (parties.mine.text, parties.theirs.text) == ("Japan; Norway", "Japan; Poland")
    assert len(parties.members) == 2
    apart.merge(*apart.choose(Rule(Choice.MINE, rows=parties.members, reason="no")))
    assert apart.mine.record(apart.ids.agreement)["parties"].text == "Japan; Norway"


def test_an_edit_that_beats_a_deletion_is_a_conflict(apart: Apart) -> None:
    apart.mine.put(apart.ids.minister, "name", "Gram")
    apart.theirs.delete(apart.ids.minister)
    apart.mine.delete(apart.ids.agreement)
    apart.theirs.put(apart.ids.agreement, "title", "Theirs")
    rows = page(apart.preview())
    assert [(row.id, row.state) for row in rows] == [
        (apart.ids.agreement, State.CONFLICT),
        (apart.ids.minister, State.CONFLICT),
    ]
    apart.merge(*apart.choose(Rule(Choice.THEIRS, whole=apart.ids.minister), Rule(Choice.MINE)))
    assert apart.mine.sql("SELECT count(*) FROM person") == [(0,)]
    assert apart.mine.sql("SELECT count(*) FROM agreement") == [(0,)]


class TestGlance:
    def test_it_says_what_the_union_will_say(self, apart: Apart) -> None:
        work_apart(apart)
        exact = apart.preview()
        glance = apart.glance()
        assert page(glance) == page(exact)
        told, whole = summary(glance), summary(exact)
        assert replace(told, revisions=whole.revisions) == whole
        for row in page(exact):
            assert record_difference(glance, row.id) == record_difference(exact, row.id)

    def test_a_deletion_that_meets_an_edit_is_a_conflict_already(self, apart: Apart) -> None:
        apart.mine.put(apart.ids.minister, "name", "Gram")
        apart.theirs.delete(apart.ids.minister)
        apart.mine.delete(apart.ids.agreement)
        apart.theirs.put(apart.ids.agreement, "title", "Theirs")
        exact = {(row.id, row.state) for row in page(apart.preview())}
        glance = apart.glance()
        assert {(row.id, row.state) for row in page(glance)} == exact
        for key, _ in exact:
            assert record_difference(glance, key).state is State.CONFLICT

    def test_a_word_more_in_a_set_of_what_we_deleted(self, apart: Apart) -> None:
        apart.theirs.put(apart.ids.agreement, "subjects", ["procurement", "logistic support"])
        apart.mine.delete(apart.ids.agreement)
        assert page(apart.preview())[0].id == apart.ids.agreement
        (part,) = record_difference(apart.glance(), apart.ids.agreement).parts
        assert (part.state, part.title) == (State.NEW, "Memorandum")

    def test_what_only_we_did_is_no_news(self, apart: Apart) -> None:
        apart.mine.put(apart.ids.agreement, "title", "Mine")
        apart.mine.delete(apart.ids.minister)
        apart.theirs.put(apart.ids.japan, "name", "Nippon")
        apart.preview()
        assert [row.id for row in page(apart.glance())] == [apart.ids.japan]

    def test_both_set_the_same(self, apart: Apart) -> None:
        apart.mine.put(apart.ids.agreement, "title", "Alike")
        apart.theirs.put(apart.ids.agreement, "title", "Alike")
        apart.preview()
        assert page(apart.glance()) == []


class TestChoices:
    def test_theirs_decides_only_conflicts(self, apart: Apart) -> None:
        work_apart(apart)
        assert apart.choose(Rule(Choice.THEIRS)) == (apart.field(Choice.THEIRS),)

    def test_mine_declines_everything(self, apart: Apart) -> None:
        work_apart(apart)
        before = apart.mine.rows()
        apart.merge(*apart.choose(Rule(Choice.MINE, reason="not asked for")))
        assert apart.mine.rows() == before

    def test_the_closest_rule_decides(self, apart: Apart) -> None:
        work_apart(apart)
        found = apart.choose(
            Rule(Choice.TYPED, rows=(apart.ids.agreement,), column="title", text="By hand"),
            Rule(Choice.THEIRS, whole=apart.ids.agreement),
            Rule(Choice.MINE, author=COLLEAGUE.id, reason="later"),
        )
        assert apart.field(Choice.TYPED, text="By hand") in found
        assert FieldDecision(apart.ids.japan, "organization", "name", Choice.MINE, reason="later") in found
        assert RecordDecision(apart.ids.minister, "person", stays=True, reason="later") in found

    def test_another_author_is_not_meant(self, apart: Apart) -> None:
        work_apart(apart)
        assert apart.choose(Rule(Choice.MINE, author=apart.mine.editor.id)) == ()


def test_two_files_without_a_common_past(apart: Apart, tmp_path: Path) -> None:
    work_apart(apart)
    (tmp_path / "compare").mkdir()
    found = summary(compare_files(tmp_path / "compare", apart.mine.path, apart.theirs.path))
    assert (found.rivals, found.fields) == (0, 2)
    assert found.added["agreements"] == 1


@pytest.mark.parametrize("by_day", [False, True])
def test_one_file_at_two_moments(apart: Apart, tmp_path: Path, *, by_day: bool) -> None:
    moment = "2000-01-01" if by_day else str(apart.theirs.entries()[0].id)
    apart.theirs.add(Person, name="New")
    apart.theirs.put(apart.ids.japan, "name", "Nippon")
    (tmp_path / "since").mkdir()
    found = summary(compare_moments(tmp_path / "since", apart.theirs.path, moment))
    assert found.added["officials"] == (2 if by_day else 1)
    assert found.changed == ({} if by_day else {"organizations": 1})
