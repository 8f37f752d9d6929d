"""Word files that must not in, each one sentence with its name; what good ones give; who pays for a hostile one."""

import os
from pathlib import Path

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

from sohoi import limited
from sohoi.reports import wordfiles
from sohoi.reports.incoming import container
from sohoi.reports.incoming.body import IN_HEADING, REFERENCES, TRACKED
from sohoi.reports.tests.word import report, saved, with_body, with_files, with_members, zipped
from sohoi.reports.wordfiles import Sent, read_files

GOOD = report("I. TÌNH HÌNH", "Chị em vui.")
T = '<w:t xml:space="preserve">'
BY = 'w:id="1" w:author="Mẫu" w:date="2026-01-01T00:00:00Z"'


def read(data, name="chi-hoi-3.docx"):
    [found] = read_files([Sent.holding(name, data)])
    return found


def texts(found):
    return [line.text for line in found.lines]


def encrypted():
    """A zip whose members say that they are encrypted."""
    data = bytearray(GOOD)
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def bomb():
    return with_members(GOOD, {"word/document.xml": b"<w:document>" + b" " * 20_000_000})


def entities():
    xml = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]><d>&b;</d>'
    return with_members(GOOD, {"word/document.xml": xml})


REFUSED = {
    "trống": (lambda: b"", container.EMPTY),
    ".doc đổi tên": (lambda: container.OLE + b"\0" * 500 + "WordDocument".encode("utf-16-le"), container.OLD),
    "đặt mật khẩu": (lambda: container.OLE + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le"), container.LOCKED),
    "zip đặt mật khẩu": (encrypted, container.LOCKED),
    "không phải zip": (lambda: b"Ch\xc3\xa0o", container.STRANGE),
    "PDF": (lambda: b"%PDF-1.7", container.STRANGE),
    "bảng tính": (lambda: with_files({"[Content_Types].xml": b"", "xl/workbook.xml": b""}), container.SHEET),
    "hỏng": (lambda: GOOD[:3000], container.DAMAGED),
    "hỏng bên trong": (lambda: with_members(GOOD, {"word/document.xml": "<w:document>"}), container.DAMAGED),
    "thực thể": (entities, container.DAMAGED),
    "bom zip": (bomb, container.BOMB),
    "zip không có Word": (lambda: with_files({"a.txt": b"x"}), container.NO_WORD),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_must_not_in_is_one_sentence_that_names_it(case):
    make, sentence = REFUSED[case]
    found = read(make())
    assert (found.refused, found.lines) == (f"“chi-hoi-3.docx”: {sentence}", ())


def test_a_file_of_200_megabytes_is_refused_before_a_byte_is_read():
    def never():
        raise AssertionError

    [word, archive] = read_files([Sent("to.docx", 200_000_000, never), Sent("to.zip", 200_000_000, never)])
    assert word.refused == "“to.docx”: tệp nặng 200 MB; chỉ nhận tệp đến 20 MB. Bỏ bớt ảnh rồi gửi lên."
    assert archive.refused == "“to.zip”: tệp nặng 200 MB; chỉ nhận tệp đến 100 MB. Bỏ bớt ảnh rồi gửi lên."


def test_lines_come_in_order_with_what_word_says_of_them_and_cells_between():
    document = Document()
    document.add_paragraph("BÁO CÁO").alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_heading("Tình hình", 1)
    document.add_paragraph("Việc một", style="List Number")
    document.add_paragraph("Việc hai\nxuống dòng", style="List Number")
    document.add_paragraph("Gạch", style="List Bullet")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Thu", "5\u00a0triệu"
    document.add_paragraph().add_run("Đậm cả dòng").bold = True
    found = read(saved(document))
    assert [(x.text, x.number, x.bold, x.outline, x.centred, x.cell) for x in found.lines] == [
        ("BÁO CÁO", "", False, None, True, None),
        ("Tình hình", "", True, 0, False, None),
        ("Việc một", "1.", False, None, False, None),
        ("Việc hai", "2.", False, None, False, None),
        ("xuống dòng", "", False, None, False, None),
        ("Gạch", "-", False, None, False, None),
        ("Thu", "", False, None, False, (1, 1, 1)),
        ("5\u00a0triệu", "", False, None, False, (1, 1, 2)),
        ("Đậm cả dòng", "", True, None, False, None),
    ]
    assert [line.at for line in found.lines] == list(range(9))


def test_tracked_changes_are_read_as_accepted_and_told():
    found = read(with_body(
        f"<w:p><w:r>{T}Tặng </w:t></w:r><w:del {BY}><w:r><w:delText>5</w:delText></w:r></w:del>"
        f"<w:ins {BY}><w:r>{T}7</w:t></w:r></w:ins><w:r>{T} suất</w:t></w:r></w:p>"
        f"<w:p><w:pPr><w:rPr><w:del {BY}/></w:rPr></w:pPr><w:r>{T}Một </w:t></w:r></w:p>"
        f"<w:p><w:r>{T}dòng</w:t></w:r></w:p>"
        f"<w:p><w:moveFrom {BY}><w:r>{T}cũ</w:t></w:r></w:moveFrom>"
        f"<w:moveTo {BY}><w:r>{T}mới</w:t></w:r></w:moveTo></w:p>"
        f"<w:tbl><w:tr><w:trPr><w:del {BY}/></w:trPr><w:tc><w:p><w:r>{T}xóa</w:t></w:r></w:p></w:tc></w:tr>"
        f"<w:tr><w:tc><w:p><w:r>{T}còn</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    ))  # fmt: skip
    assert texts(found) == ["Tặng 7 suất", "Một dòng", "mới", "còn"]
    assert found.notes == (TRACKED,)


def test_a_table_inside_a_heading_is_read_after_it_and_told():
    found = read(with_body(
        f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r>{T}I. KẾT QUẢ</w:t></w:r><w:r><w:pict><w:txbxContent>'
        f"<w:tbl><w:tr><w:tc><w:p><w:r>{T}ô</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        "</w:txbxContent></w:pict></w:r></w:p>"
    ))  # fmt: skip
    assert texts(found) == ["I. KẾT QUẢ", "ô"]
    assert IN_HEADING in found.notes


def test_the_small_numbers_of_our_own_papers_are_left_out_and_told():
    raised = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    found = read(with_body(
        f"<w:p><w:r>{T}Trao 1.298</w:t></w:r><w:r>{raised}{T}(9)</w:t></w:r><w:r>{T} suất, 5 m</w:t></w:r>"
        f"<w:r>{raised}{T}2</w:t></w:r></w:p>"
    ))  # fmt: skip
    assert (texts(found), found.notes) == (["Trao 1.298 suất, 5 m2"], (REFERENCES,))


def test_macros_links_and_margins_are_told_and_neither_run_nor_followed_nor_taken():
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="x/attachedTemplate" Target="http://192.0.2.1/a.dotm" TargetMode="External"/></Relationships>'
    )
    header = f'<w:hdr xmlns:w="x"><w:p><w:r>{T}Lưu hành nội bộ</w:t></w:r></w:p></w:hdr>'
    more = {"word/vbaProject.bin": b"x", "word/_rels/settings.xml.rels": links, "word/header1.xml": header}
    found = read(with_members(GOOD, more))
    assert texts(found) == ["I. TÌNH HÌNH", "Chị em vui."]
    assert found.notes == (container.MACROS, container.LINKS, container.MARGINS)


def test_a_zip_gives_its_files_by_name_and_says_how_far_it_is():
    inside = {"2/Báo cáo chi hội 2.docx": GOOD, "1.docx": GOOD, "1.pdf": b"%PDF", "trong.zip": zipped(a=GOOD)}
    archive = with_files({**inside, "__MACOSX/1.docx": b"", "~$1.docx": b""})
    found = list(read_files([Sent.holding("tat-ca.zip", archive), Sent.holding("le.docx", GOOD)]))
    assert [(one.name, one.sent, one.done, one.of, bool(one.lines)) for one in found] == [
        ("1.docx", "tat-ca.zip", 1, 5, True),
        ("1.pdf", "tat-ca.zip", 2, 5, False),
        ("2/Báo cáo chi hội 2.docx", "tat-ca.zip", 3, 5, True),
        ("trong.zip", "tat-ca.zip", 4, 5, False),
        ("le.docx", "le.docx", 5, 5, True),
    ]
    assert found[3].refused == f"“trong.zip”: {container.NESTED}"


def test_a_child_that_dies_costs_the_file_it_was_at_and_the_rest_go_on(monkeypatch):
    begun = []
    start = limited.start

    def counted(module):
        begun.append(module)
        return start("sohoi.reports.tests.dying" if len(begun) == 1 else module)

    monkeypatch.setattr(limited, "start", counted)
    found = list(read_files([Sent.holding("nang.zip", zipped(a=GOOD, b=GOOD, c=GOOD))]))
    assert [(one.name, bool(one.lines)) for one in found] == [("a.docx", True), ("b.docx", False), ("c.docx", True)]
    assert found[1].refused == f"“b.docx”: {wordfiles.TOO_HARD}"
    assert len(begun) == 2


def test_the_child_knows_no_secret(monkeypatch):
    monkeypatch.setenv("SOHOI_SEAL_KEY", "kin")
    with (
        limited.Child(limited.start(wordfiles.CHILD)) as child,
        open(f"/proc/{child.process.pid}/environ", "rb") as its,
    ):
        assert b"kin" not in its.read()


def test_who_stops_asking_leaves_no_child_behind():
    files = read_files([Sent.holding(f"{number}.docx", GOOD) for number in range(3)])
    assert next(files).done == 1
    files.close()
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    assert not [pid for pid in children if b"incoming" in Path(f"/proc/{pid}/cmdline").read_bytes()]
