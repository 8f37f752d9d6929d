"""Which sentences make good examples: concrete ones, with figures, a model's name, neither a word nor a page. Pure."""

import re
from collections.abc import Mapping

NAMED = re.compile(r"[“\"«][^”\"»]{4,90}[”\"»]")
MODEL = re.compile(
    r"mô hình|câu lạc bộ|\bCLB\b|tổ hợp tác|hợp tác xã|công trình|phần việc|mái ấm|đỡ đầu|sáng kiến", re.I
)
DEED = re.compile(
    r"thành lập|trao|tặng|hỗ trợ|vận động|xây dựng|sửa chữa|giúp|ra mắt|tổ chức|kết nạp|tuyên truyền", re.I
)
FIGURE = re.compile(r"(?<![\w/.,])\d[\d.,]*(?![\w/])")
MONEY = re.compile(r"\d\s*(?:đồng|triệu|tỷ|tỉ|nghìn|ngàn|đ)\b", re.I)
WORTH, LEAST, MOST = 4.0, 50, 450  # score below which nothing is proposed; letters of a sentence


def best(sentences: Mapping[int, tuple[str, str]], most: int) -> set[int]:
    """Places of the best of (text, unit), at most one of a unit, the more concrete and then the longer first."""
    ranked = sorted(sentences, key=lambda at: (-worth(sentences[at][0]), -len(sentences[at][0]), at))
    chosen: dict[str, int] = {}
    for at in ranked:
        text, unit = sentences[at]
        if len(chosen) == most or worth(text) < WORTH:
            break
        chosen.setdefault(unit, at)
    return set(chosen.values())


def worth(text: str) -> float:
    """How concrete: figures, money, a name in quotation marks, a model, a deed; nought for a word or a page."""
    if not LEAST <= len(text) <= MOST:
        return 0.0
    figures = min(len(FIGURE.findall(text)), 3)
    named = 2.0 * bool(NAMED.search(text)) + 1.5 * bool(MODEL.search(text))
    return figures + named + bool(MONEY.search(text)) + bool(DEED.search(text)) + min(len(text), 240) / 240
