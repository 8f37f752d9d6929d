"""What a version holds, and whether it is still what was signed: its keyed hash, and its figures added up again from
the ledger as it stood.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from hmac import compare_digest
from typing import Any

from sohoi.figures.as_it_stood import as_it_stood
from sohoi.figures.read import Figure
from sohoi.figures.rollup import Raw
from sohoi.ledger.models import Measure
from sohoi.people.sealing import keyed
from sohoi.periods import Period, between
from sohoi.reports.frozen import canonical, freeze, thaw
from sohoi.reports.models import Version
from sohoi.reports.read.filling import Filling
from sohoi.reports.read.merging import said_by
from sohoi.reports.regular import FOLDER, RegularForm, key_of, period_named, read_regular
from sohoi.reports.table import Paper
from sohoi.rights.models import Account
from sohoi.units.models import Unit
from sohoi.vietnamese import date as say_date


def sealed_hash(report: int, number: int, position: int, body: str) -> bytes:
    """What a version is known by: whoever can write in the database but has not our key cannot make it."""
    return keyed("signed report", f"{report} {number} {position} {body}")


def written(filling: Filling, paper: Paper, *, number: int, position: int, at: datetime, by: Account) -> str:
    """Everything that is signed, in the one way to write it."""
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
        "figures": {f"{measure}|{column}": _figure(f) for (measure, column), f in filling.figures.items()},
        "late": {m.code: filling.late.get(m.pk, 0) for m in filling.measures.values()},
        "texts": filling.texts,
        "children": [
            {
                "unit": child.unit.code, "name": child.unit.name, "report": child.report.pk if child.report else None,
                "version": child.version.number if child.version else None,
                "hash": bytes(child.version.hash).hex() if child.version else None,
            }
            for child in filling.children
        ],
        "paper": freeze(paper),
    }  # fmt: skip
    return canonical(body)


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
    """What is wrong with a version, in a sentence."""

    version: Version
    sentence: str


def intact(version: Version) -> bool:
    """Whether every byte of a version is still what was signed."""
    right = sealed_hash(version.report_id, version.number, version.position, version.body)
    return compare_digest(bytes(version.hash), right)


def verify(version: Version) -> list[Fault]:
    """Hold a version against its hash, then its figures against the ledger as it stood, then its children."""
    report = version.report
    name = (
        f"Bản {version.number} của {report.unit.name}, {report.form}, {say_date(report.first)}–{say_date(report.last)}"
    )
    if not intact(version):
        return [Fault(version, f"{name} (mã {version.code}) không còn đúng với lúc ký: nội dung đã bị đổi.")]
    body = said_by(version)
    return [
        Fault(version, f"{name}: {sentence}") for sentence in (*_recomputed(version, body), *_children(body))
    ]  # fmt: skip


def _recomputed(version: Version, body: dict[str, Any]) -> Iterator[str]:
    """Figures that the ledger as it stood says otherwise; each window is added up once."""
    unit: Unit = version.report.unit
    told = [one for one in body["figures"].values() if one["raw"] is not None]
    measures = {
        m.code: m
        for m in Measure.objects.filter(code__in={one["measure"] for one in told}).select_related("over", "under")
    }
    windows: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for one in told:
        windows.setdefault((one["first"], one["last"]), []).append(one)
    for (first, last), figures in windows.items():
        period = between(date.fromisoformat(first), date.fromisoformat(last))
        asked = [measures[one["measure"]] for one in figures if one["measure"] in measures]
        sums = as_it_stood([unit], asked, period, version.position)
        for one in figures:
            measure = measures.get(one["measure"])
            if measure is None:
                yield f"đầu số liệu “{one['label']}” không còn trong sổ."
                continue
            stood, signed = sums.get((unit.pk, measure.pk), Raw()), Raw(*one["raw"])
            if (stood.amount, stood.under) != (signed.amount, signed.under):
                yield f"“{one['label']}” ({period.name.lower()}) ký là {signed.amount}, sổ khi ấy ghi {stood.amount}."


def _children(body: dict[str, Any]) -> Iterator[str]:
    """Reports that it was made from and whose hash is another one now, or which are gone."""
    wanted = [child for child in body["children"] if child["report"] and child["version"]]
    rows = Version.objects.filter(report__in=[child["report"] for child in wanted])
    there = {(row.report_id, row.number): bytes(row.hash).hex() for row in rows}
    for child in wanted:
        if there.get((child["report"], child["version"])) != child["hash"]:
            yield f"báo cáo của {child['name']} (bản {child['version']}) không còn là bản đã dùng khi ký."
