"""Two hundred steps in any order: told, taken back, sent, returned, approved, signed, opened again, added to. No signed
number changes, and no deed is lost or counted twice; and what would break that is noticed (the last tests)."""

import shutil
from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest
from django.db import connection

from sohoi.figures.rollup import NOTHING, figures
from sohoi.ledger.models import Entry, Record
from sohoi.ledger.totals import fold, prove
from sohoi.ledger.write import accept, void
from sohoi.periods import parse
from sohoi.refusal import Refusal
from sohoi.reports import regular
from sohoi.reports.models import WRITING, Report, State, Version
from sohoi.reports.read.filling import late_in
from sohoi.reports.read.merging import said_by
from sohoi.reports.read.states import standing_of, standings
from sohoi.reports.read.verifying import verify
from sohoi.reports.regular import form_in_force
from sohoi.reports.write.cycle import amend, approve, open_report, reopen, send_back, submit
from sohoi.reports.write.signing import send_alone, sign
from sohoi.reports.write.texts import write_lines
from sohoi.units.models import View
from sohoi.units.write import REFORM
from tests.people import account, deed, measure
from tests.reporting import FORMS

pytestmark = pytest.mark.django_db

STEPS, SEED = 200, 20250701  # ten other seeds were run when reports came to be signed
MONTHS = [parse(f"2025-{month:02d}") for month in (6, 7, 8, 9)]  # the commune and its province stand since July
OPEN = parse("2025-10")  # never signed: where the latest deeds go
ACTS = (
    *["tell"] * 8, *["take_back"] * 2, *["close_branch"] * 4, *["pass_on"] * 9, *["give_back"], *["open_again"] * 3,
    *["add_to"] * 2, *["fold"],
)  # fmt: skip
FLOWS = ("house-gifts", "house-gift-money", "house-groups")


class Story:
    """Two branches, their commune, its province; every deed told is remembered beside the ledger."""

    def __init__(self, place, writers, deputy, top, seed=SEED) -> None:
        self.chance = Random(seed)
        self.units = [place.branch, place.other, place.heir, place.today]
        self.writers = {unit.pk: writer for unit, writer in zip(self.units, writers, strict=True)}
        self.approvers = {place.heir.pk: deputy, place.today.pk: top}
        self.above = {place.branch.pk: writers[2], place.other.pk: writers[2], place.heir.pk: writers[3],
                      place.today.pk: top}  # fmt: skip
        self.forms = dict(zip((u.pk for u in self.units), ("branch", "branch", "commune", "province"), strict=True))
        self.measures = {code: measure(code.removeprefix("house-")) for code in FLOWS}
        self.stands: dict[object, tuple[int, date, Counter[str]]] = {}
        self.signed: dict[int, tuple[str, bytes]] = {}
        self.went: Counter[str] = Counter()

    def step(self) -> None:
        """One act; a refused one has changed nothing."""
        act = self.chance.choice(ACTS)
        try:
            getattr(self, act)()
            self.went[act] += 1
        except Refusal:
            self.went[f"{act} refused"] += 1
        self.frozen()

    def tell(self) -> None:
        unit = self.chance.choice(self.units[:3])
        day = MONTHS[0].first + timedelta(days=self.chance.randrange(122))
        count = self.chance.randrange(1, 10**6)  # so large that none hides behind others
        kind = self.chance.choice(("house-gift", "house-gift", "house-group-founded", "house-admission", "house-visit"))
        values = {"house-gift": {"count": count, "money": 7 * count}, "house-visit": {}}.get(kind, {"count": count})
        more = {"household": f"Hộ bà {self.chance.choice('ABC')}"} if kind == "house-visit" else {}
        draft = deed(unit, day, kind, values=values, **more)
        accept(draft, by=self.writers[unit.pk])
        told = {"house-gift": {"house-gifts": count, "house-gift-money": 7 * count},
                "house-group-founded": {"house-groups": count}}.get(kind, {})  # fmt: skip
        self.stands[draft.id] = unit.pk, day, Counter(told)

    def take_back(self) -> None:
        if self.stands:
            key = self.chance.choice(list(self.stands))
            void(Record.objects.get(pk=key), "Ghi nhầm", by=self.writers[self.stands[key][0]])
            del self.stands[key]

    def report(self, units) -> Report:
        unit, month = self.chance.choice(units), self.chance.choice(MONTHS)
        form = form_in_force(f"house-{self.forms[unit.pk]}", month.last)
        return open_report(form, unit, month, by=self.writers[unit.pk])

    def write(self, report) -> None:
        if standing_of(report).state in WRITING:
            line = {"text": f"Tình hình ổn định, câu {self.chance.random()}.", "sources": [], "kept": True}
            write_lines(report, "opinion", [line], by=self.writers[report.unit_id])

    def close_branch(self) -> None:
        report = self.report(self.units[:2])
        self.write(report)
        send_alone(report, by=self.writers[report.unit_id])

    def pass_on(self) -> None:
        """The next step of a commune's or the province's report."""
        report = self.report(self.units[2:])
        state, writer = standing_of(report).state, self.writers[report.unit_id]
        if state == State.SUBMITTED:
            approve(report, by=self.approvers[report.unit_id])
        elif state == State.APPROVED:
            sign(report, by=writer)
        else:
            self.write(report)
            submit(report, by=writer)

    def give_back(self) -> None:
        report = self.report(self.units[2:])
        send_back(report, [("opinion", "Nêu rõ hơn.")], by=self.approvers[report.unit_id])

    def open_again(self) -> None:
        report = self.report(self.units)
        reopen(report, "Còn thiếu một việc.", by=self.above[report.unit_id])

    def add_to(self) -> None:
        report = self.report(self.units)
        amend(report, "Bổ sung lời văn.", by=self.writers[report.unit_id])

    def fold(self) -> None:
        fold()

    def frozen(self) -> None:
        """Every version is byte for byte what it was when it was signed; each new one verifies."""
        found = {row.pk: row for row in Version.objects.select_related("report__unit")}
        for pk, (body, hash_) in self.signed.items():
            assert (found[pk].body, bytes(found[pk].hash)) == (body, hash_), "a signed version changed"
        for pk in found.keys() - self.signed.keys():
            assert verify(found[pk]) == []
            self.signed[pk] = found[pk].body, bytes(found[pk].hash)

    def verified(self) -> None:
        """Every version, by its hash and by its figures added up again."""
        for version in Version.objects.select_related("report__unit"):
            assert [fault.sentence for fault in verify(version)] == []

    def counted(self) -> None:
        """Each deed once: over the months of the ledger, and over the reports with what is not signed yet."""
        newest = self.newest()
        lines: dict[tuple[int, int], list[Entry]] = {}
        for line in Entry.objects.select_related("measure"):
            lines.setdefault((line.booked.year, line.booked.month), []).append(line)
        for unit in self.units:
            right, ledger, reports = self.told_under(unit), Counter(), Counter()
            for month in (*MONTHS, OPEN):
                said = figures([unit], self.measures.values(), month, View.WAS)
                now = Counter({c: said.get((unit.pk, m.pk), NOTHING).amount for c, m in self.measures.items()})
                ledger.update(now)
                version = newest.get((unit.pk, month.first))
                booked = lines.get((2025, month.first.month), [])
                if version is not None:
                    body = said_by(version)
                    told = Counter({code: body["figures"][f"{code}|period"]["raw"][1] for code in FLOWS})
                    assert told == now, (unit.name, month.name, "a closed month moved")
                    self.apart(unit, month, booked, told, body["late"], version.position)
                    reports.update(told)
                else:
                    reports.update(now)
                late = late_in(unit, month, self.measures)
                here = {code: late.get(m.pk, 0) for code, m in self.measures.items()}
                self.apart(unit, month, booked, now, here, 2**62)
            assert _clean(ledger) == _clean(reports) == _clean(right), unit.name

    def newest(self) -> dict[tuple[int, date], Version]:
        """(unit id, first day) -> the newest version of a report that stands signed."""
        rows = Version.objects.order_by("number").select_related("report")
        stands = standings(row.report_id for row in rows)
        return {(row.report.unit_id, row.report.first): row for row in rows
                if stands[row.report_id].state == State.SIGNED}  # fmt: skip

    def told_under(self, unit) -> Counter[str]:
        """What the deeds that stand at or under a unit come to, on the map of each deed's own day."""
        whole: Counter[str] = Counter()
        for at, day, told in self.stands.values():
            if at == unit.pk or (unit in self.units[2:] and at in {u.pk for u in self.units[:3]} and day >= REFORM):
                whole.update(told)
        return whole

    def apart(self, unit, month, lines, whole, late, position) -> None:
        """What happened in the month and what happened before it make up its figure; no line is in both."""
        under = {u.pk for u in self.units} if unit in self.units[2:] else {unit.pk}
        for code in FLOWS:
            here = [
                e for e in lines
                if e.measure.code == code and e.unit_id in under and e.id <= position
                and (unit.pk == e.unit_id or e.day >= REFORM)
            ]  # fmt: skip
            in_time = sum(e.amount for e in here if e.day >= month.first)
            behind = sum(e.amount for e in here if e.day < month.first)
            assert (in_time + behind, behind) == (whole[code], late[code]), (unit.name, month.name, code)


def _clean(counted) -> dict[str, int]:
    return {key: value for key, value in counted.items() if value}


@pytest.fixture
def story(place, lan, mai, hoa, tmp_path, settings):
    """The story's people and forms; the province writes the commune's form with another name."""
    shutil.copytree(FORMS, tmp_path / "forms")
    body = (FORMS / "house-commune" / "form.toml").read_text("utf-8")
    for old, new in (("house-branch", "house-commune-kept"), ("house-commune\"", "house-province\""),
                     ("house-commune-kept", "house-commune"), ('["base"]', '["province"]')):  # fmt: skip
        body = body.replace(old, new)
    (tmp_path / "forms" / "house-province").mkdir()
    (tmp_path / "forms" / "house-province" / "form.toml").write_text(body, "utf-8")
    settings.FORM_FOLDERS = [str(tmp_path / "forms")]
    regular.versions.cache_clear()
    huong = account("huong", "Chị Hương", (place.other, "branch-head"))
    deputy = account("pho", "Chị Phó", (place.heir, "base-deputy"))
    top = account("ca", "Chị Cả", (place.centre, "centre-officer"))
    yield Story(place, (lan, huong, mai, hoa), deputy, top)
    regular.versions.cache_clear()


def test_two_hundred_steps_change_no_signed_number_and_count_each_deed_once(story):
    for at in range(STEPS):
        story.step()
        if at % 20 == 19:
            story.counted()
    story.verified()
    assert prove() == []
    for act in set(ACTS):
        assert story.went[act], f"{act} never went through"
    assert len(story.signed) > 10


def few(story) -> Version:
    """Three deeds of one branch; its September and its commune's signed."""
    for day, count in ((2, 30), (9, 41), (16, 52)):
        draft = deed(story.units[0], date(2025, 9, day), "house-gift", values={"count": count, "money": 7 * count})
        accept(draft, by=story.writers[story.units[0].pk])
        story.stands[draft.id] = (
            story.units[0].pk,
            draft.day,
            Counter({"house-gifts": count, "house-gift-money": 7 * count}),
        )
    writer = story.writers[story.units[0].pk]
    report = open_report(form_in_force("house-branch", MONTHS[3].last), story.units[0], MONTHS[3], by=writer)
    story.write(report)
    version = send_alone(report, by=writer)
    story.frozen()
    story.counted()
    return version


def behind_its_back(statement, *arguments) -> None:
    """What somebody does who owns the database and stops its triggers."""
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        cursor.execute(statement, arguments)
        assert cursor.rowcount == 1
        cursor.execute("set session_replication_role = origin")


def test_a_changed_byte_is_noticed(story):
    version = few(story)
    behind_its_back("update reports_version set body = replace(body, '\"123\"', '\"124\"') where id = %s", version.pk)
    with pytest.raises(AssertionError, match="a signed version changed"):
        story.frozen()
    with pytest.raises(AssertionError, match="nội dung đã bị đổi"):
        story.verified()


def test_a_line_of_the_ledger_changed_behind_its_back_is_noticed(story):
    few(story)
    behind_its_back("update ledger_entry set amount = 31 where amount = 30")
    with pytest.raises(AssertionError, match="sổ khi ấy ghi 124"):
        story.verified()


def test_a_figure_of_a_closed_month_that_moves_is_noticed(story):
    few(story)
    behind_its_back(
        "insert into ledger_queue select (jsonb_populate_record(q, '{\"amount\": 5}')).* from ledger_queue q limit 1"
    )
    with pytest.raises(AssertionError):
        story.counted()


def test_a_deed_that_counts_in_two_months_is_noticed(story):
    few(story)
    [key] = [one for one, (_, day, _) in story.stands.items() if day.day == 9]
    behind_its_back(
        "insert into ledger_entry (record_id, unit_id, measure_id, day, booked, n, amount, labels, subject, declared) "
        "select record_id, unit_id, measure_id, day, '2025-10-01', n, amount, labels, subject, declared "
        "from ledger_entry where record_id = %s and amount = 41", key,
    )  # fmt: skip
    with pytest.raises(AssertionError):
        story.counted()
