"""The SQL of the triggers that write the change log, generated from the mapped classes.

They stand in the file itself, so a bulk update and another program's edit are logged like any other.
A table's own triggers only say what happened: they insert it into the view `told`, whose triggers write the log.
SQLite reads the whole schema whenever a file is opened, so what all tables share stands there once.
Parents point at the newest change that this file knew; `n` grows with knowledge, so the newest change of a
field is always one of its heads. No JSON functions and no FTS: both are refused under trusted_schema=OFF.
"""

from collections.abc import Iterable

from sqlalchemy import Column, Table

from db.models import ENTITIES, LOGGED, Logged

_VIEW = """CREATE VIEW told(event, kind, record, field, old, new) AS
SELECT NULL, NULL, NULL, NULL, NULL, NULL WHERE 0"""
_NEXT = "(SELECT coalesce(max(n), 0) + 1 FROM change)"
_LIFE = "(SELECT max(n) FROM change WHERE record = new.record AND field IS NULL)"
_NEWEST = "(SELECT max(n) FROM change WHERE record = new.record AND field = new.field AND op = 'U')"


def trigger_statements() -> list[str]:
    """The view and every trigger of the schema, ready to run in this order."""
    return [
        _VIEW,
        *_telling_triggers(),
        *(trigger for cls in ENTITIES for trigger in _record_triggers(cls.__tablename__)),
        *(trigger for cls in LOGGED for trigger in _log_triggers(cls)),
    ]


def logged_fields(cls: type[Logged]) -> list[str]:
    """The columns whose changes the log tells: all but the keys and what makes up the identity."""
    return [name for name in stored_fields(cls) if name not in cls.ENDS]


def stored_fields(cls: type[Logged]) -> list[str]:
    """The columns that say something: all but the keys."""
    return [column.name for column in table_of(cls).columns if column.name not in ("pk", "id")]


def table_of(cls: type[Logged]) -> Table:
    """The table of a mapped class, typed as one."""
    assert isinstance(cls.__table__, Table)
    return cls.__table__


def references(cls: type[Logged]) -> list[Column[object]]:
    """The columns that point at records."""
    return [column for column in table_of(cls).columns if "target" in column.info]


def _record_triggers(table: str) -> Iterable[str]:
    yield f"""CREATE TRIGGER keep_{table}_insert AFTER INSERT ON {table} BEGIN
INSERT INTO record(id, kind, marking) VALUES(new.id, '{table}', new.marking);
END"""
    yield f"""CREATE TRIGGER keep_{table}_update AFTER UPDATE OF marking ON {table} BEGIN
UPDATE record SET marking = new.marking WHERE id = new.id AND marking IS NOT new.marking;
END"""
    yield f"""CREATE TRIGGER keep_{table}_delete AFTER DELETE ON {table} BEGIN
DELETE FROM record WHERE id = old.id;
END"""


def _telling_triggers() -> Iterable[str]:
    """What is done for each event that the triggers of a table tell."""
    yield _on("edit", _OPEN_EXTERNAL, f"AND (SELECT mode FROM context) = 'external' AND {_ENDED}")
    yield _on("insert", _change("I", parent=_LIFE))
    yield _on("value", _SET + _COME_BACK, f"AND (new.new IS NOT NULL OR {_RETURNED})")
    yield _on("update", _TOLD_BEFORE + _SET + _RESOLVED)
    yield _on("last", _TOLD_BEFORE)
    yield _on("delete", _change("D", parent=_LIFE) + _KNOWN_AT_DELETION)
    yield _on("let go", _LET_GO)


def _on(event: str, body: str, condition: str = "") -> str:
    name = event.replace(" ", "_")
    return (
        f"CREATE TRIGGER told_{name} INSTEAD OF INSERT ON told WHEN new.event = '{event}' {condition} BEGIN{body}\nEND"
    )


def _change(
    op: str, *, kind: str = "new.kind", field: str = "NULL", parent: str, value: str = "NULL", rest: str = ""
) -> str:
    """One more change of the current changeset."""
    return f"""
INSERT INTO change(n, changeset, ord, op, kind, record, field, parent, value)
  SELECT {_NEXT}, c.changeset, {_NEXT} - c.first, '{op}', {kind}, new.record, {field}, {parent}, {value}
  FROM context c{rest};"""


_OPEN_EXTERNAL = """
INSERT INTO changeset(id, hlc, written, label)
  VALUES(randomblob(16), max(coalesce((SELECT max(hlc) FROM changeset), 0) + 1,
         CAST(strftime('%s', 'now') AS INTEGER) * 65536000), CAST(strftime('%s', 'now') AS INTEGER) * 1000, '');
UPDATE context SET changeset = (SELECT max(k) FROM changeset), first = (SELECT coalesce(max(n), 0) + 1 FROM change);"""
"""Every statement of another program, row by row, is an edit of its own, without an author."""

_ENDED = """(SELECT changeset IS NULL OR EXISTS
  (SELECT 1 FROM change WHERE changeset = context.changeset AND op <> 'X') FROM context)"""
"""Whether the last edit has said more than what is about to be replaced: then the next thing is an edit of its own."""

_RETURNED = "(SELECT count(*) FROM change WHERE record = new.record AND field IS NULL) > 1"
"""Whether this record was there before."""

_TOLD_BEFORE = _change(
    "X",
    field="new.field",
    parent=_LIFE,
    value="new.old",
    rest="\n  WHERE NOT EXISTS (SELECT 1 FROM change WHERE record = new.record AND field = new.field)",
)
"""A value from creation is told when it is first edited or goes with its record."""

_SET = _change("U", field="new.field", parent=f"coalesce({_NEWEST}, {_LIFE})", value="new.new")

_RESOLVED = f"""
INSERT OR IGNORE INTO change_parent(n, parent)
  SELECT {_NEWEST}, h.n FROM head h WHERE h.record = new.record AND h.field = new.field;
DELETE FROM head WHERE record = new.record AND field = new.field;"""
"""A field that is set takes all its heads as parents and is in conflict no more."""

_COME_BACK = f"""
INSERT OR IGNORE INTO change_parent(n, parent)
  SELECT {_NEWEST}, u.n FROM change d JOIN change_parent p ON p.n = d.n JOIN change u ON u.n = p.parent
  WHERE d.record = new.record AND d.op = 'D' AND u.op = 'U' AND u.field = new.field AND u.n < {_NEWEST};"""
"""What a record tells when it comes back takes as parents what its deletions knew: a conflict ended with it."""

_KNOWN_AT_DELETION = f"""
INSERT OR IGNORE INTO change_parent(n, parent)
  SELECT {_LIFE}, n FROM change WHERE record = new.record AND field IS NULL AND n < {_LIFE} UNION
  SELECT {_LIFE}, max(n) FROM change WHERE record = new.record AND op = 'U' GROUP BY field UNION
  SELECT {_LIFE}, n FROM head WHERE record = new.record;
DELETE FROM head WHERE record = new.record;"""
"""A deletion knows everything that was known: all lives, the newest value of each field, and all heads."""

_LET_GO = _change(
    "T",
    kind="r.kind",
    parent=_LIFE,
    rest=""" JOIN record r ON r.id = new.record
  WHERE (SELECT op FROM change WHERE record = new.record AND field IS NULL ORDER BY n DESC LIMIT 1) = 'D'""",
)
"""Touch a record that somebody else deleted and that lived on because a row pointed at it.

Without the touch the log would say that it is dead while its row is still here.
"""


def _log_triggers(cls: type[Logged]) -> Iterable[str]:
    table, fields = cls.__tablename__, logged_fields(cls)
    yield _told_before_replacing(table, stored_fields(cls))
    yield _trigger(table, "INSERT", "", [_tell(table, "insert", "new"), _told_at_creation(table, fields)])
    stored = ["id", *stored_fields(cls)]
    changed = f" AND ({_row('new', stored)}) IS NOT ({_row('old', stored)})"
    yield _trigger(table, "UPDATE", changed, [_immutable(cls), _told_at_edit(table, fields), _let_go(cls, "moved")])
    yield _trigger(
        table,
        "DELETE",
        "",
        [_tell(table, "delete", "old"), _told_at_deletion(table, stored_fields(cls)), _let_go(cls, "gone")],
    )


def _trigger(table: str, event: str, condition: str, body: list[str]) -> str:
    return (
        f"CREATE TRIGGER log_{table}_{event.lower()} AFTER {event} ON {table}\n"
        f"  WHEN (SELECT mode FROM context) <> 'merge'{condition} BEGIN\n"
        f"INSERT INTO told(event) VALUES('edit');{''.join(body)}\nEND"
    )


def _told_before_replacing(table: str, fields: list[str]) -> str:
    """INSERT OR REPLACE of another program takes a row away without a word: its trigger on deletion may not run."""
    known = f"FROM {table} WHERE id = new.id"
    rows = " UNION ALL\n  ".join(f"SELECT '{field}', {field} {known}" for field in fields)
    return f"""CREATE TRIGGER log_{table}_replace BEFORE INSERT ON {table}
  WHEN (SELECT mode FROM context) = 'external' AND EXISTS (SELECT 1 {known}) BEGIN
INSERT INTO told(event) VALUES('edit');
INSERT INTO told SELECT 'last', '{table}', new.id, *, NULL FROM (
  {rows});
END"""


def _row(side: str, fields: Iterable[str]) -> str:
    return ", ".join(f"{side}.{field}" for field in fields)


def _tell(table: str, event: str, side: str) -> str:
    return f"\nINSERT INTO told(event, kind, record) VALUES('{event}', '{table}', {side}.id);"


def _tell_fields(table: str, event: str, side: str, rows: list[str], condition: str) -> str:
    """Tell of each field as (name, old, new)."""
    if not rows:
        return ""
    values = ",\n  ".join(f"({row})" for row in rows)
    return f"""
INSERT INTO told SELECT '{event}', '{table}', {side}.id, * FROM (
  SELECT NULL AS field, NULL AS was, NULL AS is_now WHERE 0 UNION ALL VALUES
  {values})
  WHERE {condition};"""


def _told_at_creation(table: str, fields: list[str]) -> str:
    """A record that comes back tells all its values; one with a computed id tells those that it has.

    Others tell none: whoever does not know the record yet takes the row itself.
    """
    rows = [f"'{field}', NULL, new.{field}" for field in fields]
    again = "(SELECT count(*) FROM change WHERE record = new.id AND field IS NULL) > 1"
    return _tell_fields(table, "value", "new", rows, f"substr(hex(new.id), 13, 1) = '5' OR {again}")


def _immutable(cls: type[Logged]) -> str:
    moved = " OR ".join(f"new.{name} IS NOT old.{name}" for name in ("id", *cls.ENDS))
    return f"""
SELECT RAISE(ABORT, 'the identity of a record cannot change') WHERE {moved};"""


def _told_at_edit(table: str, fields: list[str]) -> str:
    rows = [f"'{field}', old.{field}, new.{field}" for field in fields]
    return _tell_fields(table, "update", "new", rows, "was IS NOT is_now")


def _told_at_deletion(table: str, fields: list[str]) -> str:
    rows = [f"'{field}', old.{field}, NULL" for field in fields]
    return _tell_fields(table, "last", "old", rows, "was IS NOT NULL")


def _let_go(cls: type[Logged], how: str) -> str:
    """Tell of every record that a row pointed at."""
    columns = [column.name for column in references(cls)]
    if how == "moved":
        columns = [name for name in columns if name not in cls.ENDS]
    condition = {"moved": " WHERE old.{0} IS NOT new.{0}", "gone": " WHERE old.{0} IS NOT old.id"}[how]
    return "".join(
        f"\nINSERT INTO told(event, record) SELECT 'let go', old.{name}{condition.format(name)};" for name in columns
    )
