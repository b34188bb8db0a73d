"""What the pages of agreements, officials and sources show besides fields: parts, what happened, passages."""

import uuid

from db.csl import COLUMNS, VARIABLES, columns_of_type, further_variables, roles_of_type
from db.evidence import path_of_source
from db.fields import fields_of
from db.models import (
    Agreement,
    AgreementText,
    Citation,
    Claim,
    Contributor,
    Equipment,
    Event,
    Membership,
    OtherName,
    Participation,
    PartyAction,
    Person,
    Programme,
    Provision,
    Relation,
    Signatory,
    Source,
    SourceVariable,
    Statement,
)
from db.models.vocabulary import ContributorRole, HeldPost, ProvisionKind, RelationType, SourceType
from db.queries.activity import Bond, events_around, statements_around, things_around
from db.queries.agreement_parts import provisions, relations, texts
from db.queries.official_parts import other_names, signed_by
from db.queries.related import related
from db.queries.source_parts import MOST_CLAIMS, contributors, passages, repetitions, snapshots, variables
from db.status import Status
from tests.db.case import Case, Sample


def test_provisions_stand_by_kind(case: Case, sample: Sample) -> None:
    for kind, text in (("cost", "One"), ("joint research", "Two"), ("cost", "Three")):
        case.add(Provision, agreement=sample.agreement, provision_kind=kind, text=text)
    found = case.read(provisions, sample.agreement, 10)
    assert [(row.kind, row.text) for row in found.rows] == [
        (ProvisionKind.JOINT_RESEARCH, "Two"),
        (ProvisionKind.COST, "One"),
        (ProvisionKind.COST, "Three"),
    ]
    first = case.read(provisions, sample.agreement, 2)
    assert (len(first.rows), first.count) == (2, 3)


def test_relations_are_told_from_both_sides(case: Case, sample: Sample) -> None:
    other = case.add(Agreement, title="Transfer agreement")
    case.add(PartyAction, agreement=other, action="signature", date="2020")
    case.add(Relation, agreement=sample.agreement, relation_type="precursor to", target=other)
    (here,) = case.read(relations, sample.agreement, 10).rows
    assert (here.phrase, here.title, here.status) == ("precursor to", "Transfer agreement", Status.SIGNED)
    (there,) = case.read(relations, other, 10).rows
    assert (there.phrase, there.title, there.status) == ("preceded by", "Memorandum", Status.NOT_KNOWN)
    assert there.phrase == RelationType.PRECURSOR_TO.inverse


def test_texts_name_the_source_that_they_are_read_in(case: Case, sample: Sample) -> None:
    source = case.add(Source, title="Gazette")
    case.add(AgreementText, agreement=sample.agreement, language="ja", authentic=True, source=source)
    case.add(AgreementText, agreement=sample.agreement)
    first, second = case.read(texts, sample.agreement, 10).rows
    assert first.source
    assert (first.language, first.authentic, first.source.title) == ("ja", True, "Gazette")
    assert (second.language, second.authentic, second.source) == ("", None, None)


def test_statements_about_a_programme_are_about_its_agreements(case: Case, sample: Sample) -> None:
    programme = case.add(Programme, name="Missile", agreements=[sample.agreement])
    own = case.add(Statement, speaker=sample.minister, text="On it", concerns=[sample.agreement], date="2020")
    both = case.add(Statement, speaker=sample.japan, text="Both", concerns=[sample.agreement, programme], date="2021")
    around = case.add(Statement, speaker=sample.minister, text="On the programme", concerns=[programme])
    case.add(Statement, speaker=sample.minister, text="On nothing")
    found = case.read(statements_around, sample.agreement, 10)
    assert [(row.id, row.bond) for row in found.rows] == [
        (both, Bond.ABOUT),
        (own, Bond.ABOUT),
        (around, Bond.PROGRAMME),
    ]
    assert found.rows[0].speaker.title == "Japan"


def test_an_official_speaks_passes_on_and_is_spoken_of(case: Case, sample: Sample) -> None:
    case.add(Statement, speaker=sample.minister, text="Speaks", date="2022")
    case.add(Statement, speaker=sample.japan, text="Passed on", relayed_by=sample.minister, date="2021")
    case.add(Statement, speaker=sample.japan, text="Of him", concerns=[sample.minister], date="2020")
    found = case.read(statements_around, sample.minister, 10)
    assert [row.bond for row in found.rows] == [Bond.SPEAKER, Bond.RELAYED, Bond.ABOUT]


def test_events_tell_the_role_of_who_took_part(case: Case, sample: Sample) -> None:
    meeting = case.add(Event, title="Meeting", date="2020")
    case.add(Participation, event=meeting, participant=sample.minister, role="visitor")
    programme = case.add(Programme, name="Missile", agreements=[sample.agreement])
    case.add(Event, title="Test", concerns=[programme])
    (of_minister,) = case.read(events_around, sample.minister, 10).rows
    assert (of_minister.title, of_minister.bond, of_minister.role) == ("Meeting", Bond.TOOK_PART, "visitor")
    (of_agreement,) = case.read(events_around, sample.agreement, 10).rows
    assert (of_agreement.title, of_agreement.bond) == ("Test", Bond.PROGRAMME)


def test_equipment_and_programmes_come_with_who_makes_and_uses_them(case: Case, sample: Sample) -> None:
    missile = case.add(
        Equipment, designation="JSM", manufacturer=sample.norway, operators=[sample.japan, sample.norway],
        concerns=[sample.agreement],
    )  # fmt: skip
    case.add(
        Programme, name="Integration", agreements=[sample.agreement], equipment=[missile], organizations=[sample.japan]
    )
    programme, equipment = case.read(things_around, sample.agreement, 10).rows
    assert (programme.name, programme.is_programme) == ("Integration", True)
    assert [row.title for row in programme.bodies] == ["Japan"]
    assert [row.title for row in programme.parts] == ["JSM"]
    assert equipment.maker
    assert (equipment.maker.title, [row.title for row in equipment.bodies]) == ("Norway", ["Japan", "Norway"])


def test_what_somebody_signed_is_told_with_the_post(case: Case, sample: Sample) -> None:
    action = case.add(PartyAction, agreement=sample.agreement, action="signature", date="2022-02-02")
    membership = case.add(
        Membership, person=sample.minister, organization=sample.norway, start_date="2022-02-02",
        start_meaning="first evidence",
    )  # fmt: skip
    case.add(Signatory, action=action, person=sample.minister, membership=membership)
    (row,) = case.read(signed_by, sample.minister, 10).rows
    assert row.tenure
    assert (row.agreement.title, row.tenure.title, row.held) == ("Memorandum", "Norway", HeldPost.YES)
    assert case.read(signed_by, case.add(Person, name="Nobody"), 10).rows == ()


def test_names_keep_their_script_and_time(case: Case, sample: Sample) -> None:
    case.add(OtherName, record=sample.minister, name="グラム", language="ja", script="Kana", valid_from="2020")
    (row,) = case.read(other_names, sample.minister, 10).rows
    assert row.valid_from
    assert (row.name, row.language, row.script, row.valid_from.form) == ("グラム", "ja", "Kana", "2020")


def test_passages_tell_what_they_are_cited_for_and_count_the_rest(case: Case, sample: Sample) -> None:
    source = case.add(Source, title="Report")
    one, two = (case.add(Citation, source=source, locator=place) for place in ("1", "2"))
    for number in range(MOST_CLAIMS + 2):
        case.add(Claim, subject=sample.agreement, property="title", value=f"Title {number}", citation=one)
    case.add(Claim, subject=sample.minister, property="name", value="Gram", citation=two)
    first, second = case.read(passages, source, 10).rows
    assert (len(first.cited_for), first.row.claims) == (MOST_CLAIMS, MOST_CLAIMS + 2)
    (fact,) = second.cited_for
    assert (fact.record, fact.kind, fact.title, fact.field) == (
        sample.minister,
        "officials",
        "Bjørn Arild Gram",
        "name",
    )


def test_a_chain_of_repetition_leads_to_the_origin(case: Case, sample: Sample) -> None:
    origin, agency, paper = (case.add(Source, title=title) for title in ("Ministry", "Agency", "Paper"))
    for key, repeated in ((agency, origin), (paper, agency), (paper, agency)):
        case.add(Citation, source=key, relays=repeated)
    found = case.read(repetitions, paper, 10)
    assert [(row.source.title, row.passages) for row in found.repeats] == [("Agency", 2)]
    assert [row.title for row in found.path] == ["Agency", "Ministry"]
    assert [row.source.title for row in case.read(repetitions, origin, 10).repeated_by] == ["Agency"]
    case.add(Citation, source=paper)
    assert case.read(repetitions, paper, 10).path == ()


def test_sources_that_repeat_each_other_count_as_one(case: Case, sample: Sample) -> None:
    first, second = (case.add(Source, title=title) for title in ("First", "Second"))
    case.add(Citation, source=first, relays=second)
    case.add(Citation, source=second, relays=first)
    ends = {(path or (start,))[-1] for start in (first, second) for path in [case.read(path_of_source, start)]}
    assert ends == {min(first, second)}


def test_contributors_are_named_in_their_order(case: Case, sample: Sample) -> None:
    source = case.add(Source, title="Book")
    for place, name in ((2, "Second"), (1, "First")):
        case.add(Contributor, source=source, contributor_role="author", position=place, literal=name)
    case.add(Contributor, source=source, contributor_role="editor", given="Ann", family="Editor")
    assert [row.name for row in case.read(contributors, source, 10).rows] == ["First", "Second", "Ann Editor"]
    case.add(SourceVariable, source=source, variable="volume", value="3")
    assert [(row.variable, row.value) for row in case.read(variables, source, 10).rows] == [("volume", "3")]
    assert case.read(snapshots, source, 10).rows == ()


def kinds(case: Case, record: uuid.UUID) -> set[str]:
    return {group.kind for group in case.read(related, record)}


def test_members_of_a_field_are_not_listed_again(case: Case, sample: Sample) -> None:
    action = case.add(PartyAction, agreement=sample.agreement, action="signature")
    case.add(Signatory, action=action, person=sample.minister)
    meeting = case.add(Event, title="Meeting", participants=[sample.minister])
    assert kinds(case, sample.agreement) == {"actions"}
    assert kinds(case, action) == set()
    assert kinds(case, meeting) == set()
    assert kinds(case, sample.minister) == {"actions", "events"}


def test_every_type_of_source_has_its_variables() -> None:
    assert VARIABLES.keys() == set(SourceType)
    fields = fields_of(Source)
    for source_type in SourceType:
        columns = columns_of_type(source_type)
        assert "issued" in columns
        assert set(columns) <= fields.keys()
        assert not set(further_variables(source_type)) & COLUMNS.keys()
        assert roles_of_type(source_type)[0] is ContributorRole.AUTHOR
    assert {"volume", "issue", "page"} <= set(further_variables("article-journal"))
    assert {"authority", "jurisdiction"} <= set(columns_of_type("treaty"))
    assert further_variables("")
    assert columns_of_type("") == ()
