"""Statements, events, assessments and tasks as the items of a list, the same on every sheet."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from babel import Locale, UnknownLocaleError

from db.models import Assessment, Task
from db.models.vocabulary import AssessmentForm, EventType, Outcome, Visibility, Wording
from db.queries.records import RecordRow
from exports.briefing.document import Block, Cell, Item, ItemList, Link, Role, Run
from exports.briefing.labels import Labels
from exports.briefing.reading import Keys, Reading, by_date, date_of, key_of
from exports.briefing.sheet import Support

_OPEN = (Outcome.OPEN, Outcome.NOT_FOUND)


def item_list(items: Iterable[Item]) -> Iterator[Block]:
    """A list, or nothing where it would be empty."""
    found = tuple(items)
    if found:
        yield ItemList(found)


def run_in(labels: Labels, items: Iterable[Item]) -> Iterator[Item]:
    """Items one after the other, as many in one as are equally well known; what is argued stands for itself."""
    groups: dict[Support | None, list[Item]] = {}
    for item in items:
        groups.setdefault(item.support, []).append(item)
    for support, group in groups.items():
        if support and (support.rivals or support.reason):
            yield from group
            continue
        between = labels.between(item.text for item in group)
        runs = [run for item in group for run in (Run(between), *item.runs)]
        yield replace(group[0], runs=tuple(runs[1:]))


def plain(text: str, role: Role = Role.BODY, language: str = "") -> Item:
    """A line of text that needs no support."""
    return Item((Run(text, role, language),))


def cell(items: Iterable[Item]) -> Cell:
    """A table's cell; one without anything to say is blank."""
    return Cell(tuple(items))


def assessments(reading: Reading, subjects: Keys, form: AssessmentForm) -> Iterator[Block]:
    """What was concluded about some records, of one form."""
    rows = reading.concerning(Assessment, subjects)
    return item_list(assessment(reading, row) for row in rows if form_of(row) is form)


def form_of(row: RecordRow) -> AssessmentForm:
    """Where in a briefing an assessment stands."""
    return AssessmentForm(str(row["assessment_form"].value or AssessmentForm.JUDGEMENT))


def assessment(reading: Reading, row: RecordRow) -> Item:
    """A judgement. Confidence and likelihood are two things, never joined in one sentence (ICD 203)."""
    labels = reading.labels
    particulars = (
        (labels.confidence, row["confidence"].text),
        (labels.likelihood, row["likelihood"].text),
        (labels.basis, row["basis"].text),
    )
    cited = reading.weights.cited(row.id)
    return Item((Run(row["judgement"].text),), particulars=particulars, link=Link(row.id), notes=cited)


def tasks(reading: Reading, rows: Sequence[RecordRow]) -> Iterator[Block]:
    """Questions that are still open, or were searched in vain."""
    return item_list(task(reading, row) for row in rows if row["outcome"].value in _OPEN)


def task(reading: Reading, row: RecordRow) -> Item:
    """A question, when it is due, and what was tried."""
    tried = (
        row["outcome"].text if row["outcome"].value is Outcome.NOT_FOUND else "",
        row["searched_where"].text,
        reading.date(date_of(row, "searched_on")),
    )
    details = (
        (reading.labels.due, reading.date(date_of(row, "due"))),
        ("", reading.labels.listed(tried)),
    )
    return Item((Run(row["question"].text),), details=details, link=Link(row.id))


def open_tasks(reading: Reading, subjects: Keys) -> Iterator[Block]:
    """The open questions about some records."""
    return tasks(reading, reading.concerning(Task, subjects))


def remarks(reading: Reading, rows: Iterable[RecordRow]) -> Iterator[Block]:
    """What the analyst wrote down; what is internal only where it was asked for, and then marked as such."""
    labels, is_asked = reading.labels, reading.options.internal
    yield from item_list(
        Item((Run(row["text"].text),), details=(("", "" if is_public else labels.internal),), link=Link(row.id))
        for row in rows
        if (is_public := row["visibility"].value is Visibility.PUBLIC) or is_asked
    )


def statements(reading: Reading, rows: Iterable[RecordRow]) -> Iterator[Block]:
    """What was said, in the order in which it was said."""
    return item_list(statement(reading, row) for row in sorted(rows, key=by_date))


def statement(reading: Reading, row: RecordRow, *, of_speaker: bool = False) -> Item:
    """Words with who said them, through whose hands they came to us, and a translation if there is one.

    On a sheet that is about the speaker (`of_speaker`) the day stands where else the name does.
    """
    labels, exact = reading.labels, row["wording"].value is Wording.EXACT
    words, translation = row["text"].text, row["translation"].text
    said = Run(_quoted(reading, words) if exact else words, language=row["language"].text, quote=exact)
    date, speaker = reading.date(date_of(row)), row["speaker"].text
    told = (_attribution(reading, row), "" if exact else labels.paraphrase, "" if of_speaker else date)
    in_translation = (
        Run(f" {_quoted(reading, translation)}", Role.EMPHASIS)
        if exact
        else Run(f" {labels.grouping.format(terms=translation)}")
    )
    return Item(
        (said, in_translation) if translation else (said,),
        reading.of_record_or_source(row),
        label=(date or reading.labels.undated) if of_speaker else speaker,
        details=tuple(("", text) for text in (*told, row["occasion"].text)),
        link=Link(row.id),
    )


def _quoted(reading: Reading, words: str) -> str:
    return f"{reading.labels.opening_quote}{words}{reading.labels.closing_quote}"


def _attribution(reading: Reading, row: RecordRow) -> str:
    """Through whose hands the words came to us: speaker, relayed by, reported by."""
    words, source = reading.labels, key_of(row, "source")
    chain = [row["speaker"].text]
    if row["relayed_by"].text:
        chain.append(words.relayed_by.format(name=row["relayed_by"].text))
    if source:
        chain.append(words.reported_by.format(name=reading.compilation.notes.outlet(source)))
    return words.listed(chain) if len(chain) > 1 else ""


def events(reading: Reading, rows: Iterable[RecordRow]) -> Iterator[Block]:
    """Occasions, in the order in which they took place."""
    return item_list(event(reading, row) for row in sorted(rows, key=by_date))


def event(reading: Reading, row: RecordRow, role: str = "") -> Item:
    """An occasion, its place and who took part. `role`: in which the one that the sheet is about did."""
    kind, title = event_kind(row), row["title"].text
    details = (
        ("", kind if title else ""),
        ("", row["place"].text),
        ("", reading.labels.role_as.format(role=role) if role else ""),
        (reading.labels.participants, reading.labels.listed(row["participants"].text.split("; "))),
    )
    support = reading.weights.of_record(row.id)
    return Item((Run(title or kind, Role.STRONG),), support, reading.date(date_of(row)), details, link=Link(row.id))


def event_kind(row: RecordRow) -> str:
    """What kind of occasion it was; that it was of some other kind tells nothing where it has a title."""
    is_told = row["event_type"].value is not EventType.OTHER or not row["title"].text
    return row["event_type"].text if is_told else ""


def language_name(reading: Reading, code: str) -> str:
    """A language by its name in the briefing's own."""
    try:
        return Locale.parse(code, sep="-").get_display_name(reading.options.locale) or code
    except (ValueError, UnknownLocaleError):
        return code
