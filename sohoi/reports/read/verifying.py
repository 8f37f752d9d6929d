"""What a version holds, and whether it still is what was signed: hash and row (sealed.py), steps and numbers
(in_order.py), its figures added up again from the ledger as it stood, the versions it was made from.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from sohoi.figures.as_it_stood import as_it_stood
from sohoi.figures.read import Figure
from sohoi.figures.rollup import Raw
from sohoi.ledger.known import all_measures, measures_named
from sohoi.ledger.models import STANDING, Measure
from sohoi.periods import Period, between
from sohoi.reports.frozen import canonical, freeze, thaw
from sohoi.reports.models import Step, Version
from sohoi.reports.read.children import name_of
from sohoi.reports.read.filling import Filling
from sohoi.reports.read.in_order import kept_in_order
from sohoi.reports.read.layouts import layout_lost
from sohoi.reports.read.merging import said_by
from sohoi.reports.read.sealed import altered
from sohoi.reports.regular import COLUMNS, FOLDER, RegularForm, key_of, period_named, read_regular
from sohoi.reports.table import Paper
from sohoi.rights.models import Account
from sohoi.units.models import Unit
from sohoi.units.read import map_under
from sohoi.vietnamese import number


def written(
    filling: Filling, paper: Paper, *, number: int, position: int, at: datetime, by: Account, way: Iterable[Step],
    layout: str, before: int,
) -> str:  # fmt: skip
    """Everything that is signed, in the one way to write it; `way`: the steps before the signature, `layout`: what its
    Word layout is known by, `before`: how many versions the unit had signed until then."""
    body = {
        "form": filling.form.source,
        "unit": filling.unit.code,
        "unit_name": filling.unit.name,
        "first": filling.period.first.isoformat(),
        "last": filling.period.last.isoformat(),
        "period": filling.period.name,
        "number": number,
        "position": position,
        "at": at.isoformat(),
        "by": by.pk,
        "signer": str(by),
        "way": [
            {"state": one.state, "by": one.by_id, "name": str(one.by), "at": one.at.isoformat(), "why": one.why}
            for one in way
        ],
        "figures": {f"{measure}|{column}": _figure(f) for (measure, column), f in filling.figures.items()},
        "measures": definitions(filling.measures.values()),
        "map": map_under(filling.unit, filling.period.last),
        "late": {m.code: filling.late.get(m.pk, 0) for m in filling.measures.values()},
        "texts": filling.texts,
        "children": [
            {
                "unit": child.unit.code, "name": child.unit.name, "report": child.report,
                "version": child.version.number if child.version else None,
                "hash": child.version.hash.hex() if child.version else None,
            }
            for child in filling.children
        ],
        "paper": freeze(paper),
        "layout": layout,
        "before": before,
    }  # fmt: skip
    return canonical(body)


def definitions(measures: Iterable[Measure]) -> dict[str, Any]:
    """measure code -> how it counts: what its figures were added up from when they were signed."""
    codes = {m.pk: m.code for m in all_measures().values()}

    def told(part: Measure | None) -> dict[str, Any] | None:
        if part is None:
            return None
        return {"base": codes.get(part.base_id or 0), "filter": part.filter, "take": part.take, "age": part.age}

    return {m.code: {"counts": told(m), "over": told(m.over), "under": told(m.under)} for m in measures}


def _figure(figure: Figure) -> dict[str, Any]:
    """A figure as it is kept: what it says, what it is made of, its days."""
    value = figure.value
    exact = f"{value.numerator}/{value.denominator}" if isinstance(value, Fraction) else value
    quiet = figure.measure.sensitive  # what nobody may ask for is not written down either
    raw = None if quiet else list(figure.raw)
    return {
        "measure": figure.measure.code, "label": figure.measure.label, "text": figure.text, "state": figure.state,
        "value": exact, "raw": raw, "first": figure.period.first.isoformat(), "last": figure.period.last.isoformat(),
    }  # fmt: skip


def paper_of(version: Version) -> Paper:
    """The paper that was signed, sign for sign."""
    return thaw(said_by(version)["paper"])


def form_signed(version: Version) -> RegularForm:
    """The form as it was when it was signed, whatever became of its folder since."""
    body = said_by(version)["form"]
    return read_regular(body, FOLDER / body["code"] / "form.toml")


def period_signed(version: Version) -> Period:
    """Its period with the name that people read, by the form as it was."""
    form = form_signed(version)
    return period_named(form, key_of(form, between(version.report.first, version.report.last)))


@dataclass(frozen=True)
class Fault:
    """What is wrong with a version, in a sentence; `grave` when what was signed, or the ledger of then, was changed.
    What is not is a note: it can no longer be added up, for a reason that is nobody's wrong.
    """

    version: Version
    sentence: str
    grave: bool = True


Said = tuple[str, bool]  # a sentence, and whether it is grave
CHANGED = "bản đồ đơn vị hoặc cách tính đầu số liệu đã đổi sau khi ký, không cộng lại được"
AGED = "tính tuổi theo năm sinh trên thẻ hội viên hôm nay, không cộng lại được"


def verify(version: Version) -> list[Fault]:
    """Hold a version against its hash and its row, then its steps and its paper's number, its figures against the
    ledger as it stood, and the versions it was made from."""
    wrong = altered(version)
    if wrong:
        name = f"Bản {version.number} của {version.report.unit.name}, {name_of(version.report)}"
        return [Fault(version, f"{name} (mã {version.code}) không còn đúng với lúc ký: {wrong}.")]
    body = said_by(version)
    period = f"{body['period'][:1].lower()}{body['period'][1:]}"
    name = f"Bản {version.number} của {body['unit_name']}, {form_signed(version).label}, {period}"
    found = (*_recomputed(version, body), *_around(version, body))
    return [Fault(version, f"{name}: {sentence}", grave) for sentence, grave in found]


def _around(version: Version, body: dict[str, Any]) -> Iterator[Said]:
    """What is wrong around a version: always grave."""
    yield from ((sentence, True) for sentence in (*kept_in_order(version, body), *_children(body)))
    if layout_lost(version):
        yield "tệp trình bày Word của bản này không còn như lúc ký.", True


def _recomputed(version: Version, body: dict[str, Any]) -> Iterator[Said]:
    """Figures that the ledger as it stood says otherwise: one sentence for a measure, however many columns say it."""
    told = {key: one for key, one in body["figures"].items() if one["raw"] is not None}
    codes = {one["measure"] for one in told.values()}
    measures = measures_named(codes)
    labels = {one["measure"]: one["label"] for one in told.values()}
    for code in sorted(codes - set(measures)):
        yield f"đầu số liệu “{labels[code]}” không còn trong sổ, không cộng lại được.", False
    there = {key: one for key, one in told.items() if one["measure"] in measures}
    other: dict[tuple[str, Raw, Raw], list[str]] = {}
    for key, stood in _stood(version, there, measures).items():
        signed = Raw(*there[key]["raw"])
        if (stood.amount, stood.under) != (signed.amount, signed.under):
            column = COLUMNS[key.rpartition("|")[2]]
            other.setdefault((there[key]["measure"], signed, stood), []).append(column)
    moved = redefined(version, body, measures) if other else set()
    for (code, signed, stood), columns in other.items():
        name = f"“{labels[code]}” ({', '.join(sorted(columns, key=list(COLUMNS.values()).index)).lower()})"
        if code in moved:
            yield f"{name}: {CHANGED}.", False
        elif measures[code].age:
            yield f"{name}: {AGED}.", False
        else:
            yield f"{name} ký là {_spoken(signed)}, sổ khi ấy ghi {_spoken(stood)}.", True


def _stood(version: Version, told: dict[str, dict[str, Any]], measures: dict[str, Measure]) -> dict[str, Raw]:
    """key -> what the ledger says of it, as it stood; each window of days is added up once, and what stands on a day
    once for all windows that end on it."""
    unit: Unit = version.report.unit
    windows: dict[tuple[str, str], dict[str, Measure]] = {}
    for key, one in told.items():
        measure = measures[one["measure"]]
        first = one["last"] if _stands(measure) else one["first"]
        windows.setdefault((first, one["last"]), {})[key] = measure
    found: dict[str, Raw] = {}
    for (first, last), asked in windows.items():
        period = between(date.fromisoformat(first), date.fromisoformat(last))
        sums = as_it_stood([unit], set(asked.values()), period, version.position)
        found |= {key: sums.get((unit.pk, measure.pk), Raw()) for key, measure in asked.items()}
    return found


def _stands(measure: Measure) -> bool:
    """Whether its figure is that of a day, whenever the period began; a ratio is when both its parts are."""
    parts = [part for part in (measure.over, measure.under) if part] or [measure]
    return all(part.take in STANDING for part in parts)


def redefined(version: Version, body: dict[str, Any], measures: dict[str, Measure]) -> set[str]:
    """Codes of measures that count otherwise now than when it was signed; all of them when the map was corrected."""
    report = version.report
    if body.get("map") not in (None, map_under(report.unit, report.last)):
        return set(measures)
    then, now = body.get("measures", {}), definitions(measures.values())
    return {code for code in measures if code in then and then[code] != now[code]}


def _spoken(raw: Raw) -> str:
    """A sum as people read it; both parts of a ratio."""
    return number(raw.amount) if raw.under is None else f"{number(raw.amount)} trên {number(raw.under)}"


def _children(body: dict[str, Any]) -> Iterator[str]:
    """Reports that it was made from and whose hash is another one now, or which are gone."""
    wanted = [child for child in body["children"] if child["report"] and child["version"]]
    rows = Version.objects.filter(report__in=[child["report"] for child in wanted])
    there = {(row.report_id, row.number): bytes(row.hash).hex() for row in rows.defer("body")}
    for child in wanted:
        if there.get((child["report"], child["version"])) != child["hash"]:
            yield f"báo cáo của {child['name']} (bản {child['version']}) không còn là bản đã dùng khi ký."
