"""Files that ship with Depositary: fonts, samples, icons, translations, styles."""

from pathlib import Path


def path(name: str) -> Path:
    """Where a shipped file or folder is, by its name relative to this package."""
    return Path(__file__).parent / name
