"""Where reports stand: the newest step of each, its whole way, and what still has to be done about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sohoi.reports.models import TURNS, Remark, Report, State, Step


@dataclass(frozen=True)
class Standing:
    """The newest step of a report; `draft` when it has none."""

    state: str
    at: datetime | None
    by: str | None
    why: str
    step: int = 0

    @property
    def words(self) -> str:
        """The state as people say it."""
        return str(State(self.state).label)


def standings(reports: Iterable[int]) -> dict[int, Standing]:
    """report id -> where it stands, for those with a step; one statement for any number of reports."""
    rows = Step.objects.filter(report__in=list(reports)).order_by("report_id", "-pk").distinct("report_id")
    told = rows.select_related("by").only("report_id", "state", "at", "why", "by__full_name", "by__username")
    return {row.report_id: Standing(row.state, row.at, str(row.by), row.why, row.pk) for row in told}


def standing_signed(reports: Iterable[int]) -> set[int]:
    """Those of the reports of which a signed version stands: they were not opened again since, however far an amendment
    of them has come; one statement for any number of reports."""
    rows = Step.objects.filter(report__in=list(reports), state__in=TURNS).order_by("report_id", "-pk")
    last = rows.distinct("report_id").values_list("report_id", "state")
    return {report for report, state in last if state == State.SIGNED}


def standing_of(report: Report) -> Standing:
    """Where one report stands."""
    return standings([report.pk]).get(report.pk, Standing(State.DRAFT, None, None, ""))


def way_of(report: Report) -> list[Step]:
    """All its steps, the first one first."""
    return list(report.steps.select_related("by", "version").prefetch_related("remarks").order_by("pk"))


def open_remarks(report: Report) -> list[Remark]:
    """What it was returned for last, while it is being put right; sent again and withdrawn, it is so still."""
    steps = list(report.steps.order_by("-pk"))
    while len(steps) > 1 and (steps[0].state, steps[1].state) == (State.WITHDRAWN, State.SUBMITTED):
        steps = steps[2:]
    if not steps or steps[0].state not in (State.RETURNED, State.REOPENED):
        return []
    return list(steps[0].remarks.order_by("pk"))


def submitted_by(report: Report) -> int | None:
    """The account that sent it up last."""
    sent = report.steps.filter(state=State.SUBMITTED).order_by("-pk").first()
    return sent.by_id if sent else None
