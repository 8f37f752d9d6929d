"""Every page of the desk: axe (WCAG 2.2 AA) finds nothing on a telephone, nothing scrolls sideways there and on a desk,
and what the keyboard reaches is never under the bar at the foot. Pages that need more have scenes of their own."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from sohoi.ledger.models import Record
from sohoi.ledger.write import accept
from sohoi.people.models import Household
from sohoi.people.tests.acts import load_member_kinds
from sohoi.rights.models import OfficeChange
from sohoi.rights.write.offices import give_office
from sohoi.units.models import Unit
from sohoi.work.tests.briefing import concluded
from sohoi.work.write import assign, draw_up
from tests.people import deed, woman
from tests.test_scene_figures import commune, enter, hoa  # noqa: F401 (fixtures)
from tests.test_scene_record import sound

KINDS = ("house-gift", "house-visit", "house-help", "house-quiet")
ELSEWHERE = {  # what these need is told in scenes of their own: a file, a request, a code on paper, a deed just saved
    *("sheets-template", "sheets-batch", "sheets-columns", "sheets-progress", "sheets-act", "sheets-returned"),
    *("transfer", "transfer-accept", "transfer-refuse", "transfer-withdraw", "transfer-by-number", "transfer-undo"),
    *("data-request", "data-request-erase", "members-reopen", "members-change", "twins-cut", "twins-merge"),
    *("figure-code", "card-code", "member-saved", "member-undo", "member-photo", "member-return"),
    *("regular", "regular-section", "regular-checks", "regular-send", "regular-return", "regular-approve", "signed"),
    "regular-withdraw",
    *("regular-sign", "regular-reopen", "regular-amend", "regular-files", "regular-file"),
    *("regular-files-progress", "regular-files-units"),
    *("account_login", "record-saved", "record-units", "figures-file", "member-reveal", "behind-whose"),
}


@pytest.fixture
def known(hoa, commune):  # noqa: F811
    """What an address with an argument may name: a record, a woman in a household, the commune and its resolution."""
    load_member_kinds()
    record = accept(deed("lan-1", date(2024, 3, 8), "house-visit", household=f"Bà Sáu {commune.code}"), by=hoa).draft
    home = Household.objects.get(pk=Record.objects.get(pk=record.id).household_id)
    card = woman(home.unit, f"Lê Thị Ánh {commune.code}", 1970, household=home)
    [conclusion] = concluded(commune, hoa)
    programme = draw_up(commune, 2024, "Chương trình công tác năm 2024", date(2024, 1, 5), ["Giữ nếp báo cáo"], by=hoa)
    item = programme.items.get()
    [task] = assign(uuid4(), item, [commune], date(2024, 3, 1), by=hoa)
    work = {"meeting": conclusion.meeting_id, "conclusion": conclusion.pk, "programme": programme.pk, "task": task.pk}
    work |= {"conclusion-assign": conclusion.pk, "programme-assign": item.pk, "programme-item": item.pk}
    chair = Unit.objects.get(code="31684@2025-07-01")
    office, _ = give_office(f"chu.tich-{commune.code}", "Chị Vân", chair, "base-chair", date(2025, 7, 1), by=hoa)
    work |= {f"officer{step}": office.account_id for step in ("", "-give", "-password", "-close", "-open")}
    work |= {"office-end": office.pk, "office-undo": OfficeChange.objects.get(account=office.account).pk}
    return {
        "record": record.id, "member": card.pk, "household": home.pk, "code": commune.code, "act": task.act, **work,
    }  # fmt: skip


def arguments(name, converters, known):
    """Arguments for an address of this name, one set for each page to look at; none for one without."""
    if name == "record-new":
        return [{"kind": kind} for kind in KINDS]
    pk = known["record"] if name.startswith("record") else known["household" if "household" in name else "member"]
    pk = known.get(name, known["meeting"] if name.startswith("meeting") else pk)
    pk = known["task"] if name == "task-done" else pk
    all_of_them = {
        "act": known["act"], "name": "bien-ban",
        "pk": pk, "record": known["record"], "code": known["code"], "unit": known["code"], "clause": "1.1",
        "form": "giua-nhiem-ky", "kind": "member-enrolled",
    }  # fmt: skip
    return [{key: all_of_them[key] for key in converters}]


def addresses(known):
    """(name, address) of everything that the desk and its doors answer."""
    waiting = list(get_resolver().url_patterns)
    while waiting:
        pattern = waiting.pop(0)
        if hasattr(pattern, "url_patterns"):
            waiting += pattern.url_patterns
        elif pattern.name not in ELSEWHERE:
            for given in arguments(pattern.name, pattern.pattern.converters, known):
                yield pattern.name, reverse(pattern.name, kwargs=given)


def pages(who, known):
    """Addresses that open as a page; parts of pages, files, and what is only sent to are none."""
    client = Client()
    client.force_login(who)
    here = f"u={known['code']}&a=1/1/2022&z=31/12/2024"
    asked = {"behind": f"?m=house-groups&{here}", "figures": f"?m=house-groups&m=house-gift-money&k=D&{here}"}
    found, shut = [], set()
    for name, url in addresses(known):
        answer = client.get(url + asked.get(name, ""))
        if answer.status_code == 200 and not answer.streaming and b"<main" in answer.content:
            found.append(url + asked.get(name, ""))
        elif answer.status_code not in (200, 302, 405):  # a part or a file; leads on; only sent to
            shut.add(name)
    assert " ".join(sorted(shut)) == "", "give these addresses arguments above, or write them down in ELSEWHERE"
    return found


def test_axe_finds_nothing_on_any_page_and_none_scrolls_sideways(page, site, hoa, known):  # noqa: F811
    enter(page, site, hoa)
    looked = pages(hoa, known)
    assert len(looked) > 25
    for url in looked:
        page.set_viewport_size({"width": 360, "height": 740})
        page.goto(site + url)
        sound(page, url)
        page.set_viewport_size({"width": 1280, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), url


@pytest.mark.parametrize("size", [(360, 740), (800, 600)])
def test_what_the_keyboard_reaches_is_never_under_the_bar(page, site, hoa, size):  # noqa: F811
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(reduced_motion="reduce")  # where she stands is asked at once, not while the page glides
    enter(page, site, hoa)
    page.goto(f"{site}{reverse('record-new', args=['house-gift'])}")
    low = page.locator(".acts-low")
    reached = 0
    for way in ["Tab"] * 20 + ["Shift+Tab"] * 15:
        page.keyboard.press(way)
        box = page.evaluate("document.activeElement.closest('form .ask') && "
                            "document.activeElement.getBoundingClientRect().toJSON()")  # fmt: skip
        if box:
            reached += 1
            assert 0 <= box["top"] <= box["bottom"] <= low.bounding_box()["y"]
    assert reached > 20


def test_what_the_browser_says_of_an_empty_answer_is_vietnamese_and_goes_once_it_is_given(page, site, hoa):  # noqa: F811 (the fixture)
    page.goto(site)
    page.locator("button[type=submit]").click()
    name = page.locator("input[name=login]")
    assert name.evaluate("field => field.validationMessage") == "Điền ô này."
    name.fill("hoa")
    assert name.evaluate("field => field.checkValidity()")
    enter(page, site, hoa)
    page.goto(f"{site}{reverse('sheets')}")
    page.get_by_role("button", name="Tải lên và xem").click()
    assert page.locator("input[type=file]").evaluate("field => field.validationMessage") == "Chọn một tệp."
