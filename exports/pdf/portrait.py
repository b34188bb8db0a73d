"""A picture of a person: embedded as it is where a PDF can show it, else made anew, small and opaque."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from exports.briefing.document import Portrait
from exports.pdf.errors import UnreadablePicture
from exports.pdf.flow import Block, Leaf
from exports.pdf.objects import stream
from exports.pdf.tags import Element, Node
from exports.pdf.writer import PdfCanvas

_MOST_PIXELS = 440  # across: 300 dpi and more in the rail
_TALLEST = 1.5  # of the width; taller pictures are made narrower
_QUALITY = 88


class PortraitBlock(Leaf):
    """The picture in the rail. Raises UnreadablePicture."""

    def __init__(self, portrait: Portrait, where: str, *, before: float = 0.0) -> None:
        self.before = before
        self._node = Node("Figure", alternative=portrait.alternative)
        self._picture, self._data = _embeddable(portrait.image, where)
        self._size = self._picture.size

    def height(self, width: float) -> float:
        """As its proportions ask for."""
        return min(width * self._size[1] / self._size[0], width * _TALLEST)

    def split(self, width: float, height: float) -> tuple[Block | None, Block | None]:
        """A picture is not divided."""
        return (self, None) if self.height(width) <= height + 0.01 else (None, self)

    def draw(self, canvas: PdfCanvas, x: float, top: float, width: float, parent: Element) -> None:
        """Draw it as the content of a Figure."""
        height = self.height(width)
        across = height * self._size[0] / self._size[1]
        box = f"{x:.2f} {top - height:.2f} {x + across:.2f} {top:.2f}"
        self._node.attributes = f"<</O/Layout/Placement/Block/BBox[{box}]>>".encode()
        canvas.open(self._node.under(parent))
        name = canvas.image(self._stream(is_plain=canvas.is_plain))
        canvas.code.append(f"q {across:.2f} 0 0 {height:.2f} {x:.2f} {top - height:.2f} cm /{name} Do Q")
        canvas.close()

    def _stream(self, *, is_plain: bool) -> bytes:
        """The image's object, in grey for print without colour."""
        if is_plain and self._picture.mode != "L":
            grey = self._picture.convert("L")
            return _object(_as_jpeg(grey), grey)
        return _object(self._data, self._picture)


def _embeddable(data: bytes, where: str) -> tuple[Image.Image, bytes]:
    """The picture, opaque and no larger than paper can show, and its bytes as JPEG."""
    try:
        with Image.open(BytesIO(data)) as picture:
            upright = ImageOps.exif_transpose(picture)
            is_ready = picture.format == "JPEG" and upright is picture and picture.mode in ("RGB", "L")
            if is_ready and picture.width <= _MOST_PIXELS:
                return picture.copy(), data
            small = _made_anew(upright)
            return small, _as_jpeg(small)
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise UnreadablePicture(where) from error


def _made_anew(picture: Image.Image) -> Image.Image:
    """The picture on white."""
    flat = Image.new("RGBA", picture.size, "white")
    flat.alpha_composite(picture.convert("RGBA"))
    small = flat.convert("RGB")
    small.thumbnail((_MOST_PIXELS, _MOST_PIXELS * 2))
    return small


def _as_jpeg(picture: Image.Image) -> bytes:
    output = BytesIO()
    picture.save(output, "JPEG", quality=_QUALITY)
    return output.getvalue()


def _object(data: bytes, picture: Image.Image) -> bytes:
    """An image XObject (ISO 32000-1, 8.9.5)."""
    space = b"DeviceGray" if picture.mode == "L" else b"DeviceRGB"
    entries = b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace/%s/Filter/DCTDecode" % (
        *picture.size,
        space,
    )
    return stream(data, entries, compress=False)
