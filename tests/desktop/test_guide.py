"""The guide to the command line tells of every command and option, and its JSON is JSON."""

import json
import re
from pathlib import Path

import click
import pytest

from desktop.cli import COMMANDS, program

GUIDE = (Path(__file__).parent.parent.parent / "docs" / "guide" / "command-line.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_told_with_its_options(name: str) -> None:
    assert f"\ndepositary {name} " in GUIDE
    command = program.get_command(click.Context(program), name)
    assert command is not None
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert any(f"{option}" in GUIDE for option in parameter.opts), parameter.opts


@pytest.mark.parametrize("block", re.findall(r"```json\n(.*?)```", GUIDE, re.DOTALL))
def test_its_json_is_json(block: str) -> None:
    json.loads(block)
