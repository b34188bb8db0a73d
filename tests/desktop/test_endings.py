"""How commands end when something is in the way: in words, with the right code, and never with a traceback."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest

from desktop.cli import COMMANDS, program
from desktop.errors import ExitCode, expected
from tests.desktop.command_line import ROOT, Case, refusal, run, start, told

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and file names of POSIX")


def test_help_of_every_command() -> None:
    text = told("--help")
    for name in COMMANDS:
        assert f"\n  {name} " in text
        assert ("--json" in told(name, "--help")) == (name != "open")  # the window has nothing to tell a script
    command = click.Context(program)
    assert all(program.get_command(command, name) for name in COMMANDS)


def test_version() -> None:
    assert told("--version").startswith("depositary ")


@pytest.mark.parametrize(
    "words", [("nothing",), ("info",), ("list", "x"), ("show", "x", "y", "z"), ("info", "x", "--no")]
)
def test_usage(words: tuple[str, ...]) -> None:
    code, text = refusal(*words)
    assert code == 2
    assert "--help`." in text


def test_an_error_as_json(case: Case) -> None:
    error = json.loads(run("list", case.path, "officials", "--filter", "ab )", "--json").stderr)["error"]
    assert error == {
        "type": "filter_error",
        "message": "This parenthesis closes nothing.",
        "exit_code": 2,
        "position": 3,
    }


def test_a_fault_is_calm_and_keeps_its_details(case: Case, user_folders: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.commands.reading.case_file", lambda session: 1 // 0)
    result = run("info", case.path)
    assert result.exit_code == ExitCode.UNEXPECTED
    assert result.stderr.startswith("Something went wrong that should not have.")
    assert "Traceback" not in result.stderr
    (details,) = user_folders.rglob("failure-*.txt")
    assert str(details) in result.stderr
    assert "ZeroDivisionError" in details.read_text(encoding="utf-8")


def test_a_fault_whose_details_cannot_be_kept(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.commands.reading.case_file", lambda session: 1 // 0)
    monkeypatch.setattr("desktop.errors.log_folder", lambda: case.path / "log")
    result = run("info", case.path)
    assert result.exit_code == 70
    assert "could not be written down" in result.stderr


def test_ctrl_c_in_a_command(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(session: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("desktop.commands.reading.case_file", interrupted)
    result = run("info", case.path)
    assert (result.exit_code, result.output.strip()) == (130, "")


def test_a_full_disk_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    trouble = expected(OSError(28, "No space left on device", "x"))
    assert trouble is not None
    assert (trouble.code, trouble.text) == (3, "There is no room left on the disk. Nothing was changed.")


@posix
def test_a_disk_that_takes_no_more(case: Case) -> None:
    """A limit on the size of files stands for a full disk."""
    import resource

    before = case.path.read_bytes()
    limit = len(before) + 4096
    done = start(
        "set", case.path, case.agreement, "summary", "x" * 100_000,
        prepare=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )  # fmt: skip
    assert done.returncode == 3, done.stderr
    assert b"Nothing was changed." in done.stderr
    assert b"Traceback" not in done.stderr
    assert case.path.read_bytes() == before


@posix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_output_that_cannot_be_written(case: Case) -> None:
    with Path("/dev/full").open("wb") as full:
        done = start("info", case.path, stdout=full)
    assert (done.returncode, done.stderr) == (3, b"There is no room left on the disk. Nothing was changed.\n")


@posix
def test_a_reader_that_goes_away(case: Case) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = start("history", case.path, stdout=writer)
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, b"")


@posix
def test_ctrl_c_in_a_process(case: Case) -> None:
    """It waits for the lock of another writer, and is interrupted there."""
    code = (
        "import sys, time\nfrom desktop import cli, workspace\n"
        "def wait(*rest, **more):\n    print('ready', flush=True)\n    time.sleep(30)\n"
        "workspace.open_case = wait\ncli.main()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, "info", str(case.path)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": ROOT},
        preexec_fn=_hear_interrupts,
    ) as process:  # fmt: skip
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
            time.sleep(0.05)
            process.send_signal(signal.SIGINT)
            _, stderr = process.communicate(timeout=30)
        finally:
            process.kill()
    assert (process.returncode, stderr.strip()) == (130, b"")


def _hear_interrupts() -> None:
    """A shell that starts the tests in the background has them ignore SIGINT, and they would pass that on."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@posix
def test_a_file_name_that_is_not_utf8(case: Case, tmp_path: Path) -> None:
    if sys.platform == "darwin":
        pytest.skip("macOS has no such names")
    name = os.fsencode(tmp_path) + b"/\xff.casefile"
    os.link(case.path, name)
    done = start("info", name)
    assert done.returncode == 0, done.stderr
    assert "\ufffd.casefile".encode() in done.stdout
    assert json.loads(start("check", name, "--json").stdout)["sound"]
    assert start("merge", case.path, name, "--dry-run").returncode == 0
    assert start("info", b"\xfe").returncode == 3


@posix
def test_arguments_that_are_not_utf8(case: Case) -> None:
    for words in (
        ("set", case.path, case.agreement, "title", b"\xff"),
        ("list", case.path, "posts", "--filter", b"\xff"),
    ):
        done = start(*words)
        assert (done.returncode, b"Traceback" in done.stderr) == (2, False)


def test_a_program_of_its_own(case: Case) -> None:
    done = start("list", case.path, "officials", variables={"LC_ALL": "C", "PYTHONUTF8": "0"})
    assert "木原稔".encode() in done.stdout


def test_a_home_that_cannot_be_written(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading goes on; an edit needs to know who edits."""
    blocked = tmp_path / "blocked"
    blocked.write_text("")
    for variable in ("XDG_DATA_HOME", "HOME", "LOCALAPPDATA", "APPDATA"):
        monkeypatch.setenv(variable, str(blocked))
    monkeypatch.setattr("desktop.settings.data_folder", lambda: blocked / "data")
    assert run("info", case.path).exit_code == 0
    assert refusal("set", case.path, case.agreement, "title", "x")[0] == 3
