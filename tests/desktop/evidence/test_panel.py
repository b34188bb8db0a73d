"""The panel that says why a value is believed: what it shows, what it does, and that it follows the file."""

from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from db.evidence import Verdict
from db.operations.claims import NewCitation, NewSource, accept, cite
from db.operations.records import delete_record, set_field
from desktop.evidence.accept_dialog import AcceptDialog
from desktop.evidence.body import EvidenceBody
from desktop.evidence.card import ClaimCard, Passage, SourceLink
from desktop.evidence.claim_dialog import ClaimDialog
from desktop.evidence.panel import EvidencePanel
from desktop.live import LiveCase
from desktop.places import Place
from tests.desktop.evidence.conftest import FIELD, File, the


@pytest.fixture
def panel(live: LiveCase, qtbot: QtBot) -> EvidencePanel:
    panel = EvidencePanel(live)
    qtbot.addWidget(panel)
    panel.resize(400, 900)
    panel.show()
    return panel


@pytest.fixture
def shown(panel: EvidencePanel, agreement: UUID, qtbot: QtBot) -> EvidencePanel:
    """The panel with the place of signature and its three claims."""
    panel.show_field(agreement, FIELD)
    qtbot.waitUntil(lambda: len(cards(panel)) == 3)
    return panel


def body(panel: EvidencePanel) -> EvidenceBody:
    return the(panel, EvidenceBody)


def cards(panel: EvidencePanel) -> list[ClaimCard]:
    return body(panel).cards


def words(widget: QWidget) -> list[str]:
    """All that is there to be read, from top to bottom as it was made."""
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget) and label.text()]


def card_of(panel: EvidencePanel, source: str) -> ClaimCard:
    return next(card for card in cards(panel) if card.claim.citation.source.title.startswith(source))


def choose(card: ClaimCard, name: str) -> None:
    action = card.more.menu().findChild(QAction, name)
    assert action is not None
    action.trigger()


def test_it_begins_with_what_it_is_for(panel: EvidencePanel) -> None:
    assert "Why do we believe this?" in words(panel)
    assert not panel.cite_action.isEnabled()


class TestShown:
    def test_the_value_and_its_standing_come_first(self, shown: EvidencePanel) -> None:
        told = words(body(shown).head)
        assert {"Memorandum on equipment", "Place signed", "Tokyo", "Disputed by one origin; supported by one."} == set(
            told
        )

    def test_claims_stand_in_groups_with_those_against_it_last(self, shown: EvidencePanel) -> None:
        assert [card.claim.row.verdict for card in cards(shown)] == [
            Verdict.SUPPORTS,
            Verdict.SUPPORTS,
            Verdict.DISPUTES,
        ]
        told = words(shown)
        assert told.index("Says so (2)") < told.index("Says otherwise (1)")

    def test_a_card_has_passage_source_grade_and_analyst(self, shown: EvidencePanel) -> None:
        told = words(card_of(shown, "Release"))
        assert "“東京で署名”" in told
        assert "Completely reliable · probably true" in told
        assert any(line.startswith("Entered by Ann Analyst, ") for line in told)
        assert any("Release &lt;b&gt;of the ministry&lt;/b&gt;" in line for line in told), (
            "words of a file are no markup"
        )

    def test_a_card_says_whom_it_repeats_and_what_it_says_instead(self, shown: EvidencePanel) -> None:
        assert "Repeats “Release <b>of the ministry</b>”" in words(card_of(shown, "Jiji"))
        assert "Oslo" in words(card_of(shown, "Rumour"))
        assert "Not graded" in words(card_of(shown, "Rumour"))

    def test_a_source_opens(self, shown: EvidencePanel, qtbot: QtBot) -> None:
        card = card_of(shown, "Jiji")
        link = the(card, SourceLink)
        with qtbot.waitSignal(shown.opened) as opened:
            link.linkActivated.emit("source")
        assert opened.args == [Place(card.claim.citation.source.id)]

    def test_everything_has_a_name(self, shown: EvidencePanel) -> None:
        for card in cards(shown):
            assert card.accessibleName()
            assert card.more.accessibleName()
            assert card.accept.accessibleName().startswith("Accept what ")

    def test_a_claim_is_copied_with_its_source(self, shown: EvidencePanel, qtbot: QtBot) -> None:
        with qtbot.waitSignal(shown.told):
            choose(card_of(shown, "Release"), "copy")
        assert QGuiApplication.clipboard().text().splitlines() == [
            "Tokyo",
            "“東京で署名”",
            "Release <b>of the ministry</b>",
            "A2: completely reliable · probably true",
        ]


class TestFollowing:
    def test_an_edit_is_shown(self, shown: EvidencePanel, agreement: UUID, file: File, qtbot: QtBot) -> None:
        file.write(set_field, agreement, FIELD, "Oslo")
        qtbot.waitUntil(lambda: "Disputed by one origin; supported by one." in words(shown))
        qtbot.waitUntil(
            lambda: len(cards(shown)) == 3 and card_of(shown, "Rumour").claim.row.verdict is Verdict.SUPPORTS
        )

    def test_nothing_is_drawn_anew_where_nothing_changed(
        self, shown: EvidencePanel, agreement: UUID, file: File, qtbot: QtBot
    ) -> None:
        before = list(cards(shown))
        file.write(set_field, agreement, "summary", "Another field")
        file.known(agreement)
        qtbot.waitUntil(lambda: shown._ticket is not None and shown._ticket.is_over)
        assert cards(shown) == before

    def test_the_focus_stays_at_its_claim(
        self, shown: EvidencePanel, agreement: UUID, file: File, qtbot: QtBot
    ) -> None:
        card_of(shown, "Rumour").more.setFocus()
        new = NewCitation(NewSource({"title": "Another"}))
        file.write(cite, agreement, FIELD, new)
        qtbot.waitUntil(lambda: len(cards(shown)) == 4)
        qtbot.waitUntil(lambda: card_of(shown, "Rumour").more.hasFocus())

    def test_a_record_that_goes_leaves_nothing(
        self, shown: EvidencePanel, agreement: UUID, file: File, qtbot: QtBot
    ) -> None:
        file.write(delete_record, agreement)
        qtbot.waitUntil(lambda: shown.known is None)
        assert not shown.cite_action.isEnabled()
        assert "Why do we believe this?" in words(shown)

    def test_only_the_last_field_that_was_asked_for_is_shown(
        self, panel: EvidencePanel, agreement: UUID, qtbot: QtBot
    ) -> None:
        for name in (FIELD, "title", "summary", "parties"):
            panel.show_field(agreement, name)
        qtbot.waitUntil(lambda: panel.known is not None)
        assert panel.known is not None
        assert (panel.known.name, panel.known.text) == ("parties", "Japan; Norway")


class TestUncited:
    def test_it_says_what_to_do_first(self, panel: EvidencePanel, agreement: UUID, qtbot: QtBot) -> None:
        panel.show_field(agreement, "title")
        qtbot.waitUntil(lambda: "No source is cited for this" in words(panel))
        assert "Add one: Ctrl+Shift+C" in words(panel)
        with qtbot.waitSignal(panel.cite_action.triggered):
            body(panel).uncited.button.click()
        assert panel.findChild(ClaimDialog) is not None

    def test_citing_a_field_shows_it_first(self, panel: EvidencePanel, agreement: UUID, qtbot: QtBot) -> None:
        panel.cite(agreement, "title")
        qtbot.waitUntil(lambda: panel.findChild(ClaimDialog) is not None)
        assert the(panel, ClaimDialog).windowTitle() == "Cite a source for title"


class TestDoing:
    def test_accepting_sets_the_value_and_shows_the_reason(
        self, shown: EvidencePanel, agreement: UUID, file: File, qtbot: QtBot
    ) -> None:
        card_of(shown, "Rumour").accept.click()
        dialog = the(shown, AcceptDialog)
        assert the(dialog, Passage).words.text() == "It becomes “Oslo”; now it is “Tokyo”."
        save = the(dialog, QPushButton, "acceptButton")
        save.click()
        assert "Say why" in dialog.trouble.text()
        dialog.reason.setPlainText("It was there. ")
        save.click()
        qtbot.waitUntil(lambda: "Accepted: Oslo" in words(shown))
        assert "It was there." in words(shown)
        assert file.known(agreement).text == "Oslo"
        unaccept = the(shown, QPushButton, "unaccept")
        unaccept.setFocus()
        unaccept.click()
        qtbot.waitUntil(lambda: "Accepted: Oslo" not in words(shown))
        assert file.known(agreement).text == "Oslo"
        qtbot.waitUntil(lambda: shown.window().focusWidget() is body(shown).head.cite)

    def test_a_value_typed_over_an_accepted_one_says_so_and_can_be_accepted_again(
        self, shown: EvidencePanel, agreement: UUID, file: File, qtbot: QtBot
    ) -> None:
        file.write(accept, card_of(shown, "Rumour").claim.row.id, "It was there.")
        file.write(set_field, agreement, FIELD, "Kyoto")
        qtbot.waitUntil(lambda: "The value departs from the accepted claim: Oslo" in words(shown))
        assert any("departs from the accepted claim" in each for each in words(body(shown).head))
        the(shown, QPushButton, "acceptAgain").click()
        dialog = the(shown, AcceptDialog)
        assert dialog.reason.toPlainText() == "It was there."
        the(dialog, QPushButton, "acceptButton").click()
        qtbot.waitUntil(lambda: "Accepted: Oslo" in words(shown))
        assert file.known(agreement).text == "Oslo"

    def test_a_refused_acceptance_keeps_the_reason(self, shown: EvidencePanel, file: File, qtbot: QtBot) -> None:
        card = card_of(shown, "Rumour")
        card.accept.click()
        dialog = the(shown, AcceptDialog)
        file.write(delete_record, card.claim.row.id)
        dialog.reason.setPlainText("It was there.")
        the(dialog, QPushButton, "acceptButton").click()
        qtbot.waitUntil(lambda: "There is no record" in dialog.trouble.text())
        assert dialog.reason.toPlainText() == "It was there."
        assert dialog.isVisible()

    def test_withdrawing_takes_the_claim_away(
        self, shown: EvidencePanel, agreement: UUID, file: File, qtbot: QtBot
    ) -> None:
        choose(card_of(shown, "Rumour"), "withdraw")
        qtbot.waitUntil(lambda: len(cards(shown)) == 2)
        assert "Supported by a single origin; nobody disputes it." in words(shown)

    def test_changing_opens_its_dialog(self, shown: EvidencePanel) -> None:
        choose(card_of(shown, "Rumour"), "change")
        assert the(shown, ClaimDialog).windowTitle() == "Change a claim on place signed"


def test_forty_claims_come_a_few_at_a_time(panel: EvidencePanel, agreement: UUID, file: File, qtbot: QtBot) -> None:
    file.write(_add_many, agreement)
    panel.show_field(agreement, FIELD)
    qtbot.waitUntil(lambda: bool(cards(panel)))
    assert len(cards(panel)) < 10
    qtbot.waitUntil(lambda: len(cards(panel)) == 43)
    assert "Disputed by one origin; supported by 41." in words(panel)


def _add_many(session: Session, agreement: UUID) -> None:
    for number in range(40):
        cite(session, agreement, FIELD, NewCitation(NewSource({"title": f"Source {number}"})))


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("وقع الوزيران", Qt.AlignmentFlag.AlignRight),
        ("署名", Qt.AlignmentFlag.AlignLeft),
        ("1.", Qt.AlignmentFlag.AlignLeft),
    ],
)
def test_a_passage_stands_in_its_own_direction(qtbot: QtBot, text: str, side: Qt.AlignmentFlag) -> None:
    passage = Passage(f"“{text}”")
    qtbot.addWidget(passage)
    assert passage.words.alignment() & side


@pytest.mark.parametrize(("letter", "shown"), [("x", 400), ("覚", 200)])
def test_a_long_passage_shows_its_beginning_until_asked(qtbot: QtBot, letter: str, shown: int) -> None:
    passage = Passage(letter * 3_000)
    qtbot.addWidget(passage)
    assert passage.words.text() == letter * shown + " …"
    assert passage.more.text() == "Show all 3,000 characters"
    passage.more.click()
    assert passage.words.text() == letter * 3_000
    short = Passage(letter * shown)
    qtbot.addWidget(short)
    assert short.words.text() == letter * shown
    assert short.more.isHidden()
