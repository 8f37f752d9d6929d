"""Numbers of a measure as they are written: "41,82%", "478.250.000 đồng", "2,3", and with what they count. Pure."""

from fractions import Fraction

from sohoi.ledger.models import Measure, Take
from sohoi.vietnamese import Exact, decimal, money, number, percent


def written(measure: Measure, value: Exact) -> str:
    """A number alone; money and per cent say themselves what they count, anything else leaves it to the words after.

    An average has as many decimals as its measure states, half up; what would read 0 and is more is "chưa đến 0,1".
    """
    if isinstance(value, int) and measure.take != Take.RATIO:
        return money(value) if measure.count == "đồng" else number(value)
    if measure.is_percent:
        return percent(Fraction(value))
    if measure.places is not None:
        said, least = decimal(value, measure.places), Fraction(1, 10**measure.places)
        return f"chưa đến {decimal(least, measure.places)}" if said == "0" and value > 0 else said
    return f"{decimal(value)} đồng" if measure.count == "đồng" else decimal(value)


def amount(measure: Measure, value: Exact) -> str:
    """A number with what it counts: "4 tổ", "1.500.000 đồng", "65%", "2,3 tổ/chi hội"."""
    said = written(measure, value)
    return said if measure.is_percent or measure.count == "đồng" else f"{said} {measure.count}"
