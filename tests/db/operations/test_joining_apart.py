"""Random joining, telling apart, editing and undoing in two copies: they merge to the same, and nothing is lost."""

import shutil
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from db.duplicates.classes import classes_of
from db.duplicates.finder import duplicates
from db.errors import CaseFileError
from db.evidence import evidence
from db.models import Agreement, Citation, Claim, Note, Organization, OtherName, Party, Person, Source, Tag
from db.operations.distinctions import tell_apart
from db.operations.joining import join, unfinished
from db.operations.records import add_record, delete_record, set_field
from tests.db.case import COLLEAGUE, Case
from tests.db.replicas import MEMORY

BODIES = 4


@dataclass(frozen=True)
class Step:
    verb: str
    replica: int
    one: int
    other: int


STEPS = st.builds(
    Step,
    st.sampled_from(
        [
            "join",
            "join",
            "join",
            "name",
            "claim",
            "tag",
            "party",
            "parent",
            "rename",
            "apart",
            "remove",
            "undo",
            "merge",
        ]
    ),
    st.integers(0, 1),
    st.integers(0, BODIES - 1),
    st.integers(0, BODIES - 1),
)


@contextmanager
def two_copies(empty: Path) -> Iterator[tuple[Case, Case, list[uuid.UUID]]]:
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        first = Case(Path(shutil.copy(empty, Path(folder) / "Analyst.casefile")))
        with first.edit("Seed") as session:
            bodies = [add_record(session, Organization, {"name": f"Body {number}"}) for number in range(BODIES - 1)]
            bodies.append(add_record(session, Organization, {"name": "Norway", "iso_code": "NOR"}))
            source = add_record(session, Source, {"title": "S"})
            add_record(session, Citation, {"source": source})
            for number in range(2):
                add_record(session, Agreement, {"title": f"A {number}", "parties": [bodies[number]]})
        second = first.fork(COLLEAGUE)
        try:
            yield first, second, bodies
        finally:
            first.close()
            second.close()


def take(case: Case, other: Case, step: Step, bodies: Sequence[uuid.UUID]) -> None:
    one, another = bodies[step.one], bodies[step.other]
    if step.verb == "merge":
        case.merge(other)
        return
    if step.verb == "undo":
        case.undo(case.entries()[step.one % len(case.entries())].id, over_later=bool(step.other % 2))
        return
    with case.edit(step.verb) as session:
        match step.verb:
            case "join":
                join(session, [one, another])
            case "name":
                add_record(session, OtherName, {"record": one, "name": f"Also {step.other}"})
            case "claim":
                citation = session.scalars(select(Citation.id)).first()
                values = {"subject": one, "property": "founding_date", "value": f"19{step.other}0"}
                add_record(session, Claim, values | {"citation": citation})
            case "tag":
                add_record(session, Note, {"text": "On it.", "concerns": [one, another]})
                set_field(session, one, "tags", [add_record(session, Tag, {"name": f"tag {step.other}"})])
            case "party":
                agreement = session.scalars(select(Agreement.id).order_by(Agreement.id)).all()[step.other % 2]
                add_record(session, Party, {"agreement": agreement, "organization": one, "role": "buyer"})
            case "parent":
                set_field(session, one, "parent", another)
            case "rename":
                set_field(session, one, "name", f"Name {step.other}")
            case "apart":
                tell_apart(session, one, another, "Not the same.")
            case "remove":
                delete_record(session, one)


@settings(max_examples=settings().max_examples // 5)
@given(steps=st.lists(STEPS, min_size=2, max_size=10))
def test_whatever_is_joined_apart_merges_to_the_same(empty_file: Path, steps: list[Step]) -> None:
    with two_copies(empty_file) as (first, second, bodies):
        for step in steps:
            copies = (first, second) if step.replica == 0 else (second, first)
            with suppress(CaseFileError):
                take(*copies, step, bodies)
        for copy, other in ((first, second), (second, first)):
            copy.judge()
            copy.merge(other)
        assert first.rows() == second.rows()
        assert first.read(classes_of, Organization) == second.read(classes_of, Organization)
        assert [(pair.first, pair.second, pair.state) for pair in first.read(duplicates)] == [
            (pair.first, pair.second, pair.state) for pair in second.read(duplicates)
        ]
        said = everything(first)
        for left in first.read(unfinished, Organization):
            before = first.rows()
            with first.edit("Finish") as session:
                join(session, [left.canonical, *left.others])
            after = first.rows()
            first.undo_last()
            assert first.rows() == before
            first.undo_last()
            assert first.rows() == after
        assert first.read(unfinished, Organization) == []
        assert everything(first) >= said
        first.judge()


def everything(case: Case) -> set[tuple[object, ...]]:
    """What is said of the bodies, whichever of a class it is said of."""
    classes = case.read(classes_of, Organization)
    return {
        (what, classes.of(body), *rest)
        for what, query in {
            "name": "SELECT record_id, name FROM other_name",
            "claim": "SELECT subject_id, value FROM claim",
            "tag": "SELECT record_id, tag_id FROM tagging",
            "concern": "SELECT subject_id, record_id FROM concern",
            "party": "SELECT organization_id, agreement_id FROM party",
            "part": "SELECT parent_id, id FROM organization WHERE parent_id IS NOT NULL",
        }.items()
        for body, *rest in case.sql(query)
    }


def test_sources_joined_apart_are_one_origin(case: Case) -> None:
    """A with C here, B with C there: one field of C cannot say both, and still all three are one source."""
    official = case.add(Person, name="Bjørn Arild Gram")
    sources = [case.add(Source, title=f"Page {number}") for number in range(3)]
    for source in sources:
        citation = case.add(Citation, source=source)
        case.add(Claim, subject=official, property="name", value="Bjørn Arild Gram", citation=citation)
    assert case.read(evidence, official)["name"].origins == 3
    other = case.fork()
    with case.edit() as session:
        join(session, [sources[0], sources[2]])
    with other.edit() as session:
        join(session, [sources[1], sources[2]])
    case.merge(other)
    assert case.read(evidence, official)["name"].origins == 1
    other.close()
