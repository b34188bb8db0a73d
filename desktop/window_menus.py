"""The menus of a case file's window, and with them its commands."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu, QMessageBox

from desktop.files import RecentMenu
from desktop.forms.captions import all_of, icon_of, one_of
from desktop.menus import Command, ThemeMenu, add_commands
from desktop.navigation import FRONT, Destination
from desktop.theme import Theme, apply_theme

if TYPE_CHECKING:
    from desktop.main_window import MainWindow

Standard = QKeySequence.StandardKey


class WindowMenus(QObject):
    """File, Edit, View, Go and Help. Each command is a method here or of the window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._add_file(window.menuBar().addMenu(self.tr("&File")))
        self._add_edit(window.menuBar().addMenu(self.tr("&Edit")))
        self._add_view(window.menuBar().addMenu(self.tr("&View")))
        self._add_go(window.menuBar().addMenu(self.tr("&Go")))
        self._add_help(window.menuBar().addMenu(self.tr("&Help")))

    def show_trail(self, *, back: bool, forward: bool) -> None:
        """Say whether there is a way back, and forward."""
        self._go["back"].setEnabled(back)
        self._go["forward"].setEnabled(forward)

    def show_palette(self) -> None:
        """Open the command palette."""
        self._window.show_palette()

    def show_shortcuts(self) -> None:
        """List all shortcuts."""
        from desktop.palette.shortcuts import ShortcutList

        ShortcutList(self._window.commands(), self._window).open()

    def _add_file(self, menu: QMenu) -> None:
        window, files = self._window, self._window.files
        add_commands(window, menu, [
            Command("newCase", self.tr("New case file…"), files.ask_for_new, "Ctrl+Shift+N", "file-plus"),
            Command("openCase", self.tr("Open a case file…"), files.ask_which, Standard.Open, "folder-open"),
            Command("openSample", self.tr("Open the sample"), files.ask_for_sample, "", "flask-conical"),
        ])  # fmt: skip
        menu.addMenu(RecentMenu(window.settings, files, menu))
        made = add_commands(window, menu, [
            Command("backups", self.tr("Backups…"), window.backups.show, "", "save"),
            None,
            Command("mergeFile", self.tr("Merge a colleague’s file…"), window.merging.choose_to_merge, "", "git-merge"),
            Command("compareFile", self.tr("Compare with…"), window.merging.choose_to_compare, "", "columns-3"),
            None,
            Command("briefing", self.tr("Preview the briefing"), self._brief, "Ctrl+Shift+B", "printer"),
            None,
            Command("close", self.tr("Close this case file"), window.close, Standard.Close, "x"),
            Command("quit", self.tr("Quit"), window.closing.quit, "Ctrl+Q", "log-out"),
        ])  # fmt: skip
        made["mergeFile"].setEnabled(window.live.is_writable)

    def _add_edit(self, menu: QMenu) -> None:
        menu.addActions([self._window.undoing.undo_action, self._window.undoing.redo_action])
        made = add_commands(self._window, menu, [
            None,
            Command("newRecord", self.tr("New record in this list…"), self._make_here, "Ctrl+N", "plus"),
        ])  # fmt: skip
        new = menu.addMenu(self.tr("New"))
        for kind in FRONT:
            words = self.tr("New {kind}…").format(kind=one_of(kind).lower())
            made |= add_commands(self._window, new, [Command(f"new_{kind}", words, self._make_kind, "", icon_of(kind))])
            made[f"new_{kind}"].setData(kind)
        made |= add_commands(self._window, menu, [Command("tags", self.tr("Tags…"), self._show_tags, "", "tags")])
        for action in made.values():
            action.setEnabled(self._window.live.is_writable)

    def _add_view(self, menu: QMenu) -> None:
        menu.addMenu(ThemeMenu(self._window.settings, self._dress, menu))
        add_commands(self._window, menu, [
            Command("toggleNavigation", self.tr("Show or hide the navigation"), self._toggle, "Ctrl+B", "panel-left"),
            Command("nextPane", self.tr("Go to the next pane"), self._next_pane, "F6"),
            Command("previousPane", self.tr("Go to the pane before"), self._previous_pane, "Shift+F6"),
        ])  # fmt: skip

    def _add_go(self, menu: QMenu) -> None:
        window = self._window
        self._go = add_commands(window, menu, [
            Command("back", self.tr("Back"), window.back, "Alt+Left", "arrow-left"),
            Command("forward", self.tr("Forward"), window.forward, "Alt+Right", "arrow-right"),
            None,
            Command("palette", self.tr("Search records and commands…"), self.show_palette, "Ctrl+K", "command"),
            Command("page_search", self.tr("Search everything"), self._go_page, "Ctrl+Shift+F", "search"),
            Command("page_review", self.tr("Review"), self._go_page, "Ctrl+Shift+R", "list-checks"),
            Command("page_duplicates", self.tr("Duplicates"), self._go_page, "Ctrl+Shift+D", "copy"),
            Command("page_briefing", self.tr("Briefings"), self._go_page, "", "printer"),
            Command("page_history", self.tr("History"), self._go_page, "Ctrl+Shift+H", "history"),
            None,
        ])  # fmt: skip
        for place, kind in enumerate(FRONT):
            shortcut = f"Ctrl+{place + 1}" if place < 9 else ""
            command = Command(f"list_{kind}", all_of(kind), self._go_list, shortcut, icon_of(kind))
            add_commands(window, menu, [command])[command.name].setData(kind)

    def _add_help(self, menu: QMenu) -> None:
        add_commands(self._window, menu, [
            Command("shortcuts", self.tr("Keyboard shortcuts"), self.show_shortcuts, "Ctrl+/", "keyboard"),
            Command("about", self.tr("About Depositary"), self._about, "", "info"),
        ])  # fmt: skip

    def _brief(self) -> None:
        self._window.show_briefing()

    def _show_tags(self) -> None:
        from desktop.annotations.tags_dialog import TagsDialog

        dialog = TagsDialog(self._window.live, self._window)
        dialog.told.connect(self._window.tell)
        dialog.open()

    def _make_here(self) -> None:
        self._window.make_record()

    def _make_kind(self) -> None:
        self._window.make_record(str(self._sent_data()))

    def _go_list(self) -> None:
        self._window.go(Destination("list", str(self._sent_data())))
        page = self._window.frame.currentWidget()
        if page is not None:
            page.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _go_page(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._window.go(Destination(action.objectName().removeprefix("page_")))

    def _sent_data(self) -> object:
        action = self.sender()
        return action.data() if isinstance(action, QAction) else None

    def _toggle(self) -> None:
        self._window.navigation.setVisible(not self._window.navigation.isVisible())

    def _next_pane(self) -> None:
        self._window.cycle_panes(1)

    def _previous_pane(self) -> None:
        self._window.cycle_panes(-1)

    def _dress(self, theme: Theme) -> None:
        self._window.settings.setValue("window/theme", str(theme))
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply_theme(app, theme)

    def _about(self) -> None:
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(self.tr("About Depositary"))
        box.setText(self.tr("Depositary {version}").format(version=version("depositary")))
        box.setInformativeText(
            self.tr(
                "Case files on defence cooperation. Nothing leaves your machine. MIT licence; fonts: OFL; icons: ISC."
            )
        )
        box.open()
