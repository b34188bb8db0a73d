"""Merging three copies of a real case file in every order, and the mutants that must not survive it."""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import db.merging.union
from db.errors import MergeRefused
from db.lineage import Lineage, Node
from db.merging.union import merge
from tests.db.replicas import FEWER_ORDERS, ORDERS, Replicas, Step, check_convergence, make_seed, merged_pair, state_of

VERBS = [name for name in vars(Replicas) if not name.startswith("_") and name != "run"]
STEPS = st.lists(
    st.builds(
        Step,
        verb=st.sampled_from(VERBS),
        replica=st.integers(0, 2),
        target=st.integers(0, 3),
        other=st.integers(0, 11),
        value=st.sampled_from(["", "a", "b", "木原"]),
        skew=st.sampled_from([0, 0, 0, -10, 10]),
    ),
    max_size=22,
)


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_seed(tmp_path_factory.mktemp("seed"))


@pytest.mark.timeout(1200)
@given(steps=STEPS)
def test_any_order_of_merging_gives_one_state_and_loses_nothing(seed: Path, steps: list[Step]) -> None:
    """All orders where there is time: the scenarios below go through all of them at every run."""
    check_convergence(steps, seed, ORDERS if settings().max_examples > 100 else FEWER_ORDERS)


DELETED_WHILE_EDITED = [Step("set_title", 1, 0, 0, "edited"), Step("remove", 0, 0, 0)]
REMOVED_AFTER_EDIT = [Step("set_title", 0, 0, 0, "a"), Step("remove", 0, 0, 0), Step("take_in", 1, 0, 0)]
CONFLICT = [Step("set_title", 0, 0, 0, "a", skew=10), Step("set_title", 1, 0, 0, "b", skew=-10)]
CONFLICT_RESOLVED = [*CONFLICT, Step("take_in", 0, 0, 1), Step("set_title", 0, 0, 0, "both")]
CONFLICT_RESOLVED_TWICE = [
    *CONFLICT,
    Step("take_in", 0, 0, 1),
    Step("take_in", 2, 0, 0),
    Step("set_title", 2, 0, 0, "c"),
]
THREE_WAYS = [*CONFLICT, Step("set_title", 2, 0, 0, "c")]
REPLACED = [Step("replace_outside", 0, 0, 1, "new"), Step("set_title", 1, 0, 0, "other")]
REPLACED_SILENTLY = [Step("replace_outside", 0, 0, 0, "new"), Step("set_title", 1, 0, 0, "other")]
KEPT_THEN_LET_GO = [
    Step("add_body", 0, 0, 0, "kept"),
    Step("take_in", 1, 0, 0),
    Step("remove_newest_body", 0),
    Step("add_body_under_newest", 1, value="child"),
    Step("take_in", 1, 0, 0),
    Step("remove_newest_body", 1),
    Step("take_in", 0, 0, 1),
]
CHAIN_KEPT = [
    Step("add_body", 0, 0, 0, "grandparent"),
    Step("add_body_under_newest", 0, value="parent"),
    Step("take_in", 1, 0, 0),
    Step("remove_newest_body", 0),
    Step("remove_newest_body", 0),
    Step("add_body_under_newest", 1, value="child"),
]
SAME_STATE_TWICE = [Step("add_state", 0, 0, 1, "a"), Step("add_state", 1, 0, 1, "b"), Step("add_state", 2, 0, 1, "a")]
UNDONE_ACROSS = [
    Step("set_title", 0, 0, 0, "a"),
    Step("take_in", 1, 0, 0),
    Step("undo", 1, 0, 0),
    Step("undo", 0, 0, 0),
]
CONFLICT_DELETED = [*CONFLICT, Step("take_in", 0, 0, 1), Step("remove", 0, 0, 0)]
CONFLICT_DELETED_AND_BACK = [*CONFLICT_DELETED, Step("undo", 0, 0, 0)]
CONFLICT_REPLACED = [*CONFLICT, Step("take_in", 0, 0, 1), Step("replace_outside", 0, 0, 1, "new")]
SELF_REFERENCE_UNDONE = [Step("set_same_as", 0, 0, 0, skew=10), Step("undo", 0, 3, 11, skew=10)]
SCENARIOS = {
    name: steps
    for name, steps in globals().items()
    if name.isupper() and isinstance(steps, list) and steps and isinstance(steps[0], Step)
}


@pytest.mark.parametrize("name", SCENARIOS)
def test_scenario(seed: Path, name: str) -> None:
    check_convergence(SCENARIOS[name], seed)


class TestMutants:
    """Each change that would break a promise of the design is caught by a scenario above."""

    def caught(self, seed: Path, names: Sequence[str]) -> list[str]:
        return [name for name in names if self._fails(seed, SCENARIOS[name])]

    def _fails(self, seed: Path, steps: Sequence[Step]) -> bool:
        try:
            check_convergence(steps, seed)
        except (AssertionError, sqlite3.Error, MergeRefused):
            return True
        return False

    def test_tie_break_by_local_number(self, seed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Who wins would depend on the order of merging."""
        monkeypatch.setattr(db.merging.union, "DISPLAY_ORDER", "u.n DESC")
        assert self.caught(seed, ["CONFLICT", "THREE_WAYS"]) == ["CONFLICT", "THREE_WAYS"]

    def test_no_touch(self, seed: Path, tmp_path: Path) -> None:
        """A record that lived on by a reference would be dead in the log and alive in the file."""
        mutant = mutate_triggers(
            seed, tmp_path, lambda sql: sql.replace("ORDER BY n DESC LIMIT 1) = 'D'", "LIMIT 0) = 'D'")
        )
        assert self.caught(mutant, ["KEPT_THEN_LET_GO"]) == ["KEPT_THEN_LET_GO"]

    def test_no_reference_keeps_alive(self, seed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A record would point at one that is gone."""
        monkeypatch.setattr(db.merging.union, "kept_by_reference", lambda *_: set())
        assert "CHAIN_KEPT" in self.caught(seed, ["CHAIN_KEPT", "KEPT_THEN_LET_GO"])

    def test_no_heads(self, seed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A conflict would be forgotten at once."""
        monkeypatch.setattr(db.merging.union, "keep_heads", lambda *_: None)
        assert "CONFLICT" in self.caught(seed, ["CONFLICT"])

    def test_delete_that_sees_nothing(self, seed: Path, tmp_path: Path) -> None:
        """A deletion would never win, not even over what it knew."""

        def blind(sql: str) -> str:
            start = sql.find("INSERT OR IGNORE INTO change_parent(n, parent)")
            return sql if start < 0 or "told_delete" not in sql else sql[:start] + sql[sql.index(";", start) + 1 :]

        mutant = mutate_triggers(seed, tmp_path, blind)
        assert self.caught(mutant, ["REMOVED_AFTER_EDIT"]) == ["REMOVED_AFTER_EDIT"]

    def test_replace_unlogged(self, seed: Path, tmp_path: Path) -> None:
        """INSERT OR REPLACE by another program would change values behind the log's back."""
        mutant = mutate_triggers(
            seed, tmp_path, lambda sql: sql.replace("AND field IS NULL) > 1", "AND field IS NULL) > 9")
        )
        assert "REPLACED_SILENTLY" in self.caught(mutant, ["REPLACED", "REPLACED_SILENTLY"])

    def test_conflicts_dropped(self, seed: Path, tmp_path: Path) -> None:
        """An edit would resolve a conflict without naming the values that it replaced."""

        def forgetful(sql: str) -> str:
            start = sql.find("INSERT OR IGNORE INTO change_parent(n, parent)")
            return sql if start < 0 or "told_update" not in sql else sql[:start] + sql[sql.index(";", start) + 1 :]

        mutant = mutate_triggers(seed, tmp_path, forgetful)
        assert "CONFLICT_RESOLVED" in self.caught(mutant, ["CONFLICT_RESOLVED"])

    def test_deletion_beats_edit(self, seed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Work would be lost because somebody else deleted the record."""
        monkeypatch.setattr(Lineage, "is_alive", lambda self: not any(is_deletion(n) for n in self.nodes.values()))
        state = merged_pair(DELETED_WHILE_EDITED, seed)
        assert "edited" not in [row[0] for row in state["agreement"].values()]


def test_a_dry_run_tells_the_same_and_changes_nothing(seed: Path, tmp_path: Path) -> None:
    replicas = Replicas(tmp_path, seed)
    replicas.run([*CONFLICT, *DELETED_WHILE_EDITED])
    ours, theirs = replicas.copies[0], replicas.copies[1]
    theirs.close()
    with ours.raw() as connection:
        before = state_of(connection)
    dry = merge(ours.engine, theirs.path, ours.editor, dry_run=True)
    with ours.raw() as connection:
        assert state_of(connection) == before
    real = merge(ours.engine, theirs.path, ours.editor)
    assert replace(dry, id=real.id) == real
    assert real.survivors
    ours.close()


def is_deletion(node: Node) -> bool:
    return node.op == "D"


def mutate_triggers(seed: Path, folder: Path, mutate: Callable[[str], str]) -> Path:
    """A seed file whose triggers were changed; at least one of them must be."""
    mutant = folder / "mutant.casefile"
    mutant.write_bytes(seed.read_bytes())
    connection = sqlite3.connect(mutant, isolation_level=None)
    changed = 0
    for name, sql in connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        if mutate(sql) != sql:
            connection.execute(f"DROP TRIGGER {name}")
            connection.execute(mutate(sql))
            changed += 1
    connection.close()
    assert changed, "the mutant changes nothing"
    return mutant
