"""What a file is, from its first bytes and its zip directory, before any parser sees it; one sentence when refused.

Pure, and run in the limited child: what a zip declares of itself is not believed, it is unpacked with a running limit.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from sohoi.refusal import Refusal

MOST_BYTES = 10_000_000
MOST_MEMBERS, MOST_UNPACKED, MOST_RATIO = 1_000, 100_000_000, 100
SMALL = 5_000_000  # below it a high ratio is only a tidy sheet
CHUNK, OVERLAP = 1 << 18, 400
OLE, ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
# A cell with something in it beyond column ZZ or row 199,999: a reader would set aside memory for all between.
FAR = re.compile(rb'<c r="(?:[A-Z]{3}\d+|[A-Z]{1,2}(?:[2-9]\d{5}|\d{7,}))"[^>]{0,200}(?<!/)>')

EMPTY = "Tệp này không có gì bên trong. Chọn lại tệp có danh sách."
DAMAGED = "Không đọc được tệp này: tệp bị hỏng. Mở tệp bằng Excel, lưu lại dạng .xlsx rồi tải lên lần nữa."
WORD = "Đây là tệp Word, không phải bảng tính. Chép danh sách sang Excel, lưu dạng .xlsx rồi tải lên."
LOCKED = "Tệp đang đặt mật khẩu nên không đọc được. Mở bằng Excel, bỏ mật khẩu, lưu lại rồi tải lên."
MACROS = "Tệp có chứa chương trình (macro). Lưu lại dạng .xlsx thường, không có macro, rồi tải lên."
BOMB = "Tệp giải nén ra quá lớn so với một danh sách. Chép riêng danh sách sang một tệp mới rồi tải lên."
STRANGE = "Tệp này không phải bảng tính. Nhận các tệp .xlsx, .xls, .ods và .csv."
WEB = "Tệp này là một trang web hoặc XML mang tên bảng tính. Mở bằng Excel, lưu lại dạng .xlsx rồi tải lên."
FAR_CELL = (
    "Bảng có một ô nằm quá xa danh sách (cột {column}, dòng {row}). Xóa các dòng và cột thừa quanh danh sách, "
    "lưu lại rồi tải lên."
)


def heavy(size: int) -> str:
    """The sentence for a file that is too large."""
    megabytes = f"{size / 1_000_000:.1f}".replace(".", ",").removesuffix(",0")
    return f"Tệp nặng {megabytes} MB; chỉ nhận tệp đến 10 MB. Chia danh sách theo chi hội rồi tải từng tệp."


def kind_of(data: bytes) -> str:
    """ "book" for what the workbook reader takes, "csv" for text; raises Refusal for anything else."""
    if not data.strip(b"\0 \r\n\t"):
        raise Refusal(EMPTY)
    if len(data) > MOST_BYTES:
        raise Refusal(heavy(len(data)))
    if data.startswith(OLE):
        return _old_binary(data)
    if data.startswith(ZIP):
        return _zipped(data)
    start = data[:600].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"%pdf", b"\x89png", b"\xff\xd8\xff", b"rar!", b"7z\xbc\xaf", b"gif8", b"pk")):
        raise Refusal(STRANGE)
    if start.startswith(b"{\\rtf"):
        raise Refusal(WORD)
    if start.startswith(b"<"):
        raise Refusal(WEB)
    if b"\0" in data[:4000] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refusal(STRANGE)
    return "csv"


def _old_binary(data: bytes) -> str:
    """A file of the 1990s' format, by the names in its directory."""
    if _wide("EncryptedPackage") in data:
        raise Refusal(LOCKED)
    if _wide("WordDocument") in data:
        raise Refusal(WORD)
    if _wide("_VBA_PROJECT") in data:
        raise Refusal(MACROS)
    if _wide("Workbook") in data or _wide("Book") in data:
        return "book"
    raise Refusal(STRANGE)


def _wide(name: str) -> bytes:
    """A name as such directories write it."""
    return name.encode("utf-16-le")


def _zipped(data: bytes) -> str:
    """An archive: its directory is looked at, then every member is unpacked once, counted and let go."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _check_directory(members)
            _check_contents(archive, members, len(data))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        if isinstance(error, Refusal):
            raise
        raise Refusal(DAMAGED) from error
    return "book"


def _check_directory(members: list[zipfile.ZipInfo]) -> None:
    """What the list of members says."""
    names = {member.filename for member in members}
    if len(members) > MOST_MEMBERS:
        raise Refusal(BOMB)
    if any(member.flag_bits & 1 for member in members):
        raise Refusal(LOCKED)
    if any(name.startswith("word/") for name in names):
        raise Refusal(WORD)
    if any("vbaproject" in name.lower() for name in names):
        raise Refusal(MACROS)
    if any(name.startswith(("/", "\\")) or ".." in name.split("/") for name in names):
        raise Refusal(STRANGE)
    if any(name.lower().endswith((".zip", ".xlsx", ".xls", ".rar", ".7z")) for name in names):
        raise Refusal(BOMB)
    if not any(name.startswith("xl/workbook.") for name in names) and "content.xml" not in names:
        raise Refusal(STRANGE)


def _check_contents(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], size: int) -> None:
    """Unpack with a running limit, looking for archives inside and for cells far from everything."""
    total = 0
    for member in members:
        before = b""
        for chunk in _chunks(archive, member):
            if not before and chunk.startswith(ZIP):
                raise Refusal(BOMB)
            total += len(chunk)
            if total > MOST_UNPACKED or (total > SMALL and total > size * MOST_RATIO):
                raise Refusal(BOMB)
            if member.filename.startswith("xl/worksheets/"):
                _refuse_far(before[-OVERLAP:] + chunk)
            before = chunk


def _chunks(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """A member's bytes, some at a time."""
    with archive.open(member) as stream:
        while chunk := stream.read(CHUNK):
            yield chunk


def _refuse_far(xml: bytes) -> None:
    """Refuse a sheet with a cell out there, naming it."""
    found = FAR.search(xml)
    place = found and re.search(rb'r="([A-Z]+)(\d+)"', found[0])
    if place:
        raise Refusal(FAR_CELL.format(column=place[1].decode(), row=place[2].decode()))
