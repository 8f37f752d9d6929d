"""Loading a regime: who owes which report by when, from a day on."""

from datetime import date, timedelta
from pathlib import Path

from django.db import transaction

from sohoi.refusal import Refusal
from sohoi.reports.models import Regime
from sohoi.reports.regimes import load, read_regime
from sohoi.reports.regular import versions
from sohoi.rights.models import Account
from sohoi.units.models import Unit

SAMPLE = Path(__file__).parent.parent / "regime_files" / "mau.toml"


@transaction.atomic
def load_regime(path: Path, unit: Unit, *, by: Account | None = None) -> Regime:
    """Put the regime of a file in force for a unit and all below it, from its `since` on; loaded again it is replaced.

    An older regime of the same code ends the day before. Raises Refusal naming the key, or a form that is not there.
    """
    body = load(path)
    regime = read_regime(body, path.name)
    strange = [owed.form for owed in regime.owed if owed.form not in versions()]
    if strange:
        raise Refusal(
            f"{path.name}: không có biểu mẫu “{strange[0]}”. Các biểu mẫu: {', '.join(sorted(versions()))}.", path.name
        )
    older = Regime.objects.filter(code=regime.code, unit=unit, since__lt=regime.since, until=None)
    older.update(until=regime.since - timedelta(days=1))
    until: date | None = regime.until
    row, _ = Regime.objects.update_or_create(
        code=regime.code, unit=unit, since=regime.since, defaults={"body": body, "until": until, "loaded_by": by}
    )
    return row
