"""What is made on the way to another record is written with it, in one edit, or not at all."""

import pytest

from db.errors import InvalidValue
from db.identity import new_id, state_id
from db.models import (
    Agreement,
    Citation,
    Entity,
    Membership,
    Organization,
    PartyAction,
    Person,
    Post,
    Signatory,
    Source,
)
from db.operations.claims import NewCitation, NewSource, cite
from db.operations.drafts import Drafted, check_draft, with_drafts
from db.operations.records import add_record, set_field
from db.operations.signing import NewTenure, add_signatory
from db.queries.records import list_records
from tests.db.case import Case, Sample


def drafted(cls: type[Entity], needs: tuple[Drafted, ...] = (), **values: object) -> Drafted:
    return Drafted(new_id(), cls, values, "", needs)


def test_keys_stand_for_what_is_added(case: Case, sample: Sample) -> None:
    state = drafted(Organization, name="Sweden", classification="state", iso_code="SE")
    before = len(case.entries())
    with case.edit("Set parties") as session:
        with_drafts(session, [state], set_field, sample.agreement, "parties", frozenset({state.key}))
    assert case.value(sample.agreement, "parties") == frozenset({state_id("SWE")})
    assert len(case.entries()) == before + 1


def test_what_others_need_comes_first(case: Case, sample: Sample) -> None:
    ministry = drafted(Organization, name="Ministry of Defence")
    post = drafted(Post, (ministry,), label="Minister", organization=ministry.key)
    person = drafted(Person, name="Minoru Kihara")
    values = {"person": person.key, "post": post.key, "organization": ministry.key}
    with case.edit("Add") as session:
        key = with_drafts(session, [person, post, ministry], add_record, Membership, values)
    assert case.record(key)["post"].text == "Minister"
    assert len([row for row in case.read(list_records, Organization) if row.title == "Ministry of Defence"]) == 1


def test_keys_are_found_however_deep_they_are(case: Case, sample: Sample) -> None:
    repeated = drafted(Source, title="A wire report")
    state = drafted(Organization, name="Sweden", iso_code="SE")
    cited = NewCitation(NewSource({"title": "A paper"}), {"relays": repeated.key})
    with case.edit("Cite") as session:
        told = (cite, sample.agreement, "parties", cited, {"value": str(state.key)})
        claim = with_drafts(session, [repeated, state], *told)
    (citation,) = [row for row in case.read(list_records, Citation) if row["relays"].value]
    assert citation["relays"].text == "A wire report"
    assert case.record(claim)["value"].value == str(state_id("SWE"))


def test_nothing_is_written_where_the_last_step_is_refused(case: Case, sample: Sample) -> None:
    person = drafted(Person, name="Nobody")
    with pytest.raises(InvalidValue), case.edit("Add") as session:
        with_drafts(session, [person], add_record, Agreement, {"title": ""})
    assert "Nobody" not in [row.title for row in case.read(list_records, Person)]


@pytest.mark.parametrize("name", ["Jap", "Norway"])
def test_a_code_of_another_name_is_refused_in_words(case: Case, name: str) -> None:
    with pytest.raises(InvalidValue, match="the code of Japan"):
        case.read(check_draft, Organization, {"name": name, "iso_code": "JP"})


@pytest.mark.parametrize(
    "values", [{"name": "Japan", "iso_code": "JP"}, {"name": "Jap"}, {"name": "K", "iso_code": "XKX"}]
)
def test_other_names_are_let_be(case: Case, values: dict[str, object]) -> None:
    case.read(check_draft, Organization, values)


def test_a_post_comes_with_its_signature(case: Case, sample: Sample) -> None:
    action = case.add(PartyAction, agreement=sample.agreement, action="signature")
    values = {"action": action, "person": sample.minister}
    keys = []
    for _ in range(2):
        with case.edit("Add signatory") as session:
            keys.append(add_signatory(session, values, NewTenure(" Envoy ", None, "2024")))
    assert all("Envoy" in case.record(key)["membership"].text for key in keys)
    assert [row.title for row in case.read(list_records, Post)].count("Envoy") == 1
    assert len(case.read(list_records, Signatory)) == 1
