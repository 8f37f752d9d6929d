"""What a measure is made of: what would count nothing is refused; what is sensitive stays so, from 20 on."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from sohoi.ledger.declare import load_folders
from sohoi.ledger.models import Measure
from sohoi.ledger.tests.test_declarations import KIND, M, load
from sohoi.ledger.write import accept
from tests.people import KINDS, deed

# ---- combinations that count nothing --------------------------------------------------------------

LAST = 'd = { label = "D", count = "người", take = "last" }\n'
RATE = 'e = { label = "E", count = "cái" }\nr = { label = "R", count = "%", over = "m", under = "e" }\n'


def variant(more, code="v"):
    return f'{M}\n{code} = {{ label = "V", count = "cái", {more} }}\n'


@pytest.mark.parametrize(
    ("measures", "sentence"),
    [
        (variant('of = "m"') + 'w = { label = "W", count = "cái", of = "v" }', "lấy từ số khác|số liệu gốc"),
        (variant('of = "m"', "z") + 'a = { label = "A", count = "cái", of = "z" }', "số khác|số liệu gốc"),
        (f'{M}\n{RATE}w = {{ label = "W", count = "cái", of = "r" }}', "số khác|số liệu gốc"),
        (f'{M}\n{RATE}w = {{ label = "W", count = "%", over = "r", under = "m" }}', "không thể là một tỷ lệ|số khác"),
        (variant('over = "m"'), "cần cả “over”"),
        (variant('over = "m", under = "m"'), "số bình quân viết"),
        (variant('under = "m"'), "cần cả “over”"),
        (variant('over = "m", under = "m", of = "m"'), "không dùng “of”"),
        (variant('over = "m", under = "m", where = { a = "b" }'), "không dùng “of”"),
        (variant('over = "m", under = "m", take = "sum"'), "take = \"ratio\" đi cùng"),
        (variant('take = "ratio"'), "take = \"ratio\" đi cùng"),
        (variant('where = { a = "b" }'), "Thêm “of”"),
        (variant('of = "m", take = "last"'), "số khai gần nhất"),
        (LAST + 'v = { label = "V", count = "người", of = "d" }', "số khai gần nhất"),
        (variant('of = "v"'), "nêu “v”"),
        (variant('take = "balance", age = { to = 30 }'), "thêm “of”"),
        (variant('of = "m", age = { to = 30 }'), 'take = "balance"'),
        (variant('of = "m", take = "balance", age = { to = 30 }'), "chỉ lấy từ số gốc cộng dồn"),
        (variant('of = "m", take = "balance", age = {}'), "unknown = true"),
        (variant('of = "m", take = "balance", age = { from = 31, to = 30 }'), "unknown = true"),
        (variant('of = "m", take = "balance", age = { from = 31, unknown = true }'), "unknown = true"),
        (variant('of = "m", take = "balance", age = { under = 30 }'), "under"),
        (variant('of = "m", take = "balance", age = { to = "ba mươi" }'), "số nguyên từ 0"),
    ],
)  # fmt: skip
def test_a_measure_that_would_count_nothing_is_refused(db, tmp_path, measures, sentence):
    with pytest.raises(CommandError, match=sentence):
        load(tmp_path, measures)
    assert not Measure.objects.filter(code="m").exists()


def test_a_band_of_age_needs_deeds_of_women(db, tmp_path):
    balance = M.replace(" }", ', take = "balance" }')
    band = '\nv = { label = "V", count = "người", take = "balance", of = "m", age = { to = 30 } }'
    with pytest.raises(CommandError, match="k.toml, đầu số liệu “m”: số này chia theo lứa tuổi"):
        load(tmp_path, balance + band, KIND)
    load(tmp_path, balance + band, KIND.replace('"unit"', '"member"'))
    assert Measure.objects.get(code="v").age == {"to": 30}


@pytest.mark.parametrize(
    "measures",
    [
        'b = { label = "B", count = "cái" }\nm = { label = "M", count = "cái", of = "b" }',
        'b = { label = "B", count = "cái" }\nm = { label = "M", count = "cái", of = "b", where = { sort = "shade" } }',
        'b = { label = "B", count = "cái" }\nm = { label = "M", count = "%", over = "b", under = "b" }',
    ],
)
def test_a_kind_posts_to_a_base_only(db, tmp_path, measures):
    with pytest.raises(CommandError, match="k.toml, đầu số liệu “m”: đây là số đã lọc hay tỷ lệ"):
        load(tmp_path, measures, KIND)


def test_a_measure_to_which_a_kind_posts_does_not_become_a_variant_later(db, tmp_path):
    load(tmp_path, M, KIND)
    with pytest.raises(CommandError, match="k.toml, đầu số liệu “m”: đây là số đã lọc"):
        load(tmp_path, 'b = { label = "B", count = "cái" }\nm = { label = "M", count = "cái", of = "b" }')
    assert Measure.objects.get(code="m").base.code == "m"


def test_a_base_of_variants_does_not_become_a_variant_or_a_declared_figure_later(db, tmp_path):
    load(tmp_path, variant('of = "m"'))
    with pytest.raises(CommandError, match="“v”: “of” phải nêu đầu số liệu gốc"):
        load(tmp_path, 'b = { label = "B", count = "cái" }\nm = { label = "M", count = "cái", of = "b" }')
    with pytest.raises(CommandError, match="“v”: số khai gần nhất"):
        load(tmp_path, 'm = { label = "M", count = "cái", take = "last" }')


def test_a_figure_of_each_once_needs_somebody_to_count_once(db, tmp_path):
    distinct = M.replace(" }", ', take = "distinct" }')
    with pytest.raises(CommandError, match="cần subject là member hoặc household"):
        load(tmp_path, distinct, KIND)
    load(tmp_path, distinct, KIND.replace('"unit"', '"household"'))


@pytest.mark.parametrize(
    ("code", "more"),
    [("house-groups", 'take = "last"'), ("house-groups", 'of = "b"'), ("house-groups", 'over = "b", under = "b"'),
     ("house-women", 'take = "sum"')],
)  # fmt: skip
def test_what_entries_were_written_for_does_not_change_under_them(place, mai, tmp_path, code, more):
    kinds = {"house-groups": "house-group-founded", "house-women": "house-women-declared"}
    accept(deed(place.town, date(2024, 4, 15), kinds[code], values={"count": 3}), by=mai)
    before = Measure.objects.filter(code=code).values().get()
    count = "%" if "over" in more else "cái"
    body = f'b = {{ label = "B", count = "cái" }}\n{code} = {{ label = "Khác", count = "{count}", {more} }}'
    with pytest.raises(CommandError, match="đã có bút toán"):
        load(tmp_path, body)
    assert Measure.objects.filter(code=code).values().get() == before


def test_a_way_of_adding_may_change_among_flows_and_the_totals_follow(place, lan, tmp_path):
    accept(deed(place.branch, date(2024, 4, 15)), by=lan)
    load(tmp_path, 'house-groups = { label = "Tổ", count = "tổ", take = "balance" }')
    assert Measure.objects.get(code="house-groups").take == "balance"
    call_command("prove", stdout=StringIO())


# ---- sensitive figures ----------------------------------------------------------------------------

QUIET = """
m = { label = "M", count = "người"%s }
e = { label = "E", count = "người" }
v = { label = "V", count = "người", of = "m", where = { sort = "shade" } }
r = { label = "R", count = "%%", over = "e", under = "v" }
"""


def thresholds():
    rows = Measure.objects.filter(code__in="mevr").order_by("code")
    return {row.code: row.threshold if row.sensitive else None for row in rows}


def test_what_is_sensitive_makes_what_is_made_of_it_sensitive_with_a_threshold_at_once(db, tmp_path):
    load(tmp_path, QUIET % ", sensitive = true")
    assert thresholds() == {"m": 20, "e": None, "v": 20, "r": 20}


def test_a_threshold_is_that_of_the_parts_at_least_and_a_load_without_one_does_not_lower_it(db, tmp_path):
    assert "Đầu số liệu mới hoặc đổi: 4" in load(tmp_path, QUIET % ", sensitive = true, threshold = 50")
    assert thresholds() == {"m": 50, "e": None, "v": 50, "r": 50}
    assert "Đầu số liệu mới hoặc đổi: 0" in load(tmp_path, QUIET % ", sensitive = true")
    assert "Đầu số liệu mới hoặc đổi: 0" in load(tmp_path, QUIET % "")
    assert thresholds() == {"m": 50, "e": None, "v": 50, "r": 50}
    load(tmp_path, QUIET % ", threshold = 5")
    assert thresholds()["m"] == 20


def test_a_sensitive_kind_makes_its_measure_sensitive_and_twenty_is_the_least(db, tmp_path):
    kind = KIND.replace('subject = "unit"', 'subject = "unit"\nsensitive = true')
    load(tmp_path, QUIET % ", threshold = 10", kind)
    assert thresholds() == {"m": 20, "e": None, "v": 20, "r": 20}
    assert "mới hoặc đổi: 0. Đầu số liệu mới hoặc đổi: 0" in load(tmp_path, QUIET % ", threshold = 10", kind)


def test_loading_the_kinds_of_the_house_again_changes_nothing(db):
    load_folders([("house", KINDS)])
    assert load_folders([("house", KINDS)]) == (0, 0)
