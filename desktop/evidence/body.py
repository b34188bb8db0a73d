"""What the evidence panel shows of one field: the value, how well it is known, and its claims in groups."""

from collections import deque
from collections.abc import Iterator, Sequence
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from db.evidence import EXISTENCE, Verdict
from db.models.vocabulary import Standing
from db.queries.claims import CitedClaim, KnownField
from desktop.evidence.card import ClaimCard, Passage
from desktop.evidence.mark import shape_of, tint_of
from desktop.evidence.words import property_label, standing_words, verdict_heading
from desktop.theme import Size, colours, dress, pixmap
from desktop.widgets.columns import WIDE, ColumnsLayout
from desktop.widgets.empty import EmptyState
from desktop.widgets.labels import ElidedLabel, Words
from desktop.widgets.layouts import clear_layout

_AT_ONCE = 2
"""Cards that are made in one turn of the event loop, so that many claims never block the window."""


class EvidenceBody(QWidget):
    """One field with its claims. It reports what somebody wants to do and does nothing itself."""

    opened = Signal(object)
    """A Place."""
    cite_asked = Signal()
    accept_asked = Signal(object)
    change_asked = Signal(object)
    withdraw_asked = Signal(object)
    copy_asked = Signal(object)
    unaccept_asked = Signal()

    def __init__(self, writable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._writable = writable
        self._waiting: deque[CitedClaim | str] = deque()
        """Claims that have no card yet, and the headings above them."""
        self._focused: UUID | None = None
        self._scrolled = 0
        self._had_focus = False
        self.cards: list[ClaimCard] = []
        self.head = _Head(self)
        self.head.cite.clicked.connect(self.cite_asked)
        self.uncited = EmptyState("quote", "", "", parent=self)
        self.uncited.asked.connect(self.cite_asked)
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._make_cards)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._scrolling())

    def _scrolling(self) -> QScrollArea:
        self._area = QScrollArea(self)
        self._area.setObjectName("surface")
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget(self._area)
        cards = QWidget(inside)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        cards.setSizePolicy(policy)
        self._list = ColumnsLayout(cards, least=300, most=3, gap=8)
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.head)
        column.addWidget(self.uncited)
        column.addWidget(cards)
        column.addStretch(1)
        self._area.setWidget(inside)
        return self._area

    def show_known(self, known: KnownField, *, again: bool) -> None:
        """Show a field; `again`, where it is the one that is shown already: place and focus stay."""
        self._focused = self._focused_claim() if again else None
        self._had_focus = again and self._has_focus()
        self._scrolled = self._area.verticalScrollBar().value() if again else 0
        cited = bool(known.claims)
        self.head.show_known(known, may_cite=cited and self._writable)
        self._show_uncited(known)
        self.uncited.setVisible(not cited)
        self._clear()
        accepted = next((claim for claim in known.claims if claim.row.accepted), None)
        if accepted:
            self._add_accepted(accepted)
        self._waiting.extend(_in_order(known.claims))
        self._make_cards()

    def _show_uncited(self, known: KnownField) -> None:
        title = self._title(known)
        if self._writable:
            self.uncited.show_words(title, self.tr("Add one: Ctrl+Shift+C"), self.tr("Cite a source…"))
        else:
            self.uncited.show_words(title, self.tr("The file is open for reading only, so none can be added here."))

    def _title(self, known: KnownField) -> str:
        """What is said where no claim is about the field itself."""
        if not known.standing.origins and not known.standing.disputing:
            return self.tr("No source is cited for this")
        if known.name == EXISTENCE:
            return self.tr("The record itself names its source; no passage is cited")
        return self.tr("Each of them is cited by itself; no source is cited for all of them together")

    def _clear(self) -> None:
        self._waiting.clear()
        self.cards.clear()
        clear_layout(self._list)

    def _add_accepted(self, claim: CitedClaim) -> None:
        accepted = Accepted(claim, self._writable, self)
        accepted.setProperty(WIDE, True)
        accepted.withdraw.clicked.connect(self.unaccept_asked)
        accepted.accept_asked.connect(self.accept_asked)
        self._list.addWidget(accepted)

    def _make_cards(self) -> None:
        """Make the next few cards; the rest in the next turn."""
        for _ in range(min(_AT_ONCE, len(self._waiting))):
            item = self._waiting.popleft()
            self._list.addWidget(self._card(item) if isinstance(item, CitedClaim) else self._heading(item))
        if self._waiting:
            self._turn.start()
        else:
            self._turn.stop()
            QTimer.singleShot(0, self, self._come_back)

    def _heading(self, text: str) -> QWidget:
        heading = Words(text, self, size=Size.CAPTION, strong=True, muted=True)
        heading.setProperty(WIDE, True)
        return heading

    def _card(self, claim: CitedClaim) -> QWidget:
        card = ClaimCard(claim, self._writable, self)
        card.opened.connect(self.opened)
        card.accept_asked.connect(self.accept_asked)
        card.change_asked.connect(self.change_asked)
        card.withdraw_asked.connect(self.withdraw_asked)
        card.copy_asked.connect(self.copy_asked)
        self.cards.append(card)
        return card

    def _focused_claim(self) -> UUID | None:
        inside = self.focusWidget()
        return next((card.claim.row.id for card in self.cards if inside and card.isAncestorOf(inside)), None)

    def _has_focus(self) -> bool:
        focused = self.window().focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def _come_back(self) -> None:
        """Once all cards are there: to where somebody was before the field was shown anew, or else to its head."""
        self._area.verticalScrollBar().setValue(self._scrolled)
        for card in self.cards:
            if card.claim.row.id == self._focused:
                card.more.setFocus()
        if self._had_focus and not self._has_focus():
            (self.head.cite if self.head.cite.isVisible() else self.uncited.button).setFocus()
        self._had_focus = False


class _Head(QWidget):
    """The field's name, its value, and how well it is known in one sentence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._about = ElidedLabel("", self, size=Size.CAPTION, muted=True)
        self._label = Words("", self, size=Size.HEADING, strong=True)
        self._value = QVBoxLayout()
        self._picture = QLabel(self)
        self._standing = Words("", self)
        self.cite = QPushButton(f" {self.tr('Cite a source…')}", self)
        self.cite.setAccessibleName(self.tr("Cite a source…"))
        self.cite.setObjectName("citeButton")
        self.cite.setToolTip(self.tr("Cite a source for this field (Ctrl+Shift+C)"))
        dress(self.cite, "quote")
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._picture, alignment=Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._standing, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._about)
        column.addWidget(self._label)
        column.addLayout(self._value)
        column.addSpacing(4)
        column.addLayout(line)
        column.addSpacing(4)
        column.addWidget(self.cite, alignment=Qt.AlignmentFlag.AlignLeft)

    def show_known(self, known: KnownField, *, may_cite: bool) -> None:
        """Show a field's head."""
        self._about.setText(known.title)
        self._label.setText(property_label(known.name))
        clear_layout(self._value)
        if known.text or known.name != EXISTENCE:
            self._value.addWidget(Passage(known.text or self.tr("no value"), self, muted=not known.text))
        found = known.standing
        shape = shape_of(found)
        if shape:
            self._picture.setPixmap(pixmap(shape.value, tint_of(shape).ink, 16, self.devicePixelRatioF()))
        self._picture.setVisible(shape is not None)
        self._standing.setText(self._standing_words(known))
        self.cite.setVisible(may_cite)

    def _standing_words(self, known: KnownField) -> str:
        if known.name == EXISTENCE and known.standing.standing is Standing.UNKNOWN:
            return self.tr("Each field has evidence of its own; no source is cited for the record as a whole.")
        return standing_words(known.standing)


class Accepted(QFrame):
    """Which claim the analyst believes, and why; where the value says something else now, that it does."""

    accept_asked = Signal(object)
    """The claim is to be believed again."""

    def __init__(self, claim: CitedClaim, writable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        picture = QLabel(self)
        departs = claim.row.verdict is not Verdict.SUPPORTS
        shape, ink = ("triangle-alert", colours().fair.ink) if departs else ("badge-check", colours().good.ink)
        picture.setPixmap(pixmap(shape, ink, 16, self.devicePixelRatioF()))
        self._claim = claim
        source = claim.citation.source
        words = self.tr("Accepted: {value}").format(value=claim.text) if claim.text else self.tr("Accepted")
        if departs:
            words = self.tr("The value departs from the accepted claim: {value}")
            words = words.format(value=claim.text or self.tr("no value"))
        self.again = QPushButton(self.tr("Accept again…"), self)
        self.again.setObjectName("acceptAgain")
        self.again.setProperty("link", True)
        self.again.setToolTip(self.tr("The field takes the value of this claim again."))
        self.again.setVisible(writable and departs)
        self.again.clicked.connect(self._ask_again)
        self.withdraw = QPushButton(self.tr("Accept none"), self)
        self.withdraw.setObjectName("unaccept")
        self.withdraw.setProperty("link", True)
        self.withdraw.setToolTip(self.tr("Withdraw the acceptance. The value stays as it is."))
        self.withdraw.setVisible(writable)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(Words(words, self, strong=True))
        if claim.row.reason:
            column.addWidget(Passage(claim.row.reason, self))
        column.addWidget(
            Words(self.tr("From {source}").format(source=source.title), self, size=Size.CAPTION, muted=True)
        )
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.again)
        buttons.addWidget(self.withdraw)
        buttons.addStretch(1)
        column.addLayout(buttons)
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 10, 12, 8)
        line.setSpacing(8)
        line.addWidget(picture, alignment=Qt.AlignmentFlag.AlignTop)
        line.addLayout(column, 1)

    def _ask_again(self) -> None:
        self.accept_asked.emit(self._claim)


def _in_order(claims: Sequence[CitedClaim]) -> Iterator[CitedClaim | str]:
    """Claims for the value first, those that dispute it last and together by what they say, under headings."""
    for verdict in Verdict:
        group = [claim for claim in claims if claim.row.verdict is verdict]
        if group:
            yield verdict_heading(verdict, len(group))
            yield from sorted(group, key=lambda claim: (claim.text, claim.row.accepted is False))
