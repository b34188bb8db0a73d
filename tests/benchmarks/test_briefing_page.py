"""How soon the briefing page shows a choice, beside the bare work; and that the window never stops for it."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from db.models import Agreement
from db.queries.records import list_records
from db.trust import Trust
from desktop.live import LiveCase
from desktop.pages.briefing import BriefingPage
from desktop.pages.briefing.maker import SheetMaker
from desktop.pages.briefing.preview import SheetPreview
from desktop.printing.options import Kind, SheetOptions, Subject
from desktop.printing.pages import Composition, compose
from desktop.sample import SAMPLE_FILE, make_sample
from desktop.workspace import Reader
from exports.paper import Paper
from tests.desktop.conftest import ANALYST, lively

ROUNDS = 6
LONGEST_STOP = 50.0
HIGHEST_RATIO = 2.0


class Heart(QObject):
    """Beats as often as the window's thread lets it, and knows the longest pause."""

    def __init__(self) -> None:
        super().__init__()
        self._last = time.perf_counter()
        self._longest = 0.0
        self._timer = QTimer(self, interval=1)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def longest(self, work: Callable[[], object]) -> float:
        """The longest pause while some work is done, in milliseconds."""
        self._last, self._longest = time.perf_counter(), 0.0
        work()
        return self._longest * 1000

    def _beat(self) -> None:
        now = time.perf_counter()
        self._longest = max(self._longest, now - self._last)
        self._last = now


@pytest.fixture
def sample(tmp_path: Path) -> Iterator[LiveCase]:
    with lively(make_sample(tmp_path / SAMPLE_FILE, Trust(tmp_path / "trust"), ANALYST)) as live:
        yield live


@pytest.fixture
def norway(sample: LiveCase) -> UUID:
    reader = Reader(sample.path)
    rows = reader.read(list_records, Agreement)
    reader.close()
    return rows[0].id


@pytest.fixture
def page(sample: LiveCase, qtbot: QtBot) -> Iterator[BriefingPage]:
    page = BriefingPage(sample)
    qtbot.addWidget(page)
    page.resize(1048, 748)
    page.show()
    yield page
    page.close()


@pytest.mark.bench
def test_a_choice_is_soon_seen_and_stops_nothing(
    page: BriefingPage,
    norway: UUID,
    sample: LiveCase,
    qtbot: QtBot,
    capsys: pytest.CaptureFixture[str],
) -> None:
    preview, maker = page.findChild(SheetPreview), page.findChild(SheetMaker)
    paper = page.findChild(QComboBox, "briefingPaper")
    assert preview
    assert maker
    assert paper
    heart = Heart()

    def wait() -> None:
        qtbot.waitUntil(lambda: not maker.is_busy and preview.is_drawn, timeout=60_000)

    def choose() -> None:
        row = 1 - paper.currentIndex()
        paper.setCurrentIndex(row)
        paper.activated.emit(row)
        wait()

    page.show_agreement(norway)
    cold = _timed(wait)
    stops, times, bare_times = [], [], []
    for _ in range(ROUNDS):
        times.append(_timed(lambda: stops.append(heart.longest(choose))))
        bare_times.append(_timed(lambda: _compose(sample, norway)))
    bare = min(bare_times)
    idle = heart.longest(lambda: qtbot.wait(int(sum(times))))
    with capsys.disabled():
        print(
            f"\nbriefing page: cold {cold:.0f} ms; a choice {min(times):.0f} ms, bare work {bare:.0f} ms, "
            f"ratio {min(times) / bare:.2f}; longest stop {max(stops):.0f} ms, of an idle window {idle:.0f} ms"
        )
    assert min(times) / bare <= HIGHEST_RATIO
    assert min(stops) <= LONGEST_STOP


def _compose(sample: LiveCase, record: UUID) -> None:
    assert isinstance(compose(sample.path, Subject(Kind.AGREEMENT, (record,)), SheetOptions(Paper.LETTER)), Composition)


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000
