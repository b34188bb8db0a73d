"""The floor: a window of PySide6 alone that shows the same rows with raw sqlite3.

`python -m tests.benchmarks.bare FILE` imports nothing of Depositary, and tells on one line of
JSON how long it took from the start of the process.
"""

import json
import os
import sqlite3
import sys
import time

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QSplitter, QTableView, QTextEdit, QTreeWidget

_ROWS = "SELECT title, place_signed FROM agreement ORDER BY title LIMIT 200"


class Rows(QAbstractTableModel):
    """Rows of two columns."""

    def __init__(self, rows: list[tuple[str, ...]]) -> None:
        super().__init__()
        self._rows = rows

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return len(self._rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 2

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return self._rows[index.row()][index.column()] if role == Qt.ItemDataRole.DisplayRole else None


class View(QTableView):
    """Tells when it was painted first."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        begun = float(os.environ["DEPOSITARY_BEGUN"])
        print(json.dumps({"ready": time.monotonic() - begun, "processor": time.process_time()}), flush=True)
        QTimer.singleShot(0, QApplication.quit)


def main(path: str) -> None:
    """Show the window until its rows are there."""
    app = QApplication([])
    with sqlite3.connect(path) as connection:
        model = Rows(connection.execute(_ROWS).fetchall())
    window, panes, view = QMainWindow(), QSplitter(), View()
    view.setModel(model)
    for pane in (QTreeWidget(), view, QTextEdit()):
        panes.addWidget(pane)
    window.setCentralWidget(panes)
    window.resize(1280, 800)
    window.show()
    app.exec()
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1])
