"""What is wrong with the forms of own folders (SOHOI_FORM_FOLDERS): file, row, what to do. Told when the program
starts, by `manage.py check`, and on the page of forms; the other forms go on.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning

from sohoi.refusal import Refusal
from sohoi.reports.forms import own_reviews
from sohoi.reports.regular import RegularForm, own_forms, own_since, shipped_forms, versions
from sohoi.vietnamese import date as say_date

TAG = "forms"
LEFT_OUT = "Biểu mẫu này chưa dùng được; các biểu mẫu khác vẫn dùng."
MEND = "Sửa tệp, thử bằng lệnh formcost, rồi khởi động lại."
OUTRANKED_HINT = "Muốn dùng bản có sẵn thì bỏ biểu mẫu riêng ấy, hoặc đổi mã của nó, rồi khởi động lại."
_LINE, _KEYS = re.compile(r"line (\d+)"), re.compile(r"“([^”]+)”|: ([a-z_]+) phải")


@dataclass(frozen=True)
class Wrong:
    """An own form or folder that cannot be used: where it is, in which row as far as that is known, and why."""

    path: Path
    row: int | None
    why: str

    @property
    def sentence(self) -> str:
        """For people who do not see the server's folders."""
        row = f" (dòng {self.row})" if self.row else ""
        return f"{self.path.parent.name}/{self.path.name}{row}: {self.why}"


def wrong_forms() -> list[Wrong]:
    """Everything wrong with the own folders now, read anew."""
    lost = [folder for folder in map(Path, settings.FORM_FOLDERS) if not folder.is_dir()]
    found = [Wrong(one, None, "Không có thư mục này. Xem lại SOHOI_FORM_FOLDERS.") for one in lost]
    for path, form in {**own_reviews(), **own_forms()}.items():
        if isinstance(form, Refusal):
            said = str(form).removeprefix(f"{path.parent.name}/{path.name}").lstrip(":, ")
            found.append(Wrong(path, _row(path, str(form)), said))
        elif isinstance(form, RegularForm) and (strange := _strange(form)):
            found.append(Wrong(path, _row(path, "“merges”"), f"Không có biểu mẫu “{strange}” để gộp (“merges”)."))
    return found


def _strange(form: RegularForm) -> str:
    """The form that it merges, when there is none of that code."""
    return form.merges if form.merges and form.merges not in versions() else ""


def _row(path: Path, sentence: str) -> int | None:
    """The row of which a sentence speaks: the one that the reader named, else the first of a key that it quotes."""
    told = _LINE.search(sentence)
    if told:
        return int(told.group(1))
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    for word in (quoted or bare for quoted, bare in _KEYS.findall(sentence)):
        for at, line in enumerate(lines, start=1):
            if re.match(rf"\s*{re.escape(word)}\s*=", line):
                return at
    return None


def check_own_forms(**asked: Any) -> list[CheckMessage]:
    """The system check: a warning for each, so that the program starts and somebody hears of it."""
    wrong: list[CheckMessage] = [
        Warning(f"{one.path}{f', dòng {one.row}' if one.row else ''}: {one.why} {LEFT_OUT}", hint=MEND, id="sohoi.W001")
        for one in wrong_forms()
    ]
    return wrong + [Warning(said, hint=OUTRANKED_HINT, id="sohoi.W002") for said in outranked()]


def outranked() -> list[str]:
    """The newer versions of the program that stay out because an own folder has the code."""
    since = own_since()
    return [
        f"Biểu mẫu “{form.code}”: bản có sẵn dùng từ ngày {say_date(form.since)} đứng ngoài, vì thư mục riêng có "
        f"biểu mẫu cùng mã từ ngày {say_date(since[form.code])}."
        for form in shipped_forms()
        if form.code in since and form.since > since[form.code]
    ]
