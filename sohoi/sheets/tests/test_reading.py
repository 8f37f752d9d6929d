"""Files that must not in, each one sentence; and what a good one gives, from a child that cannot hurt us."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from sohoi import limited
from sohoi.refusal import Refusal
from sohoi.sheets.reading import container, start
from sohoi.sheets.reading.start import TOO_HARD, read
from sohoi.sheets.tests.lists import book, good

# a process of its own, so that the only child it ever had is the one that reads
MEASURED = """
import resource, sys
from sohoi.sheets.reading.start import read
rows = sum(line[0] == "row" for line in read(sys.stdin.buffer.read()))
print(rows, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
OLE = container.OLE + b"\0" * 600


def wide(name):
    return name.encode("utf-16-le")


def repacked(**members):
    """A good workbook with members added or changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book(good(2)))) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in members:
                new.writestr(name, old.read(name))
        for name, body in members.items():
            new.writestr(name, body)
    return out.getvalue()


def far_cell():
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write(0, 0, "Họ tên")
        sheet.write(1048575, 16383, "xa")
    return stream.getvalue()


def hidden_far_cell():
    """The same, written so that only the parser finds it: the child dies of it, and nobody else."""
    with zipfile.ZipFile(io.BytesIO(far_cell())) as archive:
        name = next(n for n in archive.namelist() if n.startswith("xl/worksheets/"))
        return repacked(**{name: archive.read(name).replace(b'<c r="XFD', b'<c  r="XFD')})


def encrypted():
    """A zip whose first member says that it is encrypted."""
    data = bytearray(book(good(2)))
    data[data.rfind(b"PK\x01\x02", 0, data.find(b"PK\x01\x02") + 4) + 8] |= 1
    return bytes(data)


REFUSED = {
    "20 MB": (lambda: b"x" * 20_000_000, "Tệp nặng 20 MB; chỉ nhận tệp đến 10 MB."),
    "trống": (lambda: b"", container.EMPTY),
    "chỉ có khoảng trắng": (lambda: b" \r\n\0", container.EMPTY),
    "tệp .doc đổi tên": (lambda: OLE + wide("WordDocument"), container.WORD),
    "tệp .docx đổi tên": (lambda: repacked(**{"word/document.xml": "x"}), container.WORD),
    "đặt mật khẩu": (lambda: OLE + wide("EncryptedPackage"), container.LOCKED),
    "zip đặt mật khẩu": (encrypted, container.LOCKED),
    "macro": (lambda: repacked(**{"xl/vbaProject.bin": "x"}), container.MACROS),
    "bom zip": (lambda: repacked(**{"xl/media/a.bin": b"\0" * 150_000_000}), container.BOMB),
    "zip trong zip": (lambda: repacked(**{"xl/media/a.bin": book(good(2))}), container.BOMB),
    "quá nhiều phần": (lambda: repacked(**{f"xl/media/{n}": "" for n in range(1001)}), container.BOMB),
    "đường dẫn lạ": (lambda: repacked(**{"../a": ""}), container.STRANGE),
    "ô ở rất xa": (far_cell, container.FAR_CELL.format(column="XFD", row="1048576")),
    "ô ở rất xa giấu đi": (hidden_far_cell, TOO_HARD),
    "hỏng": (lambda: book(good(2))[:3000], container.DAMAGED),
    "hỏng bên trong": (lambda: repacked(**{"xl/workbook.xml": "<workbook><sheets>"}), container.DAMAGED),
    "xls hỏng": (lambda: OLE + wide("Workbook"), container.DAMAGED),
    "PDF": (lambda: b"%PDF-1.7", container.STRANGE),
    "trang web": (lambda: b"<html><table>", container.WEB),
    "ảnh": (lambda: b"\x89PNG\r\n", container.STRANGE),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_must_not_in_is_one_sentence(case):
    make, sentence = REFUSED[case]
    with pytest.raises(Refusal) as refused:
        list(read(make()))
    assert str(refused.value).startswith(sentence)


def test_a_child_that_is_killed_or_says_nothing_costs_one_sentence(monkeypatch):
    for words in ("import os; os.abort()", "print('[1', end='')", ""):
        monkeypatch.setattr(
            start, "_started",
            lambda words=words: subprocess.Popen(
                ["python3", "-c", words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            ),
        )  # fmt: skip
        with pytest.raises(Refusal, match="Không đọc được tệp này"):
            list(read(b"STT;ten\n"))


def test_the_child_gets_no_secret_and_can_open_no_file(monkeypatch):
    monkeypatch.setenv("SOHOI_SEAL_KEY", "kin")
    child = start._started()
    environment = Path(f"/proc/{child.pid}/environ").read_bytes()
    child.communicate(b"")
    assert b"kin" not in environment
    assert b"DATABASE" not in environment
    limits = "import resource as r; from sohoi.limited import confine; confine(); open('/etc/hostname')"
    ended = subprocess.run([sys.executable, "-c", limits], cwd=limited.ROOT, capture_output=True, check=False)
    assert b"Too many open files" in ended.stderr


@pytest.mark.parametrize(
    "data",
    [
        "STT;Họ tên\n1;Lê Thị Một\n".encode(),
        "STT,Họ tên\r\n1,Lê Thị Một\r\n".encode("utf-8-sig"),
        "STT\tHọ tên\n1\tLê Thị Một\n".encode("utf-16"),
        book([["STT", "Họ tên"], ["1", "Lê Thị Một"]]),
    ],
)
def test_text_files_and_workbooks_give_the_same_rows(data):
    assert [line[1:] for line in read(data) if line[0] == "row"] == [[1, ["STT", "Họ tên"]], [2, ["1", "Lê Thị Một"]]]


def test_a_hundred_thousand_rows_stay_within_512_megabytes():
    rows = [["STT", "Họ tên", "Ngày sinh", "CCCD", "SĐT"]]
    rows += [[n, "Nguyễn Thị Hoa", "12/3/1985", f"092185{n:06d}", "0905000000"] for n in range(100_000)]
    stream = io.StringIO()
    stream.writelines(";".join(map(str, row)) + "\n" for row in rows)
    told = subprocess.run(
        [sys.executable, "-c", MEASURED], input=stream.getvalue().encode(), capture_output=True, check=True
    )
    counted, kilobytes = map(int, told.stdout.split())
    assert counted == 100_001
    assert kilobytes < 512 * 1024
