"""Pandoc as a separate program: missing, wrong, slow or out of its mind; and what it wrote before."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

import exports.citations.pandoc as pandoc_module
from exports.citations.cache import KEPT, CitationCache
from exports.citations.errors import CitationError, CitationFailure, CitationTimeout, MissingPandoc, UnfitPandoc
from exports.citations.items import Cited
from exports.citations.pandoc import Pandoc, installed_pandoc
from exports.citations.references import References, references
from exports.citations.styles import CitationStyle
from tests.exports.citations.sources import PAGE, PRESS, SOURCES

EACH = [Cited(number) for number in range(len(SOURCES))]
NEEDS_SHELL = pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins for pandoc are shell scripts")


def stand_in(folder: Path, script: str) -> Pandoc:
    """A program in pandoc's place that calls itself what pandoc does."""
    program = folder / "pandoc"
    name = installed_pandoc().version
    program.write_text(f'#!/bin/sh\nif [ "$1" = --version ]; then echo "{name}"; exit; fi\n{script}\n')
    program.chmod(0o755)
    return Pandoc(program, seconds=30)


def cite(pandoc: Pandoc | None = None, cache: Path | None = None) -> References:
    return references([PRESS], [Cited(0)], CitationStyle.IEEE, pandoc=pandoc, cache=cache)


def test_pandoc_comes_with_the_environment() -> None:
    assert installed_pandoc().version.startswith("pandoc 3.")


def test_a_missing_package_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pandoc_module, "find_spec", lambda name: None)
    with pytest.raises(MissingPandoc, match="plain style needs no other program"):
        cite()


def test_a_missing_program_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(MissingPandoc, match="was not found"):
        cite(Pandoc(tmp_path / "pandoc"))


def test_a_file_that_is_no_program_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "pandoc").write_bytes(b"no program")
    with pytest.raises(UnfitPandoc):
        cite(Pandoc(tmp_path / "pandoc"))


@NEEDS_SHELL
def test_another_version_is_told_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "pandoc").write_text("#!/bin/sh\necho pandoc 2.19.2\n")
    (tmp_path / "pandoc").chmod(0o755)
    with pytest.raises(UnfitPandoc, match=r"pandoc 3, and pandoc 2\.19\.2 was found"):
        cite(Pandoc(tmp_path / "pandoc"))


@NEEDS_SHELL
def test_a_program_that_never_ends_is_ended(tmp_path: Path) -> None:
    slow = Pandoc(stand_in(tmp_path, "exec sleep 600").program, seconds=0.5)
    begun = time.monotonic()
    with pytest.raises(CitationTimeout, match=r"within 0\.5 seconds"):
        cite(slow)
    assert time.monotonic() - begun < 300  # it was not waited for


@NEEDS_SHELL
@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("echo 'out of order' >&2; exit 23", "out of order"),
        ("exit 3", "code 3"),
        ("echo no json", "cannot be read"),
        ("echo 1", "no document"),
        ("""echo '{"blocks": 3}'""", "not what was asked for"),
        ("""echo '{"blocks": []}'""", "lacks citations"),
        ("""echo '{"blocks": [{"t": "Para", "c": []}]}'""", "lacks citations"),
    ],
)
def test_an_answer_that_is_none_is_told_in_words(tmp_path: Path, script: str, message: str) -> None:
    with pytest.raises(CitationFailure, match=message) as error:
        cite(stand_in(tmp_path, script))
    assert isinstance(error.value, CitationError)
    assert "Nothing was written" in str(error.value)


def test_nothing_cited_needs_no_pandoc(tmp_path: Path) -> None:
    nothing = references([], [], CitationStyle.APA, pandoc=Pandoc(tmp_path / "pandoc"))
    assert nothing == References(())


def test_the_environment_does_not_change_a_word(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = references(SOURCES, EACH, CitationStyle.APA)
    monkeypatch.setenv("LANG", "ja_JP.UTF-8")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert references(SOURCES, EACH, CitationStyle.APA) == before


def test_two_processes_write_the_same() -> None:
    code = (
        "from exports.citations.items import Cited\n"
        "from exports.citations.references import references\n"
        "from exports.citations.styles import CitationStyle\n"
        "from tests.exports.citations.sources import SOURCES\n"
        "each = [Cited(number) for number in range(len(SOURCES))]\n"
        "print(ascii(references(SOURCES, each, CitationStyle.CHICAGO_AUTHOR_DATE)))"
    )
    root = Path(__file__).parents[3]
    texts = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(root)},
            capture_output=True,
            check=True,
            cwd=root,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert len(texts) == 1
    assert b"Schelling" in texts.pop()


@NEEDS_SHELL
def test_what_was_written_before_is_not_written_again(tmp_path: Path) -> None:
    first = cite(cache=tmp_path / "cache")
    idle = stand_in(tmp_path, "exit 9")
    assert cite(idle, tmp_path / "cache") == first
    with pytest.raises(CitationFailure):
        cite(idle)


def test_a_kept_answer_belongs_to_its_style_items_and_language(tmp_path: Path) -> None:
    asked = [
        ([PRESS], CitationStyle.APA, "en"),
        ([PRESS], CitationStyle.APA, "ja"),
        ([PRESS], CitationStyle.IEEE, "en"),
        ([PAGE], CitationStyle.APA, "en"),
    ]
    for items, style, language in asked:
        fresh = references(items, [Cited(0)], style, language)
        assert references(items, [Cited(0)], style, language, cache=tmp_path) == fresh
        assert references(items, [Cited(0)], style, language, cache=tmp_path) == fresh
    assert len(list(tmp_path.iterdir())) == len(asked)


@pytest.mark.parametrize(
    "damage", ["", "{", "[]", '{"citations": [3], "entries": []}', '{"citations": [], "entries": []}']
)
def test_a_damaged_cache_is_written_anew(tmp_path: Path, damage: str) -> None:
    fresh = cite(cache=tmp_path)
    (kept,) = tmp_path.glob("*.json")
    sound = kept.read_text(encoding="utf-8")
    kept.write_text(damage, encoding="utf-8")
    assert cite(cache=tmp_path) == fresh
    assert kept.read_text(encoding="utf-8") == sound


def test_a_folder_that_cannot_be_written_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert cite(cache=tmp_path / "file").notes == cite().notes


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_only_the_user_may_read_what_is_kept(tmp_path: Path) -> None:
    cite(cache=tmp_path / "cache")
    (kept,) = (tmp_path / "cache").iterdir()
    assert (tmp_path / "cache").stat().st_mode & 0o077 == 0
    assert kept.stat().st_mode & 0o077 == 0


def test_the_oldest_answers_go(tmp_path: Path) -> None:
    cite(cache=tmp_path)
    (kept,) = tmp_path.glob("*.json")
    for number in range(KEPT):
        shutil.copy(kept, tmp_path / f"{number}.json")
        os.utime(tmp_path / f"{number}.json", (number, number))
    references([PAGE], [Cited(0)], CitationStyle.IEEE, cache=tmp_path)
    assert len(list(tmp_path.glob("*.json"))) == KEPT
    assert not (tmp_path / "0.json").exists()
    assert kept.exists()
    assert CitationCache(tmp_path).get(kept.stem) is not None
