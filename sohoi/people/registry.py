"""What is kept of a woman, column by column (registry.toml): its class, purpose, retention, and how it is erased.

The pages that show, export and erase read this; a test holds it against the models, so no column can be forgotten.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, reduce
from operator import or_
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, JSONField, Model, Q, QuerySet, TextField, UUIDField

from sohoi.refusal import Refusal

CLASSES = ("L0", "L1", "L2", "L3")
WAYS = ("keep", "null", "blank", "replace", "random", "texts", "row")
SINCE = ("left", "made", "done", "ended")
ROOMS = ("people", "sheets")  # every table of these rooms; of other rooms those that name a member or a household
HOMES = "homes"  # what her household is, as a question: poor, near-poor, in hardship
DEED = "deed"  # whose a deed is that says something masked of her or her household, as a question
ALL = "*"  # everything about her, as a question
COLUMN = {"label", "class", "erase", "purpose", "sensitive", "masked", "sealed", "derived", "hers", "why"}
TABLE = {"label", "find", "home", "number", "purpose", "retention", "columns"}
RETENTION = {"years", "from", "clock", "goes"}
NAMED = {"model", "columns", "unit", "reach", "owner", "shared", "nobody"}
ERASED, FORGOTTEN = MARKS = ("(đã xóa theo yêu cầu)", "(đã xóa khi hết hạn giữ)")  # stand where a name stood


@dataclass(frozen=True)
class Column:
    """One column: `sealed` names what it was sealed as; `derived` is made from another; `hers` only when she heads."""

    name: str
    label: str
    level: str
    erase: str
    purpose: str
    sensitive: bool = False
    masked: bool = False
    sealed: str = ""
    derived: bool = False
    hers: bool = False

    @property
    def hidden(self) -> bool:
        """Whether it is shown masked, and revealed one at a time with a reason."""
        return self.level == "L3" or self.masked


@dataclass(frozen=True)
class Table:
    """One table: `find` leads from its rows to her cards, `home` to a household, `number` is the column with the blind
    index of her ID number. After so many `years` since she left, or since what `clock` says, the columns are erased,
    or the whole row `goes`."""

    model: str
    label: str
    find: tuple[str, ...]
    home: str
    number: str
    years: int
    since: str
    columns: tuple[Column, ...]
    clock: str = ""
    goes: bool = False

    def is_key(self, name: str) -> bool:
        """Whether the column leads to another table."""
        return bool(apps.get_model(self.model)._meta.get_field(name).is_relation)

    def is_number(self, column: "Column") -> bool:
        """Whether the column only names a row: its own, a card, a household, a record."""
        field = apps.get_model(self.model)._meta.get_field(column.name)
        other = getattr(field.related_model, "_meta", None)
        named = other is not None and other.app_label in ("people", "ledger")
        return column.level == "L1" and (field.primary_key or named or isinstance(field, UUIDField))

    def rows(self, her: "Her") -> QuerySet[Any]:
        """Her rows, and those of her households."""
        wanted = [Q((f"{way}__in", her.cards)) for way in self.find]
        wanted += [Q((f"{self.home}__in", her.homes))] if self.home else []
        wanted += [Q((f"{self.number}__in", her.numbers))] if self.number else []
        rows = apps.get_model(self.model)._default_manager.order_by("pk")
        return rows.filter(reduce(or_, wanted)).distinct() if wanted else rows.none()


@dataclass(frozen=True)
class Her:
    """One woman: the numbers of her cards and of her households, and the blind indexes of her ID numbers."""

    cards: list[int]
    numbers: list[bytes]
    homes: list[int]


@dataclass(frozen=True)
class Named:
    """Columns of a table in which she may be named though the row is not about her: the unit or the account that such
    a row belongs to or is shared with, or the unit of whose women it is, and which columns are empty in it."""

    model: str
    columns: tuple[str, ...]
    unit: str = ""
    reach: str = ""
    owner: str = ""
    shared: str = ""
    nobody: tuple[str, ...] = ()


@dataclass(frozen=True)
class Purpose:
    """What data are kept for; with `text` it is a purpose that she agrees to, in the words of that version."""

    code: str
    label: str
    wording: str = ""
    text: str = ""


@cache
def _body() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "registry.toml").read_text("utf-8"))


@cache
def purposes() -> dict[str, Purpose]:
    """All purposes by code."""
    return {code: Purpose(code, **told) for code, told in _body()["purpose"].items()}


def asked_purposes() -> list[Purpose]:
    """The purposes that she is asked to agree to, each by itself."""
    return [purpose for purpose in purposes().values() if purpose.text]


@cache
def tables() -> dict[str, Table]:
    """All tables by the name of their model."""
    return {model: _table(model, told) for model, told in _body()["table"].items()}


@cache
def named() -> list[Named]:
    """Where somebody may have written her name into a row that is not about her."""
    return [_named(told) for told in _body()["named"]]


def _named(told: Mapping[str, str]) -> Named:
    _known(told, NAMED, "named")
    columns, nobody = told["columns"].split(), told.get("nobody", "").split()
    unit, reach, owner, shared = (told.get(way, "") for way in ("unit", "reach", "owner", "shared"))
    return Named(told["model"], tuple(columns), unit, reach, owner, shared, tuple(nobody))


def column(model: str, name: str) -> Column:
    """One column; KeyError when the registry does not know it."""
    return next(one for one in tables()[model].columns if one.name == name)


def card_column(name: str) -> Column | None:
    """A column of the card by its name or by the question that fills it ("id-number", "union-member")."""
    told = {"id-number": "id_sealed", "religion": "religion_sealed", "born": "birth_date", "home": "household"}
    wanted = told.get(name, name.replace("-", "_"))
    return next((one for one in tables()["people.Member"].columns if one.name == wanted), None)


def revealed_column(name: str) -> Column | None:
    """A column that is shown masked on her card and opened one at a time: of the card, or of what her household is."""
    if name == HOMES:
        return column("people.HouseholdStatus", "status")
    known = card_column(name)
    return known if known and known.hidden and not known.derived else None


def _table(model: str, told: Mapping[str, Any]) -> Table:
    """One table as told; raises Refusal for a word that the file does not know."""
    _known(told, TABLE, model)
    retention = told["retention"]
    _known(retention, RETENTION, model)
    _one_of(retention["from"], SINCE, model)
    columns = tuple(_column(f"{model}.{name}", name, told["purpose"], one) for name, one in told["columns"].items())
    find, home, number = tuple(told.get("find", "").split()), told.get("home", ""), told.get("number", "")
    kept = (retention["years"], retention["from"])
    ending = (retention.get("clock", ""), retention.get("goes", False))
    return Table(model, told["label"], find, home, number, *kept, columns, *ending)


def _column(where: str, name: str, purpose: str, told: Mapping[str, Any]) -> Column:
    """One column as told."""
    _known(told, COLUMN, where)
    _one_of(told["class"], CLASSES, where)
    _one_of(told["erase"], WAYS, where)
    _one_of(told.get("purpose", purpose), tuple(_body()["purpose"]), where)
    more = {key: told[key] for key in ("sensitive", "masked", "sealed", "derived", "hers") if key in told}
    return Column(name, told["label"], told["class"], told["erase"], told.get("purpose", purpose), **more)


def _known(told: Mapping[str, Any], keys: set[str], where: str) -> None:
    strange = sorted(set(told) - keys)
    if strange:
        raise Refusal(f"registry.toml, {where}: không hiểu “{strange[0]}”.", where)


def _one_of(word: str, words: tuple[str, ...], where: str) -> None:
    if word not in words:
        raise Refusal(f"registry.toml, {where}: “{word}” phải là một trong {', '.join(words)}.", where)


def unlooked(models: Iterable[type[Model]]) -> list[str]:
    """Columns with words of which the registry does not say whether a woman may be named there; and told ones that are
    no longer there."""
    told = {(label, name) for label, table in tables().items() for name in (one.name for one in table.columns)}
    told |= {(place.model, name) for place in named() for name in place.columns}
    told |= {(label, name) for label, one in _body()["silent"].items() for name in one["columns"].split()}
    there = {(m._meta.label, field.name) for m in models for field in m._meta.concrete_fields}
    wordy = {
        (m._meta.label, field.name) for m in models for field in m._meta.concrete_fields
        if isinstance(field, TextField | CharField | JSONField | ArrayField) and not field.choices
    }  # fmt: skip
    return sorted(f"{label}.{name}" for label, name in (wordy - told) | (told - there))


def watched(models: Iterable[type[Model]]) -> list[type[Model]]:
    """Those of the models that say something of a woman: all of the register and of files read into it, whatever has a
    foreign key to a member or to a household, and what the registry names besides."""
    return [m for m in models if m._meta.app_label in ROOMS or _names_her(m) or m._meta.label in tables()]


def _names_her(model: type[Model]) -> bool:
    targets = {"people.Member", "people.Household"}
    keys = (field for field in model._meta.concrete_fields if field.related_model)
    return any(field.related_model._meta.label in targets for field in keys)  # type: ignore[union-attr]


def gaps(registry: Mapping[str, Table], models: Iterable[type[Model]]) -> list[str]:
    """What registry and models do not agree on: a column without an entry, an entry without a column."""
    there = {m._meta.label: {field.name for field in m._meta.concrete_fields} for m in models}
    told = {label: {one.name for one in table.columns} for label, table in registry.items()}
    missing = [f"{m}.{name}: chưa có trong registry.toml" for m in there for name in there[m] - told.get(m, set())]
    left = [f"{m}.{name}: không còn cột này" for m in told for name in told[m] - there.get(m, set())]
    return sorted(missing + left)
