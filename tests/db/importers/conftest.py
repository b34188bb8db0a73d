"""An empty case file for each test, copied from one that is made once."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import pytest
from sqlalchemy.orm import Session, sessionmaker

from db.engine import open_engine, open_sessions
from db.schema import create_schema


@pytest.fixture(scope="session")
def empty_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case file without records; copy it before writing."""
    path = tmp_path_factory.mktemp("empty") / "case.depositary"
    connection = sqlite3.connect(path, isolation_level=None)
    create_schema(connection)
    connection.close()
    return path


@pytest.fixture
def sessions(empty_case: Path, tmp_path: Path) -> Iterator[sessionmaker[Session]]:
    """Sessions on a case file of the test's own."""
    path = Path(copyfile(empty_case, tmp_path / "case.depositary"))
    engine = open_engine(path, writable=True)
    yield open_sessions(engine)
    engine.dispose()
