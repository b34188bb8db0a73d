"""Which language's letters a text is set in, and which way it runs."""

import pytest

from exports.pdf.directions import paragraph_levels
from exports.pdf.errors import MissingGlyph
from exports.pdf.fonts import BOLD, REGULAR
from exports.pdf.guessing import guessed, reading_parts
from exports.pdf.scripts import direction, east_asian, reading_as, setting_language
from exports.pdf.shaping import clusters, shape_word
from exports.pdf.styles import BODY
from exports.pdf.text import Span, break_lines, tokenise
from exports.pdf.thai import thai_words


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ja", "ja"),
        ("ja-Latn", "ja"),
        ("ko-KR", "ko"),
        ("zh", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zh-Hant-HK", "zh-Hant"),
        ("zh_TW", "zh-Hant"),
        ("yue", "zh-Hant"),
        ("en", ""),
        ("", ""),
    ],
)
def test_four_ways_to_write_han_characters(language: str, expected: str) -> None:
    assert east_asian(language) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("国防", "", "ja"),
        ("国防", "zh", "zh"),
        ("国防", "en", "ja"),
        ("국방 國防", "", "ko"),
        ("防衛する", "", "ja"),
        ("Łódź", "pl", "pl"),
        ("abc", "", ""),
    ],
)
def test_the_language_that_a_text_is_set_in(text: str, language: str, expected: str) -> None:
    assert setting_language(text, language) == expected


def test_the_documents_language_decides_where_a_text_has_none() -> None:
    with reading_as(("en-GB", "zh-TW", "ko")):
        assert setting_language("國防", "") == "zh-Hant"
    assert setting_language("國防", "") == "ja"


@pytest.mark.parametrize(
    ("character", "language", "face"),
    [
        ("直", "ja", "NotoSansJP-SemiBold"),
        ("直", "ko", "NotoSansKR-Regular"),
        ("直", "zh-Hans", "NotoSansSC-Regular"),
        ("直", "zh-Hant", "NotoSansTC-Regular"),
        ("们", "ja", "NotoSansSC-Regular"),
        ("ש", "", "NotoSansHebrew-Bold"),
        ("ع", "en", "NotoNaskhArabic-Bold"),
        ("ค", "th", "NotoSansThai-Bold"),
        ("क्ष", "hi", "NotoSans-Bold"),
    ],
)
def test_the_face_of_a_character(character: str, language: str, face: str) -> None:
    assert BOLD.face_for(character, language).name == face


@pytest.mark.parametrize("character", ["\U0001f600", "\ue000", "\u1200", "\U00012000"])
def test_what_no_face_has_is_an_error(character: str) -> None:
    with pytest.raises(MissingGlyph) as error:
        shape_word(REGULAR, f"a{character}")
    assert error.value.character == character


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("שלום abc", "", 1),
        ("abc שלום", "", 0),
        ("abc שלום", "he", 1),
        ("abc", "ar", 0),
        ("שלום", "en", 0),
        ("123", "", None),
        ("\u200f123", "", 1),
    ],
)
def test_the_direction_of_a_text(text: str, language: str, expected: int | None) -> None:
    assert direction(text, language) == expected


def test_a_value_is_isolated_and_the_note_number_after_it_stays_after_it() -> None:
    levels, base = paragraph_levels([("מספר 5", "he"), (" ", ""), ("12", ""), (" uncited", "")])
    assert base == 0
    assert levels == [[1, 1, 1, 1, 1, 2], [0], [0, 0], [0] * 8]


def test_where_all_runs_from_right_to_left_the_paragraph_does() -> None:
    assert paragraph_levels([("שלום", "he"), (" עולם", "he")]) == ([[1] * 4, [1] * 5], 1)


def test_marks_that_direct_are_obeyed_and_not_printed() -> None:
    spans = [Span("a\u202ebc\u202cd", BODY)]
    tokens = tokenise(spans)
    assert [(token.text, token.level % 2) for token in tokens] == [("a", 0), ("bc", 1), ("d", 0)]


def test_unclosed_isolates_reach_no_further_than_their_text() -> None:
    levels, _ = paragraph_levels([("a \u2067b", ""), (" c", "")])
    assert levels[1] == [0, 0]


@pytest.mark.parametrize(
    ("seen", "told"),
    [
        ("abc", "abc"),
        ("גבא", "אבג"),
        ("ד גבא", "אבג ד"),
        ("abc בא", "abc אב"),
        ("ד abc בא", "אב abc ד"),
        ("(בא)", "(אב)"),
        ("ab c א", "ab c א"),
    ],
)
def test_what_a_reader_guesses(seen: str, told: str) -> None:
    assert guessed(seen) == told


def test_a_line_is_parted_where_a_reader_would_guess_wrong() -> None:
    tokens = tokenise([Span("Prime Minister בנימין נתניהו (Likud)", BODY)])
    told = ["".join(tokens[place].text for place in part.places).strip() for part in reading_parts(tokens)]
    assert told == ["Prime Minister", "בנימין נתניהו", "(Likud)"]


def test_a_date_whose_order_is_turned_is_told() -> None:
    tokens = tokenise([Span("رقم 12-05-2024", BODY, "ar")])
    assert [part.told for part in reading_parts(tokens)] == ["", "12-05-2024"]


def test_thai_is_parted_between_words() -> None:
    text = "ข้อตกลงความร่วมมือด้านการป้องกันประเทศ"
    assert thai_words(text) == ("ข้อตกลง", "ความร่วมมือ", "ด้าน", "การป้องกัน", "ประเทศ")


def test_thai_names_are_never_parted_inside_a_cluster() -> None:
    name = "สมิทธิเกศน์"
    words = thai_words(name)
    assert "".join(words) == name
    assert not any(word[0] in "ะัาำิีึืฺุู็่้๊๋์ํ๎" or word[-1] in "เแโใไ" for word in words)


def test_korean_lines_end_at_spaces() -> None:
    spans = [Span("대한민국 국방부 장관", BODY)]
    lines = break_lines(tokenise(spans), spans, BODY.size * 7.5)
    assert ["".join(token.text for token in line.tokens) for line in lines] == ["대한민국 국방부", "장관"]


@pytest.mark.parametrize("text", ["한글", "葛\U000e0100城", "か\u3099", "ภาษา", "\u1112\u1161\u11ab"])
def test_what_belongs_together_is_one_cluster(text: str) -> None:
    assert "".join(clusters(text)) == text
    assert clusters("\u1112\u1161\u11ab") == ["\u1112\u1161\u11ab"]
    assert clusters("葛\U000e0100城") == ["葛\U000e0100", "城"]


def test_a_space_before_a_value_that_runs_the_other_way_stays_between_them() -> None:
    levels, base = paragraph_levels([("4 September", ""), (" (צו mixed)", ""), (" ", "")])
    assert base == 0
    assert levels[1][0] == 0
    assert levels[1][1] == 1
    assert [len(each) for each in levels] == [11, 11, 1]
