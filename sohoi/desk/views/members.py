"""Sổ hội viên: the box that finds a woman, and the list of the unit's women, narrowed, counted, a page at a time.

What is asked of people travels by POST and rests in the session; an address names only the word it rests under.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from sohoi.desk import sifting
from sohoi.desk.asked import Asked
from sohoi.desk.member_book import COLUMNS
from sohoi.desk.searching import by_name
from sohoi.desk.shell import held
from sohoi.people.masking import masked_phone
from sohoi.people.models import Member, StandingKind, Status
from sohoi.people.read.box import find
from sohoi.people.read.lists import Wanted, cards, in_order, standing_words
from sohoi.people.write.lists import log_narrowing
from sohoi.rights.marks import Visit, right
from sohoi.units.models import Level, Unit
from sohoi.units.read import children_today, path

PAGE = 30


@dataclass(frozen=True)
class Row:
    """A woman in the list, her telephone masked."""

    card: Member
    phone: str
    standing: str


@require_safe
@right("people")
def listing(request: Visit) -> HttpResponse:
    """The box, and the women of her units in Vietnamese order; `loc` is the word under which conditions rest."""
    word = request.GET.get("loc", "")
    found = sifting.kept(request, word)
    if found is None:
        return over(request)
    wanted, name = found
    return show(request, wanted, word, name=name)


def over(request: Visit) -> HttpResponse:
    """The conditions of a list rest no more: without them it would be a list of everybody."""
    messages.info(request, "Bộ lọc này đã hết hạn trong phiên làm việc. Lọc lại danh sách.")
    return redirect("members")


@require_POST
@right("people")
def search(request: Visit) -> HttpResponse:
    """What the box finds: the rows alone while she types, the whole page for a browser without scripts."""
    text = request.POST.get("tim", "")
    found: dict[str, Any] = {"found": find(request.scope, text), "tim": text}
    if request.headers.get("HX-Request"):
        return render(request, "desk/members/found.html", found)
    return show(request, Wanted(), "", **found)


@require_POST
@right("people")
def sift(request: Visit) -> HttpResponse:
    """Narrow the list: the conditions go to rest, the address gets their word. Sensitive columns are logged."""
    today, asked = timezone.localdate(), sifting.Read(request.POST)
    wanted = asked.wanted(request.scope, today)
    if asked.problems:
        return show(request, wanted, "", problems=asked.problems.values(), status=422)
    if not wanted:
        return redirect("members")
    return redirect(rest(request, wanted))


def rest(request: Visit, wanted: Wanted, name: str = "") -> str:
    """Keep what is asked and log what is sensitive in it; the address of the narrowed list."""
    if wanted.sensitive:
        with transaction.atomic():
            shown = cards(request.scope).filter(sifting.narrowing(wanted, timezone.localdate())).count()
            log_narrowing(wanted.sensitive, shown, by=request.user)
    return f"{reverse('members')}?loc={sifting.keep(request, wanted, name)}"


def show(request: Visit, wanted: Wanted, word: str, status: int = 200, **more: Any) -> HttpResponse:
    """Draw the page for these conditions."""
    today, asked = timezone.localdate(), Asked(request.GET)
    whole = cards(request.scope)
    rows = in_order(whole.filter(sifting.narrowing(wanted, today))).select_related("unit")
    page = Paginator(rows, PAGE).get_page(asked.page())
    unit = request.scope.filter(code=wanted.unit).first() if wanted.unit else None
    context = {
        "page": page,
        "rows": _rows(page.object_list, today),
        "wanted": wanted,
        "word": word,
        "said": sifting.said(wanted, unit),
        "many": page.paginator.count,
        "nobody": not wanted and not page.paginator.count,
        "units": units_below(request, unit, today),
        "columns": [column for column in COLUMNS if column.asked],
        "own": own_unit(request),
        "name": "",
        **choices(),
        **more,
    }
    return render(request, "desk/members/listing.html", context, status=status)


def _rows(found: Any, today: date) -> list[Row]:
    """The rows of one page; two statements."""
    page = list(found)
    words = standing_words([card.pk for card in page], today)
    return [Row(card, masked_phone(card.phone), words.get(card.pk, "")) for card in page]


def choices() -> dict[str, object]:
    """What may be chosen in the filters."""
    return {
        "belongs": sifting.BELONGS.items(),
        "births": sifting.BIRTHS.items(),
        "phones": sifting.PHONES.items(),
        "parties": sifting.PARTIES.items(),
        "standings": StandingKind.choices,
        "homes": Status.choices,
        "reasons": sifting.reasons().items(),
    }


def own_unit(request: Visit) -> Unit:
    """The unit of her first office in which she keeps the register."""
    reached = set(request.scope.filter(pk__in=[one.unit_id for one in held(request)]).values_list("pk", flat=True))
    return next(office.unit for office in held(request) if office.unit_id in reached)


def units_below(request: Visit, chosen: Unit | None, today: date) -> list[tuple[str, str]]:
    """(code, name) of the units to choose from: the chosen one with what stands around and below it. A branch has
    nothing to choose."""
    own = own_unit(request)
    if own.level == Level.BRANCH:
        return []
    found = _below(own, today, "")
    if chosen is None or chosen == own:
        return found
    above = [unit for unit in path(chosen, today) if unit.level != Level.BRANCH and unit != own]
    inner = _below(above[-1], today, f"{above[-1].name}: ") if above and above[-1].pk != own.pk else []
    named = dict(found) | ({above[-1].code: above[-1].name} if above else {}) | dict(inner)
    named.setdefault(chosen.code, chosen.name)
    reachable = set(request.scope.filter(code__in=named).values_list("code", flat=True))
    return [(code, name) for code, name in named.items() if code in reachable]


def _below(unit: Unit, today: date, before: str) -> list[tuple[str, str]]:
    """What stands directly under a unit, by name."""
    rows = sorted(children_today(unit, today), key=lambda row: by_name(row.name))
    return [(row.unit.code, f"{before}{row.name}") for row in rows]
