"""The whole program beside a bare window of PySide6 with raw sqlite3, each in a process of its own.

The aims are only asserted with DEPOSITARY_QUIET_MACHINE=1, because on a busy machine they say more of the others.
With DEPOSITARY_MILLION=1 there is a sitting at a million agreements as well.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile
from statistics import median

import pytest

from db.trust import digest_of
from desktop.sample import make_sample
from desktop.settings import editor, trust
from tests.benchmarks.large import large_file
from tests.benchmarks.test_lists import COUNTS, IS_QUIET, LONGEST_BLOCK

_RUNS = 5
READY = 1.5
"""As often as the bare window takes. SQLAlchemy alone, which is given, takes twice as long to import as PySide6."""
RESIDENT = 250
"""Megabytes, at a million agreements."""
AIMS = {"open a record": 100, "edit told": 50, "edit seen": 16, "filter": 100, "sort": 150, "jump": 30}
"""Milliseconds by the first words of a step. First hits by the keystroke are measured in `test_lists`."""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, for the program as for this test."""
    for name, folder in (("HOME", ""), ("XDG_DATA_HOME", "data"), ("XDG_CACHE_HOME", "cache"), ("XDG_STATE_HOME", "s")):
        monkeypatch.setenv(name, str(tmp_path / folder))
    runtime = tmp_path / "run"
    runtime.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    return tmp_path


def run(module: str, *words: str) -> Iterator[dict[str, float]]:
    """Start a process now, and give what it tells line by line."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "DEPOSITARY_BEGUN": str(time.monotonic())}
    command = [sys.executable, "-m", f"tests.benchmarks.{module}", *words]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True, timeout=800)
    yield from map(json.loads, done.stdout.splitlines())


@pytest.mark.bench
@pytest.mark.timeout(300)
def test_ready_on_the_sample(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = home / "sample.casefile"
    make_sample(path, trust(), editor("Analyst")).close()
    ours, bare = [], []
    for _ in range(_RUNS):
        bare += list(run("bare", str(path)))
        ours += list(run("sitting", str(path), "ready"))
    figures = {key: (median(one[key] for one in ours), median(one[key] for one in bare)) for key in bare[0]}
    ratio = figures["ready"][0] / figures["ready"][1]
    with capsys.disabled():
        for key, (own, floor) in figures.items():
            print(f"\n{key:10} {own:6.3f} s, bare window {floor:6.3f} s: {own / floor:.2f}x", end="")
        print(f"\naim {READY}x, at a load of {os.getloadavg()[0]:.1f}")
    assert ratio <= READY or not IS_QUIET


@pytest.mark.bench
@pytest.mark.timeout(1_200)
@pytest.mark.parametrize("count", COUNTS, ids=lambda count: f"{count:,}")
def test_a_sitting(count: int, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = Path(copyfile(large_file(count), home / "large.casefile"))
    with path.open("rb+") as file:
        os.fsync(file)
    trust().remember(digest_of(path))
    lines = list(run("sitting", str(path)))
    steps = [line for line in lines if "step" in line]
    missed = [step for step in steps if step["ms"] > _aim(str(step["step"])) or step["block"] > LONGEST_BLOCK]
    most = max(step["resident"] for step in steps)
    with capsys.disabled():
        print(f"\n{count:,} agreements: first rows painted {lines[0]['ready']:.2f} s after the start")
        for step in steps:
            print(f"{step['step']:34} {step['ms']:7.1f} ms, block {step['block']:6.1f} ms, {step['resident']:4.0f} MB")
        print(
            f"{len(missed)} of {len(steps)} missed an aim, at a load of {os.getloadavg()[0]:.1f}; at most {most:.0f} MB"
        )
    assert missed == [] or not IS_QUIET
    assert most <= RESIDENT or not IS_QUIET


def _aim(step: str) -> float:
    return next((aim for words, aim in AIMS.items() if step.startswith(words)), float("inf"))
