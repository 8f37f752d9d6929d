"""Ages are counted by the day where it is known, by the year where it is not; conditions survive being kept."""

import unicodedata
from datetime import date

import pytest
from django.db import connection

from sohoi.people.models import Member
from sohoi.people.read.lists import Wanted, aged, by_age, listed, read_wanted
from sohoi.units.models import Unit
from sohoi.vietnamese import plain
from tests.people import woman

TODAY = date(2026, 6, 15)


@pytest.mark.parametrize(
    ("birth", "age"),
    [
        ({"birth_year": 1996, "birth_date": date(1996, 6, 15)}, 30),
        ({"birth_year": 1996, "birth_date": date(1996, 6, 16)}, 29),
        ({"birth_year": 1996, "birth_date": date(1996, 2, 29)}, 30),
        ({"birth_year": 1996}, 30),
    ],
)
def test_an_age_is_that_of_the_day(place, birth, age):
    woman(place.branch, "Lê Thị An", **birth)
    found = [years for years in range(20, 40) if Member.objects.filter(aged(years, years, TODAY))]
    assert found == [age]


def test_on_the_last_of_february_nobody_is_lost(place):
    woman(place.branch, "Lê Thị An", 1995, birth_date=date(1995, 2, 28))
    woman(place.branch, "Lê Thị Bé", 1995, birth_date=date(1995, 3, 1))
    leap = date(2024, 2, 29)
    assert [Member.objects.filter(aged(age, age, leap)).count() for age in (28, 29)] == [1, 1]


def test_a_list_by_age_leaves_nobody_out_the_oldest_on_top(place):
    for year in (1940, 1950, 1990, 1990, 2015):
        woman(place.branch, "Lê Thị An", year)
    woman(place.branch, "Lê Thị Bé")
    assert by_age(Member.objects.all(), TODAY) == [
        ("Trên 80 tuổi", 1), ("71–80 tuổi", 1), ("61–70 tuổi", 0), ("51–60 tuổi", 0), ("41–50 tuổi", 0),
        ("31–40 tuổi", 2), ("18–30 tuổi", 0), ("Dưới 18 tuổi", 1), ("Chưa có năm sinh", 1),
    ]  # fmt: skip


def test_conditions_are_the_same_after_being_kept():
    wanted = Wanted(unit="x", standings=("core",), age_from=0, party="no", joined_to=date(2024, 5, 4), home="Lê")
    assert wanted.written() == {
        "unit": "x", "standings": ("core",), "age_from": 0, "party": "no", "joined_to": "2024-05-04", "home": "Lê"
    }  # fmt: skip
    assert read_wanted(wanted.written()) == wanted
    assert wanted.sensitive == ["party"]
    assert (bool(wanted), bool(Wanted()), Wanted().written()) == (True, False, {})


@pytest.mark.parametrize("words", ["làm ruộng", "lam ruong", "LÀM RUỘNG", "ruong"])
def test_work_and_origin_are_found_without_their_marks(place, words):
    her = woman(place.branch, "Lê Thị An", occupation="Làm ruộng, buôn bán", ethnicity="Ê Đê", schooling="Đại học")
    woman(place.branch, "Lê Thị Bé", occupation="May", ethnicity="Kinh")
    everybody = Unit.objects.all()
    for wanted in (Wanted(occupation=words), Wanted(ethnicity="e de"), Wanted(schooling="dai hoc")):
        assert list(listed(everybody, wanted, TODAY)) == [her]


def test_the_database_takes_marks_away_as_the_program_does(db):
    for words in ("Đồng Nai", "Ê Đê", "ẤP MỘT", "Nguyễn Thị Hoà", unicodedata.normalize("NFD", "Đường Lượng"), "x", ""):
        with connection.cursor() as cursor:
            cursor.execute("select bare(%s)", [words])
            assert cursor.fetchone()[0] == plain(words)
