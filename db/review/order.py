"""The order in which parties act: what is known to have come before something that must come first."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from db.dates.column import decode
from db.models.vocabulary import Action, FindingKind
from db.review.scope import Hits, Scope, hit, select
from db.tenure import is_before

_TALKS = (Action.NEGOTIATION_OPENED, Action.AGREED_IN_PRINCIPLE, Action.INITIALLED)
_SIGNATURES = (Action.SIGNATURE, Action.SIMPLE_SIGNATURE, Action.DEFINITIVE_SIGNATURE)
_CONSENTS = (Action.RATIFICATION, Action.ACCEPTANCE_OR_APPROVAL, Action.NOTIFICATION)
_UP_TO_SIGNATURE = (*_TALKS, *_SIGNATURES)
EARLIER: Mapping[Action, tuple[Action, ...]] = {
    Action.AGREED_IN_PRINCIPLE: _TALKS[:1],
    Action.INITIALLED: _TALKS[:2],
    **dict.fromkeys(_SIGNATURES, _TALKS),
    **dict.fromkeys(_CONSENTS, _UP_TO_SIGNATURE),
    Action.PROVISIONAL_APPLICATION: _UP_TO_SIGNATURE,
    Action.ENTRY_INTO_FORCE: (*_UP_TO_SIGNATURE, *_CONSENTS),
    Action.SUSPENSION: _UP_TO_SIGNATURE,
    Action.NOTICE_OF_DENUNCIATION: _UP_TO_SIGNATURE,
    Action.WITHDRAWAL: (*_UP_TO_SIGNATURE, Action.NOTICE_OF_DENUNCIATION),
    Action.TERMINATION: (*_UP_TO_SIGNATURE, Action.NOTICE_OF_DENUNCIATION),
    Action.EXPIRY: (*_UP_TO_SIGNATURE, Action.ENTRY_INTO_FORCE),
}
"""What must come before an action, where there is such a thing (Vienna Convention on the Law of Treaties, parts II
and V). Announcements, accessions, reservations and successions have no place of their own."""
_BILATERAL = 2


class _Deed(NamedTuple):
    id: bytes
    party: bytes | None
    action: Action
    date: str
    """As the file stores it; empty without one."""

    def may_precede(self, other: "_Deed") -> bool:
        """Whether the stored days are apart (`db.dates.column`): one look at most deeds is enough."""
        return self.date[_LAST_DAY] < other.date[_FIRST_DAY]


_FIRST_DAY, _LAST_DAY = slice(0, 10), slice(11, 21)


def actions(scope: Scope) -> Iterator[Hits]:
    """Actions that are known to be earlier than all others of a kind that must come first. Its basis: theirs and its.

    What one party did is compared with what it did itself; with what the agreement did as a whole only where there
    are no more than two parties: of many, some join what has long been in force.
    """
    agreements = [row[0] for row in scope.rows("SELECT DISTINCT agreement_id FROM party_action WHERE id IN ({ids})")]
    wanted = set(scope.ids)
    bilateral = _bilateral(scope, agreements)
    for agreement, deeds in _deeds(scope, agreements).items():
        for deed in deeds if len(deeds) > 1 else ():
            if deed.id in wanted:
                yield from _out_of_order(deed, deeds, agreement in bilateral)


def _out_of_order(deed: _Deed, deeds: Sequence[_Deed], together: bool) -> Iterator[Hits]:
    earlier = EARLIER.get(deed.action, ())
    if not earlier or not deed.date or not any(deed.may_precede(other) for other in deeds):
        return
    rivals: list[_Deed] = []
    for action in earlier:
        first = [other for other in deeds if other.action is action and _are_comparable(deed, other, together)]
        if first and all(_is_before(deed, other) for other in first):
            rivals += first
    if rivals:
        told = sorted((other.date, other.action.value) for other in rivals)
        basis = (deed.action.value, deed.date, *(item for date, action in told for item in (action, date)))
        yield hit(FindingKind.OUT_OF_ORDER, deed.id, "date", basis)


def _is_before(deed: _Deed, other: _Deed) -> bool:
    return bool(other.date) and deed.may_precede(other) and is_before(decode(deed.date), decode(other.date))


def _are_comparable(deed: _Deed, other: _Deed, together: bool) -> bool:
    return deed.party == other.party or (together and None in (deed.party, other.party))


def _deeds(scope: Scope, agreements: Sequence[bytes]) -> dict[bytes, list[_Deed]]:
    query = "SELECT agreement_id, id, organization_id, action, date FROM party_action WHERE agreement_id IN ({ids})"
    found: dict[bytes, list[_Deed]] = defaultdict(list)
    for agreement, record, party, action, date in select(scope.connection, query, agreements):
        found[agreement].append(_Deed(record, party, _ACTIONS[action], date or ""))
    return found


_ACTIONS = {action.value: action for action in Action}


def _bilateral(scope: Scope, agreements: Sequence[bytes]) -> set[bytes]:
    query = f"""SELECT agreement_id FROM party WHERE agreement_id IN ({{ids}})
                GROUP BY agreement_id HAVING count(*) > {_BILATERAL}"""
    return set(agreements) - {row[0] for row in select(scope.connection, query, agreements)}
