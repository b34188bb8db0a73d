"""The ladder of an agreement: actions under each other along a line, each with its shape, day and signatories."""

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from db.evidence import EXISTENCE
from db.fields import fields_of
from db.models import PartyAction
from db.models.vocabulary import HeldPost
from db.queries.lifecycle import Ladder, Signer, Step
from db.status import STATUS_AFTER, Status
from desktop.evidence.mark import Told
from desktop.forms.captions import term_label
from desktop.places import Place
from desktop.records.entry import INDENT, Lines
from desktop.records.words import HELD_ICONS, date_words, held_words
from desktop.theme import Size, colours, dress, status_tint
from desktop.widgets.labels import LinkButton, Words
from desktop.widgets.pill import Pill
from exports.briefing.sheet import StepState

_GUTTER, _MIDDLE, _RADIUS = 28, 11, 5.5
_TOP = 13
"""How far below its upper edge a row's shape stands, in pixels."""
FIRST_SIGNERS, MORE_SIGNERS = 8, 50
"""How many signatories of an action are shown at first, and how many more each time that somebody asks."""
_OF_STEP = frozenset(fields_of(PartyAction)) - {"signatories"} | {EXISTENCE}
"""What the first line of a step tells; each signatory has a line of its own."""
_SIGNED = (Status.SIGNED, Status.INITIALLED)


def state_of(step: Step) -> StepState:
    """What shape a step has."""
    if step.date and not step.date.is_date:
        return StepState.UNKNOWN
    if not step.happened:
        return StepState.NOT_REACHED
    return StepState.ENDED if STATUS_AFTER.get(step.action) is Status.ENDED else StepState.REACHED


class Rung(Lines):
    """A row of a ladder, with a shape in its gutter and the line to its neighbours."""

    def __init__(self, state: StepState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.is_first = self.is_last = True
        self._column.setContentsMargins(_GUTTER, 0, 0, 10)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = colours()
        painter.setPen(QPen(QColor(look.border), 1.5))
        gap = _RADIUS + 3
        if not self.is_first:
            painter.drawLine(QPointF(_MIDDLE, 0), QPointF(_MIDDLE, _TOP - gap))
        if not self.is_last:
            painter.drawLine(QPointF(_MIDDLE, _TOP + gap), QPointF(_MIDDLE, self.height()))
        _draw_shape(painter, self._state)


def _draw_shape(painter: QPainter, state: StepState) -> None:
    """A disc for what was done, a ring for what is planned, a dashed ring where nobody knows, a square for an end."""
    look = colours()
    centre = QPointF(_MIDDLE, _TOP)
    filled = state in (StepState.REACHED, StepState.ENDED)
    colour = QColor(look.accent if state is StepState.REACHED else look.muted)
    pen = QPen(colour, 1.5, Qt.PenStyle.DotLine if state is StepState.UNKNOWN else Qt.PenStyle.SolidLine)
    painter.setPen(Qt.PenStyle.NoPen if filled else pen)
    painter.setBrush(colour if filled else Qt.BrushStyle.NoBrush)
    if state is StepState.ENDED:
        painter.drawRect(QRectF(_MIDDLE - 5, _TOP - 5, 10, 10))
    else:
        painter.drawEllipse(centre, _RADIUS, _RADIUS)


class StepRow(Rung):
    """One action: what, when, where, and who signed in which post."""

    asked_for_signatory = Signal(object)
    """The Step that somebody signed."""
    asked_for_more = Signal(object)
    """The id of the step of which more signatories are to be shown."""

    def __init__(self, step: Step, writable: bool, parent: QWidget | None = None) -> None:
        super().__init__(state_of(step), parent)
        self._step, self._writable = step, writable
        self.link = self.add_link(term_label(step.action), Place(step.id))
        day = date_words(step.date) or self.tr("day not known")
        if step.date and not step.date.is_date:
            day = self.tr("{date}, which is not read as a day").format(date=day)
        elif not step.happened:
            day = self.tr("planned for {date}").format(date=day)
        self.link.setAccessibleName(", ".join(filter(None, (self.link.words, day, step.place))))
        self.add_words(day)
        if step.place:
            self.add_words(step.place, muted=True)
        if step.on_behalf_of:
            self.add_caption(self.tr("on behalf of {name}").format(name=step.on_behalf_of))
        self.add_mark(self.link.accessibleName(), Told(step.id, _OF_STEP))

    def fill(self, most: int) -> Iterator[QWidget]:
        """Add the first signatories, one at a time, and what can be asked for."""
        for signer in self._step.signers[:most]:
            yield self._add_signer(signer)
        left = len(self._step.signers) - most
        if left > 0:
            words = self.tr("Show {count} more of {all} signatories")
            words = words.format(count=min(left, MORE_SIGNERS), all=f"{len(self._step.signers):,}")
            self._add_button(words, "more", self._ask_for_more)
        if self._writable and (self._step.signers or STATUS_AFTER.get(self._step.action) in _SIGNED):
            self._add_button(self.tr("Add signatory"), "sign", self._ask, icon="plus")

    def _add_signer(self, signer: Signer) -> QWidget:
        if signer.target is None:
            self.add_text(f"“{signer.name}”")
            line = self.add_line()
            self.add_mark(signer.name, Told(signer.id), line=line)
            return self.add_detail(self.tr("as reported"), Place(signer.id), line, icon="quote")
        line = self.add_line()
        self.add_link(signer.name, Place(signer.target), line, icon="user" if signer.is_person else "landmark")
        if signer.tenure:
            post = signer.tenure.post or self.tr("post without a name")
            self.add_captioned(self.tr("as"), post, Place(signer.tenure.id), line)
        if signer.on_behalf_of:
            self.add_caption(self.tr("for {name}").format(name=signer.on_behalf_of), line)
        held = signer.held or HeldPost.NOT_SHOWN
        words = held_words(held, signer.tenure) if signer.is_person else self.tr("details")
        detail = self.add_detail(words, Place(signer.id), line, icon=HELD_ICONS[held] if signer.is_person else "")
        detail.setAccessibleName(f"{signer.name}: {words}")
        self.add_mark(signer.name, Told(signer.id), line=line)
        return detail

    def _add_button(self, text: str, name: str, slot: object, *, icon: str = "") -> None:
        button = QPushButton(text, self)
        button.setObjectName(f"{name}_{self._step.id}")
        button.setProperty("link", True)
        button.setAccessibleName(f"{text}: {self.link.accessibleName()}")
        if icon:
            dress(button, icon)
        button.clicked.connect(slot)
        self.put(button, self.add_line())

    def _ask(self) -> None:
        self.asked_for_signatory.emit(self._step)

    def _ask_for_more(self) -> None:
        self.asked_for_more.emit(self._step.id)


class UnknownRow(Rung):
    """A step that every agreement may take, and of which nobody knows whether it was taken."""

    def __init__(self, status: Status, parent: QWidget | None = None) -> None:
        super().__init__(StepState.UNKNOWN, parent)
        words = self.tr("{status}: not known").format(status=term_label(status))
        self.add_words(words, self.add_line(INDENT), muted=True)


class LadderHead(QWidget):
    """Above the steps of a party: who it is and how far it has come; folds them away."""

    opened = Signal(object)
    folded = Signal(object)
    """The id of the party (None: the whole) whose steps are to be shown or hidden."""

    def __init__(self, ladder: Ladder, is_open: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._party = ladder.party
        name = ladder.name or self.tr("The agreement as a whole")
        self._fold = QToolButton(self)
        self._fold.setObjectName(f"fold_{ladder.party}")
        words = self.tr("Hide the steps of {name}") if is_open else self.tr("Show the steps of {name}")
        self._fold.setAccessibleName(words.format(name=name))
        self._fold.setToolTip(words.format(name=name))
        dress(self._fold, "chevron-down" if is_open else "chevron-right")
        self._fold.clicked.connect(self._ask)
        self.pill = Pill(self)
        self.pill.show_words(term_label(ladder.status), status_tint(ladder.status))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._fold)
        row.addWidget(self._title(ladder, name))
        row.addWidget(self.pill)
        if ladder.party and not ladder.is_party:
            row.addWidget(Words(self.tr("not a party"), self, size=Size.CAPTION, muted=True))
        row.addStretch(1)

    def _title(self, ladder: Ladder, name: str) -> QWidget:
        if ladder.party is None:
            words = Words(name, self)
            words.setWordWrap(False)
            return words
        link = LinkButton(name, Place(ladder.party), self)
        link.followed.connect(self.opened)
        return link

    def _ask(self) -> None:
        self.folded.emit(self._party)
