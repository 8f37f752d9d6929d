"""The list of all measures as a page: what a resolution or a form may name, what it counts and what feeds it."""

from collections.abc import Iterable, Mapping
from itertools import groupby

from sohoi.desk.choosing import ROOMS, room_name, taken
from sohoi.ledger.kinds import KindBody
from sohoi.ledger.measures import MeasureBody

HEAD = """# Danh mục đầu số liệu

Mã ở cột đầu là mã dùng trong tệp nghị quyết (`measure`, [resolutions.md](resolutions.md)), trong câu của biểu mẫu
([forms.md](forms.md)) và trong lệnh `figure` ([formats.md](formats.md)). Trang này do máy viết từ các tệp
`measures.toml` và `kinds/` của từng phòng; thêm hay đổi đầu số liệu thì viết lại:

```
python manage.py measures > docs/measures.md
```
"""
COLUMNS = "| Mã | Đầu số liệu | Đơn vị tính | Cách tính | Từ loại việc, số liệu |\n|---|---|---|---|---|\n"


def page(kinds: Iterable[KindBody], measures: Mapping[str, MeasureBody]) -> str:
    """The whole page, room by room in the order of the desk."""
    fed = _fed(kinds)
    order = list(ROOMS)
    rooms = sorted(measures.values(), key=lambda one: order.index(one.room) if one.room in order else len(order))
    parts = [HEAD]
    for room, bodies in groupby(rooms, key=lambda one: one.room):
        lines = "".join(_line(body, fed) for body in bodies)
        parts.append(f"\n## {room_name(room)} (`{room}`)\n\n{COLUMNS}{lines}")
    return "".join(parts)


def _fed(kinds: Iterable[KindBody]) -> dict[str, list[str]]:
    """measure code -> labels of the kinds that post to it."""
    fed: dict[str, list[str]] = {}
    for kind in kinds:
        for code in dict.fromkeys(posting.code for posting in kind.measures):
            fed.setdefault(code, []).append(kind.label)
    return fed


def _line(body: MeasureBody, fed: Mapping[str, list[str]]) -> str:
    """One measure."""
    hidden = " (giữ kín)" if body.sensitive or body.threshold else ""
    cells = (f"`{body.code}`", body.label + hidden, body.count, taken(body), _source(body, fed))
    return f"| {' | '.join(cells)} |\n"


def _source(body: MeasureBody, fed: Mapping[str, list[str]]) -> str:
    """The kinds that post to a base; the base of a variant with its filter; the parts of a ratio."""
    if body.over:
        return f"`{body.over}` chia `{body.under}`"
    if body.of:
        narrowed = "; ".join(f"{key} = {_said(value)}" for key, value in body.filter.items())
        return f"`{body.of}`" + (f", chỉ `{narrowed}`" if narrowed else "")
    return "; ".join(fed.get(body.code, ())) or "chưa có loại việc nào"


def _said(value: object) -> str:
    """A filter's wanted answer, as the file writes it."""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
