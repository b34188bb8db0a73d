"""Other makers of the same dossier, each run in a process of its own: `python -m tests.benchmarks.makers NAME`.

Prints a line of JSON: CPU seconds, pages, peak memory in MB, size in KB.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from html import escape
from importlib.util import find_spec
from io import BytesIO
from typing import Any

from resources import path
from tests.benchmarks import dossier

_FONTS = {"Body": "NotoSans-Regular", "Strong": "NotoSans-Bold"}


def ours() -> bytes:
    """Tagged, archival, with links and marks."""
    from exports.pdf import render

    return render(dossier.briefing()).pdf


def platypus() -> bytes:
    """Stock Paragraph and Table: no tags, no links, no marking."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table

    for name, file in _FONTS.items():
        pdfmetrics.registerFont(TTFont(name, str(path(f"fonts/{file}.ttf"))))
    body = ParagraphStyle("body", fontName="Body", fontSize=8.8, leading=12.4)
    strong = ParagraphStyle("strong", parent=body, fontName="Strong")
    small = ParagraphStyle("small", parent=body, fontSize=7.4, leading=10)
    rows = [[Paragraph(escape(heading), small) for heading in dossier.HEADINGS]]
    for line in dossier.lines():
        title = Paragraph(escape(f"{line.title} {line.note} single origin"), strong)
        rest = (line.parties, line.signed, line.status, line.number)
        rows.append([title, *(Paragraph(escape(text), body) for text in rest)])
    story: list[Flowable] = [Table(rows, [share * 491 for share in dossier.SHARES], repeatRows=1)]
    for number, text in enumerate(dossier.references(), 1):
        story.append(Paragraph(escape(f"{number} B 2 original report {text}"), small))
        story.append(Paragraph(escape(dossier.address(number)), small))
    output = BytesIO()
    SimpleDocTemplate(output, initialFontName="Body", invariant=1, leftMargin=52, rightMargin=52).build(story)
    return output.getvalue()


def typst() -> bytes:
    """Typst with the same faces, sizes and columns, accessible, with the same links."""
    import typst as compiler

    source = "\n".join(_typst_source()).encode()
    fonts: Any = [str(path("fonts"))]
    return bytes(compiler.compile(source, font_paths=fonts, ignore_system_fonts=True, pdf_standards=["ua-1"]))


def _typst_source() -> Iterator[str]:
    yield '#set document(title: "Every agreement on file")'
    yield '#set page(paper: "a4", margin: 52pt)'
    yield '#set text(font: "Noto Sans", size: 8.8pt)'
    yield f"#table(columns: ({', '.join(f'{share}fr' for share in dossier.SHARES)}), stroke: none, table.header("
    yield ", ".join(f"[#{_quoted(heading)}]" for heading in dossier.HEADINGS) + "),"
    for line in dossier.lines():
        mark = f"link(label({_quoted(f'note-{line.note}')}), {_quoted(str(line.note))})"
        title = f"strong({_quoted(line.title)}) + [ ] + {mark} + {_quoted(' single origin')}"
        rest = (_quoted(text) for text in (line.parties, line.signed, line.status, line.number))
        yield f"{title}, {', '.join(rest)},"
    yield ")"
    yield "#set text(size: 7.4pt)"
    for number, text in enumerate(dossier.references(), 1):
        where = f"link({_quoted(dossier.address(number))})"
        label = f"#box[] #label({_quoted(f'note-{number}')})"
        grade = f"{label} {number} Grade B 2 \\ original report"
        yield f"#grid(columns: (88pt, 1fr), [{grade}], [#{_quoted(text)} \\ #{where}])"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def weasyprint() -> bytes:
    """WeasyPrint with the same faces, sizes and columns."""
    import weasyprint as maker

    faces = "".join(
        f"@font-face {{ font-family: {name}; src: url('{path(f'fonts/{file}.ttf').as_uri()}') }}"
        for name, file in _FONTS.items()
    )
    style = f"{faces} @page {{ size: A4; margin: 52pt }} body {{ font: 8.8pt Body }} b {{ font-family: Strong }}"
    widths = "".join(f"<col style='width: {share * 100}%'>" for share in dossier.SHARES)
    head = "".join(f"<th>{escape(heading)}</th>" for heading in dossier.HEADINGS)
    rows = "".join(
        f"<tr><td><b>{escape(line.title)} {line.note} single origin</b></td>"
        + "".join(f"<td>{escape(text)}</td>" for text in (line.parties, line.signed, line.status, line.number))
        + "</tr>"
        for line in dossier.lines()
    )
    notes = "".join(
        f"<p>{number} B 2 original report {escape(text)}<br>{escape(dossier.address(number))}</p>"
        for number, text in enumerate(dossier.references(), 1)
    )
    table = f"<table style='table-layout: fixed; width: 100%'>{widths}<thead><tr>{head}</tr></thead>{rows}</table>"
    page = f"<style>{style}</style>{table}<div style='font-size: 7.4pt'>{notes}</div>"
    return bytes(maker.HTML(string=page).write_pdf() or b"")


MAKERS: dict[str, Callable[[], bytes]] = {
    "ours": ours,
    "platypus": platypus,
    "typst": typst,
    "weasyprint": weasyprint,
}


def is_installed(name: str) -> bool:
    """Whether a maker can be run here."""
    return name in ("ours", "platypus") or find_spec(name) is not None


def measure(name: str) -> dict[str, float]:
    """Run a maker once in this process, after a small document that has it load its modules and fonts.

    Once, because Typst remembers what it has laid out, and would not do it again.
    """
    with dossier.shortened():
        MAKERS[name]()
    start = time.process_time()
    made = MAKERS[name]()
    spent = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"cpu": spent, "pages": _pages(made), "memory": memory, "size": len(made) / 1024}


def _pages(pdf: bytes) -> int:
    import pypdfium2 as pdfium  # type: ignore[import-untyped]

    return len(pdfium.PdfDocument(pdf))


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1])))
