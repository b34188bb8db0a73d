"""Assessments of a record: what the analyst concludes, on what, how sure, and how likely (ICD 203)."""

from PySide6.QtWidgets import QWidget

from desktop.annotations.card import Card, inset
from desktop.annotations.section import AnnotationSection
from desktop.forms.form import FormCell
from desktop.live import LiveCase
from desktop.widgets.columns import ColumnsLayout


class AssessmentCard(Card):
    """A judgement. Confidence and likelihood are two fields and never one sentence."""

    def __init__(self, live: LiveCase, parent: QWidget | None = None) -> None:
        super().__init__(live, "assessments", parent)
        self.column.addWidget(self.add_editor("judgement", quiet=True))
        fields = QWidget(self)
        cells = ColumnsLayout(fields, least=150)
        for name in ("confidence", "likelihood", "assessment_form", "basis"):
            editor = self.add_editor(name)
            cells.addWidget(FormCell(editor, fields))
        self.column.addLayout(inset(fields))
        self.end()


class AssessmentSection(AnnotationSection):
    """The assessments."""

    KIND = "assessments"
    DRAFT = ("judgement", "confidence", "likelihood", "basis", "assessment_form")

    def __init__(self, live: LiveCase, parent: QWidget | None = None) -> None:
        super().__init__(live, parent)
        words = self.tr("Nothing is concluded yet. Ctrl+J writes a judgement, with how sure and how likely apart.")
        self.invite(self.tr("Add an assessment"), words)

    def make_card(self) -> Card:
        return AssessmentCard(self.live, self)
