"""Joining records that were entered twice: nothing is lost, it is one edit, and it does not matter who joins what."""

import uuid
from collections.abc import Sequence
from itertools import permutations

import pytest
from sqlalchemy import select

from db.duplicates.classes import classes_of
from db.duplicates.finder import duplicates
from db.errors import InvalidValue
from db.evidence import evidence_of
from db.models import (
    Agreement,
    CaseFile,
    Citation,
    Claim,
    Contributor,
    Entity,
    Membership,
    Note,
    Organization,
    OtherName,
    Party,
    PartyAction,
    Person,
    Post,
    Relation,
    Source,
    Tag,
)
from db.operations.claims import accept
from db.operations.distinctions import tell_apart
from db.operations.joining import Joined, Unfinished, join, unfinished
from db.queries.case_file import case_file
from db.queries.suggestions import suggest
from tests.db.case import Case, Sample


def joined(case: Case, *records: uuid.UUID, **take: uuid.UUID) -> Joined:
    with case.edit("Join") as session:
        return join(session, records, take)


def open_ends(case: Case, cls: type[Entity] = Person) -> list[Unfinished]:
    return case.read(unfinished, cls)


def people(case: Case, *names: str) -> list[uuid.UUID]:
    return [case.add(Person, name=name) for name in names]


def classes(case: Case, *records: uuid.UUID) -> set[tuple[bytes, ...]]:
    found = case.read(classes_of, Person)
    return {found.all_of(record.bytes) for record in records}


def test_the_smallest_id_stands_for_all_and_has_everything(case: Case, sample: Sample) -> None:
    first, second = people(case, "Minoru Kihara", "KIHARA Minoru")
    case.put(second, "birth_date", "1969-08-12")
    tag, post = case.add(Tag, name="urgent"), case.add(Post, label="Minister")
    case.put(second, "tags", [tag])
    held = case.add(Membership, person=second, post=post)
    note = case.add(Note, text="About him.", concerns=[second])
    action = case.add(PartyAction, agreement=sample.agreement, action="signature", signatories=[second])
    source = case.add(Source, title="Press release")
    citation = case.add(Citation, source=source)
    claim = case.add(Claim, subject=second, property="birth_date", value="1969-08-12", citation=citation)
    before = case.rows()

    result = joined(case, second, first)

    assert (result.canonical, result.others) == (first, (second,))
    assert case.value(first, "birth_date").form == "1969-08-12"  # type: ignore[attr-defined]
    assert case.value(first, "tags") == {tag}
    assert case.value(held, "person") == first
    assert case.value(note, "concerns") == {first}
    assert case.value(action, "signatories") == {first}
    assert case.value(second, "merged_into") == first
    assert case.value(second, "name") == "KIHARA Minoru"
    (shown,) = case.read(evidence_of, first, "birth_date").claims
    assert shown.id == claim
    assert case.sql("SELECT name FROM other_name WHERE record_id = ?", first.bytes) == [("KIHARA Minoru",)]
    assert case.read(duplicates) == []
    assert open_ends(case) == []
    case.judge()

    after = case.rows()
    case.undo_last()
    assert case.rows() == before
    case.undo_last()
    assert case.rows() == after
    case.judge()


def test_values_are_chosen_by_field(case: Case) -> None:
    first, second = people(case, "Minoru Kihara", "Minoru KIHARA")
    case.put(first, "honorific", "Mr")
    case.put(second, "honorific", "Minister")
    case.put(second, "notes", "Second.")
    joined(case, first, second, name=second)
    row = case.record(first)
    assert [row[name].text for name in ("name", "honorific", "notes")] == ["Minoru KIHARA", "Mr", "Second."]
    assert case.sql("SELECT name FROM other_name") == [("Minoru Kihara",)]


def test_a_picker_offers_what_stands_for_all_once(case: Case) -> None:
    first, second = people(case, "Minoru Kihara", "KIHARA M.")
    assert {each.id for each in case.read(suggest, ["person"], "kihara")} == {first, second}
    joined(case, first, second)
    assert [each.id for each in case.read(suggest, ["person"], "kihara")] == [first]
    assert [(each.id, each.title) for each in case.read(suggest, ["person"], "KIHARA M.")] == [(first, "Minoru Kihara")]


def test_what_was_accepted_goes_with_its_value(case: Case) -> None:
    first, second = people(case, "One", "Other")
    citation = case.add(Citation, source=case.add(Source, title="S"))
    for person, day in ((first, "1960"), (second, "1970")):
        claim = case.add(Claim, subject=person, property="birth_date", value=day, citation=citation)
        with case.edit("Accept") as session:
            accept(session, claim, day)
    joined(case, first, second, birth_date=second)
    found = case.read(evidence_of, first, "birth_date")
    assert {(claim.value, claim.accepted) for claim in found.claims} == {("1960", False), ("1970", True)}
    assert found.value == "1970"
    assert case.sql("SELECT count(*) FROM acceptance") == [(1,)]
    case.judge()


def test_rows_that_are_what_they_join_become_one_with_all_that_points_at_them(case: Case, sample: Sample) -> None:
    kingdom = case.add(Organization, name="Kingdom of Norway")
    case.put(sample.agreement, "parties", [sample.japan, sample.norway, kingdom])
    other = case.add(Agreement, title="Other", parties=[kingdom])
    (party,) = [uuid.UUID(bytes=key) for (key,) in case.sql("SELECT id FROM party WHERE agreement_id = ?", other.bytes)]
    citation = case.add(Citation, source=case.add(Source, title="S"))
    claim = case.add(Claim, subject=party, property="existence", value=None, citation=citation)
    case.put(party, "role", "buyer")
    assert joined(case, kingdom, sample.norway).canonical == sample.norway  # all files share a state's id
    assert case.value(sample.agreement, "parties") == {sample.japan, sample.norway}
    assert case.value(other, "parties") == {sample.norway}
    moved = case.value(claim, "subject")
    assert isinstance(moved, uuid.UUID)
    assert (case.value(moved, "role"), case.record(moved).kind) == ("buyer", Party.PLURAL)
    assert open_ends(case, Organization) == []
    case.judge()


def test_agreements_with_the_same_action_have_it_once(case: Case, sample: Sample) -> None:
    second = case.add(
        Agreement, title="Memorandum", parties=[sample.japan, sample.norway], subjects=["research and development"]
    )
    for agreement in (sample.agreement, second):
        case.add(PartyAction, agreement=agreement, action="signature", date="2024-09-03", signatories=[sample.minister])
    case.add(Relation, agreement=second, relation_type="cites", target=sample.agreement)
    joined(case, sample.agreement, second)
    assert case.sql("SELECT agreement_id FROM party_action") == [(sample.agreement.bytes,)]
    assert case.sql("SELECT count(*) FROM signatory") == [(1,)]
    assert len(case.value(sample.agreement, "subjects")) == 2  # type: ignore[arg-type]
    assert case.sql("SELECT agreement_id FROM relation") == [(second.bytes,)]  # between the two: left as it is
    assert open_ends(case, Agreement) == []
    case.judge()


def test_the_stricter_marking_holds(case: Case) -> None:
    case.add(CaseFile, title="T", default_marking="AMBER")
    for first, second, both in (("GREEN", "RED", "RED"), (None, "CLEAR", None), (None, "RED", "RED")):
        one, other = people(case, "One", "Other")
        case.put(one, "marking", first)
        case.put(other, "marking", second)
        joined(case, one, other)
        assert case.value(one, "marking") == both


def test_sources_bring_citations_and_authors(case: Case) -> None:
    sources = [case.add(Source, title="Release", url="https://example.org/1") for _ in range(2)]
    for source in sources:
        case.add(Contributor, source=source, contributor_role="author", literal="Ministry")
    citation = case.add(Citation, source=sources[1])
    joined(case, *sources)
    assert case.value(citation, "source") == sources[0]
    assert case.sql("SELECT source_id FROM contributor") == [(sources[0].bytes,)]


def test_refusals(case: Case, sample: Sample) -> None:
    first, second, third = people(case, "One", "Two", "Three")
    with pytest.raises(InvalidValue, match="with itself"):
        joined(case, first, first)
    with pytest.raises(InvalidValue, match="different kinds"):
        joined(case, first, sample.norway)
    with pytest.raises(InvalidValue, match="one of the records"):
        joined(case, first, second, name=third)
    with pytest.raises(InvalidValue, match="cannot be taken"):
        joined(case, first, second, merged_into=second)
    assert case.labels()[0] == "Add person"


def test_joining_overrules_that_they_were_told_apart(case: Case) -> None:
    first, second, third = people(case, "Minoru Kihara", "Minoru Kihara", "Minoru Kihara")
    with case.edit("Apart") as session:
        tell_apart(session, first, second, "No.")
        tell_apart(session, second, third, "No.")
    joined(case, first, second)
    ends = [
        (uuid.UUID(bytes=one), uuid.UUID(bytes=two))
        for one, two in case.sql("SELECT first_id, second_id FROM distinction")
    ]
    assert ends == [(first, third)]
    assert case.read(duplicates) == []
    case.judge()


def both_ways(case: Case, other: Case) -> None:
    case.merge(other)
    other.merge(case)
    assert case.rows() == other.rows()
    case.judge()
    other.judge()


def test_two_people_who_join_the_same_make_one(case: Case) -> None:
    first, second = people(case, "Minoru Kihara", "KIHARA Minoru")
    case.put(second, "tags", [case.add(Tag, name="urgent")])
    case.add(Membership, person=second, post=case.add(Post, label="Minister"))
    other = case.fork()
    assert joined(case, first, second) == joined(other, second, first)
    both_ways(case, other)
    assert case.read(case_file).conflicts == 0
    assert case.sql("SELECT count(*) FROM other_name") == [(1,)]
    assert open_ends(case) == []
    other.close()


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_two_and_two_joined_apart_make_one_class(case: Case, order: Sequence[int]) -> None:
    every = people(case, "Minoru Kihara", "KIHARA Minoru", "Kihara M.")
    tag = case.add(Tag, name="urgent")
    for person in every:
        case.put(person, "tags", [tag])
        case.add(OtherName, record=person, name=f"Name of {every.index(person)}")
    one, two, three = (every[place] for place in order)
    other = case.fork()
    joined(case, one, two)
    joined(other, two, three)
    both_ways(case, other)
    assert classes(case, *every) == classes(other, *every) == {tuple(person.bytes for person in every)}

    for left in open_ends(case):
        joined(case, left.canonical, *left.others)
    assert open_ends(case) == []
    assert case.read(case_file).conflicts == 0
    assert {case.value(person, "merged_into") for person in every[1:]} == {every[0]}
    assert case.sql("SELECT record_id FROM tagging") == [(every[0].bytes,)]
    owners = {owner for (owner,) in case.sql("SELECT record_id FROM other_name")}
    assert owners == {every[0].bytes}
    both_ways(case, other)
    assert classes(other, *every) == {tuple(person.bytes for person in every)}
    other.close()


def test_what_a_colleague_said_meanwhile_is_told_and_joined_too(case: Case) -> None:
    first, second = people(case, "Minoru Kihara", "KIHARA Minoru")
    other = case.fork()
    joined(case, first, second)
    late = other.add(OtherName, record=second, name="木原稔")
    both_ways(case, other)
    (left,) = open_ends(case)
    assert (left.canonical, left.others, left.left) == (first, (second,), 1)
    joined(case, first, second)
    assert case.value(late, "record") == first
    assert open_ends(case) == []
    other.close()


def test_it_is_told_how_much_was_moved(case: Case, sample: Sample) -> None:
    twin = case.add(Organization, name="Kingdom of Norway")
    agreements = [case.add(Agreement, title=f"Agreement {number}", parties=[twin]) for number in range(60)]
    told: list[int] = []
    with case.edit("Join") as session:
        join(session, [sample.norway, twin], moved=told.append)
    assert told == [50]
    with case.sessions() as session:
        bodies = session.scalars(select(Party.organization_id).where(Party.agreement_id.in_(agreements)))
        assert set(bodies) == {sample.norway}
