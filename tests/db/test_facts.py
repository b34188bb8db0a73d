"""One rule says what lacks a source: the review, the filter, the lists and the marks agree on every fact."""

import shutil
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.errors import CaseFileError
from db.evidence import EXISTENCE, FieldStanding
from db.facts import FACTS, LEADING, WHOLE, lacking
from db.fields import fields_of
from db.importers.records import load_records, read_document
from db.marks import parts_of
from db.models import (
    BY_TABLE,
    ENTITIES,
    Agreement,
    AgreementText,
    Claim,
    Entity,
    Event,
    Membership,
    Party,
    PartyAction,
    Relation,
    Signatory,
    Source,
    Statement,
)
from db.models.vocabulary import FindingKind, Standing
from db.queries.lists import Mark, rows, snapshot
from db.review.survey import review
from db.standings import KnownFact, known_facts, standings, weakest
from db.triggers import table_of
from resources import path
from tests.db.case import Case, Sample, add_sample, make_empty
from tests.db.replicas import MEMORY
from tests.db.review.words import cite, claim

Fact = tuple[uuid.UUID, str]


@pytest.fixture(scope="module")
def shipped(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    """The sample case file that ships."""
    case = Case(Path(shutil.copy(empty_file, tmp_path_factory.mktemp("shipped") / "Analyst.casefile")))
    with case.edit() as session:
        load_records(session, read_document(path("samples") / "japan_norway.toml"))
    yield case
    case.close()


def reviewed(session: Session) -> set[Fact]:
    """What the review says lacks a source, the record as a whole by `EXISTENCE`."""
    kinds = (FindingKind.UNCITED, FindingKind.NO_SOURCE)
    return {
        (uuid.UUID(bytes=spot.record), spot.field or EXISTENCE) for spot in review(session).open if spot.kind in kinds
    }


def marked(session: Session, records: Sequence[uuid.UUID]) -> tuple[set[Fact], set[uuid.UUID]]:
    """What marks say lacks a source, and the members of sets that they say it of."""
    known = known_facts(session, records)
    facts = {(fact.record, fact.field) for own in known.values() for fact in own if fact.standing.standing == UNCITED}
    members = {key for table in MEMBERS for key in session.scalars(select(table.c.id))}
    return {fact for fact in facts if fact[0] not in members}, {key for key, _ in facts if key in members}


UNCITED = Standing.UNCITED
MEMBERS = [table_of(cls) for cls in ENTITIES if cls.MEMBERS]


def everything(session: Session) -> dict[uuid.UUID, type[Entity]]:
    return {key: cls for cls in ENTITIES for key in session.scalars(select(table_of(cls).c.id))}


def owner_of(session: Session, cls: type[Entity], key: uuid.UUID, top: type[Entity]) -> uuid.UUID:
    """The record of a kind that a part belongs to."""
    for column in () if cls is top else parts_of(top)[cls]:
        key = session.scalars(select(column).where(column.table.c.id == key)).one()
    return key


def agree(session: Session) -> None:
    """Every way to ask gives the same answer on every record of a file."""
    kinds = everything(session)
    facts, members = marked(session, list(kinds))
    assert facts == reviewed(session)
    for cls in ENTITIES:
        own = {key for key, _ in facts if kinds[key] in (cls, *parts_of(cls))}
        expected = {owner_of(session, kinds[key], key, cls) for key in own}
        pks = [pk for piece in snapshot(session, cls) for pk in piece.pks]
        found = {row.id: row for row in rows(session, cls, sorted(set(pks))) if row}
        filtered = {pk for piece in snapshot(session, cls, "is:uncited") for pk in piece.pks}
        assert {key for key, row in found.items() if row.pk in filtered} == expected, cls
        first = {
            owner_of(session, kinds[key], key, cls)
            for key, name in facts
            if kinds[key] in (cls, *parts_of(cls)) and _comes_first(cls, kinds[key], name)
        }
        unproven = {pk for piece in snapshot(session, cls, "is:unproven") for pk in piece.pks}
        assert {key for key, row in found.items() if row.pk in unproven} == first, cls
        assert first <= expected
        settled = {key for key, row in found.items() if row.mark is not Mark.DISPUTED}
        assert {key for key, row in found.items() if row.mark is Mark.UNPROVEN} == first & settled
        assert {key for key, row in found.items() if row.mark is Mark.PARTLY} == (expected - first) & settled
    for key in members:
        cls = kinds[key]
        owner = session.scalars(select(table_of(cls).c[cls.ENDS[0]]).where(table_of(cls).c.id == key)).one()
        assert (owner, cls.MEMBERS) in facts, "a member lacks a source only where its set does"


def _comes_first(top: type[Entity], cls: type[Entity], name: str) -> bool:
    chosen = LEADING[top].get(cls, ()) if top in LEADING else None
    return chosen is None or (WHOLE if name == EXISTENCE else name) in chosen


def test_the_ring_tells_agreements_apart(shipped: Case) -> None:
    def count(session: Session, text: str) -> int:
        return sum(len(piece.pks) for piece in snapshot(session, Agreement, text))

    assert shipped.read(count, "is:uncited") == shipped.read(count, "")
    assert 0 < shipped.read(count, "is:unproven") < shipped.read(count, "") / 2


def test_all_agree_on_every_fact_of_the_sample(shipped: Case) -> None:
    shipped.read(agree)


Step = tuple[int, int, int]
CLAIMED = ("existence", "title", "parties", "date", "signatories", "place", "participants", "start_date", "text")


class World:
    """A case file with a little of everything, in which facts and claims come and go."""

    def __init__(self, folder: Path) -> None:
        self.case = Case(make_empty(folder / "Analyst.casefile"))
        sample = add_sample(self.case)
        self.source = self.case.add(Source, title="Gazette")
        self.citation = cite(self.case)
        act = self.case.add(PartyAction, agreement=sample.agreement, action="signature", organization=sample.japan)
        self.case.put(act, "signatories", frozenset({sample.minister, sample.japan}))
        other = self.case.add(Agreement, title="Treaty", place_signed="Oslo", legally_binding="unknown")
        self.case.add(Relation, agreement=other, relation_type="amends", target=sample.agreement)
        self.case.add(AgreementText, agreement=other, language="no")
        self.case.add(Membership, person=sample.minister, organization=sample.norway, start_date="2021")
        self.case.add(Event, title="Visit", date="2024", participants=frozenset({sample.minister, sample.norway}))
        self.case.add(Statement, speaker=sample.minister, text="We agreed.")

    def pick(self, number: int) -> tuple[uuid.UUID, type[Entity]]:
        ids = self.case.sql("SELECT id, kind FROM record ORDER BY kind, id")
        key, kind = ids[number % len(ids)]
        cls = BY_TABLE[kind]
        assert issubclass(cls, Entity)
        return uuid.UUID(bytes=key), cls

    def take(self, step: Step) -> None:
        """Claim something, withdraw a claim, give or take a value, name a source, join two records."""
        verb, number, choice = step
        key, cls = self.pick(number)
        names = list(fields_of(cls))
        with suppress(CaseFileError):
            match verb:
                case 0:
                    claim(self.case, key, CLAIMED[choice % len(CLAIMED)], None, self.citation)
                case 1:
                    claims = self.case.sql("SELECT id FROM claim ORDER BY id")
                    self.case.delete(uuid.UUID(bytes=claims[choice % len(claims)][0])) if claims else None
                case 2:
                    self.case.put(key, names[choice % len(names)], ("2020", None, "Tokyo", "unknown")[number % 4])
                case 3:
                    self.case.put(key, "source", self.source if choice % 2 else None)
                case 4:
                    same = [other for other, kind in map(self.pick, range(40)) if kind is cls]
                    self.case.put(key, "merged_into", same[choice % len(same)] if number % 3 else None)


STEPS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 40), st.integers(0, 20)), max_size=12)


@settings(max_examples=max(5, settings().max_examples // 20))
@given(steps=STEPS)
@example(steps=[(0, number, choice) for number in range(40) for choice in (0, 1, 2)])
def test_all_agree_whatever_is_claimed(steps: Sequence[Step]) -> None:
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        world = World(Path(folder))
        world.case.read(agree)
        for step in steps:
            world.take(step)
        world.case.read(agree)
        world.case.close()


class TestMarks:
    def test_of_a_set_whose_members_are_claimed_each(self, case: Case, sample: Sample) -> None:
        first, second = (uuid.UUID(bytes=key) for (key,) in case.sql("SELECT id FROM party ORDER BY id"))
        claim(case, first, EXISTENCE, None)
        assert case.read(standings, sample.agreement)["parties"].standing is UNCITED
        claim(case, second, EXISTENCE, None)
        claim(case, second, EXISTENCE, None)
        assert case.read(standings, sample.agreement)["parties"] == FieldStanding(Standing.SINGLE, 1, 0, exact=True)

    def test_of_members_whose_set_is_claimed(self, case: Case, sample: Sample) -> None:
        parties = [uuid.UUID(bytes=key) for (key,) in case.sql("SELECT id FROM party ORDER BY id")]
        claim(case, sample.agreement, "parties", f"{sample.japan}; {sample.norway}")
        known = case.read(known_facts, parties)
        assert known == {
            key: (KnownFact(sample.agreement, "parties", FieldStanding(Standing.SINGLE, 1, 0, exact=True)),)
            for key in parties
        }

    def test_of_a_record_that_names_its_source(self, case: Case, sample: Sample) -> None:
        statement = case.add(Statement, speaker=sample.minister, text="Yes.", source=case.add(Source, title="Daily"))
        assert case.read(standings, statement) == {EXISTENCE: FieldStanding(Standing.SINGLE, 1, 0, exact=True)}

    def test_the_weakest_is_what_an_editor_looks_at_first(self) -> None:
        found = [
            FieldStanding(Standing.SUPPORTED, 3, 0, exact=True),
            FieldStanding(Standing.SUPPORTED, 2, 0, exact=True),
            FieldStanding(Standing.SINGLE, 1, 0, exact=True),
            FieldStanding(Standing.SINGLE, 1, 0, exact=False),
            FieldStanding(Standing.UNCITED, 0, 0, exact=False),
            FieldStanding(Standing.DISPUTED, 1, 1, exact=True),
        ]
        facts = [KnownFact(uuid.UUID(int=n), "date", standing) for n, standing in enumerate(found)]
        while facts:
            assert weakest(facts) == facts.pop()
        assert weakest([]) is None


def test_every_fact_is_a_field_and_has_a_condition() -> None:
    for cls, facts in FACTS.items():
        assert set(facts.names) <= set(fields_of(cls))
        assert len(lacking(cls)) == len(facts.names) + facts.whole
    assert lacking(Claim) == {}
    assert {Party, Signatory}.isdisjoint(FACTS), "members are facts of what they are part of"
