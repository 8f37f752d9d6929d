"""An upgrade that brings a code which a province uses already: hers stays, nothing runs together, and it is said."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from sohoi.ledger.declare import load_folders, load_rooms
from sohoi.ledger.models import Entry, Kind, Measure
from sohoi.ledger.write import accept
from sohoi.refusal import Refusal
from tests.people import deed

KIND = """
code = "{code}"
label = "Tặng quà Tết của tỉnh"
since = 2020-01-01
subject = "unit"
[[measure]]
code = "{measure}"
"""


def own(folder, code="gift-given", measure="my-xuyen-gifts"):
    """A folder of a province's own, loaded while the program had neither code."""
    folder = folder / "my-xuyen"
    (folder / "kinds").mkdir(parents=True, exist_ok=True)
    for old in folder.glob("kinds/*.toml"):
        old.unlink()
    (folder / "kinds" / f"{code}.toml").write_text(KIND.format(code=code, measure=measure), "utf-8")
    (folder / "measures.toml").write_text(f'{measure} = {{ label = "Quà Tết", count = "túi" }}\n', "utf-8")
    load_folders([("my-xuyen", folder)])


def upgraded(*more):
    out, told = StringIO(), StringIO()
    call_command("loadkinds", *more, stdout=out, stderr=told)
    return told.getvalue()


def label(code):
    return Kind.objects.get(code=code, current=True).label


def test_a_kind_of_ones_own_stays_when_the_program_brings_its_code(place, lan, tmp_path):
    own(tmp_path)
    accept(deed(place.branch, date(2024, 4, 15), "gift-given", values={}), by=lan)
    told = upgraded()
    assert label("gift-given") == "Tặng quà Tết của tỉnh"
    for said in (
        "“gift-given”",
        "(welfare/kinds/gift-given.toml)",
        "my-xuyen/kinds/gift-given.toml",
        "--give-way gift-given",
    ):
        assert said in told
    assert Kind.objects.filter(code="home-given", current=True).exists()  # the rest is loaded
    accept(deed(place.branch, date(2024, 4, 16), "gift-given", values={}), by=lan)
    assert set(Entry.objects.values_list("measure__code", flat=True)) == {"my-xuyen-gifts"}

    own(tmp_path, "my-xuyen-gift-given")
    assert upgraded("--give-way", "gift-given") == ""
    assert (label("gift-given"), label("my-xuyen-gift-given")) == ("Trao quà", "Tặng quà Tết của tỉnh")
    assert upgraded() == ""
    assert list(Entry.objects.values_list("record__kind__label", flat=True)) == ["Tặng quà Tết của tỉnh"] * 2


def test_nothing_of_the_program_counts_in_a_measure_of_ones_own(place, lan, tmp_path):
    own(tmp_path, "my-xuyen-gift-given", "gifts")
    accept(deed(place.branch, date(2024, 4, 15), "my-xuyen-gift-given", values={}), by=lan)
    told = upgraded()
    assert Measure.objects.get(code="gifts").label == "Quà Tết"
    assert not Kind.objects.filter(code="gift-given").exists()
    assert not Measure.objects.filter(code="spring-gifts").exists()
    for said in ("“gifts”", "welfare/measures.toml", "không nhường được", "“gift-given”", "“spring-gifts”"):
        assert said in told
    with pytest.raises(CommandError, match="đã có bút toán nên không nhường được"):
        upgraded("--give-way", "gifts")


def test_a_measure_without_entries_gives_way_once_nothing_of_ones_own_counts_in_it(db, tmp_path):
    own(tmp_path, "my-xuyen-gift-given", "gifts")
    with pytest.raises(CommandError, match="“my-xuyen-gift-given” của thư mục riêng còn dùng đầu số liệu “gifts”"):
        upgraded("--give-way", "gifts")
    own(tmp_path, "my-xuyen-gift-given")
    assert upgraded("--give-way", "gifts") == ""
    assert Measure.objects.get(code="gifts").label == "Phần quà đã trao"


def test_what_gives_way_must_be_a_code_of_the_program(db):
    with pytest.raises(CommandError, match="Chương trình không có mã “khong-co”"):
        upgraded("--give-way", "khong-co")


def test_a_folder_of_ones_own_does_not_bear_a_rooms_name(db, tmp_path):
    folder = tmp_path / "welfare"
    (folder / "kinds").mkdir(parents=True)
    with pytest.raises(Refusal, match="trùng tên một phòng của chương trình"):
        load_folders([("welfare", folder)])
    assert load_rooms()
