"""The sample case: that it loads, holds every row of the seed case, and proves what it says."""

import uuid
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

import resources
from db.dates import Edtf
from db.engine import open_engine, open_sessions
from db.evidence import EXISTENCE, STATUS, Verdict, evidence_of
from db.fields import FieldType, canonical, field_of, read_value
from db.importers.records import load_records, read_document
from db.log import Editor, edit
from db.models import (
    ENTITIES,
    Acceptance,
    Assessment,
    CaseFile,
    Citation,
    Claim,
    Contributor,
    Membership,
    OtherName,
    Party,
    PartyAction,
    Provision,
    Record,
    Relation,
    Signatory,
    Source,
    Tagging,
)
from db.models.vocabulary import Action, EndMeaning, HeldPost, ProvisionKind, RelationType, Standing, StartMeaning
from db.queries.records import RecordRow, list_records, record
from db.queries.titles import class_of
from db.tenure import held_on

EUROPE = {"FRA", "DEU", "ITA", "SWE", "GBR"}
Ids = dict[str, uuid.UUID]


class Sample:
    """The sample in a case file, and its records by their keys in the document."""

    def __init__(self, session: Session, ids: Ids) -> None:
        self.session = session
        self.ids = ids

    def __getitem__(self, key: str) -> RecordRow:
        return record(self.session, self.ids[key])

    def value(self, key: str, field: str) -> object:
        return self[key][field].value

    def date(self, key: str) -> str:
        value = self.value(key, "date")
        assert isinstance(value, Edtf)
        return value.form

    def those(self, *keys: str) -> set[uuid.UUID]:
        return {self.ids[key] for key in keys}


@pytest.fixture(scope="module")
def sample(empty_case: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    path = Path(copyfile(empty_case, tmp_path_factory.mktemp("sample") / "case.depositary"))
    engine = open_engine(path, writable=True)
    sessions = open_sessions(engine)
    with edit(sessions, Editor(uuid.uuid4(), "Ada"), "Load the sample") as session:
        ids = load_records(session, read_document(resources.path("samples/japan_norway.toml")))
    with sessions() as session:
        yield Sample(session, ids)
    engine.dispose()


def test_every_entry_became_a_record(sample: Sample) -> None:
    stored = set(sample.session.scalars(select(Record.id)))
    assert set(sample.ids.values()) <= stored
    assert sample.session.connection().exec_driver_sql("PRAGMA foreign_key_check").all() == []
    assert sample.session.execute(select(CaseFile.default_marking)).scalars().all() == ["CLEAR"]


# The rows of the seed case.


def test_the_memorandum_has_type_parties_and_the_day_that_sources_give(sample: Sample) -> None:
    assert sample.value("mou", "instrument_type") == "memorandum of understanding"
    assert sample.value("mou", "parties") == sample.those("JPN", "NOR")
    assert sample.value("mou", "legally_binding") == "unknown"
    assert sample.date("mou-signature") == "2024-09-03"
    day = evidence_of(sample.session, sample.ids["mou-signature"], "date")
    assert (day.standing, day.origins) == (Standing.SUPPORTED, 3)


@pytest.mark.parametrize(("person", "membership"), [("kihara", "kihara-dm"), ("gram", "gram-dm")])
def test_both_ministers_held_their_posts_on_the_day(sample: Sample, person: str, membership: str) -> None:
    row = sample[membership]
    assert row["person"].value == sample.ids[person]
    assert row["post"].value is not None
    assert _held(sample, sample.ids[membership], sample.value("mou-signature", "date")) is HeldPost.YES


def test_names_keep_their_script_and_diacritics(sample: Sample) -> None:
    query = select(OtherName.name).where(OtherName.record_id == sample.ids["kihara"], OtherName.script == "Jpan")
    assert sample.session.scalars(query).all() == ["木原稔"]
    assert sample.value("gram", "name") == "Bjørn Arild Gram"


def test_the_meeting_has_participants_and_place_and_concerns_the_memorandum(sample: Sample) -> None:
    assert sample.value("meeting", "event_type") == "meeting"
    assert sample.value("meeting", "participants") == sample.those("kihara", "gram")
    assert sample.value("meeting", "place") == "Ministry of Defense, Tokyo"
    assert sample.ids["mou"] in _set(sample.value("meeting", "concerns"))
    assert "13:55" in str(sample.value("meeting", "notes"))


def test_who_signed_is_disputed_and_one_claim_is_accepted_with_a_reason(sample: Sample) -> None:
    found = evidence_of(sample.session, sample.ids["mou-signature"], "signatories")
    ministers = canonical(frozenset(sample.those("kihara", "gram")))
    authorities = canonical(frozenset(sample.those("mod-jp", "mod-no")))
    assert {claim.value for claim in found.claims} == {ministers, authorities}
    assert found.standing is Standing.DISPUTED
    for_ministers = {_source(sample, claim.citation) for claim in found.by(Verdict.DISPUTES)}
    for_authorities = {_source(sample, claim.citation) for claim in found.by(Verdict.SUPPORTS)}
    assert sample.those("menafn-kuna", "janes-report") < for_ministers
    assert sample.those("jiji-ja", "nikkeilive") < for_authorities
    [accepted] = [claim for claim in found.claims if claim.accepted]
    assert accepted.value == authorities
    assert accepted.reason


def test_the_readout_proves_the_day_and_not_who_signed(sample: Sample) -> None:
    query = select(Claim.subject_id, Claim.property).where(Claim.citation_id == sample.ids["jd-signed"])
    claimed = {(subject, name) for subject, name in sample.session.execute(query)}
    assert (sample.ids["mou-signature"], "date") in claimed
    assert "signatories" not in {name for _, name in claimed}


def test_a_newspaper_that_prints_an_agency_is_not_a_second_origin(sample: Sample) -> None:
    found = evidence_of(sample.session, sample.ids["mou-signature"], "signatories")
    origins = {_source(sample, claim.citation): claim.origin for claim in found.claims}
    assert origins[sample.ids["arab-jiji"]] == origins[sample.ids["jiji-ja"]] == sample.ids["jiji-ja"]


@pytest.mark.parametrize(("key", "speaker"), [("kihara-cooperation", "kihara"), ("gram-commitment", "gram")])
def test_statements_tell_whose_hands_they_came_through(sample: Sample, key: str, speaker: str) -> None:
    row = sample[key]
    chain = [row[name].value for name in ("speaker", "relayed_by", "source")]
    assert chain == [sample.ids[speaker], sample.ids["mod-jp"], sample.ids["janes-report"]]


def test_the_memorandum_is_a_precursor_to_an_agreement_that_nobody_signed(sample: Sample) -> None:
    query = select(Relation.target_id).where(
        Relation.agreement_id == sample.ids["mou"], Relation.relation_type == RelationType.PRECURSOR_TO
    )
    assert sample.session.scalars(query).all() == [sample.ids["transfer-no"]]
    actions = select(PartyAction.id).where(PartyAction.agreement_id == sample.ids["transfer-no"])
    assert sample.session.scalars(actions).all() == []
    assert sample.value("transfer-no", "parties") == sample.those("JPN", "NOR")


def test_the_register_bears_out_fifteen_partners_and_five_in_europe(sample: Sample) -> None:
    partners = {
        code
        for key, code in _transfer_agreements(sample)
        if isinstance(day := sample.value(f"{key}-signature", "date"), Edtf) and day.latest <= "2024-09-03"
    }
    assert len(partners) == 15
    assert partners & EUROPE == EUROPE


def test_the_register_is_complete(sample: Sample) -> None:
    agreements = _transfer_agreements(sample)
    assert len(agreements) == 20
    assert len({code for _, code in agreements}) == 18
    others = ("mou", "it-acsa", "uk-isa", "uk-acsa", "my-memo", "au-rdte", "uk-raa")
    assert all(sample.date(f"{key}-signature") for key in others)


def test_the_provisions_are_told_by_kind(sample: Sample) -> None:
    query = select(Provision.provision_kind).where(Provision.agreement_id == sample.ids["transfer-no"])
    assert {
        ProvisionKind.JOINT_RESEARCH,
        ProvisionKind.JOINT_DEVELOPMENT,
        ProvisionKind.JOINT_PRODUCTION,
        ProvisionKind.THIRD_PARTY_TRANSFER,
    } <= set(sample.session.scalars(query))


def test_equipment_has_its_maker_operator_and_programme(sample: Sample) -> None:
    assert sample.value("jsm", "manufacturer") == sample.ids["kongsberg"]
    assert sample.value("f35a", "operators") == sample.those("jasdf")
    assert sample.value("jsm-integration", "equipment") == sample.those("jsm", "f35a")


def test_the_deployment_has_a_year_and_a_claim_of_august(sample: Sample) -> None:
    assert sample.date("csg-2025") == "2025"
    assert sample.value("csg-2025", "participants") == sample.those("GBR", "NOR")
    claims = evidence_of(sample.session, sample.ids["csg-2025"], "date").claims
    assert "2024-08" in {claim.as_of.form for claim in claims if claim.as_of}


def test_the_photograph_has_an_origin(sample: Sample) -> None:
    assert sample.value("janes-photo", "relays") == sample.ids["lockheed-photo"]
    query = select(Contributor.literal).where(Contributor.source_id == sample.ids["lockheed-photo"])
    assert sample.session.scalars(query).all() == ["Lockheed Martin"]


def test_the_attache_is_announced_for_2026(sample: Sample) -> None:
    assert sample.date("attache") == "2026"
    assert sample.value("attache-no", "organization") == sample.ids["mod-no"]


def test_confidence_and_likelihood_stand_apart(sample: Sample) -> None:
    rows = sample.session.execute(select(Assessment.judgement, Assessment.confidence, Assessment.likelihood)).all()
    assert all(confidence for _, confidence, _ in rows)
    assert any(likelihood for *_, likelihood in rows)
    assert not any(str(confidence) in str(judgement).split() for judgement, confidence, _ in rows)


# What holds for all of it.


def test_every_date_can_be_read(sample: Sample) -> None:
    dates = [
        (row.title, field.name, field.value)
        for cls in ENTITIES
        for row in list_records(sample.session, cls)
        for field in row.fields
        if isinstance(field.value, Edtf)
    ]
    assert len(dates) > 200
    assert [date for date in dates if not date[2].is_date] == []


def test_every_claim_is_about_a_field_and_in_its_canonical_form(sample: Sample) -> None:
    known = set(sample.session.scalars(select(Record.id)))
    claims = sample.session.execute(select(Claim.subject_id, Claim.property, Claim.value)).all()
    assert len(claims) > 400
    for subject, name, value in claims:
        assert value
        if name in (EXISTENCE, STATUS):
            continue
        field = field_of(class_of(sample.session, subject), name)
        typed = read_value(field, value)
        assert canonical(typed) == value
        if field.holds in (FieldType.REFERENCE, FieldType.REFERENCES):
            assert (typed if isinstance(typed, frozenset) else {typed}) <= known


def test_what_is_accepted_is_what_the_record_shows(sample: Sample) -> None:
    query = select(Acceptance.subject_id, Acceptance.property, Acceptance.reason, Claim.subject_id, Claim.value).join(
        Claim, Claim.id == Acceptance.claim_id
    )
    rows = sample.session.execute(query).all()
    assert len(rows) == 5
    for subject, name, reason, about, value in rows:
        assert about == subject
        assert reason
        assert canonical(record(sample.session, subject)[name].value) == value


def test_what_was_entered_without_a_source_has_no_claim(sample: Sample) -> None:
    tagged = select(Tagging.record_id).where(Tagging.tag_id == sample.ids["uncited"])
    assert len(sample.session.scalars(tagged).all()) >= 9
    assert sample.session.scalar(select(func.count()).where(Claim.subject_id.in_(tagged))) == 0


def test_every_other_date_of_an_agreement_is_proved(sample: Sample) -> None:
    tagged = set(sample.session.scalars(select(Tagging.record_id).where(Tagging.tag_id == sample.ids["uncited"])))
    actions = sample.session.execute(select(PartyAction.id, PartyAction.date)).all()
    for action, _ in [row for row in actions if row.date and row.id not in tagged]:
        shown = evidence_of(sample.session, action, "date")
        assert shown.by(Verdict.SUPPORTS), action


def test_nobody_signed_in_a_post_that_they_did_not_hold(sample: Sample) -> None:
    query = (
        select(Signatory.membership_id, PartyAction.date, Signatory.person_id, Membership.person_id)
        .join(PartyAction, PartyAction.id == Signatory.action_id)
        .join(Membership, Membership.id == Signatory.membership_id)
    )
    rows = sample.session.execute(query).all()
    held = [_held(sample, membership, day) for membership, day, *_ in rows]
    assert HeldPost.NO not in held
    assert held.count(HeldPost.NOT_SHOWN) == 2  # two posts known by month only
    assert all(signer == holder for *_, signer, holder in rows)


def test_dates_of_memberships_say_what_they_mean(sample: Sample) -> None:
    for row in sample.session.scalars(select(Membership)):
        assert (row.start_date is None) == (row.start_meaning is None)
        assert (row.end_date is None) == (row.end_meaning is None)
        if row.start_date == row.end_date:
            assert (row.start_meaning, row.end_meaning) == (StartMeaning.FIRST_EVIDENCE, EndMeaning.LAST_EVIDENCE)


def test_sources_claim_no_day_of_access_and_each_has_a_grade(sample: Sample) -> None:
    rows = sample.session.execute(select(Source.accessed, Source.reliability, Source.url)).all()
    assert all(accessed is None and reliability for accessed, reliability, _ in rows)
    assert all(url.startswith(("http://", "https://")) for *_, url in rows if url)


def test_quotations_are_short_and_say_their_language(sample: Sample) -> None:
    query = select(Citation.quotation, Citation.quotation_language, Citation.quotation_translation)
    for quotation, language, translation in sample.session.execute(query):
        if quotation:
            assert len(quotation) <= 90
            assert language
            assert bool(translation) == (language != "en")


def _held(sample: Sample, membership: uuid.UUID | None, day: object) -> HeldPost:
    assert isinstance(day, Edtf)
    row = sample.session.scalars(select(Membership).where(Membership.id == membership)).one()
    return held_on(day, row.start_date, row.start_meaning, row.end_date, row.end_meaning)


def _set(value: object) -> frozenset[object]:
    assert isinstance(value, frozenset)
    return value


def _source(sample: Sample, citation: uuid.UUID) -> uuid.UUID | None:
    return sample.session.scalar(select(Citation.source_id).where(Citation.id == citation))


def _transfer_agreements(sample: Sample) -> list[tuple[str, str]]:
    """Key and partner's code of each agreement that is tagged as one and was signed."""
    states = {sample.ids[code]: code for code in sample.ids if len(code) == 3 and code.isupper()}
    tagged = set(sample.session.scalars(select(Tagging.record_id).where(Tagging.tag_id == sample.ids["transfer"])))
    signed = set(sample.session.scalars(select(PartyAction.agreement_id).where(PartyAction.action == Action.SIGNATURE)))
    keys = {key: agreement for key, agreement in sample.ids.items() if agreement in tagged & signed}
    parties = sample.session.execute(select(Party.agreement_id, Party.organization_id)).all()
    return [
        (key, states[party])
        for key, agreement in keys.items()
        for owner, party in parties
        if owner == agreement and party != sample.ids["JPN"]
    ]
