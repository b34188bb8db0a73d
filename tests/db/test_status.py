"""What an agreement's actions amount to."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.dates import read
from db.models.vocabulary import Action
from db.status import STATUS_AFTER, Deed, Status, status_of, status_of_whole

ORDER = list(Status)
DATES = st.sampled_from([None, "2010", "2015-06", "2020-01-01", "when the war began", "2015~", "../2016"])
DEEDS = st.lists(
    st.builds(
        Deed,
        action=st.sampled_from(Action),
        party=st.sampled_from([None, "JPN", "NOR", "GBR"]),
        date=DATES.map(lambda text: None if text is None else read(text)),
    ),
    max_size=8,
)


def deeds(*told: str) -> list[Deed]:
    """Deeds from words: "signature JPN 2024-09-03", "entry into force", "suspension 2010"."""
    found = []
    for text in told:
        action = max(
            (action for action in Action if text.startswith(action.value)), key=lambda action: len(action.value)
        )
        words = text.removeprefix(action.value).split()
        party = next((word for word in words if word.isupper()), None)
        date = " ".join(word for word in words if word != party)
        found.append(Deed(action, party, read(date) if date else None))
    return found


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ([], Status.NOT_KNOWN),
        (["reservation"], Status.NOT_KNOWN),
        (["announced"], Status.ANNOUNCED),
        (["announced", "negotiation opened"], Status.UNDER_NEGOTIATION),
        (["agreed in principle"], Status.AGREED),
        (["initialled"], Status.INITIALLED),
        (["signature 2024-09-03"], Status.SIGNED),
        (["definitive signature"], Status.SIGNED),
        (["signature", "ratification"], Status.CONSENTED),
        (["ratification", "signature"], Status.CONSENTED),
        (["notification of completed procedures"], Status.CONSENTED),
        (["provisional application"], Status.PROVISIONALLY_APPLIED),
        (["signature", "entry into force"], Status.IN_FORCE),
        (["succession"], Status.IN_FORCE),
        (["entry into force", "notice of denunciation"], Status.DENOUNCED),
        (["entry into force", "termination"], Status.ENDED),
        (["entry into force", "expiry"], Status.ENDED),
        (["entry into force 2000", "suspension 2010"], Status.SUSPENDED),
        (["entry into force 2000", "suspension"], Status.SUSPENDED),
        (["suspension 2010", "entry into force 2012"], Status.IN_FORCE),
        (["entry into force 2000", "suspension 2010", "entry into force 2012"], Status.IN_FORCE),
        (["suspension 2010", "entry into force 2012", "suspension 2015"], Status.SUSPENDED),
        # what is not known to be later lifts no suspension
        (["suspension 2010", "entry into force 2010-06"], Status.SUSPENDED),
        (["suspension 2010", "entry into force"], Status.SUSPENDED),
        (["suspension when the war began", "entry into force 2012"], Status.SUSPENDED),
        (["suspension 2010", "suspension", "entry into force 2012"], Status.SUSPENDED),
        (["suspension 2010", "entry into force 2010~"], Status.SUSPENDED),
    ],
)
def test_of_deeds(told: list[str], status: Status) -> None:
    assert status_of(deeds(*told)) is status


@pytest.mark.parametrize(
    ("told", "parties", "status"),
    [
        ([], [], Status.NOT_KNOWN),
        ([], ["JPN", "NOR"], Status.NOT_KNOWN),
        (["signature"], ["JPN", "NOR"], Status.SIGNED),
        (["signature JPN"], ["JPN", "NOR"], Status.NOT_KNOWN),
        (["signature JPN", "signature NOR"], ["JPN", "NOR"], Status.SIGNED),
        (["signature JPN", "ratification NOR"], ["JPN", "NOR"], Status.SIGNED),
        (["signature JPN", "signature NOR", "entry into force"], ["JPN", "NOR"], Status.IN_FORCE),
        (["entry into force", "withdrawal JPN"], ["JPN", "NOR"], Status.ENDED),
        (["entry into force", "withdrawal JPN"], ["JPN", "NOR", "GBR"], Status.IN_FORCE),
        (["entry into force", "notice of denunciation JPN"], ["JPN", "NOR", "GBR"], Status.IN_FORCE),
        (["announced", "signature GBR"], ["JPN", "NOR"], Status.ANNOUNCED),
    ],
)
def test_of_the_whole(told: list[str], parties: list[str], status: Status) -> None:
    assert status_of_whole(deeds(*told), parties) is status


def test_every_action_but_a_reservation_leads_somewhere() -> None:
    assert set(Action) - STATUS_AFTER.keys() == {Action.RESERVATION}


@given(told=DEEDS)
def test_in_force_needs_an_entry_into_force(told: list[Deed]) -> None:
    """Unknown is not none: nothing else makes an agreement be in force."""
    others = [deed for deed in told if deed.action not in (Action.ENTRY_INTO_FORCE, Action.SUCCESSION)]
    assert status_of_whole(others, ["JPN", "NOR"]) is not Status.IN_FORCE


@given(told=DEEDS, order=st.randoms())
def test_the_order_of_entry_says_nothing(told: list[Deed], order: Random) -> None:
    mixed = told.copy()
    order.shuffle(mixed)
    assert status_of_whole(mixed, ["JPN", "NOR"]) is status_of_whole(told, ["NOR", "JPN"])


@given(told=DEEDS, more=DEEDS)
def test_more_deeds_never_lead_back_but_out_of_a_suspension(told: list[Deed], more: list[Deed]) -> None:
    before, after = status_of(told), status_of([*told, *more])
    assert ORDER.index(after) >= ORDER.index(before) or before is Status.SUSPENDED
