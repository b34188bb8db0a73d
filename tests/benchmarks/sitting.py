"""One sitting at the real program, in a process of its own. `python -m tests.benchmarks.sitting FILE [ready]`.

Tells on lines of JSON what each step took: milliseconds until the user saw it, the longest block of the window
meanwhile, and resident memory. With `ready` it ends when the first rows were painted.
"""

import gc
import json
import os
import sqlite3
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

BEGUN = float(os.environ["DEPOSITARY_BEGUN"])


class Heartbeat(QObject):
    """Beats every two milliseconds and knows its longest pause: the longest block of the window."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(self, interval=2, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last)
        self._last = now

    def begin(self) -> None:
        """Count from now on."""
        self.longest, self._last = 0.0, time.perf_counter()


class Painted(QObject):
    """Knows whether a widget was painted since it was asked last."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


class Sitting:
    """The program with one window, and what each step took."""

    def __init__(self, path: Path) -> None:
        gc.disable()  # as `depositary open` does
        from desktop.app import Application
        from desktop.garbage import Collector
        from desktop.pages.records import ListPage
        from desktop.settings import editor

        self.app = QApplication([])
        editor("Analyst")
        self.application = Application(self.app)
        Collector(self.application)
        self.heart = Heartbeat()
        self.painted = Painted()
        self.changes: list[float] = []
        self.application.open_case(path)
        self.wait(lambda: bool(self.application.windows))
        self.window = self.application.windows[0]
        page = self.window.frame.currentWidget()
        assert isinstance(page, ListPage)
        self.page, self.view, self.records = page, page.view, page.records
        self.view.viewport().installEventFilter(self.painted)
        self.window.live.changed.connect(self._hear)

    def wait(self, condition: Callable[[], bool], most: float = 60.0) -> float:
        """Let the window run until something holds; seconds that it took."""
        start = time.perf_counter()
        while not condition():
            self.app.processEvents()
            if time.perf_counter() - start > most:
                raise TimeoutError
            time.sleep(0.0003)
        return time.perf_counter() - start

    def step(self, name: str, act: Callable[[], object], seen: Callable[[], bool], *, settle: float = 1.5) -> None:
        """Do something, and tell how long it took until the user saw it; then let everything come to rest."""
        self.heart.begin()
        start = time.perf_counter()
        act()
        self.wait(seen)
        taken = time.perf_counter() - start
        self.rest(settle)
        tell(step=name, ms=taken * 1000, block=self.heart.longest * 1000, resident=resident())

    def rest(self, seconds: float) -> None:
        """Let the window run for a while."""
        end = time.perf_counter() + seconds
        self.wait(lambda: time.perf_counter() > end)

    def until_ready(self) -> None:
        """Wait for the first rows, painted."""
        self.wait(self._rows_read)
        seen = self.painted.count
        self.view.viewport().update()
        self.wait(lambda: self.painted.count > seen)
        tell(ready=time.monotonic() - BEGUN, processor=time.process_time(), block=self.heart.longest * 1000)

    def all(self) -> None:
        """Everything that the issue names, one after the other."""
        self.rest(3.0)
        tell(step="at rest", ms=0.0, block=0.0, resident=resident())
        self._open_record()
        self._edit()
        self._filters()
        self._sort_and_jump()
        self.window.close()
        self.wait(lambda: not self.application.windows)

    def _open_record(self) -> None:
        pane, row = self.window.pane, self.records.index(5, 0)
        self.step("open a record", lambda: self.view.activated.emit(row), lambda: pane.page is not None)

    def _edit(self) -> None:
        """From Enter in the field to the end of saving, and to the list's row."""
        pane = self.window.pane
        line = pane.form.editor("title").line  # type: ignore[union-attr]
        title = line.text()
        for number in range(3):
            line.setFocus()
            line.setText(f"{title}, {number}")
            line.setModified(True)
            self.changes.clear()
            start = time.perf_counter()
            self.step("edit told", line.editingFinished.emit, lambda: bool(self.changes), settle=0)
            self.wait(lambda number=number: self._shows(f"{title}, {number}"))  # type: ignore[misc]
            taken = time.perf_counter() - max(self.changes[0], start)
            tell(step="edit seen, from there", ms=taken * 1000, block=self.heart.longest * 1000, resident=resident())
            self.rest(1.5)

    def _shows(self, title: str) -> bool:
        return any(self.records.index(row, 0).data() == title for row in range(12))

    def _filters(self) -> None:
        for text in ("c", "cyber", "party:NO status:signed", ""):
            before = self.records.pks[:200]
            self.step(
                f"filter “{text}”",
                lambda text=text: self.page.show_filter(text),  # type: ignore[misc]
                lambda before=before: self.records.pks[:200] != before and self._rows_read(),  # type: ignore[misc]
                settle=3.0,
            )

    def _sort_and_jump(self) -> None:
        from db.queries.lists import Sort

        for order in (Sort("signed", True), Sort("title")):
            before = self.records.pks[:200]
            self.step(
                f"sort by {order.column}",
                lambda order=order: self.records.show_sort(order),  # type: ignore[misc]
                lambda before=before: self.records.pks[:200] != before and self._rows_read(),  # type: ignore[misc]
                settle=3.0,
            )
        bar = self.view.verticalScrollBar()
        for place in (1.0, 0.37):
            self.step("jump", lambda place=place: bar.setValue(int(bar.maximum() * place)), self._rows_read)  # type: ignore[misc]

    def _rows_read(self) -> bool:
        """Whether every row on the screen is read."""
        from desktop.lists.model import ROW

        top, bottom = self.view.rowAt(0), self.view.rowAt(self.view.viewport().height() - 1)
        last = bottom if bottom >= 0 else self.records.rowCount() - 1
        shown = range(max(top, 0), last + 1)
        return bool(self.records.rowCount()) and all(self.records.index(row, 0).data(ROW) for row in shown)

    def _hear(self) -> None:
        self.changes.append(time.perf_counter())


def resident() -> float:
    """Megabytes."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def raw_edit(path: Path) -> float:
    """Milliseconds of the same edit in raw sqlite3, its trigger and its commit included."""
    with sqlite3.connect(path) as connection:
        start = time.perf_counter()
        connection.execute("UPDATE agreement SET place_signed = 'Oslo' WHERE pk = 7")
        connection.commit()
    return (time.perf_counter() - start) * 1000


def tell(**figures: object) -> None:
    """A line for the benchmark."""
    print(json.dumps(figures), flush=True)


def main(path: Path, *, only_ready: bool) -> None:
    """Run the sitting."""
    sitting = Sitting(path)
    sitting.until_ready()
    if not only_ready:
        sitting.all()
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), only_ready="ready" in sys.argv[2:])
