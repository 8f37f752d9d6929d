"""Vietnamese text cut into sentences; nothing but blanks is lost between them. Pure.

Not cut: TP. Huế, Đ/c, BCH., v.v. in the middle, 1.298, 04/5/2024, the number before a heading, names such as T. Lan.
Cut: at . ! ? … before a capital, a figure, a dash or a quotation; at ";" only between items of a list ("; -").
"""

import re

from sohoi.reports.narrative.letters import tidy

_SHORT = """tp đ/c đc bch btv ubnd hđnd mttq lhpn tt ths ts gs pgs bs cn kt tm tl tx q p h x tr st stt vd k kp tdp
nxb sđt đt nq hd kh ct bc vv"""
SHORTENED = frozenset(_SHORT.split())
OPENING = "“\"'‘([«"
BULLETS = "-–—+•*"
_END = re.compile(r"[.!?…]+[”\"'’)\]»]*|;(?=\s*[-–—+•*]\s)")
_ENUMERATOR = re.compile(r"\s*(?:[-–—+•*]\s*)?(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2})*|[A-Za-zđĐ])")


def split(text: str) -> list[str]:
    """Sentences in their order, tidied; lines are cut where they end."""
    return [sentence for line in text.split("\n") for sentence in _of_line(tidy(line))]


def _of_line(line: str) -> list[str]:
    """The sentences of one line."""
    found, begin = [], 0
    for end in _END.finditer(line):
        if _ends(line, begin, end):
            found.append(line[begin : end.end()].strip())
            begin = end.end()
    found.append(line[begin:].strip())
    return [sentence for sentence in found if sentence]


def _ends(line: str, begin: int, end: re.Match[str]) -> bool:
    """Whether a sentence ends at this sign."""
    after = line[end.end() :]
    if not after.strip() or end[0] == ";":
        return True
    following = after.lstrip()
    if after[0] != " ":
        return _forgot_blank(line, end, after)
    if not (following[0].isupper() or following[0].isdigit() or following[0] in OPENING + BULLETS):
        return False
    return end[0][0] != "." or not _is_shortened(line[begin : end.start()])


def _is_shortened(before: str) -> bool:
    """The full stop belongs to the word before it: an abbreviation, an initial, the number of a heading."""
    if _ENUMERATOR.fullmatch(before):
        return True
    letters = before.rsplit(None, 1)[-1].lstrip(OPENING) if before.strip() else ""
    return letters.lower() in SHORTENED or (len(letters) == 1 and letters.isupper())


def _forgot_blank(line: str, end: re.Match[str], after: str) -> bool:
    """ "phụ nữ.Trong tháng": a full stop between a small letter and a capital with a small one after it."""
    before = line[end.start() - 1 : end.start()]
    if end[0] != "." or not (before.islower() and after[0].isupper() and after[1:2].islower()):
        return False
    return not _is_shortened(line[: end.start()])
