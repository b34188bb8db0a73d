"""The editor of a set of terms: chips, and a box that offers the others."""

from collections.abc import Mapping
from enum import StrEnum
from uuid import UUID

from PySide6.QtWidgets import QComboBox, QWidget

from db.fields import Field, Item
from db.queries.records import FieldRow
from desktop.forms.captions import term_label
from desktop.forms.editors import Choice, FieldEditor
from desktop.forms.references import Chip
from desktop.widgets.flow import FlowLayout
from desktop.widgets.layouts import clear_layout, rebuilt


class TermsEditor(FieldEditor):
    """A set of terms of a vocabulary."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._terms: frozenset[Item] = frozenset()
        self._shown: tuple[frozenset[Item], bool] | None = None
        self._writable = True
        self._chips = QWidget(self)
        self._flow = FlowLayout(self._chips, spacing=4)
        self.box = Choice(self._chips)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(8)
        self.box.activated.connect(self._add)
        self._fill(self._chips)
        self._flow.addWidget(self.box)
        self._show(frozenset())

    @property
    def control(self) -> QWidget:
        return self.box

    def show_value(self, row: FieldRow, names: Mapping[UUID, str]) -> None:
        self._show(row.value if isinstance(row.value, frozenset) else frozenset())

    def value(self) -> object:
        return self._terms

    def set_writable(self, writable: bool) -> None:
        self._writable = writable
        self._show(self._terms)

    def _add(self) -> None:
        term = self.box.currentData()
        if term is not None:
            self._change(self._terms | {term})

    def _drop(self, term: Item) -> None:
        self._change(self._terms - {term})

    def _change(self, terms: frozenset[Item]) -> None:
        self._show(terms)
        self.edited.emit(terms)

    def _show(self, terms: frozenset[Item]) -> None:
        shown = (terms, self._writable)
        if shown == self._shown:
            return
        self._terms, self._shown = terms, shown
        with rebuilt(self._chips):
            self._flow.removeWidget(self.box)
            clear_layout(self._flow)
            self._fill_box()
            for term in self.field.vocabulary or ():
                if term in terms:
                    self._add_chip(term)
            self._flow.addWidget(self.box)
            self.box.setVisible(self._writable and self.box.count() > 1)

    def _fill_box(self) -> None:
        self.box.clear()
        self.box.addItem(self.tr("Add…"), None)
        for term in self.field.vocabulary or ():
            if term not in self._terms:
                self.box.addItem(term_label(term), term)

    def _add_chip(self, term: StrEnum) -> None:
        chip = Chip(term, term_label(term), self._writable, self._chips)
        chip.removed.connect(self._drop)
        self._flow.addWidget(chip)
        chip.show()
