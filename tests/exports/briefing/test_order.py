"""Notes are numbered as a reader meets them, in every briefing of the sample."""

from collections.abc import Iterator
from itertools import combinations

import pytest

from db.models import Agreement, Organization, Person
from db.queries.records import list_records
from exports.briefing.agreement import agreement_briefing
from exports.briefing.document import Briefing
from exports.briefing.dossier import DossierQuery, dossier
from exports.briefing.official import official_briefing
from exports.briefing.pair import pair_briefing
from exports.briefing.register import Grouping, RegisterQuery, register_briefing
from tests.exports.briefing.cases import OPTIONS, Written, sample


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Written]:
    with sample(tmp_path_factory.mktemp("sample")) as found:
        yield found


def assert_in_order(briefing: Briefing) -> None:
    cited = briefing.cited()
    assert cited == tuple(range(1, len(cited) + 1)), briefing.title
    assert [note.number for note in briefing.notes] == list(cited), briefing.title


def test_agreements(case: Written) -> None:
    for row in list_records(case.session, Agreement):
        assert_in_order(agreement_briefing(case.session, row.id, OPTIONS))


def test_officials(case: Written) -> None:
    for row in list_records(case.session, Person):
        assert_in_order(official_briefing(case.session, row.id, OPTIONS))


def test_pairs(case: Written) -> None:
    states = {row["iso_code"].text: row.id for row in list_records(case.session, Organization)}
    for first, second in combinations(("JPN", "NOR", "GBR", "ARE"), 2):
        assert_in_order(pair_briefing(case.session, states[first], states[second], OPTIONS))


@pytest.mark.parametrize("grouping", Grouping)
def test_registers(case: Written, grouping: Grouping) -> None:
    assert_in_order(register_briefing(case.session, RegisterQuery(grouping=grouping), OPTIONS))


def test_the_dossier(case: Written) -> None:
    assert_in_order(dossier(case.session, DossierQuery(), OPTIONS))
