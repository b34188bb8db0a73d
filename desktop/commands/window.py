"""open: the window."""

import gc
import os
import sys
from pathlib import Path

import click

from desktop.commands.parameters import PATH
from desktop.errors import ExitCode
from desktop.words import tr


@click.command("open", short_help="Open case files in the window.")
@click.argument("files", nargs=-1, type=PATH, metavar="[FILE]…")
def open_command(files: tuple[Path, ...]) -> int:
    """Open case files in the window, or the window that welcomes you where none is named."""
    if not has_display():
        raise click.ClickException(tr("There is no display to show a window on. The other commands need none."))
    gc.disable()  # collecting while importing takes a tenth of the start and finds nothing; the Collector takes over
    from desktop.app import main

    return main(files) or ExitCode.FINE


def has_display() -> bool:
    """Whether a window could be shown."""
    if sys.platform != "linux":
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
