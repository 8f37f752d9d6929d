"""The language of measures.toml: what one measure may declare (docs/kinds.md). Pure: no database.

A base is where entries stand; a variant takes them from a base (`of`), narrowed (`where`) or added otherwise; a
ratio divides two others, per cent or as an average with stated decimals. It refuses halves and mixtures of these: they
would count nothing.
"""

from dataclasses import dataclass
from typing import Any

from sohoi.ledger.models import Take
from sohoi.ledger.shapes import Table, code, is_plain, shown, table
from sohoi.refusal import Refusal

KEYS = {"label", "count", "take", "of", "where", "age", "over", "under", "sensitive", "threshold", "places"}
AGE_KEYS = {"from", "to", "unknown"}
OLDEST = 150
MOST_THRESHOLD = 10_000
MOST_PLACES = 3


@dataclass(frozen=True)
class MeasureBody:
    """One measure of a file, read and checked; `where` names its place, `threshold` is None when left out."""

    code: str
    room: str
    where: str
    label: str
    count: str
    take: str
    of: str
    filter: dict[str, Any]
    age: dict[str, Any] | None
    over: str
    under: str
    sensitive: bool
    threshold: int | None
    places: int | None = None

    @property
    def is_base(self) -> bool:
        """Whether entries stand in this very measure."""
        return not self.of and not self.over

    @property
    def rank(self) -> int:
        """Bases, then variants, then ratios: the order in which they can be written."""
        return 0 if self.is_base else 1 if self.of else 2


def read_measure(name: str, room: str, body: Any, file: str) -> MeasureBody:
    """Check one measure; raises Refusal naming the file, the measure and the key."""
    where = f"{file}, đầu số liệu “{shown(name)}”"
    told = table(body, KEYS, ("label", "count"), where)
    of, over, under = told.text("of"), told.text("over"), told.text("under")
    if bool(over) != bool(under):
        raise Refusal(f"{where}: tỷ lệ cần cả “over” (tử số) và “under” (mẫu số).", where)
    if over and (of or "where" in told):
        raise Refusal(f"{where}: tỷ lệ không dùng “of” và “where”. Lọc ở tử số và mẫu số.", where)
    take = told.one_of("take", Take.values, Take.RATIO if over else Take.SUM)
    if (take == Take.RATIO) != bool(over):
        raise Refusal(f'{where}: take = "ratio" đi cùng “over” và “under”; cách cộng khác thì không.', where)
    if (bool(over) and told.text("count") != "%") != ("places" in told):
        said = 'tỷ lệ viết count = "%"; số bình quân viết count khác và “places”; số khác không có “places”'
        raise Refusal(f"{where}: {said}.", where)
    if "where" in told and not of:
        raise Refusal(f"{where}: “where” lọc từ một số gốc. Thêm “of” nêu số gốc.", where)
    if "age" in told and not (of and take == Take.BALANCE):
        raise Refusal(f'{where}: “age” chọn lứa tuổi của một số dư: thêm “of” và take = "balance".', where)
    return MeasureBody(
        code(name, where), room, where, told.text("label"), told.text("count"), take, of, _filter(told),
        _age(told, where), over, under,
        told.flag("sensitive"), told.whole("threshold", 0, MOST_THRESHOLD), told.whole("places", 0, MOST_PLACES),
    )  # fmt: skip


def _filter(told: Table) -> dict[str, Any]:
    """A plain answer by field; programmes (`tags`) as a list, for a deed may belong to several."""
    found = told.body.get("where", {})
    must = 'một bảng: trường = câu trả lời (chữ, số nguyên, true hoặc false), tags = ["mã"]'
    if not isinstance(found, dict):
        raise told.refused("where", must)
    for key, wanted in found.items():
        if key == "tags":
            listed = isinstance(wanted, list) and bool(wanted) and all(isinstance(one, str) for one in wanted)
        else:
            listed = is_plain(wanted)
        if not listed:
            raise told.refused("where", must)
    return found


def _age(told: Table, where: str) -> dict[str, Any] | None:
    """Whole years from and to, both counted in; one of them may be left out. Or those whose year is not known."""
    if "age" not in told:
        return None
    band = table(told.body["age"], AGE_KEYS, (), f"{where}, “age”")
    unknown, youngest, oldest = band.flag("unknown"), band.whole("from", 0, OLDEST), band.whole("to", 0, OLDEST)
    found: dict[str, Any] = {key: one for key, one in (("from", youngest), ("to", oldest)) if one is not None}
    if unknown == bool(found) or (len(found) == 2 and found["from"] > found["to"]):
        raise told.refused("age", "{ from = 31, to = 45 }, chỉ một trong hai, hoặc { unknown = true }")
    return found or {"unknown": True}
