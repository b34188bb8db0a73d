"""Sources in the window: fields by type, grades in words, passages and what they are cited for, whom they repeat."""

from PySide6.QtWidgets import QComboBox

from db.csl import columns_of_type
from db.models import Citation, Claim, Contributor, Source, SourceVariable
from db.models.vocabulary import Credibility, Reliability, SourceType
from desktop.forms.captions import term_label
from desktop.forms.dialog import NewRecordDialog
from desktop.forms.layouts import front_fields, more_fields
from desktop.places import Place
from desktop.records.source.citations import CitationsSection
from desktop.records.source.origin import OriginSection
from desktop.records.source.parts import ContributorsSection, SnapshotsSection, VariablesSection
from tests.desktop.conftest import SmallCase
from tests.desktop.finding import child, open_dialogs
from tests.desktop.records.conftest import Page, link, links, texts


def test_grades_are_shown_with_their_words() -> None:
    assert term_label(Reliability.C) == "C – fairly reliable"
    assert term_label(Credibility.PROBABLY_TRUE) == "2 – probably true"
    for term in (*Reliability, *Credibility):
        assert term_label(term).startswith(f"{term.value} – ")
    assert term_label(SourceType.TREATY) == "Treaty"


def test_the_form_offers_grades_with_their_words(page: Page) -> None:
    source = page.add(Source, title="Report", reliability="B")
    page.show(source)
    editor = page.pane.form.editor("reliability")
    assert editor is not None
    box = child(editor, QComboBox)
    assert box.currentText() == "B – usually reliable"
    assert editor.value() == "B"


def test_each_type_has_its_fields_in_front() -> None:
    every = {field.name for field in front_fields(Source)} | {field.name for field in more_fields(Source)}
    for source_type in SourceType:
        front = [field.name for field in front_fields(Source, source_type.value)]
        assert len(front) == len(set(front))
        assert front[:2] == ["title", "source_type"]
        assert set(columns_of_type(source_type.value)) | {"reliability", "tags"} <= set(front)
        more = {field.name for field in more_fields(Source, source_type.value)}
        assert set(front) | more == every
        assert not set(front) & more
    assert "doi" in [field.name for field in front_fields(Source, "article-journal")]
    assert "doi" not in [field.name for field in front_fields(Source, "article-newspaper")]
    assert "authority" in [field.name for field in front_fields(Source, "treaty")]


def test_a_passage_tells_where_it_stands_how_good_it_is_and_what_it_proves(page: Page, small: SmallCase) -> None:
    source, other = page.add(Source, title="Report"), page.add(Source, title="Agency")
    citation = page.add(
        Citation, source=source, locator_label="page", locator="3", quotation="They <signed>.", credibility="2",
        quotation_language="en", relays=other,
    )  # fmt: skip
    page.add(Claim, subject=small.agreement, property="title", value="Memorandum", citation=citation)
    page.show(source)
    section = page.section(CitationsSection)
    assert links(section) == ["Page 3", "Agency", "Title · Memorandum on equipment"]
    assert {"“They <signed>.”", "English  ·  2 – probably true"} <= set(texts(section))
    with page.qtbot.waitSignal(page.pane.opened) as opened:
        link(section, "Title · Memorandum on equipment").click()
    assert opened.args == [Place(small.agreement, "title")]


def test_a_short_passage_without_a_place_is_its_own_title(page: Page) -> None:
    source = page.add(Source, title="Report")
    page.add(Citation, source=source, quotation="signed")
    page.add(Citation, source=source, quotation="so " * 40)
    page.add(Citation, source=source)
    page.show(source)
    section = page.section(CitationsSection)
    assert links(section) == ["“signed”", "No place given", "No place given"]
    assert "credibility not graded" in texts(section)


def test_the_origin_is_told_in_a_sentence(page: Page) -> None:
    origin, agency = page.add(Source, title="Ministry"), page.add(Source, title="Agency")
    page.add(Citation, source=agency, relays=origin)
    page.show(agency)
    section = page.section(OriginSection)
    assert any("comes from “Ministry”" in text for text in texts(section))
    assert links(section) == ["Ministry"]
    page.show(origin)
    assert links(section) == ["Agency"]
    assert any(text.startswith("An origin of its own") for text in texts(section))
    page.add(Citation, source=agency)
    page.show(agency)
    assert any(text.startswith("Some of its passages") for text in texts(section))


def test_nothing_repeated_is_not_told(page: Page) -> None:
    page.show(page.add(Source, title="Alone"))
    assert not page.section(OriginSection).isVisible()
    assert not page.section(SnapshotsSection).isVisible()


def test_variables_are_offered_by_the_type_of_the_source(page: Page) -> None:
    source = page.add(Source, title="Paper", source_type="article-journal")
    page.add(SourceVariable, source=source, variable="volume", value="12")
    page.show(source)
    section = page.section(VariablesSection)
    assert links(section) == ["Volume"]
    section.add()
    offered = [action.text() for action in section._menu.actions() if action.text()]
    section._menu.hide()
    assert {"Issue", "Page"} <= set(offered)
    assert "Volume" not in offered
    next(action for action in section._menu.actions() if action.text() == "Issue").trigger()
    (dialog,) = open_dialogs(NewRecordDialog)
    assert dialog.form.values() | {"value": ""} == {"source": source, "variable": "issue", "value": ""}
    dialog.reject()


def test_contributors_are_added_by_role(page: Page) -> None:
    source = page.add(Source, title="Interview", source_type="interview")
    page.add(Contributor, source=source, contributor_role="author", literal="Ministry of Defence")
    page.show(source)
    section = page.section(ContributorsSection)
    assert links(section) == ["Ministry of Defence"]
    section.add()
    assert [action.text() for action in section._menu.actions()][:2] == ["Author", "Interviewer"]
    section._menu.hide()
    section._menu.actions()[1].trigger()
    (dialog,) = open_dialogs(NewRecordDialog)
    assert dialog.form.values()["contributor_role"] == "interviewer"
    dialog.reject()
