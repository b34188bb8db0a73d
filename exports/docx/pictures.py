"""Figures and portraits as pictures in a line of text, each with its alternative text.

A figure is drawn by what draws it in the PDF, so that both look alike and its words are shaped in every script, and
then made a PNG of 300 dots per inch: Word shows SVG only in newer versions, and its own shapes lose the fonts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image, ImageOps, UnidentifiedImageError

from exports.briefing.document import Portrait
from exports.briefing.drawing import Drawing
from exports.docx.markup import clean, escaped, w
from exports.pdf.errors import UnreadablePicture
from exports.pdf.figure import DrawingBlock
from exports.pdf.metadata import Metadata
from exports.pdf.writer import PdfCanvas

_DPI = 300
_POINTS = 72
_EMU = 12_700  # English Metric Units in a point
_PORTRAIT_WIDTH, _PORTRAIT_HEIGHT = 88.0, 132.0  # points, at most
_PORTRAIT_PIXELS = (440, 660)
_QUALITY = 88
_LONGEST_ALTERNATIVE = 30_000  # characters: Word refuses attributes that are much longer


@dataclass(frozen=True, slots=True)
class Media:
    """A file of the package that a relationship leads to."""

    relationship: str
    name: str
    data: bytes = field(repr=False)


class Pictures:
    """Makes runs with pictures, and keeps their files. `room`: the largest width and height in points."""

    def __init__(self, room: tuple[float, float], *, plain: bool) -> None:
        self.media: list[Media] = []
        self._room = room
        self._plain = plain

    def figure(self, drawing: Drawing, where: str) -> str:
        """A drawing, made smaller where it is too large. Raises MissingGlyph."""
        scale = min(1.0, self._room[0] / drawing.width, self._room[1] / drawing.height)
        data = figure_png(drawing, where, plain=self._plain)
        return self._inline(data, "png", (drawing.width * scale, drawing.height * scale), drawing.alternative)

    def portrait(self, portrait: Portrait, where: str) -> str:
        """A picture of a person. Raises UnreadablePicture."""
        data, (width, height) = _portrait_jpeg(portrait.image, where, plain=self._plain)
        scale = min(_PORTRAIT_WIDTH / width, _PORTRAIT_HEIGHT / height)
        return self._inline(data, "jpeg", (width * scale, height * scale), portrait.alternative)

    def _inline(self, data: bytes, suffix: str, size: tuple[float, float], alternative: str) -> str:
        number = len(self.media) + 1
        media = Media(f"rIdPicture{number}", f"picture{number}.{suffix}", data)
        self.media.append(media)
        across, high = (round(side * _EMU) for side in size)
        told = escaped(clean(alternative)[:_LONGEST_ALTERNATIVE])
        extent = f'cx="{across}" cy="{high}"'
        shape = (
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        )
        picture = (
            f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="{media.name}" descr="{told}"/><pic:cNvPicPr/>'
            f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{media.relationship}"/><a:stretch><a:fillRect/></a:stretch>'
            f"</pic:blipFill>{shape}</pic:pic>"
        )
        return w(
            "r",
            w(
                "drawing",
                f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/>'
                f'<wp:docPr id="{number}" name="{media.name}" descr="{told}"/>'
                '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
                '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
                f"{picture}</a:graphicData></a:graphic></wp:inline>",
            ),
        )


def figure_png(drawing: Drawing, where: str, *, plain: bool = False) -> bytes:
    """A drawing as a PNG, 300 dots to the inch. Raises MissingGlyph."""
    with pypdfium2.PdfDocument(_figure_pdf(drawing, where, plain=plain)) as document:
        picture = document[0].render(scale=_DPI / _POINTS).to_pil()
    output = BytesIO()
    picture.convert("L" if plain else "RGB").save(output, "PNG", dpi=(_DPI, _DPI))
    return output.getvalue()


def _figure_pdf(drawing: Drawing, where: str, *, plain: bool) -> bytes:
    canvas = PdfCanvas((drawing.width, drawing.height), Metadata(where, "und"), is_plain=plain)
    block = DrawingBlock(drawing, where, drawing.height)
    block.draw(canvas, 0, drawing.height, drawing.width, canvas.tree.root)
    canvas.showPage()
    return bytes(canvas.getpdfdata())  # type: ignore[no-untyped-call]


def _portrait_jpeg(data: bytes, where: str, *, plain: bool) -> tuple[bytes, tuple[int, int]]:
    """The picture made anew, upright, small, on white, and without what a camera wrote into it."""
    try:
        with Image.open(BytesIO(data)) as picture:
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise UnreadablePicture(where) from error
    flat = Image.new("RGBA", upright.size, "white")
    flat.alpha_composite(upright)
    small = flat.convert("L" if plain else "RGB")
    small.thumbnail(_PORTRAIT_PIXELS)
    output = BytesIO()
    small.save(output, "JPEG", quality=_QUALITY)
    return output.getvalue(), small.size
