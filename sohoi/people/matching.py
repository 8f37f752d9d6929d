"""When two spellings may be one name: the key that is stored with each card, so that twins stand in one block. Pure."""

import re

from sohoi.vietnamese import plain

_SAME = re.compile(r"\bgi(?=[aeiou])")  # Giung and Dung, Giao and Dao are heard alike


def spelling(name: str) -> str:
    """The name without marks, i for y and d for gi: Nguyễn Thị Mỹ Giung -> nguien thi mi dung."""
    return _SAME.sub("d", plain(name).replace("y", "i"))


def match_key(name: str) -> str:
    """`spelling` with its words in alphabetical order, so that Thị Hoa Nguyễn meets Nguyễn Thị Hoa."""
    return " ".join(sorted(spelling(name).split()))
