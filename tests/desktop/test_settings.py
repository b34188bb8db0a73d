"""Who edits is known by one stable id, written down once."""

import json
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from db.errors import InvalidValue
from desktop.folders import data_folder
from desktop.settings import editor


def test_the_first_name_is_written_down() -> None:
    first = editor("Ann")
    assert editor() == editor("Ann") == first
    assert json.loads((data_folder() / "author.json").read_text(encoding="utf-8")) == {
        "id": str(first.id),
        "name": "Ann",
    }


def test_another_name_has_another_id_and_always_the_same() -> None:
    first = editor("Ann")
    second = editor("Bo")
    assert second.id != first.id
    assert editor("Bo") == second
    assert editor() == first


def test_without_a_name_the_login_has_one() -> None:
    assert editor().name


@pytest.mark.parametrize("name", ["", "  ", "x" * 201, "\udcff", "a\x00b"])
def test_a_name_that_no_file_can_hold(name: str) -> None:
    with pytest.raises(InvalidValue):
        editor(name)


@pytest.mark.parametrize("stored", ["", "[]", "{}", '{"id": "x", "name": "y"}', '{"id": 1, "name": "y"}'])
def test_what_is_no_author_is_replaced(stored: str) -> None:
    data_folder().mkdir(parents=True)
    (data_folder() / "author.json").write_text(stored, encoding="utf-8")
    assert editor("Ann") == editor()
    assert isinstance(editor().id, uuid.UUID)


def test_two_at_once_are_one() -> None:
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: editor(), range(16)))) == 1
