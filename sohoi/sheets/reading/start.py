"""Reading a file in a child process of its own; whatever happens to the child is one sentence here."""

import subprocess
from collections.abc import Iterator
from typing import Any

from sohoi import limited
from sohoi.refusal import Refusal
from sohoi.sheets.reading.container import DAMAGED, EMPTY, MOST_BYTES, heavy

CHILD = "sohoi.sheets.reading.child"
TOO_HARD = (
    "Không đọc được tệp này: đọc mãi không xong hoặc cần quá nhiều bộ nhớ. Chép riêng danh sách sang một tệp mới "
    "(dán giá trị), lưu dạng .xlsx rồi tải lên."
)


def read(data: bytes) -> Iterator[list[Any]]:
    """The lines of reading.cells, as they come. Raises Refusal, perhaps after some lines, when there is no end."""
    if not data:
        raise Refusal(EMPTY)
    if len(data) > MOST_BYTES:
        raise Refusal(heavy(len(data)))
    with limited.Child(_started()) as child:
        try:
            yield from child.ask(data)
        except limited.Lost as lost:
            raise Refusal(TOO_HARD if lost.killed else DAMAGED) from lost


def _started() -> subprocess.Popen[bytes]:
    """A child for one file."""
    return limited.start(CHILD)
