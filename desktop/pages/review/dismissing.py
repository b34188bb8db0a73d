"""The line in which somebody says why findings are none."""

from PySide6.QtWidgets import QWidget

from desktop.widgets.reason_bar import ReasonBar


class DismissBar(ReasonBar):
    """Asks why some findings are none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("dismiss", "", "", parent)
        self.button.setText(self.tr("Dismiss"))
        self.reason.setPlaceholderText(self.tr("Why is there nothing to do? It is kept with the finding."))

    def ask(self, count: int) -> None:
        """Ask why so many findings are none."""
        self.ask_why(
            self.tr("Dismiss this finding")
            if count == 1
            else self.tr("Dismiss {count} findings").format(count=f"{count:,}")
        )
