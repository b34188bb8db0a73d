"""Officials in the window: names in all scripts, posts on a time axis, what was signed in which of them."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton

from db.dates import read
from db.models import Membership, OtherName, PartyAction, Post, Signatory
from db.models.vocabulary import EndMeaning, StartMeaning
from db.queries.tenures import Tenure
from desktop.places import Place
from desktop.records.languages import language_words, script_words
from desktop.records.names import NamesSection
from desktop.records.official.posts import PostsSection
from desktop.records.official.signed import SignedSection
from desktop.records.official.spans import Edge, axis_of, span_of
from desktop.records.official.timeline import LANE, PostTimeline
from desktop.records.words import tenure_words
from tests.desktop.conftest import SmallCase
from tests.desktop.finding import child
from tests.desktop.records.conftest import Page, links, texts

STARTED, FIRST = StartMeaning.STARTED, StartMeaning.FIRST_EVIDENCE
ENDED, LAST = EndMeaning.ENDED, EndMeaning.LAST_EVIDENCE


def tenure(
    start: str = "", start_meaning: StartMeaning | None = None, end: str = "", end_meaning: EndMeaning | None = None,
    *, acting: bool = False,
) -> Tenure:  # fmt: skip
    key = uuid.uuid4()
    first, last = (read(text) if text else None for text in (start, end))
    return Tenure(key, key, "Minister", "", "", first, start_meaning, last, end_meaning, acting)


@pytest.mark.parametrize(
    ("held", "words"),
    [
        (tenure("2022-04-12", STARTED, "2024-09", ENDED), "started 12 April 2022  ·  ended September 2024"),
        (tenure("2022", STARTED, "2024-09-03", LAST), "started 2022  ·  last shown 3 September 2024"),
        (tenure("2024-11-25", FIRST, "2024-11-25", LAST), "on at least 25 November 2024"),
        (tenure("2015-12-12", FIRST, "2019", LAST), "at least from 12 December 2015 to 2019"),
        (tenure("2015", FIRST, "2019", ENDED, acting=True), "acting  ·  first shown 2015  ·  ended 2019"),
        (tenure("2015", STARTED), "started 2015  ·  end not known"),
        (tenure("", None, "2019", ENDED), "start not known  ·  ended 2019"),
        (tenure("2015", None, "2019", None), "at least from 2015 to 2019"),
        (tenure("in spring", STARTED), "started “in spring”  ·  end not known"),
        (tenure(), "when is not known"),
    ],
)
def test_a_tenure_is_told_as_far_as_it_is_shown(held: Tenure, words: str) -> None:
    assert tenure_words(held) == words


@pytest.mark.parametrize(
    ("held", "edges"),
    [
        (tenure("2022-04-12", STARTED, "2024-09", ENDED), (Edge.SHARP, Edge.SHARP)),
        (tenure("2022-04-12", FIRST, "2024-09", LAST), (Edge.AT_LEAST, Edge.AT_LEAST)),
        (tenure("2022-04-12", STARTED), (Edge.SHARP, Edge.OPEN)),
        (tenure("", None, "2022", ENDED), (Edge.OPEN, Edge.SHARP)),
        (tenure("../2016", STARTED, "2020/..", ENDED), (Edge.AT_LEAST, Edge.AT_LEAST)),
    ],
)
def test_the_ends_of_a_bar_say_what_the_dates_mean(held: Tenure, edges: tuple[Edge, Edge]) -> None:
    span = span_of(held)
    assert span
    assert (span.start, span.end) == edges
    assert 2015 < span.first < span.last < 2026


def test_an_imprecise_date_leaves_only_the_middle_sure() -> None:
    span = span_of(tenure("2015", STARTED, "2019", ENDED))
    assert span
    assert span.sure_first
    assert span.sure_last
    assert (round(span.first), round(span.last)) == (2015, 2020)
    assert 2015.9 < span.sure_first < 2016.1
    assert 2018.9 < span.sure_last < 2019.1
    nothing = span_of(tenure("2015", STARTED, "2015", ENDED))
    assert nothing
    assert nothing.sure_first is None


def test_without_a_readable_date_there_is_no_bar() -> None:
    assert span_of(tenure("in spring")) is None
    assert span_of(tenure()) is None


DAYS = st.dates().map(str)


@given(st.lists(st.tuples(DAYS, DAYS), min_size=1, max_size=30), st.integers(2, 40))
def test_every_bar_fits_on_the_axis(days: list[tuple[str, str]], most: int) -> None:
    spans = [span for start, end in days if (span := span_of(tenure(start, STARTED, end, ENDED)))]
    axis = axis_of(spans, most)
    assert all(0 <= axis.place(span.first) <= axis.place(span.last) <= 1 for span in spans)
    assert len(axis.marks) <= most + 1
    assert all(0 <= axis.place(year) <= 1 for year in axis.marks)


@pytest.mark.parametrize(
    ("code", "text", "words"),
    [
        ("Jpan", "木原稔", "kanji"),
        ("Jpan", "日・伊物品役務相互提供協定の", "kanji and kana"),
        ("Jpan", "グラム", "kana"),
        ("Kana", "シリチャイ", "katakana"),
        ("Latn", "Gram", "Latin script"),
        ("Zzzy", "?", "Zzzy script"),
        ("", "?", ""),
    ],
)
def test_scripts_are_named(code: str, text: str, words: str) -> None:
    assert script_words(code, text) == words


def test_languages_are_named() -> None:
    assert language_words("ja") == "Japanese"
    assert language_words("nb") == "Norwegian Bokmål"
    assert language_words("no such code") == "no such code"


def test_names_stand_with_language_and_script(page: Page, small: SmallCase) -> None:
    page.add(OtherName, record=small.official, name="ビョルン・アリルド・グラム", language="ja", script="Jpan")
    page.show(small.official)
    section = page.section(NamesSection)
    assert links(section) == ["Bjørn Arild Gram", "ビョルン・アリルド・グラム"]
    assert {"Japanese, kana", "primary name  ·  family name Gram"} <= set(texts(section))
    page.put(small.official, "name", "Arild Gram")
    page.qtbot.waitUntil(lambda: links(section)[0] == "Arild Gram")


def hold(page: Page, small: SmallCase, label: str, start: str = "", end: str = "") -> uuid.UUID:
    post = page.add(Post, label=label, organization=small.norway)
    values = {"start_date": start, "start_meaning": "started", "end_date": end, "end_meaning": "last evidence"}
    return page.add(Membership, person=small.official, post=post, **values)


@pytest.fixture
def timeline(page: Page, small: SmallCase) -> PostTimeline:
    for label, start in (("Mayor", "2000"), ("Minister", "2022"), ("Member", "")):
        hold(page, small, label, start, "2023" if start else "")
    page.show(small.official)
    return page.section(PostsSection).timeline


def test_posts_stand_on_the_axis_and_in_the_list_in_one_order(page: Page, timeline: PostTimeline) -> None:
    section = page.section(PostsSection)
    assert timeline.isVisible()
    assert timeline.height() >= 3 * LANE
    assert links(section) == ["1. Minister, Norway", "2. Mayor, Norway", "3. Member, Norway"]
    assert "when is not known" in texts(section)
    assert timeline.accessibleName() == "Posts on a time axis"


def test_keys_go_from_post_to_post_and_open_it(page: Page, timeline: PostTimeline) -> None:
    timeline.setFocus()
    assert timeline.accessibleDescription() == "1. Minister, Norway: started 2022  ·  last shown 2023"
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        page.qtbot.keyClick(timeline, key)
    assert timeline.current is not None
    assert timeline.current.post == "Mayor"
    page.qtbot.keyClick(timeline, Qt.Key.Key_Home)
    page.qtbot.keyClick(timeline, Qt.Key.Key_End)
    with page.qtbot.waitSignal(timeline.opened) as opened:
        page.qtbot.keyClick(timeline, Qt.Key.Key_Return)
    assert opened.args == [Place(timeline._tenures[2].id)]


def test_a_click_opens_a_post(page: Page, timeline: PostTimeline) -> None:
    with page.qtbot.waitSignal(page.pane.opened) as opened:
        page.qtbot.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=QPoint(60, LANE + 4))
    assert opened.args == [Place(timeline._tenures[1].id)]
    page.qtbot.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=QPoint(60, timeline.height() - 2))


@pytest.mark.parametrize("count", [1, 30])
def test_one_post_or_thirty_are_drawn_at_every_width(page: Page, small: SmallCase, count: int) -> None:
    for number in range(count):
        hold(page, small, f"Post {number}", str(1950 + number), str(1953 + number))
    page.show(small.official)
    section = page.section(PostsSection)
    for width in (360, 480, 900):
        page.pane.resize(width, 900)
        assert not section.timeline.grab().isNull()
    assert len(section.timeline._tenures) == min(count, 25)
    if count > 25:
        child(section, QAbstractButton, "showMore").click()
        page.settle()
        assert len(section.timeline._tenures) == 30


def test_without_dates_there_is_only_the_list(page: Page, small: SmallCase) -> None:
    hold(page, small, "Member")
    page.show(small.official)
    section = page.section(PostsSection)
    assert not section.timeline.isVisible()
    assert links(section) == ["1. Member, Norway"]


def test_agreements_signed_are_told_with_the_post(page: Page, small: SmallCase) -> None:
    membership = hold(page, small, "Minister", "2022-01-01", "2024-12-31")
    action = page.add(PartyAction, agreement=small.agreement, action="signature", date="2024-09-03")
    page.add(Signatory, action=action, person=small.official, membership=membership)
    page.show(small.official)
    told = links(page.section(SignedSection))
    assert told == ["Memorandum on equipment", "Signature, 3 September 2024", "Minister", "held it that day"]
