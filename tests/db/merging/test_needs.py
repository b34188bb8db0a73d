"""What cannot be declined is known while one chooses."""

import uuid

import pytest

from db.errors import RecordInUse
from db.merging.choices import Rule
from db.merging.decisions import Choice
from db.merging.needs import User, needs
from db.models import Agreement, Organization, Post
from tests.db.merging.apart import Apart


@pytest.fixture
def ministry(apart: Apart) -> uuid.UUID:
    """A ministry of theirs, which a new post and a new agreement of theirs name."""
    ministry = apart.theirs.add(Organization, name="Ministry of Defence", parent=apart.ids.norway)
    apart.theirs.add(Post, label="Minister of Defence", organization=ministry)
    apart.theirs.add(Agreement, title="New agreement", parties=[apart.ids.japan, ministry])
    return ministry


def record(apart: Apart, title: str) -> uuid.UUID:
    column = "label" if title.startswith("Minister ") else "title"
    table = "post" if column == "label" else "agreement"
    return uuid.UUID(bytes=apart.theirs.sql(f"SELECT id FROM {table} WHERE {column} = ?", title)[0][0])


def test_it_is_told_by_name_what_needs_a_declined_record(apart: Apart, ministry: uuid.UUID) -> None:
    decline = Rule(Choice.MINE, whole=ministry)
    (need,) = needs(apart.preview(), [decline])
    post, agreement = record(apart, "Minister of Defence"), record(apart, "New agreement")
    assert (need.record, need.whole, need.title, need.can_follow) == (ministry, ministry, "Ministry of Defence", True)
    assert set(need.users) == {
        User(post, "Minister of Defence", can_follow=True), User(agreement, "New agreement", can_follow=True)
    }  # fmt: skip
    with pytest.raises(RecordInUse, match=r"What was declined \(Ministry of Defence\) is needed by what stays: "):
        apart.merge(*apart.choose(decline))


def test_declining_what_needs_it_settles_it(apart: Apart, ministry: uuid.UUID) -> None:
    rules = [Rule(Choice.MINE, whole=ministry), Rule(Choice.MINE, whole=record(apart, "New agreement"))]
    (need,) = needs(apart.preview(), rules)
    assert [user.title for user in need.users] == ["Minister of Defence"]
    rules.append(Rule(Choice.MINE, whole=need.users[0].record))
    assert needs(apart.preview(), rules) == ()
    apart.merge(*apart.choose(*rules))
    assert apart.mine.sql("SELECT count(*) FROM agreement") == [(1,)]


def test_a_field_of_ours_that_goes_back_needs_it_no_more(apart: Apart) -> None:
    ministry = apart.theirs.add(Organization, name="Ministry of Defence")
    apart.theirs.put(apart.ids.agreement, "depositary", ministry)
    decline = Rule(Choice.MINE, whole=ministry)
    (need,) = needs(apart.preview(), [decline])
    assert [user.record for user in need.users] == [apart.ids.agreement]
    assert needs(apart.preview(), [decline, Rule(Choice.MINE, whole=apart.ids.agreement)]) == ()


def test_nothing_declined_needs_no_look(apart: Apart, ministry: uuid.UUID) -> None:
    assert needs(apart.preview(), []) == ()
    assert needs(apart.preview(), [Rule(Choice.MINE)]) == ()
