"""After any edit, what is looked at again gives exactly what the review of the whole file gives."""

import sqlite3
import tempfile
import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from db.errors import CaseFileError
from db.models import (
    Agreement,
    Citation,
    Claim,
    Entity,
    Event,
    Membership,
    Organization,
    PartyAction,
    Person,
    Post,
    Provision,
    Relation,
    Signatory,
    Source,
    Statement,
)
from db.operations.claims import accept
from db.operations.dismissals import dismiss_at
from db.operations.records import add_records
from db.review.survey import Mark, Reviewed, review, review_of, review_piece, review_since
from db.review.touched import MOST
from tests.db.case import COLLEAGUE, Case, Sample, add_sample, make_empty
from tests.db.replicas import MEMORY
from tests.db.review.words import spots, whole

DATES = ("2020", "2021-05", "2022-06-30", "2023~", "last spring", None)
ACTIONS = ("signature", "entry into force", "ratification", "termination")
GRADES = ("A", "E", "F", None)
Step = tuple[str, int, int, int]


class World:
    """A case file, and a review of it that is only ever brought up to date."""

    def __init__(self, folder: Path) -> None:
        self.case = Case(make_empty(folder / "Analyst.casefile"))
        add_sample(self.case)
        self.other = self.case.fork(COLLEAGUE)
        self.reviewed = self.case.read(review)
        self.known = self.case.read(review_since, 0).known

    def close(self) -> None:
        self.case.close()
        self.other.close()

    def take(self, step: Step) -> None:
        """One step, and the look at what it touched."""
        verb, *numbers = step
        with suppress(CaseFileError, sqlite3.IntegrityError):
            getattr(self, verb)(*numbers)
        update = self.case.read(review_since, self.known)
        self.known = update.known
        self.reviewed = self.case.read(review) if update.records is None else self.reviewed.updated(update)

    def pick(self, cls: type[Entity], index: int) -> uuid.UUID | None:
        ids = self.case.sql(f"SELECT id FROM {cls.__tablename__} ORDER BY id")
        return uuid.UUID(bytes=ids[index % len(ids)][0]) if ids else None

    def add_act(self, a: int, b: int, c: int) -> None:
        party = self.pick(Organization, b) if b % 2 else None
        values = {"action": ACTIONS[b % 4], "date": DATES[c % 6], "organization": party}
        self.case.add(PartyAction, agreement=self.pick(Agreement, a), **values)

    def add_tenure(self, a: int, b: int, c: int) -> None:
        post = self.pick(Post, b) or self.case.add(Post, label="Minister")
        dates = {"start_date": DATES[b % 6], "start_meaning": "started", "end_date": DATES[c % 6]}
        self.case.add(Membership, person=self.pick(Person, a), post=post, **dates)

    def add_signatory(self, a: int, b: int, c: int) -> None:
        values = {"person": self.pick(Person, b), "membership": self.pick(Membership, c)}
        self.case.add(Signatory, action=self.pick(PartyAction, a), **values)

    def add_thing(self, a: int, b: int, c: int) -> None:
        things: Sequence[Callable[[], object]] = (
            lambda: self.case.add(Person, name="Somebody"),
            lambda: self.case.add(Post, label="Post"),
            lambda: self.case.add(Agreement, title="Other", summary="On it." if b % 2 else None),
            lambda: self.case.add(Statement, speaker=self.pick(Person, b), text="Yes.", source=self.pick(Source, c)),
            lambda: self.case.add(Provision, agreement=self.pick(Agreement, b), provision_kind="cost"),
            lambda: self.case.add(Event, title="Met", date=DATES[b % 6], concerns=[self.pick(Agreement, c)]),
        )
        things[a % len(things)]()

    def relate(self, a: int, b: int, c: int) -> None:
        ends = {"agreement": self.pick(Agreement, a), "target": self.pick(Agreement, b)}
        self.case.add(Relation, relation_type="cites", **ends)

    def cite(self, a: int, b: int, c: int) -> None:
        source = self.case.add(Source, title="Daily", reliability=GRADES[b % 4]) if a % 2 else self.pick(Source, a)
        self.case.add(Citation, source=source, relays=self.pick(Source, b) if c % 2 else None)

    def claim(self, a: int, b: int, c: int) -> None:
        values: Sequence[tuple[type[Entity], str, object]] = (
            (Agreement, "title", "Memorandum" if c % 2 else "Treaty"),
            (Agreement, "depositary", str(self.pick(Organization, b))),
            (Agreement, "parties", str(self.pick(Organization, b))),
            (PartyAction, "date", DATES[b % 3]),
            (Membership, "start_date", DATES[b % 3]),
            (Provision, "existence", None),
        )
        cls, name, value = values[a % len(values)]
        citation = self.pick(Citation, c)
        self.case.add(Claim, subject=self.pick(cls, b), property=name, value=value, citation=citation)

    def accept(self, a: int, b: int, c: int) -> None:
        chosen = self.pick(Claim, a)
        if chosen:
            with self.case.edit("Accept") as session:
                accept(session, chosen, "Better known.")

    def change(self, a: int, b: int, c: int) -> None:
        fields: Sequence[tuple[type[Entity], str, object]] = (
            (PartyAction, "date", DATES[c % 6]),
            (PartyAction, "agreement", self.pick(Agreement, c)),
            (Membership, "post", self.pick(Post, c)),
            (Membership, "end_date", DATES[c % 6]),
            (Membership, "person", self.pick(Person, c)),
            (Signatory, "membership", self.pick(Membership, c)),
            (Source, "reliability", GRADES[c % 4]),
            (Citation, "relays", self.pick(Source, c)),
            (Citation, "source", self.pick(Source, c)),
            (Citation, "credibility", (None, "2", "5", "6")[c % 4]),
            (Agreement, "title", ("Memorandum", "Treaty")[c % 2]),
            (Agreement, "depositary", self.pick(Organization, c)),
            (Claim, "value", "Treaty"),
            (Claim, "citation", self.pick(Citation, c)),
        )
        cls, name, value = fields[a % len(fields)]
        record = self.pick(cls, b)
        if record:
            self.case.put(record, name, value)

    def join(self, a: int, b: int, c: int) -> None:
        cls = (Agreement, Person, Post, Source, Organization)[a % 5]
        record, target = self.pick(cls, b), self.pick(cls, c)
        if record and record != target:
            self.case.put(record, "merged_into", target)

    def delete(self, a: int, b: int, c: int) -> None:
        kinds = (Claim, Citation, PartyAction, Membership, Signatory, Relation, Agreement, Organization, Provision)
        record = self.pick(kinds[a % len(kinds)], b)
        if record:
            self.case.delete(record)

    def dismiss(self, a: int, b: int, c: int) -> None:
        register = self.reviewed.open
        if len(register) == 0:
            return
        with self.case.edit("Dismiss") as session:
            dismiss_at(session, [register[(a + b + c) % len(register)]], "No matter.")

    def undo(self, a: int, b: int, c: int) -> None:
        entries = self.case.entries()
        self.case.undo(entries[a % min(4, len(entries))].id, over_later=bool(b % 2))

    def take_in(self, a: int, b: int, c: int) -> None:
        """What a colleague did to a copy of the file from before."""
        record = self.pick(Agreement, a)
        if record:
            with suppress(CaseFileError):
                self.other.put(record, "title", f"Theirs {b % 2}")
        self.case.merge(self.other)


VERBS = [name for name in vars(World) if name not in ("take", "close", "pick") and not name.startswith("_")]
steps = st.lists(st.tuples(st.sampled_from(VERBS), *(st.integers(0, 40) for _ in range(3))), min_size=4, max_size=16)


@settings(max_examples=settings().max_examples // 4)
@given(steps)
@example([("cite", 1, 0, 0), ("claim", 0, 1, 0), ("cite", 1, 1, 0), ("cite", 0, 1, 1), ("change", 6, 1, 1)])
@example([("add_thing", 1, 0, 0), ("add_tenure", 0, 0, 2), ("add_thing", 0, 0, 0), ("add_tenure", 1, 0, 2)])
def test_an_update_gives_what_the_whole_review_gives(taken: list[Step]) -> None:
    with tempfile.TemporaryDirectory(prefix="depositary-review-", dir=MEMORY) as name:
        world = World(Path(name))
        for step in taken:
            world.take(step)
            found = spots(world.reviewed.open), spots(world.reviewed.dismissed)
            assert found == whole(world.case), step
        world.close()


class TestReach:
    """Each way in which one record's finding is made of another record, by itself."""

    def reaches(self, case: Case, edit: Callable[[], object], reader: uuid.UUID) -> bool:
        """Whether the edit changes what is found at a record that it does not touch, and the update tells so."""
        before, known = case.read(review), case.read(review_since, 0).known
        edit()
        update = case.read(review_since, known)
        assert update.records is not None
        assert spots(before.updated(update).open) == whole(case)[0]
        was, now = ({spot for spot in each if spot[3] == reader.bytes} for each in (spots(before.open), whole(case)[0]))
        return was != now

    def test_the_day_of_an_action_reaches_its_signatories(self, case: Case, sample: Sample) -> None:
        post = case.add(Post, label="Minister")
        held = case.add(Membership, person=sample.minister, post=post, start_date="2020", end_date="2025")
        action = case.add(PartyAction, agreement=sample.agreement, action="signature", date="2022")
        signatory = case.add(Signatory, action=action, person=sample.minister, membership=held)
        assert self.reaches(case, lambda: case.put(action, "date", "2030"), signatory)
        assert self.reaches(case, lambda: case.put(held, "end_date", "2031"), signatory)

    def test_an_action_reaches_the_others_of_its_agreement(self, case: Case, sample: Sample) -> None:
        signature = case.add(PartyAction, agreement=sample.agreement, action="signature", date="2022")
        entry = case.add(PartyAction, agreement=sample.agreement, action="entry into force", date="2023")
        assert self.reaches(case, lambda: case.put(signature, "date", "2025"), entry)
        assert self.reaches(case, lambda: case.delete(signature), entry)

    def test_what_becomes_known_of_an_agreement_reaches_relations_to_it(self, case: Case, sample: Sample) -> None:
        target = case.add(Agreement, title="Old treaty")
        relation = case.add(Relation, agreement=sample.agreement, relation_type="amends", target=target)
        assert self.reaches(case, lambda: case.add(Provision, agreement=target, provision_kind="cost"), relation)

    def test_a_tenure_reaches_the_others_of_its_post(self, case: Case, sample: Sample) -> None:
        post, twin = case.add(Post, label="Minister"), case.add(Post, label="Defence minister")
        case.put(twin, "merged_into", post)
        first = case.add(Membership, person=sample.minister, post=post, start_date="2020", end_date="2023")
        values = {"person": case.add(Person, name="Other"), "start_date": "2021", "end_date": "2024"}
        assert self.reaches(case, lambda: case.add(Membership, post=twin, **values), first)
        (second,) = (key for (key,) in case.sql("SELECT id FROM membership") if key != first.bytes)
        assert self.reaches(case, lambda: case.put(uuid.UUID(bytes=second), "post", None), first)
        assert self.reaches(case, lambda: case.put(uuid.UUID(bytes=second), "post", post), first)
        assert self.reaches(case, lambda: case.delete(uuid.UUID(bytes=second)), first)

    def test_a_source_reaches_what_is_claimed_from_it(self, case: Case, sample: Sample) -> None:
        source = case.add(Source, title="Daily", reliability="B")
        citation = case.add(Citation, source=source)
        case.add(Claim, subject=sample.agreement, property="title", value="Memorandum", citation=citation)
        assert self.reaches(case, lambda: case.put(source, "reliability", "E"), sample.agreement)
        assert self.reaches(case, lambda: case.put(citation, "credibility", "6"), sample.agreement) is False
        assert self.reaches(case, lambda: case.put(source, "reliability", None), sample.agreement)

    def test_a_passage_reaches_what_is_claimed_from_sources_that_repeat_its_own(
        self, case: Case, sample: Sample
    ) -> None:
        agency, daily, evening = (case.add(Source, title=title) for title in ("Agency", "Daily", "Evening"))
        passages = [case.add(Citation, source=daily, relays=evening), case.add(Citation, source=agency)]
        repeating = case.add(Citation, source=evening, relays=agency)
        for citation in passages:
            case.add(Claim, subject=sample.agreement, property="title", value="Memorandum", citation=citation)
        assert self.reaches(case, lambda: case.put(repeating, "relays", None), sample.agreement)
        assert self.reaches(case, lambda: case.put(repeating, "relays", agency), sample.agreement)
        assert self.reaches(case, lambda: case.add(Citation, source=evening), sample.agreement)

    def test_a_record_reaches_the_claims_that_name_it(self, case: Case, sample: Sample) -> None:
        gone = case.add(Organization, name="Gone")
        citation = case.add(Citation, source=case.add(Source, title="Daily"))
        case.add(Claim, subject=sample.agreement, property="depositary", value=str(gone), citation=citation)
        assert self.reaches(case, lambda: case.delete(gone), sample.agreement)
        assert self.reaches(case, case.undo_last, sample.agreement)


def test_records_by_name_and_pieces_of_a_file(case: Case, sample: Sample) -> None:
    """The review of all records by name, and the one in pieces for another process, are the whole one."""
    with case.edit("Many") as session:
        add_records(session, Agreement, [{"title": f"Treaty {number}"} for number in range(1_200)])
    every = [uuid.UUID(bytes=key) for (key,) in case.sql("SELECT id FROM record")]
    assert (spots(case.read(review_of, every).open), set()) == whole(case)
    mark: Mark | None = Mark()
    found, shares = Reviewed(), [0.0]
    while mark is not None:
        piece = review_piece(case.path, mark, 1e-9)
        found, mark = found.plus(piece.reviewed), piece.after
        shares.append(piece.done)
    assert (spots(found.open), set()) == whole(case)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert len(shares) > 4


def test_a_large_edit_is_reviewed_as_a_whole(case: Case) -> None:
    known = case.read(review_since, 0).known
    with case.edit("Many") as session:
        add_records(session, Person, [{"name": "Somebody"}] * (MOST + 1))
    update = case.read(review_since, known)
    assert update.records is None
    assert update.known > known
