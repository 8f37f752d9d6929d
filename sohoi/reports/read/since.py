"""What was told or taken back after a report was signed and counts in its days: of reports over days that somebody
chose, whose months may stay open, so that the ledger goes on where the paper stands still.
"""

from dataclasses import dataclass

from sohoi.figures.rollup import Raw, figures
from sohoi.ledger.known import measures_named
from sohoi.ledger.models import Measure, Take
from sohoi.periods import between
from sohoi.reports.models import Report, Version
from sohoi.reports.read.children import newest_versions
from sohoi.reports.read.filling import Filling
from sohoi.reports.read.merging import said_by
from sohoi.reports.read.states import standing_signed
from sohoi.reports.read.verifying import form_signed, redefined
from sohoi.units.models import View
from sohoi.vietnamese import date as say_date
from sohoi.vietnamese import number


@dataclass(frozen=True)
class Since:
    """A figure of the period that the ledger has otherwise by now; `amount` is what came, less when taken back."""

    measure: Measure
    amount: int

    @property
    def sentence(self) -> str:
        """ "Phần quà đã trao: thêm 20 phần quà"."""
        way = "thêm" if self.amount > 0 else "bớt"
        return f"{self.measure.label}: {way} {number(abs(self.amount))} {self.measure.count}"


def since_signed(version: Version) -> list[Since]:
    """What changed in the figures of its period since it was signed; two statements for any number of figures.

    Not of shares and declared levels, which do not add up, nor of a measure that counts otherwise by now.
    """
    body, report = said_by(version), version.report
    periods = [one for key, one in body["figures"].items() if key.endswith("|period")]
    told = {one["measure"]: one["raw"] for one in periods if one["raw"]}
    in_order = [code for code in form_signed(version).measures if code in told]
    measures = {code: m for code, m in measures_named(in_order).items() if m.take not in (Take.RATIO, Take.LAST)}
    if not measures:
        return []
    other = redefined(version, body, measures)
    sums = figures([report.unit], measures.values(), between(report.first, report.last), View.WAS)
    moved = [
        Since(m, sums.get((report.unit_id, m.pk), Raw()).amount - Raw(*told[code]).amount)
        for code, m in measures.items() if code not in other
    ]  # fmt: skip
    return [one for one in moved if one.amount]


def since_the_one_before(filling: Filling) -> list[str]:
    """What came to the days of the unit's last report on the same form after that was signed, in sentences: it is in
    neither's figures."""
    rows = Report.objects.filter(form=filling.form.code, unit=filling.unit, last__lt=filling.period.first)
    before = rows.filter(pk__in=standing_signed(rows.values_list("pk", flat=True))).order_by("-last", "-pk").first()
    if before is None:
        return []
    version = Version.objects.select_related("report__unit").get(pk=newest_versions([before.pk])[before.pk].pk)
    days = f"từ {say_date(before.first)} đến {say_date(before.last)}"
    return [
        f"{one.sentence}, ghi sau khi ký báo cáo {days}; chưa tính vào số của kỳ nào." for one in since_signed(version)
    ]
