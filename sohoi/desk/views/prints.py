"""What is printed of a branch's register: the list of members and their cards, each for a purpose that is kept.

The branch must be one of the reader's; the QR of a card opens it for those who may see it, for others there is nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from sohoi.among import among
from sohoi.desk.asked import asked_code
from sohoi.people.models import Member, Photo
from sohoi.people.write.lists import log_export
from sohoi.refusal import Refusal
from sohoi.reports.card_codes import keep, member_of
from sohoi.reports.forms import form_named
from sohoi.reports.member_list import Printed, member_list, printed
from sohoi.reports.writers import cards, docx, pdf
from sohoi.rights.marks import Visit, right
from sohoi.units.models import Level, Unit
from sohoi.units.read import path
from sohoi.vietnamese import sort_key

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
LAYOUT = "giua-nhiem-ky"  # lists share the heading and the signature of our papers
MOST_BRANCHES = 200


@dataclass(frozen=True)
class Print:
    """One thing to print: its words on the page, its formats, and how its bytes are made."""

    title: str
    lead: str
    name: str
    file: str
    formats: tuple[tuple[str, str], ...]
    make: Callable[[Printed, str], bytes]


@right("people")
def members(request: Visit) -> HttpResponse:
    """The list of members of one branch, as Word or PDF."""
    lead = "Danh sách theo mẫu văn bản của Hội: số thứ tự, họ và tên, năm sinh, diện, địa chỉ, ngày vào Hội."
    formats = (("pdf", "Tải PDF"), ("docx", "Tải Word"))
    asked = Print("In danh sách hội viên", lead, "members-print", "danh-sach-hoi-vien", formats, _list)
    return _printed(request, asked)


@right("people")
def member_cards(request: Visit) -> HttpResponse:
    """The membership cards of one branch, as PDF."""
    lead = "Mười thẻ trên một tờ A4. Mã QR chỉ mở được thẻ trong sổ với người có quyền xem."
    asked = Print(
        "In thẻ hội viên", lead, "members-cards", "the-hoi-vien", (("pdf", "Tải PDF"),), partial(_cards, request)
    )
    return _printed(request, asked)


def _printed(request: Visit, asked: Print) -> HttpResponse:
    """The page that asks what for; posted with a purpose, the file."""
    told = request.POST if request.method == "POST" else request.GET
    unit = _branch(request, told.get("unit", ""))
    problem = ""
    if unit and request.method == "POST":
        suffix = told.get("as", "")
        if suffix not in dict(asked.formats):
            raise Http404
        try:
            return _handed(request, asked, unit, suffix)
        except Refusal as refusal:
            problem = str(refusal)
    context = {
        "asked": asked, "unit": unit, "branches": [] if unit else _branches(request), "problem": problem,
        "purpose": told.get("purpose", ""), "count": len(printed(unit, timezone.localdate()).lines) if unit else 0,
    }  # fmt: skip
    return render(request, "desk/prints/ask.html", context, status=422 if problem else 200)


def _branch(request: Visit, code: str) -> Unit | None:
    """The branch that was asked for, else the only one of hers; 404 for one that is not hers."""
    mine = request.scope.filter(level=Level.BRANCH)
    if code:
        return get_object_or_404(mine, code=asked_code(code))
    few = list(mine[:2])
    return few[0] if len(few) == 1 else None


def _branches(request: Visit) -> list[Unit]:
    """Her branches to choose from; none when there are too many to list."""
    found = list(request.scope.filter(level=Level.BRANCH)[: MOST_BRANCHES + 1])
    return [] if len(found) > MOST_BRANCHES else sorted(found, key=lambda unit: sort_key(unit.name))


@transaction.atomic
def _handed(request: Visit, asked: Print, unit: Unit, suffix: str) -> HttpResponse:
    """The file, and the line that says who took it, what for and how many are in it. Raises Refusal."""
    found = printed(unit, timezone.localdate())
    if not found.lines:
        raise Refusal("Chi hội này chưa có hội viên nào trong sổ, nên chưa có gì để in.")
    what = f"{asked.title} ({suffix}): {unit.name}"
    log_export(request.POST.get("purpose", ""), what, len(found.lines), unit, by=request.user)
    response = HttpResponse(asked.make(found, suffix), content_type=TYPES[suffix])
    response["Content-Disposition"] = f'attachment; filename="{asked.file}-{unit.code}.{suffix}"'
    return response


def _list(found: Printed, suffix: str) -> bytes:
    """The list as a paper."""
    paper = member_list(found, timezone.localdate())
    return pdf.write(paper) if suffix == "pdf" else docx.write(paper, form_named(LAYOUT).layout)


def _cards(request: HttpRequest, found: Printed, suffix: str) -> bytes:
    """The cards, each with the address of its own code."""
    codes = keep(line.card for line in found.lines)
    above = path(found.unit, timezone.localdate())
    commune = above[-2].full_name if len(above) > 1 else ""
    photos = Photo.objects.filter(member__in=among(line.card.pk for line in found.lines))
    seen = {member: bytes(jpeg) for member, jpeg in photos.values_list("member", "jpeg")}
    return cards.write([
        cards.MemberCard(
            line.card.name, line.standing, found.unit.full_name.removeprefix("Chi hội "), commune, line.joined,
            codes[line.card.pk], request.build_absolute_uri(reverse("card-code", args=[codes[line.card.pk]])),
            seen.get(line.card.pk, b""),
        )
        for line in found.lines
    ])  # fmt: skip


@require_safe
@right("people")
def by_code(request: Visit, code: str) -> HttpResponse:
    """The QR of a card opens the card; for an unknown code, or a woman who is not hers, there is nothing."""
    pk = member_of(code)
    if pk is None or not Member.objects.filter(pk=pk, unit__in=request.scope).exists():
        raise Http404
    return redirect("member", pk=pk)
