"""Word files dropped into a report: tied to units, placed, merged with their source; hostile ones are one sentence."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sohoi.reports.incoming import container
from sohoi.reports.incoming.body import IN_HEADING, TRACKED
from sohoi.reports.models import Sending, SentFile
from sohoi.reports.read.filling import filled
from sohoi.reports.tests.word import report as word
from sohoi.reports.tests.word import with_body, with_files, with_members, zipped
from sohoi.reports.write.cycle import submit
from sohoi.reports.write.signing import send_alone
from sohoi.reports.write.texts import write_lines

OLE_OLD = container.OLE + b"\0" * 500 + "WordDocument".encode("utf-16-le")
OLE_LOCKED = container.OLE + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le")
T = '<w:t xml:space="preserve">'
GOOD = (
    "HỘI LHPN PHƯỜNG MỸ XUYÊN", "CHI HỘI ẤP HAI", "BÁO CÁO", "I. TÌNH HÌNH TƯ TƯỞNG",
    "Chị em phấn khởi với đợt tặng 25 phần quà.", "II. SỐ LIỆU", "Đã tặng 25 phần quà.", "V. ĐỀ XUẤT, KIẾN NGHỊ",
    "Đề nghị mở thêm lớp nấu ăn.", "TM. CHI HỘI", "Chi hội trưởng", "Nguyễn Thị Mẫu",
)  # fmt: skip


def send(client, report, files: dict[str, bytes], **more):
    """Choose these files and press the button, as the page does."""
    sent = [SimpleUploadedFile(name, data) for name, data in files.items()]
    return client.post(reverse("regular-files", args=[report.pk]), {"files": sent}, **more)


def listed(client, report) -> str:
    """The words of the page of files."""
    return words(client.get(reverse("regular-files", args=[report.pk])))


def opened(client, file) -> str:
    """The words of the page of one file."""
    return words(client.get(reverse("regular-file", args=[file.report_id, file.pk])))


def words(answer) -> str:
    """What is read on a page, one blank between words."""
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).replace("&quot;", '"').split())


@pytest.fixture
def desk(client, mai, of_commune):
    """Chị Mai at her desk, before the report."""
    client.force_login(mai)
    return client


def test_a_file_is_tied_by_its_head_placed_and_merged_with_its_source(desk, place, of_commune):
    assert "Gộp lời từ tệp Word" in words(desk.get(reverse("regular", args=[of_commune.pk])))
    send(desk, of_commune, {"bc-t10.docx": word(*GOOD)})
    file = SentFile.objects.get()
    assert (file.unit, file.chosen_by, file.lines) == (place.other, None, 2)
    said = opened(desk, file)
    for told in (
        "Chi hội Ấp Hai", "Theo đầu văn bản hoặc tên tệp", "I. TÌNH HÌNH TƯ TƯỞNG: 1 dòng", "II. SỐ LIỆU",
        "Đã tặng 25 phần quà.", "Nguyễn Thị Mẫu", "(phần ký)",
    ):  # fmt: skip
        assert told in said
    section = words(desk.get(reverse("regular-section", args=[of_commune.pk, "opinion"])))
    assert "Chi hội Ấp Hai, tệp bc-t10.docx" in section
    assert "Chưa gửi báo cáo: Chi hội Ấp Một." in section
    assert filled(of_commune).texts["wishes"][0]["sources"][0]["file"] == "bc-t10.docx"


def test_a_file_that_names_no_unit_waits_for_her_choice(desk, place, of_commune):
    send(desk, of_commune, {"t10.docx": word("I. TÌNH HÌNH TƯ TƯỞNG", "Chị em vui.")})
    file = SentFile.objects.get()
    assert file.unit is None
    assert "Tệp chưa rõ của đơn vị nào" in listed(desk, of_commune)
    assert not filled(of_commune).texts["opinion"]
    tie = reverse("regular-files-units", args=[of_commune.pk])
    desk.post(tie, {f"unit-{file.pk}": place.today.code})
    assert "không gửi báo cáo lên đơn vị này" in listed(desk, of_commune)
    desk.post(tie, {f"unit-{file.pk}": place.branch.code})
    assert "Tệp chưa rõ" not in listed(desk, of_commune)
    assert [line["text"] for line in filled(of_commune).texts["opinion"]] == ["Chị em vui."]
    desk.post(reverse("regular-file", args=[of_commune.pk, file.pk]), {"verb": "unit", "unit": ""})
    assert not filled(of_commune).texts["opinion"]


def test_parts_like_no_section_are_given_to_one_by_hand(desk, of_commune):
    send(desk, of_commune, {"chi-hoi-ap-hai.docx": word(*GOOD)})
    file = SentFile.objects.get()
    [part] = file.unplaced
    assert (part["name"], part["section"]) == ("II. SỐ LIỆU", "")
    assert "1 phần chưa xếp vào mục nào" in listed(desk, of_commune)
    there = reverse("regular-file", args=[of_commune.pk, file.pk])
    desk.post(there, {"verb": "sections", "part-0": "tasks"})
    assert "Mục đã chọn không có" in opened(desk, file)
    desk.post(there, {"verb": "sections", "part-0": "opinion"})
    told = filled(of_commune).texts["opinion"]
    assert "Đã tặng 25 phần quà." in [line["text"] for line in told]
    assert "phần chưa xếp" not in listed(desk, of_commune)


def test_lines_of_files_merge_with_each_other_and_keep_both_sources(desk, of_commune):
    same = ("I. TÌNH HÌNH TƯ TƯỞNG", "Chị em phấn khởi với đợt tặng 25 phần quà.")
    send(desk, of_commune, {"bao-cao.zip": with_files({
        "chi hội ấp một.docx": word(*same), "Chi hội Ấp Hai.docx": word(*same),
    })})  # fmt: skip
    [line] = filled(of_commune).texts["opinion"]
    assert [(one["name"], one["file"]) for one in line["sources"]] == [
        ("Chi hội Ấp Hai", "Chi hội Ấp Hai.docx"), ("Chi hội Ấp Một", "chi hội ấp một.docx"),
    ]  # fmt: skip


def test_a_unit_that_signed_speaks_by_its_report_and_not_twice(desk, of_branch, of_commune, lan):
    told = {"text": "Chị em đồng tình.", "kept": True, "sources": []}
    file = {"bc.docx": word("Chi hội Ấp Một", "I. TÌNH HÌNH TƯ TƯỞNG", "Chị em đồng tình.", "Chị em vui.")}
    send(desk, of_commune, file)
    there = reverse("regular-section", args=[of_commune.pk, "opinion"])
    desk.post(there, {"keep-0": "on", "text-0": "Chị em đồng tình.", "keep-1": "on", "text-1": "Chị em vui."})
    write_lines(of_branch, "opinion", [told], by=lan)
    send_alone(of_branch, by=lan)
    assert "gộp bản đã ký, không gộp tệp này" in listed(desk, of_commune)
    assert "đã ký báo cáo kỳ này trong sổ" in opened(desk, SentFile.objects.get())
    section = words(desk.get(there))
    assert section.count("Chị em đồng tình.") == 1
    assert "Mới gửi lên" not in section


def test_figures_of_a_text_are_held_against_the_ledger_and_not_taken(desk, place, of_commune, gift, huong):
    gift(place.other, 5, 30, huong)
    send(desk, of_commune, {"bc.docx": word(*GOOD)})
    file = SentFile.objects.get()
    assert "2 số khác với sổ" in listed(desk, of_commune)
    answer = desk.get(reverse("regular-file", args=[of_commune.pk, file.pk]))
    assert "trong sổ, “Phần quà” tháng 10 năm 2026 là 30 phần." in words(answer)
    assert "m=house-gifts&amp;u=lan-2&amp;a=2026-10-01&amp;z=2026-10-31" in answer.content.decode()
    desk.post(reverse("regular-file", args=[of_commune.pk, file.pk]), {"verb": "unit", "unit": "lan-1"})
    assert "trong sổ, “Phần quà” tháng 10 năm 2026 chưa có việc nào được ghi." in opened(desk, file)
    assert filled(of_commune).figures["house-gifts", "period"].value == 30


BAD = {
    ".doc đổi tên": (lambda: OLE_OLD, container.OLD),
    "đặt mật khẩu": (lambda: OLE_LOCKED, container.LOCKED),
    "không phải Word": (lambda: b"%PDF-1.7", container.STRANGE),
    "quá lớn": (lambda: word("x") + b"\0" * 20_000_000, "chỉ nhận tệp đến 20 MB"),
}


def test_files_that_must_not_in_are_a_sentence_each_and_the_others_go_on(desk, of_commune):
    send(desk, of_commune, {f"{name}.docx": make() for name, (make, _) in BAD.items()} | {"tot.docx": word(*GOOD)})
    page = listed(desk, of_commune)
    for name, (_, sentence) in BAD.items():
        assert re.search(f"“{re.escape(name)}.docx”: .*{re.escape(sentence)}", page)
        bad = SentFile.objects.get(name=f"{name}.docx")
        assert (bad.unit, bad.lines, bad.sections) == (None, 0, {})
        assert sentence in opened(desk, bad)
    assert len(filled(of_commune).texts["opinion"]) == 1


def test_tracked_changes_links_and_tables_in_headings_are_told(desk, of_commune):
    by = 'w:id="1" w:author="Mẫu" w:date="2026-01-01T00:00:00Z"'
    body = with_body(
        f"<w:p><w:r>{T}Chi hội Ấp Hai</w:t></w:r></w:p>"
        f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r>{T}I. TÌNH HÌNH TƯ TƯỞNG</w:t></w:r><w:r><w:pict>'
        f"<w:txbxContent><w:tbl><w:tr><w:tc><w:p><w:r>{T}Chị em vui.</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        f"</w:txbxContent></w:pict></w:r></w:p><w:p><w:r>{T}Tặng </w:t></w:r><w:del {by}><w:r>"
        f"<w:delText>5</w:delText></w:r></w:del><w:ins {by}><w:r>{T}7</w:t></w:r></w:ins>"
        f"<w:r>{T} suất.</w:t></w:r></w:p>"
    )
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="x/attachedTemplate" Target="http://192.0.2.1/a.dotm" TargetMode="External"/></Relationships>'
    )
    send(desk, of_commune, {"bc.docx": with_members(body, {"word/_rels/settings.xml.rels": links})})
    file = SentFile.objects.get()
    said = opened(desk, file)
    for note in (TRACKED, IN_HEADING, container.LINKS):
        assert note in said
    assert [line["text"] for line in filled(of_commune).texts["opinion"]] == ["Chị em vui.", "Tặng 7 suất."]


def test_what_came_is_taken_out_and_may_come_again(desk, of_commune):
    send(desk, of_commune, {"bc.docx": word(*GOOD)})
    file = SentFile.objects.get()
    there = reverse("regular-file", args=[of_commune.pk, file.pk])
    assert desk.post(there, {"verb": "remove"}).url == reverse("regular-files", args=[of_commune.pk])
    assert desk.get(there).status_code == 404
    assert not filled(of_commune).texts["opinion"]
    file.refresh_from_db()
    assert (file.sections, file.unplaced, file.left_out, file.figures, file.lines) == ({}, [], [], [], 0)
    send(desk, of_commune, {"bc.docx": word(*GOOD)})
    assert filled(of_commune).texts["opinion"][0]["sources"][0]["file"] == "bc.docx (lần 2)"


def test_nothing_chosen_too_many_and_a_report_on_its_way_are_told(desk, of_commune, mai):
    send(desk, of_commune, {})
    assert "Chưa chọn tệp nào." in listed(desk, of_commune)
    send(desk, of_commune, {f"{at}.docx": b"x" for at in range(201)})
    assert "nhiều nhất 200 tệp" in listed(desk, of_commune)
    assert not Sending.objects.exists()
    write_lines(of_commune, "opinion", [{"text": "Ổn định.", "kept": True}], by=mai)
    submit(of_commune, by=mai)
    send(desk, of_commune, {"bc.docx": word(*GOOD)})
    assert "không thêm bớt tệp được nữa" in listed(desk, of_commune)
    assert not SentFile.objects.exists()


def test_progress_is_told_while_it_runs_and_what_was_cut_off_is_said(desk, of_commune, mai):
    there = reverse("regular-files-progress", args=[of_commune.pk])
    assert "Đang gửi tệp lên" in words(desk.get(there, {"cho": "1"}))
    assert "Chưa nhận được tệp" in words(desk.get(there, {"cho": "301"}))
    sending = Sending.objects.create(report=of_commune, by=mai, done=3, of=12)
    answer = desk.get(there)
    assert "3 trên 12 tệp" in words(answer)
    assert "HX-Refresh" not in answer
    assert "Gửi và đọc tệp" not in listed(desk, of_commune)
    Sending.objects.filter(pk=sending.pk).update(moved_at=sending.at - timedelta(minutes=4))
    assert desk.get(there)["HX-Refresh"] == "true"
    assert "đã đọc 3 trên 12 tệp" in listed(desk, of_commune)
    assert send(desk, of_commune, {"a.docx": word("x")}, headers={"HX-Request": "true"})["HX-Redirect"]


def test_strangers_and_those_who_only_see_find_nothing(client, place, of_commune, lan, hoa, thu, mai):
    client.force_login(mai)
    send(client, of_commune, {"bc.docx": word(*GOOD)})
    file = SentFile.objects.get()
    pages = [
        reverse("regular-files", args=[of_commune.pk]), reverse("regular-files-progress", args=[of_commune.pk]),
        reverse("regular-file", args=[of_commune.pk, file.pk]),
    ]  # fmt: skip
    for who in (lan, hoa, thu):
        client.force_login(who)
        assert [client.get(page).status_code for page in pages] == [404] * 3
        assert send(client, of_commune, {"bc.docx": b"x"}).status_code == 404
        assert client.post(pages[2], {"verb": "remove"}).status_code == 404
    assert SentFile.objects.count() == 1


def test_a_report_of_a_branch_takes_no_files(client, of_branch, lan):
    client.force_login(lan)
    assert client.get(reverse("regular-files", args=[of_branch.pk])).status_code == 404
    assert "tệp Word" not in words(client.get(reverse("regular", args=[of_branch.pk])))


def test_the_number_of_statements_does_not_grow_with_the_files(desk, of_commune):
    there = [reverse("regular-files", args=[of_commune.pk]), reverse("regular", args=[of_commune.pk])]
    counts = []
    for more in (1, 12):
        send(desk, of_commune, {"tep.zip": zipped(**{f"f{more}-{at}": word(*GOOD) for at in range(more)})})
        for page in there:
            with CaptureQueriesContext(connection) as asked:
                assert desk.get(page).status_code == 200
            counts.append(len(asked))
    assert counts[:2] == counts[2:]
