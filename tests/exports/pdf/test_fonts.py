"""The vendored files are what they should be, and the right face prints each character."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from exports.pdf.errors import MissingGlyph
from exports.pdf.fonts import BOLD, REGULAR
from exports.pdf.shaping import clusters, shape_word
from resources import path

ROOT = Path(__file__).parents[3]


def test_font_files_are_unchanged() -> None:
    rows = path("fonts/SHA256SUMS").read_text(encoding="ascii").splitlines()
    listed = {name: digest for digest, name in (row.split() for row in rows)}
    files = sorted(path("fonts").glob("*.ttf"))
    assert {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files} == listed


def test_every_font_has_its_licence() -> None:
    for file in path("fonts").glob("*.ttf"):
        name = f"OFL-{file.stem.partition('-')[0]}.txt"
        assert "SIL OPEN FONT LICENSE" in path(f"fonts/{name}").read_text(encoding="utf-8")


def test_a_sheet_in_latin_letters_opens_no_other_face() -> None:
    program = (
        "from exports.pdf import fonts, shaping\n"
        "shaping.shape_word(fonts.REGULAR, 'Łódź')\n"
        "print([face.name for face in fonts.REGULAR.faces if 'program' in vars(face)])"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert said.strip() == "['NotoSans-Regular']"


@pytest.mark.parametrize(
    ("text", "face"),
    [("Ł", "NotoSans-Bold"), ("Ω", "NotoSans-Bold"), ("Ж", "NotoSans-Bold"), ("稔", "NotoSansJP-SemiBold")],
)
def test_a_character_is_printed_by_the_first_face_that_has_it(text: str, face: str) -> None:
    assert BOLD.face_for(text).name == face


def test_the_language_decides_where_faces_share_a_character() -> None:
    assert REGULAR.face_for("“").name == "NotoSans-Regular"
    assert REGULAR.face_for("“", "ja").name == "NotoSansJP-Regular"


def test_the_character_that_lacks_a_glyph_is_named_not_its_neighbour() -> None:
    with pytest.raises(MissingGlyph) as error:
        shape_word(REGULAR, "ab\u0590")
    assert error.value.character == "\u0590"


def test_marks_stay_with_their_letters() -> None:
    assert clusters("m\u0304e\u0301x") == ["m\u0304", "e\u0301", "x"]


def test_a_word_is_as_wide_as_its_glyphs_and_kerning() -> None:
    face = REGULAR.main
    plain = sum(face.advance(face.font.get_nominal_glyph(ord(letter))) for letter in "AVATAR")
    word = shape_word(REGULAR, "AVATAR")
    assert word.width < plain
    assert "".join(text for run in word.runs for _, text in run.glyphs) == "AVATAR"
