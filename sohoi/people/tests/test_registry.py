"""No column about a woman without its class, purpose, retention and way of erasing; none that is no longer there."""

from dataclasses import replace

import pytest
from django.apps import apps
from django.db import models

from sohoi.people import registry
from sohoi.people.models import Member
from sohoi.people.registry import CLASSES, gaps, purposes, tables, unlooked, watched
from sohoi.refusal import Refusal


def test_every_column_about_a_woman_is_in_the_registry_and_every_entry_has_its_column():
    assert gaps(tables(), watched(apps.get_models())) == []


def test_a_new_column_without_an_entry_is_named():
    class Wish(models.Model):
        member = models.ForeignKey(Member, models.CASCADE, related_name="+")
        said = models.TextField()

        class Meta:
            app_label = "somewhere"

    found = gaps(tables(), watched([*apps.get_models(), Wish]))
    assert found == [f"somewhere.Wish.{name}: chưa có trong registry.toml" for name in ("id", "member", "said")]
    card = tables()["people.Member"]
    shorter = replace(card, columns=tuple(one for one in card.columns if one.name != "phone"))
    found = gaps(tables() | {"people.Member": shorter}, watched(apps.get_models()))
    assert found == ["people.Member.phone: chưa có trong registry.toml"]


def test_of_every_column_with_words_it_is_told_whether_a_woman_may_be_named_there():
    assert unlooked(apps.get_models()) == []

    class Diary(models.Model):
        said = models.TextField()

        class Meta:
            app_label = "somewhere"

    assert unlooked([*apps.get_models(), Diary]) == ["somewhere.Diary.said"]
    assert "work.Task.text" in unlooked([one for one in apps.get_models() if one._meta.label != "work.Task"])


def test_an_entry_without_a_column_and_a_table_that_is_gone_are_named():
    card = tables()["people.Member"]
    longer = replace(card, columns=(*card.columns, replace(card.columns[0], name="zalo")))
    found = gaps(tables() | {"people.Member": longer}, watched(apps.get_models()))
    assert found == ["people.Member.zalo: không còn cột này"]
    gone = replace(tables()["people.Photo"], model="people.Portrait")
    found = gaps(tables() | {"people.Portrait": gone}, watched(apps.get_models()))
    assert found == [f"people.Portrait.{name}: không còn cột này" for name in ("id", "jpeg", "member")]


def test_a_class_a_way_and_a_purpose_that_nobody_knows_are_refused():
    entry = {"label": "Zalo", "class": "L2", "erase": "blank"}
    for key, word in (("class", "L5"), ("erase", "burn"), ("purpose", "sale"), ("note", "x")):
        with pytest.raises(Refusal, match=word if key != "note" else "note"):
            registry._column("people.Member.zalo", "zalo", "membership", entry | {key: word})


def test_what_the_decree_calls_sensitive_is_closely_kept():
    card = {one.name: one for one in tables()["people.Member"].columns}
    for name in ("ethnicity", "religion_sealed", "party", "politics"):
        assert card[name].sensitive
        assert card[name].level == CLASSES[-1]
        assert card[name].hidden
    status = {one.name: one for one in tables()["people.HouseholdStatus"].columns}
    assert status["status"].sensitive
    assert status["grounds"].sensitive
    assert all(one.purpose in purposes() for table in tables().values() for one in table.columns)


def test_each_way_of_erasing_fits_its_column():
    for table in tables().values():
        model = apps.get_model(table.model)
        for column in table.columns:
            field = model._meta.get_field(column.name)
            if column.erase == "null":
                assert field.null, (table.model, column.name)
            if column.erase in ("blank", "replace"):
                assert isinstance(field, models.TextField), (table.model, column.name)
            if column.erase == "keep" and column.level == CLASSES[-1]:
                assert column.derived or column.sensitive, (table.model, column.name)


def test_tables_and_the_columns_of_each_have_names_of_their_own():
    """The file that she takes home is keyed by them."""
    every = list(tables().values())
    for labels in ([one.label for one in every], *([one.label for one in table.columns] for table in every)):
        assert len(set(labels)) == len(labels)
