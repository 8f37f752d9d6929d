"""Quận Long Biên with phường Thượng Thanh and its two heirs: what seed 003 needs beyond the tests' cut of the map."""

from sohoi.units.models import Act, Level, Lineage, Placement, Unit
from sohoi.units.read import centre
from sohoi.units.write import BEGINNING, REFORM, rebuild_closure
from sohoi.vietnamese import plain


def load() -> None:
    """The five units, as sohoi/units/data has them."""
    city = _unit("01", "Thành phố Hà Nội", Level.PROVINCE, centre(), (BEGINNING, None))
    district = _unit("004", "Quận Long Biên", Level.DISTRICT, city, (BEGINNING, REFORM))
    ward = _unit("00115", "Phường Thượng Thanh", Level.BASE, district, (BEGINNING, REFORM))
    act = Act.objects.get(day=REFORM)
    Lineage.objects.create(old=district, new=city, whole=True, act=act)
    for code, name in (("00118", "Phường Bồ Đề"), ("00127", "Phường Việt Hưng")):
        heir = _unit(code, name, Level.BASE, city, (REFORM, None))
        Lineage.objects.create(old=ward, new=heir, whole=False, act=act)
    rebuild_closure()


def _unit(code, name, level, parent, during) -> Unit:
    unit = Unit.objects.create(
        code=f"{code}@{during[0]}", state_code=code, level=level, name=name, plain=plain(name)
    )  # fmt: skip
    Placement.objects.create(unit=unit, parent=parent, name=name, during=during)
    return unit
