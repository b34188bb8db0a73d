"""Three copies of one case file that are edited apart, and the judges of what merging must keep."""

import shutil
import sqlite3
import tempfile
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import permutations
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select

from db.audit import disagreements
from db.engine import open_engine, open_sessions
from db.errors import CaseFileError
from db.log import Editor, driver_connection, edit
from db.merging.union import MergeReceipt, merge
from db.models import LOGGED, Agreement, Changeset, Entity, Organization, Person, Provision, Relation
from db.operations.records import add_record, delete_record, set_field
from db.revert import revert
from db.schema import create_schema
from db.triggers import stored_fields

MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
"""Where a sync costs nothing; synchronous=FULL is on all the same."""
STATES = ("JPN", "NOR", "GBR")
KINDS: dict[str, type[Entity]] = {
    "agreement": Agreement,
    "organization": Organization,
    "person": Person,
    "provision": Provision,
    "relation": Relation,
}
ORDERS = tuple(permutations(range(3)))
"""In which three copies can be merged: the first takes in the second, then the third."""
FEWER_ORDERS = ((0, 1, 2), (1, 2, 0), (2, 0, 1))
"""Each copy is first once, and last once."""


@dataclass(frozen=True)
class Step:
    """One thing that happens in one replica. `target` picks a record, `other` a second one, both modulo."""

    verb: str
    replica: int = 0
    target: int = 0
    other: int = 0
    value: str = ""
    skew: int = 0
    """Years that the replica's clock is off."""


@dataclass
class Replica:
    """One copy and the person who edits it."""

    path: Path
    editor: Editor

    @cached_property
    def engine(self) -> Engine:
        return open_engine(self.path, writable=True)

    def close(self) -> None:
        if "engine" in self.__dict__:
            self.engine.dispose()
            del self.engine

    def execute(self, statement: str, *parameters: object) -> None:
        """As another program would, outside of any transaction of ours."""
        with self.raw() as connection:
            connection.execute(statement, parameters)

    @contextmanager
    def raw(self) -> Iterator[sqlite3.Connection]:
        with self.engine.connect() as link:
            connection = driver_connection(link)
            connection.rollback()
            yield connection

    def records(self, kind: str) -> list[uuid.UUID]:
        with self.raw() as connection:
            rows = connection.execute(f"SELECT id FROM {kind} ORDER BY id").fetchall()
        return [uuid.UUID(bytes=record) for (record,) in rows]

    def take_in(self, other: Path) -> MergeReceipt:
        """Merge another file into this one, through a private copy as the program does."""
        copy = self.path.with_suffix(".incoming")
        shutil.copy(other, copy)
        return merge(self.engine, copy, self.editor)


class Replicas:
    """The three copies, and what each step does to them."""

    def __init__(self, folder: Path, seed: Path) -> None:
        self.folder = folder
        self.copies: list[Replica] = []
        for number in range(3):
            path = folder / f"{number}.casefile"
            shutil.copy(seed, path)
            self.copies.append(Replica(path, Editor(uuid.UUID(int=number + 1), f"Analyst {number}")))

    def run(self, steps: Sequence[Step]) -> None:
        for step in steps:
            replica = self.copies[step.replica]
            verb: Callable[[Replica, Step], None] = getattr(self, step.verb)
            with suppress(CaseFileError, sqlite3.IntegrityError):
                verb(replica, step)

    def _edit(self, replica: Replica, step: Step, write: Callable[..., object]) -> None:
        now = 1_700_000_000_000 + step.skew * 31_536_000_000
        with edit(open_sessions(replica.engine), replica.editor, step.verb, now=now) as session:
            write(session)

    def _pick(self, replica: Replica, kind: str, index: int) -> uuid.UUID | None:
        records = replica.records(kind)
        return records[index % len(records)] if records else None

    def add_agreement(self, replica: Replica, step: Step) -> None:
        parties = replica.records("organization")[: step.other % 3]
        values = {"title": step.value or "untitled", "parties": parties}
        self._edit(replica, step, lambda session: add_record(session, Agreement, values))

    def set_title(self, replica: Replica, step: Step) -> None:
        self._set(replica, step, "agreement", "title", step.value or "untitled")

    def set_summary(self, replica: Replica, step: Step) -> None:
        self._set(replica, step, "agreement", "summary", step.value or None)

    def set_marking(self, replica: Replica, step: Step) -> None:
        self._set(replica, step, "agreement", "marking", ("RED", "GREEN", None)[step.other % 3])

    def set_subjects(self, replica: Replica, step: Step) -> None:
        subjects = ["procurement", "peacekeeping", "logistic support"][: step.other % 4]
        self._set(replica, step, "agreement", "subjects", subjects)

    def set_parties(self, replica: Replica, step: Step) -> None:
        self._set(replica, step, "agreement", "parties", replica.records("organization")[: step.other % 4])

    def set_parent(self, replica: Replica, step: Step) -> None:
        self._set(replica, step, "organization", "parent", self._pick(replica, "organization", step.other))

    def clear_parent(self, replica: Replica, step: Step) -> None:
        self._set(replica, step, "organization", "parent", None)

    def set_same_as(self, replica: Replica, step: Step) -> None:
        self._set(replica, step, "agreement", "merged_into", self._pick(replica, "agreement", step.other))

    def _set(self, replica: Replica, step: Step, kind: str, name: str, value: object) -> None:
        record = self._pick(replica, kind, step.target)
        if record:
            self._edit(replica, step, lambda session: set_field(session, record, name, value))

    def add_state(self, replica: Replica, step: Step) -> None:
        """Two people who enter the same state enter one."""
        values = {"name": f"{STATES[step.other % 3]} {step.value}", "iso_code": STATES[step.other % 3]}
        self._edit(replica, step, lambda session: add_record(session, Organization, values))

    def add_body(self, replica: Replica, step: Step) -> None:
        values = {"name": step.value or "body", "parent": self._pick(replica, "organization", step.other)}
        self._edit(replica, step, lambda session: add_record(session, Organization, values))

    def add_provision(self, replica: Replica, step: Step) -> None:
        agreement = self._pick(replica, "agreement", step.target)
        values = {"agreement": agreement, "provision_kind": "cost", "text": step.value}
        self._edit(replica, step, lambda session: add_record(session, Provision, values))

    def set_provision(self, replica: Replica, step: Step) -> None:
        self._set(replica, step, "provision", "text", step.value)

    def relate(self, replica: Replica, step: Step) -> None:
        values = {
            "agreement": self._pick(replica, "agreement", step.target),
            "relation_type": "cites",
            "target": self._pick(replica, "agreement", step.other),
        }
        self._edit(replica, step, lambda session: add_record(session, Relation, values))

    def remove(self, replica: Replica, step: Step) -> None:
        kind = tuple(KINDS)[step.other % len(KINDS)]
        record = self._pick(replica, kind, step.target)
        if record:
            self._edit(replica, step, lambda session: delete_record(session, record))

    def remove_body(self, replica: Replica, step: Step) -> None:
        record = self._pick(replica, "organization", step.target)
        if record:
            self._edit(replica, step, lambda session: delete_record(session, record))

    def _newest_body(self, replica: Replica) -> uuid.UUID | None:
        return max((record for record in replica.records("organization") if record.version == 7), default=None)

    def add_body_under_newest(self, replica: Replica, step: Step) -> None:
        values = {"name": step.value or "body", "parent": self._newest_body(replica)}
        self._edit(replica, step, lambda session: add_record(session, Organization, values))

    def remove_newest_body(self, replica: Replica, step: Step) -> None:
        record = self._newest_body(replica)
        if record is None:
            return
        self._edit(replica, step, lambda session: delete_record(session, record))

    def write_outside(self, replica: Replica, step: Step) -> None:
        """Another program writes to the file."""
        record = self._pick(replica, "agreement", step.target)
        if record:
            replica.execute(
                "UPDATE agreement SET summary = ?, place_signed = 'outside' WHERE id = ?", step.value, record.bytes
            )

    def replace_outside(self, replica: Replica, step: Step) -> None:
        record = self._pick(replica, "agreement", step.target)
        if record:
            replica.execute(f"PRAGMA recursive_triggers = {step.other % 2}")
            replica.execute(
                """INSERT OR REPLACE INTO agreement(pk, id, title, place_signed)
                   SELECT pk, id, ?, ? FROM agreement WHERE id = ?""",
                step.value or "replaced",
                step.value,
                record.bytes,
            )
            replica.execute("PRAGMA recursive_triggers = ON")

    def undo(self, replica: Replica, step: Step) -> None:
        sessions = open_sessions(replica.engine)
        with sessions() as session:
            entries = session.scalars(select(Changeset.id).order_by(Changeset.k.desc())).all()
        entry = entries[step.other % min(3, len(entries))]
        revert(sessions, replica.editor, entry, over_later=bool(step.target % 2))

    def take_in(self, replica: Replica, step: Step) -> None:
        other = self.copies[step.other % 3]
        if other is not replica:
            replica.take_in(other.path)

    def fork(self, replica: Replica, step: Step) -> None:
        """The file is copied over on one machine, and both copies are worked on."""
        other = self.copies[step.other % 3]
        if other is not replica:
            replica.close()
            shutil.copy(other.path, replica.path)


def make_seed(folder: Path) -> Path:
    """A small case file that all replicas start from."""
    path = folder / "seed.casefile"
    connection = sqlite3.connect(path, isolation_level=None)
    create_schema(connection)
    connection.close()
    engine = open_engine(path, writable=True)
    with edit(open_sessions(engine), Editor(uuid.UUID(int=9), "Seed"), "seed", now=1_699_999_999_000) as session:
        japan = add_record(session, Organization, {"name": "Japan", "iso_code": "JPN"})
        ministry = add_record(session, Organization, {"name": "Ministry", "parent": japan})
        add_record(session, Person, {"name": "Minister"})
        for title in ("first", "second"):
            values = {"title": title, "parties": [japan, ministry], "subjects": ["procurement"]}
            add_record(session, Agreement, values)
    engine.dispose()
    return path


def state_of(connection: sqlite3.Connection) -> dict[str, object]:
    """All that merging must agree on: rows, log and heads, by names that hold in every file."""
    state: dict[str, object] = {
        cls.__tablename__: {
            record: values
            for record, *values in connection.execute(
                f"SELECT id, {', '.join(stored_fields(cls))} FROM {cls.__tablename__}"
            )
        }
        for cls in LOGGED
    }
    state["log"] = log_of(connection)
    state["head"] = set(
        connection.execute(
            """SELECT h.record, h.field, s.id, x.ord FROM head h JOIN change x ON x.n = h.n
               JOIN changeset s ON s.k = x.changeset"""
        )
    )
    return state


def log_of(connection: sqlite3.Connection) -> set[tuple[object, ...]]:
    """Every change with its parent, by names that hold in every file."""
    return set(
        connection.execute(
            """SELECT s.id, x.ord, x.op, x.kind, x.record, x.field, x.value, q.id, p.ord
               FROM change x JOIN changeset s ON s.k = x.changeset
               LEFT JOIN change p ON p.n = x.parent LEFT JOIN changeset q ON q.k = p.changeset"""
        )
    )


def judge(connection: sqlite3.Connection) -> None:
    """The file agrees with its own log, and no reference dangles."""
    found = list(disagreements(connection))
    assert found == [], found
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def check_convergence(steps: Sequence[Step], seed_file: Path, orders: Sequence[Sequence[int]] = ORDERS) -> None:
    """Run the steps; then merging in these orders and grouped gives one state, twice the same, and loses nothing."""
    with tempfile.TemporaryDirectory(prefix="depositary-replicas-", dir=MEMORY) as name:
        replicas = Replicas(Path(name), seed_file)
        replicas.run(steps)
        logs = [_judged_log(replica) for replica in replicas.copies]
        states = [_merged(replicas, order, again=order == orders[0]) for order in orders]
        states.append(_merged_grouped(replicas))
        for state in states[1:]:
            for part, value in state.items():
                assert value == states[0][part], part
        assert states[0]["log"] == set().union(*logs), "a change was lost or made up"


def merged_pair(steps: Sequence[Step], seed_file: Path) -> dict[str, Any]:
    """What the first copy holds once it has taken in the second."""
    with tempfile.TemporaryDirectory(prefix="depositary-replicas-", dir=MEMORY) as name:
        replicas = Replicas(Path(name), seed_file)
        replicas.run(steps)
        replicas.copies[0].take_in(replicas.copies[1].path)
        with replicas.copies[0].raw() as connection:
            return state_of(connection)


def _judged_log(replica: Replica) -> set[tuple[object, ...]]:
    with replica.raw() as connection:
        judge(connection)
        return log_of(connection)


def _merged(replicas: Replicas, order: Sequence[int], *, again: bool) -> dict[str, object]:
    first, second, third = (replicas.copies[number] for number in order)
    merged = _copy(replicas, first, "merged")
    merged.take_in(second.path)
    merged.take_in(third.path)
    with merged.raw() as connection:
        state = state_of(connection)
        judge(connection)
    if again:
        receipt = merged.take_in(second.path)
        assert (receipt.edits, receipt.changes) == (0, 0), "merging again brought something"
        with merged.raw() as connection:
            assert state_of(connection) == state, "merging again changed something"
    merged.close()
    return state


def _merged_grouped(replicas: Replicas) -> dict[str, object]:
    """The first copy with the merge of the other two."""
    first, second, third = replicas.copies
    group, merged = _copy(replicas, second, "group"), _copy(replicas, first, "grouped")
    group.take_in(third.path)
    group.close()
    merged.take_in(group.path)
    with merged.raw() as connection:
        state = state_of(connection)
    merged.close()
    return state


def _copy(replicas: Replicas, original: Replica, name: str) -> Replica:
    path = replicas.folder / f"{name}.casefile"
    shutil.copy(original.path, path)
    return Replica(path, original.editor)
