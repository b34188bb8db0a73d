"""What an installation remembers of the files that it wrote."""

import hashlib
import os
from pathlib import Path

import pytest

import db.trust
from db.errors import FileRefused
from db.trust import Trust, digest_of


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class TestDigests:
    def test_are_those_of_the_bytes(self, tmp_path: Path) -> None:
        path = tmp_path / "large"
        path.write_bytes(b"x" * 3_000_001)
        assert digest_of(path) == hashlib.sha256(b"x" * 3_000_001).hexdigest()

    def test_are_remembered_across_processes(self, trust: Trust, tmp_path: Path) -> None:
        assert not trust.knows(digest("a"))
        trust.remember(digest("a"))
        assert Trust(tmp_path / "trust").knows(digest("a"))
        assert not trust.knows(digest("b"))

    def test_the_oldest_are_forgotten(self, trust: Trust, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(db.trust, "_MOST", 3)
        for age, name in enumerate("dcba"):
            trust.remember(digest(name))
            os.utime(tmp_path / "trust" / "known" / digest(name), (1000 - age, 1000 - age))
        trust.remember(digest("e"))
        assert [name for name in "abcde" if trust.knows(digest(name))] == ["c", "d", "e"]


class TestOpenFiles:
    def test_are_noted_until_closed(self, trust: Trust, tmp_path: Path) -> None:
        path = tmp_path / "a.casefile"
        assert not trust.had_open(path)
        trust.note_open(path)
        assert Trust(tmp_path / "trust").had_open(path)
        trust.note_closed(path)
        trust.note_closed(path)
        assert not trust.had_open(path)

    def test_are_known_by_whatever_way_leads_to_them(self, trust: Trust, tmp_path: Path) -> None:
        (tmp_path / "folder").mkdir()
        (tmp_path / "link").symlink_to(tmp_path / "folder")
        trust.note_open(tmp_path / "folder" / "a.casefile")
        assert trust.had_open(tmp_path / "link" / ".." / "folder" / "a.casefile")
        assert not trust.had_open(tmp_path / "folder" / "b.casefile")

    def test_cannot_be_opened_where_that_cannot_be_noted(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        with pytest.raises(
            FileRefused, match=r"cannot be written: Not a directory\. Without it, a\.casefile could not"
        ):
            Trust(tmp_path / "file").note_open(tmp_path / "a.casefile")
