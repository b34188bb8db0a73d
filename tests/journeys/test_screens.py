"""The main screens look as they did when somebody last looked at them, light and dark.

`pytest tests/journeys/test_screens.py --update-screens` takes the pictures anew: open each and look before committing.
"""

import itertools
import os
import random
import time
import uuid
from pathlib import Path
from shutil import copyfile

import pytest
from PySide6.QtWidgets import QApplication, QTextBrowser, QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.log import Editor
from db.models import Agreement, OtherName, Party, Person, Task
from db.operations.records import add_record, delete_record, set_field
from db.trust import Trust
from desktop.app import Application
from desktop.dialogs.trouble import TroubleBox
from desktop.pages.duplicates import DuplicatesPage
from desktop.sample import SAMPLE_FILE, make_sample
from desktop.settings import editor
from desktop.theme import Theme
from desktop.widgets.labels import ElidedLabel
from desktop.workspace import Workspace
from tests.desktop.finding import child, open_dialogs
from tests.journeys.conftest import AUTHOR, open_elsewhere
from tests.journeys.hands import Hands
from tests.journeys.pictures import compare, take
from tests.journeys.test_merging import KARI, agreement, edit_of, look_at

SCREENS = Path(__file__).with_name("screens")
MEMORANDUM = "Memorandum of understanding on defence equipment and technology co-operation"
_SUMMARY = "Supplies and services between the Self-Defense Forces and the Italian armed forces"
_SOMETIME = 1_725_357_600_000_000_000
"""Nanoseconds: 3 September 2024, 10:00 UTC."""

pytestmark = pytest.mark.parametrize("theme", [Theme.LIGHT, Theme.DARK], ids=str)


class Picture:
    """Compares the picture of a window with the one that is kept, or keeps it."""

    def __init__(self, hands: Hands, theme: Theme, failed: Path, update: bool) -> None:
        self._hands, self._theme, self._failed, self._update = hands, theme, failed, update

    def __call__(self, name: str, window: QWidget, *hidden: QWidget) -> None:
        """Take it and compare it; `hidden` are widgets that tell of today."""
        path = SCREENS / f"{name}-{self._theme}.png"
        taken = take(self._hands.qtbot, window, hidden)
        if self._update:
            SCREENS.mkdir(exist_ok=True)
            taken.save(str(path))
        else:
            compare(taken, path, self._failed)


@pytest.fixture
def picture(hands: Hands, theme: Theme, tmp_path: Path, request: pytest.FixtureRequest) -> Picture:
    """Takes pictures in one theme."""
    return Picture(hands, theme, tmp_path / "screens", request.config.getoption("--update-screens"))


@pytest.fixture(scope="module")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, two copies that were edited apart, and an empty case, made on a certain day with certain ids.

    Their revisions never change.
    """
    folder = tmp_path_factory.mktemp("frozen")
    ticks, dice = itertools.count(_SOMETIME, 1_000_000), random.Random(1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time, "time_ns", lambda: next(ticks))
        patch.setattr(os, "urandom", dice.randbytes)
        who, trust = Editor(uuid.UUID(int=1), AUTHOR), Trust(folder / "trust")
        make_sample(folder / SAMPLE_FILE, trust, who).close()
        Workspace.create(folder / "empty.casefile", trust, who, {"title": "Nordic agreements"}).close()
        for name, editing, work in (("ours", who, work_here), ("kari", KARI, work_there)):
            path = Path(copyfile(folder / SAMPLE_FILE, folder / f"{name}.casefile"))
            with edit_of(path, editing) as session:
                work(session)
        twice = make_sample(folder / "twice.casefile", trust, who)
        twice.write("Add officials again", _add_twins)
        twice.close()
    return folder


@pytest.fixture
def look(application: Application, theme: Theme, monkeypatch: pytest.MonkeyPatch) -> None:
    """One theme, a text cursor that does not blink, and one time zone."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    QApplication.setCursorFlashTime(0)
    application.dress(theme)


@pytest.fixture
def shown(look: None, application: Application, frozen: Path, hands: Hands, tmp_path: Path) -> Hands:
    """The sample, open in a window of 1280 × 800, with everything in the background done."""
    open_case(application, hands, Path(copyfile(frozen / SAMPLE_FILE, tmp_path / SAMPLE_FILE)))
    hands.wait(lambda: hands.window.index.progress.is_current, "the search index")
    return hands


def test_welcome(look: None, application: Application, hands: Hands, picture: Picture) -> None:
    picture("welcome", application.welcome)


def test_list_and_record(shown: Hands, picture: Picture) -> None:
    open_memorandum(shown)
    picture("sample", shown.window)


def test_evidence(shown: Hands, picture: Picture) -> None:
    open_memorandum(shown)
    shown.click("mark_instrument_type")
    shown.wait(lambda: shown.sees("evidencePanel"), "the evidence")
    picture("evidence", shown.window)


def test_palette(shown: Hands, picture: Picture) -> None:
    shown.press("Ctrl+K")
    shown.type("defence")
    shown.wait(lambda: shown.window.palette_overlay.is_idle)
    picture("palette", shown.window)


def test_review(shown: Hands, picture: Picture) -> None:
    shown.press("Ctrl+Shift+R")
    shown.wait(lambda: shown.sees("findings"), "the findings")
    picture("review", shown.window)


def test_duplicates(
    look: None, application: Application, frozen: Path, hands: Hands, tmp_path: Path, picture: Picture
) -> None:
    open_case(application, hands, Path(copyfile(frozen / "twice.casefile", tmp_path / "twice.casefile")))
    hands.wait(lambda: hands.window.index.progress.is_current, "the search index")
    hands.press("Ctrl+Shift+D")
    page = hands.widget(DuplicatesPage, "surface")
    hands.wait(lambda: page.is_idle and page.room.sides.shown is not None, "the pairs")
    hands.wait(lambda: all(page.model.index(row).data() for row in range(page.model.rowCount())), "their words")
    picture("duplicates", hands.window)


def test_merging(
    look: None,
    application: Application,
    frozen: Path,
    hands: Hands,
    tmp_path: Path,
    picture: Picture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    open_case(application, hands, Path(copyfile(frozen / "ours.casefile", tmp_path / SAMPLE_FILE)))
    look_at(hands, Path(copyfile(frozen / "kari.casefile", tmp_path / "kari.casefile")))
    hands.wait_for("Both changed it")
    hands.click("Keep mine: Title")
    hands.fill("Reason", "as it is printed")
    picture("merging", hands.window)
    monkeypatch.setattr(time, "time_ns", lambda: _SOMETIME + 3_600_000_000_000)
    hands.click("mergeNow")
    hands.wait_for("Receipt of a merge")
    receipt = hands.widget(QTextBrowser, "receipt")
    hands.wait(lambda: "as it is printed" in receipt.toPlainText(), "the receipt")
    picture("receipt", receipt.window())


def test_history(shown: Hands, picture: Picture) -> None:
    shown.press("Ctrl+Shift+H")
    shown.click_item("Load the sample")
    picture("history", shown.window)


def test_briefing(shown: Hands, picture: Picture) -> None:
    open_memorandum(shown)
    shown.press("Ctrl+Shift+B")
    shown.wait_for("Page 1 of 4")
    shown.wait(lambda: shown.sees("Before you print: 13 points to look at"), "what to look at")
    picture("briefing", shown.window)


def test_empty_case(
    look: None, application: Application, frozen: Path, hands: Hands, tmp_path: Path, picture: Picture
) -> None:
    open_case(application, hands, Path(copyfile(frozen / "empty.casefile", tmp_path / "empty.casefile")))
    picture("empty", hands.window)


def test_read_only(
    look: None, application: Application, frozen: Path, hands: Hands, tmp_path: Path, picture: Picture
) -> None:
    path = Path(copyfile(frozen / SAMPLE_FILE, tmp_path / SAMPLE_FILE))
    with open_elsewhere(path, tmp_path):
        open_case(application, hands, path)
        hands.click_item("Acquisition and Cross-Servicing Agreement")
        hands.wait_for("recordTitle")
        words = child(hands.window, ElidedLabel, "readOnlyWords")
        words.setText("Read only: Ann Analyst on desk (process 1). What is edited there is shown here as it is saved.")
        picture("read-only", hands.window, hands.window.status)


def test_error(look: None, application: Application, hands: Hands, tmp_path: Path, picture: Picture) -> None:
    other = tmp_path / "notes.casefile"
    other.write_text("Not a database.", encoding="utf-8")
    application.open_case(other)
    hands.wait_for("notes.casefile was not opened")
    (box,) = open_dialogs(TroubleBox)
    picture("error", box)


def _add_twins(session: Session) -> None:
    add_record(session, Person, {"name": "KIHARA Minoru", "birth_date": "1969-08-12", "honorific": "Mr."})
    gram = add_record(session, Person, {"name": "Gram, Bjorn Arild"})
    add_record(session, OtherName, {"record": gram, "name": "ビョルン・アーリル・グラム"})
    title = "Memorandum of understanding on defense equipment and technology cooperation between the two ministries"
    parties = session.scalars(select(Party.organization_id).join(Agreement).where(Agreement.title == MEMORANDUM)).all()
    add_record(session, Agreement, {"title": title, "parties": parties, "place_signed": "Tokyo"})


def work_here(session: Session) -> None:
    """What Ann did meanwhile."""
    key = agreement(session)
    set_field(session, key, "title", "Italy–Japan Acquisition and Cross-Servicing Agreement")
    set_field(session, key, "summary", f"{_SUMMARY} in both directions")


def work_there(session: Session) -> None:
    """What Kari did meanwhile: one record of each state."""
    key = agreement(session)
    set_field(session, key, "title", "ACSA Japan–Italy")
    set_field(session, key, "place_signed", "Rome")
    set_field(session, key, "summary", f"{_SUMMARY}, and for exercises")
    add_record(session, Agreement, {"title": "Reciprocal Access Agreement between Japan and the Philippines"})
    add_record(session, Person, {"name": "中谷 元"})
    (name,) = session.scalars(select(Person).order_by(Person.name).limit(1))
    set_field(session, name.id, "notes", "Met in Oslo")
    (task,) = session.scalars(select(Task.id).order_by(Task.id).limit(1))
    delete_record(session, task)


def open_case(application: Application, hands: Hands, path: Path) -> None:
    editor(AUTHOR)
    application.open_case(path)
    hands.wait(lambda: bool(hands.all_windows()), "a window")
    hands.wait_for("Agreements")
    hands.window.resize(1280, 800)


def open_memorandum(hands: Hands) -> None:
    hands.go_to("memorandum understanding equipment", MEMORANDUM[:40])
    hands.wait_record(MEMORANDUM)
