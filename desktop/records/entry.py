"""A row of a section: what it is called, as a link, with facts, words and further links under it."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.places import Place
from desktop.theme import Size, dress
from desktop.widgets.flow import FlowLayout
from desktop.widgets.labels import LinkButton, Words

_LONGEST = 4_000
"""Characters of running text that a row shows; the record itself has it whole."""
INDENT = 6
"""What lines up with the text of a link, in pixels."""


class Lines(QWidget):
    """Lines of links and words under each other. Everything of the file in them is plain text."""

    opened = Signal(object)
    """A Place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._head = self.add_line()

    def add_line(self) -> FlowLayout:
        """Begin a line of links and words, which goes on in the next where there is no room."""
        line = QWidget(self)
        self._column.addWidget(line)
        return FlowLayout(line, spacing=4)

    def add_link(self, title: str, place: Place, line: FlowLayout | None = None, *, icon: str = "") -> LinkButton:
        """A link in a line; without one, in the first."""
        link = LinkButton(title or self.tr("(no title)"), place, self)
        link.setObjectName(f"open_{place.record}_{place.field}")
        if icon:
            dress(link, icon)
        link.followed.connect(self.opened)
        self.put(link, line)
        return link

    def put(self, widget: QWidget, line: FlowLayout | None = None) -> None:
        """Put a widget into a line; without one, into the first."""
        (line or self._head).addWidget(widget)

    def add_caption(self, text: str, line: FlowLayout) -> None:
        """A muted word before links."""
        words = Words(text, self, size=Size.CAPTION, muted=True)
        words.setWordWrap(False)
        line.addWidget(words)

    def add_facts(self, *facts: str) -> None:
        """Short facts on a muted line, those that there are."""
        told = "  ·  ".join(fact for fact in facts if fact)
        if told:
            self._add_words(told, size=Size.CAPTION, muted=True)

    def add_text(self, text: str, *, muted: bool = False) -> None:
        """Running text."""
        if text:
            shown = text if len(text) <= _LONGEST else text[:_LONGEST].rstrip() + "…"
            self._add_words(shown, muted=muted)

    def add_links(self, caption: str, links: Iterable[tuple[str, Place]]) -> None:
        """Links behind a word that says what they are; nothing, if there are none."""
        told = list(links)
        if told:
            line = self.add_line()
            self.add_caption(caption, line)
            for title, place in told:
                self.add_link(title, place, line)

    def _add_words(self, text: str, *, size: Size = Size.BODY, muted: bool = False) -> None:
        words = Words(text, self, size=size, muted=muted, selectable=size is Size.BODY)
        words.setContentsMargins(INDENT, 0, 0, 0)
        self._column.addWidget(words)


class Entry(Lines):
    """A row that is called something, which leads to its record."""

    def __init__(self, title: str, place: Place, parent: QWidget | None = None, *, icon: str = "") -> None:
        super().__init__(parent)
        self.link = self.add_link(title, place, icon=icon)
