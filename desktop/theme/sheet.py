"""The one style sheet. No border or background on item views: that slows their scrolling several times."""

from string import Template

from desktop.theme.colours import Colours

_SHEET = Template("""
QWidget { selection-background-color: $selected; selection-color: $text; }
QToolTip { background: $raised; color: $text; border: 1px solid $border; padding: 4px 8px; }
QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QComboBox {
  background: $field; color: $text; border: 1px solid $border; border-radius: 6px; padding: 5px 9px;
}
QLineEdit:hover, QPlainTextEdit:hover, QComboBox:hover { border-color: $faint; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus {
  border: 2px solid $accent; padding: 4px 8px;
}
QLineEdit:read-only, QPlainTextEdit:read-only, QComboBox:disabled { background: $window; border-color: $line; }
QComboBox:disabled { color: $muted; }
QComboBox:disabled::down-arrow { image: none; }
QPlainTextEdit[quiet="true"] { background: transparent; border-color: transparent; padding: 3px 7px; }
QPlainTextEdit[quiet="true"]:hover { border-color: $border; }
QPlainTextEdit[quiet="true"]:focus { background: $field; border: 2px solid $accent; padding: 2px 6px; }
QLineEdit[trouble="true"], QPlainTextEdit[trouble="true"] { border: 2px solid $bad; padding: 4px 8px; }
QComboBox { combobox-popup: 0; }
QComboBox::drop-down { border: none; width: 26px; }
QComboBox::down-arrow { image: url("$arrow"); width: 14px; height: 14px; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $border; outline: 0; padding: 4px; }
QListView#suggestions { background: $raised; border: 1px solid $border; outline: 0; padding: 4px; }
QListView#suggestions::item { padding: 4px 8px; border-radius: 4px; }
QListView#suggestions::item:selected { background: $selected; color: $text; }
QComboBox QAbstractItemView::item { min-height: 26px; }
QPushButton {
  background: $field; color: $text; border: 1px solid $border; border-radius: 6px; padding: 6px 14px; min-height: 18px;
}
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $line; }
QPushButton:focus { border: 2px solid $accent; padding: 5px 13px; }
QPushButton:disabled { color: $faint; background: $window; border-color: $line; }
QPushButton[primary="true"] { background: $accent; color: $on_accent; border-color: $accent; font-weight: 600; }
QPushButton[primary="true"]:hover { background: $accent_hover; }
QPushButton[primary="true"]:focus { border: 2px solid $text; }
QPushButton[primary="true"]:disabled { background: $border; border-color: $border; color: $window; }
QPushButton[link="true"] {
  background: transparent; border: 1px solid transparent; color: $accent;
  padding: 1px 3px; text-align: left; min-height: 16px;
}
QPushButton[link="true"][trouble="true"] { color: $bad; }
QPushButton[link="true"]:hover { text-decoration: underline; background: transparent; }
QPushButton[link="true"]:focus { border: 1px solid $accent; border-radius: 4px; }
QPushButton[chip="true"] { border-radius: 12px; padding: 3px 12px; font-size: 12px; }
QPushButton[chip="true"]:checked { background: $selected; border-color: $accent; }
QPushButton[chip="true"]:focus { border: 2px solid $accent; padding: 2px 11px; }
QPushButton#paletteButton { text-align: left; color: $muted; padding-left: 9px; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 4px; color: $text; }
QToolButton:hover, QToolButton:open { background: $hover; }
QToolButton:focus { border: 1px solid $accent; }
QToolButton:checked { background: $selected; color: $text; }
QToolButton:disabled { color: $faint; }
QToolButton::menu-indicator { image: none; }
QRadioButton { spacing: 8px; }
QRadioButton:focus { color: $accent; }
QRadioButton::indicator { width: 14px; height: 14px; border: 1px solid $faint; border-radius: 8px; background: $field; }
QRadioButton::indicator:checked { width: 6px; height: 6px; border: 5px solid $accent; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $border; border-radius: 4px; margin: 2px; min-height: 32px; min-width: 32px; }
QScrollBar::handle:hover { background: $faint; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QHeaderView { background: $surface; border: none; }
QHeaderView::section {
  background: $surface; color: $muted; border: none; border-bottom: 1px solid $line; padding: 6px 8px; font-size: 12px;
}
QHeaderView::section:hover { color: $text; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabBar { qproperty-drawBase: 0; background: transparent; }
QTabBar::tab {
  background: transparent; color: $muted; padding: 8px 2px; margin-right: 20px; border-bottom: 2px solid transparent;
}
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; font-weight: 600; border-bottom: 2px solid $accent; }
QTabBar::tab:focus { color: $accent; }
QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QMenuBar { background: $window; color: $text; border-bottom: 1px solid $line; padding: 2px 6px; }
QMenuBar::item { padding: 4px 9px; border-radius: 4px; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $raised; color: $text; border: 1px solid $border; border-radius: 8px; padding: 6px; }
QMenu::item { padding: 6px 28px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $selected; }
QMenu::item:disabled { color: $faint; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: $line; margin: 6px 8px; }
QStatusBar { background: $window; color: $muted; border-top: 1px solid $line; font-size: 12px; }
QStatusBar::item { border: none; }
QGroupBox { border: none; font-weight: 600; margin-top: 22px; }
QGroupBox::title { subcontrol-origin: margin; left: 0; }
QProgressBar { background: $line; border: none; border-radius: 2px; max-height: 4px; min-height: 4px; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }
QWidget#chip { background: $window; border: 1px solid $line; border-radius: 11px; }
QWidget#chip QPushButton { padding: 2px 5px; }
QWidget#chip QPushButton:disabled { color: $text; background: transparent; border-color: transparent; }
QFrame#card { background: $surface; border: 1px solid $line; border-radius: 8px; }
QFrame#raised { background: $raised; border: 1px solid $border; border-radius: 10px; }
QFrame#readOnly { background: $fair_ground; border: none; border-bottom: 1px solid $line; }
QFrame#readOnly QLabel { color: $fair_ink; }
QFrame#dropHere { background: $raised; border: 2px dashed $accent; border-radius: 10px; }
QWidget#surface, QScrollArea#surface, QScrollArea#surface > QWidget > QWidget { background: $surface; }
QDialog { background: $surface; }
QLabel[muted="true"] { color: $muted; }
QLabel[trouble="true"] { color: $bad; }
""")


def style_sheet(look: Colours, arrow: str) -> str:
    """The sheet in these colours; `arrow` is the file of the combo box's arrow."""
    return _SHEET.substitute(
        {
            name: getattr(look, name)
            for name in (
                "window", "surface", "field", "raised", "hover", "line", "border", "text", "muted", "faint",
                "accent", "on_accent", "selected",
            )
        },
        accent_hover=look.note.ink,
        bad=look.bad.ink,
        fair_ground=look.fair.ground,
        fair_ink=look.fair.ink,
        arrow=arrow,
    )  # fmt: skip
