"""Who held which post and when, as far as evidence shows, for every sheet that tells of people."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from db.dates import Edtf
from db.models import Post
from db.models.vocabulary import EndMeaning, HeldPost, StartMeaning
from db.queries.records import RecordRow
from db.queries.tenures import Tenure
from db.tenure import is_before
from exports.briefing.document import Cell, Item, Link, Role, Run
from exports.briefing.reading import Reading, date_of, key_of, keys_of


class Presence(IntEnum):
    """How a tenure stands to a day, the surest first."""

    SHOWN = 0
    """In post that day."""
    POSSIBLE = 1
    """Begun, and not shown to have ended."""
    PAST = 2
    FUTURE = 3


@dataclass(frozen=True, slots=True)
class Held:
    """A tenure with its record, the post that it is of, and its holder's name."""

    row: RecordRow
    tenure: Tenure
    post: uuid.UUID | None
    organization: uuid.UUID | None
    holder: str

    def presence(self, day: Edtf | None) -> Presence:
        """How it stands to a day; without one, to the end of all that is on file."""
        tenure = self.tenure
        if day is None:
            return Presence.PAST if tenure.end_meaning is EndMeaning.ENDED else Presence.POSSIBLE
        held = tenure.held_on(day)
        if held is HeldPost.YES:
            return Presence.SHOWN
        if is_before(day, tenure.start):
            return Presence.FUTURE
        return Presence.PAST if held is HeldPost.NO else Presence.POSSIBLE


def held_posts(reading: Reading, memberships: Sequence[RecordRow]) -> list[Held]:
    """Tenures of these memberships, the latest first; what the ceiling hides of post or body stays hidden."""
    posts = reading.by_id(Post, keys_of(memberships, "post"))
    found = [_held(row, posts.get(key_of(row, "post") or row.id)) for row in memberships]
    return sorted((each for each in found if each.tenure.post), key=_when, reverse=True)


def _held(row: RecordRow, post: RecordRow | None) -> Held:
    own = key_of(row, "organization")
    body = row["organization"].text if own else post["organization"].text if post else ""
    label = post["label"].text if post else ""
    start, end = row["start_meaning"].value, row["end_meaning"].value
    tenure = Tenure(
        id=row.id,
        person=key_of(row, "person") or row.id,
        post=label or body,
        organization=body if body.casefold() not in (label or body).casefold() else "",
        on_behalf_of=row["on_behalf_of"].text,
        start=date_of(row, "start_date"),
        start_meaning=start if isinstance(start, StartMeaning) else None,
        end=date_of(row, "end_date"),
        end_meaning=end if isinstance(end, EndMeaning) else None,
        acting=row["acting"].value is True,
    )
    return Held(row, tenure, post.id if post else None, own or (key_of(post, "organization") if post else None),
                row["person"].text)  # fmt: skip


def _when(held: Held) -> tuple[str, str]:
    dates = (held.tenure.start, held.tenure.end)
    start, end = (date.earliest if date and date.is_date else "" for date in dates)
    return start or end, end


def post_cell(reading: Reading, held: Held) -> Cell:
    """The post, its body and for whom; supported here where no date tells how well the tenure is known."""
    tenure, labels = held.tenure, reading.labels
    support = None if tenure.start or tenure.end else reading.weights.of_record(tenure.id)
    lines = [Item((Run(tenure.post, Role.STRONG),), support, link=Link(tenure.id))]
    lines += [Item((Run(text, Role.QUIET),)) for text in _below(reading, tenure)]
    return Cell(tuple(lines)) if not tenure.acting else Cell((*lines, Item((Run(labels.acting, Role.QUIET),))))


def _below(reading: Reading, tenure: Tenure) -> Iterable[str]:
    if tenure.organization:
        yield tenure.organization
    if tenure.on_behalf_of and tenure.on_behalf_of not in (tenure.organization, tenure.post):
        yield reading.labels.for_state.format(name=tenure.on_behalf_of)


def start_cell(reading: Reading, held: Held) -> Cell:
    """From when, and whether that is the day it began or the first that is shown."""
    is_evidence = held.tenure.start_meaning is StartMeaning.FIRST_EVIDENCE
    return _date_cell(reading, held, "start_date", reading.labels.first_evidence if is_evidence else "")


def end_cell(reading: Reading, held: Held) -> Cell:
    """Until when, and whether that is the day it ended or the last that is shown."""
    is_evidence = held.tenure.end_meaning is EndMeaning.LAST_EVIDENCE
    return _date_cell(reading, held, "end_date", reading.labels.last_evidence if is_evidence else "")


def _date_cell(reading: Reading, held: Held, name: str, meaning: str) -> Cell:
    date = date_of(held.row, name)
    if date is None:
        return Cell((Item((Run(reading.labels.not_known, Role.QUIET),), link=Link(held.row.id, name)),))
    support = reading.weights.of_field(held.row.id, name)
    dated = Item((Run(reading.date(date)),), support, link=Link(held.row.id, name))
    return Cell((dated, Item((Run(meaning, Role.QUIET),))) if meaning else (dated,))


def span_words(reading: Reading, tenure: Tenure) -> str:
    """A tenure's time in one line: "13 September 2023 to 1 October 2024", "2014 or earlier to not known"."""
    labels = reading.labels
    if tenure.start and tenure.end and tenure.start.says_same(tenure.end):
        return labels.shown_on.format(date=reading.date(tenure.start))
    start = reading.date(tenure.start) or labels.not_known.lower()
    end = reading.date(tenure.end) or labels.not_known.lower()
    if tenure.start and tenure.start_meaning is StartMeaning.FIRST_EVIDENCE:
        start = labels.or_earlier.format(date=start)
    if tenure.end and tenure.end_meaning is EndMeaning.LAST_EVIDENCE:
        end = labels.or_later.format(date=end)
    return labels.span.format(start=start, end=end)
