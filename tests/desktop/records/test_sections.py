"""Sections together: what they tell once, how they keep up with edits, and that everybody can use them."""

import uuid
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from db.models import (
    Agreement,
    AgreementText,
    Equipment,
    Event,
    Programme,
    Provision,
    Relation,
    Source,
    Statement,
)
from db.opening import open_case
from db.operations.records import add_records, delete_record
from db.queries.portions import FIRST
from db.queries.records import list_records
from db.trust import Trust, digest_of
from desktop.building import Builder
from desktop.forms.captions import class_named
from desktop.live import LiveCase
from desktop.records.activity import EventsSection, StatementsSection, ThingsSection
from desktop.records.agreement.contents import ProvisionsSection, TextsSection
from desktop.records.agreement.relations import RelationsSection
from desktop.records.sections import OWN
from desktop.sample import SAMPLE_FILE
from desktop.widgets.pill import Pill
from desktop.workspace import Workspace
from tests.desktop.conftest import SmallCase, lively
from tests.desktop.finding import child
from tests.desktop.records.conftest import Page, links, page_of, texts
from tests.desktop.window.accessible import nameless


def test_provisions_stand_under_their_kind(page: Page, small: SmallCase) -> None:
    for kind, article in (("cost", ""), ("joint research", "3"), ("cost", "5")):
        page.add(Provision, agreement=small.agreement, provision_kind=kind, article=article, text=f"On {kind}.")
    page.show(small.agreement)
    section = page.section(ProvisionsSection)
    assert links(section) == ["Article 3", "Provision", "Article 5"]
    assert {"Joint research", "Cost", "On cost."} <= set(texts(section))


def test_relations_are_told_from_the_side_of_the_record(page: Page, small: SmallCase) -> None:
    other = page.add(Agreement, title="Transfer agreement")
    page.add(Relation, agreement=small.agreement, relation_type="amends", target=other)
    page.show(small.agreement)
    section = page.section(RelationsSection)
    assert links(section) == ["Amends", "Transfer agreement"]
    assert child(section, Pill).accessibleName() == "Not known"
    page.show(other)
    assert links(section) == ["Amended by", "Memorandum on equipment"]


def test_texts_say_what_is_known_of_them(page: Page, small: SmallCase) -> None:
    source = page.add(Source, title="Gazette")
    page.add(
        AgreementText, agreement=small.agreement, language="nb", authentic=False, publicity="public", source=source,
        location="https://example.org/text",
    )  # fmt: skip
    page.add(AgreementText, agreement=small.agreement, publicity="unknown")
    page.show(small.agreement)
    section = page.section(TextsSection)
    assert links(section) == ["Norwegian Bokmål", "Gazette", "Language not known"]
    told = {"not an authentic text  ·  public", "https://example.org/text", "not known whether it is public"}
    assert told <= set(texts(section))


def test_what_happened_around_an_agreement_is_told(page: Page, small: SmallCase) -> None:
    about = frozenset({small.agreement})
    missile = page.add(Equipment, designation="JSM", manufacturer=small.norway, concerns=about)
    programme = page.add(Programme, name="Integration", agreements=about, equipment={missile})
    page.add(Event, title="Test flight", concerns={programme}, event_type="exercise", date="2021")
    page.add(Statement, speaker=small.official, text="It works", wording="exact words", concerns=about)
    page.show(small.agreement)
    assert links(page.section(ThingsSection)) == ["Integration", "JSM", "JSM", "Norway"]
    assert "2021  ·  Exercise  ·  about a programme that rests on it" in texts(page.section(EventsSection))
    assert links(page.section(StatementsSection)) == ["“It works”", "Bjørn Arild Gram"]


def test_a_long_list_is_shown_in_portions(page: Page, small: SmallCase) -> None:
    rows = [{"agreement": small.agreement, "provision_kind": "cost", "text": f"No. {n}"} for n in range(60)]
    page.live._workspace.write("Many", add_records, Provision, rows)
    page.show(small.agreement)
    section = page.section(ProvisionsSection)
    assert len(links(section)) == FIRST
    more = child(section, QAbstractButton, "showMore")
    assert more.text() == "Show 25 more"
    more.setFocus()
    more.click()
    page.settle()
    assert len(links(section)) == 2 * FIRST
    focused = QApplication.focusWidget()
    assert focused is not None
    assert section.isAncestorOf(focused)
    page.show(small.agreement)
    other = page.add(Agreement, title="Other")
    page.show(other)
    assert links(section) == []


def test_sections_follow_edits_that_somebody_else_makes(page: Page, small: SmallCase) -> None:
    provision = page.add(Provision, agreement=small.agreement, provision_kind="cost", text="Before")
    page.show(small.agreement)
    section = page.section(ProvisionsSection)
    page.put(provision, "text", "After")
    page.qtbot.waitUntil(lambda: "After" in texts(section))
    page.write(delete_record, provision)
    page.qtbot.waitUntil(lambda: not links(section))


def test_what_has_not_changed_is_not_built_again(page: Page, small: SmallCase) -> None:
    page.add(Provision, agreement=small.agreement, provision_kind="cost", text="Stays")
    page.show(small.agreement)
    content = page.section(ProvisionsSection)._content
    page.put(small.agreement, "place_signed", "Oslo")
    assert page.section(ProvisionsSection)._content is content


def test_no_group_is_told_twice(qtbot: QtBot, sample: LiveCase) -> None:
    page = page_of(qtbot, sample)
    for plural in OWN:
        for row in sample._workspace.read(list_records, class_named(plural))[:3]:
            page.show(row.id)
            told = [group for section in page.pane.sections._own for group in section.TELLS]
            assert len(told) == len(set(told))
            assert not set(told) & page.pane.sections._groups.keys()


def test_every_control_has_a_name(qtbot: QtBot, sample: LiveCase) -> None:
    page = page_of(qtbot, sample)
    for plural in OWN:
        page.show(sample._workspace.read(list_records, class_named(plural))[0].id)
        assert nameless(page.pane.sections) == []


@pytest.fixture
def read_only(sample_file: Path, tmp_path: Path, trust: Trust) -> Iterator[LiveCase]:
    """The sample, which somebody else has open."""
    path = Path(copyfile(sample_file, tmp_path / SAMPLE_FILE))
    trust.remember(digest_of(path))
    with lively(Workspace(open_case(path, trust))) as live:
        yield live


@pytest.mark.parametrize("plural", list(OWN))
def test_a_file_that_can_only_be_read_has_no_way_to_add(qtbot: QtBot, read_only: LiveCase, plural: str) -> None:
    page = page_of(qtbot, read_only)
    page.show(read_only._workspace.read(list_records, class_named(plural))[0].id)
    adders = [
        button.accessibleName()
        for button in page.pane.sections.findChildren(QAbstractButton)
        if button.isVisible() and button.accessibleName().startswith("Add")
    ]
    assert adders == []


class Pieces:
    """Work in many pieces, each of which takes longer than a turn."""

    def __init__(self) -> None:
        self.done: list[uuid.UUID] = []

    def __iter__(self) -> Iterator[object]:
        for _ in range(5):
            self.done.append(uuid.uuid4())
            yield from range(300_000)


def test_building_lets_the_window_have_its_turn(qtbot: QtBot) -> None:
    builder, work = Builder(), Pieces()
    with qtbot.waitSignal(builder.finished):
        builder.start(iter(work))
        assert len(work.done) < 5
    assert len(work.done) == 5


def test_building_that_is_replaced_never_ends(qtbot: QtBot) -> None:
    builder, first, second = Builder(), Pieces(), Pieces()
    builder.start(iter(first))
    with qtbot.waitSignal(builder.finished):
        builder.start(iter(second))
    assert (len(first.done) < 5, len(second.done)) == (True, 5)
