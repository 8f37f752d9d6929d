"""What may happen to a batch: its columns are told, it is looked at, loaded, taken back; its cells are cleared away.

Each verb only asks for a job and returns; work.py does it, in steps that may be cut off at any moment.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from sohoi.refusal import Refusal
from sohoi.rights.may import may
from sohoi.rights.models import Account
from sohoi.sheets.keeping import SHEETS, unsealed
from sohoi.sheets.models import Batch, ColumnMap, Row, RowState, State
from sohoi.sheets.receive import codes_for
from sohoi.sheets.understanding.columns import ONLY_SHEETS, SEVERAL, fingerprint

KEEP = timedelta(days=30)
TOO_LATE = "Đã quá 30 ngày nên không hoàn tác cả tệp được nữa. Hủy từng việc trong mục Việc đã ghi."
BUSY = "Tệp này đang được xử lý. Chờ xong rồi làm tiếp."


def _held(batch: Batch, by: Account, *states: str) -> Batch:
    """The batch, locked, in one of these states and within her reach."""
    row = Batch.objects.select_for_update(of=("self",)).select_related("unit").get(pk=batch.pk)
    if not may(by, "people", row.unit):
        raise Refusal("Tài khoản này không có quyền với sổ hội viên của đơn vị này.")
    if row.state not in states:
        raise Refusal(BUSY if row.is_working else "Tệp này đã qua bước ấy. Mở lại trang của tệp để xem.")
    return row


def _ask(batch: Batch, state: str) -> None:
    """Leave a job for the worker."""
    batch.state, batch.asked_at, batch.done, batch.problem = state, timezone.now(), 0, ""
    batch.total = Row.objects.filter(batch=batch, sheet=batch.sheet).count()
    batch.save()


@transaction.atomic
def choose_sheet(batch: Batch, sheet: int, *, by: Account) -> Batch:
    """Load another sheet of the file; its columns are guessed anew."""
    row = _held(batch, by, State.MAPPING, State.CHECKED)
    about = unsealed(row.sheets_sealed, SHEETS)
    if not 0 <= sheet < len(about):
        raise Refusal("Tệp không có trang tính ấy. Chọn lại.", "sheet")
    row.sheet, row.state = sheet, State.MAPPING
    row.layout = {"codes": codes_for(row, about[sheet]["headings"])}
    row.save()
    return row


@transaction.atomic
def map_columns(batch: Batch, codes: list[str], layout: dict[str, str], left_out: bool, *, by: Account) -> Batch:
    """Tell what each column is, remember it for this form, and ask for the look at each row.

    Raises Refusal without a column of names, for a field told twice, or when columns that nobody mapped were not
    said to be left out.
    """
    row = _held(batch, by, State.MAPPING, State.CHECKED)
    headings = unsealed(row.sheets_sealed, SHEETS)[row.sheet]["headings"]
    codes = [*codes, *[""] * len(headings)][: len(headings)]
    if "name" not in codes and not {"family", "given"} <= set(codes):
        raise Refusal("Chưa có cột nào là họ tên. Chọn cột họ và tên (hoặc hai cột họ đệm và tên).", "codes")
    twice = sorted({code for code in codes if code and code not in SEVERAL and codes.count(code) > 1})
    if twice:
        said = ONLY_SHEETS.get(twice[0], twice[0])
        raise Refusal(f"Có hai cột cùng được chọn là “{said}”. Mỗi mục chỉ lấy từ một cột.", "codes")
    alone = unmapped(headings, codes)
    if alone and not left_out:
        raise Refusal(
            f"Chưa chọn các cột: {', '.join(alone)}. Chọn mục cho từng cột, hoặc đánh dấu “Bỏ qua các cột này”.", "left"
        )
    ColumnMap.objects.update_or_create(account=by, fingerprint=fingerprint(headings), defaults={"codes": codes})
    row.layout = {**row.layout, **layout, "codes": codes}
    _ask(row, State.CHECKING)
    return row


def unmapped(headings: list[str], codes: list[str]) -> list[str]:
    """The headings of columns that nobody mapped."""
    return [heading for heading, code in zip(headings, codes, strict=False) if heading and not code]


@transaction.atomic
def look_again(batch: Batch, branches: dict[str, str], *, by: Account) -> Batch:
    """Look at each row once more, some words now meaning these branches."""
    row = _held(batch, by, State.CHECKED)
    row.layout["branches"] = {**row.layout.get("branches", {}), **branches}
    _ask(row, State.CHECKING)
    return row


@transaction.atomic
def load(batch: Batch, twins_too: bool, *, by: Account) -> Batch:
    """Agree: the good rows go into the register; with `twins_too` those that may be twins as well."""
    row = _held(batch, by, State.CHECKED, State.DONE)
    row.twins_too, row.account = twins_too, by
    wanted = Row.objects.filter(batch=row, sheet=row.sheet, state__in=wanted_states(row)).count()
    if not wanted:
        raise Refusal("Không có dòng nào để đưa vào sổ. Sửa các dòng bị trả lại rồi tải lên.")
    _ask(row, State.LOADING)
    return row


def wanted_states(batch: Batch) -> list[str]:
    """The states of rows that are to be loaded."""
    return [RowState.NEW, *([RowState.TWIN] if batch.twins_too else [])]


@transaction.atomic
def undo(batch: Batch, *, by: Account) -> Batch:
    """Ask to take back everything that the batch brought in. Raises Refusal after 30 days, or without the right."""
    row = _held(batch, by, State.DONE)
    if not may(by, "void", row.unit):
        raise Refusal("Tài khoản này không có quyền hủy việc của đơn vị này.")
    if row.loaded_at is None or timezone.now() - row.loaded_at > KEEP:
        raise Refusal(TOO_LATE)
    row.undone_by = by
    _ask(row, State.UNDOING)
    return row


@transaction.atomic
def again(batch: Batch, *, by: Account) -> Batch:
    """Let the worker go on with a job that stopped."""
    row = Batch.objects.select_for_update(of=("self",)).select_related("unit").get(pk=batch.pk)
    if not may(by, "people", row.unit):
        raise Refusal("Tài khoản này không có quyền với sổ hội viên của đơn vị này.")
    row.problem = ""
    row.save(update_fields=["problem"])
    return row


@transaction.atomic
def drop(batch: Batch, *, by: Account) -> None:
    """Forget a file that brought nothing in yet."""
    _held(batch, by, State.MAPPING, State.CHECKED).delete()


def clear_old() -> int:
    """Clear away what rows said, and files that went nowhere, after 30 days; returns the number of rows cleared."""
    before = timezone.now() - KEEP
    Batch.objects.filter(sent_at__lt=before, state__in=(State.MAPPING, State.CHECKED)).delete()
    old = Row.objects.filter(batch__sent_at__lt=before, cells_sealed__isnull=False)
    old = old.exclude(batch__state__in=(State.CHECKING, State.LOADING, State.UNDOING))
    cleared = old.update(cells_sealed=None, faults_sealed=None)
    Batch.objects.filter(sent_at__lt=before, sheets_sealed__isnull=False).update(sheets_sealed=None)
    return cleared
