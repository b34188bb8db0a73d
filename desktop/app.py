"""The composition root: the application, its windows, and how files come to be open in them."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow, QWidget

from db.backups import Backup
from db.copying import CopyStopped
from db.introduction import Introduction
from db.log import Editor
from db.migrations.worker import Watch
from db.opening import SUFFIX
from desktop.dialogs.trouble import TroubleBox
from desktop.files import FileCommands
from desktop.folders import data_folder
from desktop.garbage import Collector
from desktop.instance import Instance, hand_over
from desktop.jobs import Lane
from desktop.live import LiveCase
from desktop.main_window import MainWindow
from desktop.meeting import open_introduced, open_or_introduce
from desktop.menus import chosen_theme
from desktop.opening import Opened, create_sample, create_workspace, file_name, restore_workspace
from desktop.pages.welcome import WelcomeWindow
from desktop.recent import recent_files, remember_file
from desktop.sample import SAMPLE_FILE
from desktop.settings import editor, known_editor, preferences, trust
from desktop.theme import Theme, apply_theme

if TYPE_CHECKING:
    from desktop.dialogs.upgrading import UpgradingDialog


class DesktopApplication(QApplication):
    """Qt's application, which tells what the desktop asks to open: macOS sends that to the application itself.

    An event filter would see it too, but as one of all events of all objects, each handed to Python.
    """

    file_asked = Signal(object)
    """A path."""

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent):
            self.file_asked.emit(Path(event.file()))
            return True
        return super().event(event)


class Application(QObject):
    """All windows of this program. Files are opened beside the window's thread, since a foreign one is inspected."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self.settings = preferences()
        self._lane = Lane.of_threads("opening", 1, self)
        self._waiting: Callable[[], object] | None = None
        self._values: dict[str, object] = {}
        self.windows: list[MainWindow] = []
        self._upgrading: UpgradingDialog | None = None
        self.files = FileCommands(self)
        self.files.new_wanted.connect(self.new_case)
        self.files.open_wanted.connect(self.choose_case)
        self.files.sample_wanted.connect(self.open_sample)
        self.files.path_wanted.connect(self.open_case)
        self.files.restore_wanted.connect(self.restore_case)
        apply_theme(app, chosen_theme(self.settings))
        app.styleHints().colorSchemeChanged.connect(self._follow_system)
        if isinstance(app, DesktopApplication):
            app.file_asked.connect(self.open_case)
        self.welcome = WelcomeWindow(self.settings, self.files)
        self.welcome.dressed.connect(self.dress)

    def start(self, paths: Sequence[Path]) -> None:
        """Open these files, or welcome the user."""
        for path in paths:
            self.open_case(path)
        if not paths:
            self.welcome.show()

    def open_case(self, path: Path) -> None:
        """Open a file in a window of its own, or show the window that has it."""
        for window in self.windows:
            if window.live.home.absolute() == path.absolute():
                window.raise_()
                window.activateWindow()
                return
        known = [*(window.live.home for window in self.windows), *recent_files(self.settings)]
        self._as_author(_Opening(self, open_or_introduce, path.absolute(), list(dict.fromkeys(known))).run)

    def restore_case(self, path: Path, backup: Backup) -> None:
        """Open a file as it is in a backup; nobody has it open."""
        _Opening(self, restore_workspace, path, backup).run()

    def open_sample(self) -> None:
        """Open the sample, made where it is not there yet."""
        path = data_folder() / "sample" / SAMPLE_FILE
        if path.exists():
            self.open_case(path)
        else:
            self._as_author(_Opening(self, create_sample, path).run)

    def choose_case(self) -> None:
        """Let the user choose a file."""
        dialog = QFileDialog(self._front(), self.tr("Open a case file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Case files (*{suffix})").format(suffix=SUFFIX), self.tr("All files (*)")])
        dialog.fileSelected.connect(self._open_named)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def new_case(self) -> None:
        """Ask what a new case file is about, and where it goes."""
        from desktop.dialogs.new_case import NewCaseDialog

        dialog = NewCaseDialog(self._front())
        dialog.described.connect(self._ask_place)
        dialog.open()

    def create_case(self, path: Path) -> None:
        """Make a case file with what was said of it."""
        self._as_author(_Opening(self, create_workspace, path.absolute(), self._values).run)

    def dress(self, theme: Theme) -> None:
        """Change how everything looks."""
        self.settings.setValue("window/theme", str(theme))
        apply_theme(self._app, theme)

    def begin(
        self, work: Callable[..., Opened | Introduction], path: Path, *args: object, failed: Callable[..., object]
    ) -> None:
        """Open a file beside the window's thread."""
        self.welcome.show_progress(self.tr("Opening {file}…").format(file=path.name))
        self._lane.run(work, path, trust(), editor(), *args, then=self._meet, failed=failed)

    def _meet(self, found: Opened | Introduction) -> None:
        """Show what was opened, or what it is that somebody else wrote."""
        if isinstance(found, Opened):
            self.show_case(found)
            return
        from desktop.dialogs.introduction import IntroductionDialog

        self.welcome.show_progress("")
        if not self.windows:
            self.welcome.show()
        dialog = IntroductionDialog(found, self._front())
        dialog.opening_wanted.connect(self._open_introduced)
        dialog.reading_wanted.connect(self._read_introduced)
        dialog.open()

    def _open_introduced(self, introduction: Introduction) -> None:
        watch = Watch()
        if introduction.is_older:
            from desktop.dialogs.upgrading import UpgradingDialog

            self._upgrading = UpgradingDialog(introduction.path, self._front())
            self._upgrading.open()
            watch = self._upgrading.watch
        _Opening(self, open_introduced, introduction.path, introduction.digest, watch).run()

    def _read_introduced(self, introduction: Introduction) -> None:
        _Opening(self, open_introduced, introduction.path, introduction.digest, None).run()

    def show_case(self, opened: Opened) -> MainWindow:
        """Show an open case file in a window."""
        self._end_upgrading()
        live = LiveCase(opened.workspace, opened.holder)
        window = MainWindow(live, self.settings, self.files)
        window.closed.connect(self._forget)
        self.windows.append(window)
        remember_file(self.settings, live.home)
        self.welcome.show_progress("")
        window.show()
        self.welcome.hide()
        if opened.restored is not None:
            window.backups.tell_restored(opened.restored)
        if opened.upgraded is not None:
            window.backups.tell_upgraded()
        if opened.trouble is not None:
            TroubleBox(opened.trouble, window, title=self.tr("The backup was not restored")).open()
        return window

    def fail(self, path: Path, error: BaseException) -> None:
        """Say why a file was not opened."""
        self._end_upgrading()
        self.welcome.show_progress("")
        if not self.windows:
            self.welcome.show()
        if isinstance(error, CopyStopped):
            return
        for box in self._front().findChildren(TroubleBox):
            box.close()
        TroubleBox(error, self._front(), title=self.tr("{file} was not opened").format(file=path.name)).open()

    def _end_upgrading(self) -> None:
        if self._upgrading is not None:
            self._upgrading.accept()
            self._upgrading = None

    def report(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """The excepthook: a bug is told where everybody sees it, with details to copy."""
        if issubclass(kind, KeyboardInterrupt):
            self._app.quit()
            return
        TroubleBox(error.with_traceback(trace), self._front()).open()

    def _as_author(self, work: Callable[[], object]) -> None:
        """Do something once it is known who edits."""
        if known_editor() is not None:
            work()
            return
        self._waiting = work
        from desktop.dialogs.author import AuthorDialog

        dialog = AuthorDialog(self._front())
        dialog.named.connect(self._take_name)
        dialog.open()

    def _take_name(self, name: str) -> None:
        author: Editor = editor(name)
        waiting, self._waiting = self._waiting, None
        if waiting is not None and author:
            waiting()

    def _ask_place(self, values: dict[str, object]) -> None:
        self._values = values
        dialog = QFileDialog(self._front(), self.tr("Where shall the new case file go?"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX.removeprefix("."))
        dialog.setNameFilters([self.tr("Case files (*{suffix})").format(suffix=SUFFIX)])
        dialog.selectFile(file_name(str(values["title"])))
        dialog.fileSelected.connect(self._create_named)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _open_named(self, name: str) -> None:
        self.open_case(Path(name))

    def _create_named(self, name: str) -> None:
        self.create_case(Path(name))

    def _forget(self, window: MainWindow) -> None:
        self.windows.remove(window)
        window.deleteLater()
        self.welcome.show_recent()
        if not self.windows and not self._app.closingDown():
            self.welcome.show()

    def _front(self) -> QWidget:
        """The window to ask in: never a dialog or a popup, which takes with it what is asked in it when it closes."""
        active = self._app.activeWindow()
        while active is not None and not isinstance(active, QMainWindow):
            active = active.parentWidget()
        return active or (self.windows[-1] if self.windows else self.welcome)

    def _follow_system(self) -> None:
        if chosen_theme(self.settings) is Theme.SYSTEM:
            apply_theme(self._app, Theme.SYSTEM)


class _Opening(QObject):
    """One file on its way to a window, so that a refusal knows its name."""

    def __init__(
        self, application: Application, work: Callable[..., Opened | Introduction], path: Path, *args: object
    ) -> None:
        super().__init__(application)
        self._application = application
        self._work, self._path, self._args = work, path, args

    def run(self) -> None:
        """Open it."""
        self._application.begin(self._work, self._path, *self._args, failed=self._fail)

    def _fail(self, error: BaseException) -> None:
        self._application.fail(self._path, error)
        self.deleteLater()


def main(paths: Sequence[Path] = ()) -> int:
    """Run the program with a window, unless it runs already: then that one gets the files. Gives the exit code."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = DesktopApplication(sys.argv[:1])
    app.setApplicationName("Depositary")
    app.setApplicationDisplayName("Depositary")
    app.setDesktopFileName("depositary")
    if hand_over(paths):
        return 0
    application = Application(app)
    Collector(application)
    sys.excepthook = application.report
    instance = Instance(application)
    instance.asked.connect(application.start)
    instance.take()
    application.start(paths)
    return app.exec()
