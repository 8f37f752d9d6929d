"""A Paper as PDF by Typst, in the fonts of this house alone.

The layout is paper.typ; the paper travels to it as one JSON string, so no word of anybody is ever read as
markup. It refuses to print when a font is missing or Typst warns, rather than print without letters.
"""

import json
import threading
from functools import cache
from pathlib import Path
from typing import Any

import typst

from sohoi.reports.table import Paper, Paragraph, Piece, Row, Table
from sohoi.reports.writers import official

_HERE = Path(__file__).resolve().parent
_FONTS = _HERE.parent / "fonts"
_FACES = ("Regular", "Bold", "Italic", "BoldItalic")
_one_at_a_time = threading.Lock()


def write(paper: Paper) -> bytes:
    """A4 pages. Raises RuntimeError with a Vietnamese sentence when the fonts or the layout are broken."""
    return laid_out("paper.typ", paper=_sheet(paper))


def laid_out(layout: str, **data: Any) -> bytes:
    """A layout beside this file with its data, each word a string in JSON. Raises RuntimeError as `write` does."""
    inputs = {name: json.dumps(value, ensure_ascii=False) for name, value in data.items()}
    with _one_at_a_time:
        printed, warnings = _compiler(layout).compile_with_warnings(format="pdf", sys_inputs=inputs)
    if warnings or not isinstance(printed, bytes):
        said = "; ".join(warning.message for warning in warnings)
        raise RuntimeError(f"Không in được PDF: mẫu {layout} hoặc phông chữ có lỗi ({said}).")
    return printed


@cache
def _compiler(layout: str) -> typst.Compiler:
    """Kept between papers: eight times faster than a new one for each."""
    missing = [face for face in _FACES if not (_FONTS / f"Tinos-{face}.ttf").is_file()]
    if missing:
        raise RuntimeError(
            f"Không in được PDF: thư mục {_FONTS} thiếu phông Tinos ({', '.join(missing)}). Cài lại Sổ Hội."
        )
    return typst.Compiler(
        _HERE / layout,
        root=_HERE,
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_FONTS)]),
        ignore_system_fonts=True,
    )


def _sheet(paper: Paper) -> dict[str, Any]:
    """The paper as plain data, in the words that paper.typ reads."""
    annex, ordinals, width = official.annex(paper), paper.ordinals, official.text_width_mm(paper)
    return {
        "style": paper.style,
        "wide": paper.wide,
        "qr": paper.qr and {"drawing": official.qr(paper.qr), "words": official.code_line(paper), "mm": official.QR_MM},
        "words": {"country": official.COUNTRY, "motto": official.MOTTO, "party": official.PARTY, "star": official.STAR},
        "issuer_above": official.name_lines(paper.issuer_above),
        "issuer": official.name_lines(paper.issuer),
        "number": official.number_line(paper),
        "place_and_day": official.place_and_day(paper),
        "titles": list(paper.title_lines),
        "subject": paper.subject,
        "body": [_block(block, ordinals, width) for block in paper.body],
        "recipients_title": official.RECIPIENTS,
        "recipients": official.recipient_lines(paper),
        "signer_titles": official.signer_lines(paper),
        "signer_name": paper.signer_name,
        "codes_note": official.codes_note(paper),
        "annex": annex
        and {"title": official.ANNEX_TITLE, "intro": official.ANNEX_INTRO, "table": _block(annex, {}, width)},
    }


def _block(block: Paragraph | Table, ordinals: dict[str, int], width_mm: float) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        dash = [official.ITEM_DASH] if block.style == "item" else []
        return {"style": block.style, "pieces": [*dash, *(_piece(piece, ordinals) for piece in block.pieces)]}
    return {
        "style": "table",
        "title": block.title,
        "note": block.note,
        "widths": block.widths(width_mm),
        "small": official.small(block),
        "aligns": [column.align for column in block.columns],
        "heads": [_labels(block), *(_row(row, ordinals) for row in block.rows if row.style == "head")],
        "rows": [_row(row, ordinals) for row in block.rows if row.style != "head"],
    }


def _labels(table: Table) -> dict[str, Any]:
    return {"style": "head", "cells": [column.label for column in table.columns]}


def _row(row: Row, ordinals: dict[str, int]) -> dict[str, Any]:
    return {"style": row.style, "cells": [_piece(cell, ordinals) for cell in row.cells]}


def _piece(piece: Piece, ordinals: dict[str, int]) -> str | dict[str, str]:
    """A word, or a figure with its small mark."""
    text, mark = official.marked(piece, ordinals)
    return {"text": text, "mark": mark} if mark else text
