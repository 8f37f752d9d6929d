"""Text as people paste it from Word or a telephone: numbered lines, and lines of names with posts. Pure."""

import re

from sohoi.refusal import Refusal
from sohoi.vietnamese import clean_text

LONGEST = 4000
_NUMBER = re.compile(r"^\s*(?:\d{1,3}\s*[.)/]\s*(?!\d)|[-–•+*]\s+)")


def numbered(text: str) -> list[str]:
    """The points of a text, their own numbers taken off.

    Where lines carry numbers or dashes, a line without one goes on with the point above; else each line is a point.
    """
    lines = [line for line in clean_text(text, lines=True).split("\n") if line.strip()]
    marked = any(_NUMBER.match(line) for line in lines)
    points: list[str] = []
    for line in lines:
        said = " ".join(_NUMBER.sub("", line, count=1).split())
        if marked and points and not _NUMBER.match(line):
            points[-1] = f"{points[-1]} {said}"
        elif said:
            points.append(said)
    return points


def people(text: str) -> list[tuple[str, str]]:
    """(name, post) of each line: "Dương Thị Hồng – ĐUV, Chủ tịch Hội LHPN phường"."""
    found = []
    for point in numbered(text):
        name, post = (re.split(r"\s*(?:,|–|\s-\s|:)\s*", point, maxsplit=1) + [""])[:2]
        found.append((name.strip(), post.strip()))
    return [(name, post) for name, post in found if name]


def one_line(text: str, what: str, where: str) -> str:
    """A text on one line that must be there. Raises Refusal when it is empty or too long."""
    said = " ".join(clean_text(text, lines=True).split())
    if not said:
        raise Refusal(f"Chưa điền {what}. Điền rồi lưu lại.", where)
    return short(said, what, where)


def free(text: str, what: str, where: str) -> str:
    """A text of some lines that may be empty. Raises Refusal when it is too long."""
    return short(clean_text(text, lines=True).strip(), what, where)


def short(said: str, what: str, where: str) -> str:
    """The text itself; Refusal when it is longer than the book takes."""
    if len(said) > LONGEST:
        raise Refusal(f"Phần {what} dài quá {LONGEST} ký tự. Rút gọn lại, hoặc tách thành nhiều ý.", where)
    return said
