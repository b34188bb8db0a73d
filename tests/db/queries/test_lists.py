"""Lists against what the same records say one by one: every column, both directions, filters, pages."""

from array import array
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.collation import title_order
from db.engine import open_engine, open_sessions
from db.errors import FilterError
from db.log import edit
from db.models import ENTITIES, Agreement, Entity, Note, Organization, Person, Source, Tag
from db.operations.records import add_record, delete_record, set_field
from db.queries.agreements import agreement_status
from db.queries.lists import (
    HEAD,
    Mark,
    Slice,
    Sort,
    columns_of,
    hits,
    ids_of,
    place_of,
    rows,
    rows_of,
    shown_at_first,
    snapshot,
)
from db.status import Status
from tests.benchmarks.large import ANALYST, make_register, open_file

COUNT = 450


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("lists") / "register.casefile"
    make_register(path, COUNT)
    return path


@pytest.fixture(scope="module")
def session(register: Path) -> Iterator[Session]:
    engine = open_engine(register)
    with open_sessions(engine)() as opened:
        yield opened
    engine.dispose()


def whole(slices: Iterator[Slice]) -> list[int]:
    """All pks, with every slice where it says that it stands."""
    found = array("q")
    ends = []
    for piece in slices:
        assert piece.start == len(found)
        found.extend(piece.pks)
        ends.append(piece.is_last)
    assert ends == [*[False] * (len(ends) - 1), True]
    return list(found)


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("cls", ENTITIES, ids=lambda cls: cls.PLURAL)
def test_every_column_sorts_every_record(session: Session, cls: type[Entity], descending: bool) -> None:
    everything = sorted(session.scalars(select(cls.pk)))
    for name in columns_of(cls):
        assert sorted(whole(snapshot(session, cls, "", Sort(name, descending)))) == everything, name


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("name", ["status", "signed", "in_force"])
def test_derived_columns_sort_by_what_rows_show(session: Session, name: str, descending: bool) -> None:
    order = whole(snapshot(session, Agreement, "", Sort(name, descending)))
    keys = dict(session.execute(select(Agreement.pk, Agreement.id)).all())
    shown = agreement_status(session, list(keys.values()))
    statuses = list(Status)

    def value(pk: int) -> object:
        if name == "status":
            return statuses.index(shown[keys[pk]].status)
        if name == "signed":
            signed = shown[keys[pk]].signed
            return signed.earliest if signed else None
        return day_in_force.get(pk)

    day_in_force = {row.pk: row.cells["in_force"] for row in rows(session, Agreement, order, ("in_force",)) if row}
    present = [pk for pk in order if value(pk) not in (None, "")]
    assert order[: len(present)] == present, "records without a value come last"
    if name != "in_force":
        values = [value(pk) for pk in present]
        assert values == sorted(values, reverse=descending)  # type: ignore[type-var]


def test_equals_stand_as_they_were_entered(session: Session) -> None:
    order = whole(snapshot(session, Agreement, "", Sort("instrument_type")))
    kinds = dict(session.execute(select(Agreement.pk, Agreement.instrument_type)).all())
    for first, second in pairwise(order):
        assert kinds[first] != kinds[second] or first < second


def test_titles_sort_as_people_look_for_them(session: Session) -> None:
    latin = ["Ångström", "“Duck”", "eagle", "Échange", "Egg", "Lima", "łódź", "Oslo", "Østersjø", "zebra"]
    expected = [*latin, "Їжак", "日本"]
    union = " UNION ALL ".join(f"SELECT '{word}' AS title" for word in reversed(expected))
    query = f"SELECT title FROM ({union}) ORDER BY {title_order('title')}"
    assert list(session.connection().exec_driver_sql(query).scalars()) == expected


def test_the_title_order_walks_its_index(session: Session) -> None:
    plan = session.connection().exec_driver_sql(
        f"EXPLAIN QUERY PLAN SELECT pk FROM agreement ORDER BY {title_order('title')}, pk LIMIT 200"
    )
    assert "agreement_title_order" in str(plan.all())


def test_the_first_slice_fills_a_screen_and_the_rest_follows(session: Session) -> None:
    slices = list(snapshot(session, Agreement))
    assert [piece.start for piece in slices] == [0, HEAD]
    assert len(slices[0].pks) == HEAD


@pytest.mark.parametrize("name", ["title", "signed", "place_signed", "status", "changed"])
def test_a_filter_holds_in_every_order(session: Session, name: str) -> None:
    expected = sorted(whole(snapshot(session, Agreement, "cyber")))
    assert 0 < len(expected) < COUNT
    assert sorted(whole(snapshot(session, Agreement, "cyber", Sort(name, descending=True)))) == expected
    found = whole(hits(session, Agreement, "cyber"))
    assert found == sorted(expected, reverse=True)[:HEAD]


def test_a_wrong_filter_points_at_the_place(session: Session) -> None:
    with pytest.raises(FilterError) as caught:
        list(snapshot(session, Agreement, "cyber is:purple"))
    assert caught.value.position == len("cyber is:")
    assert "disputed" in str(caught.value)
    with pytest.raises(FilterError):
        list(snapshot(session, Agreement, "has:wings"))
    with pytest.raises(FilterError):
        list(snapshot(session, Agreement, "changed:often"))


class TestEvidence:
    def test_what_has_a_source_for_everything_is_cited(self, session: Session) -> None:
        found = {
            word: set(whole(snapshot(session, Agreement, word))) for word in ("is:cited", "is:uncited", "has:claim")
        }
        assert len(found["is:uncited"]) == COUNT, "of a register, nobody cites every subject"
        assert found["has:claim"]
        assert found["is:cited"] == found["has:claim"] - found["is:uncited"]

    @pytest.mark.parametrize("cls", [Agreement, Organization, Person, Source], ids=lambda cls: cls.PLURAL)
    def test_marks_say_what_the_filter_says(self, session: Session, cls: type[Entity]) -> None:
        words = {
            Mark.DISPUTED: "is:disputed",
            Mark.UNPROVEN: "is:unproven",
            Mark.PARTLY: "is:uncited -is:unproven",
            Mark.CITED: "is:cited",
        }
        expected: dict[int, Mark] = {}
        for mark, word in words.items():
            expected = dict.fromkeys(whole(snapshot(session, cls, word)), mark) | expected
        found = rows(session, cls, whole(snapshot(session, cls)))
        assert {row.pk: row.mark for row in found if row and row.mark} == expected

    def test_a_dispute_is_what_the_evidence_of_the_record_says(self, session: Session) -> None:
        from db.evidence import evidence
        from db.marks import parts_of
        from db.models.vocabulary import Standing

        disputed = set(whole(snapshot(session, Agreement, "is:disputed")))
        keys = dict(session.execute(select(Agreement.pk, Agreement.id)).all())
        actions = next(part for part in parts_of(Agreement) if part.__tablename__ == "party_action")
        for pk, key in list(keys.items())[:80]:
            parts = session.scalars(select(actions.id).where(actions.agreement_id == key))  # type: ignore[attr-defined]
            standings = [found.standing for part in (key, *parts) for found in evidence(session, part).values()]
            assert (Standing.DISPUTED in standings) == (pk in disputed)


def test_pages_keep_the_order_and_leave_gaps(session: Session) -> None:
    order = whole(snapshot(session, Agreement))[:130]
    found = rows(session, Agreement, [*order, 10**9], shown_at_first(Agreement))
    assert [row.pk if row else None for row in found] == [*order, None]
    first = found[0]
    assert first is not None
    assert first.status is not None
    assert first.cells["status"] == first.status.value
    assert all([first.line, first.title])


def test_positions_and_ids(session: Session) -> None:
    order = whole(snapshot(session, Agreement))
    (key,) = ids_of(session, Agreement, [order[7]])
    assert place_of(array("q", order), order[7]) == 7
    assert place_of(array("q", order), 1 << 40) is None
    assert rows_of(session, Agreement, [key]) == {key: order[7]}


@pytest.mark.parametrize("cls", ENTITIES, ids=lambda cls: cls.PLURAL)
def test_every_cell_of_every_kind_has_words(session: Session, cls: type[Entity]) -> None:
    pks = list(session.scalars(select(cls.pk).limit(5)))
    for row in rows(session, cls, pks, tuple(columns_of(cls))):
        assert row is not None
        assert set(row.cells) == set(columns_of(cls))


def test_tags_notes_and_edits_are_found(tmp_path: Path) -> None:
    path = tmp_path / "few.casefile"
    make_register(path, 3)
    with open_file(path) as engine:
        sessions = open_sessions(engine)
        with edit(sessions, ANALYST, "Tag", now=1_600_000_000_000) as session:
            keys = list(session.scalars(select(Agreement.id).order_by(Agreement.pk)))
            tag = add_record(session, Tag, {"name": "Arctic"})
            set_field(session, keys[1], "tags", [tag])
            add_record(session, Note, {"text": "Ask again", "concerns": [keys[2]]})
        with sessions() as session:
            pks = rows_of(session, Agreement, keys)
            assert whole(snapshot(session, Agreement, "tag:arctic")) == [pks[keys[1]]]
            assert whole(snapshot(session, Agreement, "has:note")) == [pks[keys[2]]]
            assert whole(snapshot(session, Agreement, "changed:2020-09")) == sorted([pks[keys[1]], pks[keys[2]]])
            assert whole(snapshot(session, Agreement, "entered:2020")) == []
            assert whole(snapshot(session, Agreement, "by:analyst has:tags tag:arctic")) == [pks[keys[1]]]
            (row,) = rows(session, Agreement, [pks[keys[1]]])
            assert row is not None
            assert [tag.name for tag in row.tags] == ["Arctic"]
            assert whole(snapshot(session, Agreement, "", Sort("changed", descending=True)))[0] == pks[keys[2]]
        with edit(sessions, ANALYST, "Delete") as session:
            delete_record(session, keys[0])
        with sessions() as session:
            assert pks[keys[0]] not in whole(snapshot(session, Agreement))
            assert rows(session, Agreement, [pks[keys[0]]]) == [None]


def test_officials_and_sources_say_more_than_a_title(session: Session) -> None:
    for cls in (Person, Source, Organization):
        pks = whole(snapshot(session, cls))
        assert pks
        assert all(row and row.title for row in rows(session, cls, pks[:20], shown_at_first(cls)))
