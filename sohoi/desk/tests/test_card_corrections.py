"""A card put right: only what was changed, with what stood there; households; her picture."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from sohoi.desk.tests.promises import words
from sohoi.ledger.models import Record
from sohoi.people.models import Correction, Household, Member, Photo
from sohoi.people.sealing import opened
from sohoi.people.tests.acts import admit, counted, load_member_kinds
from sohoi.people.write.photos import redrawn
from sohoi.refusal import Refusal


@pytest.fixture
def card(client, place, lan):
    """Chị Hòa of chị Lan's branch, who is logged in."""
    load_member_kinds()
    client.force_login(lan)
    more = {"born": "12/3/1985", "phone": "0905123456", "id_number": "092185001234", "occupation": "Làm vườn"}
    return admit(place.branch, "Nguyễn Thị Hòa", lan, home="Nguyễn Văn Tám", role="wife", **more)


def form_of(client, url, **change):
    """What a browser sends of the form at an address, with some answers changed."""
    form = client.get(url).context["form"]
    told = {"why": "mistaken"}
    for field in form:
        value = field.value()
        shown = "" if value is None else value.isoformat() if hasattr(value, "isoformat") else str(value)
        if shown not in ("False", "True"):
            told[field.html_name] = shown
        if field.field.show_hidden_initial:
            told[f"initial-{field.html_name}"] = shown
    return {**told, "why": "mistaken", **change}


def corrected(card):
    """(question, before, after) of the corrections of a card."""
    return list(Correction.objects.filter(member=card).order_by("pk").values_list("column", "before", "after"))


def test_only_what_was_changed_is_told_and_what_stood_there_is_kept(client, card, lan):
    url = reverse("member-correct", args=[card.pk])
    told = form_of(client, url, name="Nguyễn Thị Hoà", born="1985", occupation="", party="yes", **{"id-number": ""})
    for _ in range(2):
        assert client.post(url, told)["Location"] == reverse("member", args=[card.pk])
    card = Member.objects.get(pk=card.pk)
    assert (card.name, card.birth_year, card.birth_date, card.occupation, card.party) == (
        "Nguyễn Thị Hoà", 1985, None, "", True
    )  # fmt: skip
    assert card.phone == "0905123456"
    assert ("born", "12/3/1985", "1985") in corrected(card)
    assert ("occupation", "Làm vườn", "") in corrected(card)
    assert len(corrected(card)) == 4
    page = words(client.get(reverse("member", args=[card.pk])))
    assert "Ngày sinh: 12/3/1985 → 1985" in page
    assert "Đảng viên: đã ghi" in page
    assert Record.objects.get(kind__code="member-corrected").values == {
        "why": "mistaken",
        "homes": 0,
        "cleared": "occupation",
    }


def test_birth_and_number_must_agree_and_sealed_values_stay_out_of_the_history(client, card):
    url = reverse("member-correct", args=[card.pk])
    assert "0905123456" not in client.get(url).content.decode()
    answer = client.post(url, form_of(client, url, born="1986", phone="abc"))
    assert "Số điện thoại chưa đúng" in words(answer)
    assert "092185001234" not in answer.content.decode()
    assert client.post(url, form_of(client, url, born="1986")).context["form"].errors["born"]
    told = form_of(client, url, born="1986", **{"id-number": "092186001234"})
    assert client.post(url, told).status_code == 302
    card = Member.objects.get(pk=card.pk)
    assert opened(card.id_sealed, "id") == "092186001234"
    assert ("id-number", "có", "có") in corrected(card)
    assert client.post(url, form_of(client, url, **{"drop-id-number": "on", "drop-phone": "on"})).status_code == 302
    card = Member.objects.get(pk=card.pk)
    assert (card.id_sealed, card.id_index, card.id_tail, card.phone) == (None, None, "", "")


def test_a_correction_that_cannot_be_comes_back_with_a_sentence(client, card):
    url = reverse("member-correct", args=[card.pk])
    for change, sentence in (
        ({}, "Chưa có gì khác"),
        ({"name": ""}, "Chưa có họ tên"),
        ({"born": "31/02/1985"}, "không có trong lịch"),
        ({"born": "2020"}, "Chưa đủ 18 tuổi"),
        ({"why": ""}, "Chưa điền “Vì sao sửa”"),
    ):
        answer = client.post(url, form_of(client, url, **change))
        assert answer.status_code == 422
        assert sentence in words(answer)
    assert not Correction.objects.exists()


def test_what_somebody_else_put_right_meanwhile_is_not_put_back(client, card):
    url = reverse("member-correct", args=[card.pk])
    early = form_of(client, url, address="Ấp Hai")
    client.post(url, form_of(client, url, occupation="Buôn bán"))
    client.post(url, early)
    card = Member.objects.get(pk=card.pk)
    assert (card.occupation, card.address) == ("Buôn bán", "Ấp Hai")


def test_moving_her_to_another_household_keeps_the_count_of_homes_right(client, place, card, lan):
    mate = admit(place.branch, "Trần Thị Út", lan, home="Nguyễn Văn Tám")
    url = reverse("member-home", args=[card.pk])
    assert counted("homes-with-members") == 1
    assert client.post(url, form_of(client, url, home="Lê Văn Chín", role="mother", why="changed")).status_code == 302
    assert counted("homes-with-members") == 2
    home = Member.objects.get(pk=card.pk).household
    page = words(client.get(reverse("household", args=[home.pk])))
    assert "Hộ Lê Văn Chín" in page
    assert "Nguyễn Thị Hòa" in page
    url = reverse("member-home", args=[mate.pk])
    assert client.post(url, form_of(client, url, home="Lê Văn Chín")).status_code == 302
    assert counted("homes-with-members") == 1
    assert client.post(url, form_of(client, url, home="")).status_code == 302
    assert (Member.objects.get(pk=mate.pk).household, counted("homes-with-members")) == (None, 1)


def test_a_household_is_called_otherwise_and_its_women_s_cards_say_since_when(client, place, card, lan):
    url = reverse("household-amend", args=[card.household_id])
    assert client.post(url, {"label": "Nguyễn Văn Tám", "address": "12 đường Ấp Một"}).status_code == 302
    assert client.post(url, {"label": "Nguyễn Thị Hòa", "address": "12 đường Ấp Một"}).status_code == 302
    assert corrected(card) == [("home-address", "", "12 đường Ấp Một"), ("home", "Nguyễn Văn Tám", "Nguyễn Thị Hòa")]
    admit(place.branch, "Trần Thị Út", lan, home="Lê Văn Chín")
    answer = client.post(url, {"label": "hộ ông Lê văn chín", "address": ""})
    assert "đã có một hộ tên này" in words(answer)
    assert "Chưa có tên chủ hộ" in words(client.post(url, {"label": "  ", "address": ""}))
    assert Household.objects.get(pk=card.household_id).label == "Nguyễn Thị Hòa"


def picture(size=(1200, 900), kind="JPEG", **more):
    """A file with a picture."""
    out = io.BytesIO()
    Image.new("RGB", size, "pink").save(out, kind, **more)
    return out.getvalue()


def test_her_picture_is_drawn_anew_small_without_what_the_camera_wrote(client, card):
    url = reverse("member-photo", args=[card.pk])
    assert client.get(url).status_code == 404
    exif = Image.Exif()
    exif[0x010E] = "Ấp Một, nhà chị Hòa"
    sent = SimpleUploadedFile("a.jpg", picture(exif=exif.tobytes()), "image/jpeg")
    assert client.post(url, {"photo": sent}).status_code == 302
    answer = client.get(url)
    assert (answer["Content-Type"], answer["X-Content-Type-Options"], answer["Cache-Control"]) == (
        "image/jpeg", "nosniff", "no-store"
    )  # fmt: skip
    with Image.open(io.BytesIO(answer.content)) as kept:
        assert (kept.size, dict(kept.getexif())) == ((480, 360), {})
    assert "Đổi ảnh" in words(client.get(reverse("member", args=[card.pk])))
    client.post(url, {"drop": "yes"})
    assert not Photo.objects.exists()
    assert corrected(card) == [("photo", "", "có"), ("photo", "có", "")]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"<svg onload=alert(1)>", "không phải ảnh"),
        (b"\xff\xd8\xff\xe0 cut", "không phải ảnh"),
        (picture((60, 60), "GIF"), "không phải ảnh"),
        (picture((6000, 5000), "PNG"), "quá nhiều điểm ảnh"),
    ],
)
def test_what_is_no_picture_or_too_much_of_one_is_refused(body, sentence):
    with pytest.raises(Refusal, match=sentence):
        redrawn(body)


def test_a_picture_that_is_missing_or_too_heavy_is_refused_on_the_card(client, card):
    url = reverse("member-photo", args=[card.pk])
    assert "Chưa chọn ảnh" in words(client.post(url))
    answer = client.post(url, {"photo": SimpleUploadedFile("a.jpg", b"x" * 5_000_001)})
    assert (answer.status_code, Photo.objects.count()) == (422, 0)
    assert "lớn hơn 5 MB" in words(answer)
