"""What can be done on the briefing page, as actions: the palette and the list of shortcuts find them."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from desktop.theme import dress


class PageActions(QObject):
    """The actions of one page."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        keys = QKeySequence
        self.save = self._action("briefingSave", self.tr("Save as PDF or DOCX…"), keys("Ctrl+Shift+S"))
        self.print = self._action("briefingPrint", self.tr("Print…"), keys(keys.StandardKey.Print))
        self.copy = self._action("briefingCopy", self.tr("Copy as text"), icon="copy")
        self.find = self._action("briefingFindAction", self.tr("Find in the preview"), keys("Ctrl+F"), "search")
        self.zoom_in = self._action("briefingZoomIn", self.tr("Zoom in"), keys("Ctrl++"), "zoom-in")
        self.zoom_in.setShortcuts([keys("Ctrl++"), keys("Ctrl+=")])
        self.zoom_out = self._action("briefingZoomOut", self.tr("Zoom out"), keys("Ctrl+-"), "zoom-out")
        self.fit_width = self._action("briefingFitWidth", self.tr("Fit the sheet's width"), keys("Ctrl+0"))
        self.fit_page = self._action("briefingFitPage", self.tr("Fit whole pages"))
        self.previous = self._action("briefingPrevious", self.tr("Previous page"), icon="chevron-up")
        self.next = self._action("briefingNext", self.tr("Next page"), icon="chevron-down")
        self.thumbnails = self._action("briefingShowPages", self.tr("Show all pages, small"), icon="panel-left")
        self.checks = self._action("briefingShowChecks", self.tr("Before you print"), icon="list-checks")
        for action in (self.thumbnails, self.checks):
            action.setCheckable(True)

    def _action(self, name: str, words: str, keys: QKeySequence | None = None, icon: str = "") -> QAction:
        action = QAction(words, self._page)
        action.setObjectName(name)
        if keys is not None:
            action.setShortcut(keys)
            native = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(self.tr("{words} ({keys})").format(words=words.rstrip("…"), keys=native))
        if icon:
            dress(action, icon)
        self._page.addAction(action)
        return action
