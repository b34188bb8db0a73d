"""Work beside the window's thread: who waits for it, how it is called off, and how its result comes home."""

import weakref
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from threading import Event
from types import MethodType
from typing import Any, TypeVar, cast

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

T = TypeVar("T")
Receiver = Callable[[Any], object]


class Ticket:
    """One piece of work that somebody waits for. Its receivers are bound methods of QObjects, held weakly."""

    def __init__(self, then: Receiver | None, failed: Receiver | None = None, each: Receiver | None = None) -> None:
        self._then = _held_weakly(then)
        self._failed = _held_weakly(failed)
        self._each = _held_weakly(each)
        self._cancelled = Event()
        self.is_over = False
        """Whether the result was delivered, or nobody wants it any more."""

    @property
    def is_cancelled(self) -> bool:
        """Whether nobody wants the result any more."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Call the work off; nothing is delivered after this."""
        self._cancelled.set()
        self.is_over = True

    def deliver(self, result: object) -> None:
        """Hand over the result, unless it came too late."""
        self._hand_over(self._then, result)

    def pass_on(self, item: object) -> None:
        """Hand over one of several results, while the work goes on."""
        self._hand_over(self._each, item)

    def refuse(self, error: BaseException) -> bool:
        """Hand over an error; whether there was somebody to take it, or nobody wants to know."""
        if self._failed is None:
            return self.is_cancelled
        self._hand_over(self._failed, error)
        return True

    def _hand_over(self, receiver: "weakref.WeakMethod[Receiver] | None", word: object) -> None:
        method = None if receiver is None else receiver()
        if method is None or self.is_cancelled:
            return
        if shiboken6.isValid(cast(MethodType, method).__self__):
            method(word)


def _held_weakly(receiver: Receiver | None) -> "weakref.WeakMethod[Receiver] | None":
    return None if receiver is None else weakref.WeakMethod(receiver)


class Lane(QObject):
    """An executor whose results come home to the window's thread."""

    troubled = Signal(object)
    """An error that nobody asked for."""
    _arrived = Signal(object, object, object)

    def __init__(self, executor: Executor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor = executor
        self._open = True
        self._tickets: weakref.WeakSet[Ticket] = weakref.WeakSet()
        # queued even where the work was done before its callback was added: nobody is told before `run` has answered
        self._arrived.connect(self._settle, Qt.ConnectionType.QueuedConnection)

    @classmethod
    def of_threads(cls, name: str, count: int, parent: QObject | None = None) -> "Lane":
        """A lane of so many threads."""
        return cls(ThreadPoolExecutor(count, thread_name_prefix=name), parent)

    @property
    def is_open(self) -> bool:
        """Whether it still takes work."""
        return self._open

    @property
    def is_idle(self) -> bool:
        """Whether nobody waits for any of its work."""
        return all(ticket.is_over for ticket in self._tickets)

    def run(
        self,
        work: Callable[..., T],
        *args: object,
        then: Receiver | None = None,
        failed: Receiver | None = None,
        ticket: Ticket | None = None,
    ) -> Ticket:
        """Do some work soon; `then` gets the result and `failed` the error, on the window's thread.

        A lane that is closed does nothing more: a pause that ends late asks in vain.
        """
        ticket = ticket or Ticket(then, failed)
        if not self._open:
            ticket.cancel()
            return ticket
        self._tickets.add(ticket)
        self._submit(work, *args).add_done_callback(_Homecoming(self, ticket))
        return ticket

    def arrive(self, ticket: Ticket, future: "Future[Any]") -> None:
        """Send home what became of some work; called on whichever thread did it."""
        if self._open and not future.cancelled() and shiboken6.isValid(self):
            error = future.exception()
            self._arrived.emit(ticket, None if error else future.result(), error)

    def close(self, *, finish: bool = False) -> None:
        """Call everything off and wait for what is running; or `finish` what was asked for, without telling anybody."""
        self._open = False
        if not finish:
            for ticket in list(self._tickets):
                ticket.cancel()
        self._executor.shutdown(wait=True, cancel_futures=not finish)

    def _submit(self, work: Callable[..., T], *args: object) -> "Future[T]":
        """Hand work to the executor; one whose process has died says so as the work would have: later, as an error."""
        try:
            return self._executor.submit(work, *args)
        except BrokenExecutor as error:
            broken: Future[T] = Future()
            broken.set_exception(error)
            return broken

    def _settle(self, ticket: Ticket, result: object, error: BaseException | None) -> None:
        if ticket.is_cancelled:
            return
        ticket.is_over = True
        if error is None:
            ticket.deliver(result)
        elif not ticket.refuse(error):
            self.troubled.emit(error)


class _Homecoming:
    """Takes a future home to its lane, without keeping the lane alive."""

    def __init__(self, lane: Lane, ticket: Ticket) -> None:
        self._lane = weakref.ref(lane)
        self._ticket = ticket

    def __call__(self, future: "Future[Any]") -> None:
        lane = self._lane()
        if lane is not None:
            lane.arrive(self._ticket, future)
