"""The colours of the window, light and dark, by what they are for. Text on its ground has a contrast of 4.5 or more."""

from dataclasses import dataclass

from PySide6.QtGui import QColor, QGuiApplication, QPalette

from db.status import Status


@dataclass(frozen=True, slots=True)
class Tint:
    """A soft ground and the ink that is read on it."""

    ground: str
    ink: str


@dataclass(frozen=True, slots=True)
class Colours:
    """Every colour that the window uses, as #rrggbb."""

    window: str
    """Behind navigation and status bar."""
    surface: str
    """Behind lists and records."""
    field: str
    """Inside of fields."""
    raised: str
    """Menus, the palette, toasts."""
    hover: str
    line: str
    """Between rows and panes."""
    border: str
    """Around fields and buttons."""
    text: str
    muted: str
    faint: str
    """Placeholders and what is disabled."""
    accent: str
    on_accent: str
    selected: str
    """Behind a selected row."""
    highlight: str
    """Behind words that were looked for."""
    good: Tint
    fair: Tint
    bad: Tint
    plain: Tint
    note: Tint


LIGHT = Colours(
    window="#eef0f4",
    surface="#ffffff",
    field="#ffffff",
    raised="#ffffff",
    hover="#e4e8ef",
    line="#e6e9ef",
    border="#d3d8e1",
    text="#161a21",
    muted="#586070",
    faint="#6f7787",
    accent="#1d5bbf",
    on_accent="#ffffff",
    selected="#dce8fb",
    highlight="#fdf0a8",
    good=Tint("#d6f0dd", "#14592b"),
    fair=Tint("#fde6c0", "#7a4100"),
    bad=Tint("#fbdcd9", "#96211a"),
    plain=Tint("#e7eaef", "#4a5260"),
    note=Tint("#dce8fb", "#1b4b96"),
)
DARK = Colours(
    window="#14171c",
    surface="#1b1f26",
    field="#12151a",
    raised="#232831",
    hover="#272d37",
    line="#2b313b",
    border="#3a424f",
    text="#e9ebef",
    muted="#a5adbb",
    faint="#8c95a5",
    accent="#86b4ff",
    on_accent="#0d1626",
    selected="#24385c",
    highlight="#5d4a0c",
    good=Tint("#173a24", "#8fdba6"),
    fair=Tint("#472e0a", "#ffc985"),
    bad=Tint("#4d1d1a", "#ffaca4"),
    plain=Tint("#30363f", "#bcc3cf"),
    note=Tint("#1f3557", "#a4c7ff"),
)


def colours() -> Colours:
    """The colours in use, which follow the application's palette."""
    ground = QGuiApplication.palette().color(QPalette.ColorRole.Window)
    return DARK if ground.lightness() < 128 else LIGHT


def tint_in_use(tint: Tint) -> Tint:
    """A tint of either theme as it is in the one in use; one of neither stays as it is."""
    names = ("good", "fair", "bad", "plain", "note")
    return next(
        (getattr(colours(), name) for name in names if tint in (getattr(LIGHT, name), getattr(DARK, name))), tint
    )


def status_tint(status: Status) -> Tint:
    """The tint of a status: how firm the commitment is, from plain over fair to good, and bad where it is shaken."""
    look = colours()
    match status:
        case Status.IN_FORCE | Status.PROVISIONALLY_APPLIED:
            return look.good
        case Status.SIGNED | Status.CONSENTED:
            return look.fair
        case Status.SUSPENDED | Status.DENOUNCED:
            return look.bad
        case Status.UNDER_NEGOTIATION | Status.AGREED | Status.INITIALLED | Status.ANNOUNCED:
            return look.note
    return look.plain


def palette_of(look: Colours) -> QPalette:
    """The Qt palette of these colours."""
    roles = {
        QPalette.ColorRole.Window: look.window,
        QPalette.ColorRole.WindowText: look.text,
        QPalette.ColorRole.Base: look.surface,
        QPalette.ColorRole.AlternateBase: look.window,
        QPalette.ColorRole.Text: look.text,
        QPalette.ColorRole.PlaceholderText: look.faint,
        QPalette.ColorRole.Button: look.field,
        QPalette.ColorRole.ButtonText: look.text,
        QPalette.ColorRole.BrightText: look.on_accent,
        QPalette.ColorRole.Highlight: look.selected,
        QPalette.ColorRole.HighlightedText: look.text,
        QPalette.ColorRole.Accent: look.accent,
        QPalette.ColorRole.Link: look.accent,
        QPalette.ColorRole.LinkVisited: look.accent,
        QPalette.ColorRole.ToolTipBase: look.raised,
        QPalette.ColorRole.ToolTipText: look.text,
        QPalette.ColorRole.Light: look.hover,
        QPalette.ColorRole.Midlight: look.line,
        QPalette.ColorRole.Mid: look.border,
        QPalette.ColorRole.Dark: look.border,
        QPalette.ColorRole.Shadow: look.border,
    }
    palette = QPalette()
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(look.faint))
    return palette
