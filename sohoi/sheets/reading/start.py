"""Reading a file in a child process of its own; whatever happens to the child is one sentence here."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sohoi.refusal import Refusal
from sohoi.sheets.reading.container import DAMAGED, EMPTY, MOST_BYTES, heavy

ROOT = Path(__file__).resolve().parents[3]
CHILD = "sohoi.sheets.reading.child"
PATIENCE = 120.0  # seconds by the clock; the child's own limit counts its work
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
    child = _started()
    clock = threading.Timer(PATIENCE, child.kill)
    clock.start()
    try:
        _feed(child, data)
        yield from _answers(child)
    finally:
        clock.cancel()
        child.kill()
        child.stdout.close()  # type: ignore[union-attr]
        child.wait()


def _started() -> subprocess.Popen[bytes]:
    """The child, knowing nothing but where its code is."""
    return subprocess.Popen(
        [sys.executable, "-B", "-s", "-P", "-m", CHILD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PATH": os.defpath, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "MALLOC_ARENA_MAX": "1"},
        cwd="/",
        start_new_session=True,
    )


def _feed(child: subprocess.Popen[bytes], data: bytes) -> None:
    """Hand over the bytes; a child that has ended already says so by its silence."""
    assert child.stdin is not None
    try:
        child.stdin.write(data)
        child.stdin.close()
    except BrokenPipeError as error:
        raise Refusal(TOO_HARD) from error


def _answers(child: subprocess.Popen[bytes]) -> Iterator[list[Any]]:
    """Lines up to the end that the child announces."""
    assert child.stdout is not None
    for text in child.stdout:
        line = json.loads(text) if text.endswith(b"\n") else ["broken"]
        if line[0] == "end":
            return
        if line[0] == "refused":
            raise Refusal(line[1])
        if line[0] == "broken":
            break
        yield line
    raise Refusal(TOO_HARD if child.wait() < 0 else DAMAGED)
