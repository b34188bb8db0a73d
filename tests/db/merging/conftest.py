"""Two copies of one case file that are edited apart."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.db.case import Case, add_sample, make_empty
from tests.db.merging.apart import Apart


@pytest.fixture
def apart(tmp_path: Path) -> Iterator[Apart]:
    mine = Case(make_empty(tmp_path / "mine.casefile"))
    ids = add_sample(mine)
    theirs = mine.fork()
    yield Apart(mine, theirs, ids)
    mine.close()
    theirs.close()
