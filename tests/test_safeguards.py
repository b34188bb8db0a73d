"""The nets under every test do catch: a run of tests that each fall into one."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).parent

FALLING = """
import logging, os, warnings
from pathlib import Path
import platformdirs, pytest
from PySide6.QtCore import QStandardPaths, qWarning

def test_log():
    logging.getLogger("db").warning("stray")

@pytest.mark.expects_log
def test_expected_log():
    logging.getLogger("db").warning("shown")

def test_quiet_log():
    logging.getLogger("db").info("fine")

def test_warning():
    warnings.warn("stray")

def test_qt_warning():
    qWarning("stray")

def test_home(tmp_path_factory):
    base = tmp_path_factory.getbasetemp()
    places = [Path.home(), Path(platformdirs.user_config_dir("x")), Path(platformdirs.user_cache_dir("x"))]
    places.append(Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)))
    assert all(place.is_relative_to(base) for place in places)

def test_screen(qapp):
    assert qapp.platformName() == "offscreen"
"""

OUTCOMES = {
    "test_log": "PASSED ERROR",
    "test_expected_log": "PASSED",
    "test_quiet_log": "PASSED",
    "test_warning": "FAILED",
    "test_qt_warning": "FAILED",
    "test_home": "PASSED",
    "test_screen": "PASSED",
}


def test_each_net_catches(tmp_path: Path) -> None:
    shutil.copy(TESTS / "conftest.py", tmp_path)
    (tmp_path / "test_falling.py").write_text(FALLING, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-c", str(TESTS.parent / "pyproject.toml"), "-v"]
    command += ["--rootdir", str(tmp_path), "-p", "no:cacheprovider", "--color", "no", str(tmp_path)]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    outcomes: dict[str, str] = {}
    for name, outcome in re.findall(r"::(\w+) (PASSED|FAILED|ERROR)\b", run.stdout):
        outcomes[name] = f"{outcomes.get(name, '')} {outcome}".strip()
    assert outcomes == OUTCOMES, run.stdout + run.stderr
