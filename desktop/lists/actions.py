"""What can be done with the selected records of a list: copy, tag, change, delete, save as CSV.

What only a dialog needs is imported when it opens: a window's first rows do not wait for it.
"""

from collections.abc import Iterable
from uuid import UUID

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from db.duplicates.sides import MOST
from db.models import Agreement
from db.models.base import Duplicable
from db.operations.bulk import delete_all
from db.queries.changes import Changes
from db.queries.lists import columns_of, ids_of
from desktop.errors import expected
from desktop.forms.captions import all_of, field_label, one_of
from desktop.lists.view import RecordListView
from desktop.live import LiveCase
from desktop.printing.options import Kind, Subject
from desktop.theme import dress
from exports.tabular import Table, tab_separated

MOST_COPIED = 20_000


class ListActions(QObject):
    """The actions of one list."""

    told = Signal(str, object)
    """What was just done, and the entry that can be undone."""
    opened = Signal(object)
    """The Place of a record that stands in the way of something."""
    briefing_wanted = Signal(object)
    """A briefing of this Subject."""
    join_wanted = Signal(object, str)
    """These records, by their ids, are to be made one; and what their kind is called."""

    def __init__(self, live: LiveCase, view: RecordListView, window: QWidget) -> None:
        super().__init__(window)
        self._live, self._view, self._window = live, view, window
        self._label = ""
        self.copy = self._action("copy", self.tr("Copy"), "copy", QKeySequence(QKeySequence.StandardKey.Copy))
        self.select = self._action("selectAll", self.tr("Select all"), "list-checks", QKeySequence("Ctrl+A"))
        self.change = self._action("bulkEdit", self.tr("Change a field…"), "pencil", QKeySequence("F2"))
        self.tag = self._action("bulkTag", self.tr("Tags…"), "tag", QKeySequence("Ctrl+Shift+T"))
        self.remove = self._action("bulkDelete", self.tr("Delete"), "trash-2", QKeySequence("Del"))
        whole, part = self.tr("Save the whole list as CSV…"), self.tr("Save the selected rows as CSV…")
        self.export = self._action("export", whole, "download", QKeySequence("Ctrl+Shift+E"))
        self.export_selected = self._action("exportSelected", part, "download", QKeySequence())
        self.join = self._action("joinSelected", self.tr("Join as one record…"), "git-merge", QKeySequence())
        self.join.triggered.connect(self._ask_to_join)
        self.brief_list = self._action("briefList", self.tr("Briefing of this list…"), "printer", QKeySequence())
        self.print_all = self._action("printBriefings", self.tr("Print briefings…"), "printer", QKeySequence())
        self.brief_list.triggered.connect(self._brief_list)
        self.print_all.triggered.connect(self._ask_to_print)
        self.copy.triggered.connect(self._copy)
        self.select.triggered.connect(view.selectAll)
        self.change.triggered.connect(self._change)
        self.tag.triggered.connect(self._tag)
        self.remove.triggered.connect(self._remove)
        self.export.triggered.connect(self._export)
        self.export_selected.triggered.connect(self._export_selected)
        live.changed.connect(self._tell)
        self.show_count(0)

    def all_actions(self) -> list[QAction]:
        """Every action, in the order of the menu."""
        printed = [self.brief_list, self.print_all] if self._view.records.cls is Agreement else []
        joined = [self.join] if issubclass(self._view.records.cls, Duplicable) else []
        edits = [self.change, self.tag, *joined, self.remove]
        return [self.copy, self.select, *edits, self.export, self.export_selected, *printed]

    def menu(self, parent: QWidget) -> QMenu:
        """The actions as a menu."""
        menu = QMenu(parent)
        menu.addActions(self.all_actions())
        return menu

    def show_count(self, count: int) -> None:
        """Allow what can be done with so many records."""
        for action in (self.copy, self.export_selected, self.print_all):
            action.setEnabled(count > 0)
        for action in (self.change, self.tag, self.remove):
            action.setEnabled(count > 0 and self._live.is_writable)
        self.join.setEnabled(1 < count <= MOST and self._live.is_writable)

    def _action(self, name: str, words: str, icon_name: str, keys: QKeySequence) -> QAction:
        action = QAction(words, self)
        action.setObjectName(name)
        action.setShortcut(keys)
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        dress(action, icon_name)
        return action

    # -- copy and save

    def _table(self, columns: Iterable[str], pks: tuple[int, ...] | None = None) -> Table:
        records = self._view.records
        headings = {name: field_label(name) for name in columns}
        return Table(records.cls, headings, records.text, records.sort_order, pks)

    def _copy(self) -> None:
        pks = tuple(self._view.selected_pks()[:MOST_COPIED])
        if pks:
            self._live.read(tab_separated, self._table(self._view.records.shown, pks), then=self._put_on_clipboard)

    def _put_on_clipboard(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        count = text.count("\n")
        self.told.emit(self.tr("Copied {count} rows").format(count=f"{count:,}"), None)

    def _export(self) -> None:
        self._save(None, self._view.records.rowCount())

    def _export_selected(self) -> None:
        self._save(tuple(self._view.selected_pks()), self._view.selected_count())

    def _save(self, pks: tuple[int, ...] | None, count: int) -> None:
        from desktop.lists.export import ExportDialog

        table = self._table(columns_of(self._view.records.cls), pks)
        dialog = ExportDialog(self._live, table, count, self._window)
        dialog.told.connect(self.told)
        dialog.open()

    # -- briefings

    def _brief_list(self) -> None:
        order = self._view.records.sort_order
        sort = f"-{order.column}" if order.descending else order.column
        self.briefing_wanted.emit(Subject(Kind.REGISTER, filter=self._view.records.text.strip(), sort=sort))

    def _ask_to_print(self) -> None:
        pks = self._view.selected_pks()
        if len(pks):
            self._live.read(ids_of, Agreement, pks, then=self._print_all)

    def _print_all(self, ids: list[UUID]) -> None:
        from desktop.pages.briefing.batch import BatchDialog

        dialog = BatchDialog(self._live, tuple(ids), self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    # -- edits

    def _change(self) -> None:
        from desktop.lists.bulk import BulkEditDialog

        dialog = BulkEditDialog(self._live, self._view.records.cls, self._view.selected_pks(), self._window)
        dialog.decided.connect(self._expect)
        dialog.open()

    def _tag(self) -> None:
        from desktop.lists.bulk import TagDialog

        dialog = TagDialog(self._live, self._view.records.cls, self._view.selected_pks(), self._window)
        dialog.decided.connect(self._expect)
        dialog.open()

    def _ask_to_join(self) -> None:
        self._live.read(ids_of, self._view.records.cls, self._view.selected_pks(), then=self._join)

    def _join(self, ids: list[UUID]) -> None:
        self.join_wanted.emit(ids, all_of(self._view.records.cls.PLURAL).lower())

    def _remove(self) -> None:
        if self._view.selected_count():
            self._live.read(ids_of, self._view.records.cls, self._view.selected_pks(), then=self._delete)

    def _delete(self, ids: list[UUID]) -> None:
        cls = self._view.records.cls
        noun = one_of(cls.PLURAL) if len(ids) == 1 else all_of(cls.PLURAL)
        count = "" if len(ids) == 1 else f"{len(ids):,} "
        label = self.tr("Delete {count}{kind}").format(count=count, kind=noun.lower())
        self._expect(label)
        self._live.write(label, delete_all, ids, failed=self._refuse)

    def _refuse(self, error: BaseException) -> None:
        self._label = ""
        if expected(error):
            from desktop.lists.bulk import RefusedNote

            note = RefusedNote(error, self._window)
            note.opened.connect(self.opened)
            note.open()
        else:
            self._live.troubled.emit(error)

    def _expect(self, label: str) -> None:
        self._label = label

    def _tell(self, changes: Changes) -> None:
        """Tell of the edit that was made here, with a way back."""
        if self._label and changes.label == self._label:
            self._label = ""
            self.told.emit(changes.label, changes.entry)
