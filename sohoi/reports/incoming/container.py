"""What a file that should be Word is, from its first bytes and its zip directory; one sentence when it is refused.

Pure, and run in the limited child. What a zip declares of itself is not believed: only the few parts that are needed
are unpacked, with a running limit. Links that lead out, macros and pictures are told of and never followed or run.
"""

import io
import re
import zipfile
import zlib
from typing import IO

from sohoi.refusal import Refusal

MOST_BYTES, MOST_ZIP, MOST_FILES = 20_000_000, 100_000_000, 500
MOST_MEMBERS, MOST_UNPACKED, MOST_RATIO, SMALL = 2_000, 60_000_000, 150, 5_000_000
CHUNK = 1 << 18
OLE, ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
OLD_WORD, SEALED = "WordDocument".encode("utf-16-le"), "EncryptedPackage".encode("utf-16-le")
BODY, STYLES, NUMBERING = "word/document.xml", "word/styles.xml", "word/numbering.xml"
LETTERS = re.compile(rb"<\w+:t(?:\s[^>]*)?>[^<]*[^\s\d<][^<]*</")
MARGIN = re.compile(r"word/(?:header|footer)\d*\.xml")
OUTSIDE = re.compile(rb"<Relationship\b[^>]*TargetMode\s*=\s*[\"']External", re.I)

EMPTY = "tệp này không có gì bên trong. Chọn lại tệp báo cáo."
DAMAGED = "không đọc được, tệp bị hỏng. Mở tệp bằng Word, lưu lại dạng .docx rồi gửi lên lần nữa."
OLD = "đây là tệp .doc kiểu cũ (Word 97-2003), dù mang tên khác. Mở bằng Word, lưu lại dạng .docx rồi gửi lên."
LOCKED = "tệp đang đặt mật khẩu nên không đọc được. Mở bằng Word, bỏ mật khẩu, lưu lại rồi gửi lên."
STRANGE = "tệp này không phải tệp Word. Chỉ nhận tệp .docx, hoặc một tệp .zip chứa các tệp .docx."
SHEET = "đây là bảng tính, không phải báo cáo Word. Danh sách gửi ở trang nhận tệp Excel."
BOMB = "tệp giải nén ra quá lớn so với một báo cáo. Chép riêng phần chữ sang một tệp Word mới rồi gửi lên."
NESTED = "tệp .zip nằm trong tệp .zip khác thì không nhận. Giải nén ra rồi gửi lên."
NO_WORD = "tệp .zip này không có tệp .docx nào bên trong."
TOO_MANY = f"tệp .zip có hơn {MOST_FILES} tệp. Chia thành nhiều tệp .zip nhỏ hơn rồi gửi lên."
MACROS = "Tệp có chương trình (macro): không chạy, không lấy."
LINKS = "Tệp có liên kết ra bên ngoài: chỉ lấy chữ, không mở và không tải liên kết nào."
FOREIGN = "Tệp có phần chèn từ tệp khác mà Word chưa chuyển thành chữ: phần đó không lấy được."
COMMENTS = "Tệp có ghi chú bên lề (comment): không lấy vào báo cáo."
MARGINS = "Tệp có chữ ở đầu trang hoặc chân trang: không lấy vào báo cáo."
FOOTNOTES = "Tệp có chú thích cuối trang: không lấy vào báo cáo."


def heavy(size: int, most: int = MOST_BYTES) -> str:
    """The sentence for a file that is too large."""
    megabytes = f"{size / 1_000_000:.1f}".replace(".", ",").removesuffix(",0")
    return f"tệp nặng {megabytes} MB; chỉ nhận tệp đến {most // 1_000_000} MB. Bỏ bớt ảnh rồi gửi lên."


class Package:
    """A .docx, opened: the parts that we read, and what else it holds. Raises Refusal for anything that is none."""

    def __init__(self, data: bytes) -> None:
        _refuse_others(data)
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise Refusal(DAMAGED) from error
        self.names = {member.filename for member in self.archive.infolist()}
        self.size, self.unpacked = len(data), 0
        self._check()

    def _check(self) -> None:
        """What the list of members says."""
        if len(self.names) > MOST_MEMBERS:
            raise Refusal(BOMB)
        if any(member.flag_bits & 1 for member in self.archive.infolist()):
            raise Refusal(LOCKED)
        if any(name.startswith("xl/") for name in self.names):
            raise Refusal(SHEET)
        if BODY not in self.names:
            raise Refusal(STRANGE)

    def part(self, name: str) -> bytes:
        """One part unpacked, nothing when there is none; all parts together stay within the limit."""
        if name not in self.names:
            return b""
        try:
            with self.archive.open(name) as stream:
                return self._unpacked(stream)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
            raise Refusal(DAMAGED) from error

    def _unpacked(self, stream: IO[bytes]) -> bytes:
        """Some bytes at a time, counted; a high ratio is refused early."""
        chunks = []
        while chunk := stream.read(CHUNK):
            self.unpacked += len(chunk)
            if self.unpacked > MOST_UNPACKED or self.unpacked > max(SMALL, self.size * MOST_RATIO):
                raise Refusal(BOMB)
            chunks.append(chunk)
        return b"".join(chunks)

    def notes(self) -> list[str]:
        """What else is in the file and stays there."""
        relations = [self.part(name) for name in sorted(self.names) if name.endswith(".rels")][:50]
        found = [
            (any("vbaproject" in name.lower() for name in self.names), MACROS),
            (any(OUTSIDE.search(body) for body in relations), LINKS),
            (any(b"/aFChunk" in body or b"/subDocument" in body for body in relations), FOREIGN),
            ("word/comments.xml" in self.names, COMMENTS),
            (any(LETTERS.search(self.part(name)) for name in sorted(self.names) if MARGIN.fullmatch(name)), MARGINS),
        ]
        return [note for there, note in found if there]


def _refuse_others(data: bytes) -> None:
    """By the first bytes; an old binary file by the names in its directory."""
    if not data.strip(b"\0 \r\n\t"):
        raise Refusal(EMPTY)
    if len(data) > MOST_BYTES:
        raise Refusal(heavy(len(data)))
    if data.startswith(OLE):
        if SEALED in data:
            raise Refusal(LOCKED)
        raise Refusal(OLD if OLD_WORD in data else STRANGE)
    if not data.startswith(ZIP):
        raise Refusal(STRANGE)


def is_collection(data: bytes) -> bool:
    """A zip that is no document of its own: its members are looked at one by one."""
    if not data.startswith(ZIP):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False
    return "[Content_Types].xml" not in names and BODY not in names


def members(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """What a collection holds, in the order of names; left out is only what systems put there themselves."""
    kept = [member for member in archive.infolist() if not member.is_dir() and not _of_the_system(member.filename)]
    if len(kept) > MOST_FILES:
        raise Refusal(TOO_MANY)
    if not any(member.filename.lower().endswith((".docx", ".docm", ".doc")) for member in kept):
        raise Refusal(NO_WORD)
    return sorted(kept, key=lambda member: member.filename)


def _of_the_system(name: str) -> bool:
    """Thumbnails, lock files of Word, folders of macOS."""
    last = name.rsplit("/", 1)[-1]
    return name.startswith("__MACOSX/") or last.startswith(("~$", ".")) or last.lower() in ("thumbs.db", "desktop.ini")


def taken_out(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """The bytes of one member, never more than a file may have; Refusal for what is too large or a zip again."""
    if member.flag_bits & 1:
        raise Refusal(LOCKED)
    if member.filename.lower().endswith((".zip", ".rar", ".7z")):
        raise Refusal(NESTED)
    try:
        with archive.open(member) as stream:
            data = stream.read(MOST_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise Refusal(DAMAGED) from error
    if len(data) > MOST_BYTES:
        raise Refusal(heavy(max(len(data), member.file_size)))
    return data
