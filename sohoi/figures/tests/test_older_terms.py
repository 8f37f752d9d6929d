"""A term of before the map begins: the unit states where it stood then, its own kinds begin earlier, the rest holds.

Nine months of 2011 and a term 2011-2016, as published reports have them.
"""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from sohoi.figures.read import figure
from sohoi.goals.read import MET, review
from sohoi.goals.write import load_resolution
from sohoi.ledger.declare import load_folders
from sohoi.ledger.known import measures_named
from sohoi.ledger.totals import prove
from sohoi.ledger.write import accept
from sohoi.periods import parse
from sohoi.refusal import Refusal
from sohoi.units.models import Placement
from tests.people import deed

MAP = """code,parent,name,first,last
TW,,Trung ương,2011-01-01,2014-12-31
94@2015-01-01,TW,Tỉnh Sóc Trăng,2011-01-01,2014-12-31
947@2015-01-01,94@2015-01-01,Huyện Mỹ Xuyên,2011-01-01,2014-12-31
31684@2015-01-01,947@2015-01-01,Thị trấn Mỹ Xuyên,2011-01-01,2014-12-31
"""
KIND = """
code = "my-admission"
label = "Kết nạp hội viên (số của nhiệm kỳ cũ)"
since = 2011-01-01
subject = "unit"
[[field]]
code = "count"
label = "Bao nhiêu"
type = "number"
[[measure]]
code = "house-groups"
amount = "count"
"""
TERM = """
code = "cu"
title = "Nghị quyết nhiệm kỳ 2011 - 2016"
unit = "947@2015-01-01"
term = { first = 2011-06-01, last = 2016-05-31 }
[[criterion]]
code = "a"
label = "Kết nạp"
measure = "house-groups"
goal = 6000
"""


def load_map(tmp_path, text=MAP):
    path, out = tmp_path / "truoc-2015.csv", StringIO()
    path.write_text(text, "utf-8")
    call_command("loadunits", str(path), stdout=out)
    return out.getvalue()


def test_an_older_term_is_loaded_with_data_of_its_own(place, mai, tmp_path):
    (tmp_path / "kinds").mkdir()
    (tmp_path / "kinds" / "my-admission.toml").write_text(KIND, "utf-8")
    load_folders([("my-xuyen", tmp_path)])
    old = deed(place.town, date(2011, 8, 15), "my-admission", values={"count": 5314})
    with pytest.raises(Refusal, match="bằng lệnh loadunits"):
        accept(old, by=mai)
    assert "0 đơn vị mới, 4 vị trí mới" in load_map(tmp_path)
    assert "0 đơn vị mới, 0 vị trí mới" in load_map(tmp_path)
    assert Placement.objects.filter(unit=place.town).count() == 1  # the same place, for longer
    accept(old, by=mai)
    accept(deed(place.town, date(2015, 8, 15), "my-admission", values={"count": 1000}), by=mai)
    groups = measures_named(["house-groups"])["house-groups"]
    for unit, view in ((place.town, 0), (place.district, 0), (place.province, 0), (place.heir, 1)):
        assert figure(groups, unit, parse("2011-9M"), view).value == 5314
    path = tmp_path / "cu.toml"
    path.write_text(TERM, "utf-8")
    told = review(load_resolution(path), date(2016, 5, 31)).criteria()["a"]
    assert (told.state, told.result and told.result.text) == (MET, "6.314")
    assert not list(prove())


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("TW,,Trung ương,2011-01-01,2014-12-31\n", "", "dòng 2: Trung ương không có trong mọi ngày ấy"),
        (
            "Mỹ Xuyên,2011-01-01,2014-12-31\n31684",
            "Mỹ Xuyên,2011-01-01,\n31684",
            "dòng 4.*chỉ đơn vị có từ 01/01/2015",
        ),
        ("947@2015-01-01,94@", "947@2015-01-01,31684@", "dòng 4, cột parent: Thị trấn Mỹ Xuyên không ở cấp trên"),
        ("TW,,Trung ương,2011", "TW,,Trung ương,1999", "dòng 2: sổ giữ việc từ ngày 01/01/2000"),
        ("TW,,", "TW,94@2015-01-01,", "Để trống cột parent"),
    ],
)
def test_days_that_could_not_have_been_are_refused_and_nothing_is_kept(place, tmp_path, old, new, sentence):
    before = list(Placement.objects.order_by("pk").values_list("pk", "during"))
    with pytest.raises(CommandError, match=sentence):
        load_map(tmp_path, MAP.replace(old, new))
    assert list(Placement.objects.order_by("pk").values_list("pk", "during")) == before
