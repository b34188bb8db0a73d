"""A sheet's marking is never loosened."""

import pytest

from db.errors import InvalidValue
from db.models.vocabulary import Tlp
from desktop.printing.options import chosen_marking, stricter_markings

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
