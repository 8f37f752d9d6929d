"""Which sentences make good examples: concrete ones, with figures, a model's name, neither a word nor a page. Pure."""

import re
from collections.abc import Mapping

NAMED = re.compile(r"[“\"«][^”\"»]{4,90}[”\"»]")
_MODELS = "mô hình|câu lạc bộ|clb|tổ hợp tác|hợp tác xã|công trình|phần việc|mái ấm|đỡ đầu|sáng kiến"
_DEEDS = "thành lập|trao|tặng|hỗ trợ|vận động|xây dựng|sửa chữa|giúp|ra mắt|tổ chức|kết nạp|tuyên truyền"
MODELS, DEEDS = _MODELS.split("|"), _DEEDS.split("|")
FIGURE = re.compile(r"\d(?<!\w\d)(?<![/.,]\d)[\d.,]*(?![\w/])")
MONEY = re.compile(r"\d\s*(?:đồng|triệu|tỷ|tỉ|nghìn|ngàn|đ)\b")
WORTH, LEAST, MOST = 4.0, 50, 450  # score below which nothing is proposed; letters of a sentence


def best(sentences: Mapping[int, tuple[str, str]], most: int) -> set[int]:
    """Places of the best of (text, unit), at most one of a unit, the more concrete and then the longer first."""
    worths = {at: worth(text) for at, (text, _) in sentences.items()}
    ranked = sorted(
        (at for at in worths if worths[at] >= WORTH), key=lambda at: (-worths[at], -len(sentences[at][0]), at)
    )
    chosen: dict[str, int] = {}
    for at in ranked:
        if len(chosen) == most:
            break
        chosen.setdefault(sentences[at][1], at)
    return set(chosen.values())


def worth(text: str) -> float:
    """How concrete: figures, money, a name in quotation marks, a model, a deed; nought for a word or a page."""
    if not LEAST <= len(text) <= MOST:
        return 0.0
    figures = min(len(FIGURE.findall(text)), 3)
    named = 2.0 * bool(NAMED.search(text))
    if not figures and not named:  # a model or a deed alone are not enough: spared, as most sentences have only these
        return 0.0
    small = text.lower()
    model = 1.5 * any(word in small for word in MODELS)
    told = model + any(word in small for word in DEEDS) + bool(MONEY.search(small))
    return figures + named + told + min(len(text), 240) / 240
