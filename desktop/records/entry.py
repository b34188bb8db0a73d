"""A row of a section: what it is called, as a link, with facts, words and further links under it."""

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QRect, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.evidence.mark import MARK_ROOM, LineMark, Told
from desktop.places import Place
from desktop.theme import Size, Tint, dress, font
from desktop.widgets.flow import FlowLayout
from desktop.widgets.labels import ElidedLabel, LinkButton, Words
from desktop.widgets.pill import Pill

_LONGEST = 4_000
"""Characters of running text that a row shows; the record itself has it whole."""
INDENT, _BEHIND_ICON = 4, 24
"""What lines up with the text of a link, without and with an icon, in pixels."""
_FIRST_LINE = 26
"""How high a line of links is, in pixels."""


class Line(QWidget):
    """A line of links and words, which goes on in the next where there is no room, and perhaps a mark at its end."""

    def __init__(self, indent: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.mark: LineMark | None = None
        self.setContentsMargins(indent, 0, 0, 0)
        self.flow = FlowLayout(self, spacing=4)

    def add_mark(self, label: str, told: Iterable[Told]) -> LineMark:
        """Keep room at the right for a mark, and put one there.

        The room stands outside of the layout and has none itself: so a mark that comes or goes moves nothing, and
        three hundred of them do not make the whole page work out its layout three hundred times.
        """
        margins = self.contentsMargins()
        margins.setRight(MARK_ROOM)
        self.setContentsMargins(margins)
        self._room = QWidget(self)
        self._room.resize(MARK_ROOM, _FIRST_LINE)
        self.mark = LineMark(told, label, self._room)
        self.mark.turned.connect(self._place_mark)
        return self.mark

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.mark is not None:
            over = self.height() - _FIRST_LINE
            self._room.move(self.width() - MARK_ROOM, over // 2 if over < _FIRST_LINE else 0)

    def _place_mark(self) -> None:
        """At the right end, in the middle of the first line of words."""
        if self.mark is not None:
            size = self.mark.sizeHint()
            self.mark.setGeometry(QRect(QPoint(MARK_ROOM - size.width(), (_FIRST_LINE - size.height()) // 2), size))


class Lines(QWidget):
    """Lines of links and words under each other. Everything of the file in them is plain text."""

    opened = Signal(object)
    """A Place."""
    fact_asked = Signal(object)
    """The Place of a fact whose evidence is wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self.indent = INDENT
        self._head = self.add_line(0)

    def add_line(self, indent: int | None = None) -> FlowLayout:
        """Begin a line of links and words."""
        line = Line(self.indent - INDENT if indent is None else indent, self)
        self._column.addWidget(line)
        return line.flow

    def add_mark(self, label: str, *told: Told, line: FlowLayout | None = None) -> None:
        """Say at the end of a line, of the first one unless another is given, how well what it tells is known."""
        place = (line or self._head).parentWidget()
        assert isinstance(place, Line)
        place.add_mark(label, told).fact_asked.connect(self.fact_asked)

    def add_link(self, title: str, place: Place, line: FlowLayout | None = None, *, icon: str = "") -> LinkButton:
        """A link in a line; without one, in the first."""
        link = self._link(title, place)
        if icon:
            dress(link, icon)
        self.put(link, line)
        return link

    def put(self, widget: QWidget, line: FlowLayout | None = None) -> None:
        """Put a widget into a line; without one, into the first."""
        (line or self._head).addWidget(widget)

    def add_detail(self, title: str, place: Place, line: FlowLayout | None = None, *, icon: str = "") -> LinkButton:
        """A quiet link to the particulars of what stands before it."""
        link = self.add_link(title, place, line, icon=icon)
        link.setFont(font(Size.CAPTION))
        return link

    def add_words(self, text: str, line: FlowLayout | None = None, *, muted: bool = False) -> None:
        """Words between links, on one line."""
        self.put(self._elided(text, Size.BODY, muted), line)

    def add_caption(self, text: str, line: FlowLayout | None = None) -> None:
        """A small muted word between links."""
        self.put(self._elided(text, Size.CAPTION, True), line)

    def _elided(self, text: str, size: Size, muted: bool) -> ElidedLabel:
        words = ElidedLabel(text, self, size=size, muted=muted)
        words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        return words

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

    def add_titled(self, title: str, place: Place, status: str, tint: Tint) -> None:
        """A link with a pill behind it, on a line that never breaks."""
        line = QWidget(self)
        line.setContentsMargins(self.indent - INDENT, 0, 0, 0)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        pill = Pill(line)
        pill.show_words(status, tint)
        row.addWidget(self._link(title, place))
        row.addWidget(pill)
        row.addStretch(1)
        self._column.addWidget(line)

    def add_captioned(self, caption: str, title: str, place: Place, line: FlowLayout | None = None) -> None:
        """A link behind a word that says what it is; the two are never on different lines."""
        pair = QWidget(self)
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        words = self._elided(caption, Size.CAPTION, True)
        words.setMinimumWidth(words.sizeHint().width())
        row.addWidget(words)
        row.addWidget(self._link(title, place))
        self.put(pair, line)

    def add_links(self, *groups: tuple[str, Iterable[tuple[str, Place]]]) -> None:
        """Links on one line, each group behind a word that says what they are; nothing for an empty one."""
        told = [(caption, tuple(links)) for caption, links in groups]
        line = self.add_line(self.indent) if any(links for _, links in told) else None
        for caption, links in told:
            for number, (title, place) in enumerate(links):
                if number:
                    self.add_link(title, place, line)
                else:
                    self.add_captioned(caption, title, place, line)

    def _link(self, title: str, place: Place) -> LinkButton:
        link = LinkButton(title or self.tr("(no title)"), place, self)
        link.setObjectName(f"open_{place.record}_{place.field}")
        link.followed.connect(self.opened)
        return link

    def _add_words(self, text: str, *, size: Size = Size.BODY, muted: bool = False) -> None:
        words = Words(text, self, size=size, muted=muted, selectable=size is Size.BODY)
        words.setContentsMargins(self.indent, 0, 0, 0)
        self._column.addWidget(words)


class Entry(Lines):
    """A row that is called something, which leads to its record."""

    def __init__(self, title: str, place: Place, parent: QWidget | None = None, *, icon: str = "") -> None:
        super().__init__(parent)
        self.link = self.add_link(title, place, icon=icon)
        self.indent = _BEHIND_ICON if icon else INDENT
