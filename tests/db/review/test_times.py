"""What days show: posts that were not held, posts held by two, and actions out of order."""

import uuid

import pytest

from db.models import Agreement, Membership, Organization, PartyAction, Person, Post, Signatory
from db.models.vocabulary import FindingKind
from tests.db.case import Case, Sample
from tests.db.review.words import finding, found_at, kinds_at

K = FindingKind


@pytest.fixture
def post(case: Case, sample: Sample) -> uuid.UUID:
    return case.add(Post, label="Minister of Defence", organization=sample.norway)


def tenure(case: Case, post: uuid.UUID, person: uuid.UUID | None = None, /, **values: object) -> uuid.UUID:
    """A person, new unless given, in a post."""
    holder = person or case.add(Person, name=f"Person {len(case.entries())}")
    return case.add(Membership, person=holder, post=post, **values)


class TestSignatories:
    def sign(self, case: Case, sample: Sample, date: str | None, **values: object) -> uuid.UUID:
        action = case.add(PartyAction, agreement=sample.agreement, action="signature", date=date)
        return case.add(Signatory, action=action, person=sample.minister, **values)

    def test_in_a_post_that_was_held(self, case: Case, sample: Sample, post: uuid.UUID) -> None:
        held = tenure(case, post, sample.minister, start_date="2022", end_date="2025")
        assert found_at(case, self.sign(case, sample, "2024-09-03", membership=held)) == set()

    def test_before_it_began(self, case: Case, sample: Sample, post: uuid.UUID) -> None:
        held = tenure(case, post, sample.minister, start_date="2025-02-04", start_meaning="started")
        signatory = self.sign(case, sample, "2024-09-03", membership=held)
        assert found_at(case, signatory) == {(K.POST_NOT_HELD, "membership")}
        told = finding(case, signatory, K.POST_NOT_HELD).sentence
        assert told == (
            "“Bjørn Arild Gram, Minister of Defence”: from 4 February 2025 on, which is after 3 September 2024."
        )

    def test_where_evidence_does_not_reach(self, case: Case, sample: Sample, post: uuid.UUID) -> None:
        held = tenure(case, post, sample.minister, start_date="2022-04-12", start_meaning="first evidence")
        signatory = self.sign(case, sample, "2024-09-03", membership=held)
        assert found_at(case, signatory) == {(K.POST_NOT_SHOWN, "membership")}
        case.put(held, "end_date", "2024-12")
        assert found_at(case, signatory) == set()

    def test_without_a_post_or_a_day(self, case: Case, sample: Sample, post: uuid.UUID) -> None:
        assert found_at(case, self.sign(case, sample, "2024-09-03")) == {(K.POST_NOT_SHOWN, "membership")}
        held = tenure(case, post, sample.minister, start_date="2022", end_date="2025")
        assert found_at(case, self.sign(case, sample, None, membership=held)) == {(K.POST_NOT_SHOWN, "membership")}

    def test_in_the_post_of_somebody_else(self, case: Case, sample: Sample, post: uuid.UUID) -> None:
        other = case.add(Person, name="Gram")
        held = tenure(case, post, other, start_date="2022", end_date="2025")
        signatory = self.sign(case, sample, "2024-09-03", membership=held)
        assert found_at(case, signatory) == {(K.POST_NOT_SHOWN, "membership")}
        case.put(other, "merged_into", sample.minister)
        assert found_at(case, signatory) == set()

    def test_words_as_reported_have_no_post(self, case: Case, sample: Sample) -> None:
        action = case.add(PartyAction, agreement=sample.agreement, action="signature", date="2024")
        assert found_at(case, case.add(Signatory, action=action, as_reported="the ministers")) == set()


class TestOverlaps:
    def test_two_people_at_once(self, case: Case, post: uuid.UUID) -> None:
        first = tenure(case, post, start_date="2020-01-01", end_date="2022-06-30")
        second = tenure(case, post, start_date="2022-01-01", end_date="2024")
        assert K.OVERLAPPING in kinds_at(case, first, "post")
        assert K.OVERLAPPING in kinds_at(case, second, "post")
        told = finding(case, second, K.OVERLAPPING).sentence
        assert "2020-01-01 to 2022-06-30" in told

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ({"start_date": "2020", "end_date": "2022-06-30"}, {"start_date": "2022-06-30", "end_date": "2024"}),
            ({"start_date": "2020", "end_date": "2022"}, {"start_date": "2022", "end_date": "2024"}),
            ({"start_date": "2020"}, {"start_date": "2022", "end_date": "2024"}),
            ({"start_date": "2020~", "end_date": "2023"}, {"start_date": "2022", "end_date": "2024"}),
            ({"start_date": "2020", "end_date": "2023", "acting": "yes"}, {"start_date": "2021", "end_date": "2024"}),
        ],
        ids=["handed over that day", "within a year", "no known end", "about", "acting"],
    )
    def test_where_nothing_proves_it(
        self, case: Case, post: uuid.UUID, first: dict[str, object], second: dict[str, object]
    ) -> None:
        records = [tenure(case, post, **first), tenure(case, post, **second)]
        assert [K.OVERLAPPING in kinds_at(case, record, "post") for record in records] == [False, False]

    def test_the_same_person_twice(self, case: Case, sample: Sample, post: uuid.UUID) -> None:
        twin = case.add(Person, name="Gram", merged_into=sample.minister)
        first = tenure(case, post, sample.minister, start_date="2020", end_date="2023")
        tenure(case, post, twin, start_date="2021", end_date="2024")
        assert K.OVERLAPPING not in kinds_at(case, first, "post")

    def test_a_post_that_several_hold_by_nature(self, case: Case, post: uuid.UUID) -> None:
        times = [("2020", "2024"), ("2021", "2024"), ("2022", "2025")]
        records = [tenure(case, post, start_date=start, end_date=end) for start, end in times]
        assert all(K.OVERLAPPING not in kinds_at(case, record, "post") for record in records)

    def test_a_post_that_was_entered_twice(self, case: Case, post: uuid.UUID) -> None:
        twin = case.add(Post, label="Defence minister", merged_into=post)
        first = tenure(case, post, start_date="2020", end_date="2023")
        tenure(case, twin, start_date="2021", end_date="2024")
        assert K.OVERLAPPING in kinds_at(case, first, "post")


class TestOrder:
    def act(self, case: Case, agreement: uuid.UUID, action: str, date: str | None, **values: object) -> uuid.UUID:
        return case.add(PartyAction, agreement=agreement, action=action, date=date, **values)

    def test_force_before_signature(self, case: Case, sample: Sample) -> None:
        self.act(case, sample.agreement, "signature", "2024-09-03")
        entry = self.act(case, sample.agreement, "entry into force", "2023")
        assert K.OUT_OF_ORDER in kinds_at(case, entry, "date")
        told = finding(case, entry, K.OUT_OF_ORDER).sentence
        assert told == "The entry into force (2023) is earlier than signature (3 September 2024)."

    @pytest.mark.parametrize(
        ("signature", "entry"),
        [("2024-09-03", "2024"), ("2024-09-03", "2023~"), ("2024?", "2023"), (None, "2023"), ("2024", None)],
    )
    def test_only_what_is_certain(self, case: Case, sample: Sample, signature: str | None, entry: str | None) -> None:
        self.act(case, sample.agreement, "signature", signature)
        record = self.act(case, sample.agreement, "entry into force", entry)
        assert K.OUT_OF_ORDER not in kinds_at(case, record, "date")

    def test_one_earlier_signature_is_enough(self, case: Case, sample: Sample) -> None:
        self.act(case, sample.agreement, "signature", "2022")
        self.act(case, sample.agreement, "signature", "2025")
        entry = self.act(case, sample.agreement, "entry into force", "2023")
        assert K.OUT_OF_ORDER not in kinds_at(case, entry, "date")

    def test_of_many_parties_some_join_later(self, case: Case, sample: Sample) -> None:
        self.act(case, sample.agreement, "signature", "2024", organization=sample.japan)
        entry = self.act(case, sample.agreement, "entry into force", "2020")
        assert K.OUT_OF_ORDER in kinds_at(case, entry, "date")
        case.put(sample.agreement, "parties", [sample.japan, sample.norway, *self._others(case)])
        assert K.OUT_OF_ORDER not in kinds_at(case, entry, "date")

    def _others(self, case: Case) -> list[uuid.UUID]:
        return [case.add(Organization, name=name) for name in ("Sweden", "Finland")]

    def test_the_parties_do_not_wait_for_each_other(self, case: Case, sample: Sample) -> None:
        self.act(case, sample.agreement, "signature", "2024", organization=sample.japan)
        ratified = self.act(case, sample.agreement, "ratification", "2023", organization=sample.norway)
        assert K.OUT_OF_ORDER not in kinds_at(case, ratified, "date")

    def test_other_agreements_do_not_matter(self, case: Case, sample: Sample) -> None:
        other = case.add(Agreement, title="Other")
        self.act(case, other, "signature", "2024")
        entry = self.act(case, sample.agreement, "entry into force", "2023")
        assert K.OUT_OF_ORDER not in kinds_at(case, entry, "date")
