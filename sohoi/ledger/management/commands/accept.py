"""accept FILE.jsonl: drafts through the gate, one a line; the good go in, the bad come back in a file."""

import json
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sohoi.ledger.draft import Draft, read_draft
from sohoi.ledger.write import REFUSED, accept_many
from sohoi.plainly import cause, said_plainly
from sohoi.refusal import Refusal
from sohoi.rights.models import Account

BATCH = 500
SAID = {"accepted": "nhận", "known": "đã có", "refused": "từ chối"}
Line = tuple[int, bytes, Draft | Refusal]


class Command(BaseCommand):
    """Per line accepted, known or refused with a reason; exit code 1 when a line was refused."""

    help = "Nhận các việc từ tệp JSONL, mỗi dòng một việc. Dòng sai được trả lại kèm lý do; các dòng đúng vẫn vào sổ."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, who hands it in, where the bad lines go."""
        parser.add_argument("file", type=Path, metavar="TỆP.jsonl")
        parser.add_argument("--as", dest="account", required=True, help="tên đăng nhập của người nộp")
        parser.add_argument("--bad", type=Path, help="tệp nhận lại các dòng sai; mặc định: TỆP.loi.jsonl")
        parser.add_argument("--quiet", action="store_true", help="chỉ in số tổng")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, hand in by batches, give back what was refused."""
        path: Path = options["file"]
        bad_path: Path = options["bad"] or path.parent / f"{path.stem}.loi.jsonl"
        bad: list[bytes] = []
        counts: Counter[str] = Counter()
        with said_plainly():
            account = account_named(options["account"])
            lines = _lines(path, bad_path)
            while batch := list(islice(lines, BATCH)):
                for number, raw, state, reason in _hand_in(batch, account):
                    counts[state] += 1
                    if not options["quiet"]:
                        self.stdout.write(f"{number}\t{SAID[state]}\t{reason}".rstrip())
                    if state == REFUSED:
                        bad.append(_returned(number, raw, reason))
        bad_path.unlink(missing_ok=True)  # what an earlier run gave back
        if bad:
            bad_path.write_bytes(b"".join(bad))
        said = ", ".join(f"{SAID[state]} {counts[state]}" for state in SAID)
        self.stdout.write(f"{path.name}: {said}.")
        if bad:
            raise CommandError(f"{len(bad)} dòng bị trả lại trong {bad_path} kèm lý do. Sửa rồi nộp lại tệp đó.")


def account_named(username: str) -> Account:
    """Who hands in."""
    account = Account.objects.filter(username__iexact=username, is_active=True).first()
    if account is None:
        raise Refusal(f"Không có tài khoản “{username}”. Kiểm tra tên đăng nhập.")
    return account


def _lines(path: Path, bad_path: Path) -> Iterator[Line]:
    """(number, raw line, draft or why not); empty lines are passed over.

    Raises Refusal, before anything is read, when the file cannot be opened, bad lines could not be given back, or
    the names could not be printed (UnicodeError).
    """
    f"{path}{bad_path}".encode()
    if not bad_path.parent.is_dir() or bad_path.is_dir():
        raise Refusal(f"Không ghi được tệp dòng sai {bad_path}. Nêu tên tệp trong một thư mục đã có.")
    try:
        file = path.open("rb")
    except OSError as error:
        raise Refusal(f"Không mở được {path}: {cause(error)}. Kiểm tra tên tệp.") from error
    with file:
        for number, raw in enumerate(file, start=1):
            if raw.strip():
                yield number, raw, _draft(raw)


def _draft(raw: bytes) -> Draft | Refusal:
    """One line as a draft; a line that was given back carries its reason, which is passed over."""
    try:
        body = json.loads(raw.decode("utf-8-sig"))  # some editors put a mark before the first line
        if isinstance(body, dict):
            body.pop("_ly_do", None)
        return read_draft(body)
    except Refusal as refusal:
        return refusal
    except (ValueError, RecursionError):  # no UTF-8, no JSON, a number of thousands of digits, nested without end
        return Refusal("Dòng này không phải JSON trong bảng mã UTF-8, hoặc có số quá dài, lồng nhau quá sâu.")


def _hand_in(batch: list[Line], account: Account) -> Iterator[tuple[int, bytes, str, str]]:
    """(number, raw line, state, reason) for a batch of lines, in their order."""
    drafts = [draft for _, _, draft in batch if isinstance(draft, Draft)]
    outcomes = iter(accept_many(drafts, by=account, door="file"))
    for number, raw, draft in batch:
        if isinstance(draft, Refusal):
            yield number, raw, REFUSED, str(draft)
        else:
            outcome = next(outcomes)
            yield number, raw, outcome.state, outcome.reason or outcome.note


def _returned(number: int, raw: bytes, reason: str) -> bytes:
    """A bad line with its reason; a line that was no JSON object is given back as text.

    A half character is written as JSON writes it in ASCII, so that the line comes back as it came.
    """
    reason = f"Dòng {number}: {reason}"
    try:
        body = json.loads(raw.decode("utf-8-sig"))
        if not isinstance(body, dict):
            raise ValueError
        text = json.dumps({**body, "_ly_do": reason}, ensure_ascii=False)
        if not _encodable(text):
            text = json.dumps({**body, "_ly_do": reason})
    except (ValueError, RecursionError):
        line = raw.decode("utf-8", "replace").rstrip("\r\n")
        text = json.dumps({"_dong": line, "_ly_do": reason}, ensure_ascii=False)
    return text.encode() + b"\n"


def _encodable(text: str) -> bool:
    """Whether UTF-8 can hold the text."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
