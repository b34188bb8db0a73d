"""Word differences: what they say adds up to both texts, and reads well."""

from hypothesis import given
from hypothesis import strategies as st

from db.merging.words import Fate, Stretch, word_difference

TEXTS = st.text(st.sampled_from("ab c,.\n木原é"), max_size=60)


@given(before=TEXTS, after=TEXTS)
def test_it_adds_up_to_both_texts(before: str, after: str) -> None:
    found = word_difference(before, after)
    assert "".join(each.text for each in found if each.fate is not Fate.ADDED) == before
    assert "".join(each.text for each in found if each.fate is not Fate.GONE) == after
    assert all(each.text for each in found)


def test_words_and_not_letters_are_marked() -> None:
    assert word_difference("signed in Tokyo by two", "signed in Oslo by two") == (
        Stretch("signed in "),
        Stretch("Tokyo", Fate.GONE),
        Stretch("Oslo", Fate.ADDED),
        Stretch(" by two"),
    )


def test_neighbouring_words_are_one_mark() -> None:
    found = word_difference("of 21 October 1998 here", "of 3 May 2001 here")
    assert found[1:3] == (Stretch("21 October 1998", Fate.GONE), Stretch("3 May 2001", Fate.ADDED))


def test_scripts_without_spaces_go_by_letters() -> None:
    assert word_difference("防衛大臣", "外務大臣")[-1] == Stretch("大臣")


def test_a_very_long_text_goes_by_lines() -> None:
    lines = [f"line {n} of a long text\n" for n in range(5_000)]
    found = word_difference("".join(lines), "".join([*lines[:100], "new\n", *lines[101:]]))
    assert [each.text for each in found if each.fate is not Fate.SAME] == [lines[100], "new\n"]
