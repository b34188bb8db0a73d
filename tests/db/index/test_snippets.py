"""The passage that shows why something was found."""

from hypothesis import given
from hypothesis import strategies as st

from db.index.snippets import LENGTH, Segment, best_passage, marked, passage
from db.index.terms import read_terms


def _shown(segments: tuple[Segment, ...]) -> str:
    return "".join(f"[{segment.text}]" if segment.is_hit else segment.text for segment in segments)


def test_hits_are_marked_in_the_original() -> None:
    assert _shown(marked("Bjørn Gram met KIHARA", read_terms("bjorn kihara"))) == "[Bjørn] Gram met [KIHARA]"
    assert _shown(marked("木原稔防衛大臣", read_terms("防衛"))) == "木原稔[防衛]大臣"
    assert _shown(marked("新型MOU締結", read_terms("mou"))) == "新型[MOU]締結"
    assert _shown(marked("F-35A", read_terms("f 35"))) == "[F]-[35]A"


def test_a_long_text_is_cut_around_the_hits() -> None:
    text = "nothing here " * 100 + "the joint strike missile " + "and so on " * 100
    shown = _shown(passage("notes", text, read_terms("joint missile")).segments)
    assert "[joint] strike [missile]" in shown
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert len(shown) <= LENGTH + 60


def test_a_hit_far_inside_a_very_long_text() -> None:
    text = "x " * 200_000 + "needle here " + "y " * 100_000
    shown = _shown(passage("text", text, read_terms("needle")).segments)
    assert "[needle] here" in shown
    assert shown.startswith("…")


def test_a_text_without_a_hit_is_shown_from_its_start() -> None:
    found = passage("summary", "word " * 100, read_terms("other"))
    assert found.found == 0
    assert _shown(found.segments).startswith("word word")


def test_the_field_with_most_of_the_terms() -> None:
    texts = {"title": "Memorandum", "summary": "A memorandum on equipment", "place": "Oslo"}
    assert best_passage(texts, read_terms("memorandum equipment")).field == "summary"
    assert best_passage(texts, read_terms("memorandum")).field == "title"


@given(st.text(), st.text(max_size=20))
def test_a_marked_text_is_the_text(text: str, query: str) -> None:
    assert "".join(segment.text for segment in marked(text, read_terms(query))) == text


@given(st.text(min_size=1, max_size=8).filter(lambda text: bool(read_terms(text))), st.text(), st.text())
def test_whatever_is_looked_for_is_marked_where_it_stands(query: str, before: str, after: str) -> None:
    terms = read_terms(query)
    text = f"{before} {query} {after}"
    assert passage("text", text, terms).found == len(terms.terms)
