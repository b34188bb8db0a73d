"""Undo and redo from the log: whatever was done can be taken back, and taken back again."""

import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.errors import CaseFileError, LaterEdit, RecordNotFound
from db.identity import new_id
from db.log import Editor
from db.models import (
    Agreement,
    Citation,
    Claim,
    Entity,
    Membership,
    Note,
    Organization,
    OtherName,
    Party,
    PartyAction,
    Person,
    Post,
    Provision,
    Relation,
    Source,
    Tag,
)
from db.operations.claims import accept
from db.operations.records import add_record, add_records, delete_record, set_field
from db.queries.history import changes, conflicts
from db.queries.records import count_records
from tests.db.case import ANALYST, COLLEAGUE, Case, Sample
from tests.db.replicas import MEMORY


def create(case: Case, sample: Sample) -> None:
    case.add(Agreement, title="Other", parties=[sample.japan], subjects=["peacekeeping"], tags=[])


def create_state(case: Case, sample: Sample) -> None:
    case.add(Organization, name="Sweden", iso_code="SWE")


def edit_state(case: Case, sample: Sample) -> None:
    case.add(Organization, name="Nippon", iso_code="JPN", notes="x")


def set_text(case: Case, sample: Sample) -> None:
    case.put(sample.agreement, "title", "Changed")


def set_marking(case: Case, sample: Sample) -> None:
    case.put(sample.agreement, "marking", "RED")


def set_reference(case: Case, sample: Sample) -> None:
    case.put(sample.agreement, "depositary", sample.norway)


def set_members(case: Case, sample: Sample) -> None:
    case.put(sample.agreement, "parties", [sample.norway])


def set_terms(case: Case, sample: Sample) -> None:
    case.put(sample.agreement, "subjects", ["peacekeeping", "logistic support"])


def set_several(case: Case, sample: Sample) -> None:
    with case.edit() as session:
        for name, value in [("title", "A"), ("summary", "B"), ("title", "C"), ("subjects", [])]:
            set_field(session, sample.agreement, name, value)


def add_child(case: Case, sample: Sample) -> None:
    case.add(Provision, agreement=sample.agreement, provision_kind="cost", text="x")


def delete_with_children(case: Case, sample: Sample) -> None:
    with case.edit() as session:
        delete_record(session, sample.agreement)


def replace(case: Case, sample: Sample) -> None:
    with case.edit() as session:
        delete_record(session, sample.minister)
        add_record(session, Person, {"name": "Successor"})


def come_and_go(case: Case, sample: Sample) -> None:
    with case.edit() as session:
        delete_record(session, add_record(session, Person, {"name": "Nobody"}))


def edit_and_delete(case: Case, sample: Sample) -> None:
    with case.edit() as session:
        set_field(session, sample.agreement, "title", "Doomed")
        delete_record(session, sample.agreement)


def outside(case: Case, sample: Sample) -> None:
    case.sql("UPDATE agreement SET summary = 'outside', place_signed = 'Oslo'")


def replace_outside(case: Case, sample: Sample) -> None:
    case.sql("INSERT OR REPLACE INTO person(pk, id, name) SELECT pk, id, 'Replaced' FROM person")


def accept_claim(case: Case, sample: Sample) -> None:
    citation = case.add(Citation, source=case.add(Source, title="S"))
    claim = case.add(Claim, subject=sample.agreement, property="place_signed", value="Tokyo", citation=citation)
    with case.edit() as session:
        accept(session, claim, "because")


EDITS = [
    create,
    create_state,
    edit_state,
    set_text,
    set_marking,
    set_reference,
    set_members,
    set_terms,
    set_several,
    add_child,
    delete_with_children,
    replace,
    come_and_go,
    edit_and_delete,
    outside,
    replace_outside,
    accept_claim,
]


@pytest.mark.parametrize("do", EDITS, ids=lambda do: do.__name__)
class TestIdentity:
    def test_undone_redone_and_undone_again(
        self, case: Case, sample: Sample, do: Callable[[Case, Sample], None]
    ) -> None:
        known = len(case.entries())
        states = [case.rows()]
        do(case, sample)
        fresh = len(case.entries()) - known
        after = case.rows()
        for entry in case.entries()[:fresh]:
            case.undo(entry.id)
        assert case.rows() == states[0]
        case.judge()
        for entry in case.entries()[:fresh]:
            case.undo(entry.id)
        assert case.rows() == after
        case.judge()
        for entry in case.entries()[:fresh]:
            case.undo(entry.id)
        assert case.rows() == states[0]
        case.judge()

    def test_after_the_file_was_closed(self, case: Case, sample: Sample, do: Callable[[Case, Sample], None]) -> None:
        known = len(case.entries())
        before = case.rows()
        do(case, sample)
        case.reopen()
        for entry in case.entries()[: len(case.entries()) - known]:
            case.undo(entry.id)
        assert case.rows() == before


class TestWords:
    def test_undo_is_an_entry_that_names_what_it_undid(self, case: Case, sample: Sample) -> None:
        case.put(sample.agreement, "title", "Changed")
        undone = case.entries()[0]
        assert case.undo(undone.id) == "Undo: Set title"
        newest, before, *_ = case.entries()
        assert (newest.label, newest.undo_of, newest.author) == ("Undo: Set title", undone.id, "Analyst")
        assert before.undone
        assert not newest.undone

    def test_what_another_program_wrote_has_a_name_too(self, case: Case, sample: Sample) -> None:
        case.sql("UPDATE agreement SET title = 'outside'")
        assert case.undo_last() == "Undo: an edit by another program"

    def test_what_is_not_there(self, case: Case) -> None:
        with pytest.raises(RecordNotFound, match="There is no edit"):
            case.undo(new_id())

    def test_undoing_what_is_undone_changes_nothing(self, case: Case, sample: Sample) -> None:
        case.put(sample.agreement, "title", "Changed")
        entry = case.entries()[0].id
        case.undo(entry)
        count = len(case.entries())
        with pytest.raises(LaterEdit, match="“title” of “Memorandum” was changed again since, by “Undo: Set title”"):
            case.undo(entry)
        assert len(case.entries()) == count


class TestLaterEdits:
    def refused(self, case: Case, entry: uuid.UUID, words: str) -> None:
        before = case.rows(), len(case.entries())
        with pytest.raises(LaterEdit, match=words):
            case.undo(entry)
        assert (case.rows(), len(case.entries())) == before

    def test_the_same_field_was_changed_since(self, case: Case, sample: Sample) -> None:
        case.put(sample.agreement, "title", "A")
        entry = case.entries()[0].id
        case.put(sample.agreement, "title", "B")
        self.refused(case, entry, "“title” of “B” was changed again since, by “Set title”. Undo that first. Nothing")

    def test_it_can_be_insisted_on_only_where_that_would_help(self, case: Case, sample: Sample) -> None:
        case.put(sample.japan, "name", "Nippon")
        for entry in [each for each in case.entries() if each.label == "Add organization"]:
            for over_later in (False, True):
                with pytest.raises(LaterEdit, match="is used since: Memorandum") as refused:
                    case.undo(entry.id, over_later=over_later)
                assert not refused.value.can_insist
        case.put(sample.minister, "name", "B. A. Gram")
        case.put(sample.minister, "name", "Bjørn Gram")
        with pytest.raises(LaterEdit, match="was changed again") as refused:
            case.undo(case.entries()[1].id)
        assert refused.value.can_insist
        assert case.value(sample.minister, "name") == "Bjørn Gram"

    def test_over_later_takes_it_back_all_the_same(self, case: Case, sample: Sample) -> None:
        case.put(sample.agreement, "title", "A")
        entry = case.entries()[0].id
        case.put(sample.agreement, "title", "B")
        case.undo(entry, over_later=True)
        assert case.value(sample.agreement, "title") == "Memorandum"
        case.judge()

    def test_another_field_does_not_stand_in_the_way(self, case: Case, sample: Sample) -> None:
        case.put(sample.agreement, "title", "A")
        entry = case.entries()[0].id
        case.put(sample.agreement, "summary", "kept")
        case.undo(entry)
        row = case.record(sample.agreement)
        assert (row["title"].value, row["summary"].value) == ("Memorandum", "kept")

    def test_a_field_that_came_back_to_the_same_value_does_not_either(self, case: Case, sample: Sample) -> None:
        case.put(sample.agreement, "title", "A")
        entry = case.entries()[0].id
        case.put(sample.agreement, "title", "B")
        case.put(sample.agreement, "title", "A")
        case.undo(entry)
        assert case.value(sample.agreement, "title") == "Memorandum"

    def test_a_created_record_was_edited_since(self, case: Case) -> None:
        key = case.add(Person, name="A")
        entry = case.entries()[0].id
        case.put(key, "name", "B")
        self.refused(case, entry, "“name” of “B” was changed again since, by “Set name”")
        case.undo(entry, over_later=True)
        assert "officials" not in case.read(count_records)
        case.judge()

    def test_a_created_record_is_used_since(self, case: Case, sample: Sample) -> None:
        body = case.add(Organization, name="Body")
        entry = case.entries()[0].id
        case.add(Post, label="Head", organization=body)
        self.refused(case, entry, "A record that it created is used since: Head. Nothing was changed")
        with pytest.raises(LaterEdit, match="used since"):
            case.undo(entry, over_later=True)

    def test_an_edited_record_was_deleted_since(self, case: Case) -> None:
        key = case.add(Person, name="A")
        case.put(key, "name", "B")
        entry = case.entries()[0].id
        case.delete(key)
        self.refused(case, entry, "A record that it changed was deleted since, by “Delete”. Undo that first")

    def test_over_later_brings_a_deleted_record_back_as_it_was_before_the_edit(self, case: Case) -> None:
        key = case.add(Person, name="A", honorific="Dr")
        case.put(key, "name", "B")
        entry = case.entries()[0].id
        case.delete(key)
        case.undo(entry, over_later=True)
        row = case.record(key)
        assert (row["name"].value, row["honorific"].value) == ("A", "Dr")
        case.judge()

    def test_what_a_deleted_record_pointed_at_is_gone(self, case: Case) -> None:
        body = case.add(Organization, name="Body")
        post = case.add(Post, label="Head", organization=body)
        case.delete(post)
        entry = case.entries()[0].id
        case.delete(body)
        self.refused(case, entry, "What “organization” pointed at was deleted since. Undo that first")
        case.undo_last()
        case.undo(entry)
        assert case.record(post)["organization"].text == "Body"

    def test_what_a_field_pointed_at_is_gone(self, case: Case, sample: Sample) -> None:
        body = case.add(Organization, name="Body")
        case.put(sample.agreement, "depositary", body)
        case.put(sample.agreement, "depositary", None)
        entry = case.entries()[0].id
        case.delete(body)
        self.refused(case, entry, "What “depositary” pointed at was deleted since")

    def test_a_deleted_record_came_back_and_was_edited(self, case: Case) -> None:
        key = case.add(Person, name="A")
        case.delete(key)
        entry = case.entries()[0].id
        case.undo(entry)
        case.put(key, "name", "B")
        case.undo(entry)
        assert case.value(key, "name") == "B"
        case.judge()


class TestAuthors:
    """Whoever has edited stays known: taking back the first edit does not make an author nameless."""

    def test_the_first_edit_can_be_undone_when_its_author_is_named_since(self, case: Case, sample: Sample) -> None:
        case.editor = COLLEAGUE
        key = case.add(Person, name="A")
        entry = case.entries()[0].id
        citation = case.add(Citation, source=case.add(Source, title="S"))
        case.add(Claim, subject=sample.agreement, property="title", value="x", citation=citation, analyst=COLLEAGUE.id)
        case.undo(entry)
        with pytest.raises(RecordNotFound):
            case.record(key)
        case.judge()

    def test_the_history_still_names_an_author_whose_first_edit_was_undone(self, case: Case) -> None:
        case.editor = COLLEAGUE
        case.add(Person, name="A")
        first = case.entries()[0].id
        case.add(Person, name="B")
        case.editor = ANALYST
        case.undo(first)
        assert [entry.author for entry in case.entries()] == ["Analyst", "Colleague", "Colleague"]


class TestImport:
    def test_an_import_is_taken_back_as_a_whole(self, case: Case, sample: Sample) -> None:
        before = case.rows()
        with case.edit("Import of register.csv") as session:
            bodies = add_records(session, Organization, [{"name": f"Body {n}"} for n in range(40)])
            add_records(session, Organization, [{"name": "Nippon", "iso_code": "JPN"}])
            titles = [{"title": f"Agreement {n}", "parties": bodies[n : n + 3]} for n in range(38)]
            add_records(session, Agreement, titles)
        after = case.rows()
        assert case.undo_last() == "Undo: Import of register.csv"
        assert case.rows() == before
        case.judge()
        case.undo_last()
        assert case.rows() == after
        case.judge()


class TestMerge:
    @pytest.fixture
    def other(self, case: Case, sample: Sample) -> Iterator[Case]:
        other = case.fork()
        yield other
        other.close()

    def test_by_its_receipt(self, case: Case, sample: Sample, other: Case) -> None:
        key = other.add(Person, name="New", honorific="Dr")
        other.put(sample.agreement, "title", "Theirs")
        other.put(sample.agreement, "subjects", [])
        other.delete(sample.minister)
        before = case.rows()
        receipt = case.merge(other)
        after = case.rows()
        assert case.undo(receipt.id) == "Undo: merge of Colleague.casefile"
        assert case.rows() == before
        case.judge()
        case.undo_last()
        assert case.rows() == after
        assert case.record(key)["honorific"].value == "Dr"
        case.judge()

    def test_of_a_conflict_shows_our_value_again(self, case: Case, sample: Sample, other: Case) -> None:
        other.put(sample.agreement, "title", "Theirs")
        case.put(sample.agreement, "title", "Ours")
        case.undo(case.merge(other).id, over_later=True)
        assert case.value(sample.agreement, "title") == "Ours"
        case.judge()

    def test_a_conflict_is_one_again_when_the_undo_is_undone(self, case: Case, sample: Sample, other: Case) -> None:
        other.put(sample.agreement, "title", "Theirs")
        case.put(sample.agreement, "title", "Ours")
        receipt = case.merge(other)
        (before,) = case.read(conflicts)
        case.undo(receipt.id)
        assert case.read(conflicts) == []
        case.undo_last()
        assert case.read(conflicts) == [before]
        case.judge()
        other.merge(case)
        assert other.read(conflicts) == [before]
        other.judge()
        case.undo_last()
        assert case.read(conflicts) == []
        assert case.value(sample.agreement, "title") == "Ours"
        case.judge()

    def test_undoing_a_deletion_brings_a_conflict_back(self, case: Case, sample: Sample, other: Case) -> None:
        case.put(sample.agreement, "title", "Ours")
        other.put(sample.agreement, "title", "Theirs")
        case.merge(other)
        (before,) = case.read(conflicts)
        case.delete(sample.agreement)
        assert case.read(conflicts) == []
        case.undo_last()
        assert case.read(conflicts) == [before]
        case.judge()

    @pytest.mark.parametrize("settled", ["Ours", "Theirs", "Third"])
    def test_undoing_what_settled_a_conflict_brings_it_back(
        self, case: Case, sample: Sample, other: Case, settled: str
    ) -> None:
        case.put(sample.agreement, "title", "Ours")
        other.put(sample.agreement, "title", "Theirs")
        case.merge(other)
        (before,) = case.read(conflicts)
        case.put(sample.agreement, "title", settled)
        assert case.read(conflicts) == []
        case.undo_last()
        assert case.read(conflicts) == [before]
        assert case.value(sample.agreement, "title") == before.values[-1]
        case.judge()
        other.merge(case)
        assert other.read(conflicts) == [before]
        other.judge()

    def test_a_conflict_of_three_comes_back_whole(self, case: Case, sample: Sample, other: Case) -> None:
        third = case.fork(Editor(uuid.UUID(int=3), "Third"))
        case.put(sample.agreement, "title", "Ours")
        other.put(sample.agreement, "title", "Theirs")
        third.put(sample.agreement, "title", "A third")
        case.merge(other)
        case.merge(third)
        third.close()
        (before,) = case.read(conflicts)
        assert len(before.values) == 3
        case.put(sample.agreement, "title", "Settled")
        case.undo_last()
        assert case.read(conflicts) == [before]
        case.judge()

    def test_of_a_record_that_their_edit_brought_back(self, case: Case, sample: Sample, other: Case) -> None:
        other.put(sample.minister, "name", "Edited")
        case.delete(sample.minister)
        before = case.rows()
        receipt = case.merge(other)
        assert case.value(sample.minister, "name") == "Edited"
        case.undo(receipt.id)
        assert case.rows() == before
        case.judge()

    def test_an_edit_of_theirs_can_be_undone_here_and_the_undo_travels(
        self, case: Case, sample: Sample, other: Case
    ) -> None:
        other.put(sample.agreement, "title", "Theirs")
        case.merge(other)
        (entry,) = [entry for entry in case.entries() if entry.label == "Set title"]
        case.undo(entry.id)
        assert case.value(sample.agreement, "title") == "Memorandum"
        other.merge(case)
        assert other.value(sample.agreement, "title") == "Memorandum"
        other.judge()

    def test_across_a_merge(self, case: Case, sample: Sample, other: Case) -> None:
        """Ours was done before the merge and is undone after it; what they did stays."""
        case.put(sample.agreement, "title", "Ours")
        entry = case.entries()[0].id
        other.put(sample.agreement, "summary", "Theirs")
        case.merge(other)
        case.undo(entry)
        row = case.record(sample.agreement)
        assert (row["title"].value, row["summary"].value) == ("Memorandum", "Theirs")
        case.judge()

    def test_across_a_merge_in_which_they_used_what_we_had_made(self, case: Case, sample: Sample) -> None:
        body = case.add(Organization, name="Body")
        entry = case.entries()[0].id
        other = case.fork(Editor(uuid.UUID(int=3), "Third"))
        other.add(Post, label="Head", organization=body)
        case.merge(other)
        other.close()
        with pytest.raises(LaterEdit, match="used since: Head"):
            case.undo(entry)

    def test_of_a_merge_after_which_we_went_on(self, case: Case, sample: Sample, other: Case) -> None:
        other.put(sample.agreement, "title", "Theirs")
        receipt = case.merge(other)
        case.put(sample.agreement, "title", "Ours")
        with pytest.raises(LaterEdit, match="“title” of “Ours” was changed again since, by “Set title”"):
            case.undo(receipt.id)


@dataclass(frozen=True)
class Step:
    """One edit of some record."""

    verb: str
    target: int
    other: int


class Steps:
    """What the property below does to a small case file; each verb is at most one entry."""

    def __init__(self, case: Case) -> None:
        self.case = case

    def run(self, step: Step) -> None:
        getattr(self, step.verb)(step)

    def pick(self, cls: type[Entity], index: int) -> uuid.UUID | None:
        rows = self.case.sql(f"SELECT id FROM {cls.__tablename__} ORDER BY id")
        return uuid.UUID(bytes=rows[index % len(rows)][0]) if rows else None

    def put(self, cls: type[Entity], index: int, name: str, value: object) -> None:
        key = self.pick(cls, index)
        if key:
            self.case.put(key, name, value)

    def add_agreement(self, step: Step) -> None:
        self.case.add(Agreement, title=f"A{step.other}", parties=self.some_bodies(step.other))

    def add_body(self, step: Step) -> None:
        self.case.add(Organization, name=f"B{step.other}", parent=self.pick(Organization, step.target))

    def add_state(self, step: Step) -> None:
        self.case.add(Organization, name=f"S{step.other}", iso_code=("JPN", "NOR", "SWE")[step.target % 3])

    def add_tag(self, step: Step) -> None:
        self.case.add(Tag, name="ab"[step.target % 2], colour="xy"[step.other % 2])

    def add_action(self, step: Step) -> None:
        agreement = self.pick(Agreement, step.target)
        if agreement:
            signatories = self.some_bodies(step.other)
            self.case.add(PartyAction, agreement=agreement, action="signature", signatories=signatories)

    def add_membership(self, step: Step) -> None:
        person = self.pick(Person, step.target)
        if person:
            self.case.add(Membership, person=person, organization=self.pick(Organization, step.other))

    def add_relation(self, step: Step) -> None:
        ends = self.pick(Agreement, step.target), self.pick(Agreement, step.other)
        if all(ends):
            self.case.add(Relation, agreement=ends[0], relation_type="cites", target=ends[1])

    def add_name(self, step: Step) -> None:
        record = self.pick(Organization, step.target)
        if record:
            self.case.add(OtherName, record=record, name=f"N{step.other}")

    def add_note(self, step: Step) -> None:
        about = [key for key in (self.pick(Agreement, step.target), self.pick(Note, step.other)) if key]
        self.case.add(Note, text="note", concerns=about)

    def some_bodies(self, count: int) -> list[uuid.UUID]:
        return [key for key in {self.pick(Organization, index) for index in range(count % 4)} if key]

    def set_title(self, step: Step) -> None:
        self.put(Agreement, step.target, "title", f"T{step.other}")

    def set_subjects(self, step: Step) -> None:
        self.put(Agreement, step.target, "subjects", ["procurement", "peacekeeping", "other"][: step.other % 4])

    def set_parties(self, step: Step) -> None:
        self.put(Agreement, step.target, "parties", self.some_bodies(step.other))

    def set_parent(self, step: Step) -> None:
        self.put(Organization, step.target, "parent", self.pick(Organization, step.other))

    def set_marking(self, step: Step) -> None:
        self.put(Organization, step.target, "marking", ("RED", None)[step.other % 2])

    def set_role(self, step: Step) -> None:
        self.put(Party, step.target, "role", ("host", None)[step.other % 2])

    def set_same(self, step: Step) -> None:
        self.put(Agreement, step.target, "merged_into", self.pick(Agreement, step.other))

    def remove(self, step: Step) -> None:
        kinds = (Agreement, Organization, Person, Party, PartyAction, Note, Tag, OtherName)
        key = self.pick(kinds[step.other % len(kinds)], step.target)
        if key:
            self.case.delete(key)

    def write_outside(self, step: Step) -> None:
        key = self.pick(Agreement, step.target)
        if key:
            self.case.sql("UPDATE agreement SET summary = ? WHERE id = ?", f"O{step.other}", key.bytes)

    def undo(self, step: Step) -> None:
        entries = self.case.entries()
        self.case.undo(entries[step.other % min(4, len(entries))].id, over_later=bool(step.target % 2))


HELPERS = ("run", "pick", "put", "some_bodies")
STEPS = st.lists(
    st.builds(
        Step,
        verb=st.sampled_from([name for name in vars(Steps) if not name.startswith("_") and name not in HELPERS]),
        target=st.integers(0, 5),
        other=st.integers(0, 31),
    ),
    min_size=1,
    max_size=12,
)


@pytest.fixture(scope="module")
def seed(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    case = Case(Path(shutil.copy(empty_file, tmp_path_factory.mktemp("seed") / "seed.casefile")))
    japan = case.add(Organization, name="Japan", iso_code="JPN")
    case.add(Person, name="Minister")
    case.add(Agreement, title="First", parties=[japan], subjects=["procurement"])
    case.close()
    return case.path


@settings(max_examples=settings().max_examples // 2)
@given(steps=STEPS)
def test_undoing_all_in_reverse_goes_through_every_earlier_state(seed: Path, steps: list[Step]) -> None:
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        case = Case(Path(shutil.copy(seed, Path(folder) / "case.casefile")))
        try:
            go_and_return(case, steps)
        finally:
            case.close()


def go_and_return(case: Case, steps: list[Step]) -> None:
    """Do the steps, undo each, and redo each; every state is met again on the way."""
    doing, states, done = Steps(case), [case.rows()], list[uuid.UUID]()
    for step in steps:
        count = len(case.entries())
        with suppress(CaseFileError):
            doing.run(step)
        if len(case.entries()) > count:
            done.append(case.entries()[0].id)
            states.append(case.rows())
    case.judge()
    undone = []
    for entry, before in zip(reversed(done), reversed(states[:-1]), strict=True):
        case.undo(entry)
        undone.append(case.entries()[0].id)
        assert case.rows() == before
    case.judge()
    for entry, after in zip(reversed(undone), states[1:], strict=True):
        case.undo(entry)
        assert case.rows() == after
    case.judge()


def test_what_an_undo_did_is_told_like_any_edit(case: Case, sample: Sample) -> None:
    case.put(sample.agreement, "title", "Changed")
    case.undo_last()
    (change,) = case.read(changes, case.entries()[0].id)
    assert (change.field, change.before, change.after) == ("title", "Changed", "Memorandum")
