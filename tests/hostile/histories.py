"""Files of which every table is ours, and whose log lies."""

# ruff: noqa: E501 - a statement of SQL stands on one line

from pathlib import Path

from db.identity import new_id
from db.models import LOGGED
from tests.hostile.case import Ending, Make, create, either, enter, ids_of, lie, refused, sound, spoilt

_TITLE = "kind = 'agreement' AND field = 'title' AND op = 'U'"
_ANY = "x'00112233445566778899aabbccddeeff'"
_LAST = "(SELECT max(n) FROM change)"
_TELL = "INSERT INTO change(n, changeset, ord, op, kind, record, field, parent, value)"
_DECIDED = "FROM change WHERE op = 'U'"


def told(op: str, field: str | None, value: str, kind: str = "agreement", parent: str = "NULL") -> Make:
    """A file whose log has one more change, of the first record of a kind."""
    name = "NULL" if field is None else f"'{field}'"
    return lie(
        f"{_TELL} SELECT n + 1, changeset, ord + 1, '{op}', '{kind}', (SELECT min(id) FROM {kind}), {name}, {parent},"
        f" {value} FROM change WHERE n = {_LAST}"
    )


enter(
    Ending.REFUSED,
    parent_missing=lie(f"UPDATE change SET parent = 999999 WHERE {_TITLE}"),
    parent_below_zero=lie(f"UPDATE change SET parent = -1 WHERE {_TITLE}"),
    parent_of_itself=lie(f"UPDATE change SET parent = n WHERE {_TITLE}"),
    parents_in_a_circle=lie(
        "UPDATE change SET parent = (SELECT max(n) FROM change c WHERE c.record = change.record) WHERE field = 'title'"
    ),
    parent_of_another_record=lie(f"UPDATE change SET parent = 1 WHERE {_TITLE}"),
    parent_of_another_field=lie(
        "UPDATE change SET parent = (SELECT min(c.n) FROM change c WHERE c.record = change.record AND c.op = 'U'"
        " AND c.field = 'title') WHERE field = 'summary' AND op = 'U'"
    ),
    parents_further_in_a_circle=lie(
        "INSERT OR IGNORE INTO change_parent SELECT a.n, b.n FROM change a JOIN change b ON a.record = b.record"
    ),
    parents_further_that_are_missing=lie("INSERT INTO change_parent SELECT n, n + 1000000 FROM change"),
    parents_further_of_nothing=lie("INSERT INTO change_parent VALUES(5000000, 1)"),
    row_that_nobody_created=lie(f"INSERT INTO person(id, name) VALUES({_ANY}, 'x')"),
    row_that_nobody_created_in_bulk=lie(
        "INSERT INTO person(id, name) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)"
        " SELECT randomblob(16), i FROM n"
    ),
    row_that_went_silently=lie("DELETE FROM person WHERE name = 'Minoru Kihara'"),
    row_created_as_another_kind=lie("UPDATE change SET kind = 'event' WHERE kind = 'note'"),
    row_told_as_two_kinds=lie("UPDATE change SET kind = 'event' WHERE kind = 'agreement' AND op = 'U'"),
    row_in_no_register=lie("DELETE FROM record WHERE kind = 'note'"),
    row_in_a_register_of_another_kind=lie("UPDATE record SET kind = 'event' WHERE kind = 'note'"),
    row_marked_otherwise_in_the_register=lie("UPDATE record SET marking = 'CLEAR'"),
    register_with_strangers=lie(f"INSERT INTO record(id, kind) VALUES({_ANY}, 'person')"),
    value_other_than_the_log=lie("UPDATE agreement SET title = 'Forged'"),
    value_other_than_the_log_set_to_nothing=lie("UPDATE agreement SET summary = NULL"),
    value_older_than_the_log=lie("UPDATE agreement SET title = 'Memorandum' WHERE title LIKE 'Memorandum on%'"),
    heads_forgotten=lie("DELETE FROM head"),
    heads_of_nothing=lie(f"INSERT INTO head VALUES({_ANY}, 'title', 1)"),
    heads_invented=lie("INSERT INTO head SELECT record, field, n FROM change WHERE field = 'summary'"),
    heads_that_were_replaced=lie(
        "INSERT OR IGNORE INTO head SELECT record, field, n FROM change WHERE field = 'title'"
    ),
    change_without_an_edit=lie("UPDATE change SET changeset = 77777 WHERE n = 4"),
    change_of_an_unknown_kind=lie("UPDATE change SET kind = 'sqlite_schema' WHERE n = 1"),
    change_of_an_unknown_field=told("U", "nothing", "'x'"),
    change_of_a_field_that_is_sql=told("U", "title = (SELECT 1)); DROP TABLE person; --", "'x'"),
    change_of_the_identity=told("U", "id", _ANY),
    change_of_the_row_number=told("U", "pk", "1"),
    change_of_what_makes_the_identity=told("U", "organization_id", _ANY, "party"),
    change_without_a_field=told("U", None, "'x'"),
    change_of_an_unknown_sort=told("X", "pk", "1"),
    creation_with_a_field=told("I", "title", "'x'"),
    creation_with_a_value=told("I", None, "'x'", "organization"),
    deletion_with_a_field=told("D", "title", "NULL"),
    deletion_of_what_lives=told("D", None, "NULL", "note", f"{_LAST} - 1000"),
    value_of_another_type=told("U", "title", "x'ff'"),
    value_that_is_a_number=told("U", "title", "5"),
    value_that_is_no_term=told("U", "instrument_type", "'pact'"),
    value_that_is_no_date=told("U", "birth_date", "'soon'", "person"),
    value_that_is_no_reference=told("U", "depositary_id", "'x'"),
    value_of_bad_utf_8=told("U", "summary", "CAST(x'c3' AS TEXT)"),
    value_with_nul=told("U", "summary", "'a' || char(0) || 'b'"),
    value_of_fifty_megabytes=told("U", "summary", "replace(hex(zeroblob(25000000)), '00', 'xx')"),
    value_missing_where_one_must_be=told("U", "title", "NULL"),
    value_that_is_real=told("U", "renewal_years", "1.5"),
    values_told_before_the_creation_and_not_shown=told("U", "title", "'Forged'"),
    number_that_leaves_no_room=lie(
        f"{_TELL}"
        " SELECT 9223372036854775807, changeset, ord + 1000, 'T', kind, record, NULL, n, NULL FROM change WHERE op = 'I' LIMIT 1"
    ),
    number_below_zero=lie("UPDATE changeset SET hlc = -5"),
    clock_that_leaves_no_room=lie("UPDATE changeset SET hlc = 9223372036854775807"),
    clock_written_that_leaves_no_room=lie("UPDATE changeset SET written = 9223372036854775807"),
    context_in_an_edit=lie("UPDATE context SET mode = 'log', changeset = 1, first = 1"),
    context_in_a_merge=lie("UPDATE context SET mode = 'merge'", logged=True),
    context_missing=lie("DELETE FROM context"),
    share_copy=lie("INSERT INTO withheld SELECT id, 'title' FROM agreement"),
    share_copy_pruned=lie("UPDATE change SET pruned = 1 WHERE field = 'summary'"),
    pruned_to_another_number=lie("UPDATE change SET pruned = -7 WHERE n = 1"),
    identity_that_joins_something_else=lie("UPDATE party SET organization_id = (SELECT min(id) FROM organization)"),
    identity_of_the_wrong_length=lie("UPDATE change SET record = x'00' WHERE n = 1"),
    reference_to_nothing=lie(f"UPDATE agreement SET depositary_id = {_ANY}"),
    reference_to_the_wrong_kind=lie("UPDATE concern SET record_id = (SELECT min(id) FROM person)"),
    undo_of_something_short=lie("UPDATE changeset SET undo_of = x'00'"),
    author_that_is_no_name=lie("UPDATE changeset SET author = x''"),
    receipt_of_changes_to_come=lie("UPDATE receipt SET last = 4000000"),
    reason_of_nothing=lie("INSERT INTO reason VALUES(4000000, 'x')"),
    reason_of_a_value_from_before=lie("INSERT INTO reason SELECT n, 'x' FROM change WHERE op = 'X' LIMIT 1"),
    reason_of_another_program=lie(
        "INSERT INTO reason SELECT max(n), 'x' FROM change WHERE op = 'U'", "UPDATE changeset SET author = NULL"
    ),
    reason_of_bad_utf_8=lie(f"INSERT INTO reason SELECT max(n), CAST(x'c3' AS TEXT) {_DECIDED}"),
    reason_with_nul=lie(f"INSERT INTO reason SELECT max(n), 'a' || char(0) {_DECIDED}"),
    reason_of_fifty_megabytes=lie(
        f"INSERT INTO reason SELECT max(n), replace(hex(zeroblob(25000000)), '00', 'xx') {_DECIDED}"
    ),
    receipt_backwards=lie("UPDATE receipt SET first = last + 5"),
    receipt_that_was_learnt_before_time=lie("UPDATE receipt SET learnt = -5"),
)

enter(
    Ending.SOUND,
    clock_ten_years_ahead=lie(
        "UPDATE changeset SET hlc = hlc + (315360000000 << 16), written = written + 315360000000"
    ),
    clock_at_the_end_of_time=lie("UPDATE changeset SET hlc = 4611686018427387000 + k, written = 4611686018427387904"),
    clock_at_zero=lie("UPDATE changeset SET hlc = 0, written = 0"),
    clock_of_a_receipt_at_the_end=lie("UPDATE receipt SET learnt = 4611686018427387904"),
    undo_of_itself=lie("UPDATE changeset SET undo_of = id"),
    undo_of_one_another=lie("UPDATE changeset SET undo_of = (SELECT id FROM changeset c WHERE c.k <> changeset.k)"),
    undo_of_nothing=lie("UPDATE changeset SET undo_of = randomblob(16)"),
    reason_that_is_markup=lie(
        f"INSERT INTO reason SELECT n, '<img src=x onerror=1><b>{{0}} %s &amp;' || char(8238, 10, 27) {_DECIDED}"
    ),
    reason_that_is_blank=lie(f"INSERT INTO reason SELECT n, char(12288, 9) {_DECIDED}"),
    reason_without_end=lie(f"INSERT INTO reason SELECT n, replace(hex(zeroblob(400000)), '00', 'W ') {_DECIDED}"),
    reason_for_each_change=lie("INSERT INTO reason SELECT n, 'because' FROM change WHERE op <> 'X'"),
    author_unknown=lie("UPDATE changeset SET author = randomblob(16)"),
    author_of_none=lie("UPDATE changeset SET author = NULL"),
    edit_without_changes=lie("INSERT INTO changeset(id, hlc, written, label) VALUES(randomblob(16), 5, 5, '')"),
    edits_of_nothing_fifty_thousand=lie(
        "INSERT INTO changeset(id, hlc, written, label)"
        " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)"
        " SELECT randomblob(16), i, i, 'x' FROM n"
    ),
    edited_by_another_program=lie("UPDATE agreement SET title = 'By hand'", logged=True),
    forged_edit_of_another_author=lie("UPDATE changeset SET author = x'00000000000000000000000000000063'"),
    forged_edit_of_another_time=lie("UPDATE changeset SET hlc = hlc + 65536"),
    forged_value_of_an_old_edit=lie(
        "UPDATE change SET value = 'Forged' WHERE op = 'X' AND field = 'title' AND kind = 'agreement'"
    ),
    forged_value_of_the_newest_edit=lie(
        "UPDATE change SET value = 'Forged' WHERE value = 'Memorandum on equipment'",
        "UPDATE agreement SET title = 'Forged' WHERE title = 'Memorandum on equipment'",
    ),
    forged_order_of_an_edit=lie(
        "UPDATE change SET ord = ord + 500000 WHERE changeset = (SELECT max(k) FROM changeset)"
    ),
)


def _rivals(count: int) -> Make:
    def make(case: Path, folder: Path) -> None:
        """One field with thousands of current values, each by somebody who knew of none of the others."""
        with spoilt(case, folder) as connection:
            record = min(ids_of(connection, "person"))
            (birth,) = connection.execute("SELECT n FROM change WHERE record = ? AND op = 'I'", (record,)).fetchone()
            (k, n) = connection.execute("SELECT (SELECT max(k) FROM changeset), (SELECT max(n) FROM change)").fetchone()
            connection.executemany(
                "INSERT INTO changeset(k, id, hlc, written, label) VALUES(?, ?, ?, 5, 'x')",
                ((k + i, new_id().bytes, i) for i in range(1, count + 1)),
            )
            connection.executemany(
                f"{_TELL} VALUES(?, ?, 0, 'U', 'person', ?, 'name', ?, ?)",
                ((n + i, k + i, record, birth, f"Rival {i}") for i in range(1, count + 1)),
            )
            connection.executemany(
                "INSERT INTO head VALUES(?, 'name', ?)", ((record, n + i) for i in range(1, count + 1))
            )
            connection.execute("UPDATE person SET name = ? WHERE id = ?", (f"Rival {count}", record))

    return make


def _long_life(count: int, *, wide: bool = False) -> Make:
    def make(case: Path, folder: Path) -> None:
        """One field set ten thousands of times, each knowing the one before it, or all of them."""
        with spoilt(case, folder) as connection:
            record = min(ids_of(connection, "person"))
            (birth,) = connection.execute("SELECT n FROM change WHERE record = ? AND op = 'I'", (record,)).fetchone()
            (k, n) = connection.execute("SELECT (SELECT max(k) FROM changeset), (SELECT max(n) FROM change)").fetchone()
            connection.execute(
                "INSERT INTO changeset(k, id, hlc, written, label) VALUES(?, randomblob(16), 9, 5, 'x')", (k + 1,)
            )
            connection.executemany(
                f"{_TELL} VALUES(?, ?, ?, 'U', 'person', ?, 'name', ?, ?)",
                ((n + i, k + 1, i, record, birth if i == 1 else n + i - 1, f"Name {i}") for i in range(1, count + 1)),
            )
            if wide:
                pairs = ((n + i, n + j) for i in range(3, count + 1) for j in range(1, i - 1))
                connection.executemany("INSERT INTO change_parent VALUES(?, ?)", pairs)
            connection.execute("UPDATE person SET name = ? WHERE id = ?", (f"Name {count}", record))

    return make


enter(
    Ending.SOUND,
    rivals_three_hundred=_rivals(300),
    life_of_thirty_thousand_edits=_long_life(30_000),
    life_of_which_each_edit_knows_all=_long_life(600, wide=True),
)
enter(Ending.EITHER, rivals_thirty_thousand=_rivals(30_000))


@sound
def deleted_and_back_again(case: Path, folder: Path) -> None:
    """A record that another program deletes and enters again two hundred times."""
    with spoilt(case, folder, logged=True) as connection:
        for _ in range(200):
            connection.execute(f"INSERT INTO note(id, text, visibility) VALUES({_ANY}, 'x', 'internal')")
            connection.execute(f"DELETE FROM note WHERE id = {_ANY}")


@sound
def receipts_by_the_thousand(case: Path, folder: Path) -> None:
    with spoilt(case, folder) as connection:
        connection.executemany(
            "INSERT INTO receipt(id, author, learnt, first, last, origin, revision) VALUES(?, NULL, ?, 1, 1, ?, ?)",
            ((new_id().bytes, i, "<b>x</b>\u202e", "x" * 500) for i in range(5000)),
        )


@either
def every_row_deleted(case: Path, folder: Path) -> None:
    """By another program, which leaves a file without a case."""
    with spoilt(case, folder, logged=True) as connection:
        for cls in LOGGED:
            connection.execute(f"DELETE FROM {cls.__tablename__}")


@refused
def another_row_of_context(case: Path, folder: Path) -> None:
    """Its rule says that there is one; the rule is not asked while it is written."""
    with spoilt(case, folder) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("INSERT INTO context(one, mode) VALUES(2, 'external')")


@sound
def note_about_itself(case: Path, folder: Path) -> None:
    with spoilt(case, folder) as connection:
        (note,) = ids_of(connection, "note")
        create(connection, "other_name", [{"record_id": note, "name": "x"}])
