"""A sheet's marking is never loosened."""

import pytest

from db.errors import InvalidValue
from db.models.vocabulary import Tlp
from desktop.commands import printing
from desktop.printing.options import Kind, chosen_marking, stricter_markings
from exports.briefing.document import BriefingKind
from exports.briefing.languages import Language
from exports.briefing.register import Grouping
from exports.citations.styles import CitationStyle

PAIRS = [(given, wanted) for given in Tlp for wanted in Tlp]


@pytest.mark.parametrize(("given", "wanted"), PAIRS)
def test_a_marking_is_kept_or_made_stricter(given: Tlp, wanted: Tlp) -> None:
    order = ["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"]
    if order.index(wanted) >= order.index(given):
        assert chosen_marking(given, wanted) is wanted
        assert wanted in stricter_markings(given)
    else:
        assert wanted not in stricter_markings(given)
        with pytest.raises(InvalidValue, match="more strictly"):
            chosen_marking(given, wanted)


@pytest.mark.parametrize("given", Tlp)
def test_without_a_choice_the_files_marking_stays(given: Tlp) -> None:
    assert chosen_marking(given, None) is given


def test_what_is_offered_is_what_there_is() -> None:
    assert {kind.value for kind in Kind} == {kind.value for kind in BriefingKind if kind is not BriefingKind.CHANGES}
    assert tuple(language.value for language in Language) == printing._LANGUAGES
    assert tuple(style.value for style in CitationStyle) == printing._STYLES
    assert tuple(grouping.value for grouping in Grouping) == printing._GROUPINGS


def test_a_ceiling_that_left_everything_else_out_marks_the_sheet() -> None:
    assert chosen_marking(Tlp.AMBER, None, Tlp.GREEN) is Tlp.GREEN
    assert chosen_marking(Tlp.GREEN, None, Tlp.RED) is Tlp.GREEN
    assert chosen_marking(Tlp.AMBER, Tlp.RED, Tlp.GREEN) is Tlp.RED
    with pytest.raises(InvalidValue):
        chosen_marking(Tlp.AMBER, Tlp.CLEAR, Tlp.GREEN)
