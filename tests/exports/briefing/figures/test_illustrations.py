"""Figures in chapters: which sheets have them, and what they tell of the case file."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from db.models import Agreement, Organization, Party, PartyAction, Relation
from db.models.vocabulary import Tlp
from db.triggers import table_of
from exports.briefing.agreement import AGREEMENT_SECTIONS, USUAL_SECTIONS, agreement_chapter
from exports.briefing.compilation import Compilation
from exports.briefing.document import Chapter, Figure
from exports.briefing.dossier import DossierQuery, Part, dossier
from exports.briefing.pair import pair_chapter
from tests.exports.briefing.cases import OPTIONS, Written, names, section, written

FIGURES = ("timeline", "network", "map")


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Written]:
    """Three agreements of Japan and Norway: one amends the first, one was the first one's precursor; and NATO."""
    with written(tmp_path) as case:
        for code, name in (("JPN", "Japan"), ("NOR", "Norway")):
            case.ids[code] = case.add(Organization, name=name, classification="state", iso_code=code)
        case.ids["NATO"] = case.add(Organization, name="NATO", classification="alliance")
        for key, day in (("first", "2014-03-14"), ("second", "2018-05-01"), ("early", "2011")):
            case.ids[key] = case.add(Agreement, title=f"The {key} agreement")
            for code in ("JPN", "NOR"):
                case.add(Party, agreement=case.ids[key], organization=case.ids[code])
            case.add(PartyAction, agreement=case.ids[key], action="signature", date=day)
        case.add(Relation, agreement=case.ids["second"], relation_type="amends", target=case.ids["first"])
        case.add(Relation, agreement=case.ids["early"], relation_type="precursor to", target=case.ids["first"])
        yield case


def agreement(case: Written, *sections: str) -> Chapter:
    compilation = Compilation(case.session, replace(OPTIONS, sections=sections))
    return agreement_chapter(compilation, case.ids["first"])


def told(chapter: Chapter, name: str) -> str:
    """The alternative texts and captions of a section's figures."""
    figures = [block for block in section(chapter, name).blocks if isinstance(block, Figure)]
    return " ".join(f"{figure.drawing.alternative} {figure.caption}" for figure in figures)


def test_an_agreement_sheet_has_figures_only_where_they_are_chosen(case: Written) -> None:
    assert not {*names(agreement(case))} & {*FIGURES}
    assert {*AGREEMENT_SECTIONS} - {*USUAL_SECTIONS} == {*FIGURES}
    assert names(agreement(case, *FIGURES)) == ["timeline", "network", "map"]


def test_the_network_tells_relations_from_the_newer_agreement(case: Written) -> None:
    words = told(agreement(case, "network"), "network")
    assert "The second agreement – amends – The first agreement" in words
    assert "The first agreement – preceded by – The early agreement" in words
    assert words.index("The early agreement (") < words.index("The first agreement (")
    assert "The first agreement (14 March 2014, signed)" in words


def test_what_is_above_the_ceiling_is_in_no_figure(case: Written) -> None:
    hidden = case.add(Agreement, title="A hidden agreement")
    case.add(PartyAction, agreement=hidden, action="signature", date="2020-01-01")
    case.add(Relation, agreement=hidden, relation_type="amends", target=case.ids["first"])
    for cls in (Agreement, Organization, Party, PartyAction, Relation):
        case.session.execute(table_of(cls).update().values(marking="CLEAR"))
    case.session.execute(table_of(Agreement).update().where(Agreement.id == hidden).values(marking="AMBER"))
    options = replace(OPTIONS, sections=FIGURES)
    for ceiling, is_told in ((None, True), (Tlp.GREEN, False)):
        compilation = Compilation(case.session, replace(options, ceiling=ceiling))
        chapter = agreement_chapter(compilation, case.ids["first"])
        assert ("A hidden agreement" in told(chapter, "network")) is is_told
        assert "The second agreement" in told(chapter, "network")


def test_the_map_names_parties_that_are_no_states(case: Written) -> None:
    case.add(Party, agreement=case.ids["first"], organization=case.ids["NATO"])
    words = told(agreement(case, "map"), "map")
    assert "Japan, Norway" in words
    assert "Not on the map: NATO." in words
    assert "nothing on the status" in words


def test_a_pair_has_all_three(case: Written) -> None:
    chapter = pair_chapter(Compilation(case.session, OPTIONS), case.ids["JPN"], case.ids["NOR"])
    assert {*FIGURES} <= {*names(chapter)}
    words = told(chapter, "timeline")
    assert words.index("2011") < words.index("14 March 2014") < words.index("1 May 2018")
    assert words.count("The dotted line is 23 November 2026.") in (0, 2)  # in the words and in the caption, or in none


def test_a_signature_of_both_on_one_day_is_one_entry(case: Written) -> None:
    for code in ("JPN", "NOR"):
        case.add(
            PartyAction,
            agreement=case.ids["first"],
            organization=case.ids[code],
            action="ratification",
            date="2015-01-01",
        )
    assert told(agreement(case, "timeline"), "timeline").count("Ratification: The first agreement") == 1


def test_a_dossier_has_a_chapter_of_each(case: Written) -> None:
    made = dossier(case.session, DossierQuery(parts=(Part.NETWORK, Part.TIMELINE)), OPTIONS)
    assert [[part.name for part in chapter.sections] for chapter in made.chapters][:2] == [["network"], ["timeline"]]
