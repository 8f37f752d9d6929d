"""What verify says of a signed version: every way in which somebody who owns the database may change it is a fault, and
what is corrected afterwards in good faith is a note."""

import json
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from sohoi.ledger.models import Closing, Measure
from sohoi.periods import parse
from sohoi.refusal import Refusal
from sohoi.reports.models import DocumentNumber, Remark, Report, Step, Version
from sohoi.reports.read.in_order import closed_by_nothing
from sohoi.reports.read.sealed import intact, not_whole, sealed_hash, whole
from sohoi.reports.read.verifying import verify
from sohoi.reports.regular import form_in_force
from sohoi.reports.write.cycle import amend, approve, open_report, send_back, submit
from sohoi.reports.write.signing import sign
from sohoi.units.models import Placement
from sohoi.units.read import map_under
from sohoi.units.write import rebuild_closure
from tests.reporting import MONTH, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(signed_commune):
    """The commune's October, signed."""
    return signed_commune


@pytest.fixture
def second(version, of_commune, mai, hoa):
    """The amended October."""
    amend(of_commune, "Bổ sung", by=mai)
    submit(of_commune, by=mai)
    approve(of_commune, by=hoa)
    return sign(of_commune, by=mai)


def behind_its_back(statement, arguments):
    """What somebody does who owns the database and stops its triggers."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")  # what was written until now is checked now
        cursor.execute("set session_replication_role = replica")
        cursor.execute(statement, arguments)
        cursor.execute("set session_replication_role = origin")


def said(version):
    """What verify says of a version as the database has it now."""
    return [(fault.sentence, fault.grave) for fault in verify(Version.objects.get(pk=version.pk))]


def command():
    """What the command prints, and whether it ends well."""
    out = StringIO()
    try:
        call_command("verify", stdout=out)
    except CommandError:
        return out.getvalue(), False
    return out.getvalue(), True


def resigned(version, change):
    """A version whose body was made again with our key: as one of another day would be."""
    body = json.loads(version.body)
    change(body)
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    seal = sealed_hash(version.report_id, version.number, version.position, text)
    behind_its_back("update reports_version set body = %s, hash = %s where id = %s", [text, seal, version.pk])


def test_a_good_version_has_no_fault_and_no_note(version):
    assert said(version) == []
    assert intact(version)
    told, well = command()
    assert well, told
    assert "Đã kiểm tra 2 bản đã ký, sai 0, lưu ý 0." in told


ROWS = {
    "update reports_report set last = '2026-11-01' where id = %(report)s": "kỳ",
    "update reports_report set unit_id = %(branch)s where id = %(report)s": "đơn vị",
    "update reports_report set form = 'house-branch', first = '2026-10-01' where id = %(report)s": "biểu mẫu",
    "update reports_version set by_id = %(hoa)s where id = %(version)s": "người ký",
    "update reports_version set at = at + interval '1 second' where id = %(version)s": "lúc ký",
    "update reports_version set code = '2222222' where id = %(version)s": "mã tra cứu",
}


def test_a_row_that_says_otherwise_than_its_body_is_a_fault(version, hoa, place):
    told = {"report": version.report_id, "version": version.pk, "hoa": hoa.pk, "branch": place.other.pk}
    for statement, what in ROWS.items():
        with transaction.atomic():
            behind_its_back(statement, told)
            [(sentence, grave)] = said(version)
            assert f"sổ báo cáo ghi khác bản đã ký về {what}" in sentence
            assert grave
            now = Version.objects.get(pk=version.pk)
            assert not intact(now)
            assert not_whole([version.pk]) == [now]
            with pytest.raises(Refusal, match="Không dùng bản này"):
                whole(now)
            transaction.set_rollback(True)
    assert said(version) == []


def test_swapped_codes_are_a_fault_of_both(version, closed_branch):
    for pk, code in ((version.pk, "3333333"), (closed_branch.pk, version.code), (version.pk, closed_branch.code)):
        behind_its_back("update reports_version set code = %s where id = %s", [code, pk])
    assert [bool(said(one)) for one in (version, closed_branch)] == [True, True]


def test_a_rewritten_or_taken_step_is_a_fault(version, mai):
    resigned(version, lambda body: body.update(way=way_before(version)))
    assert said(version) == []
    for statement in (
        "update reports_step set by_id = %s where state = 'approved' and report_id = %s",
        "delete from reports_step where %s > 0 and state = 'approved' and report_id = %s",
    ):
        behind_its_back(statement, [mai.pk, version.report_id])
        [(sentence, grave)] = said(version)
        assert "các bước gửi, duyệt trước khi ký không còn như lúc ký" in sentence
        assert grave
    behind_its_back("update reports_step set by_id = opened_by_id + 1 from reports_report r "
                    "where r.id = report_id and version_id = %s", [version.pk])  # fmt: skip
    assert "bước ký của bản này không còn như lúc ký" in said(version)[0][0]


def way_before(version):
    """The steps before a signature as a body keeps them."""
    rows = Step.objects.filter(report=version.report, version=None).order_by("pk")
    return [
        {"state": row.state, "by": row.by_id, "name": str(row.by), "at": row.at.isoformat(), "why": row.why}
        for row in rows
    ]  # fmt: skip


def test_the_newest_version_taken_away_is_a_fault_of_the_one_before(version, second):
    behind_its_back("delete from reports_version where id = %s", [second.pk])
    assert [sentence.rpartition(": ")[2] for sentence, _ in said(version)] == ["báo cáo này không còn bản 2 đã ký."]
    behind_its_back("delete from reports_step where version_id = %s", [second.pk])
    assert "báo cáo này không còn bản 2 đã ký" in said(version)[0][0]  # the number of its paper is still there


def test_versions_gone_altogether_are_a_fault_of_the_command(version):
    behind_its_back("delete from reports_version where id = %s", [version.pk])
    told, well = command()
    assert not well
    assert "Báo cáo tháng của Hội cơ sở (thử), tháng 10 năm 2026: đã ký nhưng không còn bản nào được lưu." in told


def test_a_number_taken_out_of_the_register_is_a_fault(version):
    behind_its_back("delete from reports_documentnumber where report_id = %s", [version.report_id])
    assert any("sổ số văn bản không còn số 01/BC-BTV" in sentence for sentence, _ in said(version))
    assert not DocumentNumber.objects.filter(report=version.report_id).exists()


def without_a_trace(version):
    """Row, steps and number of a version are gone."""
    behind_its_back("delete from reports_step where report_id = %s", [version.report_id])
    behind_its_back("delete from reports_documentnumber where report_id = %s", [version.report_id])
    behind_its_back("delete from reports_version where id = %s", [version.pk])


def test_a_version_without_a_trace_is_missed_by_the_next_one_of_its_unit(version, place, mai, hoa, forms):
    """September's is signed after October's: which one is gone does not matter."""
    month = parse("2026-09")
    report = open_report(form_in_force("house-commune", month.last), place.heir, month, by=mai)
    say(report, "opinion", "Ổn định.", by=mai)
    submit(report, by=mai)
    approve(report, by=hoa)
    later = sign(report, by=mai)
    assert said(later) == []
    without_a_trace(version)
    [(sentence, grave)] = said(later)
    assert "lúc ký, đơn vị đã có 1 bản ký trước; nay còn 0." in sentence
    assert grave


def test_the_newest_version_without_a_trace_leaves_a_closed_month_which_is_told_as_a_note(version, place):
    assert closed_by_nothing() == []
    without_a_trace(version)
    told, well = command()
    assert well
    assert "Lưu ý: Phường Mỹ Xuyên, tháng 10/2026: Chị Mai chốt ngày" in told


def test_the_day_of_a_closing_is_the_day_where_people_live(place, mai, monkeypatch):
    night = datetime(2026, 10, 2, 18, 30, tzinfo=UTC)  # half past one of the third
    monkeypatch.setattr("django.utils.timezone.now", lambda: night)
    Closing.objects.create(unit=place.heir, month=date(2026, 9, 1), by=mai)
    [said] = closed_by_nothing()
    assert "chốt ngày 03/10/2026" in said


# ---- what the ledger says -------------------------------------------------------------------------


def test_a_fault_names_the_form_and_each_measure_once(version):
    behind_its_back("update ledger_entry set amount = 31 where amount = 30", [])
    told = said(version)
    [gifts] = [sentence for sentence, _ in told if "“Phần quà”" in sentence]
    assert gifts == (
        f"Bản 1 của {version.report.unit.name}, Báo cáo tháng của Hội cơ sở (thử), tháng 10 năm 2026: "
        "“Phần quà” (trong kỳ, từ đầu năm, đến cuối kỳ) ký là 30, sổ khi ấy ghi 31."
    )
    assert not any("house-" in sentence for sentence, _ in told)


def test_a_measure_that_counts_otherwise_since_is_a_note(version):
    Measure.objects.filter(code="house-gifts").update(filter={"form": "health"})
    told = said(version)
    assert told
    assert not any(grave for _, grave in told)
    assert "cách tính đầu số liệu đã đổi sau khi ký, không cộng lại được" in told[0][0]
    out, well = command()
    assert well
    assert "Lưu ý: Bản 1" in out


def test_a_placement_corrected_since_is_a_note_and_one_that_moves_later_is_nothing(version, place):
    before = map_under(place.heir, MONTH.last)
    row = Placement.objects.get(unit=place.branch, during__contains=MONTH.last)
    since = row.during.lower
    Placement.objects.filter(pk=row.pk).update(during=(since, MONTH.last.replace(month=12)))
    rebuild_closure()
    assert map_under(place.heir, MONTH.last) == before
    assert said(version) == []
    Placement.objects.filter(pk=row.pk).update(during=(since, MONTH.first))
    rebuild_closure()
    assert map_under(place.heir, MONTH.last) != before
    told = said(version)
    assert any("bản đồ đơn vị" in sentence for sentence, _ in told)
    assert not any(grave for _, grave in told)


def test_what_stands_on_a_day_is_added_up_once_for_all_columns_that_end_on_it(version):
    told = json.loads(version.body)["figures"]
    columns = [one for one in told.values() if one["measure"] == "house-members"]
    days = {one["last"] for one in columns}
    assert len(days) < len({(one["first"], one["last"]) for one in columns})
    with CaptureQueriesContext(connection) as asked:
        assert said(version) == []
    whole_ledgers = [one for one in asked if "Flows as they stood" in one["sql"] and "2000-01-01" in one["sql"]]
    assert len(whole_ledgers) == len(days)


# ---- what the database refuses --------------------------------------------------------------------


def test_the_database_refuses_to_make_a_report_one_of_something_else(of_branch, place):
    for change in {"form": "x"}, {"first": "2026-09-01"}, {"last": "2026-11-30"}, {"unit": place.other}:
        with pytest.raises(IntegrityError, match="đơn vị, biểu mẫu và kỳ"), transaction.atomic():
            Report.objects.filter(pk=of_branch.pk).update(**change)


def test_the_database_refuses_to_delete_a_signed_report_and_to_empty_its_tables(version):
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        for statement in (
            f"delete from reports_report where id = {int(version.report_id)}",
            "truncate reports_remark", "truncate reports_step cascade", "truncate reports_report cascade",
        ):  # fmt: skip
            with pytest.raises(IntegrityError, match="đã ký"), transaction.atomic():
                cursor.execute(statement)


def test_the_database_refuses_to_change_a_single_remark(of_commune, closed_branch, mai, hoa):
    submit(of_commune, by=mai)
    send_back(of_commune, [("opinion", "Nêu rõ.")], by=hoa)
    for act in (lambda rows: rows.update(text="Đạt."), lambda rows: rows.delete()):
        with pytest.raises(IntegrityError, match="không sửa, không xóa"), transaction.atomic():
            act(Remark.objects.all())


def test_a_report_that_nobody_signed_may_go(of_branch):
    of_branch.delete()
    assert not Report.objects.exists()
