"""The command line: which commands there are, and how each of them ends, whatever happens."""

import gc
import json
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click

from desktop.errors import ExitCode, Trouble, expected, unexpected
from desktop.tables import printable

COMMANDS = {
    "open": "window",
    "demo": "printing",
    "new": "editing",
    "info": "reading",
    "list": "reading",
    "show": "reading",
    "search": "searching",
    "history": "reading",
    "fields": "fields",
    "add": "editing",
    "set": "editing",
    "delete": "editing",
    "revert": "editing",
    "duplicates": "duplicates",
    "join": "duplicates",
    "not-duplicate": "duplicates",
    "check": "checking",
    "compare": "files",
    "merge": "files",
    "backups": "backups",
    "restore": "backups",
    "upgrade": "upgrading",
    "brief": "printing",
}
"""Every command and its module, in the order in which a person meets them."""


class Program(click.Group):
    """A group that loads a command when it is asked for, and ends every error in words."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, in order."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One command; the others stay unloaded, so that it starts quickly."""
        if cmd_name not in COMMANDS:
            return None
        gc.disable()  # collecting while importing takes a quarter of the time and finds nothing
        try:
            module = import_module(f"desktop.commands.{COMMANDS[cmd_name]}")
        finally:
            gc.freeze()
            gc.enable()
        command = getattr(module, f"{cmd_name.replace('-', '_')}_command")
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a reader of the output that goes away is no error."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            return ExitCode.BROKEN_PIPE

    def main(self, args: Sequence[str] | None = None, *rest: Any, **options: Any) -> Any:
        """Run a command line and leave with its exit code."""
        words = _meant(sys.argv[1:] if args is None else list(args))
        options["standalone_mode"] = False
        code = _ending(lambda: super(Program, self).main(words, *rest, **options), as_json="--json" in words)
        sys.exit(_flushed(code))


def _meant(words: list[str]) -> list[str]:
    """A file without a command, as a double click gives it, is to be opened; and so is the window without any word."""
    from desktop.commands.window import has_display

    if not words:
        return ["open"] if has_display() else words
    return ["open", *words] if words[0] not in COMMANDS and Path(words[0]).is_file() else words


def _ending(run: Callable[[], Any], *, as_json: bool) -> int:
    try:
        result = run()
        return result if isinstance(result, int) else ExitCode.FINE
    except click.ClickException as error:
        trouble = _of_usage(error)
    except click.Abort:
        return ExitCode.INTERRUPTED
    except Exception as error:
        trouble = expected(error) or unexpected(error)
    with suppress(OSError):
        click.echo(_told_as_json(trouble) if as_json else printable(trouble.text), err=True)
    return trouble.code


def _of_usage(error: click.ClickException) -> Trouble:
    text = error.format_message()
    if isinstance(error, click.UsageError) and error.ctx is not None:
        text += f"\nSee `{error.ctx.command_path} --help`."
    return Trouble("usage", text, ExitCode.USAGE)


def _told_as_json(trouble: Trouble) -> str:
    told: dict[str, object] = {"type": trouble.type, "message": trouble.text, "exit_code": int(trouble.code)}
    if trouble.position is not None:
        told["position"] = trouble.position
    return json.dumps({"error": told}, ensure_ascii=False)


def _flushed(code: int) -> int:
    """Write out what is buffered; where that fails, keep Python from trying again at its end."""
    try:
        sys.stdout.flush()
    except OSError as error:
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if code == ExitCode.FINE:
            return ExitCode.BROKEN_PIPE if isinstance(error, BrokenPipeError) else ExitCode.UNUSABLE
    return code


@click.command(cls=Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(version("depositary"), prog_name="depositary", message="%(prog)s %(version)s")
def program() -> None:
    """Case files on defence cooperation: agreements, officials and the sources that prove them.

    A FILE is one case file. An ID is as `list --json` gives it; eight digits from either end of it will do.
    """


def main() -> None:
    """Run `depositary`."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    program(prog_name="depositary")
