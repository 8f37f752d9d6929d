"""prove: re-sum every entry and compare with what is stored; exit code 1 when something differs."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sohoi.ledger.models import Measure
from sohoi.ledger.totals import prove
from sohoi.units.models import Unit, View

WHAT = {
    "month": "tháng",
    "year": "năm",
    "distinct": "số người (hộ) riêng biệt",
    "sighting": "dấu gặp người (hộ)",
    "no-place": "bút toán không có vị trí",
}


class Command(BaseCommand):
    """Nothing found is the proof."""

    help = "Cộng lại từ đầu mọi bút toán và so với số tổng hợp. Không thấy chênh lệch: đã chứng minh."

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare; print each difference with its place."""
        found = prove()
        if not found:
            self.stdout.write("Đã cộng lại mọi bút toán: không có chênh lệch.")
            return
        units = Unit.objects.in_bulk({d.unit_id for d in found})
        measures = Measure.objects.in_bulk({d.measure_id for d in found})
        for d in found[:200]:
            at = f"{d.at % 12 + 1}/{d.at // 12}" if d.what != "year" else str(d.at)
            unit, measure = units[d.unit_id], measures[d.measure_id]
            self.stdout.write(
                f"{WHAT[d.what]} {at}\t{unit.code} {unit.name}\t{measure.code}\t{View(d.view).label}\t"
                f"bút toán trừ số lưu: {d.n} dòng, {d.amount}"
            )
        raise CommandError(f"Có {len(found)} chỗ chênh lệch. Chạy “manage.py rebuild” rồi chạy lại lệnh này.")
