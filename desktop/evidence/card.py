"""One claim as a card: the passage in its own script, its source, how good both are, who entered it, what to do."""

from html import escape
from itertools import accumulate
from unicodedata import bidirectional

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from db.dates import describe
from db.evidence import Verdict
from db.queries.claims import CitedClaim
from desktop.evidence.words import added_words, grade_words, origin_words, source_words
from desktop.places import Place
from desktop.tables import width_of
from desktop.theme import Size, colours, dress
from desktop.widgets.labels import Words
from desktop.widgets.pill import Pill

_LONGEST = 400
"""Columns of a passage that are shown before somebody asks for the rest; a kanji takes two."""


class Passage(QWidget):
    """Words of a source in their own direction; a long passage shows its beginning first."""

    def __init__(self, text: str, parent: QWidget | None = None, *, muted: bool = False) -> None:
        super().__init__(parent)
        self._text = text
        self._beginning = _beginning(text)
        self.words = Words("", self, muted=muted, selectable=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignAbsolute | _side(text))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.words)
        self.more = QPushButton(self)
        self.more.setProperty("link", True)
        self.more.setCheckable(True)
        self.more.toggled.connect(self._show)
        self.more.setVisible(self._beginning != text)
        column.addWidget(self.more, alignment=Qt.AlignmentFlag.AlignLeft)
        self._show(False)

    def _show(self, whole: bool) -> None:
        self.words.setText(self._text if whole else self._beginning)
        words = self.tr("Show less") if whole else self.tr("Show all {count} characters")
        self.more.setText(words.format(count=f"{len(self._text):,}"))


def _beginning(text: str) -> str:
    """As much of a passage as is shown at first."""
    ends = accumulate(width_of(letter) for letter in text[: _LONGEST + 1])
    shown = sum(1 for end in ends if end <= _LONGEST)
    return text if shown >= len(text) else f"{text[:shown].rstrip()} …"


def _side(text: str) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignRight if is_right_to_left(text) else Qt.AlignmentFlag.AlignLeft


def is_right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction runs from the right (Unicode UAX 9, P2 and P3)."""
    return next((way != "L" for way in map(bidirectional, text) if way in ("L", "R", "AL")), False)


class SourceLink(QLabel):
    """A source's title as a link that wraps."""

    followed = Signal(object)
    """A Place."""

    def __init__(self, claim: CitedClaim, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = Place(claim.citation.source.id)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self._title = claim.citation.source.title
        self._show()
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Source: {title}").format(title=claim.citation.source.title))
        self.linkActivated.connect(self._follow)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_title"):
            self._show()

    def _show(self) -> None:
        """Say it in the colour of links; Qt takes that of the moment and keeps it."""
        style = f"color: {colours().accent}; text-decoration: none;"
        self.setText(f'<a href="source" style="{style}">{escape(self._title)}</a>')

    def _follow(self) -> None:
        self.followed.emit(self._place)


class ClaimCard(QFrame):
    """A claim with its passage. It reports what somebody wants to do with it and does nothing itself."""

    opened = Signal(object)
    """A Place."""
    accept_asked = Signal(object)
    change_asked = Signal(object)
    withdraw_asked = Signal(object)
    copy_asked = Signal(object)

    def __init__(self, claim: CitedClaim, writable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.claim = claim
        self.setObjectName("card")
        self.setAccessibleName(self.tr("Claim of {source}").format(source=claim.citation.source.title))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 10, 12, 8)
        self._column.setSpacing(4)
        self._add_what_it_says()
        self._add_source()
        self._add_remarks()
        self._add_actions(writable)

    def _add_what_it_says(self) -> None:
        claim, citation = self.claim, self.claim.citation
        if claim.row.verdict is not Verdict.SUPPORTS:
            self._column.addWidget(Words(claim.text or self.tr("no value"), self, strong=True, selectable=True))
        if citation.quotation:
            self._column.addWidget(Passage(f"“{citation.quotation}”", self))
        if citation.translation:
            self._column.addWidget(Passage(citation.translation, self, muted=True))
        if claim.row.original_text and claim.row.original_text not in (claim.text, citation.quotation):
            words = self.tr("In its own words: {text}").format(text=claim.row.original_text)
            self._column.addWidget(Passage(words, self, muted=True))

    def _add_source(self) -> None:
        link = SourceLink(self.claim, self)
        link.followed.connect(self.opened)
        self._column.addWidget(link)
        self._add_words(source_words(self.claim.citation))
        self._add_words(origin_words(self.claim))

    def _add_remarks(self) -> None:
        row, citation = self.claim.row, self.claim.citation
        if citation.grade:
            self._column.addLayout(self._graded())
        else:
            self._add_words(self.tr("Not graded"))
        if row.as_of:
            self._add_words(self.tr("As of {day}").format(day=describe(row.as_of)))
        self._add_words(row.notes)

    def _graded(self) -> QHBoxLayout:
        grade, words = self.claim.citation.grade, grade_words(self.claim.citation)
        pill = Pill(self)
        pill.show_words(grade, colours().plain)
        pill.setAccessibleName(self.tr("Grade {grade}: {words}").format(grade=grade, words=words))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(pill, alignment=Qt.AlignmentFlag.AlignTop)
        line.addWidget(Words(words[:1].upper() + words[1:], self, size=Size.CAPTION, muted=True), 1)
        return line

    def _add_words(self, text: str) -> None:
        if text:
            self._column.addWidget(Words(text, self, size=Size.CAPTION, muted=True))

    def _add_actions(self, writable: bool) -> None:
        line = QHBoxLayout()
        line.setSpacing(4)
        words = added_words(self.claim.analyst, self.claim.added)
        line.addWidget(Words(words, self, size=Size.CAPTION, muted=True), 1)
        verdict = self.claim.row.verdict
        self.accept = QPushButton(self.tr("Accept again…") if self.claim.row.accepted else self.tr("Accept…"), self)
        self.accept.setObjectName("accept")
        self.accept.setProperty("link", True)
        self.accept.setVisible(writable and not (self.claim.row.accepted and verdict is Verdict.SUPPORTS))
        self.accept.setToolTip(self.tr("Believe this claim: the field takes its value, and your reason is kept."))
        self.accept.setAccessibleName(
            self.tr("Accept what {source} says").format(source=self.claim.citation.source.title)
        )
        self.accept.clicked.connect(self._accept)
        line.addWidget(self.accept)
        line.addWidget(self._menu_button(writable))
        self._column.addLayout(line)

    def _menu_button(self, writable: bool) -> QToolButton:
        self.more = QToolButton(self)
        self.more.setObjectName("claimMenu")
        dress(self.more, "ellipsis")
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setAccessibleName(self.tr("What to do with this claim"))
        self.more.setToolTip(self.tr("Change, withdraw, copy"))
        menu = QMenu(self.more)
        for words, name, slot, shown in (
            (self.tr("Change…"), "pencil", self._change, writable),
            (self.tr("Withdraw"), "trash-2", self._withdraw, writable),
            (self.tr("Copy"), "copy", self._copy, True),
        ):
            action = menu.addAction(words)
            action.setObjectName(slot.__name__.strip("_"))
            dress(action, name)
            action.setVisible(shown)
            action.triggered.connect(slot)
        self.more.setMenu(menu)
        return self.more

    def _accept(self) -> None:
        self.accept_asked.emit(self.claim)

    def _change(self) -> None:
        self.change_asked.emit(self.claim)

    def _withdraw(self) -> None:
        self.withdraw_asked.emit(self.claim)

    def _copy(self) -> None:
        self.copy_asked.emit(self.claim)
