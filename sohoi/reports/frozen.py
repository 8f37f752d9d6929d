"""A paper as plain data and back, exactly; and the one way in which data are written down before they are signed.

Fractions are "n/d", days ISO, what has its usual value is left out: a paper frozen before a field was thought of thaws
as it was. It signs nothing and stores nothing. It refuses floats, which no two programs need write alike.
"""

import json
from dataclasses import MISSING, fields
from datetime import date
from fractions import Fraction
from typing import Any

from sohoi.reports.table import Address, Block, Cell, Column, Paper, Paragraph, Piece, Row, Table
from sohoi.vietnamese import nfc

Frozen = dict[str, Any]
_FIELDS: dict[type, list[tuple[str, Any]]] = {  # name and usual value; without one it is always written
    kind: [(field.name, field.default) for field in fields(kind)] for kind in (Column, Paper, Paragraph, Row, Table)
} | {kind: [(name, kind._field_defaults.get(name, MISSING)) for name in kind._fields] for kind in (Address, Cell)}


def freeze(paper: Paper) -> Frozen:
    """The whole paper as JSON can carry it."""
    frozen = _plain(paper)
    assert isinstance(frozen, dict)
    return frozen


def thaw(frozen: Frozen) -> Paper:
    """The paper again. Raises ValueError when these are not the data of a paper."""
    try:
        given = dict(frozen)
        given["day"] = date.fromisoformat(given["day"])
        given["body"] = tuple(_block(block) for block in given["body"])
        given["codes"] = tuple((str(code), str(shows)) for code, shows in given.get("codes", ()))
        for key in ("title_lines", "recipients"):
            given[key] = tuple(given[key])
        return Paper(**given)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(
            f"Bản lưu của văn bản không đọc được: {error}. Lấy lại bản lưu từ bản sao dự phòng."
        ) from error


def canonical(data: Frozen) -> str:
    """The one way to write data down: keys sorted, letters composed (NFC), no blanks between.

    Raises TypeError for what is not data (a float, a key that is no text), ValueError when two keys are one in NFC.
    """
    return json.dumps(_composed(data), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _plain(thing: Any) -> Any:
    if thing is None or isinstance(thing, str | int):
        return thing
    if isinstance(thing, Fraction):
        return f"{thing.numerator}/{thing.denominator}"
    if isinstance(thing, date):
        return thing.isoformat()
    if type(thing) is tuple:
        return [_plain(part) for part in thing]
    told = {}
    for name, usual in _FIELDS[type(thing)]:
        value = getattr(thing, name)
        if usual is MISSING or value != usual:
            told[name] = _plain(value)
    return told


def _block(frozen: Frozen) -> Block:
    """A table has columns, a paragraph pieces."""
    given = dict(frozen)
    if "columns" not in given:
        return Paragraph(**given | {"pieces": tuple(_piece(piece) for piece in given["pieces"])})
    given["columns"] = tuple(Column(**column) for column in given["columns"])
    given["rows"] = tuple(Row(**row | {"cells": tuple(_cell(cell) for cell in row["cells"])}) for row in given["rows"])
    return Table(**given)


def _piece(frozen: str | Frozen) -> Piece:
    return frozen if isinstance(frozen, str) else _cell(frozen)


def _cell(frozen: Frozen) -> Cell:
    given = dict(frozen)
    value = given.get("value")
    if isinstance(value, str):
        above, _, below = value.partition("/")
        given["value"] = Fraction(int(above), int(below))
    if given.get("address"):
        a = given["address"]
        days = {"first": date.fromisoformat(a["first"]), "last": date.fromisoformat(a["last"])}
        given["address"] = Address(**a | days)
    return Cell(**given)


def _composed(thing: Any) -> Any:
    """The same data, every text composed."""
    if isinstance(thing, str):
        return nfc(thing)
    if thing is None or isinstance(thing, int):
        return thing
    if isinstance(thing, list | tuple):
        return [_composed(part) for part in thing]
    if isinstance(thing, dict):
        composed = {_key(key): _composed(value) for key, value in thing.items()}
        if len(composed) < len(thing):
            raise ValueError("Hai khóa của bản lưu là một khi viết theo NFC.")
        return composed
    raise TypeError(f"Bản lưu không giữ được {type(thing).__name__}: chỉ chữ, số nguyên, danh sách và bảng khóa.")


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise TypeError(f"Khóa của bản lưu phải là chữ, không phải {type(key).__name__}.")
    return nfc(key)
