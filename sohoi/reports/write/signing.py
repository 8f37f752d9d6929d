"""Signing: the months are closed, and the paper is frozen with its place in the ledger and a keyed hash.

In one transaction with the unit's own lock, which writers at or below it share: none of them writes while it is signed,
so the ledger's last entry says exactly what the paper counted. A version is never changed; what comes later makes the
next one.
"""

import secrets
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from sohoi.ledger.holding import hold_alone
from sohoi.ledger.read import position
from sohoi.ledger.write import close_months, confirm_month
from sohoi.refusal import Refusal
from sohoi.reports.codes import LENGTH, SIGNS
from sohoi.reports.models import Report, State, Version
from sohoi.reports.read.children import children_of, form_of, period_of
from sohoi.reports.read.filling import Filling, filled
from sohoi.reports.read.sealed import not_whole, sealed_hash
from sohoi.reports.read.states import way_of
from sohoi.reports.read.told import told_of
from sohoi.reports.read.verifying import written
from sohoi.reports.telling import Head, Teller, signature_title
from sohoi.reports.write.cycle import approve, months_of, refuse_changed, send_up, step
from sohoi.reports.write.numbers import numbered
from sohoi.reports.write.papers import keep_layout
from sohoi.rights.may import holds, may, offices, roles
from sohoi.rights.models import Account
from sohoi.units.models import Level


@transaction.atomic
def sign(report: Report, *, by: Account, seen: int | None = None, on: date | None = None) -> Version:
    """Sign an approved report: close its months, freeze it as the next version.

    Raises Refusal without an office with the right to sign in the report's own unit, for a period that has not
    ended, and when the report is not approved (any more).
    """
    if not holds(by, "sign", report.unit):
        raise Refusal(f"Báo cáo của {report.unit.name} do người có quyền ký của chính đơn vị ký.")
    hold_alone([report.unit_id])  # from here on nobody writes at the unit or below it
    Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    close_months(report.unit, months_of(report), by=by, right="sign")
    _complete(report, by)
    filling = filled(report)
    refuse_changed(report, filling)
    version = _frozen(report, filling, by, on or timezone.localdate())
    step(report, State.SIGNED, (State.APPROVED,), by=by, seen=seen, version=version)
    return version


@transaction.atomic
def send_alone(report: Report, *, by: Account, seen: int | None = None) -> Version:
    """Submit, approve and sign in one: a unit whose only officer has the right `alone`."""
    if not holds(by, "alone", report.unit):
        raise Refusal("Tài khoản này không được một mình gửi, duyệt và ký báo cáo.")
    hold_alone([report.unit_id])  # the unit before its reports, as everywhere
    send_up(report, by=by, seen=seen)
    approve(report, by=by)
    return sign(report, by=by)


def _complete(report: Report, by: Account) -> None:
    """Who signs says that her months are complete: what nobody told is zero from now on. Not while a unit below is
    silent: then what was not told is still not reported."""
    children = children_of(form_of(report), report.unit, period_of(report))
    heard = all(child.sent for child in children) if children else report.unit.level == Level.BRANCH
    if heard and may(by, "confirm", report.unit):
        for month in months_of(report):
            confirm_month(report.unit, month, by=by)


def _refuse_altered(filling: Filling) -> None:
    """A report is not made from one that is not what was signed."""
    for version in not_whole(child.version.pk for child in filling.children if child.version):
        name = version.report.unit.name
        raise Refusal(f"Báo cáo đã ký của {name} không còn đúng như lúc ký, không ghép được. Báo quản trị hệ thống.")


def _title(by: Account, report: Report) -> str:
    """The title of the office in which she signs."""
    held = offices(by, "sign").filter(unit__level=report.unit.level).order_by("role").values_list("role", flat=True)
    return next((roles()[role].title for role in held if roles()[role].title), "")


def _frozen(report: Report, filling: Filling, by: Account, on: date) -> Version:
    """The next version of the report as it stands at this moment."""
    at, place = timezone.now(), position()
    _refuse_altered(filling)
    number = report.versions.count() + 1
    code = "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
    head = Head(
        day=on, number=numbered(report, filling.form, on, by=by, version=number), code=code,
        signer_title=signature_title(filling.form.signer, _title(by, report)), signer_name=str(by),
        qr=f"{settings.PUBLIC_ADDRESS}/s/{code}/",
    )  # fmt: skip
    paper = Teller(filling, head, told_of(filling)).paper()
    body = written(
        filling, paper, number=number, position=place, at=at, by=by, way=way_of(report),
        layout=keep_layout(paper, filling.form.layout), before=Version.objects.filter(report__unit=report.unit).count(),
    )  # fmt: skip
    return Version.objects.create(
        report=report, number=number, body=body, hash=sealed_hash(report.pk, number, place, body), position=place,
        code=code, by=by, at=at,
    )  # fmt: skip
