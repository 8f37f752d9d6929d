"""Rows are held against the cards that may be the same woman, not against everybody who is called like her."""

from dataclasses import replace

from sohoi.sheets.register import Register
from sohoi.sheets.understanding.persons import Person
from sohoi.units.models import Unit
from tests.people import woman


def test_of_many_namesakes_only_those_who_may_be_one_of_the_rows_are_read(place, mai):
    for year in (1985, 1986, None):
        woman(place.branch, "Nguyễn Thị Hoa", year)
    woman(place.branch, "Lê Thị Mai", 1960)
    hoa = Person(plain_name="Nguyễn Thị Hoa", year=1985)
    scope = Unit.objects.filter(pk=place.branch.pk)
    assert years_read([hoa], scope, mai) == {"nguyen thi hoa": {1985, None}}
    nameless_year = replace(hoa, year=None)
    assert years_read([hoa, nameless_year], scope, mai) == {"nguyen thi hoa": {1985, 1986, None}}


def years_read(persons, scope, by):
    """name -> years of birth of the cards that are held against these rows."""
    cards = Register(persons, scope, by).by_name
    return {name: {card.birth_year for card in listed} for name, listed in cards.items()}
