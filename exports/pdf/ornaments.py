"""Small shapes: the marks beside words that say how well a fact is known, and the steps of a ladder."""

from __future__ import annotations

from exports.pdf.styles import Rule
from exports.pdf.text import Span
from exports.pdf.writer import PdfCanvas

_RULES = {Rule.UNDER: -0.16, Rule.THROUGH: 0.29}  # of the type size, from the baseline
_KAPPA = 0.5523  # of the radius: the control points of a quarter circle


def draw_ornament(canvas: PdfCanvas, span: Span, x: float, y: float) -> None:
    """Draw a span's ornament at the beginning of its text, on the baseline y, as an artifact."""
    if span.ornament is None:
        return
    size, colour = span.style.size, span.ornament.colour
    radius = size * 0.27
    with canvas.artifact() as code:
        code.append(f"{canvas.fill(colour)} {canvas.stroke(colour)} {size * 0.1:.2f} w")
        code.append(shape(span.ornament.shape, x + radius + 0.4, y + size * 0.35, radius))


def draw_rule(canvas: PdfCanvas, span: Span, extent: tuple[float, float], y: float) -> None:
    """Draw the line under or through a span's text, on the baseline y, as an artifact."""
    if span.style.rule is None:
        return
    size, (start, end) = span.style.size, extent
    level = y + size * _RULES[span.style.rule]
    with canvas.artifact() as code:
        code.append(f"{canvas.stroke(span.style.colour)} {size * 0.07:.2f} w")
        code.append(f"{start:.2f} {level:.2f} m {end:.2f} {level:.2f} l S")


def shape(name: str, x: float, y: float, radius: float) -> str:
    """The operators of a shape around a centre: "diamond", "disc" filled; "ring", "square" outlined."""
    if name == "diamond":
        reach = radius * 1.15
        left, right, low, high = x - reach, x + reach, y - reach, y + reach
        return f"{x:.2f} {high:.2f} m {right:.2f} {y:.2f} l {x:.2f} {low:.2f} l {left:.2f} {y:.2f} l f"
    if name == "square":
        side = radius * 1.7
        return f"{x - side / 2:.2f} {y - side / 2:.2f} {side:.2f} {side:.2f} re S"
    return circle(x, y, radius) + (" f" if name == "disc" else " S")


def circle(x: float, y: float, radius: float) -> str:
    """A circle's path."""
    k = radius * _KAPPA
    left, right, low, high = x - radius, x + radius, y - radius, y + radius
    return (
        f"{right:.2f} {y:.2f} m "
        f"{right:.2f} {y + k:.2f} {x + k:.2f} {high:.2f} {x:.2f} {high:.2f} c "
        f"{x - k:.2f} {high:.2f} {left:.2f} {y + k:.2f} {left:.2f} {y:.2f} c "
        f"{left:.2f} {y - k:.2f} {x - k:.2f} {low:.2f} {x:.2f} {low:.2f} c "
        f"{x + k:.2f} {low:.2f} {right:.2f} {y - k:.2f} {right:.2f} {y:.2f} c h"
    )
