"""What merging keeps with the window's decisions included: whatever is chosen is one more edit, and nothing is lost."""

import shutil
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from db.engine import connect, open_sessions
from db.errors import CaseFileError
from db.merging.choices import Rule, decisions
from db.merging.comparison import Comparison, compare_merge, glance_at_merge
from db.merging.decisions import Choice, Decision
from db.merging.differences import State
from db.merging.preview import page, summary
from db.merging.sides import record_difference
from db.merging.union import MergeReceipt, merge
from db.revert import revert
from tests.db.replicas import MEMORY, Replica, Replicas, Step, judge, log_of, make_seed, state_of

STEPS = st.lists(
    st.builds(
        Step,
        verb=st.sampled_from([name for name in vars(Replicas) if not name.startswith("_") and name != "run"]),
        replica=st.integers(0, 1),
        target=st.integers(0, 3),
        other=st.integers(0, 11),
        value=st.sampled_from(["", "a", "b", "木原"]),
        skew=st.sampled_from([0, 0, -10, 10]),
    ),
    max_size=8,
)
CHOICES = st.lists(
    st.tuples(st.sampled_from(list(Choice)), st.integers(0, 5), st.integers(0, 3), st.sampled_from(["", "because"])),
    max_size=3,
)
"""A choice, which record it is about (5: all), which field of it (3: the whole record), and why."""
Wish = tuple[Choice, int, int, str]


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_seed(tmp_path_factory.mktemp("seed"))


@given(steps=STEPS, wishes=CHOICES)
@example(steps=[Step("replace_outside", 1, 0, 0)], wishes=[])
@example(steps=[Step("set_same_as", 0, 0, 1), Step("add_provision", 1, 1), Step("remove", 1, 1)], wishes=[])
@example(steps=[Step("set_title"), Step("replace_outside", 1, 0, 1)], wishes=[(Choice.THEIRS, 5, 0, "")])
def test_a_merge_with_decisions_keeps_every_promise(seed: Path, steps: list[Step], wishes: list[Wish]) -> None:
    with tempfile.TemporaryDirectory(prefix="depositary-decided-", dir=MEMORY) as name:
        replicas = Replicas(Path(name), seed)
        replicas.run(steps)
        check_decided(replicas, wishes)


def check_decided(replicas: Replicas, wishes: Sequence[Wish]) -> None:
    """The preview tells what the union does; decisions lose nothing, converge, and go back with the merge."""
    mine, theirs, _ = replicas.copies
    before, log = _state(mine), _log(mine) | _log(theirs)
    preview = _preview(replicas.folder, mine, theirs)
    _check_glance(preview)
    decided = _decided(preview, wishes) if wishes else ()
    try:
        receipt = _merge(replicas.folder, mine, theirs, decided)
    except CaseFileError:  # something that stays needs what was declined
        assert _state(mine) == before, "a refused merge changed something"
        return
    with mine.raw() as connection:
        judge(connection)
    assert log <= _log(mine), "a decision lost a change"
    if not decided:
        _check_preview(preview, mine, has_own_edit=receipt.decision is not None)
    theirs.take_in(mine.path)
    assert _state(theirs) == _state(mine), "a decision did not travel home"
    assert _reasons(theirs) == _reasons(mine)
    if receipt.changes:
        _check_undo(mine, receipt, before)


def _check_preview(preview: Comparison, merged: Replica, *, has_own_edit: bool) -> None:
    """What was shown as the state after the merge is the state after the merge; an edit of its own has another id."""
    told = Replica(preview.second, merged.editor)
    for part, value in _state(told).items():
        assert (has_own_edit and part in ("log", "head")) or value == _state(merged)[part], part
    told.close()


def _check_glance(preview: Comparison) -> None:
    """Without deletions the logs alone name every record that the union shows as different; each can be looked at."""
    folder = preview.first.parent
    glance = glance_at_merge(folder, preview.first, folder / "theirs")
    told = {row.id for row in page(glance)}
    for record in told:
        record_difference(glance, record)
    with closing(connect(preview.second, immutable=True)) as union:
        (deletions,) = union.execute("SELECT count(*) FROM change WHERE op = 'D'").fetchone()
    if not deletions:
        assert {row.id for row in page(preview)} <= told


def _check_undo(mine: Replica, receipt: MergeReceipt, before: dict[str, Any]) -> None:
    """One step takes back the union and the decisions; only who edited stays known."""
    after = _state(mine)
    undo = revert(open_sessions(mine.engine), mine.editor, receipt.id)
    assert undo.startswith("Undo: merge of")
    shown = _state(mine)
    for part in before.keys() - {"author", "log", "head"}:
        assert shown[part] == before[part], part
    with mine.raw() as connection:
        judge(connection)
        entry = connection.execute("SELECT id FROM changeset ORDER BY k DESC LIMIT 1").fetchone()[0]
    assert entry is not None
    assert after["log"] <= shown["log"]


def _decided(preview: Comparison, wishes: Sequence[Wish]) -> tuple[Decision, ...]:
    records = page(preview)
    rules = []
    for choice, place, field, reason in wishes:
        if place == 5 or not records:
            rules.append(Rule(Choice.MINE if choice is Choice.TYPED else choice, reason=reason))
            continue
        found = record_difference(preview, records[place % len(records)].id)
        fields = [each for part in found.parts if part.state is State.CHANGED for each in part.fields if each.column]
        if field < 3 and fields:
            about = fields[field % len(fields)]
            typed = choice is Choice.TYPED and about.name in ("title", "summary", "text", "name")
            kept = choice if typed or choice is not Choice.TYPED else Choice.THEIRS
            rules.append(Rule(kept, rows=(about.record,), column=about.column, text="typed", reason=reason))
        elif choice in (Choice.MINE, Choice.THEIRS):
            rules.append(Rule(choice, whole=found.id, reason=reason))
    assert summary(preview).total == len(records)
    return decisions(preview, rules)


def _preview(folder: Path, mine: Replica, theirs: Replica) -> Comparison:
    place = folder / "preview"
    place.mkdir()
    copy = Path(shutil.copy(theirs.path, place / "theirs"))
    return compare_merge(place, mine.path, copy, mine.editor)


def _merge(folder: Path, mine: Replica, theirs: Replica, decided: Sequence[Decision]) -> MergeReceipt:
    copy = Path(shutil.copy(theirs.path, folder / "incoming"))
    return merge(mine.engine, copy, mine.editor, decisions=decided, with_parts=True)


def _reasons(replica: Replica) -> set[tuple[object, ...]]:
    with replica.raw() as connection:
        return set(
            connection.execute(
                """SELECT s.id, x.ord, r.text FROM reason r JOIN change x ON x.n = r.n
                   JOIN changeset s ON s.k = x.changeset"""
            )
        )


def _state(replica: Replica) -> dict[str, Any]:
    with replica.raw() as connection:
        return state_of(connection)


def _log(replica: Replica) -> set[tuple[object, ...]]:
    with replica.raw() as connection:
        return log_of(connection)
