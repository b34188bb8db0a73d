"""The user's own folders, where the program keeps what belongs to the user and not to a case file."""

from pathlib import Path

import platformdirs

APPLICATION = "depositary"


def data_folder() -> Path:
    """Where the program keeps what must last."""
    return platformdirs.user_data_path(APPLICATION, appauthor=False)


def backup_folder() -> Path:
    """Where backups of case files are kept."""
    return data_folder() / "backups"


def copy_folder() -> Path:
    """Where local copies are kept of case files on shares and in synchronised folders, while they are open."""
    return data_folder() / "copies"


def log_folder() -> Path:
    """Where the details of unexpected failures are written."""
    return platformdirs.user_log_path(APPLICATION, appauthor=False)


def search_folder() -> Path:
    """Where the search indexes of case files are kept; they can be lost at any time."""
    return platformdirs.user_cache_path(APPLICATION, appauthor=False) / "search"


def citation_folder() -> Path:
    """Where references in the citation styles are kept once they are made; they can be lost at any time."""
    return platformdirs.user_cache_path(APPLICATION, appauthor=False) / "citations"
