"""The house stands as docs/architecture.md says: import-linter's contracts hold."""

from pathlib import Path

import pytest
from importlinter.api import read_configuration
from importlinter.cli import lint_imports

PROJECT = str(Path(__file__).parent.parent / "pyproject.toml")
CONTRACTS = [contract["id"] for contract in read_configuration(PROJECT)["contracts_options"]]


def test_every_contract_is_checked() -> None:
    assert CONTRACTS == ["layers", "qt", "reportlab", "sessions"]


@pytest.mark.parametrize("contract", CONTRACTS)
def test_contract_is_kept(contract: str) -> None:
    assert lint_imports(PROJECT, limit_to_contracts=(contract,), no_cache=True, no_logo=True) == 0
