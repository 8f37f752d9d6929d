"""formcost FILE.toml: check a form before it is issued, and say what it would ask of how many units."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from sohoi.ledger.holes import holes
from sohoi.ledger.known import measures_named
from sohoi.plainly import said_plainly
from sohoi.refusal import Refusal
from sohoi.reports.forms import is_review, read_form, toml
from sohoi.reports.read.burden import burden
from sohoi.reports.read.filling import measures_of
from sohoi.reports.regular import read_file
from sohoi.units.read import centre, find
from sohoi.vietnamese import SCALES


class Command(BaseCommand):
    """The whole country when no unit is named (docs/forms.md)."""

    help = "Kiểm tra một biểu mẫu và cho biết nó hỏi bao nhiêu: formcost TỆP.toml --unit MÃ"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """File, unit."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--unit", default="", help="mã đơn vị; bỏ trống: cả nước")

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse what cannot be, else say the cost."""
        today = timezone.localdate()
        with said_plainly():
            said = _review(options["file"]) if is_review(toml(options["file"])) else None
            if said is None:
                form = read_file(options["file"])
                measures_of(form)
                _only_money(form.label, {row.measure for grid in form.grids for row in grid.rows if row.scale})
                unit = find(options["unit"], today) if options["unit"] else centre()
                said = f"{form.label}: {burden(form, unit, today).sentence}"
        self.stdout.write(said)


def _review(path: Path) -> str:
    """A review asks nobody for anything: that it can be read, and which sentences name a measure that is gone."""
    form = read_form(path)
    named = {code for sentence in form.sentences for code in sentence.measures}
    gone = sorted(named - set(measures_named(list(named))))
    if gone:
        raise Refusal(f"Biểu mẫu “{form.label}” nêu đầu số liệu “{gone[0]}” không có trong sổ. Sửa câu ấy.", "form")
    of_units = measures_named(sentence.measure for sentence in form.of_units)
    quiet = sorted(measure.label for measure in of_units.values() if measure.sensitive)
    if quiet:
        said = f"Biểu mẫu “{form.label}” đếm đơn vị theo “{quiet[0]}”, là số giữ kín nên không nói được. Bỏ câu ấy."
        raise Refusal(said, "form")
    _only_money(form.label, {h.code for one in form.sentences for h in holes(one.text) if h.way in SCALES})
    told = f"{len(form.sections)} đề mục, {len(form.sentences)} câu"
    return f"{form.label}: {told}; chương trình tự viết theo nghị quyết, không hỏi ai."


def _only_money(label: str, codes: set[str]) -> None:
    """Refuse tỷ and triệu of what is no money."""
    named = measures_named(codes)
    wrong = sorted(code for code in codes if code in named and not named[code].count.startswith("đồng"))
    if wrong:
        raise Refusal(f"Biểu mẫu “{label}” nói “{wrong[0]}” bằng tỷ, triệu; đó không phải số tiền. Sửa chỗ ấy.", "form")
