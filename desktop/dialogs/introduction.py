"""The look at a file that somebody else wrote, before it is opened or merged: who wrote it, what is new."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QPushButton, QVBoxLayout, QWidget

from db.introduction import Introduction, News, Writer
from db.models import BY_PLURAL
from db.models.vocabulary import Tlp
from desktop.forms.captions import all_of, one_of
from desktop.theme import Size, make_primary
from desktop.widgets.labels import Words

_MAIN = ("agreements", "officials", "organizations", "sources", "citations", "claims")
_MOST_WRITERS = 4
_LONGEST = 300
_WIDTH = 600


class IntroductionDialog(QDialog):
    """What is told of a file, and whether to open it. Nothing of it has been taken in yet."""

    opening_wanted = Signal(object)
    """The Introduction: the file is to be opened for editing."""
    reading_wanted = Signal(object)
    """The Introduction: the file is to be opened for reading."""
    merging_wanted = Signal()
    """What the file would bring to the open one is to be shown."""

    def __init__(self, introduction: Introduction, parent: QWidget | None = None, *, is_merge: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName("introduction")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._introduction = introduction
        title, told, safe = self._words(is_merge=is_merge)
        self.setWindowTitle(title)
        case = introduction.case
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(16)
        column.addWidget(Words(short(case.title or introduction.path.name), self, size=Size.HEADING, strong=True))
        column.addWidget(Words(told.format(file=short(introduction.path.name)), self, muted=True))
        column.addLayout(self._facts())
        column.addWidget(Words(safe, self, size=Size.CAPTION, muted=True))
        column.addStretch(1)
        column.addWidget(self._buttons(is_merge=is_merge))
        self.setMinimumWidth(_WIDTH)
        self.resize(_WIDTH, column.totalHeightForWidth(_WIDTH))  # Qt's own guess is for narrower words, so taller

    def _words(self, *, is_merge: bool) -> tuple[str, str, str]:
        """The title, how it comes that it is looked at, and what opening it does."""
        title = self.tr("A file from elsewhere")
        told = self.tr("{file} was not written on this computer. It was checked, and is sound; this is what it says.")
        safe = self.tr("Opening it changes nothing in your own files.")
        if self._introduction.is_own:
            title = self.tr("A file of an older version")
            told = self.tr("{file} is one of yours. It was checked, and is sound; this is what it says.")
        elif self._introduction.was_here:
            title = self.tr("A file that was changed elsewhere")
            told = self.tr(
                "{file} was changed since you had it open. It was checked, and is sound; this is what it says."
            )
        if self._introduction.is_older:
            safe = self.tr(
                "It was written by an older version of Depositary. To edit it, it is brought up to date: it is kept as "
                "a backup, then a new file takes its place in one step. The older version cannot open that any more. "
                "Reading it changes nothing."
            )
        if is_merge:
            safe = self.tr("The next step shows what it would bring. Nothing changes before you press Merge there.")
        return title, told, safe

    def _facts(self) -> QFormLayout:
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        case = self._introduction.case
        marking = " · ".join(filter(None, (Tlp(case.marking).label, short(case.marking_line))))
        for name, label, words in (
            ("writers", self.tr("Written by"), writers_words(self._introduction)),
            ("holds", self.tr("Holds"), records_words(case.records)),
            ("news", self.tr("New in it"), news_words(self._introduction)),
            ("revision", self.tr("Revision"), case.revision),
            ("marking", self.tr("Marking"), marking),
            ("conflicts", self.tr("Conflicts"), f"{case.conflicts:,}" if case.conflicts else ""),
        ):
            if words:
                shown = Words(words, self, selectable=True)
                shown.setObjectName(name)
                caption = Words(label, self, muted=True)
                caption.setAlignment(Qt.AlignmentFlag.AlignTop)
                form.addRow(caption, shown)
        return form

    def _buttons(self, *, is_merge: bool) -> QDialogButtonBox:
        box = QDialogButtonBox(self)
        opening = self.tr("Bring up to date and open") if self._introduction.is_older else self.tr("Open")
        role = QDialogButtonBox.ButtonRole
        ways = [
            ("openReadOnly", self.tr("Open read-only"), role.ActionRole, self._read),
            ("open", opening, role.AcceptRole, self._open),
        ]
        if is_merge:
            ways = [("seeMerge", self.tr("See what it would bring"), role.AcceptRole, self._merge)]
        for name, words, place, slot in (("cancel", self.tr("Cancel"), role.RejectRole, self.reject), *ways):
            button = QPushButton(words, box)
            button.setObjectName(name)
            box.addButton(button, place)
            button.clicked.connect(slot)
            if place is role.AcceptRole:
                make_primary(button)
                button.setDefault(True)
        return box

    def _open(self) -> None:
        self.opening_wanted.emit(self._introduction)
        self.accept()

    def _merge(self) -> None:
        self.merging_wanted.emit()
        self.accept()

    def _read(self) -> None:
        self.reading_wanted.emit(self._introduction)
        self.accept()


def _tr(text: str) -> str:
    return QCoreApplication.translate("Introduction", text)


def short(text: str) -> str:
    """Words of a file on one line and of bearable length."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def writers_words(introduction: Introduction) -> str:
    """Who wrote how much of it, and when, one per line."""
    writers = introduction.writers
    lines = [_writer_words(writer) for writer in writers[:_MOST_WRITERS]]
    if len(writers) > _MOST_WRITERS:
        lines.append(_tr("and {count} more").format(count=f"{len(writers) - _MOST_WRITERS:,}"))
    if any(writer.is_ahead for writer in writers):
        lines.append(_tr("Some edits are dated later than today: a clock was wrong. That loses nothing."))
    return "\n".join(lines)


def _writer_words(writer: Writer) -> str:
    name = short(writer.name) or _tr("Another program")
    first, last = (f"{day.day} {day:%B %Y}" for day in (writer.first, writer.last))
    edits = _tr("one edit") if writer.edits == 1 else _tr("{count} edits").format(count=f"{writer.edits:,}")
    span = last if first == last else _tr("{first} to {last}").format(first=first, last=last)
    return f"{name}: {edits}, {span}"


def records_words(counts: Mapping[str, int]) -> str:
    """How many records of the main kinds, and of all others."""
    told = [_counted(kind, counts[kind]) for kind in _MAIN if counts.get(kind)]
    others = sum(count for kind, count in counts.items() if kind not in (*_MAIN, "case-files", "authors"))
    if others:
        told.append(
            _tr("{count} other records").format(count=f"{others:,}") if told or others > 1 else _tr("one record")
        )
    return ", ".join(told) or _tr("nothing yet")


def _told(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """All but the authors, who come with their edits."""
    return [(kind, count) for kind, count in counts.items() if kind != "authors"]


def _some(count: int, one: str, many: str) -> list[str]:
    return [one if count == 1 else many.format(count=f"{count:,}")] if count else []


def _counted(kind: str, count: int) -> str:
    name = (one_of if count == 1 else all_of)(kind).lower() if kind in BY_PLURAL else kind
    return f"{count:,} {name}"


def news_words(introduction: Introduction) -> str:
    """What it knows that a copy here does not; nothing where there is no copy here."""
    return "\n".join(_news_words(news) for news in introduction.news[:2])


def _news_words(news: News) -> str:
    name = short(news.path.name)
    if not news.edits and not news.lacks:
        return _tr("Nothing: it knows the same as your {file}.").format(file=name)
    if not news.edits:
        return _tr("Nothing: it is an older copy of your {file}.").format(file=name)
    deeds = [
        *(
            _tr("{records} added").format(records=_counted(kind, count))
            for kind, count in news.added.items()
            if kind != "authors"
        ),
        *_some(news.changed, _tr("one field set"), _tr("{count} fields set")),
        *_some(news.deleted, _tr("one record deleted"), _tr("{count} records deleted")),
    ]
    edits = _tr("one edit") if news.edits == 1 else _tr("{count} edits").format(count=f"{news.edits:,}")
    words = _tr("{edits} that your {file} does not have").format(edits=edits, file=name)
    words += f": {', '.join(deeds)}." if deeds else "."
    if news.lacks:
        words += " " + _tr("Yours has edits that it lacks: merge the two to have both.")
    return words
