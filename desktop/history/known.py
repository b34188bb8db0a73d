"""A record as the file knew it on a day: read only, with what is different now."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from db.queries.known import FieldThen, RecordThen
from desktop.forms.captions import field_label
from desktop.theme import Size, colours, dress
from desktop.widgets.labels import ElidedLabel, Words
from desktop.widgets.layouts import clear_layout
from desktop.widgets.pill import Pill

_LONGEST = 400


class KnownView(QWidget):
    """The fields of a record as they were. `left` asks for the history again."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = ElidedLabel("", self, size=Size.HEADING, strong=True)
        self._summary = Words("", self, size=Size.CAPTION, muted=True)
        self.back = QPushButton(self.tr("Back to the history"), self)
        self.back.setObjectName("backToHistory")
        dress(self.back, "arrow-left")
        self.back.clicked.connect(self.left)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.back)
        inside = QWidget()
        self._fields = QVBoxLayout(inside)
        self._fields.setContentsMargins(0, 8, 16, 24)
        self._fields.setSpacing(16)
        area = QScrollArea(self)
        area.setObjectName("surface")
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 8, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._summary)
        column.addWidget(area, 1)

    def show_record(self, record: RecordThen, when: str) -> None:
        """Show a record as it was; `when` says at what time, in words."""
        clear_layout(self._fields)
        self._title.setText(record.title or self.tr("(no title)"))
        changed = sum(1 for field in record.fields if field.differs)
        self._summary.setText(f"{when} {self._compared(record, changed)}")
        for field in record.fields:
            self._fields.addWidget(_FieldThen(field, self))
        self._fields.addStretch(1)

    def _compared(self, record: RecordThen, changed: int) -> str:
        if not record.is_there:
            return self.tr("It is not in the file any more.")
        if not changed:
            return self.tr("Nothing is different now.")
        if changed == 1:
            return self.tr("One field is different now.")
        return self.tr("{count} fields are different now.").format(count=changed)


class _FieldThen(QWidget):
    """One field: what it said, and where that differs, what it says now."""

    def __init__(self, field: FieldThen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        head = QHBoxLayout()
        head.setSpacing(8)
        label = Words(field_label(field.name), self, size=Size.CAPTION, muted=True)
        label.setWordWrap(False)
        head.addWidget(label)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(Words(field.then or self.tr("(empty)"), self, selectable=True, muted=not field.then))
        if field.differs:
            pill = Pill(self)
            pill.show_words(self.tr("Different now"), colours().fair)
            head.addWidget(pill)
            now = self.tr("Now: {text}").format(text=_cut(field.now) or self.tr("(empty)"))
            column.addWidget(Words(now, self, size=Size.CAPTION, muted=True, selectable=True))
        head.addStretch(1)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}…"
