"""Heavy work in a process of its own, so that the window never waits for Python's one lock."""

import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Any, TypeVar, cast

from PySide6.QtCore import QObject, Signal

from desktop.jobs import Lane, Receiver, Ticket

T = TypeVar("T")


class Backroom(QObject):
    """One spawned process that does one piece of work after the other. It starts with the first piece.

    Functions must be importable, and arguments and results picklable. Long work is done in pieces, so that
    whatever is asked meanwhile gets its turn, and closing the window need not wait.
    """

    troubled = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor = ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_end_with_the_program)
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


def _end_with_the_program() -> None:
    """End this process, too, where the program was killed or crashed and could not say so."""
    Thread(target=_wait_for_the_end, daemon=True).start()


def _wait_for_the_end() -> None:
    program = parent_process()
    if program is not None:
        program.join()
        os._exit(0)
