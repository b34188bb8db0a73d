"""A chip for each kind of finding that there is, with how many there are."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from db.models.vocabulary import FindingKind
from desktop.findings import heading_of
from desktop.widgets.flow import FlowLayout
from desktop.widgets.layouts import clear_layout

_ORDER = list(FindingKind)


class KindChips(QWidget):
    """The gravest kind first. `chosen` tells that other kinds are wanted; without any, all are."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kinds: set[FindingKind] = set()
        self._counts: dict[FindingKind, int] = {}
        self._flow = FlowLayout(self)

    def chips(self) -> list[QPushButton]:
        """The chips that are shown."""
        return [chip for chip in self.findChildren(QPushButton) if not chip.isHidden()]

    def choose(self, kinds: set[FindingKind]) -> None:
        """Choose these kinds and no other."""
        counts, self.kinds, self._counts = self._counts, kinds, {}
        self.show_counts(counts)
        self.chosen.emit()

    def show_counts(self, counts: Mapping[FindingKind, int]) -> None:
        """Show how many there are of each kind; a chosen kind keeps its chip when there are none."""
        shown = {kind: counts.get(kind, 0) for kind in _ORDER if kind in counts or kind in self.kinds}
        if shown == self._counts:
            return
        had_focus = next((chip.property("kind") for chip in self.chips() if chip.hasFocus()), None)
        if shown.keys() == self._counts.keys():
            for chip in self.chips():
                self._name(chip, shown[FindingKind(chip.property("kind"))])
        else:
            clear_layout(self._flow)
            for kind, count in shown.items():
                self._add(kind, count, had_focus=kind.value == had_focus)
        self._counts = shown
        self.updateGeometry()

    def _add(self, kind: FindingKind, count: int, *, had_focus: bool) -> None:
        chip = QPushButton(self)
        chip.setObjectName(f"kind-{kind.name}")
        chip.setProperty("kind", kind.value)
        chip.setProperty("chip", True)
        chip.setCheckable(True)
        chip.setChecked(kind in self.kinds)
        self._name(chip, count)
        chip.toggled.connect(self._choose)
        self._flow.addWidget(chip)
        chip.show()
        if had_focus:
            chip.setFocus(Qt.FocusReason.OtherFocusReason)

    def _name(self, chip: QPushButton, count: int) -> None:
        heading = heading_of(FindingKind(chip.property("kind")))
        chip.setText(f"{heading}  {count:,}")
        chip.setAccessibleName(self.tr("Only {kind}, {count}").format(kind=heading, count=f"{count:,}"))

    def _choose(self) -> None:
        self.kinds = {FindingKind(chip.property("kind")) for chip in self.chips() if chip.isChecked()}
        self.chosen.emit()
