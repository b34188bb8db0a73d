"""Heavy work in a process of its own, so that the window never waits for Python's one lock."""

import os
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context, parent_process
from multiprocessing.context import BaseContext
from tempfile import gettempdir
from threading import Thread
from typing import Any, TypeVar, cast

from PySide6.QtCore import QObject, Signal

from desktop.jobs import Lane, Receiver, Ticket

T = TypeVar("T")
_LEARNT = ("db.index.build", "db.merging.preview", "db.review", "exports.briefing", "exports.pdf.render")
"""What the rooms work with, read once for all of them where the system can fork a process that has read it."""
_LONGEST = 60
"""Characters of the folder for temporary files: the name of a socket in it may have some hundred in all."""


class Backroom(QObject):
    """One process that does one piece of work after the other. It starts with the first piece.

    It takes half a second to start; on Linux some milliseconds, forked from a clean process that has read the modules.
    Functions must be importable, and arguments and results picklable. Long work is done in pieces, so that
    whatever is asked meanwhile gets its turn, and closing the window need not wait.
    """

    troubled = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor = ProcessPoolExecutor(1, mp_context=_context(), initializer=_begin, initargs=(dict(os.environ),))
        self._lane = Lane(self._executor, self)
        self._lane.troubled.connect(self.troubled)

    def run(
        self, function: Callable[..., T], *args: object, then: Receiver | None = None, failed: Receiver | None = None
    ) -> Ticket:
        """Call a function over there; `then` gets its result and `failed` its error, on the window's thread."""
        return self._lane.run(function, *args, then=then, failed=failed)

    def close(self) -> None:
        """Stop the process, in the middle of its work if need be."""
        for process in list((self._executor._processes or {}).values()):
            process.terminate()
        results = cast(Any, self._executor)._result_queue
        results._writer.close()  # or half a result keeps its reader waiting for the rest for ever
        self._lane.close()


@cache
def _context() -> BaseContext:
    if sys.platform != "linux" or len(gettempdir()) > _LONGEST:
        return get_context("spawn")
    from multiprocessing.forkserver import ensure_running  # here: other systems have none

    context = get_context("forkserver")
    context.set_forkserver_preload(list(_LEARNT))
    ensure_running()
    return context


def _begin(environment: Mapping[str, str]) -> None:
    """Take over what the program was told, and end with it even where it was killed and could not say so."""
    os.environ.clear()
    os.environ.update(environment)
    Thread(target=_wait_for_the_end, daemon=True).start()


def _wait_for_the_end() -> None:
    program = parent_process()
    if program is not None:
        program.join()
        os._exit(0)
