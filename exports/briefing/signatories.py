"""Who signed an agreement, in which post, for whom, and whether the post was theirs that day."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from db.models import Signatory
from db.models.vocabulary import HeldPost
from db.queries.records import RecordRow
from exports.briefing.document import Block, Cell, Column, Item, Link, Role, Row, Run, Table
from exports.briefing.posts import held_post, membership_of
from exports.briefing.reading import Reading
from exports.briefing.sheet import Support

_SHARES = (0.34, 0.32, 0.34)
Names = Callable[[object, str], Iterable[Run]]
"""The other names of a record, by its id and the name that is shown."""


def signatories_table(reading: Reading, actions: Sequence[RecordRow], names: Names) -> Iterator[Block]:
    """The signatories of these actions; nothing where there are none."""
    told = _Signatories(reading, names)
    rows = tuple(row for action in actions for row in told.of(action))
    if rows:
        labels = reading.labels
        yield Table(tuple(map(Column, (labels.name, labels.capacity, labels.act), _SHARES)), rows)


@dataclass(frozen=True, slots=True)
class _Signatories:
    reading: Reading
    names: Names

    def of(self, action: RecordRow) -> Iterator[Row]:
        """Who signed. What rivals say about that is told with the first signatory, once."""
        claimed = self.reading.weights.evidence(action.id).get("signatories")
        rows = self.reading.by_column(Signatory, "action_id", [action.id])
        for index, row in enumerate(rows):
            support = self.reading.weights.of_record(row.id, claimed)
            if claimed and index:
                support = replace(support, rivals=(), reason="")
            yield self._signatory(row, action, support)

    def _signatory(self, row: RecordRow, action: RecordRow, support: Support) -> Row:
        person = row["person"].value
        membership = membership_of(self.reading.session, row)
        name = row["person"].text or row["organization"].text or row["as_reported"].text
        others = [Item((replace(run, text=run.text.strip()),)) for run in self.names(person, name)]
        who = (Item((Run(name, Role.STRONG),), support), *others)
        act = [text for text in (action["action"].text, action["date"].text) if text]
        labels = self.reading.labels
        before = f"{labels.listed(act[:-1])}{labels.comma}" if act[1:] else ""
        done = [Item((Run(before), Run(act[-1], whole=True)))] if act else []
        held = held_post(membership, action) if person and membership else None
        return Row((Cell(who), self._capacity(row, membership), Cell((*done, *self._held(held)))), link=Link(row.id))

    def _capacity(self, row: RecordRow, membership: RecordRow | None) -> Cell:
        """The post, its body, and the state where that is not the same."""
        post, body = (membership["post"].text, membership["organization"].text) if membership else ("", "")
        behalf = row["on_behalf_of"].text or (membership["on_behalf_of"].text if membership else "")
        runs = [Run(text) for text in (post, body) if text]
        if behalf not in ("", body):
            runs.append(Run(behalf, Role.QUIET))
        return Cell(tuple(Item((run,)) for run in runs))

    def _held(self, held: HeldPost | None) -> Iterator[Item]:
        labels = self.reading.labels
        words = {
            HeldPost.YES: labels.in_post,
            HeldPost.NO: labels.not_in_post,
            HeldPost.NOT_SHOWN: labels.in_post_not_shown,
        }
        if held is not None:
            yield Item((Run(words[held], Role.QUIET),))
