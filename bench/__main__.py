"""`python -m bench`: from an empty server to out/bench.json. SIZE=10M (the default) measures 1M and 10M entries,
SIZE=100M measures 10M and 100M, any other size itself and a tenth of it (then only what fits is judged)."""

import os
import re
import shutil
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from bench import (
    dhis2,
    exact,
    growth,
    households,
    intake,
    load,
    machine,
    opening,
    papers,
    register,
    reports,
    untargeted,
    words,
    writing,
)
from bench.asking import asked
from bench.databases import ROOT, TREE, Databases
from bench.sheet import Sheet
from bench.timing import Differing
from launcher import postgres
from launcher.refusal import CannotStart

MILLION = 1_000_000
LEAST = 100_000
DISK_KB = 2.0  # on the disk for each entry, with indexes, totals and what the work needs meanwhile
OUT = Path("out") / "bench.json"


@dataclass(frozen=True)
class Plan:
    """Sizes of a run: the small database and the one with ten times as many entries; and members in the larger of
    two registers: as many, at most ten million, and one million when no size was asked for."""

    large: int
    asked: bool = True

    @property
    def members(self) -> int:
        return min(self.large, 10 * MILLION) if self.asked else MILLION

    @property
    def small(self) -> int:
        return self.large // 10

    @property
    def against(self) -> int:
        """Where the DHIS2-style table is built: at ten million when there is such a database."""
        return self.small if self.small == 10 * MILLION else self.large

    @property
    def judged(self) -> bool:
        """Below a million entries fixed costs hide everything else."""
        return self.large >= MILLION

    @property
    def writing(self) -> tuple[int, int]:
        """Seconds of a round of writing, and rounds."""
        return (10, 3) if self.judged else (3, 1)


def main() -> int:
    """The exit code: 0 when every judged target is met, 1 when one is missed, answers differ or there is no server."""
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    signal.signal(signal.SIGTERM, _interrupt)
    sheet = Sheet()
    try:
        plan = Plan(size(os.environ.get("SIZE", "10M")), "SIZE" in os.environ)
        server = _fresh_server()
        try:
            _enough_room(server.cluster.home, plan)
            measure(sheet, Databases(server), plan)
        finally:
            _remove(server)
    except (CannotStart, Differing) as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Đã dừng giữa chừng; máy chủ đo và dữ liệu của nó đã xóa.", file=sys.stderr)
        return 130
    print(sheet.table())
    sheet.save(ROOT / OUT)
    print(f"\n{sheet.conclusion} Đã viết {OUT}.")
    return 1 if sheet.missed else 0


def size(text: str) -> int:
    """Entries from "100k", "10M" or "2500000". Raises CannotStart with the forms that are known."""
    found = re.fullmatch(r"(\d{1,9})([kKmM]?)", text.strip())
    lines = int(found[1]) * {"": 1, "k": 1000, "m": MILLION}[found[2].lower()] if found else 0
    if not LEAST <= lines <= 1000 * MILLION:
        raise CannotStart(f"SIZE phải là số bút toán từ 100k đến 1000M, như 1M, 10M, 100M; không phải “{text}”.")
    return lines


def measure(sheet: Sheet, databases: Databases, plan: Plan) -> None:
    """Load both sizes, then ask."""
    with databases.connect(TREE) as link:
        sheet.about = {"machine": machine.described(link), "entries": [plan.small, plan.large]}
    for key, value in sheet.about["machine"].items():
        print(f"    {key}: {value}")
    load.load_tree(databases, sheet.say)
    small, large, against = (f"bench_{lines}" for lines in (plan.small, plan.large, plan.against))
    load.load_entries(databases, small, plan.small, sheet.say)
    load.load_entries(databases, large, plan.large, sheet.say)
    with databases.product_on(large):
        whom = asked()
    strict = plan.large == 100 * MILLION
    growth.ten_times(sheet, databases, small, large, whom, strict, plan.judged and plan.small >= MILLION)
    reports.by_hand(sheet, databases, large, whom, plan.judged)
    reports.both_maps(sheet, databases, large, whom, plan.judged)
    untargeted.measure(sheet, databases, large, whom)
    full = plan.against >= 10 * MILLION
    households.once_each(sheet, databases, against, whom, full)
    dhis2.build(databases, against)
    sheet.say(f"{against}: bảng kiểu DHIS2 cho 30 tháng")
    reports.against_dhis2(sheet, databases, against, whom, full)
    exact.beside_the_queue(sheet, databases, large, whom, plan.judged)
    opening.measure(sheet, databases, large, whom, plan.judged)
    writing.record(
        sheet, databases, large, *plan.writing, plan.judged
    )  # last there: half of what it writes is not queued
    papers.measure(sheet, plan.judged)
    register.measure(sheet, databases, plan.members // 10, plan.members, plan.members >= MILLION)
    intake.measure(sheet, databases, register.name(plan.members // 10), plan.judged)
    words.measure(sheet, judged=True)


def _fresh_server() -> postgres.Server:
    """Started by us with our settings; one that a killed run left behind is stopped first."""
    for _ in range(2):
        server = postgres.ensure(ROOT, "bench", machine.settings())
        if server.started:
            return server
        if not server.stop():
            break
    raise CannotStart("Một lần đo khác đang chạy trên máy chủ của make bench; hãy đợi nó xong.")


def _enough_room(home: Path, plan: Plan) -> None:
    """Refuse before the disk is full."""
    needed = (plan.large + plan.small) * DISK_KB / 2**20 + 6
    free = shutil.disk_usage(home).free / 2**30
    if free < needed:
        raise CannotStart(f"Đo {plan.large} bút toán cần khoảng {needed:.0f} GB trống; ở {home} còn {free:.0f} GB.")


def _remove(server: postgres.Server) -> None:
    """Stop the server and take its data away."""
    if server.stop():
        shutil.rmtree(server.cluster.home)
        server.cluster.password_file.unlink()


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
