"""Edits by other programs, as the log has them."""

import sqlite3
from contextlib import closing

from db.models import Agreement
from db.queries.outside import OutsideEdits, outside_edits
from tests.db.case import Case, Sample


def by_another_program(case: Case, statement: str) -> None:
    with closing(sqlite3.connect(case.path, isolation_level=None)) as connection:
        connection.execute(statement)


def test_our_own_edits_are_none(case: Case, sample: Sample) -> None:
    assert case.read(outside_edits) == OutsideEdits(0, None)


def test_each_changed_row_counts_once(case: Case, sample: Sample) -> None:
    by_another_program(case, "UPDATE agreement SET title = 'By hand', summary = 'By hand'")
    first = case.read(outside_edits)
    assert first.count == 1
    case.add(Agreement, title="Ours")
    assert case.read(outside_edits, first.newest) == OutsideEdits(0, None)
    by_another_program(case, "DELETE FROM agreement_subject")
    assert case.read(outside_edits).count == 2
    assert case.read(outside_edits, first.newest).count == 1
    assert case.entries()[0].label == ""
    case.judge()


def test_what_was_done_to_a_colleagues_file_is_not_meant(case: Case, sample: Sample) -> None:
    other = case.fork()
    by_another_program(other, "UPDATE agreement SET title = 'By her hand'")
    case.merge(other)
    other.close()
    assert case.read(outside_edits) == OutsideEdits(0, None)
