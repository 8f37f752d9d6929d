"""The page of forms: what each asks, in one question for all of them."""

import shutil
from datetime import date

import pytest
from django.urls import reverse

from sohoi.desk.tests.promises import statements, words
from sohoi.reports import regular
from sohoi.reports.read.burden import burden, burdens
from sohoi.reports.regular import form_in_force, versions
from tests.reporting import FORMS

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 1)


def test_the_cost_of_many_forms_is_one_statement_and_what_each_alone_says(django_assert_num_queries, place, forms):
    asked = [form_in_force(code, ON) for code in versions()]
    with django_assert_num_queries(1):
        found = burdens(asked, place.today, ON)
    assert found == [burden(form, place.today, ON) for form in asked]
    assert burden(form_in_force("house-branch", ON), place.heir, ON).units == 2


def test_the_page_takes_no_more_statements_for_more_forms(client, settings, tmp_path, forms, hoa):
    client.force_login(hoa)
    page = reverse("forms")
    before = statements(client, page)
    for at in range(3):
        shutil.copytree(FORMS / "house-branch", tmp_path / f"them-{at}")
        path = tmp_path / f"them-{at}" / "form.toml"
        path.write_text(path.read_text("utf-8").replace('"house-branch"', f'"them-{at}"'), "utf-8")
    settings.FORM_FOLDERS = [str(FORMS), str(tmp_path)]
    regular.versions.cache_clear()
    assert statements(client, page) == before
    assert words(client.get(page)).count("Báo cáo tháng của chi hội (thử)") == 4
