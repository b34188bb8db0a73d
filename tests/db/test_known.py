"""A file as it was known earlier is, row for row and change for change, what it was then."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.engine import connect, open_engine, open_sessions
from db.known import as_known, forget_after
from db.models import Agreement
from db.queries.records import list_records
from tests.db.case import Case
from tests.db.merging.test_union import STEPS
from tests.db.replicas import MEMORY, Replicas, Step, judge, make_seed, state_of


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_seed(tmp_path_factory.mktemp("seed"))


def remembered(replicas: Replicas, steps: list[Step]) -> Iterator[tuple[int, dict[str, object]]]:
    """After each step, how much the first copy knows and what it holds."""
    for step in steps:
        replicas.run([step])
        with replicas.copies[0].raw() as connection:
            yield connection.execute("SELECT coalesce(max(n), 0) FROM change").fetchone()[0], state_of(connection)


@pytest.mark.timeout(1200)
@settings(max_examples=settings().max_examples // 2)
@given(steps=STEPS, cut=st.integers(0, 21))
def test_what_was_known_after_any_step(seed: Path, steps: list[Step], cut: int) -> None:
    with tempfile.TemporaryDirectory(prefix="depositary-known-", dir=MEMORY) as name:
        replicas = Replicas(Path(name), seed)
        then = list(remembered(replicas, steps))
        for replica in replicas.copies:
            replica.close()
        if not then:
            return
        known, state = then[cut % len(then)]
        copy = Path(name) / "then"
        shutil.copy(replicas.copies[0].path, copy)
        with closing(connect(copy, writable=True)) as connection:
            forget_after(connection, known)
            judge(connection)
            found = state_of(connection)
        for part, value in state.items():
            assert found[part] == value, part


def test_a_day_before_everything_and_today(case: Case) -> None:
    reader = open_engine(case.path)
    with open_sessions(reader)() as session:
        with as_known(session, "1971-01-01") as then:
            assert list_records(then, Agreement) == []
        with as_known(session, "9998-01-01") as then:
            assert list_records(then, Agreement) == list_records(session, Agreement)
    reader.dispose()


def test_a_writer_is_refused_at_once(case: Case) -> None:
    with case.sessions() as session, pytest.raises(ValueError, match="reader"), as_known(session, "1971-01-01"):
        pass
