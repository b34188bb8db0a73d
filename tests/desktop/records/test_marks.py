"""How well is known what the sections tell: a mark at the end of each line, which leads to the evidence."""

import time
import uuid

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from db.evidence import EXISTENCE
from db.models import (
    Agreement,
    Citation,
    Claim,
    Event,
    Membership,
    Organization,
    OtherName,
    PartyAction,
    Person,
    Provision,
    Relation,
    Signatory,
    Source,
    Statement,
)
from db.operations.records import add_record, add_records, delete_record
from db.queries.records import list_records
from desktop.evidence.mark import LineMark, Shape
from desktop.records.activity import EventsSection, StatementsSection
from desktop.records.agreement.contents import ProvisionsSection
from desktop.records.agreement.lifecycle import LifecycleSection
from desktop.records.agreement.parties import PartiesSection
from desktop.records.agreement.relations import RelationsSection
from desktop.records.names import NamesSection
from desktop.records.official.posts import PostsSection
from desktop.records.official.signed import SignedSection
from desktop.records.reading import ReadingSection
from tests.desktop.conftest import SmallCase
from tests.desktop.records.conftest import Page

UNCITED = "No source is cited for this."
SINGLE = "Supported by a single origin; nobody disputes it."


def cite(page: Page, subject: uuid.UUID, name: str = EXISTENCE, value: str | None = None) -> None:
    """A claim from a source of its own, as an edit of the window's own."""
    page.write(_cite, subject, name, value)


def _cite(session: Session, subject: uuid.UUID, name: str, value: str | None) -> None:
    citation = add_record(session, Citation, {"source": add_record(session, Source, {"title": "Gazette"})})
    add_record(session, Claim, {"subject": subject, "property": name, "value": value, "citation": citation})


def marks(section: ReadingSection) -> dict[str, str]:
    """What the visible marks of a section say, by what they are about."""
    found = [mark for mark in section.marks() if mark.isVisible()]
    assert all(mark.accessibleName() == f"Evidence for {mark._label}: {mark.toolTip()}" for mark in found)
    return {mark._label: mark.toolTip() for mark in found}


def mark(section: ReadingSection, label: str) -> LineMark:
    return next(found for found in section.marks() if found._label == label and found.isVisible())


class TestLifecycle:
    def test_days_steps_and_signatories(self, page: Page, small: SmallCase) -> None:
        action = page.add(
            PartyAction, agreement=small.agreement, action="signature", date="2024-09-03", place="Tokyo",
            signatories=frozenset({small.official, small.norway}),
        )  # fmt: skip
        (official,) = (key for key in signatories(page, action) if page.record(key)["person"].value == small.official)
        cite(page, action, "date", "2024-09-03")
        cite(page, official)
        page.show(small.agreement)
        told = marks(page.section(LifecycleSection))
        assert told["Signed"] == SINGLE
        assert told["Signature, 3 September 2024, Tokyo"] == f"Place: {UNCITED}\nDate: {SINGLE}"
        assert (told["Bjørn Arild Gram"], told["Norway"]) == (SINGLE, UNCITED)

    def test_the_next_agreement_is_not_marked_with_the_days_of_the_one_before(
        self, page: Page, small: SmallCase
    ) -> None:
        action = page.add(PartyAction, agreement=small.agreement, action="signature", date="2024-09-03")
        other = page.add(Agreement, title="Not signed yet")
        cite(page, action, "date", "2024-09-03")
        page.show(small.agreement)
        assert marks(page.section(LifecycleSection))["Signed"] == SINGLE
        page.show(other)
        assert "Signed" not in marks(page.section(LifecycleSection))

    def test_a_claim_on_all_signatories_is_one_on_each(self, page: Page, small: SmallCase) -> None:
        members = frozenset({small.official, small.norway})
        action = page.add(PartyAction, agreement=small.agreement, action="signature", signatories=members)
        cite(page, action, "signatories", "; ".join(sorted(map(str, members))))
        page.show(small.agreement)
        section = page.section(LifecycleSection)
        assert {marks(section)[name] for name in ("Bjørn Arild Gram", "Norway")} == {SINGLE}
        mark(section, "Norway").click()
        assert page.pane.drawer.panel._key == (action, "signatories")


def signatories(page: Page, action: uuid.UUID) -> list[uuid.UUID]:
    rows = page.live._workspace.read(list_records, Signatory)
    return [row.id for row in rows if row["action"].value == action]


def test_parties_and_the_field_of_that_name_say_the_same(page: Page, small: SmallCase) -> None:
    page.show(small.agreement)
    section = page.section(PartiesSection)
    assert marks(section) == {"Japan": UNCITED, "Norway": UNCITED}
    form = page.pane.form.cells["parties"].mark
    assert form is not None
    for told in section.marks():
        cite(page, told.told[0].record)
    page.qtbot.waitUntil(lambda: set(marks(section).values()) == {SINGLE})
    page.qtbot.waitUntil(lambda: form.toolTip() == SINGLE)


def test_a_row_is_as_good_as_its_weakest_fact(page: Page, small: SmallCase) -> None:
    event = page.add(Event, title="Visit", date="2024", place="Oslo", concerns=frozenset({small.agreement}))
    page.show(small.agreement)
    section = page.section(EventsSection)
    assert marks(section) == {"Visit": f"Date: {UNCITED}\nPlace: {UNCITED}"}
    cite(page, event, "date", "2024")
    cite(page, event, "place", "Bergen")
    page.qtbot.waitUntil(lambda: "Disputed" in marks(section)["Visit"])
    assert mark(section, "Visit")._shape is Shape.DISPUTED
    mark(section, "Visit").click()
    assert page.pane.drawer.panel._key == (event, "place")


def test_what_says_one_thing_as_a_whole(page: Page, small: SmallCase) -> None:
    other = page.add(Agreement, title="Transfer agreement")
    relation = page.add(Relation, agreement=small.agreement, relation_type="amends", target=other)
    page.add(Provision, agreement=small.agreement, provision_kind="cost", article="3")
    about = {"speaker": small.official, "concerns": frozenset({small.agreement})}
    page.add(Statement, text="Yes", source=page.add(Source, title="Daily"), **about)
    page.show(small.agreement)
    assert marks(page.section(RelationsSection)) == {"Amends: Transfer agreement": UNCITED}
    assert marks(page.section(ProvisionsSection)) == {"Article 3, Cost": UNCITED}
    assert marks(page.section(StatementsSection)) == {"Yes": SINGLE}
    mark(page.section(RelationsSection), "Amends: Transfer agreement").click()
    assert page.pane.drawer.panel._key == (relation, EXISTENCE)
    page.qtbot.waitUntil(lambda: page.pane.drawer.panel.known is not None)


def test_an_officials_names_posts_and_signatures(page: Page, small: SmallCase) -> None:
    name = page.add(OtherName, record=small.official, name="ビョルン")
    page.add(Membership, person=small.official, organization=small.norway, start_date="2021")
    page.add(PartyAction, agreement=small.agreement, action="signature", signatories=frozenset({small.official}))
    page.show(small.official)
    assert marks(page.section(NamesSection)) == {}, "what somebody is called needs no source"
    assert marks(page.section(PostsSection)) == {"Norway": UNCITED}
    assert set(marks(page.section(SignedSection))) == {"Memorandum on equipment"}
    cite(page, name, "name", "ビョルン")
    page.qtbot.waitUntil(lambda: marks(page.section(NamesSection)) == {"ビョルン": SINGLE})


def test_marks_follow_the_file_without_new_rows(page: Page, small: SmallCase) -> None:
    provision = page.add(Provision, agreement=small.agreement, provision_kind="cost", article="3")
    page.show(small.agreement)
    section = page.section(ProvisionsSection)
    content = section._content
    assert marks(section) == {"Article 3, Cost": UNCITED}
    cite(page, provision)
    page.qtbot.waitUntil(lambda: marks(section) == {"Article 3, Cost": SINGLE})
    (claim,) = page.live._workspace.read(list_records, Claim)
    page.write(delete_record, claim.id)
    page.qtbot.waitUntil(lambda: marks(section) == {"Article 3, Cost": UNCITED})
    assert section._content is content


def test_they_stand_under_each_other_and_answer_the_keyboard(page: Page, small: SmallCase) -> None:
    rows = [{"agreement": small.agreement, "provision_kind": "cost", "article": str(n)} for n in (1, 22, 333)]
    page.live._workspace.write("Many", add_records, Provision, rows)
    page.show(small.agreement)
    section = page.section(ProvisionsSection)
    lefts = {found.mapTo(section, found.rect().topLeft()).x() for found in section.marks()}
    assert len(lefts) == 1
    assert section.width() - lefts.pop() < 48
    first = section.marks()[0]
    first.setFocus()
    with page.qtbot.waitSignal(page.pane.sections.fact_asked) as asked:
        QTest.keyClick(first, Qt.Key.Key_Space)
    assert asked.args is not None
    assert asked.args[0].field == EXISTENCE


def test_a_source_is_cited_for_what_the_drawer_shows(page: Page, small: SmallCase) -> None:
    provision = page.add(Provision, agreement=small.agreement, provision_kind="cost", article="3")
    page.show(small.agreement)
    page.section(ProvisionsSection).marks()[0].click()
    page.qtbot.waitUntil(lambda: page.pane.drawer.panel.known is not None)
    page.pane.evidence_action.trigger()
    assert page.pane.drawer.panel._key == (provision, EXISTENCE)


class Pulse(QObject):
    """Counts how often the window gets its turn."""

    def __init__(self) -> None:
        super().__init__()
        self.beats, self.longest, self._last = 0, 0.0, time.perf_counter()
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.beats, self.longest, self._last = self.beats + 1, max(self.longest, now - self._last), now


@pytest.mark.timeout(120)
def test_many_marks_are_set_in_turns(page: Page, qtbot: QtBot, small: SmallCase) -> None:
    """Sixty parties and three hundred signatories: while marks are set, the window goes on."""
    states = page.live._workspace.write(
        "States", add_records, Organization, [{"name": f"State {n:02}", "classification": "state"} for n in range(60)]
    )
    people = page.live._workspace.write("People", add_records, Person, [{"name": f"Person {n:03}"} for n in range(300)])
    values = {"title": "Convention", "parties": frozenset(states)}
    agreement = page.live._workspace.write("Convention", add_record, Agreement, values)
    page.add(PartyAction, agreement=agreement, action="signature", date="2024", signatories=frozenset(people))
    page.show(agreement)
    section = page.section(LifecycleSection)
    for _ in range(6):
        section._show_more(section._told.ladders[0].steps[0].id)  # type: ignore[attr-defined]
    page.settle()
    shown = [found for found in section.marks() if found.isVisible()]
    assert len(shown) > 300
    pulse = Pulse()
    page.live.write("Cite", _cite, shown[-1].told[0].record, EXISTENCE, None)
    qtbot.waitUntil(lambda: shown[-1].toolTip() == SINGLE)
    assert pulse.beats > 10
