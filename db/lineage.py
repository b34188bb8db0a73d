"""What the log says about one record: whether it lives, which values are current, and what they were.

Causality is by parent link, never by clock. Everything here is a function of the changes alone, so that
every file which holds the same changes comes to the same answer.
"""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from db.models import BY_TABLE
from db.triggers import stored_fields

Value = str | int | float | bytes | None

DISPLAY_ORDER = "s.hlc DESC, s.id DESC, u.ord DESC"
"""Which of several heads u, of changesets s, is shown: the first. The clock decides nothing else."""
IS_HEAD = """NOT EXISTS (SELECT 1 FROM main.change v
              WHERE v.parent = u.n AND v.op = 'U' AND +v.record = u.record AND +v.field = u.field)
  AND NOT EXISTS (SELECT 1 FROM main.change_parent p JOIN main.change v ON v.n = p.n
                  WHERE p.parent = u.n AND v.op = 'U')"""
"""That a setting u of a field was not replaced: no other setting names it as a parent."""

_STEPS = 50
"""Settlements that tell the same value again, one upon the other: people make few, and a file may be hostile."""

_SELECT = """SELECT x.n, x.op, x.kind, x.field, x.parent, x.value, s.hlc, s.id, x.ord
FROM change x JOIN changeset s ON s.k = x.changeset WHERE x.record = ?"""
_PARENTS = "SELECT p.n, p.parent FROM change_parent p JOIN change x ON x.n = p.n WHERE x.record = ?"


@dataclass(frozen=True, slots=True)
class Node:
    """One change of a record with all its parents. `rank` orders rivals for display: clock, then names."""

    n: int
    op: str
    kind: str
    field: str | None
    parents: frozenset[int]
    value: Value
    rank: tuple[int, bytes, int]


class Lineage:
    """All changes of one record up to some point of what the file knows."""

    def __init__(self, record: bytes, nodes: Iterable[Node]) -> None:
        self.record = record
        self.nodes = {node.n: node for node in nodes}

    @property
    def kind(self) -> str:
        """The table of the record."""
        return next(iter(self.nodes.values())).kind

    def is_alive(self) -> bool:
        """Whether some creation, edit or touch was unknown to every deletion: an edit beats a delete."""
        known = self._ancestors(node.n for node in self.nodes.values() if node.op == "D")
        return any(node.op in "IUT" and node.n not in known for node in self.nodes.values())

    def outlives_deletion(self) -> bool:
        """Whether somebody deleted it and nobody who knew that has brought it back: it lives by what others did."""
        known = self._ancestors(node.n for node in self.nodes.values() if node.op in "IT")
        return any(node.op == "D" and node.n not in known for node in self.nodes.values())

    def heads(self) -> dict[str, list[Node]]:
        """Per field that was ever set: the values that no later one replaced, the one to show last."""
        settings = [node for node in self.nodes.values() if node.op == "U"]
        replaced = {parent for node in settings for parent in node.parents}
        heads: dict[str, list[Node]] = {}
        for node in sorted(settings, key=lambda node: node.rank):
            if node.n not in replaced:
                heads.setdefault(str(node.field), []).append(node)
        return heads

    def values(self, row: Mapping[str, Value] | None, later: "Lineage | None" = None) -> dict[str, Value]:
        """The record's stored fields: current heads, else the value from creation, else what its row holds.

        `later` is the whole lineage when this one was cut: a creation value may be told only after the cut.
        """
        values: dict[str, Value] = dict.fromkeys(stored_fields(BY_TABLE[self.kind]))
        values.update(row or {})
        told = (later or self).nodes.values()
        values.update({str(node.field): node.value for node in _newest_first(told) if node.op == "X"})
        values.update({field: heads[-1].value for field, heads in self.heads().items()})
        return values

    def repeats(self, head: Node, rival: Node) -> bool:
        """Whether one current value of a field says only what stood there when a rival of it was written."""
        known = self._ancestors([head.n]) & self._ancestors([rival.n])
        stood = self._newest_settings(known, head.field)
        values = {node.value for node in stood} if stood else self._values_at_creation(known, head.field)
        return values == {head.value} and rival.value != head.value

    def origin(self, setting: Node, undos: Collection[bytes]) -> Node:
        """The change that first gave a setting's value: who settles a conflict or undoes an edit only tells it again.

        `undos` are the changesets that undo another one.
        """
        for _ in range(_STEPS):
            ancestors = sorted(self._ancestors([setting.n]), reverse=True)
            same = [self.nodes[n] for n in ancestors if self._tells(self.nodes[n], setting)]
            if setting.rank[1] in undos:
                typed = next((node for node in same if node.rank[1] not in undos), None)
                if typed is None:
                    return self._creation(setting, ancestors)
                setting = typed
            elif again := [node for node in same if node.n in self._parents_before(setting)]:
                setting = again[0]
            else:
                break
        return setting

    def _tells(self, node: Node, setting: Node) -> bool:
        """Whether another edit set the field to the same value."""
        is_of_it = node.op == "U" and node.field == setting.field
        return is_of_it and node.value == setting.value and node.rank[1] != setting.rank[1]

    def _parents_before(self, node: Node) -> set[int]:
        """The parents of what one edit did; a settlement may show another value for a moment on the way."""
        found: set[int] = set()
        pending = set(node.parents)
        while pending:
            parent = self.nodes[pending.pop()]
            if parent.rank[1] == node.rank[1] and parent.field == node.field:
                pending |= parent.parents
            else:
                found.add(parent.n)
        return found

    def _creation(self, setting: Node, ancestors: Iterable[int]) -> Node:
        """The creation that gave a value which no edit has set; the setting itself where none did."""
        births = [n for n in ancestors if self.nodes[n].op == "I"]
        told = self._values_at_creation(births, setting.field)
        return self.nodes[min(births)] if told == {setting.value} else setting

    def _newest_settings(self, numbers: Collection[int], field: str | None) -> list[Node]:
        """The settings of a field among some changes that no other of them builds on."""
        settings = [self.nodes[n] for n in numbers if self.nodes[n].op == "U" and self.nodes[n].field == field]
        replaced = self._ancestors(node.n for node in settings)
        return [node for node in settings if node.n not in replaced]

    def _values_at_creation(self, numbers: Collection[int], field: str | None) -> set[Value]:
        """What a field held from creation, if a creation is among some changes."""
        if not any(self.nodes[n].op == "I" for n in numbers):
            return set()
        told = [node for node in self.nodes.values() if node.op == "X" and node.field == field]
        return {min(told, key=lambda node: node.n).value} if told else {None}

    def _ancestors(self, numbers: Iterable[int]) -> set[int]:
        known: set[int] = set()
        pending = list(numbers)
        while pending:
            parents = self.nodes[pending.pop()].parents - known
            parents &= self.nodes.keys()
            known |= parents
            pending.extend(parents)
        return known


def _newest_first(nodes: Iterable[Node]) -> list[Node]:
    return sorted(nodes, key=lambda node: -node.n)


def lineage_of(connection: sqlite3.Connection, record: bytes, known: int | None = None) -> Lineage:
    """The lineage of a record, as far as change number `known`; without nodes if there is no such record."""
    further: dict[int, set[int]] = {}
    for n, parent in connection.execute(_PARENTS, (record,)):
        further.setdefault(n, set()).add(parent)
    return Lineage(record, _nodes(connection, record, further, known))


def _nodes(
    connection: sqlite3.Connection, record: bytes, further: dict[int, set[int]], known: int | None
) -> Iterator[Node]:
    for n, op, kind, field, parent, value, *rank in connection.execute(_SELECT, (record,)):
        if known is None or n <= known:
            parents = frozenset(further.get(n, set()) | ({parent} if parent else set()))
            yield Node(n, op, kind, field, parents, value, (rank[0], rank[1], rank[2]))


def undos_of(connection: sqlite3.Connection, record: bytes) -> set[bytes]:
    """The changesets with changes of a record that undo another one."""
    query = """SELECT DISTINCT s.id FROM change x JOIN changeset s ON s.k = x.changeset
               WHERE x.record = ? AND s.undo_of IS NOT NULL"""
    return {key for (key,) in connection.execute(query, (record,))}


def row_of(connection: sqlite3.Connection, kind: str, record: bytes) -> dict[str, Value] | None:
    """The live row of a record: its stored fields as SQLite holds them, or None."""
    fields = stored_fields(BY_TABLE[kind])
    row = connection.execute(f"SELECT {', '.join(fields)} FROM {kind} WHERE id = ?", (record,)).fetchone()
    return None if row is None else dict(zip(fields, row, strict=True))


def insert_row(connection: sqlite3.Connection, kind: str, record: bytes, values: Mapping[str, Value]) -> None:
    """Write a record's row as it was."""
    names = ["id", *values]
    marks = ", ".join("?" * len(names))
    connection.execute(f"INSERT INTO {kind}({', '.join(names)}) VALUES({marks})", (record, *values.values()))
