"""The main journey with real keys under a real X server, where there is one."""

import subprocess
import sys
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument  # type: ignore[import-untyped]

from db.opening import check_case, read_again
from db.queries.headings import counts_of
from db.queries.history import entries
from tests.journeys import by_hand


@pytest.mark.skipif(bool(by_hand.missing()), reason=f"needs {' and '.join(by_hand.NEEDED)}")
def test_a_case_by_hand(tmp_path: Path) -> None:
    script = [sys.executable, by_hand.__file__, str(tmp_path)]
    subprocess.run(script, check=True, stdout=subprocess.DEVNULL, timeout=200)
    (page,) = PdfDocument(tmp_path / "sheet.pdf")
    words = page.get_textpage().get_text_range()
    assert "Arrangement on maritime surveillance" in words
    assert by_hand.OFFICIAL in words
    case = tmp_path / "norway.casefile"
    assert check_case(case) == ()
    with read_again(case) as session:
        counts, labels = counts_of(session), [entry.label for entry in entries(session)]
    assert (counts["organizations"], counts["agreements"], counts["officials"]) == (2, 1, 1)
    assert labels[:2] == ["Redo: Add official", "Redo: Add agreement"]
