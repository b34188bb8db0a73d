"""Conflicts that are still open: they are told everywhere, and settled by choosing one of the values."""

import pytest

from db.errors import RecordNotFound
from db.models import Agreement, Provision
from db.operations.rivals import choose_rival
from db.queries.rivals import open_rivals
from exports.briefing.agreement import agreement_briefing
from exports.briefing.words import BriefingOptions
from tests.db.merging.apart import Apart


def test_each_value_is_told_with_who_set_it(apart: Apart) -> None:
    apart.disagree()
    apart.merge()
    (found,) = apart.mine.read(open_rivals, apart.ids.agreement)
    assert (found.kind, found.name) == ("agreements", "title")
    assert [(each.text, each.who, each.is_shown) for each in found.values] == [
        ("Theirs", "Colleague", True),
        ("Mine", "Analyst", False),
    ]


@pytest.mark.parametrize("place", [0, 1])
def test_one_is_chosen_also_the_one_that_is_shown(apart: Apart, place: int) -> None:
    apart.disagree()
    apart.merge()
    (found,) = apart.mine.read(open_rivals, apart.ids.agreement)
    with apart.mine.edit("Settle") as session:
        choose_rival(session, found.record, found.name, found.values[place].change)
    assert apart.title() == found.values[place].text
    assert apart.mine.read(open_rivals, apart.ids.agreement) == ()
    apart.mine.judge()
    with pytest.raises(RecordNotFound, match="settled"), apart.mine.edit("Settle") as session:
        choose_rival(session, found.record, found.name, found.values[place].change)


def test_a_part_tells_its_conflict_at_the_whole(apart: Apart) -> None:
    part = apart.mine.add(Provision, agreement=apart.ids.agreement, provision_kind="cost", text="as it was")
    apart.theirs.merge(apart.mine)
    apart.mine.put(part, "text", "mine")
    apart.theirs.put(part, "text", "theirs")
    apart.merge()
    (found,) = apart.mine.read(open_rivals, apart.ids.agreement)
    assert (found.record, found.kind, found.name) == (part, "provisions", "text")


def test_both_setting_the_same_is_no_conflict(apart: Apart) -> None:
    for case in (apart.mine, apart.theirs):
        case.put(apart.ids.agreement, "title", "The same")
    apart.merge()
    assert apart.mine.read(open_rivals, apart.ids.agreement) == ()


def test_a_briefing_prints_the_other_value_as_a_rival(apart: Apart) -> None:
    fresh = apart.mine.add(Agreement, title="Second", place_signed="Tokyo")
    apart.theirs.merge(apart.mine)
    apart.mine.put(fresh, "place_signed", "Oslo")
    apart.theirs.put(fresh, "place_signed", "Bergen")
    apart.merge()
    briefing = apart.mine.read(agreement_briefing, fresh, BriefingOptions(date="", day="2026-11-23"))
    told = {
        rival.text: rival.reported_by for each in briefing.assertions() if each.support for rival in each.support.rivals
    }
    assert told == {"Oslo": "Analyst"}
