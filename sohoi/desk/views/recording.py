"""Ghi việc: choose a kind, answer few questions, see what it changed. The gate decides; this asks and shows."""

from datetime import date, timedelta

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from sohoi.desk.impact import impact
from sohoi.desk.inputs import RecordInput, as_uuid, fresh, record_form
from sohoi.desk.picking import (
    FEW_HOUSEHOLDS,
    MOST_HOUSEHOLDS,
    Option,
    fixed_unit,
    found_units,
    households_of,
    in_register,
    kind_groups,
    members_of,
    near_units,
    own_branches,
    reachable,
    recent_kinds,
    unit_option,
)
from sohoi.desk.shell import held
from sohoi.desk.words import body_of, name_women
from sohoi.ledger.kinds import KindBody
from sohoi.ledger.models import Kind, Record
from sohoi.ledger.undoing import why_it_stays
from sohoi.ledger.write import accept
from sohoi.people.models import Member
from sohoi.refusal import Refusal
from sohoi.rights.marks import Visit, right
from sohoi.rights.may import may, roles, scope
from sohoi.rights.models import Office
from sohoi.units.models import Level, Unit
from sohoi.vietnamese import read_date

OWN_SCREENS = {"member-admitted": "member-admit", "member-enrolled": "member-enrol"}  # others begin at a card
QUIET_FOR = timedelta(hours=24)  # so long may she take back a deed that is in no list


@require_safe
@right("record")
def start(request: Visit) -> HttpResponse:
    """Choose what was done: the kinds she used last, then all by room, searched as she types."""
    groups = kind_groups(_offices(request))
    by_code = {kind.code: kind for group in groups for kind in group.kinds}
    recent = [by_code[code] for code in recent_kinds(request.user) if code in by_code]
    keeps = any("people" in roles()[office.role].rights for office in held(request) if office.role in roles())
    return render(request, "desk/recording/start.html", {"groups": groups, "recent": recent, "keeps_register": keeps})


def _offices(request: Visit) -> list[Office]:
    """Her offices that may record."""
    return [o for o in held(request) if o.role in roles() and "record" in roles()[o.role].rights]


@right("record")
def new(request: Visit, kind: str) -> HttpResponse:
    """The form of one kind; what cannot be saved comes back with a sentence beside the question."""
    row = get_object_or_404(Kind, code=kind, current=True)
    if not reachable(row.body, _offices(request)):
        raise Http404
    if in_register(row.body):
        return redirect(OWN_SCREENS.get(kind, "members"))
    body = body_of(row)
    fixed, today = fixed_unit(_offices(request)), timezone.localdate()
    form_class = record_form(body, fixed.code if fixed else None, today)
    if request.method == "POST":
        form = form_class(request.POST)
        if form.is_valid():
            try:
                outcome = accept(form.draft(), by=request.user)
                return redirect("record-saved", pk=outcome.draft.id)
            except Refusal as refusal:
                form.refuse(refusal)
        return _ask(request, row, form, fixed, today, status=422)
    return _ask(request, row, form_class(initial=_initial(request, row, today)), fixed, today)


def _ask(
    request: Visit, kind: Kind, form: RecordInput, fixed: Unit | None, today: date, status: int = 200
) -> HttpResponse:
    """Draw the form with the choices of units and what was chosen before."""
    body, day = form.body, _day(str(form["day"].value() or ""), today)
    offices = _offices(request)
    units = [] if fixed else near_units(request.user, offices, request.scope, body, day)
    chosen = str(form["unit"].value() or "") or _preset(offices, units)
    context = {
        "kind": kind, "body": body, "form": form, "fixed": fixed, "today": today,
        "yesterday": today - timedelta(days=1),
        "units": _with_chosen(request, units, chosen, day), "chosen_unit": chosen,
        "may_search": not own_branches(offices), "member": _chosen_member(request, form), "sensitive": kind.sensitive,
    }  # fmt: skip
    return render(request, "desk/recording/new.html", context, status=status)


def _preset(offices: list[Office], units: list[Option]) -> str:
    """The only unit near at hand, when it is one that does such deeds itself; a province officer is always asked."""
    own = len(units) == 1 and all(office.unit.level in (Level.BASE, Level.BRANCH) for office in offices)
    return units[0].value if own else ""


def _with_chosen(request: Visit, units: list[Option], code: str, day: date) -> list[Option]:
    """The near units, with the one that is chosen already among them."""
    if not code or code in {option.value for option in units}:
        return units
    unit = request.scope.filter(code=code).first()
    return [unit_option(unit, day), *units] if unit else units


def _chosen_member(request: Visit, form: RecordInput) -> Member | None:
    """The member who was chosen before the form came back, when she is in reach."""
    value = form["member"].value() if "member" in form.fields else None
    if not value or not str(value).isdecimal() or len(str(value)) > 18:
        return None
    return Member.objects.within(request.scope).filter(pk=value).first()


def _initial(request: Visit, kind: Kind, today: date) -> dict[str, object]:
    """A new form: today and a new id; "ghi tiếp một việc giống thế" also brings the answers of her own last deed,
    without those that are masked: they would be read here without a trace."""
    like = as_uuid(request.GET.get("giong", ""))
    hers = Record.objects.within(request.scope).filter(by=request.user, kind__code=kind.code)
    record = hers.filter(pk=like).first() if like else None
    if record is None:
        return fresh({"day": today})
    words, masked = {True: "yes", False: "no"}, {field.code for field in body_of(kind).fields if field.masked}
    values = {
        code: words[value] if isinstance(value, bool) else value
        for code, value in record.values.items() if code not in masked
    }  # fmt: skip
    return fresh({**values, "day": record.day, "unit": record.unit.code, "tags": record.tags})


def _day(text: str, default: date) -> date:
    """A day from a form that may hold anything."""
    try:
        return read_date(text)
    except ValueError:
        return default


@require_safe
@right("record")
def find_units(request: Visit) -> HttpResponse:
    """Units by name while she types: those where she may record, standing on the day, asked this kind."""
    body = _body(request.GET.get("kind", ""))
    text, day = request.GET.get("tim", "")[:80].strip(), _day(request.GET.get("day", ""), timezone.localdate())
    found = found_units(request.scope, body, day, text) if text else []
    return render(request, "desk/recording/found_units.html", {"found": found, "text": text, "day": day})


def _body(code: str) -> KindBody:
    """The body of a current kind."""
    return body_of(get_object_or_404(Kind, code=code, current=True))


@require_POST
@right("record")
def households(request: Visit) -> HttpResponse:
    """The households of one unit while she types the head's name, and whether it is a new one; asked by POST, so that
    no name stands in an address or a log."""
    unit = request.scope.filter(code=request.POST.get("unit", "").replace("\x00", "")).first()
    told = request.POST.get("household") or request.POST.get("home", "")
    text = " ".join(told.replace("\x00", "")[:200].split())
    found, known = households_of(unit, text) if unit else ([], None)
    most = MOST_HOUSEHOLDS if text else FEW_HOUSEHOLDS
    context = {"unit": unit, "text": text, "found": found[:most], "more": len(found) > most, "known": known}
    return render(request, "desk/recording/found_households.html", context)


@require_POST
@right("record")
def find_members(request: Visit) -> HttpResponse:
    """Members of one unit by name while she types; asked by POST, so that no name stands in an address or a log."""
    unit = request.scope.filter(code=request.POST.get("unit", "")).first()
    text, day = request.POST.get("tim", "")[:80].strip(), _day(request.POST.get("day", ""), timezone.localdate())
    body = _body(request.POST.get("kind", ""))
    name = request.POST.get("field", "member")
    if name not in {"member", *(f.code for f in body.fields if f.type == "member")}:
        raise Http404
    found = members_of(unit, day, text, request.scope) if unit else []
    context = {"found": found, "text": text, "unit": unit, "name": name}
    return render(request, "desk/recording/found_members.html", context)


def _readable(request: Visit) -> QuerySet[Unit]:
    """The units whose records she may read one by one."""
    return scope(request.user, "read")


@require_safe
@right("record")
def saved(request: Visit, pk: str) -> HttpResponse:
    """What her deed changed, right after saving; a sensitive one says nothing of itself and is shown for a day."""
    rows = Record.objects.filter(unit__in=request.scope, by=request.user)
    record = get_object_or_404(rows.select_related("kind", "unit", "voiding", "member", "household"), pk=pk)
    undo = not hasattr(record, "voiding") and may(request.user, "void", record.unit) and not why_it_stays(record.kind)
    if record.kind.sensitive:
        if timezone.now() - record.recorded_at > QUIET_FOR:
            raise Http404
        return render(request, "desk/recording/quiet.html", {"record": record, "undo": undo})
    name_women([record], request.scope)
    context = {"record": record, "undo": undo, "impact": impact(record, _readable(request), timezone.localdate())}
    return render(request, "desk/recording/saved.html", context)
