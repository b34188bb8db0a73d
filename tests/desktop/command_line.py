"""The command line as tests use it: in this process, or as a program of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from click.testing import CliRunner, Result

from desktop.cli import program

AUTHOR = "Ann Analyst"
ROOT = str(Path(__file__).parent.parent.parent)


def run(*words: str | Path) -> Result:
    """Run a command in this process; stdout and stderr are kept apart."""
    environment = {"DEPOSITARY_AUTHOR": AUTHOR, "COLUMNS": "80"}
    return CliRunner(env=environment).invoke(program, [str(word) for word in words], prog_name="depositary")


def told(*words: str | Path, code: int = 0) -> str:
    """What a command that ends with this code says."""
    result = run(*words)
    assert result.exit_code == code, result.output
    return result.stdout


def document(*words: str | Path, code: int = 0) -> Any:
    """What a command says as JSON."""
    return json.loads(told(*words, "--json", code=code))


def refusal(*words: str | Path) -> tuple[int, str]:
    """The exit code and the words of a command that fails, which say the same as JSON."""
    result, again = run(*words), run(*words, "--json")
    error = json.loads(again.stderr)["error"]
    assert result.stdout == again.stdout == ""
    assert result.exit_code == again.exit_code == error["exit_code"]
    assert "Traceback" not in result.stderr
    return result.exit_code, result.stderr.strip()


def start(
    *words: str | bytes | Path,
    stdout: int | IO[bytes] = subprocess.PIPE,
    variables: Mapping[str, str] | None = None,
    prepare: Callable[[], None] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Run a command as a program of its own; `prepare` runs in the new process."""
    environment = {**os.environ, "PYTHONPATH": ROOT, **(variables or {})}
    command = [sys.executable, "-m", "desktop", *words]
    return subprocess.run(
        command,
        stdout=stdout,
        stderr=subprocess.PIPE,
        env=environment,
        preexec_fn=prepare,
        timeout=60,
        check=False,
    )


@dataclass(frozen=True)
class Case:
    """A small case file: one agreement between two states, and an official."""

    path: Path
    agreement: str
    norway: str
    japan: str
    official: str


def small_case(path: Path) -> Case:
    told("new", path, "--title", "Small case", "--marking", "amber")
    ids = [
        document("add", path, kind, *values)["id"]
        for kind, *values in (
            ("organizations", "name=Norway", "iso_code=NOR", "classification=state"),
            ("organizations", "name=Japan", "iso_code=JPN", "classification=state"),
            ("officials", "name=木原稔", "family_name=木原"),
            ("agreements", "title=Memorandum", "parties=NO;JPN", "subjects=procurement;peacekeeping", "summary=On it."),
        )
    ]
    return Case(path, norway=ids[0], japan=ids[1], official=ids[2], agreement=ids[3])
