"""The generated register is a case file like any other: its log says what its rows are."""

import sqlite3
from pathlib import Path

from db.audit import disagreements
from db.schema import expected_schema, schema_of
from tests.benchmarks.large import make_register


def test_the_register_agrees_with_its_log(tmp_path: Path) -> None:
    path = tmp_path / "register.casefile"
    make_register(path, 300)
    connection = sqlite3.connect(path)
    try:
        assert list(disagreements(connection)) == []
        assert schema_of(connection) == expected_schema()
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("SELECT count(*) FROM agreement").fetchone() == (300,)
        assert connection.execute("SELECT count(*) > 500 FROM party_action").fetchone() == (1,)
    finally:
        connection.close()
