"""What papers are made of and leave behind: reports on their way, and the short codes printed on papers."""

from sohoi.reports.models.codes import CardCode, FigureCode
from sohoi.reports.models.cycle import (
    TURNS,
    WRITING,
    Passage,
    Regime,
    Remark,
    Report,
    State,
    Step,
    Version,
)
from sohoi.reports.models.files import Sending, SentFile
from sohoi.reports.models.layouts import KeptLayout
from sohoi.reports.models.numbers import DocumentNumber, DocumentType

__all__ = [
    "TURNS",
    "WRITING",
    "CardCode",
    "DocumentNumber",
    "DocumentType",
    "FigureCode",
    "KeptLayout",
    "Passage",
    "Regime",
    "Remark",
    "Report",
    "Sending",
    "SentFile",
    "State",
    "Step",
    "Version",
]
