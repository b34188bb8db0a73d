"""The head of the record pane: what the record is called, of what kind it is, where it stands, who touched it last."""

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from db.queries.record_pages import LastTouch, RecordPage
from db.queries.records import RecordRow
from desktop.ages import age
from desktop.forms.captions import class_named, one_of, term_label
from desktop.printing.subjects import subject_of
from desktop.theme import Size, dress, status_tint
from desktop.widgets.labels import ElidedLabel, TitleLabel
from desktop.widgets.pill import Pill


class RecordHeader(QWidget):
    """Title, status, kind and last edit; a menu of what can be done with the record as a whole."""

    printed = Signal()
    """The briefing of this record is wanted."""

    def __init__(self, me: UUID | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._me = me
        self._shown: UUID | None = None
        self._kind = self._edited = ""
        self.title = TitleLabel("", self, size=Size.TITLE, strong=True)
        self.title.setObjectName("recordTitle")
        self.pill = Pill(self)
        self._caption = ElidedLabel("", self, size=Size.CAPTION, muted=True)
        self.print_button = QToolButton(self)
        self.print_button.setObjectName("printRecord")
        self.print_button.setToolTip(self.tr("Preview the briefing"))
        self.print_button.setAccessibleName(self.tr("Preview the briefing"))
        dress(self.print_button, "printer")
        self.print_button.clicked.connect(self.printed)
        self.menu_button = QToolButton(self)
        self.menu_button.setObjectName("recordMenu")
        self.menu_button.setToolTip(self.tr("More about this record"))
        self.menu_button.setAccessibleName(self.tr("More about this record"))
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        dress(self.menu_button, "ellipsis-vertical")
        self._menu = QMenu(self)
        self.menu_button.setMenu(self._menu)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.title, 1)
        for widget in (self.pill, self.print_button, self.menu_button):
            top.addWidget(widget, alignment=Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 16, 8)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(self._caption)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def add_action(self, action: QAction) -> None:
        """Put an action into the menu."""
        self._menu.addAction(action)

    def show_page(self, page: RecordPage) -> None:
        """Show a record."""
        self.title.setText(_whole_title(page.row) or self.tr("(no title)"))
        status = page.agreement.status if page.agreement else None
        if status is None:
            self.pill.hide()
        elif page.agreement and page.agreement.planned:
            words = self.tr("Planned: {status}").format(status=term_label(page.agreement.planned).lower())
            self.pill.show_words(words, status_tint(status))
        else:
            self.pill.show_words(term_label(status), status_tint(status))
        self.print_button.setVisible(subject_of(page.row) is not None)
        if page.row.id != self._shown:
            self._edited = ""
        self._shown, self._kind = page.row.id, one_of(page.row.kind)
        self._say_caption()

    def show_touch(self, touch: LastTouch) -> None:
        """Say who edited the record or a part of it last, and when."""
        self._edited = self._touched(touch)
        self._say_caption()

    def _say_caption(self) -> None:
        self._caption.setText("  ·  ".join(part for part in (self._kind, self._edited) if part))

    def _touched(self, touch: LastTouch) -> str:
        who = self.tr("you") if touch.author == self._me else touch.name or self.tr("another program")
        return self.tr("edited {when} by {who}").format(when=age(touch.at), who=who)


def _whole_title(row: RecordRow) -> str:
    """What a record is called; where its title is a text too long for lists, all of it."""
    name = class_named(row.kind).TITLE[0]
    text = next((field.text for field in row.fields if field.name == name), "")
    return text if row.title.endswith("…") and text.startswith(row.title[:-1].rstrip()) else row.title
