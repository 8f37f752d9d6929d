"""How a command says a refusal: its sentence on the error output and exit code 1; the system's own words in ours.

Every other error keeps its trace: it is a fault of the program, and must not look like bad input.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError

from sohoi.refusal import Refusal

UNREADABLE = "Có ký tự không đọc được trong dòng lệnh hoặc tên tệp. Gõ lại bằng bảng mã UTF-8."

CAUSES = {
    errno.ENOENT: "không có tệp hay thư mục ấy", errno.EACCES: "không được phép", errno.EPERM: "không được phép",
    errno.EISDIR: "đó là thư mục, không phải tệp", errno.ENOTDIR: "có tên trong đường dẫn không phải thư mục",
    errno.EEXIST: "nơi ấy đã có tệp cùng tên", errno.ENOSPC: "ổ đĩa hết chỗ", errno.EDQUOT: "ổ đĩa hết chỗ",
    errno.EROFS: "ổ đĩa chỉ cho đọc", errno.ENAMETOOLONG: "tên tệp quá dài",
}  # fmt: skip


def cause(error: Exception) -> str:
    """Why a file could not be read or written: the common causes in our words, others as they are told."""
    number = error.errno if isinstance(error, OSError) else None
    return CAUSES.get(number, f"lỗi hệ thống số {number}") if number else str(error)


@contextmanager
def said_plainly() -> Iterator[None]:
    """In a command: a refusal, or words that are no UTF-8, end it with a sentence and exit code 1."""
    try:
        yield
    except Refusal as refusal:
        raise CommandError(str(refusal)) from refusal
    except UnicodeError as error:
        raise CommandError(UNREADABLE) from error
