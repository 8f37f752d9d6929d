"""The page of forms: what each asks, in one question for all of them."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse

from sohoi.desk.tests.promises import statements, words
from sohoi.reports import regular
from sohoi.reports.forms import FOLDER
from sohoi.reports.own_forms import check_own_forms
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


@pytest.fixture
def own(settings, tmp_path):
    """A good form of one's own beside one with this text put wrong."""

    def put(old: str, new: str) -> str:
        for name in ("dung", "sai"):
            shutil.copytree(FORMS / "house-branch", tmp_path / name)
            path = tmp_path / name / "form.toml"
            path.write_text(path.read_text("utf-8").replace('"house-branch"', f'"{name}"'), "utf-8")
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
        settings.FORM_FOLDERS = [str(tmp_path)]
        regular.versions.cache_clear()
        return str(path)

    yield put
    regular.versions.cache_clear()


@pytest.mark.parametrize(
    ("old", "new", "row", "why"),
    [
        ('period = "month"', 'period = "tuần"', 5, "period phải là"),
        ('period = "month"', "", None, "“period”"),
        ("since = 2016-01-01", "since = 2016-13-01", 3, "không đọc được tệp này"),
        ('style = "plain"', 'stile = "plain"', 6, "“stile”"),
        ('style = "plain"', 'style = "plain"\nmerges = "khong-co"', 7, "Không có biểu mẫu “khong-co”"),
    ],
)
def test_a_fault_in_an_own_form_is_told_at_start_with_its_row_and_the_others_go_on(own, old, new, row, why):
    path = own(old, new)
    [told] = check_own_forms()
    assert told.msg.startswith(f"{path}, dòng {row}: " if row else f"{path}: ")
    assert why.lower() in told.msg.lower()
    assert "formcost" in told.hint
    assert {"dung", "xa-thang"} <= set(versions())


def test_the_page_of_forms_names_the_fault_without_the_servers_folders(client, own, hoa):
    path = own('period = "month"', 'period = "tuần"')
    client.force_login(hoa)
    page = words(client.get(reverse("forms")))
    assert "sai/form.toml (dòng 5): period phải là" in page
    assert "các biểu mẫu khác vẫn dùng" in page
    assert page.count("Báo cáo tháng của chi hội (thử)") == 1
    assert path not in page


def test_a_folder_that_is_not_there_is_told(settings, tmp_path):
    settings.FORM_FOLDERS = [str(tmp_path / "khong-co")]
    [told] = check_own_forms()
    assert "Không có thư mục này" in told.msg


def test_what_ships_is_right(settings):
    settings.FORM_FOLDERS = []
    assert check_own_forms() == []


def test_an_upgrade_does_not_put_its_form_in_place_of_one_of_ones_own(own):
    path = Path(own("x", "x"))
    body = (FOLDER / "xa-thang" / "form.toml").read_text("utf-8")
    path.write_text(body.replace("since = 2016-01-01", "since = 2015-01-01"), "utf-8")
    regular.versions.cache_clear()
    assert form_in_force("xa-thang", ON).since == date(2015, 1, 1)
    [told] = check_own_forms()
    assert "“xa-thang”: bản có sẵn dùng từ ngày 01/01/2016 đứng ngoài" in told.msg
