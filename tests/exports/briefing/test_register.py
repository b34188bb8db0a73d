"""The register and the dossier: what stands in them, in which order, how it is counted, and what is left out."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import event

from db.errors import FilterError, InvalidValue
from db.models import Agreement, Note, Organization, Person, Task
from db.models.vocabulary import Standing, Tlp
from db.queries.lists import Sort
from db.queries.records import list_records
from exports.briefing.compilation import Compilation
from exports.briefing.document import Chapter, Row, RowKind, Table
from exports.briefing.dossier import DossierQuery, Part, dossier
from exports.briefing.languages import Language
from exports.briefing.register import Grouping, RegisterQuery, agreements_of, register_briefing, register_chapter
from exports.briefing.words import BriefingOptions
from exports.pdf import render
from tests.exports.briefing.cases import DAY, OPTIONS, Written, names, sample, text_of, texts, written


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Written]:
    with sample(tmp_path_factory.mktemp("sample")) as found:
        yield found


def table_of(chapter: Chapter) -> Table:
    return next(block for section in chapter.sections for block in section.blocks if isinstance(block, Table))


def register(case: Written, query: RegisterQuery, options: BriefingOptions = OPTIONS) -> Chapter:
    return register_chapter(Compilation(case.session, options), query)


def words(row: Row) -> str:
    return " | ".join(text_of(line) for cell in row.cells for line in cell.lines)


def bodies(table: Table) -> list[Row]:
    return [row for row in table.rows if row.kind is RowKind.BODY]


class TestRegister:
    def test_without_groups_each_agreement_is_a_row(self, case: Written) -> None:
        table = table_of(register(case, RegisterQuery(grouping=Grouping.NONE)))
        on_file = {row.id for row in list_records(case.session, Agreement)}
        shown = [row.link.record for row in bodies(table) if row.link]
        assert len(shown) == len(on_file)
        assert set(shown) == on_file
        assert table.rows[-1].kind is RowKind.TOTAL
        assert f"{len(on_file)} agreements" in words(table.rows[-1])

    @pytest.mark.parametrize("grouping", Grouping)
    def test_every_grouping_has_everything_and_one_total(self, case: Written, grouping: Grouping) -> None:
        table = table_of(register(case, RegisterQuery(grouping=grouping)))
        shown = {row.link.record for row in bodies(table) if row.link}
        assert shown == {row.id for row in list_records(case.session, Agreement)}
        groups = [words(row) for row in table.rows if row.kind is RowKind.GROUP]
        assert len(groups) == len(set(groups))
        assert bool(groups) is (grouping is not Grouping.NONE)
        totals = [row for row in table.rows if row.kind is RowKind.TOTAL]
        assert not any("pending" in words(row) for row in totals)
        assert [words(row).startswith("In all") for row in totals] == [False] * (len(totals) - 1) + [True]

    def test_a_filter_and_an_order(self, case: Written) -> None:
        query = RegisterQuery("party:Norway", Sort("title", descending=True), Grouping.NONE)
        chapter = register(case, query)
        titles = [text_of(row.cells[0].lines[0]) for row in bodies(table_of(chapter))]
        assert len(titles) > 1
        assert titles == sorted(titles, key=str.casefold, reverse=True)
        assert texts(chapter.sections[0])[0] == "Agreements on file with party Norway, as of 23 November 2026."

    def test_a_code_is_told_as_its_state(self, case: Written) -> None:
        said = texts(register(case, RegisterQuery("party:no -status:ended")).sections[0])[0]
        assert said == "Agreements on file with party Norway and not status ended, as of 23 November 2026."

    def test_a_filter_in_japanese(self, case: Written) -> None:
        query = RegisterQuery('status:"in force" -subject:procurement OR naval')
        chapter = register(case, query, replace(OPTIONS, language=Language.JAPANESE))
        assert "状況：発効、かつ分野：調達以外" in texts(chapter.sections[0])[0]

    def test_nothing_found_and_no_filter(self, case: Written) -> None:
        chapter = register(case, RegisterQuery("zzzz"))
        assert texts(chapter.sections[0])[-1] == "None."
        with pytest.raises(FilterError):
            register(case, RegisterQuery("("))

    def test_statements_do_not_grow_with_agreements(self, tmp_path: Path) -> None:
        counts = []
        for number in (3, 40):
            with written(tmp_path, f"case-{number}") as case:
                states = [case.add(Organization, name=name, classification="state") for name in ("A", "B")]
                for index in range(number):
                    case.add(Agreement, title=f"Agreement {index}", parties=states)
                case.session.flush()
                seen: list[str] = []
                engine = case.session.get_bind()
                event.listen(engine, "before_cursor_execute", lambda *words, seen=seen: seen.append(words[2]))
                register(case, RegisterQuery())
                counts.append(len(seen))
        assert counts[0] == counts[1]

    def test_evidence_is_of_the_facts_that_come_first(self, case: Written) -> None:
        """The mark of a row is that of a list's ring: what a subject or a summary lacks does not show."""
        unproven = set(agreements_of(case.session, RegisterQuery("is:unproven")))
        marked = {
            row.link.record
            for row in bodies(table_of(register(case, RegisterQuery(grouping=Grouping.NONE))))
            if row.link
            and any(line.support and line.support.standing is Standing.UNCITED for line in row.cells[-1].lines)
        }
        assert marked <= unproven
        assert 0 < len(marked) < len(list_records(case.session, Agreement))

    def test_what_stands_in_several_groups_counts_once(self, case: Written) -> None:
        found = [
            register_briefing(case.session, RegisterQuery(grouping=each), OPTIONS).standings()
            for each in (Grouping.NONE, Grouping.PARTY)
        ]
        assert found[0] == found[1]

    def test_days_are_short(self, case: Written) -> None:
        table = table_of(register(case, RegisterQuery("Malaysia", grouping=Grouping.NONE)))
        assert "18 Apr 2018" in " ".join(map(words, bodies(table)))


class TestDossier:
    def test_the_parts_in_order_and_one_count_of_notes(self, case: Written) -> None:
        found = dossier(case.session, DossierQuery(), OPTIONS)
        titles = [chapter.title.text for chapter in found.chapters]
        assert titles[:2] == ["Assessment", "Agreements on file"]
        assert titles[-4:] == ["Chronology", "Statements", "Open questions", "Sources"]
        assert [note.number for note in found.notes] == list(range(1, len(found.notes) + 1))
        assert found.cited() == tuple(note.number for note in found.notes)
        assert render(found).pdf.startswith(b"%PDF")

    def test_whoever_had_to_do_with_an_agreement_has_a_profile(self, case: Written) -> None:
        query = DossierQuery(filter="party:Norway party:Japan", parts=(Part.OFFICIALS,))
        people = {chapter.title.text for chapter in dossier(case.session, query, OPTIONS).chapters}
        assert {"Minoru Kihara", "Bjørn Arild Gram", "Andreas Flam", "Gen Nakatani"} <= people

    def test_a_register_of_one_agreement_is_there_where_it_was_asked_for(self, case: Written) -> None:
        query = DossierQuery(records=(case.ids["mou"],), parts=(Part.REGISTER,))
        titles = [chapter.title.text for chapter in dossier(case.session, query, OPTIONS).chapters]
        assert titles == ["Agreements on file", "Sources"]

    def test_judgements_keep_confidence_and_likelihood_apart(self, case: Written) -> None:
        found = dossier(case.session, DossierQuery(parts=(Part.ASSESSMENT,)), OPTIONS)
        assert names(found.chapters[0])[:2] == ["about", "key-judgements"]
        judgement = found.chapters[0].sections[1].blocks[0].items[0]  # type: ignore[union-attr]
        assert [label for label, text in judgement.particulars if text][:2] == ["Confidence", "Likelihood"]

    def test_chosen_parts_in_the_chosen_order(self, case: Written) -> None:
        query = DossierQuery(filter="party:Norway", parts=(Part.CHRONOLOGY, Part.REGISTER))
        found = dossier(case.session, query, OPTIONS)
        assert [chapter.title.text for chapter in found.chapters] == ["Chronology", "Agreements on file", "Sources"]

    def test_the_chronology_is_by_day(self, case: Written) -> None:
        found = dossier(case.session, DossierQuery(parts=(Part.CHRONOLOGY,)), replace(OPTIONS, day="2024-01-01"))
        groups = [words(row) for row in table_of(found.chapters[0]).rows if row.kind is RowKind.GROUP]
        assert groups == [*sorted(groups[:-1]), "After 1 January 2024"]

    def test_the_chronology_tells_what_took_place_in_its_order(self, case: Written) -> None:
        found = dossier(case.session, DossierQuery(parts=(Part.CHRONOLOGY,)), OPTIONS)
        told = [words(row) for row in bodies(table_of(found.chapters[0]))]
        assert not any("evidence" in line for line in told)
        of_the_day = [line.split(":")[0] for line in told if line.startswith("8 November 1983")]
        assert of_the_day == ["8 November 1983 | Signature", "8 November 1983 | Entry into force"]

    def test_the_chronology_leaves_rivals_to_the_sheets(self, case: Written) -> None:
        found = dossier(case.session, DossierQuery(parts=(Part.CHRONOLOGY,)), OPTIONS)
        lines = [line for row in table_of(found.chapters[0]).rows for cell in row.cells for line in cell.lines]
        supports = [line.support for line in lines if line.support]
        assert any(support.standing is Standing.DISPUTED for support in supports)
        assert not any(support.rivals or support.reason for support in supports)
        assert not any("…" in text_of(line) for line in lines)

    def test_what_is_internal_stays_in_the_file(self, tmp_path: Path) -> None:
        with written(tmp_path) as case:
            case.add(Note, text="For us only")
            case.add(Note, text="For everybody", visibility="public")
            case.add(Task, question="Who knows?")
            everything = dossier(case.session, DossierQuery(), OPTIONS)
            outside = dossier(case.session, DossierQuery(), replace(OPTIONS, internal=False))
        told = [[text for section in each.sections() for text in texts(section)] for each in (everything, outside)]
        assert {"For us only", "For everybody", "Who knows?"} <= set(told[0])
        assert "For everybody" in told[1]
        assert not {"For us only", "Who knows?"} & set(told[1])

    def test_other_records_are_refused(self, case: Written) -> None:
        task = list_records(case.session, Task)[0].id
        with pytest.raises(InvalidValue, match="something else"):
            dossier(case.session, DossierQuery((task,)), OPTIONS)

    def test_two_states_are_a_pair_and_an_official_has_a_profile(self, case: Written) -> None:
        states = {row["iso_code"].text: row.id for row in list_records(case.session, Organization)}
        official = list_records(case.session, Person)[0]
        query = DossierQuery((states["JPN"], official.id, states["NOR"]), title="For the visit")
        found = dossier(case.session, query, OPTIONS)
        titles = [chapter.title.text for chapter in found.chapters]
        assert "Japan and Norway" in titles
        assert official.title in titles
        assert found.title == "For the visit"

    @pytest.mark.parametrize("language", Language)
    def test_every_language_can_be_printed(self, case: Written, language: Language) -> None:
        options = replace(OPTIONS, language=language)
        assert render(dossier(case.session, DossierQuery(filter="party:Norway"), options)).pdf

    def test_what_is_above_the_ceiling_is_said_only_on_request(self, tmp_path: Path) -> None:
        with written(tmp_path) as case:
            case.add(Agreement, title="Known", marking="GREEN")
            case.add(Agreement, title="Secret", marking="RED")
            options = BriefingOptions(day=DAY, ceiling=Tlp.GREEN)
            silent = register_briefing(case.session, RegisterQuery(), options)
            telling = register_briefing(case.session, RegisterQuery(), replace(options, says_withheld=True))
        told = [words(row) for row in bodies(table_of(silent.chapters[0]))]
        assert len(told) == 1
        assert told[0].startswith("Known")
        assert silent.front.withheld == ""
        assert telling.front.withheld == "Something marked above TLP:GREEN is left out of this briefing."
