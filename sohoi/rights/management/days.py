"""A day on the command line of the commands about offices."""

from datetime import date

from sohoi.refusal import Refusal

LAST_YEAR = 9000  # the day after the last day must still be in the calendar


def read_day(text: str) -> date | None:
    """A day as YYYY-MM-DD; None when it is left out. Raises Refusal with the form of a day."""
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Refusal(f"Không đọc được ngày “{text}”. Viết theo mẫu 2024-04-15.") from error
    if day and day.year > LAST_YEAR:
        raise Refusal(f"Năm sau {LAST_YEAR} không dùng được. Chưa định ngày cuối thì bỏ --last.")
    return day
