"""How a command says a refusal: its sentence on the error output and exit code 1.

Every other error keeps its trace: it is a fault of the program, and must not look like bad input.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError

from sohoi.refusal import Refusal

UNREADABLE = "Có ký tự không đọc được trong dòng lệnh hoặc tên tệp. Gõ lại bằng bảng mã UTF-8."


@contextmanager
def said_plainly() -> Iterator[None]:
    """In a command: a refusal, or words that are no UTF-8, end it with a sentence and exit code 1."""
    try:
        yield
    except Refusal as refusal:
        raise CommandError(str(refusal)) from refusal
    except UnicodeError as error:
        raise CommandError(UNREADABLE) from error
