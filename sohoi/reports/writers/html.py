"""A Paper as the inside of an HTML article: the same words as on paper, every figure a link to its records.

Everything is escaped; it writes no page, no script and no style. Classes: paper-head, paper-issuer,
paper-country, paper-title, paper-subject, paper-table, paper-note, paper-foot, paper-recipients,
paper-signer, paper-annex, paper-qr; figure, figure-code; item; left, center, right; head, body, group, total.
A cell says its column in data-head: on a narrow page each row stands as a card.
"""

from collections.abc import Iterable, Sequence
from html import escape

from sohoi.reports.table import Cell, Paper, Paragraph, Piece, Row, Table
from sohoi.reports.writers import official

Ordinals = dict[str, int]

_TAGS = {"heading1": "h2", "heading2": "h3", "body": "p", "item": 'p class="item"'}


def write(paper: Paper) -> str:
    """Inner HTML of the article; the caller marks it safe and puts it into the page."""
    ordinals = paper.ordinals
    parts = [_head(paper), _title(paper)]
    for block in paper.body:
        parts.append(_table(block, ordinals) if isinstance(block, Table) else _paragraph(block, ordinals))
    parts += [_foot(paper), _qr(paper), _annex(paper)]
    return "\n".join(part for part in parts if part)


def _head(paper: Paper) -> str:
    """Who writes; on the right the country or the Party with place and day. A plain paper says only who writes."""
    above = _lines(official.name_lines(paper.issuer_above))
    bodies = (f"<p>{above}</p>" if above else "") + (
        f"<p><strong>{_lines(official.name_lines(paper.issuer))}</strong></p>"
    )
    if paper.style == "plain":
        return f'<header class="paper-head"><div class="paper-issuer">{bodies}</div></header>'
    names = (official.PARTY,) if paper.style == "party" else (official.COUNTRY, official.MOTTO)
    star = f"<p>{official.STAR}</p>" if paper.style == "party" else ""
    return (
        f'<header class="paper-head"><div class="paper-issuer">{bodies}{star}'
        f"<p>{escape(official.number_line(paper))}</p></div>"
        f'<div class="paper-country">{"".join(f"<p><strong>{name}</strong></p>" for name in names)}'
        f"<p>{_dated(paper)}</p></div></header>"
    )


def _dated(paper: Paper) -> str:
    return f"<em>{escape(official.place_and_day(paper))}</em>"


def _lines(lines: Iterable[str]) -> str:
    return "<br>".join(escape(line) for line in lines)


def _title(paper: Paper) -> str:
    subject = f'<span class="paper-subject">{escape(paper.subject)}</span>'
    return f'<h1 class="paper-title">{_lines(paper.title_lines)}<br>{subject}</h1>'


def _paragraph(paragraph: Paragraph, ordinals: Ordinals) -> str:
    tag = _TAGS[paragraph.style]
    dash = official.ITEM_DASH if paragraph.style == "item" else ""
    return f"<{tag}>{dash}{_pieces(paragraph.pieces, ordinals)}</{tag.split()[0]}>"


def _pieces(pieces: Iterable[Piece], ordinals: Ordinals) -> str:
    return "".join(_piece(piece, ordinals) for piece in pieces)


def _piece(piece: Piece, ordinals: Ordinals) -> str:
    text, mark = official.marked(piece, ordinals)
    if isinstance(piece, str):
        return escape(text)
    code = f'<sup class="figure-code">{mark}</sup>' if mark else ""
    title = f' title="{piece.whole}"' if piece.whole else ""
    if piece.url:
        return f'<a class="figure" href="{escape(piece.url)}"{title}>{escape(text)}</a>{code}'
    return f'<span class="figure"{title}>{escape(text)}</span>{code}'


def _cell(cell: Cell, ordinals: Ordinals) -> str:
    """A cell of words alone is plain text: only figures are marked as figures."""
    if cell.value is None and not cell.url and not cell.code:
        return escape(cell.text)
    return _piece(cell, ordinals)


def _table(table: Table, ordinals: Ordinals) -> str:
    caption = f"<caption>{escape(table.title)}</caption>" if table.title else ""
    labels = "".join(f'<th scope="col" class="center">{escape(c.label)}</th>' for c in table.columns)
    columns = [f'class="{c.align}" data-head="{escape(c.label)}"' for c in table.columns]
    heads = "".join(_row(row, columns, ordinals) for row in table.rows if row.style == "head")
    rows = "".join(_row(row, columns, ordinals) for row in table.rows if row.style != "head")
    note = f'<p class="paper-note">{escape(table.note)}</p>' if table.note else ""
    frame = f'<div class="paper-table" tabindex="0" role="region" aria-label="{escape(table.title)}">'
    return (
        f'{frame}<table>{caption}<thead><tr class="head">{labels}</tr>{heads}</thead>'
        f"<tbody>{rows}</tbody></table></div>{note}"
    )


def _row(row: Row, columns: Sequence[str], ordinals: Ordinals) -> str:
    """A line of a table; `columns` are the attributes of the cells of each column."""
    if len(row.cells) < len(columns):
        inner = f'<th scope="rowgroup" colspan="{len(columns)}">{_cell(row.cells[0], ordinals)}</th>'
        return f'<tr class="{row.style}">{inner}</tr>'
    tag = "th" if row.style == "head" else "td"
    cells = zip(row.cells, columns, strict=True)
    inner = "".join([f"<{tag} {column}>{_cell(cell, ordinals)}</{tag}>" for cell, column in cells])
    return f'<tr class="{row.style}">{inner}</tr>'


def _foot(paper: Paper) -> str:
    names = "".join(f"<li>{escape(line)}</li>" for line in official.recipient_lines(paper))
    title = f"<p><strong><em>{official.RECIPIENTS}</em></strong></p><ul>{names}</ul>" if names else ""
    dated = f"{_dated(paper)}<br>" if paper.style == "plain" else ""
    return (
        f'<footer class="paper-foot"><div class="paper-recipients">{title}</div>'
        f'<div class="paper-signer"><p>{dated}<strong>{_lines(official.signer_lines(paper))}</strong></p>'
        f"<p><strong>{escape(paper.signer_name)}</strong></p></div></footer>"
    )


def _qr(paper: Paper) -> str:
    """One for the page, which has no sheets: the drawing for a telephone, the code for those who type."""
    if not paper.qr:
        return ""
    return f'<p class="paper-qr"><span>{escape(official.code_line(paper))}</span> {official.qr(paper.qr)}</p>'


def _annex(paper: Paper) -> str:
    table, note = official.annex(paper), official.codes_note(paper)
    if not table:
        return f'<p class="paper-note">{escape(note)}</p>' if note else ""
    return (
        f'<section class="paper-annex"><h2>{official.ANNEX_TITLE}</h2>'
        f"<p>{official.ANNEX_INTRO}</p>{_table(table, {})}</section>"
    )
