"""States by their codes and by their names in many languages."""

import pytest

from db.countries import names_state, state_name, states_called


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Norw", "NOR"),
        ("Nor", "NOR"),
        ("jp", "JPN"),
        ("JPN", "JPN"),
        ("日本", "JPN"),
        ("Noreg", "NOR"),
        ("Cote d", "CIV"),
    ],
)
def test_the_state_that_is_meant_comes_first(text: str, first: str) -> None:
    assert states_called(text)[0][0] == first


@pytest.mark.parametrize("text", ["", "n", "Ministry of Defence"])
def test_nothing_else_names_a_state(text: str) -> None:
    assert states_called(text) == []


@pytest.mark.parametrize(
    ("name", "code", "known"),
    [
        ("Japan", "JP", True),
        ("Kingdom of Norway", "NOR", True),
        ("日本国", "JPN", True),
        ("USSR", "SUN", True),
        ("Jap", "JP", False),
        ("Norway", "SE", False),
    ],
)
def test_a_name_and_a_code_of_one_state(name: str, code: str, known: bool) -> None:
    assert names_state(name, code) is known


def test_a_code_has_a_name() -> None:
    assert (state_name("NO"), state_name("nope")) == ("Norway", "")
