"""What a claim rests on: a passage that is cited already, a new one of a source in the file, or of a new source."""

from enum import Enum, auto

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from db.errors import InvalidValue
from db.fields import fields_of
from db.models import Citation, Entity, Source
from db.operations.claims import Cited, NewCitation, NewSource
from db.operations.drafts import Drafted
from db.queries.claims import CitationRow, find_citations, find_sources
from db.queries.records import FieldRow
from desktop.evidence.finder import Finder, Row
from desktop.forms.editors import Line
from desktop.forms.form import FieldForm
from desktop.live import LiveCase
from desktop.theme import Size, font
from desktop.widgets.labels import Words

_SOURCE = ("title", "source_type", "publisher", "issued", "url", "reliability")
_PASSAGE = ("quotation", "quotation_language", "locator_label", "locator", "credibility", "relays")


class Mode(Enum):
    """Where the passage comes from."""

    KEPT = auto()
    """The one that the claim rests on already, perhaps with changes."""
    PASSAGE = auto()
    SOURCE = auto()
    NEW = auto()


class Basis(QWidget):
    """Chooses or describes what a claim rests on. `kept` is what it rests on so far, if it is there already."""

    wanted = Signal(str, str, str)
    """A record that is not there yet: the field that asks, the plural of its kind, what was typed."""

    def __init__(self, live: LiveCase, kept: CitationRow | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._live, self._kept = live, kept
        self._before: dict[str, object] = {}
        self._modes = QButtonGroup(self)
        choice = self._choice()  # first, since Tab goes through widgets in the order in which they were made
        self.passages = Finder(live, find_citations, self.tr("Find a passage by its words or its source"), self)
        self.sources = Finder(live, find_sources, self.tr("Find a source by its title, publisher or address"), self)
        self.source = self._form(Source, _SOURCE, _SOURCE)
        self.author = Line(self)
        self.author.is_draft = True
        self.author.setAccessibleName(self.tr("Author"))
        self._author = self._captioned(self.tr("Author"), self.author)
        self.passage = self._form(Citation, _PASSAGE, ("locator_label", "locator", "quotation"))
        self.shared = Words("", self, muted=True)
        self._trouble = Words("", self)
        self._trouble.setProperty("trouble", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(choice)
        for widget in (
            self.passages,
            self.sources,
            self._trouble,
            self.source,
            self._author,
            self.shared,
            self.passage,
        ):
            column.addWidget(widget)
        self._trouble.hide()
        if kept:
            self._show_kept(kept)
        self.sources.answered.connect(self._begin)
        self.set_mode(Mode.KEPT if kept else Mode.SOURCE)

    def _form(self, cls: type[Entity], names: tuple[str, ...], front: tuple[str, ...]) -> FieldForm:
        form = FieldForm(self._live, self, draft=True)
        form.show_fields(cls, without=[name for name in fields_of(cls) if name not in names], front=front)
        form.wanted.connect(self.wanted)
        return form

    def _captioned(self, text: str, line: Line) -> QWidget:
        """A line with its label above it, as the cells of a form look."""
        cell = QWidget(self)
        label = QLabel(text, cell)
        label.setFont(font(Size.CAPTION))
        label.setProperty("muted", True)
        label.setBuddy(line)
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label)
        column.addWidget(line)
        return cell

    def _choice(self) -> QHBoxLayout:
        words = {
            Mode.KEPT: self.tr("This passage"),
            Mode.PASSAGE: self.tr("A passage cited before"),
            Mode.SOURCE: self.tr("A source in this file"),
            Mode.NEW: self.tr("A new source"),
        }
        line = QHBoxLayout()
        line.setSpacing(16)
        for mode in Mode:
            button = QRadioButton(words[mode], self)
            button.setObjectName(mode.name.lower())
            button.setVisible(mode is not Mode.KEPT or self._kept is not None)
            self._modes.addButton(button, mode.value)
            line.addWidget(button)
        line.addStretch(1)
        self._modes.idClicked.connect(self._change_mode)
        return line

    @property
    def mode(self) -> Mode:
        """Where the passage comes from."""
        return Mode(self._modes.checkedId())

    def set_mode(self, mode: Mode) -> None:
        """Ask for a passage of this kind."""
        self._modes.button(mode.value).setChecked(True)
        self._show_mode()

    def _begin(self, found: int) -> None:
        """Once it is known whether the file has any source: without one, a new one is what is meant."""
        self.sources.answered.disconnect(self._begin)
        if not found and self.mode is Mode.SOURCE and not self.sources.line.text():
            self.set_mode(Mode.NEW)
            self.take_focus()

    def _change_mode(self, _: int) -> None:
        self._show_mode()

    def _show_mode(self) -> None:
        mode = self.mode
        self.say("")
        self.passages.setVisible(mode is Mode.PASSAGE)
        self.sources.setVisible(mode is Mode.SOURCE)
        self.source.setVisible(mode is Mode.NEW)
        self._author.setVisible(mode is Mode.NEW)
        self.passage.setVisible(mode is not Mode.PASSAGE)
        self.shared.setVisible(mode is Mode.KEPT and self._kept is not None and self._kept.claims > 1)
        if mode in (Mode.PASSAGE, Mode.SOURCE):
            (self.passages if mode is Mode.PASSAGE else self.sources).ask()
        self.take_focus()

    def take_focus(self) -> None:
        """Put the focus where this is filled in from."""
        match self.mode:
            case Mode.PASSAGE:
                self.passages.line.setFocus()
            case Mode.SOURCE:
                self.sources.line.setFocus()
            case Mode.NEW:
                self.source.show_field("title")
            case Mode.KEPT:
                self.passage.show_field("quotation")

    def _show_kept(self, kept: CitationRow) -> None:
        words = self.tr("{count} claims rest on this passage; what you change here changes for all of them.")
        self.shared.setText(words.format(count=kept.claims))
        told = {
            "quotation": kept.quotation,
            "quotation_language": kept.language,
            "locator_label": kept.label,
            "locator": kept.locator,
            "credibility": kept.credibility,
            "relays": kept.relays,
        }
        rows = {name: FieldRow(name, value, str(value or "")) for name, value in told.items()}
        self.passage.show_preset(rows, {kept.relays: kept.relayed} if kept.relays else {})
        self._before = self._passage_values()

    def passage_changes(self) -> dict[str, object]:
        """What is different now about the passage that is kept. Raises InvalidValue, and says so at the field."""
        if self.mode is not Mode.KEPT:
            return {}
        now = self._passage_values()
        return {name: value for name, value in now.items() if value != self._before.get(name)}

    def cited(self) -> Cited | None:
        """What the claim shall rest on; None where that stays as it is. Raises InvalidValue, and says so here."""
        match self.mode:
            case Mode.KEPT:
                return None
            case Mode.PASSAGE:
                return self._chosen(self.passages, self.tr("Choose the passage that says so.")).id
            case Mode.SOURCE:
                source = self._chosen(self.sources, self.tr("Choose the source that says so."))
                return NewCitation(source.id, self.passage.values())
        return NewCitation(NewSource(self.source.values(), self.author.text()), self.passage.values())

    def content(self) -> object:
        """What was written and chosen, complete or not."""
        chosen = (self.passages.row, self.sources.row)
        return chosen, self.source.content(), self.author.text(), self.passage.content()

    def drafts(self) -> tuple[Drafted, ...]:
        """Records that it names and that are not in the file yet."""
        return (*self.source.drafts(), *self.passage.drafts())

    @property
    def said(self) -> str:
        """What is missing, in words."""
        return self._trouble.text()

    def say(self, text: str) -> None:
        """Say what is missing."""
        self._trouble.setText(text)
        self._trouble.setVisible(bool(text))

    def _passage_values(self) -> dict[str, object]:
        values = self.passage.values()
        return {name: values.get(name) for name in _PASSAGE}

    def _chosen(self, finder: Finder, trouble: str) -> Row:
        self.say("")
        if finder.row is None:
            self.say(trouble)
            finder.line.setFocus()
            raise InvalidValue(trouble)
        return finder.row
