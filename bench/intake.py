"""Whole Excel files on their way into the register, as the product takes them: received with the limited child, looked
at row by row, loaded through the gate. Target 18: the memory of each process, and how long an officer waits.

`python -m bench.intake receive FILE` and `python -m bench.intake work` are the two processes that are weighed: each
does nothing else, and holds what a process of the product holds before any file comes.
"""

import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.db import connections

from bench import lists, machine
from bench.asking import COMMUNE
from bench.databases import ROOT, Databases
from bench.sheet import AT_MOST, Sheet
from bench.timing import Differing
from sohoi.config.settings import database
from sohoi.rights.models import Account
from sohoi.sheets.branches import branches_of
from sohoi.sheets.models import Batch, State
from sohoi.sheets.read import counts
from sohoi.sheets.receive import receive
from sohoi.sheets.work import work_off
from sohoi.sheets.write import load, map_columns
from sohoi.units.models import Unit

MEMORY = 512
WHOLE, A_FEW = 100_000, 10_000  # rows of a ward's list, and of it when nothing is judged
MESSY = 5_000
DAY = date(2026, 6, 1)
WHERE = "BENCH_DATABASE"  # the address has a password: it stands in no list of processes


@dataclass(frozen=True)
class Passage:
    """How many rows went in, the seconds of each step, and the megabytes of both processes."""

    accepted: int
    seconds: dict[str, float]
    receiving: float
    working: float

    @property
    def waited(self) -> float:
        """From the file's arrival until it is in the register, without the officer's own reading between the steps."""
        return sum(self.seconds.values())

    @property
    def said(self) -> str:
        """The steps in words."""
        steps = ", ".join(f"{step} {seconds:.1f}".replace(".", ",") for step, seconds in self.seconds.items())
        return f"{self.waited:.0f} giây ({steps}), {self.accepted / self.waited:.0f} dòng mỗi giây"


def measure(sheet: Sheet, databases: Databases, members: str, judged: bool) -> None:
    """Target 18 on a copy of a register: the messy file first, then that of a whole ward."""
    name, rows = f"{members}_files", WHOLE if judged else A_FEW
    databases.copy(members, name)
    with databases.product_on(name):
        branches = [unit.name for unit in branches_of(Unit.objects.get(code=COMMUNE), DAY)]
    with tempfile.TemporaryDirectory() as folder:
        messy, whole = Path(folder) / "danh-sach.xlsx", Path(folder) / "toan-phuong.xlsx"
        lists.messy(messy, branches, MESSY, first=1)
        lists.tidy(whole, branches, rows, first=100_000)
        sheet.say(f"hai tệp Excel: {MESSY} dòng lộn xộn, {rows} dòng nặng {whole.stat().st_size / 1e6:.0f} MB")
        bad = MESSY // lists.BAD
        passed = _passed(databases, name, messy, {"accepted": MESSY - bad, "bad": bad})
        sheet.note(
            "messy_file", f"[18] {MESSY} dòng lộn xộn từ lúc gửi tệp đến lúc vào sổ: {passed.said}", passed.seconds
        )
        passed = _passed(databases, name, whole, {"accepted": rows})
        sheet.note("whole_file", f"[18] tệp {rows} dòng từ lúc gửi đến lúc vào sổ: {passed.said}", passed.seconds)
    for what, weight in (
        ("nhận tệp, kể cả tiến trình con đọc tệp", passed.receiving),
        ("xem và đưa vào sổ", passed.working),
    ):
        words = f"bộ nhớ khi {what}, tệp {rows} dòng, phần của {MEMORY} MB"
        sheet.judge(18, words, weight / MEMORY, AT_MOST, 1, {"MB": weight}, judged=judged)


def _passed(databases: Databases, name: str, file: Path, wanted: dict[str, int]) -> Passage:
    """The whole way of one file. Raises Differing unless every row came out as wanted."""
    url = databases.server.url(name)
    received, receiving = _process(url, "receive", str(file))
    worked, working = _process(url, "work")
    with databases.product_on(name):
        batch = Batch.objects.latest("sent_at")
        came = {state: n for state, n in counts(batch).items() if n and state != "aside"}
    if batch.state != State.DONE or came != wanted:
        raise Differing(f"Tệp Excel mẫu: {came}, phải là {wanted}; {batch.state} {batch.problem}")
    return Passage(came["accepted"], received | worked, receiving, working)


def _process(url: str, *words: str) -> tuple[dict[str, float], float]:
    """The seconds of each step of one of the weighed processes, and its megabytes."""
    command = [sys.executable, "-m", "bench.intake", *words]
    said = subprocess.run(command, cwd=ROOT, env={**os.environ, WHERE: url}, stdout=subprocess.PIPE, check=True)
    seconds, megabytes = json.loads(said.stdout)
    return seconds, megabytes


def main(step: str, *given: str) -> None:
    """One of the weighed processes."""
    connections.databases["default"] |= database(os.environ[WHERE])
    import_module(settings.ROOT_URLCONF)  # all the product's code, as every one of its processes loads it
    seconds = STEPS[step](*given)
    print(json.dumps([seconds, machine.held_mb()]))


def _receive(file: str) -> dict[str, float]:
    """As the page does it; the columns are taken as they were guessed."""

    def arrive() -> None:
        by, commune = Account.objects.get(), Unit.objects.get(code=COMMUNE)
        batch = receive(Path(file).read_bytes(), Path(file).name, commune, "member-enrolled", DAY, by=by)
        map_columns(batch, batch.layout["codes"], {}, True, by=by)

    return {"nhận": _timed(arrive)}


def _work() -> dict[str, float]:
    """As the worker does it: the look, and when she agreed, the way into the register."""
    gc.freeze()

    def agree() -> None:
        load(Batch.objects.get(state=State.CHECKED), False, by=Account.objects.get())
        work_off()

    return {"xem": _timed(work_off), "vào sổ": _timed(agree)}


def _timed(work: Callable[[], object]) -> float:
    """Seconds."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


STEPS: dict[str, Callable[..., dict[str, float]]] = {"receive": _receive, "work": _work}

if __name__ == "__main__":
    main(*sys.argv[1:])
