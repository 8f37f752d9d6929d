"""How our own workbooks look: fonts, borders, colours; text is always text and nothing becomes a formula."""

from datetime import datetime

from xlsxwriter import Workbook
from xlsxwriter.format import Format

PLAIN_TEXT = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
FACE = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter", "num_format": "@"}
LOOKS: dict[str, dict[str, object]] = {
    "title": {"bold": True, "font_size": 14},
    "plain": {},
    "head": {"bold": True, "border": 1, "text_wrap": True, "align": "center", "bg_color": "#F7F3EB"},
    "text": {"border": 1},
    "example": {"border": 1, "italic": True, "font_color": "#575C63"},
    "bad": {"border": 1, "bg_color": "#FDD9D3"},
    "reason": {"border": 1, "text_wrap": True, "font_color": "#A3200D"},
}


def dress(workbook: Workbook) -> dict[str, Format]:
    """The formats of a workbook by name."""
    workbook.set_properties({"created": datetime(2000, 1, 1)})
    return {name: workbook.add_format(FACE | look) for name, look in LOOKS.items()}
