"""prove: re-sum every entry and compare with what is stored, then with the register; exit code 1 when they differ."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sohoi.ledger.models import Measure
from sohoi.ledger.register import prove_register
from sohoi.ledger.totals import prove
from sohoi.units.models import Unit, View

WHAT = {
    "month": "tháng",
    "year": "năm",
    "distinct": "số người (hộ) riêng biệt",
    "sighting": "dấu gặp người (hộ)",
    "no-place": "bút toán không có vị trí",
}
MOST = 200  # lines are printed
REGISTER = {
    "members": ("hội viên", "bút toán"),
    "core": ("hội viên nòng cốt", "bút toán"),
    "regular": ("hội viên sinh hoạt thường xuyên", "bút toán"),
    "homes": ("hộ có hội viên", "bút toán"),
    "ordinary": ("hội viên thường", "bút toán"),
    "automatic": ("hội viên đương nhiên", "bút toán"),
    "honorary": ("hội viên danh dự", "bút toán"),
    "places": ("thẻ đang sinh hoạt", "dòng sinh hoạt cùng chi hội, cùng hộ"),
    "cards": ("thẻ đang sinh hoạt", "dòng sinh hoạt"),
}


class Command(BaseCommand):
    """Nothing found is the proof."""

    help = "Cộng lại từ đầu mọi bút toán, so với số tổng hợp và sổ hội viên. Không thấy chênh lệch: đã chứng minh."

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare; print each difference with its place."""
        totals, register = self._totals(), self._register()
        if register:
            raise CommandError(f"Có {register} chỗ sổ hội viên khác số liệu, {totals} chỗ số tổng hợp chênh lệch.")
        if totals:
            raise CommandError(f"Có {totals} chỗ chênh lệch. Chạy “manage.py rebuild” rồi chạy lại lệnh này.")
        self.stdout.write("Đã cộng lại mọi bút toán: không có chênh lệch.")

    def _totals(self) -> int:
        """How many stored numbers are not what the entries say; each printed."""
        found = prove()
        units = Unit.objects.in_bulk({d.unit_id for d in found})
        measures = Measure.objects.in_bulk({d.measure_id for d in found})
        for d in found[:MOST]:
            at = f"{d.at % 12 + 1}/{d.at // 12}" if d.what != "year" else str(d.at)
            unit, measure = units[d.unit_id], measures[d.measure_id]
            self.stdout.write(
                f"{WHAT[d.what]} {at}\t{unit.code} {unit.name}\t{measure.code}\t{View(d.view).label}\t"
                f"bút toán trừ số lưu: {d.n} dòng, {d.amount}"
            )
        return len(found)

    def _register(self) -> int:
        """In how many branches the register says otherwise than the ledger; each printed."""
        found = prove_register()
        units = Unit.objects.in_bulk({d.unit_id for d in found})
        for d in found[:MOST]:
            unit, (what, other) = units[d.unit_id], REGISTER[d.what.removesuffix("-past")]
            what += " ngày cuối tháng trước" if d.what.endswith("-past") else ""
            self.stdout.write(f"sổ hội viên\t{unit.code} {unit.name}\t{what}: {d.register}, {other}: {d.other}")
        return len(found)
