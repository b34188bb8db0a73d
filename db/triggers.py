"""The SQL of the triggers that write the change log, generated from the mapped classes.

They stand in the file itself, so a bulk update and another program's edit are logged like any other.
Parents point at the newest change that this file knew; `n` grows with knowledge, so the newest change of a
field is always one of its heads. No JSON functions and no FTS: both are refused under trusted_schema=OFF.
"""

from collections.abc import Iterable

from sqlalchemy import Column, Table

from db.models import ENTITIES, LOGGED, Logged

_CHANGE = "INSERT INTO change(n, changeset, ord, op, kind, record, field, parent, value)"
_NEXT = "(SELECT coalesce(max(n), 0) + 1 FROM change)"
_BATCH = "FROM context c, (SELECT coalesce(max(n), 0) AS n FROM change) m"
_NUMBERED = "m.n + x.i, c.changeset, m.n + x.i - c.first"

_OPEN_EXTERNAL = """
INSERT INTO changeset(id, hlc, written, label)
  SELECT randomblob(16), max(coalesce((SELECT max(hlc) FROM changeset), 0) + 1,
         CAST(strftime('%s', 'now') AS INTEGER) * 65536000), CAST(strftime('%s', 'now') AS INTEGER) * 1000, ''
  FROM context WHERE mode = 'external';
UPDATE context SET changeset = (SELECT max(k) FROM changeset), first = (SELECT coalesce(max(n), 0) + 1 FROM change)
  WHERE mode = 'external';"""


def trigger_statements() -> list[str]:
    """Every trigger of the schema, ready to run in this order."""
    return [
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


def _log_triggers(cls: type[Logged]) -> Iterable[str]:
    table, fields = cls.__tablename__, logged_fields(cls)
    yield _trigger(table, "INSERT", "", [_created(table), _told_at_creation(table, fields), _resolve("new")])
    changed = [f"new.{field} IS NOT old.{field}" for field in ("id", *stored_fields(cls))]
    yield _trigger(
        table,
        "UPDATE",
        f"\n  AND ({' OR '.join(changed)})",
        [
            _immutable(cls),
            _told_at_edit(table, fields),
            _set(table, fields),
            _resolve("new"),
            _let_go(cls, "moved"),
        ],
    )
    yield _trigger(
        table,
        "DELETE",
        "",
        [
            _deleted(table),
            _told_at_deletion(table, stored_fields(cls)),
            _forget_heads(),
            _let_go(cls, "gone"),
        ],
    )


def _trigger(table: str, event: str, condition: str, body: list[str]) -> str:
    return (
        f"CREATE TRIGGER log_{table}_{event.lower()} AFTER {event} ON {table}\n"
        f"  WHEN (SELECT mode FROM context) <> 'merge'{condition} BEGIN{_OPEN_EXTERNAL}{''.join(body)}\nEND"
    )


def _life(row: str) -> str:
    return f"(SELECT max(n) FROM change WHERE record = {row}.id AND field IS NULL)"


def _newest(row: str, field: str) -> str:
    return f"(SELECT max(n) FROM change WHERE record = {row}.id AND field = {field} AND op = 'U')"


def _union(arms: Iterable[str]) -> str:
    return " UNION ALL\n  ".join(arms) or "SELECT 0 AS i, NULL AS f, NULL AS v WHERE 0"


def _created(table: str) -> str:
    return f"""
{_CHANGE}
  VALUES({_NEXT}, (SELECT changeset FROM context), {_NEXT} - (SELECT first FROM context),
         'I', '{table}', new.id, NULL, {_life("new")}, NULL);"""


def _told_at_creation(table: str, fields: list[str]) -> str:
    """A record that comes back tells all its values; one with a computed id tells those that it has.

    Others tell none: whoever does not know the record yet takes the row itself.
    """
    if not fields:
        return ""
    arms = [f"SELECT {i} AS i, '{field}' AS f, new.{field} AS v" for i, field in enumerate(fields, 1)]
    again = "(SELECT count(*) FROM change WHERE record = new.id AND field IS NULL) > 1"
    return f"""
{_CHANGE}
  SELECT {_NUMBERED}, 'U', '{table}', new.id, x.f, coalesce({_newest("new", "x.f")}, {_life("new")}), x.v
  {_BATCH}, (
  {_union(arms)}) x
  WHERE ({again} OR substr(hex(new.id), 13, 1) = '5') AND (x.v IS NOT NULL OR {again});"""


def _immutable(cls: type[Logged]) -> str:
    moved = " OR ".join(f"new.{name} IS NOT old.{name}" for name in ("id", *cls.ENDS))
    return f"""
SELECT RAISE(ABORT, 'the identity of a record cannot change') WHERE {moved};"""


def _changed_arms(fields: list[str], side: str) -> list[str]:
    return [
        f"SELECT {i} AS i, '{field}' AS f, {side}.{field} AS v WHERE new.{field} IS NOT old.{field}"
        for i, field in enumerate(fields, 1)
    ]


def _told_at_edit(table: str, fields: list[str]) -> str:
    return f"""
{_CHANGE}
  SELECT {_NUMBERED}, 'X', '{table}', new.id, x.f, {_life("new")}, x.v
  {_BATCH}, (
  {_union(_changed_arms(fields, "old"))}) x
  WHERE NOT EXISTS (SELECT 1 FROM change WHERE record = new.id AND field = x.f);"""


def _set(table: str, fields: list[str]) -> str:
    return f"""
{_CHANGE}
  SELECT {_NUMBERED}, 'U', '{table}', new.id, x.f, coalesce({_newest("new", "x.f")}, {_life("new")}), x.v
  {_BATCH}, (
  {_union(_changed_arms(fields, "new"))}) x;"""


def _resolve(row: str) -> str:
    """A field that is set takes all its heads as parents and is in conflict no more."""
    return f"""
INSERT OR IGNORE INTO change_parent(n, parent)
  SELECT h.u, h.n FROM (SELECT n, {_newest(row, "head.field")} AS u FROM head WHERE record = {row}.id) h
  WHERE h.u NOT IN (SELECT n FROM head WHERE record = {row}.id);
DELETE FROM head WHERE record = {row}.id
  AND EXISTS (SELECT 1 FROM change_parent p WHERE p.parent = head.n AND p.n = {_newest(row, "head.field")});"""


def _deleted(table: str) -> str:
    """A deletion knows everything that was known: all lives, the newest value of each field, and all heads."""
    life = _life("old")
    return f"""
{_CHANGE}
  VALUES({_NEXT}, (SELECT changeset FROM context), {_NEXT} - (SELECT first FROM context),
         'D', '{table}', old.id, NULL, {life}, NULL);
INSERT OR IGNORE INTO change_parent(n, parent)
  SELECT {life}, n FROM change WHERE record = old.id AND field IS NULL AND n < {life} UNION
  SELECT {life}, max(n) FROM change WHERE record = old.id AND op = 'U' GROUP BY field UNION
  SELECT {life}, n FROM head WHERE record = old.id;"""


def _told_at_deletion(table: str, fields: list[str]) -> str:
    arms = [
        f"SELECT {i} AS i, '{field}' AS f, old.{field} AS v WHERE old.{field} IS NOT NULL"
        for i, field in enumerate(fields, 1)
    ]
    return f"""
{_CHANGE}
  SELECT {_NUMBERED}, 'X', '{table}', old.id, x.f, {_life("old")}, x.v
  {_BATCH}, (
  {_union(arms)}) x
  WHERE NOT EXISTS (SELECT 1 FROM change WHERE record = old.id AND field = x.f);"""


def _forget_heads() -> str:
    return """
DELETE FROM head WHERE record = old.id;"""


def _let_go(cls: type[Logged], how: str) -> str:
    """Touch a record that somebody else deleted and that lived on because this row pointed at it.

    Without the touch the log would say that it is dead while its row is still here.
    """
    columns = [column.name for column in references(cls)]
    if how == "moved":
        columns = [name for name in columns if name not in cls.ENDS]
    if not columns:
        return ""
    condition = {"moved": "old.{0} IS NOT new.{0}", "gone": "old.{0} IS NOT old.id"}[how]
    arms = [f"SELECT {i} AS i, old.{name} AS v WHERE {condition.format(name)}" for i, name in enumerate(columns, 1)]
    life = "FROM change WHERE record = x.v AND field IS NULL"
    return f"""
{_CHANGE}
  SELECT {_NUMBERED}, 'T', r.kind, x.v, NULL, (SELECT max(n) {life}), NULL
  {_BATCH}, (
  {_union(arms)}) x JOIN record r ON r.id = x.v
  WHERE (SELECT op {life} ORDER BY n DESC LIMIT 1) = 'D';"""
