"""What is to be done at a unit: moves to answer, reports, tasks due, months to confirm, targets that lag, late deeds;
at most five.

It only asks; confirming goes through ledger.write.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from sohoi.desk.addresses import NAMES
from sohoi.desk.asked import review_day
from sohoi.desk.attained import Node, node
from sohoi.goals.models import Rank, Resolution, Target
from sohoi.goals.read import UNMET, Review, review, walk
from sohoi.ledger.models import Confirmation, Record
from sohoi.people.read.transfers import waiting
from sohoi.units.models import Closure, Level, Unit, View
from sohoi.units.read import below, place
from sohoi.vietnamese import number
from sohoi.work.read import due_words, pressing

MOST, LAGGING, NAMED, SHOWN, REVIEWED = 5, 2, 20, 6, 2
BELOW = {Level.BASE: Level.BRANCH, Level.DISTRICT: Level.BASE, Level.PROVINCE: Level.BASE, Level.CENTRE: Level.PROVINCE}


@dataclass(frozen=True)
class Task:
    """One thing to do: what, why, and the next click; `month` asks for a confirmation, `begin` opens a report (form and
    period), `names` who is awaited."""

    title: str
    more: str = ""
    url: str = ""
    action: str = ""
    month: date | None = None
    names: tuple[str, ...] = ()
    begin: tuple[str, str] | None = None


@dataclass(frozen=True)
class Reports:
    """Reports as things to do: those that wait for her word, those that her unit owes, units below that are late."""

    waiting: list[Task] = field(default_factory=list)
    owed: list[Task] = field(default_factory=list)
    late: list[Task] = field(default_factory=list)


@dataclass(frozen=True)
class Standing:
    """A resolution as it stands, with the criteria that the home page shows; `linked` when its unit is hers. One of a
    unit above leads to her own unit's part of it."""

    review: Review
    linked: bool
    nodes: list[Node]
    others: int
    running: bool


def last_month(today: date) -> date:
    """The first day of the month before."""
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)


def month_name(month: date) -> str:
    """As people say it: "tháng 10/2026"."""
    return f"tháng {month.month}/{month.year}"


def tasks(
    unit: Unit, standings: list[Standing], rights: frozenset[str], scope: QuerySet[Unit], today: date,
    reports: Reports,
) -> list[Task]:  # fmt: skip
    """At most five, the most pressing first: somebody waits for it, it has a day, others are to be reminded."""
    found: list[Task] = []
    if "people" in rights:
        found += _moves(unit)
    found += reports.waiting + reports.owed[:1]
    if "report" in rights:
        found += _given(unit, today)
    if "confirm" in rights:
        found += _to_confirm(unit, today)
    found += reports.owed[1:] + reports.late
    if "confirm" in rights:
        found += _awaited(unit, today)
    found += _lagging(standings)[:LAGGING]
    if "read" in rights:
        found += _late(unit, scope, today)
    return found[:MOST]


def _moves(unit: Unit) -> list[Task]:
    """Requests to move a woman that the unit, or a branch below it, is to answer."""
    here = Closure.objects.filter(view=View.TODAY, ancestor=unit).values("descendant_id")
    count = waiting(Unit.objects.filter(pk__in=here)).count()
    if not count:
        return []
    title = f"{number(count)} đề nghị chuyển sinh hoạt chờ trả lời"
    return [Task(title, "Đồng ý thì hội viên được tính ở nơi mới ngay.", reverse("transfers"), "Xem các đề nghị")]


def _given(unit: Unit, today: date) -> list[Task]:
    """The unit's tasks that are overdue, or due in the coming days."""
    now = pressing(unit, today)
    if now.first is None:
        return []
    words = [f"{number(now.late)} việc được giao đã quá hạn"] if now.late else []
    words += [f"{number(now.soon)} việc được giao sắp đến hạn"] if now.soon else []
    more = f"{now.first.text.rstrip(' .')}: {due_words(now.first.due, today)}."
    url = f"{reverse('tasks')}?{urlencode({'unit': unit.code})}"
    return [Task(", ".join(words), more, url, "Xem việc được giao")]


def _to_confirm(unit: Unit, today: date) -> list[Task]:
    """The unit's own last month, when nobody has said that it is complete."""
    month = last_month(today)
    if unit.level not in (Level.BASE, Level.BRANCH) or place(unit, month) is None:
        return []
    if Confirmation.objects.filter(unit=unit, month=month).exists():
        return []
    title = f"Xác nhận {month_name(month)} đã ghi đủ"
    return [Task(title, "Khi đã xác nhận, việc nào không ghi được tính là không có.", action="Xác nhận", month=month)]


def _awaited(unit: Unit, today: date) -> list[Task]:
    """The units below that have not confirmed the last month; some are named."""
    level = BELOW.get(Level(unit.level))
    if level is None:
        return []
    month = last_month(today)
    confirmed = Confirmation.objects.filter(month=month).values("unit_id")
    asked = below(unit, today, level)
    silent = asked.exclude(pk__in=confirmed).order_by("plain")
    count = silent.count()
    if not count:
        return []
    names = tuple(u.name for u in silent[:NAMED])
    word = "chi hội" if level == Level.BRANCH else "đơn vị"
    title = f"{number(count)}/{number(asked.count())} {word} chưa xác nhận {month_name(month)}"
    return [Task(title, "Nhắc các đơn vị ghi cho đủ rồi xác nhận.", names=names)]


def _lagging(standings: list[Standing]) -> list[Task]:
    """Criteria of running terms that are behind what is due by now, the furthest behind first."""
    found = []
    for standing in standings:
        for one in standing.nodes:
            share = _share_of_due(one)
            if share is not None and share < 1 and standing.running:
                words = f"Mới được {one.result}, {one.due}."
                task = Task(f"Chậm tiến độ: {one.clause.label}", words, _goal_url(standing, one), "Xem chỉ tiêu")
                found.append((share, task))
    return [task for _, task in sorted(found, key=lambda pair: pair[0])]


def _share_of_due(one: Node) -> Fraction | None:
    """What was done of what is due by now; None where nothing is due or nothing was told."""
    attained = one.attainment
    if attained.state != UNMET or not attained.due or attained.result is None or attained.result.value is None:
        return None
    return attained.result.value / attained.due


def _goal_url(standing: Standing, one: Node) -> str:
    """The criterion's own page, where it has one."""
    return one.url or reverse("goal", args=[standing.review.resolution.code])


def _late(unit: Unit, scope: QuerySet[Unit], today: date) -> list[Task]:
    """Deeds of closed months that count in this month."""
    here = Closure.objects.filter(view=View.TODAY, ancestor=unit).values("descendant_id")
    late = Record.objects.within(scope).filter(unit__in=here, booked=today.replace(day=1), voiding=None)
    count = late.exclude(day=F("booked")).count()
    if not count:
        return []
    url = f"{reverse('records')}?{urlencode({'state': 'late'})}"
    title = f"{number(count)} việc phát sinh sau kỳ chốt tính vào {month_name(today)}"
    return [Task(title, "Xem lại trước khi báo cáo tháng.", url, "Xem các việc")]


def concerning(unit: Unit, today: date) -> list[Resolution]:
    """The resolutions that concern the unit: its own, those of units above what counts for it on any day, those below.

    Those that give goals stand first, then its own, then those still in force, then the newest.
    """
    reach = Closure.objects.filter(view=View.TODAY, ancestor=unit).values("descendant_id")
    bound = Closure.objects.filter(view=View.WAS, descendant__in=reach, ancestor__in=Resolution.objects.values("unit"))
    rows = Resolution.objects.filter(Q(unit__in=reach) | Q(unit__in=bound.values("ancestor_id")), term_first__lte=today)
    goals = Exists(Target.objects.filter(clause__resolution=OuterRef("pk")))
    return list(
        rows.annotate(gives=goals, own=Q(unit=unit), runs=Q(term_last__gte=today))
        .select_related("unit")
        .order_by("-gives", "-own", "-runs", "-term_first", "title")[:REVIEWED]
    )


def standings(unit: Unit, scope: QuerySet[Unit], today: date) -> list[Standing]:
    """The resolutions that concern the unit, as they stand."""
    shown = concerning(unit, today)
    open_to = set(scope.filter(pk__in=[r.unit_id for r in shown]).values_list("pk", flat=True))
    return [
        _standing(review(r, review_day(r, today)), r.unit_id in open_to, review_day(r, today) == today) for r in shown
    ]


def _standing(found: Review, linked: bool, running: bool) -> Standing:
    """A review with the criteria that have a goal, as many as a home page bears."""
    held = [
        node(found, one) for one in walk(found.clauses)
        if one.clause.rank == Rank.CRITERION and one.goal is not None and not _withheld(one.clause.measure)
    ]  # fmt: skip
    held.sort(key=lambda n: n.attainment.state != UNMET)
    shown = held[:SHOWN] if linked else [replace(n, url=_own_part(found, n)) for n in held[:SHOWN]]
    return Standing(found, linked, shown, max(0, len(held) - SHOWN), running)


def _own_part(found: Review, one: Node) -> str | None:
    """The same criterion, day and map for the reader's own unit: its page takes the highest of hers."""
    own = urlencode({"on": found.on.isoformat(), "view": NAMES[found.view]})
    return one.url and f"{one.url.split('?')[0]}?{own}"


def _withheld(measure: object) -> bool:
    """A sensitive measure is said by the review's own page alone."""
    return bool(getattr(measure, "sensitive", False))
