"""Figures for the chapters: time lines, networks of agreements and locator maps, read from the case file."""

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from db.models import Organization, Relation
from db.models.vocabulary import RelationType
from db.queries.records import RecordRow
from db.status import Status
from exports.briefing.chronology import Happening
from exports.briefing.document import Block, Figure
from exports.briefing.figures.locator import WIDTH as MAP_WIDTH
from exports.briefing.figures.locator import Place, locator_drawing, without_outline
from exports.briefing.figures.network import MOST, Edge, Node, Stand, network_drawing
from exports.briefing.figures.timeline import Entry, timeline_drawings
from exports.briefing.lives import Life, lives_of
from exports.briefing.reading import Reading, date_of, key_of

MOST_ENTRIES = 240
"""What more things than these is told by a table alone: a time line of many pages shows nothing."""
MOST_NETWORKS = 6
_TOLD_FROM_OLDER = (RelationType.ENABLES, RelationType.PRECURSOR_TO)
"""Relations that an older agreement has to a newer one; all others are told from the newer."""
_IN_FORCE = (Status.IN_FORCE, Status.PROVISIONALLY_APPLIED, Status.DENOUNCED)
_OVER = (Status.SUSPENDED, Status.ENDED)

# time lines


def timeline(reading: Reading, groups: Iterable[tuple[str, Iterable[Happening]]]) -> Iterator[Block]:
    """Time lines of what has a day, in bands by group; none where nothing has, or very much.

    What several did on one day, such as both parties' signatures, is one entry.
    """
    told = {
        (name, each.date.form, each.title): Entry(each.date, each.title, reading.date(each.date), name, each.record)
        for name, happenings in groups
        for each in sorted((each for each in happenings if each.date), key=lambda each: each.order)
        if each.date and each.date.is_date
    }
    entries = list(told.values())
    if len(entries) > MOST_ENTRIES:
        return
    labels, day = reading.labels, reading.options.day if reading.day else ""
    drawings = timeline_drawings(entries, labels, day, reading.day_words)
    marked = f" {labels.day_alternative.format(date=reading.day_words)}"
    for place, drawing in enumerate(drawings):
        is_last = place == len(drawings) - 1
        dotted = marked if drawing.alternative.endswith(marked) else ""
        yield Figure(drawing, f"{labels.timeline_figure}{dotted}" if is_last else "")


# networks


def network(reading: Reading, subjects: Collection[uuid.UUID], *, marked: bool = False) -> Iterator[Block]:
    """The agreements that are connected with these, each connected set as one figure; `marked`: these stand out."""
    relations = _relations(reading, subjects)
    lives = lives_of(reading, {key for row in relations for key in _ends(row)})
    told = [row for row in relations if all(end in lives for end in _ends(row))]
    found = [_drawn_nodes(keys, subjects, lives) for keys in _connected(told)]
    edges, labels = [_edge(reading, row) for row in told], reading.labels
    shown = sorted(found, key=lambda keys: -len(keys))[:MOST_NETWORKS]
    for place, keys in enumerate(shown):
        nodes = [_node(reading, lives[key], is_subject=marked and key in subjects) for key in keys]
        drawing = network_drawing(nodes, edges, labels)
        if drawing:
            more = [labels.network_more.format(count=len(keys) - MOST)] if len(keys) > MOST else []
            key_words = [labels.network_figure] if place == len(shown) - 1 else []
            yield Figure(drawing, " ".join([*more, *key_words]))


def _relations(reading: Reading, subjects: Collection[uuid.UUID]) -> list[RecordRow]:
    """All relations by which these agreements are connected with others, however far, up to twice what is drawn."""
    found: dict[uuid.UUID, RecordRow] = {}
    known, new = set(subjects), set(subjects)
    while new and len(known) <= len(subjects) + 2 * MOST:
        rows = [row for column in ("agreement_id", "target_id") for row in reading.by_column(Relation, column, new)]
        found |= {row.id: row for row in rows}
        new = {key for row in rows for key in _ends(row)} - known
        known |= new
    return list(found.values())


def _ends(row: RecordRow) -> tuple[uuid.UUID, ...]:
    return tuple(key for key in (key_of(row, "agreement"), key_of(row, "target")) if key)


def _connected(relations: Iterable[RecordRow]) -> list[set[uuid.UUID]]:
    """The sets of agreements that are connected with each other."""
    sets: list[set[uuid.UUID]] = []
    for row in relations:
        touched = [each for each in sets if not each.isdisjoint(_ends(row))]
        sets = [each for each in sets if each not in touched]
        sets.append(set(_ends(row)).union(*touched))
    return sets


def _drawn_nodes(
    keys: Collection[uuid.UUID], subjects: Collection[uuid.UUID], lives: Mapping[uuid.UUID, Life]
) -> list[uuid.UUID]:
    """From old to new, undated last. Where not all can be drawn, those that the sheet is about come before others."""
    ordered = sorted(keys, key=lambda key: (_day(lives[key]), lives[key].row.title, key))
    if len(ordered) <= MOST:
        return ordered
    first = sorted(ordered, key=lambda key: key not in subjects)
    drawn = set(first[:MOST])
    return [*(key for key in ordered if key in drawn), *first[MOST:]]


def _day(life: Life) -> str:
    action = life.reached(Status.SIGNED)
    days = [date for row in ([action] if action else life.actions) if (date := date_of(row))]
    return min((date.earliest for date in days if date.is_date), default="~")


def _node(reading: Reading, life: Life, *, is_subject: bool) -> Node:
    signed = life.reached(Status.SIGNED)
    date = reading.date(date_of(signed)) if signed else ""
    told = reading.labels.listed((date, life.words if life.is_told else ""))
    return Node(life.row.id, life.row["title"].text, told, _stand(life), is_subject)


def _stand(life: Life) -> Stand:
    if life.status is Status.NOT_KNOWN:
        return Stand.UNKNOWN
    if life.status in _OVER:
        return Stand.ENDED
    return Stand.IN_FORCE if life.status in _IN_FORCE else Stand.PENDING


def _edge(reading: Reading, row: RecordRow) -> Edge:
    kind = RelationType(str(row["relation_type"].value))
    vocabulary = reading.options.vocabulary
    words, inverse = vocabulary.term(kind), vocabulary.inverse(kind)
    first, second = _ends(row)
    if kind in _TOLD_FROM_OLDER:
        return Edge(first, second, inverse, words)
    return Edge(second, first, words, inverse)


# maps


def locator(reading: Reading, organizations: Sequence[uuid.UUID], width: float = MAP_WIDTH) -> Iterator[Block]:
    """A map of the states among these, with a caption that names the others; none where no state has an outline."""
    rows = reading.by_id(Organization, list(dict.fromkeys(organizations)))
    found = sorted(rows.values(), key=lambda row: (row["name"].text, row.id))
    places = [Place(row["name"].text, row["iso_code"].text) for row in found]
    drawing = locator_drawing(places, reading.labels, width)
    if drawing:
        labels, others = reading.labels, without_outline(places)
        without = f"{labels.map_without.format(parties=', '.join(others))} " if others else ""
        yield Figure(drawing, f"{without}{labels.map_figure}")
