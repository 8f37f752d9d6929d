"""Seed 003 alive: five conclusions are tasks, the reports say which are done, the ward's paper names its sources."""

from datetime import date

import pytest
from django.utils import timezone
from docx import Document

from demo.branches import THUONG_THANH
from demo.january import NAMES, WARD_ADDS
from demo.thuong_thanh import CHAIR, MEETING
from sohoi.figures.read import figure
from sohoi.ledger.models import Measure, Record
from sohoi.periods import parse
from sohoi.reports.models import Report, State, Version
from sohoi.reports.read.filling import filled
from sohoi.reports.read.merging import said_by
from sohoi.reports.read.states import standing_of
from sohoi.reports.read.told import told_of
from sohoi.reports.read.verifying import paper_of, verify
from sohoi.units.models import Unit
from sohoi.work.models import Meeting, Presence, Task
from sohoi.work.read import conclusions_stand

END = date(2018, 2, 28)


@pytest.fixture
def ward(demo) -> Unit:
    return Unit.objects.get(code=THUONG_THANH)


@pytest.fixture
def january(ward) -> Version:
    """The ward's signed January."""
    return Version.objects.get(report__unit=ward, report__form="xa-thang", report__first=date(2018, 1, 1))


def told_in(version: Version) -> str:
    """Everything that a paper says in sentences."""
    return "\n".join(
        "".join(piece if isinstance(piece, str) else piece.text for piece in block.pieces)
        for block in paper_of(version).body if hasattr(block, "pieces")
    )  # fmt: skip


def test_the_briefing_has_five_conclusions_and_each_gave_tasks(demo):
    meeting = Meeting.objects.get(pk=MEETING)
    stands = conclusions_stand(meeting, END)
    assert [one.source.number for one in stands] == [1, 2, 3, 4, 5]
    assert [one.words.split()[0] for one in stands] == ["1/1", "3/5", "0/6", "4/5", "8/60"]
    presence = list(meeting.attendances.values_list("presence", flat=True))
    assert (presence.count(Presence.CAME), presence.count(Presence.EXCUSED)) == (6, 1)


def test_every_due_day_is_marked_as_ours(ward):
    notes = set(Task.objects.filter(giver=ward).values_list("due_note", flat=True))
    assert all("bản làm mẫu" in note for note in notes)


def test_nobody_of_2018_is_named(demo):
    meeting = Meeting.objects.get(pk=MEETING)
    assert meeting.chair == CHAIR
    named = [one.name for one in meeting.attendances.exclude(account=None)]
    assert named == [f"Chị {name} (mẫu)" for name in NAMES]


def test_the_programme_of_the_year_has_three_key_tasks_that_are_owed(ward):
    own = Task.objects.filter(unit=ward, item__isnull=False, text__startswith="Nhiệm vụ trọng tâm")
    assert own.count() == 3
    assert {task.due for task in own} == {date(2018, 12, 31)}


def test_the_wards_january_names_its_sources_and_the_silent_branch(january):
    body = said_by(january)
    assert [(child["name"], child["version"]) for child in body["children"]] == [
        *((f"Chi hội số {at} Thượng Thanh (mẫu)", 1) for at in range(1, 5)),
        ("Chi hội số 5 Thượng Thanh (mẫu)", None),
    ]
    lines = body["texts"]["noi-bat"]
    merged = next(line for line in lines if line["text"].startswith("Tuyên truyền Điều lệ Hội"))
    assert [source["name"] for source in merged["sources"]] == [
        "Chi hội số 2 Thượng Thanh (mẫu)", "Chi hội số 3 Thượng Thanh (mẫu)"
    ]  # fmt: skip
    assert any(line["edited"] and line["sources"] for line in lines)
    assert [line["text"] for line in lines if not line["sources"]] == [WARD_ADDS]
    assert "Chưa gửi: Chi hội số 5 Thượng Thanh (mẫu)." in told_in(january)


def test_its_paper_is_of_2018_and_its_signature_of_the_day_it_was_signed(demo, january):
    paper = paper_of(january)
    assert (paper.day, paper.number, paper.signer_name) == (date(2018, 2, 5), "01/BC-BTV", "Chị Thanh (mẫu)")
    assert demo.begun < january.at < timezone.now()
    assert "QUẬN LONG BIÊN" in paper.issuer_above


def test_january_says_what_was_done_by_its_end_and_february_the_five_conclusions(ward, january):
    assert "Xây dựng các chương trình, kế hoạch hoạt động năm 2018: đã thực hiện ngày 30/01/2018" in told_in(january)
    report = Report.objects.get(unit=ward, form="xa-thang", first=date(2018, 2, 1))
    said = told_of(filled(report))["tasks"]
    for start, end in (
        ("Hội LHPN phường cần thành lập chi hội phụ nữ trẻ", "đã thực hiện ngày 26/02/2018."),
        ("Hội phụ nữ các chi hội tiếp tục tuyên truyền", "3/5 đơn vị đã thực hiện, hạn ngày 28/02/2018."),
        ("Tích cực hưởng ứng các phong trào thi đua", "đang thực hiện, chưa đặt hạn."),
        ("Nâng cao hoạt động của một số tổ tự quản", "4/5 đơn vị đã thực hiện, hạn ngày 28/02/2018."),
        ("Các chi hội chú trọng công tác tuyên truyền Điều lệ", "4/5 đơn vị đã thực hiện, hạn ngày 28/02/2018."),
    ):  # fmt: skip
        assert any(one.startswith(start) and one.endswith(end) for one in said), start
    assert standing_of(report).state == State.DRAFT
    assert filled(report).figures["special-branches-founded", "period"].value == 1


def test_its_figures_are_added_up_from_deeds(ward, january):
    gifts = figure(Measure.objects.get(code="gifts"), ward, parse("2018-01")).value
    told = Record.objects.filter(kind__code="gift-given", unit__code__startswith="tt-", day__month=1)
    assert gifts == sum(record.values["count"] for record in told) > 0
    assert said_by(january)["figures"]["gifts|period"]["value"] == gifts
    assert verify(january) == []


def test_the_paper_in_word_says_what_was_signed(demo, january):
    [file] = [f for f in demo.outcome.files if f.name == "thuong-thanh-bao-cao-thang-1-2018.docx"]
    text = "\n".join(paragraph.text for paragraph in Document(str(file)).paragraphs)
    assert WARD_ADDS in text
    assert "Chi hội số 5 Thượng Thanh (mẫu)" in text
