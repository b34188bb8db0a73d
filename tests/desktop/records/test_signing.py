"""Adding a signatory: the post that fits the day is proposed, and nothing is written before it is complete."""

import uuid
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QPushButton

from db.models import Membership, PartyAction, Person, Post, Signatory
from db.operations.records import delete_record
from db.queries.records import RecordRow, list_records
from desktop.forms.dialog import NewRecordDialog
from desktop.forms.editors import TextEditor
from desktop.forms.references import Chip, ReferenceEditor
from desktop.records.agreement.lifecycle import LifecycleSection
from desktop.records.agreement.signing import SignatoryDialog
from tests.desktop.conftest import SmallCase
from tests.desktop.finding import child, open_dialogs
from tests.desktop.records.conftest import Page, texts


@dataclass
class Signing:
    """The dialog, open on the signature of the small case's agreement."""

    page: Page
    small: SmallCase
    action: uuid.UUID
    dialog: SignatoryDialog

    @property
    def add(self) -> QPushButton:
        return child(self.dialog, QPushButton, "add")

    def choose(self, record: uuid.UUID) -> None:
        """Choose a record, and wait for what is proposed."""
        self.dialog.picker.chosen.emit(record)
        self.page.qtbot.waitUntil(lambda: self.dialog._signer is not None and self.dialog._signer.id == record)

    def finish(self) -> RecordRow:
        """Press the button; the one signatory that the file then has."""
        with self.page.qtbot.waitSignal(self.dialog.made):
            self.page.qtbot.mouseClick(self.add, Qt.MouseButton.LeftButton)
        (row,) = self.page.live._workspace.read(list_records, Signatory)
        return row


@pytest.fixture
def signing(page: Page, small: SmallCase) -> Signing:
    action = page.add(PartyAction, agreement=small.agreement, action="signature", date="2024-09-03", place="Tokyo")
    page.show(small.agreement)
    section = page.section(LifecycleSection)
    child(section, QAbstractButton, f"sign_{action}").click()
    (dialog,) = open_dialogs(SignatoryDialog)
    return Signing(page, small, action, dialog)


def hold(signing: Signing, label: str, start: str, end: str) -> uuid.UUID:
    page = signing.page
    post = page.add(Post, label=label)
    dates = {"start_date": start, "start_meaning": "started", "end_date": end, "end_meaning": "ended"}
    return page.add(Membership, person=signing.small.official, post=post, **dates)


def test_the_post_of_the_day_is_proposed(signing: Signing) -> None:
    hold(signing, "Mayor", "2000", "2004")
    minister = hold(signing, "Minister of Defence", "2022-04-12", "2025-02-04")
    assert "Signature, 3 September 2024, Tokyo" in texts(signing.dialog)
    assert not signing.add.isEnabled()
    signing.choose(signing.small.official)
    posts = signing.dialog.posts
    signing.page.qtbot.waitUntil(lambda: posts.count() == 4)
    assert [posts.itemText(place) for place in range(4)] == ["Minister of Defence", "Mayor", "Not known", "New post…"]
    assert posts.currentIndex() == 0
    assert "Held it that day: started 12 April 2022  ·  ended 4 February 2025" in texts(signing.dialog)
    row = signing.finish()
    assert (row["person"].value, row["membership"].value) == (signing.small.official, minister)
    assert signing.page.live.undo_state.undo is not None
    assert signing.page.live.undo_state.undo.label == "Add signatory"


def test_a_post_that_was_not_held_is_never_proposed(signing: Signing) -> None:
    mayor = hold(signing, "Mayor", "2000", "2004")
    signing.choose(signing.small.official)
    posts = signing.dialog.posts
    signing.page.qtbot.waitUntil(lambda: posts.count() == 3)
    assert posts.currentText() == "Not known"
    posts.setCurrentIndex(0)
    assert any(text.startswith("Did not hold it that day") for text in texts(signing.dialog))
    assert signing.finish()["membership"].value == mayor


def test_an_organization_signs_without_a_post(signing: Signing) -> None:
    signing.choose(signing.small.japan)
    assert not signing.dialog.posts.isVisible()
    row = signing.finish()
    assert (row["organization"].value, row["person"].value) == (signing.small.japan, None)


def test_words_as_reported_stand_for_nobody_named(signing: Signing) -> None:
    signing.page.qtbot.keyClicks(signing.dialog.words, "a senior official")
    assert signing.finish()["as_reported"].text == "a senior official"


def test_another_signer_can_be_chosen(signing: Signing) -> None:
    signing.choose(signing.small.japan)
    chip = child(signing.dialog, Chip)
    chip.removed.emit(signing.small.japan)
    assert signing.dialog.picker.isVisible()
    assert not signing.add.isEnabled()
    assert signing.dialog.picker.hasFocus()


def test_an_official_who_is_not_there_is_made_first(signing: Signing) -> None:
    signing.dialog.picker.wanted.emit(("officials", "Minoru Kihara"))
    (dialog,) = open_dialogs(NewRecordDialog)
    child(dialog, QAbstractButton, "add").click()
    signing.page.qtbot.waitUntil(lambda: signing.dialog._signer is not None)
    assert "Minoru Kihara" not in people(signing)
    assert signing.finish()["person"].text == "Minoru Kihara"
    assert signing.page.live.undo_state.undo is not None
    assert signing.page.live.undo_state.undo.label == "Add signatory"


def people(signing: Signing) -> list[str]:
    return [row.title for row in signing.page.live._workspace.read(list_records, Person)]


def test_nobody_is_left_behind_by_a_dialog_that_was_cancelled(signing: Signing) -> None:
    before = people(signing)
    signing.dialog.picker.wanted.emit(("officials", "Minoru Kihara"))
    (dialog,) = open_dialogs(NewRecordDialog)
    child(dialog, QAbstractButton, "add").click()
    signing.page.qtbot.waitUntil(lambda: signing.dialog._signer is not None)
    signing.dialog.reject()
    with signing.page.qtbot.waitSignal(signing.dialog.rejected):
        child(signing.dialog, QPushButton, "discard").click()
    assert people(signing) == before


def test_a_post_that_is_not_there_is_given_in_place(signing: Signing) -> None:
    signing.choose(signing.small.official)
    posts = signing.dialog.posts
    signing.page.qtbot.waitUntil(lambda: posts.count() == 2)
    posts.setCurrentIndex(1)
    label, since = signing.dialog.post.editor("label"), signing.dialog.since.editor("start_date")
    assert isinstance(label, TextEditor)
    assert isinstance(since, TextEditor)
    signing.add.click()
    assert label.line.property("trouble")
    signing.page.qtbot.keyClicks(label.line, "Envoy")
    signing.page.qtbot.keyClicks(since.line, "May 2024")
    organization = signing.dialog.post.editor("organization")
    assert isinstance(organization, ReferenceEditor)
    organization.take(signing.small.japan)
    signing.page.qtbot.waitUntil(lambda: organization.value() == signing.small.japan)
    row = signing.finish()
    (held,) = signing.page.live._workspace.read(list_records, Membership)
    assert row["membership"].value == held.id
    assert (held["post"].text, held["start_date"].text, held["start_meaning"].text) == ("Envoy", "May 2024", "started")


def test_a_refusal_keeps_the_dialog(signing: Signing) -> None:
    signing.choose(signing.small.official)
    signing.page.write(delete_record, signing.action)
    signing.add.click()
    signing.page.qtbot.waitUntil(signing.dialog._trouble.isVisible)
    assert signing.dialog.isVisible()
    assert signing.add.isEnabled()
