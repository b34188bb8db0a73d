"""Merging beside a raw union of the same tables, and the first page of what a merge would bring.

95,000 shared records with 15,000 edits, 5,000 new ones and 233 conflicts; 100,000 and 100,000 that share nothing but
two states; and 30,000 differences to look at.
"""

import os
import random
import shutil
import time
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from pytestqt.qtbot import QtBot

from db.copying import copy_moment
from db.engine import connect
from db.log import Editor, close_changeset, driver_connection, open_changeset
from db.merging.comparison import compare_merge
from db.merging.preview import overview
from db.merging.sides import record_difference
from db.merging.union import merge
from db.opening import open_case, private_copy
from db.trust import Trust, digest_of
from desktop.pages.merging import MergingPage
from desktop.pages.merging.model import RECORD
from desktop.pages.merging.view import DifferenceDelegate
from desktop.settings import trust
from desktop.widgets.rows import ModelIndex
from desktop.workspace import Workspace
from tests.benchmarks.large import ANALYST, COLLEAGUE, add_agreements, make_file, open_file
from tests.benchmarks.test_lists import IS_QUIET
from tests.desktop.conftest import lively

SHARED, EDITS, NEW, CONFLICTS = 95_000, 15_000, 5_000, 233
APART = 100_000
DIFFERENCES = 30_000
MOST = 3.0
"""A merge beside the raw union."""
SOON = 3.0
"""The first rows beside a copy of our file and a reading of what is new."""
Tell = Callable[[str], None]


@pytest.fixture
def tell(capsys: pytest.CaptureFixture[str]) -> Tell:
    """Says a figure where it is seen."""

    def say(words: str) -> None:
        with capsys.disabled():
            print(f"\n{words}")

    return say


@pytest.mark.bench
@pytest.mark.timeout(1200)
def test_edits_apart(tmp_path: Path, tell: Tell) -> None:
    ours, theirs = tmp_path / "ours.casefile", tmp_path / "theirs.casefile"
    states = make_file(ours)
    add_agreements(ours, SHARED, states)
    shutil.copy(ours, theirs)
    keys = _shuffled(ours)
    _edit(ours, ANALYST, keys[: EDITS // 2])
    _edit(theirs, COLLEAGUE, keys[EDITS // 2 - CONFLICTS : EDITS - CONFLICTS])
    add_agreements(theirs, NEW, states, COLLEAGUE, seed=3)
    assert _beside_the_raw_union(ours, theirs, tell, "edits apart") == CONFLICTS


@pytest.mark.bench
@pytest.mark.timeout(1200)
def test_disjoint(tmp_path: Path, tell: Tell) -> None:
    ours, theirs = tmp_path / "ours.casefile", tmp_path / "theirs.casefile"
    for path, editor, seed in ((ours, ANALYST, 1), (theirs, COLLEAGUE, 2)):
        add_agreements(path, APART, make_file(path), editor, seed=seed)
    assert _beside_the_raw_union(ours, theirs, tell, "disjoint") == 0


@pytest.mark.bench
@pytest.mark.timeout(1200)
def test_first_page(tmp_path: Path, tell: Tell, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the real page: till the first rows are painted, beside a copy of our file and a reading of what is new."""
    ours, theirs = _differing(tmp_path)
    own = Trust(tmp_path / "own")
    start = time.perf_counter()
    with private_copy(theirs, own):
        inspected = time.perf_counter() - start
    for path in (ours, theirs):
        own.remember(digest_of(path))
        trust().remember(digest_of(path))
    floor = _least(ours, theirs)
    moments: dict[str, float] = {}
    paint = DifferenceDelegate.draw

    def watched(self: DifferenceDelegate, painter: QPainter, box: QRectF, index: ModelIndex) -> None:
        paint(self, painter, box, index)
        if index.data(RECORD) is not None:
            moments.setdefault("painted", time.perf_counter())

    monkeypatch.setattr(DifferenceDelegate, "draw", watched)
    with lively(Workspace(open_case(ours, own, writable=True), ANALYST)) as live:
        page = MergingPage(live)
        qtbot.addWidget(page)
        page.resize(1280, 800)
        page.show()
        page._inquiry.checked.connect(lambda: moments.setdefault("checked", time.perf_counter()))
        page._inquiry.found.connect(lambda _: moments.setdefault("found", time.perf_counter()))
        page.take_in(theirs)
        qtbot.waitUntil(lambda: page.is_exact and "painted" in moments, timeout=120_000)
        rows = page.model.rowCount()
        assert page.overview is not None
        rivals = page.overview.summary.rivals
        page.close()
    first, exact = (moments[name] - moments["checked"] for name in ("painted", "found"))
    tell(
        f"first page of {rows:,} differences: inspection {inspected:.2f} s, then first rows after {first:.2f} s, "
        f"all of it exact after {exact:.2f} s; floor {floor:.2f} s, ratio {first / floor:.2f}; {_load()}"
    )
    assert (rows, rivals) == (DIFFERENCES, CONFLICTS)
    assert first <= SOON * floor
    assert first <= 1.0 or not IS_QUIET


@pytest.mark.bench
@pytest.mark.timeout(1200)
def test_preview(tmp_path: Path, tell: Tell) -> None:
    ours, theirs = _differing(tmp_path)
    folder = tmp_path / "preview"
    folder.mkdir()
    start = time.perf_counter()
    found = compare_merge(folder, ours, theirs, ANALYST)
    laid_out = time.perf_counter() - start
    start = time.perf_counter()
    seen = overview(found)
    first = time.perf_counter() - start
    start = time.perf_counter()
    shown = record_difference(found, seen.first[0].id)
    side_by_side = time.perf_counter() - start
    assert (len(seen.places), seen.summary.rivals, len(shown.parts)) == (DIFFERENCES, CONFLICTS, 1)
    tell(
        f"preview of {len(seen.places):,} differences: union in a private copy and index {laid_out:.2f} s, "
        f"counts and first rows {first:.2f} s, a record {side_by_side:.3f} s; {_load()}"
    )


def _differing(folder: Path) -> tuple[Path, Path]:
    """Two files with so many differences, some of which both edited."""
    ours, theirs = folder / "ours.casefile", folder / "theirs.casefile"
    states = make_file(ours)
    add_agreements(ours, SHARED, states)
    shutil.copy(ours, theirs)
    keys = _shuffled(ours)
    _edit(theirs, COLLEAGUE, keys[: DIFFERENCES - NEW])
    _edit(ours, ANALYST, keys[:CONFLICTS])
    add_agreements(theirs, NEW, states, COLLEAGUE, seed=3)
    return ours, theirs


def _least(ours: Path, theirs: Path) -> float:
    """What showing anything must do at least: copy our open file, and read which changes of theirs are unknown."""
    start = time.perf_counter()
    copy_moment(ours, ours.with_name("floor.casefile"))
    connection = connect(ours)
    connection.execute("ATTACH ? AS other", (f"file:{theirs}?mode=ro&immutable=1",))
    connection.execute(
        """SELECT x.record, x.kind, x.field, x.n FROM other.change x JOIN other.changeset s ON s.k = x.changeset
           WHERE s.id NOT IN (SELECT id FROM main.changeset) ORDER BY x.record"""
    ).fetchall()
    connection.close()
    return time.perf_counter() - start


def _load() -> str:
    return f"at a load of {os.getloadavg()[0]:.1f}"


def _beside_the_raw_union(ours: Path, theirs: Path, tell: Tell, name: str) -> int:
    raw = Path(shutil.copy(ours, ours.with_name("raw.casefile")))
    start = time.perf_counter()
    with open_file(ours) as engine:
        receipt = merge(engine, theirs, ANALYST)
    merged = time.perf_counter() - start
    floor = _floor(raw, theirs)
    tell(
        f"{name}: {receipt.edits:,} edits, {receipt.changes:,} changes, {len(receipt.conflicts)} conflicts "
        f"in {merged:.2f} s, raw union {floor:.2f} s, ratio {merged / floor:.2f}"
    )
    assert merged <= MOST * floor
    return len(receipt.conflicts)


def _shuffled(path: Path) -> list[bytes]:
    """The agreements of a file in an order that says nothing."""
    connection = connect(path)
    keys = [key for (key,) in connection.execute("SELECT id FROM agreement ORDER BY id")]
    connection.close()
    random.Random(1).shuffle(keys)
    return keys


def _edit(path: Path, editor: Editor, keys: Sequence[bytes]) -> None:
    """An edit of each, an entry of its own in the log, written in one transaction to save time."""
    with open_file(path) as engine, engine.begin() as link:
        connection = driver_connection(link)
        for key in keys:
            number = open_changeset(connection, editor, "Set title")
            words = f"{uuid.UUID(bytes=key).hex[-6:]} edited by {editor.name}"
            connection.execute("UPDATE agreement SET title = ? WHERE id = ?", (words, key))
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
