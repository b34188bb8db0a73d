"""Named choices are remembered for a case, and nothing that is damaged there is believed."""

import json
import uuid

import pytest

from db.errors import InvalidValue
from db.models.vocabulary import Tlp
from desktop.folders import data_folder
from desktop.printing.options import SheetOptions
from desktop.printing.templates import LONGEST_NAME, forget_template, remember_template, template, templates
from exports.paper import Paper

CASE, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)
CHOICES = SheetOptions(
    paper=Paper.LETTER if "LETTER" in Paper.__members__ else list(Paper)[-1],
    marking=Tlp.RED,
    originator="政策課",
    language="ja",
    style="oscola",
    notes_at_page=True,
    plain=True,
    internal=False,
    sections=("summary", "status"),
    ceiling=Tlp.GREEN,
    says_withheld=True,
)


def test_everything_but_days_comes_back() -> None:
    remember_template(CASE, "  For   the minister ", CHOICES)
    assert template(CASE, "For the minister") == CHOICES
    assert templates(OTHER) == {}


def test_replaced_and_forgotten() -> None:
    remember_template(CASE, "b", CHOICES)
    remember_template(CASE, "A", CHOICES)
    remember_template(CASE, "b", SheetOptions())
    assert list(templates(CASE)) == ["A", "b"]
    assert template(CASE, "b") == SheetOptions()
    forget_template(CASE, "b")
    forget_template(CASE, "b")
    with pytest.raises(InvalidValue, match="It has: A"):
        template(CASE, "b")


@pytest.mark.parametrize("name", ["", " ", "x" * (LONGEST_NAME + 1), "a\x00b"])
def test_names_that_are_none(name: str) -> None:
    with pytest.raises(InvalidValue):
        remember_template(CASE, name, CHOICES)


@pytest.mark.parametrize(
    "text", ["", "[]", "{", json.dumps({"t": {"paper": "B5", "marking": 3, "sections": "x", "plain": "no", "z": 1}})]
)
def test_what_is_damaged_is_the_usual(text: str) -> None:
    path = data_folder() / "templates" / f"{CASE}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    assert all(found == SheetOptions() for found in templates(CASE).values())
