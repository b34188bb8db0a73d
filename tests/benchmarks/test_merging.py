"""Merging 95,000 shared records with 15,000 edits and 5,000 new ones, beside a raw union of the same tables."""

import random
import shutil
import time
from pathlib import Path

import pytest

from db.engine import connect
from db.log import Editor, close_changeset, driver_connection, open_changeset
from db.merging.union import merge
from tests.benchmarks.large import ANALYST, COLLEAGUE, add_agreements, make_file, open_file

SHARED, EDITS, NEW = 95_000, 15_000, 5_000


@pytest.mark.bench
def test_merge(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ours, theirs = tmp_path / "ours.casefile", tmp_path / "theirs.casefile"
    states = make_file(ours)
    add_agreements(ours, SHARED, states)
    shutil.copy(ours, theirs)
    _edit(ours, ANALYST, EDITS // 2, seed=1)
    _edit(theirs, COLLEAGUE, EDITS // 2, seed=2)
    add_agreements(theirs, NEW, states, COLLEAGUE, seed=3)
    raw = tmp_path / "raw.casefile"
    shutil.copy(ours, raw)
    start = time.perf_counter()
    with open_file(ours) as engine:
        receipt = merge(engine, theirs, ANALYST)
    merged = time.perf_counter() - start
    floor = _floor(raw, theirs)
    with capsys.disabled():
        print(
            f"\nmerge: {receipt.edits:,} edits, {receipt.changes:,} changes, {len(receipt.conflicts)} conflicts "
            f"in {merged:.2f} s, raw union {floor:.2f} s, ratio {merged / floor:.2f}"
        )


def _edit(path: Path, editor: Editor, count: int, seed: int) -> None:
    """That many edits, each an entry of its own in the log, written in one transaction to save time."""
    with open_file(path) as engine, engine.begin() as link:
        connection = driver_connection(link)
        keys = [key for (key,) in connection.execute("SELECT id FROM agreement ORDER BY id")]
        for key in random.Random(seed).sample(keys, count):
            number = open_changeset(connection, editor, "Set title")
            connection.execute("UPDATE agreement SET title = ? WHERE id = ?", (f"edited by {editor.name}", key))
            close_changeset(connection, number, editor)


def _floor(path: Path, other: Path) -> float:
    """What any union must do at least: copy the unknown log and rows, and overwrite what they edited."""
    connection = connect(path, writable=True)
    connection.execute("ATTACH ? AS other", (f"file:{other}?mode=ro&immutable=1",))
    start = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE context SET mode = 'merge'")
    connection.execute("CREATE TEMP TABLE known AS SELECT max(k) AS k, (SELECT max(n) FROM change) AS n FROM changeset")
    for table, columns in (
        ("agreement", "id, title, instrument_type, place_signed"),
        ("agreement_subject", "id, agreement_id, subject"),
        ("party", "id, agreement_id, organization_id"),
        ("author", "id, name"),
    ):
        connection.execute(
            f"INSERT INTO main.{table}({columns}) SELECT {columns} FROM other.{table} "
            f"WHERE id NOT IN (SELECT id FROM main.{table})"
        )
    connection.execute(
        """INSERT INTO main.changeset(id, author, hlc, written, label)
           SELECT id, author, hlc, written, label FROM other.changeset
           WHERE id NOT IN (SELECT id FROM main.changeset)"""
    )
    connection.execute(
        """INSERT INTO main.change(changeset, ord, op, kind, record, field, parent, value)
           SELECT m.k, x.ord, x.op, x.kind, x.record, x.field, x.parent, x.value
           FROM other.change x JOIN other.changeset s ON s.k = x.changeset JOIN main.changeset m ON m.id = s.id
           WHERE m.k > (SELECT k FROM known)"""
    )
    connection.execute(
        """UPDATE main.agreement SET title = q.value FROM (SELECT record, value FROM main.change
           WHERE op = 'U' AND field = 'title' AND n > (SELECT n FROM known)) q WHERE q.record = agreement.id"""
    )
    connection.execute("COMMIT")
    return time.perf_counter() - start
