"""A chip for each kind of record that has likely duplicates, with how many."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.forms.captions import all_of
from desktop.widgets.flow import FlowLayout
from desktop.widgets.layouts import clear_layout


class RecordKindChips(QWidget):
    """`chosen` tells that other kinds are wanted; without any, all are."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kinds: frozenset[str] = frozenset()
        self._counts: dict[str, int] = {}
        self._flow = FlowLayout(self)

    def chips(self) -> list[QPushButton]:
        """The chips that are shown."""
        return [chip for chip in self.findChildren(QPushButton) if not chip.isHidden()]

    def forget(self) -> None:
        """Want all kinds again."""
        self.kinds = frozenset()
        self._counts = {}

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many there are of each kind; a chosen kind keeps its chip when there are none."""
        shown = {kind: counts.get(kind, 0) for kind in sorted({*counts, *self.kinds}, key=all_of)}
        if shown == self._counts:
            return
        had_focus = next((chip.property("kind") for chip in self.chips() if chip.hasFocus()), None)
        self._counts = shown
        clear_layout(self._flow)
        for kind, count in shown.items():
            chip = self._add(kind, count)
            if kind == had_focus:
                chip.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setVisible(len(shown) > 1)
        self.updateGeometry()

    def _add(self, kind: str, count: int) -> QPushButton:
        chip = QPushButton(f"{all_of(kind)}  {count:,}", self)
        chip.setObjectName(f"kind-{kind}")
        chip.setProperty("kind", kind)
        chip.setProperty("chip", True)
        chip.setCheckable(True)
        chip.setChecked(kind in self.kinds)
        chip.setAccessibleName(self.tr("Only {kind}, {count}").format(kind=all_of(kind), count=f"{count:,}"))
        chip.toggled.connect(self._choose)
        self._flow.addWidget(chip)
        chip.show()
        return chip

    def _choose(self) -> None:
        self.kinds = frozenset(chip.property("kind") for chip in self.chips() if chip.isChecked())
        self.chosen.emit()
