"""Words that say that there is nothing to say: gathered under one line, with all who wrote them. Pure."""

import re

from sohoi.vietnamese import plain

LONGEST = 90  # letters of words that say nothing
_EMPTY = re.compile(
    r"(?:(?:trong (?:thang|quy|nam|ky)|hien(?: nay| tai)?|chi hoi|don vi|tinh hinh) )*"
    r"(?:(?:van |co ban |deu )?(?:binh thuong|on dinh)|(?:khong|chua|ko|k)(?: (?:co|phat sinh|ghi nhan))?"
    r"(?: (?:gi|noi dung|van de|vu viec|truong hop|y kien|kien nghi|de xuat|phat sinh|noi com|noi bat|nao|khac|them|"
    r"hoac|va|dang chu y|so lieu|hoat dong))*|nhu tren|nil|0)"
    r"(?: (?:trong (?:thang|quy|nam|ky)|nao|gi|ca))*"
)
_SIGNS = re.compile(r"[^\w\s]+")


def is_empty(sentence: str) -> bool:
    """ "Không có.", "Bình thường", "- Không", "Chi hội không có kiến nghị gì", "...", "/": nothing that counts."""
    if len(sentence) > LONGEST:
        return False
    words = " ".join(_SIGNS.sub(" ", plain(sentence)).split())
    return not words or bool(_EMPTY.fullmatch(words))
